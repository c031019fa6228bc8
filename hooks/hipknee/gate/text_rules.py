"""Marks of Markdown and HTML in texts that are printed as they stand: front matter, data files, clinic settings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple

from ..content.catalogue import Catalogue, Entry
from ..content.filling import texts
from ..content.front_matter import Document
from ..problems import Problem
from ..refusals import contents
from ..rules import Rule
from . import markups

_NO_TEXT = frozenset(
    "address ask_first booking booklet colour conditions doi embed evidence file icon id logo not_words number page "
    "phrases pmcid pmid publish report sources url was waivers words".split()
)
"""Keys of what nobody reads as a text: files, addresses, numbers, and the words that the check looks for."""


class _Mark(NamedTuple):
    """A mark, and what is left of it. No two parts of a pattern can take the same letters."""

    pattern: re.Pattern[str]
    plain: Callable[[re.Match[str]], str]


def _text(match: re.Match[str]) -> str:
    return match["text"]


def _gone(match: re.Match[str]) -> str:
    return ""


_TAGS = (
    "a|abbr|article|b|big|blockquote|br|center|code|dd|del|details|div|dl|dt|em|font|h[1-6]|hr|i|iframe|img|ins|kbd|li|"
    "mark|ol|p|pre|q|s|script|section|small|span|strike|strong|style|sub|summary|sup|svg|table|tbody|td|th|thead|tr|tt|"
    "u|ul|video|wbr"
)
_MARKS = (
    _Mark(re.compile(r"<!--[^<>]*-->[ ]?"), _gone),
    _Mark(
        re.compile(rf"<(?P<tag>/?(?:{_TAGS}))(?:\s[^<>]*|/)?>", re.IGNORECASE),
        lambda match: " " if match["tag"].lower() in ("br", "hr", "/p") else "",
    ),
    _Mark(
        re.compile(r"&(?:[a-zA-Z][a-zA-Z0-9]{1,30}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});"),
        lambda match: unescape(match[0]).replace("\u00a0", " "),
    ),
    _Mark(re.compile(r"(?<!\w)!?\[(?P<text>[^\[\]\n@^]{0,300})\]\((?P<to>[^()\s]{1,300})\)"), _text),
    _Mark(re.compile(r"[ ]?\[@[^\[\]\n]{1,300}\]"), _gone),
    _Mark(re.compile(r"(?<![*\w])\*{2,3}(?=[^\s*])(?P<text>[^*\n]{1,400})(?<=\S)\*{2,3}(?![*\w])"), _text),
    _Mark(re.compile(r"(?<![_\w/.-])__(?=[^\s_])(?P<text>[^_\n]{1,400})(?<=\S)__(?![_\w/.-])"), _text),
    _Mark(re.compile(r"(?<![*\w])\*(?=[^\s*])(?P<text>[^*\n]{1,400})(?<=\S)\*(?![*\w])"), _text),
    _Mark(re.compile(r"(?<![_\w/.-])_(?=[^\s_])(?P<text>[^_\n]{1,400})(?<=\S)_(?![_\w/.-])"), _text),
    _Mark(re.compile(r"(?<!`)`(?=[^\s`])(?P<text>[^`\n]{1,400})`(?!`)"), _text),
    _Mark(re.compile(r"^#{1,6}[ ]+(?=\S)", re.MULTILINE), _gone),
    _Mark(re.compile(r"^>[ ]+(?=\S)", re.MULTILINE), _gone),
    _Mark(re.compile(r"^[ ]*(?:[*•·▪‣◦-][ \u00a0]+)(?:\[[ xX]\][ ]+)?(?=\S)", re.MULTILINE), _gone),
    _Mark(re.compile(r"(?<=\n)[ ]*\d{1,2}[.)][ ]+(?=\S)"), _gone),
)
_BEGINNING = re.compile(r"[*•·▪‣◦-]|\d{1,2}[.)]")
_WORTH_A_LOOK = re.compile(r"[<&*`_\[]|^[ ]*[#>•·▪‣◦-][ \u00a0]|^#|\n[ ]*\d{1,2}[.)][ ]", re.MULTILINE)


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """The name of the site, which stands in mkdocs.yml."""
    board = catalogue.switchboard
    if mark := mark_of(board.name):
        path, line = board.at("site_name")
        yield _problem(path, line, mark, board.name, _rows(catalogue.root / path))


def of_file(catalogue: Catalogue, entry: Entry[Any]) -> Iterator[Problem]:
    """A text that is printed as it stands has no marks that are meant for something else."""
    if marked := [*_texts(entry.document)]:
        rows = _rows(catalogue.root / entry.path)
        yield from (_problem(entry.path, line, mark_of(text), text, rows) for line, text in marked)


def _texts(document: Document) -> Iterator[tuple[int, str]]:
    for place, text in texts(document.data, without=_NO_TEXT):
        if (_WORTH_A_LOOK.search(text) or markups.ANY.search(text)) and mark_of(text):
            yield document.line(*place), text


def mark_of(text: str) -> str:
    """The first mark in a text; "" for none."""
    for mark in _MARKS:
        for match in mark.pattern.finditer(text):
            if mark.plain(match) != match[0]:  # or it is an entity that there is not
                return match[0].strip()
    return next((match[0] for row in text.split("\n") for _, match in markups.marks(row, {})), "")


def _problem(path: str, line: int, mark: str, text: str, rows: list[str]) -> Problem:
    sign = mark if len(mark) <= 40 else f"{mark[:40]}…"
    message = f"Readers get '{sign}' as it is typed: this text is neither Markdown nor HTML."
    at = next((n for n, row in enumerate(rows[line - 1 :], line) if mark in row), 0)
    known = rows[at - 1].strip() if at else text
    hint, better = "Leave the signs out.", _plain_row(rows[at - 1]) if at else plain(text)
    if "\n" in text.strip() and _BEGINNING.fullmatch(mark):
        hint, better = "Write sentences; a list has its place in the text below the front matter.", known
    return Problem(path, at or line, Rule.TEXT_MARKUP, message, hint, better if better != known else "")


def _plain_row(row: str) -> str:
    """A line of a file without the marks: its key and the '-' of its item stay."""
    match = re.match(r"""(?P<key>\s*(?:-\s+)*(?:[\w-]+:\s+)*["']?)(?P<text>.*)""", row)
    return f"{match['key']}{plain(match['text'])}".strip() if match and match["text"] else ""


def plain(text: str) -> str:
    """The text without its marks."""
    for mark in _MARKS:
        text = mark.pattern.sub(mark.plain, text)
    for kind in markups.KINDS:
        text = kind.pattern.sub(lambda match: match.groupdict().get("text") or match[0], text)
    return re.sub(r"(?<=\S)[ ]{2,}(?=\S)", " ", text).strip()


def _rows(path: Path) -> list[str]:
    """The lines of a file; none where they can't be read, which is told elsewhere."""
    try:
        return contents(path).decode("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        return []
