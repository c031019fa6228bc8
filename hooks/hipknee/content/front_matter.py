"""Text → front matter, with the line of every key and item, and the Markdown body.

MkDocs swallows broken YAML and prints it into the page, so the project reads every file itself. The YAML is 1.2
(`no` is a word, `1:30` is text): PyYAML's fast parser with the 1.2 core schema in place of its own resolver.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any, ClassVar, TypeAlias

import yaml

from ..problems import Problem
from ..rules import Rule
from ..unseen import DASHES, item
from .cuts import SENTENCES, WHOLE, at_commas, at_notes, in_typographic_quotes, is_stray, meant, mended, quoted, runs
from .yaml_errors import explain

Place: TypeAlias = tuple[str | int, ...]

_Parser: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 20
ITEMS = "items"
"""What the list is called that a file may be."""
LARGEST = 1_000_000
"""Bytes of a file: a library of ten thousand exercises lists them in a third of it."""

# What YAML refuses, and no editor shows.
_UNSHOWN = re.compile("[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Line ends to YAML, but not to an editor that counts lines.
_NO_LINE_ENDS = str.maketrans("\x85\u2028\u2029", "   ")
# No-break spaces where only spaces count: a Mac's keyboard makes one of Option + space.
_HYPHEN = re.compile(r"^([ \xa0]*)\S[ \xa0\t]+")
_INDENT = re.compile(r"^[ \xa0]*(?:-[ \xa0]+)?(?:[\w-]+:\xa0)?", re.MULTILINE)


class _Loader(_Parser):  # type: ignore[misc]
    """PyYAML's parser, resolving plain scalars by YAML 1.2's core schema (plus dates)."""

    yaml_implicit_resolvers: ClassVar[dict[str | None, list[tuple[str, re.Pattern[str]]]]] = {}


for _tag, _pattern, _first in (
    ("null", r"(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("bool", r"(?:true|True|TRUE|false|False|FALSE)$", list("tTfF")),
    ("int", r"[-+]?[0-9]+$", list("-+0123456789")),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$", list("-+.0123456789")),
    ("timestamp", r"[0-9]{4}-[0-9]{2}-[0-9]{2}$", list("0123456789")),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), _first)


class Digits(int):
    """A whole number with its text: a telephone number may begin with 0 or +."""

    text: str

    def __new__(cls, text: str) -> Digits:
        number = super().__new__(cls, text)
        number.text = text
        return number


_SCALARS: Mapping[str, Callable[[str], Hashable]] = {
    "tag:yaml.org,2002:null": lambda text: None,
    "tag:yaml.org,2002:bool": lambda text: text.lower() == "true",
    "tag:yaml.org,2002:int": lambda text: Digits(text) if text.startswith(("0", "+")) else int(text),
    "tag:yaml.org,2002:float": float,
    "tag:yaml.org,2002:timestamp": datetime.date.fromisoformat,
    "tag:yaml.org,2002:str": str,
}


@dataclass(frozen=True)
class Document:
    """One file as read: `data` from its YAML, `body` the Markdown after it, which starts on line `body_line`."""

    path: str
    data: Mapping[str, Any] = field(default_factory=dict)
    lines: Mapping[Place, int] = field(default_factory=dict)
    body: str = ""
    body_line: int = 1
    rows: Sequence[str] = field(default=(), compare=False, repr=False)
    """The lines of the file, for a message that says how one of them should be; () where nobody needs them."""
    digest: str = field(default="", compare=False)
    """SHA-256 of the file, in hex."""

    def line(self, *place: str | int) -> int:
        """The line where `place` stands, such as ("images", "start"), or else the nearest thing around it."""
        for end in range(len(place), 0, -1):
            if place[:end] in self.lines:
                return self.lines[place[:end]]
        return 1

    def row(self, line: int) -> str:
        """A line of the file as it stands there; "" when that is not known."""
        return self.rows[line - 1] if 0 < line <= len(self.rows) else ""


def read_page(path: str, raw: bytes) -> tuple[Document, list[Problem]]:
    """Read a Markdown page: front matter between two lines of `---`, then the body.

    A byte-order mark and any kind of line end are fine. The document is empty when nothing could be read.
    """
    document, problems = _read_page(path, raw)
    return replace(document, digest=sha256(raw).hexdigest()), problems


def _read_page(path: str, raw: bytes) -> tuple[Document, list[Problem]]:
    text, problems = _decode(path, raw)
    rows = text.split("\n")
    if problems:
        return Document(path), problems
    if rows[0].rstrip() != "---":
        message, hint = "The page does not begin with front matter.", "Its first line must be '---'"
        fence = _fence(rows[0])
        hint += "." if fence else ", with nothing before it."
        return Document(path, body=text), [Problem(path, 1, Rule.YAML_BROKEN, message, hint, fence)]
    end = next((n for n, row in enumerate(rows[1:], 1) if row.rstrip() == "---"), None)
    if end is None:
        message = "The front matter begins with '---' but is never closed."
        hint, fence = "Put a line with only '---' between the last key and the text.", ""
        if near := next((n for n, row in enumerate(rows[1:], 1) if _fence(row)), 0):
            message, fence = "The line between the front matter and the text is not '---'.", "---"
            hint = "It has three hyphens, and nothing else."
        return Document(path, body=text), [Problem(path, near + 1, Rule.YAML_BROKEN, message, hint, fence)]
    data, lines, problems = _load(path, "\n".join(rows[1:end]) + "\n", first_line=2)
    return Document(path, data, lines, "\n".join(rows[end + 1 :]), end + 2, rows), problems


def _fence(row: str) -> str:
    """'---' for a line that is meant to be: other dashes, or another number of them."""
    return "---" if row.strip() and not {*row.strip()} - {*DASHES, "-"} else ""


def read_data(path: str, raw: bytes, builder: type[Builder] | None = None) -> tuple[Document, list[Problem]]:
    """Read a YAML file of settings or vocabulary, by the same rules as front matter, or by those of another builder.

    The items of a list (`ListBuilder`) are under `ITEMS`.
    """
    text, problems = _decode(path, raw)
    if problems:
        return Document(path), problems
    data, lines, problems = _load(path, text, first_line=1, kind=builder or Builder)
    return Document(path, data, lines, rows=text.split("\n"), digest=sha256(raw).hexdigest()), problems


def _decode(path: str, raw: bytes) -> tuple[str, list[Problem]]:
    if len(raw) > LARGEST:
        message = f"The file is too large: it has {len(raw):,} bytes, and {LARGEST:,} are the most."
        hint = "Delete what was pasted by mistake. Pictures are in images/, and a text names them."
        return "", [Problem(path, 1, Rule.TEXT_LONG, message, hint)]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = len(re.findall(rb"\r\n|\r|\n", raw[: error.start])) + 1
        message = "The file is not saved as UTF-8, so some of its letters can't be read."
        return "", [Problem(path, line, Rule.YAML_BROKEN, message, "Save it again with the encoding 'UTF-8'.")]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if unshown := _UNSHOWN.search(text):
        line = text.count("\n", 0, unshown.start()) + 1
        message = "There is a character on this line that can't be shown."
        return "", [Problem(path, line, Rule.YAML_BROKEN, message, "Delete the line and type it again.")]
    return text, []


def _load(
    path: str, text: str, first_line: int, kind: type[Builder] | None = None
) -> tuple[dict[str, Any], dict[Place, int], list[Problem]]:
    builder = (kind or Builder)(path, first_line)
    if dashes := [(n, mark) for n, row in enumerate(text.split("\n")) if (mark := item(row))]:
        # To YAML such a line goes on with the text above, or is a key: an item of a list would be lost in silence.
        for n, mark in dashes:
            row = text.split("\n")[n]
            correction = _HYPHEN.sub(r"\1- ", row, count=1) if row[0] in " \xa0" else ""
            builder.report(n, f"The line begins with {mark} instead of '-'.", "Begin every item with '- '.", correction)
        return {}, {}, builder.problems
    text = _INDENT.sub(lambda indent: indent[0].replace("\xa0", " "), text.translate(_NO_LINE_ENDS))
    if builder.keeps_texts and (slips := at_notes(text, builder.loader)):
        for slip in slips:
            builder.report(slip.row, slip.message, slip.hint, slip.correction)
        text = mended(text.split("\n"), slips)
    builder.text = text
    try:
        depth = 0
        for event in yaml.parse(
            text, Loader=builder.loader
        ):  # the composer recurses: thousands of '[' would end the process
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEEPEST:
                at = event.start_mark.line if event.start_mark else 0
                message = f"The values are nested more than {_DEEPEST} deep."
                builder.report(at, message, "Check the brackets and indents.")
                return {}, {}, builder.problems
        node = yaml.compose(text, Loader=builder.loader)
    except yaml.YAMLError as error:
        if not builder.problems:  # or it may follow from what is told
            slip = explain(error, text)
            builder.report(slip.row, slip.message, slip.hint, slip.correction)
        return {}, {}, builder.problems
    if node is None or (isinstance(node, yaml.ScalarNode) and not node.value):
        return {}, {}, builder.problems
    if builder.is_list and isinstance(node, yaml.SequenceNode):
        return {ITEMS: builder.build(node, (ITEMS,))}, builder.lines, builder.problems
    if builder.is_list or not isinstance(node, yaml.MappingNode):
        lines = "a list: lines that begin with '- '" if builder.is_list else "lines of 'key: value'"
        builder.refuse(node, Rule.YAML_BROKEN, f"This must be {lines}.")
        return {}, {}, builder.problems
    data = builder.build(node, ())
    return data, builder.lines, builder.problems


class Builder:
    """Turns PyYAML's nodes into plain values, noting where each stands and everything that is not allowed."""

    loader: ClassVar[Any] = _Loader
    """What parses the text, and says what a word without quotes is."""
    keeps_texts: ClassVar[bool] = True
    """Whether a text that goes on behind ` #` or a comma is refused, and not cut off as in YAML elsewhere."""
    is_list: ClassVar[bool] = False
    """Whether the file is a list."""

    def __init__(self, path: str, first_line: int) -> None:
        self.path, self.first_line, self.text = path, first_line, ""
        self.lines: dict[Place, int] = {}
        self.problems: list[Problem] = []
        self.seen: set[int] = set()

    def refuse(self, node: yaml.Node, rule: Rule, message: str, hint: str = "", correction: str = "") -> None:
        line = self.first_line + node.start_mark.line
        self.problems.append(Problem(self.path, line, rule, message, hint, correction))

    def report(self, row: int, message: str, hint: str = "", correction: str = "") -> None:
        """Something that is no YAML, or not what its author takes it for. Rows count from 0."""
        self.problems.append(Problem(self.path, self.first_line + row, Rule.YAML_BROKEN, message, hint, correction))

    def build(self, node: yaml.Node, place: Place) -> Any:
        if isinstance(node, yaml.ScalarNode):
            return self.scalar(node)
        # One node met twice is an alias: a few of them, nested, are how a small file becomes gigabytes.
        if id(node) in self.seen:
            self.refuse(
                node,
                Rule.YAML_BROKEN,
                "Anchors and aliases ('&' and '*') are not allowed here.",
                "Write the text out in full.",
            )
            return None
        self.seen.add(id(node))
        if self._is_text(node):
            row, start, end = self._row(node), node.start_mark, node.end_mark
            text = self.text[start.index : end.index]
            correction = row[: start.column] + quoted(text) + row[end.column :]
            self.report(start.line, "A text that begins with '{' needs quotes.", WHOLE, correction)
            return text
        if isinstance(node, yaml.SequenceNode):
            if node.tag != "tag:yaml.org,2002:seq":
                self.refuse(node, Rule.VALUE_INVALID, f"'{node.tag}' has no meaning here.", "Delete the tag.")
            items = []
            if node.flow_style and place and place[-1] in SENTENCES and (split := [*runs(node.value)]):
                texts = dict(zip((parts[0] for parts in split), self._unsplit(split, in_braces=False), strict=True))
                ends = [part for parts in split for part in parts[1:]]
                node.value = [texts.get(item, item) for item in node.value if item not in ends]
            for index, item in enumerate(node.value):
                self.lines[*place, index] = self.first_line + item.start_mark.line
                items.append(self.build(item, (*place, index)))
            return items
        return self._mapping(node, place) if isinstance(node, yaml.MappingNode) else None

    def _mapping(self, node: yaml.CollectionNode, place: Place) -> dict[str, Any]:
        if node.tag != "tag:yaml.org,2002:map":
            self.refuse(node, Rule.VALUE_INVALID, f"'{node.tag}' has no meaning here.", "Delete the tag.")
        result: dict[str, Any] = {}
        for key_node, value_node in self._pairs(node):
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else None
            if key is None:
                self.refuse(key_node, Rule.YAML_BROKEN, "A key must be a plain word.")
            elif key in result:
                first = self.lines[*place, key]
                message = f"'{key}' appears here a second time (first on line {first})."
                self.refuse(key_node, Rule.KEY_DUPLICATE, message, "Keep one of the two.")
            else:
                self.lines[*place, key] = self.first_line + key_node.start_mark.line
                result[key] = self.build(value_node, (*place, key))
        return result

    def _pairs(self, node: yaml.CollectionNode) -> list[tuple[yaml.Node, yaml.Node]]:
        """The keys with their values. Inside { } a comma ends a text: what follows it is put back, and refused."""
        pairs: list[tuple[yaml.Node, yaml.Node]] = []
        split: dict[int, list[yaml.ScalarNode]] = {}
        for key, value in node.value:
            before = pairs[-1][1] if pairs else None
            is_end = self.keeps_texts and node.flow_style and is_stray(key, value, self.text)
            if is_end and isinstance(before, yaml.ScalarNode) and before.value and not before.style:
                split.setdefault(len(pairs) - 1, [before]).append(key)
            else:
                pairs.append((key, value))
        if split:
            texts = self._unsplit([*split.values()], in_braces=True)
            for n, text in zip(split, texts, strict=True):
                pairs[n] = (pairs[n][0], text)
        return pairs

    def _unsplit(self, split: list[list[yaml.ScalarNode]], in_braces: bool) -> list[yaml.Node]:
        """Refuse texts that commas have split into parts; the texts as they were meant."""
        slip = at_commas(self.text.split("\n"), split, in_braces)
        self.report(slip.row, slip.message, slip.hint, slip.correction)
        return [meant(parts, in_braces) for parts in split]

    def _is_text(self, node: yaml.Node) -> bool:
        """Whether what stands in braces is a text, such as '{count}', that lacks its quotes."""
        if not (self.keeps_texts and isinstance(node, yaml.MappingNode) and node.flow_style and len(node.value) == 1):
            return False
        before = self.text[: node.start_mark.index].rstrip(" ")[-1:]
        return (
            node.tag == "tag:yaml.org,2002:map"
            and before in (":", "-")
            and is_stray(node.value[0][0], node.value[0][1], self.text)
        )

    def _row(self, node: yaml.Node) -> str:
        return self.text.split("\n")[node.start_mark.line]

    def scalar(self, node: yaml.ScalarNode) -> Hashable:
        if node.tag not in _SCALARS:
            row, at = self._row(node), node.start_mark.column
            correction = row[:at] + quoted(row[at:].rstrip()) if row[:at].rstrip()[-1:] in (":", "-") else ""
            message = f"'{node.tag}' has no meaning here."
            self.refuse(node, Rule.VALUE_INVALID, message, "Put the text in quotes.", correction)
            return str(node.value)
        if self.keeps_texts and not node.style and in_typographic_quotes(node.value):
            row, start, end = self._row(node), node.start_mark, node.end_mark
            correction = row[: start.column] + quoted(node.value) + row[end.column :]
            message = f"The quotation marks {node.value[0]} and {node.value[-1]} would be printed."
            hint = 'Write straight ones ("), or none.'
            self.report(start.line, message, hint, correction if start.line == end.line else "")
        try:
            return _SCALARS[node.tag](node.value)
        except ValueError:  # a day that is not in the calendar, a number of 5000 digits: text to whoever reads it
            return str(node.value)


class ListBuilder(Builder):
    """Of a file that is a list."""

    is_list = True
