"""How many exercises there are is counted, not typed: a number that somebody typed is wrong with the next exercise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ..content.catalogue import Catalogue
from ..content.filling import COUNT as MARK
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


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """A text that says how many exercises the site has says {count}."""
    count = len(catalogue.exercises)
    phrases = catalogue.vocabulary.part(lambda vocabulary: vocabulary.phrases)
    if phrases is None or count < FEWEST or not phrases.exercise:
        return
    names = [str(count), *phrases.numbers[count : count + 1]]
    alternatives, exercises = ("|".join(map(re.escape, words)) for words in (names, phrases.exercise))
    typed = re.compile(rf"\b({alternatives})(?=\s+(?:[\w-]+\s+){{0,{_BETWEEN}}}(?:{exercises})\b)", re.IGNORECASE)
    for entry in (*catalogue.pages.values(), catalogue.site):
        if not _may_say(entry.document, names):
            continue
        body, lines = entry.document.body, []
        for place, text in texts(entry.document.data, ()):
            if number := typed.search(text):
                lines.append((entry.document.line(*place), number[1]))
        for number in typed.finditer(body):
            lines.append((entry.document.body_line + body.count("\n", 0, number.start()), number[1]))
        source = _source(catalogue.root / entry.path) if lines else []
        for line, digits in lines:
            if not any(MARK in row for row in source[line - 1 : line - 1 + _LONGEST]):
                message = f"'{digits}' is how many exercises there are today."
                hint = f"Write {MARK} for the number, and it stays right."
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
