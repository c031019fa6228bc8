"""An exercise as it is printed: its facts in ready phrases, made once for pages, paper, linked data and other programs.

No output puts a phrase together itself, so that what stands on one can't differ from what stands on another.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from ..content.data_files import Position, Vocabulary
from ..content.model import Aim, Exercise, Images, Item, Mistake, Review, Role, Side, Still
from ..wording import Say, duration, spoken


class Named(NamedTuple):
    """Something of the vocabulary."""

    id: str
    name: str
    """In plain words."""
    latin: str | None = None
    """Of a muscle: its anatomical name."""
    place: str | None = None
    """Of a band: where on the body it goes, in words."""


class Figure(NamedTuple):
    """One figure of the dose."""

    label: str
    value: str
    note: str = ""
    """What has to be said beside it, such as "on each side"."""


class PresentedStep(NamedTuple):
    """One step."""

    role: Role
    label: str
    text: str
    shows: Still | None
    """The picture that belongs to it."""


class Help(NamedTuple):
    """A condition page, and why the exercise may help there."""

    slug: str
    title: str
    why: str


class PresentedCaution(NamedTuple):
    """Who should take care, and how, in one sentence; the condition page on which it is shown too."""

    text: str
    condition: str | None


@dataclass(frozen=True)
class Presented:
    """One exercise, ready to be printed. `facts` holds the figures themselves, for outputs that other programs read."""

    slug: str
    facts: Exercise
    title: str
    plain: str | None
    """What a patient would call it."""
    level: Named | None
    """How hard it is."""
    aliases: tuple[str, ...]
    summary: str
    images: Images
    kind: str
    targets_are: str
    """What the targets are: "Target muscles", or "Stretched muscles"."""
    targets: tuple[Named, ...]
    """The target muscles."""
    helpers_are: str
    """What the helpers are: "Helpers", or "Also stretched"."""
    helpers: tuple[Named, ...]
    movements: tuple[Named, ...]
    stretches: tuple[Named, ...]
    """The movements that bring a stretch."""
    position: Named
    equipment: tuple[Named, ...]
    needs: str
    """What is needed, in one line: "Mat, loop band around your ankles", or "Nothing"."""
    minding: tuple[str, ...]
    """What to mind with it, a text for each thing."""
    sides: str
    reps_are: str
    """What a repetition is called here, such as "steps"."""
    dose: Mapping[str, Figure]
    """By the name of the field, in the order in which it is printed, without what is not said."""
    amount: tuple[str, ...]
    """The dose in sentences."""
    amount_means: str
    """What a set is, and a repetition, for whoever meets the words for the first time; "" where nothing is counted."""
    steps: tuple[PresentedStep, ...]
    feel: str
    mistakes: tuple[Mistake, ...]
    easier: tuple[str, ...]
    harder: tuple[str, ...]
    cautions: tuple[PresentedCaution, ...]
    stop_if: tuple[str, ...]
    helps: tuple[Help, ...]
    evidence: tuple[str, ...]
    updated: datetime.date
    review: str

    def purpose(self, say: Say) -> str:
        """What it is for, in one line: "knee pain and hip pain. Sit on a chair … to work the front of your thigh."."""
        pages = _joined([say.within(help_.title) for help_ in self.helps], say)
        return say("purpose", pages=pages, summary=self.summary) if pages else self.summary


def presented(
    slug: str, exercise: Exercise, *, vocabulary: Vocabulary, conditions: Mapping[str, str], say: Say
) -> Presented:
    """The exercise called `slug`, in the words that `say` gives. `conditions` are the pages' titles by slug."""
    muscles = {id_: Named(id_, muscle.plain, muscle.latin) for id_, muscle in vocabulary.muscles.items()}
    movements = {id_: Named(id_, movement.name) for id_, movement in vocabulary.movements.items()}
    equipment = tuple(_thing(item, vocabulary, say) for item in exercise.equipment)
    position = vocabulary.positions[exercise.position]
    return Presented(
        slug=slug,
        facts=exercise,
        title=exercise.title,
        plain=exercise.plain,
        level=Named(exercise.level, say(f"level_{exercise.level}")) if exercise.level else None,
        aliases=tuple(exercise.aliases),
        summary=exercise.summary,
        images=exercise.images,
        kind=say(f"kind_{exercise.kind}"),
        targets_are=say("stretched_muscles" if exercise.kind is Aim.STRETCH else "target_muscles"),
        helpers_are=say("also_stretched" if exercise.kind is Aim.STRETCH else "helper_muscles"),
        targets=tuple(muscles[id_] for id_ in exercise.muscles.primary),
        helpers=tuple(muscles[id_] for id_ in exercise.muscles.secondary),
        movements=tuple(movements[id_] for id_ in exercise.movements),
        stretches=tuple(movements[id_] for id_ in exercise.stretches),
        position=Named(exercise.position, position.name),
        equipment=equipment,
        needs=_line(equipment, say) or say("no_equipment"),
        minding=tuple(care for item in exercise.equipment if (care := vocabulary.equipment[item.name].care)),
        sides=say(f"side_{exercise.side.replace('-', '_')}"),
        reps_are=position.reps,
        dose=_dose(exercise, vocabulary, say),
        amount=_amount(exercise, vocabulary, say),
        amount_means=_means(position, say) if exercise.dose.reps else "",
        steps=_steps(exercise, say),
        feel=exercise.feel,
        mistakes=tuple(exercise.mistakes),
        easier=tuple(exercise.easier),
        harder=tuple(exercise.harder),
        cautions=tuple(
            PresentedCaution(say("caution", who=caution.who, do=caution.do), caution.condition)
            for caution in exercise.cautions
        ),
        stop_if=tuple(exercise.stop_if),
        helps=tuple(Help(id_, conditions[id_], why) for id_, why in exercise.helps.items() if id_ in conditions),
        evidence=tuple(exercise.evidence),
        updated=exercise.updated,
        review=review_line(exercise.review, say),
    )


