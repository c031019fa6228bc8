"""The ways into this site: what its first page shows and weighs, the way down a condition page, and days in words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hipknee.content import catalogue
from playwright.sync_api import Browser
from projects import ROOT, words
from pypdfium2 import PdfDocument
from selectolax.lexbor import LexborHTMLParser

pytestmark = pytest.mark.acceptance

CONTENT = catalogue.load(ROOT)
SAY = words()
LEADS = {
    "knee-pain/": "explanation-knee-map",
    "hip-pain/": "explanation-hip-map",
    "exercises/": "clamshell-finish",
    "your-week/": "explanation-week",
}
"""Where the first page leads, and what it shows of that."""
FIGURES = re.compile(r"\b20\d\d-\d\d-\d\d\b|\b\d{1,2}/\d{1,2}/(?:20)?\d\d\b")
"""A day that is not in words."""


def page(real: Path, name: str) -> LexborHTMLParser:
    return LexborHTMLParser((real / "site" / name / "index.html").read_text("utf-8"))


def test_the_ways_in_show_where_they_lead(real: Path) -> None:
    boxes = page(real, ".").css(".ways > ul:first-of-type > li")
    assert len(boxes) == len(LEADS)
    for box, (address, picture) in zip(boxes, LEADS.items(), strict=True):
        image = box.css_first("img")
        assert box.css_first("a").attributes["href"] == address
        assert f"/{picture}-" in (image.attributes["src"] or "")
        assert image.attributes["alt"] == "", "the link says it"


def test_the_first_page_shows_every_exercise(real: Path) -> None:
    here = page(real, ".")
    assert len(here.css(".thumbs img[loading=lazy]")) == len(here.css(".thumbs a")) == len(CONTENT.exercises)


def test_what_is_below_the_first_screen_comes_when_it_is_near(browser: Browser, home: str) -> None:
    with browser.new_context(base_url=home, viewport={"width": 360, "height": 740}) as context:
        here = context.new_page()
        here.goto("/")
        images = here.locator("main img").evaluate_all(
            "(all) => all.map((one) => [one.loading === 'lazy', one.getBoundingClientRect().top])"
        )
    assert len(images) > len(CONTENT.exercises)
    assert all(lazy for lazy, top in images if top > 740)
    assert not all(lazy for lazy, _ in images), "the first are seen at once"


def test_the_state_of_review_stands_in_one_line_below_each_title(browser: Browser, home: str) -> None:
    with browser.new_context(base_url=home, viewport={"width": 360, "height": 740}) as context:
        here = context.new_page()
        for address in ("/", "/knee-pain/", "/exercises/", "/exercises/bridge/", "/your-week/", "/about/", "/sources/"):
            here.goto(address)
            line = here.locator("h1 ~ .review-line")
            assert line.inner_text() == SAY["review_short_awaiting"]
            box = line.bounding_box()
            assert box
            assert box["y"] < 370
            assert box["height"] < 30


def test_days_are_in_words(real: Path, printed: Path) -> None:
    dated = 0
    for path in sorted((real / "site").rglob("*.html")):
        tree = LexborHTMLParser(path.read_text("utf-8"))
        tree.strip_tags(["script", "style"])
        for time in tree.css("time"):
            dated += 1
            assert re.fullmatch(r"[A-Z][a-z]+ \d{1,2}, 20\d\d", time.text()), path
        assert not FIGURES.search(tree.body.text() if tree.body else ""), path
    assert dated > len(CONTENT.exercises)
    for path in (*printed.glob("bridge-*.pdf"), *printed.glob("*chart*.pdf"), *printed.glob("programme-*.pdf")):
        with PdfDocument(path) as sheet:
            text = "\n".join(one.get_textpage().get_text_range() for one in sheet)
        assert SAY["months"][10] in text or SAY["months"][9] in text
        assert not FIGURES.search(text), path
