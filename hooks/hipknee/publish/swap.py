"""Build aside, swap last: the old site stays exactly as it was until the new one is whole.

Where the system can exchange two folders in one step there is a whole site at any time. Elsewhere the old one is moved
away first, and whoever is stopped between the two steps leaves it for the next `begin` to put back. A folder that can't
be moved, such as one that is mounted or whose own folder belongs to somebody else, gets the new files one by one.

What is hidden in the old site, such as `.git` and `.well-known`, is no part of it, and is in the new one as it was.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from . import exchange, locks, mounts

_OLD = "-old"
_READ, _ENTER = 0o444, 0o555
_NOT_OURS = {errno.EACCES, errno.EPERM, errno.EROFS}
_MOUNTED = {errno.EBUSY, errno.EXDEV}


class PlaceError(OSError):
    """There can't be a site at a place. The message says what to do."""


def begin(site: Path) -> Path:
    """A new, empty folder to build into, on the disk of `site`. What killed builds have left is put back or deleted.

    Raises OSError when there can be none.
    """
    place = _place(site)
    if not place.exists():
        _restore(place)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        return _aside(place.parent, place)
    except OSError as error:
        if error.errno not in _NOT_OURS or not place.is_dir():
            raise
    return _aside(place, place)


def commit(aside: Path, site: Path, built: frozenset[str] = frozenset()) -> None:
    """Put the folder `aside`, which `begin` has given, in the place of `site`.

    What is hidden in the old site stays, but for the files `built`, which only a build puts there. Raises OSError with
    the old site in place when that fails.
    """
    place = _place(site)
    _let_all_read(aside)
    if hasattr(os, "sync"):
        os.sync()  # or after a power cut the new site may have empty files
    if not place.exists():
        aside.rename(place)
    elif aside.parent == place or mounts.within(place):
        _fill(place, aside)
    else:
        _keep_hidden(place, aside, built)
        try:
            _exchange(aside, place)
        except OSError as error:
            if error.errno not in _MOUNTED:
                raise
            _fill(place, aside)
    discard(aside)


def discard(aside: Path) -> None:
    """Delete what was built aside."""
    shutil.rmtree(aside, ignore_errors=True)
    locks.release(aside)


def _place(site: Path) -> Path:
    """Where the site is: a link to where a web server looks stays a link."""
    place = site.resolve()
    if site.is_symlink() and not place.exists() and not place.parent.is_dir():
        message = f"'{site.name}' is a link to '{place}', which is not there. Make that folder, or delete the link."
        raise PlaceError(message)
    if place.exists() and not place.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(site))
    return place


def _aside(folder: Path, place: Path) -> Path:
    for left in (*_left(place.parent, place), *_left(place, place)):
        if locks.is_free(left):  # nobody is building there, or deleting it
            shutil.rmtree(left, ignore_errors=True)
    aside = folder / f".{place.name}-{uuid4().hex}"
    aside.mkdir()
    locks.take(aside)
    return aside


def _left(folder: Path, place: Path) -> Iterator[Path]:
    """The folders of this and other builds, and no others."""
    name = re.compile(rf"\.{re.escape(place.name)}-[0-9a-f]{{32}}(?:{_OLD})?")
    with suppress(OSError):
        yield from [path for path in folder.iterdir() if name.fullmatch(path.name) and path.is_dir()]


def _restore(place: Path) -> None:
    """Put back the site that a build has moved away which was stopped before it had put the new one there."""
    old = [path for path in _left(place.parent, place) if path.name.endswith(_OLD)]
    if old:
        max(old, key=lambda path: path.stat().st_mtime).rename(place)


def _exchange(aside: Path, place: Path) -> None:
    """Swap two folders. Raises OSError with both where they were."""
    if exchange.swap(aside, place):
        return
    old = place.with_name(f"{aside.name}{_OLD}")
    os.utime(place)  # of several, this is the last
    place.rename(old)
    try:
        aside.rename(place)
    except BaseException:  # Ctrl-C too
        if not place.exists():
            old.rename(place)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _keep_hidden(place: Path, aside: Path, built: frozenset[str]) -> None:
    """Put what is hidden in a site into another, which comes first: as links to the same files, or as copies."""
    for path in place.glob(".*"):
        _graft(path, aside / path.name, path.name, built)


def _graft(old: Path, new: Path, name: str, built: frozenset[str]) -> None:
    if name in built:
        return
    if old.is_symlink():
        if not os.path.lexists(new):
            new.symlink_to(old.readlink())
    elif old.is_dir():
        if not os.path.lexists(new):
            new.mkdir()
            shutil.copystat(old, new)
        if new.is_dir() and not new.is_symlink():
            for path in old.iterdir():
                _graft(path, new / path.name, f"{name}/{path.name}", built)
    elif old.is_file() and not os.path.lexists(new):
        try:
            os.link(old, new)
        except OSError:  # another disk, or a system without links
            shutil.copy2(old, new)


def _fill(place: Path, aside: Path) -> None:
    """Move each new file to its place, and then delete what the new site does not have.

    Pages come after all that they load, and what names all others comes last.
    """
    new = sorted(_files(aside), key=_rank)
    between = place / f".{place.name}-{uuid4().hex}"  # on its disk
    between.mkdir()
    for name in new:
        target = place / name
        if target.is_dir() and not target.is_symlink():
            shutil.rmtree(target)
        for folder in reversed(target.relative_to(place).parents[:-1]):
            if (place / folder).is_file():
                (place / folder).unlink()
        target.parent.mkdir(parents=True, exist_ok=True)
        _move(aside / name, target, between / "file")
    between.rmdir()
    for name in {*_files(place)} - {*new}:
        if not name.startswith("."):
            (place / name).unlink()
    for folder in sorted(_folders(place), reverse=True):
        if not folder.relative_to(place).parts[0].startswith("."):
            with suppress(OSError):  # it is not empty
                folder.rmdir()


def _rank(name: str) -> tuple[int, str]:
    is_page = name.endswith(".html")
    return 1 if is_page else 0 if "/" in name else 2, name


def _move(file: Path, to: Path, over: Path) -> None:
    try:
        file.replace(to)
    except OSError as error:
        if error.errno not in _MOUNTED:
            raise
        shutil.copy2(file, over, follow_symlinks=False)
        over.replace(to)


def _files(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*"):
        if path.is_symlink() or not path.is_dir():
            yield path.relative_to(folder).as_posix()


def _folders(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_dir() and not path.is_symlink())


def _let_all_read(folder: Path) -> None:
    """A web server is somebody else, and what was made for one's own eyes only nobody could see."""
    if os.name == "nt":
        return
    folders = [str(folder)]
    while folders:
        at = folders.pop()
        _add(at, os.stat(at).st_mode, _ENTER)  # noqa: PTH116, a path would take longer, ten thousand times
        with os.scandir(at) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                elif entry.is_file(follow_symlinks=False):
                    _add(entry.path, entry.stat().st_mode, _READ)


def _add(path: str, mode: int, bits: int) -> None:
    if mode & bits != bits:
        Path(path).chmod(stat.S_IMODE(mode) | bits)
