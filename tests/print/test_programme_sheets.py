"""The sheets of a programme: the same words as elsewhere; and that they can be punched, scanned and typed."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pdf_ua
import programmes
import pytest
import zxingcpp
from hipknee.content.data_files import Site
from hipknee.pages.presented import Presented
from hipknee.print.edition import Edition
from hipknee.print.programme_sheets import TEMPLATE, Handed, Source, programme_sheets, step_lines
from hipknee.print.typesetting import Typesetter
from hipknee.programme import doses
from hipknee.programme.code import Item, Programme, as_read, write
from hipknee.programme.reading import read
from hipknee.programme.repertoire import Repertoire
from hipknee.wording import Say
from projects import words
from punching import QR, punched_out, raster, unread
from pypdfium2 import PdfDocument
from test_handouts import SITE, PictureFile, edition, exercise, ready
from test_handouts import typesetter as typesetter

SAY = Say(words())
DAY = datetime.date(2026, 3, 1)
"""That on which the exercises were changed last, too."""
LONG = "https://exercises.saint-bartholomew-hospital.example.org/programme/"
"""An address of 67 characters."""
ITEMS = (
    Item("CLA", 2, (8, 10), hold=2, rest=45, days=3, side="L", notes=("01", "07")),
    Item("BRI", 3, (8, 8), hold=5, days=3),
    Item("SLR", 2, (10, 10), days=3, times=2),
    Item("LBW", 2, (10, 10), days=7, band=1, notes=("17",)),
    Item("BHA", 2, (8, 8), days=3, band=1),
    Item("ZZZ", 2, time=30, days=2),
    Item("EXE", 1, (1, 1)),
    Item("NNN", 3, (12, 12), rest=60, days=1),
)
WARNED = Site.model_validate(
    SITE.model_dump() | {"on_paper": {"ask_first": "Are you hot?", "emergency": "Steam.", "same_day": "A crack."}}
)


@pytest.fixture(scope="module")
def repertoire() -> Repertoire:
    whole: Repertoire = programmes.repertoire()
    return whole


@pytest.fixture(scope="module")
def source(repertoire: Repertoire) -> Source:
    changes = {
        "clam": {"stop_if": [], "cautions": [{"who": "If you are hot", "do": "cool down."}]},
        "bridge": {"updated": "2026-03-02"},
    }
    every: dict[str, Presented] = {
        member.slug: ready(exercise(title=member.title, **changes.get(member.slug, {})), member.slug)
        for member in repertoire.members.values()
    }
    return Source(every, repertoire, lambda file: PictureFile("/80x60.jpg", 80, 60), LONG)


def handed(count: int, **changes: Any) -> Handed:
    programme = Programme(DAY, ITEMS[:count], **changes)
    return Handed(programme, write(programme))


def data(source: Source, count: int, *, large: bool = False, copies: int = 1, **changes: Any) -> dict[str, Any]:
    of: Edition = edition(**({"site": WARNED} | changes))
    return programme_sheets([handed(count)], source, of, title="Your exercises", large=large, copies=copies)


def texts(document: PdfDocument) -> list[str]:
    return [" ".join(page.get_textpage().get_text_range().replace("\ufffe", "").split()) for page in document]


@pytest.fixture(scope="module")
def printed(typesetter: Typesetter, source: Source) -> Any:
    """Makes the file of so many exercises."""

    def make(count: int, **changes: Any) -> bytes:
        return typesetter.pdf(TEMPLATE, data(source, count, **changes))

    return make


def test_doses_are_those_of_every_other_output(printed: Any, repertoire: Repertoire) -> None:
    whole = " ".join(texts(PdfDocument(printed(len(ITEMS)))))
    for item in doses.programme(handed(len(ITEMS)).value, repertoire, SAY).items:
        assert item.title in whole
        assert " ".join(item.sentences) in whole


@pytest.mark.parametrize("one_side", [False, True])
def test_the_steps_are_three_lines(source: Source, one_side: bool) -> None:
    """All that the page says; but whoever trains one side does not change over."""
    lines = [*step_lines(source.exercises["clam"], one_side, SAY)]
    assert len(lines) == 3
    said = " ".join(line["text"] for line in lines)
    for step in source.exercises["clam"].steps:
        assert (step.text in said) is not (one_side and step.role == "switch")


def test_what_all_exercises_share_stands_once(source: Source) -> None:
    [of] = data(source, 4)["programmes"]
    assert of["stop_rules"] == ["Your handle comes off.", *SITE.stop_rules]
    assert of["warnings"]["ask"]["text"] == "Are you hot?"
    assert of["cares"] == [
        {"who": "If you are hot:", "advice": [{"text": "cool down.", "titles": "Clam:"}]},
        {"who": "If your lid is loose:", "advice": [{"text": "hold it.", "titles": "Bridge, raise, walk:"}]},
    ]


def test_each_programme_of_a_file_says_what_its_own_sets_are(source: Source) -> None:
    """Each is handed out by itself."""
    both = programme_sheets([handed(1), handed(3)], source, edition(site=WARNED), title="Your exercises")
    means = source.exercises["clam"].amount_means
    assert means
    assert [of["means"] for of in both["programmes"]] == [means, means]


def test_an_exercise_that_has_changed_since_says_so(source: Source) -> None:
    [of] = data(source, 2)["programmes"]
    assert [item["changed"] for item in of["items"]] == [
        None,
        "The words of this exercise changed on March 2, 2026. Your doses are the same.",
    ]


def test_the_chart_has_just_these_rows_and_days(source: Source) -> None:
    [of] = data(source, 8)["programmes"]
    assert [(row["title"], row["side"], row["days"]) for row in of["rows"]] == [
        ("Clam", "left side only", 3),
        ("Bridge", None, 3),
        ("Raise, 2 times a day", None, 3),
        ("Walk", None, 7),
        ("Out", None, 3),
        ("Last", None, 2),
        ("Exe", None, 7),  # nobody said on how many
        ("Nnn", None, 1),
    ]


@pytest.mark.parametrize("count", [1, 3, 5, 8])
def test_the_code_can_be_typed(printed: Any, repertoire: Repertoire, count: int) -> None:
    """In groups of four, which are read as they stand."""
    value, code = handed(count).value, handed(count).code
    groups = " ".join(code[n : n + 4] for n in range(0, len(code), 4))
    assert any(groups in text for text in texts(PdfDocument(printed(count))))
    assert as_read(groups) == code
    assert read(groups, repertoire) == value


@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
@pytest.mark.parametrize("paper", ["a4", "us-letter"])
@pytest.mark.parametrize("count", [1, 3, 6, 8])
def test_the_code_is_read_after_a_punch(printed: Any, count: int, paper: str, large: bool) -> None:
    document = PdfDocument(printed(count, paper=paper, large=large))
    assert unread(document, f"{LONG}#{handed(count).code}", ("left", "right")) == []
    for number, page in enumerate(document):
        assert [*punched_out(page, "right" if number % 2 else "left")] == []


def test_the_code_of_six_is_small_enough(source: Source, printed: Any) -> None:
    """Half a millimetre a module, 30 mm at most for the strong correction."""
    assert len(LONG) == 67
    [of] = data(source, 6)["programmes"]
    modules = round(of["code"]["width"] / 0.5)
    assert of["code"]["width"] * (1 - 2 * of["code"]["quiet"]) <= 30
    assert round(modules * of["code"]["quiet"]) == 4
    found = [code for page in PdfDocument(printed(6)) for code in zxingcpp.read_barcodes(raster(page), formats=QR)]
    assert [(code.text, code.ec_level) for code in found] == [(f"{LONG}#{handed(6).code}", "Q")]


def test_without_a_page_that_shows_it_there_is_only_the_text(source: Source, typesetter: Typesetter) -> None:
    alone = Source(source.exercises, source.repertoire, source.picture, None)
    document = PdfDocument(typesetter.pdf(TEMPLATE, data(alone, 3)))
    assert [code for page in document for code in zxingcpp.read_barcodes(raster(page), formats=QR)] == []
    assert handed(3).code[:4] in texts(document)[-1]


@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
def test_each_copy_begins_a_sheet_of_paper(printed: Any, large: bool) -> None:
    one = texts(PdfDocument(printed(3, large=large)))
    three = texts(PdfDocument(printed(3, large=large, copies=3)))
    begins = [number for number, text in enumerate(three) if "Your exercises" in text]
    assert len(begins) == 3
    assert all(begin % 2 == 0 for begin in begins)
    for begin in begins:
        assert three[begin : begin + len(one)] == one
    assert one[-1].endswith(f"Page {len(one)} of {len(one)}")


@pytest.mark.parametrize("count", [1, 3, 5, 8])
def test_what_protects_stands_first(printed: Any, count: int) -> None:
    first = texts(PdfDocument(printed(count)))[0]
    places = [first.index(text) for text in ("Are you hot?", "Steam.", "A crack.", "Pain rule", "1. Clam")]
    assert places == sorted(places)


def sheets(printed: Any, folder: Path) -> Iterator[Path]:
    for count in (1, 3, 5, 8):
        for paper in ("a4", "us-letter"):
            for large in (False, True):
                path = folder / f"{count}-{paper}-{large}.pdf"
                path.write_bytes(printed(count, paper=paper, large=large, copies=1 + count % 2))
                yield path


def test_they_are_pdf_ua(printed: Any, tmp_path: Path) -> None:
    assert pdf_ua.required(sheets(printed, tmp_path)) == []
