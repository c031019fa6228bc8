"""Words: every printed label by its name, with the values that it holds filled in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

BRACES = re.compile(r"\{(\w+)\}")
Say = Callable[..., str]
"""`say("range", low=8, high=10)` is "8 to 10"."""


def speaker(words: Mapping[str, str]) -> Say:
    """What says `words`. A word that is missing says its own name: the gate has reported it."""

    def say(name: str, **values: object) -> str:
        return BRACES.sub(lambda match: str(values.get(match[1], match[0])), words.get(name, name))

    return say


def seconds(say: Say, count: int) -> str:
    """A time in words: "1 second", "45 seconds"."""
    return say("second" if count == 1 else "seconds", count=count)


def spoken(say: Say, ends: tuple[int, int]) -> str:
    """A range in words: "8 to 10", or "8" when both ends are the same."""
    low, high = ends
    return str(low) if low == high else say("range", low=low, high=high)
