"""What the engine fills into an author's texts: `{count}`, `{count …}`, `{Count …}` and `{emergency}`.

They stand for how many exercises there are, on the site or in a group, in digits or as a word; and for the number to
call. In a body that number is filled in on its way to HTML, where it becomes a link (`text/numbers_to_call.py`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

from ..wording import Linked, Say
from .front_matter import Document, Place

COUNT, EMERGENCY = "{count}", "{emergency}"
KNOWN = (COUNT, EMERGENCY)
IN_HEADING = "{Count}"
"""In the heading of a group: how many of its exercises are listed below it."""
BRACES = re.compile(r"(?<!\{)\{[A-Za-z][A-Za-z_ -]{0,30}\}(?!\})")
"""What looks as if it were filled in."""


def counts(groups: Mapping[str, int], every: int, say: Say) -> dict[str, str]:
    """What stands for a number of exercises, and the number: of `every` one, and of each of the `groups` by its id."""
    filled_in = {COUNT: say.number(every)}
    for id_, count in groups.items():
        filled_in |= {in_digits(id_): say.number(count), f"{{Count {id_}}}": say.count_name(count)}
    return filled_in


def in_digits(group: str) -> str:
    """What stands for the number of exercises in a group, by its id."""
    return f"{{count {group}}}"


def filled(document: Document, counts: Mapping[str, str], emergency: str) -> Document:
    """The document with its texts filled in. `counts` are what stands for a number, and the number."""
    data = {key: _filled(value, counts, emergency) for key, value in document.data.items()}
    return replace(document, data=data, body=_counted(document.body, counts))


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


def _counted(text: str, counts: Mapping[str, str]) -> str:
    for mark, number in counts.items():
        text = text.replace(mark, number)
    return text


def _filled(value: Any, counts: Mapping[str, str], emergency: str) -> Any:
    match value:
        case str():
            text = _counted(value, counts)
            return Linked.of(text, EMERGENCY, emergency) if EMERGENCY in text else text
        case dict():
            return {key: _filled(below, counts, emergency) for key, below in value.items()}
        case list():
            return [_filled(below, counts, emergency) for below in value]
    return value
