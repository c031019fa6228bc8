"""Lists of exercises: what each page shows of a long one, and all of it for the script that filters cards.

A page of a thousand cards would weigh a megabyte. So it shows the first of them, further pages show the others, and
docs/assets/javascripts/filter.js makes cards of what it finds in the script that `script` writes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeAlias

from ..content.kinds import CARDS, further_pages, list_folder
from ..pictures.renditions import Plan, Rendition
from .presented import Presented

Row: TypeAlias = Mapping[str, Mapping[str, Any]]
"""What the script holds of an exercise, as values of JSON: "shared" with others, its "own", and the "reasons" why it
helps, by condition."""


MANY = 10
"""From so many exercises on, cards are chosen by chips."""


@dataclass(frozen=True)
class Part:
    """What one page shows of a list."""

    hub: str
    """The page on which the list begins, as a path below docs/."""
    pages: tuple[str, ...]
    """All pages of the list, as paths below docs/: the hub first."""
    number: int
    """Which of them this is, from 1."""
    exercises: Sequence[Presented]
    """Those on this page."""
    count: int
    """How many the whole list has."""

    @property
    def path(self) -> str:
        return self.pages[self.number - 1]

    @property
    def is_long(self) -> bool:
        """Whether the list has further pages."""
        return len(self.pages) > 1

    @property
    def is_many(self) -> bool:
        """Whether the list has so many exercises that choosing among them is quicker than looking at all."""
        return self.count >= MANY

    @property
    def first(self) -> int:
        """The place of the first exercise on this page in the list, from 1."""
        return (self.number - 1) * CARDS + 1

    @property
    def last(self) -> int:
        return self.first + len(self.exercises) - 1

    def leading_to(self, number: int) -> str | None:
        """The path of a page of the list, at the place where the list begins there; None when there is no such page."""
        if not 1 <= number <= len(self.pages):
            return None
        return f"{self.hub}#exercises" if number == 1 else self.pages[number - 1]

    def steps(self) -> list[int]:
        """The numbers of the pages that this one leads to: the ends of the list and its neighbors; 0 for a gap."""
        end, here = len(self.pages), self.number
        near = sorted({1, *range(max(here - 1, 1), min(here + 1, end) + 1), end})
        steps = [1]
        for before, after in pairwise(near):
            steps += [before + 1] if after - before == 2 else [0] if after - before > 2 else []
            steps.append(after)
        return steps


def parts(hub: str, exercises: Sequence[Presented]) -> list[Part]:
    """The pages of the list that begins on the page at `hub`: at least that one."""
    count = len(exercises)
    pages = (hub, *further_pages(hub, count))
    return [
        Part(hub, pages, place + 1, exercises[place * CARDS : (place + 1) * CARDS], count)
        for place in range(len(pages))
    ]


def whole(hub: str, exercises: Sequence[Presented]) -> Part:
    """All of a list on one page."""
    return Part(hub, (hub,), 1, exercises, len(exercises))


def script_name(hub: str) -> str:
    """Where the script with all cards of a list stands in the site.

    It has one name for ever, so that no page changes when the card of another one does; browsers ask for it anew.
    """
    return f"{list_folder(hub)}cards.js"


def row(exercise: Presented, plan: Plan | None, coded: bool) -> Row:
    """What the script holds of an exercise, its code only when `coded`. `plan` are the renditions of the picture that
    stands for it."""
    end = exercise.images.end()
    level = exercise.level
    shared = {
        "level": [level.id, level.name] if level else ["", ""],
        "muscle": ", ".join(muscle.name for muscle in exercise.targets),
        "position": [exercise.position.id, exercise.position.name],
        "equipment": [" ".join(thing.id for thing in exercise.equipment), exercise.needs],
        "sides": exercise.sides,
        "picture": _form(plan, exercise.slug) if plan else None,
    }
    own = {
        "slug": exercise.slug,
        "title": exercise.title,
        "plain": exercise.plain or "",
        "alt": end.alt if end else "",
        "hashes": "".join(_hash(rendition) for rendition in plan.renditions) if plan else "",
    }
    own |= {"code": exercise.facts.code or ""} if coded else {}
    return {"shared": shared, "own": own, "reasons": dict(exercise.facts.helps)}


def script(rows: Iterable[Row], condition: str | None = None) -> str:
    """All cards of a list as a text in JavaScript, of a condition's with why each exercise helps.

    What many cards share is told once, in tables: what they can be chosen by, each with the words that the card has for
    it, and the form of a picture. Beside them stands one column for each fact, with an item for each exercise.
    """
    tables: dict[str, list[Any]] = {}
    places: dict[tuple[str, str], int] = {}
    columns: dict[str, list[Any]] = {}
    for row in rows:
        facts = dict(row["own"])
        if condition is not None:
            facts["reason"] = row["reasons"].get(condition, "")
        for name, value in row["shared"].items():
            table = tables.setdefault(name, [])
            place = places.setdefault((name, repr(value)), len(table))
            table += [value] if place == len(table) else []
            facts[name] = place
        for column, value in facts.items():
            columns.setdefault(column, []).append(value)
    content = {"tables": tables, "columns": columns}
    return f"var exerciseCards = {json.dumps(content, ensure_ascii=False, separators=(',', ':'))};\n"


def _form(plan: Plan, slug: str) -> list[Any]:
    """What the pictures of many exercises have alike: how the names of their renditions begin, with "*" for the slug,
    their widths, that of the fallback, and width and height of the largest."""
    stem = plan.fallback.name.rsplit("-", 2)[0].replace(slug, "*", 1)
    return [stem, [rendition.width for rendition in plan.webp], plan.fallback.width, plan.width, plan.height]


def _hash(rendition: Rendition) -> str:
    return rendition.name.rpartition(".")[0].rpartition("-")[2]
