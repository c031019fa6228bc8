"""Documents held against models: whatever they hold, a value or problems in an author's words, at their lines."""

from __future__ import annotations

import copy
import datetime
import json
import re
from typing import Any, Literal

import pytest
from birds import FILES, FLAMINGO
from hipknee.content import validation
from hipknee.content.data_files import Clinic, Site, Sources, Vocabulary, Words
from hipknee.content.fields import Fields, MissingError
from hipknee.content.front_matter import Document, read_data, read_page
from hipknee.content.model import (
    Article,
    Condition,
    Exercise,
    Glossary,
    Item,
    Library,
    Review,
    Role,
    Side,
)
from hipknee.content.switchboard import Keys, Theme
from hipknee.content.validation import blank, validate
from hipknee.rules import Rule
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st
from pydantic import BaseModel

DOCUMENTS: dict[type[BaseModel], str] = {
    Exercise: "docs/exercises/polite-flamingo.md",
    Condition: "docs/creaky-tail.md",
    Library: "docs/exercises/index.md",
    Glossary: "docs/glossary.md",
    Article: "docs/about.md",
    Vocabulary: "docs/_data/vocabulary.yml",
    Sources: "docs/_data/sources.yml",
    Site: "docs/_data/site.yml",
    Words: "",
    Clinic: "",
}


def whole(model: type[BaseModel]) -> dict[str, Any]:
    """Data without a mistake."""
    path = DOCUMENTS[model]
    if model is Words:
        return {"start": "Start"}
    if model is Clinic:
        return {
            "name": "Duck & Daughters",
            "phones": [{"label": "Pond", "number": "904-555-0142"}],
            "report": "mailto:a@b.example",
        }
    read = read_page if path.endswith(".md") else read_data
    return dict(read(path, FILES[path].encode())[0].data)


def exercise(**changes: Any) -> Document:
    return Document("page.md", {**whole(Exercise), **changes})


@pytest.mark.parametrize("model", DOCUMENTS)
def test_what_is_right_has_a_value(model: type[BaseModel]) -> None:
    reading = validate(model, Document("file", whole(model)))
    assert reading.problems == []
    assert reading.value is reading.draft.partial
    assert isinstance(reading.value, model)


def test_the_values_of_an_exercise() -> None:
    value = validate(Exercise, read_page("page.md", FLAMINGO.encode())[0]).value
    assert value
    assert value.side is Side.EACH
    assert [step.role for step in value.steps] == [Role(r) for r in "start move breathe finish return switch".split()]
    assert value.equipment == [Item("nest")]
    assert (value.dose.sets, value.dose.reps, value.dose.hold, value.dose.rest) == ((2, 2), (8, 10), 2, 45)
    assert value.review == Review(
        status="reviewed", by="A. Heron", on=datetime.date(2026, 1, 2), next=datetime.date(2027, 1, 2)
    )
    assert [*value.all_images()] == [
        *(("images", role) for role in ("start", "finish", "motion", "detail")),
        ("mistakes", 0, "image"),
    ]
    assert validate(Exercise, exercise(equipment=[{"band": "ankles"}])).draft.partial.equipment == [
        Item("band", ("ankles",))
    ]
    assert validate(Exercise, exercise(title="  Bow ")).draft.partial.title == "Bow"


def test_figures() -> None:
    def dose(**figures: Any) -> Any:
        page = exercise(dose={"sets": 1, "reps": 1, "days_per_week": 1, **figures})
        return validate(Exercise, page).draft.partial.dose

    assert dose(reps=8).reps == dose(reps=[8, 8]).reps == (8, 8)
    assert dose(reps=[8, 10]).reps == (8, 10)
    for wrong in ([10, 8], [8], [8, 9, 10], [], True, [True, 8], [0, True], 8.0, [8, 9.0], "8", ["8", "9"], {}):
        assert not hasattr(dose(reps=wrong), "reps"), wrong
    assert dose(reps=None).reps is None
    assert dose(hold="2 s").hold == dose(hold="2s").hold == 2
    assert dose(time="5 min").time == dose(time="300 s").time == 300
    for wrong in ("2", 2, "2 sec", "2  s", "1:30", "-2 s", "2.5 s", "12345 s", " s", "", ["2 s"], True):
        assert not hasattr(dose(hold=wrong), "hold"), wrong


