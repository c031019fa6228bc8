"""The headings and ids of a page's HTML, for its table of contents."""

from __future__ import annotations

from typing import TypedDict

from selectolax.lexbor import LexborHTMLParser


class Heading(TypedDict):
    """One entry, in the shape of Python-Markdown's `toc_tokens`."""

    level: int
    id: str
    name: str
    children: list[Heading]


def outline(html: str) -> tuple[list[Heading], set[str]]:
    """The nested headings (h2 and h3 that have an id) of a page's content, and all its ids."""
    tree = LexborHTMLParser(html)
    top: list[Heading] = []
    for node in tree.css("h2[id], h3[id]"):
        made: Heading = {
            "level": int((node.tag or "h2")[1]),
            "id": node.attributes["id"] or "",
            "name": " ".join(node.text().split()),
            "children": [],
        }
        (top[-1]["children"] if made["level"] == 3 and top else top).append(made)
    return top, {node.attributes["id"] or "" for node in tree.css("[id]")}
