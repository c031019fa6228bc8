"""What a follow-along does, step by step: by one rule, and with nothing that the dose does not say."""

from __future__ import annotations

import datetime

import programmes
import pytest
from hipknee.content import catalogue
from hipknee.content.catalogue import words_of
from hipknee.content.model import Role, Side
from hipknee.programme.code import Item, Programme
from hipknee.programme.repertoire import Repertoire
from hipknee.programme.schedule import Step, schedule
from hipknee.wording import Say
from projects import LANGUAGE, ROOT

SITE = programmes.repertoire()
SAY = Say(words_of(ROOT, LANGUAGE))
DAY = datetime.date(2026, 11, 27)


def steps(*items: Item) -> list[Step]:
    return schedule(Programme(DAY, items), SITE, SAY)


def short(*items: Item) -> list[str]:
    """`work L 1/2 30` and so on."""
    return [
        f"{step.phase} {step.side} {step.set}/{step.of} {step.seconds}" if step.exercise else step.phase
        for step in steps(*items)
    ]


SCHEDULES: dict[tuple[Item, ...], list[str]] = {
    (Item("BRI", 1, (8, 8)),): ["ready both 1/1 None", "work both 1/1 None"],
    (Item("BRI", 2, time=30),): [
        *("ready both 1/2 None", "work both 1/2 30"),
        *("ready both 2/2 None", "work both 2/2 30"),
    ],
    (Item("BRI", 2, time=30, rest=45),): [
        *("ready both 1/2 None", "work both 1/2 30"),
        *("rest both 2/2 45", "ready both 2/2 None", "work both 2/2 30"),
    ],
    (Item("CLA", 2, (8, 10)),): [
        *("ready L 1/2 None", "work L 1/2 None", "side R 1/2 None", "work R 1/2 None"),
        *("ready L 2/2 None", "work L 2/2 None", "side R 2/2 None", "work R 2/2 None"),
    ],
    (Item("CLA", 1, (8, 10), side="R"),): ["ready R 1/1 None", "work R 1/1 None"],
    (Item("CLA", 1, (8, 8), side="L"), Item("CLA", 1, time=20, side="R")): [
        *("ready L 1/1 None", "work L 1/1 None"),
        *("ready R 1/1 None", "work R 1/1 20"),
    ],
    (Item("LBW", 1, (10, 10)),): ["ready both 1/1 None", "work both 1/1 None"],
    (Item("CLA", 1, (1, 1), hold=30),): [
        *("ready L 1/1 None", "hold L 1/1 30", "side R 1/1 None", "hold R 1/1 30"),
    ],
    (Item("BRI", 1, (8, 8), hold=5),): ["ready both 1/1 None", "work both 1/1 None"],
}


@pytest.mark.parametrize("items", SCHEDULES, ids=map(str, range(len(SCHEDULES))))
def test_the_steps_of_a_programme(items: tuple[Item, ...]) -> None:
    assert short(*items) == [*SCHEDULES[items], "done"]


def test_what_is_said() -> None:
    item = Item("BHA", 2, (8, 10), hold=3, rest=60, side="L", band=1, notes=("00",))
    assert [step.say for step in steps(item)] == [
        "Out. Set 1 of 2. Left side. With a light band. Hold a reed.",
        "8 to 10 reps. Hold each for 3 seconds.",
        "Rest for 1 minute.",
        "Out. Set 2 of 2. Left side.",
        "8 to 10 reps. Hold each for 3 seconds.",
        "Done.",
    ]
    assert [step.say for step in steps(Item("CLA", 1, (1, 1), hold=30))][1:3] == [
        "Hold for 30 seconds.",
        "Now the other side.",
    ]


def test_nothing_is_invented() -> None:
    """Every time is one of the dose, a rest is there only where that has one, a change of sides where there are two."""
    for programme in programmes.programmes(5, 300):
        every = schedule(programme, SITE, SAY)
        assert [step.phase for step in every].count("done") == 1
        assert every[-1] == ("done", None, None, None, None, None, "Done.")
        for item in programme.items:
            own = [step for step in every if step.exercise == item.code and (not item.side or step.side == item.side)]
            member = SITE.members[item.code]
            both = member.side is Side.EACH and not item.side
            phases = [step.phase for step in own]
            assert phases.count("ready") == item.sets
            assert phases.count("side") == (item.sets if both else 0)
            assert phases.count("work") + phases.count("hold") == item.sets * (2 if both else 1)
            assert phases.count("rest") == (item.sets - 1 if item.rest else 0)
            told = {step.seconds for step in own} - {None}
            assert told <= {item.time, item.hold, item.rest}
            assert all(step.seconds is None for step in own if step.phase in ("ready", "side"))


def test_sides_change_where_the_pages_say_so() -> None:
    """Within a set: their step `switch` comes after all repetitions of one side."""
    site = catalogue.load(ROOT)
    repertoire = Repertoire.of(site)
    for entry in site.exercises.values():
        exercise = entry.value
        assert exercise
        assert exercise.code
        every = schedule(Programme(DAY, (Item(exercise.code, 2, (8, 8)),)), repertoire, site.say)
        changes = [step.set for step in every if step.phase == "side"]
        is_last = exercise.steps[-1].role is Role.SWITCH and exercise.side is Side.EACH
        assert changes == ([1, 2] if is_last else [])
