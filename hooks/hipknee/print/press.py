"""Print: which PDFs there are, what each is made of, and making those that are not made yet.

Plan, then perform: a `Sheet` is a name, a template and data. Its key is a hash of all that makes the file, so that a
build after one edit makes only what changed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

from ..content.catalogue import EXERCISES, LIBRARY
from ..pages.pages import PICTURES, Pages
from ..pdf_names import BOOKLET, PAPERS, TICK_CHART, file_name
from ..pictures.renditions import Plan
from ..problems import Problem
from . import booklet, handouts
from .booklet import BookletPage
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
    site_url: str
    grey: bool = False

    def handouts(self, papers: Iterable[str] = PAPERS, sizes: Iterable[bool] = (False, True)) -> Iterator[Sheet]:
        """The handout of every exercise on every paper; `sizes`: normal (False), large (True) or both."""
        wanted = [(slug, paper, large) for paper in papers for large in sizes for slug, _ in self.pages.whole]
        return (self.handout(*one) for one in wanted)

    def handout(self, slug: str, paper: str, large: bool) -> Sheet:
        """The handout of one exercise."""
        data = self.pages.catalogue
        exercise = dict(self.pages.exercises)[slug]
        made = handouts.handout(
            exercise,
            slug=slug,
            words=data.words.draft.root,
            site=data.site.draft,
            vocabulary=data.vocabulary.draft,
            conditions={name: entry.value.title for name, entry in data.conditions.items() if entry.value},
            picture=self._original,
            address=f"{self.site_url.rstrip('/')}/{EXERCISES}/{slug}/" if self.site_url else None,
            clinic=self.pages.clinic,
            version=_VERSION,
            paper=PAPERS[paper],
            large=large,
            grey=self.grey,
        )
        return _sheet(file_name(slug, paper, large), handouts.HANDOUT, f"docs/{EXERCISES}/{slug}.md", made)

    def tick_charts(self, papers: Iterable[str] = PAPERS) -> list[Sheet]:
        """The chart on which all exercises are ticked off, on every paper."""
        return [self._tick_chart(paper) for paper in papers] if self.pages.whole else []

    def booklets(self, title: str, bodies: Sequence[BookletPage], papers: Iterable[str] = PAPERS) -> list[Sheet]:
        """The whole site as a book, on every paper: `bodies` are its pages as the build rendered them."""
        return [self._booklet(paper, title, bodies) for paper in papers] if self.pages.whole else []

    def _tick_chart(self, paper: str) -> Sheet:
        data = self.pages.catalogue
        made = handouts.tick_chart(
            self.pages.whole,
            words=data.words.draft.root,
            site=data.site.draft,
            vocabulary=data.vocabulary.draft,
            clinic=self.pages.clinic,
            updated=max(exercise.updated for _, exercise in self.pages.whole),
            version=_VERSION,
            paper=PAPERS[paper],
            grey=self.grey,
        )
        return _sheet(file_name(TICK_CHART, paper), handouts.TICK_CHART, f"docs/{LIBRARY}", made)

    def _booklet(self, paper: str, title: str, bodies: Sequence[BookletPage]) -> Sheet:
        data = self.pages.catalogue
        made, problems = booklet.booklet(
            bodies,
            title=title,
            words=data.words.draft.root,
            site=data.site.draft,
            clinic=self.pages.clinic,
            site_url=self.site_url,
            picture=self._rendition,
            updated=max(entry.draft.updated for entry in data.pages().values() if entry.draft.updated),
            version=_VERSION,
            paper=PAPERS[paper],
            grey=self.grey,
        )
        return _sheet(file_name(BOOKLET, paper), booklet.TEMPLATE, "docs/index.md", made, problems)

    def _original(self, file: str) -> PictureFile:
        """What to print of a picture inside images/: the JPEG, since Typst would make anything else larger."""
        made = self.plans[file].fallback
        return PictureFile(f"{self.folder}/{made.name}", made.width, made.height)

    def _rendition(self, path: str) -> PictureFile | None:
        """The same for a picture of the built site."""
        return self._by_name().get(path.removeprefix(PICTURES))

    def _by_name(self) -> dict[str, PictureFile]:
        made = (plan.fallback for plan in self.plans.values())
        return {one.name: PictureFile(f"{self.folder}/{one.name}", one.width, one.height) for one in made}


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


def _sheet(name: str, template: str, path: str, data: Mapping[str, Any], problems: Iterable[Problem] = ()) -> Sheet:
    """The sheet, with the version of its content where the data says one: 8 digits of a hash of all the rest."""
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, default=str)
    told = text.replace(_VERSION, sha256(text.encode()).hexdigest()[:8])
    key = sha256(f"{engine()}\n{template}\n{told}".encode()).hexdigest()
    return Sheet(name, template, path, json.loads(told), key, tuple(problems))


def _write(path: Path, content: bytes) -> None:
    part = path.with_name(f"{path.name}.{uuid4().hex}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def grey_renditions(plans: Mapping[str, Plan], colour: Path, grey: Path) -> None:
    """Make grey copies in the folder `grey` of the JPEGs that `plans` name in the folder `colour`."""
    from PIL import Image

    grey.mkdir(parents=True, exist_ok=True)
    for plan in plans.values():
        name = plan.fallback.name
        if not (grey / name).is_file():
            with Image.open(colour / name) as image:
                image.convert("L").save(grey / name, "JPEG", quality=90)
