"""What the page of programmes works with in a browser: the tables of this site, and each exercise by itself.

Both are scripts, as a page that is opened from a folder can fetch nothing else. The tables hold what a code may say
(codes, ceilings, notes and the words of doses, for docs/assets/javascripts/programme-value.js) and what a clinician
chooses by. What a patient reads of an exercise comes when it is shown.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, TypedDict

from ..content.data_files import Tombstone
from ..content.model import CEILINGS, Dose, Image, Role
from ..fingerprints import fingerprinted
from ..pictures.renditions import Plan
from ..programme.bounds import FIELDS
from ..programme.code import FIRST_DAY
from ..programme.repertoire import Member
from ..wording import Say, Word
from .presented import Presented

NAME = "assets/javascripts/programme-data.js"
"""The tables, without the hash in the name."""
FOLDER = "assets/javascripts/programme/"
"""Where each exercise has its own script."""
WORDS = (
    "programme_heading programme_work programme_work_each programme_work_one programme_sets programme_set "
    "programme_reps programme_hold programme_rest programme_often programme_days programme_day programme_times "
    "programme_time programme_sentence side_left_only side_right_only each_side each_way band_none band_light "
    "band_medium band_heavy seconds second minutes minute range date months"
).split()
"""What a dose is worded with."""
_SMALL = 135
"""Pixels of a picture beside a name."""


class Entry(TypedDict):
    """What is kept of an exercise, which follows from its page, the data files and its pictures."""

    row: dict[str, Any]
    """Its row in the tables."""
    detail: str
    """The text of its own script."""


def entry(exercise: Presented, member: Member, was: Iterable[str], plans: Mapping[str, Plan], say: Say) -> Entry:
    """The two parts of an exercise. `plans` are the renditions of pictures, `was` its earlier codes."""
    row = of_member(member, was) | {
        "plain": exercise.plain or "",
        "names": " ".join([*exercise.aliases, *(muscle.name for muscle in exercise.targets)]),
        "dose": usual(exercise.facts.dose),
        "level": exercise.level.id if exercise.level else "",
        "position": exercise.position.id,
        "equipment": " ".join(thing.id for thing in exercise.equipment),
        "picture": _small(exercise, plans),
    }
    captions = {"start": say("start"), "finish": say("finish"), "hold": say("hold")}
    detail = {
        "updated": (exercise.updated - FIRST_DAY).days,
        "changed": say("programme_changed", day=exercise.updated),
        "needs": [[thing.name, thing.place is not None] for thing in exercise.equipment],
        "steps": [[step.label, step.text, step.role is Role.SWITCH] for step in exercise.steps],
        "pictures": [
            [captions[role], image.alt, *form]
            for role, image in exercise.images.stills().items()
            if role in captions and (form := _form(image, plans))
        ],
        "minding": [*exercise.minding],
        "cautions": [[caution.who, caution.do] for caution in exercise.facts.cautions],
        "stop_if": [*exercise.stop_if],
    }
    return {"row": row, "detail": f'programmeData.details["{member.code}"] = {_json(detail)};\n'}


def of_member(member: Member, was: Iterable[str]) -> dict[str, Any]:
    """What the value of a programme asks of an exercise. A ceiling is there where it is lower than everywhere."""
    return {
        "code": member.code,
        "was": [*was],
        "slug": member.slug,
        "title": member.title,
        "side": member.side.value,
        "band": member.has_band,
        "reps": member.reps,
        "rep": member.rep,
        "each": member.each,
        "most": {part: member.most[name] for part, name in FIELDS.items() if member.most[name] < CEILINGS[name]},
    }


def usual(dose: Dose) -> dict[str, int | list[int]]:
    """An exercise's own dose as an item of a programme, with which a clinician begins: the low end of a range of sets,
    days or times."""
    low = {
        "sets": dose.sets[0],
        "time": dose.time,
        "hold": dose.hold,
        "rest": dose.rest,
        "days": dose.days_per_week[0],
        "times": dose.times_per_day[0] if dose.times_per_day else None,
    }
    reps = {"reps": [*dose.reps]} if dose.reps else {}
    return reps | {name: value for name, value in low.items() if value is not None}


def tables(
    entries: Iterable[Entry], gone: Iterable[Tombstone], notes: Mapping[str, str], words: Mapping[str, Word]
) -> tuple[str, dict[str, str]]:
    """The text of the tables, and the scripts of single exercises by their names in the site."""
    rows: list[dict[str, Any]] = []
    files: dict[str, str] = {}
    for each in entries:
        name = fingerprinted(f"{FOLDER}{each['row']['code']}.js", each["detail"].encode())
        files[name] = each["detail"]
        rows.append(each["row"] | {"file": name})
    content = {
        "words": {name: words[name] for name in WORDS} | {"singular_counts": [*map(str, words["singular_counts"])]},
        "most": {part: CEILINGS[name] for part, name in FIELDS.items()},
        "exercises": rows,
        "gone": {stone.code: [stone.reason, stone.successor or ""] for stone in gone},
        "notes": dict(notes),
        "details": {},
    }
    return f"var programmeData = {_json(content)};\n", files


def _small(exercise: Presented, plans: Mapping[str, Plan]) -> list[Any]:
    end = exercise.images.end()
    plan = plans.get(end.file) if end else None
    if plan is None:
        return []
    fitting = next((each for each in plan.webp if each.width >= 2 * _SMALL), plan.fallback)
    return [fitting.name, fitting.width, fitting.height]


def _form(image: Image, plans: Mapping[str, Plan]) -> list[Any] | None:
    """The fallback, all sizes, width and height of the largest; None when it can't be shown."""
    plan = plans.get(image.file)
    if plan is None:
        return None
    return [plan.fallback.name, [[each.name, each.width] for each in plan.webp], plan.width, plan.height]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
