"""Additions to files that authors wrote: one thing at the right line, and every other letter as it was.

The file is never written anew from its values: comments, quotes and layout would be lost. What comes out is read
again, and must say the same as before and the addition, or nothing is added.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

import yaml

from .front_matter import Document, Place, read_data, read_page

Node: TypeAlias = Any
"""A node of PyYAML, whose parts depend on its kind."""


class InsertionError(ValueError):
    """Something can't be added safely. The message says what to add by hand, and where."""


def scalar(text: str, *, in_brackets: bool = False) -> str:
    """A text as YAML: plain where it is read as that text, otherwise in quotes. `in_brackets`: within [] or {}."""
    form = "- [{}]" if in_brackets else "- {}"
    document, problems = read_data("", f"x:\n{form.format(text)}\n".encode("utf-8", "replace"))
    expected: list[Any] = [[text]] if in_brackets else [text]
    is_plain = not problems and document.data == {"x": expected} and "\n" not in text and " #" not in text
    return text if is_plain else json.dumps(text, ensure_ascii=False)


def brackets(texts: Sequence[str]) -> str:
    """A list of texts as YAML, on one line."""
    return f"[{', '.join(scalar(text, in_brackets=True) for text in texts)}]"


def with_item(path: str, raw: bytes, place: Place, item: str, after: str = "") -> bytes:
    """The file with `item` in the list at `place`, last, or next to the item `after`; as it was if it is there already.

    Raises `InsertionError`.
    """
    by_hand = f"add '{item}' to '{'.'.join(map(str, place))}' in {path}"
    file = _File(path, raw, by_hand)
    key, value = file.at(place)
    if any(leaf.value == item for leaf in _leaves(value)):
        return raw
    text = scalar(item, in_brackets=True)
    if isinstance(value, yaml.ScalarNode) and value.start_mark.index == value.end_mark.index:
        colon = file.text.index(":", file.start + key.end_mark.index) + 1
        result = file.inserted(colon, f" [{text}]")
    elif isinstance(value, yaml.SequenceNode):
        items, number = _beside(value, after) or (value, len(value.value) - 1)
        result = _flow(file, items, number, text) if items.flow_style else _block(file, items, number, text)
    else:
        raise InsertionError(f"'{place[-1]}' in {path} is not a list. Please {by_hand}.")

    is_empty = isinstance(value, yaml.ScalarNode)
    file.verify(result, place, lambda part: None if is_empty and part == [item] else _without(part, item))
    return result


def with_entry(path: str, raw: bytes, place: Place, key: str, rows: Sequence[str]) -> bytes:
    """The file with `key` in the mapping at `place`, () for the file itself.

    Its value is the first of `rows`, or "" and lines below it. It comes last, or in alphabetical order where there is
    one. Raises `InsertionError`.
    """
    where = f"'{place[-1]}' in {path}" if place else path
    by_hand = f"add '{key}' to {where}" if len(place) < 2 else f"add '{key}' to '{'.'.join(map(str, place))}' in {path}"
    file = _File(path, raw, by_hand)
    _, value = file.at(place)
    if not isinstance(value, yaml.MappingNode) or value.flow_style or not value.value:
        raise InsertionError(f"{where} has no lines of 'key: value'. Please {by_hand}.")
    keys = [str(name.value) for name, _ in value.value]
    if key in keys:
        raise InsertionError(f"There is already a '{key}' in {where}.")
    number = sum(name < key for name in keys) if len(keys) > 2 and keys == sorted(keys) else len(keys)
    indent = " " * value.start_mark.column
    lines = [f"{indent}{key}: {rows[0]}".rstrip(), *(f"{indent}  {row}" for row in rows[1:])]
    at = file.line_end(value.value[number - 1][1], value.value[number - 1][0]) if number else file.line_start(value)
    result = file.lines_at(at, lines)

    file.verify(result, place, lambda part: {name: each for name, each in part.items() if name != key})
    return result


