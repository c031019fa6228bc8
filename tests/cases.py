"""Cases: each a page with a mistake, written as a change of one that has none, and what is said of it.

    position-unknown:
      change: {old: "position: wading", new: "position: wadding"}
      expect:
        - "[value-invalid] 'wadding' is not in the list of positions. Did you mean 'waddling'?"

`old` stands in the page exactly once. `change` may be a list; `file` names another file than the usual one; `page` is
a whole text where there is nothing to change; `encoding` and `line_ends` say how it is saved. `files` are other files
that are put beside it (null: taken away), `links` are links to files, each with what it leads to. What is said begins
with its line, unless that is the first one that the change touches: with its number, or better with its first words,
which stay right when the page grows: `steps: [steps-order] …`. In another file the path stands in front:
`docs/creaky-tail.md:exercises: [link-one-way] …`. `expect: []` is for what is fine.

`pytest --reword` writes the `expect` lists anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from birds import FILES, PAGE, READY
from pydantic import BaseModel, BeforeValidator, ConfigDict, TypeAdapter

FOLDER = Path(__file__).parent / "cases"

Finding = tuple[str, int, str]
"""A file, a line of it, and what is said there: `[rule] message hint`."""


class CaseError(Exception):
    """A case that does not fit its page. The message is a sentence."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Change(_Strict):
    old: str
    new: str


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, dict) else value


class Row(_Strict):
    """A case as it is written."""

    file: str | None = None
    page: str | None = None
    change: Annotated[list[Change], BeforeValidator(_as_list)] = []
    files: dict[str, str | None] = {}
    links: dict[str, str] = {}
    encoding: str = "utf-8"
    line_ends: Literal["lf", "crlf"] = "lf"
    expect: list[str]


_ROWS = TypeAdapter(dict[str, Row])
_EXPECT = re.compile(
    r"(?:(?P<path>(?:docs|hooks|images)/[^:]*|\S+?\.(?:md|yml)):)?(?P<place>.*?) ?(?P<text>\[[a-z-]+\] .*)", re.DOTALL
)


@dataclass(frozen=True)
class Case:
    """One case. `pages` are the texts of all files before the change, `path` is the changed one's."""

    name: str
    path: str
    pages: Mapping[str, str]
    row: Row
    source: Path

    @cached_property
    def text(self) -> str:
        """The changed page. Raises `CaseError` for a change that does not fit."""
        text = self.base
        for change in self.row.change:
            if (count := text.count(change.old)) != 1:
                raise CaseError(
                    f"{self.source.name}: case '{self.name}' changes {change.old!r}, which stands "
                    f"{count} times in {self.path}: it must stand there once."
                )
            text = text.replace(change.old, change.new)
        return text

    @cached_property
    def content(self) -> bytes:
        """The changed page as it is saved."""
        text = self.text.replace("\n", "\r\n") if self.row.line_ends == "crlf" else self.text
        return text.encode(self.row.encoding)

    @cached_property
    def expected(self) -> list[Finding]:
        """What is said of it, in order. The line is 0 where none begins with the words that are given for it."""
        return sorted(self._finding(expect) for expect in self.row.expect)

    @cached_property
    def files(self) -> dict[str, bytes | None]:
        """Every file that the case changes, as it is saved; None for one that is taken away."""
        beside = {path: None if text is None else text.encode() for path, text in self.row.files.items()}
        untouched = self.row.page is None and not self.row.change and self.row.encoding == "utf-8"
        return beside if untouched and self.row.line_ends == "lf" else {self.path: self.content, **beside}

    @property
    def base(self) -> str:
        return self.pages.get(self.path, "") if self.row.page is None else self.row.page

    @property
    def rules(self) -> set[str]:
        return {_parts(expect)[2].split("]")[0][1:] for expect in self.row.expect}

    def reword(self, findings: Iterable[Finding]) -> None:
        """Write the findings into the file that the case stands in."""
        old = {self._finding(expect)[:2]: expect for expect in self.row.expect}
        new = []
        for finding in findings:
            expect = old.get(finding[:2])
            place = expect.removesuffix(_parts(expect)[2]) if expect else self._place(*finding[:2])
            new.append(place + finding[2])
        before = self.source.read_bytes().decode()
        self.source.write_bytes(reworded(before, {self.name: new}).encode())

    def _finding(self, expect: str) -> Finding:
        path, place, text = _parts(expect)
        path = path or self.path
        return path, int(place) if place.isdecimal() else self._line(path, place), text

    def _line(self, path: str, start: str) -> int:
        """The first line of a file that begins with these words; without words, the first that the change touches."""
        lines = self._lines(path)
        if start:
            return next((n for n, line in enumerate(lines, 1) if line.lstrip().startswith(start)), 0)
        pairs = zip(self.base.split("\n"), lines, strict=False)
        return next((n for n, (before, after) in enumerate(pairs, 1) if before != after), 1)

    def _place(self, path: str, line: int) -> str:
        """How a finding on this line begins."""
        before = "" if path == self.path else f"{path}:"
        if not before and line == self._line(path, ""):
            return ""
        key = re.match(r" *((?:- )?\{?[\w-]+:)", "".join(self._lines(path)[line - 1 : line]))
        return f"{before}{key[1] if key and self._line(path, key[1]) == line else line} "

    def _lines(self, path: str) -> list[str]:
        return (self.text if path == self.path else self.pages.get(path, "")).split("\n")


