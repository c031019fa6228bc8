"""Triangle meshes: normals, smoothing, simple solids."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .rotations import Array, unit

Indices = NDArray[np.int64]


class Solid(NamedTuple):
    """A thing of one colour: vertices (n, 3), triangles (m, 3), red-green-blue from 0 to 1."""

    vertices: Array
    triangles: Indices
    colour: str


def triangles(quads: Indices) -> Indices:
    """Two for each quad (n, 4); a quad that repeats its last corner gives one."""
    both = np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]])
    whole = (both[:, 0] != both[:, 1]) & (both[:, 1] != both[:, 2]) & (both[:, 0] != both[:, 2])
    return np.asarray(both[whole])


def alike(rows: NDArray[Any]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Of rows (n, m) of numbers the first of each that are equal, in their order; and for each row which of those it
    is."""
    order = np.lexsort(rows.T[::-1])
    ordered = rows[order]
    new = np.concatenate([[True], (ordered[1:] != ordered[:-1]).any(1)])
    which = np.empty(len(rows), np.int64)
    which[order] = np.cumsum(new) - 1
    return order[new], which


def normals(vertices: Array, faces: Indices) -> Array:
    """Of each vertex (n, 3), as the mean of its triangles weighted by their area."""
    corners = vertices[faces]
    flat = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    summed = np.stack(
        [np.bincount(faces.ravel(), np.repeat(flat[:, axis], 3), len(vertices)) for axis in range(3)], axis=1
    )
    return np.asarray(summed / (np.linalg.norm(summed, axis=1, keepdims=True) + 1e-12))


