"""How far long work has come, told to whoever waits for it: a line on the terminal, or now and then one in a log."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TextIO, TypeVar

T = TypeVar("T")
SILENT = 2.0
"""Seconds: what takes less is not worth a word."""
OFTEN, SELDOM = 0.2, 15.0
"""Seconds between two lines: on a terminal, where the new one takes the place of the old, and elsewhere."""


class Counter(Protocol):
    """Something that is told of every step of some work, and of its end."""

    def step(self, count: int = 1) -> None: ...
    def __enter__(self) -> Counter: ...
    def __exit__(self, *error: object) -> None: ...


Counting = Callable[[str, int], Counter]
"""From what is made ("Sheets") and how many of it to what counts them."""


class Progress:
    """Counts the steps of `total` to come: "Sheets: 812 of 4,000, about 2 min left".

    `with Progress("Sheets", 4000) as progress:` and `progress.step()` after each. On a terminal there is one line,
    which is gone in the end. Whoever steps from several threads steps from one at a time.
    """

    def __init__(
        self,
        what: str,
        total: int,
        *,
        stream: TextIO | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.what, self.total, self.count = what, total, 0
        self._stream, self._clock = sys.stderr if stream is None else stream, clock
        self._on_terminal = self._stream.isatty()
        self._begun = clock()
        self._next = self._begun + SILENT
        self._longest = 0

    def __enter__(self) -> Progress:
        return self

    def step(self, count: int = 1) -> None:
        """So many more are made."""
        self.count += count
        now = self._clock()
        if now < self._next or self.count >= self.total:
            return
        self._next = now + (OFTEN if self._on_terminal else SELDOM)
        self._show(f"{self}, {left((now - self._begun) / self.count * (self.total - self.count))}")

    def __exit__(self, *error: object) -> None:
        if self._longest and self._on_terminal:
            self._write(f"\r{' ' * self._longest}\r")
        elif self._longest and error[:1] == (None,):
            self._show(str(self))

    def __str__(self) -> str:
        return f"{self.what}: {self.count:,} of {self.total:,}"

    def _show(self, text: str) -> None:
        self._longest = max(self._longest, len(text))
        # Blanks and no escape sequence, which an old console of Windows would print.
        self._write(f"\r{text.ljust(self._longest)}" if self._on_terminal else f"{text}\n")

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()


class Silence:
    """Counts nothing, for whoever asked for quiet."""

    def __init__(self, what: str = "", total: int = 0) -> None:
        pass

    def __enter__(self) -> Silence:
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def step(self, count: int = 1) -> None:
        """Say nothing."""


def counting(enabled: bool) -> Counting:
    """What counts, or what says nothing."""
    return Progress if enabled else Silence


def stepping(things: Iterable[T], counter: Counter) -> Iterator[T]:
    """These things, each of which is a step that ends when the next is asked for."""
    with counter as count:
        for thing in things:
            yield thing
            count.step()


def left(seconds: float) -> str:
    """A time to come, as one says it: "about 40 s left", "about 2 min left"."""
    if seconds >= 90:
        return f"about {round(seconds / 60):,} min left"
    return f"about {max(5, 5 * round(seconds / 5))} s left"
