"""What the pages share: the files in `docs/_data/`."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, PlainValidator, RootModel
from pydantic_core import PydanticCustomError

from ..colours import Scheme
from ..phones import dialing
from ..wording import Word
from .contacts import Colour, Contact, EmergencyNumber, Origin, PhoneNumber, SecureContact, WebAddress
from .fields import Fields, Parts, Slug
from .model import Bounds, Code, Count, Name, Review, Sign, Text, read_sign


class Worded(Fields):
    """Something that texts name."""

    words: list[Text] = []
    """Words that mean it. "Your" in one stands for any word that says whose: "on your side" is also "on her side"."""
    not_words: list[Text] = []
    """Phrases with one of its words that do not mean it, such as "IT band" for a band."""


class Muscle(Worded):
    """A muscle, in plain words and in Latin. All its names are among its words."""

    latin: Name | None = None
    plain: Name
    also: list[Name] = []
    means: Text
    sources: list[Slug] = []


class Movement(Worded):
    """What a joint does, and which muscles that trains. Its name is one of its words."""

    name: Text
    plain: Text
    prime: Annotated[list[Slug], Field(min_length=1)]
    """The muscles that do most of it: a page with this movement must name them."""
    muscles: list[Slug] = []
    """Other muscles that it trains."""
    stretches: list[Slug] = []
    """The muscles that it lengthens."""
    sources: Annotated[list[Slug], Field(min_length=1)]

    def trains(self) -> set[str]:
        """All the muscles that this movement trains."""
        return {*self.prime, *self.muscles}


class Posture(StrEnum):
    """What readers choose exercises by."""

    LYING = "lying"
    STANDING = "standing"
    SITTING = "sitting"


class Position(Worded):
    """How you lie or stand."""

    name: Text
    reps: Text
    """What repetitions are called here, such as "steps"."""
    rep: Text | None = None
    """What one of them is called, where that is another word."""
    each: Literal["side", "way"] = "side"
    """Whether repetitions are counted on each side, or each way."""
    posture: Posture | None = None
    """What a reader would call it in one word, to choose exercises by: lying, standing or sitting."""
    seen_as: list[Slug] = []
    """Positions that an alt text may name for it: who walks sideways is seen standing."""
    reached_by: list[Text] = []
    """Words for coming to it, such as "stand up": before the first move they mean the position, in it the movement."""


class Place(Worded):
    """Where on the body a thing goes."""

    name: Text
    words: Annotated[list[Text], Field(min_length=1)]


class Thing(Worded):
    """A piece of equipment. A title, step or movement that says one of its words needs it in `equipment`."""

    name: Text
    care: Text | None = None
    """What to mind with it, in a line that stands on each sheet of an exercise that needs it."""
    places: dict[Slug, Place] = {}
    """Where it may go. A thing with places must be named in a title, step or movement, with its place."""

    @property
    def is_band(self) -> bool:
        """Whether it goes somewhere on the body, as bands do."""
        return bool(self.places)


def _read_phrase(value: object) -> object:
    return {"words": value} if isinstance(value, list) else value


Phrase = Annotated[Worded, BeforeValidator(_read_phrase)]


class Phrases(Fields):
    """By what words texts say which side works, how much, and what is not meant: what the check knows of a language.

    What is left out is not known, and then nothing is held against it.
    """

    whose: list[Text] = []
    """The words that say whose. They count as "your", which phrases have."""
    left: list[Text] = []
    right: list[Text] = []
    """The two sides. They may stand before any word of a phrase."""
    he: list[Text] = []
    she: list[Text] = []
    """A person in a picture is one of the two throughout a page."""
    it: Phrase = Worded()
    """What was named in the sentence before."""
    either: Phrase = Worded()
    """Between two things of which one will do."""
    joining: Phrase = Worded()
    """Words between two places that belong together: "above your knees and around your ankles"."""
    putting: Phrase = Worded()
    """Before a place: the thing goes there."""
    numbers: list[Text] = []
    """The names of the numbers from 0 on."""
    once: list[Text] = []
    twice: list[Text] = []
    """How often, in a word."""
    tens: list[Text] = []
    """Those of 10, 20 and so on."""

    unreal: Phrase = Worded()
    """What comes after, to the end of the clause, is only imagined: "as if on a chair"."""
    absent: Phrase = Worded()
    """What comes next is not there: "without a band"."""
    optional: Phrase = Worded()
    """What is in the sentence need not be there: "with or without a band"."""
    example: Phrase = Worded()
    """What comes after, to the end of the clause, is one thing of several that will do: "such as a chair"."""
    condition: Phrase = Worded()
    """What is in a sentence that begins so is done by some readers only: "if you have just been sitting"."""
    negation: Phrase = Worded()
    """What is in the sentence is not to be done: "do not lean on the other leg"."""

    leg: Phrase = Worded()
    """A part of which there are two: one of them."""
    legs: Phrase = Worded()
    """Both of them."""
    single: Phrase = Worded()
    """Before such a part: only one of the two."""
    one_leg: Phrase = Worded()
    """The same in words that say nothing of the other one: "lift your leg"."""
    both: Phrase = Worded()
    """Before `legs`: the two at once."""
    other_side: Phrase = Worded()
    """The side whose turn it is next."""
    turning: Phrase = Worded()
    """How to get to the other side, or the way back."""
    one_side_first: Phrase = Worded()
    """One side does all its repetitions before the other begins."""
    sequence: Phrase = Worded()
    """One thing is done when another is: with a number of repetitions and the other side, one side comes first."""
    in_turn: Phrase = Worded()
    """The sides take turns, repetition by repetition."""
    then_the_other: Phrase = Worded()
    """The same, but in a `switch`."""

    calling: Phrase = Worded()
    """What tells to call somebody."""
    counted: list[Text] = []
    """What a number may count that has no ending of a plural, such as people."""
    exercise: list[Text] = []
    """What the pages teach, after a number."""
    second: Phrase = Worded()
    count: Phrase = Worded()
    """Before a number: that many seconds."""
    minute: Phrase = Worded()
    one_minute: Phrase = Worded()
    half_minute: Phrase = Worded()
    range: Phrase = Worded()
    """Between two numbers: "20 to 30"."""
    all: Phrase = Worded()
    """Before a number: that many repetitions."""
    in_all: Phrase = Worded()
    """After a number and what is done: that many repetitions."""
    time: Phrase = Worded()
    """After a number: that many repetitions."""
    set: Phrase = Worded()
    day: Phrase = Worded()
    week: Phrase = Worded()
    """After a number: so often on a day, in a week."""
    hold: Phrase = Worded()
    """What is held. A time in its sentence is that of the dose's `hold`."""
    rest: Phrase = Worded()
    breath: Phrase = Worded()
    breath_only: Phrase = Worded()
    """A step that has no other words only says how to breathe."""
    dose_only: Phrase = Worded()
    """A step that has no other words, but numbers, only says how much."""
    going_back: Phrase = Worded()
    """Where a `return` leads."""
    come_back: Phrase = Worded()
    """What a `return` does, and a `move` does not unless the two are exchanged with one that goes out."""
    go_out: Phrase = Worded()
    """What a `move` does."""
    coming_down: Phrase = Worded()
    """How a `return` begins."""
    staying: Phrase = Worded()
    """How a `hold` begins."""
    back: Phrase = Worded()
    """Words of which a `return` has one."""


