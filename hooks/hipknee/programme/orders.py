"""Sheets that are asked for in a table: a code on each line, and how it is printed."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

COLUMNS = ("code", "copies", "paper", "large")
"""Only the first is needed."""
MOST_COPIES = 99


class Order(NamedTuple):
    """One line: `copies` of a sheet in its file. `paper` is None for the clinic's own."""

    line: int
    code: str
    copies: int = 1
    paper: Literal["letter", "a4"] | None = None
    large: bool = False


class OrderError(ValueError):
    """A table that can't be read. The message is a sentence; `line` is where."""

    def __init__(self, line: int, sentence: str) -> None:
        super().__init__(sentence)
        self.line = line


def orders(text: str) -> Iterator[Order | OrderError]:
    """The orders of a table, with its lines from 1, and what is wrong with a line in its order's place. Blank lines are
    passed over. Raises OrderError for what the others hang on: the names of the columns, and quotes without an end.
    """
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    columns: list[str] = []
    begin = 1
    try:
        for row in reader:
            line, begin = begin, reader.line_num + 1
            cells = [cell.strip() for cell in row]
            if not any(cells):
                continue
            if not columns:
                columns = _columns(line, cells)
                continue
            try:
                if len(cells) > len(columns):
                    raise OrderError(line, f"There are {len(cells)} cells, and the first line names {len(columns)}.")
                yield _order(line, dict(zip(columns, cells, strict=False)))
            except OrderError as error:
                yield error
    except csv.Error as error:
        raise OrderError(begin, f"This line can't be read as CSV: {error}.") from None
    if not columns:
        raise OrderError(1, f"The file is empty. Its first line is '{','.join(COLUMNS)}'.")


def _columns(line: int, cells: list[str]) -> list[str]:
    columns = [cell.lower() for cell in cells]
    for name in columns:
        if ";" in name or "\t" in name:
            raise OrderError(
                line, f"There is no column '{name}'. Put commas between the columns: save it as 'CSV UTF-8'."
            )
        if name not in COLUMNS:
            raise OrderError(line, f"There is no column '{name}'. The columns are: {', '.join(COLUMNS)}.")
        if columns.count(name) > 1:
            raise OrderError(line, f"The column '{name}' is there twice.")
    if "code" not in columns:
        raise OrderError(line, "The column 'code' is missing.")
    return columns


def _order(line: int, cells: Mapping[str, str]) -> Order:
    copies, paper, large = (cells.get(name, "").lower() for name in COLUMNS[1:])
    if not cells["code"]:
        raise OrderError(line, "The code is missing.")
    if copies and not re.fullmatch("[1-9][0-9]?", copies):
        raise OrderError(line, f"'copies' is '{copies}'; it must be from 1 to {MOST_COPIES}.")
    if paper not in ("", "letter", "a4"):
        raise OrderError(line, f"'paper' is '{paper}'; it must be 'letter' or 'a4'.")
    if large not in ("", "yes", "no"):
        raise OrderError(line, f"'large' is '{large}'; it must be 'yes' or 'no'.")
    sheet: Literal["letter", "a4"] | None = "letter" if paper == "letter" else "a4" if paper == "a4" else None
    return Order(line, cells["code"], int(copies or 1), sheet, large == "yes")
