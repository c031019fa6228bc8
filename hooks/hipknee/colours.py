"""The colours that the site, its paper and its pictures share, as style sheets write them.

A clinic may set the brand, and what follows from it is worked out here: nothing else says it. Its contrast is that of
WCAG 2.2, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio. What stays the same CSS and Typst say again;
tests/test_colours.py holds that they say the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

TEAL = "#0f5c63"
"""The brand, where a clinic sets no colour of its own: of headings, bands and the mark."""
INK = "#16262a"
"""Of letters."""
SOFT = "#45565a"
"""Of letters that step back."""
PAPER = "#fbfaf7"
"""Behind every drawing, and whatever one lies on."""
TINT = "#eef6f5"
"""Behind boxes."""
WHITE, NIGHT = "#ffffff", "#121b22"
"""Behind pages, by day and in the dark."""
ENOUGH = 4.5
"""The contrast of letters with what they stand on (WCAG 2.2, success criterion 1.4.3)."""
_HEX = re.compile(r"#?([0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)

Channels = tuple[float, float, float]
"""Red, green and blue, from 0 to 1."""


def as_hex(text: str) -> str | None:
    """A colour as it is written, as `#rrggbb` in small letters; None when it is none."""
    match = _HEX.fullmatch(text.strip())
    if not match:
        return None
    digits = match[1] if len(match[1]) == 6 else "".join(2 * digit for digit in match[1])
    return f"#{digits.lower()}"


def contrast(colour: str, ground: str) -> float:
    """The contrast ratio of a colour with what it stands on, from 1 to 21."""
    high, low = sorted((_luminance(colour), _luminance(ground)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def mixture(colour: str, other: str, share: float) -> str:
    """A colour with a `share`, from 0 to 1, of another."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(255 * (a + (b - a) * share)):02x}" for a, b in pairs)


@dataclass(frozen=True)
class Scheme:
    """What one colour comes to on pages by day and in the dark, on paper and in pictures."""

    colour: str = TEAL

    @cached_property
    def tint(self) -> str:
        """Behind boxes, by day."""
        return TINT if self.colour == TEAL else mixture(self.colour, WHITE, 0.93)

    @cached_property
    def band(self) -> str:
        """Behind white letters, in the dark."""
        return "#0f4a50" if self.colour == TEAL else _until(self.colour, "#000000", WHITE, 7)

    @cached_property
    def bright(self) -> str:
        """Of marks and letters, in the dark."""
        return "#7fd3d6" if self.colour == TEAL else _until(self.colour, WHITE, NIGHT, 7)

    @cached_property
    def accent(self) -> str:
        """Of what is pointed at, by day."""
        return "#0b6d75" if self.colour == TEAL else self.colour

    @cached_property
    def dark_tint(self) -> str:
        """Behind boxes, in the dark."""
        return "#1a2a31" if self.colour == TEAL else mixture(NIGHT, self.colour, 0.18)

    def style_sheet(self) -> str:
        """The colours as CSS has them, by the names that the style sheets in docs/ use."""
        names = {
            "brand": self.colour,
            "brand-accent": self.accent,
            "brand-band": self.band,
            "brand-bright": self.bright,
            "brand-dark-tint": self.dark_tint,
            "brand-tint": self.tint,
        }
        return ":root {\n" + "".join(f"  --{name}: {colour};\n" for name, colour in names.items()) + "}\n"

    @property
    def is_readable(self) -> bool:
        """Whether it can be read on white, on its own tint and on the paper of drawings, and white on it."""
        return all(contrast(self.colour, ground) >= ENOUGH for ground in (WHITE, PAPER, self.tint))

    def readable(self) -> str:
        """The colour itself, or the nearest darker one that can be read."""
        for percent in range(101):
            darker = mixture(self.colour, "#000000", percent / 100)
            if Scheme(darker).is_readable:
                return darker
        return INK  # never: black can be read


def _until(colour: str, towards: str, ground: str, enough: float) -> str:
    """The colour, moved towards another until it stands out from a ground."""
    for percent in range(101):
        moved = mixture(colour, towards, percent / 100)
        if contrast(moved, ground) >= enough:
            return moved
    return towards


def _channels(colour: str) -> Channels:
    digits = colour.removeprefix("#")
    red, green, blue = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue


def _luminance(colour: str) -> float:
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _channels(colour)]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
