"""Typesetting: the one place that calls Typst. A template and its data in, a PDF out.

The data goes to Typst as JSON text, never as Typst's own language, so that nothing that a page says can be a command.
Every PDF conforms to PDF/UA-1 or is not made, and is the same, byte for byte, wherever and whenever it is made.

This module asks little of the house: a process that only makes files begins in an instant and stays small.
"""

from __future__ import annotations

import datetime
import json
import os
import re
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any, Literal, NamedTuple

import typst

from ..places import FONTS
from ..places import PRINT_TEMPLATES as FOLDER

_WORD = re.compile(r"\bwords\.(\w+)")
_IMPORT = re.compile(r'^#import "([\w-]+)\.typ"', re.MULTILINE)


class PictureFile(NamedTuple):
    """A picture to print: its path below the project's root, beginning with a slash, and its size in pixels."""

    path: str
    width: int
    height: int


class TypesettingError(Exception):
    """A file could not be made. `diagnostics` say why, as Typst prints them."""

    def __init__(self, diagnostics: list[str]) -> None:
        super().__init__("\n".join(diagnostics))
        self.diagnostics = diagnostics


class Typesetter:
    """Makes PDFs for the project at `root`.

    A compiler is kept for each template: only the first file of each takes a tenth of a second. The templates may
    stand outside the project, on the same drive. Threads take turns; for more speed, use processes.
    """

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        # Typst reads only below its own root, which has to hold the templates and the pictures.
        self._above = Path(os.path.commonpath([self.root, FOLDER]))
        inside = self.root.relative_to(self._above).as_posix()
        self._prefix = "" if inside == "." else f"/{inside}"
        self._compilers: dict[str, typst.Compiler] = {}
        self._fonts: typst.Fonts | None = None
        self._lock = Lock()

    def pdf(self, template: str, data: Mapping[str, Any]) -> bytes:
        """The PDF that `template` ("handout") makes of `data`.

        `data` is what JSON can hold. It has at least the `title`, `author` (or None), `language`, `paper` ("a4",
        "us-letter"), `words` and `updated` (2026-11-22, the date that the file carries). Raises `TypesettingError`.
        """
        return self._compile(template, data, "pdf")[0]

    def png(self, template: str, data: Mapping[str, Any], *, ppi: float = 100) -> list[bytes]:
        """Each page as a PNG, for looking at it. Raises `TypesettingError`."""
        return self._compile(template, data, "png", ppi)

    def _compile(
        self, template: str, data: Mapping[str, Any], kind: Literal["pdf", "png"], ppi: float | None = None
    ) -> list[bytes]:
        updated = datetime.date.fromisoformat(data["updated"])
        noon = datetime.datetime(updated.year, updated.month, updated.day, 12, tzinfo=datetime.UTC)
        inputs = {"data": json.dumps(data, ensure_ascii=False), "root": self._prefix}
        try:
            with self._lock:
                output, warnings = self._compiler(template).compile_with_warnings(
                    format=kind,
                    ppi=ppi,
                    sys_inputs=inputs,
                    pdf_standards="ua-1" if kind == "pdf" else [],
                    timestamp=int(noon.timestamp()),
                )
        except typst.TypstError as error:
            raise TypesettingError([error.diagnostic]) from None
        if warnings:
            raise TypesettingError([warning.diagnostic for warning in warnings])
        if output is None:  # only when it writes a file itself
            raise RuntimeError("Typst made nothing")
        return [output] if isinstance(output, bytes) else output

    def _compiler(self, template: str) -> typst.Compiler:
        if template not in self._compilers:
            if self._fonts is None:
                self._fonts = typst.Fonts(
                    include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
                )
            self._compilers[template] = typst.Compiler(
                input=str(FOLDER / f"{template}.typ"),
                root=str(self._above),
                font_paths=self._fonts,
                ignore_system_fonts=True,
            )
        return self._compilers[template]


@cache
def typesetter(root: Path) -> Typesetter:
    """One for each project, kept for as long as the process lives: warm, a sheet takes a tenth."""
    return Typesetter(root)


def spoken(template: str) -> frozenset[str]:
    """The names of the words that a template, with what it imports, says as `words.name`."""
    text = (FOLDER / f"{template}.typ").read_text("utf-8")
    return frozenset(_WORD.findall(text)).union(*map(spoken, _IMPORT.findall(text)))


def engine() -> str:
    """A hash, in hex, over what makes a file besides its data: Typst, the templates and the fonts.

    Read anew each time: the templates may be edited while `mkdocs serve` runs, and Typst reads them anew too.
    """
    from importlib.metadata import version  # here: no process that makes files has to load it

    digest = sha256(version("typst").encode())
    for path in sorted(path for path in FOLDER.rglob("*") if path.is_file()):
        digest.update(path.relative_to(FOLDER).as_posix().encode() + sha256(path.read_bytes()).digest())
    return digest.hexdigest()
