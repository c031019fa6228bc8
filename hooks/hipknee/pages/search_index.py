"""What one page adds to the index of the search: its documents, with every word that they hold and what it weighs.

This is what costs of an index. It is made of one page alone, and JSON can hold it, so it can be kept until that page
changes. `search_parts` puts the pages together.
"""

from __future__ import annotations

import math
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import chain
from typing import TypedDict

from ..search_words import Words, split
from .search import Hit

DIGITS = tuple(map(chr, range(ord("#"), ord("["))))
"""The characters that stand for the numbers from 0 to 55: none that JSON has to write as two."""

_RANK = {"condition": 1.6, "page": 1.4, "word": 1.2, "section": 1.0}
"""What kinds of hits weigh."""
WARNING = "warning"
"""What the names are that are words of warning signs: their documents come before all others."""
KINDS = (WARNING, *_RANK)
"""From the first to the last of what is called alike."""
_BOOST = {"title": 5.0, "names": 5.0, "where": 2.0, "text": 1.0}
_USUAL = {"title": 3.0, "names": 3.0, "where": 2.0, "text": 90.0}
"""How many words a field usually has. Were they counted, each page would change the weights of all others."""
_GROWTH = 1.2
"""How much longer a field has to be to be called longer. Else each word more would change the weights of all others."""
_SATURATION, _LENGTH, _FLOOR = 1.2, 0.7, 0.5
"""The constants of BM25+ (Lv and Zhai, 2011) that are called k, b and delta, with their usual values."""
_LIGHTEST, _STEP = 0.5, 1.09
"""A weight is a number of steps from the lightest one. search.js has the same numbers."""
_BETWEEN = [_LIGHTEST * _STEP ** (steps + 0.5) for steps in range(len(DIGITS) - 1)]
"""The weights in the middle of two such."""


class Document(TypedDict):
    """One hit, ready for the index."""

    title: str
    where: str
    url: str
    extract: str
    kind: str
    names: list[str]
    """What each name comes down to: its words as they are compared, in alphabetical order, with spaces."""
    spellings: list[str]
    """Each name without spaces: so "clam shell" is "clamshell"."""
    terms: str
    """Every word of the document once, as it is compared, with spaces."""
    weights: str
    """What each of these words weighs, by its character."""
    picture: str
    """The file that results show beside it, or ""."""
    warnings: list[str]
    """Names, as in `names` and as in `spellings`, that are words of warning signs."""


def page_index(hits: Iterable[Hit], words: Words) -> list[Document]:
    """The documents of one page: of the page itself, which comes first, and of what stands on it."""
    return [_document(hit, words) for hit in hits]


def _document(hit: Hit, words: Words) -> Document:
    names = [hit["title"], *hit["names"]]
    weights = sorted(_weights(hit, words).items())
    return {
        "title": hit["title"],
        "where": hit["where"],
        "url": hit["url"],
        "extract": hit["extract"],
        "kind": hit["kind"],
        "names": [*dict.fromkeys(core(name, words) for name in names)],
        "spellings": [*dict.fromkeys(chain.from_iterable(map(words.spellings, names)))],
        "terms": " ".join(term for term, _ in weights),
        "weights": "".join(level(weight) for _, weight in weights),
        "picture": hit["picture"],
        "warnings": [],
    }


def level(weight: float) -> str:
    """The character for what a word weighs."""
    return DIGITS[bisect(_BETWEEN, weight)]


def core(name: str, words: Words) -> str:
    """What a name comes down to: its words as they are compared, each once and in alphabetical order."""
    return " ".join(sorted({*words.core(name)}))


def _weights(hit: Hit, words: Words) -> dict[str, float]:
    weights = defaultdict[str, float](float)
    fields = {"title": hit["title"], "names": " ".join(hit["names"]), "where": hit["where"], "text": hit["text"]}
    for field, text in fields.items():
        counts, terms = Counter(split(text)), Counter[str]()
        for word, count in counts.items():
            terms[words.term(word)] += count
        length = _GROWTH ** round(math.log(len(counts) or 1, _GROWTH))
        share = _SATURATION * (1 - _LENGTH + _LENGTH * length / _USUAL[field])
        for term, count in terms.items():
            weights[term] += _BOOST[field] * (_FLOOR + count * (_SATURATION + 1) / (count + share))
    weights.pop("", None)
    return {term: weight * _RANK[hit["kind"]] for term, weight in weights.items()}
