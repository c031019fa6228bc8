"""Pages: the values of the catalogue, put into the templates around an author's text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from html import unescape
from itertools import islice
from typing import Any

from markupsafe import Markup

from .. import qr
from ..addresses import Address
from ..content import glossary, red_flags
from ..content.catalogue import Bunch, Catalogue
from ..content.faces import Face
from ..content.kinds import BUILDER, CARDS, CONDITION, EXERCISE, HOME, LIBRARY, PROGRAMME, lists_all_sources
from ..content.model import (
    Aim,
    Bounds,
    Condition,
    Exercise,
    Glossary,
    Image,
    Level,
    Library,
    Page,
    Programme,
    Series,
    ceilings,
)
from ..gate import picture_rules
from ..gate.gate import Report
from ..gate.printable import Printable, printable
from ..keeping import FOLDER, Kept, core, kept, key
from ..on_demand import OnDemand, Selection
from ..pdf_names import FOLDER as SHEETS
from ..pdf_names import HALVES, TICK_CHART, file_name, papers
from ..pictures import renditions
from ..pictures.renditions import Plan
from ..pictures.share_cards import MOST, Card
from ..programme.doses import BANDS
from ..programme.repertoire import Repertoire
from ..wording import Say
from . import cautions, lists, programme_data, templates
from .bytecode import Bytecode
from .chips import chips
from .embedded import Dress
from .lists import Part, Row
from .page_inputs import listed, pictured, ways
from .presented import Presented, help_lines, pain_line, presented, review_line, review_short
from .programmes import PresentedProgramme, presented_programme
from .volumes import Volume, volumes

# How wide a picture is shown, by what it is part of. They follow the layout in docs/assets/stylesheets/site.css.
SIZES = {
    "pair": "(min-width: 600px) 280px, 46vw",
    "strip": "(min-width: 600px) 280px, 46vw",  # the files that stand above it already
    "card": "(min-width: 600px) 280px, 94vw",
    "way": "(min-width: 600px) 280px, 46vw",
    "thumb": "(min-width: 600px) 135px, 30vw",
    "logo": "240px",
    "whole": "(min-width: 600px) 570px, 94vw",
}
UNTOLD = ("strip", "thumb")
"""Pictures that say nothing of their own: a strip stands below its pictures with their words, a thumbnail by a name."""
_WAY = re.compile(r'(?<=<li>)(?=<strong><a [^>]*?href="(?P<to>[^"]*)")')
_WAYS_END = re.compile(r"</ul>.*?(?=<h2)", re.DOTALL)
"""Where the section ends that has the first list."""
PICTURES = "assets/pictures/"
_PLAN = re.compile(r'<p><a (?=[^>]*class="plan")[^>]*href="(?P<to>[^"]*)"[^>]*>[^<]*</a></p>')
"""`[Its name](programmes/its-name.md){ .plan }`, alone in a paragraph: its table comes below it."""


class Pages:
    """Renders the pages of one build.

    `plans` holds the renditions of every picture that can be shown, by its path inside images/; `site_url` is "" while
    nobody knows where the site will stand.
    """

    def __init__(self, report: Report, plans: Mapping[str, Plan], site_url: str = "") -> None:
        self.report, self.plans, self.clinic, self.site_url = report, plans, report.clinic, site_url
        self.catalogue: Catalogue = report.catalogue
        self.words = self.catalogue.words.part(lambda words: words.root) or {}
        self.bytecode = Bytecode(self.catalogue.root / FOLDER / "compiled")
        self.environment, self.say = templates.environment(self.words, self.bytecode), Say(self.words)
        sources = self.catalogue.sources.part(lambda sources: sources.root) or {}
        self.source_labels = {key: source.short for key, source in sources.items()}
        self.printable = printable(report)
        self.exercises: Mapping[str, Presented] = _presented(self.printable, self.say) if self.printable else {}
        self.repertoire = Repertoire.of(self.catalogue)
        self.programmes = self._programmes()
        self._lists: dict[str, Selection[str, Presented]] = {}
        self.parts = self._parts()
        self.volumes = self._volumes()
        self._row_keys: Mapping[str, str] = OnDemand(self.exercises, self._row_key)  # it stands on several lists
        self._besides: dict[str, str] = {}
        self._order = [*self.exercises]
        self._beside = self.catalogue.neighbours(self._order)

    def page(self, path: str) -> Page | None:
        """What the page at `path` below docs/ says; None when it, or the data that it needs, is wrong."""
        return self.printable.pages.get(path) if self.printable else None

    def title(self, path: str) -> str | None:
        """The title of the page at `path` below docs/; None when nobody knows one."""
        part = self.parts.get(path)
        title = self.catalogue.titles.get(part.hub if part else path)
        if part is None or part.number == 1 or title is None:
            return title
        return self.say("list_title", title=title, number=part.number)

    def render(self, path: str, body: str, url: Address) -> str:
        """The whole content of the page at `path` below docs/, around its `body`.

        A page that can't be printed, for what is wrong with it or with the shared data, is its body only; its banner
        says why.
        """
        data, part = self.printable, self.parts.get(path)
        page = self.page(part.hub if part else path)
        if data is None or page is None:
            return body
        if part and part.number > 1:
            return self._filled("list.html", page, url, data, body="", **self._listing(part))
        if isinstance(page, Programme) and self.catalogue.pages[path].slug not in self.programmes:
            return body
        values = self._values(path, page, data)
        if path == HOME:
            body, values["more"] = self._ways(body, url)
        body = _PLAN.sub(lambda match: self._planned(match, page, url, data), body)
        return self._filled(self.catalogue.pages[path].kind.template, page, url, data, body=Markup(body), **values)

    def embedded(self, slug: str, url: Address, dress: Dress, **values: Any) -> str | None:
        """The whole document of the exercise called `slug` for the frame of another website; None when it can't be
        printed. `values` are its `banner`, its address of its own on the web (`canonical`), the `name` of the site and
        its `language`."""
        page, data = self.page(EXERCISE.path(slug)), self.printable
        if data is None or page is None or slug not in self.exercises:
            return None
        beside = self._neighbours(slug, data)
        return self._filled("embed.html", page, url, data, **beside, **dress._asdict(), **values)

    def on_paper(self, path: str, html: str, url: Address) -> str:
        """The page at `path` as `render` made it, but with all of its list: paper has no further pages to lead to."""
        data, page, part = self.printable, self.page(path), self.parts.get(path)
        if data is None or page is None or part is None or not part.is_long:
            return html
        whole = lists.whole(path, self._listed(path))
        before, after = (
            self._filled("listing.html", page, url, data, **self._listing(listing)) for listing in (part, whole)
        )
        return html.replace(before, after)

    def scripts(self) -> list[tuple[str, str]]:
        """The cards of long lists, for the script that filters them: paths in the site, and texts."""
        hubs = [part.hub for part in self.parts.values() if part.is_long and part.number == 1]
        if not hubs:
            return []
        store = kept(self.catalogue.root / FOLDER / "cards", core())
        scripts = [(lists.script_name(hub), self._script(hub, store)) for hub in hubs]
        store.keep()
        return scripts

    def range(self, part: Part) -> str:
        """Which exercises of a list stand on a page: "Exercises 25 to 48 of 1,000"."""
        first, last, count = map(self.say.number, (part.first, part.last, part.count))
        if first == last:
            return self.say("list_last", last=last, count=count)
        return self.say("list_range", first=first, last=last, count=count)

    def redirects(self, address: Callable[[str, str], str], language: str) -> dict[str, str]:
        """A page for every old name: its path below docs/ as .md, and its HTML. `address(old, new)` leads there."""
        pages: dict[str, str] = {}
        for path, entry in self.catalogue.pages.items():
            for slug in entry.face.was or []:
                folder = path.rpartition("/")[0]
                old = f"{folder}/{slug}.md" if folder else f"{slug}.md"
                pages[old] = self.environment.get_template("redirect.html").render(
                    address=address(old, path), title=self.catalogue.titles.get(path), language=language
                )
        return pages

    def trail(self, path: str) -> list[tuple[str, str]]:
        """The way from the home page to the page at `path`: paths below docs/ and titles, the page itself last.

        Exercises stand below the library, and the further pages of a list below its first. Empty for a page that is
        not in the catalogue.
        """
        entry, part = self.catalogue.pages.get(path), self.parts.get(path)
        above = [HOME, entry.kind.part_of] if entry and entry.kind.part_of else [HOME, part.hub if part else HOME]
        titles = {step: title for step in [*above, path] if (title := self.title(step))}
        return [*titles.items()] if path in titles else []

    def picture(self, image: Image, kind: str, url: Address, first: bool = False) -> Markup:
        """A picture, or its words when it can't be shown. Those UNTOLD have their words beside them."""
        plan = self.plans.get(image.file)
        if plan is None and kind in UNTOLD:
            return Markup("")
        if plan is None:
            return Markup('<p class="picture-missing">{}</p>').format(self.say("picture_missing", alt=image.alt))
        html = renditions.picture_html(
            plan,
            alt="" if kind in UNTOLD else image.alt,
            sizes=SIZES[kind],
            url=lambda name: url(PICTURES + name),
            first=first,
        )
        return Markup(html)

    def logo(self, url: Address) -> Markup:
        """The clinic's logo, beside its name; "" when there is none or it can't be shown."""
        plan = self.plans.get(self.clinic.logo or "")
        if plan is None:
            return Markup("")
        alt = "" if self.clinic.name else self.say("clinic")
        html = renditions.picture_html(
            plan, alt=alt, sizes=SIZES["logo"], url=lambda name: url(PICTURES + name), css="logo"
        )
        return Markup(html)

    def plain_picture(self, image: Image, url: Address) -> str | None:
        """The address of a picture in the form that every other program can show."""
        plan = self.plans.get(image.file)
        return url(PICTURES + plan.fallback.name) if plan else None

    def seen(self, image: Image) -> str:
        """The name of the word for the place from where a further view is seen, as far as its picture says it."""
        plan = self.plans.get(image.file)
        return f"seen_{plan.seen}" if plan and plan.seen else "detail"

    def share_cards(self, site: str) -> dict[str, Card]:
        """The picture that stands for each page where it is passed on, by its path below docs/."""
        cards: dict[str, Card] = {}
        for path in self.printable.pages if self.printable else ():
            face = self.catalogue.pages[path].face
            pictures = [picture for file in self._stand_for(path) if (picture := self.report.pictures.get(file))]
            stem = glossary.slug(path.removesuffix(".md").removesuffix("/index"))
            cards[path] = Card(
                stem, face.title or "", face.summary or "", site, self.clinic.scheme.colour, (*pictures,)
            )
        return cards

    def _stand_for(self, path: str) -> list[str]:
        """The pictures that stand for a page, by their paths inside images/: the end of an exercise; the first of its
        own text; else the ends of exercises to which it leads, as every page does."""
        entry, page = self.catalogue.pages[path], self.page(path)
        if entry.face.end:
            return [entry.face.end]
        own = next((use.file for use in picture_rules.in_text(path, entry)), None)
        if own:
            return [own]
        slugs: Iterable[str] = self.exercises
        if isinstance(page, Condition):
            slugs = page.exercises
        elif isinstance(page, Programme) and (programme := self.programmes.get(entry.slug)):
            slugs = [exercise.slug for exercise in programme.exercises]
        few = islice((slug for slug in slugs if slug in self.exercises), MOST)
        return [end for slug in few if (end := self.catalogue.exercises[slug].face.end)]

    def _filled(self, template: str, page: Page, url: Address, data: Printable, **values: Any) -> str:
        """What a template prints for a page; `values` are what it prints beside what all pages print."""
        shared = {
            "page": page,
            "review": review_line(page.review, self.say),
            "review_short": review_short(page.review, self.say),
            "url": url,
            "seen": self.seen,
            "picture": lambda image, kind, first=False: self.picture(image, kind, url, first),
            "code": self._code,
            "sheet": lambda what, paper, large=False: url(SHEETS + file_name(what, paper, large)),
            "papers": papers(self.clinic.paper),
            "halves": [HALVES[paper][0] for paper in papers(self.clinic.paper)],
            "logo": self.logo(url),
            "exercise_page": EXERCISE.path,
            "pictures": PICTURES,
            "site": data.site,
            "pain_line": pain_line(data.site.pain_rule),
            "stop_help": help_lines(data.site.stop_help),
            "sources": data.sources,
            "library": data.library,
            "builder": BUILDER if self._has_builder else None,
            "clinic": self.clinic,
            "volumes": self.volumes,
            "chart_weeks": self.charted.facts.phases[-1].weeks[1] if self.charted else None,
        }
        return self.environment.get_template(template).render(shared | values)

    def _code(self, text: str) -> dict[str, Any]:
        """The code of a programme in groups, and as a picture where it leads somewhere."""
        page = self.builder
        if page is None:
            return {"groups": qr.grouped(text), "image": None}
        of = qr.code_of_programme(page, text, self.say)
        name = Markup(' role="img" aria-label="{}"').format(of["alt"])
        return of | {"image": Markup(of["svg"].replace("<svg", f"<svg{name}", 1))}

    def _volumes(self) -> list[Volume]:
        if self.printable is None:
            return []
        positions = {slug: self.catalogue.exercises[slug].face.position or "" for slug in self.exercises}
        names = {id_: position.name for id_, position in self.printable.vocabulary.positions.items()}
        return volumes(positions, self.printable.library.series, names, self.say)

    def _values(self, path: str, page: Page, data: Printable) -> dict[str, Any]:
        """What the template of this page prints beside what the page itself says."""
        entry = self.catalogue.pages[path]
        match page:
            case Exercise():
                return self._neighbours(entry.slug, data)
            case Programme():
                paths = [CONDITION.path(slug) for slug in page.conditions]
                conditions = [(path, title) for path in paths if (title := self.title(path))]
                return {"programme": self.programmes[entry.slug], "conditions": conditions}
            case Condition():
                tiers = red_flags.on_page(page, data.red_flags).items()
                signs: dict[str, Any] = {"red_flags": {tier: red_flags.grouped(those) for tier, those in tiers}}
                signs["rests_on"] = self.rests_on(page)
                return signs | self._listing(self.parts[path]) | {"programmes": self._leading(entry.slug)}
            case Library():
                series = [(series, self._members(series)) for series in page.series]
                series = [(row, members) for row, members in series if members]
                return {"series": series, "programmes": self._leading()} | self._listing(self.parts[path])
            case Glossary():
                return {"entries": glossary.words(self.catalogue)}
        if path == BUILDER:
            return self._building(data)
        if path == HOME or pictured(self.catalogue, path):
            few = len(self.exercises) <= CARDS
            return {"bunches": self._bunches(self.exercises) if self.catalogue.groups else [], "few": few}
        if entry.kind.template in ("about.html", "sources.html"):
            every = sorted(data.sources, key=lambda key: data.sources[key].short.casefold())
            return {"all_sources": every if lists_all_sources(path, self.catalogue.pages) else []}
        return {}

    def _building(self, data: Printable) -> dict[str, Any]:
        """What the page of programmes offers to whoever builds one."""
        faces = [face for face in self._faces(self.exercises) if face.code]
        return {
            "shows": self.builder or "",
            "ready": self._leading(),
            "chips": chips(faces, data.vocabulary, self.say),
            "most": ceilings(self.catalogue.site.part(lambda site: site.bounds) or Bounds()),
            "bands": BANDS,
            "notes": self.repertoire.notes,
            "weekdays": "MO TU WE TH FR SA SU".split(),
            "conditions": [(CONDITION.path(slug), condition.title) for slug, condition in data.conditions.items()],
        }

    def programme_data(self, stamps: Mapping[str, str], store: Kept) -> tuple[str, dict[str, str]] | None:
        """The scripts with which the page of programmes works: the tables, and those of single exercises by their names
        in the site. None where there is no such page.

        `stamps` say by path below docs/ what an exercise follows from; what was made before is in `store`.
        """
        if BUILDER not in self.catalogue.pages or self.printable is None:
            return None
        entries: list[programme_data.Entry] = []
        for slug in self.exercises:
            face = self.catalogue.exercises[slug].face
            if not face.code or face.code not in self.repertoire.members:
                continue
            stamp = stamps[EXERCISE.path(slug)]
            entry = store.get(stamp)
            if entry is None:
                member = self.repertoire.members[face.code]
                entry = programme_data.entry(self.exercises[slug], member, face.was_codes or (), self.plans, self.say)
                store.put(stamp, entry)
            entries.append(entry)
        gone = self.catalogue.gone.part(lambda gone: gone.items) or []
        return programme_data.tables(entries, gone, self.repertoire.notes, self.words)

    def _programmes(self) -> dict[str, PresentedProgramme]:
        """The ready-made ones that can be shown, by slug."""
        if self.printable is None:
            return {}
        programmes: dict[str, PresentedProgramme] = {}
        for slug in self.catalogue.programmes:
            facts = self.page(PROGRAMME.path(slug))
            if isinstance(facts, Programme) and (
                programme := presented_programme(
                    slug, facts, self.exercises, self.repertoire, self.catalogue.language, self.say
                )
            ):
                programmes[slug] = programme
        return programmes

    @property
    def builder(self) -> str | None:
        """Where the page stands on the web that shows a programme by its code; None without it or an address."""
        there = self.site_url and self._has_builder
        return f"{self.site_url.rstrip('/')}/{BUILDER.removesuffix('.md')}/" if there else None

    @property
    def _has_builder(self) -> bool:
        return BUILDER in self.catalogue.pages

    @property
    def charted(self) -> PresentedProgramme | None:
        """The programme that the tick chart is of: the one that prints it."""
        return next((each for each in self.programmes.values() if TICK_CHART in each.facts.prints), None)

    def _planned(self, match: re.Match[str], page: Page, url: Address, data: Printable) -> str:
        """A link to a programme that stands alone and asks for its table, with that; any other link as it is."""
        places = {url(PROGRAMME.path(slug)): programme for slug, programme in self.programmes.items()}
        programme = places.get(unescape(match["to"]))
        if programme is None:
            return match[0]
        return match[0] + self._filled("plan_table.html", page, url, data, programme=programme)

    def _ways(self, body: str, url: Address) -> tuple[str, Markup]:
        """The text of the first page in two: as far as the ways into the site, each with the picture of the page to
        which it leads, and what comes after them."""
        plans = {url(path): plan for path, file in ways(self.catalogue).items() if (plan := self.plans.get(file))}
        count = 0

        def pictured(match: re.Match[str]) -> str:
            nonlocal count
            plan, count = plans.get(unescape(match["to"])), count + 1
            if plan is None:
                return ""
            return renditions.picture_html(
                plan,
                alt="",  # the link says where it leads
                sizes=SIZES["way"],
                url=lambda name: url(PICTURES + name),
                first=count <= 2,
                css="drawn" if plan.areas else "",
            )

        body = _WAY.sub(pictured, body)
        end = match.end() if (match := _WAYS_END.search(body)) else len(body)
        return body[:end], Markup(body[end:])

    def _leading(self, condition: str | None = None) -> list[tuple[str, PresentedProgramme]]:
        """The programmes that a page leads to, with their paths below docs/: the library to all."""
        return [
            (PROGRAMME.path(slug), programme)
            for slug, programme in self.programmes.items()
            if condition is None or condition in programme.facts.conditions
        ]

    def rests_on(self, page: Page) -> list[str]:
        """The keys of a page's list of sources, in order."""
        data = self.printable
        return red_flags.sources(page, data.red_flags) if data and isinstance(page, Condition) else page.evidence

    def _neighbours(self, slug: str, data: Printable) -> dict[str, Any]:
        """The exercise, those before and after it in the catalogue's order, and its part in a series."""
        before, after = self._beside[slug]
        values: dict[str, Any] = {
            "exercise": self.exercises[slug],
            "conditions": [(CONDITION.path(help_.slug), help_.title) for help_ in self.exercises[slug].helps],
            "before": self.exercises[before] if before else None,
            "after": self.exercises[after] if after else None,
            "part": None,
            "group": self.catalogue.group_of.get(slug),
            "reds": self._has_reds(self.exercises[slug]),
        }
        for series in data.library.series:
            if slug in series.exercises:
                members = self._members(series)
                number = [member.slug for member in members].index(slug) + 1
                values["part"] = {"series": series, "number": number, "exercises": members}
        return values

    def _has_reds(self, exercise: Presented) -> bool:
        """Whether its pictures are drawings of muscles at work, which are red there. No photo says so."""
        end = exercise.images.end()
        picture = self.report.pictures.get(end.file) if end and exercise.facts.kind is Aim.STRENGTH else None
        return picture is not None and picture.origin is not None

    def _bunches(self, slugs: Iterable[str]) -> list[tuple[Bunch, list[Presented]]]:
        """A list of exercises as it is printed, group by group: those with which people start come first."""
        return [
            (bunch, sorted((self.exercises[slug] for slug in bunch.exercises), key=_hardness))
            for bunch in self.catalogue.bunches(slugs)
        ]

    def beside(self, path: str) -> str:
        """A hash over what a page leads to, of what can be shown: exercises, and the volumes of the booklet."""
        entry, part = self.catalogue.pages.get(path), self.parts.get(path)
        if entry and entry.kind is EXERCISE:
            titles = self.catalogue.titles
            return key([(slug, titles.get(EXERCISE.path(slug))) for slug in self._leading_to(entry.slug)])
        if entry and pictured(self.catalogue, path):
            return key(self._hub_beside(""), self._order)
        return self._hub_beside(part.hub if part else "")

    def _hub_beside(self, hub: str) -> str:
        if hub not in self._besides:  # a list has many pages
            volumes = [(volume.name, volume.title) for volume in self.volumes]
            slugs = self._listed(hub).keys if hub else []
            # Where one is left out, those behind it move up: no page knows by itself which those are.
            cards = self.cards_key(hub) if hub and len(slugs) < len(listed(self.catalogue, hub)) else ""
            self._besides[hub] = key(slugs, volumes, cards)
        return self._besides[hub]

    def _leading_to(self, slug: str) -> list[str]:
        """Those before an exercise and behind it in the catalogue's order, and those of its series."""
        around = [other for other in self._beside[slug] if other]
        series = self.printable.library.series if self.printable else []
        members = [
            member for each in series if slug in each.exercises for member in each.exercises if member in self._beside
        ]
        return around + members

    def _members(self, series: Series) -> list[Presented]:
        return [self.exercises[slug] for slug in series.exercises if slug in self.exercises]

    def _parts(self) -> dict[str, Part]:
        """Every page with cards, by its path below docs/."""
        pages = self.catalogue.pages
        hubs = [path for path in self.printable.pages if pages[path].kind is CONDITION] if self.printable else []
        hubs += [LIBRARY] if self.printable and LIBRARY in self.printable.pages else []
        return {part.path: part for hub in hubs for part in lists.parts(hub, self._listed(hub))}

    def _listed(self, hub: str) -> Selection[str, Presented]:
        """The exercises of the list that begins on the page at `hub`, in its order."""
        if hub not in self._lists:
            page = self.page(hub)
            slugs = page.exercises if isinstance(page, Condition) else self.exercises
            self._lists[hub] = Selection([slug for slug in slugs if slug in self.exercises], self.exercises)
        return self._lists[hub]

    def _reasons(self, hub: str, exercises: Iterable[Presented]) -> dict[str, str]:
        """Why each of these exercises of a condition's list helps; nothing for the library."""
        entry = self.catalogue.pages[hub]
        if entry.kind is not CONDITION:
            return {}
        return {exercise.slug: exercise.facts.helps.get(entry.slug, "") for exercise in exercises}

    def _listing(self, part: Part) -> dict[str, Any]:
        """The cards of a page, why each exercise helps, and the cautions that they carry for a condition."""
        entry = self.catalogue.pages[part.hub]
        reasons = self._reasons(part.hub, part.exercises)
        faces = self._faces(self._listed(part.hub).keys)
        values: dict[str, Any] = {"listing": part, "reasons": reasons, "cautions": None, "bunches": []}
        values["has_levels"] = any(face.level for face in faces)
        values["chips"] = chips(faces, self.printable.vocabulary, self.say) if part.is_many and self.printable else []
        if not part.is_long and self.catalogue.groups:
            values["bunches"] = self._bunches(exercise.slug for exercise in part.exercises)
        if entry.kind is CONDITION:
            values["cautions"] = cautions.cares(part.exercises, entry.slug)
        if part.is_long and self.printable:
            values["listed_here"] = self.range(part)
            values["cards_script"] = lists.script_name(part.hub)
            values["has_cautions"] = any(condition == entry.slug for face in faces for _, condition in face.cautions)
        return values

    def cards_key(self, hub: str) -> str:
        """A hash over all cards of the list that begins on the page at `hub`: each changes with its own alone."""
        return key([self._row_keys[slug] for slug in self._listed(hub).keys])

    def _row_key(self, slug: str) -> str:
        face, catalogue = self.catalogue.exercises[slug].face, self.catalogue
        plan, data = self._end(face), (catalogue.vocabulary.digest, catalogue.words.digest)
        return key(slug, face.card, plan and [each.name for each in plan.renditions], data, self._has_builder)

    def _script(self, hub: str, store: Kept) -> str:
        rows: list[Row] = []
        for slug in self._listed(hub).keys:
            row = store.get(self._row_keys[slug])
            if row is None:
                end = self._end(self.catalogue.exercises[slug].face)
                row = lists.row(self.exercises[slug], end, coded=self._has_builder)
                store.put(self._row_keys[slug], row)
            rows.append(row)
        entry = self.catalogue.pages[hub]
        return lists.script(rows, entry.slug if entry.kind is CONDITION else None)

    def _end(self, face: Face) -> Plan | None:
        return self.plans.get(face.end or "")

    def _faces(self, slugs: Iterable[str]) -> list[Face]:
        return [self.catalogue.exercises[slug].face for slug in slugs]


def _hardness(exercise: Presented) -> int:
    """The place of its level among all; what has none comes last."""
    levels = [level.value for level in Level]
    return levels.index(exercise.level.id) if exercise.level else len(levels)


def _presented(data: Printable, say: Say) -> Mapping[str, Presented]:
    titles = {slug: condition.title for slug, condition in data.conditions.items()}
    return OnDemand(
        data.exercises,
        lambda slug: presented(slug, data.exercises[slug], vocabulary=data.vocabulary, conditions=titles, say=say),
    )
