"""What was drawn before, and of what: where nothing of that has changed, nobody need read a table or pose a figure.

A picture's own key (`keys`) tells whether it must be drawn. To know that key, all but the drawing has to be done. This
is known without: it is a hash over every file that could touch a picture, and over the pictures themselves. So it is
wrong only towards more work.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import hipknee
from hipknee import keeping
from hipknee.pictures import drawing_origin

LIBRARIES = ("embreex", "numpy", "pillow", "pydantic", "PyYAML")


class Unchanged:
    """The pictures of tables that are as they were, and what they came from too.

    `root` is the project's folder; `how` is what else they depend on, such as how they are saved.
    """

    def __init__(self, root: Path, *how: object) -> None:
        self._images = root / "images"
        self._site = [root / "mkdocs.yml", *sorted((root / "docs" / "_data").glob("*.yml"))]
        self._how = how
        self._kept: keeping.Kept | None = None
        with suppress(PackageNotFoundError):  # told where they are imported
            self._kept = keeping.Kept(root / keeping.FOLDER / "drawn", _engine())
        self._tables = {name: self._key(name) for name in drawing_origin.tables(self._images)}

    def pictures(self, names: Iterable[str]) -> dict[str, list[str]]:
        """Those of the tables none of whose pictures can look otherwise now, with their pictures as paths inside
        images/."""
        known = {name: self._kept.get(self._tables[name]) for name in names} if self._kept else {}
        return {name: [*files] for name, files in known.items() if files and files == self._digests(files)}

    def drawn(self, name: str, files: Iterable[str]) -> None:
        """All pictures of a table are as they should be now."""
        if self._kept:
            self._kept.put(self._tables[name], self._digests(files))

    def _digests(self, files: Iterable[str]) -> dict[str, str]:
        return {file: _digest([self._images / file]) for file in files}

    def keep(self) -> None:
        """Write that down, with what is known of other tables."""
        if self._kept:
            for key in self._tables.values():
                self._kept.need(key)
            self._kept.keep()

    def _key(self, name: str) -> str:
        figures = sorted((self._images / drawing_origin.FIGURES).glob("*.npz"))
        files = [drawing_origin.pose_file(self._images, name), *figures, *(self._site if "/" in name else ())]
        return keeping.key(name, _digest(files), _environment(self._site[0]) if "/" in name else "", self._how)


def _engine() -> bytes:
    """A hash over the drawing, the core that it asks, and the libraries. Raises `PackageNotFoundError`."""
    here = Path(__file__).parent
    files = [*here.glob("*.py"), here.parent / "draw.py", *Path(hipknee.__file__).parent.rglob("*.py")]
    return keeping.engine(sorted(files), sys.version, *map(version, LIBRARIES))


def _environment(settings: Path) -> list[str | None]:
    """What a site's language may also come from: `!ENV` and `INHERIT` in mkdocs.yml."""
    text = settings.read_text("utf-8", "replace") if settings.is_file() else ""
    names = {name for line in re.findall(r"!ENV.*", text) for name in re.findall(r"\w+", line)}
    inherits = [os.urandom(8).hex()] if "INHERIT" in text else []
    return [os.environ.get(name) for name in sorted(names)] + inherits


def _digest(files: Iterable[Path]) -> str:
    """A hash over names and contents; a file that can't be read has none."""
    digest = sha256()
    for path in files:
        content = b""
        with suppress(OSError):
            content = path.read_bytes()
        digest.update(sha256(path.name.encode() + b"\0" + content).digest())
    return digest.hexdigest()[:32]
