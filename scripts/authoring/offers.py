"""What an editor chooses from: the vocabulary's own lists, by id, with plain names."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from hipknee.content.catalogue import Catalogue
from hipknee.content.data_files import Thing
from hipknee.content.model import Aim, Level, Side
from hipknee.problems import did_you_mean

KINDS: dict[str, str] = {
    Aim.STRENGTH: "strength: it makes muscles stronger",
    Aim.STRETCH: "stretch: it makes muscles longer",
    Aim.BALANCE: "balance: it trains to stand safely",
    Aim.MOBILITY: "mobility: it moves a joint freely",
}
LEVELS: dict[str, str] = {
    Level.GENTLE: "gentle: to begin with, or on a sore day",
    Level.MEDIUM: "medium",
    Level.HARD: "hard: once the others are easy",
}
SIDES: dict[str, str] = {
    Side.EACH: "all repetitions with one side, then the other side",
    Side.ALTERNATE: "side to side in turn",
    Side.BOTH_TOGETHER: "both sides at once",
}


class ChoiceError(ValueError):
    """What was typed is not one of the offers. The message says what is."""


def pick(answer: str, offers: Mapping[str, str]) -> list[str]:
    """The offers that an answer names, with commas between: by number from 1, by id or by name.

    Raises `ChoiceError`.
    """
    numbered = re.fullmatch(r"[\d\s,;]+", answer) is not None
    words = re.split(r"[\s,;]+" if numbered else r"[,;]", answer)
    return list(dict.fromkeys(_meant(word.strip(), offers) for word in words if word.strip()))


def pick_one(answer: str, offers: Mapping[str, str]) -> str:
    """The only offer that an answer names. Raises `ChoiceError`."""
    ids = pick(answer, offers)
    if len(ids) != 1:
        raise ChoiceError("Choose one only.")
    return ids[0]


def _meant(word: str, offers: Mapping[str, str]) -> str:
    ids = [*offers]
    if word in offers:
        return word
    if word.isascii() and word.isdigit():
        if 1 <= int(word) <= len(ids):
            return ids[int(word) - 1]
        raise ChoiceError(f"There is no number {word}: they go from 1 to {len(ids)}.")
    wish = word.casefold()
    for id_, name in offers.items():
        if wish in (id_.casefold(), name.casefold(), name.partition(" (")[0].casefold()):
            return id_
    hint = did_you_mean(word, offers) or f"Choose from: {', '.join(offers)}."
    raise ChoiceError(f"There is no '{word}'. {hint}" if offers else f"There is no '{word}' in this project.")


class Offers:
    """The lists of a project. Those of a file that can't be read are empty."""

    def __init__(self, catalogue: Catalogue) -> None:
        vocabulary = catalogue.vocabulary
        self._muscles = vocabulary.part(lambda words: words.muscles) or {}
        self._movements = vocabulary.part(lambda words: words.movements) or {}
        self.things: Mapping[str, Thing] = vocabulary.part(lambda words: words.equipment) or {}
        self.muscles = {
            id_: f"{muscle.plain} ({muscle.latin})" if muscle.latin else muscle.plain
            for id_, muscle in self._muscles.items()
        }
        self.movements = {id_: f"{move.plain} ({move.name})" for id_, move in self._movements.items()}
        positions = vocabulary.part(lambda words: words.positions) or {}
        self.positions = {id_: position.name for id_, position in positions.items()}
        self.equipment = {id_: thing.name for id_, thing in self.things.items()}
        self.conditions = {
            slug: catalogue.titles.get(f"{slug}.md", slug)
            for slug in catalogue.site.part(lambda site: site.conditions) or []
        }
        self.exercises = {slug: catalogue.titles.get(entry.page, slug) for slug, entry in catalogue.exercises.items()}
        sources = catalogue.sources.part(lambda sources: sources.root) or {}
        self.sources = {key: f"{source.short}: {source.shows}" for key, source in sources.items()}

    def fitting(self, kind: str, targets: Collection[str], muscles: Collection[str]) -> dict[str, str]:
        """The movements that train one of the muscles, or lengthen a target of a stretch; all when none does.

        Those come first that need no muscle besides.
        """
        ids = [
            id_
            for id_, move in self._movements.items()
            if ({*move.stretches} & {*targets} if kind == Aim.STRETCH else move.trains() & {*muscles})
        ]
        if kind != Aim.STRETCH:  # each muscle that does most of it must be named, too
            ids.sort(key=lambda id_: len({*self._movements[id_].prime} - {*muscles}))
        return {id_: self.movements[id_] for id_ in ids} or dict(self.movements)

    def places(self, thing: str) -> dict[str, str]:
        """Where a thing may go."""
        return {id_: place.name for id_, place in self.things[thing].places.items()}
