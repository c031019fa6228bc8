"""Build aside, swap last: the old site stays exactly as it was until the new one is whole."""

from __future__ import annotations

import errno
import os
import shutil
import time
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

_STALE = 3600.0  # seconds; what is older was left by a build that was killed


def begin(site: Path) -> Path:
    """A new, empty folder beside `site` to build into. What killed builds left there is deleted."""
    if site.exists() and not site.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(site))
    parent = site.parent
    parent.mkdir(parents=True, exist_ok=True)
    for old in parent.glob(f".{site.name}-*"):
        if old.is_dir() and time.time() - old.stat().st_mtime > _STALE:
            shutil.rmtree(old, ignore_errors=True)
    aside = parent / f".{site.name}-{uuid4().hex}"
    aside.mkdir()
    return aside


def commit(aside: Path, site: Path) -> None:
    """Put the folder `aside` in the place of `site`. Raises OSError with the old site in place when that fails."""
    site = site.resolve()  # a link to where a web server looks stays a link
    if not site.exists():
        aside.rename(site)
        return
    old = site.with_name(f".{site.name}-{uuid4().hex}")
    site.rename(old)
    try:
        aside.rename(site)
    except BaseException:  # Ctrl-C too
        old.rename(site)
        raise
    for hidden in old.glob(".*"):  # such as .git and .well-known: MkDocs, too, leaves them where they are
        with suppress(OSError):
            if not (site / hidden.name).exists():
                hidden.rename(site / hidden.name)
    os.utime(old)  # so that it is not stale before it is deleted
    shutil.rmtree(old, ignore_errors=True)


def discard(aside: Path) -> None:
    """Delete what was built aside."""
    shutil.rmtree(aside, ignore_errors=True)
