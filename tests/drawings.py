"""The project's pose tables, posed once for all tests that look at them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from hipknee.content.picture_words import PictureWords
from hipknee.pictures import drawing_origin
from hipknee_drawing import light, pose_tables
from hipknee_drawing.diagrams import Diagram, Sheet
from hipknee_drawing.drawing import Drawn
from hipknee_drawing.figure import Figure
from hipknee_drawing.plates import Arrangement
from hipknee_drawing.pose_tables import Plate, PoseTable, is_diagram
from hipknee_drawing.posing import Posed
from hipknee_drawing.studio import Sitting, Studio
from PIL import Image
from projects import ROOT

IMAGES = ROOT / "images"
SLUGS = [name for name in drawing_origin.tables(IMAGES) if "/" not in name]
DIAGRAMS = [name for name in drawing_origin.tables(IMAGES) if is_diagram(drawing_origin.pose_file(IMAGES, name))]
PLATES = [name for name in drawing_origin.tables(IMAGES) if "/" in name and name not in DIAGRAMS]
SMALLER = 0.4
"""Of the pictures that tests draw."""
light.SKY_RAYS, light.LAMP_RAYS = 24, 6  # a coarser shade, in half the time
SUNK, FLOATS = 0.066, 0.012
"""Metres: how far the body may lie below the floor (a shoulder gives way on a mat), and above where it should touch."""

TABLE = """\
# On the back, head towards -x. Degrees as a physical therapist gives them, places in metres.
base: supine
measured:
  joint: left hip
  motion: flexion
  start: [45, 65]
  finish: [-10, 5]
  words: Lift until your body is in a line from your shoulders to your knees.
views:
  main: {around: 14, above: 8, shape: [1200, 640]}
scene: {mat: [-0.45, 1.17, -0.5, 0.5]}
muscles: [{side: left, name: gluteus-maximus}, {side: right, name: gluteus-maximus}]
arrow: {follows: pelvis, part: [0.7, 1.6], aside: [-0.01, 0.0, 0.2]}
start:
  spine: {flexion: -6}
  neck: {on_floor: true, nod: 20}
  ground: {on: chest and pelvis, sink: 0.012, anchor: shoulders}
  legs:
    left: {ankle: [0.84, 0.125, 0.088], knee_towards: [0, 0, 1], sole: flat, turn: 90}
    right: {ankle: [0.84, -0.125, 0.088], knee_towards: [0, 0, 1], sole: flat, turn: 90}
  arms:
    left: {wrist: [0.42, 0.34, 0.045], elbow_towards: [0, 1, 0.25], fingers: [1, 0.1, -0.03], palm: [0, 0, -1]}
    right: {wrist: [0.42, -0.34, 0.045], elbow_towards: [0, -1, 0.25], fingers: [1, -0.1, -0.03], palm: [0, 0, -1]}
finish:  # shoulders and feet stay where they are
  pelvis: {world: [0, -31, 0]}
  spine: {flexion: 2}
  neck: {on_floor: true, nod: 4}
  ground: {on: chest, sink: 0.02, anchor: shoulders}
"""
"""A pose table without a mistake: of a bridge."""
PANELS = """\
base: stand
shape: [400, 640]
panels:
  - verdict: right
    pose:
      ground: {pelvis_height: 0.97}
  - pose:
      ground: {pelvis_height: 0.97}
"""
"""The same for a plate."""


@cache
def studio() -> Studio:
    return Studio(IMAGES / drawing_origin.FIGURES)


@cache
def table(slug: str) -> PoseTable:
    made, _, problems = pose_tables.read(drawing_origin.pose_file(IMAGES, slug), slug, PoseTable)
    assert made, problems
    return made


@cache
def sitting(slug: str) -> Sitting:
    """With small pictures."""
    small = {
        name: view.model_copy(update={"shape": tuple(round(SMALLER * side) for side in view.shape)})
        for name, view in table(slug).views.items()
    }
    return studio().sitting(table(slug).model_copy(update={"views": small}))


@cache
def drawn(slug: str, moment: str, view: str = "main") -> Drawn:
    return sitting(slug).drawn(moment, view)


def recorded(path: Path) -> str | None:
    """What a picture says that it was drawn from."""
    with Image.open(path) as image:
        return drawing_origin.record(image)


def posed(slug: str, moment: str) -> Posed:
    return sitting(slug).posed[moment]


def figure(slug: str) -> Figure:
    return sitting(slug).body.figure


@cache
def plate(name: str) -> Arrangement:
    """At half its size."""
    made, _, problems = pose_tables.read(drawing_origin.pose_file(IMAGES, name), name, Plate)
    assert made, problems
    half = (made.shape[0] // 2, made.shape[1] // 2)
    return Arrangement(studio(), made.model_copy(update={"shape": half}), PictureWords.at(ROOT))


@cache
def diagram(name: str) -> Sheet:
    made, _, problems = pose_tables.read(drawing_origin.pose_file(IMAGES, name), name, Diagram)
    assert made, problems
    return Sheet(studio(), made, PictureWords.at(ROOT))
