"""Pictures that explain: what the pages say of them is what they show."""

from __future__ import annotations

import numpy as np
import pytest
from drawings import FLOATS, IMAGES, PLATES, SUNK, plate
from hipknee.letters import letters
from hipknee.pictures.drawing_facts import KEY, DrawingFacts
from hipknee_drawing import marks, plates, scene
from hipknee_drawing.palette import COLOURS, grey
from hipknee_drawing.posing import Posed
from PIL import Image

NAMES = ("pelvis-drop", "gait", "hip-muscles", "hip-muscles-more", "band-on", "floor-down", "floor-up")
DROP, GAIT, HIPS, MORE, BAND, DOWN, UP = (f"explanation/{name}" for name in NAMES)
PHONE = 328
"""CSS pixels: how wide a page shows a picture on a screen 360 wide."""
CLEAR = 0.08
"""Metres from the floor to a foot that is plainly in the air."""
SEAT = 0.468
"""Metres from the floor to the top of a chair's seat."""
PALMS = ("wrist", "metacarpal", "finger2", "finger3", "finger4", "finger5")
HANDS = (*PALMS, "finger1")


def tilt(posed: Posed) -> float:
    """Degrees by which the pelvis is lower on the left."""
    across = posed.stance.axes_of("root")[:, 0]
    return float(np.degrees(np.arcsin(-across[2])))


def lowest(posed: Posed, side: str) -> float:
    """Metres from the floor to the foot."""
    return float(posed.vertices[posed.stance.figure.part("foot", "toe", side=f".{side}"), 2].min())


def test_a_level_pelvis_and_one_that_drops() -> None:
    right, wrong = plate(DROP).posed
    assert [panel.verdict for panel in plate(DROP).plate.panels] == ["right", "wrong"]
    assert abs(tilt(right)) < 0.5
    assert 8 < tilt(wrong) < 14
    for posed, inward in ((right, (-0.02, 0.02)), (wrong, (0.04, 0.2))):
        hip, knee, ankle = (posed.stance.joint(f"{bone}.R")[0] for bone in ("upperleg01", "lowerleg01", "foot"))
        assert inward[0] <= knee - (hip + ankle) / 2 <= inward[1]  # towards the other knee
        assert abs(lowest(posed, "R")) < FLOATS
        assert lowest(posed, "L") > 0.05


def test_three_moments_of_a_step() -> None:
    lands, stands, swings = plate(GAIT).posed
    assert [panel.letter for panel in plate(GAIT).plate.panels] == ["A", "B", "C"]
    ahead = lands.stance.joint("foot.L")[1] - lands.stance.joint("foot.R")[1]  # forward is -y
    assert ahead > 0.5
    assert max(abs(lowest(lands, side)) for side in "LR") < 0.016
    foot = lands.vertices[lands.stance.figure.part("foot", "toe", side=".R")]
    heel = foot[foot[:, 1] > np.quantile(foot[:, 1], 0.9), 2].min()
    toes = foot[foot[:, 1] < np.quantile(foot[:, 1], 0.1), 2].min()
    assert toes - heel > 0.03  # the heel comes first
    for posed, on, off in ((stands, "R", "L"), (swings, "L", "R")):
        assert abs(lowest(posed, on)) < FLOATS
        assert lowest(posed, off) > CLEAR
    assert swings.angles("right knee").flexion >= 60
    assert [bool(panel.muscles) for panel in plate(GAIT).plate.panels] == [True, True, False]


@pytest.mark.parametrize("moment", range(3))
def test_arms_swing_against_the_legs(moment: int) -> None:
    """The thigh that is in front by 10 degrees or more has the other arm in front of its own: forward is -y."""
    posed = plate(GAIT).posed[moment]
    thighs = posed.angles("right hip").flexion - posed.angles("left hip").flexion
    left, right = (posed.stance.joint(f"wrist.{side}")[1] - posed.stance.joint("root")[1] for side in "LR")
    assert abs(thighs) >= 10
    assert abs(right - left) > 0.1
    assert (thighs > 0) == (left < right)


