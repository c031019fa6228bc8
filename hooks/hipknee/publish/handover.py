"""Files that were made once and are handed to each site that needs them: as links to one file, or else as copies.
A file that somebody has changed in the site has then changed where it is kept, too. So what is handed over is held
against what it was the first time, and nothing damaged is handed on.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from ..keeping import Kept

_FILES = "files"


class DamagedError(Exception):
    """Files that are not what was made have been deleted. The message is for whoever builds the site."""


def place(files: Mapping[str, Path], folder: Path, record: Path) -> None:
    """Put each of the `files` below `folder`, under its name in the site. What they were stands in the file `record`.

    Raises `DamagedError` when one is not what it was, and deletes it, so that the next build makes it again.
    """
    kept = Kept(record, b"")
    known = kept.get(_FILES) or {}
    states: dict[str, list[int | str]] = {}
    damaged: list[str] = []
    for path in files.values():
        key = f"{path.parent.name}/{path.name}"
        state = _state(path)
        before = known.get(key)
        if before is None or before[:-1] != state:
            digest = sha256(path.read_bytes()).hexdigest()
            if before is not None and before[-1] != digest:
                damaged.append(key)
                with suppress(OSError):
                    path.unlink()
                continue
            before = [*state, digest]
        states[key] = before
    kept.put(_FILES, states)
    kept.keep()
    if damaged:
        more = f" and {len(damaged) - 1} more" if len(damaged) > 1 else ""
        raise DamagedError(f"{damaged[0]}{more} in .cache/ was changed after it was made, and is deleted. Build again.")
    _link(files, folder)


def _link(files: Mapping[str, Path], folder: Path) -> None:
    for inside in {name.rpartition("/")[0] for name in files}:
        (folder / inside).mkdir(parents=True, exist_ok=True)
    links = hasattr(os, "link")
    for name, path in files.items():
        target = f"{folder}/{name}"  # a thousand times: a path would take longer than the link
        if links:
            try:
                os.link(path, target)
                continue
            except FileExistsError:  # what has this name stands there already
                continue
            except OSError:  # another disk, or a system that has no links: nor has it any for the others
                links = False
        shutil.copyfile(path, target)


def _state(path: Path) -> list[int | str]:
    stat = path.stat()
    return [stat.st_size, stat.st_mtime_ns, stat.st_ino]
