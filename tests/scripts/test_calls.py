"""How scripts are called and end: whatever is wrong is one sentence and an exit status, never a traceback."""

from __future__ import annotations

import argparse
import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import birds
import pytest
from hipknee import calls
from projects import ENVIRONMENT, ROOT

SCRIPTS = sorted((ROOT / "scripts").glob("*.py"))
APART = "prove_tests"
"""It puts another core in the place of this one, so it must import nothing of it."""


def call(script: str, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "error", str(ROOT / "scripts" / f"{script}.py"), *arguments]
    return subprocess.run(
        command, cwd=cwd, env=ENVIRONMENT, capture_output=True, encoding="utf-8", timeout=60, check=False
    )


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folders and files that are not what is asked for."""
    at = tmp_path_factory.mktemp("calls")
    (at / "empty").mkdir()
    (at / "file").write_text("wet")
    (at / "link").symlink_to("nowhere")
    for path in ("mkdocs.yml", "images/poses", "guides/fields.md", "docs/exercises", "site/index.html"):
        (at / "folders" / path).mkdir(parents=True)
    (at / "broken" / "site").mkdir(parents=True)
    (at / "broken" / "site" / "index.html").write_text("")
    (at / "broken" / "mkdocs.yml").write_text("site_name: [")
    return at


LONG = "x" * 300
ROOTED = ("check", "new_exercise", "draw", "export_pdf", "dist", "describe_fields")
WRONG: list[tuple[str, tuple[str, ...], int, str]] = [
    *(
        (script, (*(["Owl"] if script == "new_exercise" else []), "--root", root), 1 if script == "dist" else 2, "no ")
        for script in ROOTED
        for root in ("nowhere", "empty", "file", "link", "file/x")
    ),
    *((s, (*(["Owl"] if s == "new_exercise" else []), "--root", LONG), 2, "a name that is too long") for s in ROOTED),
    ("check", (LONG,), 2, "too long"),
    ("check", ("--site", LONG), 2, "too long"),
    ("check", ("--site", "file"), 2, "no built site at file"),
    ("new_exercise", (LONG,), 2, "too long for a file: it has 300 characters, and the limit is 60"),
    ("new_exercise", ("!?",), 2, "letters or digits"),
    ("new_exercise", (), 2, "the name is missing"),
    ("new_condition", (), 2, "the name is missing"),
    ("new_condition", ("Owl", "--root", "nowhere"), 2, "there is no nowhere"),
    ("new_word", (), 2, "the kind and the name are missing"),
    ("new_word", ("thing", "Owl", "--root", "empty"), 2, "there is no empty"),
    ("export_pdf", ("--out", "file"), 2, "file is not a folder"),
    ("export_pdf", ("--out", "file/x"), 2, "file is not a folder"),
    ("export_pdf", ("--out", "link"), 2, "link is not a folder"),
    ("export_pdf", ("--out", LONG), 2, "too long"),
    ("export_pdf", ("--root", "broken"), 1, "mkdocs.yml"),
    ("dist", ("--root", "folders"), 1, "no built site"),
    ("dist", ("--root", "broken"), 1, "mkdocs.yml:1: [yaml-broken]"),
    ("describe_fields", ("--root", "folders"), 1, "fields.md is a folder, but a file is needed."),
    ("draw", ("--root", "folders"), 2, "no pose table in"),
    ("draw", (LONG,), 2, "no pose table"),
    ("benchmark", ("scale", "--exercises", "3"), 2, "it must be from"),
    ("benchmark", ("scale", "--exercises", "9" * 30), 2, "it must be from"),
    ("benchmark", ("scale", "--out", "empty"), 2, "empty is a folder"),
    ("benchmark", ("print", "--out", "file/x"), 2, "file is not a folder"),
    ("lighthouse", ("--out", "empty"), 2, "empty is a folder"),
    ("canary", ("--environment", "file"), 2, "file is not a folder"),
    ("compare_sites", ("main", "--out", "empty"), 2, "empty is a folder"),
    ("compare_sites", ("main", "--keep", "file"), 2, "file is not a folder"),
    ("draw_icons", ("--root", LONG), 2, "too long"),
]


@pytest.mark.parametrize(
    ("script", "arguments", "status", "words"), WRONG, ids=[f"{one[0]} {' '.join(one[1])[:40]}" for one in WRONG]
)
def test_a_wrong_call_is_one_sentence(
    script: str, arguments: tuple[str, ...], status: int, words: str, ground: Path
) -> None:
    done = call(script, *arguments, cwd=ground)
    assert done.returncode == status, done.stderr
    assert words in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_every_script_says_how_it_is_called(script: Path, tmp_path: Path) -> None:
    done = call(script.stem, "--help", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "usage: " in done.stdout
    assert call(script.stem, "--puddle", cwd=tmp_path).returncode == 2


@pytest.mark.parametrize("script", [path for path in SCRIPTS if path.stem != APART], ids=lambda path: path.stem)
def test_every_script_ends_the_same_way(script: Path) -> None:
    assert script.read_text("utf-8").endswith('if __name__ == "__main__":\n    sys.exit(run(main))\n')


def test_a_reader_may_stop_reading(tmp_path: Path) -> None:
    """As `check.py | head -1` does."""
    root = birds.write(tmp_path / "pond")
    (root / "docs" / "exercises" / "polite-flamingo.md").write_text("---\n---\n", "utf-8")
    script = [sys.executable, str(ROOT / "scripts" / "check.py"), "--root", str(root)]
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(script, stdout=writing, stderr=subprocess.PIPE, env=ENVIRONMENT, check=False, timeout=60)
    os.close(writing)
    assert (done.returncode, done.stderr) == (1, b"")


def failing(error: BaseException) -> Callable[[], int]:
    def main() -> int:
        raise error

    return main


def test_how_a_script_ends(capsys: pytest.CaptureFixture[str]) -> None:
    assert [calls.run(lambda status=status: status) for status in (0, 1, 2)] == [0, 1, 2]
    assert calls.run(failing(PermissionError(errno.EACCES, "Permission denied", "pond"))) == 1
    assert calls.run(failing(KeyboardInterrupt())) == 130
    assert capsys.readouterr().err.startswith("pond can't be opened.")
    with pytest.raises(SystemExit):
        calls.run(failing(SystemExit(2)))
    with pytest.raises(ZeroDivisionError):  # a slip of ours keeps its traceback
        calls.run(failing(ZeroDivisionError()))


def test_places_that_can_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for place in (tmp_path, tmp_path / "a" / "b"):
        assert calls.folder_to_fill(str(place)) == place
    assert calls.file_to_write(str(tmp_path / "a" / "b")) == tmp_path / "a" / "b"
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(argparse.ArgumentTypeError, match="you may not write into"):
        calls.folder_to_fill(str(tmp_path))
