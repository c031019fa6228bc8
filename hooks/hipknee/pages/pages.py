"""Pages: the values of the catalogue, put into the templates around an author's text."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from ..addresses import Address
from ..content.catalogue import ABOUT, EXERCISES, GLOSSARY, HOME, LIBRARY, Entry
from ..content.data_files import Clinic
from ..content.model import Condition, Exercise, Image, Library, Page, Series
from ..gate import gate
from ..gate.gate import Report
from ..pdf_names import FOLDER, PAPERS, file_name
from ..pictures import renditions
from ..pictures.renditions import Plan
from ..pictures.share_cards import Card
from ..problems import Problem
from ..text.first_mentions import Term
from ..wording import speaker
from . import templates

# How wide a picture is shown, by what it is part of. They follow the layout in docs/assets/stylesheets/site.css.
SIZES = {
    "pair": "(min-width: 1220px) 340px, (min-width: 600px) 46vw, 94vw",
    "card": "(min-width: 1220px) 340px, (min-width: 600px) 46vw, 94vw",
    "whole": "(min-width: 1220px) 690px, 94vw",
}

# With one of these a page names something that is not there to be printed.
UNPRINTABLE = {"muscle-unknown", "value-invalid", "evidence-unknown"}
PICTURES = "assets/pictures/"


class Pages:
    """Renders the pages of one build.

    `plans` holds the renditions of every picture that can be shown, by its path inside images/; `today` decides which
    reviews are overdue; `clinic` is None when no clinic hands the site out.
    """

    def __init__(self, report: Report, plans: Mapping[str, Plan], clinic: Clinic | None, today: datetime.date) -> None:
        self.report, self.plans, self.clinic = report, plans, clinic
        self.catalogue = report.catalogue
        self.environment: Environment = templates.environment(self.catalogue.words.draft.root or {})
        self.say = speaker(self.catalogue.words.draft.root or {})
        self.source_labels = {key: one.short for key, one in (self.catalogue.sources.draft.root or {}).items()}
        self.overdue = gate.overdue(self.catalogue, today)
        self.problems: dict[str, list[Problem]] = {}
        for problem in report.problems:
            self.problems.setdefault(problem.path, []).append(problem)
        found = self.catalogue.exercises.items()
        self.exercises = [(slug, entry.value) for slug, entry in found if entry.value and self._is_printable(entry)]
        self.places = {slug: place for place, (slug, _) in enumerate(self.exercises)}

    def render(self, path: str, body: str, url: Address) -> str:
        """The whole content of the page at `path` below docs/, around its `body`.

        A page that can't be printed, for what is wrong with it or with the shared data, is its body only; `banner`
        says why.
        """
        page = self.printable(path)
        if page is None:
            return body
        name, extra = self._kind(path, page)
        return self._render(name, url, page=page, body=Markup(body), choices=self.choices, **extra)

    def printable(self, path: str) -> Page | None:
        """What the page at `path` below docs/ says; None when it, or the data that it needs, is wrong."""
        entry = self.catalogue.pages().get(path)
        if entry is None or not self._is_printable(entry) or not self.shared_is_whole:
            return None
        value: Page | None = entry.value
        return value

    def banner(self, path: str, url: Address, problems: bool) -> str:
        """What stands above a page: its problems, when they are asked for, and what is overdue on it."""
        shown = self._problems_of(path) if problems else []
        late = [one for one in self.overdue if one.path == f"docs/{path}"]
        return self._render("banner.html", url, problems=shown, overdue=late) if shown or late else ""

    def report_also(self, problems: Iterable[Problem]) -> None:
        """Add problems that were found after the gate, so that the banners show them."""
        for problem in problems:
            if problem not in self.report.problems:
                self.report.problems.append(problem)
                self.problems.setdefault(problem.path, []).append(problem)

    def all_problems(self, url: Address) -> str:
        """Every problem of the site, for the page that lists them."""
        return self._render("problems.html", url, problems=self.report.problems)

    def redirects(self, address: Callable[[str, str], str], language: str) -> dict[str, str]:
        """A page for every old name: its path below docs/ as .md, and its HTML. `address(old, new)` leads there."""
        made: dict[str, str] = {}
        for path, entry in self.catalogue.pages().items():
            for slug in entry.draft.was or []:
                old = path.rpartition("/")[0]
                old = f"{old}/{slug}.md" if old else f"{slug}.md"
                made[old] = self.environment.get_template("redirect.html").render(
                    address=address(old, path), title=entry.draft.title, language=language
                )
        return made

    def terms(self) -> list[Term]:
        """Every name whose first mention becomes a link: conditions and exercises first, then the glossary's."""
        named = [(f"{EXERCISES}/{slug}.md", e) for slug, e in self.catalogue.exercises.items()]
        named += [(f"{slug}.md", e) for slug, e in self.catalogue.conditions.items()]  # type: ignore[misc]
        terms = [
            Term(name, path)
            for path, entry in named
            for name in [entry.draft.title, *(entry.draft.aliases or [])]
            if isinstance(name, str)
        ]
        for entry in self.words():
            terms += [Term(name, f"{GLOSSARY}#{entry['id']}") for name in entry["names"]]
        return terms

    def trail(self, path: str) -> list[tuple[str, str]]:
        """The way from the home page to the page at `path`: paths below docs/ and titles, the page itself last.

        Exercises stand below the library. Empty for a page that is not in the catalogue.
        """
        titles = self.catalogue.titles()
        above = [HOME, LIBRARY] if path.startswith(f"{EXERCISES}/") else [HOME]
        way = [*dict.fromkeys([*above, path])]
        return [(one, titles[one]) for one in way if one in titles] if path in titles else []

    def picture(self, image: Image, kind: str, url: Address, first: bool = False) -> Markup:
        """A picture, or its words when it can't be shown."""
        plan = self.plans.get(image.file)
        if plan is None:
            return Markup('<p class="picture-missing">{}</p>').format(self.say("picture_missing", alt=image.alt))
        html = renditions.picture_html(
            plan, alt=image.alt, sizes=SIZES[kind], url=lambda name: url(PICTURES + name), first=first
        )
        return Markup(html)

    def plain_picture(self, image: Image, url: Address) -> str | None:
        """The address of a picture in the form that every other program can show."""
        plan = self.plans.get(image.file)
        return url(PICTURES + plan.fallback.name) if plan else None

    def share_cards(self, site: str) -> dict[str, Card]:
        """The picture that stands for each page where it is passed on, by its path below docs/."""
        cards: dict[str, Card] = {}
        for path in self.catalogue.pages():
            page = self.printable(path)
            if page is None:
                continue
            picture = self.report.pictures.get(page.images.finish.file) if isinstance(page, Exercise) else None
            stem = _slug(path.removesuffix(".md").removesuffix("/index"))
            cards[path] = Card(stem, page.title, page.summary, site, picture)
        return cards

    def _render(self, template: str, url: Address, **values: Any) -> str:
        data = self.catalogue
        return self.environment.get_template(template).render(
            url=url,
            picture=lambda image, kind, first=False: self.picture(image, kind, url, first),
            site=data.site.draft,
            vocabulary=data.vocabulary.draft,
            sources=data.sources.draft.root,
            library=data.library.draft,
            conditions={slug: entry.value for slug, entry in data.conditions.items() if entry.value},
            clinic=self.clinic,
            sheet=lambda what, paper, large=False: url(FOLDER + file_name(what, paper, large)),
            papers=PAPERS,
            **values,
        )

    def _kind(self, path: str, page: Page) -> tuple[str, dict[str, Any]]:
        data = self.catalogue
        slug = path.removesuffix(".md").rpartition("/")[2]
        match page:
            case Exercise():
                return "exercise.html", self._neighbours(slug)
            case Condition() as condition:
                return "condition.html", self._exercises_of(slug, condition.exercises)
            case Library() as library:
                series = [(one, self._members(one)) for one in library.series]
                return "library.html", {"exercises": self.exercises, "series": series}
        if path == GLOSSARY:
            return "glossary.html", {"entries": self.words()}
        if path == ABOUT:
            keys = sorted(data.sources.draft.root, key=lambda key: data.sources.draft.root[key].short.casefold())
            return "about.html", {"all_sources": keys}
        return ("home.html" if path == HOME else "article.html"), {}

    @property
    def shared_is_whole(self) -> bool:
        """Whether the data that all pages share can be read."""
        return all(data.value is not None for data in self._shared())

    def _shared(self) -> tuple[Entry[Any], ...]:
        data = self.catalogue
        return data.vocabulary, data.sources, data.site, data.words, data.library

    def _is_printable(self, entry: Entry[Any]) -> bool:
        rules = {problem.rule for problem in self.problems.get(entry.path, ())}
        return entry.value is not None and not rules & UNPRINTABLE

    def _problems_of(self, path: str) -> list[Problem]:
        """The page's own problems, those of what every page shares, and those of what has no page to show them."""
        own = self.problems.get(f"docs/{path}", [])
        return own + [problem for problem in self.everywhere if problem not in own]

    def _neighbours(self, slug: str) -> dict[str, Any]:
        """The exercises before and after in the catalogue's order, and the part in a series."""
        place = self.places[slug]
        after = self.exercises[place + 1] if place + 1 < len(self.exercises) else None
        values: dict[str, Any] = {
            "slug": slug,
            "before": self.exercises[place - 1] if place else None,
            "after": after,
            "part": None,
        }
        for series in self.catalogue.library.draft.series:
            members = self._members(series)
            names = [name for name, _ in members]
            if slug in names:
                number = names.index(slug) + 1
                values["part"] = {"series": series, "number": number, "slug": slug, "exercises": members}
        return values

    def _members(self, series: Series) -> list[tuple[str, Exercise]]:
        return [self.exercises[self.places[slug]] for slug in series.exercises if slug in self.places]

    def _exercises_of(self, condition: str, order: list[str]) -> dict[str, Any]:
        """A condition's exercises in its own order, why each helps, and the cautions that they carry for it."""
        chosen = [self.exercises[self.places[slug]] for slug in order if slug in self.places]
        return {
            "exercises": chosen,
            "reasons": {slug: exercise.helps.get(condition, "") for slug, exercise in chosen},
            "cautions": [
                (slug, exercise, caution)
                for slug, exercise in chosen
                for caution in exercise.cautions
                if caution.condition == condition
            ],
        }

    @cached_property
    def whole(self) -> list[tuple[str, Exercise]]:
        """The exercises that nothing is wrong with; none while something is wrong with the data that all share.

        Only these are put on paper: a sheet that is handed out can't show a banner.
        """
        if any(entry.value is None or self.problems.get(entry.path) for entry in self._shared()):
            return []
        return [(slug, one) for slug, one in self.exercises if not self.problems.get(f"docs/{EXERCISES}/{slug}.md")]

    @cached_property
    def everywhere(self) -> list[Problem]:
        """Problems that every page shows: of the data, of mkdocs.yml, and of pages that are not there."""
        data = self.catalogue
        own = {page.path for page in data.pages().values() if (data.root / page.path).is_file()}
        own -= {entry.path for entry in self._shared()}
        return [problem for problem in self.report.problems if problem.path not in own]

    @cached_property
    def choices(self) -> dict[str, list[tuple[str, str]]]:
        """What cards can be filtered by: ids and names, in the vocabulary's order, only those that occur."""
        words = self.catalogue.vocabulary.draft
        used = [exercise for _, exercise in self.exercises]
        muscles = {muscle for exercise in used for muscle in exercise.muscles.primary}
        things = {item.name for exercise in used for item in exercise.equipment}
        none = [("none", self.say("no_equipment"))] if not all(e.equipment for e in used) else []
        return {
            "muscle": [(key, it.plain) for key, it in words.muscles.items() if key in muscles],
            "position": [(k, it.name) for k, it in words.positions.items() if k in {e.position for e in used}],
            "equipment": [(key, it.name) for key, it in words.equipment.items() if key in things] + none,
        }

    def words(self) -> list[dict[str, Any]]:
        """The glossary's terms and the vocabulary's muscles, by name. `names` are the words that link to an entry."""
        data = self.catalogue
        terms = data.glossary.draft.terms if data.glossary else None
        made = [
            {
                "id": _slug(term.term),
                "term": term.term,
                "latin": "",
                "also": term.also,
                "means": term.means,
                "names": [term.term, *term.also],
            }
            for term in terms or []
        ]
        for key, muscle in (data.vocabulary.draft.muscles or {}).items():
            names = [muscle.plain, *([muscle.latin] if muscle.latin else []), *muscle.also]
            made.append(
                {
                    "id": key,
                    "term": muscle.plain[0].upper() + muscle.plain[1:],
                    "latin": muscle.latin or "",
                    "also": muscle.also,
                    "means": muscle.means,
                    "names": names,
                }
            )
        return sorted(made, key=lambda entry: str(entry["term"]).casefold())


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")
