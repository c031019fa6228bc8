"""Every exercise as data for other programs: a list of all, a file for each, and the JSON Schemas that they keep to.

They come from the same values as the pages, so that what another program shows is what stands on them. Figures have
their unit in their name. A field is never taken away or given another meaning without a new `version`.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from ..addresses import Address
from ..content.catalogue import Bunch
from ..content.data_files import Source, Tombstone
from ..content.kinds import CONDITION, EXERCISE, HOME, PROGRAMME
from ..content.model import Bounds, Caution, Image, Review, ceilings
from ..gate.printable import Printable
from ..pictures.renditions import Plan
from .presented import Named, Presented
from .programmes import Move, PresentedPhase, PresentedProgramme

NAME = "exercises.json"
"""The list."""
SCHEMA, EXERCISE_SCHEMA = "exercises.schema.json", "exercise-data.schema.json"
"""Of the list, and of the file of an exercise."""
VERSION = 3
DIALECT = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
_TIMES = frozenset({"time", "hold", "rest"})
"""In seconds, which their names say."""
_AS_WRITTEN = set("title plain level code was_codes aliases summary feel easier harder stop_if updated".split())


class Published(BaseModel):
    """A mapping of a file: only what is declared."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True, defer_build=True)


class NamedThing(Published):
    """Something of the vocabulary: its id, and its name in plain words."""

    id: str
    name: str
    latin: str | None = None
    """Of a muscle: its anatomical name."""
    place: str | None = None
    """Of a band: where it goes, in one line."""


class MuscleNames(Published):
    """What the exercise trains, or stretches."""

    primary: list[NamedThing]
    """The target muscles."""
    secondary: list[NamedThing]
    """The helpers."""


class Link(Published):
    """A condition, its page, and why the exercise may help there."""

    id: str
    title: str
    url: str
    why: str


class Picture(Published):
    """A picture, with the words that stand for it."""

    url: str
    width: int
    """Pixels."""
    height: int
    """Pixels."""
    alt: str
    seen_from: Literal["front", "behind", "side", "above", "feet", "head"] | None = None
    """From where a further view of the figure is seen. Left out where the picture does not say it."""


class StepText(Published):
    """One step."""

    role: Literal["start", "move", "finish", "hold", "return", "switch", "breathe"]
    text: str


class Amount(Published):
    """How much: a common starting point, which a physical therapist may change. Ranges are [lowest, highest]."""

    sets: tuple[int, int]
    reps: tuple[int, int] | None = None
    """Left out where a set takes a time instead."""
    reps_are: str
    """What a repetition is called here, such as "steps"."""
    time_seconds: int | None = None
    """How long a set takes, where nobody counts repetitions."""
    hold_seconds: int | None = None
    rest_seconds: int | None = None
    tempo: str | None = None
    """Seconds up, still and down, such as "2-1-3"."""
    days_per_week: tuple[int, int]
    times_per_day: tuple[int, int] | None = None


class Most(Published):
    """The most that a programme may ask for."""

    sets: int
    reps: int
    time_seconds: int
    """How long a set takes, where nobody counts repetitions."""
    hold_seconds: int
    rest_seconds: int
    days_per_week: int
    times_per_day: int

    @classmethod
    def of(cls, *bounds: Bounds) -> Most:
        """What all of these allow."""
        return cls(**{f"{name}_seconds" if name in _TIMES else name: most for name, most in ceilings(*bounds).items()})


class MistakeText(Published):
    """A common mistake and its fix."""

    wrong: str
    right: str
    image: Picture | None = None


class Evidence(Source):
    """A source, and what it is used for."""

    id: str


class ExerciseData(Published):
    """The file of one exercise, which is as its page has it. Its pictures are those of start and finish, or of its one
    pose (`hold`)."""

    schema_: str = Field(alias="$schema")
    """The address of this schema."""
    version: Literal[3]
    index: str
    """The address of the list of all exercises. What has to be shown beside each of them stands there."""
    language: str
    id: str
    """The page's file name. It never changes."""
    url: str
    title: str
    plain: str | None = None
    """What a patient would call it."""
    level: Literal["gentle", "medium", "hard"] | None = None
    """How hard it is, beside the others of the site."""
    code: str | None = None
    """What it is called in the code of a programme. Left out where it can't be in any."""
    was_codes: list[str]
    """What it was called there before."""
    aliases: list[str]
    summary: str
    helps: list[Link]
    kind: Literal["strength", "stretch", "balance", "mobility"]
    muscles: MuscleNames
    movements: list[NamedThing]
    """What it trains the muscles by. None of a stretch."""
    stretches: list[NamedThing]
    """Of a stretch: the movements that bring it."""
    position: NamedThing
    side: Literal["each", "alternate", "both-together"]
    equipment: list[NamedThing]
    images: dict[Literal["start", "finish", "hold", "way_back", "motion", "detail"], Picture]
    steps: list[StepText]
    dose: Amount
    bounds: Most
    """The most of it that a programme may ask for."""
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


