"""Whether the steps are done as `position` says."""

from __future__ import annotations

from collections.abc import Iterator

from ..content.model import Exercise, Role
from ..rules import Rule
from .findings import Finding, known
from .lexicon import Language, Lexicon

DENIED = 4
"""Words after a "not" of which one may be the position that is not taken: "you do not have to lie down"."""
Claim = frozenset[str]
"""The positions that one phrase may mean: "lie" is any of three."""


def position_is_known(exercise: Exercise, language: Language) -> Iterator[Finding]:
    """The position must be in the vocabulary."""
    positions = language.vocabulary.positions
    if exercise.position not in positions:
        message = f"'{exercise.position}' is not in the list of positions."
        yield Finding(("position",), Rule.VALUE_INVALID, message, known(positions, "'positions'"))


def position_agrees_with_the_steps(exercise: Exercise, language: Language) -> Iterator[Finding]:
    """What the steps say last before the first move, and in it, is the position."""
    positions, position = language.vocabulary.positions, exercise.position
    if position not in positions or not positions[position].words or not _begins(exercise):
        return
    claim = _claim(exercise, language)
    if not claim:
        message = f"No step says the position, which is '{position}'."
        hint = "Say in the first step how to sit, stand or lie."
        yield Finding(("steps", 0), Rule.POSITION_STEPS, message, hint)
    elif position not in claim:
        names = " or ".join(f"'{name}'" for name in sorted(claim))
        message = f"'position' is '{position}', but the steps say {names}."
        yield Finding(("position",), Rule.POSITION_STEPS, message, "Correct the position, or the step.")


def positions_in(text: str, language: Language, *, moves: bool = False) -> list[Claim]:
    """The positions that a text names, in its order, but for those that are only imagined."""
    lexicon: Lexicon = language.positions_in_moves if moves else language.positions
    claims: list[Claim] = []
    for sentence in language.reader.sentences(text):
        mentions = lexicon.find(sentence)
        if not mentions or any(condition.start == 0 for condition in language.phrase("condition").find(sentence)):
            continue
        states = language.states(sentence)
        denied = [mention.end for mention in language.phrase("negation").find(sentence)]
        claims += [
            mention.ids
            for mention in mentions
            if not states[mention.start].is_imagined and not any(0 <= mention.start - end <= DENIED for end in denied)
        ]
    return claims


def around_the_move(exercise: Exercise, language: Language) -> tuple[set[str], set[str]]:
    """The positions in which the first move begins, and those that the steps name from then on."""
    first = roles(exercise).index(Role.MOVE) if Role.MOVE in roles(exercise) else len(exercise.steps)
    start = _before(exercise, first, language)
    later = [claim for step in exercise.steps[first:] for claim in positions_in(step.text, language)]
    return {*(start or ())}, set().union(*later)


def roles(exercise: Exercise) -> list[Role]:
    """The role of each step."""
    return [step.role for step in exercise.steps]


def _begins(exercise: Exercise) -> bool:
    """Whether there are a start and a move, in this order: without, nobody knows where the position is said."""
    order = roles(exercise)
    return order[:1] == [Role.START] and Role.MOVE in order


def _claim(exercise: Exercise, language: Language) -> Claim | None:
    """The position that the steps say; None when they say none.

    A move that names another one than the steps before changes it, as in "Walk to the side", unless the return comes
    back to the first: who sits, stands up and sits down again does so sitting.
    """
    first = roles(exercise).index(Role.MOVE)
    before = _before(exercise, first, language)
    moved = _last(positions_in(exercise.steps[first].text, language, moves=True))
    if before is None or moved is None:
        return moved or before
    if moved & before:
        return moved & before if len(moved) <= len(before) else moved
    returns = [step.text for step in exercise.steps[first + 1 :] if step.role is Role.RETURN]
    back = [claim for text in returns for claim in positions_in(text, language)]
    return before if any(claim & before for claim in back) else moved


def _before(exercise: Exercise, first: int, language: Language) -> Claim | None:
    """The position before the step `first`. One that moves on, such as walking, is on the way to any other."""
    positions = language.vocabulary.positions
    claims = [claim for step in exercise.steps[:first] for claim in positions_in(step.text, language)]
    still = [claim for claim in claims if any(positions[id_].each == "side" for id_ in claim)]
    return _last(still or claims)


def _last(claims: list[Claim]) -> Claim | None:
    """What was said last."""
    return claims[-1] if claims else None
