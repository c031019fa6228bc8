"""The word for the place from where a figure is seen, whatever it does."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest
from hipknee.pictures.drawing_facts import SEEN
from hipknee_drawing.figure import Stance
from hipknee_drawing.posing import BASES
from hipknee_drawing.rotations import about_x, about_z
from hipknee_drawing.sides import seen_from

STAND, SUPINE, SIDE = BASES["stand"], BASES["supine"], BASES["side-lying"]
CASES = {
    "standing, from its front": (STAND, 20, 10, "front"),
    "standing, from behind": (STAND, 172, 8, "behind"),
    "standing, from its left": (STAND, 98, 8, "side"),
    "standing, from its right": (STAND, -70, 8, "side"),
    "between two": (STAND, 45, 8, None),
    "far above": (STAND, 0, 80, "above"),
    "turned to its right": (about_z(-90) @ STAND, -90, 8, "front"),
    "leaning forward": (STAND @ about_x(55), 0, 8, "front"),
    "on its back, from the feet": (SUPINE, 90, 28, "feet"),
    "on its back, from the head": (SUPINE, -90, 20, "head"),
    "on its back, from beside": (SUPINE, 14, 8, "side"),
    "on its side, from its front": (SIDE, -14, 21, "front"),
    "on its side, from behind": (SIDE, 166, 28, "behind"),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_from_where(case: tuple[object, float, float, str | None]) -> None:
    axes, around, above, word = case
    stance = cast(Stance, SimpleNamespace(axes_of=lambda bone: axes))
    assert seen_from(stance, around, above) == word


def test_every_word_is_met() -> None:
    assert {word for *_, word in CASES.values()} == {None, *SEEN}
