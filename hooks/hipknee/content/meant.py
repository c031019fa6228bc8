"""What an author meant by a value that is none: a date in another form, a range with a hyphen, seconds in a word."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
CODE = r"^[A-Z]{3}$"
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_UNITS = {"s": "s", "sec": "s", "second": "s", "min": "min", "minute": "min"}
_ENDS = r"(?=\s*(?:[,}\]]|\s#|$))"


def figure(error: str, given: object) -> str:
    """What is meant where a date, a time or a range must stand, which `error` says; "" when that is not known."""
    if "must be a date" in error:
        possible = days(given)
        return possible[0] if len(possible) == 1 and possible[0] != str(given) else ""
    if "must be a time" in error:
        return _seconds(given)
    return _span(given) if "a range from low to high" in error else ""


def days(given: object) -> list[str]:
    """The days that a text may mean, as 2026-11-22."""
    text = str(given).strip().lower()
    if match := re.fullmatch(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})", text):
        orders = [match.groups()]
    elif match := re.fullmatch(r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})", text):
        orders = [(match[3], match[2], match[1])]
    elif match := re.fullmatch(r"(\d{1,2})[-/ ](\d{1,2})[-/ ](\d{4})", text):
        orders = [(match[3], match[1], match[2]), (match[3], match[2], match[1])]
    elif match := re.fullmatch(r"([a-z]{3})[a-z.]* (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})", text):
        orders = [(match[3], _month(match[1]), match[2])]
    elif match := re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th|\.)? ([a-z]{3})[a-z.]*,? (\d{4})", text):
        orders = [(match[3], _month(match[2]), match[1])]
    else:
        return []
    return list(dict.fromkeys(day.isoformat() for order in orders if (day := _day(order))))


def no_day(given: object) -> str:
    """A day as it is written, such as 2026-02-30, when its form is right and the calendar has none such."""
    text = str(given)
    match = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", text)
    return text if match and not _day(match.groups()) else ""


def _month(name: str) -> str:
    return str(_MONTHS.index(name) + 1) if name in _MONTHS else "0"


def _day(parts: Sequence[str]) -> datetime.date | None:
    year, month, day = (int(part) for part in parts)
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _seconds(given: object) -> str:
    if isinstance(given, int) and not isinstance(given, bool) and given > 0:
        return f"{given} s"
    match = re.fullmatch(r"(\d{1,4})\s*([a-z]+?)s?\.?", str(given).strip().lower())
    return f"{match[1]} {_UNITS[match[2]]}" if match and match[2] in _UNITS else ""


def _span(given: object) -> str:
    if isinstance(given, list) and len(given) == 2 and all(type(number) is int for number in given):
        return f"[{given[1]}, {given[0]}]"
    text = str(given).strip().lower()
    match = re.fullmatch(r"(\d{1,4})\s*(?:-|\u2010|\u2011|\u2012|\u2013|\u2014|\u2212|to|or|\.\.)\s*(\d{1,4})", text)
    if match and int(match[1]) <= int(match[2]):
        return f"[{match[1]}, {match[2]}]"
    return text if isinstance(given, str) and re.fullmatch(r"\d{1,4}", text) else ""


def slug(given: str) -> str:
    """The id that a name would have."""
    return re.sub("[^a-z0-9]+", "-", given.lower()).strip("-")


def instead(row: str, key: str | int, given: object, text: str, is_key: bool = False) -> str:
    """The row with `text` in the place of the value that is given; "" where it does not stand there exactly once."""
    if is_key:
        return renamed(row, str(given), [text])
    form = str(given).lower() if isinstance(given, bool) else str(given)
    if isinstance(given, list):
        form = "[" + ", ".join(map(str, given)) + "]"
    value = rf"([\"']?){re.escape(form)}\2{_ENDS}"
    before = rf"((?<![\w-]){re.escape(key)}\s*:\s+)" if isinstance(key, str) else r"((?<=[\[,\s])|^)"
    pattern = re.compile(before + value)
    return pattern.sub(lambda match: match[1] + text, row) if len(pattern.findall(row)) == 1 else ""


def renamed(row: str, key: str, names: Sequence[str]) -> str:
    """The row with the first of `names` in the place of its key; "" when there is none."""
    pattern = re.compile(rf"(?<![\w-])([\"']?){re.escape(key)}\1(?=\s*:)")
    return pattern.sub(lambda _: names[0], row) if names and len(pattern.findall(row)) == 1 else ""
