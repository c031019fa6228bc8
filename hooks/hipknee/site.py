"""One build as a value: its parts, each made from those above it, and the order in which a site comes of them.

A builder has the content checked, opens a site, takes the `files` that it has to publish, hands every page's text
through `markdown`, `content` and `context`, asks for the `search_index`, and calls `finish` on what it has written.
"""

from __future__ import annotations

import datetime
import gzip
import json
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path, PurePosixPath
from threading import Lock
from typing import Any, NamedTuple

from markupsafe import Markup

from . import keeping
from .addresses import Address, absolute, addresses, relative
from .colours import WHITE
from .content import catalogue as catalogues
from .content import glossary
from .content.catalogue import Catalogue
from .content.kinds import BUILDER, CARDS, EXERCISE, GLOSSARY, HOME, LIBRARY, PROBLEMS
from .content.model import Exercise
from .content.switchboard import FILE, Switchboard
from .embedding import FOLDER as EMBEDDED
from .embedding import file_name as embedded_name
from .embedding import url as embedded_url
from .fingerprints import finder, fingerprinted
from .gate import conversion, gate
from .gate.bodies import MARKDOWNS
from .gate.gate import Report
from .keeping import Kept, core, engine, key
from .page_facts import PageFacts, read
from .pages import (
    exercises_json,
    linked_data,
    open_graph,
    programme_data,
    programmes_json,
    search,
    search_index,
    search_parts,
    typed_words,
)
from .pages.banners import Banners
from .pages.embedded import COLOURS, Dress
from .pages.exercises_json import Card
from .pages.page_inputs import page_inputs
from .pages.pages import PICTURES, SIZES, Pages
from .pages.search_index import Document
from .pdf_names import FOLDER, papers
from .pictures import icons, rendering, renditions, share_cards
from .pictures.decoding import look
from .pictures.renditions import Plan
from .pictures.share_cards import Shared
from .places import FRAME, HOOKS, PAGE_TEMPLATES
from .print import making, pdf_file
from .print.booklet import BookletPage
from .print.making import Sheet
from .print.press import Press
from .print.typesetting import typesetter
from .problems import Problem
from .progress import Counter, Counting, Silence
from .publish import (
    built_files,
    built_site,
    handover,
    manifest,
    page_links,
    page_store,
    policy,
    robots,
    security_contact,
    service_worker,
    serving,
)
from .publish.built_pages import BuiltPages, Content
from .publish.page_links import PageLinks
from .publish.page_store import PageStore, StoredPage
from .rules import Rule
from .search_words import Words
from .stock import Stock
from .text.extensions import Extensions

MANY = 100
"""Pages that take seconds."""
FRONT_MATTER = "exercise.schema.json"
"""Where the schema of an exercise's front matter is published."""


def today() -> datetime.date:
    """The day of the build: that of SOURCE_DATE_EPOCH, when it is set, so that a build can be made again.

    Raises ValueError with a sentence when that is not a time.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date() if epoch else datetime.date.today()
    except (ValueError, OverflowError, OSError):
        message = (
            f"SOURCE_DATE_EPOCH is '{epoch}', which is not a number of seconds since 1970. Correct it, or unset it."
        )
        raise ValueError(message) from None


@dataclass(frozen=True)
class Settings:
    """What a builder says of a site: plain values."""

    root: Path
    """The project's folder."""
    file: str
    """The name of the file that holds the settings, in that folder."""
    name: str
    url: str
    """The address that pages give as their own: of the web, or while serving of this machine. "" when unknown."""
    urls: Mapping[str, str]
    """Where each file below docs/ is published, as an address below the site's root."""
    pages: Collection[str]
    """What the builder itself takes for a page, as paths below docs/."""
    publishing: bool
    """Whether readers will see it, or only an editor on this machine."""
    offline: bool
    """Whether pages are kept on readers' devices."""
    frame: str = ""
    """A hash over all that the builder itself puts around pages; "" when nobody can say what that follows from. All
    pages are made anew then."""
    today: datetime.date = field(default_factory=today)
    progress: Counting = Silence
    """What tells how far long work has come."""
    prints: bool = True
    """Whether sheets are made: whoever exports some of them makes those alone."""

    @property
    def public_url(self) -> str:
        """The address on the web; "" when nobody knows it. Printed codes lead there, never to this machine."""
        return self.url if self.publishing else Switchboard.read(self.root, self.file).url


class GeneratedFile(NamedTuple):
    """A file to publish: its name in the site, and its text, or the file that it is a copy of."""

    name: str
    text: str = ""
    path: Path | None = None


class RenderedPage(NamedTuple):
    """A page as it was made: where it stands, its title, and what is in it without banners."""

    url: str
    title: str
    html: str
    facts: PageFacts
    entries: list[Document] | None
    """What it adds to the index of the search, when that is known."""


