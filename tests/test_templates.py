"""The templates hold no words of their own, and the words that they ask for are there."""

from __future__ import annotations

import re
from pathlib import Path

import content
import pytest
from content import line_of, replaced
from hipknee import catalogue, gate, templates
from jinja2 import UndefinedError

FILES = sorted(templates.FOLDER.glob("*.html"))
FRAME = sorted(templates.FRAME.rglob("*.html"))
WORDS = "docs/_data/words.en.yml"


@pytest.fixture(scope="module")
def pond(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return content.write(tmp_path_factory.mktemp("templates") / "pond")


@pytest.mark.parametrize("file", FILES + FRAME, ids=lambda path: path.stem)
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
    assert filters["tel"]("+1 (904) 555-0142 ") == "+19045550142"
    for text in ("Bow.", "Bow?", "Bow!", "Bow…"):
        assert filters["full_stop"](text) == text
    assert filters["full_stop"]("Bow") == "Bow."
    assert filters["full_stop"]("!Bow") == "!Bow."


def test_a_word_is_missed(pond: Path) -> None:
    words = (pond / WORDS).read_text("utf-8")
    for name in sorted(templates._said())[::4]:
        with replaced(pond, **{WORDS: content.without("---\n" + words + "---\n", name)[4:-4]}):
            (problem,) = templates.check(catalogue.load(pond))
        assert (problem.path, problem.line, problem.rule) == (WORDS, 1, "key-missing")
        assert problem.message == f"'{name}' is missing: a page prints it."


def test_a_word_too_many(pond: Path) -> None:
    words = (pond / WORDS).read_text("utf-8") + "stesp: Steps {count}\nwhatever_this_is: Hm\n"
    with replaced(pond, **{WORDS: words}):
        problems = gate.check(pond).problems
    assert [(p.line, p.rule, p.message, p.hint) for p in problems] == [
        (line_of(words, "stesp:"), "key-unknown", "No page prints 'stesp'.", "Did you mean 'steps'?"),
        (line_of(words, "whatever"), "key-unknown", "No page prints 'whatever_this_is'.", "Delete it."),
    ]


def test_a_place_that_nothing_fills(pond: Path) -> None:
    words = (pond / WORDS).read_text("utf-8")
    wrong = re.sub('^(start|seconds): ".*"', r'\1: "{count} of {these}"', words, flags=re.MULTILINE)
    with replaced(pond, **{WORDS: wrong}):
        problems = gate.check(pond).problems
    seconds, start = line_of(wrong, "\nseconds:") + 1, line_of(wrong, "\nstart:") + 1
    assert sorted((p.line, p.message, p.hint) for p in problems) == sorted(
        [
            (seconds, "{these} in 'seconds' is never filled in.", "Filled in are: {count}."),
            (start, "{count} in 'start' is never filled in.", "Filled in are: nothing."),
            (start, "{these} in 'start' is never filled in.", "Filled in are: nothing."),
        ]
    )
    assert {problem.rule for problem in problems} == {"value-invalid"}
