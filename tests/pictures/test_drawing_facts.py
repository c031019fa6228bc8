"""What a drawn picture says of itself, through its file and whatever else stands there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hipknee.pictures import decoding
from hipknee.pictures.drawing_facts import KEY, NO_FACTS, Area, DrawingFacts
from PIL import Image
from PIL.PngImagePlugin import PngInfo

FACTS = DrawingFacts({"side": "Seite ÄÖ 側"}, (Area(((1, 2), (3, 4), (5, 6)), (7, 8, 9)),), "behind")


def test_what_is_written_is_read(tmp_path: Path) -> None:
    about = PngInfo()
    about.add_itxt(KEY, FACTS.as_text())
    Image.new("RGB", (800, 300)).save(tmp_path / "a.png", pnginfo=about)
    assert decoding.look((tmp_path / "a.png").read_bytes()).facts == FACTS


@pytest.mark.parametrize(
    "text",
    [
        None,
        b"{}",
        "",
        "{",
        "[]",
        "{}",
        "null",
        "[" * 100_000,
        json.dumps({"words": [], "areas": []}),
        json.dumps({"words": {}, "areas": {}}),
        json.dumps({"words": {}, "areas": [], "seen": "the moon"}),
        json.dumps({"words": {}, "areas": [], "seen": ["front"]}),
        json.dumps({"words": {}, "areas": [1]}),
        json.dumps({"words": {}, "areas": [[[[1, 2]], [1, 2]]]}),
        json.dumps({"words": {}, "areas": [[[["a", 2]], [1, 2, 3]]]}),
    ],
    ids=range(15),
)
def test_anything_else_is_nothing(text: object) -> None:
    assert DrawingFacts.of(text) == NO_FACTS
