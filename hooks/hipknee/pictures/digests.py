"""The hashes of files, known by what the system says of these: a file that nobody has touched is not read again."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import NamedTuple

from ..keeping import Kept, core, kept, key

FILE = Path(".cache", "digests")
"""Below a project's root."""
_RECENT = 2_000_000_000
"""Nanoseconds. What was written so shortly before it was read may change again within one tick of the clock."""


class Bytes(NamedTuple):
    """What is to be known of a file before it is decoded: its SHA-256, in hex, and what kind of picture it is."""

    digest: str
    kind: str


class Digests:
    """The files that are known. A file counts as the same with the same size, times and place on the disk."""

    def __init__(self, file: Path) -> None:
        self._kept: Kept = kept(file, core())

    def get(self, path: Path, stat: os.stat_result) -> Bytes | None:
        """What is known of a file whose state is `stat`; None when that is nothing, or it has changed."""
        value = self._kept.get(key(str(path)))
        return Bytes(*value[1]) if value and value[0] == _state(stat) else None

    def put(self, path: Path, stat: os.stat_result, content: Bytes) -> None:
        """Something new, read when the state of the file was `stat`."""
        if time.time_ns() - max(stat.st_mtime_ns, stat.st_ctime_ns) > _RECENT:
            self._kept.put(key(str(path)), [_state(stat), [*content]])

    def keep(self) -> None:
        """Keep what was asked for and put, and forget all else."""
        self._kept.keep()


def _state(stat: os.stat_result) -> list[int]:
    return [stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino]
