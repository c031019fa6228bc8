"""What may be printed: the whole values among those that were read, with all the data that they need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..content.catalogue import Entry, M
from ..content.data_files import SharedRedFlags, Site, Source, Vocabulary
from ..content.model import Condition, Exercise, Library, Page
from ..on_demand import OnDemand
from ..problems import Problem
from ..rules import Rule
from ..wording import Word
from .gate import Report


@dataclass(frozen=True)
class Printable:
    """The pages that can be shown, and the data that all of them share."""

    vocabulary: Vocabulary
    sources: Mapping[str, Source]
    site: Site
    red_flags: SharedRedFlags
    words: Mapping[str, Word]
    library: Library
    pages: Mapping[str, Page]
    """By their path below docs/."""
    exercises: Mapping[str, Exercise]
    """By slug, in the catalogue's order."""
    conditions: Mapping[str, Condition]
    """By slug."""
    binds: bool
    """Whether print has all letters of the whole site, for a book of it."""
    sound: tuple[str, ...]
    """The exercises that nothing at all is wrong with, nor with the data that all share: only these are put on paper.
    A sheet that is handed out can't show a banner."""


def printable(report: Report) -> Printable | None:
    """What can be printed of all that the gate has read; None while something of what all pages share can't be read."""
    data = report.catalogue
    problems: dict[str, list[Problem]] = {}
    for problem in report.problems:
        problems.setdefault(problem.path, []).append(problem)

    def is_printable(entry: Entry[Any]) -> bool:
        return entry.face.whole and all(problem.rule.printable for problem in problems.get(entry.path, ()))

    vocabulary, sources, site, words = data.vocabulary.value, data.sources.value, data.site.value, data.words.value
    flags = data.red_flags.value
    library = data.library.value
    if vocabulary is None or sources is None or site is None or words is None or library is None or flags is None:
        return None
    pages = [path for path, entry in data.pages.items() if is_printable(entry)]
    exercises = [slug for slug, entry in data.exercises.items() if is_printable(entry)]
    conditions = [slug for slug, entry in data.conditions.items() if entry.face.whole]
    letters = [problem for problem in report.problems if problem.rule is Rule.LETTER_MISSING]
    in_order = not any(problems.get(entry.path) for entry in data.shared)
    in_order &= not any(problem.path.endswith(".yml") for problem in letters)  # the name of the clinic, or of the site
    return Printable(
        vocabulary,
        sources.root,
        site,
        flags,
        words.root,
        library,
        OnDemand(pages, lambda path: _whole(data.pages[path])),
        OnDemand(exercises, lambda slug: _whole(data.exercises[slug])),
        OnDemand(conditions, lambda slug: _whole(data.conditions[slug])),
        not letters,
        tuple(slug for slug in exercises if in_order and not problems.get(data.exercises[slug].path)),
    )


def _whole(entry: Entry[M]) -> M:
    if entry.value is None:
        raise ValueError(f"{entry.path} is not whole")
    return entry.value
