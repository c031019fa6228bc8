"""Ready-made programmes as they are printed: phases with their exercises in ready phrases, and whom to mind.

The figures are worded as those of every programme are (`programme/doses.py`), so that a page, the tick chart and a
clinician's sheet say the same.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from ..content.model import Phase, PlannedItem, Programme
from ..programme import doses, ready
from ..programme.ready import Choice
from ..programme.repertoire import Repertoire
from ..wording import Say, spoken
from .cautions import Care, cares
from .presented import Presented


class Move(NamedTuple):
    """What stands in one place of a phase."""

    exercises: tuple[Presented, ...]
    """Those of which one is done; the first is what is done without a choice."""
    amount: str
    """How much, without a full stop: "2 sets of 8 reps on each side"."""
    besides: tuple[str, ...]
    """What else there is to say, in sentences."""
    planned: PlannedItem
    """What the author wrote."""


@dataclass(frozen=True)
class PresentedPhase:
    """Some weeks of a programme."""

    number: int
    facts: Phase
    weeks: str
    """ "Weeks 1 and 2"."""
    heading: str
    """With what it is about: "Weeks 1 and 2: learn"."""
    minutes: str
    effort: str
    days_a_week: int | None
    """How often, where it is the same for all."""
    days: str | None
    """The same in words: "3 days a week"."""
    moves: tuple[Move, ...]
    code: str | None
    """The phase as a programme that can be handed out."""

    @property
    def anchor(self) -> str:
        """The id of its heading."""
        return f"phase-{self.number}"


@dataclass(frozen=True)
class PresentedProgramme:
    """One ready-made programme, ready to be printed."""

    slug: str
    facts: Programme
    phases: tuple[PresentedPhase, ...]
    cares: tuple[Care, ...]
    needs: str
    """What is needed for all of it, in one line."""

    @property
    def means(self) -> str:
        """What a repetition and a set are, for whoever meets the words for the first time; empty where nobody does."""
        return next((exercise.amount_means for exercise in self.exercises if exercise.amount_means), "")

    @property
    def has_codes(self) -> bool:
        """Whether it can be handed out: on paper, and by the codes of its phases."""
        return any(phase.code for phase in self.phases)

    def is_sound(self, slugs: Collection[str]) -> bool:
        """Whether all its exercises are among these, which can be put on paper."""
        return all(exercise.slug in slugs for exercise in self.exercises)

    @property
    def stop_if(self) -> list[str]:
        """Reasons to stop that its exercises add to the site's own, each once."""
        return [*dict.fromkeys(reason for exercise in self.exercises for reason in exercise.stop_if)]

    @property
    def exercises(self) -> tuple[Presented, ...]:
        """All of them, in the order in which they come."""
        moves = (move for phase in self.phases for move in phase.moves)
        return tuple({each.slug: each for move in moves for each in move.exercises}.values())


def presented_programme(
    slug: str,
    programme: Programme,
    exercises: Mapping[str, Presented],
    repertoire: Repertoire,
    language: str,
    say: Say,
) -> PresentedProgramme | None:
    """The programme called `slug`; None while an exercise or a note of it can't be shown.

    `exercises` are by their slugs.
    """
    items = [item for phase in programme.phases for item in phase.items]
    codes = {code for item in items for code in item.codes()}
    members = [repertoire.members[code] for code in codes if code in repertoire.members]
    if any(member.slug not in exercises for member in members) or codes & repertoire.broken.keys():
        return None
    if {note for item in items for note in item.notes} - repertoire.notes.keys():
        return None
    by_code = {member.code: exercises[member.slug] for member in members}

    def phase_of(number: int, phase: Phase) -> PresentedPhase:
        choices = ready.choices(phase, repertoire)
        days, when = ready.shared_days(choices), weeks(phase.weeks, say)
        return PresentedPhase(
            number=number,
            facts=phase,
            weeks=when,
            heading=say("plan_part", weeks=when, about=say.within(phase.name)) if phase.name else when,
            minutes=say("plan_minutes", minutes=spoken(say, phase.minutes)),
            effort=say("plan_effort", effort=spoken(say, phase.effort)),
            days_a_week=days,
            days=None if days is None else say.counted("programme_day", "programme_days", days),
            moves=tuple(_move(choice, days is not None, by_code, repertoire, say) for choice in choices),
            code=ready.code(phase, programme.updated, language, repertoire),
        )

    phases = tuple(phase_of(number, phase) for number, phase in enumerate(programme.phases, 1))
    phases = tuple(phase for phase in phases if phase.moves)
    whole = PresentedProgramme(slug, programme, phases, (), "")
    needs = dict.fromkeys(thing.name for exercise in whole.exercises for thing in exercise.equipment)
    names = [say.within(name) if number else name for number, name in enumerate([*needs, *programme.also_need])]
    return PresentedProgramme(slug, programme, phases, cares(whole.exercises), ", ".join(names) or say("no_equipment"))


def weeks(ends: tuple[int, int], say: Say) -> str:
    """ "Week 1", "Weeks 1 and 2", "Weeks 3 to 8"."""
    first, last = ends
    if first == last:
        return say("chart_week", number=first)
    return (
        say("plan_weeks", weeks=spoken(say, ends))
        if last > first + 1
        else say("plan_two_weeks", first=first, last=last)
    )


def _move(
    choice: Choice, days_are_said: bool, exercises: Mapping[str, Presented], repertoire: Repertoire, say: Say
) -> Move:
    """A choice of several has the dose of its first; what is counted, and on which sides, may differ: see its page."""
    item = choice.items[0]
    if days_are_said:
        item = item._replace(days=None)
    amounts = [doses.amount(each, repertoire.members[each.code], say) for each in choice.items]
    same = len({*amounts}) == 1
    amount = amounts[0] if same else doses.amount(item, repertoire.members[item.code], say, sides=False)
    sentences = doses.dose(item, repertoire, say)[1:]
    return Move(tuple(exercises[each.code] for each in choice.items), amount, sentences, choice.planned)
