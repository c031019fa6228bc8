"""Flat pictures from tables: a scale of pain with faces, and a week of exercise days.

The faces are this site's own. They follow no published scale, and nobody has tested them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Literal

import numpy as np
from hipknee.letters import letters
from hipknee.pictures.drawing_facts import KEY, DrawingFacts
from hipknee.pictures.drawing_origin import CHART
from PIL import Image, ImageDraw
from pydantic import Field, ValidationInfo, field_validator, model_validator

from .body import Body
from .marks import wrapped
from .palette import COLOURS
from .pose_tables import DIAGRAMS, Pixels, TableFields
from .posing import Posed
from .studio import Studio

WordName = Annotated[str, Field(pattern=r"^[a-z][a-z_]*$")]
"""The name of a word in docs/_data/words.<language>.yml."""
Level = Annotated[int, Field(ge=0, le=10)]
Pen = ImageDraw.ImageDraw
Place = tuple[float, float]
Strokes = list[list[Place]]
SCALE = 4
"""Drawn so many times as large, and made smaller at the end: edges are smooth."""
LETTERS = 44
"""Height of words in pixels of the picture: 12 CSS pixels where a phone shows it 328 wide."""
_ZONES: dict[str, tuple[str, str]] = {
    "check": ("#DCEBDD", "#1D6B34"),
    "less": ("#FBE6BF", "#7A4B00"),
    "stop": ("#F7D3D3", "#A3161A"),
}
"""Of each sign: the ground of its zone, and its ink."""
_SKIN, _HAIR = "#F0D3B4", "#6B625C"
_TINT = "#DCE9F5"
_BAND = 52
"""Half of a band's width in pixels."""
_SIDE = 50
"""Pixels that are free on either side of the scale."""


class Zone(TableFields):
    """Levels of pain with the same advice."""

    to: Level
    """The highest of them. They begin above those of the zone before."""
    word: WordName
    """What to do."""
    sign: Literal["check", "less", "stop"]
    """What tells it besides its colour, with a pattern of its own."""


class PainScale(TableFields):
    """From no pain, 0, to the worst, 10."""

    zones: Annotated[list[Zone], Field(min_length=1)]
    faces: Annotated[list[Level], Field(min_length=1)]
    """At which levels a face stands."""
    ends: tuple[WordName, WordName]
    """What 0 and 10 mean."""

    @model_validator(mode="after")
    def _whole(self) -> PainScale:
        ends = [zone.to for zone in self.zones]
        if ends != sorted({*ends}) or ends[-1] != 10:
            raise ValueError("must have zones that each end higher than the one before, the last one at 10")
        return self


class Week(TableFields):
    """Seven days, from Monday on."""

    days: Annotated[list[Literal["moves", "between"]], Field(min_length=7, max_length=7)]
    names: WordName
    """The names of the days, a list of seven words."""
    moves: WordName
    between: WordName
    """What the signs of the two kinds of days mean."""


class Bands(TableFields):
    """A sound band beside a damaged one."""

    sound: WordName
    damaged: WordName
    """What is said of each."""


class Diagram(TableFields):
    """A file images/poses/explanation/<name>.yml without a figure: one of these."""

    shape: tuple[Pixels, Pixels]
    pain_scale: PainScale | None = None
    week: Week | None = None
    bands: Bands | None = None

    @field_validator("week", "bands")
    @classmethod
    def _alone(cls, drawn: Week | Bands | None, info: ValidationInfo) -> Week | Bands | None:
        other = next((name for name in DIAGRAMS if info.data.get(name)), None)
        if drawn and other:
            raise ValueError(f"must stand alone, without '{other}'")
        return drawn


class Sheet:
    """A diagram in the site's words. `body` is that of the chart, which stands in every picture's origin."""

    def __init__(self, studio: Studio, diagram: Diagram, word: Callable[[str], str]) -> None:
        self.diagram = diagram
        self.body: Body = studio.body(CHART)
        self.words = {name: word(name) for name in _names(diagram)}

    def poses(self) -> list[Posed]:
        """None."""
        return []

    def draw(self) -> Image.Image:
        """The picture, which says what is written in it."""
        width, height = self.diagram.shape
        image = Image.new("RGB", (SCALE * width, SCALE * height), _ink("paper"))
        if self.diagram.pain_scale:
            _pain_scale(image, self.diagram.pain_scale, self.words)
        if self.diagram.week:
            _week(image, self.diagram.week, self.words)
        if self.diagram.bands:
            _bands(image, self.diagram.bands, self.words)
        image = image.resize((width, height), Image.Resampling.LANCZOS)
        image.info[KEY] = DrawingFacts(self.words).as_text()
        return image


