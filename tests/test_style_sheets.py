"""A brace that is missing in a style sheet hands all rules after it to the one before, and no browser says so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

SHEETS = sorted((Path(__file__).resolve().parent.parent / "docs/assets/stylesheets").glob("*.css"))
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def nested(css: str) -> list[str]:
    """What stands inside of a rule that can hold none, and "" for each brace without its other."""
    faults, around, begin = [], [""], 0
    text = _COMMENT.sub("", css)
    for brace in re.finditer("[{};]", text):
        head, begin = text[begin : brace.start()].strip(), brace.end()
        if brace[0] == "{":
            if not around[-1].startswith("@") and around[-1]:
                faults.append(head)
            around.append(head)
        elif brace[0] == "}":
            around.pop()
            if not around:
                return [*faults, ""]
    return [*faults, *around[1:]]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_no_rule_stands_in_another(sheet: Path) -> None:
    assert nested(sheet.read_text("utf-8")) == []


CASES = {
    "a { b: c; }\n@media print { d { e: f; } }": [],
    "a { b: c;\nd { e: f; }": ["d", "a"],
    "@media print { a { b: c; }\nd { e: f; }": ["@media print"],
    "a { b: c; } }": [""],
}


@pytest.mark.parametrize("css", CASES)
def test_a_brace_that_is_missing_is_noticed(css: str) -> None:
    assert nested(css) == CASES[css]
