"""From where a camera sees a figure, in a word that a reader knows: from the front, from behind, from the feet."""

from __future__ import annotations

import numpy as np

from .camera import looking_at
from .figure import Stance
from .rotations import Array, unit

_HIGH = 60
"""Degrees above the horizon from which a picture is one from above, whatever the figure does."""
_PLAIN = 0.82
"""The cosine of how far a camera may be beside a direction that a word names: at 45 degrees none would be true."""
_UPRIGHT = 0.5
"""How much of a trunk's length points up at least while one stands, sits or leans."""


def seen_from(stance: Stance, around: float, above: float) -> str | None:
    """One of `drawing_facts.SEEN`; None from between two of them."""
    if above >= _HIGH:
        return "above"
    left, back, up = stance.axes_of("root").T
    towards = -looking_at(np.zeros(3), around, above, (1, 1)).axes[2]
    if up[2] > _UPRIGHT:  # then a lean changes nothing of where the front is
        left, back, towards = _level(left), _level(back), _level(towards)
        ends: dict[str, Array] = {}
    else:
        ends = {"head": up, "feet": -up}
    directions = {"front": -back, "behind": back, "side": left, "other side": -left, **ends}
    name = max(directions, key=lambda name: float(directions[name] @ towards))
    return name.removeprefix("other ") if directions[name] @ towards > _PLAIN else None


def _level(direction: Array) -> Array:
    return unit(direction * np.array([1.0, 1.0, 0.0]))
