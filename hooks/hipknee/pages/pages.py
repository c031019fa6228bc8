"""Pages: the values of the catalogue, put into the templates around an author's text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from ..addresses import Address
from ..content import glossary
from ..content.catalogue import Catalogue
from ..content.faces import Face
from ..content.kinds import EXERCISE, HOME
from ..content.model import Condition, Exercise, Glossary, Image, Library, Page, Series
from ..gate.gate import Report
from ..gate.printable import Printable, printable
from ..on_demand import OnDemand
from ..pdf_names import FOLDER, file_name, papers
from ..pictures import renditions
from ..pictures.renditions import Plan
from ..pictures.share_cards import Card
from ..wording import Say
from . import templates
from .presented import Presented, presented, review_line

# How wide a picture is shown, by what it is part of. They follow the layout in docs/assets/stylesheets/site.css.
SIZES = {
    "pair": "(min-width: 1220px) 340px, (min-width: 600px) 46vw, 94vw",
    "card": "(min-width: 1220px) 340px, (min-width: 600px) 46vw, 94vw",
    "logo": "240px",
    "whole": "(min-width: 1220px) 690px, 94vw",
}
PICTURES = "assets/pictures/"


class Pages:
    """Renders the pages of one build.

    `plans` holds the renditions of every picture that can be shown, by its path inside images/.
    """

    def __init__(self, report: Report, plans: Mapping[str, Plan]) -> None:
        self.report, self.plans, self.clinic = report, plans, report.clinic
        self.catalogue: Catalogue = report.catalogue
        words = self.catalogue.words.part(lambda words: words.root) or {}
        self.environment, self.say = templates.environment(words), Say(words)
        sources = self.catalogue.sources.part(lambda sources: sources.root) or {}
        self.source_labels = {key: source.short for key, source in sources.items()}
        self.printable = printable(report)
        self.exercises: Mapping[str, Presented] = _presented(self.printable, self.say) if self.printable else {}
        faces = [self.catalogue.exercises[slug].face for slug in self.exercises]
        self.choices = _choices(self.printable, faces, self.say) if self.printable else {}
        self._order = [*self.exercises]
        self._places = {slug: place for place, slug in enumerate(self._order)}

    def page(self, path: str) -> Page | None:
        """What the page at `path` below docs/ says; None when it, or the data that it needs, is wrong."""
        return self.printable.pages.get(path) if self.printable else None

    def render(self, path: str, body: str, url: Address) -> str:
        """The whole content of the page at `path` below docs/, around its `body`.

        A page that can't be printed, for what is wrong with it or with the shared data, is its body only; its banner
        says why.
        """
        data, page = self.printable, self.page(path)
        if data is None or page is None:
            return body
        return self.environment.get_template(self.catalogue.pages[path].kind.template).render(
            page=page,
            body=Markup(body),
            review=review_line(page.review, self.say),
            url=url,
            picture=lambda image, kind, first=False: self.picture(image, kind, url, first),
            sheet=lambda what, paper, large=False: url(FOLDER + file_name(what, paper, large)),
            papers=papers(self.clinic.paper),
            logo=self.logo(url),
            exercise_page=EXERCISE.path,
            site=data.site,
            sources=data.sources,
            library=data.library,
            clinic=self.clinic,
            choices=self.choices,
            **self._values(path, page, data),
        )

    def redirects(self, address: Callable[[str, str], str], language: str) -> dict[str, str]:
        """A page for every old name: its path below docs/ as .md, and its HTML. `address(old, new)` leads there."""
        pages: dict[str, str] = {}
        for path, entry in self.catalogue.pages.items():
            for slug in entry.part(lambda page: page.was) or []:
                folder = path.rpartition("/")[0]
                old = f"{folder}/{slug}.md" if folder else f"{slug}.md"
                pages[old] = self.environment.get_template("redirect.html").render(
                    address=address(old, path), title=self.catalogue.titles.get(path), language=language
                )
        return pages

    def trail(self, path: str) -> list[tuple[str, str]]:
        """The way from the home page to the page at `path`: paths below docs/ and titles, the page itself last.

        Exercises stand below the library. Empty for a page that is not in the catalogue.
        """
        titles, entry = self.catalogue.titles, self.catalogue.pages.get(path)
        above = [HOME, entry.kind.part_of] if entry and entry.kind.part_of else [HOME]
        way = [*dict.fromkeys([*above, path])]
        return [(step, titles[step]) for step in way if step in titles] if path in titles else []

    def picture(self, image: Image, kind: str, url: Address, first: bool = False) -> Markup:
        """A picture, or its words when it can't be shown."""
        plan = self.plans.get(image.file)
        if plan is None:
            return Markup('<p class="picture-missing">{}</p>').format(self.say("picture_missing", alt=image.alt))
        html = renditions.picture_html(
            plan, alt=image.alt, sizes=SIZES[kind], url=lambda name: url(PICTURES + name), first=first
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

    def share_cards(self, site: str) -> dict[str, Card]:
        """The picture that stands for each page where it is passed on, by its path below docs/."""
        cards: dict[str, Card] = {}
        for path in self.printable.pages if self.printable else ():
            face = self.catalogue.pages[path].face
            picture = self.report.pictures.get(face.end or "")
            stem = glossary.slug(path.removesuffix(".md").removesuffix("/index"))
            cards[path] = Card(stem, face.title or "", face.summary or "", site, self.clinic.scheme.colour, picture)
        return cards

    def _values(self, path: str, page: Page, data: Printable) -> dict[str, Any]:
        """What the template of this page prints beside what the page itself says."""
        entry = self.catalogue.pages[path]
        slug = entry.slug
        match page:
            case Exercise():
                return self._neighbours(slug, data)
            case Condition():
                return self._exercises_of(slug, page)
            case Library():
                series = [(series, self._members(series)) for series in page.series]
                return {"exercises": [*self.exercises.values()], "series": series}
            case Glossary():
                return {"entries": glossary.words(self.catalogue)}
        if entry.kind.template == "about.html":
            return {"all_sources": sorted(data.sources, key=lambda key: data.sources[key].short.casefold())}
        return {}

    def _neighbours(self, slug: str, data: Printable) -> dict[str, Any]:
        """The exercise, those before and after it in the catalogue's order, and its part in a series."""
        place, order = self._places[slug], self._order
        values: dict[str, Any] = {
            "exercise": self.exercises[slug],
            "before": self.exercises[order[place - 1]] if place else None,
            "after": self.exercises[order[place + 1]] if place + 1 < len(order) else None,
            "part": None,
        }
        for series in data.library.series:
            if slug in series.exercises:
                members = self._members(series)
                number = [member.slug for member in members].index(slug) + 1
                values["part"] = {"series": series, "number": number, "exercises": members}
        return values

    def neighbours(self, slug: str) -> list[str]:
        """The exercises before and after an exercise in the catalogue's order, of those that can be shown."""
        place = self._places[slug]
        return self._order[max(0, place - 1) : place] + self._order[place + 1 : place + 2]

    def _members(self, series: Series) -> list[Presented]:
        return [self.exercises[slug] for slug in series.exercises if slug in self.exercises]

    def _exercises_of(self, condition: str, page: Condition) -> dict[str, Any]:
        """A condition's exercises in its own order, why each helps, and the cautions that they carry for it."""
        exercises = [self.exercises[slug] for slug in page.exercises if slug in self.exercises]
        reasons = {exercise.slug: exercise.facts.helps.get(condition, "") for exercise in exercises}
        cautions = [
            (exercise, caution.text)
            for exercise in exercises
            for caution in exercise.cautions
            if caution.condition == condition
        ]
        return {"exercises": exercises, "reasons": reasons, "cautions": cautions}


def _presented(data: Printable, say: Say) -> Mapping[str, Presented]:
    titles = {slug: condition.title for slug, condition in data.conditions.items()}
    return OnDemand(
        data.exercises,
        lambda slug: presented(slug, data.exercises[slug], vocabulary=data.vocabulary, conditions=titles, say=say),
    )


def _choices(data: Printable, every: Sequence[Face], say: Say) -> dict[str, list[tuple[str, str]]]:
    """What cards can be filtered by: ids and names, in the vocabulary's order, only those that occur."""
    words = data.vocabulary
    muscles = {muscle for exercise in every for muscle in exercise.targets or ()}
    positions = {exercise.position for exercise in every}
    things = {thing for exercise in every for thing in exercise.equipment or ()}
    none = [("none", say("no_equipment"))] if not all(exercise.equipment for exercise in every) else []
    return {
        "muscle": [(id_, muscle.plain) for id_, muscle in words.muscles.items() if id_ in muscles],
        "position": [(id_, position.name) for id_, position in words.positions.items() if id_ in positions],
        "equipment": [(id_, thing.name) for id_, thing in words.equipment.items() if id_ in things] + none,
    }
