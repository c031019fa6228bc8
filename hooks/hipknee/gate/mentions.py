"""What every text may mention: names that become links, and sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256
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
    """Every name whose first mention becomes a link: titles of exercises and conditions, what patients call an exercise
    and the aliases of all pages, then the glossary's."""
    pages: list[PageEntry[Any]] = [*catalogue.exercises.values(), *catalogue.conditions.values()]
    pages += [entry for entry in catalogue.pages.values() if not entry.kind.links]
    named = [
        Term(name, entry.page)
        for entry in pages
        for name in [
            entry.face.title if entry.kind.links else None,
            entry.face.plain,
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
    return _names(_digest(catalogue), catalogue)


class Mentions(Mapping[str, str]):
    """A hash, in hex, over the names that the text of each page can mention, by its path below docs/: a name that
    changes is nothing to all other pages.

    What a page can mention is kept: it follows from its text and all names.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._kept = kept(catalogue.root / FOLDER / "mentions", core())
        self._all = _digest(catalogue)
        self._known: dict[str, str] = {}

    def __getitem__(self, path: str) -> str:
        if path not in self._known:
            self._known[path] = self._of(self._catalogue.pages[path])
        return self._known[path]

    def _of(self, entry: PageEntry[Any]) -> str:
        place = f"{self._all}-{entry.digest}"
        known: str | None = self._kept.get(place)
        if known is None:
            text = entry.text
            possible = names(self._catalogue).possible(f"{text} {unescape(text)}")
            known = key(possible, self._catalogue.say.several("plural_endings"))
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
def _digest(catalogue: Catalogue) -> str:
    """A hash, in hex, over all names."""
    rows = [f"{term.text}\t{term.target}\t{term.css}" for term in terms(catalogue)]
    return sha256(
        "\n".join([*rows, *catalogue.say.several("plural_endings")]).encode("utf-8", "surrogatepass")
    ).hexdigest()


_last: dict[str, Names] = {}
"""By the hash of all names: from build to build they are mostly the same."""


def _names(digest: str, catalogue: Catalogue) -> Names:
    if digest not in _last:
        _last.clear()
        _last[digest] = Names(terms(catalogue), catalogue.say.several("plural_endings"))
    return _last[digest]


@for_last
def mentions(catalogue: Catalogue) -> Mentions:
    """Those of a catalogue."""
    return Mentions(catalogue)


def labels(catalogue: Catalogue) -> dict[str, str]:
    """A short name for each source, by its key."""
    sources = catalogue.sources.part(lambda sources: sources.root) or {}
    return {id_: source.short for id_, source in sources.items()}
