"""Chips: which of them a list of exercises has, and which cards each asks for."""

from __future__ import annotations

from typing import Any

import pytest
from hipknee.content.data_files import Vocabulary
from hipknee.content.faces import Face
from hipknee.pages.chips import chips
from hipknee.wording import Say

VOCABULARY = Vocabulary.model_validate(
    {
        "muscles": {},
        "movements": {},
        "positions": {
            "on-back": {"name": "On your back", "reps": "reps", "posture": "lying"},
            "on-side": {"name": "On your side", "reps": "reps", "posture": "lying"},
            "seated": {"name": "Seated", "reps": "reps", "posture": "sitting"},
            "walking": {"name": "Walking", "reps": "steps", "posture": "standing"},
            "all-fours": {"name": "On hands and knees", "reps": "reps"},
        },
        "equipment": {
            "mat": {"name": "Mat"},
            "band": {"name": "Band", "places": {"knees": {"name": "knees", "words": ["knee"]}}},
        },
    }
)


def face(position: str, level: str | None = None, *equipment: str) -> Face:
    return Face(position=position, level=level, equipment=[*equipment])


EVERY = [
    face("on-back", "gentle", "mat"),
    face("on-side", "medium", "mat", "band"),
    face("seated", "gentle"),
    face("walking", "hard", "band"),
    face("all-fours", None, "mat"),
]
ASKED = {
    "chip_lying": [0, 1],
    "chip_standing": [3],
    "chip_sitting": [2],
    "chip_no_band": [0, 2, 4],
    "level_gentle": [0, 2],
}
"""The label of each chip, and the places in EVERY of the exercises that fit."""


def labels(*faces: Face, vocabulary: Vocabulary = VOCABULARY) -> list[str]:
    return [chip.label for chip in chips(faces, vocabulary, Say({}))]


@pytest.mark.parametrize("label", ASKED)
def test_what_a_chip_asks_for(label: str) -> None:
    (chip,) = [chip for chip in chips(EVERY, VOCABULARY, Say({})) if chip.label == label]
    assert [place for place, one in enumerate(EVERY) if chip.fits(one)] == ASKED[label]
    assert bool(chip.any_of) is not bool(chip.none_of)


LISTS: dict[str, tuple[list[Face], list[str]]] = {
    "all of them": (EVERY, [*ASKED]),
    "nothing": ([], []),
    "what all have": ([face("on-back", "gentle"), face("on-side", "gentle")], []),
    "what none has": ([face("all-fours", "hard", "band"), face("all-fours", "medium", "band")], []),
    "one of two": ([face("on-back", "hard"), face("all-fours", "gentle")], ["chip_lying", "level_gentle"]),
}


@pytest.mark.parametrize("name", LISTS)
def test_what_a_list_can_be_chosen_by(name: str) -> None:
    faces, expected = LISTS[name]
    assert labels(*faces) == expected


def test_a_vocabulary_without_postures_or_bands() -> None:
    plain: dict[str, Any] = VOCABULARY.model_dump()
    for position in plain["positions"].values():
        position["posture"] = None
    plain["equipment"].pop("band")
    assert labels(*EVERY, vocabulary=Vocabulary.model_validate(plain)) == ["level_gentle"]
