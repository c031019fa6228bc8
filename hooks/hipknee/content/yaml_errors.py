"""What PyYAML's parser stumbled over, in plain words, at the line where the author has to look; how that should be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import yaml

from .cuts import QUOTES, WHOLE, Slip, goes_on_to, joined, quoted
from .fields import Fields

_KEY = re.compile(r"\s*(?:- +)?[\w-]+")
_START = re.compile(r"(?P<around> *(?:- +)*(?P<key>[\w-]+:[ \t]+)?)(?P<text>\S.*)")
_ITEM = re.compile(r"(?P<indent> *)(?P<dashes>(?:- +)*)")
_WORDS = re.compile(r"(?P<around>\s*(?:- +)?)(?P<key>[A-Za-z_]+)(?:\s*[:;=]\s*|\s+)(?P<text>\S.*)")
_BRACED = re.compile(r"\{ *\w+ *\}(?= *[^\s,}\]#])|\[[^\[\]]*\](?= +[^\s,}\]#])")
_CLOSING = {"[": "]", "{": "}"}


def explain(error: yaml.YAMLError, text: str) -> Slip:
    """The row of `text`, counted from 0, what is wrong there, and what to do.

    Where the parser noticed is often below what caused it: a key without a colon runs on into the next line.
    """
    problem, context = (str(getattr(error, name, "") or "") for name in ("problem", "context"))
    rows = text.split("\n")
    at, column = _place(getattr(error, "problem_mark", None), rows)
    start, first = _place(getattr(error, "context_mark", None), rows)
    before, after = rows[at][:column], rows[at][column:]
    if slip := next((slip for row in (at, start) if (slip := _braced(rows, row))), None):
        return slip
    if "mapping values are not allowed" in problem:
        return _colon(rows, at, before)
    if re.match(r" *\t", rows[at]) or "tab" in problem:
        level = _level(rows, at)
        if not re.match(r" *\t", rows[at]):
            return Slip(at, "There is a tab in the line.", "Put spaces in its place.", rows[at].replace("\t", " "))
        message, hint = "There is a tab at the beginning of the line.", "Put spaces in its place."
        return Slip(at, message, f"{hint} {_begin_with(level)}", " " * level + rows[at].lstrip())
    if "escape" in problem:
        return _backslash(rows, at)
    if "quoted scalar" in context:
        return _not_closed(rows, start, first)
    if "flow" in context:
        return _flow(rows, start, first, at, column)
    if "could not find expected ':'" in problem:
        return _no_colon(rows, start)
    if "alias" in problem + context or "anchor" in problem + context:
        mark = rows[at][max(column - 1, 0) : column] if "while" not in problem else ""
        mark = rows[start][first : first + 1] if mark not in ("*", "&") else mark
        return _begins(rows, start if context else at, mark if mark in ("*", "&") else "*")
    if before.rstrip().endswith(('"', "'")):
        return _quote(rows, at, before.rstrip())
    if "block scalar" in context:
        at, after = start, rows[start][first:]
    if after and ("token" in problem or "not allowed" in problem or "block scalar" in context):
        return _begins(rows, at, after[0])
    if after.startswith(("]", "}")):
        correction = rows[at][: len(rows[at]) - len(after)] + after[1:]
        return Slip(at, f"'{after[0]}' closes nothing.", "Delete it, or add the bracket that opens it.", correction)
    if "indicator" in problem and re.match(r"-\S", after):
        correction = re.sub(r"^( *)-(?=\S)", r"\1- ", rows[at])
        return Slip(at, "There is no space after the '-'.", "Begin every item with '- '.", correction)
    return _indent_off(rows, at)


def _place(mark: yaml.Mark | None, rows: Sequence[str]) -> tuple[int, int]:
    return (min(mark.line, len(rows) - 1), mark.column) if mark else (0, 0)


@cache
def _known_keys() -> frozenset[str]:
    """The keys that pages and data may have, whatever the file."""
    from .model import Role  # with the fields of all pages, which a file in order does not need

    models, names = [Fields], {*map(str, Role)}
    while models:
        model = models.pop()
        models += model.__subclasses__()
        names |= {*model.model_fields}
    return frozenset(names)


def _whole(rows: Sequence[str], at: int, text_from: int | None = None) -> str:
    """The row with all of its text in quotes; "" where it has none."""
    match = _START.match(rows[at])
    if not match:
        return ""
    return joined(rows, at, goes_on_to(rows, at), match.start("text") if text_from is None else text_from)


def _braced(rows: Sequence[str], at: int) -> Slip | None:
    """A text that begins with something in braces or brackets, such as '{count} exercises'."""
    match = _START.match(rows[at])
    if not match:
        return None
    start = match.start("text")
    text = match["text"]
    if not _BRACED.match(text):
        if not text.startswith(("{", "[")):
            return None
        inner = re.search(r"(?<=[:\[,] )(\{\w+\} *[^,}\]\s][^{}\[\]]*?)(?=, [\w-]+: |\s*[}\]]|$)", text)
        if not inner:
            return None
        row, begin, end = rows[at], start + inner.start(1), start + inner.end(1)
        correction = row[:begin] + quoted(row[begin:end]) + row[end:]
    else:
        correction = _whole(rows, at)
    sign = "[" if text.startswith("[") and _BRACED.match(text) else "{"
    return Slip(at, f"A text that begins with '{sign}' needs quotes.", WHOLE, correction)


def _colon(rows: Sequence[str], at: int, before: str) -> Slip:
    """A colon where YAML wants none: inside a text, or because the line above was taken for the text's beginning."""
    above = next((n for n in range(at - 1, -1, -1) if rows[n].strip()), None)
    if above is not None and _KEY.fullmatch(before):
        if _indent(rows[at]) <= _indent(rows[above]):
            return _no_colon(rows, above)
        key = before.strip().removeprefix("- ").strip()
        if key in _known_keys() or not re.search(r"[^\s:]", rows[above].partition(":")[2]):
            correction = " " * _level(rows, at) + rows[at].lstrip()
            return Slip(at, "The line is indented more than the one above.", _begin_with(_level(rows, at)), correction)
    first = at
    while first and _is_continued(rows, first):
        first -= 1
    hint = 'Put straight quotes around the whole text: "…".'
    if first < at:
        hint = 'Put the whole text on one line, in straight quotes: "…".'
    return Slip(at, "There is a colon inside the text.", hint, _whole(rows, first))


