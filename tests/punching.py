"""What a clinic's punch does to a sheet: where its holes are, and what is read and lost when they are there."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]
import zxingcpp
from PIL import Image, ImageDraw
from pypdfium2 import PdfDocument, PdfPage

MILLIMETRE = 72 / 25.4
DOTS = 150
"""Per inch: what an office scans with, in grey."""
QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
"""Boxes and lines of a sheet can look like the bars of a grocery's code."""


class Punch(NamedTuple):
    """A pattern of holes in an edge, in millimetres."""

    places: tuple[float, ...]
    """Of each hole, from the middle of the edge."""
    inset: float
    """Of their centers, from the edge."""
    radius: float


PUNCHES = {
    "three holes": Punch((-108, 0, 108), 12.7, 4.0),
    "three holes, near the edge": Punch((-108, 0, 108), 9.5, 4.0),
    "two holes": Punch((-40, 40), 12, 3.0),
    "four holes": Punch((-120, -40, 40, 120), 12, 3.0),
}
"""In North America three, 4 1/4 inches apart; elsewhere those of ISO 838, 80 mm apart."""
FILLS = {"white": 255, "black": 0}
"""A hole is as white or as dark as what lies below."""
Hole = tuple[float, float, float]
"""Its center from the left and from the top, and its radius, in millimetres."""


def holes(page: PdfPage, punch: Punch, edge: str = "left") -> list[Hole]:
    """Where they are in a page; `edge`: "left", "right" or "top"."""
    width, height = (length / MILLIMETRE for length in page.get_size())
    if edge == "top":
        return [(width / 2 + place, punch.inset, punch.radius) for place in punch.places]
    across = punch.inset if edge == "left" else width - punch.inset
    return [(across, height / 2 + place, punch.radius) for place in punch.places]


def raster(page: PdfPage) -> Image.Image:
    """A grey scan of a page."""
    scan: Image.Image = page.render(scale=DOTS / 72, grayscale=True).to_pil().convert("L")
    return scan


def punch_out(scan: Image.Image, holes: list[Hole], fill: int) -> Image.Image:
    """The scan with holes."""
    draw, dots = ImageDraw.Draw(scan), DOTS / 25.4
    for across, down, radius in holes:
        box = [(across - radius) * dots, (down - radius) * dots, (across + radius) * dots, (down + radius) * dots]
        draw.ellipse(box, fill=fill)
    return scan


def unread(document: PdfDocument, address: str, edges: tuple[str, ...] = ("left",)) -> list[str]:
    """The punches after which the code is no longer read; `edges`: those that may be punched."""
    found = []
    for (name, punch), (color, fill), edge in product(PUNCHES.items(), FILLS.items(), edges):
        scans = [punch_out(raster(page), holes(page, punch, edge), fill) for page in document]
        if [code.text for scan in scans for code in zxingcpp.read_barcodes(scan, formats=QR)] != [address]:
            found.append(f"{name}, {color}, {edge}")
    return found


def punched_out(page: PdfPage, edge: str = "left") -> Iterator[str]:
    """What of a page's words and pictures a punch takes away, with half a millimetre to spare."""
    _, height = page.get_size()
    text = page.get_textpage()
    boxes = [text.get_rect(number) for number in range(text.count_rects())]
    boxes += [one.get_bounds() for one in page.get_objects([pdfium.FPDF_PAGEOBJ_IMAGE])]
    for name, punch in PUNCHES.items():
        for across, down, radius in holes(page, punch, edge):
            x, y, reach = across * MILLIMETRE, height - down * MILLIMETRE, (radius + 0.5) * MILLIMETRE
            for left, bottom, right, top in boxes:
                near_x, near_y = min(max(x, left), right), min(max(y, bottom), top)
                if (near_x - x) ** 2 + (near_y - y) ** 2 < reach**2:
                    yield f"{name}: {text.get_text_bounded(left, bottom, right, top)}"


def share_of_page(page: PdfPage) -> float:
    """How much of a page's height its lines of words fill, without the one at its foot that says which page it is."""
    text, (_, height) = page.get_textpage(), page.get_size()
    rects = [text.get_rect(number) for number in range(text.count_rects())]
    rows: list[tuple[float, float]] = []
    for _, bottom, _, top in sorted(rects, key=lambda rect: rect[1]):
        if bottom < 15 * MILLIMETRE:
            continue
        if rows and bottom < rows[-1][1] - 1:
            rows[-1] = (rows[-1][0], max(top, rows[-1][1]))
        else:
            rows.append((bottom, top))
    filled: float = sum(top - bottom + LEADING for bottom, top in rows) / height
    return filled


LEADING = 6.0
"""Points of white that go with a line of 12 points."""
