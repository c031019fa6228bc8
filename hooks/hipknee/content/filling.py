"""What the engine fills into an author's texts: `{count}` and `{emergency}`.

They stand for how many exercises there are, and for the number to call. In a body that number is filled in on its way
to HTML, where it becomes a link (`text/numbers_to_call.py`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

from ..wording import Linked
from .front_matter import Document, Place

COUNT, EMERGENCY = "{count}", "{emergency}"
KNOWN = (COUNT, EMERGENCY)
BRACES = re.compile(r"(?<!\{)\{[A-Za-z][A-Za-z_ -]{0,30}\}(?!\})")
"""What looks as if it were filled in."""


def filled(document: Document, count: str, emergency: str) -> Document:
    """The document with its texts filled in; a `count` of "" is left as it stands."""
    data = {key: _filled(value, count, emergency) for key, value in document.data.items()}
    return replace(document, data=data, body=document.body.replace(COUNT, count or COUNT))


def texts(value: Any, place: Place = (), without: Collection[str] = ()) -> Iterator[tuple[Place, str]]:
    """Every text of a document, with its place, but not those below the keys `without`."""
    match value:
        case str():
            yield place, value
        case Mapping():
            for key, below in value.items():
                if key not in without:
                    yield from texts(below, (*place, key), without)
        case list():
            for n, below in enumerate(value):
                yield from texts(below, (*place, n), without)


def _filled(value: Any, count: str, emergency: str) -> Any:
    match value:
        case str():
            text = value.replace(COUNT, count or COUNT)
            return Linked.of(text, EMERGENCY, emergency) if EMERGENCY in text else text
        case dict():
            return {key: _filled(below, count, emergency) for key, below in value.items()}
        case list():
            return [_filled(below, count, emergency) for below in value]
    return value
