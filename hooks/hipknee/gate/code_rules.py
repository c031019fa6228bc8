"""The codes of exercises: each stands for one exercise, for ever, as sheets that have been handed out have it.

What every code stood for when it was given is listed in docs/_data/codes.yml, which only grows. A page that loses its
code, or has that of another one, is found by it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..content import codes
from ..content.catalogue import CODES, GONE, Catalogue, PageEntry
from ..content.kinds import EXERCISE
from ..content.model import Exercise
from ..problems import Problem, did_you_mean
from ..rules import Rule

_LIST, _TOMBSTONES = f"docs/{CODES}", f"docs/{GONE}"


class _Use(NamedTuple):
    """A code on a page."""

    code: str
    entry: PageEntry[Exercise]
    place: tuple[str | int, ...]

    @property
    def is_old(self) -> bool:
        return self.place[0] == "was_codes"

    def problem(self, rule: Rule, message: str, hint: str) -> Problem:
        return Problem(self.entry.path, self.entry.document.line(*self.place), rule, message, hint)


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """Hold the codes of all exercises against each other, and against those that were ever given."""
    given = catalogue.codes.part(lambda listed: listed.root)
    gone = catalogue.gone.part(lambda listed: [stone.code for stone in listed.items])
    if given is None or gone is None:  # what can't be read is told already, and all else would follow from it
        return
    uses = [*_uses(catalogue)]
    unsure = {slug for slug, entry in catalogue.exercises.items() if not _says_its_codes(entry)}
    current = [use.code for use in uses if not use.is_old] + sorted(_reserved(catalogue))
    yield from _tombstones(catalogue, gone, None if unsure else current)
    if uses and not given:
        line = f"'{uses[0].code}: {uses[0].entry.slug}'"
        hint = f"Bring it back as it was. If there never was one, it has a line for each code, such as {line}."
        yield Problem(_LIST, 1, Rule.KEY_MISSING, "The file is missing, but exercises have codes.", hint)
        return
    names = _names(catalogue)
    owners = {code: names.get(slug, slug) for code, slug in given.items()}
    in_use = codes.in_use(catalogue)
    known = {use.code for use in uses} | {*gone} | _reserved(catalogue)
    lost = dict(_lost(catalogue, owners, known, unsure))
    first: dict[str, _Use] = {}
    for use in sorted(uses, key=lambda use: owners.get(use.code) != use.entry.slug):  # whose it is comes first
        other = first.setdefault(use.code, use)
        was = None if use.is_old else next((code for code, slug in lost.items() if slug == use.entry.slug), None)
        free = was or codes.free(use.entry.face.title or use.entry.slug, in_use)
        if text := _clash(use, other, gone, owners.get(use.code), given.get(use.code, ""), free):
            lost.pop(was or "", None)
            yield use.problem(Rule.CODE_CLASH, *text)
        elif use.code not in given:
            line = f"'{use.code}: {use.entry.slug}'"
            if was is None:
                message = f"'{use.code}' is not in {_LIST}, where every code stands for ever."
                yield use.problem(Rule.LINK_ONE_WAY, message, f"Add the line {line} there.")
                continue
            del lost[was]
            message = f"The code was '{was}': with it, programmes that have been handed out would be lost."
            hint = f"Put it back, or add 'was_codes: [{was}]' here and the line {line} in {_LIST}."
            yield use.problem(Rule.CODE_LOST, message, hint)
    for code, slug in lost.items():
        message = f"No exercise has the code '{code}' any more: programmes that have been handed out would be lost."
        if slug in catalogue.exercises:
            hint = f"It was that of docs/{EXERCISE.path(slug)}. Put it back there."
        else:
            hint = f"Add it to {_TOMBSTONES}, with the reason. If the page has a new name, list '{slug}' in its 'was'."
        yield Problem(_LIST, catalogue.codes.document.line(code), Rule.CODE_LOST, message, hint)


def _uses(catalogue: Catalogue) -> Iterator[_Use]:
    """Every code, in the order of the catalogue, current ones first."""
    for entry in catalogue.exercises.values():
        if entry.face.code:
            yield _Use(entry.face.code, entry, ("code",))
    for entry in catalogue.exercises.values():
        for n, code in enumerate(entry.face.was_codes or []):
            yield _Use(code, entry, ("was_codes", n))


def _reserved(catalogue: Catalogue) -> set[str]:
    """The codes of exercises that the clinic leaves out: they stay theirs."""
    faces = [entry.face for entry in catalogue.left_out.values()]
    return {code for face in faces for code in (face.code, *(face.was_codes or ())) if code}


def _names(catalogue: Catalogue) -> dict[str, str]:
    """What each exercise is called now, by its old names."""
    names = {slug: slug for slug in catalogue.exercises}
    for slug, entry in catalogue.exercises.items():
        for old in entry.face.was or []:
            names.setdefault(old, slug)
    return names


def _clash(
    use: _Use, first: _Use, gone: list[str], owner: str | None, listed: str, free: str
) -> tuple[str, str] | None:
    """Message and hint for a code that is another one's. `free` is one that the exercise may have."""
    code = use.code
    hint = "Delete it here." if use.is_old else f"Give this page its own, such as '{free}'."
    if code in gone:
        return f"'{code}' is in {_TOMBSTONES}, so no exercise may have it.", hint
    if first is not use and first.entry is use.entry:
        return f"'{code}' is listed twice." if first.is_old else f"'{code}' is the code, so it is no old one.", hint
    if first is not use:
        return f"'{code}' is {'an old' if first.is_old else 'the'} code of {first.entry.path}.", hint
    if owner not in (None, use.entry.slug) and use.entry.face.was is not None:
        message = f"'{code}' is the code of '{listed}' in {_LIST}, and for ever."
        return message, f"{hint} If this page was called so, add 'was: [{listed}]'."
    return None


def _lost(catalogue: Catalogue, owners: dict[str, str], known: set[str], unsure: set[str]) -> Iterator[tuple[str, str]]:
    """The codes that stand for nothing now, each with the exercise that had it."""
    is_any_unnamed = bool(unsure) or any(entry.face.was is None for entry in catalogue.exercises.values())
    for code, slug in owners.items():
        is_elsewhere = is_any_unnamed and slug not in catalogue.exercises
        if code not in known and slug not in unsure and not is_elsewhere:
            yield code, slug


def _says_its_codes(entry: PageEntry[Exercise]) -> bool:
    """Whether a page says which codes it has. What is wrong with one that does not is told there."""
    if entry.face.whole or entry.face.code:
        return entry.face.was_codes is not None
    data = entry.document.data
    return bool(data) and data.get("code") is None and entry.face.was_codes is not None


def _tombstones(catalogue: Catalogue, gone: list[str], current: list[str] | None) -> Iterator[Problem]:
    """Each code is gone once, and what took its place is there. `current` are the codes of today; None: who knows."""
    document = catalogue.gone.document
    for n, stone in enumerate(catalogue.gone.part(lambda listed: listed.items) or []):
        if stone.code in gone[:n]:
            line = document.line("items", n, "code")
            yield Problem(_TOMBSTONES, line, Rule.CODE_CLASH, f"'{stone.code}' is listed twice.", "Delete one of them.")
        if stone.successor and current is not None and stone.successor not in current:
            line = document.line("items", n, "successor")
            message = f"No exercise has the code '{stone.successor}'."
            yield Problem(_TOMBSTONES, line, Rule.LINK_BROKEN, message, did_you_mean(stone.successor, current))
