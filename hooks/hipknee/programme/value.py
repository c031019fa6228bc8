"""A programme as a value that JSON can hold: what other programs read and write in the place of a code."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

from .code import FIRST_DAY, LAST_DAY, LONGEST, MOST, Item, Programme, RefusedError, may_follow, write
from .reading import read
from .repertoire import Repertoire

_ITEM = {
    "code": "code",
    "slug": "",
    "sets": "sets",
    "reps": "reps",
    "time_s": "time",
    "hold_s": "hold",
    "rest_s": "rest",
    "days_per_week": "days",
    "times_per_day": "times",
    "side": "side",
    "band": "band",
    "notes": "notes",
}
"""The keys of an exercise, and what each is of an `Item`. The slug follows from the code."""
_KEYS = ("day", "language", "items")
_TIME = "from 1 to 999 seconds, or whole minutes"
_NUMBERS = ("sets", "time_s", "hold_s", "rest_s", "days_per_week", "times_per_day")


class ValueRefusedError(ValueError):
    """A value that has no code. The message is a sentence."""


def as_value(programme: Programme, repertoire: Repertoire) -> dict[str, Any]:
    """The value of a programme that was read on this site."""
    return {
        "day": programme.day.isoformat(),
        "language": (programme.language or "EN").lower(),
        "items": [_of_item(item, repertoire) for item in programme.items],
    }


def _of_item(item: Item, repertoire: Repertoire) -> dict[str, Any]:
    values = {key: getattr(item, name) for key, name in _ITEM.items() if name}
    values["slug"] = repertoire.members[item.code].slug
    return {key: [*value] if isinstance(value := values[key], tuple) else value for key in _ITEM}


def code_of_json(text: str, repertoire: Repertoire) -> str:
    """The code of a programme, from its value as JSON. Raises ValueRefusedError, and RefusedError with places in the
    code that it would have."""
    try:
        value = json.loads(text, object_pairs_hook=_once)
    except ValueRefusedError:
        raise
    except (ValueError, RecursionError) as error:
        where = f" Line {error.lineno}, column {error.colno}." if isinstance(error, json.JSONDecodeError) else ""
        raise ValueRefusedError(f"This is not JSON.{where}") from None
    programme = _programme(value, repertoire)
    try:
        code = write(programme)
    except ValueError:  # all else has been looked at
        raise ValueRefusedError(f"This programme has no code: it would have more than {LONGEST} characters.") from None
    try:
        read(code, repertoire)
    except RefusedError as error:
        raise RefusedError(*error.refusal, code) from None
    return code


def _once(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key, value in pairs:
        if key in result:
            raise ValueRefusedError(f"'{key}' is there twice.")
        result[key] = value
    return result


def _programme(value: object, repertoire: Repertoire) -> Programme:
    _hold_keys(value, _KEYS, "the programme")
    assert isinstance(value, dict)
    day, language, items = (value.get(key) for key in _KEYS)
    if not isinstance(items, list):
        raise ValueRefusedError("'items' must be a list of exercises.")
    programme = Programme(
        _day(day), tuple(_item(item, n, repertoire) for n, item in enumerate(items, 1)), _language(language)
    )
    if not 1 <= len(items) <= MOST:
        raise ValueRefusedError(
            f"This programme has no code: it has {len(items)} exercises, and from 1 to {MOST} can be in one."
        )
    for n, item in enumerate(programme.items):
        if not may_follow(item, programme.items[:n]):
            rule = "each is there once, or first for the left side and then for the right"
            raise ValueRefusedError(f"Exercise {n + 1} is there already: {rule}.")
    return programme


def _day(value: object) -> datetime.date:
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        try:
            day = datetime.date.fromisoformat(value)
        except ValueError:
            day = datetime.date.min
        if FIRST_DAY <= day <= LAST_DAY:
            return day
    raise ValueRefusedError(f"'day' must be a day from {FIRST_DAY} to {LAST_DAY}, such as \"2026-11-27\".")


def _language(value: object) -> str | None:
    if value is None or value == "en":
        return None
    if isinstance(value, str) and re.fullmatch("[a-z]{2}", value):
        return value.upper()
    raise ValueRefusedError("'language' must be two small letters, such as \"es\".")


def _item(value: object, number: int, repertoire: Repertoire) -> Item:
    where = f"exercise {number}"
    _hold_keys(value, _ITEM, where)
    assert isinstance(value, dict)
    given: Mapping[str, Any] = {key: value.get(key) for key in _ITEM}

    def hold(key: str, is_right: bool, what: str) -> None:
        if given[key] is not None and not is_right:
            raise ValueRefusedError(f"'{key}' of {where} must be {what}.")

    code = given["code"]
    hold("code", isinstance(code, str) and bool(re.fullmatch("[A-Z]{3}", code)), 'three capital letters, such as "CLA"')
    for key in _NUMBERS:
        number_is_right = _is_number(given[key]) or (key == "time_s" and _is_time(given[key]))
        hold(key, number_is_right, "a whole number from 1 to 999" if key != "time_s" else _TIME)
    reps = given["reps"]
    is_pair = isinstance(reps, list) and len(reps) == 2 and all(map(_is_number, reps)) and reps[0] <= reps[1]
    hold("reps", is_pair, "two whole numbers from low to high, such as [8, 10], or [8, 8]")
    hold("side", given["side"] in ("L", "R"), '"L" or "R"')
    hold("band", type(given["band"]) is int and given["band"] in range(4), "0, 1, 2 or 3")
    notes = given["notes"] or []
    hold("notes", _are_notes(given["notes"]), 'at most three pairs of digits in rising order, such as ["01", "17"]')
    for key in ("code", "sets"):
        if given[key] is None:
            raise ValueRefusedError(f"'{key}' of {where} is missing.")
    if (reps is None) is (given["time_s"] is None):
        raise ValueRefusedError(f"{where.capitalize()} must have either 'reps' or 'time_s'.")
    member = repertoire.members.get(code)
    fields = {name: given[key] for key, name in _ITEM.items() if name}
    fields |= {"code": member.code if member else code, "reps": reps and tuple(reps), "notes": tuple(notes)}
    return Item(**fields)


def _hold_keys(value: object, known: Iterable[str], where: str) -> None:
    if not isinstance(value, dict):
        raise ValueRefusedError(f"{where.capitalize()} must be a mapping.")
    for key in value:
        if key not in known:
            raise ValueRefusedError(f"There is no key '{key}' in {where}.")


def _is_number(value: object) -> bool:
    return type(value) is int and 1 <= value <= 999


def _is_time(value: object) -> bool:
    """Whole minutes may be more seconds than have room."""
    return type(value) is int and value > 0 and value % 60 == 0 and value // 60 <= 999


def _are_notes(value: object) -> bool:
    if not isinstance(value, list) or not all(isinstance(note, str) for note in value):
        return False
    is_rising = all(before < after for before, after in pairwise(value))
    return len(value) <= 3 and is_rising and all(re.fullmatch("[0-9]{2}", note) for note in value)
