"""Scripts as they are published: the same statements, without what is written for whoever reads the code."""

from __future__ import annotations

from pathlib import Path

import pytest
from hipknee.script_text import published
from playwright.sync_api import Browser
from projects import ASSETS

SCRIPTS = sorted(ASSETS.rglob("*.js"))
CASES = {
    "a comment": ("/* why */\na();\n", "a();"),
    "a comment of two lines, within": ("{\n  /* why\n     so */\n  a();\n}\n", "{a();}"),
    "one that ends a line": ("a(); // why\n", "a();"),
    "a pattern like one": ("b(/\\/*/);\n", "b(/\\/*/);"),
    "a text like one": ("b(\"/* no */\", '// no');\n", "b(\"/* no */\",'// no');"),
    "blanks of a text": ("b(`a  ${c}\n  d`);\n", "b(`a  ${c}\n  d`);"),
    "letters of every kind": ("b('\u2018\u00e9\U0001f9b5');\n", "b('\u2018\u00e9\U0001f9b5');"),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_published(name: str) -> None:
    given, expected = CASES[name]
    assert published(given.encode()).decode().strip() == expected


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_it_is_the_same_program(browser: Browser, path: Path) -> None:
    """The browser reads it, and what it makes of it is smaller only by what nobody runs."""
    text = path.read_bytes()
    result = published(text)
    page = browser.new_page()
    reads = "text => { new Function(text); return true; }"
    assert page.evaluate(reads, text.decode())
    assert page.evaluate(reads, result.decode())
    page.close()
    assert len(result) <= len(text)
    assert published(result) == result
