"""Every field of an exercise stands in every output of it, or `LEFT_OUT` says why not."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args, get_type_hints

import birds
import pytest
from hipknee import embedding
from hipknee.addresses import absolute, addresses
from hipknee.content.catalogue import Entry
from hipknee.content.data_files import Clinic, Sources, Vocabulary, Words
from hipknee.content.kinds import EXERCISE
from hipknee.content.model import Exercise
from hipknee.content.validation import Draft
from hipknee.gate import gate
from hipknee.page_facts import read
from hipknee.pages import exercises_json, linked_data, search
from hipknee.pages.embedded import Dress
from hipknee.pages.pages import PICTURES, Pages
from hipknee.pictures.renditions import Plan, Rendition
from hipknee.print.booklet import Book, BookletPage, chapters
from hipknee.print.edition import Edition
from hipknee.print.handouts import handout
from hipknee.print.typesetting import PictureFile
from projects import ADDRESS, words
from pydantic import BaseModel

SLUG = "polite-flamingo"
PATH = EXERCISE.path(SLUG)
URL = f"exercises/{SLUG}/"

# An exercise of which nothing is said twice, and what its ids stand for.

MARKED: dict[str, Any] = {
    "title": "Titleword",
    "plain": "Plainword",
    "level": "hard",
    "aliases": ["aliasword"],
    "was": ["wasword"],
    "code": "QQA",
    "was_codes": ["QQB"],
    "bounds": {
        "sets": 9,
        "reps": 49,
        "time": "59 min",
        "hold": "299 s",
        "rest": "599 s",
        "days_per_week": 6,
        "times_per_day": 8,
    },
    "summary": "Summaryword.",
    "evidence": ["evidenceword"],
    "updated": "2031-01-01",
    "review": {"status": "reviewed", "by": "Reviewerword", "on": "2032-02-02", "next": "2033-03-03"},
    "waivers": [{"rule": "ruleword", "reason": "Reasonword.", "by": "Waiverword", "until": "2034-04-04"}],
    "helps": {"creaky-tail": "Helpword."},
    "muscles": {"primary": ["muscle-a"], "secondary": ["muscle-b"]},
    "kind": "stretch",
    "movements": ["movement-a"],
    "stretches": ["movement-b"],
    "position": "position-a",
    "side": "each",
    "equipment": [{"thing-a": "place-a"}],
    "images": {
        role: {"file": f"{role}file.png", "alt": f"{role}alt"}
        for role in ("start", "finish", "hold", "way_back", "motion", "detail")
    },
    "steps": [{"breathe": "Stepword."}],
    "dose": {
        "sets": [1101, 1102],
        "reps": [1201, 1202],
        "time": "1251 s",
        "hold": "1301 s",
        "rest": "1401 s",
        "tempo": "51-52-53",
        "days_per_week": [1601, 1602],
        "times_per_day": [1701, 1702],
    },
    "feel": "Feelword.",
    "mistakes": [{"wrong": "Wrongword.", "right": "Rightword.", "image": {"file": "fixfile.png", "alt": "fixalt"}}],
    "easier": ["Easierword."],
    "harder": ["Harderword."],
    "cautions": [{"who": "Whoword", "do": "doword.", "condition": "droopy-wing"}],
    "stop_if": ["Stopword."],
}
VOCABULARY: dict[str, dict[str, Any]] = {
    "muscles": {name: {"plain": f"{name[-1]}-muscleword", "means": "x"} for name in ("muscle-a", "muscle-b")},
    "movements": {
        f"movement-{name}": {"name": word, "plain": "x", "prime": ["muscle-a"], "sources": ["x"]}
        for name, word in {"a": "Movementword", "b": "Stretchword"}.items()
    },
    "positions": {"position-a": {"name": "Positionword", "reps": "times"}},
    "equipment": {"thing-a": {"name": "Thingword", "places": {"place-a": {"name": "placeword", "words": ["x"]}}}},
}
SOURCE = {"doi": "10.1234/evidenceword", "short": "x", "shows": "x", "checked": "verified"}
SAID = {
    "kind_stretch": "Kindword",
    "level_hard": "Levelword",
    "role_breathe": "Roleword",
    "side_each": "Sideword",
    "each_side": "eachword",
}

MARKERS: dict[str, tuple[str, ...]] = {
    "title": ("Titleword",),
    "plain": ("Plainword",),
    "level": ('Levelword|"level": "hard"',),
    "aliases": ("aliasword",),
    "was": ("wasword",),
    "code": ("QQA",),
    "was_codes": ("QQB",),
    "bounds.sets": ('"sets": 9',),
    "bounds.reps": ('"reps": 49',),
    "bounds.time": ('59 min|"time_seconds": 3540',),
    "bounds.hold": ('299 s|"hold_seconds": 299',),
    "bounds.rest": ('599 s|"rest_seconds": 599',),
    "bounds.days_per_week": ('"days_per_week": 6',),
    "bounds.times_per_day": ('"times_per_day": 8',),
    "summary": ("Summaryword",),
    "evidence": ("evidenceword",),
    "updated": ("2031-01-01|January 1, 2031",),
    "review.status": ('Reviewed|lastReviewed|"status": "reviewed"',),
    "review.by": ("Reviewerword",),
    "review.on": ("2032-02-02|February 2, 2032",),
    "review.next": ("2033-03-03|March 3, 2033",),
    "waivers.rule": ("ruleword",),
    "waivers.reason": ("Reasonword",),
    "waivers.by": ("Waiverword",),
    "waivers.until": ("2034-04-04|April 4, 2034",),
    "helps": ("Creaky tail", "Helpword"),
    "muscles.primary": ("a-muscleword",),
    "muscles.secondary": ("b-muscleword",),
    "kind": ('Kindword|"kind": "stretch"',),
    "movements": ("Movementword",),
    "stretches": ("Stretchword",),
    "position": ("Positionword",),
    "side": ('Sideword|eachword|"side": "each"',),
    "equipment.name": ("Thingword",),
    "equipment.places": ("placeword",),
    **{f"images.{role}.{part}": (f"{role}{part}",) for role in MARKED["images"] for part in ("file", "alt")},
    "steps.role": ('Roleword|"role": "breathe"',),
    "steps.text": ("Stepword",),
    "dose.sets": ("1101", "1102"),
    "dose.reps": ("1201", "1202"),
    "dose.time": ("1251|PT1251S",),
    "dose.hold": ("1301",),
    "dose.rest": ("1401",),
    "dose.tempo": ("51-52-53",),
    "dose.days_per_week": ("1601", "1602"),
    "dose.times_per_day": ("1701", "1702"),
    "feel": ("Feelword",),
    "mistakes.wrong": ("Wrongword",),
    "mistakes.right": ("Rightword",),
    "mistakes.image.file": ("fixfile",),
    "mistakes.image.alt": ("fixalt",),
    "easier": ("Easierword",),
    "harder": ("Harderword",),
    "cautions.who": ("Whoword",),
    "cautions.do": ("doword",),
    "cautions.condition": ("droopy-wing|Droopy wing",),
    "stop_if": ("Stopword",),
}
"""What shows that a field stands in an output: regular expressions, of which each must be found as a whole word."""

REDIRECT = "Old names become redirects, which are no part of the exercise."
PROGRAMME = "It is asked by programmes only, and printed on their sheets."
WAIVER = "A waiver is between the editors and the check; readers are told only when it runs out."
NAMED_LESS = "It is a name to be found by: it says nothing that the title does not."
CHECKED_ONLY = "It holds the muscles against what the joint does; readers are told the muscles."
ELSEWHERE = "The caution stands here whole; this says on which other page it stands too."
CHOOSING = "It is for choosing among exercises: whoever holds the sheet has chosen."
ROOM = "A sheet has room for what is needed while exercising."
LESS_ROOM = "One page has no room for it; large print has it."
SHOWN = "The picture and the first step show it."
MOVING = "Paper can't move."
SECOND_VIEW = "The two pictures are enough to follow the steps; a second view is on the page."
ON_THE_PAGE = "Whoever wants to check the sources follows the code to the page."
BOTH_ENDS = "The pictures of both ends are enough to stand for the steps."
NO_TERM = "None of the terms that we use of schema.org's ExercisePlan and HowTo says it."
SEEN = "Only texts are searched, no pictures."
WHOLE = "A page that another website shows is for doing the exercise; it leads to the whole one."
BESIDE = "It stands beside the content of many pages, so it would be found everywhere."

_WAIVERS = dict.fromkeys(("waivers.rule", "waivers.reason", "waivers.by", "waivers.until"), WAIVER)
_IN_PROGRAMMES = {name: PROGRAMME for name in MARKERS if name.startswith(("code", "was_codes", "bounds."))}
_NO_DATA = {"was": REDIRECT, **_WAIVERS}
_NOWHERE = {**_NO_DATA, **_IN_PROGRAMMES}
_PAPER = {
    **_NOWHERE,
    "aliases": NAMED_LESS,
    "movements": CHECKED_ONLY,
    "stretches": CHECKED_ONLY,
    "cautions.condition": ELSEWHERE,
    "images.motion.file": MOVING,
    "images.motion.alt": MOVING,
}
_SHEET = {
    **_PAPER,
    "evidence": ON_THE_PAGE,
    "level": CHOOSING,
    "muscles.secondary": ROOM,
    "position": SHOWN,
    "images.detail.file": SECOND_VIEW,
    "images.detail.alt": SECOND_VIEW,
}
LEFT_OUT: dict[str, dict[str, str]] = {
    "page": {
        **_NOWHERE,
        "title": "The frame prints it, as the heading.",
        "aliases": NAMED_LESS,
        "movements": CHECKED_ONLY,
        "stretches": CHECKED_ONLY,
        "cautions.condition": ELSEWHERE,
    },
    "embedded": {
        **_NOWHERE,
        "aliases": NAMED_LESS,
        "movements": CHECKED_ONLY,
        "stretches": CHECKED_ONLY,
        "cautions.condition": ELSEWHERE,
        **dict.fromkeys(("level", "kind", "muscles.primary", "muscles.secondary", "evidence"), WHOLE),
        **{f"images.{role}.{part}": WHOLE for role in ("motion", "detail") for part in ("file", "alt")},
    },
    "handout": {
        **_SHEET,
        **dict.fromkeys(("mistakes.image.file", "mistakes.image.alt"), LESS_ROOM),
        **dict.fromkeys(("images.way_back.file", "images.way_back.alt"), LESS_ROOM),
    },
    "large print": _SHEET,
    "booklet": _PAPER,
    "file for programs": _NO_DATA,
    "linked data": {
        **_NOWHERE,
        "review.next": NO_TERM,
        "helps": "schema.org knows only what treats a condition, which is more than what may help.",
        "muscles.secondary": "What an exercise is for are its target muscles.",
        "stretches": NO_TERM,
        "level": NO_TERM,
        "position": NO_TERM,
        "side": NO_TERM,
        "equipment.places": "A tool is a thing; where it goes is in the steps.",
        **{
            f"images.{role}.alt": "A picture is told as its address."
            for role in ("start", "finish", "hold", "way_back")
        },
        **{f"images.{role}.{part}": BOTH_ENDS for role in ("motion", "detail") for part in ("file", "alt")},
        **dict.fromkeys(("dose.hold", "dose.tempo", "feel", "easier", "harder", "stop_if"), NO_TERM),
        **dict.fromkeys(("mistakes.wrong", "mistakes.right", "mistakes.image.file", "mistakes.image.alt"), NO_TERM),
        **dict.fromkeys(("cautions.who", "cautions.do", "cautions.condition"), NO_TERM),
    },
    "search": {
        **_NOWHERE,
        "movements": CHECKED_ONLY,
        "stretches": CHECKED_ONLY,
        "cautions.condition": ELSEWHERE,
        "evidence": BESIDE,
        "updated": BESIDE,
        **dict.fromkeys(("review.status", "review.by", "review.on", "review.next"), BESIDE),
        **{name: SEEN for name in MARKERS if name.endswith((".file", ".alt"))},
    },
}
"""By output and field: why an output does without it."""


def fields(model: Any, above: str = "") -> Iterator[str]:
    """Every field that holds no further ones, such as "images.motion.alt"."""
    is_model = issubclass(model, BaseModel)
    parts = (
        {name: field.annotation for name, field in model.model_fields.items()} if is_model else get_type_hints(model)
    )
    for name, annotation in parts.items():
        inner = mapping(annotation)
        yield from fields(inner, f"{above}{name}.") if inner else [f"{above}{name}"]


def mapping(annotation: Any) -> Any:
    """The model, or the named tuple, inside an annotation such as `list[Image] | None`."""
    if isinstance(annotation, type) and (issubclass(annotation, BaseModel) or hasattr(annotation, "_fields")):
        return annotation
    return next((found for part in get_args(annotation) if (found := mapping(part))), None)


FIELDS = [*fields(Exercise)]


def entry(model: Any, value: Any, like: Entry[Any]) -> Any:
    whole = model.model_validate(value)
    read = Entry.of(like.document, whole, Draft(whole))
    return replace(like, face=read.face, parts=read.parts)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """Those of the pond, with the marked exercise in the place of the flamingo."""
    report = gate.check(birds.write(tmp_path_factory.mktemp("presented") / "pond"))
    pond = report.catalogue
    assert pond.vocabulary.value
    assert pond.sources.value
    known = pond.vocabulary.value.model_dump(exclude_unset=True)
    sources = pond.sources.value.model_dump(exclude_unset=True)
    catalogue = replace(
        pond,
        vocabulary=entry(Vocabulary, {part: known[part] | more for part, more in VOCABULARY.items()}, pond.vocabulary),
        sources=entry(Sources, sources | {"evidenceword": SOURCE}, pond.sources),
        words=entry(Words, words() | SAID, pond.words),
        pages={**pond.pages, PATH: entry(Exercise, MARKED, pond.pages[PATH])},
    )
    plans = {image.file: plan(image.file) for image in Exercise.model_validate(MARKED).all_images().values()}
    return Pages(replace(report, catalogue=catalogue, problems=[]), plans)


def plan(file: str) -> Plan:
    stem = Path(file).stem
    webp, fallback = (Rendition(f"{stem}-8.{ending}", 8, 6) for ending in ("webp", "jpg"))
    return Plan(Path(file), "", (webp,), fallback, 8, 6)


@pytest.fixture(scope="module")
def outputs(pages: Pages) -> dict[str, str]:
    """Each output of the marked exercise as a text."""
    exercise, data = pages.exercises[SLUG], pages.printable
    assert data
    html = pages.render(PATH, "", addresses({}, URL))
    edition = Edition(data.words, data.site, Clinic(), "en", "1a2b3c4d", "a4")
    at = absolute({}, ADDRESS)

    def sheet(large: bool) -> dict[str, Any]:
        made = handout(exercise, edition, picture=lambda file: PictureFile(file, 8, 6), address=None, large=large)
        return made | {"words": {}}  # the template's own

    chapter, day = BookletPage(PATH, URL, exercise.title, html), datetime.date(2026, 1, 2)
    book, _ = chapters(Book("booklet", [chapter], day), site_url="", picture=lambda path: (path, 8, 6))
    file = exercises_json.single(
        exercise, data, pages.plans, language="en", address=at, picture=lambda name: at(PICTURES + name)
    )
    setting = linked_data.Setting(
        "Site", "en", at, lambda image: pages.plain_picture(image, at), data.sources, Clinic()
    )
    rendered = search.Rendered(PATH, URL, exercise.title, read(html, content=True).sections)
    made: dict[str, Any] = {
        "handout": sheet(large=False),
        "large print": sheet(large=True),
        "booklet": book,
        "file for programs": json.loads(file),
        "linked data": linked_data.of_page(exercise.facts, PATH, EXERCISE, [], setting, exercise),
        "search": search.documents(rendered, pages.catalogue, []),
    }
    whole: dict[str, Any] = {"name": "Site", "language": "en", "banner": "", "canonical": ""}
    embedded = pages.embedded(SLUG, addresses({}, embedding.url(SLUG)), Dress([], "", "ltr"), **whole) or ""
    return {
        "page": html,
        "embedded": embedded,
        **{name: json.dumps(output, ensure_ascii=False) for name, output in made.items()},
    }


def shown(text: str, field: str) -> list[bool]:
    """Which of the field's markers a text holds."""
    return [bool(re.search(rf"(?<!\w)(?:{marker})(?!\w)", text)) for marker in MARKERS.get(field, ("no marker",))]


