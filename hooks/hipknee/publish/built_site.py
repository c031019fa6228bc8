"""A built site, held against its sources: stamps, links, pictures and ids.

A builder that ignores hooks publishes pages that nobody checked. Such pages lack the stamp, or carry an old one.
"""

from __future__ import annotations

import os
import posixpath
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from ..content.catalogue import Catalogue, Entry
from ..problems import Problem
from ..rules import Rule
from .built_pages import BuiltPages

STAMP = "hipknee-stamp"
_STAMP = re.compile(rf'<meta name="{STAMP}" content="([0-9a-f]{{64}})">')


def stamped(html: str, stamp: str) -> str:
    """The page with the stamp in its head."""
    return html.replace("</head>", f'<meta name="{STAMP}" content="{stamp}"></head>', 1)


def check(
    pages: BuiltPages,
    catalogue: Catalogue,
    stamps: Mapping[str, str],
    to: Path | None = None,
    unprinted: Collection[str] = (),
) -> list[Problem]:
    """Everything that is wrong with a built site whose sources are in `catalogue`.

    `stamps` are those that the pages must carry, by their paths below docs/. `to` is where the site will stand, when
    it stands aside now. Of the files `unprinted` was told already why they are not there.
    """
    folder = _folder_name(to or pages.folder, catalogue.root)
    sources = {built_name(path): entry for path, entry in catalogue.pages.items()}
    site = _Site(pages, frozenset(unprinted))
    problems = set(_stamps(catalogue, pages.html, stamps, folder))
    for name, facts in pages.facts.items():
        twice = [id_ for id_, count in Counter(facts.ids).items() if count > 1]
        wrong = [(id_, f"Two places on the page are called '#{id_}'.") for id_ in twice]
        wrong += [(address, site.wrong(name, address)) for address in facts.addresses]
        for address, message in wrong:
            if message:
                path, line = _source_line(sources.get(name), address) or (f"{folder}/{name}", 1)
                problems.add(Problem(path, line, Rule.LINK_BROKEN, message))
    return sorted(problems)


def _source_line(entry: Entry[Any] | None, address: str) -> tuple[str, int] | None:
    """Where an author wrote an address of a built page, as far as its last part can be found in the source."""
    if entry is None:
        return None
    path, _, fragment = address.partition("#")
    last = fragment or posixpath.basename(path.rstrip("/"))
    rows = entry.document.body.split("\n")
    number = next((n for n, number in enumerate(rows) if last.strip(".") and last in number), None)
    return entry.path, 1 if number is None else entry.document.body_line + number


def _folder_name(site: Path, root: Path) -> str:
    resolved = site.resolve()
    return resolved.relative_to(root.resolve()).as_posix() if resolved.is_relative_to(root.resolve()) else site.name


def built_name(path: str) -> str:
    """Where MkDocs writes the page at `path` below docs/, with directory URLs."""
    stem = path.removesuffix(".md")
    if posixpath.basename(stem) in ("index", "README"):
        return posixpath.join(posixpath.dirname(stem), "index.html")
    return f"{stem}/index.html"


def _stamps(
    catalogue: Catalogue, pages: Mapping[str, str], stamps: Mapping[str, str], folder: str
) -> Iterator[Problem]:
    for entry in catalogue.exercises.values():
        name = built_name(entry.page)
        html = pages.get(name) or pages.get(entry.page.removesuffix(".md") + ".html")
        stamp = _STAMP.search(html) if html else None
        if html is None:
            yield Problem(entry.path, 1, Rule.LINK_BROKEN, f"The page is not in {folder}/.", "Build again.")
        elif stamp is None:
            message = f"{folder}/{name} has no stamp: it was built without the checks."
            yield Problem(entry.path, 1, Rule.LINK_BROKEN, message, "Build with 'make build'.")
        elif stamp[1] != stamps[entry.page]:
            message = f"{folder}/{name} was not built from the current sources."
            yield Problem(entry.path, 1, Rule.LINK_BROKEN, message, "Build again.")


@dataclass(frozen=True)
class _Site:
    """Where an address of a built site may lead."""

    pages: BuiltPages
    unprinted: frozenset[str]

    @cached_property
    def files(self) -> frozenset[str]:
        return self.unprinted | {
            posixpath.normpath(posixpath.join(os.path.relpath(folder, self.pages.folder).replace(os.sep, "/"), name))
            for folder, _, names in os.walk(self.pages.folder)
            for name in names
        }

    @cached_property
    def folders(self) -> set[str]:
        return {parent.as_posix() for name in self.files for parent in PurePosixPath(name).parents}

    @cached_property
    def ids(self) -> dict[str, set[str]]:
        return {name: {*facts.ids} for name, facts in self.pages.facts.items()}

    @cached_property
    def mount(self) -> str:
        """The folder of the web server that the site is built for, as its home page says: "/hips/", or "/"."""
        home = self.pages.facts.get("index.html")
        path = urlsplit(home.canonical).path if home else ""
        return path if path.endswith("/") else "/"

    def wrong(self, page: str, address: str) -> str:
        """What is wrong with an address on a page, "" when it leads somewhere or out of the site."""
        try:
            parts = urlsplit(address)
        except ValueError:
            return f"'{address}' is not an address."
        if parts.scheme or parts.netloc or address.startswith("//"):
            return ""
        path = unquote(parts.path)
        # The error page is shown at any address, so MkDocs writes its links from the root.
        base = "" if path.startswith("/") else posixpath.dirname(page)
        target = posixpath.normpath(posixpath.join(base, path.removeprefix(self.mount).lstrip("/"))) if path else page
        if target.startswith("..") or (path.startswith("/") and not path.startswith(self.mount)):
            return f"'{address}' leads out of the site."
        if path.endswith("/") or target in self.folders:
            target = posixpath.normpath(posixpath.join(target, "index.html"))
        if target not in self.files:
            return f"'{address}' leads nowhere."
        if parts.fragment and target in self.ids and unquote(parts.fragment) not in self.ids[target]:
            return f"'{address}' leads to a place that is not on that page."
        return ""
