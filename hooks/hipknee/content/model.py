"""What a page may say of itself: the fields of its front matter, each with its meaning.

This module is the one place where a field is declared. The gate, the JSON Schema and the tables in guides/fields.md
all come from it. It holds shapes only; what the values have to agree on stands in the gate's rules.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from contextlib import suppress
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
    WrapValidator,
    create_model,
    model_validator,
)

from ..unseen import hidden
from ..wording import Linked
from .fields import Fields, Slug


def _all_seen(text: str) -> str:
    if oddity := hidden(text):
        raise ValueError(oddity)
    return str(text)


def _with_links(value: object, text: Callable[[object], str]) -> str:
    """The text as it is checked; with its numbers to call, which the check itself would make plain text."""
    plain = text(value)
    return value if isinstance(value, Linked) and value == plain else plain


Text = Annotated[str, StringConstraints(strict=True, strip_whitespace=True, min_length=1), WrapValidator(_with_links)]
Name = Annotated[Text, AfterValidator(_all_seen)]
"""A text by which a thing is looked for and linked: without characters that nobody sees, or it is not found."""
Still = Literal["start", "finish", "hold", "way_back"]
"""The role of a picture that shows how an exercise is done."""
Code = Annotated[str, StringConstraints(strict=True, pattern=r"^[A-Z]{3}$")]
"""What an exercise is called in the code of a programme."""
Count = Annotated[int, Field(strict=True)]


YEARS = range(1990, 2100)
"""In which a day of a page may be. Before, nothing was on the web; after, it is a slip, and no reader waits for it."""
LONGEST_CHART = 24
"""Exercises on the tick chart. With a mark for each day of four weeks, that is as much as hangs on a wall."""
LONGEST_PLAN = 52
"""Weeks of a ready-made programme."""
HARDEST = 10
"""The end of the scale of effort, which begins at 0."""
LONGEST_REVIEW = datetime.timedelta(days=10 * 366)
"""From a review to the next one."""


def _read_day(value: object) -> object:
    """No number: it would be taken for the seconds since 1970."""
    day: datetime.date | None = None
    match value:
        case datetime.date() if not isinstance(value, datetime.datetime):
            day = value
        case str() if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            with suppress(ValueError):
                day = datetime.date.fromisoformat(value)
    if day is None:
        raise ValueError("must be a date, such as 2026-11-22")
    if day.year not in YEARS:
        raise ValueError(f"must be a date from {YEARS[0]} to {YEARS[-1]}, such as 2026-11-22")
    return day


def _read_seconds(value: object) -> object:
    match = re.fullmatch(r"(\d{1,4}) ?(s|min)", value) if isinstance(value, str) else None
    if not match:
        raise ValueError("must be a time in seconds or minutes, such as '2 s' or '5 min'")
    return int(match[1]) * (60 if match[2] == "min" else 1)


def _read_range(value: object) -> tuple[int, int]:
    """`8` and `[8, 10]` both mean a range: (8, 8) and (8, 10)."""
    match value:
        case bool():
            pass
        case int():
            return value, value
        case [int() as low, int() as high] if low <= high and bool not in (type(low), type(high)):
            return low, high
    raise ValueError("must be a whole number, such as 8, or a range from low to high, such as [8, 10]")


class Item(NamedTuple):
    """A thing that an exercise needs, and where it goes when that has to be said. Two places of a band may be two
    bands, or the two ends of one."""

    name: str
    places: tuple[str, ...] = ()


def _read_item(value: object) -> object:
    match value:
        case str():
            return Item(value)
        case dict() if len(value) == 1:
            [(name, places)] = value.items()
            match [places] if isinstance(places, str) else places:
                case [str(), *others] as several if all(isinstance(other, str) for other in others):
                    return Item(name, tuple(several))
    raise ValueError("must be the name of a thing, such as 'mat', or a thing and its place, such as '{band: ankles}'")


Equipment = Annotated[
    Item,
    BeforeValidator(_read_item),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string"},
                {
                    "type": "object",
                    "additionalProperties": {
                        "anyOf": [
                            {"type": "string"},
                            {"type": "array", "items": {"type": "string"}, "minItems": 1},
                        ]
                    },
                    "minProperties": 1,
                    "maxProperties": 1,
                },
            ]
        }
    ),
]
Day = Annotated[datetime.date, BeforeValidator(_read_day)]
Seconds = Annotated[
    int, BeforeValidator(_read_seconds), WithJsonSchema({"type": "string", "pattern": r"^\d{1,4} ?(s|min)$"})
]
Range = Annotated[
    tuple[int, int],
    BeforeValidator(_read_range),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "integer"},
                {"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2},
            ]
        }
    ),
]


class Role(StrEnum):
    """What one step is for."""

    START = "start"
    MOVE = "move"
    FINISH = "finish"
    HOLD = "hold"
    RETURN = "return"
    SWITCH = "switch"
    BREATHE = "breathe"


class Aim(StrEnum):
    """What kind of exercise a page teaches."""

    STRENGTH = "strength"
    STRETCH = "stretch"
    BALANCE = "balance"
    MOBILITY = "mobility"


class Level(StrEnum):
    """How hard an exercise is, beside the others of the site."""

    GENTLE = "gentle"
    MEDIUM = "medium"
    HARD = "hard"


class Side(StrEnum):
    """How the two sides share the work."""

    EACH = "each"
    ALTERNATE = "alternate"
    BOTH_TOGETHER = "both-together"


class Step(Fields):
    """One step: `- move: Slowly lift your top knee.`"""

    role: Role
    text: Text

    @model_validator(mode="before")
    @classmethod
    def _from_pair(cls, value: object) -> object:
        if isinstance(value, dict) and len(value) == 1:
            [(role, text)] = value.items()
            return {"role": role, "text": text}
        raise ValueError(f"must be one role and its text, such as '- move: …'; the roles are {', '.join(Role)}")

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: Any, handler: Any) -> dict[str, Any]:
        return {
            "type": "object",
            "description": "One role and its text.",
            "properties": {role.value: {"type": "string", "minLength": 1} for role in Role},
            "additionalProperties": False,
            "minProperties": 1,
            "maxProperties": 1,
        }


class Image(Fields):
    """A picture and the words that stand for it."""

    file: Text
    """The picture's path inside `images/`, such as `clamshell/start.png`."""
    alt: Text
    """What the picture shows, for those who don't see it: at most 150 characters."""


