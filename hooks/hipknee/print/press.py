"""Print: which PDFs there are, and what each is made of.

Plan, then perform: a `Sheet` is a name, a template and a key, which is a hash of all that it is made from: of sources
and not of what is put together from them, so that a build learns at once what it has. `making` makes what is missing.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache, partial
from hashlib import sha256
from importlib.metadata import version
from typing import Any

from .. import keeping
from ..content import red_flags
from ..content.kinds import CONDITION, EXERCISE, HOME, LIBRARY, PROGRAMME
from ..content.model import LONGEST_CHART
from ..pages.pages import PICTURES, Pages
from ..pages.programmes import PresentedProgramme
from ..pages.volumes import Volume
from ..pdf_names import (
    BOOKLET,
    COMPLETE,
    FOLDED,
    FOLDER,
    HALVES,
    OF_PROGRAMME,
    PAPERS,
    SHEETS,
    TICK_CHART,
    file_name,
)
from ..pictures.renditions import Plan, Rendition
from ..places import HOOKS
from ..problems import Problem
from ..programme import ready
from . import booklet, handouts, patient_booklet, typesetting
from .booklet import ON_COVER, Book, BookletPage, Elsewhere
from .edition import Edition
from .element_tree import Node
from .making import Composition, Sheet
from .patient_booklet import Patients
from .programme_sheets import TEMPLATE, Handed, Source, programme_sheets
from .sections import section
from .typesetting import PictureFile

# Stands for the version until all the rest is known. No page can contain it.
_VERSION = "\u2063version\u2063"


CODE = (
    "print/*.py",
    "content/*.py",
    "pages/presented.py",
    "pages/programmes.py",
    "pages/cautions.py",
    "programme/*.py",
    *(f"{name}.py" for name in "wording colours phones qr".split()),
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


class NotOnPaperError(ValueError):
    """An exercise that can't be put on paper. The message is a sentence."""


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
    builder: str | None = None
    """Where the page stands on the web that shows a programme by its code; None when there is none, or nobody knows."""
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
        """The patients' booklet, to read and to fold, and the whole site as a text, on every paper.

        `pages` are those of the site as the build rendered them. With more exercises than one document should hold, the
        text comes in volumes.
        """
        if not (self.slugs and self.pages.printable and self.pages.printable.binds):
            return []
        papers = [*papers]
        return [*self._patients_booklets(pages, papers), *self._complete_texts(pages, papers)]

    def _patients_booklets(self, pages: Sequence[BookletPage], papers: Sequence[str]) -> Iterator[Sheet]:
        """For each paper that on itself, that on its half, and that for the printer.

        What is in it is what is done: the exercises of the programme on the tick chart, or those on the chart. So it
        stays a booklet however large the library is.
        """
        data, catalogue = self.pages.printable, self.pages.catalogue
        if data is None:
            return
        charted = self.pages.charted
        programme = charted if charted and charted.is_sound(self.slugs) else None
        slugs = [exercise.slug for exercise in programme.exercises] if programme else self._on_chart
        by_path = {page.path: page for page in pages}
        targets = [target.partition("#") for target in filter(None, [data.site.ask_first, *data.site.booklet])]
        lent = [by_path[path] for path, _, _ in targets if path in by_path]
        conditions = [*data.conditions.values()]
        paths = [*map(EXERCISE.path, slugs), *(page.path for page in lent), *map(CONDITION.path, data.conditions)]
        paths += [PROGRAMME.path(programme.slug)] if programme else []
        entries = [catalogue.pages[path].digest for path in dict.fromkeys(paths) if path in catalogue.pages]
        source = keeping.key(entries, [page.key for page in lent], [entry.digest for entry in catalogue.of_programmes])

        @cache
        def contents() -> tuple[Patients, list[Problem]]:
            problems: list[Problem] = []
            sections = {}
            for path, _, anchor in targets:
                if path in by_path:
                    sections[path, anchor], unprintable = section(by_path[path], anchor, self._rendition)
                    problems += unprintable
            first = (data.site.ask_first or "").partition("#")
            ask_first = sections.pop((first[0], first[2]), [])
            joints = [*dict.fromkeys(joint for page in conditions if (joint := page.joint))]
            others, last = joints[:-1], joints[-1:]
            either = self.pages.say("either", others=", ".join(others), last=last[0]) if others else "".join(last)
            signs = red_flags.together(conditions, data.red_flags, either)
            plan = PROGRAMME.path(programme.slug) if programme else None
            of_plan = {place: nodes for place, nodes in sections.items() if place[0] == plan}
            of = Patients(
                site=self.name,
                updated=self._updated(paths),
                programme=programme,
                exercises=[self.pages.exercises[slug] for slug in slugs],
                signs=signs,
                ask_first=ask_first,
                sections=[nodes for place, nodes in sections.items() if nodes and place not in of_plan],
                of_plan=[nodes for nodes in of_plan.values() if nodes],
            )
            return of, problems

        def composed(paper: str, fold: str | None, for_printer: bool) -> Composition:
            of, problems = contents()
            data = patient_booklet.patient_booklet(
                of, self._edition(paper), picture=self._original, fold=fold, for_printer=for_printer
            )
            return Composition(_versioned(data), tuple(problems))

        for paper in papers:
            half, fold = HALVES[paper]
            for what, name, kind in (
                (BOOKLET, paper, (None, False)),
                (FOLDED, half, (fold, False)),
                (SHEETS, paper, (fold, True)),
            ):
                key = keeping.key(self._edition_key(paper), self.name, what, source)
                compose = partial(composed, paper, *kind)
                yield Sheet(file_name(what, name), patient_booklet.TEMPLATE, f"docs/{HOME}", key, compose)

    def _complete_texts(self, pages: Sequence[BookletPage], papers: Sequence[str]) -> list[Sheet]:
        books = self._books(pages)

        @lru_cache(maxsize=1)  # what a volume holds is the same on all papers, which come one after the other
        def chapters(number: int) -> tuple[list[dict[str, Any]], list[Problem]]:
            return booklet.chapters(books[number], site_url=self.site_url, picture=self._rendition)

        return [
            self._booklet(book, paper, partial(chapters, number))
            for number, book in enumerate(books)
            for paper in papers
        ]

    def programmes(self, papers: Iterable[str] = PAPERS, sizes: Iterable[bool] = (False, True)) -> Iterator[Sheet]:
        """The sheets of every ready-made programme, a phase after the other, on every paper and in every size."""
        papers, sizes = [*papers], [*sizes]
        for programme in self.pages.programmes.values():
            if not programme.is_sound(self.slugs):
                continue
            phases = [*self._phases(programme)]
            for paper, large in ((paper, large) for large in sizes for paper in papers) if phases else ():
                name = file_name(f"{OF_PROGRAMME}{programme.slug}", paper, large)
                path = PROGRAMME.path(programme.slug)
                yield self._programme(name, programme.facts.title, phases, paper, large, 1, path)

    def _phases(self, programme: PresentedProgramme) -> Iterator[Handed]:
        repertoire, day = self.pages.repertoire, programme.facts.updated
        for phase in programme.phases:
            value = ready.value(phase.facts, day, self.pages.catalogue.language, repertoire)
            if value and phase.code:
                also = (*phase.facts.also,)
                yield Handed(value, phase.code, programme.facts.title, phase.heading, phase.facts.weeks, also)

    def programme(self, handed: Handed, paper: str, large: bool, copies: int = 1) -> Sheet:
        """The sheets of one programme, so many times. Raises NotOnPaperError."""
        title = self.pages.say("programme_heading", day=handed.value.day)
        return self._programme(file_name(handed.code, paper, large), title, [handed], paper, large, copies, LIBRARY)

    def _programme(
        self, name: str, title: str, handed: Sequence[Handed], paper: str, large: bool, copies: int, path: str
    ) -> Sheet:
        entries = self.pages.catalogue.exercises
        members = (self.pages.repertoire.members[item.code] for each in handed for item in each.value.items)
        slugs = [*dict.fromkeys(member.slug for member in members)]
        for slug in slugs:
            if slug not in self.slugs:
                message = (
                    f"docs/{EXERCISE.path(slug)} has a mistake, so it can't be printed. Run 'make check' and mend it."
                )
                raise NotOnPaperError(message)
        pictures = [
            self.plans[file].fallback.name
            for slug in slugs
            for _, file in entries[slug].face.pictures
            if file in self.plans
        ]
        key = keeping.key(
            self._edition_key(paper),
            TEMPLATE,
            [(each.code, each.title, each.phase, each.weeks) for each in handed],
            [entries[slug].digest for slug in slugs],
            pictures,
            self.builder,
            title,
            large,
            copies,
        )

        def composed() -> Composition:
            source = Source(self.pages.exercises, self.pages.repertoire, self._original, self.builder)
            data = programme_sheets(handed, source, self._edition(paper), title=title, large=large, copies=copies)
            return Composition(_versioned(data))

        return Sheet(name, TEMPLATE, f"docs/{path}", key, composed, portion=handed[0].code)

    def _handouts_of(self, slug: str, editions: Iterable[tuple[str, bool]]) -> Iterator[Sheet]:
        page, entry = EXERCISE.path(slug), self.pages.catalogue.exercises[slug]
        address = self._address(page)
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

    def _address(self, page: str) -> str | None:
        """Where a page stands on the web; None when nobody knows."""
        folder = page.removesuffix(".md").removesuffix("index")
        return f"{self.site_url.rstrip('/')}/{folder.rstrip('/')}/" if self.site_url else None

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
            edition = Edition(
                data.words, data.site, clinic, self.language, _VERSION, name, self.grey, logo, self.site_url
            )
            shared = [entry.digest for entry in catalogue.data]
            editions[paper] = (
                edition,
                keeping.key(self.engine, shared, self.language, name, self.grey, self.folder, logo, self.site_url),
            )
        return editions

    def _tick_chart(self, paper: str) -> Sheet:
        if self.pages.charted and self.pages.charted.is_sound(self.slugs):
            return self._plan_chart(self.pages.charted, paper)
        slugs = self._on_chart
        entries = [self.pages.catalogue.exercises[slug] for slug in slugs]
        key = keeping.key(self._edition_key(paper), handouts.TICK_CHART, [entry.digest for entry in entries])

        def composed() -> Composition:
            updated = self._updated(map(EXERCISE.path, slugs))
            rows = [self.pages.exercises[slug] for slug in slugs]
            data = handouts.tick_chart(rows, self._edition(paper), updated=updated, address=self._address(LIBRARY))
            return Composition(_versioned(data))

        return Sheet(file_name(TICK_CHART, paper), handouts.TICK_CHART, f"docs/{LIBRARY}", key, composed)

    def _plan_chart(self, programme: PresentedProgramme, paper: str) -> Sheet:
        catalogue, path = self.pages.catalogue, PROGRAMME.path(programme.slug)
        slugs = [exercise.slug for exercise in programme.exercises]
        entries = [catalogue.pages[path], *(catalogue.exercises[slug] for slug in slugs), *catalogue.of_programmes]
        key = keeping.key(self._edition_key(paper), handouts.PLAN_CHART, [entry.digest for entry in entries])

        def composed() -> Composition:
            updated = self._updated([path, *map(EXERCISE.path, slugs)])
            address = self._address(path)
            data = handouts.plan_chart(programme, self._edition(paper), updated=updated, address=address)
            return Composition(_versioned(data))

        return Sheet(file_name(TICK_CHART, paper), handouts.PLAN_CHART, f"docs/{path}", key, composed)

    @property
    def _on_chart(self) -> list[str]:
        """The exercises that the library chooses for the chart, or the first of all: no more than can be ticked off."""
        choice = self.pages.printable.library.chart if self.pages.printable else []
        return [slug for slug in choice if slug in self.slugs] or [*self.slugs[:LONGEST_CHART]]

    def _books(self, pages: Sequence[BookletPage]) -> list[Book]:
        """What is bound together: all pages, or those of each volume."""
        volumes = self.pages.volumes
        if not volumes:
            return [Book(COMPLETE, pages, self._updated(self.pages.catalogue.pages))]
        by_path = {page.path: page for page in pages}
        books = []
        elsewhere: list[Elsewhere] = []
        for volume in volumes:
            paths = [*map(EXERCISE.path, volume.exercises)]
            bound = [by_path.pop(path) for path in paths if path in by_path]
            if bound:
                name, title = self._called(volume.number, volume.title)
                books.append(Book(volume.name, bound, self._updated(paths), name, title))
                reference = self.pages.say("volume_reference", number=volume.number)
                elsewhere.append(Elsewhere(title, volume.name, reference, bound))
        name, title = self._called(1, self.pages.say("volume_pages"))
        first = Book(
            COMPLETE, [*by_path.values()], self._updated(by_path), name, title, elsewhere, self._cover(volumes)
        )
        return [first, *books]

    def _called(self, number: int, content: str) -> tuple[str, str]:
        """What a volume is called as a document, and what it says of itself on its cover."""
        say = self.pages.say
        return say("volume_name", site=self.name, number=number), say("volume", number=number, title=content)

    def _updated(self, paths: Iterable[str]) -> datetime.date:
        """The last day on which any of these pages was changed, or any at all when they don't say."""
        pages = self.pages.catalogue.pages
        days = [day for path in paths if path in pages and (day := pages[path].face.updated)]
        return datetime.date.fromisoformat(max(days)) if days else self._updated(pages)

    def _cover(self, volumes: Sequence[Volume]) -> list[Node]:
        """Where movements end, of exercises from here and there. They are decoration."""
        ends = [self.pages.catalogue.exercises[volume.exercises[0]].face.end for volume in volumes]
        pictures = [file for file in ends if file and file in self.plans]
        few = pictures[:: -(-len(pictures) // ON_COVER)] if pictures else []
        return [{"kind": "picture", "alt": "", **self._original(file)._asdict()} for file in few]

    def _booklet(
        self, book: Book, paper: str, chapters: Callable[[], tuple[list[dict[str, Any]], list[Problem]]]
    ) -> Sheet:
        key = keeping.key(self._edition_key(paper), self.name, self.site_url, book.inputs)
        folder = f"{self.site_url.rstrip('/')}/{FOLDER}" if self.site_url else None

        def composed() -> Composition:
            parts, problems = chapters()
            address = None if folder is None else lambda name: folder + file_name(name, paper)
            data = booklet.booklet(book, parts, self._edition(paper), site=self.name, address=address)
            return Composition(_versioned(data), tuple(problems))

        return Sheet(file_name(book.file, paper), booklet.TEMPLATE, f"docs/{HOME}", key, composed, alone=True)

    def _rendition(self, path: str) -> PictureFile | None:
        """What to print of a picture of the built site, by its path there."""
        return self._renditions.get(path.removeprefix(PICTURES))

    def _original(self, file: str) -> PictureFile:
        """What to print of a picture inside images/: the JPEG, since Typst would make anything else larger."""
        return self._file(self.plans[file].fallback)

    @cached_property
    def _renditions(self) -> dict[str, PictureFile]:
        """By the names that they have there."""
        return {plan.fallback.name: self._file(plan.fallback) for plan in self.plans.values()}

    def _file(self, rendition: Rendition) -> PictureFile:
        return PictureFile(f"{self.folder}/{rendition.file}", rendition.width, rendition.height)


def _versioned(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """The data with the version of its content where they say one: 8 digits of a hash of all the rest."""
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, default=str)
    versioned: dict[str, Any] = json.loads(text.replace(_VERSION, sha256(text.encode()).hexdigest()[:8]))
    return versioned
