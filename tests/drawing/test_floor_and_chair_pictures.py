"""Pictures of the moves on the floor and on a chair: right and wrong are told apart, and nothing cuts into anything."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from drawings import figure, posed, sitting, studio, table
from hipknee_drawing import posing
from hipknee_drawing.light import Space
from hipknee_drawing.meshes import normals
from hipknee_drawing.pose_tables import View
from hipknee_drawing.posing import Posed
from hipknee_drawing.rotations import Array
from hipknee_drawing.studio import STEPS, Sitting
from PIL import Image
from scipy.spatial import cKDTree

SLUGS = ("clamshell", "side-lying-leg-raise", "bridge", "sit-to-stand", "seated-knee-extension")
MISTAKES = [(slug, name) for slug in SLUGS for name in table(slug).mistakes]
CHAIRS = ("sit-to-stand", "seated-knee-extension")
PHONE = 340
"""Pixels of a picture's width on a small phone."""
OTHER, APART = 24, 0.02
"""By how much of 255 a pixel has to differ, and the share of such pixels that tells two pictures apart."""


def joint(posed: Posed, bone: str, side: str = "L") -> Array:
    return posed.stance.joint(f"{bone}.{side}")


@pytest.mark.parametrize("side", ["left", "right"])
def test_the_thighs_stay_on_the_seat(side: str) -> None:
    """They move by less than 2 centimeters while the foot is lifted."""
    letter = {"left": "L", "right": "R"}[side]
    start, finish = (joint(posed("seated-knee-extension", m), "lowerleg01", letter) for m in ("start", "finish"))
    assert np.linalg.norm(finish - start) < 0.02


# Movements


@pytest.mark.parametrize("slug", CHAIRS)
def test_half_way_nothing_slides_and_nothing_cuts_into_the_chair(slug: str) -> None:
    """A few points of a hand that holds the seat may be in its edge; nothing else is, and what stands stays."""
    moves = table(slug)
    hand = figure(slug).part("wrist", "finger", "metacarpal")
    skin = figure(slug).is_body & ~hand
    held = {side for side, leg in moves.start.legs.items() if moves.finish.legs.get(side) == leg}
    for share in np.linspace(0, 1, STEPS + 1):
        now = posing.between(figure(slug), moves.base, moves.start, moves.finish, float(share))
        for thing in sitting(slug).things(now):
            if thing.colour == "wood":
                low, high = thing.vertices.min(0) + 0.003, thing.vertices.max(0) - 0.003
                inside = ((now.vertices > low) & (now.vertices < high)).all(1)
                assert not inside[skin].any()
                assert inside[hand].sum() < 20
        for side in held:
            letter = {"left": "L", "right": "R"}[side]
            assert np.linalg.norm(joint(now, "foot", letter) - joint(posed(slug, "start"), "foot", letter)) < 2e-3


@pytest.mark.parametrize("slug", SLUGS)
def test_no_hand_goes_into_the_body_on_the_way(slug: str) -> None:
    """A point of a hand is inside when it is behind the skin of trunk or thigh that is nearest to it: meters."""
    moves, body = table(slug), sitting(slug).body
    hand = figure(slug).part("wrist", "finger", "metacarpal")
    trunk = figure(slug).part("upperleg", "root", "pelvis", "spine")
    for share in np.linspace(0, 1, STEPS + 1):
        now = posing.between(figure(slug), moves.base, moves.start, moves.finish, float(share)).vertices
        away, nearest = cKDTree(now[trunk]).query(now[hand])
        outward = normals(now, body.skin_triangles)[trunk][nearest]
        beyond = np.einsum("px,px->p", now[hand] - now[trunk][nearest], outward)
        assert not ((beyond < -0.003) & (away < 0.06)).any(), share


# Pictures


@cache
def at_phone(slug: str) -> Sitting:
    """With all pictures as wide as a small phone."""

    def small(view: View) -> View:
        return view.model_copy(update={"shape": (PHONE, round(PHONE * view.shape[1] / view.shape[0]))})

    whole = table(slug)
    views = {name: small(view) for name, view in whole.views.items()}
    mistakes = {
        name: one.model_copy(update={"view": small(one.view)}) if one.view else one
        for name, one in whole.mistakes.items()
    }
    return studio().sitting(whole.model_copy(update={"views": views, "mistakes": mistakes, "ghost": False}))


def differing(one: Image.Image, other: Image.Image) -> float:
    """The share of pixels in which two pictures differ, but for a cross in the corner."""
    first, second = (np.asarray(image.convert("RGB"), int) for image in (one, other))
    other_pixels = abs(first - second).max(2) > OTHER
    corner = round(0.16 * min(one.size))
    other_pixels[:corner, :corner] = False
    return float(other_pixels.mean())


@pytest.mark.parametrize("slug", SLUGS)
def test_start_and_finish_are_told_apart_without_an_arrow(slug: str) -> None:
    at = at_phone(slug)
    bare = at.table.model_copy(update={"arrow": None})
    pictures = [Sitting(at.body, bare).draw(moment) for moment in ("start", "finish")]
    assert differing(*pictures) > APART


@pytest.mark.parametrize(("slug", "name"), MISTAKES)
def test_a_mistake_is_told_apart_without_its_cross(slug: str, name: str) -> None:
    at = at_phone(slug)
    assert differing(at.mistake(name), at.right_beside(name)) > APART


def test_the_mistakes_of_a_leg_raise_are_told_apart_from_each_other() -> None:
    """Each is seen from where the other one is not plain."""
    at = at_phone("side-lying-leg-raise")
    views = [at.table.mistakes[name].view for name in ("toes-up", "drifting-forward")]
    assert all(views)
    assert views[0] != views[1]
    assert at.mistake("toes-up").size != at.mistake("drifting-forward").size


def test_a_clamshell_opens_so_that_one_looks_between_the_knees() -> None:
    """In the middle between them is the mat; at the start a leg is there. On a phone they are 35 pixels apart or more,
    and half as many at the start."""
    at = at_phone("clamshell")
    camera = at.camera("main")
    for moment, is_open in (("start", False), ("finish", True)):
        now = at.posed[moment]
        skin = at.body.skin(now)
        knees = camera.project(np.stack([joint(now, "lowerleg01"), joint(now, "lowerleg01", "R")]))[:, :2]
        middle = knees.mean(0)
        hit, _, _ = Space(skin.vertices, skin.triangles).first_hits(camera.eye, camera.rays(middle[[0]], middle[[1]]))
        assert bool(hit[0] < 0) is is_open, moment
        assert bool(np.linalg.norm(knees[0] - knees[1]) > 35) is is_open, moment
