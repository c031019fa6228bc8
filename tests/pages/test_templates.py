"""The templates hold no words of their own, and the words that they ask for are there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import hipknee
import pytest
from hipknee.content.data_files import Position, Posture
from hipknee.content.model import Aim, Level, Role, Side
from hipknee.gate import words
from hipknee.pages import templates
from hipknee.places import FRAME, PAGE_TEMPLATES
from hipknee.programme.doses import BANDS
from jinja2 import UndefinedError

FILES = sorted(PAGE_TEMPLATES.glob("*.html"))
FRAMES = sorted(FRAME.rglob("*.html"))
CORE = Path(hipknee.__file__).parent


@pytest.mark.parametrize("file", FILES + FRAMES, ids=lambda path: path.stem)
def test_no_word_stands_in_a_template(file: Path) -> None:
    """A Spanish edition is a file of words, not a second set of templates."""
    source = re.sub(r"\{#.*?#\}|\{%.*?%\}", "", file.read_text("utf-8"), flags=re.DOTALL)
    source = re.sub(r"\{\{.*?\}\}", "{}", source, flags=re.DOTALL)
    for name, value in re.findall(r'\b(aria-label|alt|title|placeholder|value)="([^"]*)"', source):
        assert not re.search(r"[a-z]", value), f"{name} is printed or read aloud"
    text = re.sub(r"<[^>]*>|&\w+;", "", source)
    assert not re.search(r"\w", text), text


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.stem)
def test_a_template_can_be_read(file: Path) -> None:
    assert templates.environment({}).get_template(file.name)


def test_a_word_is_said() -> None:
    say = templates.environment({"hello": "Hello {who}, {who} & {other}!"}).globals["say"]
    assert say("hello", who="Duck") == "Hello Duck, Duck & {other}!"
    assert say("hello", who="{other}", other="x") == "Hello {other}, {other} & x!"
    assert say("goodbye") == "goodbye"


def test_what_is_printed_is_escaped() -> None:
    environment = templates.environment({"hello": "<b> {who}"})
    made = environment.from_string("{{ say('hello', who=duck) }} {{ duck }}").render(duck='"<i>')
    assert made == "&lt;b&gt; &#34;&lt;i&gt; &#34;&lt;i&gt;"


def test_what_is_not_there_is_not_passed_over() -> None:
    with pytest.raises(UndefinedError):
        templates.environment({}).from_string("{{ duck }}").render()


def test_filters() -> None:
    filters = templates.environment({}).filters
    assert filters["host"]("https://pond.example/a?b") == "pond.example"
    for text in ("Bow.", "Bow?", "Bow!", "Bow…"):
        assert filters["full_stop"](text) == text
    assert filters["full_stop"]("Bow") == "Bow."
    assert filters["full_stop"]("!Bow") == "!Bow."


# What the core says


EXPANSIONS: dict[str, set[str]] = {
    "role_{}": {f"role_{role}" for role in Role},
    "kind_{}": {f"kind_{aim}" for aim in Aim},
    "level_{}": {f"level_{level}" for level in Level},
    "side_{}": {f"side_{side.replace('-', '_')}" for side in Side},
    "band_{}": {f"band_{band}" for band in BANDS},
    "chip_{}": {f"chip_{posture}" for posture in Posture},
    "each_{}": {f"each_{each}" for each in get_args(Position.model_fields["each"].annotation)},
}
"""The names that the core puts together, and what each may become."""


def names(said: ast.expr) -> Iterator[str]:
    """The names that an argument of `say` may be; `{}` stands for what is put in."""
    match said:
        case ast.Constant(value=str(name)):
            yield name
        case ast.IfExp(body=one, orelse=other):
            yield from [*names(one), *names(other)]
        case ast.JoinedStr(values=parts):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in parts)
        case _:
            raise AssertionError(f"say({ast.unparse(said)}): nobody can tell what that says")


def test_the_table_of_what_the_core_says_is_true() -> None:
    """What is said must be in the words; what is never said must not be asked of them."""
    said: dict[str, set[str]] = {}
    for path in sorted(CORE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            called = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
            if called.rpartition(".")[2] == "say":
                for name in names(node.args[0]):
                    said.setdefault(name, set()).update(str(keyword.arg) for keyword in node.keywords)
            elif called.endswith("say.several") and isinstance(node.args[0], ast.Constant):
                said.setdefault(node.args[0].value, set())
            elif called.endswith("say.counted"):
                for name in [*names(node.args[0]), *names(node.args[1])]:
                    said.setdefault(name, set()).add("count")
    assert {name for name in said if "{}" in name} == {*EXPANSIONS}
    literal = {name: values for name, values in said.items() if name not in {*EXPANSIONS, *words.LANGUAGE}}
    expanded = {name: said[pattern] for pattern, every in EXPANSIONS.items() for name in every}
    assert literal | expanded == {name: {*values} for name, values in words.SAID_IN_CODE.items()}