def _parts(expect: str) -> tuple[str, str, str]:
    """Of an expectation: the path or "", where the line is said to be or "", and `[rule] message hint`."""
    match = _EXPECT.fullmatch(expect)
    if not match:
        raise CaseError(f"{expect!r} must be '[rule] message', or a line and '[rule] message'.")
    return match["path"] or "", match["place"], match["text"]


def load(source: Path, pages: Mapping[str, str], usual: str) -> list[Case]:
    """The cases of a file, in its order. Those that name no file change the `usual` one."""
    rows = _ROWS.validate_python(yaml.safe_load(source.read_bytes()))
    return [Case(name, row.file or usual, pages, row, source) for name, row in rows.items()]


def reworded(text: str, expects: Mapping[str, Sequence[str]]) -> str:
    """The text of a file of cases with other `expect` lists in the cases named; all else stays as it is.

    As long as a list keeps its length, only entries that differ are written: comments between them stay."""
    root = yaml.compose(text, yaml.SafeLoader)
    changes = [
        change
        for name, case in (root.value if root else [])
        if name.value in expects
        for change in _changes(case, expects[name.value])
    ]
    for start, end, new in reversed(changes):
        text = text[:start] + new + text[end:]
    return text


def _changes(case: yaml.MappingNode, expect: Sequence[str]) -> list[tuple[int, int, str]]:
    """What to write in a case, in order: from and to which character, and what."""
    key, node = next((key, value) for key, value in case.value if key.value == "expect")
    entries, texts = node.value, [_quoted(text) for text in expect]
    if len(entries) == len(texts):
        return [
            (entry.start_mark.index, entry.end_mark.index, text)
            for entry, text, words in zip(entries, texts, expect, strict=True)
            if entry.value != words
        ]
    end = node.end_mark if node.flow_style else entries[-1].end_mark  # a block ends where the next thing begins
    indent = " " * (key.start_mark.column + 2)
    block, flow = "".join(f"\n{indent}- {text}" for text in texts), f" [{', '.join(texts)}]"
    return [(key.end_mark.index + 1, end.index, flow if case.flow_style or not texts else block)]


def _quoted(text: str) -> str:
    return yaml.safe_dump(text, default_style='"', allow_unicode=True, width=10**6).rstrip("\n")


POSES = FOLDER / "poses.yml"
"""What editors do wrong in the table of a picture."""
GATE = [
    case for source in sorted(FOLDER.glob("*.yml")) if source != POSES for case in load(source, FILES | READY, PAGE)
]
"""What authors do wrong, in the invented project. Those that are fine say so in their name."""
