"""The code of a programme: text that can be printed, typed and trusted, and the value that it stands for.

There is one text for each programme, and one programme for each text; nothing is ever guessed.

    PROGRAMME = "1" [LANG] "-" DAY "-" EX *7("-" EX) "-" CHECK      at most 200 characters
    LANG      = 2 letters, never EN      DAY = 3 digits of base 36, days since 2026-01-01
    EX        = CODE N "X" (N ["." N] | N "S" | N "M") ["H" N] ["R" N] ["D" N] ["T" N] ["E" ("L"|"R")]
                ["B" ("0"|"1"|"2"|"3")] *3("N" 2DIGIT)      N = 1 to 3 digits, the first not 0

CODE has 3 letters; then sets "X" repetitions (8, or 8.10 from low to high), seconds or minutes; hold and rest in
seconds, days a week, times a day, one side only, the band, notes in rising order. Whole minutes are never seconds.
CHECK is the text before the last dash, read as a number of base 38 (0-9 A-Z . -) modulo 1021, in 2 digits of base 32.
"""

from __future__ import annotations

import datetime
import re
import string
from collections.abc import Callable, Sequence
from typing import Final, Literal, NamedTuple

GRAMMAR: Final = "grammar"
VERSION: Final = "version"
CHECK: Final = "check"
UNKNOWN_CODE: Final = "unknown-code"
GONE: Final = "gone"
BOUNDS: Final = "bounds"
Kind = Literal["grammar", "version", "check", "unknown-code", "gone", "bounds"]

FIRST_DAY = datetime.date(2026, 1, 1)
"""The day that is written 000."""
DAYS = 36**3
LAST_DAY = FIRST_DAY + datetime.timedelta(DAYS - 1)
"""The day that is written ZZZ."""
LONGEST = 200
"""Characters of a code."""
MOST = 8
"""Exercises in a programme, one for both sides in two parts counted twice."""
MOST_NOTES = 3
ENGLISH = "EN"
"""The language that is never written, as it is meant without any."""

