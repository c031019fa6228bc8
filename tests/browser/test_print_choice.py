"""The choice of what to print, in a real browser: one way to it, by keyboard and without a script."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect
from projects import words

SAY = words()
TEAPOT = "/exercises/teapot-tip/"
CHOICES = [SAY["print_handout"], SAY["print_large"], SAY["print_chart"]]


def opened(page: Page, path: str) -> None:
    """The choice of a page, by the link to it above the page or in its bar."""
    page.goto(path)
    page.locator("a[href='#print']").filter(visible=True).first.press("Enter")


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("width", [360, 1440])
def test_the_link_opens_the_choice(browser: Browser, home: str, width: int, scripts: bool) -> None:
    size = {"width": width, "height": 800}
    with browser.new_context(base_url=home, viewport=size, java_script_enabled=scripts) as context:  # type: ignore[arg-type]
        context.set_default_timeout(10_000)
        page = context.new_page()
        opened(page, TEAPOT)
        rows = page.locator(".print-choice li")
        for row, label in zip(rows.all(), CHOICES, strict=False):
            expect(row.get_by_role("link").first).to_be_visible()
            expect(row.get_by_role("link").first).to_contain_text(label)
            expect(row.get_by_role("link").last).to_have_accessible_name(f"{label}, {SAY['paper_a4']}")
            for link in row.get_by_role("link").all():
                box = link.bounding_box()
                assert box
                assert min(box["width"], box["height"]) >= 24
        expect(rows.last).to_have_text(SAY["print_whole"])
        expect(rows.last.get_by_role("button")).to_be_visible(visible=scripts)
        assert page.evaluate("document.documentElement.scrollWidth") <= width if scripts else True


def test_the_button_prints_the_page_and_escape_closes(browser: Browser, home: str) -> None:
    with browser.new_context(base_url=home) as context:
        context.set_default_timeout(10_000)
        page = context.new_page()
        opened(page, TEAPOT)
        page.evaluate("window.print = () => { window.printed = true }")
        page.locator(".print-page").press("Enter")
        assert page.evaluate("window.printed")
        page.keyboard.press("Escape")
        expect(page.locator(".print-page")).to_be_hidden()
        expect(page.locator(".print-choice > summary")).to_be_focused()


def test_every_page_has_one_way_to_print(browser: Browser, home: str) -> None:
    with browser.new_context(base_url=home) as context:
        page = context.new_page()
        for path in ("/", "/wobbly-knee/", "/exercises/", "/glossary/", "/about/", TEAPOT):
            page.goto(path)
            expect(page.locator(".print-choice")).to_have_count(1)
            expect(page.locator(".print-page")).to_have_count(1)
            expect(page.locator(".to-print")).to_have_attribute("href", "#print")
