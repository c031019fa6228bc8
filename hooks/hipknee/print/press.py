"""Print: which PDFs there are, and what each is made of.

Plan, then perform: a `Sheet` is a name, a template and a key, which is a hash of all that it is made from: of sources
and not of what is put together from them, so that a build learns at once what it has. `making` makes what is missing.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, partial
from hashlib import sha256
from importlib.metadata import version
from typing import Any

from .. import keeping
from ..content.kinds import CONDITION, EXERCISE, HOME, LIBRARY
from ..pages.pages import PICTURES, Pages
from ..pdf_names import BOOKLET, PAPERS, TICK_CHART, file_name
from ..pictures.renditions import Plan, Rendition
from ..places import HOOKS
from . import booklet, handouts, typesetting
from .booklet import BookletPage
from .edition import Edition
from .making import Composition, Sheet
from .typesetting import PictureFile

# Stands for the version until all the rest is known. No page can contain it.
_VERSION = "\u2063version\u2063"


CODE = (
    "print/*.py",
    "content/*.py",
    "pages/presented.py",
    *(f"{name}.py" for name in "wording colours phones".split()),
)
"""What puts together what stands on a sheet, as patterns of paths in the core. A test holds that this is all."""
LIBRARIES = ("segno", "selectolax")
"""And what it calls."""


def engine() -> str:
    """A hash, in hex, over what makes a sheet besides what is written: Typst, templates and fonts, and the code.

    The templates are read anew each time, since they may be edited while `mkdocs serve` runs, and Typst reads them anew
    too. The code is that which runs.
    """
    return keeping.key(typesetting.engine(), _code())


@cache
def _code() -> bytes:
    core = HOOKS / "hipknee"
    files = sorted(path for pattern in CODE for path in core.glob(pattern))
    return keeping.engine(files, *(f"{library} {version(library)}" for library in LIBRARIES))


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
        """The handout of every exercise on every paper; `sizes`: normal (False), large (True) or both.

        Those of one exercise come one after the other: they show the same pictures.
        """
        papers, sizes = [*papers], [*sizes]
        for slug in self.slugs:
            yield from self._handouts_of(slug, [(paper, large) for large in sizes for paper in papers])

    def handout(self, slug: str, paper: str, large: bool) -> Sheet:
        """The handout of one exercise."""
        return next(self._handouts_of(slug, [(paper, large)]))

    def tick_charts(self, papers: Iterable[str] = PAPERS) -> list[Sheet]:
        """The chart on which all exercises are ticked off, on every paper."""
        return [self._tick_chart(paper) for paper in papers] if self.slugs else []

    def booklets(self, pages: Sequence[BookletPage], papers: Iterable[str] = PAPERS) -> list[Sheet]:
        """The whole site as a book, on every paper: its `pages` as the build rendered them."""
        binds = self.slugs and self.pages.printable and self.pages.printable.binds
        return [self._booklet(paper, pages) for paper in papers] if binds else []

    def _handouts_of(self, slug: str, editions: Iterable[tuple[str, bool]]) -> Iterator[Sheet]:
        page, entry = EXERCISE.path(slug), self.pages.catalogue.exercises[slug]
        address = f"{self.site_url.rstrip('/')}/{page.removesuffix('.md')}/" if self.site_url else None
        pictures = [self.plans[file].fallback.name for _, file in entry.face.pictures if file in self.plans]
        titles = self.pages.catalogue.titles
        helps = [titles.get(CONDITION.path(condition)) for condition in entry.face.helps or ()]
        source = keeping.key(entry.digest, helps, pictures, address)
        for paper, large in editions:
            yield Sheet(
                file_name(slug, paper, large),
                handouts.HANDOUT,
                f"docs/{page}",
                sha256(f"{self._edition_key(paper)} {large} {source}".encode()).hexdigest(),
                partial(self._composed_handout, slug, paper, address, large),
            )

    def _composed_handout(self, slug: str, paper: str, address: str | None, large: bool) -> Composition:
        exercise = self.pages.exercises[slug]
        data = handouts.handout(exercise, self._edition(paper), picture=self._original, address=address, large=large)
        return Composition(_versioned(data))

    def _edition(self, paper: str) -> Edition:
        return self._editions[paper][0]

    def _edition_key(self, paper: str) -> str:
        return self._editions[paper][1]

    @cached_property
    def _editions(self) -> dict[str, tuple[Edition, str]]:
        """What all sheets on a paper share, and a hash of what that is made from."""
        data = self.pages.printable
        if data is None:
            raise ValueError("something that all pages share can't be read")
        clinic, catalogue = self.pages.clinic, self.pages.catalogue
        logo = self._original(clinic.logo) if clinic.logo and clinic.logo in self.plans else None
        editions = {}
        for paper, name in PAPERS.items():
            edition = Edition(data.words, data.site, clinic, self.language, _VERSION, name, self.grey, logo)
            shared = [entry.digest for entry in catalogue.data]
            editions[paper] = (
                edition,
                keeping.key(self.engine, shared, self.language, name, self.grey, self.folder, logo),
            )
        return editions

    def _tick_chart(self, paper: str) -> Sheet:
        """It is small, and what of an exercise stands on it changes seldom, so it is composed at once."""
        exercises = [self.pages.exercises[slug] for slug in self.slugs]
        updated = max(exercise.updated for exercise in exercises)
        data = _versioned(handouts.tick_chart(exercises, self._edition(paper), updated=updated))
        key = keeping.key(self.engine, handouts.TICK_CHART, json.dumps(data))
        name = file_name(TICK_CHART, paper)
        return Sheet(name, handouts.TICK_CHART, f"docs/{LIBRARY}", key, lambda: Composition(data))

    def _booklet(self, paper: str, pages: Sequence[BookletPage]) -> Sheet:
        days = [entry.face.updated for entry in self.pages.catalogue.pages.values()]
        updated = datetime.date.fromisoformat(max(day for day in days if day))
        key = keeping.key(self._edition_key(paper), self.name, self.site_url, updated, [page.key for page in pages])

        def composed() -> Composition:
            data, problems = booklet.booklet(
                pages,
                self._edition(paper),
                title=self.name,
                site_url=self.site_url,
                picture=lambda path: self._renditions.get(path.removeprefix(PICTURES)),
                updated=updated,
            )
            return Composition(_versioned(data), tuple(problems))

        return Sheet(file_name(BOOKLET, paper), booklet.TEMPLATE, f"docs/{HOME}", key, composed, alone=True)

    def _original(self, file: str) -> PictureFile:
        """What to print of a picture inside images/: the JPEG, since Typst would make anything else larger."""
        return self._file(self.plans[file].fallback)

    @cached_property
    def _renditions(self) -> dict[str, PictureFile]:
        """The same for the pictures of the built site, by their names there."""
        return {plan.fallback.name: self._file(plan.fallback) for plan in self.plans.values()}

    def _file(self, rendition: Rendition) -> PictureFile:
        return PictureFile(f"{self.folder}/{rendition.name}", rendition.width, rendition.height)


def _versioned(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """The data with the version of its content where they say one: 8 digits of a hash of all the rest."""
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, default=str)
    versioned: dict[str, Any] = json.loads(text.replace(_VERSION, sha256(text.encode()).hexdigest()[:8]))
    return versioned
