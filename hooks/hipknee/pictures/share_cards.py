"""The picture that stands for a page where a link to it is passed on: title, summary and up to four pictures.

1200 by 630 pixels, which all large services show whole. Plan, then perform, as in `renditions`: a card is planned by a
hash over everything that is on it, and published by one over what was drawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

from ..colours import INK, PAPER, SOFT
from ..letters import letters
from ..stock import Stock, digest_of
from .decoding import as_seen, flattened, opened
from .originals import Picture, read, reading

WIDTH, HEIGHT = 1200, 630
MOST = 4
"""Pictures of a card."""
VERSION = 3
"""Part of every name. Raise it when the same page gives another card."""

_MARGIN, _BAND, _PICTURE, _GAP = 64, 84, 540, 16
_LEADING = 1.25


@dataclass(frozen=True)
class Card:
    """What is on a card."""

    stem: str
    """Begins its name."""
    title: str
    summary: str
    site: str
    colour: str
    """Of the band at its foot."""
    pictures: tuple[Picture, ...] = ()
    """What it shows: one, or up to four in two rows."""

    @property
    def name(self) -> str:
        """What it is planned as: `share-clamshell-1a2b3c4d5e.jpg`."""
        digests = [picture.digest for picture in self.pictures[:MOST]]
        content = "\0".join([self.title, self.summary, self.site, self.colour, *digests, str(VERSION)])
        return f"share-{self.stem}-{sha256(content.encode()).hexdigest()[:10]}.jpg"


class Shared(NamedTuple):
    """A card that is drawn: what it is called in the site, and where it is kept."""

    name: str
    path: Path


def make(cards: Mapping[str, Card], stock: Stock) -> dict[str, Shared]:
    """Draw what is missing in the stock: the cards by whatever they are called in `cards`.

    Raises `PictureError` for an original that can't be decoded, `OSError` when they can't be kept.
    """
    return {of: _kept(card, stock) for of, card in cards.items()}


def _kept(card: Card, stock: Stock) -> Shared:
    path = stock.find(card.name) or stock.put(card.name, draw(card))
    return Shared(f"share-{card.stem}-{digest_of(path)[:10]}.jpg", path)


def draw(card: Card) -> bytes:
    """The card as a JPEG file."""
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, HEIGHT - _BAND, WIDTH, HEIGHT), fill=card.colour)
    pen.text((_MARGIN, HEIGHT - _BAND / 2), card.site, font=letters("SemiBold", 36), fill="white", anchor="lm")
    room = WIDTH - 2 * _MARGIN
    if card.pictures:
        for picture, (left, top, wide, high) in zip(card.pictures[:MOST], _places(len(card.pictures)), strict=True):
            with reading(picture.path):
                drawing = flattened(as_seen(opened(read(picture.path))))
            drawing.thumbnail((wide, high), Image.Resampling.LANCZOS)
            image.paste(drawing, (left + (wide - drawing.width) // 2, top + (high - drawing.height) // 2))
        room = WIDTH - _MARGIN - _MARGIN // 2 - _PICTURE - _MARGIN // 2
    down, bottom = float(_MARGIN), HEIGHT - _BAND - _MARGIN / 2
    for text, face, sizes, colour, height in (
        (card.title, "Bold", (84, 72, 60, 50), INK, 0.55 * bottom),
        (card.summary, "Regular", (38, 34, 30) if card.pictures else (48, 40, 34, 30), SOFT, bottom),
    ):
        font, rows = _fitting(text, face, sizes, room, height - down)
        for row in rows:
            pen.text((_MARGIN, down), row, font=font, fill=colour, anchor="la")
            down += _LEADING * font.size
        down += 16
    out = BytesIO()
    image.save(out, "JPEG", quality=88, subsampling=0, optimize=True)
    return out.getvalue()


def _places(count: int) -> Iterator[tuple[int, int, int, int]]:
    """Where so many pictures stand: left, top, width and height of each."""
    left, top, height = WIDTH - _MARGIN // 2 - _PICTURE, _MARGIN // 2, HEIGHT - _BAND - _MARGIN
    rows = 1 if count == 1 else 2
    columns = 1 if count < 3 else 2
    wide, high = (_PICTURE - (columns - 1) * _GAP) // columns, (height - (rows - 1) * _GAP) // rows
    for place in range(min(count, MOST)):
        row, column = divmod(place, columns)
        alone = columns == 2 and column == 0 and place == count - 1
        aside = (wide + _GAP) // 2 if alone else column * (wide + _GAP)
        yield left + aside, top + row * (high + _GAP), wide, high


def _fitting(
    text: str, face: str, sizes: Iterable[int], room: float, height: float
) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """The largest size in which the text fits the room; in the smallest one, what does not fit is cut."""
    font, rows, lines = letters(face, 1), list[str](), 0
    for size in sizes:
        font = letters(face, size)
        rows, lines = _rows(text, font, room), int(height // (_LEADING * size))
        if len(rows) <= lines and all(font.getlength(row) <= room for row in rows):
            return font, rows
    if len(rows) > lines:
        words = rows[lines - 1].split()
        while words and font.getlength(f"{' '.join(words)} …") > room:
            words.pop()
        rows[lines - 1 :] = [f"{' '.join(words)} …"]
    return font, rows


def _rows(text: str, font: ImageFont.FreeTypeFont, room: float) -> list[str]:
    rows: list[str] = []
    for word in text.split():
        if rows and font.getlength(f"{rows[-1]} {word}") <= room:
            rows[-1] += f" {word}"
        else:
            rows.append(word)
    return rows
