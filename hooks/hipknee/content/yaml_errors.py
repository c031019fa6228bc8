"""What PyYAML's parser stumbled over, in plain words, at the line where the author has to look."""

from __future__ import annotations

import re

import yaml

_KEY = re.compile(r"\s*(?:- +)?[\w-]+")
_NO_COLON = ("there is no ': ' between a key and its text", "Write 'key: text', with a space after the colon.")
_NOT_CLOSED = ("a quotation mark is opened and never closed", "Close it at the end of the text.")


def explain(error: yaml.YAMLError, text: str) -> tuple[int, str, str]:
    """The row of `text`, counted from 0, what is wrong there, and what to do.

    Where the parser noticed is often below what caused it: a key without a colon runs on into the next line.
    """
    problem, context = (str(getattr(error, name, "") or "") for name in ("problem", "context"))
    rows = text.split("\n")
    at, column = _place(getattr(error, "problem_mark", None), rows)
    start, first = _place(getattr(error, "context_mark", None), rows)
    before, after = rows[at][:column], rows[at][column:]
    if "mapping values are not allowed" in problem:
        return _colon(rows, at, before)
    if re.match(r" *\t", rows[at]) or "tab" in problem:
        return at, "there is a tab", "Indent with spaces."
    if "escape" in problem:
        return at, "'\\' means something else inside double quotes", "Put the text in single quotes."
    if "quoted scalar" in context:
        return start, *_NOT_CLOSED
    if "flow" in context:
        why = "a '[' or '{' is never closed, or a comma is missing after it"
        return start, why, "Write '[one, two]' or '{key: text, key: text}'."
    if "could not find expected ':'" in problem:
        return start, *_NO_COLON
    if "alias" in problem + context or "anchor" in problem + context:
        return at, "'*' and '&' mean something else to YAML", "Put the text in double quotes."
    if before.rstrip().endswith(('"', "'")):
        return _quote(rows, at, before.rstrip())
    if "block scalar" in context:
        at, after = start, rows[start][first:]
    if after and ("token" in problem or "not allowed" in problem or "block scalar" in context):
        return at, f"a text can't begin with '{after[0]}'", "Put it in double quotes."
    if after.startswith(("]", "}")):
        return at, f"'{after[0]}' closes nothing", "Delete it, or add the bracket that opens it."
    if "indicator" in problem and after.startswith("-"):
        return at, "there is no space after the '-'", "Begin every item with '- '."
    return (
        at,
        "the indent does not match the lines above",
        "Indent everything on one level by the same number of spaces.",
    )


def _place(mark: yaml.Mark | None, rows: list[str]) -> tuple[int, int]:
    return (min(mark.line, len(rows) - 1), mark.column) if mark else (0, 0)


def _colon(rows: list[str], at: int, before: str) -> tuple[int, str, str]:
    """A colon where YAML wants none: inside a text, or because the line above was taken for the text's beginning."""
    above = next((n for n in range(at - 1, -1, -1) if rows[n].strip()), None)
    if above is None or not _KEY.fullmatch(before):
        return at, "there is a colon inside the text", 'Put straight quotes around the whole text: "…".'
    if _indent(rows[at]) > _indent(rows[above]):
        return at, "the line is indented more than the one above", "Indent both by the same number of spaces."
    return above, *_NO_COLON


def _quote(rows: list[str], at: int, before: str) -> tuple[int, str, str]:
    """Text behind a closing quotation mark, which may be the opening one of the next text."""
    mark = before[-1]
    if before.count(mark) % 2:
        opened = next((n for n in range(at - 1, -1, -1) if rows[n].count(mark) % 2), at)
        return opened, *_NOT_CLOSED
    return (
        at,
        "the text goes on after its closing quotation mark",
        "Put double quotes around all of it, and none inside.",
    )


def _indent(row: str) -> int:
    return len(row) - len(row.lstrip())
