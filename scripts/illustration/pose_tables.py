"""What an editor writes to have an exercise drawn: one YAML file of images/poses/ for each.

Angles are degrees, as a physical therapist gives them: 0 is straight standing; flexion, abduction and outward rotation
are positive. Places are metres in the world: z up from the floor, head of a lying figure towards -x.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

from hipknee.front_matter import Document, read_data
from hipknee.model import Fields, Slug
from hipknee.problems import Problem
from hipknee.validation import validate
from pydantic import Field, model_validator

Number = Annotated[float, Field(allow_inf_nan=False)]
Degrees = Annotated[float, Field(allow_inf_nan=False, ge=-180, le=180)]
Point = tuple[Number, Number, Number]
Side = Literal["left", "right"]
Band = Literal["ankles"]
Part = Literal["all", "trunk", "chest", "chest and pelvis", "upper body", "head"]


class Joint(Fields):
    """How far a joint is moved, in degrees from straight standing."""

    flexion: Degrees = 0
    """Bent; of an ankle: toes towards the shin. Negative: stretched back."""
    abduction: Degrees = 0
    """Away from the middle. Of an ankle: sole turned out."""
    rotation: Degrees = 0
    """Turned out. Of an elbow: palm turned back."""


class Bend(Fields):
    """How the spine or the neck is bent, in degrees from its beginning to its end."""

    flexion: Degrees = 0
    """Forward."""
    side_bend: Degrees = 0
    """To the figure's left."""
    rotation: Degrees = 0
    """To the figure's left."""
    nod: Degrees = 0
    """Of the neck: the chin towards the chest, in the uppermost joint alone."""
    on_floor: bool = False
    """Of the neck: bent until the head lies on the floor."""


class Pelvis(Fields):
    """How the pelvis is turned from its base, in degrees about x, y and z."""

    world: Point = (0, 0, 0)
    """About the axes of the world."""
    body: Point = (0, 0, 0)
    """About the figure's own. The first, positive: the trunk leans forward."""


class Leg(Fields):
    """A leg whose foot has to be somewhere: the hip and knee follow."""

    ankle: Point
    """Where the ankle joint is. Of a foot that stands: 0.085 above the floor."""
    knee_towards: Point
    """The direction in which the knee points."""
    sole: Literal["flat"] | None = None
    """`flat` for a foot that stands; else `toes` and `shin`, or as the leg has it."""
    turn: Degrees = 0
    """Of a flat foot: how far its toes are turned about the vertical, to the figure's left."""
    toes: Point | None = None
    """The direction in which the toes point."""
    shin: Point | None = None
    """The direction from the sole up the shin."""


class Arm(Fields):
    """An arm whose hand has to be somewhere."""

    wrist: Point
    """Where the wrist joint is. Of a palm on the floor: about 0.05 above it."""
    elbow_towards: Point
    fingers: Point
    """The direction in which the fingers point."""
    palm: Point
    """The direction in which the palm looks."""


class Ground(Fields):
    """What holds the figure up."""

    on: Part | None = None
    """The part that lies on the floor; its lowest point is put there."""
    sink: Annotated[float, Field(ge=0, le=0.05)] = 0
    """Metres below the floor: soft tissue that the mat flattens."""
    pelvis_height: Number | None = None
    """Of a standing figure: the height of the middle of the pelvis, about 0.97."""
    anchor: Literal["pelvis", "shoulders"] = "pelvis"
    """What stays in its place when the rest moves."""
    at: tuple[Number, Number] = (0, 0)
    """Where that is."""

    @model_validator(mode="after")
    def _either(self) -> Ground:
        if (self.on is None) is (self.pelvis_height is None):
            raise ValueError(
                "must say 'on' (what lies on the floor) or 'pelvis_height' (how high a standing pelvis is)"
            )
        return self


JOINTS = tuple(
    f"{side} {joint}" for side in ("left", "right") for joint in ("hip", "knee", "ankle", "shoulder", "elbow")
)
JointName = Literal[
    "left hip", "left knee", "left ankle", "left shoulder", "left elbow",
    "right hip", "right knee", "right ankle", "right shoulder", "right elbow",
]  # fmt: skip