def _names(diagram: Diagram) -> list[str]:
    """The names of all words in a diagram."""
    names: list[str] = []
    if scale := diagram.pain_scale:
        names += [*(zone.word for zone in scale.zones), *scale.ends]
    if week := diagram.week:
        names += [*(f"{week.names}:{day}" for day in range(1, 8)), week.moves, week.between]
    if bands := diagram.bands:
        names += [bands.sound, bands.damaged]
    return names


def _pain_scale(image: Image.Image, scale: PainScale, words: dict[str, str]) -> None:
    pen = ImageDraw.Draw(image)
    column = (image.width / SCALE - 2 * _SIDE) / 11
    middles = [_SIDE + (level + 0.5) * column for level in range(11)]
    for level in scale.faces:
        face(pen, (middles[level], 102), 80, level / 10)
    for level, middle in enumerate(middles):
        _text(pen, (middle, 228), str(level), LETTERS + 4)
    first, top, bottom = 0, 262, 452
    for zone in scale.zones:
        left, right = _SIDE + first * column + 4, _SIDE + (zone.to + 1) * column - 4
        ground, ink = _ZONES[zone.sign]
        _pattern(image, (left, top, right, bottom), zone.sign)
        pen.rectangle(_scaled(left, top, right, bottom), outline=ink, width=5 * SCALE)
        middle = (left + right) / 2
        lines = wrapped(words[zone.word], LETTERS, right - left - 24)
        wide = max(letters("Bold", LETTERS).getlength(line) for line in lines)
        box = (middle - wide / 2 - 10, bottom - 30 - 52 * len(lines), middle + wide / 2 + 10, bottom - 16)
        pen.rectangle(_scaled(*box), fill=ground)
        for number, line in enumerate(lines):
            _text(pen, (middle, box[1] + 34 + 52 * number), line, LETTERS, ink)
        sign(pen, (middle, top + 58), 38, zone.sign)
        first = zone.to + 1
    for name, middle, anchor in ((scale.ends[0], _SIDE, "lm"), (scale.ends[1], image.width / SCALE - _SIDE, "rm")):
        _text(pen, (middle, bottom + 42), words[name], LETTERS, anchor=anchor)


def face(pen: Pen, at: Place, radius: float, pain: float) -> None:
    """A calm face: as pain goes from 0 to 1 the corners of the mouth go down, the brows rise inside, and the eyes
    close."""

    def place(x: float, y: float) -> Place:
        return SCALE * (at[0] + x * radius), SCALE * (at[1] + y * radius)

    def line(points: list[Place], width: float) -> None:
        pen.line([place(*point) for point in points], fill=_ink("line"), width=round(SCALE * width), joint="curve")
        for point in (points[0], points[-1]):
            pen.circle(place(*point), SCALE * width / 2, fill=_ink("line"))

    for side in (-1, 1):
        pen.circle(place(0.88 * side, 0.05), SCALE * 0.15 * radius, fill=_SKIN, outline=_ink("line"), width=4 * SCALE)
    pen.ellipse((*place(-0.88, -1), *place(0.88, 1)), fill=_HAIR, outline=_ink("line"), width=4 * SCALE)
    brow = [place(*point) for point in _arc((0, 0.08), 0.82, 0.86, -157, -23)]
    chin = [place(*point) for point in _arc((0, 0.03), 0.83, 0.92, -20, 200)]
    pen.polygon([*brow, *chin], fill=_SKIN)
    rest = pain - 0.4
    for side in (-1, 1):
        inner, outer = -0.36 - 0.2 * max(0, rest), -0.33 + 0.08 * max(0, rest)
        line([(0.18 * side, inner), (0.5 * side, outer)], 5)
        if pain < 0.75:
            pen.ellipse((*place(0.34 * side - 0.075, -0.12), *place(0.34 * side + 0.075, 0.05)), fill=_ink("line"))
        else:
            line([(0.34 * side - 0.12, -0.03), (0.34 * side, 0.02), (0.34 * side + 0.12, -0.03)], 5)
    bend = 0.2 * (1 - pain / 0.45) if pain < 0.45 else -0.2 * (pain - 0.45) / 0.55
    mouth = [(x, 0.48 + bend * (1 - (x / 0.36) ** 2) - bend / 2) for x in np.linspace(-0.36, 0.36, 25)]
    line([(float(x), float(y)) for x, y in mouth], 6)


