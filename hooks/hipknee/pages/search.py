"""What readers can search: every page, its sections and every word of the glossary, as documents of plain text.

The searching itself is done in the reader's browser (docs/assets/javascripts/search.js), so nobody learns what was
looked for.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, TypedDict

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ..content.catalogue import EXERCISES, GLOSSARY, LIBRARY, Catalogue
from ..fingerprints import fingerprinted

_NOISE = (
    "nav, form, picture, .motion, .cards, .sources, .cite, .review, .series, .terms, .problems, .overdue, .before, "
    ".clinic"
)
"""What stands on many pages, or is a document of its own."""


class Rendered(NamedTuple):
    """A page as the build made it: its path below docs/, its address in the site, its title and its HTML."""

    path: str
    url: str
    title: str
    html: str


class Found(TypedDict):
    """One thing to be found. `names` are the other words for it, `where` is what it is part of."""

    title: str
    names: list[str]
    where: str
    text: str
    url: str
    kind: str
    """"condition", "page", "word" or "section": of two that match alike, the first of these comes first."""


def documents(pages: Iterable[Rendered], catalogue: Catalogue, words: Iterable[Mapping[str, Any]]) -> list[Found]:
    """All that can be found, in the order of `pages`; then the glossary's `words`."""
    entries, titles = catalogue.pages(), catalogue.titles()
    found: list[Found] = []
    glossary = ""
    for page in pages:
        entry = entries.get(page.path)
        if entry is None:
            continue
        names = [*(entry.draft.aliases or []), *(getattr(entry.draft, "search", None) or [])]
        is_exercise = page.path.startswith(f"{EXERCISES}/") and page.path != LIBRARY
        kind = "condition" if page.path.removesuffix(".md") in catalogue.conditions else "page"
        sections = _sections(page)
        text = " ".join(text for _, _, text in sections if text)
        found.append(_found(kind, page.title, names, titles.get(LIBRARY, "") if is_exercise else "", text, page.url))
        for id_, title, text in [] if is_exercise else sections[1:]:  # exercises all have the same sections
            found.append(_found("section", title, [], page.title, text, f"{page.url}#{id_}"))
        glossary = page.url if page.path == GLOSSARY else glossary
    for word in words if glossary else ():
        names = [name for name in word["names"] if name != word["term"]]
        url = f"{glossary}#{word['id']}"
        found.append(_found("word", word["term"], names, titles.get(GLOSSARY, ""), word["means"], url))
    return found


def script(found: Iterable[Found]) -> tuple[str, str]:
    """The index as a file of JavaScript: its path in the site, with a hash, and its text.

    Not as JSON, which a page that is opened from a folder could not fetch.
    """
    text = f"var searchIndex = {json.dumps([*found], ensure_ascii=False, separators=(',', ':'))};\n"
    return fingerprinted("assets/javascripts/search-index.js", text.encode("utf-8")), text


def _found(kind: str, title: str, names: list[str], where: str, text: str, url: str) -> Found:
    return {"title": title, "names": names, "where": where, "text": text, "url": url, "kind": kind}


def _sections(page: Rendered) -> list[tuple[str, str, str]]:
    """The text before the first h2 and below each: id, heading and text."""
    tree = LexborHTMLParser(page.html)
    for node in tree.css(_NOISE):
        node.decompose()
    made: list[tuple[str, str, list[str]]] = [("", "", [])]
    for node in tree.body.traverse(include_text=True) if tree.body else ():
        if node.tag == "h2" and node.attributes.get("id"):
            made.append((node.attributes["id"] or "", _line(node), []))
        elif node.tag == "-text" and not _is_heading(node):
            made[-1][2].append(node.text(deep=False))
    return [(id_, title, " ".join(" ".join(parts).split())) for id_, title, parts in made]


def _is_heading(node: LexborNode) -> bool:
    above = node.parent
    while above is not None and above.tag != "body":
        if above.tag == "h2":
            return True
        above = above.parent
    return False


def _line(node: LexborNode) -> str:
    return " ".join(node.text().split())
