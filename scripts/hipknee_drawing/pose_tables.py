"""What an editor writes to have something drawn: a YAML file of images/poses/ for each exercise, and for each plate.

Angles are degrees, as a physical therapist gives them: 0 is straight standing; flexion, abduction and outward rotation
are positive. Places are meters in the world: z up from the floor, head of a lying figure towards -x.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from hipknee.content.fields import Fields, Slug
from hipknee.content.front_matter import Document, read_data
from hipknee.content.validation import validate
from hipknee.problems import Problem, did_you_mean
from hipknee.refusals import why
from hipknee.rules import Rule
from pydantic import ConfigDict, Field, model_validator

Number = Annotated[float, Field(allow_inf_nan=False)]
Degrees = Annotated[float, Field(allow_inf_nan=False, ge=-180, le=180)]
Point = tuple[Number, Number, Number]
Pixels = Annotated[int, Field(ge=100, le=4000)]
Side = Literal["left", "right"]
Band = Literal["ankles", "knees"]
"""Around both legs: above the ankles, or above the knees."""
Part = Literal["all", "trunk", "chest", "chest and pelvis", "upper body", "head"]
Shows = Literal["all", "hips", "pelvis", "left knee"]
"""A part of a figure that fills a panel."""
Who = Literal["woman", "man"]
"""A figure of images/figure/."""
Legwear = Literal["shorts", "leggings"]
"""Leggings go down to the shoes, so that a band never lies on bare skin."""
Base = Literal["stand", "supine", "side-lying"]
"""`side-lying` is on the right side."""


class TableFields(Fields):
    """Of a table. What is written below its fields is for whoever reads this, so nobody waits until it is looked up."""

    model_config = ConfigDict(use_attribute_docstrings=False)


class Joint(TableFields):
    """How far a joint is moved, in degrees from straight standing."""

    flexion: Degrees = 0
    """Bent; of an ankle: toes towards the shin. Negative: stretched back."""
    abduction: Degrees = 0
    """Away from the middle. Of an ankle: sole turned out."""
    rotation: Degrees = 0
    """Turned out. Of an elbow: palm turned back."""


class Bend(TableFields):
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


class Pelvis(TableFields):
    """How the pelvis is turned from its base, in degrees about x, y and z."""

    world: Point = (0, 0, 0)
    """About the axes of the world."""
    body: Point = (0, 0, 0)
    """About the figure's own. The first, positive: the trunk leans forward."""


class Leg(TableFields):
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


class Arm(TableFields):
    """An arm whose hand has to be somewhere."""

    wrist: Point
    """Where the wrist joint is. Of a palm on the floor: about 0.05 above it."""
    elbow_towards: Point
    fingers: Point
    """The direction in which the fingers point."""
    palm: Point
    """The direction in which the palm looks."""
    flat: bool = False
    """Whether the fingers are straight, as of a hand on the floor; else they are a little bent."""
    holds: bool = False
    """Whether the fingers are closed around something, such as the handle of a cane."""


class Ground(TableFields):
    """What holds the figure up."""

    on: Part | None = None
    """The part that lies on the floor; its lowest point is put there."""
    sink: Annotated[float, Field(ge=0, le=0.05)] = 0
    """Meters below the floor: soft tissue that the mat flattens."""
    height: Annotated[float, Field(ge=0, le=1)] = 0
    """Of what it lies on above the floor, as of a treatment table."""
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


class Pose(TableFields):
    """One moment of an exercise."""

    pelvis: Pelvis = Pelvis()
    spine: Bend = Bend()
    neck: Bend = Bend()
    joints: dict[JointName, Joint] = {}
    """Joints that are set by their angles. Those of a limb under `legs` or `arms` follow from there."""
    legs: dict[Side, Leg] = {}
    arms: dict[Side, Arm] = {}
    ground: Ground


