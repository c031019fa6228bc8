"""What stands and lies around the figure: chair, wall, counter, stool, pillow, band, the hair's bun. The mat is part of
the ground."""

from __future__ import annotations

from functools import cache

import numpy as np

from .figure import SIDES
from .meshes import Solid, alike, box, cushion, loop
from .palette import Look
from .pose_tables import Scene
from .posing import PARTS, Posed
from .rotations import about_x, about_z, unit

_CHAIR_AT = (-0.69, -0.17)
"""The middle of its seat, meters: its back is at the right hand of a figure that stands at the origin."""
_TO_BACK, _SEAT_BACK, _POST = 0.2, 0.225, 0.016
"""Meters from the middle of a chair's seat to the middle of its back and to its hindmost edge, and half of a post's
thickness."""
_WALL = (4.2, 2.6, 0.03)
"""Half of the length, the height and half of the thickness of the wall, meters: it goes out of the picture."""
_NEAR = 1.8
"""The power of their distance by which the triangles of a wall are the smaller, the nearer to the chair and floor."""
BACKDROP = ("wall", "skirting")
"""The colours of what goes out of the picture, so that no frame has to hold it."""
_SKIRTING, _SKIRTING_OUT = 0.1, 0.014
_FINE, _WALL_FINE = 0.13, 0.06
"""Meters: the longest edge of a triangle of what is large, and of a wall, on which a chair's whole shadow falls."""
COUNTER_TOP, COUNTER_EDGE = 0.92, -0.24
"""Meters: how high the worktop is, and the x of its edge beside the figure."""
_COUNTER_Y, _COUNTER_DEEP, _WORKTOP = (-0.66, 0.40), 0.5, 0.036
_BEFORE_Y, _BEFORE_X = -0.3, (-0.56, 0.82)
"""Meters, of a counter before the figure: the y of its edge, and its ends. There is room for a step to the left."""
_DOOR = 0.5
"""Meters: about how wide one is."""
_TOE_SPACE = (0.1, 0.07)
"""Height and depth of the recess below the doors, meters."""
_TABLE = (0.98, 0.34, 0.035)
"""Half of the length, width and thickness of a treatment table's top, meters."""
_CANE, _CANE_TIP, _BELOW_PALM = 0.012, 0.04, 0.036
"""Meters: half of a cane's thickness, the height of its rubber tip, and from a hand's bones down to the handle."""
_BACK_OF_KNEE = 0.045
"""Meters from a knee's middle to the skin behind it."""
_SEAT_FORWARD, _SEAT_HALF = 0.06, 0.02
"""Meters from the middle of the pelvis forward to the middle of a stool, and half of its seat's thickness."""
_THIGH, _CLAD_THIGH = np.array([-0.009, -0.012, 0.085]), 0.079
"""Meters: in the axes of the left thigh, from the knee joint to the middle of the flesh where a band above the knees
is; the thigh's radius there in leggings."""
ABOVE_ANKLE, BAND_WIDTH, SHANK, CLAD_SHANK = 0.07, 0.045, 0.056, 0.064
"""Meters from the ankle joint to the middle of the band, its width, and the radius of a shank there, bare and in
leggings."""


def things(scene: Scene, posed: Posed, look: Look) -> list[Solid]:
    """Everything that has a place in space, for a figure in its pose."""
    solids = [_bun(posed)] if look.haircut == "bun" else []
    if scene.pillow:
        solids.append(_pillow(posed, scene.treatment_table or 0))
    if scene.chair:
        solids += _chair(scene)
    if scene.wall:
        solids += _wall(scene)
    if scene.counter == "front":
        solids += _counter_before()
    elif scene.counter:
        solids += _counter()
    if scene.treatment_table:
        solids += _treatment_table(posed, scene.treatment_table)
    if scene.roll:
        solids.append(_roll(posed, scene.treatment_table or 0))
    if scene.cane:
        solids += _cane(posed, SIDES[scene.cane])
    if scene.stool:
        solids += _stool(posed, scene.stool)
    if scene.band == "ankles":
        solids.append(_band(posed, CLAD_SHANK if look.legs == "leggings" else SHANK, scene.band_loose))
    elif scene.band == "knees":
        solids.append(_band_above_knees(posed))
    return solids


def _bun(posed: Posed) -> Solid:
    stance = posed.stance
    turn = stance.turns[stance.figure.index["head"]]
    centre = turn @ np.array([0, 0.028, 1.008]) + stance.shifts[stance.figure.index["head"]]
    return cushion(centre, np.array([0.040, 0.040, 0.036]), "hair", edge=1, turn=turn)


def _pillow(posed: Posed, below: float) -> Solid:
    head = posed.vertices[posed.stance.figure.part(*PARTS["head"])].mean(0)
    return cushion(
        np.array([head[0] - 0.03, head[1] + 0.04, below + 0.055]),
        np.array([0.2, 0.15, 0.06]),
        "pillow",
        turn=about_z(3),
    )


