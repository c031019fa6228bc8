"""Cautions of several exercises: each once, beside the others for the same people, with the exercises that have it."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pytest
from hipknee.pages.cautions import cares

Row = tuple[str, str, str | None]
CASES: dict[str, tuple[Sequence[Sequence[Row]], str | None, list[tuple[str, str]]]] = {
    "nobody": ([[], []], None, []),
    "the same once": ([[("wet", "dry", None)], [("wet", "dry", None)]], None, [("wet, dry", "ab")]),
    "the same people beside each other": (
        [[("wet", "dry", None), ("old", "rest", None)], [("wet", "preen", None)]],
        None,
        [("wet, dry", "a"), ("wet, preen", "b"), ("old, rest", "a")],
    ),
    "of one condition": ([[("wet", "dry", "tail"), ("old", "rest", "wing")]], "wing", [("old, rest", "a")]),
}


def having(slug: str, rows: Sequence[Row]) -> Any:
    """An exercise with these cautions, and nothing else of one."""
    written = [SimpleNamespace(who=who, do=do, condition=of) for who, do, of in rows]
    return SimpleNamespace(slug=slug, facts=SimpleNamespace(cautions=written))


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_cares(case: tuple[Sequence[Sequence[Row]], str | None, list[tuple[str, str]]]) -> None:
    rows, condition, expected = case
    found = cares([having(slug, of) for slug, of in zip("abc", rows, strict=False)], condition)
    said = [(f"{who}, {do}", "".join(one.slug for one in those)) for who, what in found for do, those in what]
    assert said == expected
