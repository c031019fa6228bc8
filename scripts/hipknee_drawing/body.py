"""The surfaces of a figure in its pose: skin with eyes and hair, and above it the suit that clothes are painted on.

The suit is a mesh of its own, a centimeter off the skin, that smooths what lies below. Where it is painted as nothing,
the skin shows; the skin under clothes has their colour, so that it may come through unseen.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from . import paint
from .figure import Figure
from .meshes import Indices, Subdivision, normals, triangles
from .palette import Look
from .rotations import Array

if TYPE_CHECKING:
    from .posing import Posed

_HAIR, _HAIR_RISES = 0.013, 0.04
"""Meters: how far hair stands off, and how far above its line it does so wholly."""
_HEM = 0.0065
"""Meters that the suit is drawn in at its ends, where it would stand out as spikes."""
_HEAD = ("neck", "head")
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
        self.eye = np.zeros(len(figure.vertices))
        self.eye[np.concatenate([quads["l_eye"], quads["r_eye"]])] = 1
        self.arm = figure.follows(*_ARM)

    @cached_property
    def same(self) -> bytes:
        """A hash of what this body has in every pose."""
        parts = (self.skin_triangles, self.figure.quads["tights"], self.figure.chart, self.arm, self.eye, self._hair)
        return sha256(b"".join(np.ascontiguousarray(np.round(part, 6)).tobytes() for part in parts)).digest()

    @cached_property
    def _tights(self) -> Tights:
        return Tights(self.figure, self.arm, self.look.legs)

    @cached_property
    def _hair(self) -> Array:
        above = paint.hair(self.figure.chart, self.look.haircut)
        return np.asarray(paint.step(0, _HAIR_RISES, above) * self.figure.part(*_HEAD))

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
        tights = self._tights
        placed = tights.finer(posed.vertices)
        outward = normals(placed, tights.triangles)
        placed = placed - outward * (_HEM * tights.drawn_in)[:, None]
        return Surface(placed, outward, tights.triangles, tights.chart, tights.arm, np.zeros(len(placed)))

    def suit_part(self, part: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Of the suit's vertices, those that belong to a part of the figure (a mask of its vertices)."""
        return np.asarray(self._tights.finer(part.astype(float)) > 0.5)


class Tights:
    """What stays the same of a suit: its triangles, but for those that are painted as nothing."""

    def __init__(self, figure: Figure, arm: Array, legs: str) -> None:
        self.finer = Subdivision(figure.quads["tights"], len(figure.vertices))
        self.chart, self.arm = self.finer(figure.chart), self.finer(arm)
        self.drawn_in = paint.hems(self.chart, self.arm, legs)
        whole = triangles(self.finer.quads)
        worn = paint.clothes(self.chart, self.arm, legs) > 0
        self.triangles: Indices = whole[worn[whole].any(1)]
