"""Whether the steps are done as `position` says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..content.model import Exercise, Role
from ..rules import Rule
from .findings import Finding, known
from .lexicon import Language, Lexicon

DENIED = 4
"""Words after a "not" of which one may be the position that is not taken: "you do not have to lie down"."""
VAGUE = 3
"""Positions that one phrase may mean, from which on it only counts where no other does: "lie" is any of three."""


class Claim(NamedTuple):
    """That a text names one of the positions `ids`; not for sure where it is only offered, or vague."""

    ids: frozenset[str]
    is_sure: bool


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
    elif position not in claim.ids:
        names = " or ".join(f"'{name}'" for name in sorted(claim.ids))
        message = f"'position' is '{position}', but the steps say {names}."
        yield Finding(("position",), Rule.POSITION_STEPS, message, "Correct the position, or the step.")


def positions_in(text: str, language: Language, *, moves: bool = False) -> list[Claim]:
    """The positions that a text names, in its order, but for those that are not taken."""
    lexicon: Lexicon = language.positions_in_moves if moves else language.positions
    claims: list[Claim] = []
    for sentence in language.reader.sentences(text):
        mentions = lexicon.find(sentence)
        states = language.states(sentence) if mentions else []
        denied = {mention.end for mention in language.phrase("negation").find(sentence)} if mentions else set()
        for mention in mentions:
            state = states[mention.start]
            if not any(mention.start - gap in denied for gap in range(DENIED + 1)):
                claims.append(Claim(mention.ids, state.is_real and len(mention.ids) < VAGUE))
    return claims


def around_the_move(exercise: Exercise, language: Language) -> tuple[set[str], set[str]]:
    """The positions in which the first move begins, and those that the steps name from then on."""
    first = roles(exercise).index(Role.MOVE) if Role.MOVE in roles(exercise) else len(exercise.steps)
    start = _before(exercise, first, language)
    later = [claim.ids for step in exercise.steps[first:] for claim in positions_in(step.text, language)]
    return {*(start.ids if start else ())}, set().union(*later)


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
    if before.is_sure and not moved.is_sure:
        return before
    if both := moved.ids & before.ids:
        return Claim(both, is_sure=True) if len(moved.ids) <= len(before.ids) else moved
    returns = [step.text for step in exercise.steps[first + 1 :] if step.role is Role.RETURN]
    back = [claim for text in returns for claim in positions_in(text, language)]
    return before if any(claim.ids & before.ids for claim in back) else moved


def _before(exercise: Exercise, first: int, language: Language) -> Claim | None:
    """The position before the step `first`. One that moves on, such as walking, is on the way to any other."""
    positions = language.vocabulary.positions
    claims = [claim for step in exercise.steps[:first] for claim in positions_in(step.text, language)]
    still = [claim for claim in claims if any(positions[id_].each == "side" for id_ in claim.ids)]
    return _last(still or claims)


def _last(claims: list[Claim]) -> Claim | None:
    """What was said last, for sure where anything was."""
    sure = [claim for claim in claims if claim.is_sure] or claims
    return sure[-1] if sure else None
