"""The page of a new exercise: what is known filled in, the rest left empty, and every field explained."""

from __future__ import annotations

import datetime
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from hipknee.content.front_matter import read_page
from hipknee.content.insertion import brackets, scalar
from hipknee.content.model import Aim, Exercise, Item, Level, Side

from .offers import Offers

ELSEWHERE = "an id from docs/_data/vocabulary.yml"
NOTE_AT = 23
"""The column of a note, where the value leaves room."""
ALT = "what the picture shows, at most 150 characters"
PLAIN = "what a patient would call it, in six words at most: Knee opener, lying on your side"
CODE = """\
# What programmes call it, for ever: docs/_data/codes.yml lists it too.
code: {code}
"""
PAGE = """\
---
# Lines that begin with '#' are notes for you: delete them as you go. `make check` says what is still missing.
title: {title}
{plain}
{code}aliases: []            # other names that patients and clinicians use: [clam, clam shells]
was: []                # old file names of this page: each becomes a redirect
{level}
summary:               # what to do and what for, one sentence of at most 25 words
helps:                 # {conditions}: why it may help there, one sentence. Each lists this page in `exercises`, too
{helps}{kind}
muscles:               # ids from docs/_data/vocabulary.yml
{primary}
{secondary}
{movements}
{stretches}
{position}
{side}
{equipment}
images:                # paths inside images/; at least 800 pixels on the long side
{images}steps:                 # one role for each step, in this order; 'switch' only with `side: each`
{steps}dose: {{sets: 2, reps: [8, 10], days_per_week: 3}}  # a start; reps, or time: 5 min; hold: 2 s if sourced
feel:                  # where you should feel it
mistakes:              # at least one
  - {{wrong: "", right: ""}}
easier: []             # sentences
harder: []
cautions: []           # - {{who: If ..., do: ..., condition: {condition}}}; [] for nobody
stop_if: []            # reasons to stop, added to the site's own
evidence: []           # keys of docs/_data/sources.yml, at least one
updated: {today}
review: {{status: awaiting}}   # until a clinician has reviewed it
waivers: []
---
## Why it helps

What it trains, and how that is linked to the knee and the hip. Cite a source like this: [@key].
"""


@dataclass(frozen=True)
class Answers:
    """What an editor said of an exercise. What is empty is left to be filled in."""

    title: str
    kind: str = Aim.STRENGTH
    targets: Sequence[str] = ()
    helpers: Sequence[str] = ()
    movements: Sequence[str] = ()
    """Of a stretch: what brings it."""
    position: str = ""
    side: str = ""
    equipment: Sequence[Item] = ()
    helps: Mapping[str, str] = field(default_factory=dict)
    """By condition page: why, or ""."""
    code: str = ""
    """What programmes call it."""
    plain: str = ""
    """What a patient would call it."""
    level: str = ""


def page(answers: Answers, pictures: Mapping[str, str], offers: Offers) -> str:
    """The text of the page; `pictures` are paths inside images/, by role."""
    conditions = [*offers.conditions]
    is_stretch = answers.kind == Aim.STRETCH
    side = (Exercise.model_fields["side"].description or "").replace("`", "")
    things = " | ".join(_choice(name, offers.places(name)) for name in offers.equipment) or ELSEWHERE
    trained = "what the joint does: each must train a muscle above, and each target be trained"
    return PAGE.format(
        title=json.dumps(answers.title, ensure_ascii=False),  # of any name a text in YAML
        plain=row("plain", scalar(answers.plain) if answers.plain else "", PLAIN),
        level=row("level", answers.level, f"{' | '.join(Level)}: beside the others; readers choose by it"),
        code=CODE.format(code=answers.code) if answers.code else "",
        conditions=" | ".join(conditions) or "condition page",
        helps="".join(f"  {condition}:{_value(why)}\n" for condition, why in answers.helps.items()),
        kind=row("kind", answers.kind, " | ".join(Aim)),
        primary=row("  primary", brackets(answers.targets), "the target muscles, at least one"),
        secondary=row("  secondary", brackets(answers.helpers), "the helpers"),
        movements=row("movements", brackets([] if is_stretch else answers.movements), trained),
        stretches=row(
            "stretches",
            brackets(answers.movements if is_stretch else []),
            "of a stretch, instead of movements: those that bring it",
        ),
        position=row("position", answers.position, " | ".join(offers.positions) or ELSEWHERE),
        side=row("side", answers.side, side),
        equipment=row("equipment", _things(answers.equipment), f"{things}; [] for nothing"),
        images="".join(_image(role, file) for role, file in pictures.items()),
        steps="".join(f"  - {role}:\n" for role in _roles(answers)),
        condition=conditions[-1] if conditions else "...",
        today=datetime.date.today(),
    )


def row(key: str, value: str, note: str) -> str:
    """`key: value   # note`."""
    return f"{f'{key}: {value}'.rstrip():<{NOTE_AT - 2}}  # {note}"


def unfilled(text: str, missing: Collection[str]) -> list[str]:
    """What is left to fill in on the page, in the order of its lines; `missing` are the names of its pictures."""
    data = read_page("", text.encode())[0].data
    left = [key for key in ("plain", "level", "summary", "position", "side", "feel") if not data[key]]
    left += [f"why it helps with {condition}" for condition, why in (data["helps"] or {"...": ""}).items() if not why]
    left += [] if data["muscles"]["primary"] else ["the target muscles"]
    left += (
        [] if data["movements"] or data["stretches"] or data["kind"] not in ("strength", "stretch") else ["movements"]
    )
    alts = "what the picture shows (alt)" if len(data["images"]) == 1 else "what each picture shows (alt)"
    left += [f"the pictures {' and '.join(missing)}"] if missing else []
    return [*left, alts, "steps", "dose", "mistakes", "cautions", "evidence", "the text below"]


def _value(text: str) -> str:
    return f" {scalar(text)}" if text else ""


def _choice(name: str, places: Collection[str]) -> str:
    return " | ".join(f"{{{name}: {place}}}" for place in places) or name


def _things(items: Sequence[Item]) -> str:
    return f"[{', '.join(_thing(item) for item in items)}]"


def _thing(item: Item) -> str:
    places = item.places[0] if len(item.places) == 1 else f"[{', '.join(item.places)}]"
    return f"{{{item.name}: {places}}}" if item.places else item.name


def _image(role: str, file: str) -> str:
    other = "    # a stretch or balance in one pose: 'hold' instead of both" if role == "finish" else f"    # {ALT}"
    return f'  {role}: {{file: {scalar(file, in_brackets=True)}, alt: ""}}{other}\n'


def _roles(answers: Answers) -> list[str]:
    end = "hold" if answers.kind in (Aim.STRETCH, Aim.BALANCE) else "finish"
    last = ["switch"] if answers.side in ("", Side.EACH) else []
    return ["start", "move", end, "return", *last]
