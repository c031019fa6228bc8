"""Sections of the site's pages, for documents that hold more than one page's and less than a whole one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ..problems import Problem
from . import element_tree
from .booklet import BookletPage
from .element_tree import NARROW_SPACE, Node, PictureOf, page_id


def section(page: BookletPage, anchor: str, picture: PictureOf) -> tuple[list[Node], list[Problem]]:
    """What stands below the heading `anchor` of a page, from it on, and what can't be printed of that.

    None of it leads anywhere, nor says who says so: on paper that is not read on, links are words like all others. The
    heading is of level 2, whatever it is on its page. Nothing, when the page has no such heading.
    """
    url = page.url.removeprefix("./")
    nodes, problems = element_tree.tree(
        page.content, path=f"docs/{page.path}", url=url, pages=(), picture=picture, site_url=""
    )
    below = _below(nodes, f"{page_id(url)}#{anchor}")
    return [*_bare(below, below[0]["level"] - 2)] if below else [], problems if below else []


def _below(nodes: Sequence[Node], id_: str) -> list[Any]:
    """A heading, and all behind it to the next of its level."""
    for place, node in enumerate(nodes):
        if not isinstance(node, dict):
            continue
        if node["kind"] == "heading" and node.get("id") == id_:
            after = nodes[place + 1 :]
            ends = (n for n, other in enumerate(after) if _level(other) <= node["level"])
            return [node, *after[: next(ends, len(after))]]
        for inner in (node.get("title", []), node.get("of", [])):
            if below := _below(inner, id_):
                return below
    return []


def _level(node: Node) -> int:
    return int(node["level"]) if isinstance(node, dict) and node["kind"] == "heading" else 99


def _bare(nodes: Iterable[Node], raised: int) -> Iterable[Node]:
    """The nodes without links, places and citations, and with headings so many levels higher."""
    for node in nodes:
        if isinstance(node, str):
            yield node.removesuffix(NARROW_SPACE)  # before a citation
        elif node["kind"] in ("link", "language") and "lang" not in node:
            yield from _bare(node["of"], raised)
        elif node["kind"] != "citation":
            plain = {key: value for key, value in node.items() if key != "id"}
            for key in ("title", "of"):
                if key in plain:
                    plain[key] = [*_bare(plain[key], raised)]
            if "rows" in plain:
                plain["rows"] = [[*_bare(row, raised)] for row in plain["rows"]]
            if "level" in plain:
                plain["level"] -= raised
            yield plain