_DIGITS = string.digits + string.ascii_uppercase
_LETTERS = f"{_DIGITS}.-"
"""All characters of a code, by their worth: 0 to 37."""
_MODULUS = 1021
_CHECK_BASE = 32
_DASHES = re.compile("[\u2010-\u2015]")
_BLANKS = re.compile("[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
_SMALL = str.maketrans(string.ascii_lowercase, string.ascii_uppercase)


class Refusal(NamedTuple):
    """Why a text stands for no programme, and where in the text as read the refused part begins, from 0."""

    refused: Kind
    at: int


class RefusedError(ValueError):
    """A text that stands for no programme. `text` is it as it was read, where that is known."""

    def __init__(self, refused: Kind, at: int, text: str = "") -> None:
        super().__init__(f"{refused} at {at}")
        self.refusal, self.text = Refusal(refused, at), text


class Item(NamedTuple):
    """One exercise with its dose. What the clinician has not said is None: nothing is taken from its page."""

    code: str
    sets: int
    reps: tuple[int, int] | None = None
    """From low to high, the same for one number; None where time is told."""
    time: int | None = None
    """Seconds; None where repetitions are told."""
    hold: int | None = None
    """Seconds."""
    rest: int | None = None
    """Seconds."""
    days: int | None = None
    """A week."""
    times: int | None = None
    """A day."""
    side: Literal["L", "R"] | None = None
    """The only side that is trained."""
    band: int | None = None
    """0 without one, 1 light, 2 medium, 3 heavy."""
    notes: tuple[str, ...] = ()
    """Of the reviewed list, two digits each, in rising order."""


class Programme(NamedTuple):
    """What a clinician has picked."""

    day: datetime.date
    items: tuple[Item, ...]
    language: str | None = None
    """Two capital letters; None for English."""


class Parts(NamedTuple):
    """A programme, and where in its text the parts of its exercises begin, or would, by the names of their fields."""

    programme: Programme
    places: tuple[dict[str, int], ...]


def as_read(text: str) -> str:
    """A text as it is read: without blanks, with one kind of dash, and in capital letters. Nothing else is changed."""
    return _DASHES.sub("-", _BLANKS.sub("", text)).translate(_SMALL)


def check(body: str) -> str:
    """The two characters that end a code, from the text before its last dash."""
    worth = 0
    for character in body:
        worth = (worth * len(_LETTERS) + _LETTERS.index(character)) % _MODULUS
    return _DIGITS[worth // _CHECK_BASE] + _DIGITS[worth % _CHECK_BASE]


def parse(text: str, current: Callable[[str], str] = str) -> Parts:
    """The programme that a text stands for. Raises RefusedError.

    `current` gives the code that the exercise with this one has now: one exercise may not stand there under two codes.
    """
    text = _BLANKS.sub("", text)
    if len(text) > LONGEST:  # whatever is in it, and before it takes time
        raise RefusedError(GRAMMAR, LONGEST)
    text = as_read(text)
    _hold_alphabet(text)
    if not text.startswith("1"):
        raise RefusedError(VERSION, 0)
    body, dash, end = text.rpartition("-")
    if not dash or end != check(body):
        raise RefusedError(CHECK, len(text) - len(end) if dash else len(text))
    return _programme(body, current)


def write(programme: Programme) -> str:
    """The one text of a programme. Raises ValueError for a value that has none."""
    number = (programme.day - FIRST_DAY).days
    if not 0 <= number < DAYS:
        raise ValueError(f"{programme.day} can't be written")
    day = _DIGITS[number // 36**2] + _DIGITS[number // 36 % 36] + _DIGITS[number % 36]
    body = "-".join([f"1{programme.language or ''}", day, *map(_text_of, programme.items)])
    code = f"{body}-{check(body)}"
    if parse(code).programme != programme:
        raise ValueError(f"{code} is another programme")
    return code


def _hold_alphabet(text: str) -> None:
    if not text:
        raise RefusedError(GRAMMAR, 0)
    for at, character in enumerate(text):
        if character not in _LETTERS:
            raise RefusedError(GRAMMAR, at)


def _text_of(item: Item) -> str:
    if item.reps:
        low, high = item.reps
        work = f"{low}" if low == high else f"{low}.{high}"
    else:
        time = item.time or 0
        work = f"{time // 60}M" if time and not time % 60 else f"{time}S"
    parts = {"H": item.hold, "R": item.rest, "D": item.days, "T": item.times, "E": item.side, "B": item.band}
    rest = "".join(f"{letter}{value}" for letter, value in parts.items() if value is not None)
    return f"{item.code}{item.sets}X{work}{rest}{''.join(f'N{note}' for note in item.notes)}"


def _programme(body: str, current: Callable[[str], str]) -> Parts:
    """The text before the check. A part that is missing would begin where the check does."""
    head, *fields = body.split("-")
    language = head[1:]
    if language and (language == ENGLISH or not re.fullmatch("[A-Z]{2}", language)):
        raise RefusedError(GRAMMAR, 1)
    at = len(head) + 1
    if not fields or not re.fullmatch("[0-9A-Z]{3}", fields[0]):
        raise RefusedError(GRAMMAR, at)
    number = 0
    for digit in fields[0]:
        number = 36 * number + _DIGITS.index(digit)
    at += len(fields[0]) + 1
    if len(fields) == 1:
        raise RefusedError(GRAMMAR, at)
    items: list[Item] = []
    places: list[dict[str, int]] = []
    for field in fields[1:]:
        if len(items) == MOST:
            raise RefusedError(GRAMMAR, at)
        item, place = _Exercise(field, at).item()
        now = item._replace(code=current(item.code))
        if not may_follow(now, [other._replace(code=current(other.code)) for other in items]):
            raise RefusedError(GRAMMAR, at)
        items.append(item)
        places.append(place)
        at += len(field) + 1
    return Parts(Programme(FIRST_DAY + datetime.timedelta(number), tuple(items), language or None), tuple(places))


class _Exercise:
    """The text of one exercise, which begins `at` a place of the code, read from left to right.

    It is refused where the part begins that is wrong: its letter, with all digits behind it. Where something stands
    that begins no part, it is refused there.
    """

    def __init__(self, text: str, at: int) -> None:
        self._text, self._begin, self._at = text, at, 0

    def item(self) -> tuple[Item, dict[str, int]]:
        """The exercise, and where its parts begin."""
        code = self._match("[A-Z]{3}", 0)
        places = {"code": self._begin, "sets": self._place()}
        sets = self._number(self._at)
        self._match("X", self._at)
        work, at = self._place(), self._at
        reps: tuple[int, int] | None
        low, time = self._number(at), None
        reps = low, low
        if self._take("."):
            reps = low, self._number(at)
            if reps[1] <= low:
                raise self._refusal(at)
        elif self._take("S"):
            reps, time = None, low
            if not low % 60:
                raise self._refusal(at)
        elif self._take("M"):
            reps, time = None, 60 * low
        places["reps" if reps else "time"] = work
        numbers: dict[str, int] = {}
        for letter, name in (("H", "hold"), ("R", "rest"), ("D", "days"), ("T", "times")):
            at, places[name] = self._at, self._place()
            if self._take(letter):
                numbers[name] = self._number(at)
        side: Literal["L", "R"] | None = None
        at, places["side"] = self._at, self._place()
        if self._take("E"):
            side = "L" if self._match("[LR]", at) == "L" else "R"
        at, places["band"] = self._at, self._place()
        band = int(self._match("[0-3](?![0-9])", at)) if self._take("B") else None
        notes = self._notes(places)
        if self._at < len(self._text):
            raise self._refusal(self._at)
        return Item(code, sets, reps, time, **numbers, side=side, band=band, notes=notes), places

    def _notes(self, places: dict[str, int]) -> tuple[str, ...]:
        notes: list[str] = []
        for number in range(MOST_NOTES):
            at, places[f"note {number}"] = self._at, self._place()
            if not self._take("N"):
                break
            notes.append(self._match("[0-9]{2}(?![0-9])", at))
            if number and notes[number] <= notes[number - 1]:
                raise self._refusal(at)
        return tuple(notes)

    def _place(self) -> int:
        return self._begin + self._at

    def _refusal(self, at: int) -> RefusedError:
        return RefusedError(GRAMMAR, self._begin + at)

    def _take(self, character: str) -> bool:
        is_there = self._text[self._at : self._at + 1] == character
        self._at += is_there
        return is_there

    def _match(self, pattern: str, part: int) -> str:
        """What has to come next in the part that begins at `part`."""
        match = re.compile(pattern).match(self._text, self._at)
        if not match:
            raise self._refusal(part)
        self._at = match.end()
        return match[0]

    def _number(self, part: int) -> int:
        return int(self._match("[1-9][0-9]{0,2}(?![0-9])", part))


def may_follow(item: Item, items: Sequence[Item]) -> bool:
    """An exercise stands once, or twice: for the left side, and then for the right one."""
    before = [other.side for other in items if other.code == item.code]
    return not before or (before == ["L"] and item.side == "R")