class Images(Fields):
    """The pictures of one exercise: of its start and its finish, or of the one pose that a stretch or balance has."""

    model_config = ConfigDict(
        json_schema_extra={"anyOf": [{"required": ["start", "finish"]}, {"required": ["hold"]}]},
    )

    start: Image | None = None
    """Where the movement begins. A still picture."""
    finish: Image | None = None
    """Where it ends. A still picture, in the same frame."""
    hold: Image | None = None
    """The pose of a stretch or a balance that has only one, instead of `start` and `finish`. A still picture."""
    way_back: Image | None = None
    """A moment of the `return` step, where the way back is not just the movement turned around. A still picture."""
    motion: Image | None = None
    """The movement between them: the only picture that may be animated."""
    detail: Image | None = None
    """A second view, when one view does not show all."""

    def stills(self) -> dict[Still, Image]:
        """The pictures that show how it is done, by their role, in order: start, finish and perhaps the way back, or
        one pose."""
        named: dict[Still, Image | None] = {
            "start": self.start,
            "finish": self.finish,
            "hold": self.hold,
            "way_back": self.way_back,
        }
        return {role: image for role, image in named.items() if image}

    def end(self) -> Image | None:
        """The picture that stands for the exercise where there is room for one only."""
        return self.hold or self.finish


class Muscles(Fields):
    """The muscles that the exercise trains, or stretches, by their ids in `_data/vocabulary.yml`."""

    primary: Annotated[list[Slug], Field(min_length=1)]
    """The target muscles. At least one."""
    secondary: list[Slug] = []
    """The helpers."""


class Dose(Fields):
    """How much: a common starting point. Only figures that have a source."""

    model_config = ConfigDict(json_schema_extra={"oneOf": [{"required": ["reps"]}, {"required": ["time"]}]})

    sets: Range
    """How many rounds: 2, or [2, 3]."""
    reps: Range | None = None
    """How many times in each round: 10, or [8, 10]. Or `time`, never both."""
    time: Seconds | None = None
    """How long each round takes, such as `30 s` or `5 min`, where nobody counts."""
    hold: Seconds | None = None
    """How long to hold at the end, such as `2 s`."""
    rest: Seconds | None = None
    """The rest between rounds, such as `45 s`."""
    tempo: Annotated[str, StringConstraints(strict=True, pattern=r"^\d{1,2}-\d{1,2}-\d{1,2}$")] | None = None
    """Seconds up, still and down, such as `2-1-3`."""
    days_per_week: Range
    """On how many days of the week."""
    times_per_day: Range | None = None
    """How often on such a day: 3, or [2, 3]. Once when it is left out."""


