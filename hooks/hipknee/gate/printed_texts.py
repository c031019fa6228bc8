"""The texts of a document that are printed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..content.front_matter import Place

NOT_PRINTED = frozenset("alt file aliases evidence sources search waivers was words publish".split())
"""Keys whose texts are never printed."""


def texts(value: Any, place: Place) -> Iterator[tuple[Place, str]]:
    """Every text of a document that is printed, with its place."""
    match value:
        case str():
            yield place, value
        case dict():
            for key, below in value.items():
                if key not in NOT_PRINTED or (not place and key == "words"):
                    yield from texts(below, (*place, key))
        case list():
            for n, below in enumerate(value):
                yield from texts(below, (*place, n))
