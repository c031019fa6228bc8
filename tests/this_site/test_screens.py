"""How far it is to what a patient looks for on a phone of 360 by 740, in screens, without any script.

A screen is 740 px. What is measured is printed with its goal: pytest -m acceptance -k screens -s.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from projects import ROOT

pytestmark = pytest.mark.acceptance

EXERCISES = sorted(path.stem for path in ROOT.glob("docs/exercises/*.md") if path.stem != "index")
HEIGHT = 740
GOALS = {
    "first step": ("ol.steps > li", 1.2),
    "before you start": (".before-line", 1.0),
    "pain rule in a line": (".pain-line", 0.94),  # above the bar
    "end of the page": (None, 7.5),
}
"""What is looked for, and at most how many screens down its upper edge may stand."""
DOWN = """(selector) => {
    const place = selector ? document.querySelector(selector).getBoundingClientRect().top + scrollY : undefined;
    return place ?? document.documentElement.scrollHeight;
}"""
COVERED = """() => {
    const one = document.activeElement, box = one.getBoundingClientRect();
    if (one === document.body || !box.width) return null;
    const y = Math.min(Math.max(box.top + box.height / 2, 1), innerHeight - 1);
    const top = document.elementFromPoint(box.left + Math.min(box.width / 2, 40), y);
    const over = top?.closest(".stays, .strip");
    return over && !over.contains(one) ? one.outerHTML.slice(0, 120) : null;
}"""


@pytest.fixture(params=EXERCISES)
def page(request: pytest.FixtureRequest, browser: Browser, home: str) -> Iterator[Page]:
    size = {"width": 360, "height": HEIGHT}
    with browser.new_context(base_url=home, viewport=size, java_script_enabled=False) as context:  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(f"/exercises/{request.param}/", wait_until="networkidle")
        yield page


def test_what_is_looked_for_is_near(page: Page) -> None:
    far = {name: page.evaluate(DOWN, selector) / HEIGHT for name, (selector, _) in GOALS.items()}
    print(page.url.rstrip("/").rpartition("/")[2], {name: (round(far[name], 2), GOALS[name][1]) for name in GOALS})
    assert {name: screens for name, screens in far.items() if screens > GOALS[name][1]} == {}
    assert far["before you start"] < far["first step"]


WAYS = {
    ("/", ".ways li a"): (0.94, 60),  # above the fold: where to start
    ("/", ".thumbs a"): (1.6, 130),  # an exercise, in one tap; before, two taps and a screen
    ("/knee-pain/", ".jumps a[href='#exercises']"): (0.6, 30),  # before, 9.2 screens down to the cards
    ("/knee-pain/", ".flag.emergency"): (0.94, 40),
    ("/hip-pain/", ".jumps a[href='#exercises']"): (0.6, 30),
    ("/hip-pain/", ".flag.emergency"): (0.94, 40),
    ("/exercises/", "li.card a"): (1.5, 90),
}
"""On a page what is looked for, and at most how many screens, and how many words, before it."""
WORDS = """(selector) => {
    const range = document.createRange();
    range.setStart(document.querySelector("article"), 0);
    range.setEndBefore(document.querySelector(selector));
    return range.toString().trim().split(/\\s+/).length;
}"""


@pytest.mark.parametrize("way", WAYS, ids=" ".join)
def test_the_way_to_an_exercise_is_short(browser: Browser, home: str, way: tuple[str, str]) -> None:
    path, selector = way
    size = {"width": 360, "height": HEIGHT}
    with browser.new_context(base_url=home, viewport=size, java_script_enabled=False) as context:  # type: ignore[arg-type]
        here = context.new_page()
        here.goto(path, wait_until="networkidle")
        screens, words = here.evaluate(DOWN, selector) / HEIGHT, here.evaluate(WORDS, selector)
        print(path, selector, (round(screens, 2), WAYS[way][0]), (words, WAYS[way][1]))
        assert (screens <= WAYS[way][0], words <= WAYS[way][1]) == (True, True), (screens, words)


@pytest.mark.parametrize("path", ["/knee-pain/", "/hip-pain/"])
def test_a_jump_ends_where_its_name_says(browser: Browser, home: str, path: str) -> None:
    """Two taps from a condition to an exercise, and the heading that a jump leads to is at the top of the window."""
    size = {"width": 360, "height": HEIGHT}
    with browser.new_context(base_url=home, viewport=size, java_script_enabled=False) as context:  # type: ignore[arg-type]
        here = context.new_page()
        for number in range(3):
            here.goto(path, wait_until="networkidle")
            jump = here.locator(".jumps a").nth(number)
            place = jump.get_attribute("href") or ""
            jump.click()
            box = here.locator(place).bounding_box()
            assert box
            assert -1 <= box["y"] <= HEIGHT / 3, place
        card = here.locator("li.card a").first.bounding_box()
        assert card
        assert card["y"] <= HEIGHT


def test_what_protects_is_never_folded(page: Page) -> None:
    for selector in ("#pain-rule", "#stop", "#cautions", ".dose", "ol.steps"):
        assert page.locator(selector).count() == 1
        assert page.locator(f"details:not([open]) {selector}").count() == 0


def test_pictures_and_bar_stay_while_the_steps_are_read(page: Page) -> None:
    strip, bar = page.locator(".strip"), page.locator(".stays")
    for step in page.locator("ol.steps > li").all():
        step.evaluate("one => one.scrollIntoView({block: 'center'})")
        pictures, links = strip.bounding_box(), bar.bounding_box()
        assert pictures
        assert links
        assert 0 <= pictures["y"] <= HEIGHT * 0.5
        assert pictures["height"] <= HEIGHT * 0.2
        assert abs(links["y"] + links["height"] - HEIGHT) <= 1
    # On its side, or with letters of twice the size, the whole window is for reading.
    page.set_viewport_size({"width": HEIGHT, "height": 360})
    assert {one.evaluate("one => getComputedStyle(one).position") for one in (strip, bar)} == {"static"}


def test_what_has_the_focus_is_seen(page: Page) -> None:
    hidden = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        hidden.add(page.evaluate(COVERED))
    assert hidden == {None}
