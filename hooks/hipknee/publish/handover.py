"""Files that were made once and are handed to each site that needs them: as links to one file, or else as copies.

A file that somebody has changed in the site has then changed where it is kept, too; the next build makes it again.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from ..stock import sound


class DamagedError(Exception):
    """A file is not what was made any more. The message is for whoever builds the site."""


def place(files: Mapping[str, Path], folder: Path) -> None:
    """Put each of the `files`, which are in stocks, below `folder`, under its name in the site.

    Raises `DamagedError` when one is not what it was when this build found it: the next build makes it again.
    """
    for path in files.values():
        if not sound(path):
            raise DamagedError(f"{path.name} in .cache/ was changed or deleted during the build. Build again.")
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
