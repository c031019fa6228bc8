"""Ready-made programmes: what is done in a phase, and the code that says the same.

The weeks of a phase are in no code: nothing moves a reader on but the rule that the page tells.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ..content.model import Phase, PlannedItem
from .code import ENGLISH, Item, Programme, write
from .repertoire import Member, Repertoire


class Choice(NamedTuple):
    """What stands in one place of a phase: one exercise, or several of which one is done."""

    planned: PlannedItem
    items: tuple[Item, ...]
    """The same dose of each; the first is what is done without a choice."""


def choices(phase: Phase, repertoire: Repertoire) -> tuple[Choice, ...]:
    """What is done in a phase, in its order. What this site does not have is left out."""
    every = (Choice(planned, (*_items(planned, repertoire),)) for planned in phase.items)
    return tuple(choice for choice in every if choice.items)


def value(phase: Phase, day: datetime.date, language: str, repertoire: Repertoire) -> Programme | None:
    """A phase as a programme: what may be left out is left out, and of a choice the first is there.

    `day` is that of the programme, `language` the site's, such as "en" or "pt-BR". None when nothing is left, or the
    language has no name of two letters.
    """
    items = [choice.items[0] for choice in choices(phase, repertoire) if not choice.planned.optional]
    name = language.partition("-")[0].upper()
    if not items or len(name) != 2:
        return None
    return Programme(day, tuple(items), None if name == ENGLISH else name)


def code(phase: Phase, day: datetime.date, language: str, repertoire: Repertoire) -> str | None:
    """The code of that; None where there is none. Raises ValueError for what has no code: a day before the first that
    can be written, or too much text."""
    programme = value(phase, day, language, repertoire)
    return None if programme is None else write(programme)


def shared_days(every: Iterable[Choice]) -> int | None:
    """On how many days of the week everything is done; None when that differs, or nobody says it."""
    days = {item.days for choice in every for item in choice.items}
    return days.pop() if len(days) == 1 else None


def figures(planned: PlannedItem, code: str, notes: Sequence[str]) -> Item:
    """The dose of an exercise as a programme has it."""
    return Item(
        code,
        planned.sets,
        planned.reps,
        planned.time,
        planned.hold,
        planned.rest,
        planned.days,
        side=planned.side,
        band=planned.band,
        notes=(*notes,),
    )


def _items(planned: PlannedItem, repertoire: Repertoire) -> Iterable[Item]:
    members: list[Member] = [repertoire.members[code] for code in planned.codes() if code in repertoire.members]
    return (figures(planned, member.code, planned.notes) for member in members)
