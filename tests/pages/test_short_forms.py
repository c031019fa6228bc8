"""The dose in sentences, the pain rule in one line and the state of review, all made from the data."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hipknee.content.data_files import Vocabulary
from hipknee.content.model import Exercise, Review
from hipknee.pages.presented import pain_line, presented, review_line, review_short
from hipknee.wording import Say
from projects import words
from test_presented import MARKED, VOCABULARY

SAY = Say(words())
MEANS = "A time is the move done once. A set is all the times in a row."


@pytest.mark.parametrize(
    ("dose", "side", "sentences"),
    [
        (
            {"sets": 2, "reps": [8, 10], "days_per_week": 3},
            "each",
            ("2 sets of 8 to 10 times on each side, 3 days a week.",),
        ),
        (
            {"sets": 2, "reps": [8, 10], "rest": "1 min", "days_per_week": 3},
            "both-together",
            ("2 sets of 8 to 10 times, 3 days a week.", "Rest 1 minute between sets."),
        ),
        ({"sets": 1, "reps": 1, "days_per_week": 1}, "alternate", ("1 set of 1 time, 1 day a week.",)),
        (
            {"sets": [1, 2], "time": "30 s", "days_per_week": [5, 7], "times_per_day": [1, 2]},
            "each",
            ("1 to 2 sets of 30 seconds on each side, 5 to 7 days a week, 1 to 2 times a day.",),
        ),
        (
            {"sets": 3, "reps": 5, "hold": "5 s", "tempo": "3-1-3", "days_per_week": 2, "times_per_day": 1},
            "both-together",
            (
                "3 sets of 5 times, 2 days a week, once a day.",
                "Hold each for 5 seconds.",
                "Seconds up, still, down: 3-1-3.",
            ),
        ),
    ],
)
def test_the_dose(dose: dict[str, Any], side: str, sentences: tuple[str, ...]) -> None:
    vocabulary = Vocabulary.model_validate(
        VOCABULARY | {"positions": {"position-a": {"name": "x", "reps": "times", "rep": "time"}}}
    )
    exercise = Exercise.model_validate(MARKED | {"dose": dose, "side": side})
    ready = presented("x", exercise, vocabulary=vocabulary, conditions={}, say=SAY)
    assert ready.amount == sentences
    assert ready.amount_means == (MEANS if "reps" in dose else "")


def test_where_nobody_has_named_one_repetition() -> None:
    exercise = Exercise.model_validate(MARKED | {"dose": {"sets": 1, "reps": 1, "days_per_week": 2}})
    ready = presented("x", exercise, vocabulary=Vocabulary.model_validate(VOCABULARY), conditions={}, say=SAY)
    assert ready.amount == ("1 set of 1 times on each side, 2 days a week.",)
    assert ready.amount_means == "A set is all the times in a row."


@pytest.mark.parametrize(
    ("rules", "line"),
    [
        (
            ["0 to 3 out of 10: a mild ache is fine. Go on.", "4 or 5: do less.", "Above 5, or sharp: stop.", "Rest."],
            "0 to 3 out of 10: go on. 4 or 5: do less. Above 5, or sharp: stop.",
        ),
        (["Green: swim! Then dive."], "Green: then dive."),
        (["A hot handle is not fine.", "Let it cool."], "A hot handle is not fine."),
        ([], ""),
    ],
)
def test_the_pain_line(rules: list[str], line: str) -> None:
    assert pain_line(rules) == line


def test_the_state_of_review_in_a_line() -> None:
    """Its day is in words, as everywhere."""
    waits = Review.model_validate({"status": "awaiting"})
    done = Review.model_validate(
        {"status": "reviewed", "by": "Earl Grey", "on": datetime.date(2026, 1, 2), "next": datetime.date(2027, 3, 4)}
    )
    assert review_short(waits, SAY) == "Awaiting clinical review."
    assert review_short(done, SAY) == "Reviewed by Earl Grey on January 2, 2026."
    assert review_line(done, SAY) == "Reviewed by Earl Grey on January 2, 2026. Next review: March 4, 2027."
