"""Plain figures for exercises whose things the studio can't draw: a wall, a step, a bike, a roller."""

from __future__ import annotations

import math
from collections.abc import Callable

from PIL import Image, ImageDraw

Point = tuple[float, float]
SIZE = (880, 660)
_LARGER = 3
"""Drawn so many times larger and made smaller at the end, so edges are smooth."""
PAPER, FLOOR, THING, EDGE = (251, 250, 247), (223, 226, 228), (150, 118, 86), (44, 52, 70)
SKIN, FAR, TOP, SHORTS, HAIR = (214, 168, 138), (186, 144, 118), (126, 186, 208), (196, 200, 210), (92, 70, 62)


class Sheet:
    """A picture of 880 by 660 with a floor at 600."""

    def __init__(self) -> None:
        self.image = Image.new("RGB", (_LARGER * SIZE[0], _LARGER * SIZE[1]), PAPER)
        self.pen = ImageDraw.Draw(self.image)
        self.block((0, 600), (SIZE[0], SIZE[1]), FLOOR, edge=False)

    def block(self, low: Point, high: Point, color: tuple[int, int, int] = THING, edge: bool = True) -> None:
        """A rectangle from its upper left to its lower right corner."""
        corners = [(_LARGER * low[0], _LARGER * low[1]), (_LARGER * high[0], _LARGER * high[1])]
        self.pen.rectangle(corners, color, EDGE if edge else None, 3 * _LARGER if edge else 0)

    def disc(self, middle: Point, radius: float, color: tuple[int, int, int]) -> None:
        x, y, r = _LARGER * middle[0], _LARGER * middle[1], _LARGER * radius
        self.pen.ellipse((x - r, y - r, x + r, y + r), color, EDGE, 3 * _LARGER)

    def ring(self, middle: Point, radius: float) -> None:
        x, y, r = _LARGER * middle[0], _LARGER * middle[1], _LARGER * radius
        self.pen.ellipse((x - r, y - r, x + r, y + r), None, THING, 12 * _LARGER)

    def limb(self, points: list[Point], width: float, color: tuple[int, int, int]) -> None:
        """A line of round parts, with an edge around it."""
        for more, ink in ((6, EDGE), (0, color)):
            wide = _LARGER * (width + more)
            places = [(_LARGER * x, _LARGER * y) for x, y in points]
            self.pen.line(places, ink, round(wide))
            for x, y in places:
                self.pen.ellipse((x - wide / 2, y - wide / 2, x + wide / 2, y + wide / 2), ink)

    def leg(self, hip: Point, knee: Point, ankle: Point, toe: Point, far: bool = False) -> None:
        skin = FAR if far else SKIN
        self.limb([ankle, toe], 22, EDGE)
        self.limb([knee, ankle], 32, skin)
        self.limb([hip, knee], 44, skin)
        middle = (hip[0] + 0.55 * (knee[0] - hip[0]), hip[1] + 0.55 * (knee[1] - hip[1]))
        self.limb([hip, middle], 50, SHORTS)

    def trunk(self, hip: Point, neck: Point) -> None:
        """With the head on it."""
        away = math.dist(hip, neck)
        head = (neck[0] + 62 * (neck[0] - hip[0]) / away, neck[1] + 62 * (neck[1] - hip[1]) / away)
        self.limb([neck, head], 24, SKIN)
        self.limb([hip, neck], 66, TOP)
        self.disc(head, 36, SKIN)
        self.pen.pieslice(
            [_LARGER * value for value in (head[0] - 36, head[1] - 36, head[0] + 36, head[1] + 36)], 180, 360, HAIR
        )

    def arm(self, shoulder: Point, elbow: Point, wrist: Point, far: bool = False) -> None:
        self.limb([shoulder, elbow, wrist], 24, FAR if far else SKIN)

    def small(self) -> Image.Image:
        return self.image.resize(SIZE, Image.Resampling.LANCZOS)


Pair = dict[str, Image.Image]


def wall_sit() -> Pair:
    pair = {}
    for role, hip, knee in (("start", (300, 330), (334, 462)), ("finish", (300, 446), (434, 440))):
        sheet = Sheet()
        sheet.block((180, 60), (258, 600))
        sheet.arm((300, hip[1] - 150), (330, hip[1] - 80), (340, hip[1] - 10), far=True)
        sheet.leg(hip, knee, (420, 578), (476, 586))
        sheet.trunk(hip, (300, hip[1] - 170))
        sheet.arm((300, hip[1] - 150), (320, hip[1] - 75), (350, hip[1] - 5))
        pair[role] = sheet.small()
    return pair


