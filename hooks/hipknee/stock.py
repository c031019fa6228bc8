"""Files that were made once, kept from run to run in a folder: each by the hash of all that it follows from.

The name of a file holds a hash of what is in it, too. So a file that is not what was written there, whatever has
happened to it, is nobody's, and is made again; and runs that make the same file at once do each other no harm.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

UNUSED = 3600.0
"""Seconds for which a file is left that nobody asks for: another run may be about to."""
_RECENT = UNUSED / 2  # seconds; when somebody has asked since, nobody has to write it down
_NAME = re.compile(r"(?P<stem>.+)\.(?P<sum>[0-9a-f]{32})(?P<ending>\.\w+)")

_State = tuple[int, int, int]
_sound: dict[str, _State] = {}
"""What the system said of a file, by its path, when it was read and was what its name says."""


class _Copy(NamedTuple):
    """A file with a name, and with its content or any other."""

    path: str
    sum: str
    stat: os.stat_result


class Stock:
    """The files in a folder, as they are when this is opened. Several processes may share it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._copies: dict[str, list[_Copy]] = {}
        self._needed: set[str] = set()
        for name, copy in _copies(folder):
            self._copies.setdefault(name, []).append(copy)

    def find(self, name: str) -> Path | None:
        """The file that was kept under a name, such as "clamshell-a4-0123456789abcdef.pdf", if it is what it was.

        One that is not is deleted.
        """
        for copy in self._copies.get(name, ()):
            if _is_sound(copy):
                _ask(copy)
                self._needed.add(copy.path)
                return Path(copy.path)
            with suppress(OSError):  # then it is passed over
                Path(copy.path).unlink()
        return None

    def put(self, name: str, content: bytes) -> Path:
        """Keep a file under a name. Raises OSError."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = keep(self.folder, name, content)
        self.need(path)
        return path

    def need(self, path: Path) -> None:
        """Keep on a file that another process has put there."""
        self._needed.add(str(path))

    def prune(self) -> None:
        """Delete what nobody has asked for in the last hour, and what runs that were cut off have left.

        What does not look like a file of a stock stays, so that a wrong folder loses nothing.
        """
        long_ago = time.time() - UNUSED
        with suppress(OSError), os.scandir(self.folder) as entries:
            for entry in entries:
                is_ours = _NAME.fullmatch(entry.name) or entry.name.endswith(".part")
                if not is_ours or entry.path in self._needed:
                    continue
                with suppress(OSError):  # another run deletes it, or on Windows somebody reads it
                    if _asked(entry.stat()) < long_ago:
                        Path(entry.path).unlink()


def sound(path: Path) -> bool:
    """Whether a file in a stock is what was put there. It is read again only when the system says that it changed."""
    name = _NAME.fullmatch(path.name)
    try:
        return name is not None and _is_sound(_Copy(str(path), name["sum"], path.stat()))
    except OSError:
        return False


def keep(folder: Path, name: str, content: bytes) -> Path:
    """Put a file into the folder of a stock, all of it or none: where it is. Raises OSError."""
    path = folder / _named(name, sha256(content).hexdigest()[:32])
    # Not `tempfile`: its files can be read by their owner only, and a web server is somebody else.
    part = folder / f"{name}.{part_of(os.getpid())}"
    try:
        part.write_bytes(content)
        part.replace(path)
    except PermissionError:
        # Windows does not replace a file that somebody reads. Whoever reads it has it whole.
        if not path.exists():
            raise
    finally:
        part.unlink(missing_ok=True)
    return path


def part_of(process: int, of: str = "") -> str:
    """How the name of a file ends that a process, by its number, has begun to write; `of`: which one, or "*"."""
    return f"{process}-{of or uuid4().hex}.part"


def digest_of(path: Path) -> str:
    """The hash, in hex, that the name of a kept file holds."""
    name = _NAME.fullmatch(path.name)
    if not name:
        raise ValueError(f"{path.name} is not the name of a kept file")
    return name["sum"]


def _named(name: str, digest: str) -> str:
    stem, dot, ending = name.rpartition(".")
    return f"{stem}.{digest}{dot}{ending}"


def _copies(folder: Path) -> Iterator[tuple[str, _Copy]]:
    with suppress(FileNotFoundError), os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if name := _NAME.fullmatch(entry.name):
                with suppress(FileNotFoundError):  # another run has deleted it
                    yield name["stem"] + name["ending"], _Copy(entry.path, name["sum"], entry.stat())


def _is_sound(copy: _Copy) -> bool:
    state = copy.stat.st_size, copy.stat.st_mtime_ns, copy.stat.st_ino
    if _sound.get(copy.path) == state:
        return True
    try:
        content = Path(copy.path).read_bytes()
    except OSError:
        return False
    if sha256(content).hexdigest()[:32] != copy.sum:
        return False
    _sound[copy.path] = state
    return True


def _ask(copy: _Copy) -> None:
    """Write down that somebody asks for a file: the system does so only now and then, or never."""
    if _asked(copy.stat) < time.time() - _RECENT:
        with suppress(OSError):
            os.utime(copy.path, ns=(time.time_ns(), copy.stat.st_mtime_ns))


def _asked(stat: os.stat_result) -> float:
    return max(stat.st_atime, stat.st_mtime)
