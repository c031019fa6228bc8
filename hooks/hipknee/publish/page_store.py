"""Pages that were built before: what has the same inputs is not made again.

A page is kept whole, as it was sealed, under a hash over all that it follows from; beside it stands what others ask of
it: where its links lead, what can be searched, what goes into the booklet. A file that is not what was written there is
nobody's page, and is made again.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from ..keeping import Kept, core, kept
from .page_links import PageLinks

_STALE = 3600.0  # seconds
_INDEX, _DATA = "index", ".json"


@dataclass(frozen=True)
class StoredPage:
    """One page, in the file `path`."""

    path: Path
    version: str
    """What it shows as its version."""
    content: tuple[int, int]
    """Where in the file, counted in characters, what is inside the frame begins and ends, without banners."""
    digest: str
    """A hash over that, in hex."""
    data: Path | None
    """The file with the data of what the page is about, if there is one."""
    further: Callable[[], Mapping[str, Any]] = field(compare=False, repr=False)
    """Reads what few ask for."""

    @cached_property
    def links(self) -> PageLinks:
        """Where its links lead."""
        return PageLinks.of_json(self.further()["links"])

    @property
    def about(self) -> Any:
        """What JSON can hold, for whoever put the page there."""
        return self.further()["about"]

    def html(self) -> str:
        """The whole page."""
        return self.path.read_text("utf-8")

    def body(self) -> str:
        """What is inside its frame."""
        begin, end = self.content
        return self.html()[begin:end]


class PageStore:
    """The pages in a folder. Several processes may share it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._index: Kept = kept(folder / _INDEX, core())
        self._records: dict[str, dict[str, Any]] = {}
        self._needed: set[str] = {_INDEX}
        self._kept = self._needed

    def get(self, key: str) -> StoredPage | None:
        """The page that was made of the inputs with this hash; None when there is none."""
        value = self._records.get(key) or self._index.get(key)
        path = self._folder / _name(key)
        data = path.with_suffix(_DATA)
        if value is None:
            return None
        state = [_state(path), _state(data)]
        if value["state"] != state:
            if value["sums"] != [_sum(path), _sum(data)]:
                return None
            value = {**value, "state": state}  # the same files in another place, such as those of another machine
            self._index.put(key, value)
        if not (self._index.need(key) and self._index.need(_further(key))):
            return None
        self._records[key] = value
        self._needed |= {path.name, data.name}
        begin, end = value["content"]
        further = partial(self._index.get, _further(key))
        return StoredPage(path, value["version"], (begin, end), value["digest"], data if state[1] else None, further)

    def put(
        self,
        key: str,
        html: str,
        links: PageLinks,
        version: str,
        content: tuple[int, int],
        about: Any,
        data: str | None = None,
    ) -> None:
        """A new page, and the `data` of what it is about. Where it can't be written, it is made again the next time."""
        path = self._folder / _name(key)
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            _write(path, html)
            if data is not None:
                _write(path.with_suffix(_DATA), data)
            value = {
                "state": [_state(path), _state(path.with_suffix(_DATA))],
                "sums": [digest(html), "" if data is None else digest(data)],
                "version": version,
                "content": [*content],
                "digest": digest(html[slice(*content)]),
            }
            self._index.put(key, value)
            self._index.put(_further(key), {"links": links.to_json(), "about": about})
            self._needed |= {path.name, path.with_suffix(_DATA).name}

    def keep(self) -> None:
        """Keep the pages that were asked for or put since the last time, and forget all others."""
        self._index.keep()
        self._kept, self._needed = self._needed, {_INDEX}
        self._records = {key: record for key, record in self._records.items() if _name(key) in self._kept}

    def prune(self) -> None:
        """Delete the files of pages that were not kept."""
        with suppress(OSError), os.scandir(self._folder) as entries:
            for entry in [entry for entry in entries if entry.name not in self._kept]:
                with suppress(OSError):  # another run deletes it, or on Windows somebody reads it
                    if time.time() - entry.stat().st_mtime > _STALE:  # or another run is about to need it
                        (self._folder / entry.name).unlink()


@lru_cache(maxsize=4)
def store(folder: Path) -> PageStore:
    """One for each folder, for as long as the process lives: an editor's server reads it once."""
    return PageStore(folder)


def digest(text: str) -> str:
    """A hash, in hex, over a page, or what is inside its frame: that of a file that holds it."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _name(key: str) -> str:
    return f"{key[:32]}.html"


def _further(key: str) -> str:
    """The key of what few ask for."""
    return f"{key}-further"


def _write(path: Path, text: str) -> None:
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        part.write_text(text, "utf-8", newline="\n")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _sum(path: Path) -> str:
    """SHA-256 of a file, in hex; "" of none."""
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _state(path: Path) -> list[int]:
    """What the system says of a file: another one when somebody has written into it; [] of none."""
    try:
        stat = path.stat()
    except OSError:
        return []
    return [stat.st_size, stat.st_mtime_ns, stat.st_ino]
