"""The areas of a body map: each is seen, large enough to be touched, and where the picture says that it is."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from drawings import IMAGES, plate
from hipknee.pictures.drawing_facts import KEY, WIDE, DrawingFacts
from hipknee_drawing import areas
from hipknee_drawing.palette import COLOURS, grey
from PIL import Image, ImageDraw

KNEE, HIP = "explanation/knee-map", "explanation/hip-map"
PHONE, TARGET = 336, 24
"""CSS pixels: a picture on a screen that is 360 wide, and the least size of a target (WCAG 2.2, 2.5.8)."""


def facts(name: str) -> tuple[DrawingFacts, Image.Image]:
    with Image.open(IMAGES / f"{name}.png") as image:
        return DrawingFacts.of(image.info.get(KEY)), image.convert("RGB")


def mask(outline: tuple[tuple[int, int], ...], size: tuple[int, int]) -> np.ndarray:
    drawn = Image.new("1", size)
    scale = size[0] / WIDE
    ImageDraw.Draw(drawn).polygon([(scale * x, scale * y) for x, y in outline], fill=1)
    return np.asarray(drawn)


@pytest.mark.parametrize(
    ("name", "words"),
    [(KNEE, {"map_front", "map_outer_side", "map_back"}), (HIP, {"map_front", "map_side", "map_back"})],
)
def test_a_picture_knows_its_areas(name: str, words: set[str]) -> None:
    known, image = facts(name)
    wishes = [area for panel in plate(name).plate.panels for area in panel.areas]
    assert len(known.areas) == len(wishes)
    assert known.words.keys() == words
    whole = [mask(area.outline, image.size) for area in known.areas]
    for area, inside in zip(known.areas, whole, strict=True):
        places = np.array(area.outline) * PHONE / WIDE
        assert (np.ptp(places, axis=0) >= TARGET).all()
        across, down, radius = (round(part * image.width / WIDE) for part in area.disc)
        pixel = np.array(image.getpixel((across + round(0.8 * radius), down))) / 255
        assert np.abs(pixel - COLOURS["arrow"]).max() < 0.1  # the disc is there
        pixels = np.asarray(image)[inside] / 255
        assert np.median(np.abs(pixels - COLOURS["area"]).max(1)) < 0.45  # and so is the area
    assert not any((a & b).any() for a, b in combinations(whole, 2))


def test_areas_are_told_by_more_than_colour() -> None:
    """In gray too, the hatch and the edge differ from what is between the lines."""
    known, image = facts(KNEE)
    light = grey(np.asarray(image) / 255)
    for area in known.areas:
        values = light[mask(area.outline, image.size)]
        assert np.quantile(values, 0.9) - np.quantile(values, 0.15) > 0.12


PLACES = {
    "kneecap": (0.147, -0.10, -0.31),
    "below-kneecap": (0.155, -0.085, -0.39),
    "outer-knee": (0.20, -0.04, -0.31),
    "back-of-knee": (0.147, 0.02, -0.31),
    "groin": (0.06, -0.11, 0.07),
    "outer-hip": (0.17, 0.0, 0.08),
    "buttock": (0.07, 0.10, 0.09),
}


def test_each_outline_lies_where_its_name_says_on_either_side_and_nowhere_else() -> None:
    assert PLACES.keys() == areas.REGIONS.keys()
    for name in areas.REGIONS:
        for side, sign in (("left", 1), ("right", -1)):
            for other, place in PLACES.items():
                there = np.array([[sign * place[0], place[1], place[2]], [-sign * place[0], place[1], place[2]]])
                assert list(areas.field(there, name, side, 0.01) < 0) == [name == other, False], (name, other, side)
