"""That warning signs are short, stand once, and are there for each page and each tier."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ..content.catalogue import Catalogue, Entry, PageEntry
from ..content.data_files import SharedRedFlags
from ..content.model import Condition, Sign
from ..content.red_flags import JOINT, TIERS, applies
from ..problems import Problem, did_you_mean
from ..rules import Rule

MOST_WORDS = 15
"""Of a sign, and of a note: who is afraid reads no more (clinical sheet 2, A15)."""
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """Hold the signs of all condition pages against each other and against those that they share."""
    shared = catalogue.red_flags.part(lambda flags: flags)
    joints = {joint: entry for entry in catalogue.conditions.values() if (joint := entry.part(lambda page: page.joint))}
    if shared is not None:
        yield from _short(catalogue.red_flags, (), shared)
        yield from _joints(catalogue, shared, [*joints])
    for entry in catalogue.conditions.values():
        own = entry.part(lambda page: page.red_flags)
        if own is not None:
            yield from _short(entry, ("red_flags",), own)
        if shared is not None:
            yield from _of_page(entry, shared)


def sources(catalogue: Catalogue) -> Iterator[tuple[Entry[Any], tuple[str | int, ...], list[str]]]:
    """What each sign rests on: its file, the place there, and the keys."""
    shared = catalogue.red_flags.part(lambda flags: flags)
    own = [(entry, ("red_flags",), entry.part(lambda page: page.red_flags)) for entry in catalogue.conditions.values()]
    everywhere: list[tuple[Entry[Any], tuple[str, ...], Any]] = [(catalogue.red_flags, (), shared), *own]
    for entry, place, flags in everywhere:
        for tier in TIERS:
            for n, sign in enumerate(_signs(flags, tier)):
                yield entry, (*place, tier, n, "sources"), sign.sources


def _signs(flags: Any, tier: str) -> list[Any]:
    return getattr(flags, tier, None) or []


def _short(entry: Entry[Any], place: tuple[str, ...], flags: Any) -> Iterator[Problem]:
    for tier in TIERS:
        for n, sign in enumerate(_signs(flags, tier)):
            for key, text in (("text", sign.text), ("note", sign.note or "")):
                if (count := len(_WORD.findall(text))) > MOST_WORDS:
                    what = "The sign" if key == "text" else "The note"
                    message = f"{what} has {count} words, and {MOST_WORDS} are the most."
                    hint = "Make two signs of it, or put what explains it into 'note'."
                    line = entry.document.line(*place, tier, n, key)
                    yield Problem(entry.path, line, Rule.SIGN_LONG, message, hint if key == "text" else "Shorten it.")


def _joints(catalogue: Catalogue, shared: SharedRedFlags, joints: list[str]) -> Iterator[Problem]:
    entry = catalogue.red_flags
    for tier in TIERS:
        for n, sign in enumerate(_signs(shared, tier)):
            if sign.only and joints and sign.only not in joints:
                message = f"No condition page has the joint '{sign.only}'."
                line = entry.document.line(tier, n, "only")
                yield Problem(entry.path, line, Rule.LINK_BROKEN, message, did_you_mean(sign.only, joints))


def _of_page(entry: PageEntry[Condition], shared: SharedRedFlags) -> Iterator[Problem]:
    joint, own = entry.part(lambda page: page.joint), entry.part(lambda page: page.red_flags)
    common = {tier: [sign for sign in _signs(shared, tier) if applies(sign.only, joint)] for tier in TIERS}
    if joint is None and any(JOINT in f"{sign.text}{sign.note}" for signs in common.values() for sign in signs):
        if "joint" not in entry.document.data:
            message = f"'joint' is missing, which the shared signs need for {JOINT}."
            yield Problem(entry.path, 1, Rule.KEY_MISSING, message, "Add what hurts in one word, as in 'joint: knee'.")
        return
    if own is None:
        return
    for tier in TIERS:
        place = ("red_flags", tier)
        if not common[tier] and not entry.document.data["red_flags"].get(tier, "missing"):
            message, hint = f"'{tier}' is empty, so the page would have no sign of this kind.", "Write at least one."
            yield Problem(entry.path, entry.document.line(*place), Rule.KEY_MISSING, message, hint)
        texts = [_plain(sign, joint) for sign in common[tier]]
        for n, sign in enumerate(_signs(own, tier)):
            if (text := _plain(sign, joint)) in texts:
                message, hint = "This sign stands on the page already.", "Delete it here."
                yield Problem(entry.path, entry.document.line(*place, n), Rule.VALUE_INVALID, message, hint)
            texts.append(text)


def _plain(sign: Sign, joint: str | None) -> str:
    return sign.text.replace(JOINT, joint or JOINT).casefold().rstrip(".")
