"""Flat pictures: they are told by more than colour, can be read on a phone, and speak the site's language."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from drawings import DIAGRAMS, IMAGES, diagram, studio
from hipknee.pictures.drawing_facts import KEY, DrawingFacts
from hipknee.pictures.drawing_origin import pose_file
from hipknee_drawing import diagrams
from hipknee_drawing.diagrams import Sheet
from hipknee_drawing.palette import grey
from hipknee_drawing.pose_tables import is_diagram
from PIL import Image

SCALE, WEEK, BANDS = "explanation/pain-scale", "explanation/week", "explanation/band-check"
PHONE = 328


def test_which_tables_are_diagrams(tmp_path: Path) -> None:
    assert sorted(DIAGRAMS) == [BANDS, SCALE, WEEK]
    assert not is_diagram(pose_file(IMAGES, "explanation/gait"))
    assert not is_diagram(tmp_path / "nothing.yml")


@pytest.mark.parametrize("name", [SCALE, WEEK, BANDS])
def test_a_phone_shows_words_large_enough_and_the_picture_knows_them(name: str) -> None:
    sheet = diagram(name)
    assert diagrams.LETTERS * PHONE / sheet.diagram.shape[0] >= 11
    with Image.open(IMAGES / f"{name}.png") as image:
        assert image.size == sheet.diagram.shape
        assert DrawingFacts.of(image.info.get(KEY)).words == sheet.words
        assert np.abs(np.asarray(image.convert("RGB"), float) - np.asarray(sheet.draw(), float)).mean() < 0.5


def test_zones_and_faces_are_told_apart_in_gray() -> None:
    light = 255 * grey(np.asarray(diagram(SCALE).draw()) / 255)
    zones = [light[270:362, left : left + 48] for left in (62, 462, 664)]  # beside the signs: ground and pattern
    marks = [(zone < np.quantile(zone, 0.9) - 12).mean() for zone in zones]
    assert marks[0] + 0.05 < marks[1] + 0.02 < marks[2]  # dots, stripes, a lattice
    faces = [light[22:182, middle - 80 : middle + 80] for middle in (100, 300, 500, 700, 900, 1100)]
    assert all((np.abs(a - b) > 60).mean() > 0.01 for n, a in enumerate(faces) for b in faces[:n])


def test_days_of_both_kinds_are_told_apart_in_gray() -> None:
    light = 255 * grey(np.asarray(diagram(WEEK).draw()) / 255)
    monday, tuesday = light[90:255, 35:170], light[90:255, 201:336]
    assert (np.abs(monday - tuesday) > 60).mean() > 0.05


def test_a_damaged_band_differs_by_its_edges_and_its_sign() -> None:
    light = 255 * grey(np.asarray(diagram(BANDS).draw()) / 255)
    sound, damaged = light[:, :590], light[:, 600:1190]
    apart = np.abs(sound - damaged) > 60
    assert apart[225:330, 100:530].sum() > 1500  # the tear and the nick
    assert apart[20:100, 20:100].sum() > 300  # a check mark and a cross
    assert apart[110:220, 100:530].mean() < 0.01  # the rest is the same band


def test_another_language_is_written_where_there_is_room() -> None:
    table = diagram(SCALE).diagram
    sheet = Sheet(studio(), table, {"pain_less": "Fare di meno"}.get)  # type: ignore[arg-type]
    sheet.words = {name: word or name for name, word in sheet.words.items()}
    assert sheet.words["pain_less"] == "Fare di meno"
    other = np.asarray(sheet.draw(), float)
    assert np.abs(other - np.asarray(diagram(SCALE).draw(), float))[262:452].max() > 100
