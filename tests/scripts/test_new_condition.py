"""A condition page is added with one command: the page, the site's conditions, the menu, the exercises that help."""

from __future__ import annotations

import re
from pathlib import Path

import new_condition
import pytest
from hipknee.content import front_matter
from hipknee.content.catalogue import load
from hipknee.content.model import Condition
from hipknee.gate import gate
from newcomers import Add, Terminal, caller, content, needs_pty
from projects import edit

SITE, MENU, TEAPOT = "docs/_data/site.yml", "mkdocs.yml", "docs/exercises/teapot-tip.md"
TEXTS = {
    "summary: ": "What a stiff spout is, and what loosens it.",
    "  emergency:": "[The spout is in the fire.]",
    "  same_day:": "[The spout is on the floor.]",
    "  book:": "[The spout whistles at night.]",
    "self_care:\n  -": "Rinse it.",
}


@pytest.fixture
def add(fresh: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Add:
    return caller(new_condition.main, fresh, monkeypatch, capsys)


def complete(project: Path) -> None:
    """What an editor types, after she has deleted the notes."""
    path = project / "docs" / "stiff-spout.md"
    rows = [
        row.partition("  # ")[0].rstrip()
        for row in path.read_text("utf-8").split("\n")
        if row[:1] != "#" or "##" in row
    ]
    text = "\n".join(rows).replace("summary:\n", "summary: \n").replace("Cite a source like this: [@key].", "")
    text = re.sub(r"(emergency|same_day|book): \[\]", r"\1:", text)
    for key, value in TEXTS.items():
        assert key in text, key
        text = text.replace(key, f"{key} {value}".replace("  What", " What"), 1)
    path.write_text(text, "utf-8")


def test_a_page_in_every_list_that_is_silent_once_it_is_filled_in(fresh: Path, add: Add) -> None:
    before = content(fresh)
    done = add(
        "Stiff spout", "--exercise", "Teapot tip=It warms: the spout.", "--exercise", "starfish-twinkle=It shines."
    )
    assert (done.status, done.err) == (0, "")
    after = content(fresh)
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {"docs/stiff-spout.md", SITE, MENU, TEAPOT, "docs/exercises/starfish-twinkle.md"}
    assert after[SITE] == before[SITE].replace(b"creaky-lid]", b"creaky-lid, stiff-spout]")
    assert after[MENU] == before[MENU].replace(b"  - creaky-lid.md\n", b"  - creaky-lid.md\n  - stiff-spout.md\n")
    assert b'\n  stiff-spout: "It warms: the spout."\nmuscles:' in after[TEAPOT]
    document, problems = front_matter.read_page("x.md", after["docs/stiff-spout.md"])
    assert problems == []
    assert {*document.data} == {*Condition.model_fields}
    assert document.data["exercises"] == ["teapot-tip", "starfish-twinkle"]
    assert {problem.path for problem in gate.check(fresh).problems} == {"docs/stiff-spout.md"}
    assert "http://127.0.0.1:8000/stiff-spout/ " in done.out
    complete(fresh)
    assert [str(problem) for problem in gate.check(fresh).problems] == []
    assert [*load(fresh).conditions] == ["wobbly-knee", "creaky-lid", "stiff-spout"]


def test_a_name_is_enough(fresh: Path, add: Add) -> None:
    done = add("Étirement: froid")
    assert (done.status, done.err) == (0, "")
    assert "add NAME to 'exercises' in docs/etirement-froid.md" in done.out
    assert {problem.path for problem in gate.check(fresh).problems} == {"docs/etirement-froid.md"}


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("Wobbly knee",), 1, "docs/wobbly-knee.md already exists."),
        (("Wibbly knees",), 1, "is already a name in docs/wobbly-knee.md, line 3."),
        (("Knocking knee",), 1, "'knocking-knee' is an old name of docs/wobbly-knee.md"),
        (("Exercises",), 1, "would have the same address as docs/exercises/index.md"),
        (("Problems",), 1, "the list of problems"),
        (("About",), 1, "already exists"),
        (("Колено",), 2, "Add --slug"),
        ((), 2, "the name is missing"),
        (("Owl", "--exercise", "teapot-tip"), 2, 'say why it may help, such as --exercise "teapot-tip='),
        (("Owl", "--exercise", "teapot=x"), 2, "There is no 'teapot'."),
    ],
)
def test_what_is_refused(arguments: tuple[str, ...], status: int, words: str, fresh: Path, add: Add) -> None:
    before = content(fresh)
    done = add(*arguments)
    assert (done.status, done.out) == (status, "")
    assert words in done.err
    assert content(fresh) == before


FAULTS = {
    "a menu that is none": (
        edit(MENU, "nav:\n  - index.md\n  - wobbly-knee.md\n  - creaky-lid.md\n", "nav: index.md\nx:\n"),
        "Please add 'owl.md' to 'nav' in mkdocs.yml.",
    ),
    "reasons on one line": (
        edit(TEAPOT, "helps:\n  wobbly-knee: It tires", "helps: {wobbly-knee: x}\nx:\n  wobbly-knee: It tires"),
        "Please add 'owl' to 'helps' in docs/exercises/teapot-tip.md.",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_all_or_nothing(fault: str, fresh: Path, add: Add) -> None:
    change, words = FAULTS[fault]
    change(fresh)
    before = content(fresh)
    done = add("Owl", "--exercise", "teapot-tip=It may.")
    assert (done.status, done.out) == (1, "")
    assert words in done.err
    assert content(fresh) == before


def test_a_site_without_a_menu_needs_no_line_in_one(fresh: Path, add: Add) -> None:
    menu = fresh / MENU
    menu.write_text("".join(menu.read_text("utf-8").partition("nav:\n")[:1]), "utf-8")
    (fresh / "switchboard.yml").write_text(
        (fresh / "switchboard.yml").read_text("utf-8").replace("\nnav:\n", "\nunused:\n"), "utf-8"
    )
    assert add("Owl").status == 0


@needs_pty
def test_a_dialogue(fresh: Path) -> None:
    terminal = Terminal("new_condition", "--root", str(fresh))
    for question, answer in (
        ("What is the condition called?", "About"),
        ("already exists", "Stiff spout"),
        ("Which exercises may help?", "1,3"),
        ("Why may it help with Stiff spout: Teapot tip?", "It warms it."),
        ("Why may it help with Stiff spout: Starfish twinkle?", ""),
    ):
        terminal.answer(question, f"{answer}\n")
    terminal.wait_for("/stiff-spout/")
    assert terminal.status() == 0
    page = load(fresh).conditions["stiff-spout"]
    assert page.part(lambda page: page.exercises) == ["teapot-tip"]
