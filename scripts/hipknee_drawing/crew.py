"""Work on several processors at once: parts of a picture that do not ask each other.

The parts are the same on each computer, and what comes of them stands in their order. So a picture has the same bytes
however many processors there are.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from typing import TypeVar

Part = TypeVar("Part")
Outcome = TypeVar("Outcome")
_MOST = 4
"""Each has a part of a picture in its hands, and the memory for that."""


@cache
def _crew() -> ThreadPoolExecutor:
    """Threads are enough: numpy, Pillow and Embree let others work while they count."""
    return ThreadPoolExecutor(min(_MOST, os.cpu_count() or 1), "drawing")


def begun(work: Callable[[], Outcome]) -> Future[Outcome]:
    """The work, which goes on by itself. It must not ask the crew for anything, or both would wait for ever."""
    return _crew().submit(work)


def each(work: Callable[[Part], Outcome], parts: Iterable[Part]) -> list[Outcome]:
    """What comes of each of the parts, in their order. Raises what the work of the first of them raises that does."""
    return [*_crew().map(work, parts)]


def slices(count: int, size: int) -> list[slice]:
    """So many things in parts of one size; the last is smaller."""
    return [slice(start, min(start + size, count)) for start in range(0, count, size)]
