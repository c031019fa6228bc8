"""What the system refuses to do with a file or a folder, in plain words."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

_WHY = {
    errno.ENOENT: ("is missing", ""),
    errno.EACCES: ("can't be opened", "Close it in other programs, or ask its owner to let you open it."),
    errno.EPERM: ("can't be opened", "Close it in other programs, or ask its owner to let you open it."),
    errno.EBUSY: ("is in use", "Close the program that has it open."),
    errno.EISDIR: ("is a folder, but a file is needed", ""),
    errno.ENOTDIR: ("is a file, or is inside one, but a folder is needed", ""),
    errno.EEXIST: ("already exists", ""),
    errno.ENOTEMPTY: ("is not empty", ""),
    errno.ENAMETOOLONG: ("has a name that is too long", ""),
    errno.ELOOP: ("is a link that leads back to itself", ""),
    errno.ENOSPC: ("does not fit on the disk, which is full", "Free up some space."),
    errno.EROFS: ("is on a read-only disk", ""),
    errno.EXDEV: ("is on another disk", ""),
    errno.ENOMEM: ("could not be made, most likely because memory ran out", "Close other programs and try again."),
    errno.ECHILD: ("could not be made, because the process that makes it has ended", "Try again."),
    errno.EINVAL: ("is not an ordinary file, so it can't be read", "Delete it."),
}
_LONGEST = 120


def contents(path: Path) -> bytes:
    """The bytes of a file. Raises OSError, also for what is none: to read from a pipe would never end."""
    mode = path.stat().st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(path))
    return path.read_bytes()


def holds(question: Callable[[], bool]) -> bool:
    """The answer to a question such as `path.is_file`; no where the system refuses it, and for a name that none has."""
    try:
        return question()
    except (OSError, ValueError):
        return False


def why(error: OSError) -> tuple[str, str]:
    """What it says of the file, as the end of a sentence, and what to do, which may be "": `("is missing", "")`."""
    reason = error.strerror or str(error) or type(error).__name__
    return _WHY.get(error.errno or 0, (f"can't be used ({reason})", ""))


def sentence(error: OSError, root: Path | None = None) -> str:
    """`dist/pdf is a folder, but a file is needed.` Paths inside `root` are written from there."""
    if not error.filename and error.errno not in _WHY:
        return f"{str(error.strerror or error).rstrip('.')}."
    what, hint = why(error)
    name = _short(_text(error.filename), root) if error.filename else "A file"  # who writes is not told which
    return f"{name} {what}. {hint}".rstrip()


def _text(name: object) -> str:
    return name.decode(errors="replace") if isinstance(name, bytes) else str(name)


def _short(name: str, root: Path | None) -> str:
    if root and Path(name).is_relative_to(root):
        name = Path(name).relative_to(root).as_posix()
    return name if len(name) <= _LONGEST else f"{name[:_LONGEST]}…"
