"""Ready-made programmes: the code of a phase."""

from __future__ import annotations

import datetime
from typing import Any

import programmes
import pytest
from hipknee.content.model import Phase
from hipknee.programme.reading import read
from hipknee.programme.ready import choices, code, shared_days
from hipknee.programme.value import as_value

SITE = programmes.repertoire()
DAY = datetime.date(2026, 11, 27)
CODES: dict[str, tuple[list[dict[str, Any]], str | None]] = {
    "one exercise": ([{"code": "CLA", "sets": 2, "reps": 8}], "1-096-CLA2X8"),
    "its order": (
        [{"code": "BRI", "sets": 3, "reps": 10}, {"code": "CLA", "sets": 2, "reps": [8, 10]}],
        "1-096-BRI3X10-CLA2X8.10",
    ),
    "the first of a choice": ([{"any_of": ["KSE", "SKE", "STS"], "sets": 1, "reps": 8}], "1-096-SKE1X8"),
    "a choice without its first": ([{"any_of": ["GON", "STS"], "sets": 1, "reps": 8}], "1-096-STS1X8"),
    "what is optional is left out": (
        [{"code": "CLA", "sets": 2, "reps": 8}, {"code": "BHA", "sets": 2, "reps": 8, "optional": True}],
        "1-096-CLA2X8",
    ),
    "what this site does not have": (
        [{"code": "CLA", "sets": 2, "reps": 8}, {"code": "QQQ", "sets": 2, "reps": 8}],
        "1-096-CLA2X8",
    ),
    "nothing is left": ([{"code": "QQQ", "sets": 2, "reps": 8}], None),
    "all figures": (
        [
            {
                "code": "BHA",
                "sets": 2,
                "reps": [10, 12],
                "hold": "3 s",
                "rest": "45 s",
                "days": 3,
                "side": "L",
                "band": 1,
                "notes": ["01", "17"],
            },
            {"code": "LBW", "sets": 1, "time": "2 min", "band": 0},
        ],
        "1-096-BHA2X10.12H3R45D3ELB1N01N17-LBW1X2MB0",
    ),
    "under its code of today": ([{"code": "CLM", "sets": 2, "reps": 8}], "1-096-CLA2X8"),
}


def phase(items: list[dict[str, Any]]) -> Phase:
    return Phase.model_validate({"weeks": [1, 2], "minutes": [15, 20], "effort": [3, 4], "items": items})


@pytest.mark.parametrize("name", CODES)
def test_the_code_of_a_phase(name: str) -> None:
    items, expected = CODES[name]
    text = code(phase(items), DAY, "en", SITE)
    assert (text and text.rpartition("-")[0]) == expected
    if text:
        assert as_value(read(text, SITE), SITE)["day"] == "2026-11-27"  # its check is right, and all is within bounds


@pytest.mark.parametrize(
    ("language", "begins"), [("en", "1-"), ("en-GB", "1-"), ("es", "1ES-"), ("pt-BR", "1PT-"), ("fil", None)]
)
def test_the_language_of_a_code(language: str, begins: str | None) -> None:
    text = code(phase([{"code": "CLA", "sets": 2, "reps": 8}]), DAY, language, SITE)
    assert (text and text.partition("-")[0] + "-") == begins


def test_no_code_says_the_weeks() -> None:
    """Nothing that is handed out moves a reader on by the calendar."""
    early = phase([{"code": "CLA", "sets": 2, "reps": 8}])
    late = early.model_copy(update={"weeks": (7, 8), "minutes": (30, 35), "effort": (5, 6), "name": "Move"})
    assert code(early, DAY, "en", SITE) == code(late, DAY, "en", SITE)


def test_a_day_before_the_first() -> None:
    with pytest.raises(ValueError, match="can't be written"):
        code(phase([{"code": "CLA", "sets": 2, "reps": 8}]), datetime.date(2025, 12, 31), "en", SITE)


@pytest.mark.parametrize(("days", "expected"), [((3, 3), 3), ((3, 2), None), ((3, None), None), ((None, None), None)])
def test_how_often_all_of_it_is_done(days: tuple[int | None, int | None], expected: int | None) -> None:
    items = [
        {"code": name, "sets": 2, "reps": 8} | ({"days": often} if often else {})
        for name, often in zip(("CLA", "BRI"), days, strict=True)
    ]
    assert shared_days(choices(phase(items), SITE)) == expected
