"""What is asked of each file by itself, with the data that all share.

It follows from the file and these data only. So it is kept by their content: of a thousand pages an editor changes one,
and the others are not read again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import astuple, dataclass
from functools import cached_property
from typing import Any

from .. import keeping
from ..content.catalogue import Catalogue, Entry, PageEntry
from ..content.kinds import CONDITION, EXERCISE, GLOSSARY, LIBRARY, PROGRAMME, lists_all_sources
from ..content.model import Bounds, Exercise
from ..keeping import FOLDER, key
from ..problems import Problem
from ..progress import Counting, Silence, stepping
from ..text.body_links import BodyLink
from . import (
    anchors,
    character_rules,
    dose_rules,
    emergency_rules,
    evidence_rules,
    exercise_rules,
    letter_rules,
    link_rules,
    markdown_rules,
    picture_rules,
    programme_rules,
    raw_html,
    text_rules,
)
from .bodies import Bodies
from .count_rules import Counts
from .findings import Finding
from .lexicon import Language
from .link_rules import Places
from .mentions import mentions


@dataclass(frozen=True)
class Judgment:
    """What there is to say of one file."""

    problems: tuple[Problem, ...]
    characters: tuple[Problem, ...]
    """Those of single characters: news only where nothing else is wrong with the line."""
    places: Places | None
    """Of a page."""

    def __add__(self, other: Judgment) -> Judgment:
        """Both of one file."""
        problems, characters = self.problems + other.problems, self.characters + other.characters
        return Judgment(problems, characters, self.places or other.places)

    def to_json(self) -> dict[str, Any]:
        """As a value that JSON can hold."""
        value: dict[str, Any] = {name: [each.to_json() for each in getattr(self, name)] for name in _PROBLEMS}
        if places := self.places:
            value["places"] = [[astuple(link) for link in places.links], sorted(places.ids), places.exact]
        return value

    @classmethod
    def of_json(cls, value: dict[str, Any]) -> Judgment:
        """The judgment that `to_json` made it of."""
        problems, characters = (tuple(map(Problem.of_json, value[name])) for name in _PROBLEMS)
        places = None
        if "places" in value:
            links, ids, exact = value["places"]
            places = Places(tuple(BodyLink(*link) for link in links), frozenset(ids), exact)
        return cls(problems, characters, places)


WORDS = ("plural_endings", "plural_look_alikes")
"""The words that the rules ask: what the site says besides is nothing to them."""
_PROBLEMS = ("problems", "characters")
_last: dict[str, Judgment] = {}
"""Those of the last check, by the content of the files and of what was asked: an editor's server has them at hand."""


def judge(catalogue: Catalogue, bodies: Bodies, progress: Counting = Silence) -> dict[str, Judgment]:
    """Every page and data file, by its path from the project's root."""
    judge = _Judge(catalogue, bodies)
    kept = keeping.kept(catalogue.root / FOLDER / "judgments", keeping.core())
    recent: dict[str, Judgment] = {}

    def of(context: str, entry: Entry[Any], judge_it: Callable[[Entry[Any]], Judgment]) -> Judgment:
        name = key(context, entry.path, entry.digest) if entry.digest and not bodies.problems else ""
        known = _last.get(name)
        if known is None and name and (value := kept.get(name)):
            known = Judgment.of_json(value)
        known = known or judge_it(entry)
        if name:
            recent[name] = known
            if not kept.need(name):
                kept.put(name, known.to_json())
        return known

    judgments: dict[str, Judgment] = {}
    entries = (*catalogue.pages.values(), *catalogue.data, *catalogue.of_programmes)
    for entry in stepping(entries, progress("Texts", len(entries))):
        judgments[entry.path] = of(judge.around(entry), entry, judge.of_file) + of(judge.words, entry, judge.of_words)
        if isinstance(entry, PageEntry):
            bodies.need(entry.page)
    _last.clear()
    _last.update(recent)
    kept.keep()
    bodies.keep()
    return judgments


