"""The clinic's own settings: `extra.clinic` in mkdocs.yml."""

from __future__ import annotations

from ..problems import Problem
from ..rules import Rule
from .data_files import Clinic
from .front_matter import Document, Place
from .switchboard import Switchboard
from .validation import validate

PLACE = ("extra", "clinic")


def read(board: Switchboard) -> tuple[Clinic | None, list[Problem]]:
    """The clinic, None when there is none or its settings are wrong; what is wrong with them."""
    value = board.clinic
    if value is None:
        return None, []
    if not isinstance(value, dict):
        return None, [board.problem(PLACE, Rule.VALUE_INVALID, "'clinic' must be lines of 'key: value'.")]
    # A number stands for each place, as two files may have such a line.
    order: list[Place] = [(), (), *(place[len(PLACE) :] for place in board.places if place[: len(PLACE)] == PLACE)]
    lines = {place: number for number, place in enumerate(order) if place}
    reading = validate(Clinic, Document(board.file, value, lines))
    problems = [
        board.problem((*PLACE, *order[problem.line]), problem.rule, problem.message, problem.hint)
        for problem in reading.problems
    ]
    return reading.value, problems
