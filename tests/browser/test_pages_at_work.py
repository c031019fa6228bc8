"""What pages do in a real browser: the chips of the library, and the banner that an editor sees come and go."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import flocks
import projects
import pytest
from browser import served
from hipknee.content.front_matter import read_page
from hipknee.content.kinds import LIBRARY
from playwright.sync_api import Browser, Locator, Page, expect
from projects import Server, Shared, edit, restore, words, write

SAY = words()


@pytest.fixture(scope="session")
def twelve(shared: Shared) -> Path:
    """The invented project with twelve exercises in two groups, built: only to be read. The teapots stand alone."""

    def fill(at: Path) -> None:
        root = flocks.grow(projects.fixture(at), 12)
        library = read_page(LIBRARY, (root / "docs" / LIBRARY).read_bytes())[0]
        order, _ = library.data.pop("order"), library.data.pop("series")  # which the groups would part
        teapots = [slug for slug in order if "teapot" in slug]
        others = [slug for slug in order if slug not in teapots]
        groups = [
            {"id": name, "title": f"{{Count}} {name}", "title_one": f"One {name}", "exercises": slugs}
            for name, slugs in (("teapots", teapots), ("others", others))
        ]
        flocks.write_page(root / "docs" / LIBRARY, {**library.data, "groups": groups}, library.body)
        projects.build(root)

    return shared("twelve", fill)


@pytest.fixture
def choosing(browser: Browser, twelve: Path) -> Iterator[Page]:
    """The library of twelve, on a phone."""
    size: Any = {"width": 360, "height": 740}
    with served(twelve / "site") as home, browser.new_context(base_url=home, viewport=size) as context:
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.goto("/exercises/")
        yield page


def chip(page: Page, name: str) -> Locator:
    return page.locator(".filters").get_by_role("button", name=SAY[name], exact=True)


def is_shown(page: Page, count: int) -> None:
    expect(page.locator("li.card:visible")).to_have_count(count)
    expect(page.locator(".filters").get_by_role("status")).to_have_text(SAY["filter_count"].format(shown=count, all=12))


PRESSED: dict[tuple[str, ...], int] = {
    ("chip_lying",): 8,
    ("chip_standing",): 4,
    ("level_gentle",): 4,
    ("chip_no_band",): 8,
    ("chip_lying", "chip_standing"): 12,  # either
    ("chip_lying", "level_gentle"): 4,  # both
    ("chip_standing", "level_gentle"): 0,
    ("chip_lying", "chip_no_band", "level_gentle"): 4,
}
"""How many of twelve are left by what is pressed."""


@pytest.mark.parametrize("names", PRESSED, ids=" ".join)
def test_chips_choose_among_the_cards(names: tuple[str, ...], choosing: Page) -> None:
    for name in names:
        chip(choosing, name).click()
    is_shown(choosing, PRESSED[names])
    states = {one.inner_text(): one.get_attribute("aria-pressed") for one in choosing.locator(".filters button").all()}
    assert [label for label, state in states.items() if state == "true"] == [
        SAY[name] for name in ("chip_lying", "chip_standing", "chip_no_band", "level_gentle") if name in names
    ]
    chip(choosing, names[0]).click()
    for name in names[1:]:
        chip(choosing, name).click()
    is_shown(choosing, 12)
    expect(chip(choosing, "filter_all")).to_have_attribute("aria-pressed", "true")


def test_a_group_goes_with_its_last_card(choosing: Page) -> None:
    """Its heading too; and it comes back."""
    teapots, others = choosing.locator("section.group").all()
    chip(choosing, "chip_lying").click()
    expect(teapots).to_be_hidden()
    expect(others).to_be_visible()
    chip(choosing, "filter_all").click()
    expect(teapots).to_be_visible()
    is_shown(choosing, 12)


def test_chips_by_keyboard(choosing: Page) -> None:
    """One after the other, each with a ring that is seen; Space and Enter press it, and it keeps the focus."""
    chip(choosing, "filter_all").focus()
    for name, key, count in (("chip_lying", "Space", 8), ("chip_standing", "Enter", 12)):
        choosing.keyboard.press("Tab")
        expect(chip(choosing, name)).to_be_focused()
        assert chip(choosing, name).evaluate("(one) => getComputedStyle(one).outlineStyle") == "solid"
        choosing.keyboard.press(key)
        expect(chip(choosing, name)).to_be_focused()
        is_shown(choosing, count)


def test_chips_are_as_large_as_a_thumb(choosing: Page) -> None:
    for one in choosing.locator(".filters button").all():
        box = one.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 44


def test_chips_are_as_they_were_for_who_comes_back(choosing: Page) -> None:
    chip(choosing, "chip_standing").click()
    choosing.locator("li.card:visible a").first.click()
    expect(choosing.locator("h1")).to_have_text("Teapot tip")
    choosing.go_back()
    is_shown(choosing, 4)
    expect(chip(choosing, "chip_standing")).to_have_attribute("aria-pressed", "true")
    choosing.goto("/")
    choosing.goto("/exercises/")  # who comes anew has all
    expect(choosing.locator("li.card:visible")).to_have_count(12)


def test_what_was_chosen_leaves_no_trace(choosing: Page) -> None:
    """Nothing is sent, and nothing is kept beyond the page's place in the tab."""
    asked: list[str] = []
    choosing.wait_for_load_state("networkidle")
    choosing.on("request", lambda request: asked.append(request.url))
    address = choosing.url
    for name in ("chip_lying", "level_gentle", "filter_all", "chip_no_band"):
        chip(choosing, name).click()
    is_shown(choosing, 8)
    assert [url for url in asked if "/assets/pictures/" not in url] == []
    assert choosing.url == address
    assert choosing.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]


def test_without_a_script_there_is_the_whole_list(browser: Browser, twelve: Path) -> None:
    with served(twelve / "site") as home, browser.new_context(base_url=home, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/exercises/")
        assert page.locator("li.card:visible").count() == 12
        assert page.locator(".filters:visible, .filters button:visible").count() == 0


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
