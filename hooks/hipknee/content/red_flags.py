"""The warning signs of condition pages: those that all share, with the joint filled in, and then their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from itertools import groupby
from typing import NamedTuple

from ..wording import Linked
from .data_files import SharedRedFlags
from .model import Condition, Sign

JOINT = "{joint}"
TIERS = ("emergency", "same_day", "book")


class Shown(NamedTuple):
    """A sign as it is printed. `note` is "" where there is none, or where the next sign has the same."""

    text: str
    note: str
    sources: tuple[str, ...] = ()
    """Keys of who says so."""
    group: str = ""
    """The heading above it; "" where it has none."""


def on_page(condition: Condition, shared: SharedRedFlags) -> Mapping[str, list[Shown]]:
    """The signs of a page, by how soon they need help."""
    return {tier: [*_printed(_signs(condition, shared, tier))] for tier in TIERS}


def together(conditions: Iterable[Condition], shared: SharedRedFlags, joints: str) -> Mapping[str, list[Shown]]:
    """The signs of several pages in one list, each once: "Suddenly you cannot move your knee or hip at all."

    `joints` names all their joints, and is filled in where each page has its own.
    """
    pages = [*conditions]
    signs: dict[str, list[Shown]] = {}
    for tier in TIERS:
        common = [sign for sign in getattr(shared, tier) if any(applies(sign.only, page.joint) for page in pages)]
        own = {sign.text: sign for page in pages for sign in getattr(page.red_flags, tier)}
        signs[tier] = [*_printed([*(_filled(sign, joints) for sign in common), *own.values()])]
    return signs


def grouped(signs: Iterable[Shown]) -> list[tuple[str, list[Shown]]]:
    """The signs of a tier in their order, those that have the same heading together, each time with it."""
    return [(group, [*those]) for group, those in groupby(signs, lambda sign: sign.group)]


def sources(condition: Condition, shared: SharedRedFlags) -> list[str]:
    """The keys of a page's list of sources: what the page rests on, and behind it what only its signs rest on."""
    every = [key for tier in TIERS for sign in _signs(condition, shared, tier) for key in sign.sources]
    return [*dict.fromkeys([*condition.evidence, *every])]


def applies(only: str | None, joint: str | None) -> bool:
    """Whether a shared sign stands on the pages of a joint."""
    return only is None or only == joint


def _signs(condition: Condition, shared: SharedRedFlags, tier: str) -> list[Sign]:
    joint = condition.joint or JOINT
    common = [sign for sign in getattr(shared, tier) if applies(sign.only, condition.joint)]
    own: list[Sign] = getattr(condition.red_flags, tier)
    return [*(_filled(sign, joint) for sign in common), *own]


def _filled(sign: Sign, joint: str) -> Sign:
    texts = {name: (text := getattr(sign, name)) and _with(text, joint) for name in ("text", "note", "group")}
    return sign.model_copy(update=texts)


def _with(text: str, joint: str) -> str:
    plain = text.replace(JOINT, joint)
    return Linked(plain, text.html.replace(JOINT, escape(joint))) if isinstance(text, Linked) else plain


def _printed(signs: Iterable[Sign]) -> Iterator[Shown]:
    every = [*signs]
    notes = [(sign.note, sign.group) for sign in every]
    for sign, note, after in zip(every, notes, [*notes, None][1:], strict=True):
        yield Shown(sign.text, sign.note if sign.note and note != after else "", (*sign.sources,), sign.group or "")
