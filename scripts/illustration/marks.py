"""What is drawn over a picture: the arrow of the movement, and the outline of where the leg was."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw
from scipy.ndimage import gaussian_filter1d

from .palette import COLOURS
from .rotations import Array, unit

_WIDTH, _HALO = 0.008, 0.0025
"""Of an arrow and of the white around it, as a share of the picture's longer side."""


def way(start: Array, finish: Array, about: Array, out: float, part: tuple[float, float]) -> Array:
    """Places (n, 3) on the arc of a joint from start to finish around another, `out` metres further away from that."""
    a, b = start - about, finish - about
    near, far = np.linalg.norm(a), np.linalg.norm(b)
    angle = np.arccos(np.clip(unit(a) @ unit(b), -1, 1))
    shares = np.linspace(*part, 40)[:, None]
    if angle < 1e-3:
        return start + shares * (finish - start)
    turned = (np.sin((1 - shares) * angle) * unit(a) + np.sin(shares * angle) * unit(b)) / np.sin(angle)
    return np.asarray(about + turned * ((1 - shares) * near + shares * far + out))


def arrow(image: Image.Image, path: Array, scale: int) -> None:
    """Draw an arrow along places on the picture (n, 2, pixels). The image is `scale` times as large."""
    width = _WIDTH * max(image.size)
    halo = _HALO * max(image.size)
    path = path * scale
    length = np.r_[0, np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))]
    even = np.linspace(0, length[-1], 80)
    line = np.stack([np.interp(even, length, path[:, i]) for i in (0, 1)], 1)
    line = np.stack([gaussian_filter1d(line[:, i], 3, mode="nearest") for i in (0, 1)], 1)
    head = 2.6 * width
    back = np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1)[::-1])
    neck = max(2, len(line) - 1 - int(np.searchsorted(back, 0.85 * head)))
    pen = ImageDraw.Draw(image)
    for grow, colour in ((halo, (255, 255, 255)), (0.0, _rgb("arrow"))):
        pen.polygon(_shape(line, neck, head, width, grow), fill=colour)


def dashes(image: Image.Image, outline: Array, scale: int) -> None:
    """Draw the edge of a mask (height, width) with broken lines."""
    rows, columns = np.nonzero(outline)
    shown = ((rows + columns) // (9 * scale)) % 2 == 0
    pen = ImageDraw.Draw(image)
    radius = 0.6 * scale
    line = tuple(int(0.45 * 255 * p + 0.55 * 255 * c) for p, c in zip(COLOURS["paper"], COLOURS["line"], strict=True))
    for row, column in zip(rows[shown], columns[shown], strict=True):
        pen.ellipse((column - radius, row - radius, column + radius, row + radius), fill=line)


def _shape(line: Array, neck: int, head: float, width: float, grow: float) -> list[tuple[float, float]]:
    body, base = line[: neck + 1], line[neck]
    ahead = unit(line[-1] - base)
    aside = np.array([-ahead[1], ahead[0]])
    along = np.gradient(body, axis=0)
    along /= np.linalg.norm(along, axis=1, keepdims=True) + 1e-9
    across = np.stack([-along[:, 1], along[:, 0]], 1)
    half = np.linspace(0.55, 1, len(body))[:, None] * width / 2 + grow
    left, right = body + across * half, body - across * half
    left[0] -= along[0] * grow
    right[0] -= along[0] * grow
    wing = 1.25 * width + 1.5 * grow
    tip = [base + aside * wing - ahead * grow, base + ahead * (head + 1.8 * grow), base - aside * wing - ahead * grow]
    return [(float(x), float(y)) for x, y in [*left, *tip, *right[::-1]]]


def _rgb(name: str) -> tuple[int, int, int]:
    red, green, blue = (round(255 * part) for part in COLOURS[name])
    return red, green, blue
