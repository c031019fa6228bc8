"""What the pages of the moves on the floor and on a chair say in words that can be measured, their poses do."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pytest
from drawings import FLOATS, posed, sitting
from hipknee_drawing.posing import Posed
from hipknee_drawing.rotations import Array
from projects import ROOT

# Measures: meters and degrees


def joint(posed: Posed, bone: str, side: str = "L") -> Array:
    return posed.stance.joint(f"{bone}.{side}")


def foot(posed: Posed, side: str) -> Array:
    """The skin (n, 3) of a foot."""
    return np.asarray(posed.vertices[posed.stance.figure.part("foot", "toe", side=f".{side}")])


def to_left(posed: Posed) -> Array:
    """The direction from the right hip to the left one, along the floor."""
    across = (joint(posed, "upperleg01") - joint(posed, "upperleg01", "R")) * [1, 1, 0]
    return np.asarray(across / np.linalg.norm(across))


def wider_than_the_hips(posed: Posed) -> float:
    """How much farther the ankles are apart than the hips."""
    feet, hips = (joint(posed, bone) - joint(posed, bone, "R") for bone in ("foot", "upperleg01"))
    return float((feet - hips) @ to_left(posed))


def knees_beside_feet(posed: Posed) -> float:
    """How far a knee is to the side of its foot; the larger of both."""
    return max(abs(float((joint(posed, "lowerleg01", s) - joint(posed, "foot", s)) @ to_left(posed))) for s in "LR")


def out_of_line(posed: Posed) -> float:
    """How far the hips are from the line of shoulders and knees, seen from the side."""
    shoulder, hip, knee = (joint(posed, bone)[[0, 2]] for bone in ("upperarm01", "upperleg01", "lowerleg01"))
    along = (knee - shoulder) / np.linalg.norm(knee - shoulder)
    return abs(float(np.array([-along[1], along[0]]) @ (hip - shoulder)))


def lean(posed: Posed) -> float:
    """Degrees by which the trunk of somebody who faces -x leans forward."""
    trunk = posed.stance.joint("neck01") - posed.stance.joint("root")
    return float(np.degrees(np.arctan2(-trunk[0], trunk[2])))


def lowest(posed: Posed) -> float:
    """How high the soles are; the higher of both."""
    return max(abs(float(foot(posed, side)[:, 2].min())) for side in "LR")


def feet_behind_knees(posed: Posed) -> float:
    """Of somebody who faces -x."""
    return float(joint(posed, "foot")[0] - joint(posed, "lowerleg01")[0])


def nose_past_toes(posed: Posed) -> float:
    head = posed.vertices[posed.stance.figure.part("head")]
    return float(foot(posed, "L")[:, 0].min() - head[:, 0].min())


def level(posed: Posed) -> float:
    """Degrees by which the left shank hangs below the horizon."""
    shank = joint(posed, "foot") - joint(posed, "lowerleg01")
    return float(np.degrees(np.arcsin(-shank[2] / np.linalg.norm(shank))))


def seat(posed: Posed, share: float) -> float:
    """How far the pelvis is in front of a place on the seat: 0 is its front, 1 its back."""
    wood = np.concatenate([one.vertices for one in sitting("sit-to-stand").things(posed) if one.colour == "wood"])
    low, high = wood[:, 0].min(), wood[:, 0].max()
    return float(low + share * (high - low) - posed.stance.joint("root")[0])


def heel_back(posed: Posed) -> float:
    """Degrees by which the top leg is behind the line of the trunk."""
    return -posed.angles("left hip").flexion


def edge_up(posed: Posed) -> float:
    """Degrees from straight up of the outer edge of the top foot."""
    out = posed.stance.axes_of("foot.L")[:, 0]
    return float(np.degrees(np.arccos(out[2])))


def knees_apart(posed: Posed) -> float:
    return float(np.linalg.norm(joint(posed, "lowerleg01") - joint(posed, "lowerleg01", "R")))


def ankles_apart(posed: Posed) -> float:
    return float(np.linalg.norm(joint(posed, "foot") - joint(posed, "foot", "R")))


def hips_stacked(posed: Posed) -> float:
    """How far the top hip is in front of or behind the lower one."""
    return abs(float(joint(posed, "upperleg01")[1] - joint(posed, "upperleg01", "R")[1]))


class Case(NamedTuple):
    slug: str
    words: str
    """As they stand on the page."""
    moment: str
    measure: Callable[[Posed], float]
    least: float
    most: float


CASES = [
    Case("clamshell", "Stack your legs", "start", knees_apart, 0.08, 0.14),
    Case("clamshell", "Keep your ankles together", "finish", ankles_apart, 0.05, 0.09),
    Case("clamshell", "Keep your top hip over the bottom one", "finish", hips_stacked, 0, 0.03),
    Case("clamshell", "Your knee may lift only a hand-width or two", "finish", knees_apart, 0.2, 0.36),
    Case("side-lying-leg-raise", "heel a touch back", "finish", heel_back, 0.5, 10),
    Case("side-lying-leg-raise", "Keep the outer edge of your foot facing up", "finish", edge_up, 0, 45),
    Case("bridge", "feet flat and hip-width apart", "start", wider_than_the_hips, -0.03, 0.03),
    Case("bridge", "feet flat and hip-width apart", "finish", lowest, 0, FLOATS),
    Case("bridge", "Keep each knee in line with its foot", "finish", knees_beside_feet, 0, 0.02),
    Case("bridge", "when your shoulders, hips and knees make a line", "finish", out_of_line, 0, 0.02),
    Case("sit-to-stand", "Sit near the front", "start", lambda posed: seat(posed, 0.5), 0, 0.2),
    Case("sit-to-stand", "feet flat, hip-width apart", "start", lowest, 0, FLOATS),
    Case("sit-to-stand", "hip-width apart, a little behind", "start", wider_than_the_hips, -0.03, 0.03),
    Case("sit-to-stand", "a little behind your knees", "start", feet_behind_knees, 0.06, 0.2),
    Case("sit-to-stand", "Lean forward from your hips", "start", lean, 25, 45),
    Case("sit-to-stand", "nose over toes", "start", nose_past_toes, -0.05, 0.05),
    Case("sit-to-stand", "Stand tall", "finish", lean, -4, 4),
    Case("sit-to-stand", "Keep each knee in line with its foot", "finish", knees_beside_feet, 0, 0.02),
    Case("seated-knee-extension", "Sit tall", "start", lean, -4, 4),
    Case("seated-knee-extension", "Sit tall. Lift less if you have to", "finish", lean, -4, 4),
    Case("seated-knee-extension", "well back on a sturdy chair", "start", lambda posed: -seat(posed, 0.5), 0.03, 0.2),
    Case("seated-knee-extension", "your feet flat", "start", lowest, 0, FLOATS),
    Case("seated-knee-extension", "Stop when your leg is nearly level", "finish", level, 0, 15),
]


@pytest.mark.parametrize("case", CASES, ids=[f"{case.slug}: {case.words}, {case.moment}" for case in CASES])
def test_the_pose_is_what_the_words_say(case: Case) -> None:
    page = (ROOT / "docs" / "exercises" / f"{case.slug}.md").read_text("utf-8")
    assert case.words in page, "the page says it no longer: measure what it says now"
    assert case.least <= case.measure(posed(case.slug, case.moment)) <= case.most