def sign(pen: Pen, at: Place, radius: float, name: str) -> None:
    """A check mark, an arrow down or a cross on a disc."""
    ink = _ZONES[name][1]
    pen.circle((SCALE * at[0], SCALE * at[1]), SCALE * radius, fill=ink)
    strokes: dict[str, Strokes] = {
        "check": [[(-0.45, 0.02), (-0.12, 0.36), (0.46, -0.32)]],
        "less": [[(0, -0.5), (0, 0.46)], [(-0.36, 0.1), (0, 0.48), (0.36, 0.1)]],
        "stop": [[(-0.36, -0.36), (0.36, 0.36)], [(0.36, -0.36), (-0.36, 0.36)]],
    }
    _strokes(pen, at, radius, strokes[name], 0.2, "#FFFFFF")


def _week(image: Image.Image, week: Week, words: dict[str, str]) -> None:
    pen = ImageDraw.Draw(image)
    column = (image.width / SCALE - 40) / 7
    for number, kind in enumerate(week.days):
        left = 20 + number * column
        middle = left + column / 2
        _text(pen, (middle, 42), words[f"{week.names}:{number + 1}"], LETTERS)
        ground, width = (_TINT, 7) if kind == "moves" else (_ink("paper"), 3)
        box = _scaled(left + 7, 82, left + column - 7, 262)
        pen.rounded_rectangle(box, 14 * SCALE, fill=ground, outline=_ink("arrow" if kind == "moves" else "line"))
        pen.rounded_rectangle(
            box, 14 * SCALE, outline=_ink("arrow" if kind == "moves" else "line"), width=width * SCALE
        )
        person(pen, (middle, 172), 76, kind)
    half = image.width / SCALE / 2
    for name, kind, left in ((week.moves, "moves", 60.0), (week.between, "between", half - 40)):
        person(pen, (left, 328), 46, kind)
        _text(pen, (left + 56, 330), words[name], LETTERS, anchor="lm")


def person(pen: Pen, at: Place, radius: float, kind: str) -> None:
    """Somebody who stands up from a chair, or walks."""
    ink = _ink("arrow") if kind == "moves" else _ink("line")
    head = at[0] + (-0.3 if kind == "moves" else 0) * radius
    pen.circle((SCALE * head, SCALE * (at[1] - 0.76 * radius)), SCALE * 0.2 * radius, fill=ink)
    strokes: dict[str, Strokes] = {
        "moves": [
            [(-0.2, -0.44), (0.22, 0.14), (-0.3, 0.22), (-0.22, 0.94), (-0.42, 0.94)],
            [(-0.18, -0.38), (-0.32, -0.06), (-0.62, -0.12)],
        ],
        "between": [
            [(0, -0.46), (-0.02, 0.14), (0.26, 0.5), (0.24, 0.95)],
            [(-0.02, 0.14), (-0.1, 0.55), (-0.42, 0.92)],
            [(0, -0.44), (0.22, -0.12), (0.44, 0.0)],
            [(0, -0.44), (-0.24, -0.16), (-0.3, 0.1)],
        ],
    }
    if kind == "moves":
        chair: Strokes = [[(0.58, -0.4), (0.58, 0.94)], [(0.58, 0.42), (0.04, 0.42), (0.04, 0.94)]]
        _strokes(pen, at, radius, chair, 0.08, _ink("line"))
    _strokes(pen, at, radius, strokes[kind], 0.17, ink)


def _bands(image: Image.Image, bands: Bands, words: dict[str, str]) -> None:
    pen = ImageDraw.Draw(image)
    half = image.width / SCALE / 2
    pen.line(_scaled(half, 20, half, image.height / SCALE - 20), fill=_ink("paper", 0.85), width=2 * SCALE)
    for name, is_sound, middle in ((bands.sound, True, half / 2), (bands.damaged, False, 1.5 * half)):
        band(pen, (middle + 20, 200), is_sound)
        sign(pen, (middle - half / 2 + 60, 60), 40, "check" if is_sound else "stop")
        _text(pen, (middle, 390), words[name], LETTERS)