class Stocks(NamedTuple):
    """Where what was made before is kept, of which a page holds the name or which hangs on none."""

    pictures: Stock
    icons: Stock
    share: Stock
    print: Stock

    @classmethod
    def opened(cls, root: Path) -> Stocks:
        """Those of the project in the folder `root`."""
        return cls(*(Stock(root / keeping.FOLDER / name) for name in cls._fields))

    def prune(self) -> None:
        """Delete what nobody has asked for in the last hour."""
        for stock in self:
            stock.prune()


@dataclass
class Site:
    """One build."""

    settings: Settings
    report: Report
    plans: Mapping[str, Plan]
    pages: Pages
    banners: Banners
    extensions: Extensions
    press: Press
    cards: Mapping[str, Shared]
    """The pictures that stand for pages where they are passed on, by path below docs/."""
    stocks: Stocks
    order: Sequence[str] = ()
    """The pages of the navigation, as paths below docs/: a builder sets it."""
    dress: Dress | None = None
    """What the pages for other websites look like, once the names of style sheets are known."""
    rendered: dict[str, RenderedPage] = field(default_factory=dict)
    """What has been made so far, by path below docs/."""
    contents: dict[str, Content] = field(default_factory=dict)
    """What stands in the frames of pages, by their names in the site."""
    stored: Mapping[str, StoredPage] = field(default_factory=dict)
    """The pages that were made before and need not be made again, by path below docs/."""
    _keys: Mapping[str, str] = field(default_factory=dict)
    """A hash over all that a page follows from, by path below docs/, for pages that are kept."""
    _copies: list[tuple[str, Mapping[str, Path]]] = field(default_factory=list)
    """Files that are handed to the site as they are, by their names there, which begin alike."""
    _texts: dict[str, str] = field(default_factory=dict)
    """The data of exercises whose pages are made now, by path below docs/."""
    _later: dict[str, Sheet] = field(default_factory=dict)
    """The sheets that an editor's server makes when somebody opens them, by their names in the site."""
    _counting: ExitStack = field(default_factory=ExitStack)
    _count: Counter = field(default_factory=Silence)
    """Is told of each page."""
    _making: Lock = field(default_factory=Lock)
    _unprinted: set[str] = field(default_factory=set)

    @classmethod
    def opened(cls, settings: Settings, report: Report | None = None) -> Site:
        """Make the parts of a build, in the one right order. `report` is what the check has said of its content."""
        report = report or check(settings)
        stocks = Stocks.opened(settings.root)
        press = _press(report, stocks, settings.name, settings.public_url, settings.progress)
        pages, plans = press.pages, press.plans
        settings = replace(settings, urls={**settings.urls, **_further_urls(pages, settings.urls)})
        texts = conversion.extensions(report.catalogue, plans, SIZES["whole"])
        # A picture is told by its whole address only, and nobody passes on what stands on an editor's machine.
        cards = pages.share_cards(settings.name) if settings.publishing and settings.url else {}
        shared = share_cards.make(cards, stocks.share)
        banners = Banners(report, pages.environment, settings.today)
        site = cls(settings, report, plans, pages, banners, texts, press, shared, stocks)
        site._keys = site._page_keys()
        site.stored = {path: page for path, key in site._keys.items() if (page := site.store.get(key))}
        return site

    @property
    def language(self) -> str:
        """That of all that is published."""
        return self.report.catalogue.language

    @cached_property
    def store(self) -> PageStore:
        """Where pages are kept: those for readers apart from those for editors."""
        return PageStore(self._cache("pages" if self.settings.publishing else "preview"))

    @property
    def missing(self) -> int:
        """How many pages have to be made."""
        return len(self.settings.urls.keys() & {*self.report.catalogue.pages, *self.further_pages} - self.stored.keys())

    @property
    def is_large(self) -> bool:
        """Whether so many pages have to be made that it takes a while."""
        return self.missing > MANY

    @property
    def news(self) -> Iterator[str]:
        """What whoever builds should know."""
        if self.settings.publishing and not self.settings.url:
            yield "mkdocs.yml has no site_url, so the printed sheets have no QR codes."
        if not self.settings.publishing and self.is_large:
            yield f"{self.missing} pages follow from what has changed, and are made now: that takes a while."

    @property
    def left_out(self) -> list[str]:
        """The pages that the clinic leaves out, as paths below docs/: a builder has to forget them."""
        return [*map(EXERCISE.path, self.report.catalogue.left_out)]

    @property
    def further_pages(self) -> list[str]:
        """The pages that nobody writes, on which long lists go on, as paths below docs/: they are in no menu."""
        return [*_further_urls(self.pages, {})]

    # What a builder publishes beside the pages.

    def files(self) -> tuple[list[GeneratedFile], list[Problem]]:
        """Redirects and data; and what could not be printed. Pictures and sheets are handed over by `finish`."""
        sheets, problems = self._print([*self.press.handouts(), *self.press.tick_charts(), *self.press.programmes()])
        marks = icons.make(self.report.clinic.scheme.colour, self.stocks.icons)
        renditions = [rendition for plan in self.plans.values() for rendition in plan.renditions]
        pictures = {rendition.name: rendition.path for rendition in renditions if rendition.path}
        self._copies += [(PICTURES, pictures), (PICTURES, dict(self.cards.values())), (FOLDER, sheets)]
        files = [GeneratedFile(PICTURES + name, path=path) for name, path in marks.items()]
        files += self._files_by_name([*marks])
        colours = self.report.clinic.scheme.style_sheet()
        files.append(GeneratedFile(fingerprinted(COLOURS, colours.encode()), colours))
        files += [GeneratedFile(name, text) for name, text in self.pages.scripts()]
        files += self._programme_data()
        contact, address = self.report.clinic.security, self.settings.public_url
        contacts = security_contact.files(contact, self.language, address, self.settings.today)
        files += [GeneratedFile(name, text) for name, text in contacts.items()]
        self._count = self._counting.enter_context(self.settings.progress("Pages", self.missing))
        return [*files, *self._redirects(), *self._data()], problems

    def _programme_data(self) -> Iterator[GeneratedFile]:
        """The scripts of the page of programmes, where there is one."""
        store = keeping.kept(self._cache("programme-data"), core())
        data = self.pages.programme_data(self._stamps, store)
        store.keep()
        if data:
            text, scripts = data
            yield GeneratedFile(fingerprinted(programme_data.NAME, text.encode()), text)
            yield from (GeneratedFile(name, script) for name, script in scripts.items())

    def _files_by_name(self, marks: Sequence[str]) -> Iterator[GeneratedFile]:
        """What browsers and search engines ask for by name. `marks` are the icons. A robots.txt of an author's own
        stays."""
        if robots.NAME not in self.report.catalogue.files.others:
            yield GeneratedFile(robots.NAME, robots.text(self.settings.public_url))
        asset = finder(marks)
        offered = {asset(name): icons.ICONS[name] for name in icons.HOME_SCREEN}
        home = self.pages.page(HOME)
        text = manifest.text(
            self.settings.name,
            home.summary if home else "",
            self.language,
            self.report.clinic.scheme.colour,
            WHITE,
            {PICTURES + name: (what.side, not what.corner) for name, what in offered.items()},
        )
        yield GeneratedFile(manifest.NAME, text)

    def late_files(self, paths: Iterable[str], styles: Iterable[str], direction: str) -> list[GeneratedFile]:
        """What a builder publishes once every page has been made: the index of the search, and the pages for other
        websites. An editor's server makes each of them when somebody asks for it.

        `paths` are all files of the site by now, `styles` those that mkdocs.yml names, `direction` is ltr or rtl.
        """
        self.dress = Dress.of(paths, styles, direction)
        return [*self.search_index(), *self.embedded()] if self.settings.publishing else []

    def embedded(self) -> Iterator[GeneratedFile]:
        """Every exercise for the pages of other websites: none where the clinic names no such website."""
        if not self.report.clinic.embed:
            return
        store = keeping.kept(self._cache("embed"), core())
        for slug in self.pages.exercises:
            place = self._keys.get(EXERCISE.path(slug), "")
            html = store.get(place) if place else None
            if html is None and (html := self._embedded(slug)) and place:
                store.put(place, html)
            if html:
                yield GeneratedFile(embedded_name(slug), html)
        store.keep()

    def _embedded(self, slug: str) -> str | None:
        path, address = EXERCISE.path(slug), self._address(embedded_url(slug))
        if not self.dress:
            return None
        return self.pages.embedded(
            slug,
            address,
            self.dress,
            banner=Markup(self.banners.of(path, address, problems=not self.settings.publishing)),
            canonical=absolute(self.settings.urls, self.settings.url)(path) if self.settings.url else "",
            name=self.settings.name,
            language=self.language,
        )

    def search_index(self) -> list[GeneratedFile]:
        """What readers search, once every page has been made: the index and its parts."""
        paths = [path for path in sorted(self.report.catalogue.pages) if self._is_at_hand(path)]
        typed = self.report.catalogue.search
        inputs = key([typed.digest, *(self._keys.get(path) or self._index_of(path) for path in paths)])
        store = keeping.kept(self._cache("search" if self.settings.publishing else "search-preview"), core())
        files = store.get(inputs)
        if files is None:
            words = typed_words.TypedWords.of(self.report.catalogue, self.settings.urls, self._words)
            pages = words.put_into([self._index_of(path) for path in paths])
            files = search_parts.assemble(pages, words.same)
            store.put(inputs, files)
        store.keep()
        self._previewed.keep()
        return [GeneratedFile(name, text) for name, text in files.items()]

    def _index_of(self, path: str) -> list[Document]:
        """What a page adds to the index of the search."""
        stored, rendered = self.stored.get(path), self.rendered.get(path)
        entries: list[Document] | None = stored.about if stored else rendered.entries if rendered else []
        if entries is not None:
            return entries
        place = self._keys.get(path, "")
        entries = self._previewed.get(place) if place else None
        if entries is None:
            html, title = stored.body() if stored else rendered.html if rendered else "", self.pages.title(path) or ""
            entries = self._entries(path, title, read(html, content=True))
            self._previewed.put(place or path, entries)
        return entries

    def _entries(self, path: str, title: str, facts: PageFacts) -> list[Document]:
        url = self.settings.urls[path].removeprefix("./")
        page = search.Rendered(path, url, title, facts.sections, self._thumbnail(path, facts))
        words = glossary.words(self.report.catalogue) if path == GLOSSARY else []
        return search_index.page_index(search.documents(page, self.report.catalogue, words), self._words)

    def _thumbnail(self, path: str, facts: PageFacts) -> str:
        """The smallest file of the picture that stands for the page: of an exercise its last one, else the first."""
        entry = self.report.catalogue.pages.get(path)
        plan = self.plans.get((entry.face.end if entry else None) or "")
        names = (address.rpartition(PICTURES)[2] for address in facts.addresses if PICTURES in address)
        return plan.webp[0].name if plan else next((name for name in names if name.endswith(".webp")), "")

    @cached_property
    def _previewed(self) -> Kept:
        """What pages add to the index that were made for an editor, who has searched."""
        return keeping.kept(self._cache("search-pages"), core())

    @cached_property
    def _words(self) -> Words:
        return Words(self.pages.say)

    def frame(self) -> dict[str, object]:
        """What the templates of the frame print beside what the builder tells them."""
        worker = service_worker.NAME if self.settings.offline and self.settings.publishing else None
        return {
            "say": self.pages.say,
            "language": self.language,
            "search_index": search_parts.NAME,
            "search_language": search.language(self.pages.say),
            "worker": worker,
            "publishing": self.settings.publishing,
            "shows_programmes": BUILDER in self.report.catalogue.pages,
            "clinic_links": self.report.clinic.links,
            "manifest": manifest.NAME,
            "colour": self.report.clinic.scheme.colour,
            "exercises": [*self._ways()],
            "clinic": self.report.clinic,
            "clinic_name": self.report.clinic.name,
            "clinic_logo": self._logo(),
            "sitemap": self.sitemap(),
        }

    def _ways(self) -> Iterator[Mapping[str, object]]:
        """The exercises for a reader who is lost, as long as they are few: title, address and picture of each."""
        slugs = [*self.pages.exercises]
        for slug in slugs if len(slugs) <= CARDS else ():
            face, path = self.report.catalogue.exercises[slug].face, EXERCISE.path(slug)
            plan = self.plans.get(face.end or "")
            small = plan.webp[0] if plan and not plan.animated else plan and plan.fallback
            picture = {"name": PICTURES + small.name, "width": small.width, "height": small.height} if small else None
            if path in self.settings.urls:
                yield {"title": face.title or slug, "url": self.settings.urls[path], "picture": picture}

    def _logo(self) -> Mapping[str, object] | None:
        """The clinic's logo for the head of pages: its name in the site, and its size."""
        plan = self.plans.get(self.report.clinic.logo or "")
        small = plan.webp[0] if plan else None
        return {"name": PICTURES + small.name, "width": small.width, "height": small.height} if small else None

    # One page after the other.

    def markdown(self, path: str, url: str) -> str | None:
        """The author's text of the page at `path` below docs/, which is published at `url`: it is converted next.

        None for a page that is not in the catalogue.
        """
        entry = self.report.catalogue.pages.get(path)
        evidence = (entry.part(lambda page: page.evidence) if entry else None) or []
        address = self._address(url)
        self.extensions.begin(path, evidence, lambda name: address(PICTURES + name))
        if entry is None:
            return None
        of_page = {problem.rule for problem in self.report.problems if problem.path == entry.path}
        is_too_much = of_page & {Rule.NESTING_DEEP, Rule.TEXT_LONG}
        return "" if is_too_much else entry.document.body  # Markdown would go down with it

    def content(self, path: str, url: str, title: str, body: str) -> RenderedPage:
        """The content of the page around its `body`, which is the author's text as HTML."""
        address = self._address(url)
        if path == PROBLEMS:
            html = self.banners.all_problems(address)
            return RenderedPage(url, self.pages.say("problems_title"), html, read(html, content=True), [])
        title = self.pages.title(path) or title
        html = self.pages.render(path, body, address)
        banner = self.banners.of(path, address, problems=not self.settings.publishing)
        facts = read(html, content=True, sections=self.settings.publishing)
        # An editor rarely searches.
        entries = self._entries(path, title, facts) if self.settings.publishing else None
        self.rendered[path] = RenderedPage(url, title, html, PageFacts(), entries)
        self._count.step()
        whole = banner + html
        if self.settings.publishing:  # of what is searched and listed nothing is asked again
            asked = replace(read(banner) + facts if banner else facts, sections=(), headings=())
            self.contents[_file_name(url)] = Content(whole, asked)
        return RenderedPage(url, title, whole, facts, entries)

    def context(self, path: str) -> dict[str, object]:
        """What the frame says of the page: its way from home, and what it is to machines."""
        trail, urls = self.pages.trail(path), self.settings.urls
        context: dict[str, object] = {"trail": [{"title": title, "url": urls[step]} for step, title in trail]}
        page, data, part = self.pages.page(path), self.pages.printable, self.pages.parts.get(path)
        if data is None:
            return context
        address = absolute(urls, self.settings.url)
        setting = linked_data.Setting(
            site=self.settings.name,
            language=self.language,
            address=address if self.settings.url else None,
            picture=lambda image: self.pages.plain_picture(image, address),
            sources=data.sources,
            clinic=self.report.clinic,
        )
        if part and part.number > 1:
            about = self.pages.range(part)
            node = linked_data.of_list(self.pages.title(path) or "", about, path, trail, setting)
            return context | {"description": about, "linked_data": linked_data.script([node])}
        if page is None:
            return context
        entry, card = self.report.catalogue.pages[path], self.cards.get(path)
        exercise = self.pages.exercises.get(entry.slug) if entry.kind is EXERCISE else None
        nodes = linked_data.of_page(page, path, entry.kind, trail, setting, exercise, self.pages.rests_on(page))
        return context | {
            "description": page.summary,
            "is_exercise": exercise is not None,
            "data": exercises_json.name(entry.slug) if exercise else exercises_json.NAME if path == LIBRARY else None,
            "linked_data": linked_data.script(nodes),
            "properties": open_graph.properties(page, path, setting, address(PICTURES + card.name) if card else None),
        }

    def sitemap(self) -> list[tuple[str, str]]:
        """The whole address of each page, and the day on which its words last changed. Empty without an address."""
        address = absolute(self.settings.urls, self.settings.url)
        days = {path: entry.face.updated for path, entry in self.report.catalogue.pages.items()}
        dated = {path: day for path, day in sorted(days.items()) if day and path in self.settings.urls}
        return [(address(path), day) for path, day in dated.items()] if self.settings.url else []

    # What has been written.

    def finish(self, folder: Path, to: Path) -> list[Problem]:
        """Complete the site that was written into `folder` and will stand at `to`; what is wrong with it.

        Links to what could not be printed lead nowhere too; that follows from it and is not reported.
        """
        self._counting.close()
        self.pages.bytecode.keep()
        booklets, problems = self._print(self.press.booklets(self.booklet_pages()))
        self._copies.append((FOLDER, booklets))
        if not self.settings.publishing:  # what is kept is handed out from there
            for path, rendered in self.rendered.items():
                html = (folder / _file_name(rendered.url)).read_text("utf-8")
                self._store(path, html, PageLinks(frozenset(), {}))
            self.store.keep()
            if self.is_large:
                self.store.prune()
                serving.spare()
            _write(folder / service_worker.NAME, service_worker.forgetting())
            _write(folder / serving.AROUND, serving.END.decode())
            return problems
        pages = BuiltPages.read(folder, self.contents)  # those that were made now: no others are there yet
        copies = {begin + name: path for begin, files in self._copies for name, path in files.items()}
        stored = {name: page.path for name, page in self._stored_by_name.items()}
        handover.place(copies | stored, folder)
        packed = folder / "sitemap.xml.gz"
        if packed.is_file():  # a builder writes the day into it, or that of the pages that it has made itself
            packed.write_bytes(gzip.compress((folder / "sitemap.xml").read_bytes(), 9, mtime=0))
        if self.settings.prints:
            self.stocks.prune()
        return [*problems, *self._seal(pages, to)]

    def booklet_pages(self) -> list[BookletPage]:
        """What has been made, in the order of the booklet: that of the navigation, each part behind its first page."""
        pages, titles = self.report.catalogue.pages, self.report.catalogue.titles
        part_of = {path: entry.kind.part_of for path, entry in pages.items() if entry.kind.part_of}
        order = [*self.order]
        for part in dict.fromkeys(part_of.values()):
            at = order.index(part) + 1 if part in order else len(order)
            order[at:at] = [path for path in pages if part_of.get(path) == part]
            part_of[part] = part  # its own first page
        parts = {path: titles.get(part_of.get(path, "")) for path in order}
        # Each group of exercises is a part of its own.
        parts |= {EXERCISE.path(slug): heading for slug, heading in self.report.catalogue.headings.items()}
        return [self._booklet_page(path, part) for path, part in parts.items() if self._is_at_hand(path)]

    def _is_at_hand(self, path: str) -> bool:
        return path in self.rendered or path in self.stored

    def _booklet_page(self, path: str, part: str | None) -> BookletPage:
        stored, rendered, listing = self.stored.get(path), self.rendered.get(path), self.pages.parts.get(path)
        url, title = self.settings.urls[path], rendered.title if rendered else self.report.catalogue.titles[path]
        body = stored.body if stored else lambda: rendered.html if rendered else ""
        digest = stored.digest if stored else page_store.digest(body())
        if not listing or not listing.is_long:
            return BookletPage(path, url, title, body, part, digest)
        # All of a long list is put together only when a booklet with it is made.
        digest = key(self.settings.frame, self._stamps[path], self.pages.cards_key(path), digest)
        return BookletPage(
            path, url, title, lambda: self.pages.on_paper(path, body(), self._address(url)), part, digest
        )

    def _page_keys(self) -> dict[str, str]:
        """Those of the pages that may be kept: of all that can be shown, when it is known what they follow from."""
        settings, printable = self.settings, self.pages.printable
        known = self.report.catalogue.switchboard.extensions.keys() <= MARKDOWNS  # others may read what they like
        if not settings.frame or printable is None or not known:
            return {}
        around = key(settings.frame, settings.name, settings.url, settings.publishing, settings.offline)
        stamps = self._stamps
        keys: dict[str, str] = {}
        for path in [*printable.pages, *self.further_pages]:
            if path not in settings.urls or path == BUILDER:  # it follows from all exercises
                continue
            card, beside = self.cards.get(path), self.pages.beside(path)
            banner = self.banners.of(path, self._address(settings.urls[path]), problems=not settings.publishing)
            keys[path] = key(around, path, stamps[path], settings.urls[path], card and card.name, banner, beside)
        return keys

    def _seal(self, pages: BuiltPages, to: Path) -> list[Problem]:
        """Write stamps, versions and policy into the pages, and the worker beside them; check what came of it."""
        stamps = self._stamps
        stamp_of = {
            _file_name(self.settings.urls[entry.page]): stamps[entry.page]
            for entry in self.report.catalogue.exercises.values()
            if entry.page in self.settings.urls
        }
        leave = policy.policy(header=False)
        versions = {name: page.version for name, page in self._stored_by_name.items()}
        html: dict[str, str] = {}
        for name, text in pages.html.items():
            stamped = built_site.stamped(text, stamp_of[name]) if name in stamp_of else text
            versions[name] = service_worker.version({name: stamped})
            html[name] = policy.with_meta(service_worker.stamped(stamped, versions[name]), leave)
        pages = replace(pages, html=html)
        pages.write(pages.html)
        links = self._links(pages, versions) | {name: page.links for name, page in self._stored_by_name.items()}
        pictures = {plan.saved.name for plan in self.plans.values()}
        version = service_worker.version(versions)
        menu = {_file_name(self.settings.urls[path]) for path in self.order}
        worker = service_worker.worker(pages.folder, version, pictures, menu)
        _write(pages.folder / service_worker.NAME, worker if self.settings.offline else service_worker.forgetting())
        return [
            *policy.check(pages, to.name),
            *built_site.check(links, pages.folder, self.report.catalogue, stamps, to, self._unprinted),
        ]

    def _links(self, pages: BuiltPages, versions: Mapping[str, str]) -> dict[str, PageLinks]:
        """Keep the pages that were made now, as far as nothing is wrong with them; the links of all of them."""
        links = built_site.read(pages, page_links.mount_of(self.settings.url))
        for path, rendered in self.rendered.items():
            name = _file_name(rendered.url)
            facts = pages.facts.get(name)
            if facts and not (links[name].wrong or facts.refused):
                self._store(path, pages.html[name], links[name], versions.get(name, ""))
        self.store.keep()
        self.store.prune()
        return links

    def _store(self, path: str, html: str, links: PageLinks, version: str = "") -> None:
        """Keep a page, if it may be."""
        rendered = self.rendered[path]
        begin = html.find(rendered.html)
        if path in self._keys and begin >= 0:
            content, data = (begin, begin + len(rendered.html)), self._texts.get(path)
            self.store.put(self._keys[path], html, links, version, content, rendered.entries, data)

    @cached_property
    def _stored_by_name(self) -> dict[str, StoredPage]:
        stored = {_file_name(self.settings.urls[path]): page for path, page in self.stored.items()}
        for page in self.rendered.values():  # of two pages with one address that which is new, and says so
            stored.pop(_file_name(page.url), None)
        return stored

    @cached_property
    def _stamps(self) -> dict[str, str]:
        digests = {file: picture.digest for file, picture in self.report.pictures.items()}
        return _stamps(self.report.catalogue, lambda file: digests.get(file, ""))

    def _redirects(self) -> Iterator[GeneratedFile]:
        def address(old: str, new: str) -> str:
            return relative(self.settings.urls[new], f"{old.removesuffix('.md')}/")

        for old, html in self.pages.redirects(address, self.language).items():
            yield GeneratedFile(f"{old.removesuffix('.md')}/index.html", html)

    def _data(self) -> Iterator[GeneratedFile]:
        """The exercises for other programs, and the schemas of what is written and of what is published."""
        yield from (GeneratedFile(name, text) for name, text in self._schemas().items())
        data = self.pages.printable
        if data is None:
            return
        address = absolute(self.settings.urls, self.settings.url)
        shared: dict[str, Any] = {"language": self.language, "address": address}
        catalogue = self.report.catalogue
        faces = {slug: catalogue.exercises[slug].face for slug in data.exercises}
        every = exercises_json.every(
            {
                slug: Card(face.title or "", face.plain, face.level, face.code, face.was_codes or [])
                for slug, face in faces.items()
            },
            data,
            programmes=self.pages.programmes.values(),
            groups=[bunch for bunch in catalogue.bunches(data.exercises) if bunch.group],
            gone=catalogue.gone.part(lambda gone: gone.items) or [],
            notes=catalogue.notes.part(lambda notes: notes.notes) or {},
            site=self.settings.name,
            **shared,
        )
        yield GeneratedFile(exercises_json.NAME, every)
        yield GeneratedFile(
            programmes_json.NAME,
            programmes_json.text(
                self.pages.programmes.values(),
                self.pages.repertoire,
                self.pages.say,
                papers=papers(self.report.clinic.paper),
                shows=self.pages.builder,
                site=self.settings.name,
                **shared,
            ),
        )
        kept: dict[str, Path] = {}
        self._copies.append(("", kept))
        for slug in data.exercises:
            name, page = exercises_json.name(slug), self.stored.get(EXERCISE.path(slug))
            if page and page.data:
                kept[name] = page.data
                continue
            text = exercises_json.single(
                self.pages.exercises[slug],
                data,
                self.plans,
                picture=lambda name: address(PICTURES + name),
                **shared,
            )
            self._texts[EXERCISE.path(slug)] = text
            yield GeneratedFile(name, text)

    def _schemas(self) -> dict[str, str]:
        """Those files: they follow from the code alone, and take a tenth of a second."""
        store = keeping.kept(self._cache("schemas"), core())
        schemas: dict[str, str] | None = store.get(FRONT_MATTER)
        if schemas is None:
            every = {
                FRONT_MATTER: Exercise.model_json_schema(),
                **exercises_json.schemas(),
                **programmes_json.schemas(),
            }
            schemas = {name: json.dumps(schema, indent=2, ensure_ascii=False) for name, schema in every.items()}
            store.put(FRONT_MATTER, schemas)
        store.keep()
        return schemas

    def file(self, name: str, tell: Callable[[Problem], object]) -> bytes | None:
        """What an editor's server hands out under a name in the site: a page that was made before, a picture, or what
        is made when somebody asks for it: a sheet, and the index of the search.

        `tell` hears what can't be printed. Raises OSError when a file is gone.
        """
        if page := self._stored_by_name.get(name):
            return page.path.read_bytes()
        with self._making:  # who opens two of them at once asks in two threads
            if self.report.clinic.embed and name.startswith(EMBEDDED):
                slug = name.removeprefix(EMBEDDED).partition("/")[0]
                html = self._embedded(slug) if name == embedded_name(slug) else None
                return html.encode() if html else None
            if name == search_parts.NAME or name.startswith(search_parts.FOLDER):
                return self._searched.get(name)
            if later := self._later.pop(name, None):
                files, problems = making.make([later], typesetter(self.settings.root), self.stocks.print)
                for problem in problems:
                    tell(problem)
                self._copies.append((FOLDER, files))
        for begin, files in self._copies:
            if name.startswith(begin) and (path := files.get(name.removeprefix(begin))):
                return path.read_bytes()
        return None

    @cached_property
    def _searched(self) -> dict[str, bytes]:
        return {file.name: file.text.encode() for file in self.search_index()}

    def _print(self, sheets: Iterable[Sheet]) -> tuple[Mapping[str, Path], list[Problem]]:
        sheets = [*sheets]
        if not self.settings.prints:
            self._unprinted |= {FOLDER + sheet.name for sheet in sheets}
            return {}, []
        if not self.settings.publishing:  # an editor waits for no sheet that nobody opens
            self._later |= {FOLDER + sheet.name: sheet for sheet in making.missing(sheets, self.stocks.print)}
            sheets = [sheet for sheet in sheets if FOLDER + sheet.name not in self._later]
        files, problems = making.make(sheets, typesetter(self.settings.root), self.stocks.print, self.settings.progress)
        self._unprinted |= {FOLDER + sheet.name for sheet in sheets if sheet.name not in files}
        self.banners.add(problems)
        return files, problems

    def _address(self, url: str) -> Address:
        return addresses(self.settings.urls, url)

    def _cache(self, name: str) -> Path:
        # Not in a watched folder: that would rebuild for ever.
        return self.settings.root / ".cache" / name


