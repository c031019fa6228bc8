"""Pictures that explain: the figure in several poses, or from several sides, side by side at one scale."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import chain

import numpy as np
from hipknee.pictures.drawing_facts import KEY, WIDE, Area, DrawingFacts
from PIL import Image, ImageDraw

from . import areas, drawing, marks, posing
from .camera import Camera, fitted, looking_at
from .drawing import Drawn, Shown
from .figure import SIDES
from .palette import COLOURS
from .pose_tables import Panel, Plate
from .posing import Posed
from .rotations import Array
from .scene import BACKDROP, things
from .studio import Studio, targets

_HEIGHTS = {"hips": (-0.27, 0.40), "pelvis": (-0.19, 0.36), "left knee": (-0.47, -0.11)}
"""Least and greatest height on the chart of the part of the body that is shown, in meters."""
_LINE = 0.014
"""Width of a guide line, as a share of a panel's width."""
_BESIDE = 0.18
"""Empty part on each side of a panel, as a share: room for labels."""
_DISC = 0.022
"""Radius of a disc, as a share of the whole plate's width."""
_AWAY, _APART = 0.13, 2.5
"""From the body to the middle of a muscle's label, as a share of a panel's width; between labels, in radii."""
LETTERS, _NAMED = 0.038, 0.03
"""Size of names and radius of their discs, as a share of the plate's width: a name is 12 CSS pixels high where a phone
shows the plate 328 wide."""
_TITLE = 0.062
"""Height of the part of a panel that its title has, as a share of the plate's width."""
NAMES, _LEAST = 0.46, 0.03
"""The part of a panel's width that its names have, and what is left free beside them."""
_ASIS = np.array([0.125, -0.12, 0.075])
"""From the middle of the pelvis to the front corner of its left half, in the pelvis's own axes: meters."""


