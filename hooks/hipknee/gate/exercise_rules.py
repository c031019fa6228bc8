"""What the parts of one exercise have to agree on. One rule, one small generator, its docstring the rule.

A rule goes as far as the fields are right that it reads, so that one mistake never hides the next: it takes what it
can't do without first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import chain
from typing import Any, NamedTuple, TypeAlias

from ..content.catalogue import Entry
from ..content.data_files import Vocabulary
from ..content.front_matter import Place
from ..content.model import Exercise, MissingError, Page, Role, Side
from ..content.validation import Draft
from ..problems import Problem, did_you_mean
from ..rules import Rule

SUMMARY_WORDS = 25
ALT_CHARACTERS = 150
# The bounds of a dose: beyond them a figure is a slip of the pen, not a starting point. (low, high, unit)
DOSE_BOUNDS = {
    "sets": (1, 6, "sets"),
    "reps": (1, 30, "reps"),
    "hold": (1, 60, "seconds"),
    "rest": (5, 300, "seconds"),
    "days_per_week": (1, 7, "days"),
}
TEMPO_SECONDS = 10


class Finding(NamedTuple):
    """A problem of one page, before it has a path and a line: `place` is where in the front matter."""

    place: Place
    rule: Rule
    message: str
    hint: str = ""

    def at(self, entry: Entry[Any]) -> Problem:
        """The problem of this file."""
        return Problem(entry.path, entry.document.line(*self.place), self.rule, self.message, self.hint)


Check: TypeAlias = Callable[[Exercise, Vocabulary], Iterator[Finding]]
CHECKS: list[Check] = []


def _check(check: Check) -> Check:
    CHECKS.append(check)
    return check


def check(exercise: Draft[Exercise], vocabulary: Draft[Vocabulary]) -> Iterator[Finding]:
    """Hold one exercise against every rule. A rule that needs what is missing in a draft goes no further."""
    for rule in CHECKS:
        with suppress(MissingError):
            yield from rule(exercise.partial, vocabulary.partial)


def mentions(text: str, words: list[str]) -> bool:
    """Whether `text` contains one of `words` as a whole word."""
    return bool(words) and bool(re.search(rf"\b(?:{'|'.join(map(re.escape, words))})\b", text, re.IGNORECASE))


@_check
def steps_are_complete(exercise: Exercise, _: Vocabulary) -> Iterator[Finding]:
    """A start, a move, a finish or hold, and a return must be there, in this order, the start first and once."""
    roles = [step.role for step in exercise.steps]
    for role in (Role.START, Role.MOVE, Role.RETURN):
        if role not in roles:
            yield Finding(("steps",), Rule.STEPS_INCOMPLETE, f"There is no '{role}' step.", f"Add '- {role}: …'.")
    ends = [n for n, role in enumerate(roles) if role in (Role.FINISH, Role.HOLD)]
    if not ends:
        hint = "Say where the movement ends: '- finish: …'."
        yield Finding(("steps",), Rule.STEPS_INCOMPLETE, "There is no 'finish' or 'hold' step.", hint)
    for n, role in enumerate(roles):
        if role is Role.START and n > 0:
            message = (
                "There is more than one 'start' step." if Role.START in roles[:n] else "'start' must be the first step."
            )
            yield Finding(("steps", n), Rule.STEPS_ORDER, message)
    moved = roles.index(Role.MOVE) if Role.MOVE in roles else 0
    if ends and ends[-1] < moved:
        yield Finding(("steps", ends[-1]), Rule.STEPS_ORDER, f"'{roles[ends[-1]]}' must come after 'move'.")
    returns = [n for n, role in enumerate(roles) if role is Role.RETURN]
    ended = next((n for n in ends if n > moved), None)
    if returns and ended and returns[-1] < ended:
        yield Finding(("steps", returns[-1]), Rule.STEPS_ORDER, f"'return' must come after '{roles[ended]}'.")


@_check
def sides_are_switched(exercise: Exercise, _: Vocabulary) -> Iterator[Finding]:
    """`each` ends with one switch; `both-together` has none."""
    side, switches = exercise.side, [n for n, step in enumerate(exercise.steps) if step.role is Role.SWITCH]
    if side is Side.EACH and not switches:
        hint = "End with '- switch: …', or correct 'side'."
        yield Finding(("steps",), Rule.SIDE_SWITCH, "'side: each' needs a 'switch' step.", hint)
    if side is Side.EACH and switches:
        after = [step.role for step in exercise.steps[switches[0] + 1 :] if step.role is not Role.BREATHE]
        if after:
            yield Finding(
                ("steps", switches[0]), Rule.STEPS_ORDER, "'switch' must be the last step, and appear only once."
            )
    if side is Side.BOTH_TOGETHER:
        for n in switches:
            hint = "Delete the step, or correct 'side'."
            yield Finding(("steps", n), Rule.SIDE_SWITCH, "'side: both-together' has no side to switch to.", hint)


@_check
def muscles_are_known(exercise: Exercise, vocabulary: Vocabulary) -> Iterator[Finding]:
    """Every muscle must be in the vocabulary, and only once on the page."""
    seen: set[str] = set()
    for kind in ("primary", "secondary"):
        for n, muscle in enumerate(getattr(exercise.muscles, kind, [])):
            place = ("muscles", kind, n)
            if muscle not in vocabulary.muscles:
                hint = did_you_mean(muscle, vocabulary.muscles)
                yield Finding(place, Rule.MUSCLE_UNKNOWN, f"'{muscle}' is not in the list of muscles.", hint)
            elif muscle in seen:
                yield Finding(place, Rule.VALUE_INVALID, f"'{muscle}' is listed twice.")
            seen.add(muscle)


@_check
def movements_are_known(exercise: Exercise, vocabulary: Vocabulary) -> Iterator[Finding]:
    """Every movement must be in the vocabulary, and only once on the page."""
    for n, movement in enumerate(exercise.movements):
        if movement not in vocabulary.movements:
            hint = did_you_mean(movement, vocabulary.movements)
            yield Finding(("movements", n), Rule.VALUE_INVALID, f"'{movement}' is not in the list of movements.", hint)
        elif movement in exercise.movements[:n]:
            yield Finding(("movements", n), Rule.VALUE_INVALID, f"'{movement}' is listed twice.")


@_check
def movements_train_the_muscles(exercise: Exercise, vocabulary: Vocabulary) -> Iterator[Finding]:
    """Each movement must train a target muscle and have its prime mover named; each target must be trained."""
    primary, muscles = exercise.muscles.primary, vocabulary.muscles
    named = {*primary, *exercise.muscles.secondary}
    known = {name: vocabulary.movements[name] for name in exercise.movements if name in vocabulary.movements}
    for n, name in enumerate(exercise.movements):
        if name not in known:
            continue
        movement = known[name]
        if not movement.trains() & set(primary):
            message = f"'{name}' trains none of the target muscles."
            hint = f"It trains {', '.join(sorted(movement.trains()))}."
            yield Finding(("movements", n), Rule.MUSCLE_MOVEMENT, message, hint)
        for muscle in movement.prime:
            if muscle not in named:
                message = f"'{name}' is mostly the work of '{muscle}', which this page does not list."
                yield Finding(
                    ("muscles", "primary"), Rule.MUSCLE_MOVEMENT, message, "Add it to 'primary' or 'secondary'."
                )
    if len(known) == len(exercise.movements):
        trained = set(chain.from_iterable(movement.trains() for movement in known.values()))
        for n, muscle in enumerate(primary):
            if muscle in muscles and muscle not in trained:
                message = f"None of the movements trains '{muscle}'."
                hint = "Move it to 'secondary', or correct 'movements'."
                yield Finding(("muscles", "primary", n), Rule.MUSCLE_MOVEMENT, message, hint)


@_check
def position_is_known(exercise: Exercise, vocabulary: Vocabulary) -> Iterator[Finding]:
    """The position must be in the vocabulary."""
    if exercise.position not in vocabulary.positions:
        hint = did_you_mean(exercise.position, vocabulary.positions)
        yield Finding(
            ("position",), Rule.VALUE_INVALID, f"'{exercise.position}' is not in the list of positions.", hint
        )


@_check
def equipment_is_known(exercise: Exercise, vocabulary: Vocabulary) -> Iterator[Finding]:
    """Every thing, once, and its place must be in the vocabulary; a thing with places must have one."""
    for n, (name, at) in enumerate(exercise.equipment):
        place = ("equipment", n)
        thing = vocabulary.equipment.get(name)
        if thing is None:
            hint = did_you_mean(name, vocabulary.equipment)
            yield Finding(place, Rule.VALUE_INVALID, f"'{name}' is not in the list of equipment.", hint)
        elif at is None and thing.places:
            hint = f"Write '{{{name}: {next(iter(thing.places))}}}'; places are {', '.join(thing.places)}."
            yield Finding(place, Rule.EQUIPMENT_STEPS, f"This does not say where the {name} goes.", hint)
        elif at is not None and at not in thing.places:
            hint = did_you_mean(at, thing.places) if thing.places else f"Write '{name}'."
            yield Finding(place, Rule.VALUE_INVALID, f"'{at}' is not a place for '{name}'.", hint)
        if name in (item.name for item in exercise.equipment[:n]):
            yield Finding(place, Rule.VALUE_INVALID, f"'{name}' is listed twice.")


@_check
def equipment_agrees_with_the_words(exercise: Exercise, vocabulary: Vocabulary) -> Iterator[Finding]:
    """What title, steps or movements name must be in the equipment, and what has a place must be named, there."""
    needed = {item.name: item.place for item in exercise.equipment}
    moves = [vocabulary.movements[name].name for name in exercise.movements if name in vocabulary.movements]
    texts: list[tuple[Place, str]] = [(("title",), exercise.title), (("movements",), " ".join(moves))]
    texts += [(("steps", n), step.text) for n, step in enumerate(exercise.steps)]
    for name, thing in vocabulary.equipment.items():
        naming = [(place, text) for place, text in texts if mentions(text, thing.words)]
        if naming and name not in needed:
            hint = f"Add '{name}' to 'equipment'" + (", with its place." if thing.places else ".")
            message = f"This mentions the {thing.name.lower()}, which is not in 'equipment'."
            yield Finding(naming[0][0], Rule.EQUIPMENT_STEPS, message, hint)
        if name not in needed or not thing.places:
            continue
        where = ("equipment", [item.name for item in exercise.equipment].index(name))
        if not any(place[0] == "steps" for place, _ in naming):
            message = f"'{name}' is in 'equipment', but no step mentions it."
            yield Finding(where, Rule.EQUIPMENT_STEPS, message, "Say in the first step where it goes.")
            continue
        own = thing.places.get(needed[name] or "")
        step_texts = [text for place, text in naming if place[0] == "steps"]
        if own and not any(mentions(text, own.words) for text in step_texts):
            message = f"No step that mentions the {thing.name.lower()} says that it goes {own.name}."
            yield Finding(where, Rule.EQUIPMENT_STEPS, message, "Correct the step, or the place here.")


@_check
def dose_is_within_bounds(exercise: Exercise, _: Vocabulary) -> Iterator[Finding]:
    """Every figure must be within the stated bounds."""
    for name, (low, high, unit) in DOSE_BOUNDS.items():
        value = getattr(exercise.dose, name, None)
        if value is None:
            continue
        ends = value if isinstance(value, tuple) else (value, value)
        if not (low <= ends[0] and ends[1] <= high):
            figures = str(ends[0]) if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"
            message = f"'{name}' is {figures} {unit}; it must be from {low} to {high}."
            yield Finding(("dose", name), Rule.DOSE_RANGE, message)
    tempo = getattr(exercise.dose, "tempo", None)
    if tempo and max(map(int, tempo.split("-"))) > TEMPO_SECONDS:
        message = f"'tempo' is {tempo}; no part may be longer than {TEMPO_SECONDS} seconds."
        yield Finding(("dose", "tempo"), Rule.DOSE_RANGE, message)


@_check
def alt_texts_tell_what_is_seen(exercise: Exercise, _: Vocabulary) -> Iterator[Finding]:
    """Alt texts are short, are not file names, and tell start from finish."""
    title = getattr(exercise, "title", None)
    for place, image in exercise.all_images().items():
        alt, file = getattr(image, "alt", ""), getattr(image, "file", "")
        if len(alt) > ALT_CHARACTERS:
            message = f"The alt text has {len(alt)} characters; the limit is {ALT_CHARACTERS}."
            yield Finding((*place, "alt"), Rule.ALT_LONG, message)
        if alt and alt in (file, file.rsplit("/", 1)[-1], title):
            message = "The alt text does not say what the picture shows."
            yield Finding((*place, "alt"), Rule.ALT_MISSING, message, "Describe the pose and what moves.")
    if exercise.images.start.alt == exercise.images.finish.alt:
        message = "Start and finish have the same alt text, so readers who can't see them can't tell them apart."
        yield Finding(("images", "finish", "alt"), Rule.ALT_MISSING, message, "Say what is different at the end.")


@_check
def evidence_is_given(exercise: Exercise, _: Vocabulary) -> Iterator[Finding]:
    """An exercise is based on at least one source."""
    if not exercise.evidence:
        yield Finding(
            ("evidence",),
            Rule.KEY_MISSING,
            "'evidence' is missing or empty.",
            "List the sources that the page is based on.",
        )


def summary_is_short(page: Page) -> Iterator[Finding]:
    """The summary is one sentence of at most 25 words: cards, search and sheets all print it."""
    if len(page.summary.split()) > SUMMARY_WORDS:
        message = f"'summary' has {len(page.summary.split())} words; the limit is {SUMMARY_WORDS}."
        yield Finding(("summary",), Rule.VALUE_INVALID, message)
