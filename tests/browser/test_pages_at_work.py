"""What pages do in a real browser: the filter of the library, and the banner that an editor sees come and go."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from projects import Server, edit, restore, words, write

SAY = words()


@pytest.fixture
def page(browser: Browser, home: str) -> Iterator[Page]:
    """A page on a phone."""
    with browser.new_context(base_url=home, viewport={"width": 360, "height": 740}) as context:
        context.set_default_timeout(10_000)
        yield context.new_page()


def test_the_filter(page: Page) -> None:
    page.goto("/exercises/")
    form = page.locator("form.filters")
    shown = page.locator("li.card:visible")
    count = form.get_by_role("status")
    expect(form).to_be_visible()
    expect(shown).to_have_count(3)

    def chosen(label: str, option: str) -> list[str]:
        form.get_by_label(label).select_option(label=option)
        expect(count).to_have_text(SAY["filter_count"].format(shown=shown.count(), all=3))
        return [one.inner_text() for one in shown.locator("h3").all()]

    assert form.locator("select").first.get_attribute("name") == "level"
    assert chosen(SAY["level"], SAY["level_hard"]) == ["Teapot tip"]
    assert "A slow pour for one" in shown.first.inner_text()
    assert chosen(SAY["level"], SAY["level_gentle"]) == ["Starfish twinkle"]
    assert chosen(SAY["level"], SAY["filter_all"]) == ["Teapot tip", "Flamingo doze", "Starfish twinkle"]
    assert chosen(SAY["filter_position"], "In the lagoon") == ["Flamingo doze", "Starfish twinkle"]
    assert all("In the lagoon" in text for text in shown.all_inner_texts())
    assert chosen(SAY["filter_muscle"], "lid holder") == ["Starfish twinkle"]
    assert chosen(SAY["filter_equipment"], "Ribbon") == []
    form.get_by_role("button", name=SAY["filter_reset"]).click()
    expect(shown).to_have_count(3)
    expect(count).to_have_text(SAY["filter_count"].format(shown=3, all=3))


def test_the_filter_is_as_it_was_for_who_comes_back(page: Page) -> None:
    page.goto("/exercises/")
    page.locator("form.filters").get_by_label(SAY["filter_position"]).select_option(label="In the lagoon")
    page.locator("li.card:visible a").first.click()
    expect(page.locator("h1")).to_have_text("Flamingo doze")
    page.go_back()
    expect(page.locator("li.card:visible")).to_have_count(2)
    expect(page.locator("form.filters").get_by_role("status")).to_have_text(SAY["filter_count"].format(shown=2, all=3))


# An editor's way


def test_an_editor_sees_the_banner_come_and_go(browser: Browser, project: Path, built: Path) -> None:
    with Server(project) as server, browser.new_context(base_url=f"http://{server.address}") as context:
        server.wait("/", lambda answer: answer.status == 200)
        page = context.new_page()
        page.goto("/about/")
        banner = page.get_by_role("alert")
        expect(banner).to_have_count(0)
        edit("docs/about.md", "title: A", "title: 'A")(project)
        expect(banner).to_contain_text("docs/about.md:2", timeout=10_000)
        banner.get_by_role("link").click()
        expect(page.locator("h1")).to_have_text(SAY["problems_title"])
        expect(page.locator("article")).to_contain_text("docs/about.md:2")
        page.go_back()
        restore(project, built)
        expect(banner).to_have_count(0, timeout=10_000)
        expect(page.locator("h1")).to_have_text("About the clinic")
        # A build that fails altogether: the page says so, and comes back by itself.
        write("mkdocs.yml", "nav: ]\n")(project)
        expect(page.locator("h1")).to_have_text("Build failed", timeout=10_000)
        restore(project, built)
        expect(page.locator("h1")).to_have_text("About the clinic", timeout=10_000)
