"""The way from an exercise to the programme that somebody is making: a link, on its page and on its cards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import served
from hipknee.print.element_tree import SCREEN_ONLY
from playwright.sync_api import Browser, Page, expect
from projects import CODES, check, words
from selectolax.lexbor import LexborHTMLParser

SAY = words()
ADD = SAY["programme_add"]
LISTS = ("exercises", "wobbly-knee", "creaky-lid")
EXERCISES = ("teapot-tip", "flamingo-doze", "starfish-twinkle")


def html(project: Path, name: str) -> LexborHTMLParser:
    return LexborHTMLParser((project / "site" / name / "index.html").read_text("utf-8"))


def test_an_exercise_page_leads_there(showing: Path) -> None:
    """By its code; without one it can't be added."""
    for slug in EXERCISES:
        links = html(showing, f"exercises/{slug}").css("p.add a")
        expected = [(f"../../programme/#ADD-{CODES[slug]}", ADD)] if slug in CODES else []
        assert [(link.attributes["href"], link.text()) for link in links] == expected


def test_a_card_says_which_exercise_it_adds(showing: Path) -> None:
    for name in LISTS:
        cards = html(showing, name).css("li.card")
        assert cards
        for card in cards:
            link, title = card.css_first("a"), card.css_first("h3").text()
            add = card.css_first("a.add")
            slug = (link.attributes["href"] or "").rstrip("/").rpartition("/")[2]
            assert ("hidden" in add.attributes) == (slug not in CODES)
            assert add.attributes["href"] == f"../programme/#ADD-{CODES.get(slug, '')}"
            assert add.text() == f"{ADD} {title}"


def test_without_such_a_page_nothing_leads_there(built: Path) -> None:
    assert not [path for path in (built / "site").rglob("*.html") if 'class="add"' in path.read_text("utf-8")]


def test_it_is_no_text_of_the_page(showing: Path) -> None:
    """Neither for the search, nor on paper, and in no frame of another website; and all of it leads somewhere."""
    index = [*(showing / "site" / "search").rglob("*.js"), *(showing / "site" / "assets").rglob("search/*.js")]
    assert index
    assert not [path for path in index if ADD in path.read_text("utf-8")]
    assert ".add" in re.split(r"[,\s]+", SCREEN_ONLY)
    done = check("--site", showing / "site", "--root", showing)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_first_page_is_as_it_was(showing: Path, built: Path) -> None:
    """But for the menu."""
    before, after = (html(project, "").css_first("article").html or "" for project in (built, showing))
    assert before == after


@pytest.fixture
def page(browser: Browser, showing: Path) -> Iterator[Page]:
    """On a phone, without scripts."""
    with (
        served(showing / "site") as home,
        browser.new_context(
            base_url=home, viewport={"width": 360, "height": 740}, java_script_enabled=False
        ) as context,
    ):
        context.set_default_timeout(10_000)
        yield context.new_page()


def test_without_scripts(page: Page) -> None:
    page.goto("/exercises/")
    link = page.get_by_role("link", name=f"{ADD} Teapot tip", exact=True)
    expect(page.locator("a.add").filter(visible=True)).to_have_count(2)
    box = link.bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 44
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator("li.card").first.locator("dl").click(force=True)  # all else of a card leads to its exercise
    expect(page).to_have_url(re.compile(r"/exercises/teapot-tip/$"))
    box = page.locator("p.add a").bounding_box()
    steps = page.locator("ol.steps").bounding_box()
    assert box
    assert steps
    assert min(box["width"], box["height"]) >= 44
    assert box["y"] > steps["y"] + steps["height"]
    page.goto("/exercises/")
    link.click()
    expect(page).to_have_url(re.compile(r"/programme/#ADD-POT$"))


def test_one_after_the_other(browser: Browser, showing: Path) -> None:
    """From a page and from a card, in one tab: the plan has both."""
    with served(showing / "site") as home, browser.new_context(base_url=home, service_workers="block") as context:
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.goto("/exercises/teapot-tip/")
        page.locator("p.add a").click()
        rows = page.locator("ol.rows h3")
        expect(rows).to_have_text(["Teapot tip"])
        page.goto("/wobbly-knee/")
        page.get_by_role("link", name=f"{ADD} Flamingo doze", exact=True).click()
        expect(rows).to_have_text(["Teapot tip", "Flamingo doze"])


def test_not_on_paper(page: Page) -> None:
    page.emulate_media(media="print")
    for path in ("/exercises/", "/exercises/teapot-tip/"):
        page.goto(path)
        expect(page.locator(".add").filter(visible=True)).to_have_count(0)
