"""The pictures agree with the words of their pages, wherever words can be measured.

Each case is a sentence of a page, the pictures that have to show it, and how that is measured: in the pose, and as the
camera of the picture sees it. A sentence that changes on the page fails here, so that somebody looks at the picture.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from drawings import IMAGES, SLUGS, sitting, studio, table
from hipknee.pictures import drawing_origin
from hipknee_drawing import marks, pose_tables
from hipknee_drawing.camera import Camera
from hipknee_drawing.figure import SIDES
from hipknee_drawing.light import Space
from hipknee_drawing.meshes import Solid
from hipknee_drawing.palette import COLOURS
from hipknee_drawing.pose_tables import PoseTable, View
from hipknee_drawing.posing import Posed
from hipknee_drawing.rotations import Array, unit
from hipknee_drawing.scene import CLAD_SHANK, COUNTER_TOP
from hipknee_drawing.studio import DISC, Sitting
from PIL import Image, ImageFilter
from projects import ROOT

WIDE = 340
"""Pixels that a picture has on a phone."""
DIFFER, PLAIN = 0.02, 24
"""Share of a picture's pixels that must differ between two that a reader tells apart, and by how much, of 255."""


@dataclass(frozen=True)
class Seen:
    """What one picture shows."""

    sitting: Sitting
    name: str

    @property
    def posed(self) -> Posed:
        if self.name in self.sitting.wrong:
            return self.sitting.wrong[self.name]
        return self.sitting.posed[self.sitting.pictures()[self.name]]

    @property
    def camera(self) -> Camera:
        if self.name in self.sitting.wrong:
            return self.sitting.mistake_camera(self.name)
        return self.sitting.camera(self.name if self.name in self.sitting.table.views else "main")

    @property
    def view(self) -> View | None:
        """Its own; None if it is seen as start and finish are."""
        if self.name in self.sitting.wrong:
            return self.sitting.table.mistakes[self.name].view
        return self.sitting.table.views.get(self.name)

    @property
    def things(self) -> list[Solid]:
        return self.sitting.things(self.posed, self.view)

    def joint(self, bone: str) -> Array:
        return self.posed.stance.joint(bone)

    def part(self, *bones: str, side: str) -> Array:
        """Places (n, 3) of the skin that follows the bones on one side."""
        return self.posed.vertices[self.posed.stance.figure.part(*bones, side=f".{SIDES[side]}")]

    def foot(self, side: str) -> tuple[Array, Array]:
        """The middle of the heel, and that of the second toe: the line by which a foot's turn is told."""
        figure = self.posed.stance.figure
        foot = figure.part("foot", "toe", side=f".{SIDES[side]}")
        behind = figure.chart[:, 1] > figure.chart[foot, 1].max() - 0.02
        return self.posed.vertices[foot & behind].mean(0), self.part("toe2-2", "toe2-3", side=side).mean(0)

    @property
    def forward(self) -> Array:
        """Where the pelvis looks, level; of who lies face up, where the feet are."""
        _, behind, above = self.posed.stance.axes_of("root").T
        return unit((-above if abs(behind[2]) > 0.6 else -behind) * [1, 1, 0])

    @property
    def trunk(self) -> Array:
        """From the pelvis up to the neck."""
        return unit(self.joint("neck01") - self.joint("root"))


def between(one: Array, other: Array) -> float:
    """Degrees."""
    return float(np.degrees(np.arccos(np.clip(unit(one) @ unit(other), -1, 1))))


# How words are measured


def toes_forward(seen: Seen, degrees: float = 10) -> None:
    """As the camera sees the feet: a line from heel to toe beside one of the same length straight forward."""
    for side in SIDES:
        heel, toe = seen.foot(side)
        ahead = heel + seen.forward * np.linalg.norm((toe - heel)[:2]) + [0, 0, (toe - heel)[2]]
        a, b, c = seen.camera.project(np.stack([heel, toe, ahead]))[:, :2]
        assert between(b - a, c - a) <= degrees, f"{side} foot"
        assert between((toe - heel) * [1, 1, 0], seen.forward) <= degrees, f"{side} foot in truth"


def look_forward(seen: Seen, degrees: float = 20) -> None:
    """Toes that point forward look as if they do: about down, or up from behind, in the picture."""
    for side in SIDES:
        heel, toe = seen.foot(side)
        a, b = seen.camera.project(np.stack([heel, toe]))[:, :2]
        assert between((b - a) * [1, 1], np.array([0.0, np.sign((b - a)[1])])) <= degrees, f"{side} foot"


def band(seen: Seen) -> float:
    """How long it looks, in pixels of a picture on a phone."""
    [loop] = [thing for thing in seen.things if thing.colour == "band"]
    places = seen.camera.project(loop.vertices)[:, :2] * WIDE / seen.camera.size[0]
    along = places - places.mean(0)
    return float(np.ptp(along @ np.linalg.svd(along, full_matrices=False)[2][0]))


def band_stretched(seen: Seen, share: float = 1.15) -> None:
    assert band(seen) >= share * band(Seen(seen.sitting, "start"))


