"""Telephone numbers: from what people write to what a telephone dials.

What is not one number is refused: a link that dials another one is worse than none. Addresses follow RFC 3966 (`tel:`),
lengths E.164 (7 to 15 digits), letters the keys of a telephone (E.161).
"""

from __future__ import annotations

import re

_KEYS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2212"
_BLANKS = "\u00a0\u2007\u2009\u202f"
_PLAIN = str.maketrans({**dict.fromkeys(_DASHES, "-"), **dict.fromkeys(_BLANKS, " ")})
_EXTENSION = re.compile(
    r"(?<![ ,;])[ ,;]*(?:\b(?:extension|extn|ext)\b[.:]?|(?<=[\d ])x(?=[ .]?\d)|#|;ext=)[ .]*(?P<ext>\d{1,7})\s*",
    re.IGNORECASE | re.ASCII,
)
_TRUNK = re.compile(r"\(0\)")
_SHAPE = re.compile(r"\+?[ ]?(?:\(\d{1,6}\)|\d)(?:[ .-]{0,3}(?:\(\d{1,6}\)|\d))*", re.ASCII)
_AREA_SLASH = re.compile(r"^(\(?0\d{1,5}\)?) ?/ ?(?=\d)")
_CALL_FREE = re.compile(r"(?:\+?1[ .-]?)?\(?8\d\d\b|0[58]00\b|1[38]00\b|13\b")
_WORD = re.compile(r"(?<=[\d) .-])[A-Z]+(?:[ .-]?[A-Z]+)*")
_SHORT = re.compile(r"[19]\d\d|0\d\d|116 ?\d{3}", re.ASCII)
"""Numbers of services, such as 988, 111 and 116 117."""
SHORTEST, LONGEST = 7, 15


def dialing(text: str) -> str:
    """What follows `tel:` for a number as people write it: "904-555-0142 ext. 12" is `9045550142;ext=12`.

    Raises ValueError with the end of a sentence that begins with the number, when that is not one number.
    """
    whole = text.strip().translate(_PLAIN)
    match = _EXTENSION.search(whole)
    extension = f";ext={match['ext']}" if match else ""
    number = whole
    if match:
        if match.end() != len(whole):
            raise ValueError("goes on after its extension; give every number a line of its own")
        number = whole[: match.start()].strip()
    number = _AREA_SLASH.sub(r"\1 ", number)
    if number.startswith("+"):
        number = _TRUNK.sub(" ", number)  # dialed only within the country
        if re.search(r"\(0\d", number):
            raise ValueError("has a 0 in parentheses that is not dialed after '+'; leave that 0 out")
    if _CALL_FREE.match(number):
        number = _WORD.sub(lambda word: word[0].translate(_KEYS), number)
    if not re.search("[0-9]", number):
        raise ValueError("is not a telephone number; write its digits, such as 904-555-0142")
    if not _SHAPE.fullmatch(number):
        raise ValueError("is not one telephone number; give every number a line of its own, with digits only")
    digits = re.sub("[^0-9]", "", number)
    if len(digits) < SHORTEST and not _SHORT.fullmatch(number):
        raise ValueError(f"is too short for a telephone number, which has {SHORTEST} to {LONGEST} digits")
    if len(digits) > LONGEST:
        raise ValueError(f"is too long for a telephone number, which has {SHORTEST} to {LONGEST} digits")
    return f"{'+' if number.startswith('+') else ''}{digits}{extension}"
