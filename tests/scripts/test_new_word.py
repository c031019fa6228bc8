"""A word of the vocabulary is added with one command, and only if the whole file is in order with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import new_word
import pytest
from hipknee.content import front_matter
from hipknee.gate import gate
from newcomers import Add, Terminal, caller, content, needs_pty
from projects import edit

FILE = "docs/_data/vocabulary.yml"


@pytest.fixture
def add(fresh: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Add:
    return caller(new_word.main, fresh, monkeypatch, capsys)


def vocabulary(project: Path) -> dict[str, Any]:
    document, problems = front_matter.read_data(FILE, (project / FILE).read_bytes())
    assert problems == []
    return dict(document.data)


WORDS: dict[str, tuple[tuple[str, ...], str, dict[str, Any]]] = {
    "muscle": (
        ("Knob: twister", "--latin", "Musculus x", "--also", "knob, twist", "--means", "It twists: gently."),
        "muscles",
        {"plain": "Knob: twister", "latin": "Musculus x", "also": ["knob", "twist"], "means": "It twists: gently."},
    ),
    "movement": (
        ("Twisting", "--plain", "turning", "--prime", "Lid holder", "--stretches", "2,3", "--sources", "tealeaf-1899"),
        "movements",
        {
            **{"name": "Twisting", "plain": "turning", "prime": ["lid-holder"], "sources": ["tealeaf-1899"]},
            "stretches": ["lid-holder", "handle-hugger"],
        },
    ),
    "position": (
        ("Upside down", "--reps", "drops", "--words", "upside down, on your lid", "--posture", "standing"),
        "positions",
        {"name": "Upside down", "reps": "drops", "words": ["upside down", "on your lid"], "posture": "standing"},
    ),
    "thing": (
        ("Cosy", "--words", "cosy", "--places", "round your lid: lid; over your base: base, foot"),
        "equipment",
        {
            **{"name": "Cosy", "words": ["cosy"]},
            "places": {
                "lid": {"name": "round your lid", "words": ["lid"]},
                "base": {"name": "over your base", "words": ["base", "foot"]},
            },
        },
    ),
}


@pytest.mark.parametrize("kind", WORDS)
def test_a_word_comes_into_its_list_and_nothing_else_changes(kind: str, fresh: Path, add: Add) -> None:
    arguments, group, entry = WORDS[kind]
    before, files = vocabulary(fresh), content(fresh)
    done = add(kind, *arguments)
    assert (done.status, done.err) == (0, "")
    after = vocabulary(fresh)
    (id_,) = after[group].keys() - before[group].keys()
    assert after[group].pop(id_) == entry
    assert after == before
    assert id_ in done.out
    assert {name for name, raw in content(fresh).items() if raw != files.get(name)} == {FILE}
    assert [str(problem) for problem in gate.check(fresh).problems] == []


def test_a_list_in_order_stays_so(fresh: Path, add: Add) -> None:
    edit(FILE, "movements:\n", "movements:\n  a: {name: A, plain: a, prime: [lid-holder], sources: [tealeaf-1899]}\n")(
        fresh
    )
    before = [*vocabulary(fresh)["movements"]]
    assert before != sorted(before)
    assert add("thing", "Cosy", "--words", "cosy").status == 0
    assert [*vocabulary(fresh)["equipment"]] == ["cushion", "ribbon", "cosy"]  # of two nobody can tell
    edit(FILE, "  tipping:", "  z:")(fresh)
    edit(FILE, "  z:", "  b:")(fresh)
    assert add("movement", "Boiling", "--plain", "b", "--prime", "1", "--sources", "tealeaf-1899").status == 0
    assert [*vocabulary(fresh)["movements"]] == ["a", "b", "boiling", "dozing", "twinkling"]


def test_what_it_changes_elsewhere_is_told(fresh: Path, add: Add) -> None:
    done = add("thing", "Cup", "--words", "cup")
    assert done.status == 0
    assert "By these words the check now finds something in docs/exercises/teapot-tip.md: " in done.out


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("thing", "Ribbon", "--words", "x"), 1, "There is already a 'ribbon' in 'equipment'"),
        (("muscle", "Hugger", "--means", "x"), 1, "'Hugger' is also a name of the muscle 'handle-hugger'"),
        (("muscle", "Knob"), 2, "a muscle needs --means"),
        (("movement", "Boil", "--plain", "x", "--prime", "1"), 2, "a movement needs --sources"),
        (("movement", "Boil", "--plain", "x", "--prime", "knob", "--sources", "x"), 2, "There is no 'knob'."),
        (("movement", "Boil", "--plain", "x", "--prime", "1", "--sources", "nobody-1"), 1, "'nobody-1' is not in"),
        (("thing", "Cosy", "--words", "x", "--latin", "y"), 2, "--latin is not for a thing"),
        (("thing", "Cosy", "--words", "x", "--places", "lid"), 1, "'lid' needs the words that steps use"),
        (("thing", "Чайник", "--words", "x"), 2, "Add --slug"),
        (("thing",), 2, "the kind and the name are missing"),
        ((), 2, "the kind and the name are missing"),
        (("kettle", "x"), 2, "invalid choice"),
    ],
)
def test_what_is_refused(arguments: tuple[str, ...], status: int, words: str, fresh: Path, add: Add) -> None:
    before = content(fresh)
    done = add(*arguments)
    assert (done.status, done.out) == (status, "")
    assert words in done.err
    assert content(fresh) == before


@needs_pty
def test_a_dialogue(fresh: Path) -> None:
    terminal = Terminal("new_word", "--root", str(fresh))
    for question, answer in (
        ("What do you add?", "2"),
        ("What is it called?", "Twisting"),
        ("What is it in plain words", ""),
        ("This one is needed.", "turning: round"),
        ("By what other words", "twist, twirl"),
        ("Which muscles do most of it?", "2"),
        ("Which other muscles", ""),
        ("Which muscles does it stretch?", ""),
        ("Which sources say so?", "tealeaf-1899"),
    ):
        terminal.answer(question, f"{answer}\n")
    terminal.wait_for("under 'movements': twisting")
    assert terminal.status() == 0
    entry = vocabulary(fresh)["movements"]["twisting"]
    assert (entry["plain"], entry["words"], entry["prime"]) == ("turning: round", ["twist", "twirl"], ["lid-holder"])