CEILINGS = {
    "sets": 10,
    "reps": 50,
    "time": 60 * 60,
    "hold": 5 * 60,
    "rest": 10 * 60,
    "days_per_week": 7,
    "times_per_day": 10,
}
"""The most that any programme may ask for; times in seconds. They keep out slips and nonsense, and are no advice."""


class Bounds(Fields):
    """The most that a programme may ask for, where that is less than elsewhere."""

    sets: Annotated[Count, Field(ge=1, le=CEILINGS["sets"])] | None = None
    """How many sets, at most 10."""
    reps: Annotated[Count, Field(ge=1, le=CEILINGS["reps"])] | None = None
    """How many times in each set, at most 50."""
    time: Annotated[Seconds, Field(ge=1, le=CEILINGS["time"])] | None = None
    """How long a set takes, at most `60 min`."""
    hold: Annotated[Seconds, Field(ge=1, le=CEILINGS["hold"])] | None = None
    """How long to hold, at most `300 s`."""
    rest: Annotated[Seconds, Field(ge=1, le=CEILINGS["rest"])] | None = None
    """How long to rest between sets, at most `600 s`."""
    days_per_week: Annotated[Count, Field(ge=1, le=CEILINGS["days_per_week"])] | None = None
    """On how many days of the week, at most 7."""
    times_per_day: Annotated[Count, Field(ge=1, le=CEILINGS["times_per_day"])] | None = None
    """How often on such a day, at most 10."""


def ceilings(*bounds: Bounds) -> dict[str, int]:
    """The most that all of them allow, by field; times in seconds."""
    return {
        name: min([most, *filter(None, (getattr(each, name) for each in bounds))]) for name, most in CEILINGS.items()
    }


class Mistake(Fields):
    """A common mistake and how to put it right."""

    wrong: Text
    """What goes wrong."""
    right: Text
    """What to do instead."""
    image: Image | None = None
    """What it looks like."""


class Caution(Fields):
    """Who should take care, and how."""

    who: Text
    """Whom it concerns, beginning with "If"."""
    do: Text
    """What they do."""
    condition: Slug | None = None
    """The condition page on which it is shown too."""


class Review(Fields):
    """Whether a clinician has reviewed the page: shown as it is."""

    status: Literal["awaiting", "reviewed"]
    """`awaiting`, or `reviewed` with the three fields below."""
    by: Text | None = None
    """Who reviewed it, with their profession."""
    on: Day | None = None
    """The day of the review."""
    next: Day | None = None
    """The day on which the review is out of date. From then on the page says so."""

    @model_validator(mode="after")
    def _agrees(self) -> Review:
        given = [self.by, self.on, self.next]
        if self.status == "reviewed" and None in given:
            raise ValueError("says 'reviewed', so it needs 'by' (who), 'on' (when) and 'next' (when to review again)")
        if self.status == "awaiting" and any(given):
            raise ValueError("says 'awaiting', so it must not have 'by', 'on' or 'next'")
        if self.on and self.next and self.on >= self.next:
            raise ValueError("must have a 'next' that is later than 'on'")
        if self.on and self.next and self.next - self.on > LONGEST_REVIEW:
            raise ValueError("must have a 'next' that is at most 10 years after 'on'")
        return self


class Waiver(Fields):
    """Silences one rule on this page, with the reason."""

    rule: Text
    """The rule's id, as the check prints it."""
    reason: Text
    """Why it does not apply here."""
    by: Text
    """Who decided so."""
    until: Day
    """The day from which the page says that the waiver has run out."""


class Page(Fields):
    """What every page has."""

    title: Name
    """The page's name, also its heading."""
    aliases: list[Name] = []
    """Other names that readers use. The first mention of one on another page becomes a link to this one."""
    was: list[Slug] = []
    """Old names of the page's file. Each becomes a redirect: old links and printed codes must live on."""
    summary: Text
    """What it is about, in one sentence of at most 25 words."""
    evidence: list[Slug] = []
    """Keys of `_data/sources.yml`: what the page rests on. An exercise needs at least one."""
    updated: Day
    """The day on which its content last changed, such as 2026-11-22."""
    review: Review
    """Whether a clinician has reviewed it: `{status: awaiting}` until one has."""
    waivers: list[Waiver] = []
    """Rules of the check that this page is excused from."""


