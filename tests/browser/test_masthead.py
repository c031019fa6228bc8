"""The clinic in the masthead: however long its name is, nothing is pushed out of the window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import served
from playwright.sync_api import Browser
from projects import LONG_NAME

WINDOWS = {
    "a phone": (360, 1),
    "a phone with letters twice as large": (360, 2),
    "a tablet": (768, 1),
    "a desk": (1440, 1),
}
OUTSIDE = """() => [...document.querySelectorAll('.masthead :is(a, button, img, p)')]
    .filter((one) => one.checkVisibility())
    .filter((one) => { const { left, right } = one.getBoundingClientRect(); return left < 0 || right > innerWidth; })
    .map((one) => one.className)"""
OVERLAPS = """() => {
    const boxes = [...document.querySelectorAll('.masthead :is(a, button, img, p)')]
        .filter((one) => one.checkVisibility()).map((one) => [one.className, one.getBoundingClientRect()]);
    const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
        && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 6;
    return boxes.flatMap(([one, a], n) => boxes.slice(n + 1).filter(([, b]) => meet(a, b)).map(([two]) => [one, two]));
}"""


@pytest.fixture(scope="module")
def site(embedded: Path) -> Iterator[str]:
    with served(embedded / "site") as address:
        yield address


@pytest.mark.parametrize("window", WINDOWS)
def test_a_long_name(window: str, site: str, browser: Browser) -> None:
    width, larger = WINDOWS[window]
    with browser.new_context(viewport={"width": width, "height": 740}) as context:
        page = context.new_page()
        page.goto(site)
        page.evaluate(f"document.documentElement.style.fontSize = '{125 * larger}%'")
        assert page.locator(".clinic-name").inner_text() == LONG_NAME
        assert page.evaluate("document.querySelector('.clinic-logo').naturalWidth") > 0
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(OUTSIDE) == []
        assert page.evaluate(OVERLAPS) == []
        assert page.locator(".masthead").evaluate("(one) => one.offsetHeight") <= 130 * larger**1.5


def test_without_a_clinic_there_is_our_own_mark(home: str, browser: Browser) -> None:
    with browser.new_context(viewport={"width": 360, "height": 740}) as context:
        page = context.new_page()
        page.goto(home)
        assert page.locator(".clinic-name, .clinic-logo").count() == 0
        assert page.locator(".brand svg").is_visible()
        assert page.evaluate(OUTSIDE) == []
