"""The pictures of one exercise, put together from its pose table."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from hipknee.pictures.drawing_facts import KEY, DrawingFacts
from hipknee.pictures.drawing_origin import CHART
from PIL import Image

from . import drawing, marks, paint, posing, sides
from .body import Body
from .camera import Camera, fitted, looking_at
from .drawing import Drawn, Shown, Target
from .figure import SIDES, Figure
from .meshes import Solid
from .palette import LOOKS
from .pose_tables import RIGHT, Arrow, Helper, Muscle, PoseTable, Scene, View
from .posing import Posed
from .rotations import Array
from .scene import BACKDROP, things

MOMENTS = RIGHT
RESTS = (*RIGHT, "return")
"""The moments at which a movement stays a while; each has a picture in the main view, if the table has it."""
STEPS = 8
"""Of a movement there and back, from one rest to the next."""
WAY_STEPS = 6
"""The same of one that goes a longer way: it has more of them, and is to stay as light."""
THERE_MS, BACK_MS, REST_MS = 1200, 2000, 800
"""Milliseconds that the steps of a stage take together, there and back, and that each rest is shown: pages ask for slow
moves, and to come back more slowly still. A longer way is all there."""
DISC = 0.045
"""Radius of the disc that says right or wrong, as a share of the picture's shorter side."""
MOTION_SIDE = 800
"""Pixels of the longer side of a moving picture, at most."""
_JOINTS = {"ankle": "foot", "knee": "lowerleg01", "hip": "upperleg01"}
_SHOWN = {"legs": ("upperleg", "lowerleg", "foot", "toe"), "feet": ("foot", "toe")}
"""The bones of what a closer view shows."""

Frames = tuple[list[Image.Image], list[int]]
"""A movement: its pictures, and how many milliseconds each is shown."""


