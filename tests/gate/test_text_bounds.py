"""No text takes long on its way through the check: what would is refused before it is converted."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from pathlib import Path

import birds
import growth
import pytest
from hipknee.content import catalogue
from hipknee.content.front_matter import LARGEST, read_data, read_page
from hipknee.gate import text_bounds
from hipknee.gate.conversion import Converter
from hipknee.gate.text_bounds import LONGEST, LONGEST_LINE, MOST_LINES, MOST_OPEN, MOST_TAGS, excess
from hipknee.rules import Rule
from hipknee.text import body_links, cited_keys
from hipknee.text.names import Names
from hipknee.text.terms import Term

NAMES = Names([Term("creaky tail", "a.md", "term"), Term("a", "b.md", "term"), Term("a a", "c.md", "term")], ["s"])


def _in_front_matter(before: str) -> Callable[[str], object]:
    return lambda text: read_page("a.md", f"---\n{before}{text}\n---\n".encode("utf-8", "replace"))


SCANS: dict[str, Callable[[str], object]] = {
    "links": lambda text: deque(body_links.scan(text), maxlen=0),
    "code and comments": body_links.without_code,
    "bounds": excess,
    "citations": cited_keys.cited,
    "first mentions": lambda text: deque(NAMES.pattern(text).finditer(text), maxlen=0),
}
FILES: dict[str, Callable[[str], object]] = {
    "front matter": _in_front_matter(""),
    "a value": _in_front_matter("title: "),
    "an item": _in_front_matter("easier:\n  - a "),
    "a data file": lambda text: read_data("a.yml", text.encode("utf-8", "replace")),
}
TEXTS = {
    "": "",
    "a\n" * (MOST_LINES - 1): "",
    "a\n" * MOST_LINES: f"{MOST_LINES} text-long",
    "a" * LONGEST_LINE: "",
    "b\n" + "a" * (LONGEST_LINE + 1): "1 text-long",
    ("a" * 999 + "\n") * (LONGEST // 1000) + "a": f"{LONGEST // 1000} text-long",
    "a\n" + "> " * 13 + "a": "1 nesting-deep",
    "> " * 12 + "a": "",
    "a\n\n" + "[" * MOST_OPEN: "",
    "a\n\n" + "[" * (MOST_OPEN + 1): "2 nesting-deep",
    "[\n\n" * (MOST_OPEN + 1): "",
    "[a]" * 500: "",
    "[a](b)" * 500: "",
    "[a](b" * (MOST_OPEN + 1): "0 nesting-deep",
    r"\[" * (MOST_OPEN + 1): "",
    "`" + "[" * (MOST_OPEN + 1) + "`": "",
    "<a " * MOST_TAGS: "",
    "<a \n\n" * (MOST_TAGS + 1): "0 nesting-deep",
    "< 5 " * 500: "",
    "<b>a</b>" * 300: "",
}


@pytest.mark.parametrize("text", TEXTS, ids=[f"{text[:12]!r}{len(text)}" for text in TEXTS])
def test_what_is_too_much(text: str) -> None:
    found = excess(text)
    assert (f"{found.row} {found.rule}" if found else "") == TEXTS[text]
    assert found is None or (found.message and found.hint and found.row < text.count("\n") + 1)


def test_a_file_that_is_too_large_is_not_read() -> None:
    for read in (read_page, read_data):
        assert not read("a", b"---\na: b\n---\n" + b"a: b\n" * 9)[1] or read is read_data
        document, (problem,) = read("a", b"a" * (LARGEST + 1))
        assert (problem.line, problem.rule, document.body, document.data) == (1, Rule.TEXT_LONG, "", {})


@pytest.mark.parametrize("name", SCANS)
def test_no_scan_takes_long(name: str) -> None:
    assert growth.verdict(SCANS[name], 100_000) == ""


@pytest.mark.parametrize("name", FILES)
def test_no_file_takes_long(name: str) -> None:
    """Twice as much may take a little more than twice as long: a few of the rules look at each line once more."""
    slow = {token: taken for token in growth.TOKENS if (taken := _seconds(FILES[name], growth.text(token, 20_000))) > 2}
    assert slow == {}


def _seconds(scan: Callable[[str], object], text: str) -> float:
    start = time.thread_time()
    scan(text)
    return time.thread_time() - start


def test_no_body_takes_long(tmp_path: Path) -> None:
    """With all extensions of the site. What is long and is converted nevertheless costs a second or two at most."""
    pages = catalogue.load(birds.write(tmp_path / "pond"))
    entry, converter = pages.pages["exercises/polite-flamingo.md"], Converter(pages)
    converter.html(entry)

    def convert(text: str) -> None:
        if not excess(text):
            converter._markdown.reset().convert(text)

    slow = {token: taken for token in growth.TOKENS if (taken := _seconds(convert, growth.text(token, 4_000))) > 2}
    assert slow == {}
    assert text_bounds.excess(growth.text("[", 4_000))