def _is_continued(rows: Sequence[str], at: int) -> bool:
    """Whether a row goes on with the text of the one above."""
    is_new = re.match(r" *(- |[\w-]+:( |$))", rows[at]) and not (
        _indent(rows[at]) > _indent(rows[at - 1]) and re.search(r": +\S", rows[at - 1])
    )
    return not is_new and bool(rows[at - 1].strip()) and _indent(rows[at]) > 0


def _no_colon(rows: Sequence[str], at: int) -> Slip:
    """A line that is neither a key nor indented as the text of one."""
    match = _WORDS.fullmatch(rows[at].rstrip())
    message, hint = "There is no ': ' between a key and its text.", "Write 'key: text', with a space after the colon."
    if match and match["key"] in _known_keys():
        return Slip(at, message, hint, f"{match['around']}{match['key']}: {match['text']}")
    above = rows[at - 1] if at else ""
    is_text = re.search(r": +[^\s\[{|>\"'].*", above) and " " in rows[at].strip()
    if is_text and ":" not in rows[at] and _indent(rows[at]) <= _indent(above):
        message = "The line goes on with the text above, but is not indented."
        return Slip(at, message, "Put two spaces before it.", " " * (_indent(above) + 2) + rows[at].lstrip())
    return Slip(at, message, hint)


def _begins(rows: Sequence[str], at: int, sign: str) -> Slip:
    if item := re.fullmatch(r"( *)\* +(.*)", rows[at]):
        return Slip(
            at, "The line begins with '*' instead of '-'.", "Begin every item with '- '.", f"{item[1]}- {item[2]}"
        )
    if bold := re.fullmatch(
        r"(?P<around> *(?:- +)*(?:[\w-]+: +)?)(?P<text>(?P<stars>\*{1,3})[^*]+(?P=stars).*)", rows[at]
    ):
        text = bold["text"].replace(bold["stars"], "")
        text = quoted(text) if re.search(r": | #|^[^\w(]", text) else text
        return Slip(at, "Stars can't make a text bold or italic here.", "Leave them out.", bold["around"] + text)
    return Slip(at, f"A text can't begin with '{sign}'.", "Put it in straight quotes.", _whole(rows, at))


