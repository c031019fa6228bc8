"""Codes on a site: what it has, what is gone, what is too much, and how each is told."""

from __future__ import annotations

import json
import random
import re
from typing import Any

import birds
import programmes
import pytest
from hipknee.content import catalogue
from hipknee.content.model import CEILINGS
from hipknee.programme import code
from hipknee.programme.code import RefusedError, parse, write
from hipknee.programme.reading import read
from hipknee.programme.reasons import reason
from hipknee.programme.repertoire import Repertoire
from hipknee.programme.value import ValueRefusedError, as_value, code_of_json
from programmes import sealed

VECTORS: dict[str, Any] = json.loads(programmes.FILE.read_text("utf-8"))
SITE = programmes.repertoire()
GOOD = sealed("1-000-CLA2X8")


def refusal(text: str) -> tuple[str, int] | None:
    try:
        read(text, SITE)
    except RefusedError as error:
        return error.refusal
    return None


def test_each_text_is_its_programme() -> None:
    for each in VECTORS["programmes"]:
        programme = read(each["text"], SITE)
        assert as_value(programme, SITE) == each["value"]
        assert code_of_json(json.dumps(each["value"]), SITE) == each["text"]


def test_what_is_refused() -> None:
    wrong = {
        case["text"]: (refusal(case["text"]), case)
        for case in VECTORS["refused"]
        if refusal(case["text"]) != (case["refused"], case["at"])
    }
    assert wrong == {}


def test_every_refusal_is_said_in_a_sentence() -> None:
    for case in VECTORS["refused"]:
        text = reason(case["text"], code.Refusal(case["refused"], case["at"]), SITE)
        assert re.fullmatch(r"[A-Z'](?:.|\n)*[.?]", text), text


REASONS = {
    "": "There is no code.",
    "1" * 201: "This is not a code: it has more than 200 characters.",
    "1-000-CLA2X8!-00": "This is not a code of a programme: at character 13, '!-00' can't follow. "
    "Compare it with the sheet, letter by letter.",
    sealed("1-000-CLA2X8-CLM2X8"): "This is not a code of a programme: at character 14, 'CLM2X8",
    "2-000-CLA2X8-00": "The code begins with '2', and this site reads those that begin with '1'.",
    "1-000-CLA2X8-00": "The code does not fit its last characters, '00': one is wrong, missing or exchanged.",
    "1-000-CLA2X8-": "The code is not complete: the two characters at its end are missing.",
    sealed("1-000-QQQ1X1"): "No exercise of this site has the code 'QQQ'. Has it come from another clinic's site?",
    sealed("1-000-BRK1X1"): "The exercise with the code 'BRK' is in docs/exercises/broken.md, which has a mistake. "
    "Run 'make check' and mend it.",
    sealed("1-000-OLD1X1"): "The exercise with the code 'OLD' is gone. Nobody has seen it for a while. "
    "Instead of it there is Clam (CLA).",
    sealed("1-000-LST1X1"): "The exercise with the code 'LST' is gone. It was lost.",
    sealed("1-000-CLA11X1"): "Clam has 11 sets, and 10 are the most.",
    sealed("1-000-CLA1X1.60"): "Clam has 60 reps, and 50 are the most.",
    sealed("1-000-CLA1X61M"): "Clam has 3660 seconds for each set, and 3600 are the most.",
    sealed("1-000-CLA1X1H301"): "Clam has 301 seconds of holding, and 300 are the most.",
    sealed("1-000-CLA1X1R601"): "Clam has 601 seconds of rest, and 600 are the most.",
    sealed("1-000-CLA1X1D8"): "Clam has 8 days a week, and 7 are the most.",
    sealed("1-000-CLA1X1T11"): "Clam has 11 times a day, and 10 are the most.",
    sealed("1-000-CLA1X30SH2"): "Clam has a time for each set, so that nothing can be held.",
    sealed("1-000-BRI1X1EL"): "Bridge can't be trained on one side only.",
    sealed("1-000-BRI1X1B1"): "Bridge has no band.",
    sealed("1-000-BRI1X1N02"): "There is no note 02 on this site. Has the code come from another clinic's site?",
}


@pytest.mark.parametrize("text", REASONS)
def test_how_a_refusal_is_said(text: str) -> None:
    with pytest.raises(RefusedError) as error:
        read(text, SITE)
    assert reason(text, error.value.refusal, SITE).startswith(REASONS[text])


def test_an_old_code_is_read_as_the_one_of_today() -> None:
    old, new = read(sealed("1-000-CLM2X8EL-CLA3X8ER"), SITE), read(sealed("1-000-CLA2X8EL-CLA3X8ER"), SITE)
    assert old == new
    assert write(old) == sealed("1-000-CLA2X8EL-CLA3X8ER")


def test_one_of_each_is_never_too_much() -> None:
    """Whatever a site narrows."""
    narrow = {member.code: member for member in SITE.members.values()}
    assert all(most >= 1 for member in narrow.values() for most in member.most.values())
    for member in narrow:
        assert refusal(sealed(f"1-000-{member}1X1D1")) is None