class Vocabulary(Fields):
    """The words that exercises choose from, and by what words texts say things."""

    muscles: dict[Slug, Muscle]
    movements: dict[Slug, Movement]
    positions: dict[Slug, Position]
    equipment: dict[Slug, Thing]
    phrases: Phrases = Phrases()


SourceField = Literal["authors", "title", "journal", "year", "doi", "pmid", "url"]
"""What tells a reader which source it is, and where to find it."""


class Source(Fields):
    """One piece of evidence. A part that nobody has read is left out, never filled in from memory.

    What it can't do without, or has to say in `not_found`, is for `gate.source_rules`.
    """

    kind: Literal["paper", "web"] = "paper"
    """`paper` stands in a journal; `web` is a page or a leaflet, which has an address in place of a DOI."""
    authors: Text | None = None
    """Who wrote it, or whose page it is."""
    title: Text | None = None
    journal: Text | None = None
    """Of a page: the site or the handbook that it is a part of."""
    year: Count | None = None
    pages: Text | None = None
    doi: Annotated[str, Field(pattern=r"^10\.\d{4,9}/\S+$")] | None = None
    pmid: Annotated[str, Field(pattern=r"^\d{1,9}$")] | None = None
    pmcid: Annotated[str, Field(pattern=r"^PMC\d+$")] | None = None
    url: Annotated[str, Field(pattern=r"^https?://\S+$")] | None = None
    """Where a web page stands."""
    not_found: list[SourceField] = []
    """What somebody has looked for and not found."""
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
    origin: Text | None = None
    """What to say of where its signs come from, beside their sources."""


