"""What stands and lies around the figure: chair, stool, pillow, band, the hair's bun. The mat is part of the ground."""

from __future__ import annotations

import numpy as np

from .figure import SIDES
from .meshes import Solid, box, cushion, loop
from .pose_tables import Scene
from .posing import PARTS, Posed
from .rotations import about_z, unit

_CHAIR_AT = (-0.49, -0.17)
"""The middle of its back, meters: at the right hand of a figure that stands at the origin."""
_SEAT_FORWARD, _SEAT_HALF = 0.06, 0.02
"""Meters from the middle of the pelvis forward to the middle of a stool, and half of its seat's thickness."""
ABOVE_ANKLE, BAND_WIDTH, SHANK = 0.07, 0.045, 0.056
"""Meters from the ankle joint to the middle of the band, its width, and the radius of a shank there."""


def things(scene: Scene, posed: Posed, haircut: str) -> list[Solid]:
    """Everything that has a place in space, for a figure in its pose."""
    solids = [_bun(posed)] if haircut == "bun" else []
    if scene.pillow:
        solids.append(_pillow(posed))
    if scene.chair:
        solids += _chair()
    if scene.stool:
        solids += _stool(posed, scene.stool)
    if scene.band == "ankles":
        solids.append(_band(posed))
    return solids


def _bun(posed: Posed) -> Solid:
    stance = posed.stance
    turn = stance.turns[stance.figure.index["head"]]
    centre = turn @ np.array([0, 0.028, 1.008]) + stance.shifts[stance.figure.index["head"]]
    return cushion(centre, np.array([0.040, 0.040, 0.036]), "hair", edge=1, turn=turn)


def _pillow(posed: Posed) -> Solid:
    head = posed.vertices[posed.stance.figure.part(*PARTS["head"])].mean(0)
    return cushion(
        np.array([head[0] - 0.03, head[1] + 0.04, 0.055]), np.array([0.2, 0.15, 0.06]), "pillow", turn=about_z(3)
    )


def _chair() -> list[Solid]:
    x, y = _CHAIR_AT
    posts = [([x, y + aside, 0.47], [0.016, 0.016, 0.47]) for aside in (-0.19, 0.19)]
    legs = [([x - 0.40, y + aside, 0.22], [0.016, 0.016, 0.22]) for aside in (-0.19, 0.19)]
    # Rails end short of the posts: corners inside another box would be black in the shade.
    rest = [
        ([x - 0.2, y, 0.45], [0.225, 0.215, 0.018]),
        ([x, y, 0.9], [0.018, 0.22, 0.045]),
        ([x, y, 0.72], [0.008, 0.173, 0.03]),
    ]
    return [box(np.array(centre), np.array(half), "wood") for centre, half in [*posts, *legs, *rest]]


def _stool(posed: Posed, height: float) -> list[Solid]:
    x, y, _ = posed.stance.joint("root")
    y -= _SEAT_FORWARD
    seat = ([x, y, height - _SEAT_HALF], [0.2, 0.19, _SEAT_HALF])
    tall = (height - 2 * _SEAT_HALF) / 2 - 0.001  # they end short of the seat, as a chair's rails do of its posts
    legs = [([x + right, y + back, tall], [0.018, 0.018, tall]) for right in (-0.16, 0.16) for back in (-0.15, 0.15)]
    return [box(np.array(centre), np.array(half), "wood") for centre, half in [seat, *legs]]


def _band(posed: Posed) -> Solid:
    ends, along = [], []
    for side in SIDES.values():
        ankle, knee = posed.stance.joint(f"foot.{side}"), posed.stance.joint(f"lowerleg01.{side}")
        along.append(unit(knee - ankle))
        ends.append(ankle + along[-1] * ABOVE_ANKLE)
    return loop((ends[0], ends[1]), (along[0], along[1]), SHANK, BAND_WIDTH, "band")
