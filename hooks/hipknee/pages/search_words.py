"""Words as the search compares them: in small letters without accents, and without what makes them a plural.

The browser does the same with what a reader types (docs/assets/javascripts/search.js), by the same lists of the
language's words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from ..wording import Say

LISTS = ("common_words", "plural_endings", "plural_look_alikes", "possessive_endings", "singular_counts")
"""The lists among the words that the search works with, here or in the browser."""

_WORD = re.compile(r"[\w'’]+")
_ACCENTS = re.compile("[\u0300-\u036f]")
_SHORTEST = 3
"""Letters of a word that can lose the ending of a plural and still be told from others."""


class Words:
    """The words of one language."""

    def __init__(self, say: Say) -> None:
        self._common = {plain(word) for word in say.several("common_words")}
        self._plurals, self._look_alikes, self._possessives = (
            sorted(map(plain, say.several(name)), key=len, reverse=True)
            for name in ("plural_endings", "plural_look_alikes", "possessive_endings")
        )
        self._stems: dict[str, str] = {}
        self._terms: dict[str, str] = {}

    def stem(self, text: str) -> str:
        """A word as it is compared."""
        if text not in self._stems:
            word = _without(plain(text), self._possessives)
            singular = word if word.endswith(tuple(self._look_alikes)) else _without(word, self._plurals)
            self._stems[text] = word if len(singular) < _SHORTEST else singular
        return self._stems[text]

    def term(self, word: str) -> str:
        """The same, or "" for a word that is everywhere. In capitals it is a name: the IT band is not "it"."""
        if word not in self._terms:
            is_capitals = len(word) > 1 and word == word.upper() and word != word.lower()
            is_common = not is_capitals and bool(self._common & {plain(word), self.stem(word)})
            self._terms[word] = "" if is_common else self.stem(word)
        return self._terms[word]

    def core(self, text: str) -> list[str]:
        """What a name comes down to: "The pain rule" is "pain", "rule". Where all words are common, all of them."""
        return [*filter(None, map(self.term, split(text)))] or self.stems(text)

    def stems(self, text: str) -> list[str]:
        """All words of a text."""
        return [*map(self.stem, split(text))]


def split(text: str) -> list[str]:
    """The words of a text as they are written: of letters, digits and apostrophes."""
    return _WORD.findall(text.replace("_", " "))


def plain(text: str) -> str:
    """Small letters without accents, and one kind of apostrophe."""
    return _ACCENTS.sub("", unicodedata.normalize("NFD", text.lower())).replace("’", "'")


def _without(word: str, endings: Iterable[str]) -> str:
    return word.removesuffix(next(filter(word.endswith, endings), ""))