def band_hangs(seen: Seen, meters: float = 0.04) -> None:
    """It bows out between the ankles, in front, by so much more than it does around a shank."""
    [loop] = [thing for thing in seen.things if thing.colour == "band"]
    ankles = (seen.joint("foot.L") + seen.joint("foot.R")) / 2
    assert ((loop.vertices - ankles) @ seen.forward).max() > CLAD_SHANK + 0.03 + meters


def hand_on_counter(seen: Seen, sides: tuple[str, ...] = ("right",), pixels: int = 40) -> None:
    """Its palm and fingers lie on the worktop, and enough of it is in sight."""
    fingers = ("wrist", "metacarpal", "finger2", "finger3", "finger4", "finger5")
    [top] = [thing for thing in seen.things if thing.colour == "worktop"]
    for side in sides:
        hand = seen.part(*fingers, side=side)
        assert -0.012 < hand[:, 2].min() - COUNTER_TOP < 0.006
        assert (hand[:, :2].mean(0) > top.vertices[:, :2].min(0)).all()
        assert (hand[:, :2].mean(0) < top.vertices[:, :2].max(0)).all()
        assert in_sight(seen, *fingers, "finger1", side=side) > pixels, side


def counter_before(seen: Seen) -> None:
    """The counter is in front of the feet, which have room beside it."""
    [top] = [thing for thing in seen.things if thing.colour == "worktop"]
    edge = (top.vertices @ seen.forward).min()
    for side in SIDES:
        assert (seen.part("foot", "toe", side=side) @ seen.forward).max() < edge + 0.07, side
        assert np.ptp(top.vertices[:, 0]) > np.ptp(seen.posed.vertices[:, 0]) + 0.3


def band_above_knees(seen: Seen) -> None:
    """All of it is above the kneecaps and below the middle of the thighs, around both."""
    [loop] = [thing for thing in seen.things if thing.colour == "band"]
    for letter in SIDES.values():
        knee, hip = (seen.joint(f"{bone}.{letter}") for bone in ("lowerleg01", "upperleg01"))
        axis = unit(hip - knee)
        near = loop.vertices[np.linalg.norm(np.cross(loop.vertices - knee, axis), axis=1) < 0.085]
        up = (near - knee) @ axis
        assert len(near) > 100
        assert 0.04 < up.min() < up.max() < 0.5 * np.linalg.norm(hip - knee), letter


def in_sight(seen: Seen, *bones: str, side: str) -> int:
    """How many pixels of a picture on a phone show this part of the skin."""
    body, posed = seen.sitting.body, seen.posed
    mask = posed.stance.figure.part(*bones, side=f".{SIDES[side]}")
    skin = body.skin(posed)
    vertices, faces = [skin.vertices], [skin.triangles]
    for thing in seen.sitting.things(posed):
        faces.append(thing.triangles + sum(map(len, vertices)))
        vertices.append(thing.vertices)
    space = Space(np.concatenate(vertices), np.concatenate(faces))
    camera = seen.camera
    step = camera.size[0] / WIDE
    places = camera.project(skin.vertices[mask])[:, :2]
    columns, rows = (np.arange(low, high, step) for low, high in zip(places.min(0), places.max(0), strict=True))
    across, down = (axis.ravel() for axis in np.meshgrid(columns, rows))
    hit, _, _ = space.first_hits(camera.eye, camera.rays(across, down))
    shown = mask[skin.triangles].all(1)
    return int(shown[hit[(hit >= 0) & (hit < len(shown))]].sum())


def in_view(seen: Seen, colour: str) -> None:
    """All of this thing is within the picture."""
    places = np.concatenate([thing.vertices for thing in seen.things if thing.colour == colour])
    across = seen.camera.project(places)[:, :2] / seen.camera.size
    assert 0 < across.min() < across.max() < 1


def lifted(seen: Seen, side: str = "left", meters: float = 0.08) -> None:
    assert seen.part("foot", "toe", side=side)[:, 2].min() >= meters


def flat(seen: Seen, sides: tuple[str, ...] = ("left", "right")) -> None:
    """Heel and toes of each foot are on the floor."""
    figure = seen.posed.stance.figure
    for side in sides:
        foot = figure.part("foot", "toe", side=f".{SIDES[side]}")
        along, heights = figure.chart[foot, 1], seen.posed.vertices[foot, 2]
        for end in (along > np.quantile(along, 0.85), along < np.quantile(along, 0.15)):
            assert -0.015 < heights[end].min() < 0.02, side


def knees_over_feet(seen: Seen, meters: float = 0.07) -> None:
    """Each knee is above the line of its foot, not inside or outside of it."""
    aside = np.cross(seen.forward, [0, 0, 1])
    for side, letter in SIDES.items():
        heel, toe = seen.foot(side)
        assert abs((seen.joint(f"lowerleg01.{letter}") - (heel + toe) / 2) @ aside) < meters, side


def upright(seen: Seen, degrees: float = 6) -> None:
    assert between(seen.trunk, np.array([0, 0, 1.0])) <= degrees


