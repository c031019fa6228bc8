"""The gate: everything that is wrong with the site's content, found in one run."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..content import catalogue as catalogues
from ..content.catalogue import Catalogue
from ..content.model import Waiver
from ..pictures.originals import Picture
from ..problems import Problem, did_you_mean
from . import cross_rules, exercise_rules, picture_rules, raw_html, words

RULES = (
    "yaml-broken key-unknown key-duplicate key-missing value-invalid image-missing image-unreadable image-small "
    "image-shared image-same image-stale alt-missing alt-long muscle-unknown muscle-movement steps-incomplete "
    "steps-order side-switch equipment-steps dose-range alias-clash helps-unknown link-one-way link-broken "
    "evidence-unknown waiver-invalid sentence-long word-hard reading-grade"
).split()
# A waiver excuses from a judgement, never from what the page can't do without.
WAIVABLE = (
    "image-small image-shared image-same image-stale alt-long muscle-movement steps-order side-switch "
    "equipment-steps dose-range alias-clash sentence-long word-hard reading-grade"
).split()


@dataclass(frozen=True)
class Waived:
    """A waiver of one page and the problems that it silences now."""

    path: str
    line: int
    waiver: Waiver
    silenced: tuple[Problem, ...]


@dataclass(frozen=True)
class Report:
    """What the gate found. `pictures` are those that can be shown, by their path inside images/."""

    catalogue: Catalogue
    problems: list[Problem]
    waived: list[Waived]
    pictures: Mapping[str, Picture]


@dataclass(frozen=True)
class Overdue:
    """A page whose review, or whose waiver, has run out by `day`."""

    path: str
    line: int
    day: datetime.date
    waiver: Waiver | None = None


def check(root: Path) -> Report:
    """Read and check the site below `root`. Problems come in the order of files and lines."""
    catalogue = catalogues.load(root)
    pictures, picture_problems = picture_rules.check(catalogue)
    problems = [*catalogue.problems, *picture_problems]
    for check_all in (cross_rules.check, raw_html.check, words.check):
        problems += check_all(catalogue)
    for entry in catalogue.exercises.values():
        findings = [*exercise_rules.check(entry.draft, catalogue.vocabulary.draft)]
        problems += [Problem(entry.path, entry.document.line(*f.place), *f[1:]) for f in findings]
    for page in catalogue.pages().values():
        problems += [
            Problem(page.path, page.document.line(*f.place), *f[1:])
            for f in exercise_rules.summary_is_short(page.draft)
        ]
    waived, excused = _excuse(catalogue, set(problems))
    problems += _bad_waivers(catalogue)
    return Report(catalogue, sorted(set(problems) - excused), waived, pictures)


def _excuse(catalogue: Catalogue, problems: set[Problem]) -> tuple[list[Waived], set[Problem]]:
    waived: list[Waived] = []
    by_page: dict[str, list[Problem]] = {}
    for problem in sorted(problems):
        by_page.setdefault(problem.path, []).append(problem)
    for entry in catalogue.pages().values():
        for n, waiver in enumerate(entry.draft.waivers or []):
            if waiver.rule in WAIVABLE:
                silenced = tuple(p for p in by_page.get(entry.path, ()) if p.rule == waiver.rule)
                waived.append(Waived(entry.path, entry.document.line("waivers", n), waiver, silenced))
    return waived, {problem for one in waived for problem in one.silenced}


def _bad_waivers(catalogue: Catalogue) -> Iterator[Problem]:
    for entry in catalogue.pages().values():
        for n, waiver in enumerate(entry.draft.waivers or []):
            if waiver.rule not in WAIVABLE:
                known = waiver.rule in RULES
                message = (
                    f"'{waiver.rule}' can't be waived: the page can't do without it."
                    if known
                    else f"There is no rule '{waiver.rule}'."
                )
                hint = "" if known else did_you_mean(waiver.rule, RULES)
                line = entry.document.line("waivers", n, "rule")
                yield Problem(entry.path, line, "waiver-invalid", message, hint)


def overdue(catalogue: Catalogue, today: datetime.date) -> list[Overdue]:
    """Pages whose next review, and waivers whose end, has come, in the order of the pages."""
    late: list[Overdue] = []
    for entry in catalogue.pages().values():
        review = entry.draft.review
        if review and review.next and review.next <= today:
            late.append(Overdue(entry.path, entry.document.line("review"), review.next))
        late += [
            Overdue(entry.path, entry.document.line("waivers", n), waiver.until, waiver)
            for n, waiver in enumerate(entry.draft.waivers or [])
            if waiver.until <= today
        ]
    return late
