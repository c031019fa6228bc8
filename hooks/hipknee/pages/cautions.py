"""What several exercises ask to take care with, together: by whom it concerns, the same words once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from .presented import Presented


class Care(NamedTuple):
    """Whom to mind: how, and with which exercises."""

    who: str
    what: tuple[tuple[str, tuple[Presented, ...]], ...]
    """Each text once, with the exercises that it concerns, in their order."""


def cares(exercises: Iterable[Presented], condition: str | None = None) -> tuple[Care, ...]:
    """The cautions of exercises: those of one condition, or all."""
    people: dict[str, dict[str, list[Presented]]] = {}
    for exercise in exercises:
        for caution in exercise.facts.cautions:
            if condition is None or caution.condition == condition:
                people.setdefault(caution.who, {}).setdefault(caution.do, []).append(exercise)
    return tuple(Care(who, tuple((do, tuple(those)) for do, those in what.items())) for who, what in people.items())
