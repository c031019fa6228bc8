"""Characters that went wrong before they came here: broken by a wrong encoding, lost, or such as nobody sees."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from ..broken_letters import WORTH_A_LOOK, broken, mended
from ..content.catalogue import Catalogue
from ..letters import missing
from ..problems import Problem
from ..refusals import contents
from ..rules import Rule
from ..unseen import called

_LOST = "\N{REPLACEMENT CHARACTER}"
_UNSEEN = re.compile(
    "[\u0085\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_JOINERS = "\u200c\u200d"
_DIRECTIONS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_BREAKS = "\u0085\u2028\u2029"
_LINE_END = re.compile(r"\r\n|\r|\n")


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """The letters of mkdocs.yml, and of the files that it stands on."""
    for file in dict.fromkeys(file for file, _ in catalogue.switchboard.places.values()):
        yield from of_file(catalogue, file)


def of_file(catalogue: Catalogue, path: str) -> Iterator[Problem]:
    """The letters of a file, by its path from the project's root, are whole, and can be seen."""
    text = _text(catalogue.root / path)
    for number, row in enumerate(() if text.isascii() else _LINE_END.split(text), 1):
        if not row.isascii():
            yield from (Problem(path, number, *each) for each in wrong(row))


def not_told(problems: Iterable[Problem], known: Collection[Problem]) -> Iterator[Problem]:
    """Those of the problems of characters that are news: what is wrong with a line is told once."""
    broken_lines = {(problem.path, problem.line) for problem in known if problem.rule is Rule.YAML_BROKEN}
    named = {(problem.path, problem.line) for problem in known if "(U+" in problem.message}
    for problem in problems:
        place = (problem.path, problem.line)
        if place not in broken_lines and (problem.rule is not Rule.LETTER_UNSEEN or place not in named):
            yield problem


def _text(path: Path) -> str:
    """What a file says; "" for one that can't be read, which is told elsewhere."""
    try:
        return contents(path).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return ""


def wrong(row: str) -> Iterator[tuple[Rule, str, str, str]]:
    """What is wrong with the characters of a line: the rule, a message, a hint, and the line as it should be."""
    if _LOST in row:
        word = next(word for word in row.split() if _LOST in word)
        message = f"A letter was lost here: '{word}' has the sign {_LOST} (U+FFFD) in its place."
        yield Rule.LETTER_MISSING, message, "Type the word again.", ""
    if WORTH_A_LOOK.search(row) and (parts := [*broken(row)]):
        was = f"'{parts[0]}' was '{mended(parts[0])}'" if mended(parts[0]) != parts[0] else f"'{parts[0]}' was a space"
        message = f"A wrong encoding has broken the letters here: {was}."
        yield Rule.LETTERS_BROKEN, message, "", mended(row).strip()
    signs = [match[0] for match in _UNSEEN.finditer(row) if not _is_meant(match)]
    if signs:
        names = list(dict.fromkeys(called(sign) for sign in signs))
        first = row.index(signs[0])
        before = row[:first].split()[-1:] or [""]
        where = f" after '{before[0][-20:]}'" if before[0] else ""
        message = f"This line has {' and '.join(names)}{where}, which can't be seen."
        clean = "".join(" " if letter in _BREAKS else letter for letter in _without(row))
        yield Rule.LETTER_UNSEEN, message, "Delete it, or type the words around it again.", clean.strip()


def _without(row: str) -> str:
    return _UNSEEN.sub(lambda match: match[0] if _is_meant(match) or match[0] in _BREAKS else "", row)


def _is_meant(match: re.Match[str]) -> bool:
    """Whether a script needs it. An emoji with all its parts is told as such."""
    sign, text = match[0], match.string
    before, after = text[: match.start()][-1:], text[match.end() :][:1]
    if sign in _JOINERS and before and (_joins(before) or missing(before)):
        return True
    if 0xFE00 <= ord(sign) <= 0xFE0F:
        return bool(missing(before)) or before in _JOINERS or bool(missing(after))
    return bool(re.match(f"[{_DIRECTIONS}]", sign)) and any(
        unicodedata.bidirectional(letter) in ("R", "AL") for letter in text
    )


def _joins(letter: str) -> bool:
    """Whether letters of its script are joined, as in Arabic and in the scripts of India."""
    name = unicodedata.name(letter, "")
    return ord(letter) >= 0x0600 and unicodedata.category(letter)[0] in "LM" and not name.startswith(("LATIN", "GREEK"))
