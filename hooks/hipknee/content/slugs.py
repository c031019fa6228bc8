"""From a name to the name of its file, which is an address: typed, printed and never changed."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 60
"""Characters of a file name."""
FORM = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

_LATIN = str.maketrans(
    {
        **{"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ŧ": "t"},
        **{"\N{LATIN SMALL LETTER DOTLESS I}": "i", "ŋ": "ng", "ə": "e"},
    }
)
_APOSTROPHES = re.compile("['\u2018’\N{MODIFIER LETTER APOSTROPHE}\N{MODIFIER LETTER TURNED COMMA}]")
_FRACTION_AFTER_NUMBER = re.compile("(?<=\\d)(?=[\u00bc-\u00be\u2150-\u215e])")
_LONE_GREEK = re.compile(r"(?<![^\W\d_])[\u0391-\u03c9](?![^\W\d_])")


class SlugError(ValueError):
    """A name that makes no file name. The message says why, as a sentence."""


def slug(name: str) -> str:
    """A name as a file name: "½ squat" is 1-2-squat, "Runner's stretch" runners-stretch, "Δ squat" delta-squat.

    Raises `SlugError` for a letter that has no plain one, rather than leave it out.
    """
    name = _FRACTION_AFTER_NUMBER.sub("-", name)
    letters = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", _LONE_GREEK.sub(_spelled, name)).lower())
    letters = letters.replace("\N{FRACTION SLASH}", "-").translate(_LATIN)
    letters = "".join(letter for letter in letters if not unicodedata.category(letter).startswith("M"))
    foreign = [letter for letter in letters if letter.isalnum() and not letter.isascii()]
    if foreign:
        raise SlugError(f"'{foreign[0]}' is not a letter that a web address can have")
    words = re.sub(r"[^a-z0-9]+", "-", re.sub(r"(?<=\d)/(?=\d)", "-", letters)).strip("-")
    check(words)
    return words


def check(words: str) -> None:
    """Raises `SlugError` for what can't be a file name of a page."""
    if not words:
        raise SlugError("the name must have letters or digits")
    if not FORM.fullmatch(words):
        raise SlugError(f"'{words}' must be lowercase letters, digits and hyphens, such as seated-knee-extension")
    if words.isdecimal():
        raise SlugError(f"'{words}' is a number, and the pages of lists of exercises have numbers as addresses")
    if len(words) > LONGEST:
        raise SlugError(f"the name is too long for a file: it has {len(words)} characters, and the limit is {LONGEST}")


def _spelled(letter: re.Match[str]) -> str:
    """A Greek letter that stands alone, by its name: "delta"."""
    return unicodedata.name(letter[0], "").split()[-1]
