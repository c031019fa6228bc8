"""Who is at work in a folder: a lock that ends with the process that has taken it, however that ends."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: there the age decides
    fcntl = None  # type: ignore[assignment]

_STALE = 24 * 3600.0
"""Seconds after which nobody is at work any more, where there are no locks."""
_held: dict[Path, int] = {}


def take(folder: Path) -> None:
    """Be at work in a folder, until it is released. Where the disk has no locks, nobody knows of it."""
    if fcntl is None:
        return
    with suppress(OSError):
        _held[folder] = descriptor = os.open(folder, os.O_RDONLY)
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def release(folder: Path) -> None:
    """Be at work there no longer."""
    if (descriptor := _held.pop(folder, None)) is not None:
        os.close(descriptor)


def is_free(folder: Path) -> bool:
    """Whether nobody is at work in a folder."""
    if folder in _held:
        return False
    try:
        if fcntl is not None:
            descriptor = os.open(folder, os.O_RDONLY)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return True
            finally:
                os.close(descriptor)
    except BlockingIOError:
        return False
    except OSError:  # the disk has no locks
        pass
    with suppress(OSError):
        return time.time() - folder.stat().st_mtime > _STALE
    return False
