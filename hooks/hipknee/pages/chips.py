"""Chips: what the cards of a long list can be chosen by, in the words of who lies down, stands up, or has no band."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..content.data_files import Posture, Vocabulary
from ..content.faces import Face
from ..content.model import Level
from ..wording import Say


class Chip(NamedTuple):
    """One button. A card fits when its facts of one kind have any of some ids, or none of others."""

    label: str
    facet: str
    """The kind of facts: a field of an exercise."""
    any_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()
    """Only one of the two is given."""

    def fits(self, face: Face) -> bool:
        """Whether the card of this exercise is among those that it asks for."""
        facts: dict[str, Sequence[str | None]] = {
            "level": [face.level],
            "position": [face.position],
            "equipment": face.equipment or [],
        }
        ids = {*facts[self.facet]}
        return bool(ids & {*self.any_of}) if self.any_of else not ids & {*self.none_of}


def chips(faces: Sequence[Face], vocabulary: Vocabulary, say: Say) -> list[Chip]:
    """Those of a list: lying, standing, sitting, no band, gentle. What all fit, or none, is nothing to choose by."""
    every = [
        Chip(
            say(f"chip_{posture}"),
            "position",
            any_of=tuple(id_ for id_, position in vocabulary.positions.items() if position.posture is posture),
        )
        for posture in Posture
    ]
    bands = tuple(id_ for id_, thing in vocabulary.equipment.items() if thing.is_band)
    every.append(Chip(say("chip_no_band"), "equipment", none_of=bands))
    every.append(Chip(say("level_gentle"), "level", any_of=(Level.GENTLE,)))
    return [chip for chip in every if 0 < sum(map(chip.fits, faces)) < len(faces)]
