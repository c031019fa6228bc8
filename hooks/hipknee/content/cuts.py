"""Where YAML would end a text before its author does: at ` #`, which begins a note, and at a comma inside { } or [ ].

Both are silent: what is left of the text would be published. So each is refused, with the line as it should be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import yaml

SENTENCES = frozenset(
    "key_points easier harder stop_if self_care emergency same_day book pain_rule stop_rules".split(),
)
"""The lists whose items are sentences. A test holds that each is a field."""

QUOTES = "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2018\u2019\u201a"
WHOLE = "Put straight quotes around the whole text."

_TEXT, _LIST = "tag:yaml.org,2002:str", "tag:yaml.org,2002:seq"
_MAY_CUT = re.compile(r"[ \t]#")
_NOTE = re.compile(r"[ \t]+#+(?P<text>.*)")
_MEASURE = re.compile(r"[\d.,]+ \w+")
_BESIDE = re.compile(r"[ \t]+#[^\s#]")
_BELOW = re.compile(r"[ \t]+#[^\s#-]")
_DECIMAL = re.compile(r"\d+,\d+\b")
_ROW = re.compile(r"(?P<indent> *)(?P<dashes>(?:- +)*)(?P<key>[\w-]+:(?= |$))?")
_OPENING = (yaml.BlockMappingStartToken, yaml.BlockSequenceStartToken, yaml.ScalarToken)
_OPENING_FLOW = (yaml.FlowMappingStartToken, yaml.FlowSequenceStartToken)
_CLOSING_FLOW = (yaml.FlowMappingEndToken, yaml.FlowSequenceEndToken)


class Slip(NamedTuple):
    """What is wrong in a text: `row` counts from 0. `correction` replaces the rows from `first` to `last`."""

    row: int
    message: str
    hint: str = ""
    correction: str = ""
    first: int = 0
    last: int = 0


def in_typographic_quotes(text: str) -> bool:
    """Whether all of a text stands in quotation marks that YAML takes for letters."""
    is_in_quotes = len(text) > 2 and text[0] in QUOTES and text[-1] in QUOTES
    return is_in_quotes and not {*text[1:-1]} & {*QUOTES.replace("\u2019", "")}


def quoted(text: str) -> str:
    """A text as YAML takes it whatever is in it, in straight quotes that it does not have itself, and in no others."""
    text = text[1:-1].strip() if in_typographic_quotes(text) else text
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def column_of(row: str) -> int:
    """Where the key of a line stands, or else the last '-', or else its first letter: a text below goes on with it
    when it is further right."""
    match = _ROW.match(row)
    if not match:
        return 0
    at = len(match["indent"] + match["dashes"])
    return at if match["key"] or not match["dashes"] else len(match["indent"]) + match["dashes"].rindex("-")


def goes_on_to(rows: Sequence[str], first: int) -> int:
    """The last row of a text that begins in the row `first`."""
    last, column = first, column_of(rows[first])
    while last + 1 < len(rows) and rows[last + 1].strip() and _indent(rows[last + 1]) > column:
        last += 1
    return last


def joined(rows: Sequence[str], first: int, last: int, column: int) -> str:
    """The row `first` with all of its text, which goes on to the row `last`, in quotes from `column` on."""
    text = " ".join([rows[first][column:].strip(), *(row.strip() for row in rows[first + 1 : last + 1])])
    return rows[first][:column] + quoted(text)


def at_notes(text: str, loader: Any) -> list[Slip]:
    """The texts that go on behind ` #`, one slip for each line.

    A note behind one word in small letters, as ids are, a number, a date or a closed value is a note; so is one on a
    line of its own. What begins right behind the '#', as "#1" does, is none, nor what stands behind a capital letter.
    """
    if not _MAY_CUT.search(text):
        return []
    slips: dict[int, Slip] = {}
    for slip in _at_notes(text.split("\n"), _tokens(text, loader)):
        slips.setdefault(slip.row, slip)
    return [*slips.values()]


def _tokens(text: str, loader: Any) -> Iterator[yaml.Token]:
    """As far as they can be read: a text that is cut off is often why the rest can't."""
    try:
        yield from yaml.scan(text, Loader=loader)
    except yaml.YAMLError:
        return


def _at_notes(rows: Sequence[str], tokens: Iterator[yaml.Token]) -> Iterator[Slip]:
    around: list[bool] = []  # for each bracket that is open: whether it is a brace
    before: yaml.Token | None = None
    for token in tokens:
        if isinstance(before, yaml.ValueToken | yaml.BlockEntryToken) and not isinstance(token, _OPENING):
            is_item = isinstance(token, yaml.BlockEntryToken) and isinstance(before, yaml.ValueToken)
            at, column = before.end_mark.line, before.end_mark.column
            if not is_item and not around and _BESIDE.match(rows[at][column:]):
                column += len(rows[at][column:]) - len(rows[at][column:].lstrip())
                yield _cut(rows, at, at, column)
        if isinstance(token, _OPENING_FLOW):
            around.append(isinstance(token, yaml.FlowMappingStartToken))
        elif isinstance(token, _CLOSING_FLOW) and around:
            around.pop()
        elif isinstance(token, yaml.ScalarToken):
            yield from _behind(rows, token, around[-1] if around else None)
        before = token