def _chair(scene: Scene) -> list[Solid]:
    posts = [([_TO_BACK, aside, 0.47], [_POST, _POST, 0.47]) for aside in (-0.19, 0.19)]
    legs = [([-_TO_BACK, aside, 0.22], [_POST, _POST, 0.22]) for aside in (-0.19, 0.19)]
    # Rails end short of the posts: corners inside another box would be black in the shade.
    rest = [
        ([0, 0, 0.45], [_SEAT_BACK, 0.215, 0.018]),
        ([_TO_BACK, 0, 0.9], [0.018, 0.22, 0.045]),
        ([_TO_BACK, 0, 0.72], [0.008, 0.173, 0.03]),
    ]
    return [_beside(scene, box(np.array(at), np.array(half), "wood")) for at, half in [*posts, *legs, *rest]]


def _wall(scene: Scene) -> list[Solid]:
    """It stands on its skirting board, close to the chair, and goes out of the picture."""
    length, height, thick = _WALL
    board = _SEAT_BACK + 0.005  # its front; that of the wall is a little behind
    front, low = board + _SKIRTING_OUT, _SKIRTING + 0.001
    wall = box(np.array([front + thick, 0, (low + height) / 2]), np.array([thick, 1, (height - low) / 2]), "wall")
    deep = thick + _SKIRTING_OUT / 2
    base = box(np.array([board + deep, 0, _SKIRTING / 2]), np.array([deep, 1, _SKIRTING / 2]), "skirting")
    return [_beside(scene, _lengthened(_finely(_face(solid), _WALL_FINE), length)) for solid in (wall, base)]


def _face(solid: Solid) -> Solid:
    """Only what looks into the room, and the top: nobody sees the rest, and shade takes its time."""
    x, _, z = solid.vertices[solid.triangles].transpose(2, 0, 1)
    seen = (x == solid.vertices[:, 0].min()).all(1) | (z == solid.vertices[:, 2].max()).all(1)
    return solid._replace(triangles=solid.triangles[seen])


def _lengthened(solid: Solid, length: float) -> Solid:
    """As long as that from 1, its triangles the smaller, the nearer they are to the chair and the floor."""
    x, y, z = solid.vertices.T
    low, high = z.min(), z.max()
    z = low + (high - low) * ((z - low) / (high - low)) ** _NEAR
    return solid._replace(vertices=np.stack([x, length * np.sign(y) * abs(y) ** _NEAR, z], 1))


def _finely(solid: Solid, fine: float = _FINE) -> Solid:
    """The same in small triangles: shade is told at their corners, and large ones would have none of a chair's."""
    corners = solid.vertices[solid.triangles]
    while np.linalg.norm(corners - np.roll(corners, 1, 1), axis=2).max() > fine:
        a, b, c = corners.transpose(1, 0, 2)
        ab, bc, ca = (a + b) / 2, (b + c) / 2, (c + a) / 2
        parts = ((a, ab, ca), (ab, b, bc), (ca, bc, c), (ab, bc, ca))
        corners = np.concatenate([np.stack(part, 1) for part in parts])
    outward = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    outward /= np.linalg.norm(outward, axis=1, keepdims=True)
    places = np.c_[corners.reshape(-1, 3), np.repeat(outward, 3, 0)]  # of one place on an edge, one for each side
    first, which = alike(places.round(5))
    return solid._replace(vertices=places[first, :3], triangles=which.reshape(-1, 3))


def _beside(scene: Scene, solid: Solid) -> Solid:
    """A part of a chair that faces -x with its seat at the origin, or of what is behind it, where the scene has it."""
    x, y = scene.chair_at or _CHAIR_AT
    return solid._replace(vertices=solid.vertices @ about_z(scene.chair_faces + 90).T + np.array([x, y, 0]))


def _counter_before() -> list[Solid]:
    """One that runs along x in front of the figure: that at the right hand, turned by a quarter."""
    quarter, to = about_z(90), np.array([0, _BEFORE_Y - COUNTER_EDGE, 0])
    ends = (-_BEFORE_X[1], -_BEFORE_X[0])
    return [solid._replace(vertices=solid.vertices @ quarter.T + to) for solid in _counter(ends)]


@cache
def _counter(ends: tuple[float, float] = _COUNTER_Y) -> list[Solid]:
    """From one y to another, with doors, a drawer above each, and room for the toes."""
    low, high = ends
    middle, half = (low + high) / 2, (high - low) / 2
    doors = round((high - low) / _DOOR)
    face = COUNTER_EDGE - 0.025
    height, deep = _TOE_SPACE
    under = COUNTER_TOP - _WORKTOP
    back = COUNTER_EDGE - _COUNTER_DEEP
    boxes: list[tuple[list[float], list[float], str]] = [
        (
            [(COUNTER_EDGE + back) / 2, middle, COUNTER_TOP - _WORKTOP / 2],
            [_COUNTER_DEEP / 2, half, _WORKTOP / 2],
            "worktop",
        ),
        (
            [(face + back) / 2, middle, (under + height) / 2],
            [(face - back) / 2, half - 0.015, (under - height) / 2 - 0.001],
            "cupboard",
        ),
        (
            [(face - deep + back) / 2, middle, height / 2 - 0.001],
            [(face - deep - back) / 2, half - 0.03, height / 2 - 0.001],
            "plinth",
        ),
    ]
    drawer = under - 0.19
    for number in range(doors):
        at = low + (number + 0.5) * (high - low) / doors
        for bottom, top, grip in (
            (height + 0.012, drawer - 0.008, drawer - 0.07),
            (drawer + 0.004, under - 0.016, under - 0.09),
        ):
            boxes.append(([face, at, (bottom + top) / 2], [0.012, half / doors - 0.02, (top - bottom) / 2], "cupboard"))
            boxes.append(([face + 0.022, at, grip], [0.008, 0.07, 0.007], "handle"))
    solids = [box(np.array(at), np.array(half), colour) for at, half, colour in boxes]
    return [solid if solid.colour == "handle" else _finely(solid) for solid in solids]


