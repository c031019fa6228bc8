"""What the pages have to agree on with each other and with the site's data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from ..content.catalogue import Catalogue, Entry
from ..content.kinds import CONDITION, EXERCISE, LIBRARY
from ..content.model import Group
from ..problems import Problem, did_you_mean
from ..rules import Rule
from . import date_rules, red_flag_rules
from .evidence_rules import source_hint
from .findings import known
from .name_rules import names


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """Hold the whole catalogue against every rule."""
    for rule in (
        _helps,
        _order,
        names,
        date_rules.check,
        _old_names,
        _vocabulary,
    ):
        yield from rule(catalogue)


def _at(entry: Entry[Any], place: tuple[str | int, ...], rule: Rule, message: str, hint: str = "") -> Problem:
    return Problem(entry.path, entry.document.line(*place), rule, message, hint)


def _helps(catalogue: Catalogue) -> Iterator[Problem]:
    """Conditions and exercises name each other: `helps` there, `exercises` here."""
    lists = {slug: page.part(lambda page: {*page.exercises}) for slug, page in catalogue.conditions.items()}
    for slug, entry in catalogue.exercises.items():
        for condition in entry.face.helps or ():
            if condition not in catalogue.conditions:
                yield _at(entry, ("helps", condition), Rule.HELPS_UNKNOWN, *_no_condition(catalogue, condition))
            elif slug not in (lists[condition] or {slug}):
                message = f"It helps with '{condition}', but docs/{condition}.md does not list it."
                hint = f"Add '{slug}' to 'exercises' there."
                yield _at(entry, ("helps", condition), Rule.LINK_ONE_WAY, message, hint)
        for n, condition in entry.face.cautions:
            if condition not in catalogue.conditions:
                place = ("cautions", n, "condition")
                yield _at(entry, place, Rule.HELPS_UNKNOWN, *_no_condition(catalogue, condition))
    for condition, page in catalogue.conditions.items():
        listed = page.part(lambda page: page.exercises) or []
        yield from _listed(catalogue, page, ("exercises",), listed)
        for n, slug in enumerate(listed):
            exercise = catalogue.exercises.get(slug)
            helps = exercise.face.helps if exercise else None
            # Whether it means this page by a name that there is not, only its author knows.
            if helps is not None and condition not in helps and {*helps} <= catalogue.conditions.keys():
                message = f"It lists '{slug}', but docs/{EXERCISE.path(slug)} does not say why it helps here."
                yield _at(page, ("exercises", n), Rule.LINK_ONE_WAY, message, f"Add '{condition}' to 'helps' there.")


def _no_condition(catalogue: Catalogue, slug: str) -> tuple[str, str]:
    """Message and hint for what should name a condition page."""
    known = did_you_mean(slug, catalogue.conditions)
    if CONDITION.path(slug) in catalogue.pages:
        return f"docs/{CONDITION.path(slug)} is not a condition page.", known
    return f"There is no page '{slug}'.", known


def _listed(
    catalogue: Catalogue, entry: Entry[Any], place: tuple[str | int, ...], slugs: list[str]
) -> Iterator[Problem]:
    """A list of exercises names each once, and only those that exist; one that the clinic leaves out is no mistake."""
    before: set[str] = set()
    for n, slug in enumerate(slugs):
        if slug not in catalogue.exercises and slug not in catalogue.left_out:
            hint = did_you_mean(slug, catalogue.exercises)
            yield _at(entry, (*place, n), Rule.LINK_BROKEN, f"There is no exercise '{slug}'.", hint)
        elif slug in before:
            yield _at(entry, (*place, n), Rule.VALUE_INVALID, f"'{slug}' is listed twice.")
        before.add(slug)


def _order(catalogue: Catalogue) -> Iterator[Problem]:
    """The library's order holds every exercise once, its chart some of them; a series stands together in the order."""
    library = catalogue.library
    order = library.part(lambda page: page.slugs())
    groups = library.part(lambda page: page.groups) or []
    typed = bool(library.part(lambda page: page.order))
    if order is None:
        return
    key = "groups" if groups else "order"
    if not order:
        if library.document.data:
            hint = "List every exercise in it, or in 'groups'."
            yield _at(library, (), Rule.KEY_MISSING, "'order' is missing.", hint)
        return
    if groups and typed:
        message = "'order' and 'groups' both list the exercises."
        yield _at(library, ("order",), Rule.VALUE_INVALID, message, "Delete 'order': the groups say it.")
        return
    yield from _groups(catalogue, groups)
    if not groups:
        yield from _listed(catalogue, library, ("order",), order)
    yield from _listed(catalogue, library, ("chart",), library.part(lambda page: page.chart) or [])
    rank = {slug: n for n, slug in reversed([*enumerate(order)])}  # of one that is listed twice the first place
    for slug, entry in catalogue.exercises.items():
        if slug not in rank:
            message = f"docs/{LIBRARY} does not list this exercise in '{key}'."
            where = "in one of them" if groups else "in the place where it should appear"
            yield _at(entry, (), Rule.LINK_ONE_WAY, message, f"Add '{slug}' there, {where}.")
    for n, series in enumerate(library.part(lambda page: page.series) or []):
        yield from _listed(catalogue, library, ("series", n, "exercises"), series.exercises)
        places = [rank[slug] for slug in series.exercises if slug in rank]
        if places and places != list(range(places[0], places[0] + len(series.exercises))):
            message = f"'{key}' does not list the exercises of '{series.title}' one after the other."
            hint = "List them together there, in the order given here."
            yield _at(library, ("series", n, "exercises"), Rule.VALUE_INVALID, message, hint)


