"""The engine says what it lacks: its doors, its templates, its lines in mkdocs.yml."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hipknee.gate import house_rules, words
from hipknee.gate.house_rules import DOORS, FILES
from hipknee.rules import Rule
from projects import ROOT

LISTED = [f"hooks/{door}.py" for door in DOORS]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    at = tmp_path_factory.mktemp("house")
    shutil.copytree(ROOT / "hooks", at / "hooks", ignore=shutil.ignore_patterns("__pycache__"))
    return at


def test_this_engine_is_whole_and_has_nothing_else() -> None:
    assert house_rules.problems(ROOT, LISTED) == []
    hooks = ROOT / "hooks"
    assert sorted(DOORS) == sorted(path.stem for path in hooks.glob("*.py"))
    others = (path for path in hooks.rglob("*") if path.is_file() and path.suffix not in (".py", ".pyc"))
    idle = (".gitkeep", "OFL.txt")
    assert sorted(FILES) == sorted(path.relative_to(hooks).as_posix() for path in others if path.name not in idle)


def test_it_costs_next_to_nothing() -> None:
    begun = time.process_time()
    for _ in range(10):
        house_rules.problems(ROOT, LISTED)
    assert (time.process_time() - begun) / 10 < 0.01


Harm = Callable[[Path], object]
HARMS: dict[str, tuple[Harm, int, str]] = {
    "gone": (Path.unlink, 1, "The file is missing."),
    "empty": (lambda path: path.write_bytes(b""), 1, "The file is empty"),
    "a folder": (lambda path: (path.unlink(), path.mkdir()), 1, "The file is a folder, but a file is needed."),
}
BROKEN: dict[str, tuple[Harm, int, str]] = {
    "no Python": (
        lambda path: path.write_text("import re\n\ndef (\n"),
        3,
        "The file is not valid Python: invalid syntax.",
    ),
    "half": (lambda path: path.write_bytes(path.read_bytes()[:60]), 1, "The file is not valid Python: "),
    "bytes": (lambda path: path.write_bytes(b"\0"), 1, "The file is not valid Python: "),
    "a part": (lambda path: path.write_text("import re\n"), 1, "The file is empty or incomplete."),
}


@pytest.mark.parametrize(
    ("file", "harm"),
    [
        *((f"{door}.py", harm) for door in DOORS for harm in (*HARMS, *BROKEN)),
        *((file, harm) for file in FILES for harm in HARMS),
    ],
)
def test_what_is_lacking_is_told(file: str, harm: str, house: Path) -> None:
    path = house / "hooks" / file
    whole = path.read_bytes()
    change, line, message = (HARMS | BROKEN)[harm]
    change(path)
    try:
        (problem,) = house_rules.problems(house, LISTED)
    finally:
        if path.is_dir():
            path.rmdir()
        path.write_bytes(whole)
    assert (problem.path, problem.line, problem.rule) == (f"hooks/{file}", line, "engine-broken")
    assert problem.message.startswith(message)
    assert "git checkout hooks" in problem.hint


@pytest.mark.parametrize("door", DOORS)
def test_a_door_that_is_not_listed(door: str) -> None:
    listed = [path for path in LISTED if path != f"hooks/{door}.py"]
    (problem,) = house_rules.problems(ROOT, listed, ("switchboard.yml", 7))
    assert str(problem) == (
        f"switchboard.yml:7: [engine-broken] 'hooks' does not list hooks/{door}.py, so part of the engine is left "
        f"out. Add a line '- hooks/{door}.py' below 'hooks:'."
    )
    assert house_rules.problems(ROOT, [*listed, f".\\hooks\\{door}.py"]) == []
    assert house_rules.problems(ROOT) == []


def test_a_project_of_content_only(tmp_path: Path) -> None:
    assert house_rules.problems(tmp_path, LISTED) == []


def test_nobody_can_waive_it() -> None:
    assert not Rule.ENGINE_BROKEN.waivable


def test_what_a_missing_template_prints_is_not_told_as_well(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """That nobody prints a word any more would only bury the cause."""
    import birds
    from hipknee.content import catalogue

    monkeypatch.setattr(words, "HOOKS", house / "hooks")
    monkeypatch.setattr(words, "FRAME", house / "hooks" / "overrides")
    pond = catalogue.load(birds.write(house / "pond"))
    frame = house / "hooks" / "overrides" / "main.html"
    whole = frame.read_text("utf-8")
    assert [*words.check(pond)] == []
    frame.unlink()
    assert [*words.check(pond)] == []
    frame.write_text(whole.replace("{% block content %}", "\n{% block %}"), "utf-8")
    (problem,) = words.check(pond)
    assert problem.path == "hooks/overrides/main.html"
    assert problem.line == whole[: whole.index("{% block content %}")].count("\n") + 2
    assert problem.message.startswith("The template is broken: ")
    assert problem.rule == "engine-broken"
