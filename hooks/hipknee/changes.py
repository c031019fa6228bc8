"""Several files written together: all of them or none, whatever happens in between."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path

_ANYBODY_WRITES = 0o222


def write(new: Mapping[Path, bytes], changed: Mapping[Path, bytes]) -> None:
    """Write files that are `new`, with the folders that they need, and those whose content is `changed`.

    Each is written aside and then renamed. Whatever fails or interrupts, everything is as it was before. Raises
    OSError: for a new file that is there already, a changed one that is read-only, and all that the system refuses.
    """
    undo: list[Callable[[], object]] = []
    copies: list[Path] = []
    try:
        for path in new:
            if path.exists() or path.is_symlink():
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
        for path in changed:
            if not path.stat().st_mode & _ANYBODY_WRITES:  # to rename over it would be allowed
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        for path in new:
            _make_folder(path.parent, undo)
        files = {**new, **{path.resolve(): content for path, content in changed.items()}}
        for path, content in files.items():
            undo.append(partial(_beside(path, "part").unlink, missing_ok=True))
            _beside(path, "part").write_bytes(content)
        for path in files:
            if path in new:
                undo.append(partial(path.unlink, missing_ok=True))
            else:
                before = _beside(path, "before")
                copies.append(before)
                shutil.copymode(path, _beside(path, "part"))
                shutil.copyfile(path, before)
                shutil.copystat(path, before)
                undo.append(partial(before.replace, path))
            _beside(path, "part").replace(path)
    except BaseException:
        for step in reversed(undo):
            with suppress(OSError):
                step()
        raise
    finally:
        for path in copies:
            with suppress(OSError):
                path.unlink(missing_ok=True)


def _beside(path: Path, what: str) -> Path:
    return path.with_name(f".{path.name}.{what}")


def _make_folder(folder: Path, undo: list[Callable[[], object]]) -> None:
    if not folder.is_dir():
        _make_folder(folder.parent, undo)
        undo.append(folder.rmdir)
        folder.mkdir()