VALUE: dict[str, Any] = {"day": "2026-11-27", "items": [{"code": "CLA", "sets": 2, "reps": [8, 10]}]}


def changed(**keys: Any) -> str:
    """The value with others in its exercise; a key that is ... is left out."""
    item = {key: value for key, value in {**VALUE["items"][0], **keys}.items() if value is not ...}
    return json.dumps({**VALUE, "items": [item]})


WRITTEN_AS = {
    json.dumps(VALUE): "1-096-CLA2X8.10",
    json.dumps({**VALUE, "language": None}): "1-096-CLA2X8.10",
    json.dumps({**VALUE, "language": "en"}): "1-096-CLA2X8.10",
    json.dumps({**VALUE, "language": "es"}): "1ES-096-CLA2X8.10",
    changed(slug="anything", hold_s=None, notes=[]): "1-096-CLA2X8.10",
    changed(slug=["not", "read"]): "1-096-CLA2X8.10",
    changed(code="CLM"): "1-096-CLA2X8.10",
    changed(reps=[8, 8]): "1-096-CLA2X8",
    changed(reps=None, time_s=59): "1-096-CLA2X59S",
    changed(reps=..., time_s=60): "1-096-CLA2X1M",
    changed(reps=..., time_s=3600): "1-096-CLA2X60M",
    changed(hold_s=2, rest_s=45, days_per_week=3, times_per_day=1): "1-096-CLA2X8.10H2R45D3T1",
    changed(code="BHA", side="R", band=0, notes=["01", "17"]): "1-096-BHA2X8.10ERB0N01N17",
}
REFUSED_VALUES = {
    "[": "This is not JSON. Line 1, column 2.",
    "[" * 100_000: "This is not JSON.",
    "NaN": "The programme must be a mapping.",
    "[]": "The programme must be a mapping.",
    '{"day": "2026-11-27", "day": "2026-11-27", "items": []}': "'day' is there twice.",
    json.dumps({**VALUE, "name": "Ann"}): "There is no key 'name' in the programme.",
    json.dumps({"items": VALUE["items"]}): "'day' must be a day from 2026-01-01 to 2153-09-27, such as \"2026-11-27\".",
    json.dumps({**VALUE, "day": "2025-12-31"}): "'day' must be a day from 2026-01-01 to",
    json.dumps({**VALUE, "day": "2026-02-30"}): "'day' must be a day from 2026-01-01 to",
    json.dumps({**VALUE, "day": "2026-W05-1"}): "'day' must be a day from 2026-01-01 to",
    json.dumps({**VALUE, "day": "9999-01-01"}): "'day' must be a day from 2026-01-01 to 2153-09-27,",
    json.dumps({**VALUE, "language": "ES"}): "'language' must be two small letters",
    json.dumps({**VALUE, "language": 1}): "'language' must be two small letters",
    json.dumps({"day": "2026-11-27"}): "'items' must be a list of exercises.",
    json.dumps({**VALUE, "items": {}}): "'items' must be a list of exercises.",
    json.dumps(
        {**VALUE, "items": []}
    ): "This programme has no code: it has 0 exercises, and from 1 to 8 can be in one.",
    json.dumps({**VALUE, "items": VALUE["items"] * 2}): "Exercise 2 is there already: each is there once, or",
    json.dumps({**VALUE, "items": [1]}): "Exercise 1 must be a mapping.",
    changed(colour="red"): "There is no key 'colour' in exercise 1.",
    changed(code=...): "'code' of exercise 1 is missing.",
    changed(code="cla"): "'code' of exercise 1 must be three capital letters, such as \"CLA\".",
    changed(code=7): "'code' of exercise 1 must be three capital letters",
    changed(sets=...): "'sets' of exercise 1 is missing.",
    changed(sets=0): "'sets' of exercise 1 must be a whole number from 1 to 999.",
    changed(sets=True): "'sets' of exercise 1 must be a whole number",
    changed(sets=2.0): "'sets' of exercise 1 must be a whole number",
    changed(sets="2"): "'sets' of exercise 1 must be a whole number",
    changed(reps=8): "'reps' of exercise 1 must be two whole numbers from low to high, such as [8, 10], or [8, 8].",
    changed(reps=[10, 8]): "'reps' of exercise 1 must be two whole numbers",
    changed(reps=[8, 9, 10]): "'reps' of exercise 1 must be two whole numbers",
    changed(reps=...): "Exercise 1 must have either 'reps' or 'time_s'.",
    changed(time_s=30): "Exercise 1 must have either 'reps' or 'time_s'.",
    changed(reps=..., time_s=1001): "'time_s' of exercise 1 must be from 1 to 999 seconds, or whole minutes.",
    changed(side="B"): '\'side\' of exercise 1 must be "L" or "R".',
    changed(side=["L"]): '\'side\' of exercise 1 must be "L" or "R".',
    changed(band=4): "'band' of exercise 1 must be 0, 1, 2 or 3.",
    changed(band=True): "'band' of exercise 1 must be 0, 1, 2 or 3.",
    changed(notes="01"): "'notes' of exercise 1 must be at most three pairs of digits in rising order",
    changed(notes=["1"]): "'notes' of exercise 1 must be at most three pairs",
    changed(notes=["01", "01"]): "'notes' of exercise 1 must be at most three pairs",
    changed(notes=[1]): "'notes' of exercise 1 must be at most three pairs",
    changed(notes=["\u0661\u0662"]): "'notes' of exercise 1 must be at most three pairs",
    changed(notes=["00", "01", "07", "17"]): "'notes' of exercise 1 must be at most three pairs",
}


