"""What a page is made from, named: its content is a function of these and of nothing else.

From them comes the stamp that an exercise page carries, by which `check --site` tells a page that was made from
something else, or by a builder that ran no check.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple, dataclass
from hashlib import sha256
from itertools import chain
from typing import Any

from ..content.catalogue import Bunch, Catalogue, PageEntry
from ..content.faces import Face
from ..content.kinds import ARTICLE, BUILDER, CARDS, CONDITION, EXERCISE, HOME, KINDS, LIBRARY, PROGRAMME, further_pages
from ..content.model import Programme
from ..gate import picture_rules
from ..gate.link_rules import linked
from ..gate.mentions import mentions


@dataclass(frozen=True)
class PageInputs:
    """Each a SHA-256, in hex."""

    source: str
    """The page's own file; of a further page of a list what it prints of its first."""
    data: str
    """The language, the data files and the clinic's settings."""
    names: str
    """What other pages lend to it: names that its text can mention, and titles that are printed on it."""
    cards: str
    """What the exercises on its cards lend to it, and what its list can be filtered by."""
    pictures: str
    """Every picture that the page shows."""

    @property
    def stamp(self) -> str:
        """One hash over all of them, in hex."""
        return sha256(" ".join(astuple(self)).encode()).hexdigest()


def page_inputs(catalogue: Catalogue, digest: Callable[[str], str] | None = None) -> dict[str, PageInputs]:
    """The inputs of every page, by its path below docs/.

    `digest` gives the SHA-256 of a picture inside images/, where it is known already.
    """
    digest = digest or (lambda file: _of_file(catalogue, file))
    logo = catalogue.clinic.part(lambda clinic: clinic.logo)
    data = _digest([catalogue.language, [entry.digest for entry in catalogue.data], digest(logo) if logo else None])
    everywhere = [*_everywhere(catalogue)]
    beside = _beside(catalogue)
    in_use: dict[str, list[str]] = {}
    for use in picture_rules.uses(catalogue):
        in_use.setdefault(use.entry.path, []).append(use.file)
    inputs: dict[str, PageInputs] = {}
    for path, entry in catalogue.pages.items():
        titles = everywhere, beside.get(path)
        names, source = _digest([titles, mentions(catalogue)[path]]), entry.digest
        faces = [catalogue.exercises[slug].face for slug in listed(catalogue, path)]
        every = _of_list(catalogue, path, faces)
        for number, page in enumerate((path, *further_pages(path, len(faces)))):
            here = faces[number * CARDS : (number + 1) * CARDS]
            cards = _digest([every, [face.card for face in here]]) if faces else _digest([])
            around = [*(ways(catalogue).values() if path == HOME else ()), *(face.end for face in here)]
            if pictured(catalogue, path):
                around += (each.face.end for each in catalogue.exercises.values())
            files = sorted({*in_use.get(entry.path, ()), *filter(None, around)})
            pictures = _digest([(file, digest(file)) for file in files])
            if number == 1:
                source = _digest(entry.part(lambda page: [page.title, page.updated, page.review]))
                names = _digest(titles)
            inputs[page] = PageInputs(source, data, names, cards, pictures)
    return inputs


def _everywhere(catalogue: Catalogue) -> Iterator[tuple[str, str | bool | None]]:
    """What every page may say of others: the titles in its frame, of the menu and of the way to each page; and that
    exercises can be put into a programme."""
    titles = catalogue.titles
    yield BUILDER, BUILDER in catalogue.pages
    above = [HOME, *(kind.part_of for kind in KINDS if kind.part_of)]
    for path in dict.fromkeys([*above, *(entry.target for entry in catalogue.switchboard.menu())]):
        yield path, titles.get(path)


