"""The original pictures: where they are, whether they can be trusted, and which of them look the same.

Whatever a file holds, the answer is a `Picture` or a `PictureError` in an editor's words. Nothing here writes.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from unicodedata import normalize
from zlib import crc32

from PIL import Image, ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from ..problems import did_you_mean
from ..rules import Rule

MIN_LONG_SIDE = 800
"""Pixels. Below this a picture is blurred on a phone held sideways, and on paper."""
MAX_PIXELS = 60_000_000
"""Of one frame: what a good phone takes is accepted. Decoded it fills 240 MB."""
MAX_SIDE = 16383
"""The most that a WebP can have, which every picture becomes."""
MAX_MOTION_PIXELS = 4 * MAX_PIXELS
"""Of all frames together: 15 seconds of 1200 x 900 at 15 frames a second."""
MAX_BYTES = 100_000_000

THUMBNAIL = (64, 48)
_SAVE_AGAIN = "Open it in a picture program and save it again as a PNG or JPEG."

# What the first bytes say a file is, most particular first, and what an editor can do about it.
_KINDS = tuple(
    (re.compile(pattern, re.DOTALL | re.IGNORECASE), kind, advice)
    for pattern, kind, advice in (
        (rb"\x89PNG\r\n\x1a\n", "PNG", ""),
        (rb"\xff\xd8\xff", "JPEG", ""),
        (rb"RIFF....WEBP", "WebP", ""),
        (rb"GIF8", "a GIF", "Save it as a PNG; a moving one as an animated WebP."),
        (rb"BM", "a BMP", "Save it as a PNG."),
        (rb"II\*\0|MM\0\*", "a TIFF", "Save it as a PNG."),
        (rb"....ftypavi[fs]", "an AVIF picture", "Save it as a PNG or JPEG."),
        (
            rb"....ftyp(?:hei|hev|mif|msf)",
            "an HEIC photo",
            "Export it as a JPEG. An iPhone takes JPEGs with Settings > Camera > Formats > Most Compatible.",
        ),
        (rb"....ftyp", "a video", "Export it as an animated WebP of a few seconds."),
        (rb"%PDF", "a PDF", "Export its page as a PNG, 1200 pixels wide or more."),
        (rb"8BPS", "a Photoshop file", "Export it as a PNG."),
        (rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype )?html", "a web page", "Save the picture itself, not the page around it."),
        (rb"(?:\xef\xbb\xbf)?\s*<(?:svg|\?xml|!)", "an SVG drawing", "Export it as a PNG, 1200 pixels wide or more."),
    )
)


class PictureError(ValueError):
    """A picture that can't be used. `rule` is image-missing, image-unreadable or image-small."""

    def __init__(self, rule: Rule, message: str, hint: str = "") -> None:
        super().__init__(f"{message} {hint}".rstrip())
        self.rule, self.message, self.hint = rule, message, hint


@dataclass(frozen=True)
class Picture:
    """An original that has been opened, decoded and found good."""

    path: Path
    width: int
    """Pixels as seen: a camera's turn (EXIF orientation) is already applied. So is it for `height`."""
    height: int
    animated: bool
    digest: str
    """SHA-256 of the file's bytes, in hex."""
    thumbnail: bytes = field(repr=False)
    """The first frame as 48 rows of 64 grey pixels, 0 to 255, on white."""


