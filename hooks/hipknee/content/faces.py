"""Faces: what a page shows of itself to the other pages and to the rules that hold pages against each other.

It follows from the page's own file only, and is small. So it is kept by the content of the file, and of a thousand
pages that nobody has changed none has to be read again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from typing import Any, TypeAlias, TypeVar

from .front_matter import Document
from .validation import Draft

T = TypeVar("T")
_CARD = {"title", "plain", "code", "level", "helps", "muscles", "position", "side", "equipment", "images", "cautions"}
"""What an exercise lends to the pages that list it."""
Ids: TypeAlias = list[str] | None
"""Ids or names in the order of the page; None when they are missing or wrong."""


Shown: TypeAlias = tuple[tuple[str | int, ...], str]
"""A picture that a page names in its front matter: its place there, and its path inside images/."""


@dataclass(frozen=True)
class Face:
    """What is missing or wrong on the page is None."""

    whole: bool = False
    """Whether every field is right."""
    title: str | None = None
    summary: str | None = None
    aliases: Ids = None
    was: Ids = None
    evidence: Ids = None
    updated: str | None = None
    """As are all days here: 2026-11-22."""
    reviewed: str | None = None
    """The day of the review."""
    due: str | None = None
    """The day of the next one."""
    waives: bool = False
    """Whether it has waivers."""
    draws: bool = False
    """Whether its text may have pictures."""
    plain: str | None = None
    """Of an exercise: what a patient would call it. So are all that follow of an exercise."""
    level: str | None = None
    code: str | None = None
    """What it is called in programmes."""
    was_codes: Ids = None
    helps: Ids = None
    """The conditions that it may help."""
    cautions: tuple[tuple[int, str], ...] = ()
    """The cautions that name a condition: their number, from 0, and the condition."""
    pictures: tuple[Shown, ...] = ()
    end: str | None = None
    """The picture that stands for it on a card."""
    card: str | None = None
    """A hash, in hex, over all that stands on its card."""
    targets: Ids = None
    position: str | None = None
    equipment: Ids = None

    def to_json(self) -> dict[str, Any]:
        """As a value that JSON can hold."""
        return {name: value for name, value in asdict(self).items() if value not in (None, (), False)}

    @classmethod
    def of_json(cls, value: Mapping[str, Any]) -> Face:
        """The face that `to_json` made it of."""
        pictures = tuple(((*place,), file) for place, file in value.get("pictures", ()))
        cautions = tuple((number, condition) for number, condition in value.get("cautions", ()))
        return cls(**{**value, "pictures": pictures, "cautions": cautions})


def face(document: Document, draft: Draft[Any], whole: bool) -> Face:
    """The face of a page; `whole` is whether every field is right."""

    def part(read: Callable[[Any], T]) -> T | None:
        try:
            return draft.part(read)
        except AttributeError:  # a page of another kind has no such field
            return None

    cautions = part(lambda exercise: exercise.cautions) or []
    named = part(lambda exercise: exercise.all_images()) or {}
    end = part(lambda exercise: exercise.images.end())
    pictures = [(place, file) for place, image in named.items() if (file := getattr(image, "file", None))]
    return Face(
        whole=whole,
        title=part(lambda page: page.title),
        summary=part(lambda page: page.summary),
        aliases=part(lambda page: page.aliases),
        was=part(lambda page: page.was),
        evidence=part(lambda page: page.evidence),
        updated=_day(part(lambda page: page.updated)),
        reviewed=_day(part(lambda page: page.review.on)),
        due=_day(part(lambda page: page.review.next)),
        waives=bool(part(lambda page: page.waivers)),
        plain=part(lambda exercise: exercise.plain),
        level=part(lambda exercise: exercise.level),
        code=part(lambda exercise: exercise.code),
        was_codes=part(lambda exercise: exercise.was_codes),
        helps=part(lambda exercise: [*exercise.helps]),
        cautions=tuple((n, caution.condition) for n, caution in enumerate(cautions) if caution.condition),
        draws="![" in document.body,
        pictures=tuple(pictures),
        end=getattr(end, "file", None),
        card=part(lambda exercise: _digest(exercise.model_dump(mode="json", include=_CARD))),
        targets=part(lambda exercise: exercise.muscles.primary),
        position=part(lambda exercise: exercise.position),
        equipment=part(lambda exercise: [item.name for item in exercise.equipment]),
    )


def _digest(value: Any) -> str:
    return sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
