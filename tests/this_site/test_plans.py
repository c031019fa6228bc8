"""The ready-made programmes of this site: their figures, what they never hold, and one answer on all pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
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
    "first-eight-weeks": {("BHA", 3): 0, ("BHE", 3): 0, ("BHA", 4): 1, ("BHE", 4): 1, ("BHF", 4): 0},
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


# One answer everywhere

TEXTS = sorted(path for path in ROOT.glob("docs/**/*") if path.suffix in (".md", ".yml"))
NUMBER = r"(\d+|one|two|three|four|five|six|seven)"
SETS = re.compile(rf"\b{NUMBER}(?: to {NUMBER})? sets? of (?:(\d+)(?: to (\d+))?)(?! s\b)(?! min)", re.I)
DAYS = re.compile(rf"\b{NUMBER}(?: to {NUMBER})? days? (?:a|per|each) week", re.I)
BEGIN = re.compile(r"\b(?:start|begin) with (?:the )?(two|three|four|five|\d+)\b([^.]*)", re.I)
LATER = (3, 12, 15)
"""After the plan: 3 sets of 12 to 15, and no other number."""
KEEP = (2,)
"""Days a week that keep what was gained."""
WORTH = {name: number for number, name in enumerate("zero one two three four five six seven".split())}


def number(text: str) -> int:
    return WORTH.get(text.lower(), 0) or int(text)


def said(pattern: re.Pattern[str]) -> Iterator[tuple[str, re.Match[str]]]:
    """What texts say, but for what studies did: sources say that."""
    for path in TEXTS:
        if path.name not in ("sources.yml", "vocabulary.yml"):
            text = " ".join(path.read_text("utf-8").split())
            yield from ((path.relative_to(ROOT).as_posix(), match) for match in pattern.finditer(text))


def doses() -> set[tuple[int, int, int]]:
    items = [item for slug in PLANS for phase in plan(slug).phases for item in phase.items]
    own = [entry.value.dose for entry in CONTENT.exercises.values() if entry.value]
    return {(item.sets, *(item.reps or (0, 0))) for item in items} | {(d.sets[0], *(d.reps or (0, 0))) for d in own}


def test_there_is_something_to_hold() -> None:
    """A pattern that finds nothing would hold nothing."""
    assert [bool([*said(pattern)]) for pattern in (SETS, DAYS, BEGIN)] == [True] * 3


def test_texts_say_no_other_dose() -> None:
    wrong = [
        (path, match[0])
        for path, match in said(SETS)
        if (number(match[2] or match[1]), int(match[3]), int(match[4] or match[3])) not in {*doses(), LATER}
    ]
    assert wrong == []


def test_texts_say_no_other_days() -> None:
    days = {(item.days,) for slug in PLANS for phase in plan(slug).phases for item in phase.items}
    wrong = [
        (path, match[0])
        for path, match in said(DAYS)
        if tuple(number(part) for part in match.groups() if part) not in {*days, KEEP}
    ]
    assert wrong == []


def test_every_exercise_is_done_as_often_as_the_plans_say() -> None:
    often = {entry.value.dose.days_per_week for entry in CONTENT.exercises.values() if entry.value}
    assert often == {(days, days) for days in {item.days for p in PLANS for f in plan(p).phases for item in f.items}}


def test_texts_begin_with_as_many_moves_as_the_plan() -> None:
    """Two hip moves and one thigh move are three."""
    first = plan("first-eight-weeks").phases[0].items
    hip = sum(" ".join(item.codes()) != THIGH for item in first)
    counts = {(path, number(match[1])) for path, match in said(BEGIN) if "move" in match[2] or "exercise" in match[2]}
    assert {count for _, count in counts} <= {len(first), hip}
    assert (len(first), hip) == (3, 2)


def test_the_hardest_floor_move_waits() -> None:
    """The side-lying leg raise comes in week 3, and nothing stands before week 5."""
    begins = {}
    for phase in plan("first-eight-weeks").phases:
        for item in phase.items:
            for code in item.codes():
                begins.setdefault(code, phase.weeks[0])
    assert begins["SLR"] == 3
    assert {begins[code] for code in ("BHA", "BHE")} == {5}
    assert {begins[code] for code in ("LBW", "BHF")} == {7}


def test_one_order_everywhere() -> None:
    """Library, condition pages and plan list the hip moves alike; what is optional comes last."""
    codes = {slug: entry.face.code for slug, entry in CONTENT.exercises.items()}
    library = CONTENT.library.part(lambda page: [codes[slug] for slug in page.slugs()]) or []
    lists = [
        [code for item in phase.items if not item.optional for code in item.codes() if code not in THIGH]
        for phase in plan("first-eight-weeks").phases
    ]
    for entry in CONTENT.conditions.values():
        lists.append(
            entry.part(lambda page: [codes[slug] for slug in page.exercises if codes[slug] not in THIGH]) or []
        )
    assert [listed for listed in lists if listed != sorted(listed, key=library.index)] == []
