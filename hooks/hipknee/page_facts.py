"""What a page's HTML holds that others ask for, read in one pass: headings, ids, addresses, texts, scripts, styles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

NOISE = (
    "nav, form, .filters, picture, .motion, .cards, .sources, .cite, .review, .review-line, .series, .terms, "
    ".problems, .overdue, .before, .before-line, .clinic, .where, .add"
)
"""What the search does not read: it is on many pages, or is a document of its own."""

_HARMLESS = r"""\s+(?:(?:defer|async|type=module|type="module")\s+)*(?:src=|type="?application/(?:ld\+)?json"?>)"""
_SUSPICIOUS = re.compile(
    rf"<script(?!{_HARMLESS})|<style|style\s*=|action\s*=|(?<![\w-])on\w+\s*=",
    re.IGNORECASE,
)
_PARTS = ("h2", "h3", "p", "li", "td", "tr")
"""What can be found by itself, when it has an id."""
_DATA = re.compile(r"application/(?:ld\+)?json$", re.IGNORECASE)


class Heading(NamedTuple):
    """A heading (h2 or h3) that has an id."""

    level: int
    id: str
    text: str


class Section(NamedTuple):
    """The text below an h2, or before the first one: then `id` and `title` are empty.

    Or a part of the section before: the text below an h3, or a paragraph, an item or a row that has an id of its own.
    """

    id: str
    title: str
    """Of a paragraph, an item or a row: what stands out in it, or else ""."""
    text: str
    is_part: bool = False


class _Part(NamedTuple):
    """A part of a section that is being read."""

    id: str
    title: str
    texts: list[str]


@dataclass(frozen=True)
class PageFacts:
    """The facts of a page, or of a part of one."""

    headings: tuple[Heading, ...] = ()
    ids: tuple[str, ...] = ()
    """Every id, as often as it occurs."""
    addresses: tuple[str, ...] = ()
    """Everything that the page leads to or loads, each once."""
    refused: tuple[str, ...] = ()
    """What a Content-Security-Policy without exceptions refuses: scripts, styles and event handlers in the page, as
    they are written. JSON is data."""
    canonical: str = ""
    """The page's own address, when it says one."""
    sections: tuple[Section, ...] = ()
    """What can be searched. Only a page's own content has it."""

    def __add__(self, other: PageFacts) -> PageFacts:
        """The facts of both parts of a page."""
        return PageFacts(
            self.headings + other.headings,
            self.ids + other.ids,
            tuple(dict.fromkeys(self.addresses + other.addresses)),
            self.refused + other.refused,
            self.canonical or other.canonical,
            self.sections + other.sections,
        )


def read(html: str, *, content: bool = False, sections: bool = True) -> PageFacts:
    """The facts of a page's HTML. Of its own `content`, without the frame, also the headings, and the `sections` unless
    nobody asks for them."""
    tree = LexborHTMLParser(html)
    canonical = tree.css_first("link[rel=canonical]")
    addresses = tuple(dict.fromkeys(_addresses(tree)))
    return PageFacts(
        tuple(_headings(tree)) if content else (),
        tuple(node.attributes["id"] or "" for node in tree.css("[id]")),
        addresses,
        tuple(_refused(tree)) if _may_be_refused(html, addresses) else (),
        (canonical.attributes.get("href") or "") if canonical else "",
        tuple(_sections(tree)) if content and sections else (),  # last: it takes the tree apart
    )


def _headings(tree: LexborHTMLParser) -> Iterator[Heading]:
    for node in tree.css("h2[id], h3[id]"):
        yield Heading(int((node.tag or "h2")[1]), node.attributes["id"] or "", " ".join(node.text().split()))


def _addresses(tree: LexborHTMLParser) -> Iterator[str]:
    for node in tree.css("[href], [src], [srcset]"):
        attributes = node.attributes
        for key in ("href", "src"):
            if value := attributes.get(key):
                yield value
        for part in (attributes.get("srcset") or "").split(","):
            if part.split():
                yield part.split()[0]


def _may_be_refused(html: str, addresses: Iterable[str]) -> bool:
    """Whether anything is worth a look at each element."""
    return bool(_SUSPICIOUS.search(html)) or any(map(_is_script, addresses))


def _refused(tree: LexborHTMLParser) -> Iterator[str]:
    for node in tree.css("*"):
        if node.tag == "style" or _is_inline_script(node):
            yield f"<{node.tag}>"
        for name, value in node.attributes.items():
            if name == "style" or name.startswith("on"):
                yield f'{name}="{value or ""}"'
            elif name in ("href", "src", "action", "formaction") and _is_script(value or ""):
                yield f'{name}="{value}"'


def _is_inline_script(node: LexborNode) -> bool:
    return node.tag == "script" and "src" not in node.attributes and not _DATA.match(node.attributes.get("type") or "")


def _is_script(address: str) -> bool:
    return re.sub(r"[\s\x00-\x1f]", "", address).lower().startswith(("javascript:", "vbscript:", "data:text/html"))


def _sections(tree: LexborHTMLParser) -> Iterator[Section]:
    for node in tree.css(NOISE):
        node.decompose()
    id_, title, parts, inside = "", "", list[str](), list[_Part]()
    below: _Part | None = None
    for node in tree.body.traverse(include_text=True) if tree.body else ():
        own = (node.attributes.get("id") or "") if node.tag in _PARTS else ""
        if node.tag == "h2" and own:
            yield from _whole(id_, title, parts, inside)
            id_, title, parts, inside, below = own, _words(node), [], [], None
        elif node.tag == "h3" and own:
            below = _Part(own, _words(node), [])
            inside.append(below)
        elif own:
            row = node.parent if node.tag == "td" and node.parent else node
            strong = row.css_first("strong, td")
            inside.append(_Part(own, _words(strong) if strong else "", [_words(row)]))
        elif node.tag == "-text" and not _is_in(node, "h2"):
            parts.append(node.text(deep=False))
            if below is not None and not _is_in(node, "h3"):
                below.texts.append(node.text(deep=False))
    yield from _whole(id_, title, parts, inside)


def _whole(id_: str, title: str, parts: Iterable[str], inside: Iterable[_Part]) -> Iterator[Section]:
    yield Section(id_, title, " ".join(" ".join(parts).split()))
    for part in inside:
        yield Section(part.id, part.title, " ".join(" ".join(part.texts).split()), True)


def _words(node: LexborNode) -> str:
    return " ".join(node.text().split())


def _is_in(node: LexborNode, tag: str) -> bool:
    above = node.parent
    while above is not None and above.tag != "body":
        if above.tag == tag:
            return True
        above = above.parent
    return False