class _File:
    """The text of a file, and the nodes of its YAML, whose marks count from `start`."""

    def __init__(self, path: str, raw: bytes, by_hand: str) -> None:
        self.path, self.raw, self.by_hand = path, raw, by_hand
        self.document, self.problems = self._read(raw)
        if not self.document.data:
            raise InsertionError(f"{path} can't be read. Fix it first, or {by_hand}.")
        self.text = raw.decode("utf-8-sig")
        self.start, end = 0, len(self.text)
        if path.endswith(".md"):
            rows = self.text.splitlines(keepends=True)
            last = next(n for n, row in enumerate(rows[1:], 1) if row.rstrip() == "---")
            self.start, end = len(rows[0]), sum(map(len, rows[:last]))
        try:
            self.root = yaml.compose(self.text[self.start : end], Loader=yaml.SafeLoader)
        except yaml.YAMLError as error:
            raise self.unsafe() from error

    def unsafe(self) -> InsertionError:
        return InsertionError(f"{self.path} is not laid out in a way that can be added to. Please {self.by_hand}.")

    def _read(self, raw: bytes) -> tuple[Document, list[str]]:
        document, problems = (read_page if self.path.endswith(".md") else read_data)(self.path, raw)
        return document, [problem.rule for problem in problems]

    def at(self, place: Place) -> tuple[Node, Node]:
        """The key and the value at `place`; of an item of a list itself for both."""
        key, value = self.root, self.root
        for step in place:
            if isinstance(step, int) and isinstance(value, yaml.SequenceNode) and step < len(value.value):
                key = value = value.value[step]
                continue
            pairs = value.value if isinstance(value, yaml.MappingNode) else []
            pair = next((pair for pair in pairs if pair[0].value == step), None)
            if pair is None:
                raise InsertionError(f"There is no '{step}' in {self.path}. Please {self.by_hand}.")
            key, value = pair
        return key, value

    def inserted(self, at: int, text: str) -> bytes:
        mark = b"\xef\xbb\xbf" if self.raw.startswith(b"\xef\xbb\xbf") else b""
        return mark + (self.text[:at] + text + self.text[at:]).encode()

    def line_start(self, node: Node) -> int:
        """Where the line of a node begins."""
        return self.text.rfind("\n", 0, self.start + node.start_mark.index) + 1

    def line_end(self, node: Node, before: Node) -> int:
        """Where the line after a node begins. An empty node is where the one `before` it ends."""
        while not getattr(node, "flow_style", True) and node.value:
            last = node.value[-1]
            before, node = last if isinstance(last, tuple) else (before, last)
        end = self.start + (before if node.start_mark.index == node.end_mark.index else node).end_mark.index
        if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
            end = len(self.text[:end].rstrip())
        newline = self.text.find("\n", end)
        return newline + 1 if newline >= 0 else len(self.text)

    def lines_at(self, at: int, lines: Sequence[str]) -> bytes:
        newline = "\r\n" if "\r\n" in self.text else "\n"
        before = newline if at and self.text[at - 1] != "\n" else ""
        return self.inserted(at, before + "".join(line + newline for line in lines))

    def verify(self, result: bytes, place: Place, rest: Callable[[Any], Any]) -> None:
        """Something was added, and the `rest` of what is at `place` then is as it was. Raises `InsertionError`."""
        document, problems = self._read(result)
        before = self.document
        same = problems == self.problems and document.body == before.body
        if not same or document.data == before.data or _changed(document.data, place, rest) != before.data:
            raise self.unsafe()


def _leaves(node: Node) -> list[Node]:
    if isinstance(node, yaml.ScalarNode):
        return [node]
    parts = [value[1] if isinstance(value, tuple) else value for value in node.value]
    return [leaf for part in parts for leaf in _leaves(part)]


def _beside(items: Node, after: str) -> tuple[Node, int] | None:
    """The list within `items` that has `after`, and its number there."""
    for number, node in enumerate(items.value):
        value = node.value[0][1] if isinstance(node, yaml.MappingNode) and node.value else node
        if isinstance(value, yaml.ScalarNode) and value.value == after:
            return items, number
        if isinstance(value, yaml.SequenceNode) and (deeper := _beside(value, after)):
            return deeper
    return None


def _flow(file: _File, items: Node, number: int, text: str) -> bytes:
    """Within brackets, after the item `number`; -1 is the beginning."""
    if number < 0:
        return file.inserted(file.start + items.start_mark.index + 1, text)
    return file.inserted(file.start + items.value[number].end_mark.index, f", {text}")


def _block(file: _File, items: Node, number: int, text: str) -> bytes:
    """On a line of its own, after the item `number`."""
    at = file.line_end(items.value[number], items)
    return file.lines_at(at, [f"{' ' * items.start_mark.column}- {text}"])


def _changed(data: Any, place: Place, change: Callable[[Any], Any]) -> Any:
    """The data with something else at `place`."""
    if not place:
        return change(data)
    if isinstance(data, list) and place[0] in range(len(data)):
        return [_changed(each, place[1:], change) if n == place[0] else each for n, each in enumerate(data)]
    if not isinstance(data, Mapping) or place[0] not in data:
        return None
    return {**data, place[0]: _changed(data[place[0]], place[1:], change)}


def _without(part: Any, item: str) -> Any:
    """A list without an item, however deep."""
    if isinstance(part, list):
        return [_without(each, item) for each in part if each != item]
    if isinstance(part, Mapping):
        return {key: _without(each, item) for key, each in part.items()}
    return part
