"""The colours of every picture, red-green-blue from 0 to 1, and how each figure looks.

The top, the shorts and the leggings are light, so that a muscle differs from them in grey too;
tests/drawing/test_drawing.py holds by how much.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from hipknee.colours import PAPER

from .rotations import Array

_MAN = {
    "skin": "#BF8D69",
    "hair": "#8E8C8B",
    "top": "#D9C48F",
    "shorts": "#D5DAE0",
    "leggings": "#CDD3DB",
    "shoe": "#4E4A46",
    "brow": "#5E5A58",
    "lip": "#A06D5B",
    "cheek": "#B4694F",
}
_HEX = {
    "paper": PAPER,
    "skin": "#E6C3A6",
    "top": "#93C1D3",
    "shorts": "#DDE5EC",
    "leggings": "#D3DDE8",
    "shoe": "#5A6472",
    "hair": "#5B4A42",
    "mat": "#A9C7BE",
    "mat edge": "#7FA398",
    "red": "#D1401F",
    "orange": "#D06A0C",
    "plum": "#A63D6E",
    "brown": "#7B4B22",
    "area": "#8E2F5C",
    "line": "#2A313B",
    "band": "#7A4FA3",
    "pillow": "#EFEBE1",
    "wood": "#B99B77",
    "worktop": "#C9B08C",
    "cupboard": "#F4F2EC",
    "handle": "#8A8F96",
    "plinth": "#A8A69F",
    "kneecap": "#FBF3E6",
    "padding": "#8FA9BC",
    "wall": "#FBF8F1",
    "skirting": "#F0EBE0",
    "arrow": "#1E5FA8",
    "right": "#2E7D4F",
    "wrong": "#C62828",
    "brow": "#4A3A33",
    "iris": "#3A2A22",
    "eye": "#F7F5F2",
    "lip": "#C08A78",
    "cheek": "#DB7361",
}


def _read(code: str) -> Array:
    return np.array([int(code[i : i + 2], 16) for i in (1, 3, 5)]) / 255


COLOURS: dict[str, Array] = {name: _read(code) for name, code in _HEX.items()}


class Look(NamedTuple):
    """What tells one figure from another besides the shape of its body."""

    haircut: str
    colours: dict[str, Array]
    legs: str = "shorts"
    """What covers them: "shorts" or "leggings"."""


LOOKS = {
    "woman": Look("bun", COLOURS),
    "man": Look("short", COLOURS | {name: _read(code) for name, code in _MAN.items()}),
}


def grey(colour: Array) -> Array:
    """How light it looks, 0 to 1 (Rec. 601, as a black-and-white printer takes it)."""
    return np.asarray(colour @ np.array([0.299, 0.587, 0.114]))
