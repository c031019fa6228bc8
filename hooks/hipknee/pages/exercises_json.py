"""Every exercise as data for other programs: exercises.json, and the JSON Schema that it keeps to.

It comes from the same values as the pages, so that what another program shows is what stands on them. Figures have
their unit in their name. A field is never taken away or given another meaning without a new `version`.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from ..addresses import Address
from ..content.catalogue import EXERCISES, HOME, Catalogue
from ..content.data_files import Source
from ..content.model import Caution, Exercise, Image, Item, Review
from ..pictures.renditions import Plan

NAME = "exercises.json"
SCHEMA = "exercises.schema.json"
VERSION = 1


class Told(BaseModel):
    """A mapping of the file: only what is declared."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)


class NamedThing(Told):
    """Something of the vocabulary: its id, and its name in plain words."""

    id: str
    name: str
    latin: str | None = None
    """Of a muscle: its anatomical name."""
    place: str | None = None
    """Of a band: where on the body it goes."""


class MuscleNames(Told):
    """What the exercise trains."""

    primary: list[NamedThing]
    """The target muscles."""
    secondary: list[NamedThing]
    """The helpers."""


class Link(Told):
    """A condition, its page, and why the exercise may help there."""

    id: str
    title: str
    url: str
    why: str


class Picture(Told):
    """A picture, with the words that stand for it."""

    url: str
    width: int
    """Pixels."""
    height: int
    """Pixels."""
    alt: str


class StepText(Told):
    """One step."""

    role: Literal["start", "move", "finish", "hold", "return", "switch", "breathe"]
    text: str


class Amount(Told):
    """How much: a common starting point, which a physical therapist may change. Ranges are [lowest, highest]."""

    sets: tuple[int, int]
    reps: tuple[int, int]
    reps_are: str
    """What a repetition is called here, such as "steps"."""
    hold_seconds: int | None = None
    rest_seconds: int | None = None
    tempo: str | None = None
    """Seconds up, still and down, such as "2-1-3"."""
    days_per_week: tuple[int, int]


class MistakeText(Told):
    """A common mistake and its fix."""

    wrong: str
    right: str
    image: Picture | None = None


class Evidence(Source):
    """A source, and what it is used for."""

    id: str


class ExerciseData(Told):
    """One exercise, as its page has it."""

    id: str
    """The page's file name. It never changes."""
    url: str
    title: str
    aliases: list[str]
    summary: str
    helps: list[Link]
    muscles: MuscleNames
    movements: list[NamedThing]
    position: NamedThing
    side: Literal["each", "alternate", "both-together"]
    equipment: list[NamedThing]
    images: dict[Literal["start", "finish", "motion", "detail"], Picture]
    steps: list[StepText]
    dose: Amount
    feel: str
    mistakes: list[MistakeText]
    easier: list[str]
    harder: list[str]
    cautions: list[Caution]
    stop_if: list[str]
    """Reasons to stop, beside those of the whole site."""
    evidence: list[Evidence]
    updated: datetime.date
    review: Review


class SiteData(Told):
    """The file."""

    schema_: str = Field(alias="$schema")
    """The address of this schema."""
    version: Literal[1]
    site: str
    url: str
    """Where the site stands. Empty when nobody knows: then all addresses are relative to this file."""
    language: str
    disclaimer: str
    """To be shown wherever an exercise is."""
    dose_note: str
    """To be shown wherever a dose is."""
    pain_rule: list[str]
    stop_rules: list[str]
    stop_help: str
    exercises: list[ExerciseData]


def data(
    exercises: Sequence[tuple[str, Exercise]],
    catalogue: Catalogue,
    plans: Mapping[str, Plan],
    *,
    site: str,
    language: str,
    address: Address,
    picture: Callable[[str], str],
) -> dict[str, Any]:
    """What stands in the file, for `exercises` that can be printed.

    `plans` are the renditions by the picture's path inside images/; `address` gives the place of a page, `picture`
    that of a rendition by its name.
    """
    rules = catalogue.site.draft
    made = SiteData(
        **{"$schema": address(SCHEMA)},
        version=VERSION,
        site=site,
        url=address(HOME),
        language=language,
        disclaimer=rules.disclaimer,
        dose_note=rules.dose_note,
        pain_rule=rules.pain_rule,
        stop_rules=rules.stop_rules,
        stop_help=rules.stop_help,
        exercises=[_exercise(slug, page, catalogue, plans, address, picture) for slug, page in exercises],
    )
    return made.model_dump(mode="json", by_alias=True, exclude_none=True)


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the file."""
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return dialect | SiteData.model_json_schema(by_alias=True, mode="serialization")


def _exercise(
    slug: str,
    page: Exercise,
    catalogue: Catalogue,
    plans: Mapping[str, Plan],
    address: Address,
    picture: Callable[[str], str],
) -> ExerciseData:
    words, sources = catalogue.vocabulary.draft, catalogue.sources.draft.root
    titles = {id_: entry.value.title for id_, entry in catalogue.conditions.items() if entry.value}

    def shown(image: Image) -> Picture | None:
        plan = plans.get(image.file)
        if plan is None:
            return None
        largest = plan.webp[-1]
        return Picture(url=picture(largest.name), width=largest.width, height=largest.height, alt=image.alt)

    def muscles(ids: Sequence[str]) -> list[NamedThing]:
        return [NamedThing(id=id_, name=words.muscles[id_].plain, latin=words.muscles[id_].latin) for id_ in ids]

    def thing(item: Item) -> NamedThing:
        kind = words.equipment[item.name]
        return NamedThing(id=item.name, name=kind.name, place=item.place and kind.places[item.place].name)

    images = {role: image for role, image in page.images if image}
    return ExerciseData(
        id=slug,
        url=address(f"{EXERCISES}/{slug}.md"),
        helps=[
            Link(id=id_, title=titles[id_], url=address(f"{id_}.md"), why=why)
            for id_, why in page.helps.items()
            if id_ in titles
        ],
        muscles=MuscleNames(primary=muscles(page.muscles.primary), secondary=muscles(page.muscles.secondary)),
        movements=[NamedThing(id=id_, name=words.movements[id_].name) for id_ in page.movements],
        position=NamedThing(id=page.position, name=words.positions[page.position].name),
        side=page.side.value,
        equipment=[thing(item) for item in page.equipment],
        images={role: found for role, image in images.items() if (found := shown(image))},
        steps=[StepText(role=step.role.value, text=step.text) for step in page.steps],
        dose=Amount(
            sets=page.dose.sets,
            reps=page.dose.reps,
            reps_are=words.positions[page.position].reps,
            hold_seconds=page.dose.hold,
            rest_seconds=page.dose.rest,
            tempo=page.dose.tempo,
            days_per_week=page.dose.days_per_week,
        ),
        mistakes=[
            MistakeText(wrong=one.wrong, right=one.right, image=one.image and shown(one.image)) for one in page.mistakes
        ],
        cautions=page.cautions,
        evidence=[Evidence(id=key, **sources[key].model_dump()) for key in page.evidence],
        review=page.review,
        **page.model_dump(include={"title", "aliases", "summary", "feel", "easier", "harder", "stop_if", "updated"}),
    )
