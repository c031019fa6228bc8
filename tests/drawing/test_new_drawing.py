"""A drawing of an exercise that the site does not have takes one file: a seated knee extension."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from drawings import studio
from hipknee_drawing import pose_tables
from hipknee_drawing.palette import grey
from hipknee_drawing.pose_tables import PoseTable
from hipknee_drawing.studio import MOMENTS, Sitting
from projects import ROOT

FILE = ROOT / "tests" / "drawn" / "seated-knee-extension.yml"
SMALL = (360, 480)
PRESSED, ABOVE = 0.02, 0.005
"""Metres: how far a body that sits is pressed into the seat, and how far it may stay above."""


@cache
def table() -> PoseTable:
    made, _, problems = pose_tables.read(FILE, FILE.name, PoseTable)
    assert made, problems
    return made


@cache
def sitting() -> Sitting:
    small = {"main": table().views["main"].model_copy(update={"shape": SMALL})}
    return studio().sitting(table().model_copy(update={"views": small}))


def test_it_is_short() -> None:
    assert len(FILE.read_text("utf-8").splitlines()) < 40


@pytest.mark.parametrize("moment", MOMENTS)
def test_the_knee_is_as_straight_as_the_words_say(moment: str) -> None:
    low, high = getattr(table().measured, moment)
    assert low <= sitting().posed[moment].angles("left knee").flexion <= high


@pytest.mark.parametrize("moment", MOMENTS)
def test_she_sits_on_the_stool(moment: str) -> None:
    posed, height = sitting().posed[moment], table().scene.stool
    assert height
    sits = posed.stance.figure.part("root", "pelvis", "upperleg")
    lowest = posed.vertices[sits, 2].min()
    assert height - PRESSED <= lowest <= height + ABOVE
    wood = np.concatenate([thing.vertices for thing in sitting().things(posed) if thing.colour == "wood"])
    pelvis = posed.stance.joint("root")[:2]
    assert (wood[:, :2].min(0) < pelvis).all()
    assert (pelvis < wood[:, :2].max(0)).all()
    assert (wood[:, 2].min(), wood[:, 2].max()) == pytest.approx((0, height), abs=0.005)


def test_both_feet_rest_and_one_rises() -> None:
    start, finish = (sitting().posed[moment] for moment in MOMENTS)
    for side in ("L", "R"):
        foot = start.stance.figure.part("foot", "toe", side=f".{side}")
        assert start.vertices[foot, 2].min() == pytest.approx(0, abs=0.012)
    assert finish.stance.joint("foot.R") == pytest.approx(start.stance.joint("foot.R"), abs=1e-3)
    assert finish.stance.joint("foot.L")[2] > start.stance.joint("foot.L")[2] + 0.3


def test_the_muscle_can_be_seen_also_in_grey() -> None:
    picture = sitting().drawn("finish")
    assert (picture.targets > 0).sum() > 900
    whole = np.asarray(picture.image.resize((2 * SMALL[0], 2 * SMALL[1])), float) / 255
    assert np.median(grey(whole[picture.cloth])) - np.median(grey(whole[picture.targets > 0])) > 0.18
