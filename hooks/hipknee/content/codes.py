"""New codes for exercises: short for their names, and never one that stands for another exercise."""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Collection, Iterator
from itertools import combinations, product

from .catalogue import Catalogue

LENGTH = 3


def free(title: str, others: Collection[str]) -> str:
    """A code for an exercise with this title that nobody has: "SLR" of "Side-lying leg raise", "CLA" of "Clamshell".

    Raises ValueError when all codes are taken.
    """
    for code in _candidates(title):
        if code not in others:
            return code
    raise ValueError("all codes are taken")


def in_use(catalogue: Catalogue) -> set[str]:
    """Every code that stands for an exercise, or ever did."""
    faces = [entry.face for entry in (*catalogue.exercises.values(), *catalogue.left_out.values())]
    on_pages = {code for face in faces for code in (face.code, *(face.was_codes or [])) if code}
    stones = catalogue.gone.part(lambda gone: gone.items) or []
    return on_pages | {*(catalogue.codes.part(lambda codes: codes.root) or ())} | {stone.code for stone in stones}


def _candidates(title: str) -> Iterator[str]:
    """From the most telling to any."""
    plain = unicodedata.normalize("NFKD", title)
    words = re.findall("[A-Z]+", "".join(letter for letter in plain if not unicodedata.combining(letter)).upper())
    letters = "".join(words)
    initials = "".join(word[0] for word in words)
    if len(initials) >= LENGTH:
        yield from map("".join, combinations(initials, LENGTH))
    elif len(words) == LENGTH - 1:
        yield from (f"{words[0][0]}{words[1][0]}{letter}" for letter in words[1][1:])
    if letters:
        yield from (letters[0] + "".join(two) for two in combinations(letters[1:], LENGTH - 1))
    yield from unused(())


def unused(others: Collection[str]) -> Iterator[str]:
    """Every code but these, in alphabetical order."""
    every = map("".join, product(string.ascii_uppercase, repeat=LENGTH))
    return (code for code in every if code not in others)
