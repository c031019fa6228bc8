"""The volumes of the complete text: which exercises stand in which, when they are too many for one document.

The first volume holds all other pages, and says where each exercise is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import NamedTuple

from ..content.model import Series
from ..pdf_names import COMPLETE
from ..wording import Say

MOST_IN_ONE = 24
"""Exercises in a text of one volume: to set it takes about 250 MB of memory."""
SIZE = 10
"""Exercises in a volume, as many as take about 140 MB, so that two can be set at once."""
LEAST = 5
"""Exercises with which a volume ends when those of another position follow; before, these fill it up."""


class Volume(NamedTuple):
    """A volume with exercises."""

    number: int
    """From 2."""
    title: str
    """What is in it, such as "Standing, part 2"."""
    exercises: tuple[str, ...]
    """By slug."""

    @property
    def name(self) -> str:
        """What its files are called: "complete-2"."""
        return f"{COMPLETE}-{self.number}"


def volumes(
    exercises: Mapping[str, str], series: Iterable[Series], positions: Mapping[str, str], say: Say
) -> list[Volume]:
    """The volumes after the first; none when one document holds everything.

    `exercises` say the position of each by its slug, in the order of the library; `positions` the names of positions,
    in the order in which they follow each other on paper: whoever lies down reads on about lying. Within a
    position the exercises keep their order, and a series stays together, as long as it fits. So an exercise that is
    added changes the volumes of its position, and else at most the numbers of those behind.
    """
    if len(exercises) <= MOST_IN_ONE:
        return []
    rank = {position: place for place, position in enumerate(positions)}
    groups = sorted(_together(exercises, series), key=lambda group: rank.get(exercises[group[0]], len(rank)))
    parts = [*_filled(groups, exercises)]
    titles = [_title([exercises[slug] for slug in part], positions, say) for part in parts]
    often, seen = Counter(titles), Counter[str]()
    numbered = []
    for number, (title, part) in enumerate(zip(titles, parts, strict=True), 2):
        seen[title] += 1
        full = say("volume_part", title=title, number=seen[title]) if often[title] > 1 else title
        numbered.append(Volume(number, full, tuple(part)))
    return numbered


def _together(exercises: Iterable[str], series: Iterable[Series]) -> Iterator[list[str]]:
    """The exercises in their order, those of a series in one list."""
    of_series = {slug: row.id for row in series if len(row.exercises) <= SIZE for slug in row.exercises}
    return ([*group] for _, group in groupby(exercises, lambda slug: of_series.get(slug, (slug,))))


def _filled(groups: Iterable[list[str]], exercises: Mapping[str, str]) -> Iterator[list[str]]:
    part: list[str] = []
    for group in groups:
        moves_on = part and exercises[part[-1]] != exercises[group[0]]
        if len(part) + len(group) > SIZE or (moves_on and len(part) >= LEAST):
            yield part
            part = []
        part += group
    yield part


def _title(part: Iterable[str], positions: Mapping[str, str], say: Say) -> str:
    first, *others = [positions.get(position, position) for position in dict.fromkeys(part)]
    return ", ".join([first, *map(say.within, others)])
