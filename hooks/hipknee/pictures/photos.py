"""Photos on their way into `images/`: turned as they are seen, without what a camera wrote into them, in one frame."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from .decoding import as_seen, opened
from .formats import ENDINGS, FaultError, kind_of
from .originals import read, reading
from .rendering import in_srgb

LONG_SIDE = 2000
"""Pixels, at most: what a page or a sheet can show of it."""
_SETTINGS: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 90, "optimize": True},
    "PNG": {"optimize": True},
    "WebP": {"quality": 90, "method": 4},
}


@dataclass(frozen=True)
class Photo:
    """A picture as it is seen, RGB or RGBA, to be saved as its kind again."""

    image: Image.Image
    kind: str

    @property
    def ending(self) -> str:
        """That of its file: ".jpg"."""
        return ENDINGS[self.kind][0]

    @property
    def ratio(self) -> float:
        """Of width to height."""
        return self.image.width / self.image.height

    def encoded(self) -> bytes:
        """The file, which holds pixels only: no place, no day, no camera."""
        out = BytesIO()
        self.image.save(out, self.kind, **_SETTINGS[self.kind])
        return out.getvalue()


def photo(path: Path) -> Photo:
    """The picture in the file at `path`, which may have any name: no larger than `LONG_SIDE`. Raises `PictureError`."""
    data = read(path)
    with reading(path):
        try:
            original = opened(data)
            if getattr(original, "is_animated", False):
                raise FaultError("moves", "Save one frame of it as a PNG or JPEG.")
            seen = as_seen(original)
        except (FaultError, MemoryError):
            raise
        except Exception as error:  # a damaged file can make Pillow raise nearly anything
            raise FaultError("is damaged or incomplete", "Copy it again, or export it as a JPEG.") from error
        scale = min(1.0, LONG_SIDE / max(seen.size))
        small = seen.resize(_size(seen, scale), Image.Resampling.LANCZOS, reducing_gap=3.0) if scale < 1 else seen
        return Photo(in_srgb(small, original.info.get("icc_profile")), kind_of(data))


def same_shape(first: Photo, second: Photo, tolerance: float) -> bool:
    """Whether the ratios of their sides differ by no more than a part of them."""
    return max(first.ratio, second.ratio) / min(first.ratio, second.ratio) <= 1 + tolerance


def in_one_frame(first: Photo, second: Photo) -> tuple[Photo, Photo]:
    """Both cut around their middle to the ratio between theirs, where each loses as much, and of one size."""
    ratio = math.sqrt(first.ratio * second.ratio)
    boxes = [_box(each.image, ratio) for each in (first, second)]
    width = min(round(right - left) for left, _, right, _ in boxes)
    size = (width, max(1, round(width / ratio)))
    framed = [
        replace(each, image=each.image.resize(size, Image.Resampling.LANCZOS, box=box))
        for each, box in zip((first, second), boxes, strict=True)
    ]
    return framed[0], framed[1]


def _size(image: Image.Image, scale: float) -> tuple[int, int]:
    return max(1, round(image.width * scale)), max(1, round(image.height * scale))


def _box(image: Image.Image, ratio: float) -> tuple[float, float, float, float]:
    """The largest part of a picture around its middle that has this ratio."""
    width, height = min(image.width, image.height * ratio), min(image.height, image.width / ratio)
    left, top = (image.width - width) / 2, (image.height - height) / 2
    return left, top, left + width, top + height