class ListedExercise(Published):
    """One exercise in the list."""

    id: str
    """The page's file name. It never changes."""
    title: str
    plain: str | None = None
    """What a patient would call it."""
    level: Literal["gentle", "medium", "hard"] | None = None
    """How hard it is, beside the others."""
    url: str
    """The address of its page."""
    data: str
    """The address of its own file, which says all of it."""
    code: str | None = None
    """What it is called in the code of a programme. Left out where it can't be in any."""
    was_codes: list[str]
    """What it was called there before."""


class ExerciseGroup(Published):
    """Exercises that are to be kept apart from the others, wherever exercises are listed."""

    id: str
    title: str
    """Its heading."""
    note: str | None = None
    """To be shown with each of its exercises."""
    exercises: list[str]
    """By their ids."""


class GoneCode(Published):
    """A code that stands for no exercise any more."""

    code: str
    reason: str
    """Why, in one sentence that is told to whoever has a programme with it."""
    successor: str | None = None
    """The code of the exercise that took its place."""


class PlannedExercise(Published):
    """What stands in one place of a phase: an exercise with its dose, or several of which one is done."""

    codes: list[str]
    """The codes of the exercises of which one is done; the first is what is done without a choice."""
    optional: bool
    """Whether it may be left out."""
    sets: int
    reps: tuple[int, int] | None = None
    """From lowest to highest. Left out where a set takes a time instead."""
    time_seconds: int | None = None
    hold_seconds: int | None = None
    rest_seconds: int | None = None
    days_per_week: int | None = None
    side: Literal["L", "R"] | None = None
    """The only side that is trained."""
    band: int | None = None
    """0 without one, 1 light, 2 medium, 3 heavy."""
    notes: list[str]
    """What is said beside it: keys of `notes`."""


class PlannedPhase(Published):
    """Some weeks of a programme. They are the soonest: nothing moves anybody on but the rule on its page."""

    name: str | None = None
    weeks: tuple[int, int]
    """The first and the last."""
    minutes: tuple[int, int]
    """How long a session takes."""
    effort: tuple[int, int]
    """How hard it should feel, from 0 to 10."""
    code: str | None = None
    """The phase as the code of a programme: without what is optional, and with the first of each choice."""
    items: list[PlannedExercise]
    also: list[str] = []
    """What is done besides, in sentences: no code holds it."""


class ReadyProgramme(Published):
    """A ready-made programme."""

    id: str
    """The page's file name. It never changes."""
    title: str
    url: str
    summary: str
    for_whom: str
    conditions: list[str]
    """The ids of the conditions whose pages lead to it."""
    phases: list[PlannedPhase]


class SiteData(Published):
    """The list."""

    schema_: str = Field(alias="$schema")
    """The address of this schema."""
    version: Literal[3]
    site: str
    url: str
    """The site's address. Empty when it is unknown: then all addresses, in the files of exercises too, are relative to
    the folder that holds this file."""
    language: str
    disclaimer: str
    """To be shown wherever an exercise is."""
    dose_note: str
    """To be shown wherever a dose is."""
    pain_rule: list[str]
    stop_rules: list[str]
    stop_help: str
    exercises: list[ListedExercise]
    """In the order of the library."""
    programmes: list[ReadyProgramme]
    """The ready-made ones."""
    groups: list[ExerciseGroup]
    """Empty where the exercises have none."""
    gone: list[GoneCode]
    """The codes of exercises that are gone."""
    notes: dict[str, str]
    """What a programme may say of an exercise beside its dose, by two digits."""


def name(slug: str) -> str:
    """Where the file of the exercise called `slug` is published, beside its page."""
    return EXERCISE.path(slug).removesuffix(".md") + ".json"


class Card(NamedTuple):
    """What the list says of an exercise."""

    title: str
    plain: str | None
    level: str | None
    code: str | None
    was_codes: list[str]


def every(
    cards: Mapping[str, Card],
    shared: Printable,
    *,
    programmes: Iterable[PresentedProgramme],
    groups: Iterable[Bunch],
    gone: Iterable[Tombstone],
    notes: Mapping[str, str],
    site: str,
    language: str,
    address: Address,
) -> str:
    """The text of the list of the exercises that can be printed, by their slugs. `address` gives the place of a page
    or a file."""
    rules = shared.site
    content = SiteData(
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
        exercises=[
            ListedExercise(id=slug, url=address(EXERCISE.path(slug)), data=address(name(slug)), **card._asdict())
            for slug, card in cards.items()
        ],
        programmes=[ready(programme, address) for programme in programmes],
        groups=[
            ExerciseGroup(id=group.id, title=heading, note=group.note, exercises=slugs)
            for group, heading, slugs in groups
            if group
        ],
        gone=[GoneCode(**stone.model_dump()) for stone in gone],
        notes=dict(notes),
    )
    return content.model_dump_json(by_alias=True, exclude_none=True)


