"""Programmes of every shape, the same from a seed, with their codes: to be read by each implementation alike.

`python tests/programmes.py` writes tests/programmes.json anew.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "tests" / "programmes.json"
COUNT, COUNT_PARSED = 220, 60
LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ.-"
LIBRARY: dict[str, Any] = {
    "bounds": {
        "sets": 10,
        "reps": 50,
        "time_s": 3600,
        "hold_s": 300,
        "rest_s": 600,
        "days_per_week": 7,
        "times_per_day": 10,
    },
    "notes": {
        "00": "Hold a reed.",
        "01": "Slowly.",
        "07": "Both feet.",
        "17": "Not today.",
        "50": "Hum.",
        "99": "Last.",
    },
    "exercises": [
        {"slug": "clam", "code": "CLA", "was_codes": ["CLM"], "side": "each", "band": False, "bounds": {}},
        {"slug": "bridge", "code": "BRI", "was_codes": [], "side": "both-together", "band": False, "bounds": {}},
        {"slug": "raise", "code": "SLR", "was_codes": [], "side": "each", "band": False, "bounds": {}},
        {"slug": "walk", "code": "LBW", "was_codes": [], "side": "alternate", "band": True, "bounds": {}},
        {"slug": "out", "code": "BHA", "was_codes": ["BHX", "BHY"], "side": "each", "band": True, "bounds": {}},
        {"slug": "kick", "code": "SKE", "was_codes": [], "side": "each", "band": False, "bounds": {"hold_s": 30}},
        {"slug": "rise", "code": "STS", "was_codes": [], "side": "both-together", "band": False, "bounds": {"sets": 1}},
        {
            "slug": "little",
            "code": "AAA",
            "was_codes": [],
            "side": "each",
            "band": True,
            "bounds": {"reps": 20, "time_s": 90, "rest_s": 60, "days_per_week": 3, "times_per_day": 1},
        },
        {"slug": "last", "code": "ZZZ", "was_codes": [], "side": "alternate", "band": False, "bounds": {}},
        {"slug": "exe", "code": "EXE", "was_codes": [], "side": "each", "band": True, "bounds": {}},
        {"slug": "nnn", "code": "NNN", "was_codes": [], "side": "each", "band": False, "bounds": {}},
        {"slug": "xxx", "code": "XXX", "was_codes": ["EEE"], "side": "both-together", "band": True, "bounds": {}},
    ],
    "gone": [
        {"code": "OLD", "reason": "Nobody has seen it for a while.", "successor": "CLA"},
        {"code": "LST", "reason": "It was lost.", "successor": None},
    ],
}
"""What the codes are read with: exercises that are there, with old codes, and such that are gone."""
_FIELDS = {"time": "time_s", "hold": "hold_s", "rest": "rest_s", "days": "days_per_week", "times": "times_per_day"}
_MEMBERS = {exercise["code"]: exercise for exercise in LIBRARY["exercises"]}
_NUMBERS = (1, 2, 3, 5, 8, 10, 12, 15, 30, 45, 59, 60, 61, 90, 99, 100, 120, 300, 600, 998, 999)


def repertoire() -> Any:
    """The library, as the core has it."""
    from hipknee.content.data_files import Tombstone
    from hipknee.content.model import Bounds, Side, ceilings
    from hipknee.programme.repertoire import Member, Repertoire

    def bounds(values: dict[str, int]) -> dict[str, Any]:
        names = {"time_s": "time", "hold_s": "hold", "rest_s": "rest"}
        return {names.get(name, name): f"{most} s" if name in names else most for name, most in values.items()}

    everywhere = Bounds.model_validate(bounds(LIBRARY["bounds"]))
    members: dict[str, Member] = {}
    for exercise in LIBRARY["exercises"]:
        most = ceilings(everywhere, Bounds.model_validate(bounds(exercise["bounds"])))
        side, name = Side(exercise["side"]), exercise["slug"].capitalize()
        each: Any = "way" if exercise["code"] == "SLR" else "side"
        member = Member(exercise["code"], exercise["slug"], name, side, exercise["band"], "reps", "rep", each, most)
        members |= dict.fromkeys([exercise["code"], *exercise["was_codes"]], member)
    gone = {stone["code"]: Tombstone.model_validate(stone) for stone in LIBRARY["gone"]}
    return Repertoire(members, gone, LIBRARY["notes"], {"BRK": "docs/exercises/broken.md"})


def programmes(seed: int = 17, count: int = COUNT, *, bounded: bool = True) -> Iterator[Any]:
    """Values, of the type that the core has. When `bounded`, the library has all of it; else only the grammar."""
    from hipknee.programme.code import DAYS, FIRST_DAY, Programme

    lot = random.Random(seed)
    for number in range(count):
        codes = lot.sample([*_MEMBERS], lot.choice((1, 1, 2, 3, 5, 8)))
        items = [item for code in codes for item in _items(lot, code, bounded)]
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


def _items(lot: random.Random, code: str, bounded: bool) -> Iterator[Any]:
    from hipknee.programme.code import Item

    member = _MEMBERS[code]
    most = {**LIBRARY["bounds"], **member["bounds"]} if bounded else dict.fromkeys(LIBRARY["bounds"], 999)
    is_each, has_band = (member["side"] == "each", member["band"]) if bounded else (True, True)
    sides: Any = (("L", "R"), ("L",), ("R",))
    alone: Any = ((None,), (None,), (None,))
    for side in lot.choice((*sides, *alone) if is_each else alone):

        def number(name: str, most: dict[str, int] = most) -> int:
            return lot.choice([each for each in (*_NUMBERS, most[name]) if each <= most[name]])

        low, high = sorted((number("reps"), number("reps")))
        minutes = lot.randint(1, most["time_s"] // 60) if bounded else lot.randint(1, 999)
        reps, time = lot.choice(
            (((low, low), None), ((low, high), None), (None, number("time_s")), (None, 60 * minutes))
        )
        rest = {name: lot.choice((None, None, number(field))) for name, field in _FIELDS.items() if name != "time"}
        if bounded and time:
            rest["hold"] = None
        notes = tuple(sorted(lot.sample([*LIBRARY["notes"]], lot.choice((0, 0, 1, 2, 3)))))
        band = lot.choice((None, None, 0, 1, 2, 3)) if has_band else None
        yield Item(code, number("sets"), reps, time, **rest, side=side, band=band, notes=notes)


def sealed(body: str) -> str:
    """A text with the right check, whatever stands before it."""
    from hipknee.programme.code import check

    return f"{body}-{check(body)}"


BODIES: dict[str, tuple[str, int]] = {
    # What stands before the check, and where the refused part begins: all of them are refused as "grammar".
    "no day": ("1", 2),
    "no exercise": ("1-000", 6),
    "a day of two digits": ("1-00-CLA3X8", 2),
    "a day of four digits": ("1-0000-CLA3X8", 2),
    "English is not written": ("1EN-000-CLA3X8", 1),
    "a language of one letter": ("1E-000-CLA3X8", 1),
    "a language of three letters": ("1ESP-000-CLA3X8", 1),
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
    "half a range": ("1-000-CLA3X8.", 11),
    "a range of three": ("1-000-CLA3X8.10.12", 15),
    "a range of seconds": ("1-000-CLA3X8.10S", 15),
    "a minute in seconds": ("1-000-CLA3X60S", 11),
    "minutes in seconds": ("1-000-CLA3X120S", 11),
    "minutes and seconds": ("1-000-CLA3X1M30S", 13),
    "a hold of nothing": ("1-000-CLA3X8H", 12),
    "a hold of 0": ("1-000-CLA3X8H0", 12),
    "parts out of order": ("1-000-CLA3X8D3H2", 14),
    "a part twice": ("1-000-CLA3X8H2H3", 14),
    "an unknown part": ("1-000-CLA3X8Q2", 12),
    "an unknown side": ("1-000-CLA3X8EB", 12),
    "an unknown band": ("1-000-CLA3X8B4", 12),
    "a band of two digits": ("1-000-CLA3X8B11", 12),
    "a note of one digit": ("1-000-CLA3X8N1", 12),
    "a note of three digits": ("1-000-CLA3X8N011", 12),
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
    "a dot": ("1-000-CLA3X8H.", 12),
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
        ("1" * 150 + "!" + "1" * 60, 200, "grammar"),
        ("2-000-CLA3X8-00", 0, "version"),
        ("-000-CLA3X8-00", 0, "version"),
        ("X", 0, "version"),
        ("1", 1, "check"),
        ("1000CLA3X8", 10, "check"),
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
    for (kind, body), at in READ.items():
        yield {"text": sealed(body), "refused": kind, "at": at}


READ: dict[tuple[str, str], int] = {
    # What only the library can say, with where the refused part begins.
    ("unknown-code", "1-000-QQQ1X1"): 6,
    ("unknown-code", "1-000-CLA2X8-QQQ1X1-OLD1X1"): 13,
    ("gone", "1-000-OLD1X1"): 6,
    ("gone", "1-000-CLA2X8-LST1X1-QQQ1X1"): 13,
    ("grammar", "1-000-CLA2X8-CLM2X8"): 13,
    ("grammar", "1-000-QQQ1X1-CLM2X8-CLA2X8"): 20,
    ("grammar", "1-000-BHA2X8EL-BHX2X8EL"): 15,
    ("grammar", "1-000-BHX2X8-BHY2X8ER"): 13,
    ("bounds", "1-000-CLA11X8"): 9,
    ("bounds", "1-000-CLA2X51"): 11,
    ("bounds", "1-000-CLA2X8.51"): 11,
    ("bounds", "1-000-CLA2X61M"): 11,
    ("bounds", "1-000-CLA2X8H301"): 12,
    ("bounds", "1-000-CLA2X8R601"): 12,
    ("bounds", "1-000-CLA2X8D8"): 12,
    ("bounds", "1-000-CLA2X8T11"): 12,
    ("bounds", "1-000-CLA2X30SH2"): 14,
    ("bounds", "1-000-CLA2X1MH301"): 13,
    ("bounds", "1-000-BRI2X8EL"): 12,
    ("bounds", "1-000-LBW2X8ER"): 12,
    ("bounds", "1-000-CLA2X8B0"): 12,
    ("unknown-code", "1-000-CLA2X8N02"): 12,
    ("unknown-code", "1-000-CLA2X8N01N02"): 15,
    ("unknown-code", "1-000-CLA2X8N02-OLD1X1"): 12,
    ("gone", "1-000-OLD1X1-CLA2X8N02"): 6,
    ("grammar", "1-000-CLA2X8-CLM2X8-BRI0X1"): 13,
    ("bounds", "1-000-STS2X8"): 9,
    ("bounds", "1-000-SKE2X8H31"): 12,
    ("bounds", "1-000-AAA2X21"): 11,
    ("bounds", "1-000-AAA2X91S"): 11,
    ("bounds", "1-000-AAA2X2M"): 11,
    ("bounds", "1-000-AAA2X8R61"): 12,
    ("bounds", "1-000-AAA2X8D4T2"): 12,
    ("bounds", "1-000-CLM2X8D8T1N01-BRI99X99"): 12,
    ("bounds", "1-000-CLA2X8EL-CLA2X51ER"): 20,
    ("unknown-code", "1-000-CLA11X8-QQQ1X1"): 14,
}


def value(programme: Any) -> dict[str, Any]:
    """A programme as other programs get it."""
    items = []
    for item in programme.items:
        items.append(
            {
                "code": item.code,
                "slug": _MEMBERS[item.code]["slug"],
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


_ODD = "0O1I\u0131\u017f\u212a\u0663\uff13\u00a0\u2003\u200b\u2010\u2013\u2014\u2212\ufeff\n._:#%? \U0001f986\u0301\x00"


def damaged(lot: random.Random, texts: Sequence[str]) -> str:
    """One of the codes after an accident, or something else altogether."""
    text = [*lot.choice(texts)]
    for _ in range(lot.choice((0, 1, 2, 5, 20))):
        at = lot.randrange(len(text) + 1)
        text[at : at + lot.choice((0, 0, 1, 2, 9))] = lot.choice((_ODD, LETTERS, " ", "N", "1"))[
            : lot.choice((1, 1, 3, 40))
        ]
    whole = "".join(text)
    body = "".join(one for one in whole.rpartition("-")[0] if one in LETTERS)
    return lot.choice((whole, whole, sealed(body), whole * 50))[:10_000]


def every() -> dict[str, Any]:
    """All of the file: the library, codes with their values there, values of the grammar alone, and refused texts."""
    from hipknee.programme.code import write

    return {
        "library": LIBRARY,
        "programmes": [{"text": write(each), "value": value(each)} for each in programmes()],
        "parsed": [{"text": write(each), "value": value(each)} for each in programmes(18, COUNT_PARSED, bounded=False)],
        "refused": [*refused()],
    }


def as_file(every: dict[str, Any]) -> str:
    """The text of the file: a line for each code."""
    lists = {name: ",\n".join(map(json.dumps, each)) for name, each in every.items() if name != "library"}
    parts = [f'"library": {json.dumps(every["library"])}', *(f'"{name}": [\n{each}\n]' for name, each in lists.items())]
    return "{\n" + ",\n".join(parts) + "\n}\n"


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "hooks"))
    FILE.write_text(as_file(every()), "utf-8")
