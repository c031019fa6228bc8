"""What every text may mention: names that become links, and sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

from ..content import glossary
from ..content.catalogue import Catalogue, PageEntry
from ..content.kinds import GLOSSARY
from ..keeping import FOLDER, core, kept, key
from ..on_demand import for_last
from ..text.names import Names
from ..text.terms import Term


@for_last
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


@for_last
def names(catalogue: Catalogue) -> Names:
    """These names, to be found."""
    return Names(terms(catalogue), catalogue.say.several("plural_endings"))


class Mentions(Mapping[str, str]):
    """A hash, in hex, over the names that the text of each page can mention, by its path below docs/: a name that
    changes is nothing to all other pages.

    What a page can mention is kept: it follows from its text and all names.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._kept = kept(catalogue.root / FOLDER / "mentions", core())
        self._plurals = catalogue.say.several("plural_endings")
        self._all = key(terms(catalogue), self._plurals)

    def __getitem__(self, path: str) -> str:
        entry = self._catalogue.pages[path]
        place = key(self._all, entry.digest)
        known: str | None = self._kept.get(place)
        if known is None:
            text = entry.text
            known = key(names(self._catalogue).possible(f"{text} {unescape(text)}"), self._plurals)
            self._kept.put(place, known)
        return known

    def __iter__(self) -> Iterator[str]:
        return iter(self._catalogue.pages)

    def __len__(self) -> int:
        return len(self._catalogue.pages)

    def keep(self) -> None:
        """Keep what was asked for."""
        self._kept.keep()


@for_last
def mentions(catalogue: Catalogue) -> Mentions:
    """Those of a catalogue."""
    return Mentions(catalogue)


def labels(catalogue: Catalogue) -> dict[str, str]:
    """A short name for each source, by its key."""
    sources = catalogue.sources.part(lambda sources: sources.root) or {}
    return {id_: source.short for id_, source in sources.items()}
