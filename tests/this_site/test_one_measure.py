"""The right edge of a page: text, boxes, pictures and tables end at one, on every kind of page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.acceptance

PAGES = (
    "/",
    "/knee-pain/",
    "/exercises/",
    "/exercises/bridge/",
    "/exercises/sit-to-stand/",
    "/your-week/",
    "/hip-strength-and-knee-pain/",
    "/physical-therapy/",
    "/programmes/first-eight-weeks/",
    "/about/",
    "/glossary/",
    "/sources/",
    "/404.html",
)
WIDTHS = (1440, 768, 360)
EDGES = """() => {
    const edges = {};
    const walk = (one) => {
        const kept = [...one.children].filter((child) => {
            const { display, position } = getComputedStyle(child);
            return child.checkVisibility() && !display.startsWith("inline") && position !== "absolute"
                && child.getBoundingClientRect().width && !child.matches(".prints, .stays, summary, nav li");
        });
        for (const child of kept) {
            const right = Math.round(child.getBoundingClientRect().right);
            (edges[right] ??= []).push(`${child.tagName}.${child.className}`);
            const framed = parseFloat(getComputedStyle(child).borderRightWidth) || child.matches("table, picture, svg");
            const inRows = ["grid", "flex"].includes(getComputedStyle(child).display);
            if (!framed && !inRows) walk(child);
        }
    };
    walk(document.querySelector("article"));
    return edges;
}"""
"""Where each thing ends that stands on its own line; not what is inside of a frame, or beside another."""


@pytest.fixture(params=WIDTHS, ids=str)
def page(request: pytest.FixtureRequest, browser: Browser, home: str) -> Iterator[Page]:
    size = {"width": request.param, "height": 900}
    with browser.new_context(base_url=home, viewport=size) as context:  # type: ignore[arg-type]
        yield context.new_page()


@pytest.mark.parametrize("path", PAGES)
def test_everything_ends_at_one_edge(page: Page, path: str) -> None:
    page.goto(path, wait_until="networkidle")
    edges = page.evaluate(EDGES)
    assert len(edges) == 1, edges
    assert sum(map(len, edges.values())) > 5


ROWS = """() => [...document.querySelectorAll("ul.cards")].map((list) => {
    const rows = {};
    for (const card of list.children) {
        const { top, right } = card.getBoundingClientRect();
        const line = card.querySelector("dl").getBoundingClientRect().top;
        (rows[Math.round(top)] ??= []).push([Math.round(right), Math.round(line)]);
    }
    return [Math.round(list.getBoundingClientRect().right), Object.values(rows)];
})"""
"""Of each list where it ends, and of each row where its cards end and where their facts begin."""


@pytest.mark.parametrize("path", ["/exercises/", "/knee-pain/", "/hip-pain/"])
def test_no_card_stands_alone_and_those_in_a_row_are_level(page: Page, path: str) -> None:
    page.goto(path, wait_until="networkidle")
    lists = page.evaluate(ROWS)
    assert len(lists) == 2
    for edge, rows in lists:
        for row in rows:
            assert max(right for right, _ in row) == edge
            assert len({line for _, line in row}) == 1