def _behind(rows: Sequence[str], token: yaml.ScalarToken, in_braces: bool | None) -> Iterator[Slip]:
    """What stands behind a text, or below it."""
    first, last, column = token.start_mark.line, token.end_mark.line, token.start_mark.column
    if last >= len(rows) or token.style in ("|", ">"):
        return
    note = _NOTE.match(rows[last], token.end_mark.column)
    if note:
        is_text = note["text"][:1].strip() != ""
        is_sentence = token.value[:1].isupper() or (" " in token.value and not _MEASURE.fullmatch(token.value))
        has_words = token.plain and is_sentence
        if is_text or has_words:
            if in_braces is None:
                yield _cut(rows, first, last, column, may_be_note=not is_text)
            else:
                yield _cut_in_brackets(rows, last, column if first == last else 0, token.end_mark.column, in_braces)
        return
    below = rows[last + 1] if last + 1 < len(rows) else ""
    is_below = in_braces is None and token.plain and not rows[last][token.end_mark.column :].strip()
    if is_below and _BELOW.match(below) and _indent(below) > column_of(rows[first]):
        yield _cut(rows, first, last + 1, column)


_LOST = "A text ends before ' #', so the rest of this line would be lost."


def _cut(rows: Sequence[str], first: int, at: int, column: int, may_be_note: bool = False) -> Slip:
    last = max(at, goes_on_to(rows, first))
    hint = WHOLE if first == last else f"{WHOLE[:-1]}, on one line."
    if may_be_note:
        hint = f"{hint[:-1]}, or the note on a line of its own."
    return Slip(at, _LOST, hint, joined(rows, first, last, column), first, last)


def _cut_in_brackets(rows: Sequence[str], at: int, column: int, behind: int, in_braces: bool) -> Slip:
    """The text goes on to the next key or the closing brace, and in a list to the next comma or the bracket."""
    row = rows[at]
    end = re.compile(r",\s*[\w-]+:\s|\}" if in_braces else r"[,\]]").search(row, behind)
    until = end.start() if end else len(row.rstrip())
    correction = row[:column] + quoted(row[column:until].rstrip()) + row[until:]
    return Slip(at, _LOST, WHOLE, correction, at, at)


def mended(rows: Sequence[str], slips: Sequence[Slip]) -> str:
    """The text with every correction in its place; the lines keep their numbers."""
    result = [*rows]
    for slip in slips:
        result[slip.first : slip.last + 1] = [slip.correction, *[""] * (slip.last - slip.first)]
    return "\n".join(result)


def is_stray(key: yaml.Node, value: yaml.Node, text: str) -> bool:
    """Whether a key inside { } is none, but the end of a text that has a comma: no colon follows it."""
    is_empty = isinstance(value, yaml.ScalarNode) and not value.value and not value.style
    between = text[key.end_mark.index : value.start_mark.index]
    return is_empty and isinstance(key, yaml.ScalarNode) and not key.style and ":" not in between


def at_commas(rows: Sequence[str], split: Sequence[Sequence[yaml.ScalarNode]], in_braces: bool) -> Slip:
    """Texts on one line in several parts each, of which all but the last are ended by a comma."""
    at, is_known, are_words = split[0][0].start_mark.line, True, False
    correction = rows[at]
    for parts in reversed(split):
        start, end = parts[0].start_mark, parts[-1].end_mark
        text = rows[start.line][start.column : end.column]
        if _DECIMAL.match(text):
            return Slip(start.line, "A number can't have a comma.", "Write a whole number, such as 2 or 3.")
        are_words = in_braces and _are_words(parts)
        is_known = is_known and start.line == end.line == at
        whole = f"[{text}]" if are_words else quoted(text)
        correction = correction[: start.column] + whole + correction[end.column :]
    what = "several words or numbers in [ ]" if are_words else "the text in straight quotes"
    where = "{ }" if in_braces else "[ ]"
    return Slip(at, f"A comma ends a value inside {where}.", f"Put {what}.", correction if is_known else "")


def meant(parts: Sequence[yaml.ScalarNode], in_braces: bool) -> yaml.Node:
    """What the parts of a text are together: the text, or a list of words."""
    first, text = parts[0], ", ".join(str(part.value) for part in parts)
    if parts[1].start_mark.index == first.end_mark.index + 1 and first.value.isdecimal():  # 2,5
        whole = f"{first.value} {text.partition(' ')[2].partition(' ')[2]}".strip()
        return yaml.ScalarNode(first.tag if whole == first.value else _TEXT, whole, first.start_mark)
    if in_braces and _are_words(parts):
        return yaml.SequenceNode(_LIST, [*parts], first.start_mark)
    return yaml.ScalarNode(_TEXT, text, first.start_mark)


def _are_words(parts: Sequence[yaml.ScalarNode]) -> bool:
    return all(re.fullmatch(r"[a-z0-9-]+", str(part.value)) for part in parts)


def runs(items: Sequence[Any]) -> Iterator[list[yaml.ScalarNode]]:
    """The sentences of a list in [ ] that commas have split: a part that begins with a small letter is no sentence."""
    run: list[yaml.ScalarNode] = []
    for item in items:
        text = item.value if isinstance(item, yaml.ScalarNode) and not item.style else ""
        if run and text[:1].islower() and run[-1].value[-1:] not in (".", "!", "?"):
            run.append(item)
            continue
        if len(run) > 1:
            yield run
        run = [item] if text[:1].isupper() else []
    if len(run) > 1:
        yield run


def _indent(row: str) -> int:
    return len(row) - len(row.lstrip())
