"""Light and shade: how much of the sky and of one soft lamp every place sees, and what that does to its colour.

The lamp is fixed to the camera, from above its left: a lamp fixed to the world would leave views from behind black.
"""

from __future__ import annotations

from functools import cached_property

import embreex.rtcore_scene as rtcore
import numpy as np
from embreex.mesh_construction import TriangleMesh
from numpy.typing import NDArray

from .camera import Camera, Rays
from .meshes import Indices
from .rotations import Array, unit

SKY_RAYS, LAMP_RAYS = 96, 20
_REACH = 0.55
"""Meters: what is farther away darkens nothing."""
_LAMP_SIZE = 0.22


class Space:
    """All surfaces of a scene, to be asked what a ray meets."""

    def __init__(self, vertices: Array, faces: Indices) -> None:
        self._scene = rtcore.EmbreeScene()
        self.is_empty = not len(faces)
        if not self.is_empty:
            corners = np.ascontiguousarray(faces, np.int32)
            TriangleMesh(self._scene, np.ascontiguousarray(vertices, np.float32), corners)
            self._run(np.zeros((1, 3)), np.array([0, 0, 1.0]), "OCCLUDED")  # now it is ready for several at once

    def first_hits(self, eye: Array, rays: Rays) -> tuple[NDArray[np.int32], NDArray[np.float32], NDArray[np.float32]]:
        """Of each ray (n, 3): the triangle met first (-1: none), how far away, and its barycentric weights (n, 3)."""
        if self.is_empty:
            return np.full(len(rays), -1, np.int32), np.full(len(rays), np.inf, np.float32), np.zeros_like(rays)
        origins = np.empty(rays.shape, np.float32)
        origins[:] = eye
        hit = self._scene.run(origins, np.ascontiguousarray(rays), query="INTERSECT", output=True)
        weights = np.empty(rays.shape, np.float32)
        weights[:, 1], weights[:, 2] = hit["u"], hit["v"]
        weights[:, 0] = 1 - weights[:, 1] - weights[:, 2]
        away = hit["tfar"]
        away[hit["primID"] < 0] = np.inf
        return hit["primID"], away, weights

    def sky(self, points: Array, normals: Array, reach: float = _REACH) -> Array:
        """How much of the sky over each place (n, 3) is open, 0 to 1, weighted as light falls on it."""
        points, normals = points.astype(np.float32), normals.astype(np.float32)
        points = points + np.float32(0.004) * normals
        directions = sphere(SKY_RAYS).astype(np.float32)
        seen, weight = np.zeros(len(points), np.float32), np.zeros(len(points), np.float32)
        for direction in directions:
            slope = normals @ direction
            lit = np.flatnonzero(slope > 0.02)
            if not len(lit):
                continue
            slope = slope[lit]
            away = self._run(points[lit], direction, "DISTANCE", reach)
            seen[lit] += slope * np.where(away < np.float32(reach), np.float32(0.6 / reach) * away, np.float32(1))
            weight[lit] += slope
        return np.asarray(seen / np.maximum(weight, np.float32(1e-6)))

    def lamp(self, points: Array, normals: Array, towards: Array) -> Array:
        """How much of the lamp each place (n, 3) sees, 0 to 1."""
        points = points.astype(np.float32) + np.float32(0.006) * normals.astype(np.float32)
        seen = np.zeros(len(points), np.float32)
        for aside in sphere(LAMP_RAYS):
            hit = self._run(points, unit(towards + _LAMP_SIZE * aside), "OCCLUDED")
            seen += hit < 0
        return seen / np.float32(LAMP_RAYS)

    def _run(self, points: Array, direction: Array, query: str, reach: float | None = None) -> Array:
        if self.is_empty:
            return np.full(len(points), -1 if query == "OCCLUDED" else np.inf, np.float32)
        origins = np.ascontiguousarray(points, np.float32)
        return np.asarray(self._scene.run(origins, direction.astype(np.float32)[None], reach, query=query))


class Lamp:
    """The light of one picture."""

    def __init__(self, camera: Camera) -> None:
        self.camera = camera

    @cached_property
    def towards(self) -> Array:
        right, _, forward = self.camera.axes
        return unit(-0.40 * right - 0.62 * unit(forward * [1, 1, 0]) + np.array([0, 0, 0.95]))

    def shade(self, colour: Array, normal: Array, sky: Array, lamp: Array, glow: Array) -> Array:
        """Colours (n, 3) as they look on places with such normals; `glow` (n) lifts what must be seen in shade too."""
        normal = normal / (np.sqrt(np.einsum("px,px->p", normal, normal))[:, None] + np.float32(1e-9))
        open_ = np.clip(sky, 0, 1) ** np.float32(1.15)
        wrapped = np.clip((normal @ self.towards.astype(np.float32) + 0.35) / 1.35, 0, 1)
        up = 0.5 + 0.5 * normal[:, 2]
        light = 0.46 * open_ * (0.75 + 0.25 * up) + 0.23
        light += 0.46 * wrapped * (0.35 + 0.65 * np.clip(lamp, 0, 1)) * (0.6 + 0.4 * open_)
        light = np.clip(light, 0, 1.1)
        light = light * (1 - 0.55 * glow) + 0.92 * 0.55 * glow
        part = np.clip(light, 0, 1)[:, None]
        tint = np.array([0.80, 0.80, 0.92], np.float32) * (1 - part) + np.array([1.0, 0.985, 0.96], np.float32) * part
        rim = (1 - np.abs(normal @ self.camera.axes[2].astype(np.float32))) ** 3
        shaded = colour * np.clip(light, 0, 1.08)[:, None] ** 0.85 * (0.45 * tint + 0.55)
        return np.asarray(shaded * (1 - 0.10 * rim[:, None]), np.float32)


def sphere(count: int) -> Array:
    """Directions spread evenly (count, 3): a Fibonacci spiral."""
    i = np.arange(count) + 0.5
    z = 1 - 2 * i / count
    turn = np.pi * (3 - np.sqrt(5)) * i
    ring = np.sqrt(1 - z * z)
    return np.stack([ring * np.cos(turn), ring * np.sin(turn), z], 1)
