"""Whether the fields have what the exercise's names say: movements, muscles and the position."""

from __future__ import annotations

from collections.abc import Iterator

from ..content.front_matter import Place
from ..content.model import Exercise
from ..rules import Rule
from .findings import Finding
from .lexicon import Language, Sentence


def movements_of_names_are_listed(exercise: Exercise, language: Language) -> Iterator[Finding]:
    """A title or alias that names a movement has it in `movements` or `stretches`."""
    listed = {*exercise.movements, *exercise.stretches}
    if not listed <= language.vocabulary.movements.keys():
        return
    for place, name, sentences in _names(exercise, language):
        for mention in (mention for sentence in sentences for mention in language.movements.find(sentence)):
            if not mention.ids & listed:
                movement = language.vocabulary.movements[min(mention.ids)].name.lower()
                field = "stretches" if exercise.kind == "stretch" else "movements"
                message = f"'{name}' names {movement}, which is not in '{field}'."
                yield Finding(place, Rule.NAME_FACTS, message, "Correct the name, or the movements.")
                return


def muscles_of_names_are_listed(exercise: Exercise, language: Language) -> Iterator[Finding]:
    """A title or alias that names a muscle has it in `muscles`."""
    listed = {*exercise.muscles.primary, *exercise.muscles.secondary}
    if not listed <= language.vocabulary.muscles.keys():
        return
    for place, name, sentences in _names(exercise, language):
        for mention in (mention for sentence in sentences for mention in language.muscles.find(sentence)):
            if not mention.ids & listed:
                muscle = language.vocabulary.muscles[min(mention.ids)].plain
                message = f"'{name}' names the {muscle}, which 'muscles' does not list."
                yield Finding(place, Rule.NAME_FACTS, message, "Correct the name, or the muscles.")
                return


def positions_of_names_are_kept(exercise: Exercise, language: Language) -> Iterator[Finding]:
    """A title or alias that names positions names that of the page. "Stand up" is a movement, not where one is."""
    if exercise.position not in language.vocabulary.positions:
        return
    for place, name, sentences in _names(exercise, language):
        claims = [mention.ids for sentence in sentences for mention in language.positions_in_moves.find(sentence)]
        if claims and not any(exercise.position in ids for ids in claims):
            other = language.vocabulary.positions[min(claims[0])].name.lower()
            message = f"'{name}' says '{other}', but 'position' is '{exercise.position}'."
            yield Finding(place, Rule.NAME_FACTS, message, "Correct the name, or the position.")
            return


def _names(exercise: Exercise, language: Language) -> Iterator[tuple[Place, str, tuple[Sentence, ...]]]:
    names: list[tuple[Place, str]] = []
    if title := getattr(exercise, "title", None):
        names.append((("title",), title))
    if plain := getattr(exercise, "plain", None):
        names.append((("plain",), plain))
    names += [(("aliases", n), alias) for n, alias in enumerate(getattr(exercise, "aliases", []))]
    for place, name in names:
        yield place, name, language.reader.sentences(name)
