"""What this project draws is what its pages show. Pictures that nobody draws, such as photographs, may stand beside."""

from __future__ import annotations

from typing import get_args

import pytest
from drawings import DIAGRAMS, IMAGES, PLATES, SLUGS, diagram, plate, recorded, sitting, table
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
    for name in DIAGRAMS:
        origins[(IMAGES / name).with_suffix(".png")] = drawing_origin.origin(
            IMAGES, name, drawing_origin.CHART, "plate"
        )
    for slug in SLUGS:
        drawn = table(slug)
        poses = {f"{name}.png": moment for name, moment in sitting(slug).pictures().items()}
        poses |= {f"{name}.png": name for name in drawn.mistakes}
        poses |= {"motion.webp": "motion"} if drawn.motion else {}
        for name, pose in poses.items():
            origins[IMAGES / slug / name] = drawing_origin.origin(IMAGES, slug, drawn.figure, pose)
    for path, origin in origins.items():
        assert recorded(path) == origin, f"{path}: call 'make draw'"
    pictures = {path for path in IMAGES.glob("*/*") if path.suffix in (".png", ".webp")}
    assert {path for path in pictures if recorded(path)} == set(origins)  # none that is drawn no more
    assert not [*IMAGES.glob("*/*.part")]


def rows(path: str, heading: str) -> list[list[str]]:
    """The cells of the first table below a heading of a page."""
    lines = (ROOT / path).read_text("utf-8").partition(f"## {heading}\n")[2].split("\n## ")[0].splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")][1:]


def test_the_scale_of_pain_is_the_pain_rule() -> None:
    sheet = diagram("explanation/pain-scale")
    scale = sheet.diagram.pain_scale
    assert scale
    first, drawn = 0, []
    for zone in scale.zones:
        drawn.append((f"{first} to {zone.to}", sheet.words[zone.word]))
        first = zone.to + 1
    (*bounded, (above, stop)) = drawn
    rule = [(pain, advice.partition(".")[0]) for pain, advice in rows("docs/your-week.md", "The pain rule")]
    assert rule == [*bounded, ("Above 5, or sharp", stop.partition(".")[0])]
    assert "sharp" in stop
    assert above == "6 to 10"


def test_the_week_is_the_sample_week() -> None:
    week = diagram("explanation/week").diagram.week
    assert week
    text = (ROOT / "docs" / "your-week.md").read_text("utf-8").partition("## A sample week\n")[2]
    assert text.strip().startswith("Do the moves of your step on Monday, Wednesday and Friday.")
    assert [number for number, day in enumerate(week.days) if day == "moves"] == [0, 2, 4]