def locate(root: Path, file: str) -> Path:
    """The picture that `file`, as written in a page, names in the folder `root`.

    Every part of the name must be spelled as on disk, whatever the system accepts, and must stay inside `root`.
    Raises `PictureError` (image-missing).
    """

    where, quoted = f"{root.name}/", _quoted(file)

    def missing(message: str, hint: str) -> PictureError:
        return PictureError(Rule.IMAGE_MISSING, message, hint)

    parts = file.split("/")
    if re.search(r"[\\:]", file) or not all(part.strip() and not part.startswith(".") for part in parts):
        example = f"Write folder/name as they stand in {where}, such as 'clamshell/start.png'."
        raise missing(f"{quoted} does not name a picture in {where}.", example)

    path = root
    for number, part in enumerate(parts, start=1):
        if not _holds(path, part):
            entries = [entry for entry in _entries(path) if entry.name != part]  # that one would be a link to nothing
            twin = next((entry.name for entry in entries if _folded(entry.name) == _folded(part)), "")
            if twin:
                why = "Write it in exactly that spelling: on the web server, capital and small letters differ."
                raise missing(f"{quoted} is spelled '{twin}' on disk, not '{part}'.", why)
            names = (entry.name for entry in entries if entry.is_dir() is (number < len(parts)))
            raise missing(f"There is no picture {quoted} in {where}.", did_you_mean(part, names))
        path /= part
    if not path.resolve().is_relative_to(root.resolve()):
        raise missing(f"{quoted} is a link that leads out of {where}.", "Put the picture itself there.")
    if path.is_dir():
        names = (entry.name for entry in _entries(path) if entry.is_file())
        raise missing(f"{quoted} is a folder, not a picture.", did_you_mean("", names))
    return path


def inspect(path: Path, *, may_move: bool = False) -> Picture:
    """Open and decode the picture at `path` once; an unchanged file is remembered for as long as the process lives.

    Raises `PictureError`, whatever is wrong with the file.
    """
    with reading(path):
        stat = path.stat()
    return _inspected(path, stat.st_size, stat.st_mtime_ns, may_move)


@lru_cache(maxsize=8192)
def _inspected(path: Path, size: int, mtime_ns: int, may_move: bool) -> Picture:
    data = read(path)
    with reading(path):
        image = opened(path, data)
        animated = bool(getattr(image, "is_animated", False))
        if animated and not may_move:
            raise _unreadable(path, "moves", "Save one still of it as a PNG or JPEG; only 'motion' may move.")
        seen = as_seen(image)
        if max(seen.size) < MIN_LONG_SIDE:
            raise PictureError(
                Rule.IMAGE_SMALL,
                f"{_short_name(path)} is {seen.width} x {seen.height} pixels; its longer side needs {MIN_LONG_SIDE}.",
                "Export it again in a larger size (1200 is good). To enlarge the small one does not help.",
            )
        # Alpha is weighed in when a picture with alpha is shrunk: flattening the small one is the same, and quick.
        grey = flattened(seen.resize(THUMBNAIL, Image.Resampling.BICUBIC)).convert("L")
    return Picture(path, seen.width, seen.height, animated, sha256(data).hexdigest(), grey.tobytes())


def read(path: Path) -> bytes:
    """The bytes of a file, which is there, not empty and not enormous. Raises `PictureError`."""
    with reading(path):
        if path.is_dir():
            raise PictureError(
                Rule.IMAGE_MISSING, f"{_short_name(path)} is a folder, not a picture.", "Name a file in it."
            )
        size = path.stat().st_size
        if not size:
            raise _unreadable(path, "is empty (0 bytes)", "Copy it again from where it came from.")
        if size > MAX_BYTES:
            most = f"Save it smaller: up to {MAX_BYTES // 1_000_000} MB."
            raise _unreadable(path, f"has {size // 1_000_000} MB", most)
        return path.read_bytes()


def opened(path: Path, data: bytes) -> ImageFile.ImageFile:
    """The picture in `data`, with nothing decoded yet. `path` gives the ending to check, and the name for messages.

    Pillow's readers are called one by one rather than through `Image.open`: it would guess the type again, and
    answer to a large picture with a warning, which only the whole process could turn into an error.
    """
    kind, advice = next(((kind, advice) for pattern, kind, advice in _KINDS if pattern.match(data)), ("", ""))
    if kind not in _FORMATS:
        what = f"is {kind}, which the site can't use" if kind else "is not a picture that can be read"
        raise _unreadable(path, what, advice or _SAVE_AGAIN)
    endings, reader = _FORMATS[kind]
    if path.suffix.lower() not in endings:
        name = path.with_suffix(endings[0]).name
        raise _unreadable(path, f"is in truth a {kind}", f"Rename it to '{name}', and name it so in the page.")

    with reading(path):
        if kind == "PNG" and not _png_is_whole(data):
            raise _damaged(path)
        image = reader(BytesIO(data))
        if image.width * image.height > MAX_PIXELS or max(image.size) > MAX_SIDE:
            raise Image.DecompressionBombError
        if image.width * image.height * int(getattr(image, "n_frames", 1)) > MAX_MOTION_PIXELS:
            raise _unreadable(path, "moves for too long", "Save a few seconds of it, 800 pixels wide.")
        if image.mode == "CMYK":
            raise _unreadable(path, "has the colours of a printing press (CMYK)", "Save it again in RGB.")
        return image


