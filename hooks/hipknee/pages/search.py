"""What readers can search: every page, its sections and every word of the glossary, as documents of plain text.

The searching itself is done in the reader's browser (docs/assets/javascripts/search.js), so nobody learns what was
looked for.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
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


def of_page(page: Rendered, catalogue: Catalogue) -> list[Hit]:
    """What can be found of a page: itself, and its sections where its kind has them."""
    entry = catalogue.pages.get(page.path)
    if entry is None:
        return []
    names = [*(entry.face.aliases or []), *(entry.part(lambda page: getattr(page, "search", [])) or [])]
    text = " ".join(section.text for section in page.sections if section.text)
    where = catalogue.titles.get(entry.kind.part_of or "", "")
    hits = [_hit(entry.kind.search, page.title, names, where, text, page.url)]
    for section in page.sections[1:] if entry.kind.sections else ():
        hits.append(_hit("section", section.title, [], page.title, section.text, f"{page.url}#{section.id}"))
    return hits


def of_words(words: Iterable[Word], urls: Mapping[str, str], catalogue: Catalogue) -> list[Hit]:
    """The words of the glossary, as far as there is one."""
    if GLOSSARY not in urls or GLOSSARY not in catalogue.titles:
        return []
    where, page = catalogue.titles[GLOSSARY], urls[GLOSSARY]
    return [
        _hit(
            "word",
            word.term,
            [name for name in word.names if name != word.term],
            where,
            word.means,
            f"{page}#{word.id}",
        )
        for word in words
    ]


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