def test_a_draft_holds_what_is_right() -> None:
    """A rule that reads a field must find it whole, or not at all: never half of it."""
    wrong = {
        "title": 7,
        "aliases": ["bow", 7],
        "movements": "bowing",
        "muscles": {"primary": ["big-flapper"], "secondary": "toe-curler"},
        "steps": [{"start": "Stand."}, {"mvoe": "Bow."}],
        "mistakes": [{"wrong": "Bowing."}],
        "cautions": {"who": "If your beak is wet", "do": "wipe it"},
        "waivers": [{"rule": "dose-range"}],
        "dose": 7,
        "images": {"start": {"file": "a/b.png", "alt": 7}, "finish": "a/c.png"},
        "review": {"status": "reviewed", "next": "2027-01-02"},
    }
    draft = validate(Exercise, exercise(**wrong)).draft
    for name in ("title", "aliases", "movements", "steps", "mistakes", "cautions", "waivers", "dose"):
        assert draft.part(lambda page, name=name: getattr(page, name)) is None, name
        with pytest.raises(MissingError):
            getattr(draft.partial, name)
    assert draft.part(lambda page: page.muscles.primary) == ["big-flapper"]
    assert draft.part(lambda page: page.muscles.secondary) is None
    assert draft.part(lambda page: page.images.start.file) == "a/b.png"
    assert draft.part(lambda page: page.images.start.alt) is None
    assert draft.part(lambda page: page.images.finish) is None
    assert draft.part(lambda page: page.review.status) == "reviewed"
    assert draft.part(lambda page: page.review.on or "never") == "never"
    assert draft.part(lambda page: page.review.next) == datetime.date(2027, 1, 2)
    assert draft.part(lambda page: page.position) == "wading"
    assert [*draft.partial.all_images()] == [("images", "start")]
    with pytest.raises(AttributeError, match="postion"):
        _ = draft.partial.postion  # type: ignore[attr-defined]  # a slip of ours is no missing part


def test_a_draft_holds_what_was_left_out() -> None:
    draft = validate(Exercise, Document("page.md", {"title": "Bow"})).draft
    assert draft.part(lambda page: (page.title, page.aliases, page.evidence, page.waivers)) == ("Bow", [], [], [])
    for name in ("steps", "muscles", "cautions"):
        assert not hasattr(draft.partial, name)


@pytest.mark.parametrize("model", DOCUMENTS)
def test_of_a_blank_nothing_is_known(model: type[BaseModel]) -> None:
    assert not [name for name in model.model_fields if hasattr(blank(model).partial, name)]


def models() -> list[type[Fields]]:
    found, queue = [], [Fields]
    while queue:
        found += (below := queue.pop().__subclasses__())
        queue += below
    return [one for one in found if one.__module__.startswith("hipknee.")]


@pytest.mark.parametrize("model", models())
def test_no_key_is_unknown_and_ignored(model: type[Fields]) -> None:
    assert model.model_config["extra"] == ("allow" if model is Theme else "forbid")  # a theme has its own keys
    assert model.model_config["frozen"]


@pytest.mark.parametrize("model", [model for model in models() if model.__module__ == Exercise.__module__])
def test_every_field_says_what_it_is(model: type[Fields]) -> None:
    """For the table of fields, the JSON Schema and the hint of a problem. Steps are written as one pair."""
    for name, field in model.model_fields.items():
        assert (field.description or "").endswith((".", "`")) or model.__name__ == "Step", f"{model.__name__}.{name}"


def test_the_hint_of_a_missing_field_is_its_description() -> None:
    document = exercise(mistakes=[{"wrong": "Bowing."}])
    del document.data["feel"]  # type: ignore[attr-defined]
    hints = {problem.message: problem.hint for problem in validate(Exercise, document).problems}
    assert hints == {
        "'feel' is missing.": "Add 'feel: …'. What it says: where you should feel it.",
        "'right' is missing in 'mistakes, item 1'.": "Add 'right: …'. What it says: what to do instead.",
    }
    assert Exercise.model_fields["feel"].description == "Where you should feel it."


def test_a_missing_key_carries_the_line_of_what_should_hold_it() -> None:
    text = "---\nmuscles:\n  secondary: [a]\nimages:\n  start:\n    file: a/b.png\n---\n"
    problems = validate(Exercise, read_page("page.md", text.encode())[0]).problems
    lines = {problem.message: problem.line for problem in problems}
    assert lines["'primary' is missing in 'muscles'."] == 2
    assert lines["'alt' is missing in 'start'."] == 5
    assert lines["'title' is missing."] == 1


