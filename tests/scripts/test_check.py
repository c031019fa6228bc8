"""scripts/check.py as its callers see it: what it prints, where, and its exit status."""

from __future__ import annotations

import contextlib
import datetime
import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any

import birds
import pytest
from birds import FILES, FLAMINGO, OWL, PAGE, edited, line_of
from hipknee.content.catalogue import DATA
from hipknee.content.model import Exercise

SCRIPT = Path(__file__).resolve().parent.parent.parent / "scripts" / "check.py"
OWL_PAGE = "docs/exercises/startled-owl.md"
WAIVERS = """waivers:
  - {rule: dose-range, reason: Frogs asked for it., by: A. Heron, until: 2026-03-01}
  - {rule: alt-long, reason: Just in case., by: B. Heron, until: 2026-02-01}
"""


def check(*arguments: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", str(SCRIPT), *map(str, arguments)],
        cwd=cwd,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


@pytest.fixture
def pond(tmp_path: Path) -> Path:
    return birds.write(tmp_path / "pond")


@pytest.fixture
def wrong(pond: Path) -> Path:
    """Three mistakes in two files."""
    (pond / PAGE).write_text(
        edited(FLAMINGO, ("sets: 2", "sets: 77"), ("(startled-owl.md)", "(50%,owls:é.md)")), "utf-8"
    )
    (pond / OWL_PAGE).write_text(edited(OWL, ("position: perching", "position: pirching")), "utf-8")
    return pond


DOSE = (PAGE, line_of(FLAMINGO, "dose:"), "dose-range", "'sets' is 77 sets; it must be from 1 to 6.", "")
LINK = (
    PAGE,
    line_of(FLAMINGO, "(startled-owl.md)"),
    "link-broken",
    "The link '50%,owls:é.md' leads nowhere.",
    "Choose from: ../about.md, ../cold-feet.md, ../creaky-tail.md, ../droopy-wing.md, ../glossary.md, ../index.md, "
    "index.md, polite-flamingo.md, startled-owl.md, waddling-penguin.md.",
)
POSITION = (
    OWL_PAGE,
    line_of(OWL, "position:"),
    "value-invalid",
    "'pirching' is not in the list of positions.",
    "There are: floating, perching, waddling, wading. A new one goes to 'positions' in docs/_data/vocabulary.yml.",
)


def test_nothing_to_mend(pond: Path) -> None:
    for arguments, printed in (([], ""), (["--format", "json"], "[]\n"), (["--format", "github"], "")):
        done = check("--root", pond, *arguments, cwd=pond)
        assert (done.returncode, done.stdout, done.stderr) == (0, printed, "")


def test_text(wrong: Path) -> None:
    done = check("--root", wrong, cwd=wrong)
    lines = [f"{one[0]}:{one[1]}: [{one[2]}] {one[3]} {one[4]}".strip() for one in (DOSE, LINK, POSITION)]
    assert (done.returncode, done.stdout.splitlines(), done.stderr) == (1, lines, "")


def test_json_and_nothing_else(wrong: Path) -> None:
    done = check("--root", wrong, "--format", "json", cwd=wrong)
    keys = ("path", "line", "rule", "message", "hint")
    assert json.loads(done.stdout) == [dict(zip(keys, one, strict=True)) for one in (DOSE, LINK, POSITION)]
    assert (done.returncode, done.stderr) == (1, "")


def test_annotations_for_github(wrong: Path) -> None:
    done = check("--root", wrong, "--format", "github", cwd=wrong)
    dose, link, position = done.stdout.splitlines()
    assert dose == f"::error file={PAGE},line={DOSE[1]},title=dose-range::{DOSE[3]}"
    assert link.startswith(f"::error file={PAGE},line={LINK[1]},title=link-broken::The link '50%25,owls:é.md' leads")
    assert position.endswith(
        "title=value-invalid::'pirching' is not in the list of positions. There are: floating, perching, waddling, "
        "wading. A new one goes to 'positions' in docs/_data/vocabulary.yml."
    )
    assert (done.returncode, done.stderr) == (1, "")


def test_paths_filter_what_is_reported(wrong: Path) -> None:
    """Everything is read all the same: what is wrong between two pages is found."""

    def lines(*paths: str | Path, cwd: Path = wrong) -> tuple[int, list[str]]:
        done = check("--root", wrong, *paths, cwd=cwd)
        assert done.stderr == ""
        return done.returncode, [line.split(":")[0] for line in done.stdout.splitlines()]

    assert lines(PAGE) == lines(wrong / PAGE) == (1, [PAGE, PAGE])
    assert lines("docs/exercises", OWL_PAGE) == (1, [PAGE, PAGE, OWL_PAGE])
    assert lines(".") == (1, [PAGE, PAGE, OWL_PAGE])
    assert lines("docs/index.md", "images") == (0, [])
    assert lines("startled-owl.md", cwd=wrong / "docs" / "exercises") == (1, [OWL_PAGE])


def test_a_path_of_the_root_is_found_from_elsewhere(wrong: Path, tmp_path: Path) -> None:
    """Another project lies where the call is made: its files are not the ones meant."""
    other = birds.write(tmp_path / "other")
    done = check("--root", wrong, OWL_PAGE, cwd=other)
    assert (done.returncode, done.stdout.count("\n")) == (1, 1)
    done = check("--root", wrong, other / OWL_PAGE, cwd=other)
    assert done.returncode == 2
    assert "there is no" in done.stderr


def test_this_project_is_the_root_when_none_is_given(tmp_path: Path) -> None:
    done = check("--format", "json", "docs/_data", cwd=tmp_path)
    assert done.returncode in (0, 1)  # as its writers have left it
    assert {one["path"] for one in json.loads(done.stdout)} <= {f"docs/_data/{name}" for name in DATA}


def test_waivers(pond: Path) -> None:
    page = edited(FLAMINGO, ("waivers: []\n", WAIVERS), ("sets: 2", "sets: 77"), ("hold: 2 s", "hold: 99 s"))
    (pond / PAGE).write_text(page)
    assert check("--root", pond, cwd=pond).returncode == 0
    done = check("--root", pond, "--waivers", cwd=pond)
    line = line_of(page, "waivers:")
    assert done.stdout.splitlines() == [
        f"{PAGE}:{line + 1}: [dose-range] silences 2 problems now. Until 2026-03-01, by A. Heron: Frogs asked for it.",
        f"{PAGE}:{line + 2}: [alt-long] silences nothing now: delete it. Until 2026-02-01, by B. Heron: Just in case.",
    ]
    assert (done.returncode, done.stderr) == (0, "")


def test_reviews(pond: Path) -> None:
    (pond / PAGE).write_text(edited(FLAMINGO, ("waivers: []\n", WAIVERS)))

    def late(*arguments: str) -> tuple[int, list[str]]:
        done = check("--root", pond, "--reviews", *arguments, cwd=pond)
        assert done.stderr == ""
        return done.returncode, done.stdout.splitlines()

    line = line_of(FLAMINGO, "waivers:")
    alt = f"{PAGE}:{line + 2}: the waiver of [alt-long] ran out on 2026-02-01."
    dose = f"{PAGE}:{line + 1}: the waiver of [dose-range] ran out on 2026-03-01."
    review = f"{PAGE}:{line_of(FLAMINGO, 'review:')}: the review was due on 2027-01-02."
    assert late("--today", "2026-01-31") == (0, [])
    assert late("--today", "2026-02-01") == (1, [alt])
    assert late("--today", "2027-01-02") == (1, [review, dose, alt])
    (pond / PAGE).write_text(edited(FLAMINGO, ("next: 2027-01-02", f"next: {datetime.date.max}")))
    assert late() == (0, [])
    (pond / PAGE).write_text(edited(FLAMINGO, ("on: 2026-01-02, next: 2027-01-02", "on: 1999-01-01, next: 2000-01-01")))
    assert late() == (1, [f"{PAGE}:{line_of(FLAMINGO, 'review:')}: the review was due on 2000-01-01."])


def test_the_schema(pond: Path) -> None:
    done = check("--schema", "--root", pond, cwd=pond)
    assert json.loads(done.stdout) == Exercise.model_json_schema()
    assert (done.returncode, done.stderr) == (0, "")


def test_a_built_site(pond: Path) -> None:
    site = pond / "site"
    (site / "exercises").mkdir(parents=True)
    done = check("--root", pond, "--site", site, "--format", "json", cwd=pond)
    assert done.returncode == 1
    assert {one["message"] for one in json.loads(done.stdout)} == {"The page is not in site/."}
    done = check("--root", pond, "--site", "site", PAGE, cwd=pond)
    assert done.stdout == f"{PAGE}:1: [link-broken] The page is not in site/. Build again.\n"


def at_a_terminal(*arguments: str | Path, cwd: Path, piped: str = "") -> tuple[int, str, str]:
    """The exit status, what stands on standard output and on standard error; `piped` is one that is no terminal."""
    streams = {"stdout": pty.openpty(), "stderr": pty.openpty()}
    texts = dict.fromkeys(streams, b"")
    command = [sys.executable, "-W", "error", str(SCRIPT), *map(str, arguments)]
    files: dict[str, Any] = {name: subprocess.PIPE if name == piped else own for name, (_, own) in streams.items()}
    with subprocess.Popen(command, cwd=cwd, **files) as process:
        for name, (ours, own) in streams.items():
            os.close(own)
            if name != piped:
                with contextlib.suppress(OSError):  # how a terminal on Linux says that its other end is closed
                    while part := os.read(ours, 4096):
                        texts[name] += part
            os.close(ours)
        if piped:
            texts[piped] = getattr(process, piped).read()
    stdout, stderr = (text.decode().replace("\r\n", "\n") for text in texts.values())
    return process.returncode, stdout, stderr


COUNTS = "3 exercises, 3 condition pages, 4 other pages, 10 pictures"


def test_a_terminal_is_told_what_was_checked(pond: Path) -> None:
    assert at_a_terminal("--root", pond, cwd=pond) == (0, "", f"Nothing to fix: {COUNTS}.\n")
    assert at_a_terminal("--root", pond, cwd=pond, piped="stderr") == (0, "", "")
    assert at_a_terminal("--root", pond, cwd=pond, piped="stdout") == (0, "", f"Nothing to fix: {COUNTS}.\n")
    for form, printed in (("json", "[]\n"), ("github", "")):
        assert at_a_terminal("--root", pond, "--format", form, cwd=pond) == (0, printed, "")
    said = "Nothing to fix in docs/about.md, images.\n"
    assert at_a_terminal("--root", pond, "docs/about.md", "images", cwd=pond) == (0, "", said)
    (pond / "site").mkdir()
    assert at_a_terminal("--root", pond, "--site", "site", "images", cwd=pond)[2].startswith(
        "Nothing to fix in images. E"
    )


def test_a_terminal_is_told_of_what_is_wrong_elsewhere(wrong: Path) -> None:
    said = "Nothing to fix in docs/about.md. Elsewhere: 3 problems.\n"
    assert at_a_terminal("--root", wrong, "docs/about.md", cwd=wrong) == (0, "", said)


def test_lines_stand_below_problems_on_a_terminal(pond: Path) -> None:
    page = edited(FLAMINGO, ("feel: In", "feel: In #1"), ("sets: 2", "sets: 77"), ("side: each", "side: \tEach"))
    page = edited(page, ("the frogs calm", "the frogs \x7f<blink>"))
    (pond / PAGE).write_text(edited(page, ("\x7f", "")), "utf-8")
    status, stdout, stderr = at_a_terminal("--root", pond, cwd=pond)
    side, dose, feel = (line_of(page, part) for part in ("side:", "dose:", "feel:"))
    body = line_of(page, "A bow")
    lines = stdout.splitlines()
    assert (status, stderr) == (1, "")
    assert lines[:6] == [
        f"{PAGE}:{side}: [value-invalid] 'side' can't be 'Each'. Did you mean 'each'?",
        "    is:    side: →Each",
        "    write: side:  each",
        f"{PAGE}:{dose}: [dose-range] 'sets' is 77 sets; it must be from 1 to 6.",
        "    is:    dose: {sets: 77, reps: [8, 10], hold: 2 s, rest: 45 s, tempo: 2-1-2, days_per_week: 3}",
        f"{PAGE}:{feel}: [yaml-broken] A text ends before ' #', so the rest of this line would be lost. "
        "Put straight quotes around the whole text.",
    ]
    assert lines[6:8] == [
        "    is:    feel: In #1 your wings, all the way to the tips.",
        '    write: feel: "In #1 your wings, all the way to the tips."',
    ]
    assert lines[8].startswith(f"{PAGE}:{body}: [value-invalid]")
    piped = check("--root", pond, cwd=pond).stdout.splitlines()
    assert [line.split(" ")[0] for line in piped] == [line.split(" ")[0] for line in lines if line.startswith("docs")]


USAGE = {
    "--format xml": "invalid choice: 'xml'",
    "--today soon": "'soon' is not a date such as 2026-11-22",
    "--site nowhere": "there is no built site at nowhere",
    "--root nowhere": "there is no docs/ in",
    "docs/nowhere.md": "there is no docs/nowhere.md",
    "--nonsense": "unrecognized arguments: --nonsense",
}


@pytest.mark.parametrize("arguments", USAGE)
def test_wrong_usage(arguments: str, pond: Path) -> None:
    done = check("--root", pond, *arguments.split(), cwd=pond)
    assert (done.returncode, done.stdout) == (2, "")
    assert USAGE[arguments] in done.stderr
    assert "Traceback" not in done.stderr


def test_help(tmp_path: Path) -> None:
    done = check("--help", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    for option in ("PATH", "--format", "--site", "--waivers", "--reviews", "--today", "--schema", "--root"):
        assert option in done.stdout


def test_an_encoding_that_lacks_letters(pond: Path) -> None:
    """As a pipe on Windows has it."""
    (pond / PAGE).write_text(edited(FLAMINGO, ("position: wading", "position: ŵading")), "utf-8")
    done = check("--root", pond, cwd=pond, PYTHONIOENCODING="cp1252")
    assert (done.returncode, done.stderr) == (1, "")
    assert "ŵading" in done.stdout


def test_a_file_name_that_is_no_text(pond: Path) -> None:
    """As it comes out of another system's archive."""
    try:
        Path(os.fsdecode(os.fsencode(pond / "docs" / "exercises") + b"/caf\xe9.md")).write_text(FLAMINGO)
    except OSError:
        pytest.skip("this system knows no such names")
    done = check("--root", pond, "--format", "json", cwd=pond)
    assert (done.returncode, done.stderr) == (1, "")
    assert all(one["path"].startswith("docs/exercises/") for one in json.loads(done.stdout))


def test_a_project_without_content(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    done = check("--root", tmp_path, cwd=tmp_path)
    assert done.returncode == 1
    assert "docs/_data/site.yml:1: [key-missing] The file is missing." in done.stdout
    assert done.stderr == ""


def test_the_invented_project_is_not_this_one() -> None:
    """Writers can't break tests, and tests can't block writers."""
    docs = SCRIPT.parent.parent / "docs"
    assert not any((docs / path).exists() for path in FILES if "flamingo" in path or "owl" in path or "penguin" in path)
