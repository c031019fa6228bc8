"""What the steps of one exercise have to agree on: their order, and that each does what its role says."""

from __future__ import annotations

from collections.abc import Iterator

from ..content.model import Exercise, Role
from ..rules import Rule
from .findings import Finding
from .lexicon import Language, ReadStep, Sentence


def steps_are_complete(exercise: Exercise, _: Language) -> Iterator[Finding]:
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


def steps_fit_their_roles(exercise: Exercise, language: Language) -> Iterator[Finding]:
    """A step is more than a dose or a breath, a switch changes sides, and what goes back is a return."""
    steps = language.reader.steps(exercise)
    for n, role, sentences in steps:
        at = ("steps", n)
        if _is_only_a_dose(language, sentences):
            message = f"This '{role}' step only says how much."
            yield Finding(at, Rule.STEP_ROLE, message, "Put the figures into 'dose', and say here what to do.")
        elif role is Role.SWITCH and not _leads_to_the_other_side(language, sentences):
            message = "This 'switch' step does not say how to get to the other side."
            yield Finding(at, Rule.STEP_ROLE, message, "Name the other side, as in 'Do the same with the other leg.'")
        elif role not in (Role.BREATHE, Role.HOLD) and _only_breathes(language, sentences):
            message = f"This '{role}' step only says how to breathe."
            yield Finding(at, Rule.STEP_ROLE, message, f"Write 'breathe' for '{role}', or say what moves.")
        elif role in (Role.MOVE, Role.FINISH) and _is_a_way_back(language, sentences):
            yield Finding(at, Rule.STEP_ROLE, f"This '{role}' step goes back to the start.", "Write 'return' for it.")
        elif role is Role.RETURN and _holds(language, sentences):
            hint = "Write 'hold' for it, and say how to go back."
            yield Finding(at, Rule.STEP_ROLE, "This 'return' step holds.", hint)
    yield from _exchanged(steps, language)


def _exchanged(steps: list[ReadStep], language: Language) -> Iterator[Finding]:
    """Two steps of which each does what the other one's role says."""
    by_role = {role: (n, sentences) for n, role, sentences in reversed(steps)}
    if Role.MOVE not in by_role:
        return
    _, move = by_role[Role.MOVE]
    if Role.RETURN in by_role:
        n, back = by_role[Role.RETURN]
        comes_back = _begins_with(language, "coming_down", move) and not _says_back(language, back)
        goes_out = language.says("go_out", back) and not language.says("come_back", back)
        if comes_back or (goes_out and language.says("come_back", move)):
            message = "This 'return' step does not go back, but the 'move' does."
            yield Finding(("steps", n), Rule.STEP_ROLE, message, "Are the two exchanged?")
    if Role.START in by_role:
        n, start = by_role[Role.START]
        if not any(language.positions.find(sentence) for sentence in start) and _takes_a_position(language, move):
            message = "The 'move' says how to sit, stand or lie, and the 'start' does not."
            yield Finding(("steps", n), Rule.STEP_ROLE, message, "Are the two exchanged?")


def _says_back(language: Language, sentences: tuple[Sentence, ...]) -> bool:
    return not language.knows("back") or language.says("back", sentences)


def _takes_a_position(language: Language, move: tuple[Sentence, ...]) -> bool:
    """Whether a move begins with how to lie or stand. Walking is a movement of its own."""
    positions = language.vocabulary.positions
    mentions = language.positions_in_moves.find(move[0]) if move else []
    return bool(mentions) and mentions[0].start == 0 and all(positions[id_].each == "side" for id_ in mentions[0].ids)


def _is_only_a_dose(language: Language, sentences: tuple[Sentence, ...]) -> bool:
    """Whether a text has no words but those that say how much."""
    return language.knows("dose_only") and _has_no_more_than(language, "dose_only", sentences)


def _has_no_more_than(language: Language, name: str, sentences: tuple[Sentence, ...]) -> bool:
    """Whether all words are among those of a phrase, or numbers. A side is none of them."""
    sides = language.reader.left | language.reader.right
    for sentence in sentences:
        if sides & {*sentence.plain}:
            return False
        mentioned = {at for mention in language.phrase(name).find(sentence) for at in range(mention.start, mention.end)}
        for at, word in enumerate(sentence.words):
            if at not in mentioned and word.isalnum() and language.number(word) is None:
                return False
    return True


def _only_breathes(language: Language, sentences: tuple[Sentence, ...]) -> bool:
    return language.says("breath", sentences) and _has_no_more_than(language, "breath_only", sentences)


def _is_a_way_back(language: Language, sentences: tuple[Sentence, ...]) -> bool:
    """Whether nothing comes before the way back to the start: who lifts and then returns has done both."""
    mentions = language.phrase("going_back").find(sentences[0]) if len(sentences) == 1 else []
    return bool(mentions) and (mentions[0].start <= 1 or _begins_with(language, "coming_down", sentences))


def _begins_with(language: Language, name: str, sentences: tuple[Sentence, ...]) -> bool:
    mentions = language.phrase(name).find(sentences[0]) if sentences else []
    return bool(mentions) and mentions[0].start <= 1  # "slowly lower"


def _holds(language: Language, sentences: tuple[Sentence, ...]) -> bool:
    stays = _begins_with(language, "staying", sentences) and language.says("second", sentences)
    return stays and not any(language.says(name, sentences) for name in ("coming_down", "come_back"))


def _leads_to_the_other_side(language: Language, sentences: tuple[Sentence, ...]) -> bool:
    names = language.reader.left | language.reader.right
    if not language.knows("other_side", "turning"):
        return True
    is_named = any(word in names for sentence in sentences for word in sentence.plain)
    is_named |= any(language.names_one_leg(sentence) for sentence in sentences)
    return is_named or language.says("other_side", sentences) or language.says("turning", sentences)
