"""What a picture was drawn from: written into it by scripts/draw.py, read here, so that an old one is noticed.

The drawing itself needs libraries that the site does not; this needs nothing but the files.
"""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from PIL import Image

KEY = "drawn-from"
VERSION = 2
"""Of the drawing. Raise it when the same pose gives another picture."""
POSES, FIGURE = "poses", "figure/woman.npz"
"""Inside images/: the pose tables, and the body that is posed."""


def pose_file(images: Path, slug: str) -> Path:
    """The pose table of an exercise."""
    return images / POSES / f"{slug}.yml"


def origin(images: Path, slug: str) -> str:
    """What a picture of the exercise is drawn from now: its name, hashes of pose table and figure, and the version.

    Raises OSError when one of the files can't be read.
    """
    return f"{slug} {_digest(pose_file(images, slug))} {_digest(images / FIGURE)} {VERSION}"


def recorded(path: Path) -> str | None:
    """What a picture says that it was drawn from; None when nobody drew it with the script, or it can't be read."""
    with suppress(OSError, ValueError, Image.DecompressionBombError), Image.open(path) as image:
        said = image.info.get(KEY) or image.info.get("xmp")  # PNG has texts, WebP a packet of bytes
        text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
        if isinstance(text, str) and (text.startswith(f"{KEY}: ") or image.format == "PNG"):
            return text.removeprefix(f"{KEY}: ")
    return None


def is_stale(images: Path, path: Path) -> bool:
    """Whether a drawn picture no longer shows what its pose table, the figure and the drawing say."""
    said = recorded(path)
    if said is None:
        return False
    try:
        return said != origin(images, said.split(" ")[0])
    except OSError:
        return True


def _digest(path: Path) -> str:
    stat = path.stat()
    return _digested(path, stat.st_size, stat.st_mtime_ns)


@lru_cache(maxsize=1024)
def _digested(path: Path, size: int, mtime_ns: int) -> str:
    return sha256(path.read_bytes()).hexdigest()[:16]