class Measured(TableFields):
    """The joint angle that the exercise is about, and how far the words on its page let it go."""

    joint: JointName
    motion: Literal["flexion", "abduction", "rotation"]
    start: tuple[Degrees, Degrees]
    finish: tuple[Degrees, Degrees]
    words: Annotated[str, Field(min_length=1)]
    """What the page says of it."""


class Scene(TableFields):
    """What is there besides the figure."""

    mat: tuple[Number, Number, Number, Number] | None = None
    """Its edges: least and greatest x, least and greatest y."""
    pillow: bool = False
    """Under the head."""
    chair: bool = False
    """Its back is at the right hand of a figure that stands at (0, 0), unless `chair_at` says another place."""
    chair_at: tuple[Number, Number] | None = None
    """Where the middle of its seat is."""
    chair_faces: Degrees = -90
    """Where one looks who sits on it: 0 as a standing figure, 90 to that one's left, -90 to its right."""
    wall: bool = False
    """Behind the chair: its back stands against it, so that it can't slide."""
    counter: bool | Literal["front"] = False
    """A kitchen counter, 0.92 high, at the right hand of a figure that stands at (0, 0), its edge at x = -0.24; `front`
    for a longer one before it, its edge at y = -0.3."""
    treatment_table: Annotated[float, Field(ge=0.3, le=1)] | None = None
    """Below a figure that lies on its back: how high its top is."""
    roll: bool = False
    """Under the knees of a figure that lies on its back."""
    cane: Side | None = None
    """In that hand, and down to the floor beside the foot."""
    stool: Annotated[float, Field(ge=0.3, le=0.7)] | None = None
    """Below the pelvis: how high its seat is. A pelvis that sits is about 0.1 above it."""
    band: Band | None = None
    band_loose: Annotated[float, Field(ge=0.05, le=1)] | None = None
    """Meters between the ankles below which the band is not stretched, and hangs loose."""

    @model_validator(mode="after")
    def _a_wall_has_its_chair(self) -> Scene:
        if self.wall and not self.chair:
            raise ValueError("has a 'wall', which stands behind a chair: write 'chair: true' too")
        return self


class View(TableFields):
    """From where it is seen."""

    around: Degrees
    """Degrees around the figure: 0 is its front when it stands, 90 its left."""
    above: Annotated[float, Field(ge=-10, le=80)] = 8
    """Degrees above the horizon."""
    shape: tuple[Pixels, Pixels]
    """Width and height of the picture in pixels."""
    shows: Literal["all", "moment", "legs", "feet"] = "all"
    """What fills the picture: the figure with the things around it, in all its moments or in this one alone, or only a
    part of it, closer."""
    scene: Scene | None = None
    """What is there in this view, in place of the table's own."""


class NamedView(View):
    """One of a table's views."""

    of: Slug = "finish"
    """Which moment it shows: `start`, `finish` or one of `moments`. Not of `main`, which gives more than one."""
    marks: bool = True
    """Whether a finish has its arrow, and the outline of where the leg was."""


class Muscle(TableFields):
    """A muscle that is shown: one of the page's target muscles."""

    side: Side
    name: Literal[
        "gluteus-medius", "gluteus-maximus", "deep-hip-rotators", "tensor-fasciae-latae", "hip-flexors", "quadriceps"
    ]
    """One that `muscles.py` has an outline of."""
    colour: Literal["red", "orange", "plum", "brown"] = "red"


class Arrow(TableFields):
    """An arrow that shows the way a joint goes from start to finish."""

    follows: Literal["left ankle", "left knee", "right ankle", "right knee", "pelvis"]
    aside: Point = (0, 0, 0)
    """Moved by so many meters, so that it crosses no limb."""
    out: Number = 0.1
    """Meters farther from the hip than the joint itself."""
    part: tuple[Number, Number] = (0.1, 1)
    """Which part of the way, 0 to 1."""


