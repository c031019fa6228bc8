"""Where the target muscles lie on the chart, a body at rest: outlines on a cylinder around the pelvis or the thigh.

Each outline is a ring of points (degrees around the cylinder's axis: 0 is the side, -90 the front, 90 the back; height
in meters, on the chart). They follow the drawings of anatomy books as far as skin shows them, and are plausible,
not measured; no clinician has checked them.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .figure import SIDES
from .rotations import Array

_RADIANS = np.pi / 180


class Region(NamedTuple):
    """A muscle's outline, and how its fibres run: degrees from the horizontal, "fan" for a muscle like a fan."""

    on: str
    outline: tuple[tuple[float, float], ...]
    fibres: float | str


REGIONS = {
    "gluteus-medius": Region(
        "pelvis",
        (
            (-54, 0.222), (-40, 0.246), (-15, 0.264), (15, 0.264), (40, 0.248), (54, 0.226), (38, 0.18), (18, 0.135),
            (5, 0.098), (-9, 0.098), (-20, 0.13), (-40, 0.18),
        ),
        "fan",
    ),
    "gluteus-maximus": Region(
        "pelvis",
        (
            (84, 0.205), (66, 0.228), (50, 0.222), (40, 0.188), (24, 0.145), (10, 0.105), (4, 0.05), (10, 0.0),
            (40, -0.03), (64, -0.03), (82, 0.01), (86, 0.1),
        ),
        38,
    ),
    "deep-hip-rotators": Region(
        "pelvis",
        (
            (82, 0.175), (66, 0.178), (44, 0.160), (24, 0.142), (10, 0.130), (4, 0.112), (10, 0.088), (26, 0.072),
            (46, 0.062), (66, 0.064), (80, 0.085), (84, 0.13),
        ),
        8,
    ),
    "tensor-fasciae-latae": Region(
        "pelvis",
        (
            (-62, 0.21), (-50, 0.205), (-40, 0.165), (-28, 0.115), (-18, 0.06), (-14, 0.0), (-18, -0.045), (-26, -0.04),
            (-34, 0.02), (-46, 0.10), (-58, 0.17),
        ),
        104,
    ),
    "hip-flexors": Region(
        "pelvis",
        (
            (-52, 0.235), (-38, 0.215), (-42, 0.165), (-56, 0.10), (-68, 0.035), (-76, -0.025), (-84, -0.045),
            (-92, -0.02), (-90, 0.05), (-91, 0.13), (-87, 0.20), (-72, 0.225),
        ),
        98,
    ),
    "quadriceps": Region(
        "thigh",
        (
            (-140, 0.0), (-110, 0.06), (-70, 0.07), (-30, 0.04), (-15, -0.06), (-15, -0.2), (-36, -0.265),
            (-60, -0.285), (-90, -0.295), (-120, -0.272), (-140, -0.2),
        ),
        90,
    ),
}  # fmt: skip
SEEN_AS = {"gluteus-minimus": "gluteus-medius", "deep-hip-rotators": "gluteus-maximus"}
"""A muscle that lies wholly below another one is shown by that one."""
_STRIPE = 0.0135
"""Meters from one fibre stripe to the next."""
_REACH = 0.015
"""Meters from a muscle's edge; what is farther away looks the same at any distance."""
_ROW = 0.001
"""Meters of height: places are sorted by that, for most of them are far from any one part of an edge."""


def field(chart: Array, name: str, side: str) -> tuple[Array, Array]:
    """How far (meters, inside below 0) points of the chart (n, 3) are from the muscle's edge, if that is near, and the
    phase of its fibre stripes (whole numbers are the middles of stripes)."""
    region = REGIONS[name]
    x = chart[:, 0] * (1 if SIDES[side] == "L" else -1)
    y, z = chart[:, 1], chart[:, 2]
    middle: Array | float = 0.045
    back: Array | float = 0.0
    radius = 0.12
    if region.on == "thigh":  # it hangs a little outwards and forwards from the hip
        middle, back, radius = 0.115 + (0.136 - z) * 0.076, -0.006 - (0.136 - z) * 0.076, 0.075
    along = np.degrees(np.arctan2(y - back, x - middle)) * _RADIANS * radius
    ring = rounded(np.array([(degrees * _RADIANS * radius, height) for degrees, height in region.outline]))
    places = np.stack([along, z], 1)
    near = ((places > ring.min(0) - 0.02) & (places < ring.max(0) + 0.02)).all(1)
    away = np.ones(len(chart))
    away[near] = distance(places[near], ring, _REACH)
    away[x < 0.004] = 1.0  # the other side's
    if region.fibres == "fan":  # from the top of the thigh bone
        phase = np.degrees(np.arctan2(along, z - 0.06)) / 7
    else:
        slope = float(region.fibres) * _RADIANS
        phase = (z * np.cos(slope) - along * np.sin(slope)) / _STRIPE
    return away, phase


def rounded(ring: Array, steps: int = 3) -> Array:
    """Corners cut again and again (G. M. Chaikin 1974)."""
    for _ in range(steps):
        after = np.roll(ring, -1, 0)
        ring = np.stack([0.75 * ring + 0.25 * after, 0.25 * ring + 0.75 * after], 1).reshape(-1, 2)
    return ring


def distance(points: Array, ring: Array, reach: float) -> Array:
    """To a closed line, below 0 inside. What is farther away than `reach` is as far away as that."""
    if not len(points):
        return np.zeros(0)
    low = float(points[:, 1].min())
    rows = ((points[:, 1] - low) / _ROW).astype(np.uint16)
    order = np.argsort(rows, kind="stable")
    begins = [0, *np.bincount(rows).cumsum().tolist()]
    rows_there = len(begins) - 1
    points = points[order]
    nearest = np.full(len(points), reach**2)
    inside: NDArray[np.bool_] = np.zeros(len(points), bool)

    def between(bottom: float, top: float) -> slice:
        """Those of the points whose row has a part of these heights."""
        first, last = (min(max(int((height - low) // _ROW), -1), rows_there - 1) for height in (bottom, top))
        return slice(begins[max(first, 0)], begins[last + 1])

    for start, end in zip(ring, np.roll(ring, -1, 0), strict=True):
        edge, (least, most) = end - start, np.sort([start, end], axis=0)
        part = between(least[1] - reach, most[1] + reach)
        if part.start == part.stop:
            continue
        across = points[part, 0]
        close = part.start + np.flatnonzero((across > least[0] - reach) & (across < most[0] + reach))
        to = points[close] - start
        share = np.clip((to @ edge) / (edge @ edge), 0, 1)
        nearest[close] = np.minimum(nearest[close], ((to - share[:, None] * edge) ** 2).sum(1))
        part = between(least[1] - _ROW, most[1] + _ROW)  # a number may be rounded into the next row
        across, up = points[part].T
        crosses = (start[1] <= up) != (end[1] <= up)
        inside[part] ^= crosses & (across < edge[0] * (up - start[1]) / (edge[1] + 1e-12) + start[0])
    away = np.empty(len(points))
    away[order] = np.sqrt(nearest) * np.where(inside, -1, 1)
    return away
