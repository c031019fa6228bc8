"""scripts/prove_tests.py finds every place that tells a problem, and a mutant lacks that one and nothing else."""

from __future__ import annotations

import builtins
import subprocess
import sys
from pathlib import Path
from typing import Any

import prove_tests
import pytest

ROOT = Path(__file__).resolve().parent.parent.parent

# A function `check`, and what it says when each of its places is off, in turn.
PLACES: dict[str, tuple[str, list[Any]]] = {
    "yields": ("def check():\n    yield 1\n    yield from (2, 3)\n", [[2, 3], [1]]),
    "a branch of its own": (
        "def check():\n    for n in (1, 2):\n        if n == 1:\n            yield n\n"
        "        else:\n            yield n\n",
        [[2], [1]],
    ),
    "lists": (
        "def check():\n    problems = [n for n in (1, 2)]\n    problems += [3]\n    problems.append(4)\n"
        "    return problems\n",
        [[3, 4], [1, 2, 4], [1, 2, 3]],
    ),
    "by key": (
        "def check():\n    found = {1: 1}\n    found[2] = 2\n    found.update({3: 3})\n    return [*found]\n",
        [[1, 3], [1, 2]],
    ),
    "beside another value": (
        "Problem = int\ndef check():\n    return ['whole', *[Problem(1)]]\n",
        [["whole"]],
    ),
    "a value": (
        "Problem = int\ndef check():\n    if True:\n        return Problem(1)\n    return None\n",
        [None],
    ),
    "words": (
        "def check():\n    return [*map(wrong, 'ab')]\ndef wrong(a):\n    return f'{a} is wrong'\n",
        [["", ""]],
    ),
    "an error": ("def check():\n    raise ValueError\n", [None]),
    "no place": (
        "def check():\n    seen = [n for n in (1, 2)]\n    seen.append(3)\n    return [*seen, problem(4), f'{5}']\n"
        "def problem(n):\n    return Problem(n)\nProblem = int\n",
        [],
    ),
}


def said(text: str, monkeypatch: pytest.MonkeyPatch, off: int | None = None) -> Any:
    """What `check` of a module with switches says while the one of this number is off."""
    monkeypatch.setattr(builtins, prove_tests.SWITCH, lambda number: number == off, raising=False)
    names: dict[str, Any] = {}
    exec(text, names)
    answer = names["check"]()
    return [*answer] if hasattr(answer, "__next__") else answer


@pytest.mark.parametrize("name", PLACES)
def test_a_mutant_lacks_one_place(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    source, expected = PLACES[name]
    text, mutants = prove_tests.switched(source, "pond.py", first=7)
    assert [said(text, monkeypatch, 7 + n) for n in range(len(mutants))] == expected


@pytest.mark.parametrize("name", [name for name in PLACES if name != "an error"])
def test_with_all_switches_on_nothing_changes(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    source, _ = PLACES[name]
    assert said(prove_tests.switched(source, "pond.py")[0], monkeypatch) == said(source, monkeypatch)


def test_an_error_that_is_not_explained_stays_what_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    source = "def check():\n    try:\n        {}['frog']\n    except KeyError:\n        raise ValueError('No frog.')\n"
    text, _ = prove_tests.switched(source, "pond.py")
    with pytest.raises(ValueError, match="No frog"):
        said(text, monkeypatch)
    with pytest.raises(KeyError, match="frog"):
        said(text, monkeypatch, off=0)


def test_a_mutant_says_where_it_differs() -> None:
    _, mutants = prove_tests.switched("def check():\n    a = 1\n    yield (\n        a\n    )\n", "pond.py")
    assert mutants == [("pond.py", 3, "yield a")]


def test_the_places_of_the_gate_are_found(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "prove_tests.py"), "--list", "--only", "words", "built_site"],
        capture_output=True,
        encoding="utf-8",
        cwd=tmp_path,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    rows = done.stdout.splitlines()
    source = (ROOT / "hooks" / "hipknee" / "gate" / "words.py").read_text("utf-8")
    places = [row for row in rows if "gate/words.py:" in row and ": yield Problem(" in row]
    assert len(places) == source.count("yield Problem(") > 0
    assert sum("publish/built_site.py:" in row for row in rows) >= 6


def test_every_module_and_test_that_it_names_is_there() -> None:
    for pattern in prove_tests.SOURCES:
        assert [*(ROOT / prove_tests.HOUSE).glob(pattern)], pattern
    for test in prove_tests.TESTS:
        path, _, name = test.partition("::")
        assert (ROOT / path).exists(), test
        assert f"def {name}(" in (ROOT / path).read_text("utf-8") if name else True, test
