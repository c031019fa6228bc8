"""What a follow-along does of a programme, step by step, by one rule.

Within a set both sides are trained where an exercise has them one after the other. Nothing is invented that the dose
does not say: without a rest there is none, and where the reader counts a step has no seconds. It waits then.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from ..content.model import Side
from ..wording import Say, duration
from .code import Item, Programme
from .doses import besides, work
from .repertoire import Repertoire

Phase = Literal["ready", "work", "hold", "side", "rest", "done"]
OneSide = Literal["L", "R", "both"]


class Step(NamedTuple):
    """One step. `seconds` is None where it lasts until the reader goes on."""

    phase: Phase
    exercise: str | None
    """Its code; None at the end."""
    side: OneSide | None
    set: int | None
    """From 1."""
    of: int | None
    """How many sets the exercise has."""
    seconds: int | None
    say: str
    """What is said, in the site's language."""


def schedule(programme: Programme, repertoire: Repertoire, say: Say) -> list[Step]:
    """All steps of one session."""
    steps: list[Step] = []
    for item in programme.items:
        steps += _item(item, repertoire, say)
    return [*steps, Step("done", None, None, None, None, None, say("follow_done"))]


def _item(item: Item, repertoire: Repertoire, say: Say) -> Iterator[Step]:
    member = repertoire.members[item.code]
    sides: tuple[OneSide, ...] = (item.side,) if item.side else ("L", "R") if member.side is Side.EACH else ("both",)
    for number in range(1, item.sets + 1):

        def step(phase: Phase, side: OneSide, text: str, seconds: int | None = None, number: int = number) -> Step:
            return Step(phase, item.code, side, number, item.sets, seconds, text)

        if number > 1 and item.rest:
            yield step("rest", sides[0], say("follow_rest", time=duration(say, item.rest)), item.rest)
        begin = [say("follow_ready", title=member.title, number=number, count=item.sets)]
        if item.side:
            begin.append(say("follow_left" if item.side == "L" else "follow_right"))
        if number == 1:
            begin += besides(item, repertoire, say)
        yield step("ready", sides[0], " ".join(begin))
        for place, side in enumerate(sides):
            if place:
                yield step("side", side, say("follow_side"))
            if item.hold and item.reps == (1, 1):  # all of it is to hold, as a stretch
                yield step("hold", side, say("follow_hold", time=duration(say, item.hold)), item.hold)
                continue
            text = say("programme_sentence", text=work(item, member, say))
            if item.hold:
                text = f"{text} {say('programme_hold', time=duration(say, item.hold))}"
            yield step("work", side, text, item.time)
