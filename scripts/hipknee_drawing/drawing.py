"""One picture of a figure in its pose: what each pixel shows, its colour, its shade and the lines around things.

Drawn at twice the size and made smaller at the end, so edges are smooth. Only what is covered is worked on, in arrays
of one row for each such pixel.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageFilter

from . import ground, muscles, paint
from .body import Body, Surface
from .camera import Camera
from .light import Lamp, Space
from .meshes import Indices, Solid, normals
from .palette import COLOURS, Look
from .posing import Posed
from .rotations import Array

SCALE = 2
_CHUNK = 400_000
"""Rays at a time: more takes memory and no less time."""
SKIN, HAIR, THING = 2, 5, 10
CLOTH = 20
"""What a pixel shows; cloth and things are counted on from theirs."""
_STEP, _JUMP, _FACE_JUMP = 0.014, 0.018, 0.06
"""Meters of depth between neighboring pixels that make a line; in a face, where small ones would be wrinkles."""
_LINE, _FINE = 0.92, 0.55


@dataclass(frozen=True)
class Target:
    """A muscle to be shown, in one of the palette's colours."""

    name: str
    side: str
    colour: str = "red"


@dataclass(frozen=True)
class Drawn:
    """A picture at SCALE and its camera; also at SCALE, which pixels show the first target (1), the second (2), and so
    on, and which show cloth."""

    image: Image.Image
    camera: Camera
    targets: NDArray[np.int8]
    cloth: NDArray[np.bool_]

    def small(self) -> Drawn:
        """The same with the picture at its final size."""
        return replace(self, image=self.image.resize(self.camera.size, Image.Resampling.LANCZOS))


def draw(
    body: Body, posed: Posed, things: Sequence[Solid], camera: Camera, targets: Sequence[Target], mat: ground.Mat | None
) -> Drawn:
    """The picture without marks."""
    skin, suit = body.skin(posed), body.suit(posed)
    all_vertices, faces, owner, outward = _joined(skin, things)
    space, suit_space = Space(all_vertices, faces), Space(suit.vertices, suit.triangles)
    lamp = Lamp(camera)
    in_use = np.unique(faces)
    sky, lit = np.ones(len(all_vertices)), np.ones(len(all_vertices))
    sky[in_use] = space.sky(all_vertices[in_use], outward[in_use]) * _over_floor(all_vertices[in_use], outward[in_use])
    lit[in_use] = space.lamp(all_vertices[in_use], outward[in_use], lamp.towards)
    suit_sky = space.sky(suit.vertices, suit.normals) * _over_floor(suit.vertices, suit.normals)
    suit_lit = space.lamp(suit.vertices, suit.normals, lamp.towards)

    left, top, right, bottom = _box(camera, all_vertices[in_use])
    columns, rows = np.meshgrid(np.arange(left, right), np.arange(top, bottom))
    rays = camera.rays((columns.ravel() + 0.5) / SCALE, (rows.ravel() + 0.5) / SCALE)
    size = (bottom - top, right - left)
    depth = np.full(len(rays), np.inf, np.float32)
    shows = np.zeros(len(rays), np.int8)
    calm = np.zeros(len(rays), bool)
    picture = np.zeros((len(rays), 3), np.float32)
    target = np.zeros(len(rays), np.int8)
    floor = np.where(rays[:, 2] < -1e-3, -camera.eye[2] / np.minimum(rays[:, 2], -1e-4), np.inf)
    for start in range(0, len(rays), _CHUNK):
        part = slice(start, start + _CHUNK)
        hit, away, weights = space.first_hits(camera.eye, rays[part])
        suit_hit, suit_away, suit_weights = suit_space.first_hits(camera.eye, rays[part])
        worn = _worn(suit, suit_hit, suit_weights, body.look)
        covers = (worn > 0) & (suit_away < away + 0.002)
        seen = ((hit >= 0) | covers) & (np.minimum(away, suit_away) < floor[part] + 0.0005)
        pixels = _Pixels(seen.sum())
        bare, dressed = seen & ~covers, seen & covers
        corners = faces[hit[bare]], suit.triangles[suit_hit[dressed]]
        on_skin, on_suit = ~covers[seen], covers[seen]
        pixels.put(on_skin, corners[0], weights[bare], outward, sky, lit)
        pixels.put(on_suit, corners[1], suit_weights[dressed], suit.normals, suit_sky, suit_lit)
        _paint(pixels, on_skin, skin, corners[0], weights[bare], owner[hit[bare]], things, body.look)
        _dress(pixels, on_suit, suit, corners[1], suit_weights[dressed], body.look)
        glow, muscle = _show_muscles(pixels, targets)
        shaded = lamp.shade(pixels.colour, pixels.normal, pixels.sky, pixels.lit, glow)
        depth[part][seen] = np.where(covers, suit_away, away)[seen]
        shows[part][seen] = pixels.shows
        calm[part][seen] = paint.is_head(pixels.chart) & (pixels.shows == SKIN)
        picture[part][seen] = shaded
        target[part][seen] = muscle
    figure = Image.fromarray(_bytes(picture.reshape(*size, 3)))
    covered = shows.reshape(size) > 0
    figure = _lined(figure, depth.reshape(size), shows.reshape(size), covered, calm.reshape(size))
    empty = ground.picture(camera, space, lamp.towards, all_vertices[in_use], mat)
    image = Image.fromarray(_bytes(empty)).resize(
        (SCALE * camera.size[0], SCALE * camera.size[1]), Image.Resampling.BILINEAR
    )
    solid = Image.fromarray((covered * 255).astype(np.uint8))
    around = solid.filter(ImageFilter.MaxFilter(3))  # the line around it
    image.paste(figure, (left, top), around)
    whole = (SCALE * camera.size[1], SCALE * camera.size[0])
    cloth, seen_as = np.zeros(whole, bool), np.zeros(whole, np.int8)
    cloth[top:bottom, left:right] = ((shows >= CLOTH) & (target == 0)).reshape(size)
    seen_as[top:bottom, left:right] = target.reshape(size)
    return Drawn(image, camera, seen_as, cloth)