def band(pen: Pen, at: Place, is_sound: bool) -> None:
    """A loop seen a little from above; a damaged one has a tear and a nick."""

    def edge(start: float, end: float, rise: float) -> list[Place]:
        return [(SCALE * x, SCALE * (y + rise)) for x, y in _arc(at, 205, 82, start, end)]

    def ribbon(start: float, end: float, colour: tuple[int, int, int]) -> None:
        outline = [*edge(start, end, -_BAND), *edge(start, end, _BAND)[::-1]]
        pen.polygon(outline, fill=colour)
        pen.line([*outline, outline[0]], fill=_ink("line"), width=4 * SCALE, joint="curve")

    def cut(places: list[Place]) -> None:
        """The first and the last place are on an edge, whose line goes, too."""
        corners = [(SCALE * (at[0] + x), SCALE * (at[1] + 82 + y)) for x, y in places]
        pen.line((corners[0], corners[-1]), fill=_ink("paper"), width=7 * SCALE)
        pen.polygon(corners, fill=_ink("paper"))
        pen.line(corners, fill=_ink("line"), width=4 * SCALE, joint="curve")

    ribbon(180, 360, _ink("band", 0.72))
    ribbon(0, 180, _ink("band"))
    if is_sound:
        return

    def rim(x: float, rise: float) -> Place:
        """The place on an edge, so far right of the middle."""
        return x, 82 * (float(np.sqrt(1 - (x / 205) ** 2)) - 1) + rise

    down = [(14.0, -20.0), (4.0, -12.0), (22.0, 8.0), (14.0, 18.0), (24.0, 34.0)]
    up = [(34.0, 12.0), (26.0, 4.0), (38.0, -16.0), (32.0, -24.0)]
    cut([rim(-2, -_BAND), *down, *up, rim(54, -_BAND)])
    cut([rim(100, _BAND), (116.0, 6.0), rim(134, _BAND)])


def _strokes(
    pen: Pen, at: Place, radius: float, strokes: Strokes, width: float, fill: str | tuple[int, int, int]
) -> None:
    """Lines with round ends: places and their width are shares of a radius."""
    for stroke in strokes:
        points = [(SCALE * (at[0] + x * radius), SCALE * (at[1] + y * radius)) for x, y in stroke]
        pen.line(points, fill=fill, width=round(SCALE * width * radius), joint="curve")
        for point in points:
            pen.circle(point, SCALE * width * radius / 2, fill=fill)


def _pattern(image: Image.Image, box: tuple[float, float, float, float], name: str) -> None:
    """Fill a zone: with dots, stripes or a lattice."""
    ground, ink = _ZONES[name]
    left, top, right, bottom = (round(edge) for edge in _scaled(*box))
    part = Image.new("RGB", (right - left, bottom - top), ground)
    rows, columns = np.mgrid[0 : part.height, 0 : part.width]
    step = 26 * SCALE
    falling, rising = (columns + rows) % step < 0.11 * step, (columns - rows) % step < 0.11 * step
    dots = np.hypot(columns % step - step / 2, rows % step - step / 2) < 0.13 * step
    marks = {"check": dots, "less": falling, "stop": falling | rising}[name]
    line = Image.blend(Image.new("RGB", (1, 1), ground), Image.new("RGB", (1, 1), ink), 0.5).getpixel((0, 0))
    assert isinstance(line, tuple)
    part.paste(line, mask=Image.fromarray((255 * marks).astype(np.uint8)))
    image.paste(part, (left, top))


def _text(
    pen: Pen, at: Place, text: str, size: int, fill: str | tuple[int, int, int] | None = None, anchor: str = "mm"
) -> None:
    font = letters("Bold", SCALE * size)
    pen.text((SCALE * at[0], SCALE * at[1]), text, font=font, fill=fill or _ink("line"), anchor=anchor)


def _arc(middle: Place, across: float, down: float, start: float, end: float) -> list[Place]:
    angles = np.radians(np.linspace(start, end, 40))
    return [(middle[0] + across * float(np.cos(a)), middle[1] + down * float(np.sin(a))) for a in angles]


def _scaled(*edges: float) -> tuple[float, float, float, float]:
    left, top, right, bottom = (SCALE * edge for edge in edges)
    return left, top, right, bottom


def _ink(name: str, light: float = 1) -> tuple[int, int, int]:
    red, green, blue = (min(255, round(255 * light * part)) for part in COLOURS[name])
    return red, green, blue
