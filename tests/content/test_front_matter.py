"""Reading a file: every value as it was meant, every line where an editor shows it, and nothing ever raised."""

from __future__ import annotations

import datetime
from itertools import product
from typing import Any

import pytest
from birds import FLAMINGO
from hipknee.content.front_matter import Digits, Document, read_data, read_page
from hypothesis import given, settings
from hypothesis import strategies as st


def page(*rows: str) -> bytes:
    return "\n".join(["---", *rows, "---", "Body.", ""]).encode()


def value(text: str) -> Any:
    document, problems = read_page("page.md", page(f"key: {text}"))
    assert problems == []
    return document.data["key"]


def only_problem(raw: bytes) -> tuple[int, str, str]:
    _, (problem,) = read_page("page.md", raw)
    assert problem.path == "page.md"
    return problem.line, problem.rule, f"{problem.message} {problem.hint}"


# What YAML 1.1 takes for a truth, a sexagesimal or an octal number, a binary, a merge ... and 1.2 does not.
TEXTS = "no No NO yes on off y n 1:30 12:30:45 2-1-3 0x1F 0o17 0b1 1_000 .inf -.INF .nan = << 2026-11-22T10:00:00Z"
VALUES = {
    **{text: text for text in TEXTS.split()},
    "": None,
    "~": None,
    "null": None,
    "'null'": "null",
    "true": True,
    "FALSE": False,
    '"true"': "true",
    "8": 8,
    "-8": -8,
    "+8": 8,
    "08": 8,
    "'8'": "8",
    "2.5": 2.5,
    ".5": 0.5,
    "1e3": 1000.0,
    "2026-11-22": datetime.date(2026, 11, 22),
    "'2026-11-22'": "2026-11-22",
    "2026-02-30": "2026-02-30",  # for the model to refuse
    "2026-11-22 10:00": "2026-11-22 10:00",
    "9" * 5000: "9" * 5000,
    "[a, 1, {b: no}]": ["a", 1, {"b": "no"}],
    "{a: [], b: {}}": {"a": [], "b": {}},
    "2 s  # a comment": "2 s",
    "a#b": "a#b",
    "It's": "It's",
    "'It''s'": "It's",
    "“typographic” quotes": "“typographic” quotes",
    "café 😀": "café 😀",
    "a\u00a0b": "a\u00a0b",
    "a\tb": "a\tb",
}


@pytest.mark.parametrize("text", VALUES, ids=lambda text: text[:20])
def test_values_are_those_of_yaml_1_2(text: str) -> None:
    assert value(text) == VALUES[text]
    assert type(value(text)) in (type(VALUES[text]), Digits)


LINED = """\
---
title: A

helps:
  first: one
  second: two
steps:
  - start: >
      folded
      text
  - move: here
    also: there
list: [one,
  two]
# a comment
last: "quoted

  over lines"
---
First line of the body.
"""


def test_every_key_and_item_has_its_line() -> None:
    document, problems = read_page("page.md", LINED.encode())
    assert problems == []
    assert document.lines == {
        ("title",): 2,
        ("helps",): 4,
        ("helps", "first"): 5,
        ("helps", "second"): 6,
        ("steps",): 7,
        ("steps", 0): 8,
        ("steps", 0, "start"): 8,
        ("steps", 1): 11,
        ("steps", 1, "move"): 11,
        ("steps", 1, "also"): 12,
        ("list",): 13,
        ("list", 0): 13,
        ("list", 1): 14,
        ("last",): 16,
    }
    assert (document.body, document.body_line) == ("First line of the body.\n", 20)


def test_the_nearest_line_is_that_of_what_is_around() -> None:
    document, _ = read_page("page.md", LINED.encode())
    assert document.line("steps", 1, "move") == 11
    assert document.line("steps", 1, "hold") == 11
    assert document.line("steps", 7, "hold") == 7
    assert document.line("dose", "sets") == 1
    assert document.line() == 1


@pytest.mark.parametrize(("mark", "end"), [*product((b"", b"\xef\xbb\xbf"), (b"\n", b"\r\n", b"\r"))])
def test_byte_order_marks_and_line_ends_change_nothing(mark: bytes, end: bytes) -> None:
    assert read_page("page.md", mark + FLAMINGO.encode().replace(b"\n", end)) == read_page("page.md", FLAMINGO.encode())


def test_line_ends_that_no_editor_counts() -> None:
    """To YAML, these end a line as well."""
    document, problems = read_page("page.md", page("title: a\u2028b\u2029c\u0085d", "last: x"))
    assert problems == []
    assert (document.data["title"], document.line("last"), document.body_line) == ("a b c d", 3, 5)


