"""The entry of a new word of the vocabulary: which fields each kind has, and how they are written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from hipknee.content import front_matter
from hipknee.content.catalogue import Catalogue, Entry
from hipknee.content.data_files import Vocabulary
from hipknee.content.insertion import brackets, scalar
from hipknee.content.slugs import slug
from hipknee.content.validation import validate
from hipknee.gate import cross_rules, exercise_rules
from hipknee.gate.lexicon import Language

FILE = "docs/_data/vocabulary.yml"
Value = str | list[str]


class Question(NamedTuple):
    """One field of an entry: how it is asked for, and of what it is."""

    key: str
    text: str
    offers: str = ""
    """The list that it chooses from: an attribute of `Offers`."""
    is_list: bool = False
    needed: bool = False


class Group(NamedTuple):
    """One kind of words: its list in the file, the field that has the name, the other fields."""

    key: str
    name: str
    example: str
    questions: tuple[Question, ...]


WORDS = Question("words", "By what other words do steps say it? With commas between.", is_list=True)
SOURCES = Question("sources", "Which sources say so? Keys of docs/_data/sources.yml.", is_list=True)
GROUPS = {
    "muscle": Group(
        "muscles",
        "plain",
        "shin muscles",
        (
            Question("latin", "What is its Latin name?"),
            Question("also", "What else is it called? With commas between.", is_list=True),
            WORDS,
            Question("means", "Where is it, and what does it do? One or two sentences for patients.", needed=True),
            SOURCES,
        ),
    ),
    "movement": Group(
        "movements",
        "name",
        "Knee extension",
        (
            Question("plain", "What is it in plain words, such as straightening your knee?", needed=True),
            WORDS,
            Question("prime", "Which muscles do most of it?", "muscles", True, True),
            Question("muscles", "Which other muscles does it train?", "muscles", True),
            Question("stretches", "Which muscles does it stretch?", "muscles", True),
            SOURCES._replace(needed=True),
        ),
    ),
    "position": Group(
        "positions",
        "name",
        "Sitting",
        (
            Question("reps", "What is a repetition called there, such as reps or steps?", needed=True),
            WORDS._replace(needed=True),
            Question("posture", "Is that lying, standing or sitting? One of the three words; Enter for none."),
        ),
    ),
    "thing": Group(
        "equipment",
        "name",
        "Foam roller",
        (
            WORDS._replace(needed=True),
            Question(
                "places",
                "Where on the body may it go? As 'around your ankles: ankle, ankles', with a semicolon between places; "
                "Enter where that need not be said.",
                is_list=True,
            ),
        ),
    ),
}


class EntryError(ValueError):
    """An entry that the vocabulary can't have. The message says why, as a sentence."""


def rows(group: Group, name: str, values: Mapping[str, Value]) -> list[str]:
    """The lines of an entry below its id; the first is empty. What has no value is left out."""
    lines = ["", f"{group.name}: {scalar(name)}"]
    for question in group.questions:
        value = values.get(question.key)
        if question.key == "places" and value:
            lines += ["places:", *(f"  {row}" for row in _places(value))]
        elif value:
            lines.append(f"{question.key}: {brackets(value) if isinstance(value, list) else scalar(value)}")
    return lines


def check(catalogue: Catalogue, raw: bytes) -> list[str]:
    """Hold the file with the new entry in it against the model and all rules. Raises `EntryError` for what is new.

    What the rules find now in the exercises that there are, which they read by the vocabulary, is a list of notes.
    """
    document, _ = front_matter.read_data(FILE, raw)
    reading = validate(Vocabulary, document)
    before = validate(Vocabulary, catalogue.vocabulary.document).problems
    known = {(problem.path, problem.message) for problem in [*before, *cross_rules.check(catalogue)]}
    candidate = replace(catalogue, vocabulary=Entry.of(document, reading.value, reading.draft))
    for problem in [*reading.problems, *cross_rules.check(candidate)]:
        if (problem.path, problem.message) not in known:
            raise EntryError(f"{problem.message} {problem.hint}".strip())
    return [note for note in _notes(candidate) if note not in {*_notes(catalogue)}]


def _notes(catalogue: Catalogue) -> list[str]:
    language = Language(catalogue.vocabulary.draft.partial, catalogue.say.singular)
    return [
        f"{entry.path}: {finding.message}"
        for entry in catalogue.exercises.values()
        for finding in exercise_rules.check(entry.draft, language)
    ]


def _places(value: Sequence[str]) -> list[str]:
    lines = []
    for place in value:
        name, _, words = place.partition(":")
        texts = [word.strip() for word in words.split(",") if word.strip()]
        if not name.strip() or not texts:
            raise EntryError(f"'{place}' needs the words that steps use: 'around your ankles: ankle, ankles'.")
        key = scalar(slug(texts[0]))
        lines.append(f"{key}: {{name: {scalar(name.strip(), in_brackets=True)}, words: {brackets(texts)}}}")
    return lines
