"""What is asked of a drawing whose numbered areas are links: each has one in the list below it, in the same order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from selectolax.lexbor import LexborNode

from ..content.catalogue import Catalogue, Entry
from ..pictures.originals import Picture
from ..problems import Problem
from ..rules import Rule
from ..text import body_links
from .bodies import Body

_PATTERN = "Begin each item of a numbered list below the picture with a link: '1. [Front](#front): …'."


def check(catalogue: Catalogue, texts: Mapping[str, Body], pictures: Mapping[str, Picture]) -> Iterator[Problem]:
    """Every map of every page."""
    for path, entry in catalogue.pages.items():
        if f".{body_links.MAP}" in entry.document.body and entry.face.draws:
            yield from _maps(path, entry, texts[path], pictures)


def _maps(path: str, entry: Entry[Any], text: Body, pictures: Mapping[str, Picture]) -> Iterator[Problem]:
    links = [link for link in body_links.scan(entry.document.body) if link.image and body_links.MAP in link.classes]
    for link, node in zip(
        links, text.tree.css(f"em.{body_links.MAP}"), strict=False
    ):  # what is no picture is told elsewhere
        file = body_links.image_file(path, link.target) or ""
        picture = pictures.get(file)
        if picture is None:
            continue
        line = entry.document.body_line + link.line - 1
        areas, items = len(picture.facts.areas), [*_items(node)]
        bare = next((number for number, item in enumerate(items, 1) if not _begins_with_a_link(item)), None)
        if not areas:
            message = f"'{file}' has no numbered areas, so it can't be a map."
            hint = "Take '{ .map }' away, or name a drawing that has 'areas' in its table."
            yield Problem(entry.path, line, Rule.MAP_AREAS, message, hint)
        elif not items:
            message = f"No numbered list stands right below '{file}', which has {_counted(areas)}."
            yield Problem(entry.path, line, Rule.MAP_AREAS, message, _PATTERN)
        elif bare:
            message = f"Item {bare} of the list below '{file}' does not begin with a link."
            yield Problem(entry.path, line, Rule.MAP_AREAS, message, _PATTERN)
        elif areas != len(items):
            message = f"'{file}' has {_counted(areas)}, and the list below it has {len(items)}."
            hint = "Give each number in the picture its item, in the same order."
            yield Problem(entry.path, line, Rule.MAP_AREAS, message, hint)


def _items(picture: LexborNode) -> Iterator[LexborNode]:
    """The items of the ordered list right below the paragraph of a picture that stands alone."""
    around = picture.parent
    if around is None or around.tag != "p" or around.text().strip() != picture.text().strip():
        return
    below = around.next
    while below is not None and below.tag in ("-text", "-comment"):
        below = below.next
    if below is not None and below.tag == "ol":
        yield from (item for item in below.iter() if item.tag == "li")


def _begins_with_a_link(item: LexborNode) -> bool:
    first = next((node for node in item.iter(include_text=True) if node.tag != "-text" or node.text().strip()), None)
    return first is not None and (first.tag == "a" or (first.tag == "p" and _begins_with_a_link(first)))


def _counted(areas: int) -> str:
    return "1 numbered area" if areas == 1 else f"{areas} numbered areas"
