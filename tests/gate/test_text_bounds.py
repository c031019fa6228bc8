"""No text takes long on its way through the check: what would is refused before it is converted."""

from __future__ import annotations

import gc
import math
import time
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path

import birds
import growth
import pytest
from hipknee.content import catalogue
from hipknee.content.catalogue import Entry, PageEntry
from hipknee.content.front_matter import LARGEST, read_data, read_page
from hipknee.content.model import Exercise
from hipknee.gate import raw_html, single_rules, text_bounds
from hipknee.gate.bodies import Bodies, Body
from hipknee.gate.conversion import Converter
from hipknee.gate.text_bounds import LONGEST, LONGEST_LINE, MOST_LINES, MOST_OPEN, MOST_TAGS, excess
from hipknee.problems import Problem
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
    "(0)[a](<" * (MOST_OPEN + 1): "0 nesting-deep",
    "( [a](b)" * 500: "",
    ":) [a](b)" * 500: "",
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


class Desk:
    """Where a text is checked as the gate does it, and each step can be measured."""

    def __init__(self, root: Path) -> None:
        pages = catalogue.load(birds.write(root))
        self._page, self._bodies = pages.pages["exercises/polite-flamingo.md"], Bodies(pages)
        self._judge = single_rules._Judge(pages, self._bodies)
        self._head = birds.FLAMINGO.partition("\n---\n")[0]

    def entry(self, text: str) -> PageEntry[Exercise]:
        content = f"{self._head}\n---\n{text}".encode("utf-8", "replace")
        document, value, draft = catalogue._Source(self._page.path, Exercise, content, {}, "911").read()[0]
        return PageEntry.on(self._page.page, self._page.kind, Entry.of(document, value, draft, content))

    def opened(self, text: str) -> dict[str, Callable[[str], object]]:
        """The steps after a text is converted, and that itself, which comes first."""
        entry = self.entry(text)

        def convert(_: str) -> object:
            self._bodies._last = entry.page, self._bodies._body(entry)
            return self._bodies._last

        def judge(_: str) -> object:
            return self._judge.of_file(entry), self._judge.of_words(entry)

        return {
            "conversion": convert,
            "HTML": lambda _: deque(raw_html.of_page(entry, self._bodies[entry.page]), maxlen=0),
            "rules": judge,
        }

    def seconds(self, text: str, rounds: int = 1) -> dict[str, float]:
        """How long each step takes, without what Python needs to look for what nobody holds any more."""
        gc.disable()
        try:
            return {name: growth.seconds(step, text, rounds) for name, step in self.opened(text).items()}
        finally:
            gc.enable()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = Desk(tmp_path_factory.mktemp("desk") / "pond")
    desk.seconds("a")  # what is opened once
    return desk


@pytest.fixture(scope="module")
def ordinary(desk: Desk) -> float:
    """Seconds for the longest text of ordinary words."""
    return sum(desk.seconds(growth.body("some words ", "paragraphs"), 5).values())


NOTICED = 70
"""How many times as long as all of ordinary words a step has to take before its growth matters: a second. A parser
of HTML looks at all elements that are open, and some of what is quick in a short text is not even there."""
LONGER = 250
"""How many times as long as one of ordinary words a text may take: these need a fiftieth of a second, and it not more
than five seconds."""
PARTS = 4


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("every", [5, pytest.param(1, marks=pytest.mark.acceptance)])
def test_no_text_within_the_bounds_takes_long(part: int, every: int, desk: Desk, ordinary: float) -> None:
    """What Markdown itself does is not ours to mend, but bounded; what the gate does grows as the text does."""
    wrong = {
        f"{token!r} in {rows}": verdict
        for token in growth.TOKENS[::every][part::PARTS]
        for rows in (growth.ROWS if "\n" not in token else ["long lines"])
        if (verdict := _verdict(desk, token, rows, ordinary))
    }
    assert wrong == {}


def _verdict(desk: Desk, token: str, rows: str, ordinary: float) -> str:
    text = growth.body(token, rows)
    assert excess(text) is None or excess(text).rule is not Rule.TEXT_LONG, "nothing is tried"
    whole = desk.seconds(text)
    if (total := sum(whole.values())) > LONGER * ordinary:
        return f"{total:.1f} s, and ordinary words {ordinary:.2f} s"
    for name in ("HTML", "rules"):
        if whole[name] < NOTICED * ordinary:
            continue
        part = growth.body(token, rows, 8)
        before, now = desk.seconds(part, 5)[name], min(whole[name], desk.seconds(text, 3)[name])
        if now > 2.5 ** math.log2(len(text) / len(part)) * before:
            return f"{name}: {before:.3f} s for {len(part)} letters, and {now:.3f} s for {len(text)}"
    return ""


def test_a_step_that_takes_long_is_seen(desk: Desk, ordinary: float, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(entry: PageEntry[Exercise], body: Body) -> Iterator[Problem]:
        words = entry.document.body.split()
        assert all(words.count(word) for word in words * 6)
        yield from ()

    monkeypatch.setattr(raw_html, "of_page", slow)
    assert _verdict(desk, "some words ", "paragraphs", ordinary)
