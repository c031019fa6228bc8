"""From a pose table to a body in the world: clinical angles, limbs that reach their goals, contact with the floor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from .figure import SIDES, Figure, Stance
from .pose_tables import Arm, Bend, Joint, Leg, Pose
from .rotations import Array, about, about_x, about_y, about_z, euler_xyz, frame, product, unit

BASES = {
    "stand": np.eye(3),
    "supine": about_z(90) @ about_x(-90),  # head towards -x, face up
    "side-lying": about_y(-90),  # on the right side: head towards -x, face towards -y, the left leg on top
}
_RELAXED, _FLAT, _HOLDING = 14.0, -11.0, 62.0
"""Degrees by which each joint of a finger is bent that rests, that lies flat, and that is closed around something: the
mesh's own are a little bent."""
_CLOSED = {"finger1-1": 22.0, "finger1-2": 10.0, "finger2-1": 5.0, "finger4-1": -5.0, "finger5-1": -11.0}
"""Degrees by which a finger is turned towards the middle one: the mesh spreads them."""

_FIRST_BONE = {
    "hip": "upperleg01",
    "knee": "lowerleg01",
    "ankle": "foot",
    "shoulder": "upperarm01",
    "elbow": "lowerarm01",
}
_SPINE = {"spine05": 0.15, "spine04": 0.25, "spine03": 0.25, "spine02": 0.2, "spine01": 0.15}
_NECK = {"neck01": 0.25, "neck02": 0.25, "neck03": 0.2, "head": 0.3}
"""How a bend is shared among the bones."""
_LIMBS = {"leg": ("upperleg01", "lowerleg01", "foot"), "arm": ("upperarm01", "lowerarm01", "wrist")}
_TRUNK = ("spine", "neck", "head", "clavicle", "shoulder", "root", "pelvis")
PARTS = {
    "all": ("",),
    "trunk": _TRUNK,
    "chest": ("spine01", "spine02", "clavicle", "shoulder"),
    "chest and pelvis": ("spine", "clavicle", "shoulder", "root", "pelvis"),
    "upper body": (*_TRUNK[:5], "upperarm", "lowerarm", "wrist", "metacarpal", "finger"),
    "head": ("neck", "head"),
}
_ANCHORS = {"pelvis": "root", "shoulders": "spine01"}
_SWEET_WRAPPER = (0.35, 0.75)
"""Shares of a forearm's twist for its two bones; else the wrist would collapse like the end of a sweet's wrapper."""
_HEAD_SINKS = 0.006
_STRETCH = 0.9995
"""A limb is never quite straight, or the direction of its joint would be lost."""


class UnreachableError(ValueError):
    """A hand or foot that is told to be farther away than the limb is long. `place` is where the table says so."""

    def __init__(self, message: str, place: tuple[str | int, ...]) -> None:
        super().__init__(message)
        self.place = place


@dataclass(frozen=True)
class Posed:
    """A figure in a pose on the floor: `vertices` (n, 3) in the world."""

    stance: Stance
    vertices: Array

    def angles(self, joint: str) -> Joint:
        """A joint's angles, read back from the bones: "left hip"."""
        side, _, name = joint.partition(" ")
        bone, s = f"{_FIRST_BONE[name]}.{SIDES[side]}", 1 if side == "left" else -1
        figure = self.stance.figure
        parent = "root" if name == "hip" else figure.bones[figure.parents[figure.index[bone]]]
        a, b, c = euler_xyz(self.stance.axes_of(parent).T @ self.stance.axes_of(bone))
        forward = 1 if name == "knee" else -1
        return Joint(flexion=forward * a, abduction=-s * b, rotation=(-s if name == "elbow" else s) * c)


def pose(figure: Figure, base: str, table: Pose) -> Posed:
    """Put the figure into the pose. Raises `UnreachableError` when a limb is too short for what is asked."""
    table = _head_down(figure, base, table) if table.neck.on_floor else table
    root, local = _root(base, table), _local(figure, table)
    free = figure.stance(root, local)
    shift = _on_the_ground(free, table)
    world: dict[str, Array] = {}
    for kind, limbs in (("leg", table.legs), ("arm", table.arms)):
        for side, limb in limbs.items():
            world |= _reach(free.moved(shift), kind, side, limb)
    stance = figure.stance(root, local, world).moved(shift)
    return Posed(stance, stance.skin())


