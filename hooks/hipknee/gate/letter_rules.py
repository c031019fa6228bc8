"""Letters that paper can't show, known from the fonts before anything is printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

from ..broken_letters import mended
from ..content.catalogue import Catalogue, Entry
from ..letters import missing as missing_in_fonts
from ..problems import Problem
from ..rules import Rule
from .bodies import Body
from .printed_texts import texts

_LOST = "\N{REPLACEMENT CHARACTER}"
"""What stands for a letter that was lost."""


def missing(text: str) -> list[str]:
    """The parts of a text that print has no letters for. What is broken or lost is told as that."""
    return missing_in_fonts(mended(text).replace(_LOST, " ")) if missing_in_fonts(text) else []


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """The name of the site, which stands in mkdocs.yml."""
    board = catalogue.switchboard
    if letters := missing(board.name):
        yield _problem(*board.at("site_name"), letters)


def of_file(entry: Entry[Any]) -> Iterator[Problem]:
    """Every letter of every text that is printed is in the print's fonts."""
    for place, text in texts(entry.document.data, ()):
        if letters := missing(text):
            yield _problem(entry.path, entry.document.line(*place), letters)


def of_body(entry: Entry[Any], body: Body) -> Iterator[Problem]:
    """So is every letter of the text below the front matter."""
    tree = body.tree.body if "&" in body.html or missing(body.html) else None
    letters = missing(tree.text()) if tree else []
    for line, group in _lines(entry.document.body, letters):
        yield _problem(entry.path, entry.document.body_line + line, group)


def _problem(path: str, line: int, letters: Iterable[str]) -> Problem:
    signs = "', '".join(each if each.isprintable() else " ".join(f"U+{ord(c):04X}" for c in each) for each in letters)
    message = f"The print fonts have no '{signs}'."
    return Problem(path, line, Rule.LETTER_MISSING, message, "Write it with other letters.")


def _lines(body: str, letters: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Which of the letters are on which line of a text, counted from 0; the first line if none can be seen."""
    if not letters:
        return
    rows = [(n, [each for each in letters if each in unescape(row)]) for n, row in enumerate(body.split("\n"))]
    yield from [(n, group) for n, group in rows if group] or [(0, letters)]
