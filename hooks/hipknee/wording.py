"""Words: every printed label by its name, with what it holds filled in as the site's language has it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from html import escape

BRACES = re.compile(r"\{(\w+)\}")
Word = str | Sequence[str]
"""A text, or a list of them, such as the names of the months."""


class Linked(str):
    """A text with numbers to call: links where HTML is printed, and everywhere else a text like any other."""

    __slots__ = ("html",)
    html: str

    def __new__(cls, text: str, html: str) -> Linked:
        linked = super().__new__(cls, text)
        linked.html = html
        return linked

    @classmethod
    def of(cls, text: str, mark: str, number: str) -> Linked:
        """The text, with a number to call in the place of each `mark`."""
        link = f'<a class="call" href="tel:{number}">{number}</a>'
        return cls(text.replace(mark, number), link.join(escape(part) for part in text.split(mark)))

    def __html__(self) -> str:
        """What templates print, which escape every other text."""
        return self.html


class Say:
    """Says the words of one language: `say("range", low=8, high=10)` is "8 to 10".

    What the language itself asks for, such as how a day is written, stands among the words. A word that is missing
    says its own name, and without its rule a value stands as it is: the gate has reported it.
    """

    def __init__(self, words: Mapping[str, Word]) -> None:
        self._words = words

    def __call__(self, name: str, **values: object) -> str:
        word = self._words.get(name)
        pattern = word if isinstance(word, str) else name
        text = BRACES.sub(lambda brace: self._printed(values.get(brace[1], brace[0])), pattern)
        if isinstance(pattern, Linked) or any(isinstance(value, Linked) for value in values.values()):
            html = BRACES.sub(lambda brace: _html(self._printed(values.get(brace[1], brace[0]))), _html(pattern))
            return Linked(text, html)
        return text

    def several(self, name: str) -> tuple[str, ...]:
        """The items of a list of words."""
        words = self._words.get(name, ())
        return () if isinstance(words, str) else tuple(map(str, words))

    def counted(self, singular: str, plural: str, count: int | tuple[int, int]) -> str:
        """A number or range of things, by the word for a count that takes the singular, or by that for all others."""
        number = str(count) if isinstance(count, int) else spoken(self, count)
        return self(singular if number in self.several("singular_counts") else plural, count=number)

    def number(self, number: int) -> str:
        """A whole number as it is printed: "1,000"."""
        if number < 1000:
            return str(number)
        return self("thousands", thousands=self.number(number // 1000), rest=f"{number % 1000:03}")

    def count_name(self, number: int) -> str:
        """A whole number that begins a sentence or a heading: "Seven"; in digits where nobody has a word for it."""
        name = dict(enumerate(self.several("count_names"))).get(number, self.number(number))
        return name[:1].upper() + name[1:]

    def day(self, day: datetime.date) -> str:
        """A day as it is printed: "November 22, 2026"."""
        months = self.several("months")
        if len(months) != 12:
            return day.isoformat()
        return self("date", day=day.day, month=months[day.month - 1], year=day.year)

    def within(self, title: str) -> str:
        """A title as it stands within a sentence: "More on knee pain", "More on ACL injury"."""
        word = re.split(r"\W", title, maxsplit=1)[0]
        small = self("titles_in_sentences") == "small" and word[:1].isupper() and word[1:].islower()
        return title[0].lower() + title[1:] if small and word not in self.several("capital_words") else title

    def singular(self, word: str) -> str:
        """A word in small letters without what makes it a plural, where it has that: so words are compared.

        The search does the same (docs/assets/javascripts/search.js).
        """
        ends = [ending for ending in self.several("plural_endings") if word.endswith(ending)]
        stem = word.removesuffix(max(ends, key=len, default=""))
        return word if len(stem) < 3 or word.endswith(self.several("plural_look_alikes")) else stem

    def _printed(self, value: object) -> str:
        return self.day(value) if isinstance(value, datetime.date) else value if isinstance(value, str) else str(value)


def _html(text: str) -> str:
    return text.html if isinstance(text, Linked) else escape(text)


def duration(say: Say, seconds: int) -> str:
    """A time in words: "1 second", "45 seconds", "5 minutes"; what is no whole number of minutes stays in seconds."""
    if seconds and seconds % 60 == 0:
        return say.counted("minute", "minutes", seconds // 60)
    return say.counted("second", "seconds", seconds)


def spoken(say: Say, ends: tuple[int, int]) -> str:
    """A range in words: "8 to 10", or "8" when both ends are the same."""
    low, high = ends
    return str(low) if low == high else say("range", low=low, high=high)
