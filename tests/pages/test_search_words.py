"""Words as the search compares them, in English and in a language that was not asked for yet."""

from __future__ import annotations

import pytest
from hipknee.pages.search_words import Words, plain, split
from hipknee.wording import Say
from projects import words

ENGLISH = Words(Say(words()))
OTHER = Words(
    Say(
        {
            "common_words": ["La", "kíel"],
            "plural_endings": ["j", "oj"],
            "plural_look_alikes": ["aloj"],
            "possessive_endings": ["’z"],
        }
    )
)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Side-lying leg raise, twice", ["Side", "lying", "leg", "raise", "twice"]),
        ("the runner’s knee_cap", ["the", "runner’s", "knee", "cap"]),
        ("1/2 of 90°", ["1", "2", "of", "90"]),
        ("колено 膝 ½", ["колено", "膝", "½"]),
        ("", []),
    ],
)
def test_a_text_comes_apart_into_words(text: str, parts: list[str]) -> None:
    assert split(text) == parts


@pytest.mark.parametrize(("text", "result"), [("Café", "cafe"), ("Runner’s", "runner's"), ("ΓΌΝΑΤΟΣ", "γονατος")])
def test_what_looks_alike_is_alike(text: str, result: str) -> None:
    assert plain(text) == result


@pytest.mark.parametrize(
    ("own", "word", "stem"),
    [
        (ENGLISH, "Bridges", "bridge"),
        (ENGLISH, "bus", "bus"),
        (ENGLISH, "gluteus", "gluteus"),
        (ENGLISH, "press", "press"),
        (ENGLISH, "runner’s", "runner"),
        (ENGLISH, "runners'", "runner"),
        (ENGLISH, "leg's", "leg"),
        (ENGLISH, "PTs", "pts"),  # of what is left nobody would know
        (OTHER, "Teapotoj", "teapot"),
        (OTHER, "tipj", "tip"),
        (OTHER, "halój", "haloj"),
        (OTHER, "tip'z", "tip"),
        (OTHER, "bridges", "bridges"),
    ],
)
def test_a_plural_is_the_same_word(own: Words, word: str, stem: str) -> None:
    assert own.stem(word) == stem


@pytest.mark.parametrize(
    ("own", "text", "core"),
    [
        (ENGLISH, "The pain rules", ["pain", "rule"]),
        (ENGLISH, "What to do", ["what", "to", "do"]),  # or nothing would be left
        (ENGLISH, "IT band", ["it", "band"]),
        (ENGLISH, "it band", ["band"]),
        (OTHER, "la kiel TIP'z", ["tip"]),
        (OTHER, "the tip", ["the", "tip"]),
    ],
)
def test_a_name_comes_down_to_its_core(own: Words, text: str, core: list[str]) -> None:
    assert own.core(text) == core
