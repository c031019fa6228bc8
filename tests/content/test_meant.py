"""What an author meant by a value that is none."""

from __future__ import annotations

import pytest
from hipknee.content import meant

DATE, TIME, RANGE = "must be a date", "must be a time", "must be a whole number, or a range from low to high"
FIGURES = {
    (DATE, "11/22/2026"): "2026-11-22",
    (DATE, "22/11/2026"): "2026-11-22",
    (DATE, "5/5/2026"): "2026-05-05",
    (DATE, "11/12/2026"): "",
    (DATE, "22.11.2026"): "2026-11-22",
    (DATE, "1.2.2026"): "2026-02-01",
    (DATE, "2026/1/2"): "2026-01-02",
    (DATE, "2026-1-2"): "2026-01-02",
    (DATE, "Nov 22, 2026"): "2026-11-22",
    (DATE, "November 22nd 2026"): "2026-11-22",
    (DATE, "2 Sept. 2026"): "2026-09-02",
    (DATE, "2 Frogs 2026"): "",
    (DATE, "2126-01-02"): "",
    (DATE, "soon"): "",
    (DATE, 20261122): "",
    (TIME, 2): "2 s",
    (TIME, 0): "",
    (TIME, True): "",
    (TIME, "2 sec"): "2 s",
    (TIME, "30 seconds"): "30 s",
    (TIME, "1 minute"): "1 min",
    (TIME, "5mins"): "5 min",
    (TIME, "2.5 s"): "",
    (TIME, "2 frogs"): "",
    (RANGE, "8-10"): "[8, 10]",
    (RANGE, "8 \u2013 10"): "[8, 10]",
    (RANGE, "8 to 10"): "[8, 10]",
    (RANGE, "10-8"): "",
    (RANGE, "8"): "8",
    (RANGE, 8.5): "",
    ("is a frog", "8-10"): "",
}


@pytest.mark.parametrize(("error", "given"), FIGURES, ids=str)
def test_a_figure(error: str, given: object) -> None:
    assert meant.figure(error, given) == FIGURES[error, given]


def test_a_range_that_is_turned_round() -> None:
    assert meant.figure(RANGE, [10, 8]) == "[8, 10]"
    assert meant.figure(RANGE, [8, 9, 10]) == ""


def test_days_that_are_none() -> None:
    assert [meant.no_day(text) for text in ("2026-02-30", "2026-13-01", "2026-02-28", "2026-2-30", 7)] == [
        *("2026-02-30", "2026-13-01"),
        *("", "", ""),
    ]


def test_a_value_in_its_place() -> None:
    row = "  dose: {sets: 2, reps: 8-10, hold: 2}  # 8-10"
    assert meant.instead(row, "reps", "8-10", "[8, 10]") == row.replace(" 8-10,", " [8, 10],")
    assert meant.instead(row, "hold", 2, "2 s") == row.replace("hold: 2", "hold: 2 s")
    assert meant.instead("- {a: 2, a: 2}", "a", 2, "3") == "", "which of the two is not known"
    assert meant.instead("was: [A b, 'C d']", 0, "C d", "c-d") == "was: [A b, c-d]"
    assert meant.instead("side: Each", "side", "each", "x") == ""
    assert meant.instead("  Kn ee: It helps.", "Kn ee", "Kn ee", "kn-ee", is_key=True) == "  kn-ee: It helps."
    assert meant.renamed("mvoe: mvoe: x", "mvoe", ["move"]) == ""
    assert meant.renamed("mvoe: x", "mvoe", []) == ""