def leans_forward(seen: Seen, least: float, most: float) -> None:
    """Degrees of the trunk from upright, and not to a side."""
    assert least <= np.degrees(np.arctan2(seen.trunk @ seen.forward, seen.trunk[2])) <= most
    assert abs(seen.trunk @ np.cross(seen.forward, [0, 0, 1])) < 0.06


def hips_level(seen: Seen) -> None:
    left, right = (seen.joint(f"upperleg01.{letter}") for letter in "LR")
    assert abs(left[2] - right[2]) < 0.01


def bent(seen: Seen, joint: str, least: float, most: float, sides: tuple[str, ...] = ("left", "right")) -> None:
    for side in sides:
        assert least <= seen.posed.angles(f"{side} {joint}").flexion <= most, side


def feet_apart(seen: Seen, than: str, least: float, most: float) -> None:
    """The ankles, as a share of the width of the hip joints or of the shoulders."""
    apart = np.linalg.norm(seen.joint("foot.L") - seen.joint("foot.R"))
    if than == "hips":
        width = np.linalg.norm(seen.joint("upperleg01.L") - seen.joint("upperleg01.R"))
    else:
        upper = seen.posed.stance.figure.part("upperarm01", "shoulder01")
        width = np.ptp(seen.posed.vertices[upper] @ np.cross(seen.forward, [0, 0, 1]))
    assert least <= apart / width <= most, f"{apart:.2f} of {width:.2f}"


def foot_goes(seen: Seen, way: str, least: float, most: float, side: str = "left") -> None:
    """Meters from where the foot was at the start: forward, back or out."""
    bone = f"foot.{SIDES[side]}"
    moved = seen.joint(bone) - Seen(seen.sitting, "start").joint(bone)
    out = np.cross(seen.forward, [0, 0, 1]) * (-1 if side == "left" else 1)
    distance = {"forward": moved @ seen.forward, "back": -(moved @ seen.forward), "out": moved @ out}[way]
    assert least <= distance <= most, f"{distance:.2f} m"


def back_straight(seen: Seen, degrees: float = 12) -> None:
    """The chest is turned from the pelvis by no more than so much."""
    chest, pelvis = (seen.posed.stance.axes_of(bone)[:, 2] for bone in ("spine01", "root"))
    assert between(chest, pelvis) <= degrees


def leans_sideways(seen: Seen, least: float) -> None:
    """Degrees of the trunk from upright, to either side."""
    aside = abs(seen.trunk @ np.cross(seen.forward, [0, 0, 1]))
    assert np.degrees(np.arcsin(aside)) >= least


def arches(seen: Seen, least: float) -> None:
    chest, pelvis = (seen.posed.stance.axes_of(bone)[:, 2] for bone in ("spine01", "root"))
    assert between(chest, pelvis) >= least


def seen_from(seen: Seen, around: float, within: float) -> None:
    """From the front (0), its left side (90) or behind (180)."""
    eye = (seen.camera.eye - seen.joint("root")) * [1, 1, 0]
    left = np.cross([0, 0, 1], seen.forward)
    angle = np.degrees(np.arctan2(eye @ left, eye @ seen.forward))
    assert abs((angle - around + 180) % 360 - 180) <= within, f"{angle:.0f}"


def within(seen: Seen, what: Callable[[Seen], float], least: float, most: float) -> None:
    assert least <= what(seen) <= most, f"{what(seen):.3f}"


def apart(seen: Seen, bone: str) -> float:
    """Meters from the left one to the right one."""
    return float(np.linalg.norm(seen.joint(f"{bone}.L") - seen.joint(f"{bone}.R")))


def knees_beside_feet(seen: Seen) -> float:
    """Meters from a foot to its knee, to the side; the larger of both. Also of somebody who lies."""
    aside = unit((seen.joint("upperleg01.L") - seen.joint("upperleg01.R")) * [1, 1, 0])
    return max(abs(float((seen.joint(f"lowerleg01.{s}") - seen.joint(f"foot.{s}")) @ aside)) for s in "LR")


def out_of_line(seen: Seen) -> float:
    """Meters from the hip to the line of shoulder and knee, seen from the side of somebody who lies along x."""
    shoulder, hip, knee = (seen.joint(f"{bone}.L")[[0, 2]] for bone in ("upperarm01", "upperleg01", "lowerleg01"))
    along = (knee - shoulder) / np.linalg.norm(knee - shoulder)
    return float(np.array([-along[1], along[0]]) @ (hip - shoulder))


def top_hip_behind(seen: Seen) -> float:
    """Meters, of somebody who lies on a side and looks to -y."""
    return float((seen.joint("upperleg01.L") - seen.joint("upperleg01.R"))[1])


def thigh_behind(seen: Seen) -> float:
    """Degrees by which the left thigh is behind the line of the trunk."""
    return -seen.posed.angles("left hip").flexion


def edge_from_up(seen: Seen) -> float:
    """Degrees from straight up to where the outer edge of the left foot looks."""
    return between(seen.posed.stance.axes_of("foot.L")[:, 0], np.array([0, 0, 1.0]))


