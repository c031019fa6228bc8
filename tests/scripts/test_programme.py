"""scripts/programme.py as its callers see it: what it prints, where, and its exit status."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import birds
import pytest
from programmes import sealed
from pypdfium2 import PdfDocument

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
    ("1",): ("check", 1, "The code is not complete"),
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


def sheets(folder: Path) -> dict[str, int]:
    """The files in a folder, and how many pages each has."""
    return {path.name: len(PdfDocument(path)) for path in sorted(folder.iterdir())}


def test_sheets_are_made(pond: Path, tmp_path: Path) -> None:
    """Of codes and of a table. A line that is refused is named, and the others are made."""
    out = tmp_path / "out"
    assert call(pond, OLD, "--out", out) == (0, f"{out / GOOD}-letter.pdf\n", "")
    [pages] = sheets(out).values()
    table = tmp_path / "sheets.csv"
    lines = ["code,copies,paper,large", f"{GOOD},2,a4,yes", "1-x", f"{GOOD},100", f"{OLD},1,letter", f"{GOOD},3"]
    table.write_text("\n".join(lines), "utf-8")
    status, printed, err = call(pond, "--csv", table, "--out", out)
    assert status == 1
    assert sorted(printed.split()) == [str(out / f"{GOOD}-{name}.pdf") for name in ("large-a4", "letter")]
    assert err.splitlines()[:2] == [
        f"{table}:3: The code does not fit its last characters, 'X': one is wrong, missing or exchanged. "
        "Compare it with the sheet, letter by letter.",
        f"{table}:4: 'copies' is '100'; it must be from 1 to 99.",
    ]
    assert err.splitlines()[2:] == [f"{table}:6: The same sheet is asked for in {table}:5. Write how many as 'copies'."]
    assert {*sheets(out)} == {f"{GOOD}-large-a4.pdf", f"{GOOD}-letter.pdf"}
    assert sheets(out)[f"{GOOD}-letter.pdf"] == pages


def test_several_machines_share_a_table(pond: Path, tmp_path: Path) -> None:
    codes = [sealed(f"1-096-FLA{sets}X8D3") for sets in range(1, 6)]
    table = tmp_path / "sheets.csv"
    table.write_text("\n".join(["code", *codes]), "utf-8")
    made = []
    for share in ("1/2", "2/2"):
        out = tmp_path / share[:1]
        assert call(pond, "--csv", table, "--out", out, "--shard", share)[::2] == (0, "")
        made.append({name.removesuffix("-letter.pdf") for name in sheets(out)})
    assert made == [{*codes[::2]}, {*codes[1::2]}]


def test_a_table_that_can_not_be_read(pond: Path, tmp_path: Path) -> None:
    table, out = tmp_path / "sheets.csv", tmp_path / "out"
    for content, said in (
        (b"code\n\xff\n", f"{table} is not saved as UTF-8. Save it again as 'CSV UTF-8'.\n"),
        (b"code;copies\n", f"{table}:1: There is no column 'code;copies'. Put commas between the columns: "),
    ):
        table.write_bytes(content)
        status, printed, err = call(pond, "--csv", table, "--out", out)
        assert (status, printed) == (1, "")
        assert err.startswith(said)
        assert sheets(out) == {}


def test_an_exercise_with_a_mistake_has_no_sheet(pond: Path, tmp_path: Path) -> None:
    broken = tmp_path / "pond"
    shutil.copytree(pond, broken)
    page = broken / "docs/exercises/waddling-penguin.md"
    page.write_text(page.read_text("utf-8").replace("feel: In your toes.", "feel: []"), "utf-8")
    status, printed, err = call(broken, GOOD, sealed("1-096-FLA2X8"), "--out", tmp_path / "out")
    assert (status, len(printed.splitlines())) == (1, 1)
    assert "docs/exercises/waddling-penguin.md" in err
    assert "Traceback" not in err


WRONG = {
    (): "give codes, or one of --csv, --explain and --write",
    (GOOD, "--explain", GOOD): "give codes, or one of",
    ("--explain", GOOD, "--write", "{}"): "give codes, or one of",
    ("--csv", "no.csv"): "there is no file no.csv",
    ("--explain", GOOD, "--format", "xml"): "argument --format: invalid choice",
    ("--paper", "a4"): "unrecognized arguments",
    (GOOD, "--shard", "3/2"): "argument --shard: '3/2' is no share",
}


@pytest.mark.parametrize("arguments", WRONG)
def test_wrong_usage(pond: Path, arguments: tuple[str, ...]) -> None:
    status, out, err = call(pond, *arguments)
    assert (status, out) == (2, "")
    assert WRONG[arguments] in err
    assert "Traceback" not in err
