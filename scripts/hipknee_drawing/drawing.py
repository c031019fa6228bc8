"""One picture of figures in their poses: what each pixel shows, its colour, its shade and the lines around things.

Drawn at twice the size and made smaller at the end, so edges are smooth. Rays go only through blocks of pixels that
something may cover, and light is sought only for corners of triangles that some pixel shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from . import crew, grids, ground, light, muscles, paint
from .body import Body
from .camera import Camera
from .figure import SIDES
from .light import Lamp, Space
from .meshes import Indices, Solid, normals
from .palette import COLOURS, Look
from .rotations import Array

if TYPE_CHECKING:
    from .posing import Posed

SCALE = 2
_CHUNK = 50_000
"""Pixels at a time: more don't fit into the memory beside a processor, fewer are more calls."""
_LIT_AT_ONCE = 4000
"""Vertices at a time."""
_BLOCK, _SPAN = 16, 3
"""Pixels of the side of a block; a triangle that lies in more blocks than this each way is rare."""
SKIN, HAIR, CLOTH, THING = 2, 5, 20, 100
"""What a pixel shows; cloth and things are counted on from theirs."""
_FIGURE = 1000
"""The numbers of one figure: those of the next one are so much larger."""
_STEP, _JUMP, _FACE_JUMP = 0.014, 0.018, 0.06
"""Meters of depth between neighboring pixels that make a line; in a face, where small ones would be wrinkles."""
_LINE, _FINE = 0.92, 0.55
_SHORT_LINE, _SHORT_EDGE = 44, 200
"""Pixels at SCALE of a line that is but a speck, and of a bit of an outline that tells nothing."""
_NORMAL, _CHART, _ARM, _EYE, _SKY, _LIT = slice(0, 3), slice(3, 6), 6, 7, 8, 9
"""Columns of what is known of a vertex or a pixel."""
_NOWHERE = 99
"""On the chart: of what is no body."""
_ALL_EYE = 0.999
_KNEECAP, _KNEECAP_HALF, _KNEE_FRONT = (0.146, -0.300), (0.024, 0.027), -0.05
"""On the chart, in meters: its middle and half of its size, to the left and up; skin farther back is not on it."""
Box = tuple[int, int, int, int]
"""A part of a picture, in pixels at SCALE: left, top, right, bottom."""


@dataclass(frozen=True)
class Target:
    """A muscle to be shown, in one of the palette's colours."""

    name: str
    side: str
    colour: str = "red"


class Shown(NamedTuple):
    """One of the figures of a picture, with the things that are its own, its muscles that are shown, and the sides
    ("left") whose kneecap is."""

    body: Body
    posed: Posed
    things: Sequence[Solid] = ()
    targets: Sequence[Target] = ()
    kneecaps: Sequence[str] = ()


@dataclass(frozen=True)
class Drawn:
    """A picture at SCALE and its camera; also at SCALE, which pixels show the first target (1), the second (2), and so
    on, which show cloth, and whose body they show (1, 2, …; 0: nobody's)."""

    image: Image.Image
    camera: Camera
    targets: NDArray[np.int8]
    cloth: NDArray[np.bool_]
    figures: NDArray[np.int8]

    def small(self) -> Drawn:
        """The same with the picture at its final size."""
        if _NOTE.get():  # nobody looks at it, so it is made smaller the quick way
            return replace(self, image=self.image.reduce(SCALE))
        return replace(self, image=self.image.resize(self.camera.size, Image.Resampling.LANCZOS))


Note = Callable[[object], None]
_NOTE: ContextVar[Note | None] = ContextVar("note", default=None)


@contextmanager
def rehearsal(note: Note) -> Iterator[None]:
    """Within it nothing is drawn: `note` is given what each picture would be drawn from, and the picture is blank."""
    before = _NOTE.set(note)
    try:
        yield
    finally:
        _NOTE.reset(before)


