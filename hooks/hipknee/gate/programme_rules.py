"""Ready-made programmes: exercises that are there, doses that may be asked for, and weeks that follow each other."""

from __future__ import annotations

import datetime
import posixpath
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from ..content.catalogue import GONE, Catalogue, PageEntry
from ..content.front_matter import Place
from ..content.kinds import CONDITION, EXERCISE, PROGRAMME, kind_of
from ..content.model import LONGEST_PLAN, Phase, PlannedItem, Programme
from ..pdf_names import TICK_CHART
from ..problems import Problem, did_you_mean
from ..programme import bounds, ready
from ..programme.code import FIRST_DAY, LONGEST
from ..programme.repertoire import Member, Repertoire
from ..rules import Rule
from .bodies import Body
from .dose_rules import DOSE_BOUNDS
from .findings import Finding

LONGEST_SESSION = 180
"""Minutes."""
_UNITS = {"time": " seconds", "hold": " seconds", "rest": " seconds"}


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """Hold every ready-made programme against the exercises, the notes, and the bounds of programmes."""
    if not catalogue.programmes:
        return
    rules = _Rules(catalogue)
    chart: str | None = None
    for entry in catalogue.programmes.values():
        yield from (finding.at(entry) for finding in rules.of(entry))
        if TICK_CHART in (entry.part(lambda page: page.prints) or ()):
            if chart:
                message = f"{chart} prints the tick chart already, and there is only one."
                place = ("prints",)
                yield Finding(place, Rule.VALUE_INVALID, message, "Delete it here or there.").at(entry)
            chart = chart or entry.path


def of_page(entry: PageEntry[Any], body: Body) -> Iterator[Problem]:
    """A link that asks for the table of a programme leads to one, and stands alone: else no table comes."""
    rows = [n for n, row in enumerate(entry.document.body.split("\n")) if ".plan" in row]
    for number, node in enumerate(body.tree.css("a.plan")):
        target = (node.attributes.get("href") or "").partition("#")[0]
        path = posixpath.normpath(posixpath.join(posixpath.dirname(entry.page), target))
        around = node.parent
        alone = around is not None and around.tag == "p" and around.text().strip() == node.text().strip()
        if alone and kind_of(path, ()) is PROGRAMME:
            continue
        line = entry.document.body_line + (rows[number] if number < len(rows) else 0)
        message = "A link with '{ .plan }' brings the table of a programme, and this one would bring none."
        hint = "Lead it to a page in docs/programmes/, alone in its paragraph, or delete '{ .plan }'."
        yield Problem(entry.path, line, Rule.MARKDOWN_MISPLACED, message, hint)


class _Place(NamedTuple):
    """An exercise in a phase, and where its code stands."""

    code: str
    place: Place


