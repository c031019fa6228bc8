"""What the pages share: the files in `docs/_data/`, and the clinic's own settings in mkdocs.yml."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, PlainValidator, RootModel
from pydantic_core import PydanticCustomError

from ..wording import Word
from .model import Count, Fields, Name, Parts, Slug, Text


class Muscle(Fields):
    """A muscle, in plain words and in Latin."""

    latin: Name | None = None
    plain: Name
    also: list[Name] = []
    means: Text
    sources: list[Slug] = []


class Movement(Fields):
    """What a joint does, and which muscles that trains."""

    name: Text
    plain: Text
    prime: Annotated[list[Slug], Field(min_length=1)]
    """The muscles that do most of it: a page with this movement must name them."""
    muscles: list[Slug] = []
    """Other muscles that it trains."""
    sources: Annotated[list[Slug], Field(min_length=1)]

    def trains(self) -> set[str]:
        """All the muscles that this movement trains."""
        return {*self.prime, *self.muscles}


class Position(Fields):
    """How you lie or stand."""

    name: Text
    reps: Text
    """What a repetition is called here, such as "steps"."""
    each: Literal["side", "way"] = "side"
    """Whether repetitions are counted on each side, or each way."""
    icon: Text = ""


class Place(Fields):
    """Where on the body a thing goes."""

    name: Text
    words: Annotated[list[Text], Field(min_length=1)]
    """Words that mean this place when a step says them."""


class Thing(Fields):
    """A piece of equipment."""

    name: Text
    words: list[Text] = []
    """Words that mean this thing: a title, step or movement that says one needs it in `equipment`."""
    places: dict[Slug, Place] = {}
    """Where it may go. A thing with places must be named in a title, step or movement, with its place."""


class Vocabulary(Fields):
    """The words that exercises choose from."""

    muscles: dict[Slug, Muscle]
    movements: dict[Slug, Movement]
    positions: dict[Slug, Position]
    equipment: dict[Slug, Thing]


class Source(Fields):
    """One piece of evidence. A part that nobody has read is left out, never filled in from memory."""

    authors: Text | None = None
    title: Text | None = None
    journal: Text | None = None
    year: Count | None = None
    pages: Text | None = None
    doi: Annotated[str, Field(pattern=r"^10\.\d{4,9}/\S+$")] | None = None
    pmid: Annotated[str, Field(pattern=r"^\d{1,9}$")] | None = None
    pmcid: Annotated[str, Field(pattern=r"^PMC\d+$")] | None = None
    url: Annotated[str, Field(pattern=r"^https://\S+$")] | None = None
    """Where a web page stands."""
    short: Text
    shows: Text
    """What it is used for, in one plain sentence."""
    checked: Literal["verified", "part-verified", "unverified"]
    """How far somebody has read it."""


class Sources(Parts, RootModel[dict[Slug, Source]]):
    """The evidence, by key."""


class Tier(Fields):
    """How soon a red flag needs help."""

    title: Text
    action: Text


class Tiers(Fields):
    """The three tiers of red flags."""

    emergency: Tier
    same_day: Tier
    book: Tier


class Site(Fields):
    """The rules and phrases of the whole site."""

    conditions: Annotated[list[Slug], Field(min_length=1)]
    """The condition pages, by file name."""
    emergency_number: Text
    red_flags: Tiers
    ask_first: Text | None = None
    """The page, with its heading, that says who should ask a clinician before they exercise."""
    pain_rule: Annotated[list[Text], Field(min_length=1)]
    stop_rules: Annotated[list[Text], Field(min_length=1)]
    stop_help: Text
    """What to do when stopping is not enough."""
    dose_note: Text
    disclaimer: Text
    sources: list[Slug]
    """What the pain and stop rules rest on."""
    publish: list[Text] = []
    """Files below docs/ that are published though no page links to them."""


def _read_word(value: object) -> Word:
    """A text, or a list of texts. A number in a list is its digits."""
    match value:
        case str() if value.strip():
            return value.strip()
        case list():
            items = [str(item).strip() for item in value if isinstance(item, str | int) and not isinstance(item, bool)]
            if all(items) and len(items) == len(value):
                return items
            raise ValueError("must be a list of words, such as '[a, b]'")
    raise PydanticCustomError("string_type", "must be text")


class Words(Parts, RootModel[dict[str, Annotated[Word, PlainValidator(_read_word)]]]):
    """Every label that the engine prints, by name, and what the language asks for: no printed word lives in code."""


class Phone(Fields):
    """A number to call."""

    label: Text
    number: Text


class Clinic(Fields):
    """The clinic that hands the site out: `extra.clinic` in mkdocs.yml, all of it optional but the name."""

    name: Text
    phones: list[Phone] = []
    booking: Annotated[str, Field(pattern=r"^https?://\S+$")] | None = None
    report: Annotated[str, Field(pattern=r"^(https?://\S+|mailto:\S+@\S+)$")] | None = None
    """Where to report a mistake: a web or `mailto:` address."""
