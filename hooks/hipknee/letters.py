"""The site's letters, for pictures: those of cards and of what is written into drawings."""

from __future__ import annotations

from PIL import ImageFont

from .places import FONTS


def letters(face: str, size: int) -> ImageFont.FreeTypeFont:
    """`face` is "Regular", "SemiBold", "Bold" or "Italic"; `size` is in pixels."""
    return ImageFont.truetype(FONTS / f"HipsAndKneesSans-{face}.ttf", size)
