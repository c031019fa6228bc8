"""Whether the dose is one, within bounds, and what the steps say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..content.model import Aim, Bounds, Dose, Exercise, Role, ceilings
from ..rules import Rule
from .findings import Finding
from .lexicon import Language, Sentence

DOSE_BOUNDS = {
    "sets": (1, 6, "sets"),
    "reps": (1, 30, "reps"),
    "time": (5, 3600, "seconds"),
    "hold": (1, 300, "seconds"),
    "rest": (5, 300, "seconds"),
    "days_per_week": (1, 7, "days"),
    "times_per_day": (1, 10, "times"),
}
"""Beyond them a figure is a slip of the pen, not a starting point: (low, high, unit)."""
STRENGTH_HOLD = 60
"""Seconds. Nobody holds a muscle at work longer to begin with; a stretch or a balance may be held for minutes."""
TEMPO_SECONDS = 10
SHORT = 3
"""Seconds. A pause that is not longer need not stand in the dose."""
FEW = 5
"""Steps that are counted in one go: fewer are how the movement is done."""
TOTAL = 2
"""Words between a number and "in all": "eight presses in all"."""
LONG = 10
"""Seconds. A time in a step that neither holds nor rests is the dose's time from here on: a shorter one is a pace."""


def dose_counts_or_times(exercise: Exercise, _: Language) -> Iterator[Finding]:
    """A set is so many repetitions, or so long, and not both."""
    dose = exercise.dose
    if dose.reps is None and dose.time is None:
        hint = "Write how many times, as in 'reps: [8, 10]', or how long, as in 'time: 30 s'."
        yield Finding(("dose",), Rule.KEY_MISSING, "'reps' is missing in 'dose'.", hint)
    elif dose.reps is not None and dose.time is not None:
        message = "'dose' has both 'reps' and 'time'."
        yield Finding(("dose", "time"), Rule.VALUE_INVALID, message, "Keep one. How long each is held goes to 'hold'.")


def dose_is_within_bounds(exercise: Exercise, _: Language) -> Iterator[Finding]:
    """Every figure must be within the stated bounds."""
    for name, (low, high, unit) in DOSE_BOUNDS.items():
        value = getattr(exercise.dose, name, None)
        if value is None:
            continue
        if name == "hold" and exercise.kind is Aim.STRENGTH:
            high = STRENGTH_HOLD
        ends = value if isinstance(value, tuple) else (value, value)
        if not (low <= ends[0] and ends[1] <= high):
            figures = str(ends[0]) if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"
            message = f"'{name}' is {figures} {unit}; it must be from {low} to {high}."
            yield Finding(("dose", name), Rule.DOSE_RANGE, message)
    tempo = getattr(exercise.dose, "tempo", None)
    if tempo and max(map(int, tempo.split("-"))) > TEMPO_SECONDS:
        message = f"'tempo' is {tempo}; no part may be longer than {TEMPO_SECONDS} seconds."
        yield Finding(("dose", "tempo"), Rule.DOSE_RANGE, message)


def dose_fits_programmes(exercise: Exercise, everywhere: Bounds) -> Iterator[Finding]:
    """A programme begins with the dose of the page, so that has to be one that a programme may ask for."""
    for name, most in ceilings(everywhere, exercise.bounds).items():
        value = getattr(exercise.dose, name, None)
        high = value[1] if isinstance(value, tuple) else value
        if high is not None and most < high <= DOSE_BOUNDS[name][1]:  # or it is told already
            message = f"'{name}' is {high}, but a programme may ask for {most} {DOSE_BOUNDS[name][2]} at most."
            hint = f"Lower it, or raise '{name}' in 'bounds' on this page or in docs/_data/site.yml."
            yield Finding(("dose", name), Rule.DOSE_RANGE, message, hint)


class Figure(NamedTuple):
    """A number in a step, or a range, and of what. Times are in seconds."""

    low: int
    high: int
    unit: str


def dose_agrees_with_the_steps(exercise: Exercise, language: Language) -> Iterator[Finding]:
    """What a step says of seconds, repetitions, sets or days is what the dose says."""
    dose, kept = exercise.dose, set[str]()
    for n, step in enumerate(exercise.steps):
        for sentence in language.reader.sentences(step.text):
            figures = [*_figures(sentence, language), *_steps_walked(sentence, exercise, language)]
            says = {name for name in _SAID if figures and language.says(name, [sentence])}
            for figure in figures:
                field = _field(figure, step.role, says, dose)
                if field is None or field in kept or _agrees(figure, dose, field):
                    continue
                kept.add(field)
                value = getattr(dose, field, None)
                has = f"'{field}' in 'dose' is {_printed(value)}" if value else f"'dose' has no '{field}'"
                message = f"This step says {_printed((figure.low, figure.high), figure.unit)}, but {has}."
                yield Finding(("steps", n), Rule.DOSE_STEPS, message, "Correct the one that is wrong.")


