"""Words as the search compares them, in English and in a language that was not asked for yet."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hipknee.search_words import Words, alike, plain, split
from hipknee.wording import Say
from projects import ROOT, words

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
TABLE: dict[str, Any] = yaml.safe_load((ROOT / "tests" / "search_words.yml").read_text("utf-8"))
"""What Python and the browser agree on: tests/pages/test_searching.py holds the browser against it."""


def test_the_table() -> None:
    own = Words(Say(TABLE["words"]))
    assert {text: own.core(text) for text in TABLE["cases"]} == TABLE["cases"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Side-lying leg raise, twice", ["Side", "lying", "leg", "raise", "twice"]),
        ("the runner’s knee_cap", ["the", "runner's", "knee", "cap"]),
        ("'so-called'", ["so", "called"]),
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
        (ENGLISH, "Bridges", ENGLISH.stem("bridging")),
        (ENGLISH, "swelled", ENGLISH.stem("swelling")),
        (ENGLISH, "gluteus", "gluteus"),
        (ENGLISH, "runner’s", "runner"),
        (ENGLISH, "runners'", "runner"),
        (ENGLISH, "PTs", "pts"),  # of what is left nobody would know
        (OTHER, "Teapotoj", "teapot"),
        (OTHER, "tipj", "tip"),
        (OTHER, "halój", "haloj"),
        (OTHER, "tip'z", "tip"),
        (OTHER, "bridges", "bridges"),
        (OTHER, "swelling", "swelling"),
        (OTHER, "kapp", "kapp"),  # only a language with endings has letters that stand twice before them
    ],
)
def test_a_word_with_another_ending_is_the_same_word(own: Words, word: str, stem: str) -> None:
    assert own.stem(word) == stem


@pytest.mark.parametrize(
    ("own", "text", "core"),
    [
        (ENGLISH, "The pain rules", ["pain", "rul"]),
        (ENGLISH, "What to do", ["what", "to", "do"]),  # or nothing would be left
        (ENGLISH, "IT band", ["it", "band"]),
        (ENGLISH, "it band", ["band"]),
        (OTHER, "la kiel TIP'z", ["tip"]),
        (OTHER, "the tip", ["the", "tip"]),
    ],
)
def test_a_name_comes_down_to_its_core(own: Words, text: str, core: list[str]) -> None:
    assert own.core(text) == core


def test_words_that_mean_the_same_are_those_of_the_first() -> None:
    rows = [["swelling", "swollen", "puffy"], ["numb", "numbness"]]
    assert alike(rows, ENGLISH) == {ENGLISH.stem("swollen"): "swel", ENGLISH.stem("puffy"): "swel"}
