"""What readers can search: every page, its sections and every word of the glossary, as documents of plain text.

The searching itself is done in the reader's browser (docs/assets/javascripts/search.js), in the index that
`search_index` makes of these; so nobody learns what was looked for.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import NamedTuple, TypedDict

from ..content.catalogue import Catalogue
from ..content.glossary import Word
from ..content.kinds import EXERCISE, GLOSSARY
from ..page_facts import Section
from ..search_words import LISTS
from ..wording import Say


class Rendered(NamedTuple):
    """A page as the build made it: its path below docs/, its address in the site, its title and its sections."""

    path: str
    url: str
    title: str
    sections: tuple[Section, ...]
    picture: str = ""
    """The smallest file of a picture of what it is about, by its name in the site's folder of pictures."""


class Hit(TypedDict):
    """One thing to be found. `names` are the other words for it, `where` is what it is part of."""

    title: str
    names: list[str]
    where: str
    text: str
    """In which words are looked for."""
    extract: str
    """What results show a part of. Of a page with sections what stands before them: they have the rest."""
    url: str
    kind: str
    """"condition", "page", "word" or "section": of two that match alike, the first of these comes first."""
    picture: str
    """Of a page: the file of the picture that results show beside it; "" when there is none."""


def documents(page: Rendered, catalogue: Catalogue, words: Iterable[Word]) -> list[Hit]:
    """All that can be found of one page: itself, its sections, and the `words` when it is the glossary."""
    entry = catalogue.pages.get(page.path)
    if entry is None:
        return []
    names = [
        *([entry.face.plain] if entry.face.plain else []),
        *(entry.face.aliases or []),
        *(entry.part(lambda page: getattr(page, "search", [])) or []),
    ]
    text = " ".join(section.text for section in page.sections if section.text and not section.is_part)
    extract = page.sections[0].text if entry.kind.sections else entry.face.summary or ""
    heading = catalogue.headings.get(entry.slug) if entry.kind is EXERCISE else None
    where = heading or catalogue.titles.get(entry.kind.part_of or "", "")
    hits = [_hit(entry.kind.search, page.title, names, where, text, page.url, extract, page.picture)]
    above = ""
    for section in page.sections[1:] if entry.kind.sections else ():
        above = above if section.is_part else section.title
        title = section.title.rstrip(".:") or above or page.title
        hits.append(_hit("section", title, [], page.title, section.text, f"{page.url}#{section.id}"))
    for word in words if page.path == GLOSSARY else ():
        names = [name for name in word.names if name != word.term]
        hits.append(_hit("word", word.term, names, page.title, word.means, f"{page.url}#{word.id}"))
    return hits


def language(say: Say) -> str:
    """What the searching has to know of the language, as JSON."""
    return json.dumps({name: say.several(name) for name in LISTS}, ensure_ascii=False, separators=(",", ":"))


def _hit(
    kind: str,
    title: str,
    names: list[str],
    where: str,
    text: str,
    url: str,
    extract: str | None = None,
    picture: str = "",
) -> Hit:
    return {
        "title": title,
        "names": names,
        "where": where,
        "text": text,
        "extract": text if extract is None else extract,
        "url": url,
        "kind": kind,
        "picture": picture,
    }
