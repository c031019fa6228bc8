"""Links and pictures in a Markdown body: found with their lines, and not where Markdown sees none."""

from __future__ import annotations

import time

import pytest
from hipknee.text.body_links import BodyLink, scan
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import markdown
from selectolax.lexbor import LexborHTMLParser

FOUND: dict[str, list[tuple[int, str]]] = {
    "[a](b.md)": [(1, "b.md")],
    "x\n\n[a](b.md) and [c](d.md#e)\n": [(3, "b.md"), (3, "d.md#e")],
    "![a](b.png)": [(1, "b.png")],
    '[a](b.md "title")': [(1, "b.md")],
    "[a]( b.md )": [(1, "b.md")],
    "[a](<b c.md>)": [(1, "b c.md")],
    "[a](<>)": [(1, "")],
    "[a](b c.md)": [(1, "b c.md")],
    "[a](b (1).md)": [(1, "b (1).md")],
    "![a](My knee (1).png 'title') [c](d.md)": [(1, "My knee (1).png"), (1, "d.md")],
    '[a](b c.md\n"title")': [(1, "b c.md")],
    "[a](Runner's knee.md)": [(1, "Runner's knee.md")],
    "[a](b.md) (c) [d](e.md)": [(1, "b.md"), (1, "e.md")],
    "[a](b\n\nc) [d](e.md)": [(3, "e.md")],
    "[a]()": [(1, "")],
    "[a [b] c](d.md)": [(1, "d.md")],
    "[over\nlines](b.md)": [(1, "b.md")],
    "[![a](b.png)](c.md)": [(1, "c.md"), (1, "b.png")],
    "[one\n![a](b.png)](c.md)": [(1, "c.md"), (2, "b.png")],
    "x\n\n[one\n![a](b.png)](c.md)": [(3, "c.md"), (4, "b.png")],
    "[a][b]\n\n[b]: c.md": [(3, "c.md")],
    "  [b]: <c.md> 'title'": [(1, "c.md")],
    "[b]: c d.md": [(1, "c d.md")],
    "[b]: c.md (title)": [(1, "c.md")],
    "[b]:": [],
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


@pytest.mark.parametrize(
    "part", ["[x](", "![x](data:,", "[x](<", '[x](a "', "[x](a '", "[", "[[", "](", "[x](a (", "[a]: b"]
)
def test_no_text_takes_long(part: str) -> None:
    begun = time.process_time()
    assert len([*scan(part * 20_000)]) >= 0
    assert time.process_time() - begun < 1


@pytest.mark.parametrize("body", [body for body in FOUND if "`" not in body and "~" not in body and "<!--" not in body])
def test_markdown_finds_the_same(body: str) -> None:
    html = LexborHTMLParser(markdown(body))
    targets = [node.attributes.get("href") or node.attributes.get("src") or "" for node in html.css("a, img")]
    apart = {link.target for link in scan(body) if link.apart}
    assert sorted(targets) == sorted(link.target for link in scan(body) if link.target not in apart or "[a][b]" in body)


@settings(deadline=None)
@given(st.text(alphabet="[]()!`<>~-#:@^ \n\\ab.", max_size=60))
def test_no_text_is_too_much(body: str) -> None:
    for found in scan(body):
        assert 1 <= found.line <= body.count("\n") + 1
        assert found.path("exercises/a.md") is not None
