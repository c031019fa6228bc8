"""Whether muscles and movements agree: what an exercise trains, or stretches."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from ..content.model import Aim, Exercise
from ..rules import Rule
from .findings import Finding, known
from .lexicon import Language


def muscles_are_known(exercise: Exercise, language: Language) -> Iterator[Finding]:
    """Every muscle must be in the vocabulary, and only once on the page."""
    muscles = language.vocabulary.muscles
    seen: set[str] = set()
    for kind in ("primary", "secondary"):
        for n, muscle in enumerate(getattr(exercise.muscles, kind, [])):
            place = ("muscles", kind, n)
            if muscle not in muscles:
                message = f"'{muscle}' is not in the list of muscles."
                yield Finding(place, Rule.MUSCLE_UNKNOWN, message, known(muscles, "'muscles'"))
            elif muscle in seen:
                yield Finding(place, Rule.VALUE_INVALID, f"'{muscle}' is listed twice.")
            seen.add(muscle)


def movements_are_known(exercise: Exercise, language: Language) -> Iterator[Finding]:
    """Every movement must be in the vocabulary, and only once on the page."""
    movements = language.vocabulary.movements
    for field in ("movements", "stretches"):
        names = getattr(exercise, field, [])
        for n, name in enumerate(names):
            if name not in movements:
                message = f"'{name}' is not in the list of movements."
                yield Finding((field, n), Rule.VALUE_INVALID, message, known(movements, "'movements'"))
            elif name in names[:n]:
                yield Finding((field, n), Rule.VALUE_INVALID, f"'{name}' is listed twice.")


def movements_belong_to_the_kind(exercise: Exercise, _: Language) -> Iterator[Finding]:
    """Strength needs movements; a stretch has what it stretches instead, and never claims to train."""
    kind, movements, stretches = exercise.kind, exercise.movements, exercise.stretches
    if kind is Aim.STRETCH:
        if movements:
            message = "A stretch does not train: it has no 'movements'."
            hint = "Write 'stretches: [...]', with the movements that bring the stretch, or correct 'kind'."
            yield Finding(("movements",), Rule.MUSCLE_MOVEMENT, message, hint)
        elif not stretches:
            hint = "Name the movements that bring the stretch: 'stretches: [...]'."
            yield Finding(("stretches",), Rule.KEY_MISSING, "'stretches' is missing or empty.", hint)
        return
    if stretches:
        message = f"Only a stretch has 'stretches', and 'kind' is '{kind}'."
        yield Finding(("stretches",), Rule.MUSCLE_MOVEMENT, message, "Write 'kind: stretch', or 'movements'.")
    elif not movements and kind is Aim.STRENGTH:
        hint = "Name what the joint does, from docs/_data/vocabulary.yml: 'movements: [...]'."
        yield Finding(("movements",), Rule.KEY_MISSING, "'movements' is missing or empty.", hint)


def movements_train_the_muscles(exercise: Exercise, language: Language) -> Iterator[Finding]:
    """Each movement trains a muscle of the page and has its prime movers named; one of these is a target; each target
    is trained."""
    if exercise.kind is Aim.STRETCH or not exercise.movements or not _all_known(exercise, exercise.movements, language):
        return
    primary, secondary = exercise.muscles.primary, exercise.muscles.secondary
    movements = [language.vocabulary.movements[name] for name in exercise.movements]
    idle = False
    for n, (name, movement) in enumerate(zip(exercise.movements, movements, strict=True)):
        if not movement.trains() & {*primary, *secondary}:
            idle = True
            message = f"'{name}' trains none of the muscles of this page."
            hint = f"It trains {', '.join(sorted(movement.trains()))}."
            yield Finding(("movements", n), Rule.MUSCLE_MOVEMENT, message, hint)
        for muscle in movement.prime if movement.trains() & {*primary, *secondary} else ():
            if muscle in language.vocabulary.muscles and muscle not in (*primary, *secondary):
                idle = True
                message = f"'{name}' is mostly the work of '{muscle}', which this page does not list."
                hint = "Add it to 'primary' or 'secondary'."
                yield Finding(("muscles", "primary"), Rule.MUSCLE_MOVEMENT, message, hint)
    trained = set(chain.from_iterable(movement.trains() for movement in movements))
    primes = set(chain.from_iterable(movement.prime for movement in movements))
    for n, muscle in enumerate(primary):
        if muscle not in trained and not idle:
            message = f"None of the movements trains '{muscle}'."
            hint = "Move it to 'secondary', or correct 'movements'."
            yield Finding(("muscles", "primary", n), Rule.MUSCLE_MOVEMENT, message, hint)
    if not idle and {*primary} <= trained and not {*primary} & primes:
        message = (
            f"The movements are mostly the work of {' and '.join(map(repr, sorted(primes)))}, none of them a target."
        )
        yield Finding(("muscles", "primary"), Rule.MUSCLE_MOVEMENT, message, "Make one of them 'primary'.")


def stretches_lengthen_the_targets(exercise: Exercise, language: Language) -> Iterator[Finding]:
    """Each movement of a stretch lengthens a target, and each target is lengthened."""
    if exercise.kind is not Aim.STRETCH or not _all_known(exercise, exercise.stretches, language):
        return
    targets, movements = exercise.muscles.primary, language.vocabulary.movements
    idle = False
    for n, name in enumerate(exercise.stretches):
        if not {*movements[name].stretches} & {*targets}:
            idle = True
            lengthened = ", ".join(movements[name].stretches) or "nothing that is known"
            message = f"'{name}' stretches none of the target muscles."
            yield Finding(("stretches", n), Rule.MUSCLE_MOVEMENT, message, f"It stretches {lengthened}.")
    lengthened_all = set(chain.from_iterable(movements[name].stretches for name in exercise.stretches))
    for n, muscle in enumerate(targets):
        if exercise.stretches and muscle not in lengthened_all and not idle:
            message = f"None of 'stretches' lengthens '{muscle}'."
            hint = "Move it to 'secondary', or correct 'stretches'."
            yield Finding(("muscles", "primary", n), Rule.MUSCLE_MOVEMENT, message, hint)


def _all_known(exercise: Exercise, names: list[str], language: Language) -> bool:
    """Whether all that is to be compared is in the vocabulary: what follows from an unknown id is no message of its
    own."""
    muscles = [*exercise.muscles.primary, *exercise.muscles.secondary]
    vocabulary = language.vocabulary
    return {*muscles} <= vocabulary.muscles.keys() and {*names} <= vocabulary.movements.keys()