def test_no_break_spaces_indent_like_spaces() -> None:
    rows = (
        "muscles:",
        "\u00a0 primary: [a]",
        "list:",
        "\u00a0-\u00a0one: 1",
        "text:\u00a02\u00a0s",
        "quoted: 'a:\u00a0b'",
    )
    document, problems = read_page("page.md", page(*rows))
    assert problems == []
    assert document.data == {
        "muscles": {"primary": ["a"]},
        "list": [{"one": 1}],
        "text": "2\u00a0s",
        "quoted": "a:\u00a0b",
    }


def test_the_fences() -> None:
    document, problems = read_page("page.md", b"---  \ntitle: A\nrule: |\n  ---\n  x\n---\t\n---\nBody")
    assert problems == []
    assert document.data == {"title": "A", "rule": "---\nx\n"}
    assert (document.body, document.body_line) == ("---\nBody", 7)
    document, problems = read_page("page.md", b"---\n---")
    assert (document.data, document.body, problems) == ({}, "", [])
    document, problems = read_page("page.md", b"---\n# only a comment\n---\n")
    assert (document.data, problems) == ({}, [])


def test_no_front_matter() -> None:
    for raw in (b"", b"title: A\n", b"\n---\ntitle: A\n---\n", b" ---\ntitle: A\n---\n"):
        line, rule, text = only_problem(raw)
        assert (line, rule) == (1, "yaml-broken")
        assert "does not begin with front matter" in text
    for raw in (b"---", b"---\ntitle: A\n", b"---\ntitle: A\n...\nBody"):
        line, rule, text = only_problem(raw)
        assert (line, rule) == (1, "yaml-broken")
        assert "never closed" in text