class _Judge:
    """All rules of single files, with what they ask."""

    def __init__(self, catalogue: Catalogue, bodies: Bodies) -> None:
        self._catalogue, self._bodies = catalogue, bodies
        asked = (catalogue.site, catalogue.sources, catalogue.clinic)
        self._around = key(
            bodies.context, [entry.digest for entry in asked], [*catalogue.conditions], len(catalogue.exercises)
        )
        self._cautions = key(
            [(slug, own) for slug, entry in catalogue.exercises.items() if (own := entry.face.cautions)]
        )
        self._programmes = key([entry.digest for entry in catalogue.programmes.values()])
        self.words = key(
            catalogue.vocabulary.digest,
            [catalogue.say.several(name) for name in WORDS],
            catalogue.emergency_number,
            len(catalogue.exercises),
        )
        """A hash over all that the rules of words ask besides the file."""

    def around(self, entry: Entry[Any]) -> str:
        """A hash over all that the other rules ask besides the file."""
        if not isinstance(entry, PageEntry):
            return self._around
        # A list with cautions has a place of its own for them, as has a programme; the glossary one for each muscle.
        cautions = entry.kind is CONDITION and self._cautions
        if entry.kind is PROGRAMME:
            cautions = key([each.digest for each in self._catalogue.exercises.values()])
        programmes = (entry.kind is CONDITION or entry.page == LIBRARY) and self._programmes
        muscles = entry.page == GLOSSARY and self._catalogue.vocabulary.digest
        # The sources of its page: of shared signs, or all.
        flags = entry.kind is CONDITION and self._catalogue.red_flags.digest
        sources = lists_all_sources(entry.page, self._catalogue.pages)
        return key(self._around, mentions(self._catalogue)[entry.page], cautions, muscles, programmes, flags, sources)

    @cached_property
    def _language(self) -> Language:
        return Language(self._catalogue.vocabulary.draft.partial, self._catalogue.say.singular)

    @cached_property
    def _calls(self) -> emergency_rules.Calls:
        return emergency_rules.Calls.of(self._catalogue)

    @cached_property
    def _counts(self) -> Counts:
        return Counts(self._catalogue)

    def of_words(self, entry: Entry[Any]) -> Judgment:
        """What is wrong with the words of a file, which the vocabulary tells."""
        problems = [*emergency_rules.of_file(self._catalogue, entry, self._calls)]
        if entry is self._catalogue.site or isinstance(entry, PageEntry):
            problems += self._counts.of_file(entry)
        if isinstance(entry, PageEntry) and entry.kind is EXERCISE:
            problems += (finding.at(entry) for finding in exercise_rules.check(entry.draft, self._language))
        return Judgment((*problems,), (), None)

    def of_file(self, entry: Entry[Any]) -> Judgment:
        """All else of one file. Of the vocabulary nothing is asked."""
        catalogue = self._catalogue
        problems = [*text_rules.of_file(catalogue, entry), *letter_rules.of_file(entry)]
        characters = (*character_rules.of_file(catalogue, entry.path),)
        if not isinstance(entry, PageEntry):
            return Judgment((*problems,), characters, None)
        return Judgment((*problems, *self._of_page(entry)), characters, self._places(entry))

    def _of_page(self, entry: PageEntry[Any]) -> Iterator[Problem]:
        body = self._bodies[entry.page]
        findings = entry.part(lambda page: [*exercise_rules.summary_is_short(page)]) or []
        yield from (finding.at(entry) for finding in findings)
        if entry.kind is EXERCISE:
            yield from (finding.at(entry) for finding in self._beyond_bounds(entry))
        yield from evidence_rules.of_page(self._catalogue, entry)
        yield from picture_rules.alt_texts(entry)
        yield from raw_html.of_page(entry, body)
        yield from anchors.of_page(entry.path, anchors.anchors(self._catalogue, entry, body))
        yield from letter_rules.of_body(entry, body)
        yield from programme_rules.of_page(entry, body)
        yield from markdown_rules.of_page(entry, body, self._catalogue.switchboard.extensions)

    def _beyond_bounds(self, entry: PageEntry[Exercise]) -> list[Finding]:
        everywhere = self._catalogue.site.part(lambda site: site.bounds) or Bounds()
        return entry.part(lambda exercise: [*dose_rules.dose_fits_programmes(exercise, everywhere)]) or []

    def _places(self, entry: PageEntry[Any]) -> Places:
        body, begins = self._bodies[entry.page], entry.document.body_line - 1
        links = (BodyLink(begins + link.line, *astuple(link)[1:]) for link in link_rules.links(entry, body))
        ids = frozenset(anchor.id for anchor in anchors.anchors(self._catalogue, entry, body))
        return Places((*links,), ids, body.is_exact)
