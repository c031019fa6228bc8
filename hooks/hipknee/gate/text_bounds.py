"""How much a text may be: Markdown takes minutes for a few kilobytes of brackets that nobody closes."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..rules import Rule
from ..text.body_links import without_code

DEEPEST = 12
"""Levels of nested lists and quotations. Print can handle about twice as many."""
LONGEST, MOST_LINES, LONGEST_LINE = 50_000, 2_000, 10_000
"""Letters and lines of a text below the front matter, and letters of one line."""
MOST_OPEN, MOST_TAGS = 20, 200
"""Brackets that are opened in one paragraph and not closed; beginnings of tags in one text."""
_SIGNS = re.compile(r"\\.|\]\(|[\[\]()]|<[A-Za-z/!?]|>", re.DOTALL)
_QUOTES = re.compile(r"[ \t]*>(?:[ \t]?>)*")


class Excess(NamedTuple):
    """What is too much of a text, and from which line on, counted from 0."""

    row: int
    rule: Rule
    message: str
    hint: str


def excess(body: str) -> Excess | None:
    """The first thing of which a text has too much, so that it can't be converted."""
    if len(body) > LONGEST:
        row = body.count("\n", 0, LONGEST)
        message = f"The text is too long from here on: it has {len(body):,} letters, and {LONGEST:,} are the most."
        return Excess(row, Rule.TEXT_LONG, message, "Split it into several pages.")
    rows = body.split("\n")
    if len(rows) > MOST_LINES:
        message = f"The text is too long from here on: it has {len(rows):,} lines, and {MOST_LINES:,} are the most."
        return Excess(MOST_LINES, Rule.TEXT_LONG, message, "Split it into several pages.")
    for n, text in enumerate(rows):
        if len(text) > LONGEST_LINE:
            message = f"The line has {len(text):,} letters, and {LONGEST_LINE:,} are the most."
            hint = (
                "If a picture was pasted, save it in images/ and write its path. Else split the line into paragraphs."
            )
            return Excess(n, Rule.TEXT_LONG, message, hint)
        if (quotes := _QUOTES.match(text)) and quotes[0].count(">") > DEEPEST:
            return too_deep(n)
    return _left_open(body) if body.count("[") > MOST_OPEN or body.count("<") > MOST_TAGS else None


def too_deep(row: int) -> Excess:
    """Lists or quotations are nested too deep."""
    message = f"Lists or quotations are nested more than {DEEPEST} levels deep here."
    return Excess(row, Rule.NESTING_DEEP, message, "Use fewer levels.")


def _left_open(body: str) -> Excess | None:
    """Brackets and tags that nobody closes: each is looked for up to the end of its paragraph or of the text."""
    tags: list[int] = []
    brackets, links = list[int](), list[int]()
    rounds: list[bool] = []  # the '(' that are open, and whether each is that of a link
    for n, row in enumerate(without_code(body).split("\n")):
        if not row.strip():
            brackets, links, rounds = [], [], []
        for sign in _SIGNS.findall(row):
            if sign == "[":
                brackets.append(n)
            elif sign[0] == "]":
                del brackets[-1:]
                if sign == "](":
                    links.append(n)
                    rounds.append(True)
            elif sign == "(":
                rounds.append(False)
            elif sign == ")":
                if rounds and rounds.pop():
                    links.pop()
            elif sign[0] == "<":
                tags.append(n)
            elif sign == ">":
                del tags[-1:]
        for mark, close, opened, most in (("[", "]", brackets, MOST_OPEN), ("](", ")", links, MOST_OPEN)):
            if len(opened) > most:
                return _open(opened[0], mark, close, most, "in this paragraph")
    return _open(tags[0], "<", ">", MOST_TAGS, "in this text") if len(tags) > MOST_TAGS else None


def _open(row: int, mark: str, close: str, most: int, where: str) -> Excess:
    message = f"More than {most} '{mark}' {where} are opened and not closed. This is the first."
    return Excess(row, Rule.NESTING_DEEP, message, f"Write a '{close}' for each, or delete what was pasted by mistake.")