def _figures(sentence: Sentence, language: Language) -> Iterator[Figure]:
    """The numbers of a sentence with what comes after each: "20 to 30 seconds", "a count of five", "10 times"."""
    words, at = sentence.words, 0
    counted = {mention.end for mention in language.phrase("count").find(sentence)}
    units = {mention.start: name for name in _UNITS for mention in language.phrase(name).find(sentence)}
    for name, seconds in (("one_minute", 60), ("half_minute", 30)):
        for _ in language.phrase(name).find(sentence):
            yield Figure(seconds, seconds, "second")
    every = {mention.end for mention in language.phrase("all").find(sentence)}
    ranges = {mention.start for mention in language.phrase("range").find(sentence)}
    ranges |= {at for at, word in enumerate(words) if word in _DASHES}
    totals = {mention.start for mention in language.phrase("in_all").find(sentence)}
    while at < len(words):
        low, end = _number(words, at, language)
        if low is None:
            at += 1
            continue
        is_counted = at in counted
        upper, after = _number(words, end + (end in ranges), language)
        high, end = (upper, after) if upper is not None and upper > low else (low, end)
        is_total = at in every or any(end + gap in totals for gap in range(TOTAL + 1))
        unit = units.get(end, "time" if is_total else "")
        if is_counted or unit == "second":
            yield Figure(low, high, "second")
        elif unit == "minute":
            yield Figure(60 * low, 60 * high, "second")
        elif unit:
            yield Figure(low, high, unit)
        at = end


def _steps_walked(sentence: Sentence, exercise: Exercise, language: Language) -> Iterator[Figure]:
    """Numbers before what a repetition is called in this position, such as "15 slow steps"; few are part of a move."""
    position = language.vocabulary.positions.get(exercise.position)
    reps = language.reader.phrase(position.reps if position and position.each == "way" else "")
    for at, word in enumerate(sentence.words):
        number = language.number(word) if word.isalnum() else None
        if reps and number and number >= FEW and reps[0] in sentence.words[at + 1 : at + 3]:
            yield Figure(number, number, "time")


def _number(words: tuple[str, ...], at: int, language: Language) -> tuple[int | None, int]:
    """The number at a place, and where it ends: "25", "twenty five"."""
    number = language.number(words[at]) if at < len(words) else None
    if number is None:
        return None, at
    ones = language.number(words[at + 1]) if at + 1 < len(words) and not words[at + 1][:1].isdigit() else None
    if number >= 20 and number % 10 == 0 and not words[at][:1].isdigit() and ones is not None and 0 < ones < 10:
        return number + ones, at + 2
    return number, at + 1


_DASHES = frozenset("–—")
_UNITS = ("second", "minute", "time", "set", "day", "week")  # the later the stronger: "times a day" is no "times"
_FIELDS = {"time": "reps", "set": "sets", "day": "times_per_day", "week": "days_per_week"}


_SAID = ("breath", "rest", "hold")


def _field(figure: Figure, role: Role, says: set[str], dose: Dose) -> str | None:
    """The field of the dose that a figure in a step is about, by what else its sentence says; None where of none."""
    if figure.unit != "second":
        return None if "breath" in says or figure.high == 1 else _FIELDS[figure.unit]
    if "rest" in says and "hold" not in says and role is not Role.HOLD:
        return "rest"
    if "hold" in says or role in (Role.HOLD, Role.FINISH):
        if dose.hold is None and (dose.time is not None or figure.high <= SHORT):
            return "time" if dose.time is not None and figure.high >= LONG else None
        return "hold"
    return "time" if figure.high >= LONG else None


def _agrees(figure: Figure, dose: Dose, field: str) -> bool:
    value = getattr(dose, field, None)
    if value is None:
        return field == "time" and dose.hold is not None and figure.low <= dose.hold <= figure.high
    low, high = value if isinstance(value, tuple) else (int(value), int(value))
    return bool(low <= figure.high and figure.low <= high)


def _printed(value: object, unit: str = "") -> str:
    match value:
        case (low, high):
            return f"{low if low == high else f'{low} to {high}'}{' seconds' if unit == 'second' else ''}"
        case int():
            return f"{value} seconds"
    return str(value)
