"""No pattern of the core takes long, whatever is repeated in a text."""

from __future__ import annotations

import re

import growth
import pytest
from growth import Scan

SCANS = growth.scans()
PARTS = 8
BOUNDED = ("numbers_to_call._PARTS", "folder_copy._LINK")
"""What reads the HTML of a text: `gate.text_bounds` has counted the tags that are left open in it."""
SLOW = {
    "with two runs of one letter": r"a+[^b]*c",
    "that looks for an end": r"<!--.*?-->",
    "that begins anywhere": r"[a-z]+\d",
}


def test_every_pattern_of_the_core_is_tried() -> None:
    assert len(growth.TOKENS) == len({*growth.TOKENS}) > 60
    found = {scan.name for scan in SCANS}
    for name in (
        "text.body_links._INLINE",
        "gate.markups.KINDS",
        "gate.markdown_rules._KINDS",
        "content.front_matter._Loader",
    ):
        assert any(f"hipknee.{name}" in each for each in found), name
    assert len(SCANS) > 250


@pytest.mark.parametrize("pattern", SLOW.values(), ids=SLOW)
def test_a_slow_one_is_found(pattern: str) -> None:
    assert growth.verdict(Scan("", re.compile(pattern, re.DOTALL), "finditer").run, 50_000)


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("every", [5, pytest.param(1, marks=pytest.mark.acceptance)])
def test_no_pattern_takes_long(part: int, every: int) -> None:
    """All of them take a minute or two; each time one token of so many is tried."""
    wrong = {
        f"{scan.name} {scan.way} {scan.pattern.pattern!r}": growth.verdict(scan.run, every=every)
        for scan in SCANS[part::PARTS]
        if not scan.name.endswith(BOUNDED)
    }
    assert {name: text for name, text in wrong.items() if text} == {}
