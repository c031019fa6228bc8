"""What this project draws is what its pages show. Pictures that nobody draws, such as photographs, may stand beside."""

from __future__ import annotations

from typing import get_args

import pytest
from drawings import IMAGES, PLATES, SLUGS, plate, recorded, table
from hipknee.content import catalogue
from hipknee.content.model import Exercise
from hipknee.pictures import drawing_origin
from hipknee_drawing import muscles, pose_tables
from projects import ROOT


def page(slug: str) -> Exercise:
    value = catalogue.load(ROOT).exercises[slug].value
    assert value
    return value


@pytest.mark.parametrize("slug", SLUGS)
def test_the_page_and_the_table_name_the_same_muscles(slug: str) -> None:
    shown = {muscle.name for muscle in table(slug).muscles}
    assert shown == {muscles.SEEN_AS.get(name, name) for name in page(slug).muscles.primary}


def test_every_muscle_of_a_table_can_be_drawn() -> None:
    assert set(get_args(pose_tables.Muscle.model_fields["name"].annotation)) == set(muscles.REGIONS)


@pytest.mark.parametrize("slug", SLUGS)
def test_every_mistake_that_is_drawn_is_on_its_page(slug: str) -> None:
    used = {mistake.image.file for mistake in page(slug).mistakes if mistake.image}
    assert used >= {f"{slug}/{name}.png" for name in table(slug).mistakes}


def test_the_pictures_are_those_of_the_tables() -> None:
    origins = {
        (IMAGES / name).with_suffix(".png"): drawing_origin.origin(IMAGES, name, plate(name).plate.figure, "plate")
        for name in PLATES
    }
    for slug in SLUGS:
        drawn = table(slug)
        poses = {f"{pose}.png": pose for pose in ("start", "finish", *drawn.mistakes)}
        poses |= {f"{view}.png": "finish" for view in drawn.views if view != "main"}
        poses |= {"motion.webp": "motion"} if drawn.motion else {}
        for name, pose in poses.items():
            origins[IMAGES / slug / name] = drawing_origin.origin(IMAGES, slug, drawn.figure, pose)
    for path, origin in origins.items():
        assert recorded(path) == origin, f"{path}: call 'make draw'"
    pictures = {path for path in IMAGES.glob("*/*") if path.suffix in (".png", ".webp")}
    assert {path for path in pictures if recorded(path)} == set(origins)  # none that is drawn no more
    assert not [*IMAGES.glob("*/*.part")]
