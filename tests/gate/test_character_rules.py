"""Characters that nobody sees: told where they do nothing, left where a script needs them."""

# ruff: noqa: RUF001, the letters are what is tried
from __future__ import annotations

import pytest
from hipknee.gate import character_rules

MEANT = [
    "می\u200cخواهم",  # Persian
    "क\u094d\u200dष",  # Devanagari
    "ശ\u0d4d\u200c",  # Malayalam
    "👩\u200d⚕\ufe0f",  # an emoji, which is told as such
    "שלום \u200e(1)\u200f",
    "naïve café",
]
UNSEEN = {
    "kn\u00adee": "knee",
    "kn\u200dee": "knee",
    "kn\u200cee": "knee",
    "é\u200de": "ée",
    "α\u200cβ": "αβ",
    "knee\u200e (1)": "knee (1)",
    "two\u2028lines": "two lines",
    "\ufeffknee": "knee",
    "→\ufe0f": "→",
}


@pytest.mark.parametrize("row", MEANT, ids=ascii)
def test_a_script_may_need_it(row: str) -> None:
    assert [*character_rules.wrong(row)] == []


@pytest.mark.parametrize("row", UNSEEN, ids=ascii)
def test_or_nobody_does(row: str) -> None:
    ((rule, message, _, correction),) = character_rules.wrong(row)
    assert (rule, correction) == ("letter-unseen", UNSEEN[row])
    assert "(U+" in message