class Mistake(Pose):
    """What goes wrong: a pose, and from where it is plain."""

    view: View | None = None
    """Its own; without one it is seen as the right finish is in `main`."""
    with_right: bool = False
    """Whether the right finish stands above it, in the same view and with a tick, as no other picture shows it so."""


class Helper(TableFields):
    """A second figure in the picture, such as a therapist, whose pose says all of it."""

    figure: Who
    wears: Legwear = "shorts"
    base: Base
    pose: Pose


DIAGRAMS = ("pain_scale", "week", "bands")
"""The keys of which the table of a flat picture has one."""
RIGHT = ("start", "finish")
"""The moments that every table has."""


class PoseTable(TableFields):
    """A file images/poses/<exercise>.yml."""

    figure: Who = "woman"
    wears: Legwear = "shorts"
    base: Base
    measured: Measured
    views: dict[Slug, NamedView]
    """By the picture's name: `main` gives start, finish and return; any other gives one picture, of the finish or of
    the moment that it names."""
    scene: Scene = Scene()
    helper: Helper | None = None
    """In the same pose in all pictures."""
    muscles: Annotated[list[Muscle], Field(min_length=1)]
    arrow: Arrow | None = None
    return_arrow: Arrow | None = None
    """The same from the finish to the moment `return`."""
    motion: bool = True
    """Whether a moving picture is drawn, there and back again. Where the way back is another one, see `way`."""
    way: Annotated[list[Slug], Field(min_length=2)] | None = None
    """The moments through which the moving picture goes, and from the last to the first again. It rests at `start`,
    `finish` and `return`, and goes through others without a stop."""
    ghost: bool = False
    """Whether the finish also shows the outline of the leg where it was."""
    start: Pose
    finish: Pose
    moments: dict[Slug, Pose] = {}
    """Others, for `way` and for views, such as a foot in the air. `return` gives a picture of its own."""
    mistakes: dict[Slug, Mistake] = {}
    """What goes wrong, by the picture's name."""

    @model_validator(mode="before")
    @classmethod
    def _each_says_only_what_changes(cls, value: Any) -> Any:
        """`finish` since the start, a mistake or another moment since the finish. What they take away is written as
        `null`."""
        if not isinstance(value, dict):
            return value
        table = dict(value)
        if "finish" in table:
            table["finish"] = _changed(table.get("start"), table["finish"])
        for others in ("moments", "mistakes"):
            if isinstance(table.get(others), dict):
                table[others] = {name: _changed(table.get("finish"), pose) for name, pose in table[others].items()}
        return table

    def poses(self) -> dict[str, Pose]:
        """The right ones, by their moment."""
        return {"start": self.start, "finish": self.finish, **self.moments}


class Labelled(Muscle):
    """A muscle of a plate, which words may refer to."""

    label: Annotated[str, Field(min_length=1, max_length=2)] | None = None
    """What stands on a disc beside it."""


class Area(TableFields):
    """A numbered part of the body, such as where it hurts."""

    side: Side
    name: Literal["kneecap", "below-kneecap", "outer-knee", "back-of-knee", "groin", "outer-hip", "buttock"]
    """One that `areas.py` has an outline of."""


class Panel(TableFields):
    """One of the pictures that stand side by side on a plate."""

    around: Degrees = 0
    above: Annotated[float, Field(ge=-10, le=80)] = 5
    """As of a view."""
    verdict: Literal["right", "wrong"] | None = None
    """Marked by a tick or a cross."""
    letter: Annotated[str, Field(min_length=1, max_length=1)] | None = None
    """On a disc in the corner, for words to refer to."""
    muscles: list[Labelled] = []
    lines: list[Literal["pelvis", "left leg", "right leg"]] = []
    """Lines through the joints, to compare panels by."""
    scene: Scene = Scene()
    helper: Helper | None = None
    """That of the panel before, if it is left out."""
    kneecap: Side | None = None
    """Whose place is shown, by its edge below the skin."""
    shows: Shows | None = None
    """What fills this panel, where it is not what fills the others; it has a scale of its own then."""
    names: Side | None = None
    """On which side of the picture all labels stand, with the muscles' names; else labels stand without."""
    areas: list[Area] = []
    """What is numbered, from 1 on through all panels."""
    title: Annotated[str, Field(pattern=r"^[a-z][a-z_]*$")] | None = None
    """What stands below: the name of a word in docs/_data/words.<language>.yml."""
    pose: Pose


