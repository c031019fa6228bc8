"""What people type, and what they find first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from browser import HASTE, look_for
from hipknee.content import catalogue
from playwright.sync_api import Browser, Page, expect
from projects import ROOT

FILE = yaml.safe_load((ROOT / "tests" / "this_site" / "queries.yml").read_text("utf-8"))
QUERIES: dict[str, str | list[str]] = FILE["queries"]
WARNINGS: dict[str, str | list[str]] = FILE["warnings"]


@pytest.fixture(scope="module")
def page(browser: Browser, home: str) -> Iterator[Page]:
    """With the search opened."""
    with browser.new_context(base_url=home, viewport={"width": 360, "height": 740}) as context:
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.add_init_script(HASTE)
        page.goto("/")
        page.locator(".search-open").click()
        yield page


def places(value: str | list[str]) -> set[str]:
    return {value} if isinstance(value, str) else {*value}


def test_there_are_enough() -> None:
    assert len(WARNINGS) >= 50
    assert len(QUERIES) + len(WARNINGS) >= 120


@pytest.mark.parametrize("queries", [QUERIES, WARNINGS], ids=["queries", "warnings"])
def test_what_comes_first_or_second(page: Page, queries: dict[str, str | list[str]]) -> None:
    best = {query: look_for(page, query)[:2] for query in queries}
    assert {query: urls for query, urls in best.items() if not places(queries[query]) & {*urls}} == {}


def test_a_warning_word_leads_to_the_warning_signs_before_all_else(page: Page) -> None:
    """Each that the data has, by itself: a word that is written down and leads elsewhere would be a promise broken."""
    typed = catalogue.load(ROOT).search.value
    assert typed
    firsts = {word: (look_for(page, word) or ["nothing"])[0] for word in typed.warnings}
    assert {word: url for word, url in firsts.items() if not url.endswith("#red-flags")} == {}
    for joint, words in typed.warnings_of.items():
        firsts = {word: (look_for(page, word) or ["nothing"])[0] for word in words}
        assert {word: url for word, url in firsts.items() if url != f"{joint}-pain/#red-flags"} == {}


def test_what_leads_to_a_place_leads_there(page: Page) -> None:
    typed = catalogue.load(ROOT).search.value
    assert typed
    targets = {
        word: re.sub(r"(index)?\.md", lambda end: "" if end[1] else "/", target)
        for target, words in typed.pages.items()
        for word in words
    }
    best = {word: look_for(page, word)[:3] for word in targets}
    assert {word: urls for word, urls in best.items() if targets[word] not in urls} == {}


def test_results_show_a_picture_in_a_place_that_is_kept(page: Page) -> None:
    assert look_for(page, "clamshell")[0] == "exercises/clamshell/"
    image = page.locator("#search li").first.locator("img")
    expect(image).to_have_attribute("alt", "")
    expect(image).to_have_js_property("complete", True)
    assert image.evaluate("image => image.naturalWidth") > 0
    assert int(image.evaluate("image => image.naturalWidth")) <= 400
    box = image.bounding_box()
    assert box
    page.route("**/*.webp", lambda route: route.abort())
    assert look_for(page, "bridge")[0] == "exercises/bridge/"
    assert page.locator("#search li").first.locator("img").bounding_box() == box
    page.unroute_all()


def test_every_name_leads_to_its_own(page: Page, real: Path) -> None:
    """Titles and other names of exercises and conditions; a muscle's plain and Latin name lead to the glossary."""
    data = catalogue.load(real)
    wanted: dict[str, str] = {}
    for slug, entry in data.exercises.items():
        assert entry.value
        wanted |= dict.fromkeys([entry.value.title, *entry.value.aliases[::3]], f"exercises/{slug}/")
    for slug, condition in data.conditions.items():
        assert condition.value
        wanted |= dict.fromkeys([condition.value.title, *condition.value.aliases], f"{slug}/")
    assert data.vocabulary.value
    for id_, muscle in data.vocabulary.value.muscles.items():
        wanted |= dict.fromkeys(
            [muscle.plain, *muscle.also, *([muscle.latin] if muscle.latin else [])], f"glossary/#{id_}"
        )
    found = {name: (look_for(page, name) or ["nothing"])[0] for name in wanted}
    assert {name: first for name, first in found.items() if first != wanted[name]} == {}
