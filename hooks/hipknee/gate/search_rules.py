"""That the words of the search lead somewhere, stand once, and that the search knows those of every warning sign."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..content.catalogue import Catalogue, Entry
from ..content.data_files import SearchWords
from ..content.front_matter import Place
from ..content.kinds import EXERCISE
from ..content.red_flags import JOINT, TIERS
from ..problems import Problem, did_you_mean
from ..rules import Rule
from ..search_words import Words, alike, split
from .link_rules import Places


def check(catalogue: Catalogue, places: Mapping[str, Places]) -> Iterator[Problem]:
    """Hold the words against the pages, whose `places` stand by their paths below docs/, and against the signs."""
    entry = catalogue.search
    typed = entry.value
    if not entry.document.data or typed is None:
        return
    words = Words(catalogue.say)
    yield from _targets(catalogue, typed, places)
    yield from _joints(catalogue, typed)
    yield from _once(entry, typed, words)
    yield from _same(entry, typed, words)
    if typed.warnings:
        yield from _signs(catalogue, typed, words)


def _at(entry: Entry[Any], place: Place, rule: Rule, message: str, hint: str = "") -> Problem:
    return Problem(entry.path, entry.document.line(*place), rule, message, hint)


def _targets(catalogue: Catalogue, typed: SearchWords, places: Mapping[str, Places]) -> Iterator[Problem]:
    """Every page is there, and every place on it."""
    left_out = {*map(EXERCISE.path, catalogue.left_out)}
    for target in typed.pages:
        path, _, anchor = target.partition("#")
        place = ("pages", target)
        if path in left_out:
            continue
        if path not in catalogue.pages:
            hint = did_you_mean(path, catalogue.pages) or "Write its path below docs/, such as 'your-week.md'."
            yield _at(catalogue.search, place, Rule.LINK_BROKEN, f"There is no page '{path}'.", hint)
        elif anchor and path in places and places[path].exact and anchor not in places[path].ids:
            message = f"docs/{path} has no place '#{anchor}'."
            yield _at(catalogue.search, place, Rule.LINK_BROKEN, message, did_you_mean(anchor, places[path].ids))


def _joints(catalogue: Catalogue, typed: SearchWords) -> Iterator[Problem]:
    """The warnings of a joint are those of a condition page."""
    joints = [joint for page in catalogue.conditions.values() if (joint := page.part(lambda page: page.joint))]
    for joint in typed.warnings_of:
        if joint not in joints:
            message = f"No condition page has the joint '{joint}'."
            yield _at(catalogue.search, ("warnings_of", joint), Rule.LINK_BROKEN, message, did_you_mean(joint, joints))


def _lists(typed: SearchWords) -> Iterator[tuple[str, Place, list[str]]]:
    """The lists of what readers type: whom each leads to, its place, and what stands in it."""
    yield "warnings", ("warnings",), [*typed.warnings]
    for joint, phrases in typed.warnings_of.items():
        yield "warnings", ("warnings_of", joint), [*phrases]
    for target, phrases in typed.pages.items():
        yield "pages", ("pages", target), [*phrases]


def _once(entry: Entry[Any], typed: SearchWords, words: Words) -> Iterator[Problem]:
    """What leads to one place does not lead to another: of two the search would have to guess."""
    seen: dict[tuple[str, str], tuple[str, int]] = {}
    for kind, place, phrases in _lists(typed):
        for n, phrase in enumerate(phrases):
            line = entry.document.line(*place, n)
            key = kind, " ".join(sorted({*words.core(phrase)}))
            own = (phrase, line)
            other, at = seen.setdefault(key, own)
            if seen[key] is not own:
                message = f"To the search '{phrase}' is the same as '{other}' in line {at}."
                yield Problem(entry.path, line, Rule.KEY_DUPLICATE, message, "Keep one of the two.")


def _same(entry: Entry[Any], typed: SearchWords, words: Words) -> Iterator[Problem]:
    """Words that mean the same are single ones, and each stands in one row."""
    seen: dict[str, str] = {}
    for row, every in enumerate(typed.same):
        for n, word in enumerate(every):
            place = ("same", row, n)
            if len(split(word)) != 1:
                message = f"'{word}' is not one word."
                hint = "Write phrases below 'pages' or 'warnings', each where it leads."
                yield _at(entry, place, Rule.VALUE_INVALID, message, hint)
                continue
            other = seen.setdefault(words.stem(word), word)
            if other is not word:
                message = f"To the search '{word}' is the same as '{other}', which stands before it."
                yield _at(entry, place, Rule.KEY_DUPLICATE, message, "Delete it here.")


def _signs(catalogue: Catalogue, typed: SearchWords, words: Words) -> Iterator[Problem]:
    """Each word of a warning sign is one that leads somewhere, or one that nobody types by itself.

    A phrase counts for the signs that have all its words.
    """
    same = alike(typed.same, words)

    def terms(text: str) -> frozenset[str]:
        return frozenset(same.get(term, term) for term in words.core(text))

    names = {terms(phrase) for _, _, phrases in _lists(typed) for phrase in phrases}
    unsearched = frozenset[str]().union(*map(terms, typed.unsearched)) if typed.unsearched else frozenset[str]()
    for entry, place, text in _texts(catalogue):
        plain = text.replace(JOINT, " ")
        own = terms(plain)
        led = frozenset[str]().union(*(name for name in names if name <= own))
        lost = [word for word in split(plain) if not word.isdigit() and not terms(word) <= led | unsearched]
        lost = [word for word in dict.fromkeys(lost) if words.term(word)]
        if lost:
            several = ", ".join(f"'{word}'" for word in lost)
            message = f"Whoever searches for {several} is not led to this sign."
            hint = f"Add what patients type to 'warnings' in {catalogue.search.path}, or the word to 'unsearched'."
            yield _at(entry, place, Rule.SIGN_UNFOUND, message, hint)


def _texts(catalogue: Catalogue) -> Iterator[tuple[Entry[Any], Place, str]]:
    """Every warning sign with its place."""
    shared = catalogue.red_flags.part(lambda flags: flags)
    own = [(entry, ("red_flags",), entry.part(lambda page: page.red_flags)) for entry in catalogue.conditions.values()]
    everywhere: list[tuple[Entry[Any], tuple[str, ...], Any]] = [(catalogue.red_flags, (), shared), *own]
    for entry, place, flags in everywhere:
        for tier in TIERS:
            for n, sign in enumerate(getattr(flags, tier, None) or []):
                yield entry, (*place, tier, n, "text"), sign.text
