"""What readers get of a text, line by line: what stands there as it was typed is no Markdown to the build."""

from __future__ import annotations

import re
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser

from ..text.body_links import without_code

_QUOTE = re.compile(r"[ ]{0,3}>[ ]?")
_ESCAPED = re.compile(r"\\[\\`*_{}\[\]()>#+.!-]")
_CODE = "pre, code, kbd, samp"
_RAW = "details:not(.fold), div:not(.admonition):not(.footnote)"
_GAP = "\N{OBJECT REPLACEMENT CHARACTER}"


class Row(NamedTuple):
    """One line of a source text, without what is code or comment."""

    number: int
    """Counted from 0."""
    raw: str
    """As it is written."""
    text: str
    """Without the marks of a quotation; what is code, comment or escaped is blank."""
    quotes: int
    """How many quotations it is in."""
    bare: str
    """The same without blanks around it."""
    indent: int
    """Its blanks at the left."""

    def mended(self, text: str) -> str:
        """The line with `text` in the place of what stands behind its blanks and the marks of a quotation."""
        return self.raw[: len(self.raw) - len(self.raw.lstrip(" \t>"))] + text

    def mended_by(self, blanks: int) -> str:
        """The line indented by so many blanks more."""
        text = self.raw.lstrip(" \t>")
        return self.mended(" " * blanks + text)


def rows(body: str) -> list[Row]:
    """The lines of a text."""
    lines = zip(body.split("\n"), without_code(body).split("\n"), strict=True)
    return [_row(n, raw, text) for n, (raw, text) in enumerate(lines)]


def _row(number: int, raw: str, text: str) -> Row:
    text, quotes = text.expandtabs(4), 0
    while ">" in text and (match := _QUOTE.match(text)):
        text, quotes = text[match.end() :], quotes + 1
    text = _ESCAPED.sub("  ", text) if "\\" in text else text
    return Row(number, raw, text, quotes, text.strip(), len(text) - len(text.lstrip(" ")))


class Printed(NamedTuple):
    """What readers get of a page's text, without what is in code."""

    lines: list[str]
    links: list[str]
    """What is in links, and where they lead."""
    raw: list[str]
    """The lines within elements that the author wrote as HTML: there is no Markdown in them."""


def printed(html: str, has_markdown_in_html: bool) -> Printed:
    """What readers get of a page's HTML."""
    tree = LexborHTMLParser(html)
    if tree.body is None:
        return Printed([], [], [])
    for node in tree.css(_CODE):
        node.replace_with(_GAP)
    for node in tree.css("a"):
        if node.text().startswith("^"):  # the note of a footnote is read as an address when it is one word
            node.replace_with(f"[{node.text()}]")
    links = [part for node in tree.css("a") for part in (node.text(), node.attributes.get("href") or "")]
    raw: list[str] = []
    within: set[int] = set()
    for node in [] if has_markdown_in_html else tree.css(_RAW):
        if node.mem_id not in within:  # or its text is already there, and itself gone
            within.update(inner.mem_id for inner in node.css(_RAW))
            raw += _lines(node.text())
            node.decompose()
    return Printed(_lines(tree.body.text()), links, raw)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]
