"""The places of a page that a link may lead to, known without building it: what its text, its kind and the frame name.

Two things of one page can't have one name. A test holds these lists against built pages.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

from ..content import glossary, red_flags
from ..content.catalogue import Catalogue, PageEntry
from ..content.kinds import ARTICLE, lists_all_sources
from ..content.model import Condition, Exercise, Glossary, Library, Programme
from ..problems import Problem
from ..rules import Rule
from ..text.body_links import without_code
from .bodies import Body

FRAME = ("dark", "menu", "main", "contents", "contents-title", "search", "search-title", "query")
"""The ids in the frame around every page (hooks/overrides)."""
_ID = re.compile(r"""(?:\#|\bid=["']?)([^\s{}#"'<>()\[\]]+)""", re.VERBOSE)
"""An id where an author gives it: `{#name}`, or `id="name"`."""


class Anchor(NamedTuple):
    """One place: its id, the line that names it (None when no author did), and how to give it another name."""

    id: str
    line: int | None = None
    hint: str = ""


def anchors(catalogue: Catalogue, entry: PageEntry[Any], body: Body) -> list[Anchor]:
    """The places of a page without its frame, in no order. Of a page with a mistake: those that are known."""
    return [*_of_kind(catalogue, entry), *_of_body(entry, body)]


def of_page(path: str, anchors: Iterable[Anchor]) -> Iterator[Problem]:
    """No two places of the page in this file have one id."""
    seen: dict[str, Anchor] = {id_: Anchor(id_) for id_ in FRAME}
    for anchor in sorted(anchors, key=lambda anchor: anchor.line or 0):
        if not anchor.id:
            message = "This term has no letter from a to z and no digit, so no link can point to it."
            yield Problem(path, anchor.line or 1, Rule.ID_CLASH, message, "Spell it out, such as 'delta'.")
            continue
        other = seen.setdefault(anchor.id, anchor)
        if other is not anchor and anchor.line:
            owner = f"line {other.line}" if other.line else "another part of this page"
            message = f"The address '#{anchor.id}' is already taken by {owner}."
            yield Problem(path, anchor.line, Rule.ID_CLASH, message, anchor.hint)


def _of_body(entry: PageEntry[Any], body: Body) -> Iterator[Anchor]:
    source = _Source(entry.document.body)
    start = 0
    for node in body.tree.css("[id]"):
        id_, words = node.attributes["id"] or "", " ".join(node.text().split())
        line = source.line(id_, words, start)
        if line is None:
            line = source.line(id_, words, 0) or 0
        else:
            start = line + 1
        hint = f"Use other words, or put an address of its own after the heading: '{{#my-{id_}}}'."
        yield Anchor(id_, entry.document.body_line + line, hint)


class _Source:
    """The text that ids come from. There may be as many of them as it has lines, so it isn't read anew for each."""

    def __init__(self, body: str) -> None:
        rows = without_code(body).split("\n")
        self._ids: dict[str, list[int]] = {}
        for n, row in enumerate(rows):
            for match in _ID.finditer(row) if "#" in row or "id=" in row else ():
                self._ids.setdefault(match[1], []).append(n)
        self._headings = _Rows([row if row.lstrip().startswith("#") else "" for row in rows])

    def line(self, id_: str, words: str, start: int) -> int | None:
        """The first line, from `start` on, that is likely the one that an id comes from, whose element says `words`."""
        named = self._ids.get(id_, [])
        lines = [*named[bisect_left(named, start) :][:1], self._headings.first(words[:20], start) if words else None]
        return min((line for line in lines if line is not None), default=None)


class _Rows:
    """Lines to look for words in."""

    def __init__(self, rows: Sequence[str]) -> None:
        self._text = "\n".join(rows)
        self._starts = [0, *accumulate(len(row) + 1 for row in rows)]

    def first(self, words: str, start: int) -> int | None:
        """The first line, from `start` on, that has the words."""
        at = self._text.find(words, self._starts[start])
        return bisect_right(self._starts, at) - 1 if at >= 0 else None


def _of_kind(catalogue: Catalogue, entry: PageEntry[Any]) -> Iterator[Anchor]:
    """What the template of the page's kind writes."""
    page, line = entry.draft.partial, entry.document.line

    def has(name: str) -> bool:
        return bool(getattr(page, name, None))

    names: list[str] = []
    match page:
        case Exercise():
            names += ["at-a-glance", "dose", "steps", "feel", "mistakes", "pain-rule", "stop", "helps"]
            names += [name for name in ("easier", "harder", "cautions") if has(name)]
        case Programme():
            phases = getattr(page, "phases", [])
            names += ["plan", *(f"phase-{n}" for n in range(1, len(phases) + 1)), "pain-rule", "stop"]
            names += ["cautions"] if _has_cautions(catalogue, page) else []
            names += ["when-to-go-on"] if catalogue.site.part(lambda site: site.go_on) else []
        case Condition():
            names += ["red-flags", "emergency", "same-day", "book", "self-care", "exercises"]
            names += ["cautions"] if _cautions(catalogue, entry.slug, page) else []
            names += ["programmes"] if entry.slug in _leads(catalogue) else []
        case Library():
            names += ["exercises", *(["programmes"] if catalogue.programmes else [])]
            for n, series in enumerate(getattr(page, "series", [])):
                yield Anchor(series.id, line("series", n, "id"), "Choose another id.")
        case Glossary():
            names.append("words")
            for word in glossary.words(catalogue):
                hint = "Use another word, or delete it if it is a muscle: those come from docs/_data/vocabulary.yml."
                yield Anchor(word.id, None if word.place is None else line("terms", word.place), hint)
    if entry.kind is ARTICLE and has("thumbnails") and catalogue.groups:
        names.append("exercises")
    names.append("print")
    sources = [*(getattr(page, "evidence", None) or [])]
    if isinstance(page, Condition):
        shared = catalogue.red_flags.part(lambda flags: flags)
        own = entry.part(lambda page: page.red_flags)
        for tier in red_flags.TIERS:
            for signs in (getattr(shared, tier, None) or [], getattr(own, tier, None) or []):
                joint = getattr(page, "joint", None)
                kept = [sign for sign in signs if red_flags.applies(getattr(sign, "only", None), joint)]
                sources += [key for sign in kept for key in sign.sources]
    if lists_all_sources(entry.page, catalogue.pages):
        sources = [*(catalogue.sources.part(lambda data: data.root) or {})]
    names += ["sources", *(f"source-{key}" for key in dict.fromkeys(sources))] if sources else []
    yield from map(Anchor, names)


def _leads(catalogue: Catalogue) -> set[str]:
    """The condition pages that lead to ready-made programmes."""
    every = (entry.part(lambda page: page.conditions) or [] for entry in catalogue.programmes.values())
    return {slug for slugs in every for slug in slugs}


def _has_cautions(catalogue: Catalogue, page: Programme) -> bool:
    codes = {code for phase in getattr(page, "phases", []) for item in phase.items for code in item.codes()}
    every = (entry for entry in catalogue.exercises.values() if entry.face.code in codes)
    return any(entry.part(lambda exercise: exercise.cautions) for entry in every)


def _cautions(catalogue: Catalogue, condition: str, page: Condition) -> bool:
    listed = [catalogue.exercises.get(slug) for slug in getattr(page, "exercises", [])]
    return any(named == condition for entry in listed if entry for _, named in entry.face.cautions)