@pytest.mark.parametrize(("name", "labels"), [(HIPS, "12"), (MORE, "3456")])
def test_every_numbered_muscle_is_seen_named_and_told_apart_in_grey(name: str, labels: str) -> None:
    arrangement = plate(name)
    panels = arrangement.plate.panels
    numbered = {(muscle.label, muscle.name) for panel in panels for muscle in panel.muscles}
    assert sorted(label or "" for label, _ in numbered) == [*labels]
    assert arrangement.words.keys() == {muscle for _, muscle in numbered}
    for panel, drawn_panel in zip(panels, arrangement.drawn(), strict=True):
        whole = np.asarray(drawn_panel.image.resize(drawn_panel.targets.shape[::-1]), float) / 255
        cloth = np.median(grey(whole[drawn_panel.cloth]))
        for number in range(1, len(panel.muscles) + 1):
            muscle = drawn_panel.targets == number
            assert muscle.mean() > 0.008
            assert cloth - np.median(grey(whole[muscle])) > 0.18


@pytest.mark.parametrize("name", [HIPS, MORE])
def test_names_stand_beside_the_body_and_can_be_read_on_a_phone(name: str) -> None:
    arrangement = plate(name)
    whole = arrangement.columns * arrangement.plate.shape[0]
    size = plates.LETTERS * whole
    assert size * PHONE / whole >= 11
    room = plates.NAMES * arrangement.plate.shape[0]
    for word in arrangement.words.values():
        lines = marks.wrapped(word, size, room)
        assert " ".join(lines) == word
        assert max(letters("Bold", round(size)).getlength(line) for line in lines) <= room
    for panel, camera, drawn_panel in zip(
        arrangement.plate.panels, arrangement.cameras(), arrangement.drawn(), strict=True
    ):
        free = (
            slice(0, round(2 * room)) if panel.names == "left" else slice(round(-2 * room), None)
        )  # at twice the size
        assert not drawn_panel.cloth[:, free].any()
        assert not drawn_panel.targets[:, free].any()
        assert camera.size == arrangement.plate.shape


def test_a_picture_says_what_is_written_in_it() -> None:
    for name, muscles in ((HIPS, {"gluteus-medius", "gluteus-maximus"}), (DROP, set())):
        with Image.open(IMAGES / f"{name}.png") as image:
            assert DrawingFacts.of(image.info.get(KEY)).words.keys() == muscles


def test_the_band_is_put_on_beside_a_counter_and_she_stands_up_holding_it() -> None:
    sits, stands = plate(BAND).posed
    assert plate(BAND).plate.wears == "leggings"
    for panel in plate(BAND).plate.panels:
        assert (panel.scene.band, panel.scene.counter, panel.scene.chair) == ("ankles", True, True)
    assert sits.stance.joint("root")[2] < 0.6 < 0.9 < stands.stance.joint("root")[2]
    for posed in (sits, stands):
        hand = posed.vertices[posed.stance.figure.part(*PALMS, side=".R")]
        assert abs(hand[:, 2].min() - scene.COUNTER_TOP) < 0.006
        assert hand[:, 0].mean() < scene.COUNTER_EDGE
        assert max(abs(lowest(posed, side)) for side in "LR") < FLOATS
    for side in "LR":  # the feet stay where they are
        assert np.linalg.norm(sits.stance.joint(f"foot.{side}") - stands.stance.joint(f"foot.{side}")) < 0.005


def touches(posed: Posed, *bones: str, height: float = 0.0) -> set[str]:
    """The sides whose part of the body has its lowest point there."""
    figure = posed.stance.figure
    lows = {side: posed.vertices[figure.part(*bones, side=f".{side}"), 2].min() for side in "LR"}
    return {side for side, low in lows.items() if abs(low - height) < 0.02}


def kneels(posed: Posed) -> set[str]:
    """The sides whose knee is on the floor."""
    knees = {side: float(posed.stance.joint(f"lowerleg01.{side}")[2]) for side in "LR"}
    return {side for side, height in knees.items() if height < 0.09 and lowest(posed, side) > -0.02}


