"""What a programme may ask for of an exercise: no more than its ceilings, and nothing that it does not have.

The ceilings keep out slips and nonsense; they are no advice. One set, one repetition and one day are never too much.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..content.model import Side
from .code import Item
from .repertoire import Member

FIELDS = {
    "sets": "sets",
    "reps": "reps",
    "time": "time",
    "hold": "hold",
    "rest": "rest",
    "days": "days_per_week",
    "times": "times_per_day",
}
"""The field of a dose that a part of a code is about."""


class Beyond(NamedTuple):
    """What is beyond the bounds: `part` is a name of `Parts.places`, `most` its ceiling if it has one."""

    part: str
    value: int | str
    most: int | None = None


def beyond(item: Item, member: Member) -> Iterator[Beyond]:
    """What a programme may not ask for, in the order of its text."""
    for part, name in FIELDS.items():
        value = getattr(item, part)
        high = value[1] if isinstance(value, tuple) else value
        if high is None:
            continue
        if high > member.most[name]:
            yield Beyond(part, high, member.most[name])
        elif part == "hold" and item.time is not None:
            yield Beyond(part, high)
    if item.side and member.side is not Side.EACH:
        yield Beyond("side", item.side)
    if item.band is not None and not member.has_band:
        yield Beyond("band", item.band)
