"""Whether `equipment` is what title, aliases and steps name, and goes where they say."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from difflib import get_close_matches
from typing import TypeAlias

from ..content.front_matter import Place
from ..content.model import Exercise, Item, Role
from ..rules import Rule
from .findings import Finding, known
from .lexicon import Language, Mention, Sentence


def equipment_is_known(exercise: Exercise, language: Language) -> Iterator[Finding]:
    """Every thing, once, and its places must be in the vocabulary; a thing with places must have one."""
    things = language.vocabulary.equipment
    for n, (name, places) in enumerate(exercise.equipment):
        at = ("equipment", n)
        thing = things.get(name)
        if thing is None:
            message = f"'{name}' is not in the list of equipment."
            yield Finding(at, Rule.VALUE_INVALID, message, known(things, "'equipment'"))
            continue
        if not places and thing.places:
            hint = f"Write '{{{name}: {next(iter(thing.places))}}}'; places are {', '.join(thing.places)}."
            yield Finding(at, Rule.EQUIPMENT_STEPS, f"This does not say where the {name} goes.", hint)
        for m, place in enumerate(places):
            if place in places[:m]:
                yield Finding(at, Rule.VALUE_INVALID, f"'{place}' is listed twice.")
            elif place not in thing.places:
                hint = known(thing.places, f"'places' of '{name}'") if thing.places else f"Write '{name}'."
                yield Finding(at, Rule.VALUE_INVALID, f"'{place}' is not a place for '{name}'.", hint)
        if name in (item.name for item in exercise.equipment[:n]):
            hint = "Two of them at two places are one: '{band: [above-knees, ankles]}'." if thing.places else ""
            yield Finding(at, Rule.VALUE_INVALID, f"'{name}' is listed twice.", hint)


def things_of(exercise: Exercise, language: Language) -> set[str]:
    """The things of the equipment; for an id that is not known, which is told, the one that it is most like."""
    things = language.vocabulary.equipment
    names = {item.name for item in exercise.equipment}
    return names | {like for name in names - things.keys() for like in get_close_matches(name, things, n=1)}


def things_that_are_named_are_listed(exercise: Exercise, language: Language) -> Iterator[Finding]:
    """A thing that title, alias, step or movement names is in the equipment; of things of which one will do, one is."""
    listed = things_of(exercise, language)
    things = language.vocabulary.equipment
    named: set[str] = set()
    for place, text in _names_and_steps(exercise, language):
        for group, state in language.things_in(text):
            ids = frozenset[str]().union(*(mention.ids for mention in group))
            if not state.is_real or ids & listed or ids & named:
                continue
            named |= ids
            name = next(thing for thing in things if thing in ids)
            hint = f"Add '{name}' to 'equipment'{', with its place' if things[name].places else ''}."
            message = f"This mentions the {things[name].name.lower()}, which is not in 'equipment'."
            yield Finding(place, Rule.EQUIPMENT_STEPS, message, hint)


def things_that_are_listed_are_named(exercise: Exercise, language: Language) -> Iterator[Finding]:
    """A thing in the equipment is in a step, or under 'easier' or 'harder'; one with a place in a step, with it."""
    if Role.START not in (step.role for step in exercise.steps):
        return  # the step that would name it
    steps = [step.text for step in exercise.steps]
    around = [*getattr(exercise, "easier", []), *getattr(exercise, "harder", [])]
    things = language.vocabulary.equipment
    in_steps, in_others = _named(steps, language), _named(around, language)
    for n, item in enumerate(exercise.equipment):
        thing = things.get(item.name)
        if thing is None or not thing.words:
            continue
        if item.name not in in_steps | (set() if thing.places else in_others):
            message = f"'{item.name}' is in 'equipment', but no step uses it."
            hint = (
                "Say in the first step where it goes." if thing.places else "Delete it here, or say in a step what for."
            )
            yield Finding(("equipment", n), Rule.EQUIPMENT_STEPS, message, hint)
        elif item.places and {*item.places} <= thing.places.keys():
            yield from _places(("equipment", n), item, steps, language)


def _places(at: Place, item: Item, steps: list[str], language: Language) -> Iterator[Finding]:
    """A thing goes where the sentence says that names it: to the place that is nearest to it there."""
    sentences = [sentence for text in steps for sentence in language.reader.sentences(text)]
    thing = language.vocabulary.equipment[item.name]
    near: list[list[Ids]] = []
    first: set[str] = set()
    around: set[str] = set()
    for n, sentence in enumerate(sentences):
        mentions = [mention for mention in language.things.find(sentence) if item.name in mention.ids]
        if not mentions:
            continue
        put = _nearest(sentence, mentions, language, item.name)
        around |= _where(sentence, language, item.name)
        after = sentences[n + 1] if n + 1 < len(sentences) else None
        if after and (it := language.phrase("it").find(after)):  # "Take a band. Put it around your feet."
            put = put or _nearest(after, it, language, item.name)
            around |= _where(after, language, item.name)
        if put and not first:
            first = {id_ for ids in put[0] for id_ in ids} | _where(sentence, language, item.name)
        near += put
    named = {id_ for places in near for ids in places for id_ in ids} | around
    for place in item.places:
        if place not in named:
            message = f"No sentence that names the {thing.name.lower()} says that it goes {thing.places[place].name}."
            yield Finding(at, Rule.EQUIPMENT_STEPS, message, "Correct the step, or the place here.")
            return
    if first and not first & {*item.places}:
        message = (
            f"The steps put the {thing.name.lower()} {thing.places[min(near[0][0])].name}, which is not said here."
        )
        yield Finding(at, Rule.EQUIPMENT_STEPS, message, "Add the place here, or correct the step.")


REACH = 4
"""Words between "around" and what it goes around: "across the front of your hips"."""
NEAR = 5
"""Words between a thing and where it goes."""
Ids: TypeAlias = frozenset[str]


def _nearest(sentence: Sentence, mentions: list[Mention], language: Language, name: str) -> list[list[Ids]]:
    """For each mention the place after it that is nearest, with those joined to it; where none comes after any, the
    one before."""
    places = language.places(name).find(sentence)
    begins = [place.start for place in places]
    puts = _puts(sentence, language)
    nearest: list[list[Ids]] = []
    ends = [*(mention.start for mention in mentions[1:]), len(sentence.words)]
    for mention, end in zip(mentions, ends, strict=True):
        after = places[bisect_left(begins, mention.end) : bisect_left(begins, end)]
        if not after or not (_is_near(mention, after[0]) or any(after[0].start - gap in puts for gap in range(2))):
            continue
        near = [after[0]]
        for place in after[1:]:
            if not language.is_joined(sentence.words[near[-1].end : place.start]):
                break
            near.append(place)
        nearest.append([place.ids for place in near])
    before = [place.ids for place in places if place.end <= mentions[0].start][-1:]
    return nearest or ([before] if before else [])


def _is_near(mention: Mention, place: Mention) -> bool:
    return place.start - mention.end <= NEAR


def _where(sentence: Sentence, language: Language, name: str) -> set[str]:
    """The places in a sentence that are named by a phrase of their own, such as "behind your knee", or after a word for
    putting something there: "slide it up to your ankles"."""
    puts = _puts(sentence, language)
    return {
        id_
        for place in language.places(name).find(sentence)
        for id_ in place.ids
        if place.end - place.start > 1 or any(place.start - gap in puts for gap in range(REACH + 1))
    }


def _puts(sentence: Sentence, language: Language) -> set[int]:
    """Where words for putting something somewhere end."""
    return {mention.end for mention in language.phrase("putting").find(sentence)}


def _named(texts: list[str], language: Language) -> set[str]:
    """The things that the texts use: what is only imagined, nobody does."""
    return {
        id_
        for text in texts
        for group, state in language.things_in(text)
        if not state.is_imagined
        for mention in group
        for id_ in mention.ids
    }


def _names_and_steps(exercise: Exercise, language: Language) -> Iterator[tuple[Place, str]]:
    if title := getattr(exercise, "title", None):
        yield ("title",), title
    if plain := getattr(exercise, "plain", None):
        yield ("plain",), plain
    yield from ((("aliases", n), alias) for n, alias in enumerate(getattr(exercise, "aliases", [])))
    yield from ((("steps", n), step.text) for n, step in enumerate(getattr(exercise, "steps", [])))
    movements = getattr(language.vocabulary, "movements", {})
    known_movements = [movements[name].name for name in getattr(exercise, "movements", []) if name in movements]
    yield ("movements",), ". ".join(known_movements)
