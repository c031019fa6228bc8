"""Text → front matter, with the line of every key and item, and the Markdown body.

MkDocs swallows broken YAML and prints it into the page, so the project reads every file itself. The YAML is 1.2
(`no` is a word, `1:30` is text): PyYAML's fast parser with the 1.2 core schema in place of its own resolver.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any, ClassVar, TypeAlias

import yaml

from ..problems import Problem
from ..rules import Rule
from ..unseen import item
from .yaml_errors import explain

Place: TypeAlias = tuple[str | int, ...]

_Parser: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 20

# What YAML refuses, and no editor shows.
_UNSHOWN = re.compile("[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Line ends to YAML, but not to an editor that counts lines.
_NO_LINE_ENDS = str.maketrans("\x85\u2028\u2029", "   ")
# No-break spaces where only spaces count: a Mac's keyboard makes one of Option + space.
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
    digest: str = field(default="", compare=False)
    """SHA-256 of the file, in hex."""

    def line(self, *place: str | int) -> int:
        """The line where `place` stands, such as ("images", "start"), or else the nearest thing around it."""
        for end in range(len(place), 0, -1):
            if place[:end] in self.lines:
                return self.lines[place[:end]]
        return 1


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
        message = "The page does not begin with front matter."
        return Document(path, body=text), [
            Problem(path, 1, Rule.YAML_BROKEN, message, "Its first line must be '---', with nothing before it.")
        ]
    end = next((n for n, row in enumerate(rows[1:], 1) if row.rstrip() == "---"), None)
    if end is None:
        message = "The front matter begins with '---' but is never closed."
        return Document(path, body=text), [
            Problem(path, 1, Rule.YAML_BROKEN, message, "Put a line with only '---' between the last key and the text.")
        ]
    data, lines, problems = _load(path, "\n".join(rows[1:end]) + "\n", first_line=2)
    return Document(path, data, lines, "\n".join(rows[end + 1 :]), end + 2), problems


def read_data(path: str, raw: bytes, builder: type[Builder] | None = None) -> tuple[Document, list[Problem]]:
    """Read a YAML file of settings or vocabulary, by the same rules as front matter, or by those of another builder."""
    text, problems = _decode(path, raw)
    if problems:
        return Document(path), problems
    data, lines, problems = _load(path, text, first_line=1, kind=builder or Builder)
    return Document(path, data, lines, digest=sha256(raw).hexdigest()), problems


def _decode(path: str, raw: bytes) -> tuple[str, list[Problem]]:
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
    if dashes := [(n, mark) for n, row in enumerate(text.split("\n"), first_line) if (mark := item(row))]:
        # To YAML such a line goes on with the text above, or is a key: an item of a list would be lost in silence.
        hint = "Begin every item with '- '."
        return (
            {},
            {},
            [
                Problem(path, n, Rule.YAML_BROKEN, f"The line begins with {mark} instead of '-'.", hint)
                for n, mark in dashes
            ],
        )
    text = _INDENT.sub(lambda indent: indent[0].replace("\xa0", " "), text.translate(_NO_LINE_ENDS))
    try:
        depth = 0
        for event in yaml.parse(
            text, Loader=builder.loader
        ):  # the composer recurses: thousands of '[' would end the process
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEEPEST:
                line = first_line + (event.start_mark.line if event.start_mark else 0)
                message = f"The values are nested more than {_DEEPEST} deep."
                return {}, {}, [Problem(path, line, Rule.YAML_BROKEN, message, "Check the brackets and indents.")]
        node = yaml.compose(text, Loader=builder.loader)
    except yaml.YAMLError as error:
        row, why, hint = explain(error, text)
        return {}, {}, [Problem(path, first_line + row, Rule.YAML_BROKEN, f"The line is not valid YAML: {why}.", hint)]
    if node is None or (isinstance(node, yaml.ScalarNode) and not node.value):
        return {}, {}, []
    if not isinstance(node, yaml.MappingNode):
        builder.refuse(node, Rule.YAML_BROKEN, "This must be lines of 'key: value'.")
        return {}, {}, builder.problems
    data = builder.build(node, ())
    return data, builder.lines, builder.problems


class Builder:
    """Turns PyYAML's nodes into plain values, noting where each stands and everything that is not allowed."""

    loader: ClassVar[Any] = _Loader
    """What parses the text, and says what a word without quotes is."""

    def __init__(self, path: str, first_line: int) -> None:
        self.path, self.first_line = path, first_line
        self.lines: dict[Place, int] = {}
        self.problems: list[Problem] = []
        self.seen: set[int] = set()

    def refuse(self, node: yaml.Node, rule: Rule, message: str, hint: str = "") -> None:
        line = self.first_line + node.start_mark.line
        self.problems.append(Problem(self.path, line, rule, message, hint))

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
        if isinstance(node, yaml.SequenceNode):
            if node.tag != "tag:yaml.org,2002:seq":
                self.refuse(node, Rule.VALUE_INVALID, f"'{node.tag}' has no meaning here.", "Delete the tag.")
            items = []
            for index, item in enumerate(node.value):
                self.lines[*place, index] = self.first_line + item.start_mark.line
                items.append(self.build(item, (*place, index)))
            return items
        return self._mapping(node, place)

    def _mapping(self, node: yaml.Node, place: Place) -> dict[str, Any]:
        if node.tag != "tag:yaml.org,2002:map":
            self.refuse(node, Rule.VALUE_INVALID, f"'{node.tag}' has no meaning here.", "Delete the tag.")
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
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

    def scalar(self, node: yaml.ScalarNode) -> Hashable:
        if node.tag not in _SCALARS:
            self.refuse(node, Rule.VALUE_INVALID, f"'{node.tag}' has no meaning here.", "Put the text in quotes.")
            return str(node.value)
        try:
            return _SCALARS[node.tag](node.value)
        except ValueError:  # a day that is not in the calendar, a number of 5000 digits: text to whoever reads it
            return str(node.value)
