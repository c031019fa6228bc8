"""The mark of the site, a hip and the leg that hangs on it: in the head of pages, and as an icon."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..fingerprints import fingerprinted
from ..stock import Stock

if TYPE_CHECKING:
    from PIL import Image

WHITE, WARM = "#ffffff", "#f0973b"  # the leg and the hip
# On a square of 64: the leg from the hip over the knee to the toes, and the hip itself.
SIDE, CORNER, STROKE = 64, 14, 11
LEG = ((25, 18), (38, 33), (30, 52), (42, 52))
HIP, RADIUS = LEG[0], 10


class Icon(NamedTuple):
    """How one is drawn."""

    side: int
    """Pixels."""
    corner: float = CORNER
    """The radius of its corners on the square of 64; 0 where a phone rounds them itself."""
    share: float = 1
    """How large the mark is: a phone that cuts an icon to a shape of its own keeps a circle of 0.8."""


ICONS = {
    "favicon.png": Icon(48),
    "apple-touch-icon.png": Icon(180, corner=0),
    "icon-192.png": Icon(192),
    "icon-512.png": Icon(512),
    "icon-cut-512.png": Icon(512, corner=0, share=0.72),
}
HOME_SCREEN = ("icon-192.png", "icon-512.png", "icon-cut-512.png")
"""What the manifest names."""


def svg() -> str:
    """Without its ground, for the head of the page: white leg, warm hip."""
    points = " ".join(f"{x},{y}" for x, y in LEG)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 {SIDE} {SIDE}">'
        f'<polyline points="{points}" fill="none" stroke="currentColor" stroke-width="{STROKE}" '
        f'stroke-linecap="round" stroke-linejoin="round"/>'
        f'<circle cx="{HIP[0]}" cy="{HIP[1]}" r="{RADIUS}" fill="{WARM}"/></svg>\n'
    )


def icon(what: Icon, colour: str) -> Image.Image:
    """On a ground of the colour."""
    from PIL import Image, ImageDraw  # a check does without

    side, corner, share = what
    scale = 8 * side / SIDE
    thick = scale * share
    image = Image.new("RGBA", (8 * side, 8 * side), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((0, 0, 8 * side - 1, 8 * side - 1), corner * scale, fill=colour)
    middle = 4 * side
    leg = [(middle + (x - SIDE / 2) * thick, middle + (y - SIDE / 2) * thick) for x, y in LEG]
    pen.line(leg, fill=WHITE, width=round(STROKE * thick))
    for x, y in leg:  # round ends and joints
        pen.circle((x, y), STROKE * thick / 2, fill=WHITE)
    pen.circle(leg[0], RADIUS * thick, fill=WARM)
    return image.resize((side, side), Image.Resampling.LANCZOS)


def make(colour: str, stock: Stock) -> dict[str, Path]:
    """The icons on a ground of the colour, by their names with a hash; those that are not in the stock yet are drawn.

    Raises OSError when they can't be kept.
    """
    code = Path(__file__).read_bytes()
    paths: dict[str, Path] = {}
    for name, what in ICONS.items():
        planned = fingerprinted(name, code + colour.encode())
        path = stock.find(planned) or stock.put(planned, _drawn(what, colour))
        paths[fingerprinted(name, path.read_bytes())] = path
    return paths


def _drawn(what: Icon, colour: str) -> bytes:
    image, out = icon(what, colour), BytesIO()
    (image if what.corner else image.convert("RGB")).save(out, "PNG", optimize=True)
    return out.getvalue()
