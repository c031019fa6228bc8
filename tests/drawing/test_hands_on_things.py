"""Hands that hold something have hold of it, and on the side that the words say."""

from __future__ import annotations

import numpy as np
from drawings import plate, studio, table
from hipknee_drawing.figure import SIDES
from hipknee_drawing.scene import things

CANE = "explanation/cane"


def test_the_cane_is_in_the_hand_opposite_the_sore_leg() -> None:
    drawn = plate(CANE)
    panel, posed = drawn.plate.panels[0], drawn.posed[0]
    assert {panel.scene.cane, panel.areas[0].side} == {"left", "right"}
    shaft = next(solid for solid in things(panel.scene, posed, drawn.body.look) if solid.colour == "wood")
    low, high = shaft.vertices.min(0), shaft.vertices.max(0)
    hand = posed.stance.joint(f"finger3-1.{SIDES[panel.scene.cane or 'left']}")
    assert np.linalg.norm(high - hand) < 0.08  # meters
    assert low[2] < 0.05
    assert (low[0] < 0) == (panel.scene.cane == "right")  # beside the body, on the hand's side


def test_the_hands_push_on_the_seat() -> None:
    sitting = studio().sitting(table("sit-to-stand"))
    posed = sitting.posed[sitting.table.views["hands"].of]
    seat = next(solid for solid in sitting.things(posed) if np.ptp(solid.vertices[:, 2]) < 0.04)
    assert seat.colour == "wood"
    low, high = seat.vertices.min(0), seat.vertices.max(0)
    for side in SIDES.values():
        skin = posed.vertices[posed.stance.figure.part("finger", "metacarpal", side=f".{side}")]
        out = np.maximum(np.maximum(low - skin, skin - high), 0)
        assert np.linalg.norm(out, axis=1).min() < 0.01
