"""The ready-made programmes of this site: their figures, what they never hold, and one answer on all pages."""

from __future__ import annotations

from typing import Any

import pytest
from hipknee.content import catalogue
from hipknee.content.model import Programme
from projects import ROOT

CONTENT = catalogue.load(ROOT)
THIGH = "SKE STS"
Row = tuple[tuple[int, int], tuple[int, int], tuple[int, int], list[tuple[Any, ...]]]
PLANS: dict[str, list[Row]] = {
    "first-eight-weeks": [
        ((1, 2), (15, 20), (3, 4), [("CLA", 2, 8, 8), ("BRI", 2, 8, 8), (THIGH, 2, 8, 8)]),
        ((3, 4), (20, 25), (5, 6), [("CLA", 2, 10, 10), ("BRI", 2, 10, 10), ("SLR", 2, 8, 8), (THIGH, 2, 10, 10)]),
        (
            (5, 6),
            (30, 30),
            (5, 6),
            [("BRI", 3, 10, 10), ("SLR", 2, 10, 10), ("BHA", 2, 8, 8), ("BHE", 2, 8, 8), (THIGH, 2, 10, 10)],
        ),
        (
            (7, 8),
            (30, 35),
            (5, 6),
            [
                *[("BRI", 3, 10, 10), ("BHA", 2, 10, 12), ("BHE", 2, 10, 12), ("LBW", 2, 8, 8), (THIGH, 3, 10, 10)],
                ("BHF?", 2, 8, 8),
            ],
        ),
    ],
    "sore-outer-hip": [
        ((1, 2), (10, 15), (3, 4), [("BRI", 2, 8, 8), ("STS", 2, 8, 8)]),
        ((3, 4), (15, 20), (5, 6), [("BRI", 2, 10, 10), ("STS", 2, 10, 10), ("LBW", 2, 8, 8)]),
        ((5, 6), (20, 25), (5, 6), [("BRI", 3, 10, 10), ("STS", 3, 8, 8), ("LBW", 2, 10, 10)]),
        ((7, 8), (20, 25), (5, 6), [("BRI", 3, 10, 10), ("STS", 3, 8, 8), ("LBW", 2, 10, 10)]),
    ],
}
"""Weeks, minutes and effort of each phase, and its moves in order: codes, sets, and reps from low to high."""
BANDS = {
    "first-eight-weeks": {("BHA", 3): 0, ("BHE", 3): 0, ("BHA", 4): 1, ("BHE", 4): 1},
    "sore-outer-hip": {("LBW", 2): 0, ("LBW", 3): 0, ("LBW", 4): 1},
}
"""Where a band is said, by code and phase: never one before there was none."""


def plan(slug: str) -> Programme:
    value = CONTENT.programmes[slug].value
    assert value
    return value


def test_every_plan_is_held() -> None:
    assert {*CONTENT.programmes} == {*PLANS} == {*BANDS}


@pytest.mark.parametrize("slug", PLANS)
def test_the_figures_of_a_plan(slug: str) -> None:
    rows = [
        (
            phase.weeks,
            phase.minutes,
            phase.effort,
            [
                (" ".join(item.codes()) + ("?" if item.optional else ""), item.sets, *(item.reps or ()))
                for item in phase.items
            ],
        )
        for phase in plan(slug).phases
    ]
    assert rows == PLANS[slug]


@pytest.mark.parametrize("slug", PLANS)
def test_the_days_and_bands_of_a_plan(slug: str) -> None:
    items = [(number, item) for number, phase in enumerate(plan(slug).phases, 1) for item in phase.items]
    assert {item.days for _, item in items} == {3}
    assert {(item.codes()[0], n): item.band for n, item in items if item.band is not None} == BANDS[slug]


def test_the_first_plan_has_every_exercise() -> None:
    codes = {code for phase in plan("first-eight-weeks").phases for item in phase.items for code in item.codes()}
    assert codes == {entry.face.code for entry in CONTENT.exercises.values()}
    assert max(sum(not item.optional for item in phase.items) for phase in plan("first-eight-weeks").phases) == 5


def test_the_plan_for_a_sore_outer_hip_lies_on_no_side_and_stands_on_no_one_leg() -> None:
    codes = {code for phase in plan("sore-outer-hip").phases for item in phase.items for code in item.codes()}
    assert codes.isdisjoint({"CLA", "SLR", "BHA", "BHE", "BHF"})


@pytest.mark.parametrize("slug", PLANS)
def test_every_plan_is_told_to_be_ours(slug: str) -> None:
    points = " ".join(plan(slug).key_points)
    assert "our own arrangement. No one has tested it." in points
    assert plan(slug).review.status == "awaiting"
    assert "a PT should confirm it" in " ".join(CONTENT.programmes[slug].document.body.split())
