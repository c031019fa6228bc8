"""Decoding: from the bytes of a picture to its pixels, as they are seen, and to what they look like.

This alone needs Pillow, which takes a tenth of a second to open: who only asks for what is known does without.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from io import BytesIO
from zlib import crc32

from PIL import Image, ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from . import drawing_origin
from .drawing_facts import KEY, DrawingFacts
from .formats import DAMAGED, FaultError, kind_of
from .looks import THUMBNAIL, Look

MAX_PIXELS = 60_000_000
"""Of one frame: what a good phone takes is accepted. Decoded it fills 240 MB."""
MAX_SIDE = 16383
"""The most that a WebP can have, which every picture becomes."""
MAX_MOTION_PIXELS = 4 * MAX_PIXELS
"""Of all frames together: 15 seconds of 1200 x 900 at 15 frames a second."""


def look(data: bytes) -> Look:
    """What the picture in `data` looks like, or what is wrong with it; its file may have any name.

    Raises `MemoryError`, which says nothing about the picture.
    """
    animated = False
    try:
        image = opened(data)
        animated = bool(getattr(image, "is_animated", False))
        origin = drawing_origin.record(image)
        facts = DrawingFacts.of(image.info.get(KEY))
        pixels, turn = decoded(image), _turn(image)
        is_lying = turn in _LYING
        # What is grey is shrunk three times as fast. But alpha is weighed in only when a picture with alpha is shrunk.
        shrunk = pixels if pixels.mode == "RGBA" else pixels.convert("L")
        small = shrunk.resize(THUMBNAIL[::-1] if is_lying else THUMBNAIL, Image.Resampling.BICUBIC)
        grey = flattened(small if turn is None else small.transpose(turn)).convert("L")
    except FaultError as error:
        return Look(animated=animated, fault=error.fault)
    except MemoryError:
        raise
    # A damaged file can make Pillow raise nearly anything: SyntaxError, struct.error, EOFError, OSError ...
    except Exception:
        return Look(animated=animated, fault=DAMAGED)
    width, height = pixels.size[::-1] if is_lying else pixels.size
    return Look(width, height, animated, grey.tobytes(), origin, facts)


def opened(data: bytes) -> ImageFile.ImageFile:
    """The picture in `data`, with nothing decoded yet. Raises `FaultError`, and whatever Pillow does.

    Pillow's readers are called one by one rather than through `Image.open`: it would guess the type again, and
    answer to a large picture with a warning, which only the whole process could turn into an error.
    """
    kind = kind_of(data)
    if kind == "PNG" and not _png_is_whole(data):
        raise FaultError(*DAMAGED)
    try:
        image = _READERS[kind](BytesIO(data))
        if image.width * image.height > MAX_PIXELS or max(image.size) > MAX_SIDE:
            raise Image.DecompressionBombError
    except Image.DecompressionBombError as error:
        most = f"Save it smaller: 1200 to 4000 pixels wide. The limit is {MAX_PIXELS // 1_000_000} million pixels."
        raise FaultError("is far too large", most) from error
    if image.width * image.height * int(getattr(image, "n_frames", 1)) > MAX_MOTION_PIXELS:
        raise FaultError("plays for too long", "Save a few seconds of it, 800 pixels wide.")
    if image.mode == "CMYK":
        raise FaultError("has colors for a printing press (CMYK)", "Save it again in RGB.")
    return image


def as_seen(image: ImageFile.ImageFile) -> Image.Image:
    """The current frame decoded: RGB or RGBA, turned as its EXIF orientation says, and without any metadata."""
    pixels, turn = decoded(image), _turn(image)
    if turn is not None:
        pixels = pixels.transpose(turn)
    elif pixels is image:
        pixels = pixels.copy()
    pixels.info = {}
    return pixels


def decoded(image: ImageFile.ImageFile) -> Image.Image:
    """The current frame decoded: RGB or RGBA, as it lies in the file."""
    claimed = image.size
    image.load()
    if image.size != claimed:
        raise ValueError("the header lies about the size")
    if image.mode.startswith("I"):
        # Pillow cuts 16-bit grey off at 255 instead of scaling it, which leaves a white picture.
        return image.convert("I").point(lambda value: value * (1 / 257) + 0.5).convert("L").convert("RGB")
    mode = "RGBA" if image.has_transparency_data else "RGB"
    return image if image.mode == mode else image.convert(mode)


def _turn(image: ImageFile.ImageFile) -> Image.Transpose | None:
    """How a camera was held."""
    return _TURNS.get(_orientation(image.info.get("exif", b"")))


def flattened(image: Image.Image) -> Image.Image:
    """An RGB or RGBA picture as RGB, on white."""
    if image.mode != "RGBA":
        return image
    return Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")


class _JpegFile(JpegImageFile):
    """A JPEG whose EXIF block Pillow leaves alone: while opening, it warns about damage there that browsers ignore."""

    def getexif(self) -> Image.Exif:
        return Image.Exif()


_READERS: dict[str, Callable[[BytesIO], ImageFile.ImageFile]] = {
    "PNG": PngImageFile,
    "JPEG": _JpegFile,
    "WebP": WebPImageFile,
}
"""What reads each kind of picture that the site takes."""

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


_LYING = {_TURNS[orientation] for orientation in (5, 6, 7, 8)}
"""Where width and height change places."""


def _orientation(exif: bytes) -> int:
    """The EXIF orientation, 1 to 8; 1 (upright) when there is none or the block is damaged, as browsers have it."""
    tiff = exif.removeprefix(b"Exif\0\0")
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(tiff[:4])
    if order is None:
        return 1
    try:
        (start,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, start)
        entries = (struct.unpack_from(f"{order}HHIH", tiff, start + 2 + 12 * number) for number in range(count))
        return next((value for tag, _, _, value in entries if tag == 0x0112), 1)
    except struct.error:
        return 1


def _png_is_whole(data: bytes) -> bool:
    """All chunks up to the last are there and their checksums agree, which browsers insist on and Pillow does not."""
    view, at = memoryview(data), 8
    while at + 12 <= len(data):
        end = at + 12 + int.from_bytes(view[at : at + 4])
        if end > len(data) or crc32(view[at + 4 : end - 4]) != int.from_bytes(view[end - 4 : end]):
            return False
        if data[at + 4 : at + 8] == b"IEND":
            return True
        at = end
    return False