def draw(people: Sequence[Shown], camera: Camera, mat: ground.Mat | None) -> Drawn:
    """The picture without marks."""
    if note := _NOTE.get():
        return _blank(people, camera, mat, note)
    scene = _Scene(people)
    lamp = Lamp(camera)
    box = left, top, right, bottom = bounds(camera, scene.vertices[scene.in_use])
    size = (bottom - top, right - left)
    below = crew.begun(lambda: _ground(camera, scene, lamp, mat))
    hits = scene.hits(camera, box)
    scene.light(lamp, _corners(scene.faces[hits.triangle], len(scene.vertices)))
    count = size[0] * size[1]
    depth, picture = np.zeros(count, np.float32), np.zeros((count, 3), np.uint8)
    shows, calm, target = np.zeros(count, np.int16), np.zeros(count, bool), np.zeros(count, np.int8)
    depth[hits.pixel] = hits.away

    def paint_part(part: slice) -> None:
        at = hits.pixel[part]
        pixels = scene.pixels(hits.triangle[part], hits.weights[part])
        glow, target[at] = scene.paint(pixels)
        shaded = lamp.shade(pixels.colour, pixels.normal, pixels.sky, pixels.lit, glow)
        picture[at], shows[at] = _bytes(shaded), pixels.shows
        calm[at] = paint.is_head(pixels.chart) & (pixels.shows % _FIGURE == SKIN)

    crew.each(paint_part, crew.slices(len(hits.pixel), _CHUNK))
    covered = shows.reshape(size) > 0
    figure = Image.fromarray(picture.reshape(*size, 3))
    figure = _lined(figure, depth.reshape(size), shows.reshape(size), covered, calm.reshape(size))
    image = below.result()
    image.paste(figure, (left, top), Image.fromarray(_grown(covered, 1)))  # with the line around it
    figures, kinds = np.divmod(shows, _FIGURE)
    worn = (kinds >= CLOTH) & (kinds < THING) & (target == 0)
    who = np.where((shows > 0) & (kinds < THING), figures + 1, 0).astype(np.int8)
    return Drawn(image, camera, *(_whole(part.reshape(size), camera, box) for part in (target, worn, who)))


