"""The headings of a page as its table of contents."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypedDict

from ..page_facts import Heading


class Token(TypedDict):
    """One entry, in the shape of Python-Markdown's `toc_tokens`."""

    level: int
    id: str
    name: str
    children: list[Token]


def outline(headings: Iterable[Heading]) -> list[Token]:
    """The headings, each h3 below the h2 before it."""
    top: list[Token] = []
    for heading in headings:
        token: Token = {"level": heading.level, "id": heading.id, "name": heading.text, "children": []}
        (top[-1]["children"] if heading.level == 3 and top else top).append(token)
    return top
