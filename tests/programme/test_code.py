"""The code of a programme: each has one text, each text one programme or a reason, and no slip goes unseen."""

from __future__ import annotations

import datetime
import json
import random
import time
from typing import Any, get_args

import programmes
import pytest
from hipknee.programme import code
from hipknee.programme.code import Item, Programme, RefusedError, as_read, check, parse, write

VECTORS: dict[str, Any] = json.loads(programmes.FILE.read_text("utf-8"))
VALID = [*VECTORS["programmes"], *VECTORS["parsed"]]
TEXTS = [each["text"] for each in VALID]
DAY = datetime.date(2026, 11, 27)
CLAMSHELL = Item("CLA", 2, (8, 10))


def refusal(text: str) -> tuple[str, int] | None:
    try:
        parse(text)
    except RefusedError as error:
        return error.refusal
    return None


def test_the_file_is_what_the_generator_makes() -> None:
    assert programmes.as_file(programmes.every()) == programmes.FILE.read_text("utf-8")
    assert len({each["text"] for each in VECTORS["programmes"]}) == len(VECTORS["programmes"]) >= 200
    assert {each["refused"] for each in VECTORS["refused"]} == {*get_args(code.Kind)}


def test_each_text_is_its_programme() -> None:
    for each in VALID:
        programme = parse(each["text"]).programme
        assert programmes.value(programme) == each["value"]
        assert write(programme) == each["text"]
        assert len(each["text"]) <= code.LONGEST


def test_a_known_code() -> None:
    """Written out by hand from the grammar."""
    text = "1-096-CLA2X8.10D3EL-BRI3X1MR45B1N01N17"
    worth = 0
    for character in text:
        worth = 38 * worth + programmes.LETTERS.index(character)
    high, low = divmod(worth % 1021, 32)
    assert check(text) == programmes.LETTERS[high] + programmes.LETTERS[low]
    assert parse(f"{text}-{check(text)}").programme == Programme(
        datetime.date(2026, 11, 27),
        (
            Item("CLA", 2, (8, 10), days=3, side="L"),
            Item("BRI", 3, time=60, rest=45, band=1, notes=("01", "17")),
        ),
    )


AS_READ = {
    "1-000-cla3x8": "1-000-CLA3X8",
    " 1 -\t000\r\n-\u00a0CLA\u20033X8\u3000": "1-000-CLA3X8",
    "1\u2010000\u2011CLA\u20123X8\u2013A\u2014B\u2015C": "1-000-CLA-3X8-A-B-C",
    "\u0131\u017f\u212a\uff21": "\u0131\u017f\u212a\uff21",  # dotless i, long s, the Kelvin sign, a wide A
    "\u2212\ufe58\u200b\ufeff\x1f": "\u2212\ufe58\u200b\ufeff\x1f",
    "\x1c\x1d\x1e": "\x1c\x1d\x1e",  # blanks to Python, and to nobody else
}


@pytest.mark.parametrize("text", AS_READ)
def test_how_a_text_is_read(text: str) -> None:
    assert as_read(text) == AS_READ[text]


def test_what_a_word_processor_does_to_a_code_is_nothing() -> None:
    for text in TEXTS:
        assert parse(f" {text.lower().replace('-', chr(0x2013))}\n").programme == parse(text).programme


ALL = pytest.param(1, marks=pytest.mark.acceptance)
"""Every text takes a minute; one of eight is tried each time."""


@pytest.mark.parametrize("every", [8, ALL])
def test_a_wrong_character_is_seen(every: int) -> None:
    for text in TEXTS[::every]:
        for at, right in enumerate(text):
            for wrong in programmes.LETTERS:
                if wrong != right:
                    assert refusal(text[:at] + wrong + text[at + 1 :]), (text, at, wrong)


def test_neighbors_that_are_exchanged_are_seen() -> None:
    for text in TEXTS:
        for at in range(len(text) - 1):
            if text[at] != text[at + 1]:
                assert refusal(text[:at] + text[at + 1] + text[at] + text[at + 2 :]), (text, at)


@pytest.mark.parametrize("every", [8, ALL])
def test_a_character_too_few_or_too_many_is_seen(every: int) -> None:
    unseen = count = 0
    for text in TEXTS[::every]:
        for at in range(len(text)):
            changed = [text[:at] + text[at + 1 :], *(text[:at] + one + text[at:] for one in programmes.LETTERS)]
            count += len(changed)
            unseen += sum(refusal(each) is None for each in changed if each != text)
    assert unseen / count < 0.001, (unseen, count)


WITHOUT_TEXT = {
    "before the first day": Programme(datetime.date(2025, 12, 31), (CLAMSHELL,)),
    "after the last day": Programme(datetime.date(2026, 1, 1) + datetime.timedelta(36**3), (CLAMSHELL,)),
    "no exercise": Programme(DAY, ()),
    "too many": Programme(DAY, tuple(CLAMSHELL._replace(code=f"AA{letter}") for letter in "ABCDEFGHI")),
    "English": Programme(DAY, (CLAMSHELL,), "EN"),
    "small letters": Programme(DAY, (CLAMSHELL,), "es"),
    "another code": Programme(DAY, (CLAMSHELL._replace(code="CLÄ"),)),
    "no work": Programme(DAY, (CLAMSHELL._replace(reps=None),)),
    "work of two kinds": Programme(DAY, (CLAMSHELL._replace(time=30),)),
    "a range that falls": Programme(DAY, (CLAMSHELL._replace(reps=(10, 8)),)),
    "no sets": Programme(DAY, (CLAMSHELL._replace(sets=0),)),
    "too large a number": Programme(DAY, (CLAMSHELL._replace(hold=1000),)),
    "a time between": Programme(DAY, (CLAMSHELL._replace(reps=None, time=1001),)),
    "a side that is none": Programme(DAY, (CLAMSHELL._replace(side="B"),)),  # type: ignore[arg-type]
    "a band that is none": Programme(DAY, (CLAMSHELL._replace(band=4),)),
    "notes that fall": Programme(DAY, (CLAMSHELL._replace(notes=("02", "01")),)),
    "a note of one digit": Programme(DAY, (CLAMSHELL._replace(notes=("1",)),)),
    "twice": Programme(DAY, (CLAMSHELL, CLAMSHELL)),
}


@pytest.mark.parametrize("case", WITHOUT_TEXT)
def test_a_value_without_a_text(case: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        write(WITHOUT_TEXT[case])


@pytest.mark.parametrize("count", [5_000, pytest.param(100_000, marks=pytest.mark.acceptance)])
def test_whatever_is_typed_is_read_or_refused(count: int) -> None:
    lot = random.Random(5)
    spent = 0.0
    for _ in range(count):
        text = programmes.damaged(lot, TEXTS)
        begun = time.process_time()
        refused, programme = None, None
        try:
            programme = parse(text).programme
        except RefusedError as error:
            refused = error.refusal
        spent += time.process_time() - begun
        if refused:
            assert 0 <= refused.at <= len(as_read(text))
        if programme:
            assert write(programme) == as_read(text)
    assert spent / count < 0.01, "ten times what it should take"
