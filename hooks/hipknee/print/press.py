"""Print: which PDFs there are, what each is made of, and making those that are not made yet.

Plan, then perform: a `Sheet` is a name, a template and data. Its key is a hash of all that makes the file, so that a
build after one edit makes only what changed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

from ..content.kinds import EXERCISE, HOME, LIBRARY
from ..pages.pages import PICTURES, Pages
from ..pdf_names import BOOKLET, PAPERS, TICK_CHART, file_name
from ..pictures.renditions import Plan, Rendition
from ..problems import Problem
from . import booklet, handouts
from .booklet import BookletPage
from .edition import Edition
from .typesetting import PictureFile, Typesetter, TypesettingError, engine

# Stands for the version until all the rest is known. No page can contain it.
_VERSION = "\u2063version\u2063"


@dataclass(frozen=True)
class Sheet:
    """One PDF to be made. `path` is the source file that a problem names; `problems` were found while planning."""

    name: str
    template: str
    path: str
    data: Mapping[str, Any]
    key: str
    """SHA-256, in hex, over everything that makes the file."""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Press:
    """What all sheets of one run share.

    `folder` is where the renditions of `plans` lie, as a path from the project's root that begins with a slash.
    `site_url` is "" when nobody knows where the site will stand: then no sheet carries a code.
    """

    pages: Pages
    plans: Mapping[str, Plan]
    folder: str
    name: str
    """The site's."""
    language: str
    site_url: str
    grey: bool = False
    engine: str = field(default_factory=engine)

    @property
    def slugs(self) -> tuple[str, ...]:
        """The exercises that can be put on paper."""
        return self.pages.printable.sound if self.pages.printable else ()

    def handouts(self, papers: Iterable[str] = PAPERS, sizes: Iterable[bool] = (False, True)) -> Iterator[Sheet]:
        """The handout of every exercise on every paper; `sizes`: normal (False), large (True) or both."""
        editions = [(slug, paper, large) for paper in papers for large in sizes for slug in self.slugs]
        return (self.handout(*each) for each in editions)

    def handout(self, slug: str, paper: str, large: bool) -> Sheet:
        """The handout of one exercise."""
        page = EXERCISE.path(slug)
        data = handouts.handout(
            self.pages.exercises[slug],
            self._edition(paper),
            picture=self._original,
            address=f"{self.site_url.rstrip('/')}/{page.removesuffix('.md')}/" if self.site_url else None,
            large=large,
        )
        return self._sheet(file_name(slug, paper, large), handouts.HANDOUT, f"docs/{page}", data)

    def tick_charts(self, papers: Iterable[str] = PAPERS) -> list[Sheet]:
        """The chart on which all exercises are ticked off, on every paper."""
        return [self._tick_chart(paper) for paper in papers] if self.slugs else []

    def booklets(self, pages: Sequence[BookletPage], papers: Iterable[str] = PAPERS) -> list[Sheet]:
        """The whole site as a book, on every paper: its `pages` as the build rendered them."""
        binds = self.slugs and self.pages.printable and self.pages.printable.binds
        return [self._booklet(paper, pages) for paper in papers] if binds else []

    def _edition(self, paper: str) -> Edition:
        data = self.pages.printable
        if data is None:
            raise ValueError("something that all pages share can't be read")
        clinic = self.pages.clinic
        logo = self._original(clinic.logo) if clinic.logo and clinic.logo in self.plans else None
        return Edition(data.words, data.site, clinic, self.language, _VERSION, PAPERS[paper], self.grey, logo)

    def _tick_chart(self, paper: str) -> Sheet:
        exercises = [self.pages.exercises[slug] for slug in self.slugs]
        updated = max(exercise.updated for exercise in exercises)
        data = handouts.tick_chart(exercises, self._edition(paper), updated=updated)
        return self._sheet(file_name(TICK_CHART, paper), handouts.TICK_CHART, f"docs/{LIBRARY}", data)

    def _booklet(self, paper: str, pages: Sequence[BookletPage]) -> Sheet:
        days = [entry.part(lambda page: page.updated) for entry in self.pages.catalogue.pages.values()]
        data, problems = booklet.booklet(
            pages,
            self._edition(paper),
            title=self.name,
            site_url=self.site_url,
            picture=lambda path: self._renditions.get(path.removeprefix(PICTURES)),
            updated=max(day for day in days if day),
        )
        return self._sheet(file_name(BOOKLET, paper), booklet.TEMPLATE, f"docs/{HOME}", data, problems)

    def _original(self, file: str) -> PictureFile:
        """What to print of a picture inside images/: the JPEG, since Typst would make anything else larger."""
        return self._file(self.plans[file].fallback)

    @cached_property
    def _renditions(self) -> dict[str, PictureFile]:
        """The same for the pictures of the built site, by their names there."""
        return {plan.fallback.name: self._file(plan.fallback) for plan in self.plans.values()}

    def _file(self, rendition: Rendition) -> PictureFile:
        return PictureFile(f"{self.folder}/{rendition.name}", rendition.width, rendition.height)

    def _sheet(
        self, name: str, template: str, path: str, data: Mapping[str, Any], problems: Iterable[Problem] = ()
    ) -> Sheet:
        """The sheet, with the version of its content where the data says one: 8 digits of a hash of all the rest."""
        text = json.dumps(data, sort_keys=True, ensure_ascii=False, default=str)
        versioned = text.replace(_VERSION, sha256(text.encode()).hexdigest()[:8])
        key = sha256(f"{self.engine}\n{template}\n{versioned}".encode()).hexdigest()
        return Sheet(name, template, path, json.loads(versioned), key, tuple(problems))


def make(sheets: Iterable[Sheet], typesetter: Typesetter, cache: Path) -> tuple[dict[str, Path], list[Problem]]:
    """Make what is not in the folder `cache` yet: the path of every file by its name, and what went wrong.

    Files appear whole or not at all, also when two runs make the same one.
    """
    cache.mkdir(parents=True, exist_ok=True)
    files: dict[str, Path] = {}
    problems: set[Problem] = set()
    for sheet in sheets:
        problems |= set(sheet.problems)
        path = cache / f"{sheet.name.removesuffix('.pdf')}-{sheet.key[:16]}.pdf"
        try:
            if not (path.is_file() and path.stat().st_size):
                _write(path, typesetter.pdf(sheet.template, sheet.data, path=sheet.path))
        except TypesettingError as error:
            problems |= set(error.problems)
        else:
            files[sheet.name] = path
    return files, sorted(problems)


def prune(cache: Path, keep: Iterable[Path]) -> None:
    """Delete the files in `cache` that no sheet needs any more."""
    kept = set(keep)
    for path in cache.glob("*.pdf"):
        if path not in kept:
            with suppress(OSError):  # another run deletes it, or on Windows somebody reads it
                path.unlink()


def _write(path: Path, content: bytes) -> None:
    part = path.with_name(f"{path.name}.{uuid4().hex}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
