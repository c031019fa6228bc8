"""What several exercises ask to take care with, together: who it is for, once, and then for which exercises."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from .presented import Presented


class Caution(NamedTuple):
    """One caution, and the exercises that have it, in their order."""

    text: str
    exercises: list[Presented]


def grouped(exercises: Iterable[Presented], condition: str | None = None) -> list[Caution]:
    """Their cautions: those of one condition, or all. Those for the same people stand beside each other."""
    people: dict[str, dict[str, list[Presented]]] = {}
    for exercise in exercises:
        for facts, caution in zip(exercise.facts.cautions, exercise.cautions, strict=True):
            if condition is None or caution.condition == condition:
                people.setdefault(facts.who, {}).setdefault(caution.text, []).append(exercise)
    return [Caution(text, having) for texts in people.values() for text, having in texts.items()]