def ahead(seen: Seen, one: str, other: str) -> float:
    """Meters by which one joint is in front of another."""
    return float((seen.joint(one) - seen.joint(other)) @ seen.forward)


def nose_past_toes(seen: Seen) -> float:
    """Meters."""
    posed = seen.posed
    head = posed.vertices[posed.stance.figure.part("head")] @ seen.forward
    return float(head.max() - (seen.part("foot", "toe", side="left") @ seen.forward).max())


def from_seat(seen: Seen) -> float:
    """Meters from the middle of the chair forward to the pelvis."""
    wood = np.concatenate([thing.vertices for thing in seen.things if thing.colour == "wood"])
    return float((seen.joint("root") - (wood.min(0) + wood.max(0)) / 2) @ seen.forward)


def shank_down(seen: Seen) -> float:
    """Degrees by which the left shank hangs below the horizon."""
    return 90 - between(seen.joint("foot.L") - seen.joint("lowerleg01.L"), np.array([0, 0, -1.0]))


def sees_from_above(seen: Seen) -> float:
    """Degrees above the horizon from which the camera looks."""
    return 90 - between(seen.camera.eye - seen.joint("root"), np.array([0, 0, 1.0]))


Measure = Callable[[Seen], None]
BOTH = ("start", "finish")
AGREE: list[tuple[str, str, tuple[str, ...], Measure]] = [
    # A sentence of the page, the pictures that show it, and what is measured.
    ("band-hip-abduction", "Stand tall on the leg near the counter, knee not locked.", BOTH, upright),
    (
        "band-hip-abduction",
        "Stand tall on the leg near the counter, knee not locked.",
        BOTH,
        partial(bent, joint="knee", least=2, most=15, sides=("right",)),
    ),
    ("band-hip-abduction", "slowly move your other leg out to the side, toes facing forward", BOTH, toes_forward),
    ("band-hip-abduction", "toes facing forward", ("rear",), partial(toes_forward, degrees=12)),
    (
        "band-hip-abduction",
        "slowly move your other leg out to the side",
        ("finish", "rear"),
        partial(foot_goes, way="out", least=0.3, most=0.6),
    ),
    (
        "band-hip-abduction",
        "Move it straight out to the side.",
        ("finish", "rear"),
        partial(foot_goes, way="forward", least=-0.08, most=0.05),
    ),
    ("band-hip-abduction", "foot in the air", ("finish", "rear"), lifted),
    ("band-hip-abduction", "The band is stretched", ("finish", "rear"), band_stretched),
    ("band-hip-abduction", "Keep your hips level.", ("finish", "rear"), hips_level),
    ("band-hip-abduction", "Hold a counter.", ("start", "finish", "rear"), hand_on_counter),
    ("band-hip-abduction", "Seen from behind", ("rear",), partial(seen_from, around=180, within=12)),
    (
        "band-hip-abduction",
        "Bending your body to the side.",
        ("bending-sideways",),
        partial(leans_sideways, least=10),
    ),
    ("band-hip-flexion", "Stand tall on the leg near the counter, knee not locked.", BOTH, upright),
    (
        "band-hip-flexion",
        "Stand tall on the leg near the counter, knee not locked.",
        BOTH,
        partial(bent, joint="knee", least=2, most=15, sides=("right",)),
    ),
    (
        "band-hip-flexion",
        "slowly lift your other leg forward, its knee nearly straight",
        ("finish",),
        partial(bent, joint="knee", least=0, most=15, sides=("left",)),
    ),
    ("band-hip-flexion", "slowly lift your other leg forward", ("finish",), partial(lifted, meters=0.03)),
    (
        "band-hip-flexion",
        "a foot-length forward",
        ("finish",),
        partial(foot_goes, way="forward", least=0.2, most=0.32),
    ),
    ("band-hip-flexion", "when the band feels firm", ("finish",), band_stretched),
    ("band-hip-flexion", "Hold a counter.", BOTH, hand_on_counter),
    ("band-hip-flexion", "Keep both hips level.", ("finish",), hips_level),
    ("band-hip-flexion", "slowly lift your other leg forward", BOTH, partial(seen_from, around=90, within=25)),
    (
        "band-hip-flexion",
        "Leaning or arching back.",
        ("arching-back",),
        partial(leans_forward, least=-40, most=-15),
    ),
    ("band-hip-extension", "Lean a tiny bit forward.", ("finish",), partial(leans_forward, least=3, most=12)),
    (
        "band-hip-extension",
        "Keep both knees straight but not locked.",
        ("finish",),
        partial(bent, joint="knee", least=2, most=15),
    ),
    (
        "band-hip-extension",
        "slowly glide the leg away from the counter straight back",
        ("finish",),
        partial(foot_goes, way="back", least=0.2, most=0.42),
    ),
    ("band-hip-extension", "Stop before your back arches.", BOTH, back_straight),
    ("band-hip-extension", "Keep your toes facing forward.", ("start",), toes_forward),
    ("band-hip-extension", "The band is stretched", ("finish",), band_stretched),
    ("band-hip-extension", "Hold a counter.", BOTH, hand_on_counter),
    ("band-hip-extension", "straight back", BOTH, partial(seen_from, around=90, within=25)),
    ("band-hip-extension", "Arching your back.", ("arched-back",), partial(arches, least=30)),
    (
        "lateral-band-walk",
        "Stand with your feet hip-width apart or wider",
        ("start",),
        partial(feet_apart, than="hips", least=1, most=1.4),
    ),
    (
        "lateral-band-walk",
        "hips and knees a little bent",
        ("start", "finish", "return", "front"),
        partial(bent, joint="knee", least=25, most=55),
    ),
    (
        "lateral-band-walk",
        "Keep your hips and knees bent the whole time.",
        ("start", "finish", "return", "front"),
        partial(bent, joint="hip", least=20, most=50),
    ),
    (
        "lateral-band-walk",
        "toes facing forward and chest up",
        ("start", "finish", "return", "front"),
        partial(leans_forward, least=0, most=15),
    ),
    (
        "lateral-band-walk",
        "toes facing forward and chest up",
        ("start", "finish", "return", "front"),
        toes_forward,
    ),
    ("lateral-band-walk", "toes facing forward", ("start", "finish", "return", "front"), look_forward),
    (
        "lateral-band-walk",
        "Land with your feet a little wider than your shoulders",
        ("finish", "front"),
        partial(feet_apart, than="shoulders", least=1.02, most=1.3),
    ),
    ("lateral-band-walk", "Feel the band pull.", ("finish", "front"), band_stretched),
    (
        "lateral-band-walk",
        "Slowly bring your other foot in partway, feet still apart.",
        ("return",),
        partial(foot_goes, way="out", least=-0.25, most=-0.1, side="right"),
    ),
    ("lateral-band-walk", "Keep the band tight.", ("return",), partial(band_stretched, share=1.15)),
    (
        "lateral-band-walk",
        "Keep your knees in line with your toes, and your toes forward.",
        ("start", "finish", "return", "front"),
        knees_over_feet,
    ),
    ("lateral-band-walk", "Stand with your feet hip-width apart", ("start", "finish", "return", "front"), flat),
    (
        "lateral-band-walk",
        "Man seen from behind",
        ("start", "finish", "return"),
        partial(seen_from, around=180, within=3),
    ),
    ("lateral-band-walk", "Seen from the front", ("front", "knees-in"), partial(seen_from, around=0, within=3)),
    (
        "lateral-band-walk",
        "Keep a hand on the counter until you feel steady.",
        ("start", "finish", "return", "side"),
        partial(hand_on_counter, sides=("left", "right")),
    ),
    (
        "lateral-band-walk",
        "The pictures from behind and from the side show it.",
        ("start", "finish", "return", "side"),
        counter_before,
    ),
    (
        "lateral-band-walk",
        "From the side, your hips and knees are a little bent",
        ("side",),
        partial(seen_from, around=-90, within=30),
    ),
    (
        "lateral-band-walk",
        "From the side, your hips and knees are a little bent",
        ("side",),
        partial(bent, joint="knee", least=25, most=55),
    ),
    (
        "lateral-band-walk",
        "Letting your feet snap together.",
        ("feet-together",),
        partial(feet_apart, than="hips", least=0, most=0.6),
    ),
    ("lateral-band-walk", "Stop partway, so that the band stays tight.", ("feet-together",), band_hangs),
    (
        "lateral-band-walk",
        "Rocking your body from side to side.",
        ("rocking",),
        partial(leans_sideways, least=12),
    ),
    (
        "clamshell",
        "Stack your legs",
        ("start",),
        partial(within, what=partial(apart, bone="lowerleg01"), least=0.08, most=0.14),
    ),
    (
        "clamshell",
        "Keep your ankles together",
        ("finish", "rear"),
        partial(within, what=partial(apart, bone="foot"), least=0.05, most=0.09),
    ),
    (
        "clamshell",
        "Keep your top hip over the bottom one.",
        ("start", "finish", "rear"),
        partial(within, what=top_hip_behind, least=-0.02, most=0.02),
    ),
    (
        "clamshell",
        "Your knee may lift only a hand-width or two.",
        ("finish", "rear"),
        partial(within, what=partial(apart, bone="lowerleg01"), least=0.2, most=0.36),
    ),
    (
        "clamshell",
        "Rolling back to lift your knee higher.",
        ("rolling-back",),
        partial(within, what=top_hip_behind, least=0.08, most=0.25),
    ),
    (
        "clamshell",
        "Rolling back to lift your knee higher.",
        ("rolling-back",),
        partial(within, what=partial(apart, bone="lowerleg01"), least=0.45, most=0.7),
    ),
    (
        "side-lying-leg-raise",
        "Keep your top leg straight, in line with your body.",
        ("start", "finish", "top"),
        partial(bent, joint="knee", least=-1, most=8, sides=("left",)),
    ),
    (
        "side-lying-leg-raise",
        "heel a touch back",
        ("finish", "top"),
        partial(within, what=thigh_behind, least=0.5, most=10),
    ),
    (
        "side-lying-leg-raise",
        "Keep the outer edge of your foot facing up",
        ("finish", "top"),
        partial(within, what=edge_from_up, least=0, most=45),
    ),
    (
        "side-lying-leg-raise",
        "Turning your toes up, or leading with them.",
        ("toes-up",),
        partial(within, what=edge_from_up, least=65, most=120),
    ),
    (
        "side-lying-leg-raise",
        "Letting your leg drift forward.",
        ("drifting-forward",),
        partial(within, what=thigh_behind, least=-60, most=-25),
    ),
    (
        "side-lying-leg-raise",
        "Letting your leg drift forward.",
        ("drifting-forward",),
        partial(within, what=sees_from_above, least=60, most=90),
    ),
    (
        "bridge",
        "feet flat and hip-width apart",
        ("start", "feet", "finish"),
        partial(feet_apart, than="hips", least=0.9, most=1.1),
    ),
    ("bridge", "feet flat and hip-width apart", ("start", "feet", "finish"), flat),
    (
        "bridge",
        "Keep each knee in line with its foot.",
        ("start", "feet", "finish"),
        partial(within, what=knees_beside_feet, least=0, most=0.02),
    ),
    (
        "bridge",
        "Stop when your shoulders, hips and knees make a line.",
        ("finish",),
        partial(within, what=out_of_line, least=-0.02, most=0.02),
    ),
    (
        "bridge",
        "Arching your back to lift higher.",
        ("arched-back",),
        partial(within, what=out_of_line, least=0.1, most=0.25),
    ),
    ("bridge", "Arching your back to lift higher.", ("arched-back",), partial(arches, least=25)),
    ("sit-to-stand", "Sit near the front", ("start", "front"), partial(within, what=from_seat, least=0.03, most=0.2)),
    ("sit-to-stand", "feet flat, hip-width apart", ("start", "front", "finish"), flat),
    (
        "sit-to-stand",
        "hip-width apart",
        ("start", "front", "finish"),
        partial(feet_apart, than="hips", least=0.9, most=1.1),
    ),
    (
        "sit-to-stand",
        "a little behind your knees",
        ("start", "front"),
        partial(within, what=partial(ahead, one="lowerleg01.L", other="foot.L"), least=0.06, most=0.2),
    ),
    ("sit-to-stand", "Lean forward from your hips", ("start", "front"), partial(leans_forward, least=25, most=45)),
    ("sit-to-stand", "Lean forward from your hips", ("start", "front"), back_straight),
    (
        "sit-to-stand",
        "nose over toes",
        ("start", "front"),
        partial(within, what=nose_past_toes, least=-0.05, most=0.05),
    ),
    ("sit-to-stand", "Stand tall, with the same weight on both legs.", ("finish",), upright),
    ("sit-to-stand", "Stand tall, with the same weight on both legs.", ("finish",), hips_level),
    (
        "sit-to-stand",
        "Keep each knee in line with its foot.",
        ("start", "front", "finish"),
        partial(within, what=knees_beside_feet, least=0, most=0.02),
    ),
    (
        "sit-to-stand",
        "Letting your knees fall in toward each other.",
        ("knees-in",),
        partial(within, what=partial(apart, bone="lowerleg01"), least=0, most=0.12),
    ),
    (
        "sit-to-stand",
        "Letting your knees fall in toward each other.",
        ("knees-in",),
        partial(seen_from, around=0, within=5),
    ),
    ("seated-knee-extension", "Sit tall, well back on a sturdy chair", ("start",), upright),
    ("seated-knee-extension", "Sit tall. Lift less if you have to.", ("finish",), upright),
    (
        "seated-knee-extension",
        "well back on a sturdy chair",
        ("start", "finish"),
        partial(within, what=from_seat, least=-0.2, most=-0.03),
    ),
    ("seated-knee-extension", "Rest your thighs on the seat and your feet flat.", ("start",), flat),
    (
        "seated-knee-extension",
        "Stop when your leg is nearly level.",
        ("finish",),
        partial(within, what=shank_down, least=0, most=15),
    ),
    ("seated-knee-extension", "slowly lift one foot", ("finish",), lifted),
    (
        "seated-knee-extension",
        "Leaning back as your foot lifts.",
        ("leaning-back",),
        partial(leans_forward, least=-40, most=-18),
    ),
    ("seated-knee-extension", "Leaning back as your foot lifts.", ("leaning-back",), lifted),
]