def ready(programme: PresentedProgramme, address: Address) -> ReadyProgramme:
    """A ready-made programme as it is published."""
    facts = programme.facts
    return ReadyProgramme(
        id=programme.slug,
        title=facts.title,
        url=address(PROGRAMME.path(programme.slug)),
        summary=facts.summary,
        for_whom=facts.for_whom,
        conditions=facts.conditions,
        phases=[*map(planned, programme.phases)],
    )


def planned(phase: PresentedPhase) -> PlannedPhase:
    """A phase as it is published."""
    return PlannedPhase(
        name=phase.facts.name,
        weeks=phase.facts.weeks,
        minutes=phase.facts.minutes,
        effort=phase.facts.effort,
        code=phase.code,
        items=[_planned(move) for move in phase.moves],
        also=phase.facts.also,
    )


def _planned(move: Move) -> PlannedExercise:
    item = move.planned
    return PlannedExercise(
        codes=[exercise.facts.code or "" for exercise in move.exercises],
        optional=item.optional,
        sets=item.sets,
        reps=item.reps,
        time_seconds=item.time,
        hold_seconds=item.hold,
        rest_seconds=item.rest,
        days_per_week=item.days,
        side=item.side,
        band=item.band,
        notes=item.notes,
    )


def single(
    exercise: Presented,
    shared: Printable,
    plans: Mapping[str, Plan],
    *,
    language: str,
    address: Address,
    picture: Callable[[str], str],
) -> str:
    """The text of the file of one exercise, which follows from it and from the names and addresses of what it names.

    `plans` are the renditions by the picture's path inside images/; `address` gives the place of a page or a file,
    `picture` that of a rendition by its name.
    """
    facts, dose = exercise.facts, exercise.facts.dose

    def picture_of(image: Image) -> Picture | None:
        plan = plans.get(image.file)
        if plan is None:
            return None
        largest = plan.webp[-1]
        return Picture(
            url=picture(largest.name), width=largest.width, height=largest.height, alt=image.alt, seen_from=plan.seen
        )

    pictures = {role: picture_of(image) for role, image in exercise.images if image}
    content = ExerciseData(
        **{"$schema": address(EXERCISE_SCHEMA)},
        version=VERSION,
        index=address(NAME),
        language=language,
        id=exercise.slug,
        url=address(EXERCISE.path(exercise.slug)),
        helps=[
            Link(id=help_.slug, title=help_.title, url=address(CONDITION.path(help_.slug)), why=help_.why)
            for help_ in exercise.helps
        ],
        muscles=MuscleNames(primary=_things(exercise.targets), secondary=_things(exercise.helpers)),
        kind=facts.kind.value,
        movements=_things(exercise.movements),
        stretches=_things(exercise.stretches),
        position=_thing(exercise.position),
        side=facts.side.value,
        equipment=_things(exercise.equipment),
        images={role: image for role, image in pictures.items() if image},
        steps=[StepText(role=step.role.value, text=step.text) for step in exercise.steps],
        dose=Amount(
            sets=dose.sets,
            reps=dose.reps,
            reps_are=exercise.reps_are,
            time_seconds=dose.time,
            hold_seconds=dose.hold,
            rest_seconds=dose.rest,
            tempo=dose.tempo,
            days_per_week=dose.days_per_week,
            times_per_day=dose.times_per_day,
        ),
        bounds=Most.of(shared.site.bounds, facts.bounds),
        mistakes=[
            MistakeText(wrong=mistake.wrong, right=mistake.right, image=mistake.image and picture_of(mistake.image))
            for mistake in exercise.mistakes
        ],
        cautions=facts.cautions,
        evidence=[Evidence(id=key, **shared.sources[key].model_dump()) for key in exercise.evidence],
        review=facts.review,
        **facts.model_dump(include=_AS_WRITTEN),
    )
    return content.model_dump_json(by_alias=True, exclude_none=True, indent=2)


def schemas() -> dict[str, dict[str, Any]]:
    """The JSON Schemas (draft 2020-12) of the list and of the file of an exercise, by their names."""
    models: dict[str, type[Published]] = {SCHEMA: SiteData, EXERCISE_SCHEMA: ExerciseData}
    return {
        name: DIALECT | model.model_json_schema(by_alias=True, mode="serialization") for name, model in models.items()
    }


def _thing(named: Named) -> NamedThing:
    return NamedThing(**named._asdict())


def _things(named: Iterable[Named]) -> list[NamedThing]:
    return [*map(_thing, named)]