def outline(body: Body, posed: Posed, other: Posed, camera: Camera, part: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The edge of a part of the body (a mask of vertices) in the pose `posed`, at SCALE, but for what `other` hides."""
    faces = body.skin_triangles[part[body.skin_triangles].all(1)]
    now = body.skin(other)
    masks = []
    for vertices, triangles in ((body.skin(posed).vertices, faces), (now.vertices, now.triangles)):
        left, top, right, bottom = _box(camera, body.skin(posed).vertices[np.unique(faces)])
        columns, rows = np.meshgrid(np.arange(left, right), np.arange(top, bottom))
        rays = camera.rays((columns.ravel() + 0.5) / SCALE, (rows.ravel() + 0.5) / SCALE)
        hit, _, _ = Space(vertices, triangles).first_hits(camera.eye, rays)
        masks.append((hit >= 0).reshape(columns.shape))
    before, after = (Image.fromarray((mask * 255).astype(np.uint8)) for mask in masks)
    edge = ImageChops.subtract(before.filter(ImageFilter.MaxFilter(3)), before)
    hidden = after.filter(ImageFilter.MaxFilter(11))
    whole = np.zeros((SCALE * camera.size[1], SCALE * camera.size[0]), bool)
    whole[top:bottom, left:right] = (np.asarray(edge) > 0) & (np.asarray(hidden) == 0)
    return whole


class _Pixels:
    """What is known of the covered pixels of one part of the picture."""

    def __init__(self, count: int) -> None:
        self.normal = np.zeros((count, 3), np.float32)
        self.colour = np.zeros((count, 3), np.float32)
        self.chart = np.full((count, 3), 99, np.float32)
        self.sky = np.ones(count, np.float32)
        self.lit = np.ones(count, np.float32)
        self.arm = np.zeros(count, np.float32)
        self.shows = np.zeros(count, np.int8)

    def put(
        self, where: NDArray[np.bool_], corners: Indices, weights: Array, normal: Array, sky: Array, lit: Array
    ) -> None:
        self.normal[where] = _blend(normal, corners, weights)
        self.sky[where] = _blend(sky, corners, weights)
        self.lit[where] = _blend(lit, corners, weights)


def _blend(values: Array, corners: Indices, weights: Array) -> Array:
    """Values of vertices, mixed for places within triangles."""
    if values.ndim == 1:
        return np.asarray((values[corners] * weights).sum(1))
    return np.asarray(np.einsum("pcx,pc->px", values[corners], weights))


def _joined(skin: Surface, things: Sequence[Solid]) -> tuple[Array, NDArray[np.int64], NDArray[np.int8], Array]:
    vertices, faces, outward = [skin.vertices], [skin.triangles], [skin.normals]
    owner = [np.full(len(skin.triangles), SKIN, np.int8)]
    start = len(skin.vertices)
    for number, thing in enumerate(things):
        vertices.append(thing.vertices)
        faces.append(thing.triangles + start)
        outward.append(normals(thing.vertices, thing.triangles))
        owner.append(np.full(len(thing.triangles), THING + number, np.int8))
        start += len(thing.vertices)
    return np.concatenate(vertices), np.concatenate(faces), np.concatenate(owner), np.concatenate(outward)


def _over_floor(points: Array, outward: Array) -> Array:
    """The floor takes light from what looks down on it from near."""
    return np.asarray(1 - 0.32 * np.exp(-np.clip(points[:, 2], 0, 9) / 0.10) * np.clip(0.5 - 0.5 * outward[:, 2], 0, 1))


def _box(camera: Camera, points: Array) -> tuple[int, int, int, int]:
    """The part of the picture, at SCALE, that holds all points: left, top, right, bottom."""
    seen = SCALE * camera.project(points)[:, :2]
    low, high = np.floor(seen.min(0)).astype(int) - 6, np.ceil(seen.max(0)).astype(int) + 6
    width, height = SCALE * camera.size[0], SCALE * camera.size[1]
    return max(low[0], 0), max(low[1], 0), min(high[0], width), min(high[1], height)


def _worn(suit: Surface, hit: NDArray[np.int32], weights: Array, look: Look) -> NDArray[np.int8]:
    worn = np.zeros(len(hit), np.int8)
    on = hit >= 0
    corners = suit.triangles[hit[on]]
    chart, arm = _blend(suit.chart, corners, weights[on]), _blend(suit.arm, corners, weights[on])
    worn[on] = paint.clothes(chart, arm, look.legs)
    return worn


def _paint(
    pixels: _Pixels,
    where: NDArray[np.bool_],
    skin: Surface,
    corners: Indices,
    weights: Array,
    owner: NDArray[np.int8],
    things: Sequence[Solid],
    look: Look,
) -> None:
    """Skin, hair, face, the skin under clothes, and things."""
    is_skin = owner == SKIN
    corners, weights = corners[is_skin], weights[is_skin]
    chart, arm = _blend(skin.chart, corners, weights), _blend(skin.arm, corners, weights)
    colour = np.tile(look.colours["skin"], (len(chart), 1))
    colour = paint.face(chart, skin.eye[corners].min(1), colour, look.colours)
    shows = np.full(len(chart), SKIN, np.int8)
    haired = paint.hair(chart, look.haircut) > 0
    colour[haired], shows[haired] = look.colours["hair"], HAIR
    worn = paint.clothes(chart, arm, look.legs)
    for number, name in enumerate(paint.CLOTHES):
        if number:
            colour[worn == number], shows[worn == number] = look.colours[name], CLOTH + number
    at = np.flatnonzero(where)
    pixels.colour[at[is_skin]], pixels.shows[at[is_skin]] = colour, shows
    pixels.chart[at[is_skin]], pixels.arm[at[is_skin]] = chart, arm
    for number, thing in enumerate(things):
        mine = at[owner == THING + number]
        pixels.colour[mine] = look.colours[thing.colour]
        pixels.shows[mine] = HAIR if thing.colour == "hair" else THING + number


def _dress(
    pixels: _Pixels, where: NDArray[np.bool_], suit: Surface, corners: Indices, weights: Array, look: Look
) -> None:
    chart, arm = _blend(suit.chart, corners, weights), _blend(suit.arm, corners, weights)
    worn = paint.clothes(chart, arm, look.legs)
    palette = np.stack([look.colours[name] for name in paint.CLOTHES])
    pixels.colour[where], pixels.shows[where] = palette[worn], CLOTH + worn
    pixels.chart[where], pixels.arm[where] = chart, arm


def _show_muscles(pixels: _Pixels, targets: Sequence[Target]) -> tuple[Array, NDArray[np.int8]]:
    """Paint the muscles with their fibres and their edge. How much of each pixel is muscle, 0 to 1, and which one."""
    glow = np.zeros(len(pixels.shows), np.float32)
    which = np.zeros(len(pixels.shows), np.int8)
    near = np.flatnonzero((pixels.chart[:, 2] < 0.35) & (pixels.chart[:, 2] > -0.4) & (pixels.arm < 0.4))
    for number, target in enumerate(targets, 1):
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
    return glow, which


def _lined(
    figure: Image.Image, depth: Array, shows: NDArray[np.int8], covered: NDArray[np.bool_], calm: NDArray[np.bool_]
) -> Image.Image:
    """The figure with a line around it and where one part stands before another; finer ones where colours meet."""
    strong, fine = np.zeros(covered.shape, bool), np.zeros(covered.shape, bool)
    filled = np.where(covered, depth, 0).astype(np.float32)
    for axis in (0, 1):
        jump = np.abs(np.diff(filled, axis=axis))
        here, there = _halves(axis)
        both = covered[here] & covered[there]
        # On a plane seen at a flat angle every pixel is a step further: compare with the steps beside it.
        beside = np.minimum(np.roll(jump, 1, axis), np.roll(jump, -1, axis))
        least = np.where(calm[here] & calm[there], _FACE_JUMP, _JUMP)
        strong[here] |= (covered[here] != covered[there]) | (both & (jump - beside > _STEP) & (jump > least))
        meets = both & (shows[here] != shows[there])
        fine[here] |= meets
    thick = Image.fromarray((strong * 255).astype(np.uint8)).filter(ImageFilter.MaxFilter(3))
    line = np.maximum(np.asarray(thick, np.float32) / 255 * _LINE, fine * _FINE)
    soft = Image.fromarray((255 * line).astype(np.uint8)).filter(ImageFilter.GaussianBlur(0.6))
    ink = Image.new("RGB", figure.size, tuple(round(255 * part) for part in COLOURS["line"]))
    return Image.composite(ink, figure, soft)


def _halves(axis: int) -> tuple[tuple[slice, ...], tuple[slice, ...]]:
    here, there = [slice(None)] * 2, [slice(None)] * 2
    here[axis], there[axis] = slice(0, -1), slice(1, None)
    return tuple(here), tuple(there)


def _bytes(picture: Array) -> NDArray[np.uint8]:
    return (np.clip(picture, 0, 1) * 255 + 0.5).astype(np.uint8)
