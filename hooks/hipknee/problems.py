"""What is wrong with a source file, said to its author."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from .rules import Rule

_TEXTS = {".md", ".yml", ".yaml"}
_LONGEST = 200


@dataclass(frozen=True, order=True)
class Problem:
    """One thing an author has to fix.

    `path` is relative to the project's root, with forward slashes on every system. `line` counts from 1 in the
    file itself, the opening `---` included. `message` says what is wrong; `hint`, when there is one, what to do;
    `correction` is the line as it should be, where that is known.
    """

    path: str
    line: int
    rule: Rule
    message: str
    hint: str = ""
    correction: str = ""

    def to_json(self) -> list[str | int]:
        """As a value that JSON can hold."""
        return [self.path, self.line, self.rule, self.message, self.hint, self.correction]

    @classmethod
    def of_json(cls, value: Sequence[Any]) -> Problem:
        """The problem that `to_json` made it of."""
        path, line, rule, message, hint, correction = value
        return cls(path, line, Rule(rule), message, hint, correction)

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: [{self.rule}] {self.message} {self.advice}".rstrip()

    @property
    def advice(self) -> str:
        """The hint with the line as it should be, on one line; "" when there is neither."""
        lines = " / ".join(line.strip() or "(empty line)" for line in self.correction.strip("\n").splitlines())
        return f"{self.hint} Write: {lines}".strip() if lines else self.hint

    @property
    def mended(self) -> list[str]:
        """The line as it should be, or the lines, as they are shown; [] when that is not known."""
        return [_legible(line) for line in self.correction.replace("\t", " ").strip("\n").splitlines()]

    def quoting(self, root: Path) -> str:
        """The problem for whoever sits at a terminal: below it the line as it stands in the file below `root`, and the
        line as it should be."""
        rows = [f"{self.path}:{self.line}: [{self.rule}] {self.message} {self.hint}".rstrip()]
        if line := self.line_in(root):
            rows.append(f"    is:    {line}")
        rows += [f"    {'' if n else 'write:':6} {line}".rstrip() for n, line in enumerate(self.mended)]
        return "\n".join(rows)

    def line_in(self, root: Path) -> str:
        """The line that it is about, as it stands in the file below `root` and is shown.

        "" when a line has nothing to show: it is blank or a fence, or the file is gone or no text.
        """
        path, raw = root / self.path, b""
        if path.suffix in _TEXTS:
            with suppress(OSError):
                raw = path.read_bytes() if path.is_file() else b""
        rows = re.split("\r\n|\r|\n", raw.decode("utf-8-sig", "replace"))
        row = rows[self.line - 1] if 0 < self.line <= len(rows) else ""
        row = row if len(row) <= _LONGEST or self.correction else f"{row[:_LONGEST]}…"
        return _legible(row) if row.strip("- \t") else ""


def _legible(row: str) -> str:
    """A line with an arrow for each tab, and without what a terminal would obey."""
    return "".join("→" if letter == "\t" else letter if letter.isprintable() else "�" for letter in row.rstrip())


def counted(count: int, noun: str) -> str:
    """ "1 problem", "2 problems"."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint with the known word that is most like `word`, or with all of them when none is close and they are few."""
    choices = sorted(known)
    close = get_close_matches(word.lower(), choices, n=1)
    if close:
        return f"Did you mean '{close[0]}'?"
    return f"Choose from: {', '.join(choices)}." if 0 < len(choices) <= 12 else ""