@cache
def page(slug: str) -> str:
    return (ROOT / "docs" / "exercises" / f"{slug}.md").read_text("utf-8")


@pytest.mark.parametrize(("slug", "words"), sorted({(slug, words) for slug, words, _, _ in AGREE}))
def test_the_words_stand_on_the_page(slug: str, words: str) -> None:
    """If not, look at the pictures again, and write here what the page says now."""
    assert words in page(slug)


@pytest.mark.parametrize(
    ("slug", "name", "measure", "words"),
    [
        pytest.param(slug, name, measure, words, id=f"{slug}-{name}-{number}-{words}")
        for number, (slug, words, names, measure) in enumerate(AGREE)
        for name in names
    ],
)
def test_a_picture_shows_what_the_words_say(slug: str, name: str, measure: Measure, words: str) -> None:
    assert words
    measure(Seen(sitting(slug), name))


# The band above the knees, where a page says that it may be there
for _slug in ("band-hip-abduction", "band-hip-flexion", "band-hip-extension", "lateral-band-walk"):
    AGREE += [
        (_slug, "Put the band above your knees.", ("above-knees",), band_above_knees),
        (_slug, "The band above your knees:", ("above-knees",), partial(in_view, colour="band")),
    ]

REFUSED: list[tuple[str, str, Measure, str, str]] = [
    # A picture, a measure that must not hold for it, and what is changed in its table before that, if anything.
    ("lateral-band-walk", "finish", toes_forward, "turn: 0", "turn: 12"),
    ("lateral-band-walk", "finish", look_forward, "main: {around: 180", "main: {around: 140"),
    ("band-hip-abduction", "finish", band_stretched, "{abduction: 30", "{abduction: -1"),
    ("lateral-band-walk", "return", band_hangs, "", ""),
    ("band-hip-abduction", "start", hand_on_counter, ", 0.957]", ", 1.05]"),
    ("band-hip-abduction", "finish", hand_on_counter, "wrist: [-0.36,", "wrist: [-0.2,"),
    ("band-hip-flexion", "finish", hand_on_counter, "main: {around: 74", "main: {around: 150"),
    ("lateral-band-walk", "finish", counter_before, "counter: front", "counter: true"),
    ("lateral-band-walk", "finish", partial(hand_on_counter, sides=("left", "right")), "wrist: [0.47,", "wrist: [0.2,"),
    ("band-hip-flexion", "above-knees", band_above_knees, "band: knees", "band: ankles"),
    ("band-hip-extension", "above-knees", partial(in_view, colour="band"), "shows: legs", "shows: feet"),
    ("band-hip-abduction", "finish", lifted, "{abduction: 30", "{abduction: 12"),
    ("lateral-band-walk", "finish", flat, "[0.4, 0.02, 0.085]", "[0.4, 0.02, 0.14]"),
    ("lateral-band-walk", "knees-in", knees_over_feet, "", ""),
    ("band-hip-abduction", "bending-sideways", upright, "", ""),
    ("band-hip-extension", "arched-back", partial(leans_forward, least=3, most=12), "", ""),
    ("lateral-band-walk", "rocking", partial(leans_forward, least=0, most=15), "", ""),
    ("lateral-band-walk", "rocking", hips_level, "", ""),
    (
        "lateral-band-walk",
        "front",
        partial(bent, joint="knee", least=25, most=55),
        "height: 0.905, at: [0.13, 0.06]}\n    arms: null",
        "height: 0.99, at: [0.13, 0.06]}\n    arms: null",
    ),
    ("lateral-band-walk", "start", partial(feet_apart, than="shoulders", least=1.02, most=1.3), "", ""),
    ("lateral-band-walk", "feet-together", partial(feet_apart, than="hips", least=1, most=1.4), "", ""),
    ("band-hip-flexion", "start", partial(foot_goes, way="forward", least=0.2, most=0.32), "", ""),
    ("band-hip-extension", "arched-back", back_straight, "", ""),
    ("lateral-band-walk", "finish", partial(seen_from, around=0, within=3), "", ""),
    ("band-hip-abduction", "finish", partial(leans_sideways, least=10), "", ""),
    ("clamshell", "finish", partial(within, what=partial(apart, bone="lowerleg01"), least=0.08, most=0.14), "", ""),
    ("clamshell", "rolling-back", partial(within, what=top_hip_behind, least=-0.02, most=0.02), "", ""),
    ("side-lying-leg-raise", "drifting-forward", partial(within, what=thigh_behind, least=0.5, most=10), "", ""),
    ("side-lying-leg-raise", "toes-up", partial(within, what=edge_from_up, least=0, most=45), "", ""),
    ("side-lying-leg-raise", "finish", partial(within, what=sees_from_above, least=60, most=90), "", ""),
    ("sit-to-stand", "knees-in", partial(within, what=knees_beside_feet, least=0, most=0.02), "", ""),
    ("bridge", "start", partial(within, what=out_of_line, least=-0.02, most=0.02), "", ""),
    ("seated-knee-extension", "start", partial(within, what=from_seat, least=0.03, most=0.2), "", ""),
    (
        "seated-knee-extension",
        "finish",
        partial(within, what=partial(ahead, one="lowerleg01.L", other="foot.L"), least=0.06, most=0.2),
        "",
        "",
    ),
    ("seated-knee-extension", "start", partial(within, what=nose_past_toes, least=-0.05, most=0.05), "", ""),
    ("seated-knee-extension", "start", partial(within, what=shank_down, least=0, most=15), "", ""),
    ("band-hip-extension", "finish", partial(arches, least=30), "", ""),
]  # fmt: skip


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: f"{case[0]}-{case[1]}-{REFUSED.index(case)}")
def test_each_measure_refuses_a_wrong_picture(case: tuple[str, str, Measure, str, str], tmp_path: Path) -> None:
    slug, name, measure, old, new = case
    text = drawing_origin.pose_file(IMAGES, slug).read_text("utf-8")
    assert old in text
    path = tmp_path / f"{slug}.yml"
    path.write_text(text.replace(old, new) if old else text, "utf-8")
    changed, _, problems = pose_tables.read(path, path.name, PoseTable)
    assert changed, problems
    with pytest.raises(AssertionError):
        measure(Seen(studio().sitting(changed), name))