def _backslash(rows: Sequence[str], at: int) -> Slip:
    message = "'\\' means something else inside double quotes."
    text = re.search(r'"([^"]*\\[^"]*)"', rows[at])
    if not text or "'" in text[1]:
        return Slip(at, message, "Put the text in single quotes.")
    if " " not in text[1] and "\\\\" not in text[1]:
        correction = rows[at].replace(text[0], text[1].replace("\\", "/"))
        return Slip(at, message, "Write '/' between the names of a folder and a file.", correction)
    return Slip(at, message, "Put the text in single quotes.", rows[at].replace(text[0], f"'{text[1]}'"))


def _not_closed(rows: Sequence[str], at: int, column: int) -> Slip:
    message, hint = "A quotation mark is opened and never closed.", "Close it at the end of the text."
    row = rows[at].rstrip()
    text, mark = row[column + 1 :], row[column : column + 1]
    is_alone = not re.search(r"[\[{]", row[:column])
    has_typographic = text[-1:] in QUOTES and text
    inner = text[:-1] if has_typographic else text
    is_plain = is_alone and mark in ("'", '"') and mark not in inner and inner.strip()
    return Slip(at, message, hint, row[:column] + quoted(inner) if is_plain else "")


def _quote(rows: Sequence[str], at: int, before: str) -> Slip:
    """Text behind a closing quotation mark, which may be the opening one of the next text."""
    mark = before[-1]
    if before.count(mark) % 2:
        opened = next((n for n in range(at - 1, -1, -1) if rows[n].count(mark) % 2), at)
        return _not_closed(rows, opened, rows[opened].index(mark) if mark in rows[opened] else 0)
    match = _START.match(rows[at])
    text = match["text"].rstrip() if match else ""
    is_around = text[:1] == mark and text[-1:] == mark
    meant = quoted(text[1:-1] if is_around else text)
    correction = match["around"] + meant if match and text[:1] == mark else ""
    other = "single" if meant.startswith("'") else "double"
    hint = f"Put {other} quotes around all of it" + (", and none of them inside." if not is_around else ".")
    return Slip(at, "The text goes on after its closing quotation mark.", hint, correction)


def _flow(rows: Sequence[str], start: int, first: int, at: int, column: int) -> Slip:
    """Something wrong inside { } or [ ]."""
    row = rows[start].rstrip()
    opening = row[first : first + 1]
    before, after = rows[at][:column].rstrip(), rows[at][column:]
    if at == start and before.endswith(('"', "'")) and re.match(r"[^\s,\]}:]", after):
        mark = before[-1]
        text = re.search(rf"(?<=[:,\[{{]) *({mark}.*?{mark})(?= *(?:,|[\]}}]|$))", row)
        while text and text.end() <= len(before):
            text = re.compile(rf"({mark}.*?{mark})(?= *(?:,|[\]}}]|$))").search(row, text.end())
        correction = row[: text.start(1)] + quoted(text[1][1:-1]) + row[text.end(1) :] if text else ""
        hint = "Put the other kind of straight quotes around all of it."
        return Slip(at, "The text goes on after its closing quotation mark.", hint, correction)
    bare = re.sub(r"\"[^\"]*\"|'[^']*'", "", row)
    missing = [sign for sign in "[{" if bare.count(sign) > bare.count(_CLOSING[sign])]
    inner = re.search(r"[{,] *[\w-]+: (?P<text>[^,{}\[\]\"']*?[\w-]+: [^,{}]*?)(?=, [\w-]+: |\}|$)", row)
    if not missing and inner and not {*re.findall(r"(?<![\w-])([\w-]+): ", inner["text"])} & _known_keys():
        correction = row[: inner.start("text")] + quoted(inner["text"]) + row[inner.end("text") :]
        return Slip(start, "There is a colon inside the text.", WHOLE, correction)
    if not missing and opening in _CLOSING:
        comma = re.search(r"(?<=[^\s,{\[:]) +(?=[\w-]+: )", row[first:])
        correction = row[: first + comma.start()] + "," + row[first + comma.start() :] if comma else ""
        hint = "Write '[one, two]' or '{key: text, key: text}'."
        return Slip(start, "A comma is missing between two values in brackets.", hint, correction)
    sign = opening if opening in _CLOSING else (missing or ["["])[0]
    below = rows[start + 1] if start + 1 < len(rows) else ""
    is_last = not below.strip() or _indent(below) <= _indent(row)
    ends = is_last and missing == [sign] and bare.count(sign) - bare.count(_CLOSING[sign]) == 1 and row[-1:] != ","
    correction = row + _CLOSING[sign] if ends and row[-1:] != sign else ""
    hint = f"Write '{_CLOSING[sign]}' where it ends."
    return Slip(start, f"A '{sign}' is never closed.", hint, correction)