def review_line(review: Review, say: Say) -> str:
    """Whether a clinician has reviewed a page, as it is."""
    if review.status == "reviewed":
        return say("review_reviewed", by=review.by, on=review.on, next=review.next)
    return say("review_awaiting")


def review_short(review: Review, say: Say) -> str:
    """The same in a few words, for the line below a title."""
    if review.status == "reviewed":
        return say("review_short_reviewed", by=review.by, on=review.on)
    return say("review_short_awaiting")


def _thing(item: Item, vocabulary: Vocabulary, say: Say) -> Named:
    thing = vocabulary.equipment[item.name]
    return Named(item.name, thing.name, place=_joined([thing.places[place].name for place in item.places], say) or None)


def _joined(names: list[str], say: Say) -> str:
    """Names in one line: "above your knees and around your ankles"."""
    *others, last = names or [""]
    return say("joined", others=", ".join(others), last=last) if others else last


def _line(equipment: tuple[Named, ...], say: Say) -> str:
    names = [say.within(thing.name) if number else thing.name for number, thing in enumerate(equipment)]
    places = [f" {thing.place}" if thing.place else "" for thing in equipment]
    return ", ".join(map("".join, zip(names, places, strict=True)))


def _dose(exercise: Exercise, vocabulary: Vocabulary, say: Say) -> dict[str, Figure]:
    dose, position = exercise.dose, vocabulary.positions[exercise.position]
    each = say(f"each_{position.each}") if exercise.side is Side.EACH else ""
    reps = position.reps[:1].upper() + position.reps[1:]
    figures = {
        "sets": Figure(say("sets"), spoken(say, dose.sets)),
        "reps": Figure(reps, spoken(say, dose.reps), each) if dose.reps else None,
        "time": Figure(say("time"), duration(say, dose.time), each) if dose.time else None,
        "hold": Figure(say("hold"), duration(say, dose.hold)) if dose.hold else None,
        "rest": Figure(say("rest"), duration(say, dose.rest)) if dose.rest else None,
        "tempo": Figure(say("tempo"), dose.tempo) if dose.tempo else None,
        "times_per_day": Figure(say("times"), spoken(say, dose.times_per_day)) if dose.times_per_day else None,
        "days_per_week": Figure(say("days"), spoken(say, dose.days_per_week)),
    }
    return {name: figure for name, figure in figures.items() if figure}


