"""Whether the steps work the sides as `side` says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..content.model import Exercise, Role, Side
from ..rules import Rule
from .findings import Finding
from .lexicon import Language, ReadStep, Sentence


def sides_are_switched(exercise: Exercise, _: Language) -> Iterator[Finding]:
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


def sides_agree_with_the_words(exercise: Exercise, language: Language) -> Iterator[Finding]:
    """`alternate` names the other side and finishes none first; `both-together` works no single leg; `each` takes no
    turns, and never both at once."""
    steps = language.reader.steps(exercise)
    match exercise.side:
        case Side.ALTERNATE:
            position = language.vocabulary.positions.get(getattr(exercise, "position", ""))
            yield from _works_in_turn(steps, language, moves_on=bool(position and position.each == "way"))
        case Side.BOTH_TOGETHER if all(step.role is not Role.SWITCH for step in steps):
            yield from _works_both(steps, language)
        case Side.EACH:
            yield from _works_each(steps, language)


def _works_in_turn(steps: list[ReadStep], language: Language, *, moves_on: bool) -> Iterator[Finding]:
    """Side to side, repetition by repetition. Who moves on as they do, comes back after a number of steps."""
    sentences = [sentence for step in steps for sentence in step.sentences]
    if language.knows("other_side") and not _names_the_other_side(language, sentences):
        message = "'side: alternate', but no step names the other side."
        yield Finding(("side",), Rule.SIDE_SWITCH, message, "Say when to change sides, or correct 'side'.")
        return
    for step in steps:
        done = _done(language, step.sentences)
        counted = not moves_on and any(_changes_after_several(language, sentence) for sentence in done)
        changes = step.role is Role.SWITCH or _changes_sides(language, done)
        if counted or (changes and language.says("one_side_first", done)):
            message = "This step finishes one side first, but 'side: alternate' changes at each repetition."
            hint = "Write 'side: each', or correct the step."
            yield Finding(("steps", step.number), Rule.SIDE_SWITCH, message, hint)
            return


def _changes_sides(language: Language, sentences: Iterable[Sentence]) -> bool:
    sides = language.reader.left | language.reader.right
    if any(sides & {*sentence.plain} for sentence in sentences):
        return True
    return language.says("other_side", sentences) or language.says("turning", sentences)


SEVERAL = 3
"""Repetitions, from which on a change of sides after them is no change at each."""


def _changes_after_several(language: Language, sentence: Sentence) -> bool:
    """Whether sides change after a number of repetitions: "when you have done ten, change legs"."""
    if not language.says("sequence", [sentence]) or any(
        language.says(name, [sentence]) for name in ("second", "minute", "breath", "in_turn")
    ):
        return False
    numbers = [language.number(word) for word in sentence.words if word.isalnum()]
    changes = language.says("other_side", [sentence]) or language.says("turning", [sentence])
    return changes and any(number is not None and number >= SEVERAL for number in numbers)


def _works_both(steps: list[ReadStep], language: Language) -> Iterator[Finding]:
    """Both at once, and never one of them."""
    for step in steps:
        if any(_works_one_leg(language, sentence) for sentence in _done(language, step.sentences)):
            message = "This step works one leg, but 'side' is 'both-together'."
            hint = "Write 'side: each' or 'side: alternate', or correct the step."
            yield Finding(("steps", step.number), Rule.SIDE_SWITCH, message, hint)
            return


TURNS = 3
"""Sides named one after the other, from which on they take turns."""


def _works_each(steps: list[ReadStep], language: Language) -> Iterator[Finding]:
    """One side at a time, and all of it: no turns, and no step of both legs where none is of one."""
    done = [(n, role, _done(language, sentences)) for n, role, sentences in steps]
    for n, role, sentences in done:
        if role is Role.START:
            continue
        names = ["in_turn"] if role is Role.SWITCH else ["in_turn", "then_the_other"]
        in_turn = any(language.says(name, sentences) for name in names)
        if in_turn or any(_goes_to_and_fro(language, sentence) for sentence in sentences):
            message = "This step takes the sides in turn, but 'side' is 'each'."
            yield Finding(("steps", n), Rule.SIDE_SWITCH, message, "Write 'side: alternate', or correct the step.")
            return
    own = [(n, role, it) for n, role, sentences in done if role is not Role.SWITCH for it in sentences]
    if any(language.find_plain("leg", sentence) for _, _, sentence in own):
        return
    for n, _, sentence in (step for step in own if step[1] is not Role.START):  # a band goes around both ankles
        both = {mention.end for mention in language.find_plain("both", sentence)}
        if any(mention.start - gap in both for mention in language.find_plain("legs", sentence) for gap in (0, 1)):
            message = "This step works both legs, and no step works one, but 'side' is 'each'."
            hint = "Write 'side: both-together', or correct the step."
            yield Finding(("steps", n), Rule.SIDE_SWITCH, message, hint)
            return


def _goes_to_and_fro(language: Language, sentence: Sentence) -> bool:
    """Whether the sides are named in turn: "right, left, right"."""
    sides = language.reader.left | language.reader.right
    named = [at for at, word in enumerate(sentence.plain) if word in sides]
    return any(last - first <= 2 * (TURNS - 1) for first, last in zip(named, named[TURNS - 1 :], strict=False))


def _done(language: Language, sentences: tuple[Sentence, ...]) -> list[Sentence]:
    """Without what is not to be done."""
    return [sentence for sentence in sentences if not language.phrase("negation").find(sentence)]


def _names_the_other_side(language: Language, sentences: list[Sentence]) -> bool:
    words = {word for sentence in sentences for word in sentence.plain}
    both_named = bool(words & language.reader.left) and bool(words & language.reader.right)
    return both_named or any(language.says(name, sentences) for name in ("other_side", "in_turn"))


def _works_one_leg(language: Language, sentence: Sentence) -> bool:
    """Whether one leg is named, and not the other one beside it."""
    plain = {*sentence.plain}
    return not (plain & language.reader.left and plain & language.reader.right) and language.names_one_leg(sentence)
