"""Waivers: which rules a page is excused from, whether it may be, and what has run out."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ..content.catalogue import Catalogue, PageEntry
from ..content.model import Waiver
from ..problems import Problem, did_you_mean
from ..rules import Rule


@dataclass(frozen=True)
class Waived:
    """A waiver of one page and the problems that it silences now."""

    path: str
    line: int
    waiver: Waiver
    silenced: tuple[Problem, ...]


@dataclass(frozen=True)
class Overdue:
    """A page whose review, or whose waiver, has run out by `day`; or the site's medicines, whose has."""

    path: str
    line: int
    day: datetime.date
    waiver: Waiver | None = None


def excuses(catalogue: Catalogue, problems: Iterable[Problem]) -> Iterator[Waived]:
    """Every waiver that may be given, with what it silences of these problems."""
    by_page: dict[str, list[Problem]] = {}
    for problem in sorted(problems):
        by_page.setdefault(problem.path, []).append(problem)
    for entry, n, waiver in _waivers(catalogue):
        if _is_waivable(waiver.rule):
            silenced = tuple(problem for problem in by_page.get(entry.path, ()) if problem.rule == waiver.rule)
            yield Waived(entry.path, entry.document.line("waivers", n), waiver, silenced)


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """A waiver names a rule that may be waived."""
    for entry, n, waiver in _waivers(catalogue):
        if _is_waivable(waiver.rule):
            continue
        message, hint = f"'{waiver.rule}' can't be waived: every page must follow it.", ""
        if waiver.rule not in {*Rule}:
            message, hint = f"There is no rule '{waiver.rule}'.", did_you_mean(waiver.rule, Rule)
        yield Problem(entry.path, entry.document.line("waivers", n, "rule"), Rule.WAIVER_INVALID, message, hint)


def overdue(catalogue: Catalogue, today: datetime.date) -> list[Overdue]:
    """Pages whose next review, and waivers whose end, has come, in the order of the pages; last the site's rules."""
    late: list[Overdue] = []
    for entry in catalogue.pages.values():
        due = entry.face.due and datetime.date.fromisoformat(entry.face.due)
        if due and due <= today:
            late.append(Overdue(entry.path, entry.document.line("review"), due))
        late += [
            Overdue(entry.path, entry.document.line("waivers", n), waiver.until, waiver)
            for n, waiver in enumerate(_of(entry))
            if waiver.until <= today
        ]
    site = catalogue.site
    due_for_all = site.part(lambda rules: rules.medicines and rules.medicines.review.next)
    if due_for_all and due_for_all <= today:
        late.append(Overdue(site.path, site.document.line("medicines", "review"), due_for_all))
    return late


def _waivers(catalogue: Catalogue) -> Iterator[tuple[PageEntry[Any], int, Waiver]]:
    for entry in catalogue.pages.values():
        for n, waiver in enumerate(_of(entry)):
            yield entry, n, waiver


def _of(entry: PageEntry[Any]) -> list[Waiver]:
    return (entry.part(lambda page: page.waivers) or []) if entry.face.waives else []


def _is_waivable(rule: str) -> bool:
    return rule in {*Rule} and Rule(rule).waivable