class Plate(TableFields):
    """A file images/poses/explanation/<name>.yml: a figure in several poses, or from several sides."""

    figure: Who = "woman"
    wears: Legwear = "shorts"
    base: Base
    shape: tuple[Pixels, Pixels]
    """Width and height of each panel in pixels."""
    shows: Shows = "all"
    """Which part of the figure fills a panel."""
    columns: Annotated[int, Field(ge=1, le=6)] | None = None
    """How many panels stand beside each other, where the others stand below. All of them, if it is left out."""
    panels: Annotated[list[Panel], Field(min_length=1)]

    @model_validator(mode="before")
    @classmethod
    def _each_says_only_what_changes(cls, value: Any) -> Any:
        """A panel's `pose` since that of the panel before; one that has none keeps it, and so with the helper."""
        if not isinstance(value, dict) or not isinstance(value.get("panels"), list):
            return value
        panels: list[Any] = []
        before: Any = None
        helper: Any = None
        for panel in value["panels"]:
            if isinstance(panel, dict):
                if before is not None:
                    panel = {"helper": helper, **panel, "pose": _changed(before, panel.get("pose", {}))}
                before, helper = panel.get("pose"), panel.get("helper")
            panels.append(panel)
        return {**value, "panels": panels}


def is_diagram(path: Path) -> bool:
    """Whether the table in a file is that of a flat picture."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeError):  # told when it is read
        return False
    return any(line.startswith(tuple(f"{kind}:" for kind in DIAGRAMS)) for line in lines)


Table = TypeVar("Table", bound=TableFields)


def read(path: Path, name: str, model: type[Table]) -> tuple[Table | None, Document, list[Problem]]:
    """The table in the file `path`, with its document for the lines of its keys; or what is wrong with it, told with
    the name `name`."""
    try:
        document, problems = read_data(name, path.read_bytes())
    except OSError as error:
        problems = [Problem(name, 1, Rule.KEY_MISSING, f"The file {' '.join(why(error))}".strip())]
        return None, Document(name), problems
    if problems:
        return None, document, problems
    reading = validate(model, document)
    faults = list(reading.problems)
    if isinstance(reading.value, PoseTable):
        faults += _unknown_moments(name, reading.value, document)
    return (None if faults else reading.value), document, faults


def _unknown_moments(path: str, table: PoseTable, document: Document) -> Iterator[Problem]:
    """Names in `views` and `way` of what the table does not have."""
    if "main" not in table.views:
        message = "'views' has no 'main', from where start and finish are seen. Add 'main: …'."
        yield Problem(path, document.line("views"), Rule.KEY_MISSING, message)
    known = [*RIGHT, *table.moments]
    named: list[tuple[str, tuple[str | int, ...]]] = [(view.of, ("views", key)) for key, view in table.views.items()]
    named += [(name, ("way",)) for name in table.way or ()]
    for name, place in named:
        if name not in known:
            message = f"There is no moment '{name}'."
            yield Problem(path, document.line(*place), Rule.VALUE_INVALID, message, did_you_mean(name, known))


def _changed(old: Any, new: Any) -> Any:
    """A pose with some of its values changed."""
    if not isinstance(old, dict) or not isinstance(new, dict):
        return new
    pose = dict(old)
    for key, value in new.items():
        if value is None:
            pose.pop(key, None)
        elif isinstance(value, dict) and key in ("joints", "legs", "arms"):
            pose[key] = _changed(pose.get(key), value)
        else:
            pose[key] = value
    return pose