class Article(Page):
    """A page of text."""

    search: list[Text] = []
    """Other words that readers may look for. Only the search uses them; they become no links."""
    key_points: list[Text] = []
    """Two to four short sentences for a box at the top."""
    prints: list[Literal["booklet", "tick-chart"]] = []
    """Sheets of the whole site that the page offers to print."""
    hide: list[Literal["navigation", "toc", "footer"]] = []
    """Parts of the frame that the page does without."""


def _if(kind: Aim, then: dict[str, Any]) -> dict[str, Any]:
    """A part of a JSON Schema: what is asked of one kind of exercise."""
    return {"if": {"properties": {"kind": {"const": kind.value}}, "required": ["kind"]}, "then": then}


class Exercise(Page):
    """One exercise."""

    model_config = ConfigDict(
        json_schema_extra={
            "allOf": [
                _if(Aim.STRETCH, {"required": ["stretches"], "properties": {"movements": {"maxItems": 0}}})
                | {"else": {"properties": {"stretches": {"maxItems": 0}}}},
                _if(Aim.STRENGTH, {"required": ["movements"]}),
                {"anyOf": [{"required": ["kind"]}, {"required": ["movements"]}]},
            ]
        }
    )

    plain: Name | None = None
    """What a patient would call it, in a few words, such as "Knee opener, lying on your side". It is a name like those
    of `aliases`, and is shown below the title."""
    level: Level | None = None
    """How hard it is, beside the others: `gentle`, `medium` or `hard`. Readers choose by it."""
    code: Code | None = None
    """Three capital letters, for ever: the exercise in the code of a programme. Without one it can't be in any."""
    was_codes: list[Code] = []
    """Codes that it had before. Programmes that have been handed out with one live on."""
    helps: Annotated[dict[Slug, Text], Field(min_length=1)]
    """Condition page: why the exercise may help there, in one sentence. At least one."""
    kind: Aim = Aim.STRENGTH
    """What kind of exercise it is."""
    muscles: Muscles
    """What it trains, or stretches."""
    movements: list[Slug] = []
    """What the joint does, from `_data/vocabulary.yml`. Each must train a muscle of the page, each target be trained.

    `kind: strength` needs at least one, `balance` and `mobility` may have some, `stretch` has `stretches` instead.
    """
    stretches: list[Slug] = []
    """Of `kind: stretch`: the movements, from `_data/vocabulary.yml`, that bring it. Each lengthens a target."""
    position: Slug
    """How you lie or stand, from `_data/vocabulary.yml`."""
    side: Side
    """`each`: all reps, then the other side. `alternate`: side to side in turn. `both-together`: both at once."""
    equipment: list[Equipment]
    """What is needed, from `_data/vocabulary.yml`; `[]` for nothing. A band says where: `[{band: ankles}]`.

    Two bands, or one at two places, say both: `[{band: [above-knees, ankles]}]`.
    """
    images: Images
    """The pictures."""
    steps: Annotated[list[Step], Field(min_length=1)]
    """How to do it, one role for each step: `start` first and once, then `move`, a `finish` or `hold`, a `return`.

    `side: each` ends with `switch`; `both-together` has none. `breathe` may stand anywhere after `start`.
    """
    dose: Dose
    """How much."""
    bounds: Bounds = Bounds()
    """The most of this exercise that a programme may ask for, where that is less than elsewhere."""
    feel: Text
    """Where you should feel it."""
    mistakes: Annotated[list[Mistake], Field(min_length=1)]
    """Common mistakes, each with its fix. At least one."""
    easier: list[Text] = []
    """Ways to make it easier."""
    harder: list[Text] = []
    """Ways to make it harder."""
    cautions: list[Caution]
    """Who should take care; `[]` for nobody."""
    stop_if: list[Text] = []
    """Reasons to stop, added to the site's own."""

    def all_images(self) -> dict[tuple[str | int, ...], Image]:
        """Every picture, by the place of its mapping in the front matter. Of a draft: those that are there."""
        images, mistakes = getattr(self, "images", None), getattr(self, "mistakes", [])
        named = {("images", role): getattr(images, role, None) for role in Images.model_fields}
        wrong = {("mistakes", n, "image"): mistake.image for n, mistake in enumerate(mistakes)}
        return {place: image for place, image in (named | wrong).items() if image}


