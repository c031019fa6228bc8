"""The sheets of a programme: what a clinician picked for one patient, on paper.

The template `programme.typ` in `typst/` says where it stands and what it looks like. What is the same for all exercises
(warning signs, who asks first, the pain rule) stands there once.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .. import qr
from ..content.model import Image, Role
from ..pages.cautions import cares
from ..pages.presented import Presented
from ..programme import doses
from ..programme.code import Item, Programme
from ..programme.repertoire import Repertoire
from ..wording import Say
from .edition import Edition
from .handouts import warnings
from .typesetting import PictureFile

TEMPLATE = "programme"
WEEKS = 4
"""On the chart: then a clinician has seen the patient again."""
WEEK = 7
"""Days that have a box where nobody said on how many it is done."""
_LINES = ((Role.START,), (Role.MOVE, Role.FINISH, Role.HOLD, Role.BREATHE), (Role.RETURN, Role.SWITCH))
"""What a line of the steps holds: how one begins, what one does, and how one comes back."""


@dataclass(frozen=True)
class Handed:
    """A programme with the code that it is handed out by."""

    value: Programme
    code: str
    title: str | None = None
    """That of the ready-made programme that it is a phase of."""
    phase: str | None = None
    """ "Weeks 1 and 2: learn"."""
    weeks: tuple[int, int] | None = None
    """The first and the last of them. Else the chart has the weeks from the first on."""
    also: tuple[str, ...] = ()
    """What is done besides, in sentences: no code holds it."""


@dataclass(frozen=True)
class Source:
    """What sheets of programmes are made of: the exercises by their slugs, and what programmes may say of them."""

    exercises: Mapping[str, Presented]
    repertoire: Repertoire
    picture: Callable[[str], PictureFile]
    """The file to print of a picture inside images/."""
    page: str | None
    """Where the page stands that shows a code, on the web; None when there is none, or nobody knows."""

    def exercise(self, item: Item) -> Presented:
        """That of an item."""
        return self.exercises[self.repertoire.members[item.code].slug]


def programme_sheets(
    handed: Sequence[Handed], source: Source, edition: Edition, *, title: str, large: bool = False, copies: int = 1
) -> dict[str, Any]:
    """The data of the sheets of one file, for `TEMPLATE`: those of one programme, or of the phases of a ready-made one.

    `large` is 18 pt, on as many pages as it takes; the whole is there `copies` times.
    """
    say, site = edition.say, edition.site
    every = [source.exercise(item) for each in handed for item in each.value.items]
    return {
        **edition.frame(TEMPLATE, title=title, updated=max(exercise.updated for exercise in every)),
        "large": large,
        "copies": copies,
        "labels": {"equipment": say("labelled", label=say("equipment"))},
        "pain_rule": site.pain_rule,
        "stop_help": None if site.on_paper else site.stop_help,
        "disclaimer": site.disclaimer,
        "programmes": [_programme(each, source, edition) for each in handed],
    }


def _programme(handed: Handed, source: Source, edition: Edition) -> dict[str, Any]:
    say, site, value = edition.say, edition.site, handed.value
    when, (first, last) = say("programme_heading", day=value.day), handed.weeks or (1, WEEKS)
    exercises = [*{each.slug: each for each in map(source.exercise, value.items)}.values()]
    minding = dict.fromkeys(text for exercise in exercises for text in exercise.minding)
    reasons = dict.fromkeys(reason for exercise in exercises for reason in exercise.stop_if)
    return {
        "heading": handed.title or when,
        "about": [text for text in (handed.phase, when if handed.title else None) if text],
        "weeks": [say("chart_week", number=number) for number in range(first, min(last, first + WEEKS - 1) + 1)],
        "items": [_item(number, item, value.day, source, say) for number, item in enumerate(value.items, 1)],
        "also": [{"label": say("labelled", label=say("plan_also")), "text": text} for text in handed.also],
        "rows": [_row(item, source, say) for item in value.items],
        "means": next((exercise.amount_means for exercise in exercises if exercise.amount_means), ""),
        "stop_rules": [*reasons, *site.stop_rules],
        "warnings": warnings(site.on_paper, minding, edition) if site.on_paper else None,
        "cares": [*_cares(exercises, say)],
        "code": qr.code_of_programme(source.page, handed.code, say) if source.page else None,
        "groups": qr.grouped(handed.code),
    }


def _item(number: int, item: Item, day: datetime.date, source: Source, say: Say) -> dict[str, Any]:
    exercise = source.exercise(item)
    stills = {role: image for role, image in exercise.images.stills().items() if role != "way_back"}
    captions = {"start": say("start"), "finish": say("finish"), "hold": say("hold")}
    changed = say("programme_changed", day=exercise.updated) if exercise.updated > day else None
    return {
        "number": number,
        "title": exercise.title,
        "plain": exercise.plain,
        "needs": _needs(item, exercise, source, say),
        "dose": [*doses.dose(item, source.repertoire, say)],
        "changed": changed,
        "steps": [*step_lines(exercise, item.side is not None, say)],
        "pictures": [{"caption": captions[role], **_picture(image, source.picture)} for role, image in stills.items()],
    }


def _needs(item: Item, exercise: Presented, source: Source, say: Say) -> str:
    """What is needed: no band where the dose leaves it out, and not where it goes, which a note may say otherwise."""
    has_band = source.repertoire.members[item.code].has_band
    things = [thing for thing in exercise.equipment if not (has_band and item.band == 0 and thing.place)]
    names = [say.within(thing.name) if number else thing.name for number, thing in enumerate(things)]
    return ", ".join(names) or say("no_equipment")


def step_lines(exercise: Presented, one_side: bool, say: Say) -> Iterator[dict[str, str]]:
    """The steps in at most three lines, each with the name of its first: nothing is left out but how to change sides,
    where only one is trained."""
    for roles in _LINES:
        steps = [step for step in exercise.steps if step.role in roles]
        if one_side:
            steps = [step for step in steps if step.role is not Role.SWITCH]
        if steps:
            yield {
                "label": say("labelled", label=steps[0].label),
                "text": " ".join(step.text for step in steps),
            }


def _row(item: Item, source: Source, say: Say) -> dict[str, Any]:
    """A row of the chart, with a box for each day in a week on which it is done."""
    member = source.repertoire.members[item.code]
    side = say("side_left_only" if item.side == "L" else "side_right_only") if item.side else None
    title = say("chart_times", title=member.title, times=item.times) if (item.times or 1) > 1 else member.title
    return {"title": title, "side": side, "days": item.days or WEEK}


def _cares(exercises: Sequence[Presented], say: Say) -> Iterator[dict[str, Any]]:
    """Whom to mind, as a page tells it: each once, with the exercises that it concerns where these are not all."""
    for care in cares(exercises):
        advice = [
            {"text": what, "titles": None if len(those) == len(exercises) else _titles(those, say)}
            for what, those in care.what
        ]
        yield {"who": say("labelled", label=care.who), "advice": advice}


def _titles(exercises: Sequence[Presented], say: Say) -> str:
    names = [say.within(each.title) if number else each.title for number, each in enumerate(exercises)]
    return say("labelled", label=", ".join(names))


def _picture(image: Image, picture: Callable[[str], PictureFile]) -> dict[str, Any]:
    return {**picture(image.file)._asdict(), "alt": image.alt}
