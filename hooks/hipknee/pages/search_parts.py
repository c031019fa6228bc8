"""The index of the search in parts that a browser fetches as it needs them: a few of them for one search.

All are scripts, which a page that is opened from a folder can load, and not JSON, which it could not fetch. Each sets
`searchPart`, for docs/assets/javascripts/search.js to take:

- The index says which parts there are. It has one name for ever, so that no page changes when the text of another one
  does, and stands where browsers ask for a file anew each time. The names of the parts hold a hash.
- `words`: which documents hold the words of a range of the alphabet.
- `names`: which documents have the names of a range of the alphabet, written without spaces.
- `spellings`: all words once more, without anything else, for what is typed as nobody spells it.
- `texts`: what results show.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import add, sub
from string import ascii_lowercase, digits

from ..fingerprints import fingerprinted
from .search_index import DIGITS, KINDS, WARNING, Document

NAME = "search/index.js"
"""The index, which every page names."""
FOLDER = "assets/javascripts/search/"
"""Where its parts are: below a folder in which every name holds a hash."""
SMALL = 150_000
"""Bytes of all parts together, up to which a device that keeps the site keeps them all after the first search."""

_WORDS_BYTES, _TEXTS_BYTES, _PAGE_BYTES = 8_000, 4_000, 8_000
"""What a part of words may weigh, one of texts, and one with a page and its sections."""
_TEXTS = 12
"""How many documents a part of texts may have."""
_LONGEST = 3_000
"""Characters of a text that results can show."""
_COUNTS = digits + ascii_lowercase
"""How many letters a word has in common with the one before, as it is written."""
_BASE = len(DIGITS) // 2
"""Of numbers of documents. Their last digit is one of the first half of the digits, those before it are not."""


class _List:
    """Documents by their numbers, and a character that says something of each."""

    __slots__ = ("characters", "numbers")

    def __init__(self) -> None:
        self.numbers: list[int] = []
        self.characters: list[str] = []

    def add(self, number: int, character: str) -> None:
        self.numbers.append(number)
        self.characters.append(character)

    def line(self, gaps: Sequence[str]) -> str:
        """As it is written: before each how far it is from the one before, by these ways to write a number."""
        steps = map(sub, self.numbers, [0, *self.numbers])
        return "".join(map(add, map(gaps.__getitem__, steps), self.characters))


class _Places:
    """Where words and names stand."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._holders: dict[str, _List] = defaultdict(_List)
        self._named: dict[str, dict[str, _List]] = defaultdict(lambda: defaultdict(_List))
        self._spelled: dict[str, _List] = defaultdict(_List)
        documents = [*documents]
        self._gaps = [*map(_number, range(len(documents) + 1))]
        for number, document in enumerate(documents):
            for term, weight in zip(document["terms"].split(), document["weights"], strict=True):
                self._holders[term].add(number, weight)
        counts = {term: len(holders.numbers) for term, holders in self._holders.items()}
        for number, document in enumerate(documents):
            kind, warning = DIGITS[KINDS.index(document["kind"])], DIGITS[KINDS.index(WARNING)]
            for spelling in document["spellings"]:
                self._spelled[spelling].add(number, warning if spelling in document["warnings"] else kind)
            for name in document["names"]:
                terms = name.split()
                if counts.keys() >= {*terms}:  # else it is of common words only
                    rarest = min(terms, key=counts.__getitem__)
                    others = "_".join(term for term in terms if term != rarest)
                    self._named[rarest][others].add(number, warning if name in document["warnings"] else kind)

    def words(self) -> dict[str, str]:
        """Of each word the documents that hold it, each with what it weighs there.

        Then those that have a name in which no word is rarer, by the other words of that name: who looks for all words
        of a name has the lines of all of them, and so this one.
        """
        return {term: "|".join(self._line(term)) for term in _sorted(self._holders)}

    def _line(self, term: str) -> Iterator[str]:
        yield self._holders[term].line(self._gaps)
        for others, documents in sorted(self._named[term].items()):
            yield f"{others}~{documents.line(self._gaps)}"

    def names(self) -> dict[str, str]:
        """Of each name, without its spaces, the documents that have it, each with its kind."""
        return {name: self._spelled[name].line(self._gaps) for name in _sorted(self._spelled)}


