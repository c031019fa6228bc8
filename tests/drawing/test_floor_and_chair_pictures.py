"""The moves on the floor and on a chair: nothing cuts into anything on the way, and what opens is seen to open."""

from __future__ import annotations

import numpy as np
import pytest
from drawings import figure, posed, sitting, table
from hipknee_drawing import posing
from hipknee_drawing.light import Space
from hipknee_drawing.meshes import normals
from hipknee_drawing.posing import Posed
from hipknee_drawing.rotations import Array
from hipknee_drawing.studio import STEPS

SLUGS = ("clamshell", "side-lying-leg-raise", "bridge", "sit-to-stand", "seated-knee-extension")
CHAIRS = ("sit-to-stand", "seated-knee-extension")
NEAR = 0.06
"""Meters between a hand and the skin from which on it can't be inside."""
PHONE = 340
"""Pixels of a picture's width on a small phone."""


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
        outward = normals(now, body.skin_triangles)
        low, high = now[hand].min(0) - NEAR, now[hand].max(0) + NEAR
        close = np.flatnonzero(trunk & ((now > low) & (now < high)).all(1))
        for point in now[hand] if len(close) else ():
            nearest = close[np.linalg.norm(now[close] - point, axis=1).argmin()]
            away = point - now[nearest]
            assert np.linalg.norm(away) > NEAR or away @ outward[nearest] > -0.003, share


# Pictures


def test_a_clamshell_opens_so_that_one_looks_between_the_knees() -> None:
    """In the middle between them is the mat; at the start a leg is there. On a phone they are 35 pixels apart or more,
    and half as many at the start."""
    at = sitting("clamshell")
    camera = at.camera("main")
    phone = PHONE / camera.size[0]
    for moment, is_open in (("start", False), ("finish", True)):
        now = at.posed[moment]
        skin = at.body.skin(now)
        knees = camera.project(np.stack([joint(now, "lowerleg01"), joint(now, "lowerleg01", "R")]))[:, :2]
        middle = knees.mean(0)
        hit, _, _ = Space(skin.vertices, skin.triangles).first_hits(camera.eye, camera.rays(middle[[0]], middle[[1]]))
        assert bool(hit[0] < 0) is is_open, moment
        assert bool(phone * np.linalg.norm(knees[0] - knees[1]) > 35) is is_open, moment
