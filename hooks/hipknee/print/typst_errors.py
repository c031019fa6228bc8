"""What Typst says when it can't make a file, in the words of whoever wrote the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..content.catalogue import language_of, languages, words_file
from ..problems import Problem
from ..rules import Rule

_MESSAGE = re.compile(r"^(?:error|warning): (.*)$", re.MULTILINE)
_GLYPH = re.compile(r'the text `"(.+)"` could not be displayed with font')
_CODE_POINT = re.compile(r"\\u\{([0-9a-f]+)\}")
_MISSING = re.compile(r"file not found \(searched at (.+)\)")
_UNREADABLE = re.compile(r"failed to decode image|unknown image format|failed to load file")
_FONT = re.compile(r"unknown font family: (.+)")


def explain(diagnostics: Iterable[str], path: str, root: Path) -> list[Problem]:
    """The problems of the page at `path` below `root`, from `diagnostics` as Typst prints them.

    A problem with a text names the line where that stands, in the page or in the data that pages share.
    """
    messages = [message for diagnostic in diagnostics for message in _MESSAGE.findall(diagnostic)]
    return [*dict.fromkeys(_problem(message, path, root) for message in dict.fromkeys(messages))]


def _problem(text: str, path: str, root: Path) -> Problem:
    if match := _GLYPH.search(text):
        letters = _CODE_POINT.sub(lambda code: chr(int(code[1], 16)), match[1])
        glyphs = letters if letters.isprintable() else " ".join(f"U+{ord(letter):04X}" for letter in letters)
        where, line = next(_places(letters, path, root), (path, 1))
        message = f"The print fonts have no '{glyphs}'."
        return Problem(where, line, Rule.VALUE_INVALID, message, "Write it with other letters.")
    if match := _MISSING.search(text):
        missing = Path(match[1])
        name = missing.relative_to(root).as_posix() if missing.is_relative_to(root) else missing.name
        return Problem(
            path, 1, Rule.IMAGE_MISSING, f"'{name}' is missing, so the page can't be printed.", "Build again."
        )
    if _UNREADABLE.search(text):
        return Problem(
            path, 1, Rule.IMAGE_UNREADABLE, "A picture on the page can't be printed.", f"Typst says: {text}."
        )
    if "missing alt text" in text:
        message = "A picture has no alt text, so the page can't be printed."
        return Problem(path, 1, Rule.ALT_MISSING, message, "Add its 'alt'.")
    if match := _FONT.search(text):
        message = f"The font '{match[1]}' is missing, so the page can't be printed."
        return Problem(path, 1, Rule.VALUE_INVALID, message, "Put its files in hooks/hipknee/print/typst/fonts.")
    return Problem(path, 1, Rule.VALUE_INVALID, f"The page can't be printed. Typst says: {text}.")


def _places(text: str, path: str, root: Path) -> Iterator[tuple[str, int]]:
    """The lines that hold `text`: first in the page, then in the files that it takes words from, a book from all."""
    others = {words_file(language) for language in languages(root / "docs")} - {words_file(language_of(root))}
    shared = sorted(
        file.relative_to(root).as_posix() for file in (root / "docs" / "_data").glob("*.yml") if file.name not in others
    )
    pages = sorted(file.relative_to(root).as_posix() for file in (root / "docs").rglob("*.md"))
    for name in (path, *shared, "mkdocs.yml", *pages):
        for number, line in enumerate(_read(name, root).splitlines(), 1):
            if text in line:
                yield name, number


def _read(path: str, root: Path) -> str:
    try:
        return (root / path).read_text("utf-8-sig", "replace")
    except OSError:
        return ""
