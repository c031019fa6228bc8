"""Cautions of several exercises: each once, beside the others for the same people, with the exercises that have it."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pytest
from hipknee.pages.cautions import grouped
from hipknee.pages.presented import PresentedCaution

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
    cautions = [PresentedCaution(f"{who}, {do}", of) for who, do, of in rows]
    return SimpleNamespace(
        slug=slug, cautions=cautions, facts=SimpleNamespace(cautions=[SimpleNamespace(who=who) for who, _, _ in rows])
    )


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_grouped(case: tuple[Sequence[Sequence[Row]], str | None, list[tuple[str, str]]]) -> None:
    rows, condition, expected = case
    found = grouped([having(slug, of) for slug, of in zip("abc", rows, strict=False)], condition)
    assert [(text, "".join(one.slug for one in those)) for text, those in found] == expected
