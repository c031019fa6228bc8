"""Names of pages and of the glossary's words: each leads to one place only."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from ..content.catalogue import Catalogue, Entry, PageEntry
from ..content.glossary import slug
from ..problems import Problem
from ..rules import Rule
from ..unseen import plain

OF_PAGES = ("title", "plain", "aliases")
"""The fields of a page that name it."""
TWICE = "Delete it here: a name can't lead to two places."


class _Name(NamedTuple):
    """A name of a page, or of a word of the glossary: `owner` is which, `entry` and `place` where it stands."""

    text: str
    owner: str
    what: str
    entry: Entry[Any]
    place: tuple[str | int, ...]
    links: bool = True
    """Whether its first mention on another page becomes a link."""


def names(catalogue: Catalogue) -> Iterator[Problem]:
    """A title, an alias or a word of the glossary names one thing only."""
    owners: dict[str, _Name] = {}
    for name in (*_titles(catalogue), *_words(catalogue), *_other_names(catalogue)):
        first = owners.setdefault(key, name) if (key := _key(name.text)) else name
        if first.owner == name.owner or not (first.links or name.place[0] in OF_PAGES):
            continue
        hint = "Give one of them another name."
        if name.place[0] == "aliases":
            hint = "Keep it only on the page that it names." if first.place[0] in OF_PAGES else TWICE
        line = name.entry.document.line(*name.place)
        yield Problem(name.entry.path, line, Rule.ALIAS_CLASH, f"'{name.text}' is also {first.what}.", hint)


@lru_cache(maxsize=1 << 16)
def _key(name: str) -> str:
    """What readers and the search take for the same: 'Clam-shells' and 'clam shell', "Runner's" and 'runners', 'piñata'
    and 'pinata', '½ squat' and '1/2 squat'."""
    letters = name.casefold()
    if not letters.isascii():
        letters = unicodedata.normalize("NFKD", plain(name).casefold()).replace("\N{FRACTION SLASH}", "/")
        letters = "".join(letter for letter in letters if not unicodedata.combining(letter))
    letters = letters.replace("'", "").replace("’", "")
    if "/" in letters:
        letters = re.sub(r"(?<=\d)\s*/\s*(?=\d)", "of", letters)
    return _singular("".join(map(_singular, re.split(r"[\W_]+", letters))))


def _singular(word: str) -> str:
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    return word[:-2] if word.endswith(("ches", "shes", "sses", "xes", "zzes")) else word[:-1]


def _titles(catalogue: Catalogue) -> Iterator[_Name]:
    for entry in _pages(catalogue):
        if title := entry.face.title:
            yield _Name(title, entry.path, f"the title of {entry.path}", entry, ("title",), entry.kind.links)


def _words(catalogue: Catalogue) -> Iterator[_Name]:
    glossary, vocabulary = catalogue.glossary, catalogue.vocabulary
    for n, term in enumerate((glossary.part(lambda page: page.terms) if glossary else None) or []):
        places: list[tuple[str | int, ...]] = [("term",), *(("also", k) for k in range(len(term.also)))]
        for text, place in zip([term.term, *term.also], places, strict=True):
            if glossary:
                yield _Name(text, slug(term.term), f"a term in {glossary.path}", glossary, ("terms", n, *place))
    for id_, muscle in (vocabulary.part(lambda data: data.muscles) or {}).items():
        texts: list[tuple[str | None, tuple[str | int, ...]]] = [(muscle.plain, ("plain",)), (muscle.latin, ("latin",))]
        texts += [(text, ("also", k)) for k, text in enumerate(muscle.also)]
        for name, place in texts:
            if name:
                what = f"a name of the muscle '{id_}' in {vocabulary.path}"
                yield _Name(name, id_, what, vocabulary, ("muscles", id_, *place))


def _other_names(catalogue: Catalogue) -> Iterator[_Name]:
    for entry in _pages(catalogue):
        if plain := entry.face.plain:
            yield _Name(plain, entry.path, f"what {entry.path} is called in plain words", entry, ("plain",))
        for n, alias in enumerate(entry.face.aliases or []):
            yield _Name(alias, entry.path, f"an alias of {entry.path}", entry, ("aliases", n))


def _pages(catalogue: Catalogue) -> list[PageEntry[Any]]:
    """Those first that are looked for by name: what has the same name is told on the other."""
    named: list[PageEntry[Any]] = [*catalogue.exercises.values(), *catalogue.conditions.values()]
    return named + [entry for entry in catalogue.pages.values() if not entry.kind.links]