class Subdivision:
    """One step of Catmull and Clark: `quads` are the new ones, and calling it makes new values of the old vertices'.

    E. Catmull, J. Clark: Recursively generated B-spline surfaces on arbitrary topological meshes (1978). Edges at the
    rim are kept as curves.
    """

    def __init__(self, quads: Indices, count: int) -> None:
        self._old, self._count = quads, count
        faces = len(quads)
        edges = np.sort(np.concatenate([quads[:, [i, (i + 1) % 4]] for i in range(4)]), 1)
        first, inverse = alike((edges @ [count, 1])[:, None])
        keys, shared = (edges @ [count, 1])[first], np.bincount(inverse)
        self._edges = np.stack([keys // count, keys % count], 1)
        self._edge_of = inverse.reshape(4, faces)
        self._inner = shared == 2
        self._rim = self._edges[~self._inner]
        self._at_rim = np.zeros(count, bool)
        self._at_rim[self._rim] = True
        self._valence = np.maximum(np.bincount(quads.ravel(), minlength=count), 1)
        self._edge_valence = np.maximum(np.bincount(self._edges.ravel(), minlength=count), 1)
        on_edge, in_face = self._edge_of + count, np.arange(faces) + count + len(keys)
        self.quads: Indices = np.concatenate(
            [np.stack([quads[:, k], on_edge[k], in_face, on_edge[(k + 3) % 4]], 1) for k in range(4)]
        )

    def __call__(self, values: Array) -> Array:
        """Of the new vertices (n, …), from those of the old ones (count, …)."""
        if values.ndim > 1:
            return np.stack([self(column) for column in values.T], 1)
        count, quads = self._count, self._old
        in_faces = values[quads].mean(1)
        middles = values[self._edges].mean(1)
        beside = np.bincount(self._edge_of.ravel(), np.tile(in_faces, 4), len(middles)) / 2
        on_edges = np.where(self._inner, (middles + beside) / 2, middles)
        around = np.bincount(quads.ravel(), np.repeat(in_faces, 4), count) / self._valence
        halfway = np.bincount(self._edges.ravel(), np.repeat(middles, 2), count) / self._edge_valence
        smooth = (around + 2 * halfway + (self._valence - 3) * values) / self._valence
        curve = 0.75 * values + 0.125 * np.bincount(self._rim.ravel(), values[self._rim[:, ::-1]].ravel(), count)
        return np.concatenate([np.where(self._at_rim, curve, smooth), on_edges, in_faces])


def box(centre: Array, half: Array, colour: str) -> Solid:
    """With sharp edges: each triangle has vertices of its own."""
    corners = np.array([[x, y, z] for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)]) * np.asarray(half)
    quads = np.array([[0, 1, 3, 2], [4, 6, 7, 5], [0, 4, 5, 1], [2, 3, 7, 6], [0, 2, 6, 4], [1, 5, 7, 3]])
    return _facetted(corners + np.asarray(centre), triangles(quads), np.asarray(centre), colour)


def cushion(centre: Array, half: Array, colour: str, edge: float = 0.45, turn: Array | None = None) -> Solid:
    """A superellipsoid: `edge` 1 is an ellipsoid, less is more like a box."""
    count = 32
    up = np.linspace(-np.pi / 2, np.pi / 2, count)
    around = np.linspace(-np.pi, np.pi, 2 * count, endpoint=False)
    latitude, longitude = np.meshgrid(up, around, indexing="ij")

    def power(value: Array, exponent: float) -> Array:
        return np.asarray(np.sign(value) * np.abs(value) ** exponent)

    ring = power(np.cos(latitude), 1.6 * edge)
    points = np.stack(
        [ring * power(np.cos(longitude), edge), ring * power(np.sin(longitude), edge), power(np.sin(latitude), 0.9)], -1
    ).reshape(-1, 3) * np.asarray(half)
    width = 2 * count
    quads = np.array(
        [
            [i * width + j, i * width + (j + 1) % width, (i + 1) * width + (j + 1) % width, (i + 1) * width + j]
            for i in range(count - 1)
            for j in range(width)
        ]
    )
    turned = points if turn is None else points @ turn.T
    return Solid(turned + np.asarray(centre), triangles(quads), colour)


_HANGS = 0.25
"""How far a loose band hangs down, as a share of how far it bows out."""


def loop(
    ends: tuple[Array, Array],
    along: tuple[Array, Array],
    radius: float,
    width: float,
    colour: str,
    thick: float = 0.003,
    loose: float = 0,
) -> Solid:
    """A flat band around two limbs: `ends` are the middles of the limbs there, `along` their directions. Meters.

    Between the limbs it is straight, or bows out by `loose` and hangs down a little.
    """
    (a, b), (axis_a, axis_b) = ends, along
    across = unit(b - a)
    aside = unit(np.cross(unit(unit(axis_a) + unit(axis_b)), across))
    count = 40
    half_turn = np.radians(np.linspace(-90, 90, count))[:, None]
    between = np.linspace(0, 1, count)[1:-1, None]
    arc_b = b + radius * (np.cos(half_turn) * across + np.sin(half_turn) * aside)
    arc_a = a - radius * (np.cos(half_turn) * across + np.sin(half_turn) * aside)
    there = (b + radius * aside) * (1 - between) + (a + radius * aside) * between
    back = (a - radius * aside) * (1 - between) + (b - radius * aside) * between
    bow, down = loose * np.sin(np.pi * between) ** 1.5, _HANGS * unit(axis_a + axis_b)
    there, back = there + bow * (aside - down), back - bow * (aside + down)
    path = np.concatenate([arc_b, there, arc_a, back])
    axes = np.concatenate(
        [
            np.repeat(axis_b[None], count, 0),
            axis_b * (1 - between) + axis_a * between,
            np.repeat(axis_a[None], count, 0),
            axis_a * (1 - between) + axis_b * between,
        ]
    )
    axes = axes / np.linalg.norm(axes, axis=1, keepdims=True)
    outward = np.cross(np.roll(path, -1, 0) - np.roll(path, 1, 0), axes)
    outward /= np.linalg.norm(outward, axis=1, keepdims=True)
    if ((path - (a + b) / 2) * outward).sum() < 0:
        outward = -outward
    rims = [path + up * axes * width / 2 + out * outward * thick for up, out in ((1, 1), (-1, 1), (-1, -1), (1, -1))]
    total, i = len(path), np.arange(len(path))
    j = (i + 1) % total
    quads = [
        np.stack([i + k * total, i + ((k + 1) % 4) * total, j + ((k + 1) % 4) * total, j + k * total], 1)
        for k in range(4)
    ]
    vertices = np.concatenate(rims)
    faces = triangles(np.concatenate(quads))
    return Solid(vertices[faces].reshape(-1, 3), np.arange(3 * len(faces)).reshape(-1, 3), colour)


def _facetted(vertices: Array, faces: Indices, inside: Array, colour: str) -> Solid:
    corners = vertices[faces]
    flat = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    inward = ((corners.mean(1) - inside) * flat).sum(1) < 0
    corners[inward] = corners[inward][:, ::-1]
    return Solid(corners.reshape(-1, 3), np.arange(3 * len(faces)).reshape(-1, 3), colour)