def read_sign(value: object) -> object:
    """A sign that is only a sentence, as the mapping that it stands for."""
    match value:
        case str():
            return {"text": value}
        case dict() | Sign():
            return value
    raise ValueError("must be a sentence, or one with a remark: {text: …, note: …}")


class Sign(Fields):
    """A sign that needs help: a sentence, or one with a remark."""

    text: Text
    """The sign, in at most 15 words."""
    note: Text | None = None
    """What to do at once, or a word of explanation, in at most 15 words: it is printed below the sign."""
    group: Text | None = None
    """The small heading above it, and above all signs behind it that have the same."""
    sources: list[Slug] = []
    """Keys of `_data/sources.yml`: who says so. They join the page's list of sources, behind its `evidence`."""


class RedFlags(Fields):
    """Signs that need help, by how soon, beside those that all pages share (`_data/red_flags.yml`)."""

    emergency: list[Annotated[Sign, BeforeValidator(read_sign)]]
    """Help now: the emergency number or the emergency room."""
    same_day: list[Annotated[Sign, BeforeValidator(read_sign)]]
    """Be seen today."""
    book: list[Annotated[Sign, BeforeValidator(read_sign)]]
    """Make an appointment."""


class Medicines(Fields):
    """What may be said of medicines that people buy themselves."""

    lines: Annotated[list[Text], Field(min_length=1)]
    """What may help, for whom, and who should ask first. No doses."""
    sources: list[Slug] = []
    """What the lines rest on: keys of `_data/sources.yml`, shown with the page's own as soon as the lines are."""


class Chapter(Article):
    """A page of text that is none of the others."""

    thumbnails: bool = False
    """Whether all exercises stand below its text, each with a small picture."""


class Condition(Article):
    """A condition page, such as knee pain."""

    joint: Text | None = None
    """What hurts, in one word, such as `knee`: it is filled in for `{joint}` in the signs that all pages share."""
    red_flags: RedFlags
    """Signs that need help and that no other page has, most urgent first; `[]` where the shared ones are enough."""
    self_care: Annotated[list[Text], Field(min_length=1)]
    """What a reader can do at home."""
    medicines: Medicines | None = None
    """Pain relief that people buy themselves: printed only once a clinician has reviewed it, which site.yml says."""
    exercises: Annotated[list[Slug], Field(min_length=1)]
    """The exercises, in the order in which they are shown: exactly those whose `helps` names this page."""


class Series(Fields):
    """Exercises that belong together."""

    id: Slug
    """Its address on the library page."""
    title: Name
    """Its name."""
    summary: Text
    """What it is, in one sentence."""
    exercises: Annotated[list[Slug], Field(min_length=2)]
    """Its exercises, in order."""


class Group(Fields):
    """Exercises that are kept apart from the others, wherever exercises are listed."""

    id: Slug
    """What other files call it: `{count …}` in texts, and `leave_out` in the clinic's settings."""
    title: Text
    """Its heading. `{Count}` is how many of its exercises are listed there, as a word: "{Count} hip exercises"."""
    title_one: Text | None = None
    """The same where only one is listed: "{Count} hip exercise". Without it the heading is `title`."""
    summary: Text | None = None
    """What is said below its heading in the library."""
    note: Text | None = None
    """What each of its exercises says of itself, in a line below its summary."""
    exercises: Annotated[list[Slug], Field(min_length=1)]
    """Its exercises, in order."""

    def heading(self, count: int) -> str:
        """Its heading over a list of so many of its exercises, with `{Count}` to be filled in."""
        return self.title_one if count == 1 and self.title_one else self.title


class Library(Article):
    """The library page: the order of the catalogue."""

    model_config = ConfigDict(json_schema_extra={"oneOf": [{"required": ["order"]}, {"required": ["groups"]}]})

    order: Annotated[list[Slug], Field(min_length=1)] = []
    """Every exercise, once, in the order of the catalogue. Or `groups`, never both."""
    groups: Annotated[list[Group], Field(min_length=1)] = []
    """Every exercise, once, in groups that are kept apart wherever exercises are listed."""
    series: list[Series] = []
    """Exercises that belong together."""
    chart: Annotated[list[Slug], Field(max_length=LONGEST_CHART)] = []
    """The exercises on the tick chart, in order: at most 24. When it is left out, the first 24 of all."""

    def slugs(self) -> list[str]:
        """Every exercise that it lists, in the order of the catalogue."""
        return [*self.order, *(slug for group in self.groups for slug in group.exercises)]