class _Rules:
    """All rules of one programme, with what they ask."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue, self._repertoire = catalogue, Repertoire.of(catalogue)
        self._codes_given = catalogue.codes.part(lambda listed: listed.root) or {}
        self._knows_notes = catalogue.notes.part(lambda notes: notes.notes) is not None

    def of(self, entry: PageEntry[Programme]) -> Iterator[Finding]:
        """What is wrong with a programme, phase by phase."""
        for n, slug in enumerate(entry.part(lambda page: page.conditions) or []):
            if slug not in self._catalogue.conditions:
                is_page = CONDITION.path(slug) in self._catalogue.pages
                message = f"docs/{slug}.md is not a condition page." if is_page else f"There is no page '{slug}'."
                hint = did_you_mean(slug, self._catalogue.conditions)
                yield Finding(("conditions", n), Rule.HELPS_UNKNOWN, message, hint)
        phases = entry.part(lambda page: page.phases)
        if phases is None:  # told already
            return
        yield from _weeks(phases)
        wrong = False
        for n, phase in enumerate(phases):
            findings = [*self._of_phase(phase, ("phases", n))]
            wrong |= bool(findings)
            yield from findings
        day = entry.part(lambda page: page.updated)
        if day and not wrong:
            yield from self._codes(phases, day)

    def _of_phase(self, phase: Phase, place: Place) -> Iterator[Finding]:
        if not 1 <= phase.minutes[0] <= phase.minutes[1] <= LONGEST_SESSION:
            message = f"'minutes' is {_printed(phase.minutes)}; it must be from 1 to {LONGEST_SESSION}."
            yield Finding((*place, "minutes"), Rule.VALUE_INVALID, message)
        if all(item.optional for item in phase.items):
            message = "Everything in this phase is optional, so that nothing need be done."
            yield Finding((*place, "items"), Rule.PROGRAMME_ITEMS, message, "Delete 'optional' of one of them.")
        before: dict[str, PlannedItem] = {}
        for n, item in enumerate(phase.items):
            at = (*place, "items", n)
            if shape := [*_shape(item, at)]:
                yield from shape
                continue
            for code, where in _places(item, at):
                if (finding := self._unknown(code, where)) is not None:
                    yield finding
                    continue
                member = self._repertoire.members.get(code)
                if member is None:  # a page that has a mistake of its own
                    continue
                if member.code in before:
                    yield _again(member, item, before[member.code], where)
                    continue
                before[member.code] = item
                yield from self._figures(item, member, at)
            yield from self._notes(item, at)

    def _unknown(self, code: str, place: Place) -> Finding | None:
        """A code that is none, or none any more."""
        if code in self._repertoire.broken:
            return None
        if member := self._repertoire.members.get(code):
            if member.code == code:
                return None
            message = f"'{code}' is an old code of docs/{EXERCISE.path(member.slug)}."
            return Finding(place, Rule.CODE_UNKNOWN, message, f"Write '{member.code}'.")
        if stone := self._repertoire.gone.get(code):
            hint = f"In its place there is '{stone.successor}'." if stone.successor else f"See docs/{GONE}."
            return Finding(place, Rule.CODE_UNKNOWN, f"The exercise '{code}' is gone: {stone.reason}", hint)
        if code in self._codes_given:  # a page has lost it, which is told there
            return None
        codes = [name for name, member in self._repertoire.members.items() if member.code == name]
        return Finding(place, Rule.CODE_UNKNOWN, f"No exercise has the code '{code}'.", did_you_mean(code, codes))

    def _figures(self, item: PlannedItem, member: Member, place: Place) -> Iterator[Finding]:
        """What the programme asks for may be asked for, and is no less than where the exercise's own page starts."""
        path = f"docs/{EXERCISE.path(member.slug)}"
        beyond = set[str]()
        for excess in bounds.beyond(ready.figures(item, member.code, ()), member):
            beyond.add(excess.part)
            if excess.most is not None:
                message = f"'{excess.part}' is {excess.value}, but a programme may ask for {excess.most} at most."
                yield Finding((*place, excess.part), Rule.VALUE_INVALID, message)
            else:
                message = _NOT_THERE[excess.part].format(title=member.title)
                yield Finding((*place, excess.part), Rule.VALUE_INVALID, message, f"Delete '{excess.part}'.")
        exercise = self._catalogue.exercises[member.slug].value
        dose = exercise.dose if exercise else None
        if dose is None:
            return
        for name, field in bounds.FIELDS.items():
            ours, own = _ends(getattr(item, name, None)), _ends(getattr(dose, field))
            low, high, _ = DOSE_BOUNDS[field]
            if ours is None or name in beyond or (own and not low <= own[0] <= own[1] <= high):  # a slip of the page
                continue
            if own is None and name in ("reps", "time"):
                message = f"{path} has no '{name}' in its dose."
                other = "time" if name == "reps" else "reps"
                yield Finding((*place, name), Rule.DOSE_RANGE, message, f"Write '{other}', as it does.")
            elif own is None:
                continue
            elif ours[0] < own[0] or (name == "days" and ours[1] > own[1]):
                unit = _UNITS.get(name, "")
                message = f"'{name}' is {_printed(ours)}{unit}, but {path} has {_printed(own)}{unit}."
                hint = "A programme never asks for less than what one starts with." if name != "days" else ""
                yield Finding((*place, name), Rule.DOSE_RANGE, message, hint or "Correct the one that is wrong.")

    def _notes(self, item: PlannedItem, place: Place) -> Iterator[Finding]:
        listed = self._repertoire.notes
        for n, note in enumerate(item.notes):
            if note not in listed and self._knows_notes:
                message = f"There is no note '{note}' in {self._catalogue.notes.path}."
                hint = did_you_mean(note, listed)
                yield Finding((*place, "notes", n), Rule.NOTE_UNKNOWN, message, hint)
        if any(after <= before for before, after in pairwise(item.notes)):
            proper = ", ".join(f'"{note}"' for note in sorted({*item.notes}))
            message = "'notes' must be in rising order, each once."
            yield Finding((*place, "notes"), Rule.VALUE_INVALID, message, f"Write [{proper}].")

    def _codes(self, phases: list[Phase], day: datetime.date) -> Iterator[Finding]:
        """Every phase has a code, by which it can be handed out."""
        if day < FIRST_DAY:
            message = f"A programme can't be older than {FIRST_DAY}: its codes have no earlier day."
            yield Finding(("updated",), Rule.VALUE_INVALID, message)
            return
        for n, phase in enumerate(phases):
            try:
                ready.code(phase, day, self._catalogue.language, self._repertoire)
            except ValueError:
                message = f"This phase has no code: it would have more than {LONGEST} characters."
                hint = "Leave out figures or notes."
                yield Finding(("phases", n, "items"), Rule.PROGRAMME_ITEMS, message, hint)


