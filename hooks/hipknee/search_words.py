"""Words as the search compares them: in small letters without accents and apostrophes, and without their endings.

There is one way to take a text apart, for the index and for what a reader types. The browser does the same
(docs/assets/javascripts/search.js), by the same lists of the language's words; tests/search_words.yml holds the two
against each other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from .wording import Say

LISTS = (
    "common_words",
    "plural_endings",
    "plural_look_alikes",
    "possessive_endings",
    "word_endings",
    "singular_counts",
)
"""The lists among the words that the search works with, here or in the browser."""

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_APOSTROPHES = re.compile("[\u2018\u2019\u201b\u02bc\u02b9\u2032\u00b4`\uff07]")
"""What people type, or their phones do, for the one on the keyboard."""
_ACCENTS = re.compile("[\u0300-\u036f]")
_TWICE = re.compile(r"(.)\1$")
_SHORTEST = 3
"""Letters of a word that can lose an ending and still be told from others."""


class Words:
    """The words of one language."""

    def __init__(self, say: Say) -> None:
        self._common = {plain(word).replace("'", "") for word in say.several("common_words")}
        self._plurals, self._look_alikes, self._possessives, self._endings = (
            sorted(map(plain, say.several(name)), key=len, reverse=True)
            for name in ("plural_endings", "plural_look_alikes", "possessive_endings", "word_endings")
        )
        self._stems: dict[str, str] = {}
        self._terms: dict[str, str] = {}

    def stem(self, text: str) -> str:
        """A word as it is compared: "bridges", "bridging" and "bridge" are one."""
        if text not in self._stems:
            word = self._singular(text)
            while (shorter := _without(word, self._endings)) != word and len(shorter) >= _SHORTEST:
                word = shorter
            self._stems[text] = _TWICE.sub(r"\1", word) if self._endings and len(word) > _SHORTEST else word
        return self._stems[text]

    def term(self, word: str) -> str:
        """The same, or "" for a word that is everywhere. In capitals it is a name: the IT band is not "it"."""
        if word not in self._terms:
            is_capitals = len(word) > 1 and word == word.upper() and word != word.lower()
            whole = plain(word).replace("'", "")
            is_common = not is_capitals and bool(self._common & {whole, self._singular(word)})
            self._terms[word] = "" if is_common else self.stem(word)
        return self._terms[word]

    def core(self, text: str) -> list[str]:
        """What a name comes down to: "The pain rule" is "pain", "rule". Where all words are common, all of them."""
        return [*filter(None, map(self.term, split(text)))] or self.stems(text)

    def stems(self, text: str) -> list[str]:
        """All words of a text."""
        return [*map(self.stem, split(text))]

    def spellings(self, text: str) -> list[str]:
        """A text as one word: with its common words, and without. So "clam shells" is "clamshell"."""
        every = split(text)
        own = [word for word in every if self.term(word)] or every
        return [*dict.fromkeys(self.stem("".join(map(self._singular, some))) for some in (own, every) if some)]

    def _singular(self, text: str) -> str:
        word = _without(plain(text), self._possessives).replace("'", "")
        singular = word if word.endswith(tuple(self._look_alikes)) else _without(word, self._plurals)
        return word if len(singular) < _SHORTEST else singular


def split(text: str) -> list[str]:
    """The words of a text as they are written: of letters, digits, and apostrophes between these."""
    return _WORD.findall(_APOSTROPHES.sub("'", unicodedata.normalize("NFC", text)))


def plain(text: str) -> str:
    """Small letters without accents, and one kind of apostrophe."""
    bare = _ACCENTS.sub("", unicodedata.normalize("NFD", text.lower()))
    return _APOSTROPHES.sub("'", unicodedata.normalize("NFC", bare))


def alike(rows: Iterable[Iterable[str]], words: Words) -> dict[str, str]:
    """Of rows of words that mean the same: each word but the first as it is compared, and the first."""
    same = dict[str, str]()
    for row in rows:
        first, *others = dict.fromkeys(words.stem(word) for word in row)
        same |= dict.fromkeys(others, first)
    return same


def _without(word: str, endings: Iterable[str]) -> str:
    return word.removesuffix(next(filter(word.endswith, endings), ""))
