"""What readers can search: every page, its sections and every word of the glossary, as documents of plain text.

The searching itself is done in the reader's browser (docs/assets/javascripts/search.js), so nobody learns what was
looked for.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import NamedTuple, TypedDict

from ..content.catalogue import Catalogue
from ..content.glossary import Word
from ..content.kinds import GLOSSARY
from ..fingerprints import fingerprinted
from ..page_facts import Section
from ..wording import Say

LANGUAGE = ("common_words", "plural_endings", "plural_look_alikes", "possessive_endings", "singular_counts")
"""The lists among the words that search.js works with."""


class Rendered(NamedTuple):
    """A page as the build made it: its path below docs/, its address in the site, its title and its sections."""

    path: str
    url: str
    title: str
    sections: tuple[Section, ...]


class Hit(TypedDict):
    """One thing to be found. `names` are the other words for it, `where` is what it is part of."""

    title: str
    names: list[str]
    where: str
    text: str
    url: str
    kind: str
    """"condition", "page", "word" or "section": of two that match alike, the first of these comes first."""


def documents(pages: Iterable[Rendered], catalogue: Catalogue, words: Iterable[Word]) -> list[Hit]:
    """All that can be found, in the order of `pages`; then the glossary's `words`."""
    titles = catalogue.titles
    hits: list[Hit] = []
    glossary = ""
    for page in pages:
        entry = catalogue.pages.get(page.path)
        if entry is None:
            continue
        names = [
            *(entry.part(lambda page: page.aliases) or []),
            *(entry.part(lambda page: getattr(page, "search", [])) or []),
        ]
        text = " ".join(section.text for section in page.sections if section.text)
        where = titles.get(entry.kind.part_of or "", "")
        hits.append(_hit(entry.kind.search, page.title, names, where, text, page.url))
        for section in page.sections[1:] if entry.kind.sections else ():
            hits.append(_hit("section", section.title, [], page.title, section.text, f"{page.url}#{section.id}"))
        glossary = page.url if page.path == GLOSSARY else glossary
    for word in words if glossary else ():
        names = [name for name in word.names if name != word.term]
        url = f"{glossary}#{word.id}"
        hits.append(_hit("word", word.term, names, titles.get(GLOSSARY, ""), word.means, url))
    return hits


def language(say: Say) -> str:
    """What the searching has to know of the language, as JSON."""
    return json.dumps({name: say.several(name) for name in LANGUAGE}, ensure_ascii=False, separators=(",", ":"))


def script(hits: Iterable[Hit]) -> tuple[str, str]:
    """The index as a file of JavaScript: its path in the site, with a hash, and its text.

    Not as JSON, which a page that is opened from a folder could not fetch.
    """
    text = f"var searchIndex = {json.dumps([*hits], ensure_ascii=False, separators=(',', ':'))};\n"
    return fingerprinted("assets/javascripts/search-index.js", text.encode("utf-8")), text


def _hit(kind: str, title: str, names: list[str], where: str, text: str, url: str) -> Hit:
    return {"title": title, "names": names, "where": where, "text": text, "url": url, "kind": kind}
