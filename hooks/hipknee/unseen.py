"""Characters that nobody sees, or that look like another one: by name, for whoever has to find them.

They come along when text is copied from a web page or a word processor.
"""

from __future__ import annotations

import re
import unicodedata

_HIDDEN = {
    "\u00a0": "a no-break space",
    "\u00ad": "a soft hyphen",
    "\u200b": "a zero-width space",
    "\u200c": "a zero-width non-joiner",
    "\u200d": "a zero-width joiner",
    "\u2060": "a word joiner",
    "\ufeff": "a byte-order mark",
}
DASHES = {
    "\u2010": "a typographic hyphen",
    "\u2011": "a no-break hyphen",
    "\u2012": "a dash",
    "\u2013": "a dash",
    "\u2014": "a long dash",
    "\u2015": "a long dash",
    "\u2212": "a minus sign",
    "\ufe63": "a small hyphen",
    "\uff0d": "a wide hyphen",
}
"""What looks like the hyphen of the keyboard, or is put in its place by a word processor."""
_BULLETS = {"\u2022": "a bullet", "\u00b7": "a dot", "\u25aa": "a bullet", "\u2023": "a bullet", "\u25e6": "a bullet"}
_BREAKS = {"Zl": "a line separator", "Zp": "a paragraph separator", "Cc": "a control character"}
_FOREIGN = ("CYRILLIC", "GREEK", "ARMENIAN", "FULLWIDTH")
_ITEM = re.compile(rf"[ \u00a0]*(?P<mark>[{''.join({**DASHES, **_BULLETS})}])[ \u00a0\t]")


def odd(text: str) -> str:
    """What is odd about a word that should be of plain letters, as the end of a sentence that begins with it; or "".

    `ends with a no-break space (U+00A0), which can't be seen`
    """
    return next((f"{_where(text, at)} {name}" for at, c in enumerate(text) if (name := _named(c, text))), "")


def hidden(text: str) -> str:
    """What nobody sees in a text where spaces and dashes of all kinds are in order, as `odd` says it."""
    marks = ((at, letter) for at, letter in enumerate(text) if unicodedata.category(letter) == "Cf")
    return next((f"{_where(text, at)} {_named(letter, text)}" for at, letter in marks), "")


def called(letter: str) -> str:
    """The name of a character that nobody sees: "a soft hyphen (U+00AD)"."""
    return _called(_HIDDEN.get(letter) or _by_kind(letter) or "an invisible character", letter)


def item(row: str) -> str:
    """The name of what a line begins with in the place of the '-' of a list: "a dash (U+2013)"; or ""."""
    match = _ITEM.match(row)
    return _called({**DASHES, **_BULLETS}[match["mark"]], match["mark"]) if match else ""


def plain(text: str) -> str:
    """The text as it looks: without what can't be seen, and with the usual hyphen."""
    letters = (" " if unicodedata.category(letter) == "Zs" else "-" if letter in DASHES else letter for letter in text)
    return "".join(
        letter for letter in letters if letter not in _HIDDEN and unicodedata.category(letter) not in ("Cc", "Cf")
    )


def _where(text: str, at: int) -> str:
    return "begins with" if at == 0 else "ends with" if at == len(text) - 1 else "contains"


def _named(letter: str, text: str) -> str:
    if letter in DASHES:
        return f"{_called(DASHES[letter], letter)}, which only looks like '-'"
    if name := _HIDDEN.get(letter) or _by_kind(letter):
        return f"{_called(name, letter)}, which can't be seen"
    name = unicodedata.name(letter, "")
    if name.startswith(_FOREIGN) and re.search("[a-z]", text, re.IGNORECASE):
        return f"{_called(f'the letter {name.title()}', letter)}, which only looks like a Latin letter"
    return ""


def _by_kind(letter: str) -> str:
    kind = unicodedata.category(letter)
    if kind == "Zs" and letter != " ":
        return "a space of unusual width"
    if kind == "Cf":
        turns = re.search("LEFT|RIGHT|DIRECTIONAL", unicodedata.name(letter, ""))
        return "a mark for the direction of writing" if turns else "an invisible character"
    if kind in _BREAKS:
        return _BREAKS[kind]
    return "a variation selector" if 0xFE00 <= ord(letter) <= 0xFE0F else ""


def _called(name: str, letter: str) -> str:
    return f"{name} (U+{ord(letter):04X})"