class Arrangement:
    """A plate's poses, each with its camera. Raises `UnreachableError`."""

    def __init__(self, studio: Studio, plate: Plate, word: Callable[[str], str] = str) -> None:
        """`word` says what a muscle is called in the site's language."""
        self.plate = plate
        self.words: dict[str, str] = {
            muscle.name: word(muscle.name)
            for panel in plate.panels
            for muscle in panel.muscles
            if panel.names and muscle.label
        }
        self.body = studio.body(plate.figure, plate.wears)
        self.words |= {panel.title: word(panel.title) for panel in plate.panels if panel.title}
        self._seen: dict[int, areas.Seen] = {}  # for the key of the picture, and for the picture
        self._numbered: list[list[Area]] = [[] for _ in plate.panels]
        figure = self.body.figure
        self.posed = [
            posing.pose_at(figure, plate.base, panel.pose, "panels", number, "pose")
            for number, panel in enumerate(plate.panels)
        ]
        self.solids = [
            things(panel.scene, posed, self.body.look) for panel, posed in zip(plate.panels, self.posed, strict=True)
        ]
        self.helpers = [
            studio.helper(panel.helper, "panels", number, "helper", "pose") if panel.helper else None
            for number, panel in enumerate(plate.panels)
        ]

    def poses(self) -> list[Posed]:
        """All of them, in the table's order."""
        return self.posed

    def cameras(self) -> list[Camera]:
        """All that show the same part at one scale and height, so that they can be compared."""
        shows = [panel.shows or self.plate.shows for panel in self.plate.panels]
        margin = _BESIDE if any(muscle.label for panel in self.plate.panels for muscle in panel.muscles) else 0.05
        clouds = [self._cloud(number, part) for number, part in enumerate(shows)]
        alike = {part: [cloud for cloud, other in zip(clouds, shows, strict=True) if other == part] for part in shows}
        views = []
        for panel, cloud, part in zip(self.plate.panels, clouds, shows, strict=True):
            heights = np.concatenate(alike[part])[:, 2]
            low, high = heights.min(), heights.max()
            middle = (cloud.min(0) + cloud.max(0)) / 2
            whole = np.concatenate([cloud, [[middle[0], middle[1], low], [middle[0], middle[1], high]]])
            at = looking_at(middle, panel.around, panel.above, self._part_for_the_body(panel))
            views.append((at, whole, fitted(at, whole, 0.05 if panel.names else margin).focal))
        focals = [min(view[2] for view, other in zip(views, shows, strict=True) if other == part) for part in shows]
        cameras = [fitted(at, whole, focal=focal) for (at, whole, _), focal in zip(views, focals, strict=True)]
        return [self._whole(panel, camera) for panel, camera in zip(self.plate.panels, cameras, strict=True)]

    def _cloud(self, number: int, shows: str) -> Array:
        """Places (n, 3) of all that a panel has to show."""
        posed, helper, part = self.posed[number], self.helpers[number], self.body.figure.is_body
        if shows == "all":
            others = [solid.vertices for solid in self.solids[number] if solid.colour not in BACKDROP]
            if helper:
                others.append(helper.posed.vertices[helper.body.figure.is_body])
            return np.concatenate([posed.vertices[part], *others])
        chart, (low, high) = self.body.figure.chart, _HEIGHTS[shows]
        part = part & (chart[:, 2] > low) & (chart[:, 2] < high) & (self.body.arm < 0.5)
        if shows == "left knee":
            part = part & (chart[:, 0] > 0)
        return np.asarray(posed.vertices[part])

    def _part_for_the_body(self, panel: Panel) -> tuple[int, int]:
        """Width and height in pixels of what is left of a panel beside its names and above its title."""
        width, height = self.plate.shape
        return (round((1 - NAMES) * width) if panel.names else width, height - self._below)

    @property
    def _below(self) -> int:
        """Pixels below each panel for titles."""
        titles = any(panel.title for panel in self.plate.panels)
        return round(_TITLE * self.columns * self.plate.shape[0]) if titles else 0

    def _whole(self, panel: Panel, camera: Camera) -> Camera:
        """The camera of the whole panel, with the names' part on its side."""
        across, down = camera.centre
        shift = self.plate.shape[0] - camera.size[0] if panel.names == "left" else 0
        return replace(camera, centre=(across + shift, down), size=self.plate.shape)

    def drawn(self) -> list[Drawn]:
        """The panels, with their marks, at their final size, and what shows where."""
        return [self._panel(number, camera) for number, camera in enumerate(self.cameras())]

    @property
    def columns(self) -> int:
        """How many panels stand beside each other."""
        return self.plate.columns or len(self.plate.panels)

    def draw(self) -> Image.Image:
        """All panels beside and below each other, with fine lines between them. The picture says what is written in
        it."""
        width, height = self.plate.shape
        rows = -(-len(self.plate.panels) // self.columns)
        whole = Image.new("RGB", (width * self.columns, height * rows), _rgb(COLOURS["paper"]))
        for number, drawn in enumerate(self.drawn()):
            whole.paste(drawn.image, (number % self.columns * width, number // self.columns * height))
        pen = ImageDraw.Draw(whole)
        for number in range(1, self.columns):
            pen.line((number * width, 0.05 * height, number * width, whole.height - 0.05 * height), _RULE, width=2)
        for number in range(1, rows):
            pen.line((0.03 * width, number * height, whole.width - 0.03 * width, number * height), _RULE, width=2)
        numbered = tuple(chain.from_iterable(self._numbered))
        if self.words or numbered:
            whole.info[KEY] = DrawingFacts(self.words, numbered).as_text()
        return whole

    def _panel(self, number: int, camera: Camera) -> Drawn:
        panel, posed = self.plate.panels[number], self.posed[number]
        kneecaps = [panel.kneecap] if panel.kneecap else []
        person = Shown(self.body, posed, self.solids[number], targets(panel.muscles), kneecaps)
        helper = self.helpers[number]
        drawn = drawing.draw([person, helper] if helper else [person], camera, panel.scene.mat)
        image = drawn.image
        for name in panel.lines:
            seen = drawing.SCALE * camera.project(_line(posed, name))[:, :2]
            marks.guide(image, seen, panel.verdict or "arrow", _LINE * image.width)
        whole = self.columns * image.width
        is_large = panel.names or self.columns < 3  # where there is room, its sign is as large as a name
        radius = (_NAMED if is_large else _DISC) * whole
        if panel.names:
            self._name(panel, drawn, radius, LETTERS * whole)
        else:
            _label(panel, drawn, radius)
        self._numbered[number] = self._areas(number, drawn, _NAMED * whole)
        if panel.title:
            at = (image.width / 2, image.height - drawing.SCALE * self._below)
            ImageDraw.Draw(image).rectangle((0, at[1], *image.size), fill=_rgb(COLOURS["paper"]))
            marks.words(image, [self.words[panel.title]], (at[0], at[1] + 0.2 * LETTERS * whole), LETTERS * whole)
        if panel.verdict:
            marks.verdict(image, panel.verdict, radius)
        if panel.letter:
            marks.letter(image, panel.letter, radius)
        return drawn.small()

    def _areas(self, number: int, drawn: Drawn, radius: float) -> list[Area]:
        """Paint and number the areas of a panel: where they are on the whole plate."""
        panel, image = self.plate.panels[number], drawn.image
        if not panel.areas:
            return []
        first = 1 + sum(len(before.areas) for before in self.plate.panels[:number])
        width, height = self.plate.shape
        left, top = number % self.columns * width, number // self.columns * height
        part = WIDE / (self.columns * width)
        body = np.array([drawn.camera.project(self.posed[number].vertices[self.body.figure.is_body])[:, 0]])
        middle_of_body = float(body.mean())
        numbered = []
        if number not in self._seen:
            self._seen[number] = areas.Seen(drawn.camera, self.body, self.posed[number])
        seen = self._seen[number]
        for label, wish in enumerate(panel.areas, first):
            wide = self.columns * image.width
            traced = areas.paint(image, seen, wish.name, wish.side, wide)
            inner = radius / drawing.SCALE
            x = 1.3 * inner if traced.middle[0] < middle_of_body else width - 1.3 * inner
            at = (x, traced.middle[1])
            big = (drawing.SCALE * at[0], drawing.SCALE * at[1])
            to = (drawing.SCALE * traced.middle[0], drawing.SCALE * traced.middle[1])
            marks.leader(image, to, big, 0.12 * radius)
            marks.disc(image, str(label), big, radius)
            ring = tuple((round(part * (left + a)), round(part * (top + b))) for a, b in traced.outline)
            numbered.append(Area(ring, (round(part * (left + x)), round(part * (top + at[1])), round(part * inner))))
        return numbered

    def _name(self, panel: Panel, drawn: Drawn, radius: float, size: float) -> None:
        """Put each muscle's label, and its name below that, into the part of the panel beside the body."""
        image = drawn.image
        part = NAMES * image.width
        across = part / 2 if panel.names == "left" else image.width - part / 2
        clouds = {
            muscle: np.argwhere(drawn.targets == number)
            for number, muscle in enumerate(panel.muscles, 1)
            if muscle.label
        }
        blocks = [
            (muscle, places.mean(0), marks.wrapped(self.words[muscle.name], size, part - 2 * _LEAST * image.width))
            for muscle, places in clouds.items()
            if len(places)
        ]
        blocks.sort(key=lambda block: float(block[1][0]))
        heights = [2.3 * radius + marks.LEADING * size * len(lines) + 0.6 * size for _, _, lines in blocks]
        down = max(1.3 * radius, blocks[0][1][0] - heights[0] / 3) if blocks else 0.0
        for (muscle, (row, column), lines), height in zip(blocks, heights, strict=True):
            marks.leader(image, (float(column), float(row)), (across, down), 0.12 * radius)
            marks.disc(image, str(muscle.label), (across, down), radius)
            marks.words(image, lines, (across, down + 1.25 * radius), size)
            down += height


def _line(posed: Posed, name: str) -> Array:
    """Places in the world (n, 3) that a guide line goes through."""
    stance = posed.stance
    if name == "pelvis":
        corners = [stance.joint("root") + stance.axes_of("root") @ (_ASIS * [side, 1, 1]) for side in (1, -1)]
        beyond = 0.35 * (corners[0] - corners[1])
        return np.stack([corners[0] + beyond, corners[1] - beyond])
    side = SIDES[name.split()[0]]
    return np.stack([stance.joint(f"{bone}.{side}") for bone in ("upperleg01", "lowerleg01", "foot")])


def _rgb(colour: Array) -> tuple[int, int, int]:
    red, green, blue = (round(255 * part) for part in colour)
    return red, green, blue


_RULE = _rgb(0.85 * COLOURS["paper"])
"""The colour of the line between panels."""


def _label(panel: Panel, drawn: Drawn, radius: float) -> None:
    """Put each muscle's label beside the body, on the nearer side, at about the muscle's height."""
    image = drawn.image
    body = (drawn.targets > 0) | drawn.cloth
    placed: list[tuple[float, float]] = []
    clouds = [np.argwhere(drawn.targets == number) for number in range(1, len(panel.muscles) + 1)]
    labels = [
        (muscle.label, places.mean(0)) for muscle, places in zip(panel.muscles, clouds, strict=True) if len(places)
    ]
    for label, (row, column) in sorted(labels, key=lambda item: float(item[1][0])):
        if label is None:
            continue
        edge = np.flatnonzero(body[round(row)])
        on_left = column - edge.min() < edge.max() - column
        across = float(edge.min() - _AWAY * image.width if on_left else edge.max() + _AWAY * image.width)
        above = [y for x, y in placed if abs(x - across) < _APART * radius]
        down = max([float(row), *(y + _APART * radius for y in above)])
        placed.append((across, down))
        marks.leader(image, (float(column), float(row)), (across, down), 0.12 * radius)
        marks.disc(image, label, (across, down), radius)