def step_up() -> Pair:
    pair = {}
    for role in ("start", "finish"):
        sheet = Sheet()
        sheet.block((430, 530), (760, 600))
        if role == "start":
            sheet.leg((360, 360), (352, 470), (330, 578), (384, 586), far=True)
            sheet.leg((360, 360), (478, 392), (480, 508), (538, 516))
            sheet.trunk((360, 360), (392, 196))
            sheet.arm((388, 214), (384, 290), (420, 350))
        else:
            sheet.leg((520, 276), (522, 392), (540, 508), (596, 516), far=True)
            sheet.leg((520, 276), (510, 392), (500, 508), (556, 516))
            sheet.trunk((520, 276), (522, 110))
            sheet.arm((522, 128), (516, 204), (536, 270))
        pair[role] = sheet.small()
    return pair


def it_band_stretch() -> Pair:
    """From the front: the wall is on the right, and the leg near it goes behind the other one."""
    pair = {}
    for role, hip in (("start", (456, 340)), ("finish", (534, 348))):
        sheet = Sheet()
        sheet.block((690, 60), (770, 600))
        near, other = (hip[0] + 24, hip[1]), (hip[0] - 24, hip[1])
        sheet.leg(near, ((near[0] + 420) / 2, 470), (420, 576), (414, 588), far=True)
        sheet.leg(other, ((other[0] + 490) / 2, 470), (490, 580), (496, 592))
        neck = (464, 170)
        sheet.arm((488, 190), (584, 236), (684, 196), far=True)
        sheet.trunk(hip, neck)
        sheet.arm((444, 192), (hip[0] - 84, 272), (hip[0] - 30, hip[1] - 26))
        pair[role] = sheet.small()
    return pair


def exercise_bike() -> Pair:
    pair = {}
    middle, seat = (440, 490), (360, 268)
    for role, turn in (("start", -70), ("finish", 110)):
        sheet = Sheet()
        sheet.block((330, 286), (404, 300))
        sheet.limb([(368, 300), (420, 480), (560, 560)], 16, THING)
        sheet.limb([(420, 480), (596, 250), (560, 226)], 16, THING)
        sheet.block((300, 578), (640, 600))
        sheet.limb([(420, 480), (400, 585)], 16, THING)
        sheet.ring((560, 510), 66)
        pedals = [
            (middle[0] + 62 * math.cos(math.radians(turn + more)), middle[1] + 62 * math.sin(math.radians(turn + more)))
            for more in (180, 0)
        ]
        for far, pedal in zip((True, False), pedals, strict=True):
            ankle = (pedal[0] - 22, pedal[1] - 22)
            sheet.leg(seat, _knee(seat, ankle, 150), ankle, (pedal[0] + 26, pedal[1] - 8), far)
            if far:
                sheet.limb([middle, pedal], 14, THING)
        sheet.limb([middle, pedals[1]], 14, THING)
        sheet.trunk(seat, (440, 120))
        sheet.arm((432, 140), (496, 208), (566, 222))
        pair[role] = sheet.small()
    return pair


def front_thigh_foam_rolling() -> Pair:
    """The roller stays; the body moves over it."""
    pair = {}
    for role, moved in (("start", 0), ("finish", -88)):
        sheet = Sheet()
        sheet.limb([(90, 596), (800, 596)], 10, (142, 178, 168))
        hip = (420 + moved, 520)
        sheet.leg((hip[0], hip[1] + 4), (hip[0] + 146, 534), (hip[0] + 280, 566), (hip[0] + 310, 588), far=True)
        sheet.disc((478, 562), 30, (120, 140, 150))
        sheet.leg(hip, (hip[0] + 146, 520), (hip[0] + 276, 500), (hip[0] + 316, 522))
        neck = (hip[0] - 168, 468)
        sheet.trunk(hip, neck)
        sheet.arm((neck[0] + 14, 474), (neck[0] + 6, 576), (neck[0] - 76, 582))
        pair[role] = sheet.small()
    return pair


def _knee(hip: Point, ankle: Point, length: float) -> Point:
    """Where the knee is of a leg whose thigh and shin are `length`: in front of the line from hip to ankle."""
    away = min(math.dist(hip, ankle), 2 * length - 1)
    out = math.sqrt(length**2 - (away / 2) ** 2)
    across, down = (ankle[0] - hip[0]) / away, (ankle[1] - hip[1]) / away
    return (hip[0] + ankle[0]) / 2 + out * down, (hip[1] + ankle[1]) / 2 - out * across


FIGURES: dict[str, Callable[[], Pair]] = {
    "exercise-bike": exercise_bike,
    "front-thigh-foam-rolling": front_thigh_foam_rolling,
    "it-band-stretch": it_band_stretch,
    "step-up": step_up,
    "wall-sit": wall_sit,
}
"""By the exercise's name."""
