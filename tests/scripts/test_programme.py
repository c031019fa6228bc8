"""scripts/programme.py as its callers see it: what it prints, where, and its exit status."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import birds
import pytest
from programmes import sealed

SCRIPT = Path(__file__).resolve().parent.parent.parent / "scripts" / "programme.py"
GOOD = sealed("1-096-FLA2X8.10D3N07-PEN1X12B1")
OLD = sealed("1-096-BOW2X8.10D3N07-PEN1X12B1")
VALUE = {
    "day": "2026-11-27",
    "language": "en",
    "items": [
        {
            "code": "FLA",
            "slug": "polite-flamingo",
            "sets": 2,
            "reps": [8, 10],
            "time_s": None,
            "hold_s": None,
            "rest_s": None,
            "days_per_week": 3,
            "times_per_day": None,
            "side": None,
            "band": None,
            "notes": ["07"],
        },
        {
            "code": "PEN",
            "slug": "waddling-penguin",
            "sets": 1,
            "reps": [12, 12],
            "time_s": None,
            "hold_s": None,
            "rest_s": None,
            "days_per_week": None,
            "times_per_day": None,
            "side": None,
            "band": 1,
            "notes": [],
        },
    ],
}
WORDS = (
    "programme_heading 27/month 11/2026\n"
    "1. Polite flamingo: programme_sentence programme_work_each programme_reps range 10 8 bows each_side "
    "programme_sets 2 programme_sentence programme_days 3 Look at the moon.\n"
    "2. Waddling penguin: programme_sentence programme_work programme_reps 12 steps programme_set 1 band_light\n"
)
"""In the words of the invented project, which are the names of words."""
LATER = "Sheets of programmes can't be made yet: what they will say is above.\n"


@pytest.fixture(scope="module")
def pond(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return birds.write(tmp_path_factory.mktemp("programme") / "pond")


def call(pond: Path, *arguments: str | Path, stdin: bytes = b"") -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-W", "error", str(SCRIPT), "--root", str(pond), *map(str, arguments)],
        input=stdin,
        capture_output=True,
        env={**os.environ, "PYTHONUTF8": "1"},
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


@pytest.mark.parametrize("text", [GOOD, OLD, GOOD.lower().replace("-", " \u2013 ")])
def test_a_code_is_explained(pond: Path, text: str) -> None:
    status, out, err = call(pond, "--explain", text)
    assert (status, json.loads(out), err) == (0, VALUE, "")


def test_a_value_is_written(pond: Path) -> None:
    text = json.dumps(VALUE)
    assert call(pond, "--write", text) == (0, f"{GOOD}\n", "")
    assert call(pond, "--write", "-", stdin=text.encode()) == (0, f"{GOOD}\n", "")


REFUSED: dict[tuple[str, ...], tuple[Any, Any, str]] = {
    ("--explain", ""): ("grammar", 0, "There is no code."),
    ("--explain", "2-000"): ("version", 0, "The code begins with '2', and this site reads those"),
    ("--explain", f"{GOOD}0"): ("check", 31, "The code does not fit its last characters"),
    ("--explain", sealed("1-000-FLA2X60S")): ("grammar", 11, "This is not a code of a programme: at character 12"),
    ("--explain", sealed("1-000-CLA2X8")): ("unknown-code", 6, "No exercise of this site has the code 'CLA'."),
    ("--explain", sealed("1-000-DOD2X8")): ("gone", 6, "The exercise with the code 'DOD' is gone. Nobody has seen"),
    ("--explain", sealed("1-000-FLA11X8")): ("bounds", 9, "Polite flamingo has 11 sets, and 10 are the most."),
    ("--write", "{}"): ("grammar", None, "'items' must be a list of exercises."),
    ("--write", "{"): ("grammar", None, "This is not JSON."),
    ("--write", "\udcff"): ("grammar", None, "This is not JSON."),
    ("--write", json.dumps({**VALUE, "items": [{"code": "DOD", "sets": 1, "reps": [1, 1]}]})): (
        "gone",
        6,
        "The exercise",
    ),
    (GOOD, "1"): ("check", 1, "The code is not complete"),
}


@pytest.mark.parametrize("number", range(len(REFUSED)))
def test_what_is_refused(pond: Path, number: int) -> None:
    arguments, (refused, at, sentence) = [*REFUSED.items()][number]
    status, out, err = call(pond, *arguments)
    assert (status, out) == (1, "")
    assert err.startswith(sentence)
    assert err.count("\n") == 1
    status, out, again = call(pond, *arguments, "--format", "json")
    assert (status, json.loads(out), again) == (1, {"refused": refused, "at": at}, err)


def test_what_is_typed_in_another_encoding(pond: Path) -> None:
    status, out, err = call(pond, "--write", "-", stdin=b"\xff{}")
    assert (status, out, err) == (1, "", "This is not saved as UTF-8.\n")


def test_sheets_are_checked_and_explained(pond: Path, tmp_path: Path) -> None:
    assert call(pond, GOOD) == (1, WORDS, LATER)
    assert call(pond, OLD, GOOD) == (1, WORDS * 2, LATER)
    table = tmp_path / "sheets.csv"
    table.write_text(f"code,copies,paper,large\n{GOOD},3,a4,yes\n", "utf-8")
    assert call(pond, "--csv", table) == (1, WORDS, LATER)
    for text, line, sentence in (
        (f"code\n{GOOD}\n1-x\n", 3, "The code does not fit its last characters, 'X'"),
        (f"code,copies\n{GOOD},100\n", 2, "'copies' is '100'; it must be from 1 to 99.\n"),
    ):
        table.write_text(text, "utf-8")
        status, out, err = call(pond, "--csv", table)
        assert (status, out) == (1, "")
        assert err.startswith(f"{table}:{line}: {sentence}")
    table.write_bytes(b"code\n\xff\n")
    assert call(pond, "--csv", table)[1:] == ("", f"{table} is not saved as UTF-8. Save it again as 'CSV UTF-8'.\n")


WRONG = {
    (): "give codes, or one of --csv, --explain and --write",
    (GOOD, "--explain", GOOD): "give codes, or one of",
    ("--explain", GOOD, "--write", "{}"): "give codes, or one of",
    ("--csv", "no.csv"): "there is no file no.csv",
    ("--explain", GOOD, "--format", "xml"): "argument --format: invalid choice",
    ("--paper", "a4"): "unrecognized arguments",
}


@pytest.mark.parametrize("arguments", WRONG)
def test_wrong_usage(pond: Path, arguments: tuple[str, ...]) -> None:
    status, out, err = call(pond, *arguments)
    assert (status, out) == (2, "")
    assert WRONG[arguments] in err
    assert "Traceback" not in err
