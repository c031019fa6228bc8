"""Letters that a wrong encoding broke, such as "Â¾" for "¾", and what they were.

UTF-8 writes each of them in two to four bytes; a program that took the bytes for letters one by one made them two to
four. Encodings: https://encoding.spec.whatwg.org/#windows-1252; Mac OS Roman and code page 437 by Unicode's tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

_CONTINUATIONS = range(0x80, 0xC0)
_LOST = re.compile("\u00e2\u20ac(?:[\u009d\u009c]|(?=[\\s.,;:!?)]|$))")
"""A quotation mark of which the last part was lost on the way."""
_SPACE = re.compile("(?<![A-Z\u00c0-\u00de])\u00c2(?= )")
"""What is left of a no-break space when its last part has become a plain one: no word ends so."""
_CLOSING = "\u00bb\u201d\u2019\u203a\u2026\u2013\u2014\u00b0\u00a0\u201c\u2018\u201e"
"""What may follow a capital letter in a text that is in order: `«CAFÉ»`, `MANHÃ…`."""
_MOST_ROUNDS = 3


def _as_letters(encoding: str, bytes_: range) -> str:
    letters: list[str] = []
    for byte in bytes_:
        try:
            letters.append(bytes([byte]).decode(encoding))
        except UnicodeDecodeError:  # what Windows leaves undefined
            letters.append(chr(byte))
    return "".join(letters)


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """How broken letters look, by what their bytes were taken for: the first byte says how many follow."""
    kinds: list[tuple[str, re.Pattern[str]]] = []
    for encoding in ("mac_roman", "cp1252", "cp437"):
        # Latin, Greek and Cyrillic letters; signs and punctuation; emoji. What else there is reads like real words.
        greek = _as_letters(encoding, range(0xCE, 0xD2)) if encoding == "cp1252" else ""
        two = _as_letters(encoding, range(0xC2, 0xC6)) + greek
        three, four = _as_letters(encoding, range(0xE2, 0xE3)), _as_letters(encoding, range(0xF0, 0xF1))
        three += _as_letters(encoding, range(0xEF, 0xF0))
        after = f"[{re.escape(_as_letters(encoding, _CONTINUATIONS))}]"
        kinds.append((encoding, re.compile(f"(?:[{two}]{after}|[{three}]{after}{{2}}|[{four}]{after}{{3}})+")))
    return (*kinds,)


WORTH_A_LOOK = re.compile(
    "[\u00c2-\u00c5\u00ce-\u00d1\u00e2\u00ef\u00f0\u221a\u00ac\u201a\u0393\u251c\u252c\u0432\u0412]"
)
"""What no text is broken without."""


def mended(text: str) -> str:
    """The text with its letters as they were; the same text when none of them is broken."""
    for _ in range(_MOST_ROUNDS):  # what was broken twice is mended twice
        better = text
        for encoding, pattern in _patterns():
            better = pattern.sub(lambda match, encoding=encoding: _mended(match, encoding), better)  # type: ignore[misc]
        better = _SPACE.sub("", _LOST.sub("\u201d", better))
        if better == text:
            break
        text = better
    return text


def broken(text: str) -> Iterator[str]:
    """The parts of a text that are broken, as they stand there."""
    for encoding, letters in _patterns():
        for match in letters.finditer(text):
            if _mended(match, encoding) != match[0]:
                yield match[0]
    for pattern in (_LOST, _SPACE):
        yield from (match[0] for match in pattern.finditer(text))


def _mended(match: re.Match[str], encoding: str) -> str:
    letters = match[0]
    if _is_real(match):
        return letters
    try:
        decoded = b"".join(_byte(letter, encoding) for letter in letters).decode()
    except (UnicodeDecodeError, UnicodeEncodeError):
        return letters
    return decoded if all(letter.isprintable() or letter == "\u00a0" for letter in decoded) else letters


def _byte(letter: str, encoding: str) -> bytes:
    try:
        return letter.encode(encoding)
    except UnicodeEncodeError:
        return letter.encode("latin-1")


def _is_real(match: re.Match[str]) -> bool:
    """Whether it is a capital at the end of a word, with a sign behind it."""
    letters, text = match[0], match.string
    if len(letters) != 2 or letters[1] not in _CLOSING:
        return False
    before, after = text[: match.start()][-1:], text[match.end() :][:1]
    if letters[0] in "\u00c2\u00c3" and (before.islower() or before.isdecimal() or not before.strip()):
        return False
    return not before.islower() and (letters[1] in "\u2019\u2018" or not after.isalpha())
