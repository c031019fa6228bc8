"""Characters that nobody sees, by name."""

from __future__ import annotations

import pytest
from hipknee import unseen

ODD = {
    "each\u00a0": ("ends with a no-break space (U+00A0), which can't be seen", "each "),
    "\u200beach": ("begins with a zero-width space (U+200B), which can't be seen", "each"),
    "side\u00adlying": ("contains a soft hyphen (U+00AD), which can't be seen", "sidelying"),
    "ea\ufeffch": ("contains a byte-order mark (U+FEFF), which can't be seen", "each"),
    "ea\u202ech": ("contains a mark for the direction of writing (U+202E), which can't be seen", "each"),
    "ea\u2062ch": ("contains an invisible character (U+2062), which can't be seen", "each"),
    "ea\ufe0fch": ("contains a variation selector (U+FE0F), which can't be seen", "ea\ufe0fch"),
    "side\u2003lying": ("contains a space of unusual width (U+2003), which can't be seen", "side lying"),
    "side\u2011lying": ("contains a no-break hyphen (U+2011), which only looks like '-'", "side-lying"),
    "\u2013move": ("begins with a dash (U+2013), which only looks like '-'", "-move"),
    "cl\u0430mshell": (
        "contains the letter Cyrillic Small Letter A (U+0430), which only looks like a Latin letter",
        "cl\u0430mshell",
    ),
}


@pytest.mark.parametrize("text", ODD, ids=ascii)
def test_what_is_odd_is_named(text: str) -> None:
    assert (unseen.odd(text), unseen.plain(text)) == ODD[text]


@pytest.mark.parametrize("text", ["", "each", "side-lying", "Side lying", "hüfte", "плечо", "½"])
def test_nothing_is_odd(text: str) -> None:
    assert (unseen.odd(text), unseen.hidden(text), unseen.plain(text)) == ("", "", text)


def test_what_is_hidden_in_a_text() -> None:
    assert unseen.hidden("Clam\u00adshell") == "contains a soft hyphen (U+00AD), which can't be seen"
    assert unseen.hidden("2\u00a0sets \u2013 slowly") == ""


def test_what_stands_in_the_place_of_a_hyphen() -> None:
    assert unseen.item("  \u2013 move: Lift.") == "a dash (U+2013)"
    assert unseen.item("\u2022\u00a0move") == "a bullet (U+2022)"
    for row in ("- move: Lift.", "\u20135 degrees", "Lift \u2013 slowly", "# \u2013", ""):
        assert unseen.item(row) == "", row


def test_what_nobody_sees_has_a_name() -> None:
    names = {"\u00ad": "a soft hyphen (U+00AD)", "\u2028": "a line separator (U+2028)"}
    names |= {"\u2029": "a paragraph separator (U+2029)", "\x85": "a control character (U+0085)"}
    names |= {"\u115f": "an invisible character (U+115F)", "\ufe0f": "a variation selector (U+FE0F)"}
    assert {letter: unseen.called(letter) for letter in names} == names
