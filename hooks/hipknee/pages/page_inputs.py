"""What a page is made from, named: its content is a function of these and of nothing else.

From them comes the stamp that an exercise page carries, by which `check --site` tells a page that was made from
something else, or by a builder that ran no check.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import astuple, dataclass
from hashlib import sha256
from itertools import chain
from typing import Any

from ..content.catalogue import Catalogue, PageEntry
from ..content.kinds import CONDITION, LIBRARY, further_pages
from ..content.model import Exercise
from ..gate import picture_rules


@dataclass(frozen=True)
class PageInputs:
    """Each a SHA-256, in hex."""

    source: str
    """The page's own file."""
    data: str
    """The language, the data files and the clinic's settings."""
    names: str
    """What all pages lend to all others: titles, aliases, their order, and the glossary's words."""
    cards: str
    """What the exercises that the page lists lend to it, and what all can be filtered by."""
    pictures: str
    """Every picture that the page shows."""

    @property
    def stamp(self) -> str:
        """One hash over all of them, in hex."""
        return _digest(astuple(self))


def page_inputs(catalogue: Catalogue, digest: Callable[[str], str] | None = None) -> dict[str, PageInputs]:
    """The inputs of every page, by its path below docs/. The further pages of a list have those of its first.

    `digest` gives the SHA-256 of a picture inside images/, where it is known already.
    """
    digest = digest or (lambda file: _of_file(catalogue, file))
    logo = catalogue.clinic.part(lambda clinic: clinic.logo)
    data = _digest([catalogue.language, [entry.digest for entry in catalogue.data], digest(logo) if logo else None])
    names = _digest([*_names(catalogue)])
    choices = _choices(catalogue)
    in_use: dict[str, list[str]] = {}
    for use in picture_rules.uses(catalogue):
        in_use.setdefault(use.entry.path, []).append(use.file)
    inputs: dict[str, PageInputs] = {}
    for path, entry in catalogue.pages.items():
        listed = [*_listed(catalogue, entry)]
        cards = [exercise.face.card for exercise in listed]
        ends = [exercise.face.end for exercise in listed]
        files = sorted({*in_use.get(entry.path, ()), *filter(None, ends)})
        pictures = _digest([(file, digest(file)) for file in files])
        inputs[path] = PageInputs(entry.digest, data, names, _digest([cards, choices] if listed else []), pictures)
        inputs |= dict.fromkeys(further_pages(path, len(listed)), inputs[path])
    return inputs


def _names(catalogue: Catalogue) -> Iterator[Any]:
    for path, entry in catalogue.pages.items():
        yield path, entry.face.title, entry.face.aliases
    yield [series.model_dump() for series in catalogue.library.part(lambda page: page.series) or []]
    glossary = catalogue.glossary
    yield [term.model_dump() for term in (glossary.part(lambda page: page.terms) if glossary else None) or []]


def _listed(catalogue: Catalogue, entry: PageEntry[Any]) -> Iterator[PageEntry[Exercise]]:
    """The exercises that stand on a page as cards."""
    slugs: list[str] = []
    if entry.kind is CONDITION:
        slugs = entry.part(lambda page: page.exercises) or []
    elif entry.page == LIBRARY:
        slugs = [*catalogue.exercises]
    yield from (catalogue.exercises[slug] for slug in slugs if slug in catalogue.exercises)


def _choices(catalogue: Catalogue) -> list[list[str]]:
    """What cards are filtered by: only what occurs in some exercise."""
    every = [*catalogue.exercises.values()]
    muscles = {muscle for entry in every for muscle in entry.face.targets or []}
    positions = {position for entry in every if (position := entry.face.position)}
    things = [entry.face.equipment or ["none"] for entry in every]
    return [sorted(muscles), sorted(positions), sorted({*chain.from_iterable(things)})]


def _of_file(catalogue: Catalogue, file: str) -> str:
    path = catalogue.images / file
    return sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _digest(value: Any) -> str:
    return sha256(json.dumps(value, sort_keys=True, default=str).encode()).hexdigest()
