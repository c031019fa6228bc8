"""Scripts as they are published: the same statements, without what is written for whoever reads the code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hipknee.script_text import published
from projects import ASSETS

SCRIPTS = sorted(path for path in ASSETS.rglob("*.js") if path.stem != "lean-qr")
CASES = {
    "a comment": (b"/* why */\na();\n", b"a();\n"),
    "a comment of two lines, within": (b"{\n  /* why\n     so */\n  a();\n}\n", b"{\na();\n}\n"),
    "one that ends a line stays": (b"a(); /* why */\n", b"a(); /* why */\n"),
    "a pattern like one": (b"b(/\\/*/);\n", b"b(/\\/*/);\n"),
    "a blank line stays": (b"a();\n\nb();\n", b"a();\n\nb();\n"),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_published(name: str) -> None:
    given, expected = CASES[name]
    assert published(given) == expected


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_no_text_of_ours_goes_over_lines(path: Path) -> None:
    """Else its indentation would change what it says."""
    text = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)
    for line in text.splitlines():
        assert re.sub(r"= /\S*/g;", "", line).count("`") % 2 == 0, line