def assemble(pages: Iterable[list[Document]], same: Mapping[str, str] | None = None) -> dict[str, str]:
    """The files of the index by their names in the site, from what `page_index` says of each page.

    `same` has words, as they are compared, that stand in the index by another one, and that one.
    """
    same = same or {}
    pages = [page for page in pages if page]
    places = _Places(document for page in pages for document in page)
    words, names = places.words(), places.names()
    parts: dict[str, str] = {}

    def part(name: str, content: object) -> str:
        """A new part; what stands in its name for its content."""
        text = _script(content)
        path = fingerprinted(f"{FOLDER}{name}.js", text.encode("utf-8"))
        parts[path] = text
        return path.split(".")[-2]

    def ranges(kind: str, lines: Mapping[str, str]) -> list[tuple[str, str]]:
        return [
            (start, part(f"{kind}-{number}", [" ".join(_folded(some)), " ".join(map(lines.__getitem__, some))]))
            for number, (start, some) in enumerate(_ranges(lines))
        ]

    index = {
        "documents": sum(map(len, pages)),
        "words": ranges("words", words),
        "names": ranges("names", names),
        "spellings": part("spellings", " ".join(_folded(_sorted({*words, *same})))),
        "same": [f"{word} {other}" for word, other in sorted(same.items())],
        "texts": [(start, part(f"texts-{number}", groups)) for number, (start, groups) in enumerate(_texts(pages))],
        "small": sum(len(text.encode("utf-8")) for text in parts.values()) <= SMALL,
    }
    return {NAME: _script(index), **parts}


def _sorted(words: Iterable[str]) -> list[str]:
    """In the order in which a browser sorts them."""
    return sorted(words, key=lambda word: word.encode("utf-16-be"))


def _ranges(lines: Mapping[str, str]) -> Iterator[tuple[str, list[str]]]:
    """The words in ranges, each with the letters that it starts with."""
    folded = zip(lines, _folded(lines), strict=True)
    sizes = {term: len(short.encode("utf-8")) + len(lines[term]) + 2 for term, short in folded}  # and two blanks
    start, together, size = "", list[str](), 0
    for terms in _divided([*lines], sizes):
        more = sum(map(sizes.__getitem__, terms))
        if together and size + more > _WORDS_BYTES:
            yield start, together
            start, together, size = terms[0][: _alike(together[-1], terms[0]) + 1], [], 0
        together, size = together + terms, size + more
    if together:
        yield start, together


def _divided(terms: list[str], sizes: Mapping[str, int], letters: int = 1) -> Iterator[list[str]]:
    """Words that begin alike, and with only so many letters as they have to, so that an edit moves few elsewhere."""
    if len(terms) <= 1 or sum(map(sizes.__getitem__, terms)) <= _WORDS_BYTES / 2:
        yield terms
        return
    for _, alike in groupby(terms, key=lambda term: term[:letters]):
        yield from _divided([*alike], sizes, letters + 1)


def _texts(pages: Iterable[list[Document]]) -> Iterator[tuple[int, list[object]]]:
    """The documents in groups, each part with the number of its first one."""
    start, count, size, groups = 0, 0, 0, list[object]()
    for page in pages:
        for number, group in _groups(page):
            weight = len(_json(group).encode("utf-8"))
            if groups and (count + number > _TEXTS or size + weight > _TEXTS_BYTES):
                yield start, groups
                start, count, size, groups = start + count, 0, 0, []
            count, size = count + number, size + weight
            groups.append(group)
    if groups:
        yield start, groups


def _groups(page: Sequence[Document]) -> Iterator[tuple[int, list[object]]]:
    """How many documents, and they: a page with what is shown of it and of its sections; then what else is on it.

    Results show a page by its own text and that of the sections beside it. On a long page that is its beginning.
    """
    first, *others = page
    words = [_row(document) for document in others if document["kind"] == "word"]
    beside, *more = [*_batches(map(_row, others[: len(others) - len(words)]), _PAGE_BYTES)] or [[]]
    yield (
        1 + len(beside),
        [first["url"], first["title"], first["where"], first["extract"][:_LONGEST], beside, first["picture"]],
    )
    for rows in (*more, *_batches(words, _TEXTS_BYTES)):
        yield len(rows), [first["url"], first["title"], "", None, rows, ""]


def _row(document: Document) -> list[str]:
    return [document["url"].partition("#")[2], document["title"], document["extract"][:_LONGEST]]


def _batches(rows: Iterable[list[str]], limit: int) -> Iterator[list[list[str]]]:
    batch, size = list[list[str]](), 0
    for row in rows:
        weight = len(_json(row).encode("utf-8"))
        if batch and size + weight > limit:
            yield batch
            batch, size = [], 0
        batch, size = [*batch, row], size + weight
    if batch:
        yield batch


def _folded(terms: Iterable[str]) -> Iterator[str]:
    """Words in the order of the alphabet, each as what it has in common with the one before, a digit, and the rest."""
    before = ""
    for term in terms:
        alike = min(_alike(before, term), len(_COUNTS) - 1)
        if not term[:alike].isascii():  # of some letters a browser counts two
            alike = next(place for place, letter in enumerate(f"{term[:alike]}\U00010000") if letter > "\uffff")
        yield _COUNTS[alike] + term[alike:]
        before = term


def _alike(word: str, other: str) -> int:
    """How many letters two words have in common where they begin."""
    count = len(word)
    while not other.startswith(word[:count]):
        count -= 1
    return count


def _number(gap: int) -> str:
    number = DIGITS[gap % _BASE]
    while gap := gap // _BASE:
        number = DIGITS[_BASE + gap % _BASE] + number
    return number


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _script(content: object) -> str:
    return f"var searchPart = {_json(content)};\n"
