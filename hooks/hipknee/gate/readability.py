"""How hard a text is to read: the grade by a formula of its language, and the sentences that make it so."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import pyphen

_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*")
_SENTENCE_END = re.compile(r"(?<=[.!?:;])[\"')\]’”]*\s+|\n+")
_VOWELS = re.compile(r"[aeiouy]+")
_TWO_SOUNDS = re.compile(r"(?<![cst])ia|io(?!n|u)|iu|ea$|uou|uiet|[aeiouy]ing")  # neighbors that are two syllables
_HYPHENS = pyphen.Pyphen(lang="en_US", left=1, right=2)


@dataclass(frozen=True)
class Reading:
    """The counts of one text, and its Flesch-Kincaid grade: the years of US schooling that it asks of its reader.

    Formula: Kincaid et al., Navy Research Branch Report 8-75 (1975).
    """

    words: int
    syllables: int
    sentences: tuple[str, ...]

    @property
    def grade(self) -> float:
        if not self.words:
            return 0.0
        return 0.39 * self.words / len(self.sentences) + 11.8 * self.syllables / self.words - 15.59


@lru_cache(maxsize=20_000)
def syllables(word: str) -> int:
    """Syllables of an English word, at least 1.

    Hyphenation counts too few ("idea", "area") and vowel groups miss others ("going"): the larger of the two errs on
    the strict side, so that a page which passes here passes other counters too.
    """
    letters = re.sub(r"['’].*", "", word.lower())
    # "y-our" is one, "s-low-ly" two
    hyphenated = sum(part != "y" and bool(_VOWELS.search(part)) for part in _HYPHENS.inserted(letters).split("-"))
    stem = re.sub(r"(?:[^laeiouy]es|[^dt]ed|[^l]e)$", lambda match: match[0][0], letters)
    groups = len(_VOWELS.findall(stem)) + len(_TWO_SOUNDS.findall(stem))
    return max(1, hyphenated if hyphenated > 1 else 0, groups)


def read(text: str) -> Reading:
    """Count a plain English text. A line break ends a sentence, so list items and headings stand for themselves."""
    sentences = tuple(sentence.strip() for sentence in _SENTENCE_END.split(text) if _WORD.search(sentence))
    words = [word for sentence in sentences for word in _WORD.findall(sentence)]
    return Reading(len(words), sum(map(syllables, words)), sentences)


def long_sentences(reading: Reading, limit: int = 15) -> list[str]:
    """The sentences of more than `limit` words."""
    return [sentence for sentence in reading.sentences if len(_WORD.findall(sentence)) > limit]


READERS: dict[str, Callable[[str], Reading]] = {"en": read}
"""The languages for which there is a formula, and what reads a text of each."""


def reader(language: str) -> Callable[[str], Reading] | None:
    """What reads a text of this language ("en", "en-GB"); None where there is no formula: nothing is judged there."""
    return READERS.get(language.partition("-")[0])
