"""The patients' booklet with texts of any length: it never breaks, and keeps its pages, its spreads and its rules."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import projects
import pytest
from hipknee.print import making
from hipknee.print.booklet import BookletPage
from hipknee.print.sections import section
from hipknee.print.typesetting import Typesetter
from hipknee.stock import Stock
from pypdfium2 import PdfDocument
from test_press import press

Data = dict[str, Any]
LONG = "Kniescheibenbeschwerdenvermeidungsübung an der Arbeitsplatte in der Einbauküche, langsam und ohne Schwung. "
BODY = (
    '<h2 id="cups">Cups</h2><p>Pour <a href="../pot/">slowly</a>.<sup class="cite"><a href="#s">1</a></sup></p>'
    '<h3 id="hot">When it is hot</h3><p>Wait.</p><h3 id="cold">Cold</h3><p>Drink.</p><h2 id="lids">Lids</h2>'
)


def longer(times: int) -> Callable[[Data], None]:
    def change(data: Data) -> None:
        for exercise in data["exercises"]:
            for step in exercise["steps"]:
                step["text"] += LONG * times
            exercise["cautions"] += [LONG] * times

    return change


def many(count: int) -> Callable[[Data], None]:
    def change(data: Data) -> None:
        one = data["exercises"][0]
        data["exercises"] = [copy.deepcopy(one) | {"id": f"tip-{n}", "title": f"Tip {n}"} for n in range(count)]
        data["chart"]["rows"] = [{"title": LONG, "plain": None, "soonest": LONG} for _ in range(count)]

    return change


def frightening(data: Data) -> None:
    for tier in data["tiers"]:
        tier["groups"][0]["signs"] = [{"text": f"{LONG} {n}", "note": LONG} for n in range(40)]
    data["stop_rules"] = [LONG] * 40


CHANGES: dict[str, Callable[[Data], None]] = {
    "as it is": lambda data: None,
    "long texts": longer(2),
    "very long texts": longer(12),
    "twelve exercises": many(12),
    "many signs": frightening,
    "no exercise but one": many(1),
}


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return projects.fixture(tmp_path_factory.mktemp("here") / "project")


@pytest.fixture(scope="module")
def sheets(here: Path) -> dict[str, making.Sheet]:
    body = [BookletPage("index.md", "", "Home", "<p>Hello</p>")]
    return {sheet.name: sheet for sheet in press(here).booklets(body)}


@pytest.mark.parametrize("name", ["booklet-letter.pdf", "booklet-fold-a5.pdf"])
@pytest.mark.parametrize("change", CHANGES)
def test_whatever_it_holds(here: Path, sheets: dict[str, making.Sheet], name: str, change: str) -> None:
    sheet = sheets[name]
    data = copy.deepcopy(dict(sheet.data))
    CHANGES[change](data)
    document = PdfDocument(Typesetter(here).pdf(sheet.template, data))
    assert len(document) % 4 == 0
    begins = {mark.get_title(): mark.get_dest().get_index() + 1 for mark in document.get_toc()}
    pages = [begins[exercise["title"]] for exercise in data["exercises"]]
    assert pages == sorted({*pages})
    if "fold" in name:
        assert [page % 2 for page in pages] == [0] * len(pages), "each begins on a left page"
    words = re.sub(r"[\W_]+", "", " ".join(page.get_textpage().get_text_bounded(bottom=44) for page in document))
    every = [caution for exercise in data["exercises"] for caution in exercise["cautions"]]
    every += [*data["stop_rules"], *data["pain_rule"]]
    every += [sign["text"] for tier in data["tiers"] for group in tier["groups"] for sign in group["signs"]]
    assert [text for text in every if re.sub(r"[\W_]+", "", text) not in words] == []


def test_the_printers_file_is_made_of_the_same(here: Path, sheets: dict[str, making.Sheet], tmp_path: Path) -> None:
    both = [sheets["booklet-fold-a5.pdf"], sheets["booklet-fold-printer-a4.pdf"]]
    files, problems = making.make(both, Typesetter(here), Stock(tmp_path))
    assert problems == []
    pages, sides = (PdfDocument(files[sheet.name]) for sheet in both)
    assert len(pages) == 2 * len(sides)


@pytest.mark.parametrize(
    ("anchor", "words"),
    [
        ("cups", ["Cups", "Pour slowly.", "When it is hot", "Wait.", "Cold", "Drink."]),
        ("hot", ["When it is hot", "Wait."]),
        ("lids", ["Lids"]),
        ("gone", []),
    ],
)
def test_a_section_of_a_page(anchor: str, words: list[str]) -> None:
    page = BookletPage("tea.md", "tea/", "Tea", BODY)
    nodes, problems = section(page, anchor, lambda path: None)
    assert problems == []
    assert ["".join(node["of"]) for node in nodes if isinstance(node, dict)] == words
    assert [node["level"] for node in nodes if isinstance(node, dict) and "level" in node][:1] == [2] * bool(words)
