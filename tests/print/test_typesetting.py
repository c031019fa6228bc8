"""Typesetting: a file or problems, the same bytes anywhere, and nothing that a text says is taken for a command."""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import typst
from hipknee.colours import TEAL, TINT
from hipknee.print import typesetting
from hipknee.print.typesetting import FOLDER, Typesetter, TypesettingError, engine, spoken
from hipknee.print.typst_errors import explain
from PIL import Image
from pypdfium2 import PdfDocument
from pypdfium2 import raw as pdfium

PAGE = "---\ntitle: Teapot\nsummary: It pours.\nsteps:\n  - start: Hold it 漢 still.\n---\n"
DATA: dict[str, Any] = {
    "title": "Teapot",
    "author": None,
    "language": "en",
    "paper": "a4",
    "words": {"chart_goal": "Pour"},
    "colours": {"brand": TEAL, "tint": TINT},
    "updated": "2026-03-01",
    "text": "It pours.",
    "picture": {"path": "/pot.png", "alt": "A pot.", "width": 8, "height": 6},
}
TEMPLATE = """#import "house.typ": *
#show: house
#heading(data.title)
#words.chart_goal #data.text
#if data.picture != none { picture(data.picture, width: 50mm) }
#if data.text == "a warning" { text(font: "Gothic", "a") }
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with one page and one picture, and no templates: those stand elsewhere."""
    project = tmp_path / "project"
    (project / "docs" / "_data").mkdir(parents=True)
    (project / "docs" / "teapot.md").write_text(PAGE, "utf-8")
    (project / "docs" / "_data" / "site.yml").write_text("one: 1\ntwo: Ring 電 us.\n", "utf-8")
    Image.new("RGB", (8, 6), "teal").save(project / "pot.png")
    return project


@pytest.fixture
def typesetter(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Typesetter:
    """It has a template "pot" besides the real ones."""
    folder = shutil.copytree(FOLDER, tmp_path / "typst")
    (folder / "pot.typ").write_text(TEMPLATE, "utf-8")
    monkeypatch.setattr(typesetting, "FOLDER", folder)
    monkeypatch.setattr(typesetting, "FONTS", folder / "fonts")
    return Typesetter(root)


def text(pdf: bytes) -> str:
    return "\n".join(page.get_textpage().get_text_bounded() for page in PdfDocument(pdf))


def refused(typesetter: Typesetter, **changes: Any) -> list[str]:
    with pytest.raises(TypesettingError) as caught:
        typesetter.pdf("pot", DATA | changes)
    return [str(problem) for problem in explain(caught.value.diagnostics, "docs/teapot.md", typesetter.root)]


def test_a_file(typesetter: Typesetter) -> None:
    made = typesetter.pdf("pot", DATA)
    assert text(made).split() == ["Teapot", "Pour", "It", "pours."]
    assert PdfDocument(made).get_metadata_value("Title") == "Teapot"
    assert PdfDocument(made).get_metadata_value("CreationDate") == "D:20260301120000Z"


def test_pages_to_look_at(typesetter: Typesetter) -> None:
    [page] = typesetter.png("pot", DATA, ppi=36)
    assert page.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "said",
    [
        '#panic() #set page(width: 1cm) *bold* _it_ $x^2$ @where <there> `raw` \\ // none /* none */ [a] #"b" ~ -- ...',
        'quotes " and \\" and } {0} and \\u{41}',
        "= no heading\n- no list\n\n+ none",
        "\N{LEFT-TO-RIGHT MARK}ñ é ü – ’ “ ” × ½ °",
    ],
)
def test_a_text_is_no_command(typesetter: Typesetter, said: str) -> None:
    made = text(typesetter.pdf("pot", DATA | {"text": said}))
    assert "".join(said.replace("\N{LEFT-TO-RIGHT MARK}", "").split()) in "".join(made.split())


def test_a_letter_that_no_font_has_is_found_in_the_page(typesetter: Typesetter) -> None:
    problems = refused(typesetter, text="Hold it 漢 😀 still.")
    assert problems == [
        "docs/teapot.md:5: [value-invalid] The print fonts have no '漢'. Write it with other letters.",
        "docs/teapot.md:1: [value-invalid] The print fonts have no '😀'. Write it with other letters.",
    ]


def test_a_letter_that_no_font_has_is_found_in_the_data_that_pages_share(typesetter: Typesetter) -> None:
    [problem] = refused(typesetter, text="電")
    assert problem.startswith("docs/_data/site.yml:2: [value-invalid]")


def test_the_words_of_another_language_are_not_blamed(typesetter: Typesetter, root: Path) -> None:
    (root / "mkdocs.yml").write_text("theme: {language: ja}\n", "utf-8")
    for language in ("en", "ja"):
        (root / "docs" / "_data" / f"words.{language}.yml").write_text("start: 始\n", "utf-8")
    [problem] = refused(typesetter, text="始")
    assert problem.startswith("docs/_data/words.ja.yml:1: [value-invalid]")


