"""The templates hold no words of their own, and the words that they ask for are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hipknee.pages import templates
from hipknee.places import FRAME, PAGE_TEMPLATES
from jinja2 import UndefinedError

FILES = sorted(PAGE_TEMPLATES.glob("*.html"))
FRAMES = sorted(FRAME.rglob("*.html"))


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
    assert filters["tel"]("+1 (904) 555-0142 ") == "+19045550142"
    for text in ("Bow.", "Bow?", "Bow!", "Bow…"):
        assert filters["full_stop"](text) == text
    assert filters["full_stop"]("Bow") == "Bow."
    assert filters["full_stop"]("!Bow") == "!Bow."