def test_every_measure_is_refused_once() -> None:
    def name(measure: Any) -> str:
        """Of what is measured: `within` alone measures nothing."""
        what = measure.keywords.get("what") if isinstance(measure, partial) else None
        return name(what) if what else (measure.func if isinstance(measure, partial) else measure).__name__

    assert {name(case[2]) for case in REFUSED} >= {name(measure) for _, _, _, measure in AGREE}


# Pictures that differ can be told apart


def small(image: Image.Image) -> Image.Image:
    return image.convert("RGB").resize((WIDE, round(WIDE * image.height / image.width)), Image.Resampling.LANCZOS)


def unlike(one: Image.Image, other: Image.Image) -> float:
    """The share of pixels that differ on a phone, without what is drawn over pictures: arrow, cross."""
    first, second = (np.asarray(small(image), int) for image in (one, other))
    plain = np.abs(first - second).max(2) > PLAIN
    colour = np.round(255 * COLOURS["arrow"])
    drawn_over = np.minimum(*(np.abs(picture - colour).max(2) for picture in (first, second))) < 60
    around = Image.fromarray((drawn_over * 255).astype(np.uint8)).filter(ImageFilter.MaxFilter(7))
    plain &= np.asarray(around) == 0
    corner = round((marks.INSET + 1.3) * DISC * min(plain.shape))
    plain[:corner, :corner] = False
    return float(plain.mean())