class Term(Fields):
    """One entry of the glossary."""

    term: Name
    """The word."""
    also: list[Name] = []
    """Other words for the same."""
    means: Text
    """What it means, in plain words."""


class Glossary(Article):
    """The glossary page. Muscles are added to it from the vocabulary."""

    terms: Annotated[list[Term], Field(min_length=1)]
    """Its entries."""


Note = Annotated[str, StringConstraints(strict=True, pattern=r"^\d{2}$")]
"""A sentence of the reviewed list, by its number."""


def _read_effort(value: object) -> object:
    low, high = _read_range(value)
    if low < 0 or high > HARDEST:
        raise ValueError(f"must be from 0 to {HARDEST}, such as [5, 6]")
    return low, high


class PlannedItem(Fields):
    """An exercise of a phase with its dose, or several of which the reader does one."""

    model_config = ConfigDict(
        json_schema_extra={
            "allOf": [
                {"oneOf": [{"required": ["code"]}, {"required": ["any_of"]}]},
                {"oneOf": [{"required": ["reps"]}, {"required": ["time"]}]},
            ]
        }
    )

    code: Code | None = None
    """The code of the exercise. Or `any_of`, never both."""
    any_of: list[Code] = []
    """Codes of exercises of which one is done, such as `[SKE, STS]`: the first, if the reader does not choose."""
    optional: bool = False
    """Whether it may be left out."""
    sets: Annotated[Count, Field(ge=1)]
    """How many rounds."""
    reps: Range | None = None
    """How many times in each round: 8, or [10, 12]. Or `time`, never both."""
    time: Seconds | None = None
    """How long each round takes, such as `30 s`."""
    hold: Seconds | None = None
    """How long to hold at the end."""
    rest: Seconds | None = None
    """The rest between rounds."""
    days: Annotated[Count, Field(ge=1)] | None = None
    """On how many days of the week."""
    side: Literal["L", "R"] | None = None
    """The only side that is trained: `L` or `R`."""
    band: Annotated[Count, Field(ge=0, le=3)] | None = None
    """How strong the band is: 0 without one, 1 light, 2 medium, 3 heavy."""
    notes: Annotated[list[Note], Field(max_length=3)] = []
    """What is said beside it: at most three numbers of `_data/notes.<language>.yml`, in rising order."""

    def codes(self) -> list[str]:
        """Those of which one is done; the first is what is done without a choice."""
        return [self.code] if self.code else [*self.any_of]


class Phase(Fields):
    """Weeks of a programme in which the same is done. They are the soonest: nothing moves a reader on but the rule."""

    name: Text | None = None
    """What it is about, in a word or two."""
    weeks: Range
    """Its first and its last week, such as `[1, 2]`."""
    minutes: Range
    """How long a session takes, in minutes."""
    effort: Annotated[Range, BeforeValidator(_read_effort)]
    """How hard it should feel, from 0 to 10."""
    items: Annotated[list[PlannedItem], Field(min_length=1, max_length=6)]
    """What is done, in this order: 1 to 6."""
    also: list[Text] = []
    """What is done besides and is no exercise of the library: a text each, with how much. No code holds it."""


if TYPE_CHECKING:
    _ForWhom = Article
else:  # no attribute can be called so in the text of a class: the word is Python's own
    _ForWhom = create_model(
        "_ForWhom",
        __base__=Article,
        __module__=__name__,
        **{"for": (Text, Field(description="Whom it is for, in one sentence."))},
    )


class Programme(_ForWhom):
    """A ready-made programme: exercises and doses, phase by phase."""

    conditions: list[Slug] = []
    """The condition pages that lead to it."""
    phases: Annotated[list[Phase], Field(min_length=1)]
    """Its phases, in order: their weeks follow each other without a gap."""
    also_need: list[Text] = []
    """What is needed besides what its exercises need: in lower case, such as `belt`."""

    @property
    def for_whom(self) -> str:
        """Whom it is for: the field `for`."""
        return str(getattr(self, "for"))
