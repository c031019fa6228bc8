"""Programmes of every shape, the same from a seed, with their codes: to be read by each implementation alike.

`python tests/programme/programmes.py` writes tests/programmes.json anew.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
FILE = ROOT / "tests" / "programmes.json"
COUNT = 220
LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ.-"
_CODES = ("CLA", "BRI", "SLR", "LBW", "BHA", "SKE", "STS", "AAA", "ZZZ", "EXE", "NNN", "XXX")
_NUMBERS = (1, 2, 3, 5, 8, 10, 12, 15, 30, 45, 59, 60, 61, 90, 99, 100, 120, 300, 600, 998, 999)


def programmes(seed: int = 17, count: int = COUNT) -> Iterator[Any]:
    """Values, of the type that the core has."""
    from hipknee.programme.code import DAYS, FIRST_DAY, Programme

    lot = random.Random(seed)
    for number in range(count):
        codes = lot.sample(_CODES, lot.choice((1, 1, 2, 3, 5, 8)))
        items = [item for code in codes for item in _items(lot, code)]
        day = FIRST_DAY + timedelta(days=lot.choice((0, 1, 35, 36, 330, 1295, 1296, DAYS - 1, lot.randrange(DAYS))))
        language = lot.choice((None, None, None, "ES", "DE", "AA", "ZZ", "NE"))
        items = items[: 8 if number % 3 else 4]
        programme = Programme(day, tuple(items), language)
        while not _fits(programme):  # it is too long
            programme = programme._replace(items=programme.items[:-1])
        yield programme


def _fits(programme: Any) -> bool:
    from hipknee.programme.code import write

    try:
        return bool(write(programme))
    except ValueError:
        return False


def _items(lot: random.Random, code: str) -> Iterator[Any]:
    from hipknee.programme.code import Item

    sides = lot.choice((("L", "R"), ("L",), ("R",), (None,), (None,), (None,)))
    for side in sides:
        low, high = sorted(lot.sample(_NUMBERS, 2))
        reps, time = lot.choice((((low, low), None), ((low, high), None), (None, low), (None, 60 * lot.randint(1, 60))))
        rest = {name: lot.choice((None, None, lot.choice(_NUMBERS))) for name in ("hold", "rest", "days", "times")}
        notes = tuple(sorted(lot.sample(("00", "01", "07", "17", "50", "99"), lot.choice((0, 0, 1, 2, 3)))))
        band = lot.choice((None, None, 0, 1, 2, 3))
        yield Item(code, lot.choice(_NUMBERS), reps, time, **rest, side=side, band=band, notes=notes)


def sealed(body: str) -> str:
    """A text with the right check, whatever stands before it."""
    from hipknee.programme.code import check

    return f"{body}-{check(body)}"


BODIES: dict[str, tuple[str, int]] = {
    # What stands before the check, and where the refused part begins: all of them are refused as "grammar".
    "no day": ("1", 1),
    "no exercise": ("1-000", 5),
    "a day of two digits": ("1-00-CLA3X8", 2),
    "a day of four digits": ("1-0000-CLA3X8", 5),
    "English is not written": ("1EN-000-CLA3X8", 1),
    "a language of one letter": ("1E-000-CLA3X8", 1),
    "a language of three letters": ("1ESP-000-CLA3X8", 3),
    "a code of two letters": ("1-000-CL3X8", 6),
    "a code with a digit": ("1-000-CL43X8", 6),
    "no sets": ("1-000-CLAX8", 9),
    "no sets at all": ("1-000-CLA", 9),
    "sets that begin with 0": ("1-000-CLA03X8", 9),
    "0 sets": ("1-000-CLA0X8", 9),
    "sets of four digits": ("1-000-CLA1000X8", 9),
    "no work": ("1-000-CLA3X", 11),
    "no X": ("1-000-CLA3", 10),
    "0 repetitions": ("1-000-CLA3X0", 11),
    "a range that does not rise": ("1-000-CLA3X8.8", 11),
    "a range that falls": ("1-000-CLA3X10.8", 11),
    "half a range": ("1-000-CLA3X8.", 13),
    "a range of three": ("1-000-CLA3X8.10.12", 15),
    "a range of seconds": ("1-000-CLA3X8.10S", 15),
    "a minute in seconds": ("1-000-CLA3X60S", 11),
    "minutes in seconds": ("1-000-CLA3X120S", 11),
    "minutes and seconds": ("1-000-CLA3X1M30S", 13),
    "a hold of nothing": ("1-000-CLA3X8H", 13),
    "a hold of 0": ("1-000-CLA3X8H0", 13),
    "parts out of order": ("1-000-CLA3X8D3H2", 14),
    "a part twice": ("1-000-CLA3X8H2H3", 14),
    "an unknown part": ("1-000-CLA3X8Q2", 12),
    "an unknown side": ("1-000-CLA3X8EB", 13),
    "an unknown band": ("1-000-CLA3X8B4", 13),
    "a band of two digits": ("1-000-CLA3X8B11", 14),
    "a note of one digit": ("1-000-CLA3X8N1", 13),
    "a note of three digits": ("1-000-CLA3X8N011", 15),
    "notes that do not rise": ("1-000-CLA3X8N02N01", 15),
    "a note twice": ("1-000-CLA3X8N02N02", 15),
    "four notes": ("1-000-CLA3X8N01N02N03N04", 21),
    "an exercise twice": ("1-000-CLA3X8-CLA3X8", 13),
    "the right side first": ("1-000-CLA3X8ER-CLA3X8EL", 15),
    "one side and both": ("1-000-CLA3X8EL-CLA3X8", 15),
    "the left side twice": ("1-000-CLA3X8EL-CLA3X8EL", 15),
    "a side three times": ("1-000-CLA3X8EL-CLA3X8ER-CLA3X8ER", 24),
    "nine exercises": ("1-000-" + "-".join(f"AA{letter}1X1" for letter in "ABCDEFGHI"), 62),
    "an empty exercise": ("1-000--CLA3X8", 6),
    "a dash at the end": ("1-000-CLA3X8-", 13),
    "a dot": ("1-000-CLA3X8H.", 13),
}


def refused() -> Iterator[dict[str, Any]]:
    """Texts that stand for no programme, made by hand."""
    good = sealed("1-000-CLA3X8")
    for text, at, kind in (
        ("", 0, "grammar"),
        (" \n\u00a0\u2003", 0, "grammar"),
        ("1-000-CLA3X8!-00", 12, "grammar"),
        ("1-000-CLA\u0663X8-00", 9, "grammar"),  # an Arabic digit
        ("1-000-CLA3X8\u0131-00", 12, "grammar"),  # a small dotless i
        ("1-000-CLA3X8\u2212-00", 12, "grammar"),  # a minus sign
        ("\ufeff" + good, 0, "grammar"),
        ("1-000-CLA3X8\u200b-00", 12, "grammar"),
        ("1" * 201, 200, "grammar"),
        ("1" * 150 + "!" + "1" * 60, 150, "grammar"),
        ("2-000-CLA3X8-00", 0, "version"),
        ("-000-CLA3X8-00", 0, "version"),
        ("X", 0, "version"),
        ("1", 0, "check"),
        ("1-", 2, "check"),
        ("1-000-CLA3X8", 6, "check"),
        ("1-000-CLA3X8-", 13, "check"),
        (good[:-1], 13, "check"),
        (f"{good}0", 13, "check"),
        ("1-000-CLA3X8-ZZ", 13, "check"),
        (f"http{good}", 0, "version"),
    ):
        yield {"text": text, "refused": kind, "at": at}
    for body, at in BODIES.values():
        yield {"text": sealed(body), "refused": "grammar", "at": at}


def value(programme: Any) -> dict[str, Any]:
    """A programme as other programs get it, without the exercises' slugs."""
    items = []
    for item in programme.items:
        items.append(
            {
                "code": item.code,
                "sets": item.sets,
                "reps": item.reps and [*item.reps],
                "time_s": item.time,
                "hold_s": item.hold,
                "rest_s": item.rest,
                "days_per_week": item.days,
                "times_per_day": item.times,
                "side": item.side,
                "band": item.band,
                "notes": [*item.notes],
            }
        )
    return {"day": programme.day.isoformat(), "language": (programme.language or "EN").lower(), "items": items}


def every() -> dict[str, Any]:
    """All of the file: codes with their values, and texts that are refused."""
    from hipknee.programme.code import write

    return {
        "programmes": [{"text": write(each), "value": value(each)} for each in programmes()],
        "refused": [*refused()],
    }


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "hooks"))
    FILE.write_text(json.dumps(every(), indent=1, ensure_ascii=True) + "\n", "utf-8")
