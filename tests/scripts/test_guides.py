"""The guides and the small tools say what is true: fields, verbs, the page that an exercise begins with."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from hipknee.content import front_matter
from hipknee.content.model import Exercise
from hipknee.gate.field_tables import describe_all

ROOT = Path(__file__).resolve().parent.parent.parent


def run(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    call = [sys.executable, str(ROOT / "scripts" / script), *arguments]
    return subprocess.run(call, capture_output=True, encoding="utf-8", check=False)


def test_the_tables_of_fields_are_those_of_the_model() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    assert describe_all() in text, "run `make docs`"
    for name, field in Exercise.model_fields.items():
        assert f"| `{name}` |" in text
        assert field.description, name


@pytest.mark.parametrize("guide", ["README.md", "CONTRIBUTING.md"])
def test_every_command_that_a_guide_names_is_there(guide: str) -> None:
    text, makefile = (ROOT / guide).read_text("utf-8"), (ROOT / "Makefile").read_text("utf-8")
    verbs = set(re.findall(r"`make ([a-z]+)`|^make ([a-z]+)", text, re.MULTILINE))
    named = {verb for pair in verbs for verb in pair if verb}
    assert named
    for verb in named:
        assert re.search(rf"^{verb}:.*## ", makefile, re.MULTILINE), f"{guide} names 'make {verb}'"
    for script in re.findall(r"scripts[/\\]\w+\.py", text):
        assert (ROOT / script.replace("\\", "/")).is_file(), f"{guide} names {script}"


def test_the_check_before_a_commit_is_the_check() -> None:
    assert "scripts/check.py" in (ROOT / ".pre-commit-config.yaml").read_text("utf-8")
    assert "make test" in (ROOT / ".ci" / "run").read_text("utf-8")


def test_the_locks_hold_hashes_and_no_addresses() -> None:
    for lock in ("requirements.txt", "requirements-dev.txt", "requirements-draw.txt"):
        text = (ROOT / lock).read_text("utf-8")
        packages = re.findall(r"^[a-z0-9][\w.-]*==\S+", text, re.MULTILINE | re.IGNORECASE)
        assert len(packages) >= 3
        assert text.count("--hash=sha256:") >= len(packages)
        assert "://" not in text


def test_a_new_exercise_begins_with_every_field(tmp_path: Path) -> None:
    (tmp_path / "docs" / "exercises").mkdir(parents=True)
    done = run("new_exercise.py", "Seated: knee  extension", "--root", str(tmp_path))
    assert done.returncode == 0, done.stderr
    path = tmp_path / "docs" / "exercises" / "seated-knee-extension.md"
    document, problems = front_matter.read_page("x.md", path.read_bytes())
    assert problems == []
    assert document.data["title"] == "Seated: knee extension"
    assert set(document.data) == set(Exercise.model_fields)
    again = run("new_exercise.py", "Seated knee extension", "--root", str(tmp_path))
    assert again.returncode == 1
    assert "is there already" in again.stderr
    assert run("new_exercise.py", "!?", "--root", str(tmp_path)).returncode == 2


def test_a_new_exercise_is_not_published_before_it_is_filled_in(tmp_path: Path) -> None:
    from hipknee.gate import gate

    (tmp_path / "docs" / "exercises").mkdir(parents=True)
    run("new_exercise.py", "Heel raise", "--root", str(tmp_path))
    rules = {p.rule for p in gate.check(tmp_path).problems if p.path == "docs/exercises/heel-raise.md"}
    assert {"key-missing", "image-missing", "alt-missing"} <= rules


def test_the_browser_is_found_where_it_is_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROME", sys.executable)  # any program will do: it is not started
    done = run("find_browser.py")
    assert (done.returncode, done.stdout.strip()) == (0, sys.executable)
    monkeypatch.setenv("CHROME", "no-such-browser")
    done = run("find_browser.py")
    assert done.returncode == 1
    assert "apt install chromium" in done.stderr
    assert done.stdout == ""


def test_the_icons_are_those_that_the_script_draws(tmp_path: Path) -> None:
    assert run("draw_icons.py", "--root", str(tmp_path)).returncode == 0
    drawn = [path.relative_to(tmp_path) for path in tmp_path.rglob("*.*")]
    assert len(drawn) == 3
    for path in drawn:
        assert (tmp_path / path).read_bytes() == (ROOT / path).read_bytes(), f"{path}: run scripts/draw_icons.py"
