"""Draw how figures grow with the size of a library, as an SVG: a panel for each subject, a line for each program."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from hipknee.colours import TEAL

COLUMNS = 3
_WIDTH, _HEIGHT = 410, 250  # of a panel with all that is around its axes
_LEFT, _RIGHT, _TOP, _BOTTOM = 50, 170, 44, 44  # around the axes of a panel
_HEAD, _LETTERS = 64, 14
_STYLES = ((TEAL, ""), ("#b45309", "7 4"), ("#6b3fa0", "2 4"), ("#333", "9 3 2 3"))
"""A color and dashes for each program, in the order in which they come: either is enough to tell them apart."""
_LEAST = 0.001
"""What is less has no place on a logarithmic axis."""
TITLE = "What a library costs as it grows"
_NOTE = "Both axes are logarithmic. The thin gray line grows as the library does."
CPU, WALL = "seconds of CPU", "seconds"

Point = tuple[int, float]
"""How many exercises, and the figure."""


@dataclass(frozen=True)
class Panel:
    subject: str
    unit: str
    lines: Mapping[str, Sequence[Point]]
    """By program, with the sizes in order."""


def panels(libraries: Iterable[Mapping[str, Any]]) -> list[Panel]:
    """The panels of what `scale` writes: CPU seconds of what runs and ends, and seconds that an author waits."""
    lines: dict[tuple[str, str], dict[str, list[Point]]] = {}
    for library in libraries:
        figures = {(subject, CPU): by for subject, by in library["costs"].items()}
        figures |= {(subject, WALL): by for subject, by in library["serve"].items()}
        for head, by in figures.items():
            for who, figure in by.items():
                value = figure["cpu"] if isinstance(figure, Mapping) else figure
                if value is not None:
                    lines.setdefault(head, {}).setdefault(who, []).append((library["exercises"], value))
    return [Panel(subject, unit, by) for (subject, unit), by in lines.items()]


def svg(panels: Sequence[Panel]) -> str:
    """A picture for white paper or a white page, in one text that needs nothing else."""
    rows = math.ceil(len(panels) / COLUMNS)
    width, height = COLUMNS * _WIDTH, _HEAD + rows * _HEIGHT
    programs = [*dict.fromkeys(who for panel in panels for who in panel.lines)]
    styles = {who: _STYLES[number % len(_STYLES)] for number, who in enumerate(programs)}
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        f' role="img" aria-labelledby="title desc" font-family="sans-serif" font-size="{_LETTERS}" fill="#222">',
        f'<title id="title">{TITLE}</title>',
        f'<desc id="desc">{escape(" ".join(_sentences(panels)))}</desc>',
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
        _text(_LEFT, 26, TITLE, size=20, bold=True),
        _text(_LEFT, 48, _NOTE),
    ]
    for number, panel in enumerate(panels):
        row, column = divmod(number, COLUMNS)
        parts.append(f'<g transform="translate({column * _WIDTH} {_HEAD + row * _HEIGHT})">')
        parts += [*_panel(panel, styles), "</g>"]
    return "\n".join([*parts, "</svg>"]) + "\n"


def _panel(panel: Panel, styles: Mapping[str, tuple[str, str]]) -> Iterator[str]:
    sizes = sorted({size for points in panel.lines.values() for size, _ in points})
    across = Axis(sizes[0], sizes[-1], _LEFT, _WIDTH - _RIGHT)
    first = next(iter(panel.lines.values()))[0]
    steady = [(size, first[1] * size / first[0]) for size in (sizes[0], sizes[-1])]
    values = [max(value, _LEAST) for points in (*panel.lines.values(), steady) for _, value in points]
    up = Axis(min(values) / 1.3, max(values) * 1.3, _HEIGHT - _BOTTOM, _TOP)

    def place(point: Point) -> str:
        return f"{across.place(point[0]):.1f},{up.place(point[1]):.1f}"

    yield _text(_LEFT, 20, panel.subject, bold=True)
    yield _text(_LEFT, 37, f"{panel.unit}, by exercises", size=12)
    for tick in up.ticks():
        height = up.place(tick)
        yield f'<path d="M{_LEFT} {height:.1f}H{_WIDTH - _RIGHT}" stroke="#ddd"/>'
        yield _text(_LEFT - 6, height + 4, f"{tick:g}", size=12, anchor="end")
    for size in sizes:
        yield f'<path d="M{across.place(size):.1f} {_TOP}V{_HEIGHT - _BOTTOM}" stroke="#ddd"/>'
        yield _text(across.place(size), _HEIGHT - _BOTTOM + 18, f"{size:,}", size=12, anchor="middle")
    yield f'<polyline points="{" ".join(map(place, steady))}" fill="none" stroke="#999"/>'
    ends: dict[str, float] = {}
    for who, points in panel.lines.items():
        color, dashes = styles[who]
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        drawn = " ".join(map(place, points))
        yield f'<polyline points="{drawn}" fill="none" stroke="{color}" stroke-width="2.5"{dashed}/>'
        yield from (
            f'<circle cx="{across.place(size):.1f}" cy="{up.place(value):.1f}" r="4" fill="{color}"/>'
            for size, value in points
        )
        ends[who] = up.place(points[-1][1])
    for who, height in _apart(ends).items():
        points = panel.lines[who]
        words = f"{who} {' → '.join(_short(value) for _, value in (points[0], points[-1]))}"
        yield _text(_WIDTH - _RIGHT + 9, height + 5, words, color=styles[who][0])


@dataclass(frozen=True)
class Axis:
    """A logarithmic axis, from one figure to another, and where these stand on the picture."""

    low: float
    high: float
    start: float
    end: float

    def place(self, value: float) -> float:
        if self.low == self.high:
            return (self.start + self.end) / 2
        part = math.log(max(value, _LEAST) / self.low) / math.log(self.high / self.low)
        return self.start + part * (self.end - self.start)

    def ticks(self) -> list[float]:
        """Round figures, not too many: 1, 2, 5, 10 as long as these are few, else 1, 10, 100."""
        decades = range(math.floor(math.log10(self.low)), math.ceil(math.log10(self.high)) + 1)
        every = [[step * 10.0**decade for decade in decades for step in steps] for steps in ((1, 2, 5), (1,))]
        inside = [[tick for tick in ticks if self.low <= tick <= self.high] for ticks in every]
        return inside[0] if len(inside[0]) <= 6 else inside[1]


def _apart(ends: Mapping[str, float]) -> dict[str, float]:
    """Heights of the names at the ends of lines, so far apart that they can be read."""
    heights: dict[str, float] = {}
    last = -math.inf
    for who, height in sorted(ends.items(), key=lambda end: end[1]):
        last = heights[who] = max(height, last + _LETTERS + 2)
    return heights


def _sentences(panels: Sequence[Panel]) -> Iterator[str]:
    """The picture in words, for those who can't see it."""
    for panel in panels:
        for who, points in panel.lines.items():
            figures = ", ".join(f"{_short(value)} for {size:,} exercises" for size, value in points)
            yield f"{panel.subject}, {who}, in {panel.unit}: {figures}."


def _short(value: float) -> str:
    return f"{value:.0f}" if value >= 10 else f"{value:.2g}"


def _text(
    x: float, y: float, words: str, size: int = _LETTERS, *, bold: bool = False, anchor: str = "", color: str = ""
) -> str:
    ways = {"font-size": "" if size == _LETTERS else size, "text-anchor": anchor, "fill": color}
    ways["font-weight"] = "bold" if bold else ""
    given = "".join(f' {name}="{value}"' for name, value in ways.items() if value)
    return f'<text x="{x:.1f}" y="{y:.1f}"{given}>{escape(words)}</text>'
