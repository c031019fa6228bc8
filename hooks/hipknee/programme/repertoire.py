"""What a programme can be made of on this site: its exercises by their codes, those that are gone, and the notes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from ..content.catalogue import Catalogue, PageEntry
from ..content.data_files import Position, Tombstone, Vocabulary
from ..content.model import Bounds, Exercise, Side, ceilings
from ..on_demand import OnDemand


@dataclass(frozen=True)
class Member:
    """An exercise, as far as programmes need it."""

    code: str
    """The one that it has now."""
    slug: str
    title: str
    side: Side
    has_band: bool
    reps: str
    """What its repetitions are called, such as "steps"."""
    rep: str
    """What one of them is called."""
    each: Literal["side", "way"]
    """Whether they are counted on each side, or each way."""
    most: Mapping[str, int]
    """The most that a programme may ask for, by the field of a dose; times in seconds."""


@dataclass(frozen=True)
class Repertoire:
    """`members` are by their codes, present and old; `gone` by the codes that they had, `notes` by two digits."""

    members: Mapping[str, Member]
    gone: Mapping[str, Tombstone] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    broken: Mapping[str, str] = field(default_factory=dict)
    """The pages that have a mistake, so that nobody can say what their exercise is, by its code."""

    @classmethod
    def of(cls, catalogue: Catalogue) -> Repertoire:
        """What this site has. Of its pages only those are read that somebody asks for."""
        entries: dict[str, PageEntry[Exercise]] = {}
        broken: dict[str, str] = {}
        vocabulary = catalogue.vocabulary.value
        everywhere = catalogue.site.part(lambda site: site.bounds) or Bounds()
        for entry in catalogue.exercises.values():
            for code in filter(None, (entry.face.code, *(entry.face.was_codes or ()))):
                if entry.face.code and entry.face.whole and vocabulary and entry.face.position in vocabulary.positions:
                    entries.setdefault(code, entry)
                else:
                    broken.setdefault(code, entry.path)
        return cls(
            OnDemand(entries, lambda code: _member(entries[code], vocabulary, everywhere)),
            {stone.code: stone for stone in catalogue.gone.part(lambda gone: gone.items) or ()},
            catalogue.notes.part(lambda notes: notes.notes) or {},
            {code: path for code, path in broken.items() if code not in entries},
        )


def _member(entry: PageEntry[Exercise], vocabulary: Vocabulary | None, everywhere: Bounds) -> Member:
    exercise = entry.value
    if exercise is None or vocabulary is None:
        raise ValueError(f"{entry.path} is not whole")
    position: Position = vocabulary.positions[exercise.position]
    things = (vocabulary.equipment.get(item.name) for item in exercise.equipment)
    return Member(
        code=exercise.code or "",
        slug=entry.slug,
        title=exercise.title,
        side=exercise.side,
        has_band=any(thing.is_band for thing in things if thing),
        reps=position.reps,
        rep=position.rep or position.reps,
        each=position.each,
        most=ceilings(everywhere, exercise.bounds),
    )
