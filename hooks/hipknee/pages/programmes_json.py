"""The ready-made programmes as data for other programs: each phase with its code, in words and as figures, and sheets.

What a code may hold, and what an exercise says, stands in `exercises.json`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any, Literal

from pydantic import Field

from ..addresses import Address
from ..content.kinds import HOME
from ..content.model import Review
from ..pdf_names import FOLDER, OF_PROGRAMME, file_name
from ..programme import doses, ready
from ..programme.repertoire import Repertoire
from ..wording import Say
from . import exercises_json
from .exercises_json import PlannedPhase, Published, ReadyProgramme
from .programmes import PresentedPhase, PresentedProgramme

NAME, SCHEMA = "programmes.json", "programmes.schema.json"
"""The file, and the JSON Schema that it keeps to."""
VERSION = 1


class WordedExercise(Published):
    """An exercise of a phase, as its code has it, in the site's language."""

    title: str
    sentences: list[str]
    """What to do: how much, how often, the band and the notes."""


class HandedPhase(PlannedPhase):
    """Some weeks of a programme, and what is handed out of them."""

    heading: str
    words: list[WordedExercise]
    """What its code says. Empty where it has none."""


class Sheets(Published):
    """The addresses of its sheets, all phases one after the other."""

    normal: dict[str, str]
    """By the paper, such as "a4"."""
    large: dict[str, str]
    """In large print."""


class HandedProgramme(ReadyProgramme):
    """A ready-made programme with what is handed out of it."""

    phases: list[HandedPhase]  # type: ignore[assignment]
    sheets: Sheets | None = None
    """Left out where none of its phases has a code."""
    updated: datetime.date
    review: Review


class ProgrammeData(Published):
    """The file."""

    schema_: str = Field(alias="$schema")
    """The address of this schema."""
    version: Literal[1]
    site: str
    url: str
    """The site's address. Empty when it is unknown: then all addresses are relative to the folder of this file."""
    language: str
    exercises: str
    """The address of the list of all exercises. What has to be shown beside each of them stands there."""
    shows: str | None = None
    """The address, to be followed by "#" and a code, where a programme is shown. Left out where the site has no such
    page, or nobody knows its address."""
    programmes: list[HandedProgramme]


def text(
    programmes: Iterable[PresentedProgramme],
    repertoire: Repertoire,
    say: Say,
    *,
    papers: Iterable[str],
    shows: str | None,
    site: str,
    language: str,
    address: Address,
) -> str:
    """The text of the file. `address` gives the place of a page or a file, `papers` are those of the sheets."""
    papers = [*papers]

    def sheets(slug: str, large: bool) -> dict[str, str]:
        return {paper: address(FOLDER + file_name(OF_PROGRAMME + slug, paper, large)) for paper in papers}

    content = ProgrammeData(
        **{"$schema": address(SCHEMA)},
        version=VERSION,
        site=site,
        url=address(HOME),
        language=language,
        exercises=address(exercises_json.NAME),
        shows=shows,
        programmes=[
            HandedProgramme(
                **exercises_json.ready(programme, address).model_dump(exclude={"phases"}),
                phases=[_phase(phase, programme, repertoire, language, say) for phase in programme.phases],
                sheets=Sheets(normal=sheets(programme.slug, False), large=sheets(programme.slug, True))
                if programme.has_codes
                else None,
                updated=programme.facts.updated,
                review=programme.facts.review,
            )
            for programme in programmes
        ],
    )
    return content.model_dump_json(by_alias=True, exclude_none=True, indent=2)


def _phase(
    phase: PresentedPhase, programme: PresentedProgramme, repertoire: Repertoire, language: str, say: Say
) -> HandedPhase:
    value = ready.value(phase.facts, programme.facts.updated, language, repertoire) if phase.code else None
    worded = doses.programme(value, repertoire, say).items if value else ()
    return HandedPhase(
        **exercises_json.planned(phase).model_dump(),
        heading=phase.heading,
        words=[WordedExercise(title=item.title, sentences=[*item.sentences]) for item in worded],
    )


def schemas() -> dict[str, dict[str, Any]]:
    """The JSON Schema (draft 2020-12) of the file, by its name."""
    return {SCHEMA: exercises_json.DIALECT | ProgrammeData.model_json_schema(by_alias=True, mode="serialization")}