def _levels(rows: Sequence[str], at: int) -> list[int]:
    """The columns on which a row may begin a key, by the rows above it; the deepest last."""
    levels: list[int] = []
    for row in rows[:at]:
        match = _ITEM.match(row)
        if row.strip() and match and not row.lstrip().startswith("#"):
            column = len(match["indent"] + match["dashes"])
            levels = [level for level in levels if level < column]
            if re.match(r"[\w-]+:( |$)", row[column:]) or match["dashes"]:
                levels.append(column)
    return levels or [0]


def _level(rows: Sequence[str], at: int) -> int:
    """Where a row whose indent is wrong probably begins."""
    above = next((row for row in reversed(rows[:at]) if row.strip() and not row.lstrip().startswith("#")), "")
    levels = _levels(rows, at)
    if above.rstrip().endswith(":"):
        return levels[-1] + 2
    if rows[at].lstrip().startswith("- "):
        dashes = [_indent(row) for row in rows[:at] if row.lstrip().startswith("- ")]
        return dashes[-1] if dashes else levels[-1]
    return levels[-1]


def _indent_off(rows: Sequence[str], at: int) -> Slip:
    message = "The line is not indented as those that it belongs to."
    hint = "Begin all lines of one level with the same number of spaces."
    if (odd := next((n for n, row in enumerate(rows[: at + 1]) if re.match(r"%|\.\.\.\s*$", row)), None)) is not None:
        return Slip(odd, f"A line can't begin with '{rows[odd][0]}'.", "Delete the line.")
    if re.match(r" *:( |$)", rows[at]):
        return Slip(at, "There is no word in front of the ':'.", "Write 'key: text'.")
    row, indent, levels = rows[at], _indent(rows[at]), _levels(rows, at)
    items = at if row.lstrip().startswith("- ") else at - 1
    while items > 0 and rows[items].lstrip().startswith("- "):
        items -= 1
    if items < at and items >= 0 and (key := re.fullmatch(r"# ?([\w-]+:)\s*", rows[items])):
        return Slip(items, f"'{key[1]}' is only a note, so its list has no name.", "Take the # away.", key[1])
    begun = next((n for n, other in enumerate(rows) if _is_key(other)), at)
    if not indent < _indent(rows[begun]) and (outdented := _outdented(rows, at)) is not None:
        return Slip(outdented, message, _begin_with(indent), " " * indent + rows[outdented].lstrip())
    if not indent and begun < at and _indent(rows[begun]):
        return Slip(begun, message, _begin_with(0), rows[begun].lstrip())
    if not re.match(r" *(- |[\w-]+:( |$))", row):
        return Slip(at, message, hint)
    above = rows[at - 1] if at else ""
    if row.lstrip().startswith("- "):
        dashes = [_indent(other) for other in rows[:at] if other.lstrip().startswith("- ")]
        level = dashes[-1] if dashes else indent
    elif above.lstrip().startswith("- ") and _indent(above) == indent and levels[-1] > indent:
        level = levels[-1]
    else:
        level = min(levels, key=lambda level: (abs(level - indent), -level))
    if level == indent:
        return Slip(at, message, hint)
    return Slip(at, message, _begin_with(level), " " * level + row.lstrip())


def _is_key(row: str) -> bool:
    return bool(re.match(r" *(?:- +)*[\w-]+:(?: |$)", row))


def _outdented(rows: Sequence[str], at: int) -> int | None:
    """The row above that stands too far left, when a row is not where it should be only because of that one."""
    indent = _indent(rows[at])
    above = next((n for n in range(at - 1, -1, -1) if rows[n].strip() and _indent(rows[n]) < indent), None)
    if above is None or not rows[above].rstrip().endswith(":") or not _is_key(rows[at]):
        return None
    before = next((row for row in reversed(rows[:above]) if row.strip() and _indent(row) <= indent), "")
    return above if _is_key(before) and _indent(before) == indent > 0 else None


def _begin_with(spaces: int) -> str:
    """What to do about a line whose indent is wrong."""
    number = {0: "no space", 1: "1 space"}.get(spaces, f"{spaces} spaces")
    return f"Begin it with {number}."


def _indent(row: str) -> int:
    return len(row) - len(row.lstrip(" \t"))
