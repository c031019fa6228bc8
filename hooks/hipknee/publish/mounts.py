"""Folders that stand for another disk, or another folder: as in a container, they can't be moved."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

_TABLE = Path("/proc/self/mountinfo")
_ESCAPE = re.compile(r"\\([0-7]{3})")


def within(folder: Path) -> bool:
    """Whether a folder is such a one, or one lies in it. Where the system has no table of them, only itself is seen."""
    folder = folder.resolve()
    return folder.is_mount() or any(point == folder or folder in point.parents for point in _points())


def _points() -> list[Path]:
    with suppress(OSError):
        lines = _TABLE.read_text("utf-8", "surrogateescape").splitlines()
        return [Path(_ESCAPE.sub(lambda match: chr(int(match[1], 8)), line.split(" ")[4])) for line in lines]
    return []
