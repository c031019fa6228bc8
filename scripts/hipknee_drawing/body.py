"""The surfaces of a figure in its pose: skin with eyes and hair, and above it the suit that clothes are painted on.

The suit is a mesh of its own, a centimeter off the skin, that smooths what lies below. Where it is painted as nothing,
the skin shows; the skin under clothes has their colour, so that it may come through unseen.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from . import paint
from .figure import Figure
from .meshes import Indices, normals, subdivided, triangles
from .palette import Look
from .posing import PARTS, Posed
from .rotations import Array

_HAIR, _HAIR_RISES = 0.013, 0.04
"""Meters: how far hair stands off, and how far above its line it does so wholly."""
_HEM = 0.0065
"""Meters that the suit is drawn in at its ends, where it would stand out as spikes."""
_ARM = ("upperarm", "lowerarm", "wrist", "metacarpal", "finger")


@dataclass(frozen=True)
class Surface:
    """A mesh in the world, and of each vertex where it is on the chart of the body and what it belongs to."""

    vertices: Array
    normals: Array
    triangles: Indices
    chart: Array
    arm: Array
    eye: Array


class Body:
    """What stays the same of a figure in every pose."""

    def __init__(self, who: str, figure: Figure, look: Look) -> None:
        self.who, self.figure, self.look = who, figure, look
        quads = figure.quads
        self.skin_triangles = np.concatenate([triangles(quads[name]) for name in ("body", "l_eye", "r_eye")])
        self._matrix, suit = subdivided(quads["tights"], len(figure.vertices))
        self.suit_triangles = triangles(suit)
        self.eye = np.zeros(len(figure.vertices))
        self.eye[np.unique(np.concatenate([quads["l_eye"], quads["r_eye"]]))] = 1
        self.arm = figure.follows(*_ARM)
        self.suit_chart, self.suit_arm = self._matrix @ figure.chart, self._matrix @ self.arm
        self._drawn_in = paint.hems(self.suit_chart, self.suit_arm, look.legs)

    @cached_property
    def _hair(self) -> Array:
        above = paint.hair(self.figure.chart, self.look.haircut)
        return np.asarray(paint.step(0, _HAIR_RISES, above) * self.figure.part(*PARTS["head"]))

    def skin(self, posed: Posed) -> Surface:
        placed = posed.vertices
        placed = placed + normals(placed, self.skin_triangles) * (_HAIR * self._hair)[:, None]
        return Surface(
            placed,
            normals(placed, self.skin_triangles),
            self.skin_triangles,
            self.figure.chart,
            self.arm,
            self.eye,
        )

    def suit(self, posed: Posed) -> Surface:
        placed = np.asarray(self._matrix @ posed.vertices)
        outward = normals(placed, self.suit_triangles)
        placed = placed - outward * (_HEM * self._drawn_in)[:, None]
        none = np.zeros(len(placed))
        return Surface(placed, outward, self.suit_triangles, self.suit_chart, self.suit_arm, none)
