"""The clinic's own settings: `extra.clinic` in mkdocs.yml."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from ..problems import Problem
from ..rules import Rule
from .data_files import Clinic
from .front_matter import Document, read_data
from .validation import validate

PLACE = ("extra", "clinic")


def from_file(settings: Path) -> Any:
    """The clinic as mkdocs.yml has it, read without MkDocs; None when there is none."""
    raw = settings.read_bytes() if settings.is_file() else b""
    extra = read_data(settings.name, raw)[0].data.get("extra")
    return extra.get("clinic") if isinstance(extra, dict) else None


def check(settings: Path) -> list[Problem]:
    """What is wrong with the clinic in mkdocs.yml, read without MkDocs."""
    raw = settings.read_bytes() if settings.is_file() else b""
    return read(from_file(settings), settings.name, raw)[1]


def read(value: Any, path: str, raw: bytes) -> tuple[Clinic | None, list[Problem]]:
    """The settings that MkDocs read as `value` from the file `path`, whose bytes `raw` tell the lines."""
    if value is None:
        return None, []
    whole, _ = read_data(path, raw)  # MkDocs' own tags are no problem of ours
    lines = {place[len(PLACE) :]: line for place, line in whole.lines.items() if place[: len(PLACE)] == PLACE}
    start = lines.get((), 1)
    if not isinstance(value, dict):
        return None, [Problem(path, start, Rule.VALUE_INVALID, "'clinic' must be lines of 'key: value'.")]
    reading = validate(Clinic, Document(path, value, {place: line for place, line in lines.items() if place}))
    problems = [problem if problem.line > 1 else replace(problem, line=start) for problem in reading.problems]
    return reading.value, problems
