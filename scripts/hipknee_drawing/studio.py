"""The pictures of one exercise, put together from its pose table."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from hipknee.pictures.drawing_origin import CHART
from PIL import Image

from . import drawing, marks, paint, posing
from .body import Body
from .camera import Camera, fitted, looking_at
from .drawing import Drawn, Target
from .figure import Figure
from .meshes import Solid
from .palette import LOOKS
from .pose_tables import Muscle, PoseTable
from .posing import Posed
from .rotations import Array
from .scene import things

MOMENTS = ("start", "finish")
STEPS = 8
"""Of a movement, from start to finish."""
STEP_MS, REST_MS = 80, 800
"""Milliseconds that a step, and each end of the movement, is shown."""
DISC = 0.045
"""Radius of the disc that says right or wrong, as a share of the picture's shorter side."""
MOTION_SIDE = 800
"""Pixels of the longer side of a moving picture, at most."""
_JOINTS = {"left ankle": "foot.L", "left knee": "lowerleg01.L", "pelvis": "root"}


Frames = tuple[list[Image.Image], list[int]]
"""A movement: its pictures, and how many milliseconds each is shown."""


class Studio:
    """Draws with the figures of a folder, images/figure/."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.body = cache(self._body)  # a figure is read when the first picture asks for it

    def _body(self, who: str) -> Body:
        chart = None if who == CHART else self.body(CHART).figure
        return Body(who, Figure(self.folder / f"{who}.npz", chart), LOOKS[who])

    def sitting(self, table: PoseTable) -> Sitting:
        """An exercise in front of the camera. Raises `UnreachableError`."""
        return Sitting(self.body(table.figure), table)


class Sitting:
    """One exercise: its poses, right and wrong, what stands around them, and a frame for each view that holds both
    right ones."""

    def __init__(self, body: Body, table: PoseTable) -> None:
        self.body, self.table = body, table
        figure, base = body.figure, table.base
        self.posed = {name: posing.pose_at(figure, base, getattr(table, name), name) for name in MOMENTS}
        self.wrong = {
            name: posing.pose_at(figure, base, pose, "mistakes", name) for name, pose in table.mistakes.items()
        }

    def poses(self) -> list[Posed]:
        """All of them, in the table's order."""
        return [*self.posed.values(), *self.wrong.values()]

    def camera(self, view: str) -> Camera:
        """The same for start and finish, so that only what moves moves."""
        seen = self.table.views[view]
        points = [self.posed[name].vertices[self.body.figure.is_body] for name in MOMENTS]
        points += [thing.vertices for name in MOMENTS for thing in self.things(self.posed[name])]
        if self.table.scene.mat:
            x0, x1, y0, y1 = self.table.scene.mat
            points.append(np.array([[x, y, 0.0] for x in (x0, x1) for y in (y0, y1)]))
        path = self.arrow()
        if path is not None:
            points.append(path)
        whole = np.concatenate(points)
        camera = looking_at((whole.min(0) + whole.max(0)) / 2, seen.around, seen.above, seen.shape)
        return fitted(camera, whole)

    def things(self, posed: Posed) -> list[Solid]:
        """What stands around a pose."""
        return things(self.table.scene, posed, self.body.look.haircut)

    def arrow(self) -> Array | None:
        """The way of the arrow in the world (n, 3)."""
        wish = self.table.arrow
        if wish is None:
            return None
        bone = _JOINTS[wish.follows]
        start, finish = (self.posed[name].stance.joint(bone) for name in MOMENTS)
        if wish.follows == "pelvis":
            path: Array = start + np.linspace(*wish.part, 40)[:, None] * (finish - start)
        else:
            about = self.posed["start"].stance.joint("upperleg01.L")
            path = marks.way(start, finish, about, wish.out if _turns(start, finish, about) else 0.0, wish.part)
        return np.asarray(path + np.asarray(wish.aside))

    def draw(self, moment: str, view: str = "main") -> Image.Image:
        """One picture, with its marks, in its final size."""
        return self.drawn(moment, view).image

    def drawn(self, moment: str, view: str = "main") -> Drawn:
        """The same, with what shows where."""
        drawn = self._without_marks(self.posed[moment], view)
        if moment == "finish":
            self._mark(drawn)
        return drawn.small()

    def mistake(self, name: str) -> Image.Image:
        """What goes wrong, in the frame of the right finish, with a cross."""
        image = self._without_marks(self.wrong[name]).small().image
        marks.verdict(image, "wrong", DISC * min(image.size))
        return image

    def _without_marks(self, posed: Posed, view: str = "main") -> Drawn:
        table = self.table
        around, muscles = self.things(posed), targets(table.muscles)
        return drawing.draw(self.body, posed, around, self.camera(view), muscles, table.scene.mat)

    def _mark(self, drawn: Drawn) -> None:
        """Draw the arrow, and where the leg was."""
        if self.table.ghost:
            leg = self.body.figure.part("upperleg", "lowerleg", "foot", "toe", side=".L")
            edge = drawing.outline(self.body, self.posed["start"], self.posed["finish"], drawn.camera, leg)
            marks.dashes(drawn.image, edge, drawing.SCALE)
        path = self.arrow()
        if path is not None:
            marks.arrow(drawn.image, drawn.camera.project(path)[:, :2], drawing.SCALE)

    def motion(self) -> Frames:
        """There and back again, without marks."""
        view = self.table.views["main"]
        scale = min(1, MOTION_SIDE / max(view.shape))
        small = view.model_copy(update={"shape": tuple(round(scale * side) for side in view.shape)})
        table = self.table.model_copy(update={"views": {"main": small}})
        sitting = Sitting(self.body, table)
        frames: list[Image.Image] = []
        for step in range(STEPS + 1):
            share = float(paint.step(0, 1, np.array(step / STEPS)))  # it starts and stops gently
            posed = posing.between(self.body.figure, table.base, table.start, table.finish, share)
            frames.append(sitting._without_marks(posed).small().image)
        durations = [REST_MS, *[STEP_MS] * (STEPS - 1)]
        return [*frames, *frames[-2:0:-1]], [*durations, *durations]


def targets(muscles: Sequence[Muscle]) -> list[Target]:
    """The muscles of a table, as they are drawn."""
    return [Target(muscle.name, muscle.side, muscle.colour) for muscle in muscles]


def _turns(start: Array, finish: Array, about: Array) -> bool:
    """Whether a joint goes around the hip, rather than along with it."""
    return bool(abs(np.linalg.norm(start - about) - np.linalg.norm(finish - about)) < 0.08)