class Studio:
    """Draws with the figures of a folder, images/figure/."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.body = cache(self._body)  # a figure is read when the first picture asks for it
        self._figure = cache(self._read)

    def _read(self, who: str) -> Figure:
        return Figure(self.folder / f"{who}.npz", None if who == CHART else self._figure(CHART))

    def _body(self, who: str, legs: str = "shorts") -> Body:
        return Body(who, self._figure(who), LOOKS[who]._replace(legs=legs))

    def sitting(self, table: PoseTable) -> Sitting:
        """An exercise in front of the camera. Raises `UnreachableError`."""
        helper = self.helper(table.helper, "helper", "pose") if table.helper else None
        return Sitting(self.body(table.figure, table.wears), table, helper)

    def helper(self, table: Helper, *place: str | int) -> Shown:
        """A second figure, whose pose stands at `place` in a file. Raises `UnreachableError`."""
        body = self.body(table.figure, table.wears)
        posed = posing.pose_at(body.figure, table.base, table.pose, *place)
        return Shown(body, posed, things(Scene(), posed, body.look))


class Sitting:
    """One exercise: its poses, right and wrong, what stands around them, and a frame for each view that holds what it
    has to show."""

    def __init__(self, body: Body, table: PoseTable, helper: Shown | None = None) -> None:
        self.body, self.table, self.helper = body, table, helper
        self._cameras: dict[str, Camera] = {}
        figure, base = body.figure, table.base
        places = {name: (name,) if name in MOMENTS else ("moments", name) for name in table.poses()}
        self.posed = {name: posing.pose_at(figure, base, pose, *places[name]) for name, pose in table.poses().items()}
        self.wrong = {
            name: posing.pose_at(figure, base, pose, "mistakes", name) for name, pose in table.mistakes.items()
        }

    def poses(self) -> list[Posed]:
        """All of them, in the table's order."""
        return [*self.posed.values(), *self.wrong.values()]

    @property
    def helpers(self) -> list[Shown | None]:
        """Of each of the poses."""
        return [self.helper] * len(self.poses())

    def camera(self, view: str) -> Camera:
        """The same for start, finish and return, so that only what moves moves."""
        if view not in self._cameras:
            self._cameras[view] = self._camera(view)
        return self._cameras[view]

    def _camera(self, view: str) -> Camera:
        seen = self.table.views[view]
        if seen.shows != "all":  # nothing but what it shows
            return self._framed(seen, [self.posed[seen.of]], [])
        held = [name for name in RESTS if name in self.posed]
        if view != "main" and seen.of not in held:
            held.append(seen.of)
        ways = [self.arrow(), self.return_arrow()] if view == "main" else [self.arrow() if seen.marks else None]
        return self._framed(seen, [self.posed[name] for name in held], [way for way in ways if way is not None])

    def mistake_camera(self, name: str) -> Camera:
        """That of the right finish, or its own, which holds the wrong pose and the right one."""
        seen = self.table.mistakes[name].view
        if seen is None:
            return self.camera("main")
        alone = seen.shows != "all" and not self.table.mistakes[name].with_right
        held = [self.wrong[name]] if alone else [self.posed["finish"], self.wrong[name]]
        return self._framed(seen, held, [])

    def _framed(self, seen: View, held: list[Posed], ways: list[Array]) -> Camera:
        """A camera that holds all of the poses and what stands around them, or the part that the view shows."""
        figure = self.body.figure
        whole_figure = seen.shows not in _SHOWN
        part = figure.is_body if whole_figure else figure.part(*_SHOWN[seen.shows])
        points = [posed.vertices[part] for posed in held]
        if whole_figure:
            scene = self.scene(seen)
            around = [thing for posed in held for thing in self.things(posed, seen)]
            points += [thing.vertices for thing in around if thing.colour not in BACKDROP] + ways
            if self.helper:
                points.append(self.helper.posed.vertices[figure.is_body])
            if scene.mat:
                x0, x1, y0, y1 = scene.mat
                points.append(np.array([[x, y, 0.0] for x in (x0, x1) for y in (y0, y1)]))
        whole = np.concatenate(points)
        camera = looking_at((whole.min(0) + whole.max(0)) / 2, seen.around, seen.above, seen.shape)
        return fitted(camera, whole)

    def scene(self, seen: View | None = None) -> Scene:
        """What is there in a view; without one, that of the main view."""
        return (seen or self.table.views["main"]).scene or self.table.scene

    def things(self, posed: Posed, seen: View | None = None) -> list[Solid]:
        """What stands around a pose in a view."""
        return things(self.scene(seen), posed, self.body.look)

    def arrow(self) -> Array | None:
        """The way of the arrow in the world (n, 3)."""
        return self._way(self.table.arrow, "start", "finish")

    def return_arrow(self) -> Array | None:
        """That of the arrow from the finish to the return."""
        return self._way(self.table.return_arrow if "return" in self.posed else None, "finish", "return")

    def _way(self, wish: Arrow | None, before: str, after: str) -> Array | None:
        if wish is None:
            return None
        side, _, joint = wish.follows.rpartition(" ")
        bone = f"{_JOINTS[joint]}.{SIDES[side]}" if side else "root"
        start, finish = (self.posed[name].stance.joint(bone) for name in (before, after))
        if not side:
            path: Array = start + np.linspace(*wish.part, 40)[:, None] * (finish - start)
        else:
            about = self.posed[before].stance.joint(f"{_JOINTS['hip']}.{SIDES[side]}")
            path = marks.way(start, finish, about, wish.out if _turns(start, finish, about) else 0.0, wish.part)
        return np.asarray(path + np.asarray(wish.aside))

    def pictures(self) -> dict[str, str]:
        """The pictures of right poses that belong to the exercise: the moment that each shows, by its name."""
        others = {name: view.of for name, view in self.table.views.items() if name != "main"}
        return {name: name for name in RESTS if name in self.posed} | others

    def draw(self, moment: str, view: str = "main") -> Image.Image:
        """One picture, with its marks, in its final size. A further view says from where it is seen."""
        image = self.drawn(moment, view).image
        if view != "main" and (seen := self.seen(view)):
            image.info[KEY] = DrawingFacts(seen=seen).as_text()
        return image

    def seen(self, view: str) -> str | None:
        """From where a view shows the figure, as `sides.seen_from` has it."""
        wish = self.table.views[view]
        return sides.seen_from(self.posed[wish.of].stance, wish.around, wish.above)

    def drawn(self, moment: str, view: str = "main") -> Drawn:
        """The same, with what shows where."""
        drawn = self._without_marks(self.posed[moment], self.camera(view), self.table.views[view])
        if self.table.views[view].marks:
            self._mark(drawn, moment)
        return drawn.small()

    def mistake(self, name: str) -> Image.Image:
        """What goes wrong, in the frame of the right finish or its own, with a cross; below the right finish, if the
        table says so."""
        seen = self.table.mistakes[name].view
        image = self._without_marks(self.wrong[name], self.mistake_camera(name), seen).small().image
        marks.verdict(image, "wrong", DISC * min(image.size))
        if not self.table.mistakes[name].with_right:
            return image
        right = self.right_beside(name)
        marks.verdict(right, "right", DISC * min(right.size))
        both = Image.new("RGB", (image.width, 2 * image.height))
        both.paste(right, (0, 0))
        both.paste(image, (0, image.height))
        marks.rule(both, image.height)
        return both

    def right_beside(self, name: str) -> Image.Image:
        """The right finish without marks, in the frame of what goes wrong: to compare the two."""
        seen = self.table.mistakes[name].view
        return self._without_marks(self.posed["finish"], self.mistake_camera(name), seen).small().image

    def _without_marks(self, posed: Posed, camera: Camera, seen: View | None) -> Drawn:
        person = Shown(self.body, posed, self.things(posed, seen), targets(self.table.muscles))
        people = [person, self.helper] if self.helper else [person]
        return drawing.draw(people, camera, self.scene(seen).mat)

    def _mark(self, drawn: Drawn, moment: str) -> None:
        """Draw the arrow of a finish or a return, and where the leg was before the finish."""
        if self.table.ghost and moment == "finish":
            leg = self.body.figure.part("upperleg", "lowerleg", "foot", "toe", side=".L")
            edge = drawing.outline(self.body, self.posed["start"], drawn.camera, leg, drawn.figures > 0)
            marks.dashes(drawn.image, edge, drawing.SCALE)
        path = {"finish": self.arrow, "return": self.return_arrow}.get(moment, lambda: None)()
        if path is not None:
            marks.arrow(drawn.image, drawn.camera.project(path)[:, :2], drawing.SCALE)

    def motion(self) -> Frames:
        """There and back again, or the whole way that the table says, without marks."""
        view = self.table.views["main"]
        scale = min(1, MOTION_SIDE / max(view.shape))
        small = view.model_copy(update={"shape": tuple(round(scale * side) for side in view.shape)})
        sitting = Sitting(self.body, self.table.model_copy(update={"views": {"main": small}}), self.helper)
        camera, poses = sitting.camera("main"), self.table.poses()
        order = list(poses)

        @cache
        def frame(before: str, after: str, share: float) -> Image.Image:
            posed = posing.between(self.body.figure, self.table.base, poses[before], poses[after], share)
            return sitting._without_marks(posed, camera, small).small().image

        frames: list[Image.Image] = []
        durations: list[int] = []
        steps = WAY_STEPS if self.table.way else STEPS
        for stage in _stages(self.table.way or list(MOMENTS)):
            is_back = not self.table.way and order.index(stage[0]) > order.index(stage[-1])
            for step in range(steps):
                done = float(paint.step(0, 1, np.array(step / steps))) * (len(stage) - 1)  # it starts and stops gently
                leg = int(done)
                before, after, share = stage[leg], stage[leg + 1], round(done - leg, 6)
                if order.index(before) > order.index(after):  # the way back is the way there
                    before, after, share = after, before, round(1 - share, 6)
                frames.append(frame(before, after, share))
                durations.append(round((BACK_MS if is_back else THERE_MS) / steps) if step else REST_MS)
        return frames, durations


def _stages(way: Sequence[str]) -> list[list[str]]:
    """The way and back to its beginning, cut at the moments at which it rests."""
    stages: list[list[str]] = []
    for name in (*way, way[0]):
        if stages:
            stages[-1].append(name)
        if name in RESTS or not stages:
            stages.append([name])
    return [stage for stage in stages if len(stage) > 1]


def targets(muscles: Sequence[Muscle]) -> list[Target]:
    """The muscles of a table, as they are drawn."""
    return [Target(muscle.name, muscle.side, muscle.colour) for muscle in muscles]


def _turns(start: Array, finish: Array, about: Array) -> bool:
    """Whether a joint goes around the hip, rather than along with it."""
    return bool(abs(np.linalg.norm(start - about) - np.linalg.norm(finish - about)) < 0.08)
