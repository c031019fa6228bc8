"""Lists that come out otherwise than they are typed: as one paragraph, without their levels, with other numbers."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .shown_text import Row

ITEM = re.compile(r"(?P<mark>[-*+]|(?P<number>\d{1,9})\.)(?P<gap>[ ]+)(?=\S)")
"""What begins an item of a list to Markdown."""
_TYPED = re.compile(
    r"""
    (?: (?P<good>[-*+]|(?P<number>\d{1,2})\.)
      | (?P<bullet>[•·▪‣◦●○■□➢➤])
      | (?P<dash>[–—\u2212])
      | \(?(?P<round>\d{1,2})\)
      | \(?(?P<letter>[a-z])[.)]
    ) (?P<gap>[ \t\u00a0\u2002\u2003]+) (?=\S)
    """,
    re.VERBOSE,
)
_GLUED = re.compile(r"(?P<good>[-+•])(?P<gap>)(?=[^\W\d_])")
# As in _TYPED and _GLUED.
_BEGINNING = r"(?:[-*+•·▪‣◦●○■□➢➤–—\u2212]|\(?\d{1,9}[.)]|\(?[a-z][.)])[ \t\u00a0\u2002\u2003]|[-+•][^\W\d_]"
_PRINTED = re.compile(rf"(?:^|>)[ \t]*(?:{_BEGINNING})", re.MULTILINE)
_NUMBERED_OR_INDENTED = re.compile(r"^[ >\t]*\d{1,9}\.[ ]|^(?:[ >]*>[ ]?)?(?:[ ]{4})*[ ]{2,3}[^ >]", re.MULTILINE)
_HEADING = re.compile(r"#{1,6}[^#]|<h[1-6]\b|[-=*_ ]{3,}$")
_BOX = re.compile(r"!!![ ]|:[ ]{1,3}\S")
"""What may hold other things, indented by four blanks: a note, a definition."""
_WORD = re.compile(r"\w+")
_SHOWN_ROWS = 2


class Wrong(NamedTuple):
    """What is wrong with a line of a text, counted from 0."""

    row: int
    message: str
    hint: str
    correction: str = ""


def is_worth_a_look(text: str, html: str) -> bool:
    """Whether anything can be wrong with the lists of a text that comes to this HTML."""
    return bool(_NUMBERED_OR_INDENTED.search(text) or _PRINTED.search(html))


def typed(line: str) -> re.Match[str] | None:
    """What a line begins with that looks like an item of a list."""
    return _TYPED.match(line) or _GLUED.match(line)


def key(line: str) -> tuple[str, str]:
    """What tells such a line from others, in the source and as readers get it: its mark and its first word."""
    match = typed(line)
    word = _WORD.search(line, match.end()) if match else None
    return match[0].strip() if match else "", word[0] if word else ""


# Lists that are paragraphs.


def unread(rows: Sequence[Row], lines: Sequence[str]) -> list[list[Row]]:
    """The lists of a source text that readers get as they are typed, which is in `lines`: the rows of each."""
    keys = {key(line) for line in lines if typed(line)}
    keys -= {("", "")}
    groups: list[list[Row]] = []
    around: Row | None = None
    for row in rows:
        if not row.bare:
            continue
        if typed(row.bare) and key(row.bare) in keys:
            if groups and around is groups[-1][-1]:
                groups[-1].append(row)
            else:
                groups.append([row])
            around = row
        elif around and row.number == around.number + 1 and groups:
            around = groups[-1][-1] if row.indent else None  # an item of two lines
        else:
            around = None
    return [group for group in groups if _is_list(group)]


def _is_list(group: Sequence[Row]) -> bool:
    """Whether it is one, and no sentence that goes on in a line that happens to begin so."""
    match = typed(group[0].bare)
    if match is None or len(group) > 1:
        return match is not None
    parts = match.groupdict()
    if match.re is _GLUED or parts["dash"] or parts["letter"]:
        return False
    return (parts["number"] or parts["round"] or "1") == "1"


def of_paragraphs(groups: Sequence[Sequence[Row]], rows: Sequence[Row]) -> Iterator[Wrong]:
    """A list begins after an empty line, and its items with '- ' or '1. '."""
    for group in groups:
        first = group[0]
        before = rows[first.number - 1] if first.number else None
        glued = bool(before and before.bare)
        items = [row.mended(_item(n, row)) for n, row in enumerate(group[:_SHOWN_ROWS], 1)]
        lines = [before.raw, "", *items[:1]] if before and glued else items
        yield Wrong(first.number, *_why(first, glued), "\n".join(lines))


def _why(row: Row, glued: bool) -> tuple[str, str]:
    match = typed(row.bare)
    mark = match[0].strip() if match else ""
    good = bool(match and match.groupdict().get("good") and match["gap"].strip(" ") == "" and match["gap"])
    if good and glued:
        return (
            "There is no empty line before this list, so readers get it as one paragraph.",
            "Put an empty line before its first item.",
        )
    items = f"Readers get this list as one paragraph, because its items begin with '{mark}'."
    if match and match.groupdict().get("good"):
        behind = "no space" if not match["gap"] else "a no-break space"
        items = f"Readers get this list as one paragraph, because there is {behind} behind '{mark}'."
    hint = f"Begin every item with '{'1. ' if _is_numbered(row) else '- '}'"
    return items, f"{hint}, and put an empty line before the first." if glued else f"{hint}."


def _is_numbered(row: Row) -> bool:
    match = typed(row.bare)
    return bool(match and any(match.groupdict().get(name) for name in ("number", "round", "letter")))


def _item(n: int, row: Row) -> str:
    bare = row.raw.lstrip(" \t>").rstrip()
    match = typed(bare)
    text = bare[match.end() :] if match else bare
    if match and match.groupdict().get("good") and not _is_numbered(row):
        return f"{match['good'].replace('•', '-')} {text}"
    return f"{n}. {text}" if _is_numbered(row) else f"- {text}"


# Lists that are lists, but others.


@dataclass
class _List:
    """A list that is open: where its first item begins, how many items it has, and what has been said of it."""

    numbered: bool
    indent: int
    first: int
    count: int = 0
    known: bool = False


class _Cut(NamedTuple):
    """A list that a row has ended."""

    list: _List
    row: Row


def of_lists(
    rows: Sequence[Row], skipped: Collection[int], html: str, extensions: Mapping[str, object]
) -> Iterator[Wrong]:
    """Lists keep their levels, kinds and numbers. `skipped` are the rows that are no items to the build."""
    reader = _Reader("sane_lists" not in extensions, "<ol start=" not in html)
    for row in rows:
        yield from reader.read(row, row.number in skipped)


class _Reader:
    """Reads a text as Markdown does it: what is indented by four blanks more belongs to what stands above."""

    def __init__(self, mixes: bool, counts_anew: bool) -> None:
        self.mixes, self.counts_anew = mixes, counts_anew
        self.lists: dict[int, _List] = {}
        self.boxes: set[int] = set()
        self.cuts: dict[int, _Cut] = {}
        self.blank, self.in_text, self.quotes = True, False, 0

    def read(self, row: Row, is_text: bool) -> Iterator[Wrong]:
        if not row.bare:
            self.blank = True
            return
        if row.quotes != self.quotes:
            self.lists, self.boxes, self.cuts, self.quotes, self.in_text = {}, set(), {}, row.quotes, False
        level, rest = divmod(row.indent, 4)
        if not level or level - 1 in self.boxes:  # or else it is code, or goes on with the line above
            goes_on = self.in_text and not self.blank and level not in self.lists
            item = None if is_text or goes_on else ITEM.match(row.bare)
            yield from self._item(row, level, rest, item) if item else self._other(row, level, rest)
            self.in_text = not item and not _HEADING.match(row.bare) and not _BOX.match(row.bare)
        self.blank = False

    def _item(self, row: Row, level: int, rest: int, item: re.Match[str]) -> Iterator[Wrong]:
        self._close(level + 1, row)
        open_list = self.lists.get(level)
        number = int(item["number"]) if item["number"] else None
        if open_list is None:
            self.lists[level] = open_list = _List(number is not None, rest, row.number)
            yield from self._first(row, level, number)
        elif not open_list.known:
            wrong = _level(row, rest, open_list) or (_kind(row, number is not None, open_list) if self.mixes else None)
            if wrong:
                open_list.known = True
                yield wrong
        open_list.count += 1
        self.boxes.add(level)

    def _first(self, row: Row, level: int, number: int | None) -> Iterator[Wrong]:
        """A list begins with 1, whatever number it is given."""
        cut = self.cuts.pop(level, None)
        if number in (None, 1) or not self.counts_anew:
            return
        if cut and cut.list.numbered and number == cut.list.count + 1:
            if not cut.list.known:
                yield _cut(cut, number)
            return
        message = f"This list begins with {number}, but readers get 1: lists are numbered from 1 on."
        hint = f"If '{number}.' begins a sentence and no list, write '{number}\\.'."
        bare = row.raw.lstrip(" \t>")
        yield Wrong(
            row.number,
            message,
            hint,
            row.mended(re.sub(r"^\d+", "1", bare) if number < 20 else re.sub(r"\.", r"\\.", bare, count=1)),
        )

    def _other(self, row: Row, level: int, rest: int) -> Iterator[Wrong]:
        if self.blank or _HEADING.match(row.bare):
            open_list = self.lists.get(level)
            if open_list and rest > 1 and not open_list.known:
                open_list.known = True
                message = f"This does not belong to the item above: it is indented by {_spaces(row.indent)}."
                hint = "What belongs to an item is indented by four spaces more than the item."
                yield Wrong(row.number, message, hint, row.mended_by(4 - rest))
            self._close(level, row)
        if _BOX.match(row.bare):
            self.boxes.add(level)

    def _close(self, level: int, row: Row) -> None:
        for deeper in [each for each in self.lists if each >= level]:
            self.cuts[deeper] = _Cut(self.lists.pop(deeper), row)
        self.boxes = {each for each in self.boxes if each < level}
        self.cuts = {each: cut for each, cut in self.cuts.items() if each <= level}


def _level(row: Row, rest: int, open_list: _List) -> Wrong | None:
    if rest < open_list.indent + 2:
        return None
    message = f"This item is indented by {_spaces(row.indent)}, so readers get it on the same level as the item above."
    hint = "Indent the items of a list within a list by four spaces more than the item that they belong to."
    return Wrong(row.number, message, hint, row.mended_by(4 - rest))


def _kind(row: Row, numbered: bool, open_list: _List) -> Wrong | None:
    if numbered == open_list.numbered:
        return None
    here, there = ("numbers", "dashes") if numbered else ("dashes", "numbers")
    message = f"The items from here on have {here}, but readers get {there}: they go on with the list above."
    hint = "Put a sentence between two lists, or give all items of one list the same mark."
    return Wrong(row.number, message, hint)


def _cut(cut: _Cut, number: int) -> Wrong:
    if _HEADING.match(cut.row.bare):
        message = f"The list that goes on with {number} after this heading is numbered from 1 again for readers."
        return Wrong(cut.row.number, message, "Begin the list with 1 there, or take the heading out.")
    message = f"This cuts the list in two, so readers get 1 in the place of {number} after it."
    hint = "Indent all that stands between the items by four spaces, so that it belongs to the item above."
    return Wrong(cut.row.number, message, hint, cut.row.mended_by(4))


def _spaces(count: int) -> str:
    return f"{count} space{'s' if count > 1 else ''}"