def press_of(root: Path, progress: Counting = Silence) -> Press:
    """The press of the project below `root`, for whoever prints and builds no site. Raises OSError."""
    report = gate.check(root, FILE, progress)
    board = report.catalogue.switchboard
    name = board.data.get("site_name")
    return _press(report, Stocks.opened(root), name if isinstance(name, str) else "", board.url, progress)


def _press(report: Report, stocks: Stocks, name: str, url: str, progress: Counting) -> Press:
    """Pictures first, as pages and sheets hold their names."""
    plans = {
        file: renditions.plan(picture, str(PurePosixPath(file).with_suffix("")))
        for file, picture in report.pictures.items()
    }
    plans = rendering.render(plans, stocks.pictures, progress=progress)
    pages = Pages(report, plans, url)
    language, shows = report.catalogue.language, pages.builder
    return Press(pages, plans, "/.cache/pictures", name, language, url, builder=shows)


def check(settings: Settings) -> Report:
    """What is said of the content below a project's root, and of what a builder makes of it."""
    report = gate.check(settings.root, settings.file, settings.progress)
    return replace(report, problems=sorted({*report.problems, *_unread(settings.pages, report)}))


def frame(assets: Mapping[str, str | None], settings: str, builder: str) -> str:
    """A hash over all that stands around a page: the templates and the doors, the files that pages load (their paths in
    the site and on the disk), what a builder was told as text, and which builder it is."""
    files = [path for folder in (FRAME, PAGE_TEMPLATES) for path in sorted(folder.rglob("*")) if path.is_file()]
    code = engine([*sorted(HOOKS.glob("*.py")), *files], builder)
    loaded = [(name, engine([Path(path)]) if path else b"") for name, path in sorted(assets.items())]
    return key(code, core(), loaded, settings)


