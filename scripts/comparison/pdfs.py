"""PDF files: what they say, how they are built up, and how they look."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]
from PIL import Image, ImageChops, ImageDraw
from pypdfium2 import PdfDocument, PdfiumError, PdfPage, PdfTextPage

from .texts import Difference, diff

DPI = 100
_VERSION = re.compile(r"((?:\d{4}-\d\d-\d\d|\b\d{4})\D{1,40}?\b)([0-9a-f]{8})\b")
"""The end of a date with what stands before the version, and the version: 8 hex digits."""
_MARGIN = 2
"""Pixels around a line that belong to it."""


def compare(old: bytes, new: bytes, pixels: bool = True) -> Difference | None:
    """What differs but for the version in the text, or None. `pixels`: how the pages look, too."""
    if old == new:
        return None
    try:
        documents = PdfDocument(old), PdfDocument(new)
    except PdfiumError as error:
        return Difference(f"can't be read: {error}")
    facts = described(documents[0]), described(documents[1])
    kinds = [kind for kind in {**facts[0], **facts[1]} if facts[0].get(kind) != facts[1].get(kind)]
    what = [f"another {kind}" for kind in kinds]
    if pixels:
        what += [f"page {number} looks different: {share:.2%} of its pixels" for number, share in _looks(*documents)]
    lines = [[f"{kind}: {line}" for kind in kinds for line in each.get(kind, ())] for each in facts]
    return Difference("; ".join(what[:6] + ["…"] * (len(what) > 6)), diff(lines[0], lines[1])) if what else None


def without_version(text: str) -> str:
    """The text with a star for a version."""
    return _VERSION.sub(r"\1*", text)


def described(document: PdfDocument) -> dict[str, list[str]]:
    """All that a reader or a screen reader is told, by kind, in lines."""
    pages = [*document]
    return {
        "number of pages": [str(len(pages))],
        "size of paper": [" × ".join(f"{side:.1f}" for side in page.get_size()) for page in pages],
        "language": [_text(pdfium.FPDFCatalog_GetLanguage, document.raw)],
        "metadata": [f"{key}: {value}" for key, value in document.get_metadata_dict().items()],
        "outline": [f"{mark.level} {mark.get_title()}" for mark in document.get_toc()],
        "text": [line for page in pages for line in without_version(_read(page)).splitlines()],
        "links": [link for page in pages for link in _links(document, page)],
        "tags": [tag for page in pages for tag in _tags(page)],
    }


def _read(page: PdfPage) -> str:
    return str(page.get_textpage().get_text_range())


def _looks(old: PdfDocument, new: PdfDocument) -> Iterator[tuple[int, float]]:
    """Each page that both have and that looks different: its number, and the share of its pixels that differ."""
    for number, pair in enumerate(zip(old, new, strict=False), 1):
        versions = [[match[2] for match in _VERSION.finditer(_read(page))] for page in pair]
        rasters = [_raster(page, masked=versions[0] != versions[1]) for page in pair]
        if rasters[0].size == rasters[1].size and (share := differing(*rasters)):
            yield number, share


def differing(old: Image.Image, new: Image.Image) -> float:
    """The share of pixels that differ between two pictures of one size."""
    red, green, blue = ImageChops.difference(old.convert("RGB"), new.convert("RGB")).split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return 1 - most.histogram()[0] / (most.width * most.height)


def _raster(page: PdfPage, masked: bool) -> Image.Image:
    """How the page looks; `masked`: without the lines that hold a version, which is as wide as its letters."""
    raster: Image.Image = page.render(scale=DPI / 72).to_pil().convert("RGB")
    text = page.get_textpage()
    for top, bottom in _version_lines(page, text) if masked else ():
        ImageDraw.Draw(raster).rectangle((0, top - _MARGIN, raster.width, bottom + _MARGIN), fill="white")
    return raster


def _version_lines(page: PdfPage, text: PdfTextPage) -> Iterator[tuple[float, float]]:
    """The top and the bottom, in pixels, of the letters of each version."""
    height = page.get_height()
    letters = (chr(pdfium.FPDFText_GetUnicode(text.raw, index)) for index in range(text.count_chars()))
    for match in _VERSION.finditer("".join(letters)):
        boxes = [text.get_charbox(index, loose=True) for index in range(match.start(2), match.end(2))]
        top, bottom = max(box[3] for box in boxes), min(box[1] for box in boxes)
        yield (height - top) * DPI / 72, (height - bottom) * DPI / 72


def _links(document: PdfDocument, page: PdfPage) -> Iterator[str]:
    """Where each link of a page leads: an address, or "#" and a page's number."""
    position, link = ctypes.c_int(0), pdfium.FPDF_LINK()
    while pdfium.FPDFLink_Enumerate(page.raw, position, link):
        if target := pdfium.FPDFLink_GetDest(document.raw, link):
            yield f"#{pdfium.FPDFDest_GetDestPageIndex(document.raw, target) + 1}"
            continue
        action = pdfium.FPDFLink_GetAction(link)
        length = pdfium.FPDFAction_GetURIPath(document.raw, action, None, 0)
        address = ctypes.create_string_buffer(length)
        pdfium.FPDFAction_GetURIPath(document.raw, action, address, length)
        yield address.value.decode("utf-8", "replace")


def _tags(page: PdfPage) -> list[str]:
    """The tags of a page in reading order, indented, each with the words for a picture and the language it has."""
    tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
    if not tree:
        return []
    tags = list[str]()

    def walk(element: Any, depth: int) -> None:
        readers = (pdfium.FPDF_StructElement_GetType, pdfium.FPDF_StructElement_GetAltText)
        parts = [_text(read, element) for read in (*readers, pdfium.FPDF_StructElement_GetLang)]
        tags.append(" " * depth + " | ".join(part for part in parts if part))
        for index in range(pdfium.FPDF_StructElement_CountChildren(element)):
            if child := pdfium.FPDF_StructElement_GetChildAtIndex(element, index):
                walk(child, depth + 1)

    for index in range(pdfium.FPDF_StructTree_CountChildren(tree)):
        if child := pdfium.FPDF_StructTree_GetChildAtIndex(tree, index):
            walk(child, 0)
    pdfium.FPDF_StructTree_Close(tree)
    return tags


def _text(read: Any, source: Any) -> str:
    """A text that pdfium writes into a buffer, as UTF-16 with a zero at its end."""
    length = read(source, None, 0)
    buffer = ctypes.create_string_buffer(max(length, 2))
    read(source, ctypes.cast(buffer, read.argtypes[1]), length)
    return buffer.raw[:length].decode("utf-16-le", "replace").rstrip("\0")
