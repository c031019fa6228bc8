"""What Typst says when it can't make a file, in the words of whoever wrote the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ..content import front_matter
from ..problems import Problem
from ..rules import Rule

_SAID = re.compile(r"^(?:error|warning): (.*)$", re.MULTILINE)
_GLYPH = re.compile(r'the text `"(.+)"` could not be displayed with font')
_CODE_POINT = re.compile(r"\\u\{([0-9a-f]+)\}")
_MISSING = re.compile(r"file not found \(searched at (.+)\)")
_UNREADABLE = re.compile(r"failed to decode image|unknown image format|failed to load file")
_FONT = re.compile(r"unknown font family: (.+)")
_TOO_LONG = re.compile(r"panicked with: too-long, (\w+), (\d+)")


def explain(diagnostic: str, path: str, root: Path) -> list[Problem]:
    """The problems of the page at `path` below `root`, from one `diagnostic` as Typst prints it.

    A problem with a text names the line where that stands, in the page or in the data that pages share.
    """
    return [_problem(said, path, root) for said in dict.fromkeys(_SAID.findall(diagnostic))]


def _problem(said: str, path: str, root: Path) -> Problem:
    if found := _GLYPH.search(said):
        letters = _CODE_POINT.sub(lambda match: chr(int(match[1], 16)), found[1])
        shown = letters if letters.isprintable() else " ".join(f"U+{ord(letter):04X}" for letter in letters)
        where, line = next(_places(letters, path, root), (path, 1))
        message = f"The letters for print have no '{shown}'."
        return Problem(where, line, Rule.VALUE_INVALID, message, "Say it with other letters.")
    if found := _MISSING.search(said):
        missing = Path(found[1])
        name = missing.relative_to(root).as_posix() if missing.is_relative_to(root) else missing.name
        return Problem(
            path, 1, Rule.IMAGE_MISSING, f"'{name}' is not there, so the page can't be printed.", "Build again."
        )
    if _UNREADABLE.search(said):
        return Problem(
            path, 1, Rule.IMAGE_UNREADABLE, "A picture of the page can't be printed.", f"Typst says: {said}."
        )
    if "missing alt text" in said:
        message = "A picture has no words for those who don't see it, so the page can't be printed."
        return Problem(path, 1, Rule.ALT_MISSING, message, "Give it its 'alt'.")
    if found := _FONT.search(said):
        message = f"The font '{found[1]}' is not there, so the page can't be printed."
        return Problem(path, 1, Rule.VALUE_INVALID, message, "Its files belong into hooks/hipknee/print/typst/fonts.")
    if found := _TOO_LONG.search(said):
        message = f"The text does not fit on one printed page: it is {found[2]} mm too long."
        line = _document(path, root).line(found[1])
        return Problem(path, line, Rule.VALUE_INVALID, message, "Shorten the steps, the cautions or another text.")
    return Problem(path, 1, Rule.VALUE_INVALID, f"The page can't be printed. Typst says: {said}.")


def _places(text: str, path: str, root: Path) -> Iterator[tuple[str, int]]:
    """The lines that hold `text`: first in the page, then in the files that it takes words from, a book from all."""
    shared = sorted(one.relative_to(root).as_posix() for one in (root / "docs" / "_data").glob("*.yml"))
    pages = sorted(one.relative_to(root).as_posix() for one in (root / "docs").rglob("*.md"))
    for name in (path, *shared, "mkdocs.yml", *pages):
        for number, line in enumerate(_read(name, root).splitlines(), 1):
            if text in line:
                yield name, number


def _document(path: str, root: Path) -> front_matter.Document:
    return front_matter.read_page(path, _read(path, root).encode())[0]


def _read(path: str, root: Path) -> str:
    try:
        return (root / path).read_text("utf-8-sig", "replace")
    except OSError:
        return ""
