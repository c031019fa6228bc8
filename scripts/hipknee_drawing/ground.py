"""The ground below the figure: paper that takes soft shadows, and the mat."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .camera import Camera
from .grids import blurred, read_between
from .light import Space
from .paint import step
from .palette import COLOURS
from .rotations import Array

Mat = tuple[float, float, float, float]
MAT_THICKNESS = 0.016
"""Meters."""
_CORNER = 0.05
_GRID = (150, 120)
_BLURRED = 1.2
"""Steps of the grid by which shadows are softened."""
_AROUND = 1.0
"""Meters around the figure in which shadows are looked for."""


def picture(camera: Camera, space: Space, lamp: Array, around: Array, mat: Mat | None) -> Array:
    """The empty picture (height, width, 3) with the shadows of all that is in `space`; `around` are points of that."""
    width, height = camera.size
    columns, rows = np.meshgrid(np.arange(width) + 0.5, np.arange(height) + 0.5)
    rays = camera.rays(columns, rows)
    below = rays[..., 2] < -1e-3
    first = int(np.argmax(below.any(1))) if below.any() else height  # the horizon is level
    rays, below = rays[first:], below[first:]
    ground = np.empty((height, width, 3), np.float32)
    ground[:] = COLOURS["paper"]
    if not len(rays):
        return ground
    floor = _plane(camera, rays, 0.0)
    shadow = np.where(below, _shadow(space, lamp, around, floor, below), np.float32(1))
    seen = ground[first:]
    if mat:
        pixel = _pixel(camera)
        beyond, beyond_lower = _outside(floor, mat), _outside(_plane(camera, rays, -MAT_THICKNESS), mat)
        edge, top = _inside(beyond_lower, pixel) * below, _inside(beyond, pixel) * below
        seen *= 1 - 0.10 * (np.clip(1 - beyond_lower / 0.06, 0, 1) * below * (1 - edge))[..., None]
        rim = edge * (1 - top)
        shadow = shadow * (1 - rim) + rim
        seam = _inside(np.abs(beyond + 0.02) - 0.004, pixel) * top
        for colour, amount in ((COLOURS["mat edge"], edge), (COLOURS["mat"], top), (0.93 * COLOURS["mat"], seam)):
            seen += (colour.astype(np.float32) - seen) * amount[..., None]
    dark = np.array([0.42, 0.45, 0.55], np.float32)
    seen *= dark + shadow[..., None] * (1 - dark)
    return ground


def _shadow(space: Space, lamp: Array, around: Array, floor: Array, below: NDArray[np.bool_]) -> Array:
    """How light the floor is at places on it, 0 to 1: found on a grid of meters, then read between its points."""
    low, high = around[:, :2].min(0) - _AROUND, around[:, :2].max(0) + _AROUND
    xs, ys = (np.linspace(low[i], high[i], _GRID[i]) for i in (0, 1))
    at = [((floor[..., i] - low[i]) * ((_GRID[i] - 1) / (high[i] - low[i]))).astype(np.float32) for i in (0, 1)]
    asked = _near(at, below)
    grid = np.stack(np.meshgrid(xs, ys, indexing="ij"), -1)[asked]
    points = np.c_[grid, np.zeros(len(grid))]
    normals = np.tile([0.0, 0.0, 1.0], (len(grid), 1))
    sky: Array = np.ones(_GRID)
    seen: Array = np.ones(_GRID)
    sky[asked], seen[asked] = space.sky(points, normals, 0.6), space.lamp(points, normals, lamp)
    seen = blurred(seen, _BLURRED)
    steps = [np.minimum(np.arange(n), n - 1 - np.arange(n)) / (0.25 * n) for n in _GRID]
    fade = step(0, 1, np.minimum(*np.meshgrid(*steps, indexing="ij")))
    covered = 1 - blurred(sky, 1)
    sky = 1 - (1 - sky) * fade
    seen = 1 - (1 - seen) * fade * step(0.02, 0.25, covered)
    light = (0.62 * sky**1.3 + 0.38) * (0.24 * seen + 0.76)
    return read_between(light.astype(np.float32), *at)


def _near(at: list[Array], below: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The points of the grid of shadows that the picture shows, and those that are blurred into them."""
    visible = np.zeros(_GRID, bool)
    places = [np.clip(along[below], 0, count - 1).astype(np.int32) for along, count in zip(at, _GRID, strict=True)]
    visible[places[0], places[1]] = True
    return np.asarray(blurred(visible.astype(float), _BLURRED + 0.3) > 0)


def _plane(camera: Camera, rays: Array, height: float) -> Array:
    """Where rays (…, 3) meet the level `height`, x and y (…, 2)."""
    away = np.float32(height - camera.eye[2]) / np.minimum(rays[..., 2], np.float32(-1e-4))
    return np.asarray(camera.eye[:2].astype(np.float32) + away[..., None] * rays[..., :2])


def _outside(places: Array, mat: Mat) -> Array:
    """Meters from places (…, 2) to the edge of the mat, below 0 on it: a rectangle with round corners."""
    x0, x1, y0, y1 = mat
    x = np.abs(places[..., 0] - np.float32((x0 + x1) / 2)) - np.float32((x1 - x0) / 2 - _CORNER)
    y = np.abs(places[..., 1] - np.float32((y0 + y1) / 2)) - np.float32((y1 - y0) / 2 - _CORNER)
    beyond = np.hypot(np.maximum(x, 0), np.maximum(y, 0))
    return np.asarray(beyond + np.minimum(np.maximum(x, y), 0) - np.float32(_CORNER))


def _pixel(camera: Camera) -> float:
    """About how many meters on the floor one pixel covers."""
    return float(np.linalg.norm(camera.eye)) / camera.focal


def _inside(distance: Array, pixel: float) -> Array:
    """1 inside, 0 outside, smooth over a pixel."""
    return np.asarray(np.clip(0.5 - distance / pixel, 0, 1), np.float32)
