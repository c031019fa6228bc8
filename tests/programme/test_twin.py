"""The code of a programme in the page's script: it reads, refuses, writes and words what the core does."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

import programmes
import pytest
from hipknee.pages import programme_data
from hipknee.programme import doses
from hipknee.programme.code import FIRST_DAY, RefusedError, parse
from hipknee.programme.reading import read
from hipknee.wording import Say
from playwright.sync_api import Browser, Page
from projects import ASSETS, words

VECTORS: dict[str, Any] = json.loads(programmes.FILE.read_text("utf-8"))
SITE = programmes.repertoire()
SCRIPT = (ASSETS / "javascripts" / "programme-value.js").read_text("utf-8")
COUNT = 10_000

READ = """texts => texts.map(text => {
    try { return programmeValue.read(text, site); }
    catch ({ refused, at, message }) { return { refused, at, message }; }
})"""
PARSE = """texts => texts.map(text => {
    try { return programmeValue.parse(text).programme; }
    catch ({ refused, at, message }) { return { refused, at, message }; }
})"""


@pytest.fixture(scope="module")
def twin(browser: Browser) -> Iterator[Page]:
    """A page with the script and the tables of the library of the vectors."""
    was = {exercise["code"]: exercise["was_codes"] for exercise in VECTORS["library"]["exercises"]}
    rows = [programme_data.of_member(SITE.members[code], was[code]) for code in was]
    entries = [programme_data.Entry(row=row, detail="") for row in rows]
    tables, _ = programme_data.tables(entries, SITE.gone.values(), SITE.notes, words())
    page = browser.new_page()
    for script in (SCRIPT, tables, "const site = programmeValue.repertoire(programmeData);"):
        page.add_script_tag(content=script)
    yield page
    page.close()


def as_core(programme: Any) -> dict[str, Any]:
    """A value of the core in the form of the script."""
    items = [{**item._asdict(), "reps": item.reps and [*item.reps], "notes": [*item.notes]} for item in programme.items]
    return {"day": (programme.day - FIRST_DAY).days, "items": items, "language": programme.language}


def expected(text: str, how: Any) -> dict[str, Any]:
    try:
        return as_core(how(text))
    except RefusedError as error:
        return {**error.refusal._asdict(), "message": f"{error.refusal.refused} at {error.refusal.at}"}


def test_it_reads_and_refuses_what_the_core_does(twin: Page) -> None:
    texts = [case["text"] for name in ("programmes", "parsed", "refused") for case in VECTORS[name]]
    answers = zip(texts, twin.evaluate(READ, texts), strict=True)
    assert [(text, told) for text, told in answers if told != expected(text, lambda one: read(one, SITE))] == []


def test_the_grammar_is_the_same(twin: Page) -> None:
    texts = [case["text"] for case in VECTORS["parsed"]]
    answers = zip(texts, twin.evaluate(PARSE, texts), strict=True)
    assert [(text, told) for text, told in answers if told != expected(text, lambda one: parse(one).programme)] == []


def test_it_writes_the_one_text(twin: Page) -> None:
    texts = [case["text"] for name in ("programmes", "parsed") for case in VECTORS[name]]
    write = "texts => texts.map(text => programmeValue.write(programmeValue.parse(text).programme))"
    assert twin.evaluate(write, texts) == texts


def test_damaged_texts_are_refused_alike(twin: Page) -> None:
    lot = random.Random(22)
    texts = [case["text"] for case in VECTORS["programmes"]]
    tries = [programmes.damaged(lot, texts) for _ in range(COUNT)]
    answers = zip(tries, twin.evaluate(READ, tries), strict=True)
    assert [(text, told) for text, told in answers if told != expected(text, lambda one: read(one, SITE))] == []


def test_doses_are_worded_alike(twin: Page) -> None:
    texts = [case["text"] for case in VECTORS["programmes"]]
    word = """texts => { const say = programmeValue.sayer(programmeData.words); return texts.map(text => {
        const { day, items } = programmeValue.read(text, site);
        const worded = items.map(item => programmeValue.dose(item, site, say));
        return [say("programme_heading", { day: say.day(day) }), ...worded];
    }); }"""
    say = Say(words())
    worded = [doses.programme(read(text, SITE), SITE, say) for text in texts]
    assert twin.evaluate(word, texts) == [
        [each.heading, *([*item.sentences] for item in each.items)] for each in worded
    ]


def test_what_is_beyond_a_ceiling_is_known_part_by_part(twin: Page) -> None:
    """The page shows such an exercise without any number."""
    text = programmes.sealed("1-000-CLA99X8-BRI2X8")
    beyond = """text => programmeValue.known(text, site).programme.items.map(
        item => programmeValue.beyond(item, site.members.get(item.code)))"""
    assert twin.evaluate(beyond, text) == [["sets"], []]
