"""Areas of the body that a plate numbers: told by an outline, a hatch and a number, not by colour alone.

Their outlines lie on the chart as those of muscles do. They are plausible, not measured; no clinician has checked them.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from . import crew
from .body import Body
from .camera import DISTANCE, Camera
from .drawing import SCALE, bounds
from .figure import SIDES
from .light import Space
from .muscles import distance, rounded
from .palette import COLOURS
from .posing import Posed
from .rotations import Array

_KNEE = (0.147, -0.042, -0.316)
"""The middle of the left knee on the chart: meters to the left, back and up."""
_DOWN = {"above": (0.07, 0.05), "below": (0.16, 0.27)}
"""How far the leg goes outward and back for each meter down, above and below the knee."""
_FILL, _HATCH, _EDGE = 0.30, 0.62, 0.95
"""How much of the area's colour there is between the lines of the hatch, on them, and on the outline."""
_STRIPE, _LINE = 0.011, 0.0035
"""From one line of the hatch to the next, and the width of the outline: as a share of the plate's width."""
_CORNERS = 28
"""Of a traced outline."""
_CHUNK = 50_000
"""Pixels at a time."""


class Region(NamedTuple):
    """A ring of points (degrees: 0 is the outer side, -90 the front, 90 the back; meters up) around an axis."""

    on: str
    outline: tuple[tuple[float, float], ...]


REGIONS = {
    "kneecap": Region(
        "knee",
        ((-135, 0), (-125, 0.045), (-90, 0.062), (-55, 0.045), (-45, 0), (-55, -0.03), (-90, -0.036), (-125, -0.03)),
    ),
    "below-kneecap": Region(
        "knee", ((-138, -0.05), (-90, -0.043), (-42, -0.05), (-46, -0.09), (-90, -0.125), (-134, -0.09))
    ),
    "outer-knee": Region(
        "knee",
        ((-44, 0.0), (-30, 0.045), (0, 0.055), (30, 0.045), (44, 0.0), (30, -0.05), (0, -0.065), (-30, -0.05)),
    ),
    "back-of-knee": Region(
        "knee", ((50, 0.0), (60, 0.04), (90, 0.05), (120, 0.04), (130, 0.0), (120, -0.04), (90, -0.055), (60, -0.04))
    ),
    "groin": Region(
        "pelvis",
        ((-48, 0.12), (-56, 0.165), (-76, 0.155), (-93, 0.1), (-107, 0.045), (-107, 0.005), (-92, -0.005), (-66, 0.05)),
    ),
    "outer-hip": Region(
        "pelvis", ((-34, 0.08), (-24, 0.13), (0, 0.155), (24, 0.13), (34, 0.08), (24, 0.02), (0, -0.01), (-24, 0.02))
    ),
    "buttock": Region(
        "pelvis", ((26, 0.09), (32, 0.17), (58, 0.215), (88, 0.205), (99, 0.1), (92, 0.0), (60, -0.05), (32, 0.0))
    ),
}  # fmt: skip


class Traced(NamedTuple):
    """An area as the camera sees it, in pixels of the panel at its final size."""

    outline: Array
    middle: tuple[float, float]


def field(chart: Array, name: str, side: str, reach: float) -> Array:
    """How far (meters, inside below 0) places on the chart (n, 3) are from an area's edge, if not farther than
    `reach`."""
    region, radius, lift = REGIONS[name], 0.12, 0.0
    if region.on == "knee":
        radius, lift = 0.052, _KNEE[2]
    ring = rounded(np.array([(np.radians(degrees) * radius, height) for degrees, height in region.outline]))
    across = chart[:, 0] * (1 if SIDES[side] == "L" else -1)
    near = np.flatnonzero((np.abs(chart[:, 2] - lift - ring[:, 1].mean()) < 0.3) & (across > 0.004))
    x, y, up = across[near], chart[near, 1], chart[near, 2] - lift
    middle: Array | float = 0.045
    back: Array | float = 0.0
    if region.on == "knee":
        out, behind = (np.where(up > 0, _DOWN["above"][i], _DOWN["below"][i]) for i in (0, 1))
        middle, back = _KNEE[0] - up * out, _KNEE[1] - up * behind
    along = np.arctan2(y - back, x - middle) * radius
    far = np.ones(len(chart))
    far[near] = distance(np.stack([along, up], 1), ring, reach)
    return far


class Seen:
    """Where on the chart of the body the pixels of a picture at SCALE are, of which `on` are the numbers."""

    def __init__(self, camera: Camera, body: Body, posed: Posed) -> None:
        self.camera = camera
        self.width, self.height = SCALE * camera.size[0], SCALE * camera.size[1]
        skin = body.skin(posed)
        space = Space(skin.vertices, skin.triangles)
        left, top, right, bottom = bounds(camera, skin.vertices[body.figure.is_body])

        def trace(part: slice) -> tuple[NDArray[np.int64], Array]:
            rows, columns = np.divmod(np.arange(part.start, part.stop), right - left)
            rays = camera.rays((columns + left + 0.5) / SCALE, (rows + top + 0.5) / SCALE)
            hit, _, weights = space.first_hits(camera.eye, rays)
            on = np.flatnonzero(hit >= 0)
            places = (rows[on] + top) * self.width + columns[on] + left
            return places, np.einsum("pcx,pc->px", skin.chart[skin.triangles[hit[on]]], weights[on])

        parts = crew.each(trace, crew.slices((right - left) * (bottom - top), _CHUNK))
        self.on, self.chart = (np.concatenate(part) for part in zip(*parts, strict=True))


def paint(image: Image.Image, seen: Seen, name: str, side: str, whole: float) -> Traced:
    """Paint an area on a picture at SCALE of a plate that is `whole` pixels wide there, and trace it."""
    per_meter = seen.camera.focal * SCALE / DISTANCE
    half_line = _LINE * whole / 2
    away = field(seen.chart, name, side, 2 * half_line / per_meter)
    inside = np.zeros(seen.width * seen.height, bool)
    inside[seen.on[away < 0]] = True
    marked = (away < 0) | (np.abs(away) * per_meter < half_line)
    at, away = seen.on[marked], away[marked]
    rows, columns = np.divmod(at, seen.width)
    stripe = ((columns + rows) % round(_STRIPE * whole)) < 0.36 * _STRIPE * whole
    amount = np.where(stripe, _HATCH, _FILL)
    amount = np.where(np.abs(away) * per_meter < half_line, _EDGE, amount)[:, None]
    pixels = np.array(image).reshape(-1, 3)
    pixels[at] = pixels[at] * (1 - amount) + 255 * COLOURS["area"] * amount + 0.5
    image.paste(Image.fromarray(pixels.reshape(seen.height, seen.width, 3)))
    return _traced(inside.reshape(seen.height, seen.width))


def _traced(inside: NDArray[np.bool_]) -> Traced:
    """The outline of a mask at SCALE as a ring around its middle. Each area can be seen whole from there."""
    places = np.argwhere(inside)[:, ::-1].astype(float)
    middle = places.mean(0)
    away = places - middle
    angles, lengths = np.arctan2(away[:, 1], away[:, 0]), np.hypot(*away.T)
    which = np.floor((angles + np.pi) / (2 * np.pi) * _CORNERS).astype(int) % _CORNERS
    ring = []
    for number in range(_CORNERS):
        mine = np.flatnonzero(which == number)
        if len(mine):
            ring.append(places[mine[lengths[mine].argmax()]])
    return Traced(np.array(ring) / SCALE, (float(middle[0]) / SCALE, float(middle[1]) / SCALE))
