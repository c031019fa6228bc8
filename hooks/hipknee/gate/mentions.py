"""What every text may mention: names that become links, and sources."""

from __future__ import annotations

from typing import Any

from ..content import glossary
from ..content.catalogue import Catalogue, PageEntry
from ..content.kinds import GLOSSARY
from ..text.terms import Term


def terms(catalogue: Catalogue) -> list[Term]:
    """Every name whose first mention becomes a link: titles of exercises and conditions and the aliases of all pages,
    then the glossary's."""
    pages: list[PageEntry[Any]] = [*catalogue.exercises.values(), *catalogue.conditions.values()]
    pages += [entry for entry in catalogue.pages.values() if not entry.kind.links]
    named = [
        Term(name, entry.page)
        for entry in pages
        for name in [
            entry.face.title if entry.kind.links else None,
            *(entry.face.aliases or []),
        ]
        if name
    ]
    return named + [
        Term(name, f"{GLOSSARY}#{entry.id}", "term glossary")
        for entry in glossary.words(catalogue)
        for name in entry.names
    ]


def labels(catalogue: Catalogue) -> dict[str, str]:
    """A short name for each source, by its key."""
    sources = catalogue.sources.part(lambda sources: sources.root) or {}
    return {id_: source.short for id_, source in sources.items()}
