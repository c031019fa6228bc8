"""What a reader should not have to see: lines too long to follow, pictures cut off."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

pytestmark = pytest.mark.acceptance

# How many letters of their usual width fit into a line, in texts of more than one line.
LINES = """(all) => all.map((one) => {
  const texts = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  const rows = new Set();
  let width = 0;
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    range.selectNodeContents(text);
    for (const box of range.getClientRects()) {
      width += box.width;
      rows.add(Math.round(box.bottom / 8));
    }
  }
  return rows.size > 1 ? one.clientWidth / (width / one.innerText.length) : 0;
})"""


@pytest.mark.parametrize(
    "name", ["", "knee-pain/", "hip-strength-and-knee-pain/", "exercises/clamshell/", "your-week/", "about/"]
)
@pytest.mark.parametrize("width", [768, 1440])
def test_lines_are_short_enough_to_follow(browser: Browser, home: str, name: str, width: int) -> None:
    with browser.new_context(viewport={"width": width, "height": 900}) as context:
        page = context.new_page()
        page.goto(f"{home}/{name}")
        rows = page.locator("article :is(p:not(.review), .flag li, .stop li)").evaluate_all(LINES)
        assert max(rows) <= 80


@pytest.mark.parametrize(("wide", "high"), [(800, 400), (600, 800)])
def test_a_card_shows_the_whole_of_a_wide_or_tall_picture(browser: Browser, home: str, wide: int, high: int) -> None:
    with browser.new_context(viewport={"width": 1440, "height": 900}) as context:
        page = context.new_page()
        page.goto(f"{home}/exercises/")
        picture = page.locator(".card img").first
        picture.evaluate("(one, [w, h]) => { one.width = w; one.height = h; }", [wide, high])
        assert picture.evaluate("(one) => getComputedStyle(one).objectFit") == "contain"
        names = [one.bounding_box() for one in page.locator(".card :is(h3, h4)").all()[:2]]
        assert names[0]
        assert names[1]
        assert names[0]["y"] == names[1]["y"], "the names in a row are not level"