SAID: dict[str, tuple[type[BaseModel], dict[str, Any], str, str]] = {
    "condition: red flags": (Condition, {"red_flags": {"emergency": None}}, "key-missing", "'emergency' is empty."),
    "condition: hide": (
        Condition,
        {"hide": ["toc", "feet"]},
        "value-invalid",
        "'hide' can't be 'feet'.",
    ),
    "library: series": (
        Library,
        {"series": [{"id": "a", "title": "A", "summary": "A.", "exercises": ["a"]}]},
        "value-invalid",
        "'exercises' must have at least 2 items.",
    ),
    "library: order": (
        Library,
        {"order": ["A"]},
        "value-invalid",
        "'order, item 1' can't be 'A'. Use lowercase letters",
    ),
    "glossary": (Glossary, {"terms": [{"term": "Preen"}]}, "key-missing", "'means' is missing in 'terms, item 1'."),
    "article": (Article, {"dose": 1}, "key-unknown", "There is no key 'dose'."),
    "vocabulary: key": (
        Vocabulary,
        {"muscles": {"Wing": {"plain": "wing", "means": "W."}}},
        "value-invalid",
        "'muscles' can",
    ),
    "vocabulary: value": (Vocabulary, {"muscles": {"wing": {"plain": "wing"}}}, "key-missing", "missing in 'wing'."),
    "sources: year": (
        Sources,
        {"gull": {**whole(Sources)["gull-1902"], "year": True}},
        "value-invalid",
        "a whole number.",
    ),
    "sources: doi": (
        Sources,
        {"gull": {**whole(Sources)["gull-1902"], "doi": "x"}},
        "value-invalid",
        "'doi' can't be 'x'.",
    ),
    "sources: text": (Sources, {"gull": "Gull 1902"}, "value-invalid", "'gull' must be lines of 'key: value'."),
    "sources: checked": (
        Sources,
        {"gull": {**whole(Sources)["gull-1902"], "checked": "verifeid"}},
        "value-invalid",
        "'checked' can't be 'verifeid'. Did you mean 'verified'?",
    ),
    "site": (Site, {"stop_help": 911}, "value-invalid", "'stop_help' must be text. Put it in quotes."),
    "words": (Words, {"start": True}, "value-invalid", "'start' must be text. Put it in quotes."),
    "key": (Exercise, {"[key]": 1}, "key-unknown", "There is no key '[key]'."),
    "key in helps": (Exercise, {"helps": {"[key]": "Yes."}}, "value-invalid", "'helps' can't be '[key]'."),
    "long": (Exercise, {"side": "each " * 50}, "value-invalid", f"'side' can't be '{('each ' * 50)[:60]}…'."),
}


@pytest.mark.parametrize("name", SAID)
def test_what_is_said(name: str) -> None:
    model, changes, rule, said = SAID[name]
    reading = validate(model, Document("file", {**whole(model), **changes}))
    assert reading.value is None
    found = [(p.rule, f"{p.message} {p.hint}") for p in reading.problems]
    assert any(one == rule and said in text for one, text in found), found


def patterns(model: type[BaseModel]) -> set[str]:
    """Every pattern in the schema of a model, wherever in it."""
    return {*re.findall(r'"pattern": ("(?:[^"\\\\]|\\\\.)*")', json.dumps(model.model_json_schema()))}


@pytest.mark.parametrize("model", [*DOCUMENTS, Keys])
def test_every_pattern_has_words(model: type[BaseModel]) -> None:
    own = {r"^\d{1,4} ?(s|min)$"}  # says itself what is wrong
    assert {json.loads(pattern) for pattern in patterns(model)} - own <= {*validation._PATTERNS}


def test_what_cannot_be_seen_is_named() -> None:
    """In a value or a key; the rule is as ever."""
    said: list[tuple[str, Any, str]] = [
        ("side", "each\u00a0", "'each ' ends with a no-break space (U+00A0), which can't be seen."),
        ("position", "side\u2011lying", "'side-lying' contains a no-break hyphen (U+2011), which only looks like '-'."),
        ("movements", ["wing\u200b"], "'wing' ends with a zero-width space (U+200B), which can't be seen."),
        ("helps", {"kn\u00adee": "Yes."}, "The key 'knee' contains a soft hyphen (U+00AD), which can't be seen."),
        ("title", "Bo\u00adw", "'title' contains a soft hyphen (U+00AD), which can't be seen."),
        ("aliases", ["bo\u200bw"], "'aliases, item 1' contains a zero-width space (U+200B), which can't be seen."),
        ("steps", [{"move\u200b": "Bow."}], "'move' ends with a zero-width space (U+200B), which can't be seen."),
    ]
    for name, value, message in said:
        (problem,) = validate(Exercise, exercise(**{name: value})).problems
        assert (problem.message, problem.rule) == (message, "value-invalid")
    (problem,) = validate(Exercise, exercise(**{"mood\u200b": "calm"})).problems
    assert str(problem) == (
        "page.md:1: [key-unknown] The key 'mood' ends with a zero-width space (U+200B), which can't be seen. "
        "Delete it, or type the word again."
    )


