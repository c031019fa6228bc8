"""What the body looks like at each place: skin, hair, face and clothes, told by where the place is on the body at rest.

Told for each pixel and not for each vertex, so edges are clean at any size. Heights and widths are metres on the baked
figure.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .palette import COLOURS
from .rotations import Array

NOTHING, TOP, SHORTS, SHOE = 0, 1, 2, 3
CLOTHES = ("skin", "top", "shorts", "shoe")
"""The colour of each number above."""
HEM, SHOE_TOP, WAIST = -0.115, -0.742, 0.276
_EYES = 0.8697
_MOUTH = 0.797


def step(low: float, high: float, value: Array) -> Array:
    """From 0 at `low` to 1 at `high`, smoothly."""
    t = np.clip((value - low) / (high - low), 0, 1)
    return np.asarray(t * t * (3 - 2 * t))


def clothes(rest: Array, arm: Array) -> NDArray[np.int8]:
    """What covers the places (n, 3), of which `arm` (n) says how much they follow an arm's bones."""
    x, y, z = rest.T
    waist = WAIST + 0.010 * np.clip(y / 0.1, -1, 1)
    along_arm = (np.abs(x) - 0.171) * 0.65 - (z - 0.625) * 0.75
    is_arm = (arm > 0.5) & (np.abs(x) > 0.14)
    neck = np.sqrt((x / 0.088) ** 2 + ((y + 0.025) / 0.135) ** 2 + ((z - 0.735) / 0.105) ** 2)
    worn = np.zeros(len(rest), np.int8)
    worn[(z > waist) & (~is_arm | (along_arm < 0.095)) & (neck > 1) & (z < 0.735)] = TOP
    worn[(z <= waist) & (z > HEM) & ~is_arm] = SHORTS
    worn[z < SHOE_TOP] = SHOE
    return worn


def hems(rest: Array, arm: Array) -> Array:
    """1 at the ends of the legs' clothes, 0 elsewhere: there the cloth lies close to the skin."""
    z = rest[:, 2]
    near = np.maximum(np.exp(-(((z - HEM) / 0.010) ** 2)), np.exp(-(((z - SHOE_TOP) / 0.010) ** 2)))
    return np.asarray(near * (arm < 0.5))


def hair(rest: Array) -> Array:
    """How much hair is at the places (n, 3), 0 to 1. Its line runs from the forehead round the ear to the nape."""
    x, y, z = rest.T
    line = np.interp(
        y,
        [-0.16, -0.13, -0.11, -0.095, -0.083, -0.075, -0.066, -0.045, -0.022, -0.012, 0.0, 0.02, 0.045, 0.09],
        [0.960, 0.950, 0.934, 0.910, 0.886, 0.880, 0.890, 0.896, 0.884, 0.860, 0.838, 0.815, 0.798, 0.79],
    )
    behind = np.interp(y, [-0.058, -0.03, 0.0, 0.02, 0.045, 0.09], [0.892, 0.868, 0.838, 0.815, 0.798, 0.79])
    line = np.where((np.abs(x) < 0.0765) & (y > -0.058), np.minimum(line, behind), line)
    return np.asarray(step(-0.004, 0.012, z - line) * (z > 0.75))


def face(rest: Array, eye: Array, colour: Array) -> Array:
    """The colours (n, 3) with brows, eyes, lips and cheeks painted on. `eye` (n) is 1 on an eyeball."""
    front = (rest[:, 2] > 0.76) & (rest[:, 1] < -0.05)
    if not front.any():
        return colour
    x, z, ball = np.abs(rest[front, 0]), rest[front, 2], eye[front]
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
        painted = painted * (1 - amount[:, None]) + COLOURS[name] * amount[:, None]
    done = colour.copy()
    done[front] = painted
    return done