def _root(base: str, table: Pose) -> Array:
    turned = BASES[base]
    for turn, degrees in zip((about_x, about_y, about_z), table.pelvis.world, strict=True):
        turned = turn(degrees) @ turned
    return turned @ product([turn(d) for turn, d in zip((about_x, about_y, about_z), table.pelvis.body, strict=True)])


def _local(figure: Figure, table: Pose) -> dict[str, Array]:
    """Every bone's rotation in the axes of its parent."""
    local = {name: _joint(name, angles) for name, angles in table.joints.items()}
    turned = {f"{_FIRST_BONE[name.split()[1]]}.{SIDES[name.split()[0]]}": turn for name, turn in local.items()}
    turned |= {bone: _bent(table.spine, share) for bone, share in _SPINE.items()} | _nodding(table.neck)
    bends: dict[str, float] = {
        name: _FLAT if arm.flat else _HOLDING if arm.holds else _RELAXED for name, arm in table.arms.items()
    }
    for name, side in SIDES.items():
        bent = bends.get(name, _RELAXED) * (1 if side == "L" else -1)
        for finger in (2, 3, 4, 5):
            for joint, share in ((1, 0.8), (2, 1.0), (3, 1.0)):
                turned[f"finger{finger}-{joint}.{side}"] = about([0, 1, 0], share * bent)
        for bone, degrees in _CLOSED.items():
            turned[f"{bone}.{side}"] = about_x(degrees) @ turned.get(f"{bone}.{side}", np.eye(3))
    return turned


def _joint(name: str, angles: Joint) -> Array:
    """The matrix of a joint: flexion outermost, rotation about the bone itself innermost."""
    side, _, joint = name.partition(" ")
    s, forward = (1 if side == "left" else -1), (1 if joint == "knee" else -1)
    inward = -1 if joint == "elbow" else 1
    return about_x(forward * angles.flexion) @ about_y(-s * angles.abduction) @ about_z(inward * s * angles.rotation)


def _bent(bend: Bend, share: float) -> Array:
    return about_x(bend.flexion * share) @ about_y(bend.side_bend * share) @ about_z(bend.rotation * share)


def _nodding(neck: Bend) -> dict[str, Array]:
    """The same of the neck's bones and the head."""
    turned = {bone: _bent(neck, share) for bone, share in _NECK.items()}
    return turned | {"head": turned["head"] @ about_x(neck.nod)}


def _on_the_ground(stance: Stance, table: Pose) -> Array:
    """By how much (3,) the figure is moved so that it lies or stands where it should."""
    ground = table.ground
    anchor = stance.joint(_ANCHORS[ground.anchor])
    if ground.pelvis_height is not None:
        height = ground.pelvis_height - stance.joint("root")[2]
    else:
        height = -stance.lowest(*PARTS[ground.on or "all"]) - ground.sink + ground.height
    return np.array([ground.at[0] - anchor[0], ground.at[1] - anchor[1], height])


def _head_down(figure: Figure, base: str, table: Pose) -> Pose:
    """The pose with the neck bent until the head lies on the floor: found by halving."""
    root, local, low, high = _root(base, table), _local(figure, table), -40.0, 60.0
    for _ in range(12):
        middle = (low + high) / 2
        neck = Bend(flexion=middle, nod=table.neck.nod)
        stance = figure.stance(root, local | _nodding(neck))
        lowest = stance.lowest(*PARTS["head"]) + _on_the_ground(stance, table)[2] - table.ground.height
        low, high = (low, middle) if lowest > -_HEAD_SINKS else (middle, high)
    return table.model_copy(update={"neck": neck})