def test_a_list_with_another_dash() -> None:
    for value in ("\u2013 bow", {"\u2013bow": "deep"}, {"\u2022 bow": "deep"}):
        (problem,) = validate(Exercise, exercise(aliases=value)).problems
        assert problem.message.startswith("'aliases' must be a list, but its items begin with a ")
        assert problem.hint == "Begin every item with '- '."


def test_days_are_days() -> None:
    for right in (datetime.date(2026, 1, 2), "2026-01-02"):
        assert validate(Exercise, exercise(updated=right)).draft.partial.updated == datetime.date(2026, 1, 2)
    for wrong in (
        0,
        86400,
        20260102,
        2026.5,
        True,
        "0",
        "20260102",
        "2026-1-2",
        "2 Jan 2026",
        [2026, 1, 2],
    ):
        (problem,) = validate(Exercise, exercise(updated=wrong)).problems
        assert problem.message == "'updated' must be a date, such as 2026-11-22."
    (problem,) = validate(Exercise, exercise(updated="2026-02-30")).problems
    assert problem.message == "'updated' is 2026-02-30, a day that is not in the calendar."


def test_the_schema_can_be_given_to_an_editor() -> None:
    schema = json.loads(json.dumps(Exercise.model_json_schema()))
    assert schema["additionalProperties"] is False
    assert {*schema["required"]} == {name for name, field in Exercise.model_fields.items() if field.is_required()}
    assert {*schema["$defs"]["Step"]["properties"]} == {*Role}
    assert schema["$defs"]["Step"]["additionalProperties"] is False
    assert schema["properties"]["updated"]["format"] == "date"


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9) | st.dates() | st.datetimes()
NAMES = st.sampled_from(sorted({name for model in models() for name in model.model_fields} | {*Role}))
ANYTHING = st.recursive(
    SCALARS | NAMES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES | st.text(max_size=9), inner, max_size=3),
    max_leaves=8,
)


def hold(model: type[BaseModel], data: dict[str, Any]) -> None:
    reading = validate(model, Document("file", data))
    assert (reading.value is None) is bool(reading.problems)
    assert isinstance(reading.draft.partial, model)
    for problem in reading.problems:
        assert problem.rule in {*Rule}
        assert (problem.path, problem.line) == ("file", 1)
        assert "is not what belongs here" not in problem.message, "pydantic's own words are not an author's"
        assert problem.message.endswith((".", "?"))


@effort(max_examples=25, deadline=None)
@pytest.mark.parametrize("model", DOCUMENTS)
@given(data=st.dictionaries(NAMES | st.text(max_size=9), ANYTHING, max_size=6))
def test_nothing_makes_it_raise(model: type[BaseModel], data: dict[str, Any]) -> None:
    hold(model, data)


@effort(max_examples=40, deadline=None)
@pytest.mark.parametrize("model", DOCUMENTS)
@given(choose=st.data())
def test_nothing_in_a_place_of_a_right_document_makes_it_raise(model: type[BaseModel], choose: st.DataObject) -> None:
    data = copy.deepcopy(whole(model))
    parent: Any = data
    while True:
        key = choose.draw(st.sampled_from([*parent] if isinstance(parent, dict) else range(len(parent))))
        inside = parent[key]
        if not isinstance(inside, dict | list) or not inside or choose.draw(st.booleans()):
            break
        parent = inside
    parent[key] = choose.draw(ANYTHING)
    hold(model, data)


class Angles(Fields):
    """As a pose table has them: keys of which there are only a few."""

    angles: dict[Literal["left hip", "right hip"], int]


def test_a_key_of_only_a_few() -> None:
    document = Document("pose.yml", {"angles": {"left hipp": 3}}, {("angles",): 1, ("angles", "left hipp"): 2})
    (problem,) = validate(Angles, document).problems
    assert str(problem) == "pose.yml:2: [key-unknown] There is no key 'left hipp'. Did you mean 'left hip'?"