def picture(slug: str, name: str) -> Image.Image:
    """Of a mistake with the right finish above it: the mistake alone."""
    with Image.open(IMAGES / slug / f"{name}.png") as image:
        mistake = table(slug).mistakes.get(name)
        top = image.height // 2 if mistake and mistake.with_right else 0
        return image.convert("RGB").crop((0, top, *image.size))


def test_a_right_finish_stands_above_a_mistake_that_is_seen_as_no_other_picture_is() -> None:
    """In the same view, so that a reader can compare the two."""
    for slug in SLUGS:
        drawn = {(view.around, view.above) for view in table(slug).views.values()}
        for name, mistake in table(slug).mistakes.items():
            near = [
                1
                for around, above in drawn
                if mistake.view and abs(around - mistake.view.around) + abs(above - mistake.view.above) < 20
            ]
            assert mistake.view is None or near or mistake.with_right, f"{slug} {name}"
            if mistake.with_right:
                with Image.open(IMAGES / slug / f"{name}.png") as image:
                    right = image.convert("RGB").crop((0, 0, image.width, image.height // 2))
                assert unlike(right, studio().sitting(table(slug)).right_beside(name)) < 0.001
                assert right.getpixel((right.width // 20, right.width // 30)) != picture(slug, name).getpixel(
                    (right.width // 20, right.width // 30)
                )


@pytest.mark.parametrize("slug", SLUGS)
def test_start_and_finish_can_be_told_apart(slug: str) -> None:
    assert unlike(picture(slug, "start"), picture(slug, "finish")) >= DIFFER


@pytest.mark.parametrize(
    ("slug", "name"), [(slug, name) for slug in SLUGS for name in ("return", *table(slug).mistakes)]
)
def test_a_mistake_and_a_return_can_be_told_from_the_finish(slug: str, name: str) -> None:
    """From the right finish in the same view, without its cross."""
    if name in table(slug).mistakes and table(slug).mistakes[name].view:
        wrong = studio().sitting(table(slug))
        assert unlike(picture(slug, name), wrong.right_beside(name)) >= DIFFER
    elif (IMAGES / slug / f"{name}.png").exists():
        assert unlike(picture(slug, name), picture(slug, "finish")) >= DIFFER


# What belongs together


def test_whoever_wears_a_band_wears_leggings() -> None:
    """A band never lies on bare skin."""
    banded = [slug for slug in SLUGS if table(slug).scene.band]
    assert banded
    assert {table(slug).wears for slug in banded} == {"leggings"}


def test_a_chair_that_has_a_wall_stands_against_it() -> None:
    for slug in SLUGS:
        for posed in sitting(slug).poses() if table(slug).scene.wall else ():
            things = sitting(slug).things(posed)
            wood, wall = (
                np.concatenate([thing.vertices for thing in things if thing.colour in colours])
                for colours in (("wood",), ("wall", "skirting"))
            )
            apart = np.linalg.norm(wood[:, None, :2] - wall[None, :, :2], axis=2).min()
            assert apart < 0.03, slug
