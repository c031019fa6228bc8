"""New codes for exercises."""

from __future__ import annotations

import re
import string
from itertools import product

import pytest
from hipknee.content.codes import free

FREE = {
    ("Clamshell", ""): "CLA",
    ("Clamshell", "CLA"): "CLM",
    ("Clamshell", "CLA CLM CLS"): "CLH",
    ("Side-lying leg raise", ""): "SLL",
    ("Side-lying leg raise", "SLL"): "SLR",
    ("Side-lying leg raise", "SLL SLR SLR LLR"): "SID",
    ("Wall sit", ""): "WSI",
    ("Heel raise", "HRA HRI HRS HRE"): "HEE",
    ("\u00c9l\u00e9vation", ""): "ELE",
    ("1, 2, 3", ""): "AAA",
    ("A", "AAA"): "AAB",
}


@pytest.mark.parametrize(("title", "others"), FREE)
def test_a_code_is_short_for_the_name(title: str, others: str) -> None:
    code = free(title, others.split())
    assert code == FREE[title, others]
    assert re.fullmatch("[A-Z]{3}", code)


def test_the_last_code_is_found_and_then_none() -> None:
    every = {"".join(letters) for letters in product(string.ascii_uppercase, repeat=3)}
    assert free("Clamshell", every - {"QJX"}) == "QJX"
    with pytest.raises(ValueError, match="all codes"):
        free("Clamshell", every)
