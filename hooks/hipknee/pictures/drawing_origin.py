"""What a picture was drawn from: written into it by scripts/draw.py, read here, so that an old one is noticed.

The drawing itself needs libraries that the site does not; this needs nothing but the files.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from . import picture_texts
from .picture_texts import first_line

if TYPE_CHECKING:
    from PIL.Image import Image

KEY, AS = "drawn-from", "drawn-as"
"""The texts that a picture has of it: the record that is compared with the table, and the key of what is seen."""
VERSION = 3
"""Of the drawing. Raise it when the same pose gives another picture."""
POSES, FIGURES = "poses", "figure"
"""Inside images/: the tables, and the bodies that are posed."""
_PARTS = 7
"""Of a record: the table and its hash, the figure and the hashes of it and of the chart, the version, the pose."""
CHART = "woman"
"""The figure on which clothes and muscles are outlined, for all of them."""


def tables(images: Path) -> list[str]:
    """The names of all tables: "clamshell" of an exercise, "explanation/pelvis-drop" of a plate."""
    folder = images / POSES
    return sorted(path.relative_to(folder).with_suffix("").as_posix() for path in folder.rglob("*.yml"))


def pose_file(images: Path, name: str) -> Path:
    """The table of an exercise or a plate."""
    return images / POSES / f"{name}.yml"


def origin(images: Path, name: str, figure: str, pose: str) -> str:
    """What a picture of the table is drawn from now: its name and hash, the figure's name, the hashes of that and of
    the chart, the version, and which pose of the table it shows: "start", "finish", or another name without a blank.

    Raises OSError when one of the files can't be read.
    """
    bodies = " ".join(_digest(images / FIGURES / f"{who}.npz") for who in (figure, CHART))
    return f"{name} {_digest(pose_file(images, name))} {figure} {bodies} {VERSION} {pose}"


def record(image: Image) -> str | None:
    """What an opened picture says that it was drawn from; None when nobody drew it with the script."""
    content = image.info.get(KEY) or image.info.get("xmp")  # PNG has texts, WebP a packet of bytes
    text = content.decode("utf-8", "replace") if isinstance(content, bytes) else content
    if isinstance(text, str) and (text.startswith(f"{KEY}: ") or image.format == "PNG"):
        return first_line(text).removeprefix(f"{KEY}: ")
    return None


def signed(data: bytes, origin: str, key: str) -> bytes:
    """A picture file that was drawn now, with its record, and with the key of what it shows.

    Beside the key stands a hash of the picture itself, so that another picture with the same key is noticed.
    """
    rest = picture_texts.read(data, (KEY, AS)).rest
    return picture_texts.renewed(data, {KEY: origin, AS: f"{key} {rest}"})


def kept(data: bytes, origin: str, key: str) -> bytes | None:
    """A picture file that shows what has this key: as it is, or with its record renewed. None if it must be drawn."""
    try:
        texts, rest = picture_texts.read(data, (KEY, AS))
    except ValueError:
        return None
    if texts.get(AS) != f"{key} {rest}":
        return None
    return data if texts.get(KEY) == origin else picture_texts.renewed(data, {KEY: origin, AS: texts[AS]})


def is_stale(images: Path, record: str | None) -> bool:
    """Whether a picture with this record no longer shows what its pose table, the figure and the drawing say."""
    if record is None:
        return False
    try:
        name, _, figure, *_, pose = record.split(" ")
        return record != origin(images, name, figure, pose)
    except (OSError, ValueError):
        return True


def pose_of(record: str | None) -> str | None:
    """Which pose a picture with this record shows; None when nobody drew it with the script, or it does not say."""
    parts = (record or "").split(" ")
    return parts[-1] if len(parts) == _PARTS else None


def _digest(path: Path) -> str:
    stat = path.stat()
    return _digested(path, stat.st_size, stat.st_mtime_ns)


@lru_cache(maxsize=1024)
def _digested(path: Path, size: int, mtime_ns: int) -> str:
    return sha256(path.read_bytes()).hexdigest()[:16]
