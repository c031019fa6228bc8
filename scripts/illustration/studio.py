"""The pictures of one exercise, put together from its pose table."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PIL import Image

from . import drawing, marks, paint, posing
from .body import Body
from .camera import Camera, fitted, looking_at
from .drawing import Drawn, Target
from .figure import Figure
from .meshes import Solid
from .pose_tables import PoseTable
from .posing import Posed
from .rotations import Array
from .scene import things

MOMENTS = ("start", "finish")
STEPS = 8
"""Of a movement, from start to finish."""
STEP_MS, REST_MS = 80, 800
"""Milliseconds that a step, and each end of the movement, is shown."""
MOTION_SIDE = 800
"""Pixels of the longer side of a moving picture."""
_JOINTS = {"left ankle": "foot.L", "left knee": "lowerleg01.L", "pelvis": "root"}


class Studio:
    """Draws exercises with one figure."""

    def __init__(self, figure: Figure) -> None:
        self.figure = figure
        self.body = Body(figure)

    def sitting(self, table: PoseTable) -> Sitting:
        """An exercise in front of the camera. Raises `UnreachableError`."""
        return Sitting(self, table)


class Sitting:
    """One exercise: both its poses, what stands around them, and a frame for each view that holds all of it."""

    def __init__(self, studio: Studio, table: PoseTable) -> None:
        self.studio, self.table = studio, table
        self.posed = {name: posing.pose(studio.figure, table.base, getattr(table, name)) for name in MOMENTS}
        self.things = {name: things(table.scene, posed) for name, posed in self.posed.items()}

    def camera(self, view: str) -> Camera:
        """The same for start and finish, so that only what moves moves."""
        seen = self.table.views[view]
        points = [self.posed[name].vertices[self.studio.figure.is_body] for name in MOMENTS]
        points += [thing.vertices for name in MOMENTS for thing in self.things[name]]
        if self.table.scene.mat:
            x0, x1, y0, y1 = self.table.scene.mat
            points.append(np.array([[x, y, 0.0] for x in (x0, x1) for y in (y0, y1)]))
        path = self.arrow()
        if path is not None:
            points.append(path)
        whole = np.concatenate(points)
        camera = looking_at((whole.min(0) + whole.max(0)) / 2, seen.around, seen.above, seen.shape)
        return fitted(camera, whole)

    def arrow(self) -> Array | None:
        """The way of the arrow in the world (n, 3)."""
        wish = self.table.arrow
        if wish is None:
            return None
        bone = _JOINTS[wish.follows]
        start, finish = (self.posed[name].stance.joint(bone) for name in MOMENTS)
        if wish.follows == "pelvis":
            path = start + np.linspace(*wish.part, 40)[:, None] * (finish - start)
        else:
            about = self.posed["start"].stance.joint("upperleg01.L")
            path = marks.way(start, finish, about, wish.out if _turns(start, finish, about) else 0.0, wish.part)
        return np.asarray(path + np.asarray(wish.aside))

    def draw(self, moment: str, view: str = "main", posed: Posed | None = None) -> Drawn:
        """One picture, with its marks, in its final size. `posed` draws another pose in the same frame."""
        camera = self.camera(view)
        table = self.table
        here = posed or self.posed[moment]
        around: list[Solid] = things(table.scene, here) if posed else self.things[moment]
        targets = [Target(one.name, one.side) for one in table.muscles]
        drawn = drawing.draw(self.studio.body, here, around, camera, targets, table.scene.mat)
        image = drawn.image
        if moment == "finish" and posed is None and table.ghost:
            leg = self.studio.figure.part("upperleg", "lowerleg", "foot", "toe", side=".L")
            edge = drawing.outline(self.studio.body, self.posed["start"], self.posed["finish"], camera, leg)
            marks.dashes(image, edge, drawing.SCALE)
        path = self.arrow()
        if moment == "finish" and posed is None and path is not None:
            marks.arrow(image, camera.project(path)[:, :2], drawing.SCALE)
        return replace(drawn, image=image.resize(camera.size, Image.Resampling.LANCZOS))

    def motion(self) -> tuple[list[Image.Image], list[int]]:
        """There and back again, without marks: frames, and how many milliseconds each is shown."""
        view = self.table.views["main"]
        scale = MOTION_SIDE / max(view.shape)
        small = view.model_copy(update={"shape": tuple(round(scale * side) for side in view.shape)})
        table = self.table.model_copy(update={"views": {"main": small}})
        sitting = Sitting(self.studio, table)
        frames: list[Image.Image] = []
        for step in range(STEPS + 1):
            share = float(paint.step(0, 1, np.array(step / STEPS)))  # it starts and stops gently
            posed = posing.between(self.studio.figure, table.base, table.start, table.finish, share)
            frames.append(sitting.draw("start", posed=posed).image)
        shown = [REST_MS, *[STEP_MS] * (STEPS - 1)]
        return [*frames, *frames[-2:0:-1]], [*shown, *shown]


def _turns(start: Array, finish: Array, about: Array) -> bool:
    """Whether a joint goes around the hip, rather than along with it."""
    return bool(abs(np.linalg.norm(start - about) - np.linalg.norm(finish - about)) < 0.08)