def test_down_to_the_floor_in_the_order_of_the_words() -> None:
    """One knee, then both, with the hands on the seat; then the hands on the floor; then on a side."""
    one, both, hands, side = plate(DOWN).posed
    for posed, knees in ((one, {"L"}), (both, {"L", "R"}), (hands, {"L", "R"})):
        assert kneels(posed) == knees
    assert touches(one, "foot", "toe") >= {"R"}
    for posed in (one, both):
        assert touches(posed, *PALMS, height=SEAT) == {"L", "R"}
    assert touches(hands, *PALMS) == {"L", "R"}
    assert on_a_side(side)


def test_up_from_the_floor_in_the_order_of_the_words() -> None:
    """From a side to hands and knees, to the chair, one foot flat, both feet, and around on the seat."""
    side, hands, both, one, pushes, sits = plate(UP).posed
    assert on_a_side(side)
    assert kneels(hands) == kneels(both) == {"L", "R"}
    assert touches(hands, *PALMS) == {"L", "R"}
    for posed in (both, one, pushes):
        assert touches(posed, *PALMS, height=SEAT) == {"L", "R"}
    assert kneels(one) == {"L"}
    assert "R" in touches(one, "foot", "toe")
    for posed in (pushes, sits):
        assert not kneels(posed)
        assert touches(posed, "foot", "toe") == {"L", "R"}
    assert pushes.stance.joint("root")[2] > SEAT + 0.2
    assert SEAT < sits.stance.joint("root")[2] < SEAT + 0.15
    facing = [-posed.stance.axes_of("root")[0, 1] for posed in (pushes, sits)]
    assert facing[0] > 0.3  # to the chair
    assert facing[1] < -0.9  # she has turned


def on_a_side(posed: Posed) -> bool:
    """The hips above each other, the trunk on the floor."""
    across = posed.stance.joint("upperleg01.R") - posed.stance.joint("upperleg01.L")
    return bool(across[2] > 0.2 and posed.stance.joint("root")[2] < 0.25)


@pytest.mark.parametrize("name", [DOWN, UP])
def test_nobody_goes_into_the_chair_or_through_the_floor(name: str) -> None:
    arrangement = plate(name)
    assert all(panel.scene.wall for panel in arrangement.plate.panels)
    for number, (posed, solids) in enumerate(zip(arrangement.posed, arrangement.solids, strict=True)):
        figure = posed.stance.figure
        skin = figure.is_body & ~figure.part(*HANDS)
        assert posed.vertices[figure.is_body, 2].min() > -SUNK, number
        for solid in solids:
            if solid.colour in ("wood", "wall"):
                low, high = solid.vertices.min(0) + 0.003, solid.vertices.max(0) - 0.003
                assert not ((posed.vertices[skin] > low) & (posed.vertices[skin] < high)).all(1).any(), number


@pytest.mark.parametrize("name", PLATES)
def test_panels_are_at_one_scale_and_nothing_is_cut_off(name: str) -> None:
    cameras = plate(name).cameras()
    shows = [panel.shows or plate(name).plate.shows for panel in plate(name).plate.panels]
    scales = {(part, round(camera.focal, 6)) for part, camera in zip(shows, cameras, strict=True)}
    assert len(scales) == len(set(shows))
    for posed, camera, part in zip(plate(name).posed, cameras, shows, strict=True):
        if part == "all":
            seen = camera.project(posed.vertices[posed.stance.figure.is_body])[:, :2] / camera.size
            assert 0.01 < seen.min() < seen.max() < 0.99
    with Image.open(IMAGES / f"{name}.png") as image:
        assert image.width >= min(1200, 700 * len(plate(name).plate.panels))


def test_verdicts_are_told_by_more_than_colour() -> None:
    """A tick and a cross have other white shapes on their discs."""
    panels = plate(DROP).drawn()
    side = round(0.15 * min(panels[0].image.size))
    white = [(np.asarray(one.image.crop((0, 0, side, side)), int) > 250).all(2) for one in panels]
    discs = [
        abs(np.asarray(one.image.crop((0, 0, side, side)), int) - 255 * COLOURS[name]).max(2) < 20
        for one, name in zip(panels, ("right", "wrong"), strict=True)
    ]
    assert all(disc.mean() > 0.1 for disc in discs)
    assert (white[0] ^ white[1]).sum() > 10