def _amount(exercise: Exercise, vocabulary: Vocabulary, say: Say) -> tuple[str, ...]:
    """The dose as it is said of a programme, but with the ranges that a clinician has not yet narrowed down."""
    dose, position = exercise.dose, vocabulary.positions[exercise.position]
    unit = position.rep or position.reps if dose.reps == (1, 1) else position.reps
    work = (
        say("programme_reps", count=spoken(say, dose.reps), reps=unit) if dose.reps else duration(say, dose.time or 0)
    )
    sets = say.counted("programme_set", "programme_sets", dose.sets)
    often = [say.counted("programme_day", "programme_days", dose.days_per_week)]
    if dose.times_per_day:
        often.append(say.counted("programme_time", "programme_times", dose.times_per_day))
    if exercise.side is Side.EACH:
        amount = say("programme_work_each", sets=sets, amount=work, each=say(f"each_{position.each}"))
    else:
        amount = say("programme_work", sets=sets, amount=work)
    sentences = [say("programme_sentence", text=", ".join([amount, *often]))]
    if dose.time and dose.reps:
        sentences.append(
            f"{say('labelled', label=say('time'))} {say('programme_sentence', text=duration(say, dose.time))}"
        )
    if dose.hold:
        sentences.append(say("programme_hold", time=duration(say, dose.hold)))
    if dose.rest:
        sentences.append(say("programme_rest", time=duration(say, dose.rest)))
    if dose.tempo:
        sentences.append(f"{say('labelled', label=say('tempo'))} {say('programme_sentence', text=dose.tempo)}")
    return tuple(sentences)


def _means(position: Position, say: Say) -> str:
    """What a set is; and a repetition, where the vocabulary names one of them."""
    group = say("dose_means_set", reps=position.reps)
    return f"{say('dose_means_rep', rep=position.rep)} {group}" if position.rep else group


def help_lines(text: str) -> list[str]:
    """Whom to call, and when, a line for each: sentences that begin with the same word stand together, and a question
    with its answer."""
    sentences = re.split(r"(?<=[.!])\s+", text.strip())
    return [" ".join(those) for _, those in groupby(sentences, lambda sentence: sentence.partition(" ")[0])]


def pain_line(rules: Sequence[str]) -> str:
    """The pain rule in one line, from its texts: what begins with a figure of pain and a colon, with what to do.

    "0 to 3 out of 10: a mild ache is fine. Go on." becomes "0 to 3 out of 10: go on." Of a rule without such texts it
    is the first text.
    """
    parts = [(figures, deeds) for figures, colon, deeds in (rule.partition(": ") for rule in rules) if colon]
    last = [(figures, re.split(r"(?<=[.!?])\s+", deeds.strip())[-1]) for figures, deeds in parts]
    return " ".join(f"{figures}: {deed[:1].lower()}{deed[1:]}" for figures, deed in last) or next(iter(rules), "")


def recap(exercise: Presented, rules: Sequence[str], say: Say) -> tuple[str, str]:
    """The last that is read of an exercise, its label and its text: how much, and the pain rule in one line."""
    rule = say("labelled", label=say("pain_rule"))
    return say("labelled", label=say("key_points")), f"{exercise.amount[0]} {rule} {pain_line(rules)}"


def _steps(exercise: Exercise, say: Say) -> tuple[PresentedStep, ...]:
    """The picture of the start belongs to the first step, that of the finish, or the only one, to where the movement
    ends, that of the way back to the step that returns."""
    stills = exercise.images.stills()
    roles = [step.role for step in exercise.steps]
    end = next((n for n, role in enumerate(roles) if role in (Role.FINISH, Role.HOLD)), len(roles) - 1)

    back = roles.index(Role.RETURN) if Role.RETURN in roles else None

    def shows(n: int) -> Still | None:
        asked: dict[int | None, list[Still]] = {back: ["way_back"], 0: ["start"], end: ["hold", "finish"]}
        return next((role for role in asked.get(n, []) if role in stills), None)

    return tuple(
        PresentedStep(step.role, say(f"role_{step.role}"), step.text, shows(n)) for n, step in enumerate(exercise.steps)
    )
