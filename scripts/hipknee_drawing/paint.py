"""What the body looks like at each place: skin, hair, face and clothes, told by where the place is on the chart.

Told for each pixel and not for each vertex, so edges are clean at any size. Heights and widths are meters on the
chart, which is the body of one figure at rest.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from .rotations import Array

NOTHING, TOP, SHORTS, SHOE, LEGGINGS = range(5)
CLOTHES = ("skin", "top", "shorts", "shoe", "leggings")
"""The colour of each number above."""
HEM, SHOE_TOP, WAIST, SLEEVE = -0.115, -0.742, 0.276, 0.095
_EYES = 0.8697
_MOUTH = 0.797


def step(low: float, high: float, value: Array) -> Array:
    """From 0 at `low` to 1 at `high`, smoothly."""
    t = np.clip((value - low) / (high - low), 0, 1)
    return np.asarray(t * t * (3 - 2 * t))


def clothes(chart: Array, arm: Array, legs: str) -> NDArray[np.int8]:
    """What covers the places (n, 3), of which `arm` (n) says how much they follow an arm's bones.

    `legs` are covered by "shorts", or by "leggings" down to the shoes.
    """
    y, z = chart[:, 1], chart[:, 2]
    waist = WAIST + 0.010 * np.clip(y / 0.1, -1, 1)
    is_arm = _is_arm(chart, arm)
    worn = np.zeros(len(chart), np.int8)
    worn[(z > waist) & (~is_arm | (_along_arm(chart) < SLEEVE)) & (_from_neck(chart) > 1) & (z < 0.735)] = TOP
    below = (z <= waist) & ~is_arm
    if legs == "leggings":
        worn[below] = LEGGINGS
    else:
        worn[below & (z > HEM)] = SHORTS
    worn[z < SHOE_TOP] = SHOE
    return worn


def hems(chart: Array, arm: Array, legs: str) -> Array:
    """1 at the ends of collar, sleeves, shorts and shoes, 0 elsewhere: there the cloth lies close to the skin."""
    z = chart[:, 2]
    ends = (HEM, SHOE_TOP) if legs == "shorts" else ()  # leggings end under a shoe
    near = np.zeros(len(z))
    for end in ends:
        near = np.maximum(near, np.exp(-(((z - end) / 0.010) ** 2)))
    near = np.maximum(near, np.exp(-(((_from_neck(chart) - 1) / 0.12) ** 2)))
    sleeve = np.exp(-(((_along_arm(chart) - SLEEVE) / 0.014) ** 2))
    return np.asarray(np.where(_is_arm(chart, arm), sleeve, near * (arm < 0.5)))


def _is_arm(chart: Array, arm: Array) -> NDArray[np.bool_]:
    return (arm > 0.5) & (np.abs(chart[:, 0]) > 0.14)


def _from_neck(chart: Array) -> Array:
    """1 on the collar, less above it."""
    x, y, z = chart.T
    return np.asarray(np.sqrt((x / 0.088) ** 2 + ((y + 0.025) / 0.135) ** 2 + ((z - 0.735) / 0.105) ** 2))


def _along_arm(chart: Array) -> Array:
    """Meters from the shoulder down the arm."""
    return np.asarray((np.abs(chart[:, 0]) - 0.171) * 0.65 - (chart[:, 2] - 0.625) * 0.75)


def hair(chart: Array, haircut: str) -> Array:
    """Meters from the hairline up to the places (n, 3), below 0 where there is no hair.

    The line runs from the forehead round the ear to the nape.
    """
    y, z = chart[:, 1], chart[:, 2]
    nape = {"bun": (0.855, 0.825, 0.802, 0.79), "short": (0.866, 0.840, 0.825, 0.815)}[haircut]
    line = np.interp(
        y,
        [-0.16, -0.13, -0.112, -0.098, -0.088, -0.078, -0.07, -0.05, -0.022, 0.0, 0.02, 0.045, 0.09],
        [0.966, 0.956, 0.941, 0.917, 0.895, 0.878, 0.868, 0.872, 0.884, *nape],
    )
    return np.asarray(np.where(z > 0.75, z - line, -1.0))


def is_head(chart: Array) -> NDArray[np.bool_]:
    """Whether the places (n, 3) are on the head or the neck."""
    return np.asarray((chart[:, 2] > 0.7) & (np.abs(chart[:, 0]) < 0.11))


def face(chart: Array, eye: Array, colour: Array, colours: Mapping[str, Array]) -> Array:
    """The colours (n, 3) with brows, eyes, lips and cheeks painted on. `eye` (n) is 1 on an eyeball."""
    front = (chart[:, 2] > 0.76) & (chart[:, 1] < -0.05)
    if not front.any():
        return colour
    x, z, ball = np.abs(chart[front, 0]), chart[front, 2], eye[front]
    arch = 0.8935 + 0.0050 * np.sin(np.clip((x - 0.010) / 0.046, 0, 1) * np.pi)
    brow = np.exp(-(((z - arch) / 0.0030) ** 2)) * step(0.010, 0.018, x) * (1 - step(0.044, 0.056, x))
    iris = ball * (1 - step(0.0060, 0.0070, np.hypot(x - 0.0312, z - _EYES)))
    lip = np.exp(-(((z - _MOUTH) / 0.0052) ** 2)) * (1 - step(0.016, 0.027, x))
    cheek = np.exp(-(((x - 0.047) / 0.016) ** 2 + ((z - 0.83) / 0.014) ** 2))
    painted = colour[front]
    for amount, name in (
        (ball, "eye"),
        (0.75 * brow, "brow"),
        (iris, "iris"),
        (0.8 * lip, "lip"),
        (0.18 * cheek, "cheek"),
    ):
        painted = painted * (1 - amount[:, None]) + colours[name] * amount[:, None]
    done = colour.copy()
    done[front] = painted
    return done
