"""What a screen reader reads, in its order, held by the accessibility tree of a page of each kind.

Also that every reader comes to what protects before what is done, and to print and review at the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from projects import LANGUAGE, words

pytestmark = pytest.mark.acceptance

SAY = words(LANGUAGE)
FIRST = ["link skip", "banner", "link Hips and Knees", "button search", "main"]
"""On every page: past the menu, what the site is, and how to find something in it."""
LAST = ["navigation print", "contentinfo"]
ORDER = {
    "/": ["heading Hips and Knees", "link 911", "link knee pain", "heading Where to start", "heading Good to know"],
    "/exercises/clamshell/": [
        "heading Clamshell",
        "figure start",
        "figure finish",
        "link pain_rule:",
        "link knee pain",
        "link hip pain",
        "heading steps",
        "heading feel",
        "heading mistakes",
        "heading easier",
        "heading harder",
        "heading cautions",
        "heading pain_rule",
        "heading stop_rules",
    ],
    "/knee-pain/": ["heading Knee pain", "navigation jumps", "heading red_flags", "link 911"],
    "/exercises/": ["heading Exercise library", "link Clamshell", "link Sit to stand"],
    "/programmes/first-eight-weeks/": [
        "heading Your first eight weeks",
        "link knee pain",
        "heading plan_phases",
        "link Bridge",
        "heading cautions",
        "heading stop_rules",
    ],
    "/your-week/": ["heading Your week", "heading Who should ask first", "heading The pain rule"],
    "/glossary/": ["heading Glossary"],
    "/about/": ["heading About this site"],
    "/404.html": ["heading not_found", "link Clamshell"],
    "/503.html": ["heading unreachable", "link Clamshell"],
}
"""In this order, whatever stands between them. A name is that of a word, or stands on the page itself."""
_NODE = re.compile(r"""^\s*- '?(\w+)(?: "((?:[^"\\]|\\.)*)")?""", re.MULTILINE)


def read_out(page: Page) -> list[str]:
    """Everything that has a role and a name, as the tree has it."""
    tree = page.locator("body").aria_snapshot()
    return [f"{role} {name}".strip() for role, name in _NODE.findall(tree)]


def spoken(place: str) -> str:
    """A place with its word said."""
    role, _, name = place.partition(" ")
    key = name.removesuffix(":")
    return f"{role} {SAY[key]}{name.removeprefix(key)}".strip() if isinstance(SAY.get(key), str) else place


def missing(order: list[str], tree: list[str]) -> list[str]:
    """What does not come after all that stands before it."""
    rest, lost = tree, []
    for place in order:
        if place not in rest:
            lost.append(place)
            continue
        rest = rest[rest.index(place) + 1 :]
    return lost


@pytest.fixture(params=[(360, 740), (1440, 900)], ids=["phone", "desk"])
def page(request: pytest.FixtureRequest, browser: Browser, home: str) -> Iterator[Page]:
    width, height = request.param
    with browser.new_context(base_url=home, viewport={"width": width, "height": height}) as context:
        yield context.new_page()


@pytest.mark.parametrize("address", ORDER)
def test_it_is_read_in_order(page: Page, address: str) -> None:
    page.goto(address)
    own = ORDER[address] if address.endswith(".html") else [*ORDER[address], *LAST[:1]]
    assert missing([*map(spoken, [*FIRST, *own, LAST[-1]])], read_out(page)) == []


def test_another_order_is_noticed(page: Page) -> None:
    page.goto("/exercises/clamshell/")
    page.evaluate("document.querySelector('article').append(document.querySelector('.before-line'))")
    assert missing([*map(spoken, ORDER["/exercises/clamshell/"])], read_out(page)) != []
