"""What every text may mention: names that become links, and sources."""

from __future__ import annotations

from typing import Any

from ..content import glossary
from ..content.catalogue import Catalogue, PageEntry
from ..content.kinds import GLOSSARY
from ..text.terms import Term


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
        Term(name, f"{GLOSSARY}#{entry.id}", "term glossary")
        for entry in glossary.words(catalogue)
        for name in entry.names
    ]


def labels(catalogue: Catalogue) -> dict[str, str]:
    """A short name for each source, by its key."""
    sources = catalogue.sources.part(lambda sources: sources.root) or {}
    return {id_: source.short for id_, source in sources.items()}
