"""Several figures in one picture: each in its own look, the nearer one before the other, both in one light."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from drawings import FLOATS, plate, studio, table
from hipknee_drawing import drawing, scene
from hipknee_drawing.body import Body
from hipknee_drawing.camera import Camera, fitted, looking_at
from hipknee_drawing.drawing import Drawn, Shown
from hipknee_drawing.light import Space
from hipknee_drawing.palette import COLOURS
from hipknee_drawing.pose_tables import Ground, Helper, Pose
from hipknee_drawing.rotations import Array

KNEECAP = "explanation/kneecap-mobilization"
SIZE = (160, 220)
MIDDLE = Pose(ground=Ground(pelvis_height=0.95))
SEEN_FROM = {"the front": (0, "first"), "behind": (180, "second"), "the side": (90, "both")}


def standing(who: str, back: float, aside: float = 0) -> Shown:
    pose = Pose(ground=Ground(pelvis_height=0.95, at=(aside, back)))
    return studio().helper(Helper(figure=who, base="stand", pose=pose))


@cache
def pair(around: float) -> tuple[Drawn, Drawn, Drawn]:
    """A woman with a man 0.6 meters behind her: both, her alone, him alone, in the same frame."""
    people = [standing("woman", 0), standing("man", 0.6)]
    points = np.concatenate([one.posed.vertices[one.body.figure.is_body] for one in people])
    camera = fitted(looking_at(points.mean(0), around, 8, SIZE), points)
    both, her, him = (drawing.draw(shown, camera, None) for shown in (people, people[:1], people[1:]))
    return both, her, him


@pytest.mark.parametrize("name", SEEN_FROM)
def test_the_nearer_one_hides_the_other(name: str) -> None:
    around, whole = SEEN_FROM[name]
    both, her, him = pair(around)
    alone = [one.figures == 1 for one in (her, him)]
    together = [both.figures == number for number in (1, 2)]
    shares = [seen.sum() / all_.sum() for seen, all_ in zip(together, alone, strict=True)]
    assert (np.array(shares) > 0.98).tolist() == [whole in ("first", "both"), whole in ("second", "both")]
    assert not (together[0] & ~alone[0]).any()
    overlap = alone[0] & alone[1]
    assert (both.figures[overlap] > 0).all()
    if whole != "both":
        assert overlap.sum() > 500
        assert (both.figures[overlap] == (1 if whole == "first" else 2)).mean() > 0.98


def test_each_has_its_own_look() -> None:
    """Beside each other they look as they do alone, and not like each other."""
    both, *alone = pair(90)
    image, *plain = (np.asarray(one.image.resize(one.figures.shape[::-1]), int) for one in (both, *alone))
    tops = []
    for number, picture in enumerate(plain, 1):
        mine = both.figures == number
        assert np.median(np.abs(image[mine] - picture[mine])) <= 2
        tops.append(np.median(image[mine & both.cloth], 0))
    assert tops[0][2] > tops[0][0]  # hers is blue
    assert tops[1][2] < tops[1][0]  # his is not


def test_a_line_stands_between_them_and_one_darkens_the_other() -> None:
    both, her, _ = pair(0)
    image, alone = (np.asarray(one.image.resize(one.figures.shape[::-1]), int) for one in (both, her))
    rim = (both.figures[:, :-1] == 1) & (both.figures[:, 1:] == 2)
    dark = np.abs(image[:, :-1][rim] - 255 * COLOURS["line"]).max(1) < 60
    assert rim.sum() > 50
    assert dark.mean() > 0.7
    behind = pair(180)
    his = (behind[0].figures == 1) & (behind[1].figures == 1)  # what is seen of her past him
    lighter = np.asarray(behind[1].image.resize(his.shape[::-1]), int)[his].mean()
    assert np.asarray(behind[0].image.resize(his.shape[::-1]), int)[his].mean() < lighter + 1
    floor = (both.figures == 0) & (her.figures == 0)
    assert image[floor].mean() < alone[floor].mean()  # two cast more shadow than one


def test_an_exercise_with_a_helper_shows_both_in_its_frame() -> None:
    small = {"main": table("bridge").views["main"].model_copy(update={"shape": (300, 160)})}
    helper = Helper(figure="woman", base="stand", pose=Pose(ground=Ground(pelvis_height=0.95, at=(0.3, 0.8))))
    plain = studio().sitting(table("bridge").model_copy(update={"views": small}))
    helped = studio().sitting(table("bridge").model_copy(update={"views": small, "helper": helper}))
    assert helped.helper is not None
    seen = helped.camera("main").project(helped.helper.posed.vertices[helped.body.figure.is_body])[:, :2] / (300, 160)
    assert 0.02 < seen.min() < seen.max() < 0.98
    assert helped.camera("main").focal < plain.camera("main").focal
    assert set(np.unique(helped.drawn("start").figures)) == {0, 1, 2}


def test_all_muscles_of_the_first_are_counted_before_those_of_the_next() -> None:
    muscle = drawing.Target("gluteus-maximus", "left")
    people = [standing("woman", 0, -0.5)._replace(targets=[muscle]), standing("man", 0, 0.5)._replace(targets=[muscle])]
    points = np.concatenate([one.posed.vertices[one.body.figure.is_body] for one in people])
    drawn = drawing.draw(people, fitted(looking_at(points.mean(0), 180, 8, SIZE), points), None)
    for number in (1, 2):
        assert (drawn.targets == number).sum() > 50
        assert (drawn.figures[drawn.targets == number] == number).all()


# The therapist at the knee


def therapist() -> Shown:
    helper = plate(KNEECAP).helpers[0]
    assert helper
    return helper


def kneecap() -> Array:
    """Its middle in the world."""
    body, posed = plate(KNEECAP).body, plate(KNEECAP).posed[0]
    x, y, z = body.figure.chart.T
    (middle, height), (half, tall) = drawing._KNEECAP, drawing._KNEECAP_HALF
    on = body.figure.is_body & (np.hypot((x - middle) / half, (z - height) / tall) < 1.1) & (y < drawing._KNEE_FRONT)
    return np.asarray(posed.vertices[on].mean(0))


def tip(side: str) -> Array:
    """Of the index finger: the place nearest to the kneecap."""
    helper = therapist()
    finger = helper.posed.vertices[helper.body.figure.part("finger2-3", side=f".{side}")]
    return np.asarray(finger[np.linalg.norm(finger - kneecap(), axis=1).argmin()])


def test_both_hands_are_at_the_edges_of_the_kneecap() -> None:
    """On its upper and its lower edge, on the skin: not in it, not above it."""
    above, below = tip("R") - kneecap(), tip("L") - kneecap()
    for away in (above, below):
        assert 0.012 < np.linalg.norm(away) < 0.035
    assert above[0] < -0.01 < 0.01 < below[0]  # the head is towards -x
    helper, skin = therapist(), plate(KNEECAP).body.skin(plate(KNEECAP).posed[0])
    space, high = Space(skin.vertices, skin.triangles), 1.3
    for side in "LR":
        for number in (2, 3, 4, 5):
            finger = helper.posed.vertices[helper.body.figure.part(f"finger{number}-3", side=f".{side}")]
            gaps = []
            for x, y, z in finger:
                hit, away, _ = space.first_hits(np.array([x, y, high]), np.array([[0, 0, -1]], np.float32))
                gaps += [z - (high - away[0])] if hit[0] >= 0 else []
            assert -0.008 < min(gaps) < 0.015, (side, number)


def test_she_lies_on_the_table_with_her_knee_nearly_straight_over_a_roll() -> None:
    posed = plate(KNEECAP).posed[0]
    height = plate(KNEECAP).plate.panels[0].scene.treatment_table
    assert height
    for side in ("left", "right"):
        assert 5 < posed.angles(f"{side} knee").flexion < 25
    lowest = posed.vertices[posed.stance.figure.is_body, 2].min()
    assert height - 0.02 < lowest < height + FLOATS
    roll = scene._roll(posed, height).vertices
    knees = np.mean([posed.stance.joint(f"lowerleg01.{side}") for side in "LR"], 0)
    assert roll[:, 0].min() < knees[0] < roll[:, 0].max()
    assert roll[:, 2].min() == pytest.approx(height, abs=0.005)
    assert 0 < knees[2] - roll[:, 2].max() < 0.06


def test_he_stands_on_the_floor_beside_the_table() -> None:
    helper = therapist()
    for side in "LR":
        foot = helper.posed.vertices[helper.body.figure.part("foot", "toe", side=f".{side}"), 2]
        assert -FLOATS < foot.min() < FLOATS
    skin = helper.posed.vertices[helper.body.figure.is_body]
    for thing in plate(KNEECAP).solids[0]:
        if thing.colour in ("padding", "handle"):
            low, high = thing.vertices.min(0) + 0.003, thing.vertices.max(0) - 0.003
            assert not ((skin > low) & (skin < high)).all(1).any()


def test_both_are_people_and_hands_and_kneecap_are_plain() -> None:
    whole, near = plate(KNEECAP).drawn()
    for number in (1, 2):
        assert (whole.figures == number).mean() > 0.03
    assert heads_seen(whole, plate(KNEECAP).cameras()[0]) == [True, True]
    assert (near.figures == 2).mean() > 0.05  # his hands
    ring = np.asarray(near.image.resize(near.figures.shape[::-1]), float)[near.figures == 1] / 255
    assert (np.abs(ring - COLOURS["kneecap"]).max(1) < 0.12).mean() > 0.004
    assert near.camera.focal > 3 * whole.camera.focal


def heads_seen(drawn: Drawn, camera: Camera) -> list[bool]:
    """Of each figure, whether the middle of its head shows it."""
    people: list[tuple[Body, Array]] = [
        (plate(KNEECAP).body, plate(KNEECAP).posed[0].vertices),
        (therapist().body, therapist().posed.vertices),
    ]
    seen = []
    for number, (body, vertices) in enumerate(people, 1):
        across, down, _ = drawing.SCALE * camera.project(vertices[body.figure.part("head")].mean(0))
        seen.append(bool(drawn.figures[round(down), round(across)] == number))
    return seen