_NOT_THERE = {
    "hold": "'hold' goes with 'reps', not with 'time'.",
    "side": "{title} can't be done on one side only.",
    "band": "{title} is done without a band.",
}


def _weeks(phases: list[Phase]) -> Iterator[Finding]:
    """The first phase begins with week 1, and each one with the week behind the one before."""
    expected = 1
    for n, phase in enumerate(phases):
        first, last = phase.weeks
        place = ("phases", n, "weeks")
        if first != expected:
            message = f"The phase before ends with week {expected - 1}, so this one begins with week {expected}."
            if n == 0:
                message = f"The first phase begins with week 1, not with week {first}."
            hint = f"Write [{expected}, {max(expected, last)}]."
            yield Finding(place, Rule.PROGRAMME_WEEKS, message, hint)
        elif last > LONGEST_PLAN:
            message = f"Week {last} is beyond {LONGEST_PLAN}, the most that a programme may have."
            yield Finding(place, Rule.PROGRAMME_WEEKS, message)
        expected = last + 1


def _shape(item: PlannedItem, place: Place) -> Iterator[Finding]:
    """An exercise or a choice of several; so many repetitions, or so long."""
    if item.code and item.any_of:
        message, hint = "There is 'code' and 'any_of'.", "Keep one: 'any_of' has all codes of a choice."
        yield Finding((*place, "any_of"), Rule.PROGRAMME_ITEMS, message, hint)
    elif not item.code and not item.any_of:
        hint = "Write the code of the exercise, as in 'code: CLA'."
        yield Finding(place, Rule.PROGRAMME_ITEMS, "'code' is missing.", hint)
    elif not item.code and len(item.any_of) == 1:
        message, hint = "'any_of' has only one code, so there is no choice.", f"Write 'code: {item.any_of[0]}'."
        yield Finding((*place, "any_of"), Rule.PROGRAMME_ITEMS, message, hint)
    if item.reps is None and item.time is None:
        hint = "Write how many times, as in 'reps: 8', or how long, as in 'time: 30 s'."
        yield Finding(place, Rule.PROGRAMME_ITEMS, "'reps' is missing.", hint)
    elif item.reps is not None and item.time is not None:
        message, hint = "There is both 'reps' and 'time'.", "Keep one. How long each is held goes to 'hold'."
        yield Finding((*place, "time"), Rule.VALUE_INVALID, message, hint)


def _places(item: PlannedItem, place: Place) -> Iterator[_Place]:
    """The codes of an item; where there is a choice beside one exercise, only that."""
    if item.code:
        yield _Place(item.code, (*place, "code"))
    else:
        yield from (_Place(code, (*place, "any_of", n)) for n, code in enumerate(item.any_of))


def _again(member: Member, item: PlannedItem, before: PlannedItem, place: Place) -> Finding:
    """An exercise that stands in a phase already."""
    if item is before:
        return Finding(place, Rule.PROGRAMME_ITEMS, f"'{member.code}' is listed twice.", "Delete one of them.")
    if before.any_of or item.any_of:
        choice = " or ".join((before if before.any_of else item).any_of)
        message = f"{member.title} stands in this phase twice: one of {choice} is done, never both."
        return Finding(place, Rule.PROGRAMME_ITEMS, message, "Delete it here, or from 'any_of'.")
    message = f"{member.title} stands in this phase twice."
    return Finding(place, Rule.PROGRAMME_ITEMS, message, "Keep one of the two.")


def _ends(value: tuple[int, int] | int | None) -> tuple[int, int] | None:
    return value if isinstance(value, tuple) or value is None else (value, value)


def _printed(ends: tuple[int, int]) -> str:
    low, high = ends
    return f"{low}" if low == high else f"{low} to {high}"
