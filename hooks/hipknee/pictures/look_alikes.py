"""Which pictures show the same, by what is seen and not by their bytes: a copy is a copy in every format and size."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations, product
from operator import add, sub

from .looks import THUMBNAIL
from .originals import Picture

SAME = 0.5
"""The `difference` up to which two pictures are one. Copies, re-encoded or resized, stay below 0.2; poses pass 2."""

_AREA = THUMBNAIL[0] * THUMBNAIL[1]


def difference(a: Picture, b: Picture) -> float:
    """How far two pictures are apart: the mean absolute difference of their grey thumbnails, 0 to 255."""
    return _difference(a.thumbnail, b.thumbnail)


def is_same(a: Picture, b: Picture) -> bool:
    """Whether they show the same."""
    return _is_within(a.thumbnail, b.thumbnail, SAME)


def _is_within(a: bytes, b: bytes, limit: float) -> bool:
    """Whether the difference is at most `limit`. Between two rows no sum differs by more than their pixels do: most
    pictures that are not the same are told apart by these sums, of which there are few."""
    apart: int = sum(map(abs, map(sub, _rows(a), _rows(b))))
    return apart <= limit * _AREA and _difference(a, b) <= limit


@lru_cache(maxsize=1 << 14)
def _rows(grey: bytes) -> tuple[int, ...]:
    """The grey of each half of a row, added up."""
    half = THUMBNAIL[0] // 2
    return tuple(sum(grey[at : at + half]) for at in range(0, _AREA, half))


def _difference(a: bytes, b: bytes) -> float:
    apart: int = sum(map(abs, map(sub, a, b)))
    return apart / _AREA


def look_alikes(pictures: Sequence[Picture], limit: float = SAME) -> list[tuple[int, int]]:
    """The pairs of indexes (i < j, ascending) whose `difference` is at most `limit`."""
    return [*_look_alikes(tuple(picture.thumbnail for picture in pictures), limit)]


@lru_cache(maxsize=2)  # of most checks in one process the pictures are those of the last one
def _look_alikes(pictures: tuple[bytes, ...], limit: float) -> tuple[tuple[int, int], ...]:
    """The pairs among these thumbnails.

    Add up a thumbnail's pixels, each taken as plus or minus: between two pictures such a sum differs by no more than
    their pixels do. So look-alikes have nearly equal sums, and with four sums as coordinates they fall into the
    same or adjoining cells of a grid. Only those are compared, and the work grows with the pictures, not the pairs.
    """
    cell = max(1, int(min(limit, 255) * _AREA) + 1)  # one more than needed, so that rounding never parts a pair
    grid: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for index, picture in enumerate(pictures):
        grid[tuple(total // cell for total in _sums(picture))].append(index)

    # Of each two opposite neighbors one is enough: the other one finds this cell.
    around = [step for step in product((-1, 0, 1), repeat=4) if step > (0, 0, 0, 0)]
    candidates: list[tuple[int, int]] = []
    for place, here in grid.items():
        candidates += combinations(here, 2)
        for step in around:
            there = grid.get(tuple(map(add, place, step)), ())
            candidates += ((min(i, j), max(i, j)) for i in here for j in there)
    return tuple(sorted((i, j) for i, j in candidates if _is_within(pictures[i], pictures[j], limit)))


def _sums(grey: bytes) -> tuple[int, int, int, int]:
    """The thumbnail's grey added up: all, left minus right, upper minus lower, one diagonal minus the other."""
    halves, height = _rows(grey), THUMBNAIL[1]  # left, right, left, right ...
    upper, lower = halves[:height], halves[height:]
    a, b, c, d = sum(upper[::2]), sum(upper[1::2]), sum(lower[::2]), sum(lower[1::2])
    return a + b + c + d, a - b + c - d, a + b - c - d, a - b - c + d