class Tiers(Fields):
    """The three tiers of red flags."""

    emergency: Tier
    same_day: Tier
    book: Tier


class SharedSign(Sign):
    """A sign that condition pages share."""

    only: Text | None = None
    """The joint of the only pages that print it."""


SharedSigns = list[Annotated[SharedSign, BeforeValidator(read_sign)]]


class SharedRedFlags(Fields):
    """The signs that condition pages share, by how soon they need help."""

    emergency: SharedSigns = []
    same_day: SharedSigns = []
    book: SharedSigns = []


class OnPaper(Fields):
    """What stands on every sheet, which has no room for all warning signs."""

    ask_first: Text
    """Who should ask a clinician first, in a line."""
    emergency: Text
    """The signs to call for, in short sentences."""
    same_day: Text
    """The signs that need care today."""


class PageLink(Fields):
    """A link to a page of the site."""

    text: Text
    """The words of the link."""
    page: Text
    """The page below docs/, with its heading, such as your-week.md#the-pain-rule."""


class AtHome(Fields):
    """How the exercises are done: where, with whom, from which form on, and what goes with them."""

    title: Text
    """Where, and with whom, in a few words."""
    text: Text
    """What to begin with, in short sentences."""
    links: list[PageLink] = []
    """Where to read how to go on."""


class MedicineReview(Fields):
    """Whether the pages' lines on medicines are printed."""

    ask: Text
    """What stands in their place until a clinician has reviewed them."""
    review: Review
    """`reviewed`, with by whom and when, prints the lines of all condition pages."""


class GoOn(Fields):
    """The rule by which a reader takes the next step of a plan."""

    before: Text
    """The sentence that ends with a colon."""
    rule: Annotated[list[Text], Field(min_length=1)]
    """What has to be true, a sentence each."""
    after: Text
    """What to do then, and what else."""


class Site(Fields):
    """The rules and phrases of the whole site."""

    conditions: Annotated[list[Slug], Field(min_length=1)]
    """The condition pages, by file name."""
    red_flags: Tiers
    ask_first: Text | None = None
    """The page, with its heading, that says who should ask a clinician before they exercise."""
    at_home: AtHome | None = None
    """What stands below the dose of every exercise."""
    pain_rule: Annotated[list[Text], Field(min_length=1)]
    stop_rules: Annotated[list[Text], Field(min_length=1)]
    stop_help: Text
    """What to do when stopping is not enough."""
    go_on: GoOn | None = None
    """The rule to go on, on the page of each ready-made programme, before its text, and on the chart."""
    effort: list[Text] = []
    """What the numbers of effort mean, for the chart of a ready-made programme."""
    on_paper: OnPaper | None = None
    """What sheets say of the warning signs, and of who should ask first."""
    booklet: list[Text] = []
    """Sections of pages that the patients' booklet takes over, in order, each as the page with its heading."""
    medicines: MedicineReview | None = None
    """Whether the lines on medicines are printed; without it, none is."""
    dose_note: Text
    disclaimer: Text
    sources: list[Slug]
    """What the pain and stop rules rest on."""
    publish: list[Text] = []
    """Files below docs/ that are published though no page links to them."""
    bounds: Bounds = Bounds()
    """The most that a programme may ask for, where that is less than everywhere."""