def outline(
    body: Body, posed: Posed, camera: Camera, part: NDArray[np.bool_], hidden: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """The edge of a part of the body (a mask of vertices) in the pose `posed`, in its clothes, at SCALE, but for what
    is hidden there or at less than a line's distance, and for bits too short to be dashed."""
    skin, suit, worn = body.skin(posed).vertices, body.suit(posed), body.suit_part(part)
    bare = part & ~body.figure.part("toe")  # toes are in a shoe
    faces = np.concatenate(
        [
            body.skin_triangles[bare[body.skin_triangles].all(1)],
            suit.triangles[worn[suit.triangles].all(1)] + len(skin),
        ]
    )
    vertices = np.concatenate([skin, suit.vertices])
    left, top, right, bottom = box = bounds(camera, vertices[_corners(faces, len(vertices))])
    inside = _asked(camera, vertices, faces, box)
    rows, columns = np.nonzero(inside)
    rays = camera.rays((columns + left + 0.5) / SCALE, (rows + top + 0.5) / SCALE)
    inside[rows, columns] = Space(vertices, faces).first_hits(camera.eye, rays)[0] >= 0
    edge = _grown(inside, 1) & ~inside
    seen = grids.without_bits(edge & ~_grown(hidden[top:bottom, left:right], 5), _SHORT_EDGE)
    return np.asarray(_whole(seen, camera, box))


def _blank(people: Sequence[Shown], camera: Camera, mat: ground.Mat | None, note: Note) -> Drawn:
    """White paper, on which a patch stands for each target, so that it is marked."""
    note((COLOURS, light.SKY_RAYS, light.LAMP_RAYS, camera, mat))
    for person in people:
        note((person.body.same, person.body.look, person.posed.vertices, person[2:]))
    width, height = SCALE * camera.size[0], SCALE * camera.size[1]
    where = np.zeros((height, width), np.int8)
    numbers = range(1, 1 + sum(len(person.targets) for person in people))
    for number in numbers:
        middle = height * number // (len(numbers) + 1)
        where[middle - 5 : middle + 5, width // 2 - 5 : width // 2 + 5] = number
    return Drawn(Image.new("RGB", (width, height), "white"), camera, where, where > 0, np.zeros_like(where))


def _ground(camera: Camera, scene: _Scene, lamp: Lamp, mat: ground.Mat | None) -> Image.Image:
    """The picture at SCALE without the figures."""
    empty = ground.picture(camera, scene.space, lamp.towards, scene.vertices[scene.in_use], mat)
    size = SCALE * camera.size[0], SCALE * camera.size[1]
    return Image.fromarray(_bytes(empty)).resize(size, Image.Resampling.BILINEAR)


class _Hits(NamedTuple):
    """The covered pixels of a box: the number of each, the triangle that it shows, where in it, and meters away."""

    pixel: NDArray[np.int64]
    triangle: NDArray[np.int32]
    weights: NDArray[np.float32]
    away: NDArray[np.float32]


class _Scene:
    """All surfaces of a picture, as one mesh: skins and things, then suits. `owner` says of each triangle whose it is
    and what it shows."""

    def __init__(self, people: Sequence[Shown]) -> None:
        self.people = people
        vertices: list[Array] = []
        faces: list[Indices] = []
        owner: list[tuple[int, int]] = []
        known: list[Array] = []

        def add(places: Array, triangles: Indices, outward: Array, body: Sequence[Array], whose: int) -> None:
            faces.append(triangles + sum(map(len, vertices)))
            vertices.append(places)
            owner.append((whose, len(triangles)))
            known.append(np.column_stack([outward, *body, np.ones((len(places), 2))]).astype(np.float32))

        for number, (body, posed, things, *_) in enumerate(people):
            skin = body.skin(posed)
            of_body = (skin.chart, skin.arm, skin.eye)
            add(skin.vertices, skin.triangles, skin.normals, of_body, _FIGURE * number + SKIN)
            for which, thing in enumerate(things):
                nobody = (np.full((len(thing.vertices), 3), _NOWHERE), np.zeros((len(thing.vertices), 2)))
                outward = normals(thing.vertices, thing.triangles)
                add(thing.vertices, thing.triangles, outward, nobody, _FIGURE * number + THING + which)
        self.solid = sum(map(len, faces))
        for number, (body, posed, *_) in enumerate(people):
            suit = body.suit(posed)
            of_suit = (suit.chart, suit.arm, suit.eye)
            add(suit.vertices, suit.triangles, suit.normals, of_suit, _FIGURE * number + CLOTH)
        self.vertices, self.faces = np.concatenate(vertices), np.concatenate(faces)
        self.owner = np.repeat(*np.array(owner).T).astype(np.int16)
        self.known = np.concatenate(known)
        self.in_use = _corners(self.faces[: self.solid], len(self.vertices))
        self.space = Space(self.vertices, self.faces[: self.solid])
        self.shading = self._without_bands()
        self.suits = Space(self.vertices, self.faces[self.solid :])

    def _without_bands(self) -> Space:
        """What takes light from the figure: a band lies so close that it would only leave specks beside its edges."""
        bands = [
            _FIGURE * number + THING + which
            for number, person in enumerate(self.people)
            for which, thing in enumerate(person.things)
            if thing.colour == "band"
        ]
        if not bands:
            return self.space
        return Space(self.vertices, self.faces[: self.solid][~np.isin(self.owner[: self.solid], bands)])

    def hits(self, camera: Camera, box: Box) -> _Hits:
        """What the pixels of the box show, but for those that show the ground."""
        left, top, right, _ = box
        dressed = _asked(camera, self.vertices, self.faces[self.solid :], box)
        asked = np.flatnonzero(dressed | _asked(camera, self.vertices, self.faces[: self.solid], box))

        def trace(part: slice) -> _Hits:
            rows, columns = np.divmod(asked[part], right - left)
            rays = camera.rays((columns + left + 0.5) / SCALE, (rows + top + 0.5) / SCALE)
            down = rays[:, 2]
            hit, away, weights = self.space.first_hits(camera.eye, rays)
            maybe = np.flatnonzero(dressed[rows, columns])
            suit, suit_away, suit_weights = self.suits.first_hits(camera.eye, rays[maybe])
            near = np.flatnonzero(suit_away < away[maybe] + np.float32(0.002))
            near = near[self._worn(suit[near] + self.solid, suit_weights[near])]
            covered = maybe[near]
            hit[covered], away[covered], weights[covered] = suit[near] + self.solid, suit_away[near], suit_weights[near]
            floor = np.where(down < -1e-3, -camera.eye[2] / np.minimum(down, -1e-4), np.inf)
            seen = np.flatnonzero((hit >= 0) & (away < floor + 0.0005))
            return _Hits(asked[part][seen], hit[seen], weights[seen], away[seen])

        parts = crew.each(trace, crew.slices(len(asked), _CHUNK))
        return _Hits(*(np.concatenate(part) for part in zip(*parts, strict=True)))

    def light(self, lamp: Lamp, where: NDArray[np.int64]) -> None:
        """Find how much light comes to these vertices."""

        def light_part(part: slice) -> None:
            at = where[part]
            points, outward = self.vertices[at], self.known[at, _NORMAL]
            self.known[at, _SKY] = self.shading.sky(points, outward) * _over_floor(points, outward)
            self.known[at, _LIT] = self.shading.lamp(points, outward, lamp.towards)

        crew.each(light_part, crew.slices(len(where), _LIT_AT_ONCE))

    def pixels(self, triangles: NDArray[np.int32], weights: Array) -> _Pixels:
        return _Pixels(self.owner[triangles], self._mixed(self.known, triangles, weights))

    def paint(self, pixels: _Pixels) -> tuple[Array, NDArray[np.int8]]:
        """Give the pixels their colours. How much of each is muscle, 0 to 1, and which of the targets."""
        glow, which = np.zeros(len(pixels.shows), np.float32), np.zeros(len(pixels.shows), np.int8)
        before = 0
        whose, kinds = np.divmod(pixels.owner, _FIGURE)
        for number, (body, _, things, targets, kneecaps) in enumerate(self.people):
            mine = np.flatnonzero(whose == number)
            what = kinds[mine]
            _paint(pixels, mine[what == SKIN], body.look)
            _dress(pixels, mine[what == CLOTH], body.look)
            for place, thing in enumerate(things):
                at = mine[what == THING + place]
                pixels.colour[at] = body.look.colours[thing.colour]
                pixels.shows[at] = HAIR if thing.colour == "hair" else THING + place
            for side in kneecaps:
                _show_kneecap(pixels, mine, side)
            for target in targets:
                before += 1
                _show_muscle(pixels, mine, target, before, glow, which)
            pixels.shows[mine] += _FIGURE * number
        return glow, which

    def _worn(self, triangles: NDArray[np.int32], weights: Array) -> NDArray[np.bool_]:
        """Where the suits are painted as clothes."""
        mixed, whose = self._mixed(self.known[:, 3:7], triangles, weights), self.owner[triangles] // _FIGURE
        worn = np.zeros(len(mixed), bool)
        for number, person in enumerate(self.people):
            mine = whose == number
            worn[mine] = paint.clothes(mixed[mine, :3], mixed[mine, 3], person.body.look.legs) > 0
        return worn

    def _mixed(self, values: Array, triangles: NDArray[np.int32], weights: Array) -> Array:
        """Values of vertices for places within triangles."""
        corners = self.faces[triangles]
        mixed = values.take(corners[:, 0], 0) * weights[:, :1]
        for corner in (1, 2):
            mixed += values.take(corners[:, corner], 0) * weights[:, corner, None]
        return mixed


class _Pixels:
    """What is known of some covered pixels: whose they are (`owner`), and the columns of `values`."""

    def __init__(self, owner: NDArray[np.int16], values: Array) -> None:
        self.owner = owner
        self.normal, self.chart, self.arm, self.eye = (values[:, part] for part in (_NORMAL, _CHART, _ARM, _EYE))
        self.sky, self.lit = values[:, _SKY], values[:, _LIT]
        self.colour = np.zeros((len(owner), 3), np.float32)
        self.shows = np.zeros(len(owner), np.int16)


def _corners(faces: Indices, count: int) -> NDArray[np.int64]:
    """The vertices, of so many, that are corners of these triangles, each once."""
    mask = np.zeros(count, bool)
    mask[faces] = True
    return np.flatnonzero(mask)


def _over_floor(points: Array, outward: Array) -> Array:
    """The floor takes light from what looks down on it from near."""
    return np.asarray(1 - 0.32 * np.exp(-np.clip(points[:, 2], 0, 9) / 0.10) * np.clip(0.5 - 0.5 * outward[:, 2], 0, 1))


def bounds(camera: Camera, points: Array) -> Box:
    """The part of the picture, at SCALE, that holds all points: left, top, right, bottom."""
    seen = SCALE * camera.project(points)[:, :2]
    low, high = np.floor(seen.min(0)).astype(int) - 6, np.ceil(seen.max(0)).astype(int) + 6
    width, height = SCALE * camera.size[0], SCALE * camera.size[1]
    return max(low[0], 0), max(low[1], 0), min(high[0], width), min(high[1], height)


def _asked(camera: Camera, vertices: Array, faces: Indices, box: Box) -> NDArray[np.bool_]:
    """The pixels (height, width) of all blocks in which a triangle may lie."""
    left, top, right, bottom = box
    blocks = np.zeros((-(-(bottom - top) // _BLOCK), -(-(right - left) // _BLOCK)), bool)
    seen = (SCALE * camera.project(vertices)[:, 1::-1] - [top, left]).astype(np.float32)[faces]
    low, high = (
        np.clip(np.floor(edge / _BLOCK).astype(np.int32), 0, np.array(blocks.shape) - 1)
        for edge in (seen.min(1) - 1, seen.max(1) + 1)
    )
    large = (high - low).max(1) >= _SPAN
    for down in range(_SPAN):
        for across in range(_SPAN):
            rows, columns = np.minimum(low + np.array([down, across]), high)[~large].T
            blocks[rows, columns] = True
    for first, last in zip(low[large], high[large], strict=True):
        blocks[first[0] : last[0] + 1, first[1] : last[1] + 1] = True
    return blocks.repeat(_BLOCK, 0).repeat(_BLOCK, 1)[: bottom - top, : right - left]


def _grown(mask: NDArray[np.bool_], by: int) -> NDArray[np.bool_]:
    """The mask with all pixels around it, up to so many away, diagonally too."""
    for axis in (0, 1):
        here, there = _halves(axis)
        for _ in range(by):
            wider = mask.copy()
            wider[here] |= mask[there]
            wider[there] |= mask[here]
            mask = wider
    return mask


def _whole(part: Any, camera: Camera, box: Box) -> Any:
    """The picture at SCALE (height, width) with what is in the box, 0 elsewhere."""
    left, top, right, bottom = box
    whole = np.zeros((SCALE * camera.size[1], SCALE * camera.size[0]), part.dtype)
    whole[top:bottom, left:right] = part
    return whole


def _paint(pixels: _Pixels, at: NDArray[np.int64], look: Look) -> None:
    """Skin, hair, face, and the skin under clothes."""
    chart, arm = pixels.chart[at], pixels.arm[at]
    colour = np.tile(look.colours["skin"].astype(np.float32), (len(chart), 1))
    colour = paint.face(chart, (pixels.eye[at] > _ALL_EYE).astype(np.float32), colour, look.colours)
    shows = np.full(len(chart), SKIN, np.int16)
    haired = paint.hair(chart, look.haircut) > 0
    colour[haired], shows[haired] = look.colours["hair"], HAIR
    worn = paint.clothes(chart, arm, look.legs)
    for number, name in enumerate(paint.CLOTHES):
        if number:
            colour[worn == number], shows[worn == number] = look.colours[name], CLOTH + number
    pixels.colour[at], pixels.shows[at] = colour, shows


def _dress(pixels: _Pixels, at: NDArray[np.int64], look: Look) -> None:
    worn = paint.clothes(pixels.chart[at], pixels.arm[at], look.legs)
    palette = np.stack([look.colours[name] for name in paint.CLOTHES])
    pixels.colour[at], pixels.shows[at] = palette[worn], CLOTH + worn


def _show_kneecap(pixels: _Pixels, mine: NDArray[np.int64], side: str) -> None:
    """Paint a kneecap, as it lies below the skin, with its edge."""
    x, y, z = pixels.chart[mine].T
    x = x * (1 if SIDES[side] == "L" else -1)
    away = np.hypot((x - _KNEECAP[0]) / _KNEECAP_HALF[0], (z - _KNEECAP[1]) / _KNEECAP_HALF[1])
    at = mine[(away < 1.2) & (y < _KNEE_FRONT)]
    away = away[(away < 1.2) & (y < _KNEE_FRONT)]
    for amount, name in ((0.45 * (1 - paint.step(0.95, 1, away)), "kneecap"), (_ring(away), "line")):
        pixels.colour[at] += (COLOURS[name].astype(np.float32) - pixels.colour[at]) * amount[:, None].astype(np.float32)


def _ring(away: Array) -> Array:
    return np.asarray(0.75 * np.exp(-(((away - 1) / 0.05) ** 2)))


def _show_muscle(
    pixels: _Pixels, mine: NDArray[np.int64], target: Target, number: int, glow: Array, which: NDArray[np.int8]
) -> None:
    """Paint a muscle with its fibres and its edge on those of the pixels that are its figure's."""
    height = pixels.chart[mine, 2]
    near = mine[(height < 0.35) & (height > -0.4) & (pixels.arm[mine] < 0.4)]
    distance, phase = muscles.field(pixels.chart[near], target.name, target.side)
    amount = 1 - paint.step(-0.004, 0.004, distance)
    on = amount > 0
    at, amount, phase, distance = near[on], amount[on, None], phase[on], distance[on]
    fibre = 1.06 - 0.24 * (0.5 + 0.5 * np.cos(2 * np.pi * phase))[:, None]
    colour = pixels.colour[at] * (1 - 0.95 * amount) + COLOURS[target.colour] * fibre * 0.95 * amount
    edge = 0.75 * np.exp(-((distance / 0.0022) ** 2))[:, None]
    pixels.colour[at] = colour * (1 - edge) + 0.45 * COLOURS[target.colour] * edge
    glow[at] = np.maximum(glow[at], amount[:, 0])
    which[at[amount[:, 0] > 0.5]] = number


def _lined(
    figure: Image.Image, depth: Array, shows: NDArray[np.int16], covered: NDArray[np.bool_], calm: NDArray[np.bool_]
) -> Image.Image:
    """The figure with a line around it and where one part stands before another; finer ones where colours meet."""
    strong, fine = np.zeros(covered.shape, bool), np.zeros(covered.shape, bool)
    for axis in (0, 1):
        jump = np.abs(np.diff(depth, axis=axis))
        here, there = _halves(axis)
        both = covered[here] & covered[there]
        strong[here] |= covered[here] != covered[there]
        fine[here] |= both & (shows[here] != shows[there])
        at = np.nonzero(both & (jump > _JUMP))
        # On a plane seen at a flat angle every pixel is a step further: compare with the steps beside it.
        before, after = list(at), list(at)
        before[axis], after[axis] = at[axis] - 1, (at[axis] + 1) % jump.shape[axis]
        beside = np.minimum(jump[tuple(before)], jump[tuple(after)])
        least = np.where(calm[here][at] & calm[there][at], _FACE_JUMP, _JUMP)
        strong[here][at] |= (jump[at] - beside > _STEP) & (jump[at] > least)
    strong = grids.without_bits(strong, _SHORT_LINE)
    line = np.where(_grown(strong, 1), np.uint8(255 * _LINE), fine * np.uint8(255 * _FINE))
    soft = Image.fromarray(line).filter(ImageFilter.GaussianBlur(0.6))
    ink = Image.new("RGB", figure.size, tuple(round(255 * part) for part in COLOURS["line"]))
    return Image.composite(ink, figure, soft)


def _halves(axis: int) -> tuple[tuple[slice, ...], tuple[slice, ...]]:
    here, there = [slice(None)] * 2, [slice(None)] * 2
    here[axis], there[axis] = slice(0, -1), slice(1, None)
    return tuple(here), tuple(there)


def _bytes(picture: Array) -> NDArray[np.uint8]:
    return (np.clip(picture, 0, 1) * 255 + 0.5).astype(np.uint8)