def _unread(pages: Collection[str], report: Report) -> Iterator[Problem]:
    """Pages of the builder's that nobody has read: none, as long as it and the catalogue look for the same."""
    paths = {problem.path for problem in report.problems}
    for path in pages:
        around = {f"docs/{path}", *(f"docs/{folder}" for folder in PurePosixPath(path).parents)}
        left_out = path in map(EXERCISE.path, report.catalogue.left_out)
        if path not in report.catalogue.pages and path != PROBLEMS and not left_out and not around & paths:
            message = "This would be published as a page, but it has not been checked."
            yield Problem(f"docs/{path}", 1, Rule.FILE_UNKNOWN, message, "Move it out of docs/.")


def _further_urls(pages: Pages, urls: Mapping[str, str]) -> dict[str, str]:
    """Where the further pages of lists are published, by their paths below docs/: as all pages are, by their `urls`."""
    ending = "/" if urls.get(LIBRARY, "/").endswith("/") else ".html"
    return {path: path.removesuffix(".md") + ending for path, part in pages.parts.items() if part.number > 1}


def obstacles(root: Path, settings: str) -> list[Problem]:
    """What keeps any page from being built: mistakes in mkdocs.yml, and what the engine lacks."""
    if not (root / "docs").is_dir():
        return []  # the builder says so
    problems = gate.check(root, settings).problems
    return [problem for problem in problems if not problem.path.startswith(("docs/", "images/"))]


