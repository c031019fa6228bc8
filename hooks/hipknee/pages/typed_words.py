"""What readers type, put into the index: the words of `docs/_data/search.<language>.yml`, each to where it leads.

They stand in the index alone, and pages are made without them: whoever adds a word makes no page anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain

from ..content.catalogue import Catalogue
from ..content.data_files import SearchWords
from ..search_words import Words, alike
from .search_index import DIGITS, Document, core, level

RED_FLAGS = "#red-flags"
"""Where a condition page has its warning signs."""
_WEIGHT = 6.0
"""What a word weighs that leads to a document, in the steps of the index: as much as one of its title."""


@dataclass(frozen=True)
class TypedWords:
    """What the file says, by the addresses of documents in the site."""

    words: Words
    leads: Mapping[str, list[str]] = field(default_factory=dict)
    """The phrases that lead to a document."""
    warnings: Mapping[str, list[str]] = field(default_factory=dict)
    """Those that lead to the warning signs of a page, before all else."""
    same: Mapping[str, str] = field(default_factory=dict)
    """A word as it is compared, and the one that stands in the index for it."""

    @classmethod
    def of(cls, catalogue: Catalogue, urls: Mapping[str, str], words: Words) -> TypedWords:
        """What the site's file says; `urls` are the addresses of pages in the site, by their paths below docs/."""
        typed = catalogue.search.value or SearchWords()
        leads, warnings = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
        for target, phrases in typed.pages.items():
            path, _, anchor = target.partition("#")
            if path in urls:  # not a page that the clinic leaves out
                leads[_address(urls[path], anchor)] += phrases
        for slug, entry in catalogue.conditions.items():
            joint = entry.part(lambda page: page.joint)
            of_joint = typed.warnings_of.get(joint, []) if joint else []
            if url := urls.get(f"{slug}.md"):
                warnings[f"{url}{RED_FLAGS}"] += [*typed.warnings, *of_joint]
        return cls(words, leads, warnings, alike(typed.same, words))

    def put_into(self, pages: Iterable[list[Document]]) -> list[list[Document]]:
        """The documents of all pages with these words."""
        return [[self._with(document) for document in [*page, *self._places(page)]] for page in pages]

    def _places(self, page: list[Document]) -> Iterator[Document]:
        """The places of a page that words lead to and that are no documents yet, by the title of the page."""
        known = {document["url"] for document in page}
        for url in self.leads if page else ():
            if url not in known and url.startswith(f"{page[0]['url']}#"):
                nothing: Document = {**page[0], "names": [], "spellings": [], "terms": "", "weights": ""}
                yield {**nothing, "url": url, "kind": "section"}

    def _with(self, document: Document) -> Document:
        words, url = self.words, document["url"]
        warnings, leads = self.warnings.get(url, []), self.leads.get(url, [])
        if not (self.same or warnings or leads):
            return document
        weights = dict(zip(document["terms"].split(), document["weights"], strict=True))
        for phrase in [*warnings, *leads]:
            for term in words.core(phrase):
                weights[term] = max(weights.get(term, DIGITS[0]), level(_WEIGHT))
        merged = dict[str, str]()
        for term, weight in weights.items():
            term = self.same.get(term, term)
            merged[term] = max(merged.get(term, weight), weight)
        called, feared = ([*chain.from_iterable(map(words.spellings, phrases))] for phrases in (leads, warnings))
        return {
            **document,
            "names": self._names([*document["names"], *(core(phrase, words) for phrase in [*leads, *warnings])]),
            "spellings": [*dict.fromkeys([*document["spellings"], *called, *feared])],
            "terms": " ".join(sorted(merged)),
            "weights": "".join(merged[term] for term in sorted(merged)),
            "warnings": [*self._names(core(phrase, words) for phrase in warnings), *feared],
        }

    def _names(self, names: Iterable[str]) -> list[str]:
        alike = ({self.same.get(term, term) for term in name.split()} for name in names)
        return [*dict.fromkeys(" ".join(sorted(terms)) for terms in alike)]


def _address(url: str, anchor: str) -> str:
    page = url.removeprefix("./")
    return f"{page}#{anchor}" if anchor else page