@pytest.mark.parametrize("value", WRITTEN_AS)
def test_the_code_of_a_value(value: str) -> None:
    assert code_of_json(value, SITE) == sealed(WRITTEN_AS[value])


@pytest.mark.parametrize("number", range(len(REFUSED_VALUES)))
def test_a_value_without_a_code(number: int) -> None:
    value, sentence = [*REFUSED_VALUES.items()][number]
    with pytest.raises(ValueRefusedError, match=f"^{re.escape(sentence)}"):
        code_of_json(value, SITE)


def test_a_value_that_is_too_long() -> None:
    items = [
        {"code": code, "sets": 10, "reps": [10, 50], "hold_s": 300, "rest_s": 600, "notes": ["00", "01", "07"]}
        for code in ("CLA", "SLR", "LBW", "BHA", "ZZZ", "EXE", "NNN", "XXX")
    ]
    with pytest.raises(ValueRefusedError, match=r"^This programme has no code: it would have more than 200 characters"):
        code_of_json(json.dumps({**VALUE, "items": items}), SITE)


BEYOND = {changed(sets=11): ("bounds", 9), changed(code="QQQ"): ("unknown-code", 6), changed(code="OLD"): ("gone", 6)}


@pytest.mark.parametrize("value", BEYOND)
def test_a_value_is_refused_as_its_code_would_be(value: str) -> None:
    with pytest.raises(RefusedError) as error:
        code_of_json(value, SITE)
    assert error.value.refusal == BEYOND[value]
    assert refusal(error.value.text) == BEYOND[value]


JUNK = (None, True, 0, 1, -1, 8.5, 10**30, "", "CLA", "\ud800", [], [8, 8], [None], {}, {"code": "CLA"})


@pytest.mark.parametrize("count", [2_000, pytest.param(50_000, marks=pytest.mark.acceptance)])
def test_whatever_a_value_is_it_is_written_or_refused(count: int) -> None:
    lot = random.Random(3)
    whole = VECTORS["programmes"]
    for _ in range(count):
        value = json.loads(json.dumps(lot.choice(whole)["value"]))
        around = lot.choice([value, *value["items"]])
        around[lot.choice([*around])] = lot.choice(JUNK)
        try:
            text = code_of_json(json.dumps(value), SITE)
        except (ValueRefusedError, RefusedError):
            continue
        assert write(read(text, SITE)) == text


def test_what_a_site_has(tmp_path: Any) -> None:
    pond = birds.write(tmp_path / "pond")
    site = Repertoire.of(catalogue.load(pond))
    assert {code: site.members[code].slug for code in site.members} == {
        "FLA": "polite-flamingo",
        "BOW": "polite-flamingo",
        "OWL": "startled-owl",
        "PEN": "waddling-penguin",
    }
    flamingo, penguin = site.members["BOW"], site.members["PEN"]
    assert (flamingo.code, flamingo.title, flamingo.has_band, dict(flamingo.most)) == (
        *("FLA", "Polite flamingo", False),
        CEILINGS,
    )
    assert (penguin.has_band, penguin.reps, penguin.each) == (True, "steps", "way")
    assert site.gone["DOD"].successor == "PEN"
    assert site.notes == {"01": "Hold a reed.", "07": "Look at the moon."}


def test_a_page_with_a_mistake_is_no_exercise(tmp_path: Any) -> None:
    pond = birds.write(tmp_path / "pond")
    page = pond / birds.PAGE
    page.write_text(page.read_text("utf-8").replace("position: wading\n", ""), "utf-8")
    site = Repertoire.of(catalogue.load(pond))
    assert [*site.members] == ["OWL", "PEN"]
    assert site.broken == {"FLA": birds.PAGE, "BOW": birds.PAGE}


def test_a_site_narrows_the_bounds(tmp_path: Any) -> None:
    pond = birds.write(tmp_path / "pond")
    rules, page = pond / "docs/_data/site.yml", pond / birds.PAGE
    rules.write_text(f"{rules.read_text('utf-8')}bounds: {{sets: 4, hold: 10 s}}\n", "utf-8")
    page.write_text(page.read_text("utf-8").replace("code: FLA", "bounds: {hold: 5 s, reps: 12}\ncode: FLA"), "utf-8")
    site = Repertoire.of(catalogue.load(pond))
    assert dict(site.members["FLA"].most) == {**CEILINGS, "sets": 4, "hold": 5, "reps": 12}
    assert dict(site.members["OWL"].most) == {**CEILINGS, "sets": 4, "hold": 10}


def test_a_programme_is_the_same_by_each_way() -> None:
    """To the grammar and on a site."""
    for each in VECTORS["programmes"]:
        assert read(each["text"], SITE) == parse(each["text"]).programme
