"""The site's letters: for pictures, and which there are, by the fonts' own tables.

Tables: OpenType, https://learn.microsoft.com/typography/opentype/spec/cmap (formats 4 and 12).
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING
from unicodedata import normalize

from .places import FONTS

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

# What says how to set other letters and is none itself (Unicode: Default_Ignorable_Code_Point).
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\U000e0100-\U000e01ef]"
)
FACES = ("Regular", "SemiBold", "Bold", "Italic")


def letters(face: str, size: int) -> FreeTypeFont:
    """`face` is one of `FACES`; `size` is in pixels."""
    from PIL import ImageFont  # a check of texts does without

    return ImageFont.truetype(FONTS / f"HipsAndKneesSans-{face}.ttf", size)


def missing(text: str) -> list[str]:
    """The parts of a text that no face can show, each once: single letters, or several side by side."""
    if (text.isascii() and text.isprintable()) or not any(map(_is_missing, {*text})):
        return []
    groups = "".join(letter if _is_missing(letter) else " " for letter in text).split(" ")
    return [*dict.fromkeys(filter(None, groups))]


@cache
def _is_missing(letter: str) -> bool:
    """Whether there is no sign for a letter, nor for its parts: accents are put on letters. White space needs none."""
    known = code_points()
    if ord(letter) in known or letter.isspace() or _UNSEEN.match(letter):
        return False
    return not all(ord(part) in known for part in normalize("NFD", letter))


@cache
def code_points() -> frozenset[int]:
    """What every face can show."""
    return frozenset(set.intersection(*({*_code_points(face)} for face in FACES)))


def _code_points(face: str) -> Iterator[int]:
    data = (FONTS / f"HipsAndKneesSans-{face}.ttf").read_bytes()
    count = int.from_bytes(data[4:6])
    names = {data[at : at + 4]: struct.unpack_from(">II", data, at + 8) for at in range(12, 12 + 16 * count, 16)}
    start = names[b"cmap"][0]
    for n in range(int.from_bytes(data[start + 2 : start + 4])):
        at = start + int.from_bytes(data[start + 8 + 8 * n : start + 12 + 8 * n])
        kind = int.from_bytes(data[at : at + 2])
        if kind == 4:
            yield from _format_4(data, at)
        elif kind == 12:
            for group in range(int.from_bytes(data[at + 12 : at + 16])):
                first, last = struct.unpack_from(">II", data, at + 16 + 12 * group)
                yield from range(first, last + 1)


def _format_4(data: bytes, at: int) -> Iterator[int]:
    segments = int.from_bytes(data[at + 6 : at + 8]) // 2
    shape = f">{segments}H"
    lasts = struct.unpack_from(shape, data, at + 14)
    firsts, deltas, offsets = (struct.unpack_from(shape, data, at + 16 + 2 * segments * n) for n in (1, 2, 3))
    for n, (first, last) in enumerate(zip(firsts, lasts, strict=True)):
        for point in range(first, min(last, 0xFFFE) + 1):
            glyph = point
            if offsets[n]:
                where = at + 16 + 6 * segments + 2 * n + offsets[n] + 2 * (point - first)
                glyph = int.from_bytes(data[where : where + 2])
                if not glyph:
                    continue
            if (glyph + deltas[n]) & 0xFFFF:
                yield point
