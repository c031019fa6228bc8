"""What is drawn over a picture: arrows, outlines of where a leg was, ticks and crosses, guide lines, labels."""

from __future__ import annotations

import numpy as np
from hipknee.letters import letters
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from .grids import blurred
from .palette import COLOURS
from .rotations import Array, unit

INSET = 1.67
"""How far the middle of a disc in a corner is from both edges, in radii."""
LEADING = 1.15
"""From one line of words to the next, in their sizes."""
_WIDTH, _HALO = 0.008, 0.0025
"""Of an arrow and of the white around it, as a share of the picture's longer side."""


def way(start: Array, finish: Array, about: Array, out: float, part: tuple[float, float]) -> Array:
    """Places (n, 3) on the arc of a joint from start to finish around another, `out` meters farther away from that."""
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
    line = np.stack([blurred(line[:, i], 3, "edge") for i in (0, 1)], 1)
    head = 2.6 * width
    back = np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1)[::-1])
    neck = max(2, len(line) - 1 - int(np.searchsorted(back, 0.85 * head)))
    pen = ImageDraw.Draw(image)
    for grow, colour in ((halo, (255, 255, 255)), (0.0, _rgb("arrow"))):
        pen.polygon(_shape(line, neck, head, width, grow), fill=colour)


def dashes(image: Image.Image, outline: NDArray[np.bool_], scale: int) -> None:
    """Draw the edge of a mask (height, width) with broken lines."""
    rows, columns = np.nonzero(outline)
    dash = ((rows + columns) // (9 * scale)) % 2 == 0
    pen = ImageDraw.Draw(image)
    radius = 0.6 * scale
    line = tuple(
        int(0.45 * 255 * back + 0.55 * 255 * ink) for back, ink in zip(COLOURS["paper"], COLOURS["line"], strict=True)
    )
    for row, column in zip(rows[dash], columns[dash], strict=True):
        pen.ellipse((column - radius, row - radius, column + radius, row + radius), fill=line)


def verdict(image: Image.Image, sign: str, radius: float) -> None:
    """Draw a tick ("right") or a cross ("wrong") on a disc into the upper left corner: told by more than colour."""
    inset = INSET * radius
    pen = _Fine(image, (inset, inset), radius)
    pen.disc(sign)
    if sign == "right":
        pen.line([(-0.42, 0.04), (-0.12, 0.36), (0.44, -0.30)], 0.2)
    else:
        pen.line([(-0.36, -0.36), (0.36, 0.36)], 0.2)
        pen.line([(-0.36, 0.36), (0.36, -0.36)], 0.2)
    pen.done()


def rule(image: Image.Image, down: int) -> None:
    """Draw a fine line across, between a picture and the one below it."""
    colour = tuple(round(255 * 0.85 * part) for part in COLOURS["paper"])
    ImageDraw.Draw(image).line((0.03 * image.width, down, 0.97 * image.width, down), colour, width=2)


def letter(image: Image.Image, text: str, radius: float) -> None:
    """The same with a letter."""
    disc(image, text, (INSET * radius, INSET * radius), radius)


def disc(image: Image.Image, text: str, at: tuple[float, float], radius: float) -> None:
    """Draw a short text on a disc."""
    pen = _Fine(image, at, radius)
    pen.disc("arrow")
    pen.text(text)
    pen.done()


def words(image: Image.Image, lines: list[str], at: tuple[float, float], size: float) -> None:
    """Write centered lines below a place, `size` pixels high, with paper around them."""
    font = letters("Bold", round(size))
    pen = ImageDraw.Draw(image)
    for number, line in enumerate(lines):
        place = (at[0], at[1] + number * LEADING * size)
        pen.text(
            place, line, font=font, fill=_rgb("line"), anchor="ma", stroke_width=round(0.12 * size),
            stroke_fill=_rgb("paper"),
        )  # fmt: skip


def wrapped(text: str, size: float, width: float) -> list[str]:
    """A text in lines of at most a width in pixels; a word that is wider stands alone."""
    font = letters("Bold", round(size))
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def guide(image: Image.Image, points: Array, colour: str, width: float) -> None:
    """Draw a line through points (n, 2, pixels) with a dot on each, white around it."""
    pen = ImageDraw.Draw(image)
    places = [(float(x), float(y)) for x, y in points]
    for grow, fill in ((0.5 * width, (255, 255, 255)), (0.0, _rgb(colour))):
        pen.line(places, fill=fill, width=round(width + 2 * grow), joint="curve")
        for x, y in places:
            pen.circle((x, y), 1.25 * width + grow, fill=fill)


def leader(image: Image.Image, end: tuple[float, float], label: tuple[float, float], width: float) -> None:
    """Draw the fine line from a label to what it names."""
    pen = ImageDraw.Draw(image)
    for grow, fill in ((width, (255, 255, 255)), (0.0, _rgb("arrow"))):
        pen.line((*label, *end), fill=fill, width=round(width + grow))
        pen.circle(end, 1.3 * width + grow / 2, fill=fill)


class _Fine:
    """Draws on a small part of a picture at four times its size, so that edges are smooth. Places are shares of a
    radius from the middle."""

    scale = 4

    def __init__(self, image: Image.Image, middle: tuple[float, float], radius: float) -> None:
        self.image, self.radius = image, radius * self.scale
        half = int(np.ceil(1.2 * radius))
        left, top = round(middle[0]) - half, round(middle[1]) - half
        self.box = (left, top, left + 2 * half, top + 2 * half)
        part = self.image.crop(self.box)
        self.part = part.resize((part.width * self.scale, part.height * self.scale), Image.Resampling.NEAREST)
        self.pen = ImageDraw.Draw(self.part)
        self.middle = (half * self.scale, half * self.scale)

    def disc(self, colour: str) -> None:
        self.pen.circle(self.middle, 1.13 * self.radius, fill=(255, 255, 255))
        self.pen.circle(self.middle, self.radius, fill=_rgb(colour))

    def line(self, places: list[tuple[float, float]], width: float) -> None:
        points = [(self.middle[0] + x * self.radius, self.middle[1] + y * self.radius) for x, y in places]
        self.pen.line(points, fill=(255, 255, 255), width=round(width * self.radius), joint="curve")
        for point in points:
            self.pen.circle(point, width * self.radius / 2, fill=(255, 255, 255))

    def text(self, text: str) -> None:
        font = letters("Bold", round(1.25 * self.radius))
        self.pen.text(self.middle, text, font=font, fill=(255, 255, 255), anchor="mm")

    def done(self) -> None:
        size = (self.box[2] - self.box[0], self.box[3] - self.box[1])
        self.image.paste(self.part.resize(size, Image.Resampling.LANCZOS), self.box)


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
