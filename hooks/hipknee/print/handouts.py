"""Handouts and the tick chart: what is printed on them, put together from the values that the site is made of.

The templates `handout.typ`, `tick-chart.typ` and `plan-chart.typ` in `typst/` say where it stands and what it looks
like. They get JSON; phrases that need filling in, such as "8 to 10", come ready-made, so that a template holds no rule
of the language.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Any

from .. import qr
from ..content.data_files import OnPaper
from ..content.model import Aim, Image, Side
from ..pages import programmes
from ..pages.presented import Presented, recap
from ..pages.programmes import PresentedProgramme
from ..wording import Say, duration, spoken
from .edition import Edition
from .typesetting import PictureFile

HANDOUT = "handout"
TICK_CHART = "tick-chart"
PLAN_CHART = "plan-chart"
USUAL_DAYS = {1: (0,), 2: (0, 3), 3: (0, 2, 4)}
"""The days of the week, from 0, that are shaded where something is done so often: with a day between."""
WEEKS = 4
"""On one sheet, with boxes that are large enough to tick."""


def handout(
    exercise: Presented,
    edition: Edition,
    *,
    picture: Callable[[str], PictureFile],
    address: str | None,
    large: bool,
) -> dict[str, Any]:
    """The data of one exercise's handout, for the template `HANDOUT`.

    `picture` finds the file to print of a picture inside images/; `address` is where the page stands on the web, None
    when nobody knows: then there is no code; `large` is 18 pt, on as many pages as it takes.
    """
    say, site = edition.say, edition.site
    # A sheet keeps the two ends large enough to be seen from the floor; large print has room for the way back.
    stills = {role: image for role, image in exercise.images.stills().items() if large or role != "way_back"}
    return {
        **edition.frame(HANDOUT, title=exercise.title, updated=exercise.updated),
        "slug": exercise.slug,
        "large": large,
        "plain": exercise.plain,
        "summary": exercise.summary,
        "purpose": {"label": _labelled(say, say("paper_for")), "text": exercise.purpose(say)},
        "pictures": {role: _picture(image, picture) for role, image in stills.items()},
        "roles": [*stills],  # in their order, which the keys lose
        "labels": {
            "kind": _labelled(say, say("kind")) if exercise.facts.kind is not Aim.STRENGTH else None,
            "muscles": _labelled(say, exercise.targets_are),
            "equipment": _labelled(say, say("equipment")),
            "mistake": _labelled(say, say("mistake")),
            "main_mistake": _labelled(say, say("main_mistake")),
            "fix": _labelled(say, say("fix")),
        },
        "kind": None if exercise.facts.kind is Aim.STRENGTH else exercise.kind,
        "muscles": [{"plain": muscle.name, "latin": muscle.latin} for muscle in exercise.targets],
        "equipment": exercise.needs,
        "dose": [figure._asdict() for figure in exercise.dose.values()],
        "dose_note": f"{site.dose_note} {exercise.amount_means}".strip(),
        "steps": [
            {
                "label": _labelled(say, step.label),
                "text": step.text,
                "picture": step.shows if step.shows in stills else None,
            }
            for step in exercise.steps
        ],
        "feel": exercise.feel,
        "mistakes": [
            {
                "wrong": mistake.wrong,
                "right": mistake.right,
                "picture": _picture(mistake.image, picture) if mistake.image and large else None,
            }
            for mistake in exercise.mistakes
        ],
        "easier": [*exercise.easier],
        "harder": [*exercise.harder],
        "helps": [{"title": help_.title, "text": help_.why} for help_ in exercise.helps],
        "cautions": [caution.text for caution in exercise.cautions],
        "pain_rule": site.pain_rule,
        "stop_rules": [*exercise.stop_if, *site.stop_rules],
        "stop_help": None if site.on_paper else site.stop_help,
        "warnings": warnings(site.on_paper, exercise.minding, edition) if site.on_paper else None,
        "recap": dict(zip(("label", "text"), recap(exercise, site.pain_rule, say), strict=True)),
        "disclaimer": site.disclaimer,
        "code": qr.code(address, say) if address else None,
        "review": exercise.review,
    }


def warnings(texts: OnPaper, minding: Iterable[str], edition: Edition) -> dict[str, Any]:
    """Who should ask first, with what to mind, and which signs need help, each with its label."""
    say, call = edition.say, edition.say("paper_call", number=edition.clinic.emergency_number)
    signs = [(call, texts.emergency), (say("paper_today"), texts.same_day)]
    return {
        "ask": {"label": _labelled(say, say("paper_ask")), "text": texts.ask_first},
        "minding": [*minding],
        "signs": [{"label": _labelled(say, label), "text": text} for label, text in signs],
        "more": {"label": _labelled(say, say("paper_more")), **qr.typed(edition.home)} if edition.home else None,
    }


def tick_chart(
    exercises: Iterable[Presented], edition: Edition, *, updated: datetime.date, address: str | None = None
) -> dict[str, Any]:
    """The data of the chart on which `exercises` are ticked off, for the template `TICK_CHART`.

    `address` is where its code leads: the page of the exercises on the web.
    """
    say = edition.say
    rows = [{"title": _row(row, say), "sides": row.facts.side is not Side.BOTH_TOGETHER} for row in exercises]
    return {
        **edition.frame(TICK_CHART, title=say("chart_title"), updated=updated),
        "weeks": [say("chart_week", number=number) for number in range(1, WEEKS + 1)],
        "days": [*say.several("chart_days")],
        "exercises": rows,
        "pain_rule": edition.site.pain_rule,
        "code": qr.code(address, say) if address else None,
    }


def plan_chart(
    programme: PresentedProgramme, edition: Edition, *, updated: datetime.date, address: str | None = None
) -> dict[str, Any]:
    """The data of the chart of a ready-made programme, for the template `PLAN_CHART`.

    `address` is where its code leads: the programme's page on the web.
    No move stands in a week of its own: a reader adds it when the rule says so, and its week is the soonest.
    """
    say, site = edition.say, edition.site
    weeks = programme.facts.phases[-1].weeks[1]
    numbers = [range(first, min(first + WEEKS, weeks + 1)) for first in range(1, weeks + 1, WEEKS)]
    often = {phase.days_a_week for phase in programme.phases}
    amounts = _amounts(programme, say)
    return {
        **edition.frame(PLAN_CHART, title=programme.facts.title, updated=updated),
        "sheets": [
            {
                "title": programmes.weeks((sheet[0], sheet[-1]), say),
                "weeks": [say("chart_week", number=number) for number in sheet],
                "doses": [_on_sheet(doses, sheet) for doses in amounts],
            }
            for sheet in numbers
        ],
        "days": [*say.several("chart_days")],
        "shaded": [*USUAL_DAYS.get(often.pop() or 0, ())] if len(often) == 1 else [],
        "rows": [*_plan_rows(programme, say)],
        "effort": [*_targets(programme, say), *site.effort],
        "go_on": [site.go_on.before, *site.go_on.rule, site.go_on.after] if site.go_on else [],
        "pain_rule": site.pain_rule,
        "stop_rules": [*site.stop_rules, *programme.stop_if],
        "warnings": warnings(site.on_paper, (), edition) if site.on_paper else None,
        "code": qr.code(address, say) if address else None,
    }


def _plan_rows(programme: PresentedProgramme, say: Say) -> Iterator[dict[str, Any]]:
    """A row for each move, in the order in which they come, with the week in which it comes at the soonest."""
    before: set[tuple[str, ...]] = set()
    for phase in programme.phases:
        for move in phase.moves:
            slugs = tuple(exercise.slug for exercise in move.exercises)
            if slugs in before:
                continue
            before.add(slugs)
            first, *others = move.exercises
            names = [first.title, *(say.within(other.title) for other in others)]
            week = say("chart_week", number=phase.facts.weeks[0])
            soonest = f"{week}, {say.within(say('plan_optional'))}" if move.planned.optional else week
            plain = None if others else first.plain
            yield {"title": f" {say('plan_or')} ".join(names), "plain": plain, "soonest": soonest}


def _amounts(programme: PresentedProgramme, say: Say) -> list[dict[int, str]]:
    """For each row how much of it is done, by the week from which on that is so at the soonest."""
    moves: dict[tuple[str, ...], dict[int, str]] = {}
    last: dict[tuple[str, ...], str] = {}
    for phase in programme.phases:
        for move in phase.moves:
            slugs, item, first = tuple(exercise.slug for exercise in move.exercises), move.planned, phase.facts.weeks[0]
            work = spoken(say, item.reps) if item.reps else duration(say, item.time or 0)
            amount = say("chart_amount", sets=item.sets, amount=work)
            if amount != last.get(slugs):
                week = say("chart_week", number=first)
                when = f"{week}, {say.within(say('plan_optional'))}" if item.optional else week
                moves.setdefault(slugs, {})[first] = f"{_labelled(say, when)} {amount}"
                last[slugs] = amount
    return [*moves.values()]


def _on_sheet(amounts: dict[int, str], weeks: range) -> list[str]:
    """What holds when a sheet begins, and what changes on it; of a move that comes later, what it begins with."""
    before = [week for week in amounts if week <= weeks[0]][-1:]
    return [amounts[week] for week in [*before, *(week for week in amounts if week in weeks[1:])] or [min(amounts)]]


def _targets(programme: PresentedProgramme, say: Say) -> Iterator[str]:
    """How hard it should feel, of phases that follow each other with the same effort together."""
    for effort, phases in groupby(programme.phases, lambda phase: phase.facts.effort):
        every = [*phases]
        weeks = programmes.weeks((every[0].facts.weeks[0], every[-1].facts.weeks[1]), say)
        yield say("chart_target", weeks=weeks, effort=spoken(say, effort))


def _row(exercise: Presented, say: Say) -> str:
    """A title on the chart, with how often a day where that is more than once."""
    times = exercise.dose.get("times_per_day")
    return say("chart_times", title=exercise.title, times=times.value) if times else exercise.title


def _labelled(say: Say, label: str) -> str:
    return say("labelled", label=label)


def _picture(image: Image, picture: Callable[[str], PictureFile]) -> dict[str, Any]:
    return {**picture(image.file)._asdict(), "alt": image.alt}
