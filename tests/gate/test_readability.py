"""How hard a text is to read, held against the published formula and a dictionary's syllables."""

from __future__ import annotations

import pytest
from hipknee.gate.readability import long_sentences, read, reader, syllables
from hypothesis import given, settings
from hypothesis import strategies as st

SYLLABLES = {
    1: "a I pond knee thigh stretch lifts moved walked leaned squeezed don't eyes you your you're yes",
    2: "muscle buttock table going lying being lifted needed pillow tendon heron's slowly science react fluid",
    3: "idea area exercise flamingo arthritis radio quieter physician theory gradual actual",
}


@pytest.mark.parametrize(("count", "word"), [(n, word) for n, words in SYLLABLES.items() for word in words.split()])
def test_syllables(count: int, word: str) -> None:
    assert syllables(word) == syllables(word.upper()) == count


def test_the_grade_is_that_of_the_formula() -> None:
    reading = read("The frogs clap. The pond is calm.")
    assert (reading.words, reading.syllables, len(reading.sentences)) == (7, 7, 2)
    assert reading.grade == pytest.approx(0.39 * 7 / 2 + 11.8 * 7 / 7 - 15.59)
    hard = read("Rehabilitation necessitates consideration of multidimensional biopsychosocial determinants.")
    assert hard.grade > 20
    assert read("").grade == 0.0
    assert read("12 (3) – !").grade == 0.0


def test_a_language_without_a_formula_is_not_judged() -> None:
    assert (reader("en"), reader("en-GB"), reader("es"), reader("enm")) == (read, read, None, None)


def test_where_sentences_end() -> None:
    def sentences(text: str) -> list[str]:
        return [*read(text).sentences]

    assert sentences('Bow. Then: sit! Why? "Stop." Go; rest') == [
        "Bow.",
        "Then:",
        "sit!",
        "Why?",
        '"Stop.',
        "Go;",
        "rest",
    ]
    assert sentences("One line\nand another\n\n- an item") == ["One line", "and another", "- an item"]
    assert sentences("Bow 2.5 times, e.g.now") == ["Bow 2.5 times, e.g.now"]
    assert sentences("... 5. !") == []


def test_long_sentences_are_named() -> None:
    fifteen = " ".join(["bow"] * 15) + "."
    sixteen = " ".join(["sit"] * 16) + "."
    assert long_sentences(read(f"{fifteen} {sixteen}")) == [sixteen]
    assert long_sentences(read(fifteen), limit=14) == [fifteen]
    assert long_sentences(read("")) == []


@settings(deadline=None)
@given(st.text(max_size=80))
def test_no_text_is_too_much(text: str) -> None:
    reading = read(text)
    assert reading.syllables >= reading.words >= len(reading.sentences)
    assert bool(reading.words) is bool(reading.sentences)
    assert reading.grade == reading.grade
