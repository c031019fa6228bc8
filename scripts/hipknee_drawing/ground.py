"""The ground below the figure: paper that takes soft shadows, and the mat."""

from __future__ import annotations

import numpy as np
from scipy.ndimage import gaussian_filter, map_coordinates

from .camera import Camera
from .light import Space
from .paint import step
from .palette import COLOURS
from .rotations import Array

Mat = tuple[float, float, float, float]
MAT_THICKNESS = 0.016
"""Meters."""
_CORNER = 0.05
_GRID = (150, 120)
_AROUND = 1.0
"""Meters around the figure in which shadows are looked for."""


def picture(camera: Camera, space: Space, lamp: Array, around: Array, mat: Mat | None) -> Array:
    """The empty picture (height, width, 3) with the shadows of all that is in `space`; `around` are points of that."""
    width, height = camera.size
    columns, rows = np.meshgrid(np.arange(width) + 0.5, np.arange(height) + 0.5)
    rays = camera.rays(columns, rows)
    floor = _plane(camera, rays, 0.0)
    below = rays[..., 2] < -1e-3
    shadow: Array = np.where(below, _shadow(space, lamp, around, floor), 1.0)[..., None].astype(np.float32)
    ground = np.empty((height, width, 3), np.float32)
    ground[:] = COLOURS["paper"]
    if mat:
        pixel = _pixel(camera)
        lower = _plane(camera, rays, -MAT_THICKNESS)
        edge = _inside(_outside(lower, mat), pixel) * below
        top = _inside(_outside(floor, mat), pixel) * below
        near = np.clip(1 - _outside(lower, mat) / 0.06, 0, 1) * below * (1 - edge)
        ground *= 1 - 0.10 * near[..., None]
        ground = _laid(ground, COLOURS["mat edge"], edge)
        shadow = shadow * (1 - (edge * (1 - top))[..., None]) + (edge * (1 - top))[..., None]
        ground = _laid(ground, COLOURS["mat"], top)
        seam = _inside(np.abs(_outside(floor, mat) + 0.02) - 0.004, pixel) * top
        ground = _laid(ground, 0.93 * COLOURS["mat"], seam)
    dark = np.array([0.42, 0.45, 0.55], np.float32)
    return np.asarray(ground * (shadow + (1 - shadow) * dark), np.float32)


def _shadow(space: Space, lamp: Array, around: Array, floor: Array) -> Array:
    """How light the floor is at places on it, 0 to 1: found on a grid of meters, then read between its points."""
    low, high = around[:, :2].min(0) - _AROUND, around[:, :2].max(0) + _AROUND
    xs, ys = (np.linspace(low[i], high[i], _GRID[i]) for i in (0, 1))
    grid = np.stack(np.meshgrid(xs, ys, indexing="ij"), -1).reshape(-1, 2)
    points = np.c_[grid, np.zeros(len(grid))]
    normals = np.tile([0.0, 0.0, 1.0], (len(grid), 1))
    sky = space.sky(points, normals, 0.6).reshape(_GRID)
    seen = gaussian_filter(space.lamp(points, normals, lamp).reshape(_GRID), 1.2)
    steps = [np.minimum(np.arange(n), n - 1 - np.arange(n)) / (0.25 * n) for n in _GRID]
    fade = step(0, 1, np.minimum(*np.meshgrid(*steps, indexing="ij")))
    covered = 1 - gaussian_filter(sky, 1)
    sky = 1 - (1 - sky) * fade
    seen = 1 - (1 - seen) * fade * step(0.02, 0.25, covered)
    light = (0.62 * sky**1.3 + 0.38) * (0.24 * seen + 0.76)
    at = [(floor[..., i] - (xs, ys)[i][0]) / ((xs, ys)[i][1] - (xs, ys)[i][0]) for i in (0, 1)]
    return np.asarray(map_coordinates(light.astype(np.float32), at, order=1, mode="nearest"))


def _plane(camera: Camera, rays: Array, height: float) -> Array:
    """Where rays (…, 3) meet the level `height`, x and y (…, 2)."""
    away = (height - camera.eye[2]) / np.minimum(rays[..., 2], -1e-4)
    return np.asarray(camera.eye[:2] + away[..., None] * rays[..., :2])


def _outside(places: Array, mat: Mat) -> Array:
    """Meters from places (…, 2) to the edge of the mat, below 0 on it: a rectangle with round corners."""
    x0, x1, y0, y1 = mat
    middle, half = np.array([(x0 + x1) / 2, (y0 + y1) / 2]), np.array([(x1 - x0) / 2, (y1 - y0) / 2]) - _CORNER
    beyond = np.abs(places - middle) - half
    return np.asarray(np.linalg.norm(np.maximum(beyond, 0), axis=-1) + np.minimum(beyond.max(-1), 0) - _CORNER)


def _pixel(camera: Camera) -> float:
    """About how many meters on the floor one pixel covers."""
    return float(np.linalg.norm(camera.eye)) / camera.focal


def _inside(distance: Array, pixel: float) -> Array:
    """1 inside, 0 outside, smooth over a pixel."""
    return np.asarray(np.clip(0.5 - distance / pixel, 0, 1), np.float32)


def _laid(ground: Array, colour: Array, amount: Array) -> Array:
    return np.asarray(ground * (1 - amount[..., None]) + colour.astype(np.float32) * amount[..., None], np.float32)