UNREADABLE = {
    "latin-1": (page("title: A", "summary: caf\xe9").decode().encode("latin-1"), 3, "UTF-8"),
    "latin-1, CRLF": (b"---\r\ntitle: A\r\nsummary: caf\xe9\r\n---\r\n", 3, "UTF-8"),
    "latin-1, CR": (b"---\rtitle: A\rsummary: caf\xe9\r---\r", 3, "UTF-8"),
    "latin-1 in the body": (page("title: A") + b"caf\xe9", 5, "UTF-8"),
    "utf-16": (page("title: A").decode().encode("utf-16"), 1, "UTF-8"),
    "utf-16 without a mark": (page("title: A").decode().encode("utf-16-le"), 1, "can't be shown"),
    "half a letter": (page("title: A")[:-1] + b"\xc3", 4, "UTF-8"),
    "surrogate": (page("title: A").replace(b"A", b"\xed\xa0\x80"), 2, "UTF-8"),
    "nul": (page("title: " + "\u00e4" * 99, "a: b", "summary: x\0y", "c: d"), 4, "can't be shown"),
    "nul in the body": (page("title: A") + b"x\n\0", 6, "can't be shown"),
    "bell": (page("title: A", "summary: x\ay"), 3, "can't be shown"),
    "C1": (page("title: A", "summary: x\x80y"), 3, "can't be shown"),
    "no character": (page("title: A", "summary: x\ufffey"), 3, "can't be shown"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_unreadable(name: str) -> None:
    raw, line, said = UNREADABLE[name]
    document, (problem,) = read_page("page.md", raw)
    assert (problem.line, problem.rule) == (line, "yaml-broken")
    assert said in f"{problem.message} {problem.hint}"
    assert (document.data, document.body) == ({}, "")


# The rows, the line in the file, and what is said. More stand in tests/cases/, in a whole page.
BROKEN = {
    "first key without a colon": (("title A", "summary: x"), 2, "no ': '"),
    "last key without a colon": (("title: A", "summary x"), 3, "no ': '"),
    "colon without a space at the top": (("title:A", "summary: x"), 2, "no ': '"),
    "colon in a continued text": (("summary: one", "  two three: four"), 3, "There is a colon inside"),
    "typographic quotes": (("title: “A: b”",), 2, 'straight quotes around the whole text: "…"'),
    "indented after a text": (("title: A", "", "  summary: x"), 4, "indented more"),
    "indented at the top": ((" title: A", "summary: x"), 2, "not indented as"),
    "item less indented": (("steps:", "  - a: x", " - b: y"), 4, "not indented as"),
    "tab before a key": (("muscles:", "  a: b", "\tc: d"), 4, "tab"),
    "tab before an item": (("steps:", "\t- a: b"), 3, "tab"),
    "quote open to the end": (("title: A", 'summary: "B', "side: each"), 3, "never closed"),
    "quote open to the next": (('title: "A', "side: each", 'summary: "B"'), 2, "never closed"),
    "single quote open to the next": (("title: 'A", "summary: It's"), 2, "never closed"),
    "text after quotes": (('title: "A" b',), 2, "goes on after its closing quotation mark"),
    "escape": ((r'file: "a\clam.png"',), 2, "'\\' means something else"),
    "bracket open": (("was: [a, b", "title: A"), 2, "'[' is never closed"),
    "brace open over lines": (("dose: {", "  sets: 2", "title: A"), 2, "'{' is never closed"),
    "brace closes nothing": (("dose: {a: 1}}",), 2, "'}' closes nothing"),
    "backtick": (("title: `A`",), 2, "can't begin with '`'"),
    "percent": (("title: %A",), 2, "can't begin with '%'"),
    "pipe": (("title: A", "summary: | A"), 3, "can't begin with '|'"),
    "question mark": (("title: ? A",), 2, "can't begin with '?'"),
    "dash": (("title: - A",), 2, "can't begin with '-'"),
    "bold": (("title: **A**",), 2, "Stars can't make"),
    "unknown alias": (("title: *A",), 2, "can't begin with '*'"),
    "no key": ((": A",), 2, "no word in front"),
    "directive": (("%YAML 1.1", "title: A"), 2, "can't begin with '%'"),
    "second document": (("title: A", "...", "summary: x"), 3, "can't begin with '.'"),
    "alias": (("a: &x [b]", "c: *x"), 2, "Anchors and aliases"),
    "alias in itself": (("a: &x [*x]",), 2, "Anchors and aliases"),
    "merge": (("a: &x {b: c}", "d:", "  <<: *x"), 2, "Anchors and aliases"),
    "text only": (("Hello.",), 2, "must be lines of 'key: value'"),
    "list only": (("", "- a"), 3, "must be lines of 'key: value'"),
    "list as a key": (("? [a]", ": b"), 2, "A key must be a plain word."),
    "too deep": (("a:", "  b: " + "[" * 25 + "]" * 25), 3, "more than 20 deep"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_yaml(name: str) -> None:
    rows, line, said = BROKEN[name]
    found, rule, text = only_problem(page(*rows))
    assert (found, rule) == (line, "yaml-broken")
    assert said in text


def test_how_deep_values_may_be() -> None:
    for depth, problems in ((20, 0), (21, 1)):  # the front matter itself is the first level
        brackets = "[" * (depth - 1) + "]" * (depth - 1)
        assert len(read_page("page.md", page(f"key: {brackets}"))[1]) == problems


def test_broken_yaml_keeps_the_body() -> None:
    document, _ = read_page("page.md", page("title: 'A"))
    assert (document.data, document.body, document.body_line) == ({}, "Body.\n", 4)


def test_keys_that_stand_twice() -> None:
    document, problems = read_page("page.md", page("a: 1", "b: {c: 2, c: 3}", "a: 4", "a: 5"))
    assert document.data == {"a": 1, "b": {"c": 2}}
    assert [(p.line, p.rule, p.message) for p in problems] == [
        (3, "key-duplicate", "'c' appears here a second time (first on line 3)."),
        (4, "key-duplicate", "'a' appears here a second time (first on line 2)."),
        (5, "key-duplicate", "'a' appears here a second time (first on line 2)."),
    ]


def test_tags_have_no_meaning() -> None:
    for text in ("!x a", "!!python/object:os.system a", "!!binary aGk=", "!!set {a}", "!x [a]", "!x {a: b}"):
        line, rule, said = only_problem(page(f"key: {text}"))
        assert (line, rule) == (2, "value-invalid")
        assert "has no meaning here." in said


def test_data_files_count_from_their_first_line() -> None:
    document, problems = read_data("site.yml", b"\xef\xbb\xbf# Rules.\r\nconditions: [a]\r\nnumber: '911'\r\n")
    assert problems == []
    assert (document.line("conditions", 0), document.line("number"), document.body) == (2, 3, "")
    _, (problem,) = read_data("site.yml", b"a: b\nc: 'd")
    assert (problem.path, problem.line) == ("site.yml", 2)
    for nothing in (b"", b"---", b"---\n", b"# Nothing.\n", b"''"):
        assert read_data("site.yml", nothing) == (Document("site.yml"), [])
    assert [p.rule for p in read_data("site.yml", b"\xff")[1]] == ["yaml-broken"]


@settings(max_examples=400, deadline=None)
@given(
    st.binary(max_size=80) | st.text(alphabet="-:#&*!|>'\"%@`[]{},?~\\ \t\n\r\u2028ab1", max_size=80).map(str.encode)
)
def test_no_bytes_are_too_much(raw: bytes) -> None:
    for text in (raw, b"---\n" + raw + b"\n---\nBody\n"):
        for read in (read_page, read_data):
            document, problems = read("page.md", text)
            rows = len(text.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n"))
            assert all(1 <= line <= rows for line in [*document.lines.values(), *(p.line for p in problems)])
            assert all(p.path == "page.md" and p.message.endswith(".") for p in problems)
            assert document.data or problems or not document.lines