def _groups(catalogue: Catalogue, groups: list[Group]) -> Iterator[Problem]:
    """Each exercise stands in one group, and no two groups have one id."""
    library, seen, ids = catalogue.library, dict[str, str](), set[str]()
    for n, group in enumerate(groups):
        if group.id in ids:
            yield _at(library, ("groups", n, "id"), Rule.VALUE_INVALID, f"There are two groups '{group.id}'.")
        ids.add(group.id)
        place = ("groups", n, "exercises")
        yield from _listed(catalogue, library, place, group.exercises)
        for item, slug in enumerate(group.exercises):
            if (other := seen.setdefault(slug, group.id)) != group.id:
                message = f"'{slug}' stands in the groups '{other}' and '{group.id}'."
                yield _at(library, (*place, item), Rule.VALUE_INVALID, message, "Keep it in one of them.")


def _old_names(catalogue: Catalogue) -> Iterator[Problem]:
    """An old name is not a current page, and leads to only one."""
    seen: dict[str, str] = {}
    pages = catalogue.pages
    for path, entry in pages.items():
        folder = PurePosixPath(path).parent
        for n, slug in enumerate(entry.face.was or []):
            old = (folder / f"{slug}.md").as_posix()
            if old in pages:
                yield _at(
                    entry,
                    ("was", n),
                    Rule.ALIAS_CLASH,
                    f"docs/{old} still exists, so it is not an old name.",
                    "Delete it here.",
                )
            elif old in seen:
                message = f"'{slug}' is also an old name of {seen[old]}."
                yield _at(entry, ("was", n), Rule.ALIAS_CLASH, message, "Keep it on only one of the two pages.")
            seen.setdefault(old, entry.path)


def _vocabulary(catalogue: Catalogue) -> Iterator[Problem]:
    """The data files agree among themselves."""
    vocabulary, site = catalogue.vocabulary, catalogue.site
    sources = catalogue.sources.part(lambda sources: sources.root)
    muscles = vocabulary.part(lambda words: words.muscles)
    movements = vocabulary.part(lambda words: words.movements)
    rests: list[tuple[Entry[Any], tuple[str | int, ...], list[str]]] = [
        *((vocabulary, ("muscles", key, "sources"), muscle.sources) for key, muscle in (muscles or {}).items()),
        *((vocabulary, ("movements", key, "sources"), move.sources) for key, move in (movements or {}).items()),
        (site, ("sources",), site.part(lambda rules: rules.sources) or []),
        *red_flag_rules.sources(catalogue),
        (catalogue.notes, ("sources",), catalogue.notes.part(lambda notes: notes.sources) or []),
    ]
    for entry, place, keys in rests:
        for n, key in enumerate(keys):
            if sources is not None and key not in sources:
                hint = source_hint(key, sources)
                message = f"'{key}' is not in docs/_data/sources.yml."
                yield _at(entry, (*place, n), Rule.EVIDENCE_UNKNOWN, message, hint)
    for name, movement in (movements or {}).items():
        for kind in ("prime", "muscles", "stretches"):
            for n, muscle in enumerate(getattr(movement, kind)):
                if muscles is not None and muscle not in muscles:
                    hint = known(muscles, "'muscles'")
                    message = f"'{muscle}' is not in the list of muscles."
                    yield _at(vocabulary, ("movements", name, kind, n), Rule.MUSCLE_UNKNOWN, message, hint)
