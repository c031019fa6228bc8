"""Pictures of mistakes: they show what the page warns of, and nobody takes them for the right way."""

from __future__ import annotations

import numpy as np
import pytest
from drawings import FLOATS, IMAGES, SLUGS, SUNK, posed, sitting, table
from hipknee_drawing import marks, studio
from hipknee_drawing.palette import COLOURS
from hipknee_drawing.posing import Posed
from hipknee_drawing.rotations import unit
from PIL import Image

LEG = ("upperleg01", "lowerleg01")
WITH = [slug for slug in SLUGS if table(slug).mistakes]


def test_a_clamshell_that_rolls_back() -> None:
    """The pelvis, which the right finish keeps still, has turned by 20 degrees or more; the feet stay together."""
    right, rolled = posed("clamshell", "finish"), sitting("clamshell").wrong["rolling-back"]
    turn = right.stance.axes_of("root").T @ rolled.stance.axes_of("root")
    assert np.degrees(np.arccos((np.trace(turn) - 1) / 2)) > 20
    left_hip, right_hip = (rolled.stance.joint(f"upperleg01.{side}") for side in "LR")
    assert left_hip[1] - right_hip[1] > 0.05  # the top hip has gone back: the face looks towards -y
    assert np.linalg.norm(rolled.stance.joint("foot.L") - rolled.stance.joint("foot.R")) < 0.09


def test_a_leg_raise_with_its_toes_up_or_in_front() -> None:
    right, wrong = posed("side-lying-leg-raise", "finish"), sitting("side-lying-leg-raise").wrong

    def toes(posed: Posed) -> float:
        """Degrees above the horizon in which they point from the ankle."""
        foot = posed.vertices[posed.stance.figure.part("toe", side=".L")].mean(0) - posed.stance.joint("foot.L")
        return float(np.degrees(np.arcsin(foot[2] / np.linalg.norm(foot))))

    assert toes(wrong["toes-up"]) > 50
    assert toes(right) < 20
    forward = right.stance.joint("foot.L")[1] - wrong["drifting-forward"].stance.joint("foot.L")[1]
    assert forward > 0.3


@pytest.mark.parametrize(
    ("slug", "least", "most"),
    [("lateral-band-walk", 0.1, 0.08), ("sit-to-stand", 0.05, 0.02)],  # a wide stance has more room between the feet
)
def test_knees_caved_in(slug: str, least: float, most: float) -> None:
    """Each of them inside its foot; in the right finish they are about over the feet: metres."""

    def inside(posed: Posed) -> tuple[float, float]:
        to_left = posed.stance.joint("upperleg01.L") - posed.stance.joint("upperleg01.R")
        to_left *= [1, 1, 0] / np.linalg.norm(to_left[:2])
        knees, feet = (
            [to_left @ posed.stance.joint(f"{bone}.{side}") for side in "LR"] for bone in ("lowerleg01", "foot")
        )
        return feet[0] - knees[0], knees[1] - feet[1]

    assert min(inside(sitting(slug).wrong["knees-in"])) > least
    assert max(inside(posed(slug, "finish"))) < most


def test_a_bridge_with_an_arched_back() -> None:
    """Hips above the line from shoulders to knees, and the back bent backwards; the right finish is that line."""

    def above(posed: Posed) -> float:
        """Metres from the line up to the hip, seen from the side."""
        shoulder, hip, knee = (posed.stance.joint(f"{bone}.L")[[0, 2]] for bone in ("upperarm01", *LEG))
        along = unit(knee - shoulder)
        across = np.array([-along[1], along[0]])
        return float(across @ (hip - shoulder))

    def arch(posed: Posed) -> float:
        """Degrees by which the chest is bent back from the pelvis."""
        chest, pelvis = (posed.stance.axes_of(bone)[:, 2] for bone in ("spine01", "root"))
        return float(np.degrees(np.arctan2(chest[2], -chest[0]) - np.arctan2(pelvis[2], -pelvis[0])))

    right, arched = posed("bridge", "finish"), sitting("bridge").wrong["arched-back"]
    assert abs(above(right)) < 0.03
    assert above(arched) > 0.12
    assert abs(arch(right)) < 10
    assert abs(arch(arched)) > 25


def test_a_lifted_foot_with_the_trunk_leaning_back() -> None:
    """The foot is as high as it should be; the trunk, upright in the right finish, leans by 20 degrees or more."""

    def lean(posed: Posed) -> float:
        trunk = posed.stance.joint("neck01") - posed.stance.joint("root")
        return float(np.degrees(np.arctan2(trunk[0], trunk[2])))  # it faces -x

    right, leaning = posed("seated-knee-extension", "finish"), sitting("seated-knee-extension").wrong["leaning-back"]
    assert abs(lean(right)) < 6
    assert abs(lean(posed("seated-knee-extension", "start"))) < 6
    assert lean(leaning) > 20
    assert abs(leaning.stance.joint("foot.L")[2] - right.stance.joint("foot.L")[2]) < 0.08


@pytest.mark.parametrize("slug", WITH)
def test_they_lie_on_the_floor_inside_the_frame(slug: str) -> None:
    for name, wrong in sitting(slug).wrong.items():
        skin = wrong.vertices[wrong.stance.figure.is_body]
        assert -SUNK <= skin[:, 2].min() <= FLOATS
        view = table(slug).mistakes[name].view
        if view is None or view.shows == "all":
            camera = sitting(slug).mistake_camera(name)
            seen = camera.project(skin)[:, :2] / camera.size
            assert 0.01 < seen.min() < seen.max() < 0.99, name


@pytest.mark.parametrize("slug", WITH)
def test_each_has_a_cross_in_its_corner(slug: str) -> None:
    """Of the picture, or of its lower half where the right finish is above."""
    red = np.array([round(255 * part) for part in COLOURS["wrong"]])
    for name, mistake in table(slug).mistakes.items():
        with Image.open(IMAGES / slug / f"{name}.png") as whole, Image.open(IMAGES / slug / "finish.png") as right:
            image = whole.crop((0, whole.height // 2, *whole.size)) if mistake.with_right else whole
            assert image.size == (mistake.view.shape if mistake.view else right.size)
            corner = np.asarray(image.convert("RGB"), int)[
                : round(0.13 * min(image.size)), : round(0.13 * min(image.size))
            ]
            plain = np.asarray(right.convert("RGB"), int)[: corner.shape[0], : corner.shape[1]]
        middle = round(marks.INSET * studio.DISC * min(image.size))
        assert (corner[middle, middle] > 240).all()  # where the white bars meet
        assert (abs(corner - red).max(2) < 12).mean() > 0.15
        assert not (abs(plain - red).max(2) < 12).any()
