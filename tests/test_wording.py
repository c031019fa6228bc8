"""Words, and what the language asks of them: days, counts, and titles within a sentence."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

import pytest
from hipknee.wording import Say, Word, duration, spoken

MONTHS = "January February March April May June July August September October November December".split()
ENGLISH: Mapping[str, Word] = {
    "date": "{month} {day}, {year}",
    "months": MONTHS,
    "singular_counts": ["1"],
    "second": "{count} second",
    "seconds": "{count} seconds",
    "minute": "{count} minute",
    "minutes": "{count} minutes",
    "range": "{low} to {high}",
    "titles_in_sentences": "small",
    "capital_words": ["Achilles"],
    "plural_endings": ["s"],
    "plural_look_alikes": ["ss", "us"],
    "dated": "Updated {day}.",
}
DAY = datetime.date(2026, 11, 2)


def test_a_large_number() -> None:
    numbers = (7, 999, 1000, 1024, 12_000, 1_000_200)
    words = {"thousands": "{thousands},{rest}"}
    assert [Say(words).number(number) for number in numbers] == "7 999 1,000 1,024 12,000 1,000,200".split()
    assert Say({"thousands": "{thousands}{rest}"}).number(12_000) == "12000"


def test_a_day() -> None:
    assert Say(ENGLISH).day(DAY) == "November 2, 2026"
    assert Say({**ENGLISH, "date": "{day}. {month} {year}"}).day(DAY) == "2. November 2026"
    assert Say({**ENGLISH, "date": "{year}/{day}"}).day(DAY) == "2026/2"


def test_a_day_is_written_so_wherever_it_is_filled_in() -> None:
    assert Say(ENGLISH)("dated", day=DAY) == "Updated November 2, 2026."


def test_without_its_words_a_day_stands_as_it_is() -> None:
    assert Say({}).day(DAY) == Say({**ENGLISH, "months": MONTHS[1:]}).day(DAY) == "2026-11-02"


def test_counts() -> None:
    english, french = Say(ENGLISH), Say({**ENGLISH, "singular_counts": ["0", "1"]})
    assert [duration(english, count) for count in (0, 1, 2, 90)] == ["0 seconds", "1 second", "2 seconds", "90 seconds"]
    assert [duration(french, count) for count in (0, 1, 2)] == ["0 second", "1 second", "2 seconds"]
    assert Say({**ENGLISH, "singular_counts": []}).counted("second", "seconds", 1) == "1 seconds"


def test_ranges() -> None:
    assert (spoken(Say(ENGLISH), (8, 10)), spoken(Say(ENGLISH), (8, 8))) == ("8 to 10", "8")


TITLES = {
    "Knee pain": "knee pain",
    "Side-lying leg raise": "side-lying leg raise",
    "Runner's knee": "runner's knee",
    "Éclair": "éclair",
    "ACL injury": "ACL injury",
    "ITBs": "ITBs",
    "McConnell tape": "McConnell tape",
    "X-ray": "X-ray",
    "C": "C",
    "A bridge": "A bridge",
    "Achilles pain": "Achilles pain",
    "knee pain": "knee pain",
    "3 steps": "3 steps",
    "“Clicking” hip": "“Clicking” hip",
    "": "",
}


@pytest.mark.parametrize("title", TITLES)
def test_a_title_within_a_sentence(title: str) -> None:
    assert Say(ENGLISH).within(title) == TITLES[title]
    assert Say({**ENGLISH, "titles_in_sentences": "as-written"}).within(title) == title
    assert Say({}).within(title) == title


SINGULARS = {
    "bridges": "bridge",
    "legs": "leg",
    "abs": "abs",
    "glass": "glass",
    "gluteus": "gluteus",
    "knee": "knee",
    "s": "s",
    "": "",
}


@pytest.mark.parametrize("word", SINGULARS)
def test_plurals(word: str) -> None:
    assert Say(ENGLISH).singular(word) == SINGULARS[word]
    assert Say({}).singular(word) == word


def test_of_two_endings_the_longer_one_goes() -> None:
    spanish = Say({"plural_endings": ["s", "es"]})
    assert [*map(spanish.singular, ("rodillas", "flexores", "pies"))] == ["rodilla", "flexor", "pies"]


def test_lists() -> None:
    say = Say({"days": ["Mon", 2], "text": "a b", "empty": []})  # type: ignore[list-item]
    assert say.several("days") == ("Mon", "2")
    assert say.several("text") == say.several("empty") == say.several("nothing") == ()
    assert say("days") == "days"