class Tombstone(Fields):
    """A code that no exercise has any more."""

    code: Code
    """The code."""
    reason: Text
    """Why, in one sentence that is told to whoever has a programme with it."""
    successor: Code | None = None
    """The code of the exercise that took its place."""


class Gone(Fields):
    """The codes of exercises that are gone. The file is a list."""

    items: list[Tombstone] = []


class Codes(Parts, RootModel[dict[Code, Slug]]):
    """Every code that was ever given to an exercise, with the name of its file then. Nothing is ever taken away."""

    root: dict[Code, Slug] = {}


NoteId = Annotated[str, Field(pattern=r"^\d{2}$")]


class Notes(Fields):
    """Sentences that a programme may say of an exercise, beside its dose."""

    sources: list[Slug] = []
    """What they rest on."""
    notes: dict[NoteId, Text] = {}
    """By two digits, which never mean another one."""


class SearchWords(Fields):
    """Words that readers type and pages do not say, and where each leads. All of it is optional."""

    warnings: list[Text] = []
    """Words of warning signs. Whoever types all words of one gets the warning signs of every condition page first."""
    warnings_of: dict[Text, list[Text]] = {}
    """The same, of one joint: they lead to the pages with that joint only."""
    pages: dict[Text, list[Text]] = {}
    """By a page below docs/, with a place on it or without, such as your-week.md#the-pain-rule: what leads there."""
    same: list[Annotated[list[Text], Field(min_length=2)]] = []
    """Single words that mean the same: whoever types one of a row finds what says another."""
    unsearched: list[Text] = []
    """Words of warning signs that nobody looks for by themselves, such as "suddenly": no word need lead there."""


def _read_word(value: object) -> Word:
    """A text, or a list of texts. A number in a list is its digits."""
    match value:
        case str() if value.strip():
            return str(value).strip()  # a number to call is no link here: labels stand in attributes, too
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
    """Whose it is, such as "Front desk"."""
    number: PhoneNumber
    """The number as it is printed, such as 904-555-0142 or 904-555-0142 ext. 12."""

    @property
    def uri(self) -> str:
        """The address of a link that calls it."""
        return f"tel:{dialing(self.number)}"


class Link(Fields):
    """A link at the foot of every page."""

    label: Text
    """What it is called."""
    address: WebAddress
    """Where it leads, such as https://www.example.org/about."""


class Clinic(Fields):
    """The clinic that hands the site out, in docs/_data/clinic.yml. All of it is optional."""

    name: Text | None = None
    """Its name."""
    phones: list[Phone] = []
    """Its numbers."""
    booking: WebAddress | None = None
    """The page where an appointment is made."""
    report: Contact | None = None
    """Where to report a mistake: an email address, or a page."""
    security: SecureContact | None = None
    """Where to report a hole in the site's security: an email address, or a page."""
    logo: Text | None = None
    """Its logo: a picture's path inside images/."""
    colour: Colour | None = None
    """The color of headings, bands and marks on pages and paper. White letters stand on it, and it stands on white."""
    paper: Literal["letter", "a4"] | None = None
    """The paper that it prints on: pages offer sheets on no other."""
    emergency_number: EmergencyNumber = "911"
    """The number that {emergency} stands for in texts."""
    leave_out: list[Slug] = []
    """Groups of exercises that it leaves out, by the ids that they have in `groups` of the library."""
    links: list[Link] = []
    """Links at the foot of every page."""
    embed: list[Origin] = []
    """Websites that may show an exercise inside a page of their own, such as https://intranet.example.org."""

    @property
    def scheme(self) -> Scheme:
        """The colours of pages, paper and pictures."""
        return Scheme(self.colour) if self.colour else Scheme()

    @property
    def is_shown(self) -> bool:
        """Whether there is anything to show of it where a clinic stands."""
        return bool(self.name or self.phones or self.booking or self.logo)
