"""The keys of sources that a Markdown text cites, with their lines."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

# A comma separates as well: an author who types it must not see the brackets printed.
KEYS = r"@[^\s\[\]@;,]+(?:\s*[;,]\s*@[^\s\[\]@;,]+)*"
KEY = re.compile(r"@([^\s\[\]@;,]+)")

# One scan from the left: what opens first swallows what it holds. An escaped character opens nothing.
_OPENING = re.compile(
    rf"""
      ^[ \t>]*(?P<fence>`{{3,}}+|~{{3,}}+)(?=[^`\n]*\n)
    | (?P<note><!--)
    | \\.
    | (?P<ticks>`+)
    | \[(?P<keys>{KEYS})\](?!\()
    """,
    re.MULTILINE | re.DOTALL | re.VERBOSE,
)
_RUN, _NO_LINE = re.compile("`+"), re.compile(r"\n[^\S\n]*\n")


def name(word: str, number: int, label: str | None) -> str:
    """What a screen reader hears of the page's source `number`, which is called `label`."""
    return f"{word} {number}: {label}".strip() if label else f"{word} {number}".strip()


def cited(body: str) -> list[tuple[int, str]]:
    """Every key cited in a Markdown text, with its line, counted from 1. Code and comments hold no citations."""
    citations: list[tuple[int, str]] = []
    line, end = 1, 0
    for keys_start, keys in _citations(body):
        for key in KEY.finditer(keys):
            start = keys_start + key.start()
            line, end = line + body.count("\n", end, start), start
            citations.append((line, key[1]))
    return citations


def _citations(body: str) -> Iterator[tuple[int, str]]:
    """Where citations begin, and their keys. What nobody closes is looked for once: no text takes long."""
    code, open_ended = _Code(body), set[str]()
    at = 0
    while opening := _OPENING.search(body, at):
        at = opening.end()
        if opening["keys"]:
            yield opening.start("keys"), opening["keys"]
            continue
        ticks, fence = opening["ticks"] or "", opening["fence"] or ""
        closing = "-->" if opening["note"] else rf"^[ \t>]*{fence}[ \t\r]*$" if fence else ""
        if closing and closing not in open_ended:
            if closed := re.compile(closing, re.MULTILINE).search(body, at):
                at = closed.end()
                continue
            open_ended.add(closing)
        if ticks or fence[:1] == "`":
            at = code.end(at, len(ticks or fence))


class _Code:
    """Code within a line or a paragraph: between two runs of backticks, of the same length. The first may be longer."""

    def __init__(self, body: str) -> None:
        self._runs = [(match.start(), len(match[0])) for match in _RUN.finditer(body)] if "`" in body else []
        self._gaps = [match.start() for match in _NO_LINE.finditer(body)] if self._runs else []

    def end(self, at: int, ticks: int) -> int:
        """Where the code ends that so many backticks before `at` begin; `at` when nothing does."""
        gap = bisect_left(self._gaps, at)
        end = self._gaps[gap] if gap < len(self._gaps) else None
        best, behind = 0, at
        for n in range(bisect_left(self._runs, (at, 0)), len(self._runs)):
            start, length = self._runs[n]
            if best == ticks or (end is not None and start > end):
                break
            if best < length <= ticks:
                best, behind = length, start + length
        return behind
