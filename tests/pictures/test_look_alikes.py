"""Which pictures show the same: equal to comparing all pairs, without comparing them."""

from __future__ import annotations

import random
from itertools import combinations
from pathlib import Path

import pytest
from hipknee.pictures import look_alikes as module
from hipknee.pictures.look_alikes import SAME, difference, look_alikes
from hipknee.pictures.originals import Picture, inspect
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw


def fake(thumbnail: bytes) -> Picture:
    return Picture(Path("fake.png"), 800, 600, False, "", thumbnail)


@st.composite
def near_thumbnails(draw: st.DrawFn) -> bytes:
    """Grey, with some pixels a little off: half of them by 1 is a difference of exactly 0.5."""
    grey = draw(st.sampled_from((0, 99, 100, 101, 252)))
    off = draw(st.integers(0, 3))
    count = draw(st.sampled_from((0, 1, 767, 768, 1535, 1536, 1537, 3072)))
    pixels = [grey + off] * count + [grey] * (3072 - count)
    order = draw(st.sampled_from(("as it is", "reversed", "columns", "scattered")))
    if order == "reversed":
        pixels.reverse()
    elif order == "columns":
        pixels = [pixels[column * 48 + row] for row in range(48) for column in range(64)]
    elif order == "scattered":
        random.Random(draw(st.integers(0, 3))).shuffle(pixels)
    return bytes(pixels)


LIMITS = (-1.0, 0.0, 0.1, 0.25, 1 / 3, 0.5, 1.0, 3.0, 255.0, 1e9)


@settings(deadline=None)  # a busy machine is not a mistake
@given(st.lists(near_thumbnails(), max_size=12), st.sampled_from(LIMITS))
def test_look_alikes_are_those_of_all_pairs(thumbnails: list[bytes], limit: float) -> None:
    made = [fake(thumbnail) for thumbnail in thumbnails]
    every = [(i, j) for i, j in combinations(range(len(made)), 2) if difference(made[i], made[j]) <= limit]
    assert look_alikes(made, limit) == every


def test_look_alikes_at_the_limit() -> None:
    plain, half, more = (fake(bytes([100 + (n < k) for n in range(3072)])) for k in (0, 1536, 1537))
    assert difference(plain, half) == 0.5
    assert look_alikes([plain, half, more]) == [(0, 1), (1, 2)]


@pytest.mark.parametrize("corner", [(0, 0), (32, 0), (0, 24), (32, 24)])
def test_look_alikes_at_the_limit_wherever_they_differ(corner: tuple[int, int]) -> None:
    """Every grey, so that every edge of the grid lies between some of the pairs."""
    for grey in range(254):
        plain, spotted = Image.new("L", (64, 48), grey), Image.new("L", (64, 48), grey)
        spotted.paste(grey + 2, (*corner, corner[0] + 32, corner[1] + 24))
        assert look_alikes([fake(plain.tobytes()), fake(spotted.tobytes())]) == [(0, 1)]


def test_look_alikes_compares_few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten times as many pictures are about ten times the work, not a hundred times."""
    compared: list[Picture] = []

    def counted(a: Picture, b: Picture) -> float:
        compared.append(a)
        return difference(a, b)

    monkeypatch.setattr(module, "difference", counted)
    dice = random.Random(1)
    made = []
    for _ in range(1000):
        coarse = Image.frombytes("L", (8, 6), bytes(min(255, int(dice.gauss(215, 20))) for _ in range(48)))
        made.append(fake(coarse.resize((64, 48), Image.Resampling.BICUBIC).tobytes()))
    assert look_alikes(made) == []
    assert len(compared) < 2 * len(made)


def test_copies_are_known_and_other_poses_are_not(tmp_path: Path) -> None:
    """A copy in another type or size is the same; a moved arm, as small as movements get, is not."""
    figure, moved = (Image.new("RGB", (1200, 900), "white") for _ in range(2))
    ImageDraw.Draw(figure).line((400, 600, 800, 600), "black", 60)
    ImageDraw.Draw(moved).line((400, 600, 780, 470), "black", 60)
    names = ("figure.png", "copy.jpg", "smaller.webp", "moved.png")
    for name, image in zip(names, (figure, figure, figure.resize((800, 600)), moved), strict=True):
        image.save(tmp_path / name, quality=80)
    original, copy, smaller, other = (inspect(tmp_path / name) for name in names)
    assert difference(original, copy) < SAME / 2
    assert difference(original, smaller) < SAME / 2
    assert difference(original, other) > 4 * SAME
    assert look_alikes([original, other, copy, smaller]) == [(0, 2), (0, 3), (2, 3)]
