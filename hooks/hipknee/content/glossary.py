"""The glossary's entries: the terms that authors wrote, and the muscles of the vocabulary."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from .catalogue import Catalogue


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
    place: int | None = None
    """Of a term: its number in the page's list, from 0."""


def words(catalogue: Catalogue) -> list[Word]:
    """All entries, by name."""
    glossary = catalogue.glossary
    terms = (glossary.part(lambda page: page.terms) if glossary else None) or []
    entries = [
        Word(slug(term.term), term.term, "", term.also, term.means, [term.term, *term.also], n)
        for n, term in enumerate(terms)
    ]
    for id_, muscle in (catalogue.vocabulary.part(lambda data: data.muscles) or {}).items():
        names = [muscle.plain, *([muscle.latin] if muscle.latin else []), *muscle.also]
        title = muscle.plain[0].upper() + muscle.plain[1:]
        entries.append(Word(id_, title, muscle.latin or "", muscle.also, muscle.means, names))
    return sorted(entries, key=lambda entry: entry.term.casefold())


def slug(text: str) -> str:
    """A text as a part of an address: small letters without accents, and digits."""
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
