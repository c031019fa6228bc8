"""A built site, held against its sources: stamps, links, pictures and ids.

A builder that ignores hooks publishes pages that nobody checked. Such pages lack the stamp, or carry an old one.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from ..content.catalogue import Catalogue, Entry
from ..content.kinds import BUILDER
from ..problems import Problem
from ..rules import Rule
from .built_pages import BuiltPages, files_below
from .page_links import PageLinks, mount_of, page_links

STAMP = "hipknee-stamp"
_BUILDER = (BUILDER.replace(".md", "/index.html"), BUILDER.replace(".md", ".html"))
_CODE = re.compile(r"[A-Z0-9.-]+")
_STAMP = re.compile(rf'<meta name="{STAMP}" content="([0-9a-f]{{64}})">')


def stamped(html: str, stamp: str) -> str:
    """The page with the stamp in its head."""
    return html.replace("</head>", f'<meta name="{STAMP}" content="{stamp}"></head>', 1)


def read(pages: BuiltPages, mount: str | None = None) -> dict[str, PageLinks]:
    """The links of pages that have been read. `mount` is asked of the home page when it is not given."""
    home = pages.facts.get("index.html")
    mount = mount_of(home.canonical if home else "") if mount is None else mount
    stamps = {name: stamp[1] if (stamp := _STAMP.search(html)) else "" for name, html in pages.html.items()}
    return {name: page_links(name, facts, mount, stamps[name]) for name, facts in pages.facts.items()}


def check(
    pages: Mapping[str, PageLinks],
    site: Path,
    catalogue: Catalogue,
    stamps: Mapping[str, str],
    to: Path | None = None,
    unprinted: Collection[str] = (),
) -> list[Problem]:
    """Everything that is wrong with the `pages` of the site in a folder, whose sources are in `catalogue`.

    `stamps` are those that the pages must carry, by their paths below docs/. `to` is where the site will stand, when
    it stands aside now. Of the files `unprinted` was told already why they are not there.
    """
    folder = folder_name(to or site, catalogue.root)
    sources = {built_name(path): entry for path, entry in catalogue.pages.items()}
    places = _Places(pages, frozenset(files_below(site)) | {*unprinted})
    problems = set(_stamps(catalogue, pages, stamps, folder))
    for name, page in pages.items():
        for address, message in [*page.wrong, *places.wrong(page)]:
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


def folder_name(site: Path, root: Path) -> str:
    """What a site is called in a problem: its path from the project's root, or the name of its folder."""
    resolved = site.resolve()
    return resolved.relative_to(root.resolve()).as_posix() if resolved.is_relative_to(root.resolve()) else site.name


def built_name(path: str) -> str:
    """Where MkDocs writes the page at `path` below docs/, with directory URLs."""
    stem = path.removesuffix(".md")
    if posixpath.basename(stem) in ("index", "README"):
        return posixpath.join(posixpath.dirname(stem), "index.html")
    return f"{stem}/index.html"


def _stamps(
    catalogue: Catalogue, pages: Mapping[str, PageLinks], stamps: Mapping[str, str], folder: str
) -> Iterator[Problem]:
    for entry in catalogue.exercises.values():
        name = built_name(entry.page)
        page = pages.get(name) or pages.get(entry.page.removesuffix(".md") + ".html")
        if page is None:
            yield Problem(entry.path, 1, Rule.LINK_BROKEN, f"The page is not in {folder}/.", "Build again.")
        elif not page.stamp:
            message = f"{folder}/{name} has no stamp: it was built without the checks."
            yield Problem(entry.path, 1, Rule.LINK_BROKEN, message, "Build with 'make build'.")
        elif page.stamp != stamps[entry.page]:
            message = f"{folder}/{name} was not built from the current sources."
            yield Problem(entry.path, 1, Rule.LINK_BROKEN, message, "Build again.")


def _is_code(path: str, place: str) -> bool:
    """Whether an address leads to the page at `path` in a site for what its script reads: a programme, or an exercise
    for one."""
    return path in _BUILDER and bool(_CODE.fullmatch(place))


@dataclass(frozen=True)
class _Places:
    """Where an address of a built site may lead."""

    pages: Mapping[str, PageLinks]
    files: frozenset[str]

    @cached_property
    def folders(self) -> set[str]:
        folders = {"."}
        for name in self.files:
            while (name := name.rpartition("/")[0]) and name not in folders:
                folders.add(name)
        return folders

    def wrong(self, page: PageLinks) -> Iterator[tuple[str, str]]:
        """The addresses that lead nowhere, each with what is wrong with it."""
        for target, address in page.leads.items():
            path, _, place = target.partition("\n")
            if path not in self.files:
                path = posixpath.normpath(posixpath.join(path, "index.html")) if path in self.folders else ""
            if path not in self.files:
                yield address, f"'{address}' leads nowhere."
            elif place and path in self.pages and place not in self.pages[path].ids and not _is_code(path, place):
                yield address, f"'{address}' leads to a place that is not on that page."