def _reach(stance: Stance, kind: str, side: str, limb: Leg | Arm) -> Mapping[str, Array]:
    """The world axes of a limb's bones whose end is at its goal: two bones and a hinge, by the law of cosines."""
    figure, letter = stance.figure, SIDES[side]
    first, second, end = (f"{bone}.{letter}" for bone in _LIMBS[kind])
    goal, towards = (limb.ankle, limb.knee_towards) if isinstance(limb, Leg) else (limb.wrist, limb.elbow_towards)
    upper, lower = figure.length(first, second), figure.length(second, end)
    start = stance.joint(first)
    way = np.asarray(goal, float) - start
    distance = float(np.linalg.norm(way))
    if distance > upper + lower + 0.02:
        short = 100 * (distance - upper - lower)
        raise UnreachableError(f"the {side} {kind} is {short:.0f} cm too short for its goal", (f"{kind}s", side))
    way, distance = way / distance, min(distance, (upper + lower) * _STRETCH)
    cosine = np.clip((upper**2 + distance**2 - lower**2) / (2 * upper * distance), -1, 1)
    bend = np.asarray(towards, float)
    bend = unit(bend - way * (bend @ way))
    middle = start + upper * (cosine * way + np.sqrt(1 - cosine**2) * bend)
    thigh, shank = unit(middle - start), unit(start + distance * way - middle)
    hinge = np.cross(bend, way) if kind == "leg" else np.cross(shank, thigh)
    if np.linalg.norm(hinge) < 0.02:  # a straight arm
        hinge = np.cross(way, bend)
    axes = {first: frame(-thigh, hinge), second: frame(-shank, hinge)}
    if isinstance(limb, Arm):
        hand = _hand(limb, letter)
        between = axes[second].T @ hand
        twist = np.degrees(np.arctan2(between[1, 0] - between[0, 1], between[0, 0] + between[1, 1]))
        forearm = axes[second]
        axes[second] = forearm @ about_z(twist * _SWEET_WRAPPER[0])
        axes |= {f"lowerarm02.{letter}": forearm @ about_z(twist * _SWEET_WRAPPER[1]), end: hand}
    elif limb.sole == "flat":
        axes[end] = about_z(limb.turn)
    elif limb.toes and limb.shin:
        back = -unit(limb.toes)
        up = np.asarray(limb.shin, float)
        up = unit(up - back * (up @ back))
        axes[end] = np.stack([np.cross(back, up), back, up], 1)
    return axes


def _hand(arm: Arm, letter: str) -> Array:
    up = -unit(arm.fingers)
    left = np.asarray(arm.palm, float) * (-1 if letter == "L" else 1)
    left = unit(left - up * (left @ up))
    return np.stack([left, np.cross(up, left), up], 1)


def pose_at(figure: Figure, base: str, table: Pose, *place: str | int) -> Posed:
    """The same, of a pose that stands at `place` in a file, which the error then says too."""
    try:
        return pose(figure, base, table)
    except UnreachableError as error:
        raise UnreachableError(str(error), (*place, *error.place)) from None


def between(figure: Figure, base: str, start: Pose, finish: Pose, share: float) -> Posed:
    """The pose on the way from start to finish: every number a `share` of the way, 0 to 1.

    A leg that has a goal at the start and angles at the end goes by its angles all the way.
    """
    freed = [side for side in start.legs if side not in finish.legs]
    if freed:
        stance = pose(figure, base, start)
        names = [f"{side} {joint}" for side in freed for joint in ("hip", "knee", "ankle")]
        legs = {side: leg for side, leg in start.legs.items() if side not in freed}
        read = {name: stance.angles(name) for name in names}
        start = start.model_copy(update={"legs": legs, "joints": {**start.joints, **read}})
        finish = finish.model_copy(update={"joints": {**dict.fromkeys(read, Joint()), **finish.joints}})
    mixed = _mixed(start.model_dump(), finish.model_dump(), share)
    return pose(figure, base, Pose.model_validate(mixed))


def _mixed(first: object, second: object, share: float) -> object:
    match first, second:
        case (dict(), dict()):
            return {key: _mixed(first.get(key, value), value, share) for key, value in second.items()}
        case (list() | tuple(), list() | tuple()):
            return [_mixed(a, b, share) for a, b in zip(first, second, strict=True)]
        case (int() | float(), int() | float()) if not isinstance(first, bool):
            return first + (second - first) * share
    return second
