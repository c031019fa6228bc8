"""The booklets of this project: how many pages, what stands where, how large, and that nothing that matters is cut."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pypdfium2.raw as pdfium
import pytest
import yaml
from hipknee.content import catalogue
from hipknee.content.red_flags import TIERS, together
from hipknee.gate import gate
from hipknee.gate.printable import printable
from hipknee.pages.presented import help_lines
from projects import LANGUAGE, ROOT, words
from pypdfium2 import PdfDocument

pytestmark = pytest.mark.acceptance

MOST = {
    "booklet-letter": 20,
    "booklet-a4": 20,
    "booklet-fold-half-letter": 32,
    "booklet-fold-a5": 32,
    "booklet-fold-printer-letter": 16,
    "booklet-fold-printer-a4": 16,
}
"""Pages, at most; of the printer's, sides."""
FOLDED = [name for name in MOST if "fold" in name and "printer" not in name]
PAGES = [name for name in MOST if "printer" not in name]
COMPLETE = ["complete-letter", "complete-a4"]
LEAST = 11.0
"""Points."""
SITE = catalogue.load(ROOT).site.document.data
SAY = words(LANGUAGE)
SLUGS = sorted(path.stem for path in ROOT.glob("docs/exercises/*.md") if path.stem != "index")
EXERCISES = {
    slug: yaml.safe_load((ROOT / "docs" / "exercises" / f"{slug}.md").read_text("utf-8").split("\n---\n")[0])
    for slug in SLUGS
}


def text(document: PdfDocument, number: int) -> str:
    return re.sub("[\x02\ufffe]\\s*", "\u00ad", document[number].get_textpage().get_text_bounded())


def letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def whole(document: PdfDocument) -> str:
    """All of it, but for what stands at the foot of pages, which comes between sentences."""
    pages = (page.get_textpage().get_text_bounded(bottom=44) for page in document)
    return letters(" ".join(re.sub("[\x02\ufffe]\\s*", "", page) for page in pages))


def sizes(document: PdfDocument) -> Iterator[float]:
    for page in document:
        letters_of_it = page.get_textpage()
        for place in range(letters_of_it.count_chars()):
            if (size := pdfium.FPDFText_GetFontSize(letters_of_it.raw, place)) > 1:
                yield size


def starts(document: PdfDocument) -> dict[str, int]:
    """The page on which each exercise begins, from 1."""
    titles = {mark.get_title(): mark.get_dest().get_index() + 1 for mark in document.get_toc()}
    return {slug: titles[front["title"]] for slug, front in EXERCISES.items()}


def filled(document: PdfDocument, number: int) -> float:
    """Down to where a page is filled, as a share of what its margins leave, without its head and foot."""
    page = document[number]
    high = page.get_height()
    bottoms = [
        bounds[1] for one in page.get_objects() if (bounds := one.get_bounds())[1] > 48 and bounds[3] < high - 48
    ]
    return (high - 48 - min(bottoms, default=high - 48)) / (high - 96)


@pytest.mark.parametrize("name", MOST)
def test_how_many_pages(printed: Path, name: str) -> None:
    count = len(PdfDocument(printed / f"{name}.pdf"))
    assert count <= MOST[name]
    assert count % (2 if "printer" in name else 4) == 0


@pytest.mark.parametrize("name", PAGES)
def test_no_letter_is_too_small(printed: Path, name: str) -> None:
    assert min(sizes(PdfDocument(printed / f"{name}.pdf"))) >= LEAST - 0.05


@pytest.mark.parametrize("name", PAGES)
def test_an_exercise_has_its_page_or_its_spread(printed: Path, name: str) -> None:
    begins = sorted(starts(PdfDocument(printed / f"{name}.pdf")).values())
    step = 2 if name in FOLDED else 1
    assert begins == [*range(begins[0], begins[0] + step * len(SLUGS), step)]
    if name in FOLDED:
        assert begins[0] % 2 == 0, "a left page faces the next"


@pytest.mark.parametrize("name", PAGES)
def test_nothing_that_matters_is_cut(printed: Path, name: str) -> None:
    report = gate.check(ROOT)
    data = printable(report)
    assert data
    signs = together(data.conditions.values(), data.red_flags, "knee or hip")
    every = [part for tier in TIERS for sign in signs[tier] for part in (sign.text, sign.note)]
    assert len(every) > 80
    every += [rule[part] for rule in SITE["red_flags"].values() for part in ("title", "action")]
    every += [*SITE["pain_rule"], *SITE["stop_rules"], *help_lines(SITE["stop_help"]), SITE["disclaimer"]]
    for front in EXERCISES.values():
        every += [front["title"], front["feel"], *front["stop_if"]]
        every += [step for each in front["steps"] for step in each.values()]
        every += [part for caution in front["cautions"] for part in (caution["who"], caution["do"])]
    ask_first = (ROOT / "docs" / "your-week.md").read_text("utf-8").partition("## Who should ask first")[2]
    ask_first = re.sub(r"\[([^]]*)\]\([^)]*\)|\*", r"\1", ask_first.partition("\n## ")[0])
    every += [" ".join(item.split()) for item in re.split(r"\n- ", ask_first.partition("\n\nCheck the")[0])[1:]]
    in_it = whole(PdfDocument(printed / f"{name}.pdf"))
    assert [part for part in every if letters(part.replace("{emergency}", "911").split("\n")[0]) not in in_it] == []


@pytest.mark.parametrize("name", PAGES)
def test_what_is_free_is_at_the_end(printed: Path, name: str) -> None:
    """But for the page that lets the first spread begin on the left."""
    document = PdfDocument(printed / f"{name}.pdf")
    notes = [number for number in range(len(document)) if text(document, number).startswith(SAY["booklet_notes"])]
    first = min(starts(document).values()) - 1
    end = [number for number in notes if number != first - 1]
    assert end == [*range(len(document) - len(end), len(document))]
    assert len(end) <= 3
    assert [number + 1 for number in range(len(document)) if filled(document, number) < 0.4] == []


@pytest.mark.parametrize("name", COMPLETE)
def test_the_complete_text(printed: Path, name: str) -> None:
    document = PdfDocument(printed / f"{name}.pdf")
    assert min(sizes(document)) >= 9 - 0.05 - 9 * 0.4  # what is raised is smaller
    ordered = sorted(starts(document).values())
    assert {after - before for before, after in pairwise(ordered)} == {2}
    assert [number + 1 for number in range(len(document) - 1) if filled(document, number) < 0.4] == []
    contents = document[1].get_textpage()
    middle, high = document[1].get_width() / 2, document[1].get_height()
    left = contents.get_text_bounded(right=middle, top=high - 80, bottom=60).splitlines()
    right = contents.get_text_bounded(left=middle, top=high - 80, bottom=60).splitlines()
    assert abs(len(left) - len(right)) <= 0.25 * len(left)