def check_built(folder: Path, root: Path, settings: str = "mkdocs.yml") -> list[Problem]:
    """Everything that is wrong with the site that was built into `folder` from the project at `root`."""
    catalogue = catalogues.load(root, settings)
    pages, name = BuiltPages.read(folder), built_site.folder_name(folder, root)
    wrong = built_site.check(built_site.read(pages), folder, catalogue, _stamps(catalogue))
    return [*wrong, *policy.check(pages, name), *damaged(folder, root)]


def damaged(folder: Path, root: Path) -> Iterator[Problem]:
    """The files of the site in `folder`, built from the project at `root`, that are not what was built."""
    pictures = dict.fromkeys((".png", ".jpg", ".jpeg", ".webp"), lambda content: not look(content).fault)
    name = built_site.folder_name(folder, root)
    return built_files.check(folder, name, {".pdf": pdf_file.is_whole, **pictures})


def _stamps(catalogue: Catalogue, digest: Callable[[str], str] | None = None) -> dict[str, str]:
    """The stamp of every page, by its path below docs/."""
    every = page_inputs(catalogue, digest)
    return {path: inputs.stamp for path, inputs in every.items()}


def site_of(extra: Mapping[str, Any]) -> Site:
    """The site under way, from where a builder keeps what it hands on: under the key `KEY`."""
    site: Site = extra[KEY]
    return site


KEY = "hipknee_site"
PRINTS = "hipknee_prints"
"""Under this key whoever exports only some sheets says that a builder makes none."""


def prints(extra: Mapping[str, Any]) -> bool:
    """Whether a builder makes sheets, from where it keeps what it hands on."""
    return bool(extra.get(PRINTS, True))


def _file_name(url: str) -> str:
    """The file that is published at an address below the site's root, such as "knee-pain/" or "./"."""
    url = url.removeprefix("./")
    return f"{url}index.html" if not url or url.endswith("/") else url


def _write(path: Path, text: str) -> None:
    path.write_text(text, "utf-8", newline="\n")