class Pose(Fields):
    """One moment of an exercise."""

    pelvis: Pelvis = Pelvis()
    spine: Bend = Bend()
    neck: Bend = Bend()
    joints: dict[JointName, Joint] = {}
    """Joints that are set by their angles. Those of a limb under `legs` or `arms` follow from there."""
    legs: dict[Side, Leg] = {}
    arms: dict[Side, Arm] = {}
    ground: Ground


class Measured(Fields):
    """The joint angle that the exercise is about, and how far the words on its page let it go."""

    joint: JointName
    motion: Literal["flexion", "abduction", "rotation"]
    start: tuple[Degrees, Degrees]
    finish: tuple[Degrees, Degrees]
    words: Annotated[str, Field(min_length=1)]
    """What the page says of it."""


class View(Fields):
    """From where it is seen."""

    around: Degrees
    """Degrees around the figure: 0 is its front when it stands, 90 its left."""
    above: Annotated[float, Field(ge=-10, le=80)] = 8
    """Degrees above the horizon."""
    shape: tuple[Annotated[int, Field(ge=100)], Annotated[int, Field(ge=100)]]
    """Width and height of the picture in pixels."""


class Scene(Fields):
    """What is there besides the figure."""

    mat: tuple[Number, Number, Number, Number] | None = None
    """Its edges: least and greatest x, least and greatest y."""
    pillow: bool = False
    """Under the head."""
    chair: bool = False
    """At the figure's right hand."""
    stool: Annotated[float, Field(ge=0.3, le=0.7)] | None = None
    """Below the pelvis: how high its seat is. A pelvis that sits is about 0.1 above it."""
    band: Band | None = None


class Muscle(Fields):
    """A muscle that is shown: one of the page's target muscles."""

    side: Side
    name: Literal["gluteus-medius", "gluteus-maximus", "hip-flexors", "quadriceps"]
    """One that `muscles.py` has an outline of."""


class Arrow(Fields):
    """An arrow that shows the way a joint goes from start to finish."""

    follows: Literal["left ankle", "left knee", "pelvis"]
    aside: Point = (0, 0, 0)
    """Moved by so many metres, so that it crosses no limb."""
    out: Number = 0.1
    """Metres further from the hip than the joint itself."""
    part: tuple[Number, Number] = (0.1, 1)
    """Which part of the way, 0 to 1."""


class PoseTable(Fields):
    """A file of images/poses/."""

    base: Literal["stand", "supine", "side-lying"]
    """`side-lying` is on the right side."""
    measured: Measured
    views: dict[Slug, View]
    """By the picture's name: `main` gives start and finish; any other gives one picture of the finish."""
    scene: Scene = Scene()
    muscles: Annotated[list[Muscle], Field(min_length=1)]
    arrow: Arrow | None = None
    motion: bool = True
    """Whether a moving picture is drawn, there and back again. Not where the way back is another one."""
    ghost: bool = False
    """Whether the finish also shows the outline of the leg where it was."""
    start: Pose
    finish: Pose

    @model_validator(mode="before")
    @classmethod
    def _finish_follows_start(cls, value: Any) -> Any:
        """`finish` says only what changes. What it takes away is written as `null`."""
        if isinstance(value, dict) and isinstance(value.get("start"), dict) and isinstance(value.get("finish"), dict):
            return {**value, "finish": _changed(value["start"], value["finish"])}
        return value


def read(path: Path, shown: str) -> tuple[PoseTable | None, list[Problem]]:
    """The table in the file `path`, or what is wrong with it, told with the name `shown`."""
    try:
        document, problems = read_data(shown, path.read_bytes())
    except OSError as error:
        return None, [Problem(shown, 1, "key-missing", f"The pose file can't be read: {error.strerror}.")]
    if problems:
        return None, problems
    reading = validate(PoseTable, Document(shown, document.data, document.lines))
    return (None if reading.problems else reading.value), reading.problems


def _changed(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    made = dict(old)
    for key, value in new.items():
        if value is None:
            made.pop(key, None)
        elif isinstance(value, dict) and isinstance(made.get(key), dict) and key in ("joints", "legs", "arms"):
            made[key] = _changed(made[key], value)
        else:
            made[key] = value
    return made
