"""How many exercises there are is counted, not typed: a number that somebody typed is wrong with the next exercise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..content.catalogue import Catalogue, Entry
from ..content.filling import COUNT, in_digits
from ..content.front_matter import Document
from ..problems import Problem
from ..rules import Rule
from .printed_texts import texts

FEWEST = 5
"""Exercises. Of fewer a text may mean some, and not all of them."""
_LONGEST = 4
"""Lines that a text in front matter may go on for."""
_BETWEEN = 2
"""Words that may stand between: "seven simple hip exercises"."""


class Counts:
    """Finds texts that say how many exercises the site has. What is not known of a language is not looked for."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._root = catalogue.root
        phrases = catalogue.vocabulary.part(lambda vocabulary: vocabulary.phrases)
        counts = {in_digits(group.id): len(group.exercises) for group in catalogue.groups}
        counts |= {COUNT: len(catalogue.exercises)}
        self._names: list[str] = []
        self._marks: dict[str, str] = {}
        if phrases is None or not phrases.exercise:
            return
        for mark, count in counts.items():
            if count >= FEWEST:
                self._marks |= dict.fromkeys([str(count), *phrases.numbers[count : count + 1]], mark)
        if not self._marks:
            return
        self._names = [*self._marks]
        names, exercises = ("|".join(map(re.escape, words)) for words in (self._names, phrases.exercise))
        between = rf"(?:[\w-]+\s+){{0,{_BETWEEN}}}"
        self._typed = re.compile(rf"\b({names})(?=\s+{between}(?:{exercises})\b)", re.IGNORECASE)

    def of_file(self, entry: Entry[Any]) -> Iterator[Problem]:
        """A text that says how many exercises the site has says {count}."""
        if not self._names or not _may_say(entry.document, self._names):
            return
        body, lines = entry.document.body, []
        for place, text in texts(entry.document.data, ()):
            if number := self._typed.search(text):
                lines.append((entry.document.line(*place), number[1]))
        for number in self._typed.finditer(body):
            lines.append((entry.document.body_line + body.count("\n", 0, number.start()), number[1]))
        source = _source(self._root / entry.path) if lines else []
        for line, digits in lines:
            mark = self._marks[digits.lower()]
            stem = mark[2:-1]  # with a capital letter it is a word
            if not any(stem in row for row in source[line - 1 : line - 1 + _LONGEST]):
                message = f"'{digits}' is how many exercises there are today."
                hint = f"Write {mark} for the number, and it stays right."
                yield Problem(entry.path, line, Rule.COUNT_TYPED, message, hint)


def _may_say(document: Document, names: list[str]) -> bool:
    """Whether the number stands anywhere: to look at each text takes longer."""
    every = [*names, *map(str.capitalize, names)]
    return any(name in text for text in (document.body, *_printed(document)) for name in every)


def _printed(document: Document) -> Iterator[str]:
    return (text for _, text in texts(document.data, ()))


def _source(path: Path) -> list[str]:
    """The lines of a file as its author wrote them, without the number filled in; none of one that is gone by now."""
    try:
        return path.read_text("utf-8", "replace").split("\n")
    except OSError:
        return []
