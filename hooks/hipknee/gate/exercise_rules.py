"""What the parts of one exercise have to agree on. One rule, one small generator, its docstring the rule.

A rule runs when the fields that it reads are right, so that one mistake never hides the next.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import chain
from typing import NamedTuple, TypeAlias

from ..content.data_files import Vocabulary
from ..content.front_matter import Place
from ..content.model import Exercise, Page, Role, Side
from ..problems import did_you_mean

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
    rule: str
    message: str
    hint: str = ""


Rule: TypeAlias = Callable[[Exercise, Vocabulary], Iterator[Finding]]
_RULES: list[tuple[tuple[str, ...], tuple[str, ...], Rule]] = []


def _reads(*fields: str, words: tuple[str, ...] = ()) -> Callable[[Rule], Rule]:
    """Register a rule that reads these fields of the exercise and these parts of the vocabulary."""

    def register(rule: Rule) -> Rule:
        _RULES.append((fields, words, rule))
        return rule

    return register


def check(exercise: Exercise, vocabulary: Vocabulary) -> Iterator[Finding]:
    """Hold one exercise, or its draft, against every rule that it has the fields for."""
    for fields, words, rule in _RULES:
        needed = [getattr(exercise, name) for name in fields] + [getattr(vocabulary, name) for name in words]
        if None not in needed:
            yield from rule(exercise, vocabulary)


def mentions(text: str, words: list[str]) -> bool:
    """Whether one of `words` stands in `text` as a word of its own."""
    return bool(words) and bool(re.search(rf"\b(?:{'|'.join(map(re.escape, words))})\b", text, re.IGNORECASE))


@_reads("steps")
def steps_are_complete(exercise: Exercise, _: Vocabulary) -> Iterator[Finding]:
    """A start, a move, a finish or hold, and a return must be there, in this order, the start first and once."""
    roles = [step.role for step in exercise.steps]
    for role in (Role.START, Role.MOVE, Role.RETURN):
        if role not in roles:
            yield Finding(("steps",), "steps-incomplete", f"There is no '{role}' step.", f"Add '- {role}: …'.")
    ends = [n for n, role in enumerate(roles) if role in (Role.FINISH, Role.HOLD)]
    if not ends:
        hint = "Say where the movement ends: '- finish: …'."
        yield Finding(("steps",), "steps-incomplete", "There is no 'finish' or 'hold' step.", hint)
    for n, role in enumerate(roles):
        if role is Role.START and n > 0:
            message = "'start' stands twice." if Role.START in roles[:n] else "'start' must be the first step."
            yield Finding(("steps", n), "steps-order", message)
    moved = roles.index(Role.MOVE) if Role.MOVE in roles else 0
    if ends and ends[-1] < moved:
        yield Finding(("steps", ends[-1]), "steps-order", f"'{roles[ends[-1]]}' must come after 'move'.")
    returns = [n for n, role in enumerate(roles) if role is Role.RETURN]
    ended = next((n for n in ends if n > moved), None)
    if returns and ended and returns[-1] < ended:
        yield Finding(("steps", returns[-1]), "steps-order", f"'return' must come after '{roles[ended]}'.")


@_reads("steps", "side")
def sides_are_switched(exercise: Exercise, _: Vocabulary) -> Iterator[Finding]:
    """`each` ends with one switch; `both-together` has none."""
    switches = [n for n, step in enumerate(exercise.steps) if step.role is Role.SWITCH]
    if exercise.side is Side.EACH and not switches:
        hint = "End with '- switch: …', or correct 'side'."
        yield Finding(("steps",), "side-switch", "'side: each' needs a 'switch' step.", hint)
    if exercise.side is Side.EACH and switches:
        after = [step.role for step in exercise.steps[switches[0] + 1 :] if step.role is not Role.BREATHE]
        if after:
            yield Finding(("steps", switches[0]), "steps-order", "'switch' must be the last step, and stand once.")
    if exercise.side is Side.BOTH_TOGETHER:
        for n in switches:
            hint = "Delete the step, or correct 'side'."
            yield Finding(("steps", n), "side-switch", "'side: both-together' has no side to switch to.", hint)


@_reads("muscles", words=("muscles",))
def muscles_are_known(exercise: Exercise, vocabulary: Vocabulary) -> Iterator[Finding]:
    """Every muscle must stand in the vocabulary, once on the page."""
    seen: set[str] = set()
    for kind in ("primary", "secondary"):
        for n, muscle in enumerate(getattr(exercise.muscles, kind) or []):
            place = ("muscles", kind, n)
            if muscle not in vocabulary.muscles:
                hint = did_you_mean(muscle, vocabulary.muscles)
                yield Finding(place, "muscle-unknown", f"'{muscle}' is not in the list of muscles.", hint)
            elif muscle in seen:
                yield Finding(place, "value-invalid", f"'{muscle}' is named twice.")
            seen.add(muscle)


@_reads("movements", words=("movements",))
def movements_are_known(exercise: Exercise, vocabulary: Vocabulary) -> Iterator[Finding]:
    """Every movement must stand in the vocabulary, once on the page."""
    for n, movement in enumerate(exercise.movements):
        if movement not in vocabulary.movements:
            hint = did_you_mean(movement, vocabulary.movements)
            yield Finding(("movements", n), "value-invalid", f"'{movement}' is not in the list of movements.", hint)
        elif movement in exercise.movements[:n]:
            yield Finding(("movements", n), "value-invalid", f"'{movement}' is named twice.")


@_reads("movements", "muscles", words=("movements", "muscles"))
def movements_train_the_muscles(exercise: Exercise, vocabulary: Vocabulary) -> Iterator[Finding]:
    """Each movement must train a target muscle and have its prime mover named; each target must be trained."""
    primary = exercise.muscles.primary
    if primary is None or exercise.muscles.secondary is None:
        return
    known = {name: vocabulary.movements[name] for name in exercise.movements if name in vocabulary.movements}
    named = {*primary, *exercise.muscles.secondary}
    for n, name in enumerate(exercise.movements):
        if name not in known:
            continue
        movement = known[name]
        if not movement.trains() & set(primary):
            message = f"'{name}' trains none of the target muscles."
            hint = f"It trains {', '.join(sorted(movement.trains()))}."
            yield Finding(("movements", n), "muscle-movement", message, hint)
        for muscle in movement.prime:
            if muscle not in named:
                message = f"'{name}' is mostly the work of '{muscle}', which is not named."
                yield Finding(("muscles", "primary"), "muscle-movement", message, "Add it to 'primary' or 'secondary'.")
    if len(known) == len(exercise.movements):
        trained = set(chain.from_iterable(movement.trains() for movement in known.values()))
        for n, muscle in enumerate(primary):
            if muscle in vocabulary.muscles and muscle not in trained:
                message = f"None of the movements trains '{muscle}'."
                hint = "Move it to 'secondary', or correct 'movements'."
                yield Finding(("muscles", "primary", n), "muscle-movement", message, hint)


@_reads("position", words=("positions",))
def position_is_known(exercise: Exercise, vocabulary: Vocabulary) -> Iterator[Finding]:
    """The position must stand in the vocabulary."""
    if exercise.position not in vocabulary.positions:
        hint = did_you_mean(exercise.position, vocabulary.positions)
        yield Finding(("position",), "value-invalid", f"'{exercise.position}' is not in the list of positions.", hint)


@_reads("equipment", words=("equipment",))
def equipment_is_known(exercise: Exercise, vocabulary: Vocabulary) -> Iterator[Finding]:
    """Every thing, once, and its place must stand in the vocabulary; a thing with places must have one."""
    for n, (name, at) in enumerate(exercise.equipment):
        place = ("equipment", n)
        thing = vocabulary.equipment.get(name)
        if thing is None:
            hint = did_you_mean(name, vocabulary.equipment)
            yield Finding(place, "value-invalid", f"'{name}' is not in the list of equipment.", hint)
        elif at is None and thing.places:
            hint = f"Write '{{{name}: {next(iter(thing.places))}}}'; places are {', '.join(thing.places)}."
            yield Finding(place, "equipment-steps", f"It is not said where the {name} goes.", hint)
        elif at is not None and at not in thing.places:
            hint = did_you_mean(at, thing.places) if thing.places else f"Write '{name}'."
            yield Finding(place, "value-invalid", f"'{at}' is not a place for '{name}'.", hint)
        if name in (item.name for item in exercise.equipment[:n]):
            yield Finding(place, "value-invalid", f"'{name}' is named twice.")


@_reads("title", "steps", "movements", "equipment", words=("equipment", "movements"))
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
            message = f"This names the {thing.name.lower()}, which is not in 'equipment'."
            yield Finding(naming[0][0], "equipment-steps", message, hint)
        if name not in needed or not thing.places:
            continue
        where = ("equipment", [item.name for item in exercise.equipment].index(name))
        if not any(place[0] == "steps" for place, _ in naming):
            message = f"'{name}' is needed, but no step says so."
            yield Finding(where, "equipment-steps", message, "Say in the first step where it goes.")
            continue
        own = thing.places.get(needed[name] or "")
        said = [text for place, text in naming if place[0] == "steps"]
        if own and not any(mentions(text, own.words) for text in said):
            message = f"No step that names the {thing.name.lower()} says that it goes {own.name}."
            yield Finding(where, "equipment-steps", message, "Correct the step, or the place here.")


@_reads("dose")
def dose_is_within_bounds(exercise: Exercise, _: Vocabulary) -> Iterator[Finding]:
    """Every figure must be within the stated bounds."""
    for name, (low, high, unit) in DOSE_BOUNDS.items():
        value = getattr(exercise.dose, name)
        if value is None:
            continue
        ends = value if isinstance(value, tuple) else (value, value)
        if not (low <= ends[0] and ends[1] <= high):
            shown = str(ends[0]) if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"
            message = f"'{name}' is {shown} {unit}; it must be from {low} to {high}."
            yield Finding(("dose", name), "dose-range", message)
    if exercise.dose.tempo and max(map(int, exercise.dose.tempo.split("-"))) > TEMPO_SECONDS:
        message = f"'tempo' is {exercise.dose.tempo}; no part may be above {TEMPO_SECONDS} seconds."
        yield Finding(("dose", "tempo"), "dose-range", message)


@_reads()
def alt_texts_tell_what_is_seen(exercise: Exercise, _: Vocabulary) -> Iterator[Finding]:
    """Alt texts are short, are not file names, and tell start from finish."""
    for place, image in exercise.all_images().items():
        if not image.alt:
            continue
        if len(image.alt) > ALT_CHARACTERS:
            message = f"The alt text has {len(image.alt)} characters; at most {ALT_CHARACTERS} are read in one breath."
            yield Finding((*place, "alt"), "alt-long", message)
        if image.alt in (image.file, str(image.file).rsplit("/", 1)[-1], exercise.title):
            message = "The alt text does not say what the picture shows."
            yield Finding((*place, "alt"), "alt-missing", message, "Describe the pose and what moves.")
    start, finish = (getattr(exercise.images, role, None) for role in ("start", "finish"))
    if start and finish and start.alt and start.alt == finish.alt:
        message = "Start and finish have the same alt text, so who can't see them learns nothing."
        yield Finding(("images", "finish", "alt"), "alt-missing", message, "Say what is different at the end.")


@_reads("evidence")
def evidence_is_given(exercise: Exercise, _: Vocabulary) -> Iterator[Finding]:
    """An exercise rests on at least one source."""
    if not exercise.evidence:
        yield Finding(("evidence",), "key-missing", "'evidence' is missing or empty.", "Name what the page rests on.")


def summary_is_short(page: Page) -> Iterator[Finding]:
    """The summary is one sentence of at most 25 words: cards, search and sheets all print it."""
    if isinstance(page.summary, str) and len(page.summary.split()) > SUMMARY_WORDS:
        message = f"'summary' has {len(page.summary.split())} words; at most {SUMMARY_WORDS} fit."
        yield Finding(("summary",), "value-invalid", message)
