"""Rotations as 3×3 matrices. Angles in degrees, by the right-hand rule; columns are the turned axes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array: TypeAlias = NDArray[np.floating[Any]]


def about_x(degrees: float) -> Array:
    c, s = _cos_sin(degrees)
    return np.array([[1, 0, 0], [0, c, -s], [0, s, c]])


def about_y(degrees: float) -> Array:
    c, s = _cos_sin(degrees)
    return np.array([[c, 0, s], [0, 1, 0], [-s, 0, c]])


def about_z(degrees: float) -> Array:
    c, s = _cos_sin(degrees)
    return np.array([[c, -s, 0], [s, c, 0], [0, 0, 1]])


def about(axis: ArrayLike, degrees: float) -> Array:
    """About any axis (3,), by Rodrigues' formula."""
    u = unit(axis)
    c, s = _cos_sin(degrees)
    cross = np.array([[0, -u[2], u[1]], [u[2], 0, -u[0]], [-u[1], u[0], 0]])
    return np.asarray(np.eye(3) + s * cross + (1 - c) * cross @ cross)


def unit(vector: ArrayLike) -> Array:
    """The same direction (3,) with length 1."""
    v = np.asarray(vector, float)
    return np.asarray(v / np.linalg.norm(v))


def between(start: ArrayLike, end: ArrayLike) -> Array:
    """The shortest rotation that takes one direction to another."""
    a, b = unit(start), unit(end)
    axis = np.cross(a, b)
    if np.linalg.norm(axis) < 1e-9:
        return np.eye(3)
    return about(axis, float(np.degrees(np.arctan2(np.linalg.norm(axis), a @ b))))


def frame(z: ArrayLike, x: ArrayLike) -> Array:
    """Axes whose z is `z` and whose x lies as near to `x` as it can."""
    up = unit(z)
    right = np.asarray(x, float)
    right = unit(right - up * (right @ up))
    return np.stack([right, np.cross(up, right), up], 1)


def euler_xyz(matrix: Array) -> tuple[float, float, float]:
    """Degrees (a, b, c) of the product about_x(a) @ about_y(b) @ about_z(c)."""
    b = np.arcsin(np.clip(matrix[0, 2], -1, 1))
    a = np.arctan2(-matrix[1, 2], matrix[2, 2])
    c = np.arctan2(-matrix[0, 1], matrix[0, 0])
    return float(np.degrees(a)), float(np.degrees(b)), float(np.degrees(c))


def product(matrices: Sequence[Array]) -> Array:
    """All of them, the first outermost."""
    whole = np.eye(3)
    for matrix in matrices:
        whole = whole @ matrix
    return whole


def _cos_sin(degrees: float) -> tuple[float, float]:
    radians = np.radians(degrees)
    return float(np.cos(radians)), float(np.sin(radians))
