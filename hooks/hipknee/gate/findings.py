"""What a rule finds on a page, before it has a path and a line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple, TypeAlias

from ..content.catalogue import Entry
from ..content.front_matter import Place
from ..content.model import Exercise
from ..problems import Problem
from ..rules import Rule
from .lexicon import Language


class Finding(NamedTuple):
    """A problem of one page: `place` is where in the front matter."""

    place: Place
    rule: Rule
    message: str
    hint: str = ""

    def at(self, entry: Entry[Any]) -> Problem:
        """The problem of this file."""
        return Problem(entry.path, entry.document.line(*self.place), self.rule, self.message, self.hint)


Check: TypeAlias = Callable[[Exercise, Language], Iterator[Finding]]
"""A rule of one exercise. It goes as far as the fields are right that it reads, so that one mistake never hides the
next: it takes what it can't do without first, and what is missing in a draft ends it by a `MissingError`."""


def known(ids: Iterable[str], of: str) -> str:
    """A hint for an id that is not in the vocabulary: all that are, and where a new one goes.

    None of them is suggested: ids that are spelled alike, such as hip-abduction and hip-adduction, mean something else.
    """
    names = ", ".join(sorted(ids))
    there = f"There are: {names}. " if names else ""
    return f"{there}A new one goes to {of} in docs/_data/vocabulary.yml."
