"""Links and pictures in a Markdown body: found with their lines, and not where Markdown sees none."""

from __future__ import annotations

import pytest
from hipknee.text.body_links import BodyLink, scan
from hypothesis import given, settings
from hypothesis import strategies as st

FOUND: dict[str, list[tuple[int, str]]] = {
    "[a](b.md)": [(1, "b.md")],
    "x\n\n[a](b.md) and [c](d.md#e)\n": [(3, "b.md"), (3, "d.md#e")],
    "![a](b.png)": [(1, "b.png")],
    '[a](b.md "title")': [(1, "b.md")],
    "[a]( b.md )": [(1, "b.md")],
    "[a](<b c.md>)": [(1, "b c.md")],
    "[a](<>)": [(1, "")],
    "[a]()": [(1, "")],
    "[a [b] c](d.md)": [(1, "d.md")],
    "[over\nlines](b.md)": [(1, "b.md")],
    "[![a](b.png)](c.md)": [(1, "c.md"), (1, "b.png")],
    "[one\n![a](b.png)](c.md)": [(1, "c.md"), (2, "b.png")],
    "x\n\n[one\n![a](b.png)](c.md)": [(3, "c.md"), (4, "b.png")],
    "[a][b]\n\n[b]: c.md": [(3, "c.md")],
    "  [b]: <c.md> 'title'": [(1, "c.md")],
    "`[a](b.md)` [c](d.md)": [(1, "d.md")],
    "``[a](`b.md)`` [c](d.md)": [(1, "d.md")],
    "```\n[a](b.md)\n```\n[c](d.md)": [(4, "d.md")],
    "~~~~\n[a](b.md)\n~~~\n~~~~\n[c](d.md)": [(5, "d.md")],
    "- x\n\n  ```md\n  [a](b.md)\n  ```\n\n[c](d.md)": [(7, "d.md")],
    "<!-- [a](b.md)\n-->\n[c](d.md)": [(3, "d.md")],
    "[@gull-1902]": [],
    "[a]": [],
    "[a] (b)": [],
    "[^1]: a note": [],
    "": [],
}


@pytest.mark.parametrize("body", FOUND)
def test_found(body: str) -> None:
    assert [(link.line, link.target) for link in scan(body)] == FOUND[body]


def test_pictures_have_their_words() -> None:
    assert [*scan("![ A bow. ](a.png)\n[b](c.md)")] == [
        BodyLink(1, "a.png", True, "A bow."),
        BodyLink(2, "c.md", False, "b"),
    ]


def link(target: str) -> BodyLink:
    return BodyLink(1, target, False, "")


def test_where_a_link_leads() -> None:
    for outside in ("https://a.example/b", "HTTP://A.EXAMPLE", "mailto:a@b.example", "tel:000", "//a.example"):
        assert link(outside).outside
    for inside in ("a.md", "/a.md", "#a", "../a.md", "", "?a", "C:\\a.md", "c:/a.md", "file:///a.md", "FILE://a/b"):
        assert not link(inside).outside


def test_the_file_that_a_link_means() -> None:
    assert link("b.md").path("exercises/a.md") == "exercises/b.md"
    assert link("../b.md#c?d").path("exercises/a.md") == "b.md"
    assert link("./b.md?c#d").path("a.md") == "b.md"
    assert link("b%20c.md").path("a.md") == "b c.md"
    assert link("../../b.png").path("exercises/a.md") == "../b.png"
    assert link("#b").path("a.md") == ""
    assert link("").path("a.md") == ""


@settings(deadline=None)
@given(st.text(alphabet="[]()!`<>~-#:@^ \n\\ab.", max_size=60))
def test_no_text_is_too_much(body: str) -> None:
    for found in scan(body):
        assert 1 <= found.line <= body.count("\n") + 1
        assert found.path("exercises/a.md") is not None
