"""The glossary's words, and every name whose first mention on another page becomes a link."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from ..content.catalogue import Catalogue, PageEntry
from ..content.kinds import GLOSSARY
from ..text.first_mentions import Term


class Word(NamedTuple):
    """One entry of the glossary: a term that an author wrote, or a muscle of the vocabulary."""

    id: str
    term: str
    latin: str
    """Of a muscle; else empty."""
    also: list[str]
    means: str
    names: list[str]
    """The words that link to it."""


def words(catalogue: Catalogue) -> list[Word]:
    """All entries, by name."""
    glossary = catalogue.glossary
    terms = (glossary.part(lambda page: page.terms) if glossary else None) or []
    entries = [Word(slug(term.term), term.term, "", term.also, term.means, [term.term, *term.also]) for term in terms]
    for id_, muscle in (catalogue.vocabulary.part(lambda data: data.muscles) or {}).items():
        names = [muscle.plain, *([muscle.latin] if muscle.latin else []), *muscle.also]
        title = muscle.plain[0].upper() + muscle.plain[1:]
        entries.append(Word(id_, title, muscle.latin or "", muscle.also, muscle.means, names))
    return sorted(entries, key=lambda entry: entry.term.casefold())


def terms(catalogue: Catalogue) -> list[Term]:
    """Every name whose first mention becomes a link: exercises and conditions first, then the glossary's."""
    linked: list[PageEntry[Any]] = [*catalogue.exercises.values(), *catalogue.conditions.values()]
    named = [
        Term(name, entry.page)
        for entry in linked
        for name in [entry.part(lambda page: page.title), *(entry.part(lambda page: page.aliases) or [])]
        if name
    ]
    return named + [
        Term(name, f"{GLOSSARY}#{entry.id}", "term glossary") for entry in words(catalogue) for name in entry.names
    ]


def slug(text: str) -> str:
    """A text as a part of an address."""
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")