def as_seen(image: ImageFile.ImageFile) -> Image.Image:
    """The current frame decoded: RGB or RGBA, turned as its EXIF orientation says, and without any metadata."""
    claimed = image.size
    image.load()
    if image.size != claimed:
        raise ValueError("the header lies about the size")
    if image.mode.startswith("I"):
        # Pillow cuts 16-bit grey off at 255 instead of scaling it, which leaves a white picture.
        pixels = image.convert("I").point(lambda value: value * (1 / 257) + 0.5).convert("L").convert("RGB")
    else:
        pixels = image.convert("RGBA" if image.has_transparency_data else "RGB")
    turn = _TURNS.get(_orientation(image.info.get("exif", b"")))
    pixels = pixels if turn is None else pixels.transpose(turn)
    pixels.info = {}
    return pixels


def flattened(image: Image.Image) -> Image.Image:
    """An RGB or RGBA picture as RGB, on white."""
    if image.mode != "RGBA":
        return image
    return Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Whatever goes wrong inside while the picture at `path` is read is raised as a `PictureError`."""
    try:
        yield
    except PictureError:
        raise
    except (FileNotFoundError, NotADirectoryError) as error:
        raise PictureError(Rule.IMAGE_MISSING, f"There is no picture {_short_name(path)}.") from error
    except PermissionError as error:
        raise _unreadable(path, "may not be read", "Is it open in another program? Close it there.") from error
    except Image.DecompressionBombError as error:
        most = f"Save it smaller: 1200 to 4000 pixels wide; {MAX_PIXELS // 1_000_000} million pixels are the limit."
        raise _unreadable(path, "is far too large", most) from error
    # A damaged file can make Pillow raise nearly anything: SyntaxError, struct.error, EOFError, MemoryError ...
    except Exception as error:
        raise _damaged(path) from error


class _JpegFile(JpegImageFile):
    """A JPEG whose EXIF block Pillow leaves alone: while opening, it warns about damage there that browsers ignore."""

    def getexif(self) -> Image.Exif:
        return Image.Exif()


_FORMATS: dict[str, tuple[tuple[str, ...], Callable[[BytesIO], ImageFile.ImageFile]]] = {
    "PNG": ((".png",), PngImageFile),
    "JPEG": ((".jpg", ".jpeg"), _JpegFile),
    "WebP": ((".webp",), WebPImageFile),
}
"""What the site takes: the endings of its file names, the first one being the usual one, and what reads it."""

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


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


def _holds(folder: Path, name: str) -> bool:
    """The folder has an entry of exactly this spelling."""
    try:
        # To read a folder of a thousand pictures for each of them is slow, and only needed where capitals don't count.
        spelling_counts = not (folder / name.swapcase()).exists()
        return (folder / name).exists() and (spelling_counts or any(entry.name == name for entry in _entries(folder)))
    except OSError:  # a name that no file can have
        return False


def _entries(folder: Path) -> list[Path]:
    """What is in a folder, save for hidden files; nothing when it is no folder."""
    return [entry for entry in folder.iterdir() if not entry.name.startswith(".")] if folder.is_dir() else []


def _folded(name: str) -> str:
    """Equal for names that Windows or macOS take for the same file and a web server does not."""
    return normalize("NFC", name).casefold()


def _quoted(file: str) -> str:
    return f"'{file}'" if file.isprintable() else ascii(file)


def _short_name(path: Path) -> str:
    return _quoted(f"{path.parent.name}/{path.name}")


def _unreadable(path: Path, what: str, hint: str) -> PictureError:
    return PictureError(Rule.IMAGE_UNREADABLE, f"{_short_name(path)} {what}.", hint)


def _damaged(path: Path) -> PictureError:
    return _unreadable(path, "is damaged or incomplete", "Copy it again, or save it again from a picture program.")
