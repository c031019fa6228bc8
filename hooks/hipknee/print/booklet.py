"""The complete text: every page of the site, as the build rendered it, in one document, or in several volumes."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any, NamedTuple

from ..content.kinds import EXERCISE, LIBRARY
from ..problems import Problem
from ..rules import Rule
from . import element_tree
from .edition import Edition
from .element_tree import Node, PictureOf, page_id

TEMPLATE = "booklet"
ON_COVER = 12
"""Pictures, in three rows."""


@dataclass(frozen=True)
class BookletPage:
    """One page of the site, which becomes a chapter."""

    path: str
    """Its source below docs/, such as `exercises/clamshell.md`."""
    url: str
    """Its address below the site's root, such as `exercises/clamshell/`; "" for the home page."""
    title: str
    html: str | Callable[[], str]
    """Its content as the build rendered it, without its title; or what gives it, when it is to be made only then."""
    part: str | None = None
    """The part of the booklet that it belongs to. Pages of one part stand together. Its sections are too many for the
    contents. A page that has the part's name as its title is the part's own first page."""
    digest: str = ""
    """A hash over what its content is made from; "" for one over its content."""

    @cached_property
    def content(self) -> str:
        """Its HTML."""
        return self.html if isinstance(self.html, str) else self.html()

    @property
    def key(self) -> tuple[str | None, ...]:
        """What tells whether a document that holds the page has to be made anew."""
        digest = self.digest or sha256(self.content.encode("utf-8", "surrogatepass")).hexdigest()
        return self.path, self.url, self.title, self.part, digest


class Elsewhere(NamedTuple):
    """A volume, as the first one tells of it."""

    title: str
    file: str
    """What its files are called, without the paper: "booklet-2"."""
    reference: str
    """How a page that is in it is told: "volume 2"."""
    pages: Sequence[BookletPage]


@dataclass(frozen=True)
class Book:
    """What is bound into one document: all pages, or one volume of them."""

    file: str
    """What its files are called, without the paper."""
    pages: Sequence[BookletPage]
    updated: datetime.date
    name: str = ""
    """Of a volume: what it is called as a document, such as "Hips and Knees, volume 2"."""
    title: str = ""
    """Of a volume: what is in it, such as "Volume 2: Standing, part 1"."""
    elsewhere: Sequence[Elsewhere] = ()
    """Of the first volume: the others."""
    cover: Sequence[Node] = ()
    """Pictures for the cover of the first volume, which has none of its own."""

    @property
    def inputs(self) -> object:
        """What tells whether the document has to be made anew, with what all documents share."""
        others = [(*volume[:3], [(page.url, page.title) for page in volume.pages]) for volume in self.elsewhere]
        return self.updated, self.name, self.title, others, self.cover, [page.key for page in self.pages]


def chapters(book: Book, *, site_url: str, picture: PictureOf) -> tuple[list[dict[str, Any]], list[Problem]]:
    """What the pages of a document hold, and what can't be printed.

    `site_url` is "" when nobody knows where the site will stand. `picture` gives the file, width and height of a
    picture by its path below the site's root, such as `assets/pictures/clamshell-start-800-9860f4d8c4.jpg`, or None
    when it has none.
    """
    urls = {_url(page) for page in book.pages}
    elsewhere = {_url(page): volume.reference for volume in book.elsewhere for page in volume.pages}
    problems: list[Problem] = []
    parts: list[dict[str, Any]] = []
    part: str | None = None
    for page in book.pages:
        nodes, unprintable = element_tree.tree(
            page.content,
            path=f"docs/{page.path}",
            url=_url(page),
            pages=urls,
            picture=picture,
            site_url=site_url,
            elsewhere=elsewhere,
        )
        problems += unprintable
        # A part that fills volumes has its page in the first.
        own = None if book.name else page.part
        parts.append(
            {
                "path": f"docs/{page.path}",
                "id": page_id(_url(page)),
                "title": page.title,
                # The heading of a part that begins here and has no page of its own.
                "opens": own if own not in (part, page.title) else None,
                "level": 1 if own in (None, page.title) else 2,
                "whole": page.part is None,
                # An exercise fills two pages that face each other, or one sheet.
                "exercise": page.path.startswith(EXERCISE.folder) and page.path != LIBRARY,
                "of": nodes,
            }
        )
        part = own
    problems += _mend_links(parts)
    return parts, problems


def booklet(
    book: Book,
    parts: Sequence[dict[str, Any]],
    edition: Edition,
    *,
    site: str,
    address: Callable[[str], str] | None = None,
) -> dict[str, Any]:
    """The data of the template "booklet", from the chapters of a book of the site that is called `site`.

    `address` gives that of a volume, by what its files are called; None when nobody knows where the site will stand.
    """
    frame = edition.frame(TEMPLATE, title=book.name or site, updated=book.updated)
    booking = edition.clinic.booking
    if frame["clinic"]:
        link = {"href": booking, "address": element_tree.on_paper(booking)} if booking else None
        frame["clinic"] |= {"booking": link}
    data = {**frame, "disclaimer": edition.site.disclaimer, "cover": [*book.cover] or _cover(parts), "chapters": parts}
    if book.name:
        data["volume"] = {"site": site, "title": book.title}
    if book.elsewhere:
        data["elsewhere"] = {
            "heading": edition.say("volume_places"),
            "volumes": [
                {
                    "title": volume.title,
                    "href": address(volume.file) if address else None,
                    "pages": [page.title for page in volume.pages],
                }
                for volume in book.elsewhere
            ],
        }
    return data


def _url(page: BookletPage) -> str:
    return page.url.removeprefix("./")


def _mend_links(chapters: Iterable[dict[str, Any]]) -> list[Problem]:
    """Let a link to a place that is not there lead to the top of its page, and say so."""
    every = list(chapters)
    places = {chapter["id"] for chapter in every}
    for chapter in every:
        places |= {node["id"] for node in element_tree.walk(chapter["of"]) if "id" in node}
    problems = []
    for chapter in every:
        for node in element_tree.walk(chapter["of"]):
            if "to" in node and node["to"] not in places:
                message = f"'{node['to']}' leads to a place that is not in the booklet."
                problems.append(Problem(chapter["path"], 1, Rule.LINK_BROKEN, message))
                node["to"] = node["to"].partition("#")[0]
    return problems


def _cover(chapters: Iterable[dict[str, Any]]) -> list[Node]:
    """One picture of each exercise: where its movement ends."""
    pairs = [node for chapter in chapters for node in chapter["of"] if _is_pair(node)]
    return [list(_pictures(pair))[-1] for pair in pairs]


def _is_pair(node: Node) -> bool:
    return isinstance(node, dict) and node["kind"] == "pictures" and any(_pictures(node))


def _pictures(node: Node) -> Iterable[Node]:
    return (picture for picture in element_tree.walk([node]) if picture["kind"] == "picture")