def _beside(catalogue: Catalogue) -> dict[str, Any]:
    """The titles that pages print of others, by path: an exercise those of its neighbors, of its series and of what it
    may help, the library those of its series."""
    titles = catalogue.titles
    series = catalogue.library.part(lambda page: page.series) or []
    rows = [
        (row.model_dump(), [titles.get(EXERCISE.path(slug)) for slug in row.exercises], {*row.exercises})
        for row in series
    ]
    beside: dict[str, Any] = {LIBRARY: ([row[:2] for row in rows], _programmes(catalogue, False))}
    for slug in catalogue.conditions:
        beside[CONDITION.path(slug)] = _programmes(catalogue, False)
    groups, slugs = catalogue.groups, [*catalogue.exercises]
    for path in [LIBRARY, *map(CONDITION.path, catalogue.conditions)] if groups else []:
        beside[path] = beside.get(path), [_bunch(bunch) for bunch in catalogue.bunches(listed(catalogue, path))]
    for path in catalogue.pages:
        if pictured(catalogue, path):
            faces = [(titles.get(EXERCISE.path(slug)), catalogue.exercises[slug].face) for slug in slugs]
            names = [(title, face.plain, face.level) for title, face in faces]
            beside[path] = [_bunch(bunch) for bunch in catalogue.bunches(slugs)], names
    whole = _programmes(catalogue, True)
    for path, entry in catalogue.pages.items():
        if entry.kind is PROGRAMME or (entry.kind is not EXERCISE and PROGRAMME.folder in entry.text and whole):
            beside[path] = beside.get(path), whole
    for slug, others in catalogue.neighbours(slugs).items():
        helps = [titles.get(CONDITION.path(name)) for name in catalogue.exercises[slug].face.helps or ()]
        around = [titles.get(EXERCISE.path(other)) for other in others if other]
        if group := catalogue.group_of.get(slug):  # the search says the heading
            around += [group.note, catalogue.headings[slug]]
        beside[EXERCISE.path(slug)] = around, [row[:2] for row in rows if slug in row[2]], helps
    return beside


def _programmes(catalogue: Catalogue, whole: bool) -> list[Any]:
    """What ready-made programmes lend to pages that name them; `whole` with all that is printed of their exercises."""
    every = [(path, entry) for path, entry in catalogue.pages.items() if entry.kind is PROGRAMME]
    if not whole:
        return [(path, entry.face.title, entry.face.summary, entry.digest) for path, entry in every]
    codes = {code for _, entry in every for code in _codes(entry)}
    exercises = [entry.digest for entry in catalogue.exercises.values() if entry.face.code in codes]
    data = [entry.digest for entry in catalogue.of_programmes]
    return [[(path, entry.digest) for path, entry in every], exercises, data] if every else []


def _codes(entry: PageEntry[Programme]) -> set[str]:
    phases = entry.part(lambda page: page.phases) or []
    return {code for phase in phases for item in phase.items for code in item.codes()}


def _bunch(bunch: Bunch) -> list[Any]:
    return [bunch.heading, bunch.group and [bunch.group.id, bunch.group.summary], bunch.exercises]


def listed(catalogue: Catalogue, path: str) -> list[str]:
    """The exercises that stand as cards on the page at `path` below docs/, and on those where its list goes on."""
    entry = catalogue.pages[path]
    slugs: list[str] = []
    if entry.kind is CONDITION:
        slugs = entry.part(lambda page: page.exercises) or []
    elif path == LIBRARY:
        slugs = [*catalogue.exercises]
    return [slug for slug in slugs if slug in catalogue.exercises]


def pictured(catalogue: Catalogue, path: str) -> bool:
    """Whether all exercises stand on a page with small pictures: the first one, and those that ask for it."""
    entry = catalogue.pages[path]
    asks = path == HOME or (entry.kind is ARTICLE and bool(entry.part(lambda page: page.thumbnails)))
    return bool(catalogue.groups) and asks


def ways(catalogue: Catalogue) -> dict[str, str]:
    """The pages to which the text of the first page leads, by path below docs/, each with the picture that stands for
    it: of an exercise its end, of any other the first of its text, or the end of the first exercise that it lists."""
    home = catalogue.pages.get(HOME)
    pictures: dict[str, str] = {}
    for path in linked(HOME, home) if home else ():
        if path not in catalogue.pages:
            continue
        entry = catalogue.pages[path]
        own = (use.file for use in picture_rules.in_text(path, entry))
        ends = (catalogue.exercises[slug].face.end for slug in listed(catalogue, path))
        if file := next(filter(None, chain([entry.face.end], own, ends)), None):
            pictures[path] = file
    return pictures


def _of_list(catalogue: Catalogue, path: str, faces: Sequence[Face]) -> list[Any]:
    """What a list as a whole lends to each of its pages: its length, by what its cards can be chosen, and whether it
    has cautions."""
    if not faces:
        return []
    slug = catalogue.pages[path].slug
    cautions = any(condition == slug for face in faces for _, condition in face.cautions)
    levels, positions = ({getattr(face, name) or "" for face in faces} for name in ("level", "position"))
    things = {tuple(sorted(face.equipment or [])) for face in faces}
    return [len(faces), cautions, sorted(levels), sorted(positions), sorted(things)]


def _of_file(catalogue: Catalogue, file: str) -> str:
    path = catalogue.images / file
    return sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _digest(value: Any) -> str:
    return sha256(json.dumps(value, sort_keys=True, default=str).encode()).hexdigest()
