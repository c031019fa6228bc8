"""The patients' booklet: when to get help, the rules, the plan, its exercises and a chart, from the values of the site.

It is made for the paper itself, and for half of it, to fold and staple. `patient-booklet.typ` says where all stands: on
pages that come to a multiple of four, an exercise a page or, folded, a left page and a right one that face each other.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from ..content.red_flags import TIERS, Shown, grouped
from ..pages.presented import Presented, help_lines
from ..pages.programmes import Move, PresentedProgramme
from ..wording import Say
from . import handouts
from .edition import Edition
from .element_tree import Node
from .typesetting import PictureFile

TEMPLATE = "patient-booklet"
WEEKS = 8
"""On the chart, where no programme says how many."""


@dataclass(frozen=True)
class Patients:
    """What the booklet holds."""

    site: str
    """What the site is called."""
    updated: datetime.date
    programme: PresentedProgramme | None
    exercises: Sequence[Presented]
    """Those of the programme, or of the tick chart, in order."""
    signs: Mapping[str, Sequence[Shown]]
    """The warning signs of all condition pages, by how soon they need help."""
    ask_first: Sequence[Node]
    """The section that says who should ask first; nothing where the site has none."""
    sections: Sequence[Sequence[Node]]
    """What is taken over from pages."""
    of_plan: Sequence[Sequence[Node]]
    """What is taken over from those of programmes: it stands behind the plan."""


def patient_booklet(
    of: Patients, edition: Edition, *, picture: Callable[[str], PictureFile], fold: str | None, for_printer: bool
) -> dict[str, Any]:
    """The data of the template `TEMPLATE`.

    `picture` finds the file to print of a picture inside images/. `fold` is what Typst calls the half of the edition's
    paper, None for a booklet that is not folded. Its pages are laid side by side `for_printer`.
    """
    say, site = edition.say, edition.site
    title = say("booklet_sheets", site=of.site) if for_printer else of.site
    frame = edition.frame(TEMPLATE, title=title, updated=of.updated)
    stop_if = [reason for exercise in of.exercises for reason in exercise.stop_if]
    at_home = site.at_home
    return {
        **frame,
        "paper": fold or frame["paper"],
        "folded": fold is not None,
        "imposed": for_printer,
        "site": of.site,
        "address": _typed(edition.home) if edition.home else None,
        "tiers": [*_tiers(of, edition)],
        "ask_first": _chapter(of.ask_first) if of.ask_first else None,
        "pain_rule": site.pain_rule,
        "stop_rules": [*site.stop_rules, *dict.fromkeys(stop_if)],
        "stop_help": help_lines(site.stop_help),
        "sections": [_chapter(nodes) for nodes in of.sections],
        "plan": _plan(of.programme, of.of_plan, say) if of.programme else None,
        "at_home": {"title": at_home.title, "text": at_home.text} if at_home else None,
        "dose_note": site.dose_note,
        "exercises": [_exercise(exercise, edition, picture) for exercise in of.exercises],
        "chart": _chart(of, edition),
        "disclaimer": site.disclaimer,
    }


def _tiers(of: Patients, edition: Edition) -> Iterator[dict[str, Any]]:
    for tier in TIERS:
        rule = getattr(edition.site.red_flags, tier)
        groups = [
            {"title": title, "signs": [{"text": sign.text, "note": sign.note} for sign in signs]}
            for title, signs in grouped(of.signs.get(tier, ()))
        ]
        if groups:
            label = _labelled(edition.say, rule.title)
            yield {"tone": tier.replace("_", "-"), "label": label, "action": rule.action, "groups": groups}


def _chapter(nodes: Sequence[Node]) -> dict[str, Any]:
    """A section with its heading apart."""
    heading, *others = nodes
    return {"title": heading["of"] if isinstance(heading, dict) else [heading], "of": others}


def _plan(programme: PresentedProgramme, sections: Sequence[Sequence[Node]], say: Say) -> dict[str, Any]:
    facts = programme.facts
    return {
        "title": facts.title,
        "for": facts.for_whom,
        "key_points": facts.key_points,
        "sections": [_chapter(nodes) for nodes in sections],
        "phases": [
            {
                "heading": phase.heading,
                "facts": [text for text in (phase.days, phase.minutes) if text],
                "effort": phase.effort,
                "moves": [_move(move, say) for move in phase.moves],
                "also": phase.facts.also,
            }
            for phase in programme.phases
        ],
    }


def _move(move: Move, say: Say) -> dict[str, Any]:
    several = len(move.exercises) > 1
    return {
        "label": _labelled(say, say("plan_optional")) if move.planned.optional else None,
        "exercises": [
            {"title": say.within(exercise.title) if number else exercise.title, "id": exercise.slug}
            for number, exercise in enumerate(move.exercises)
        ],
        "amount": say("programme_sentence", text=move.amount),
        "besides": [*([say("plan_choose")] if several else []), *move.besides],
    }


def _exercise(exercise: Presented, edition: Edition, picture: Callable[[str], PictureFile]) -> dict[str, Any]:
    say = edition.say
    stills = {role: image for role, image in exercise.images.stills().items() if role != "way_back"}
    return {
        "id": exercise.slug,
        "title": exercise.title,
        "plain": exercise.plain,
        "equipment": {"label": _labelled(say, say("equipment")), "needs": exercise.needs},
        "pictures": [
            {"role": role, **picture(image.file)._asdict(), "alt": image.alt} for role, image in stills.items()
        ],
        "dose": [figure._asdict() for figure in exercise.dose.values()],
        "steps": [{"label": _labelled(say, step.label), "text": step.text} for step in exercise.steps],
        "feel": exercise.feel,
        "fix": _labelled(say, say("fix")),
        "mistakes": [{"wrong": mistake.wrong, "right": mistake.right} for mistake in exercise.mistakes],
        "easier": [*exercise.easier],
        "harder": [*exercise.harder],
        "cautions": [*(caution.text for caution in exercise.cautions), *exercise.minding],
        "stop_if": [*exercise.stop_if],
        "review": exercise.review,
    }


def _chart(of: Patients, edition: Edition) -> dict[str, Any]:
    """The rows and days of the chart, as the sheets to hang up have them."""
    say = edition.say
    if of.programme:
        sheets = handouts.plan_chart(of.programme, edition, updated=of.updated)
        weeks = [week for sheet in sheets["sheets"] for week in sheet["weeks"]]
        return {"title": sheets["title"], "weeks": weeks} | {
            key: sheets[key] for key in ("rows", "days", "shaded", "effort")
        }
    sheet = handouts.tick_chart(of.exercises, edition, updated=of.updated)
    return {
        "title": sheet["title"],
        "weeks": [say("chart_week", number=number) for number in range(1, WEEKS + 1)],
        "rows": [{"title": row["title"], "plain": None, "soonest": None} for row in sheet["exercises"]],
        "days": sheet["days"],
        "shaded": [],
        "effort": [*edition.site.effort],
    }


def _labelled(say: Say, label: str) -> str:
    return say("labelled", label=label)


def _typed(address: str) -> str:
    """An address as one types it."""
    where = urlsplit(address)
    return f"{where.netloc}{where.path}".rstrip("/")
