"""Pages that were built before: what has the same inputs is not made again.

A page is kept whole, as it was sealed, under a hash over all that it follows from; in an index beside it stands what
others ask of it: where its links lead, what can be searched, what goes into the booklet.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property, partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from ..keeping import Kept, core, kept
from ..stock import Stock
from .page_links import PageLinks

_INDEX, _PAGE, _DATA = "index", ".html", ".json"


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
    """The pages in a folder, as they are when this is opened. Several processes may share it."""

    def __init__(self, folder: Path) -> None:
        self._stock = Stock(folder)
        self._index: Kept = kept(folder / _INDEX, core())

    def get(self, key: str) -> StoredPage | None:
        """The page that was made of the inputs with this hash; None when there is none."""
        if not (self._index.need(key) and self._index.need(_further(key))):
            return None
        value, name = self._index.get(key), key[:32]
        path, data = self._stock.find(name + _PAGE), self._stock.find(name + _DATA) if value["data"] else None
        if path is None or (value["data"] and data is None):
            return None
        further = partial(self._index.get, _further(key))
        begin, end = value["content"]
        return StoredPage(path, value["version"], (begin, end), value["digest"], data, further)

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
        with suppress(OSError):
            self._stock.put(key[:32] + _PAGE, html.encode())
            if data is not None:
                self._stock.put(key[:32] + _DATA, data.encode())
            value = {
                "version": version,
                "content": [*content],
                "digest": digest(html[slice(*content)]),
                "data": data is not None,
            }
            self._index.put(key, value)
            self._index.put(_further(key), {"links": links.to_json(), "about": about})

    def keep(self) -> None:
        """Keep the pages that were asked for or put since the last time, and forget all others."""
        self._index.keep()

    def prune(self) -> None:
        """Delete the files of pages that nobody has asked for in the last hour."""
        self._stock.prune()


def digest(text: str) -> str:
    """A hash, in hex, over a page, or what is inside its frame."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _further(key: str) -> str:
    """The key of what few ask for."""
    return f"{key}-further"
