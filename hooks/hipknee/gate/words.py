"""What is asked of the words in docs/_data/words.en.yml: all that the templates say, with the values they fill in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ..content.catalogue import Catalogue
from ..content.model import Role, Side
from ..places import FRAME, PAGE_TEMPLATES, PRINT_TEMPLATES
from ..problems import Problem, did_you_mean
from ..wording import BRACES

_SAY = re.compile(r"""say\(["'](\w+)["'](?!\s*~)([^()]*)""")
_SAY_IN_PRINT = re.compile(r"\bwords\.(\w+)")
_NAMES = re.compile(r"(\w+)=")
# What is said elsewhere than in a template, or by a name that a template puts together, and what it fills in.
_ALSO_SAID: dict[str, tuple[str, ...]] = {
    **{f"role_{role}": () for role in Role},
    **{f"side_{side.replace('-', '_')}": () for side in Side},
    **dict.fromkeys(("source_checked_part_verified", "source_checked_unverified", "source", "problems_title"), ()),
    **dict.fromkeys(("start", "finish", "easier", "harder", "each_side", "each_way"), ()),
    **dict.fromkeys(("paper_letter", "paper_a4"), ()),
    **dict.fromkeys(("second", "seconds"), ("count",)),
    "filter_count": ("shown", "all"),
    "search_many": ("count",),
    "picture_missing": ("alt",),
    "page_of": ("page", "count"),
    "page_reference": ("number",),
}


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """Every word that a template says must be there, with no other {names} than are filled in."""
    entry = catalogue.words
    words = entry.draft.root
    if words is None:
        return
    said = _said()
    for name in sorted(said.keys() - words.keys()):
        yield Problem(entry.path, 1, "key-missing", f"'{name}' is missing: a page prints it.", "Add it again.")
    for name, text in words.items():
        line = entry.document.line(name)
        if name not in said:
            hint = did_you_mean(name, said.keys())
            yield Problem(entry.path, line, "key-unknown", f"No page prints '{name}'.", hint or "Delete it.")
            continue
        for brace in BRACES.findall(text):
            if brace not in said[name]:
                filled = ", ".join(f"{{{one}}}" for one in sorted(said[name])) or "nothing"
                message = f"{{{brace}}} in '{name}' is never filled in."
                yield Problem(entry.path, line, "value-invalid", message, f"Filled in are: {filled}.")


@cache
def _said() -> dict[str, set[str]]:
    """Every name that the templates say, with the names of the values that they fill in."""
    said = {name: set(values) for name, values in _ALSO_SAID.items()}
    # Phrases for print are put together before Typst sees them.
    templates = sorted([*PAGE_TEMPLATES.glob("*.html"), *FRAME.rglob("*.html")])
    for path in [*templates, *(PRINT_TEMPLATES.with_name(f"{name}.py") for name in ("handouts", "booklet"))]:
        for name, values in _SAY.findall(path.read_text("utf-8")):
            said.setdefault(name, set()).update(_NAMES.findall(values))
    for path in PRINT_TEMPLATES.glob("*.typ"):
        for name in _SAY_IN_PRINT.findall(path.read_text("utf-8")):
            said.setdefault(name, set())
    return said