def sentences(said: str, pairs: Iterable[tuple[str, str]]) -> list[str]:
    """A sentence for every field in these pairs of a field and an output."""
    outputs: dict[str, list[str]] = {}
    for field, output in pairs:
        outputs.setdefault(field, []).append(output)
    return [said.format(field=field, outputs=", ".join(every)) for field, every in outputs.items()]


def test_every_field_has_a_marker() -> None:
    new = "'{}' is new in the model: give it a value of its own in MARKED, and say in MARKERS how it is told there."
    gone = "'{}' is no longer in the model: delete it from MARKED, MARKERS and LEFT_OUT."
    assert [new.format(field) for field in FIELDS if field not in MARKERS] == []
    known = dict.fromkeys([*MARKERS, *(field for left_out in LEFT_OUT.values() for field in left_out)])
    assert [gone.format(field) for field in known if field not in FIELDS] == []


def test_every_marker_is_of_one_field() -> None:
    """Each stands in what the exercise is made of, and none in that of another field."""
    markers = [marker for every in MARKERS.values() for marker in every]
    assert len(markers) == len({*markers})
    made_of = json.dumps([MARKED, VOCABULARY, SOURCE, SAID, birds.FILES["docs/creaky-tail.md"]])
    assert [field for field in MARKERS if not all(shown(made_of, field))] == []


def test_every_field_stands_in_every_output(outputs: dict[str, str]) -> None:
    assert outputs.keys() == LEFT_OUT.keys()
    said = "'{field}' is not in: {outputs}. Print it there, or say in LEFT_OUT why not."
    every = [(field, output) for field in FIELDS for output in outputs if field not in LEFT_OUT[output]]
    assert sentences(said, [(field, output) for field, output in every if not all(shown(outputs[output], field))]) == []


def test_what_is_left_out_is_not_there(outputs: dict[str, str]) -> None:
    said = "'{field}' stands in: {outputs}. Delete it from LEFT_OUT."
    every = [(field, output) for output, left_out in LEFT_OUT.items() for field in left_out]
    assert sentences(said, [(field, output) for field, output in every if any(shown(outputs[output], field))]) == []
