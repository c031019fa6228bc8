"""Volumes of the booklet: which exercises stand in which, and what each is called."""

from __future__ import annotations

import random

import pytest
from hipknee.content.model import Series
from hipknee.pages.volumes import MOST_IN_ONE, SIZE, Volume, volumes
from hipknee.wording import Say
from projects import words

POSITIONS = {"perching": "Perching", "wading": "Wading in a pond", "flying": "Flying"}
SAY = Say(words())


def library(*flocks: tuple[str, int]) -> dict[str, str]:
    """Exercises in the order of a library: so many in each position."""
    return {f"{position}-{number}": position for position, count in flocks for number in range(count)}


def bound(exercises: dict[str, str], *series: Series) -> list[Volume]:
    found = volumes(exercises, series, POSITIONS, SAY)
    assert sorted(slug for volume in found for slug in volume.exercises) == sorted(exercises) or not found
    assert all(0 < len(volume.exercises) <= SIZE for volume in found)
    assert [volume.number for volume in found] == [*range(2, len(found) + 2)]
    assert len({volume.title for volume in found}) == len(found)
    return found


def row(id_: str, *slugs: str) -> Series:
    return Series.model_construct(id=id_, exercises=[*slugs])


def test_a_small_library_has_one_booklet() -> None:
    assert bound(library(("perching", MOST_IN_ONE))) == []
    assert bound({}) == []
    assert bound(library(("perching", MOST_IN_ONE + 1))) != []


def test_a_position_has_volumes_of_its_own() -> None:
    found = bound(library(("flying", 6), ("perching", 13), ("wading", 9)))
    assert [(volume.name, volume.title, len(volume.exercises)) for volume in found] == [
        ("complete-2", "Perching", SIZE),
        ("complete-3", "Perching, wading in a pond", SIZE),
        ("complete-4", "Wading in a pond, flying", 8),
    ]
    found = bound(library(("perching", 25), ("wading", 7)))
    assert [volume.title for volume in found] == [
        "Perching, part 1",
        "Perching, part 2",
        "Perching, part 3",
        "Wading in a pond",
    ]


def test_within_a_position_the_order_is_that_of_the_library() -> None:
    exercises = library(("perching", 20), ("wading", 20))
    order = [*exercises]
    random.Random(1).shuffle(order)
    found = bound({slug: exercises[slug] for slug in order})
    for position in POSITIONS:
        slugs = [slug for volume in found for slug in volume.exercises if exercises[slug] == position]
        assert slugs == [slug for slug in order if exercises[slug] == position]


def test_what_is_added_leaves_the_volumes_before_as_they_are() -> None:
    before = bound(library(("perching", 22), ("wading", 33)))
    after = bound(library(("perching", 22), ("wading", 34)))
    assert after[: len(before) - 1] == before[:-1]


def test_a_series_stays_together() -> None:
    exercises = library(("perching", 30))
    slugs = [*exercises]
    found = bound(exercises, row("dawn", *slugs[8:12]), row("dusk", *slugs[12:14]))
    assert [slugs.index(volume.exercises[0]) for volume in found] == [0, 8, 18, 28]
    endless = bound(exercises, row("all", *slugs))
    assert [len(volume.exercises) for volume in endless] == [SIZE, SIZE, SIZE]


def test_a_series_of_two_positions_is_not_torn_apart() -> None:
    exercises = library(("perching", 12), ("wading", 1), ("flying", 14))
    found = bound(exercises, row("mixed", "wading-0", "flying-0"))
    [volume] = [volume for volume in found if "wading-0" in volume.exercises]
    assert volume.exercises[volume.exercises.index("wading-0") + 1] == "flying-0"


@pytest.mark.parametrize("seed", range(20))
def test_whatever_a_library_is_like(seed: int) -> None:
    dice = random.Random(seed)
    exercises = {f"e{number}": dice.choice([*POSITIONS, "unknown"]) for number in range(dice.randint(25, 200))}
    slugs = [*exercises]
    series = [row(f"s{at}", *slugs[at : at + dice.randint(2, 12)]) for at in range(0, len(slugs) - 12, 12)]
    bound(exercises, *series)


def test_a_thousand() -> None:
    found = bound(library(("perching", 286), ("wading", 143), ("flying", 571)))
    assert 100 <= len(found) <= 104
    assert sum(len(volume.exercises) == SIZE for volume in found) >= len(found) - 3
