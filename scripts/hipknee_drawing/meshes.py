"""Triangle meshes: normals, smoothing, simple solids."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

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


def normals(vertices: Array, faces: Indices) -> Array:
    """Of each vertex (n, 3), as the mean of its triangles weighted by their area."""
    corners = vertices[faces]
    flat = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    summed = np.stack(
        [np.bincount(faces.ravel(), np.repeat(flat[:, axis], 3), len(vertices)) for axis in range(3)], axis=1
    )
    return np.asarray(summed / (np.linalg.norm(summed, axis=1, keepdims=True) + 1e-12))


def subdivided(quads: Indices, count: int) -> tuple[sparse.csr_matrix, Indices]:
    """One step of Catmull and Clark: a matrix that makes the new vertices of the old ones (`count`), and the new quads.

    E. Catmull, J. Clark: Recursively generated B-spline surfaces on arbitrary topological meshes (1978). Edges at the
    rim are kept as curves.
    """
    faces = len(quads)
    edges = np.sort(np.concatenate([quads[:, [i, (i + 1) % 4]] for i in range(4)]), 1)
    unique, inverse = np.unique(edges, axis=0, return_inverse=True)
    inverse = inverse.ravel()
    edge_count, face_row = len(unique), np.arange(faces)
    face_points = sparse.csr_matrix(
        (np.full(4 * faces, 0.25), (np.repeat(face_row, 4), quads.ravel())), shape=(faces, count)
    )
    middles = sparse.csr_matrix(
        (np.full(2 * edge_count, 0.5), (np.repeat(np.arange(edge_count), 2), unique.ravel())), shape=(edge_count, count)
    )
    shared = np.bincount(inverse, minlength=edge_count)
    edge_faces = sparse.csr_matrix((np.ones(4 * faces), (inverse, np.tile(face_row, 4))), shape=(edge_count, faces))
    inner = shared == 2
    edge_points = sparse.diags(np.where(inner, 0.5, 1.0)) @ middles + sparse.diags(np.where(inner, 0.25, 0.0)) @ (
        edge_faces @ face_points
    )
    valence = np.bincount(quads.ravel(), minlength=count).astype(float)
    vertex_faces = sparse.csr_matrix(
        (np.ones(4 * faces), (quads.ravel(), np.repeat(face_row, 4))), shape=(count, faces)
    )
    vertex_edges = sparse.csr_matrix(
        (np.ones(2 * edge_count), (unique.ravel(), np.repeat(np.arange(edge_count), 2))), shape=(count, edge_count)
    )
    edge_valence = np.asarray(vertex_edges.sum(1)).ravel()
    valence, edge_valence = np.maximum(valence, 1), np.maximum(edge_valence, 1)
    smooth = (
        sparse.diags(1 / valence**2) @ (vertex_faces @ face_points)
        + sparse.diags(2 / (valence * edge_valence)) @ (vertex_edges @ middles)
        + sparse.diags((valence - 3) / valence)
    )
    rim = unique[~inner]
    at_rim = np.zeros(count, bool)
    at_rim[np.unique(rim)] = True
    along = sparse.csr_matrix(
        (np.ones(2 * len(rim)), (np.concatenate([rim[:, 0], rim[:, 1]]), np.concatenate([rim[:, 1], rim[:, 0]]))),
        shape=(count, count),
    )
    curve = sparse.diags(np.full(count, 0.75)) + sparse.diags(np.full(count, 0.125)) @ along
    kept = sparse.diags((~at_rim).astype(float)) @ smooth + sparse.diags(at_rim.astype(float)) @ curve
    matrix = sparse.vstack([kept, edge_points, face_points]).tocsr()
    on_edge, in_face = inverse.reshape(4, faces) + count, face_row + count + edge_count
    corners = [np.stack([quads[:, k], on_edge[k], in_face, on_edge[(k + 3) % 4]], 1) for k in range(4)]
    return matrix, np.concatenate(corners)


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


def loop(
    ends: tuple[Array, Array],
    along: tuple[Array, Array],
    radius: float,
    width: float,
    colour: str,
    thick: float = 0.003,
) -> Solid:
    """A flat band around two limbs: `ends` are the middles of the limbs there, `along` their directions. Meters."""
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