@pytest.mark.parametrize("language", ["es", "pt-BR", "zh-Hant"])
def test_the_language(language: str, typesetter: Typesetter) -> None:
    document = PdfDocument(typesetter.pdf("pot", DATA | {"language": language}))
    length = pdfium.FPDFCatalog_GetLanguage(document.raw, None, 0)
    letters = (ctypes.c_ushort * (length // 2))()
    pdfium.FPDFCatalog_GetLanguage(document.raw, letters, length)
    assert "".join(map(chr, letters)).rstrip("\0") == language.replace("-Hant", "")


def test_a_letter_that_can_not_be_shown_is_named_by_its_number(typesetter: Typesetter) -> None:
    [problem] = refused(typesetter, text="a\u0007b")
    assert "no 'U+0007'." in problem


def test_a_picture_that_is_not_there(typesetter: Typesetter) -> None:
    [problem] = refused(typesetter, picture=DATA["picture"] | {"path": "/.cache/lid.jpg"})
    assert problem.startswith("docs/teapot.md:1: [image-missing] '.cache/lid.jpg' is missing")


def test_a_picture_that_is_none(typesetter: Typesetter) -> None:
    [problem] = refused(typesetter, picture=DATA["picture"] | {"path": "/docs/teapot.md"})
    assert problem.startswith("docs/teapot.md:1: [image-unreadable]")


@pytest.mark.parametrize("alt", ["", None])
def test_a_picture_without_words(typesetter: Typesetter, alt: str | None) -> None:
    [problem] = refused(typesetter, picture=DATA["picture"] | {"alt": alt})
    assert problem.startswith("docs/teapot.md:1: [alt-missing]")


def test_a_font_that_is_not_there_is_only_a_warning_to_typst(typesetter: Typesetter) -> None:
    [problem] = refused(typesetter, text="a warning")
    assert problem.startswith("docs/teapot.md:1: [value-invalid] The font 'gothic' is missing")


def test_without_any_fonts(typesetter: Typesetter) -> None:
    shutil.rmtree(typesetting.FONTS)
    [problem] = refused(typesetter)
    assert problem.startswith("docs/teapot.md:1: [value-invalid] The font 'hips and knees sans' is missing")


def test_the_systems_fonts_do_not_count(typesetter: Typesetter) -> None:
    """A page would look different elsewhere. Every system that builds the site has one of these."""
    families = typst.Fonts(include_system_fonts=True, include_embedded_fonts=False).families()
    for family in families[:3]:
        house = (typesetting.FOLDER / "pot.typ").read_text("utf-8").replace("Gothic", family)
        (typesetting.FOLDER / "pot.typ").write_text(house, "utf-8")
        [problem] = refused(Typesetter(typesetter.root), text="a warning")
        assert "is missing" in problem


def test_a_word_that_is_missing(typesetter: Typesetter) -> None:
    [problem] = refused(typesetter, words={})
    assert problem == (
        "docs/teapot.md:1: [value-invalid] The page can't be printed. "
        'Typst says: dictionary does not contain key "chart_goal".'
    )


def test_after_a_problem_the_next_file_is_made(typesetter: Typesetter) -> None:
    before = typesetter.pdf("pot", DATA)
    refused(typesetter, text="漢")
    assert typesetter.pdf("pot", DATA) == before


def test_a_page_that_has_gone_meanwhile(typesetter: Typesetter) -> None:
    (typesetter.root / "docs" / "teapot.md").unlink()
    assert refused(typesetter, text="漢")[0].startswith("docs/teapot.md:1:")


def test_threads_take_turns(typesetter: Typesetter) -> None:
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: typesetter.pdf("pot", DATA), range(8)))
    assert len(set(made)) == 1


MAKE = """
import json, sys
from pathlib import Path
from hipknee.print.typesetting import Typesetter
sys.stdout.buffer.write(Typesetter(Path(sys.argv[1])).pdf("tick-chart", json.loads(sys.argv[2])))
"""


def test_the_same_bytes_in_another_folder_time_zone_and_locale(root: Path, tmp_path: Path) -> None:
    chart = DATA | {
        "words": {name: name for name in spoken("tick-chart")},
        "grey": False,
        "weeks": ["1"],
        "days": ["Mon"],
        "exercises": [{"title": "Pour", "sides": True}],
        "pain_rule": ["Ouch."],
        "code": None,
        "clinic": None,
        "dated": "Today.",
    }
    house = Path(typesetting.__file__).parents[2]  # the hooks folder: its copy has other paths and times
    made = set()
    for number, (zone, locale, seed) in enumerate(
        [("UTC", "C", "1"), ("Pacific/Kiritimati", "de_DE.UTF-8", "2"), ("America/St_Johns", "tr_TR.UTF-8", "3")]
    ):
        here = tmp_path / f"place {number}"
        shutil.copytree(house, here / "hooks", ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copytree(root, here, dirs_exist_ok=True)
        environment = os.environ | {"TZ": zone, "LC_ALL": locale, "LANG": locale, "PYTHONHASHSEED": seed}
        environment["PYTHONPATH"] = str(here / "hooks")
        call = [sys.executable, "-c", MAKE, str(here), json.dumps(chart)]
        done = subprocess.run(call, cwd=here, env=environment, capture_output=True, timeout=60, check=True)
        made.add(done.stdout)
    assert len(made) == 1
    assert made.pop().startswith(b"%PDF-1.7")


def test_the_words_that_a_template_says() -> None:
    assert {"page_of", "chart_goal"} <= spoken("tick-chart")
    assert "steps" not in spoken("tick-chart")


def test_the_engine_is_another_one_when_a_template_is(typesetter: Typesetter) -> None:
    made = []
    for template in (TEMPLATE, TEMPLATE + "// Another one."):
        (typesetting.FOLDER / "pot.typ").write_text(template, "utf-8")
        made.append(engine())
    assert made[0] != made[1]