def _treatment_table(posed: Posed, height: float) -> list[Solid]:
    """A padded top that a figure on its back has room on, on a frame with four legs."""
    length, width, padding = _TABLE
    skin = posed.vertices[posed.stance.figure.is_body]
    x, y = (skin[:, 0].min() + skin[:, 0].max()) / 2, posed.stance.joint("root")[1]
    top = cushion(np.array([x, y, height - padding]), np.array([length, width, padding]), "padding", edge=0.12)
    frame = ([x, y, height - 2 * padding - 0.025], [length - 0.06, width - 0.05, 0.022])
    tall = (height - 2 * padding - 0.05) / 2
    legs = [
        ([x + along * (length - 0.12), y + aside * (width - 0.1), tall], [0.025, 0.025, tall])
        for along in (-1, 1)
        for aside in (-1, 1)
    ]
    return [top, *(_finely(box(np.array(at), np.array(half), "handle")) for at, half in [frame, *legs])]


def _roll(posed: Posed, below: float) -> Solid:
    """It fills the room between the knees and what the figure lies on."""
    knees = np.mean([posed.stance.joint(f"lowerleg01.{side}") for side in SIDES.values()], 0)
    thick = (knees[2] - _BACK_OF_KNEE - below) / 2
    half, lying = np.array([0.065, thick, 0.26]), about_x(90)
    return cushion(np.array([knees[0], knees[1], below + thick]), half, "pillow", edge=0.7, turn=lying)


def _cane(posed: Posed, side: str) -> list[Solid]:
    """Its handle lies below the palm, within the bent fingers; it stands upright on a rubber tip."""
    joints = [posed.stance.joint(f"{bone}.{side}") for bone in ("wrist", "finger3-1")]
    x, y, top = 0.25 * joints[0] + 0.75 * joints[1] - np.array([0, 0, _BELOW_PALM])
    tall = (top - _CANE_TIP) / 2
    shaft = cushion(np.array([x, y, _CANE_TIP + tall]), np.array([_CANE, _CANE, tall]), "wood", edge=0.12)
    handle = cushion(np.array([x, y, top]), np.array([_CANE + 0.003, 0.065, _CANE + 0.002]), "wood", edge=0.5)
    tip = cushion(np.array([x, y, _CANE_TIP / 2]), np.array([_CANE + 0.008, _CANE + 0.008, _CANE_TIP / 2]), "hair", 0.4)
    return [shaft, handle, tip]


def _stool(posed: Posed, height: float) -> list[Solid]:
    x, y, _ = posed.stance.joint("root")
    y -= _SEAT_FORWARD
    seat = ([x, y, height - _SEAT_HALF], [0.2, 0.19, _SEAT_HALF])
    tall = (height - 2 * _SEAT_HALF) / 2 - 0.001  # they end short of the seat, as a chair's rails do of its posts
    legs = [([x + right, y + back, tall], [0.018, 0.018, tall]) for right in (-0.16, 0.16) for back in (-0.15, 0.15)]
    return [box(np.array(centre), np.array(half), "wood") for centre, half in [seat, *legs]]


def _band(posed: Posed, shank: float, loose_below: float | None) -> Solid:
    ends, along = [], []
    for side in SIDES.values():
        ankle, knee = posed.stance.joint(f"foot.{side}"), posed.stance.joint(f"lowerleg01.{side}")
        along.append(unit(knee - ankle))
        ends.append(ankle + along[-1] * ABOVE_ANKLE)
    apart = float(np.linalg.norm(ends[1] - ends[0]))
    loose = 0.5 * np.sqrt(max((loose_below or 0) ** 2 - apart**2, 0.0))  # as if its halves were straight
    return loop((ends[0], ends[1]), (along[0], along[1]), shank, BAND_WIDTH, "band", loose=loose)


def _band_above_knees(posed: Posed) -> Solid:
    ends, along = [], []
    for side in SIDES.values():
        axes = posed.stance.axes_of(f"upperleg01.{side}")
        mirror = np.array([1 if side == "L" else -1, 1, 1])
        ends.append(posed.stance.joint(f"lowerleg01.{side}") + axes @ (_THIGH * mirror))
        along.append(axes[:, 2])
    return loop((ends[0], ends[1]), (along[0], along[1]), _CLAD_THIGH, BAND_WIDTH, "band")
