"""Names, looked for in texts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain

from .terms import Term

# What stands directly beside a word and makes it part of a longer one: letters and digits, hyphens (the soft and the
# non-breaking one too), combining accents, and @, which makes it a citation or an address.
_INNER = r"\w\-\u00ad\u2010\u2011\u0300-\u036f@"
# Text that is no prose: what Markdown put aside (raw HTML, escaped characters), and bare addresses.
_ASIDE = r"(?P<aside>\x02[^\x02\x03]*\x03|https?://[^\s\x02]+)"

_WORD = re.compile(r"\w+")


class Names:
    """The names of `terms`, which may stand in a text with one of the `plurals`, the endings of the language."""

    def __init__(self, terms: Iterable[Term], plurals: Sequence[str]) -> None:
        self._terms: dict[str, Term] = {}
        names: list[str] = []
        for term in terms:
            name = _normal(term.text)
            if name and name.casefold() not in self._terms:
                self._terms[name.casefold()] = term
                names.append(name)
        self._plurals = tuple(sorted((ending.casefold() for ending in plurals), key=len, reverse=True))
        self._places = {name: place for place, name in enumerate(names)}
        counts = Counter(chain.from_iterable(map(_words, names)))
        self._index: dict[str, list[tuple[str, list[list[str]]]]] = {}
        """The names by their rarest word, each with the spellings of its other words."""
        for name in names:
            words = _words(name) or [""]
            spellings = [[word] for word in words]
            spellings[-1] += [words[-1] + ending for ending in self._plurals]  # only the last one may have a plural
            rarest = spellings.pop(min(range(len(words)), key=lambda place: counts[words[place]]))
            for word in rarest:
                self._index.setdefault(word, []).append((name, spellings))
        self._patterns: dict[frozenset[str], re.Pattern[str]] = {}

    def term(self, mention: str) -> Term | None:
        """What a matched text names: its own name comes before the singular of a longer one."""
        key = _normal(mention).casefold()
        keys = [key, *(key.removesuffix(ending) for ending in self._plurals)]
        return next((self._terms[key] for key in keys if key in self._terms), None)

    def possible(self, text: str) -> list[Term]:
        """The terms that the text can mention, in their order: all words of the name stand in it."""
        return [self._terms[name.casefold()] for name in sorted(self._within(text), key=self._places.__getitem__)]

    def pattern(self, text: str) -> re.Pattern[str]:
        """What finds the names in a text: a pattern of those only whose words are all in it. Of all the names of a
        large library it would take a second to make, and long to search with."""
        names = self._within(text)
        if names not in self._patterns:
            ordered = sorted(names, key=lambda name: (-len(name), self._places[name]))
            self._patterns[names] = _compile(ordered, self._plurals)
        return self._patterns[names]

    def _within(self, text: str) -> frozenset[str]:
        words = {"", *_words(text)}
        return frozenset(
            name
            for word in words & self._index.keys()
            for name, others in self._index[word]
            if all(not words.isdisjoint(spellings) for spellings in others)
        )


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _normal(text: str) -> str:
    """One space for each run of whitespace, one kind of apostrophe."""
    return " ".join(text.split()).replace("’", "'")


def _compile(names: Iterable[str], plurals: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern for names, of which the longest come first. Grouped by first letter, so that few are tried."""
    initials: dict[str, list[str]] = {}
    for name in names:
        initials.setdefault(name[0].casefold(), []).append(name)
    groups = (
        f"{_spelling(group[0][0])}(?:{'|'.join(_rest(name, plurals) for name in group)})" for group in initials.values()
    )
    every = "|".join(groups)
    return re.compile(rf"{_ASIDE}|(?<![{_INNER}])(?:{every})(?![{_INNER}])" if every else _ASIDE, re.IGNORECASE)


def _rest(name: str, plurals: tuple[str, ...]) -> str:
    """The pattern behind a name's first letter: the plural is accepted where the name itself does not look like one."""
    is_plural = not plurals or name.casefold().endswith(plurals)
    return _spelling(name[1:]) + ("" if is_plural else f"(?:{'|'.join(map(_spelling, plurals))})?")


def _spelling(text: str) -> str:
    return "".join({" ": r"\s+", "'": "['’]"}.get(char, re.escape(char)) for char in text)
