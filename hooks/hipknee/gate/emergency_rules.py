"""That texts tell to call the emergency number that is set, and say nothing else in braces to be filled in."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from ..content.catalogue import Catalogue, Entry
from ..content.cuts import quoted
from ..content.data_files import Phrases
from ..content.filling import BRACES, COUNT, EMERGENCY, IN_HEADING, KNOWN, in_digits, texts
from ..content.red_flags import JOINT
from ..phones import dialing
from ..problems import Problem
from ..rules import Rule
from ..text import body_links
from ..text.body_links import without_code
from ..wording import Say

NUMBERS = ("911", "112", "999", "000")
"""The emergency numbers of most countries: places anywhere in a sentence that tells to call."""
_NOT_TEXT = frozenset("file doi pmid pmcid url number address booking report emergency_number".split())
_END = re.compile(r"[.!?][*_)\"']*\s+|\n\s*\n|\n(?=\s*(?:[-*|>]|\d+\.)\s)")
_TEL = re.compile(r"tel:", re.IGNORECASE)
_ADDRESS = re.compile(r"\]\([^()\n]*\)|https?://\S+")
_BEFORE, _AFTER = r"(?<![\w.,/$€£-])(?<!\d )", r"(?![\w%/-]|[.,]\d| \d)"
_KNOWN = re.compile(rf"{_BEFORE}(?:{'|'.join('[-. ]?'.join(number) for number in NUMBERS)}){_AFTER}")


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """What mkdocs.yml says of the site."""
    board = catalogue.switchboard
    for key in ("site_name", "site_description", "copyright"):
        value = board.data.get(key)
        for brace in BRACES.findall(value) if isinstance(value, str) else ():
            message = f"{brace} is filled in on pages and in docs/_data/, but not here."
            yield board.problem((key,), Rule.BRACES_UNKNOWN, message, "Say it in other words.")


def of_file(catalogue: Catalogue, entry: Entry[Any], calls: Calls) -> Iterator[Problem]:
    """Every text of a page or a data file."""
    for line, text in _texts(entry):
        if "{" in text and entry is not catalogue.words:
            known = (*KNOWN, JOINT) if entry is catalogue.red_flags else KNOWN
            known = (*KNOWN, IN_HEADING) if entry is catalogue.library else known
            yield from _braces(entry.path, line, text, known, [group.id for group in catalogue.groups])
        for at, number in calls.wrong(text):
            row = line + text.count("\n", 0, at)
            message = f"The text tells to call {number}, but the emergency number is {calls.own}."
            hint = f"Write {EMERGENCY} for the number, which is set in {catalogue.clinic.path}."
            mended = _mended(catalogue.root / entry.path, row, number)
            yield Problem(entry.path, row, Rule.EMERGENCY_NUMBER, message, hint, mended)
    if entry.path.endswith(".md"):
        yield from _links(entry, calls.own)


def _texts(entry: Entry[Any]) -> Iterator[tuple[int, str]]:
    """Every text that readers get, with the line where it begins."""
    for place, text in texts(entry.document.data):
        if not place or place[-1] not in _NOT_TEXT:
            yield entry.document.line(*place), text
    if entry.document.body:
        yield entry.document.body_line, without_code(entry.document.body)


def _links(entry: Entry[Any], own: str) -> Iterator[Problem]:
    """A link that calls dials one number, and no other emergency number than that which is set."""
    body = entry.document.body
    for link in body_links.scan(body) if _TEL.search(body) else ():
        if not (scheme := _TEL.match(link.target)):
            continue
        number, line = link.target[scheme.end() :], entry.document.body_line + link.line - 1
        if number in NUMBERS:
            if number != own:
                message = f"The link calls {number}, but the emergency number is {own}."
                hint = f"Write {EMERGENCY} in the place of the whole link: it calls the number."
                yield Problem(entry.path, line, Rule.EMERGENCY_NUMBER, message, hint)
            continue
        try:
            dialing(unquote(number))
        except ValueError as error:
            yield Problem(entry.path, line, Rule.VALUE_INVALID, f"The link calls '{number}', which {error}.")


def _braces(path: str, line: int, text: str, known: Collection[str], groups: Sequence[str]) -> Iterator[Problem]:
    for match in BRACES.finditer(text):
        if match[0] not in known:
            message = f"{match[0]} stands for nothing, so it would be printed as it is."
            hint = f"What is filled in: {EMERGENCY}, the number to call, and {COUNT}, how many exercises there are."
            if groups:
                hint += f" Of a group, {in_digits(groups[0])}."
            if JOINT in known:
                hint += f" Here also {JOINT}."
            yield Problem(path, line + text.count("\n", 0, match.start()), Rule.BRACES_UNKNOWN, message, hint)


class Calls:
    """Finds the numbers that a text tells to call. What is not known of a language is not looked for."""

    @classmethod
    def of(cls, catalogue: Catalogue) -> Calls:
        """With the words and the number of the catalogue."""
        phrases = catalogue.vocabulary.part(lambda vocabulary: vocabulary.phrases) or Phrases()
        return cls(phrases, catalogue.say, catalogue.emergency_number)

    def __init__(self, phrases: Phrases, say: Say, own: str) -> None:
        self.own, self._say = own, say
        self._counted = {word.casefold() for word in phrases.counted}
        words = "|".join(re.escape(word) for word in phrases.calling.words)
        self._calling = re.compile(rf"\b(?:{words})\b", re.IGNORECASE) if words else None
        self._right_after = re.compile(rf"\b(?:{words})\s+(?P<number>\d{{3}}){_AFTER}", re.IGNORECASE)

    def wrong(self, text: str) -> Iterator[tuple[int, str]]:
        """The numbers other than the own one, as they are written, with their places in the text."""
        if self._calling is None or not self._calling.search(text):
            return
        text = _ADDRESS.sub(lambda match: " " * len(match[0]), text)
        places = {match.start(): match[0] for match in _KNOWN.finditer(text)}
        places |= {match.start("number"): match["number"] for match in self._right_after.finditer(text)}
        ends = [match.end() for match in _END.finditer(text)] if places else []
        for at, number in sorted(places.items()):
            sentence = bisect_right(ends, at)
            begin, end = (
                (ends[sentence - 1] if sentence else 0),
                (ends[sentence] if sentence < len(ends) else len(text)),
            )
            is_own = re.sub(r"\D", "", number) == self.own
            if not is_own and self._calling.search(text, begin, end) and not self._counts(text[at + len(number) : end]):
                yield at, number

    def _counts(self, rest: str) -> bool:
        """Whether the number says how many of what stands behind it: "112 people"."""
        match = re.match(r"\s+([^\W\d_]+)", rest)
        word = match[1].casefold() if match else ""
        return word in self._counted or self._say.singular(word) != word


def _mended(path: Path, line: int, number: str) -> str:
    """The line with the setting in the place of the number; "" when it does not stand there."""
    try:
        rows = path.read_text("utf-8", "replace").split("\n")[line - 1 :]
    except OSError:
        return ""
    row = rows[0].replace(number, EMERGENCY).strip() if rows and number in rows[0] else ""
    if match := re.fullmatch(r"(?P<key>(?:- )?[\w-]+:\s+|-\s+)(?P<text>\{emergency\}.*)", row):
        return match["key"] + quoted(match["text"])
    return "" if re.match(r"(?:-\s*)?(?:[\w-]+:\s*)?[\[{]", row) else row  # in brackets it may need quotes, or not
