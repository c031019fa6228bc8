"""Doses and programmes in words."""

from __future__ import annotations

import datetime

import programmes
import pytest
from hipknee.content.catalogue import words_of
from hipknee.programme.code import Item, Programme
from hipknee.programme.doses import dose, programme
from hipknee.wording import Say
from projects import LANGUAGE, ROOT

SITE = programmes.repertoire()
SAY = Say(words_of(ROOT, LANGUAGE))
IN_WORDS = {
    Item("CLA", 2, (8, 10)): "2 sets of 8 to 10 reps on each side.",
    Item("CLA", 1, (1, 1)): "1 set of 1 rep on each side.",
    Item("CLA", 1, (1, 2)): "1 set of 1 to 2 reps on each side.",
    Item("CLA", 2, (8, 8), side="L"): "2 sets of 8 reps, left side only.",
    Item("CLA", 2, (8, 8), side="R"): "2 sets of 8 reps, right side only.",
    Item("SLR", 3, (12, 12)): "3 sets of 12 reps each way.",
    Item("BRI", 3, (8, 8)): "3 sets of 8 reps.",
    Item("LBW", 2, (10, 10), band=1): "2 sets of 10 reps. With a light band.",
    Item("LBW", 2, (10, 10), band=0): "2 sets of 10 reps. Without a band.",
    Item("XXX", 2, (10, 10), band=2): "2 sets of 10 reps. With a medium band.",
    Item("XXX", 2, (10, 10), band=3): "2 sets of 10 reps. With a heavy band.",
    Item("BRI", 1, time=1): "1 set of 1 second.",
    Item("BRI", 2, time=30): "2 sets of 30 seconds.",
    Item("BRI", 2, time=60): "2 sets of 1 minute.",
    Item("BRI", 2, time=90): "2 sets of 90 seconds.",
    Item("CLA", 2, time=300): "2 sets of 5 minutes on each side.",
    Item("BRI", 2, (8, 8), hold=5, rest=60): "2 sets of 8 reps. Hold each for 5 seconds. Rest 1 minute between sets.",
    Item("BRI", 2, (8, 8), days=3): "2 sets of 8 reps. 3 days a week.",
    Item("BRI", 2, (8, 8), days=1): "2 sets of 8 reps. 1 day a week.",
    Item("BRI", 2, (8, 8), times=2): "2 sets of 8 reps. 2 times a day.",
    Item("BRI", 2, (8, 8), days=7, times=1): "2 sets of 8 reps. 7 days a week, once a day.",
    Item("BRI", 2, (8, 8), notes=("00", "17")): "2 sets of 8 reps. Hold a reed. Not today.",
    Item("BHA", 2, (8, 10), None, 3, 45, 3, 2, "L", 1, ("01",)): "2 sets of 8 to 10 reps, left side only. "
    "Hold each for 3 seconds. Rest 45 seconds between sets. 3 days a week, 2 times a day. With a light band. Slowly.",
}


@pytest.mark.parametrize("item", IN_WORDS, ids=lambda item: IN_WORDS[item])
def test_a_dose_in_words(item: Item) -> None:
    assert " ".join(dose(item, SITE, SAY)) == IN_WORDS[item]


def test_a_programme_in_words() -> None:
    items = (Item("CLA", 2, (8, 10), side="L"), Item("CLA", 3, (8, 10), side="R"), Item("BRI", 1, time=30))
    assert programme(Programme(datetime.date(2026, 11, 27), items), SITE, SAY).text() == (
        "Your exercises, November 27, 2026\n"
        "1. Clam: 2 sets of 8 to 10 reps, left side only.\n"
        "2. Clam: 3 sets of 8 to 10 reps, right side only.\n"
        "3. Bridge: 1 set of 30 seconds."
    )


def test_no_word_is_english_by_itself() -> None:
    """Of a language that says nothing, the names of the words are what is left."""
    texts = {" ".join(dose(item, SITE, Say({}))) for item in IN_WORDS}
    known = {*SITE.notes.values()}
    rest = {word for text in texts for sentence in known for word in text.replace(sentence, "").split()}
    assert {word for word in rest if "_" not in word} <= {word for sentence in known for word in sentence.split()}
