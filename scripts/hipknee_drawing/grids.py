"""Grids of numbers: blurred, and read between their points."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .rotations import Array

_REACH = 4
"""Standard deviations: what lies farther away no longer counts."""


def blurred(values: Array, sigma: float, rim: str = "symmetric") -> Array:
    """Every number (along all axes) mixed with its neighbors by a bell curve; `sigma` in steps of the grid.

    `rim` is how the grid goes on outside: a mode of `numpy.pad`.
    """
    reach = int(_REACH * sigma + 0.5)
    bell = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    bell /= bell.sum()
    for axis in range(values.ndim):
        padding = [(reach, reach) if along == axis else (0, 0) for along in range(values.ndim)]
        padded = np.moveaxis(np.pad(values, padding, rim), axis, 0)  # type: ignore[call-overload]
        length = values.shape[axis]
        mixed = sum(weight * padded[start : start + length] for start, weight in enumerate(bell))
        values = np.moveaxis(np.asarray(mixed), 0, axis)
    return values


def read_between(values: Array, down: Array, across: Array) -> Array:
    """The grid (rows, columns) at places between its points, mixed from the four around; outside as at the rim."""
    rows, columns = values.shape
    down, across = np.clip(down, 0, rows - 1), np.clip(across, 0, columns - 1)
    row, column = (np.minimum(down.astype(np.int32), rows - 2), np.minimum(across.astype(np.int32), columns - 2))
    down, across = down - row, across - column
    flat, at = values.ravel(), row * columns + column
    above = flat[at] + across * (flat[at + 1] - flat[at])
    below = flat[at + columns] + across * (flat[at + columns + 1] - flat[at + columns])
    return np.asarray(above + down * (below - above))


def without_bits(mask: NDArray[np.bool_], least: int) -> NDArray[np.bool_]:
    """The mask without those of its parts that have fewer points than `least`; points may touch at their corners."""
    rows, columns = np.nonzero(mask)
    numbers = np.arange(len(rows))
    place = np.full((mask.shape[0] + 2, mask.shape[1] + 2), -1, np.int64)
    place[rows + 1, columns + 1] = numbers
    beside = np.stack([place[rows + 1 + down, columns + 1 + across] for down in (-1, 0, 1) for across in (-1, 0, 1)])
    beside = np.where(beside < 0, numbers, beside)
    part, before = numbers, None  # of each point the greatest number of its part, in the end
    while before is None or (part != before).any():
        before, part = part, part[beside].max(0)
        part = part[part]
    large = np.bincount(part, minlength=len(rows))[part] >= least
    kept = np.zeros(mask.shape, bool)
    kept[rows[large], columns[large]] = True
    return kept
