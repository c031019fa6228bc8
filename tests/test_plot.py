"""The picture of how figures grow."""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ET
from itertools import pairwise
from typing import Any

import pytest
from benchmarks import plot

SVG = "{http://www.w3.org/2000/svg}"


def library(exercises: int, ours: float, theirs: float, wait: float | None) -> dict[str, Any]:
    costs = {"warm build": {"this site": {"cpu": ours, "wall": 99}, "<Owl & Co>": {"cpu": theirs, "wall": 99}}}
    return {"exercises": exercises, "costs": costs, "serve": {"one word": {"this site": wait}}}


LIBRARIES = (library(100, 2.0, 0.5, 3.0), library(200, 4.1, 0.9, None))


def test_a_panel_has_a_line_for_each_program() -> None:
    assert plot.panels(LIBRARIES) == [
        plot.Panel(
            "warm build", plot.CPU, {"this site": [(100, 2.0), (200, 4.1)], "<Owl & Co>": [(100, 0.5), (200, 0.9)]}
        ),
        plot.Panel("one word", plot.WALL, {"this site": [(100, 3.0)]}),
    ]


def test_the_picture_is_alone_in_its_file_and_says_in_words_what_it_shows() -> None:
    text = plot.svg(plot.panels(LIBRARIES))
    root = ET.fromstring(text)
    assert [root.findtext(f"{SVG}title"), root.get("role")] == [plot.TITLE, "img"]
    assert root.get("aria-labelledby") == f"{root.find(f'{SVG}title').get('id')} {root.find(f'{SVG}desc').get('id')}"  # type: ignore[union-attr]
    words = root.findtext(f"{SVG}desc") or ""
    assert "warm build, <Owl & Co>, in seconds of CPU: 0.5 for 100 exercises, 0.9 for 200 exercises." in words
    assert "://" not in text.replace("http://www.w3.org/2000/svg", "")
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= set(
        "svg title desc rect g text path polyline circle".split()
    )


def test_letters_are_large_enough_and_stay_inside() -> None:
    root = ET.fromstring(plot.svg(plot.panels(LIBRARIES)))
    sizes = [float(text.get("font-size", root.get("font-size", ""))) for text in root.iter(f"{SVG}text")]
    assert min(sizes) >= 12
    assert all(0 <= float(text.get("x", "")) <= float(root.get("width", "")) for text in root.iter(f"{SVG}text"))


def test_names_at_the_ends_of_lines_do_not_cover_each_other() -> None:
    same = plot.Panel("warm build", plot.CPU, {who: [(1, 1.0), (2, 2.0)] for who in ("owl", "gull", "tit")})
    heights = [float(y) for y in re.findall(r'y="([\d.]+)"[^>]*>(?:owl|gull|tit) ', plot.svg([same]))]
    assert len(heights) == 3
    assert min(high - low for low, high in pairwise(heights)) >= 14


AXES = {
    "a tenth": (0.9, 11.0, [1, 2, 5, 10]),
    "many decades": (0.01, 200.0, [0.01, 0.1, 1, 10, 100]),
    "nearly nothing": (1.1, 1.9, []),
}


@pytest.mark.parametrize("case", AXES)
def test_an_axis_has_round_figures(case: str) -> None:
    low, high, ticks = AXES[case]
    axis = plot.Axis(low, high, 100, 0)
    assert axis.ticks() == pytest.approx(ticks)
    assert (axis.place(low), axis.place(high)) == pytest.approx((100, 0))


def test_what_takes_no_time_and_one_size_have_a_place() -> None:
    drawing = ET.fromstring(plot.svg([plot.Panel("check", plot.CPU, {"this site": [(7, 0.0)]})]))
    numbers = [float(value) for node in drawing.iter() for value in map(node.get, ("x", "y", "cx", "cy")) if value]
    assert numbers
    assert all(map(math.isfinite, numbers))
