"""Where colours are written down a second time, they are the same: style sheets, paper, drawings."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hipknee import colours
from hipknee.places import PRINT_TEMPLATES

ROOT = Path(__file__).resolve().parent.parent
SHEETS = ROOT / "docs/assets/stylesheets"
PYTHON = sorted(path for folder in ("hooks", "scripts") for path in (ROOT / folder).rglob("*.py"))
SAME = {
    "ink": (colours.INK, ["site.css --md-typeset-color", "site.css --md-default-fg-color"]),
    "soft": (colours.SOFT, ["site.css --site-ink-soft", "house.typ soft"]),
    "paper": (colours.PAPER, ["site.css --site-picture"]),
    "red": ("#a3161a", ["site.css --site-red", "print.css --site-red", "house.typ red"]),
    "amber": ("#7a4b00", ["site.css --site-amber", "print.css --site-amber", "house.typ amber"]),
    "black": ("#111", ["print.css --md-typeset-color", "house.typ ink"]),
}
"""Each colour, and where it is written: a file and its name there. Python needs only the first four."""


def colours_in(file: str) -> dict[str, str]:
    """The colours of a style sheet or of Typst's template, by name."""
    if file.endswith(".css"):
        return dict(re.findall(r"^ +(--[\w-]+): (#\w+);", (SHEETS / file).read_text("utf-8"), re.MULTILINE))
    text = (PRINT_TEMPLATES / file).read_text("utf-8").replace("luma(17)", 'rgb("#111")')
    return dict(re.findall(r'^#let ([\w-]+) = .*rgb\("(#\w+)"\)', text, re.MULTILINE))


@pytest.mark.parametrize("name", SAME)
def test_a_colour_is_the_same_everywhere(name: str) -> None:
    colour, places = SAME[name]
    for place in places:
        file, variable = place.split()
        assert colours_in(file)[variable] == colour, place


def test_python_writes_a_shared_colour_once() -> None:
    ours = re.compile("|".join((colours.TEAL, colours.INK, colours.SOFT, colours.PAPER)), re.IGNORECASE)
    places = {path.relative_to(ROOT).as_posix() for path in PYTHON if ours.search(path.read_text("utf-8"))}
    assert places == {"hooks/hipknee/colours.py"}


BRAND = re.compile(
    "|".join({getattr(colours.Scheme(), name) for name in ("colour", "tint", "band", "bright", "accent", "dark_tint")}),
    re.IGNORECASE,
)


def test_what_a_clinic_may_set_is_written_once() -> None:
    """Pages, paper, share cards and icons: none says it again, and so none keeps it when a clinic sets another."""
    files = [*SHEETS.glob("*.css"), *PRINT_TEMPLATES.glob("*.typ"), *PYTHON, *(ROOT / "hooks").rglob("*.html")]
    places = {path.relative_to(ROOT).as_posix() for path in files if BRAND.search(path.read_text("utf-8"))}
    assert places == {"hooks/hipknee/colours.py"}


def test_style_sheets_ask_for_what_the_scheme_gives() -> None:
    asked = {name for path in SHEETS.glob("*.css") for name in re.findall(r"var\(--(brand[\w-]*)\)", path.read_text())}
    assert asked == set(re.findall(r"--(brand[\w-]*):", colours.Scheme().style_sheet()))
