"""What people type, and what they find first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from browser import HASTE, look_for
from hipknee.content import catalogue
from playwright.sync_api import Browser, Page
from projects import ROOT

QUERIES = yaml.safe_load((ROOT / "tests" / "this_site" / "queries.yml").read_text("utf-8"))


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


def test_what_comes_first(page: Page) -> None:
    firsts = {query: (look_for(page, str(query)) or ["nothing"])[0] for query in QUERIES}
    assert firsts == QUERIES
    assert len(firsts) >= 40


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
