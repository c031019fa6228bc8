"""What a text names of the vocabulary: words are compared, not letters, in one pass over each sentence.

A phrase is found in any number ("bands"), with any hyphen ("side-lying"), with any word for whose it is ("on her side")
and with left and right before its words ("on your left side"). Of phrases that begin at the same word the longest
counts, so that `not_words`, which are longer than the words in them, take these away.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from ..content.data_files import Movement, Muscle, Phrases, Vocabulary, Worded
from ..content.model import Exercise, Role

_TOKEN = re.compile(r"\d+(?:[.,]\d+)?|[^\W\d_]+(?:['’][^\W\d_]+)*|[.!?;…]|[,:()–—]")
_ENDS = frozenset(".!?;…")
_BREAKS = frozenset(",:()–—")
YOURS = "your"


class Sentence(NamedTuple):
    """The words of a sentence, in small letters: `words` as they are compared, `plain` as they stand, left and right
    among them. A comma, colon, dash or bracket is a word of its own."""

    words: tuple[str, ...]
    plain: tuple[str, ...]


class Mention(NamedTuple):
    """That a sentence names one of `ids`, with its words from `start` to before `end`."""

    ids: frozenset[str]
    start: int
    end: int


class ReadStep(NamedTuple):
    """A step of an exercise, counted from 0."""

    number: int
    role: Role
    sentences: tuple[Sentence, ...]


class Reader:
    """Takes texts apart into sentences of words, as a language has them."""

    def __init__(self, phrases: Phrases, singular: Callable[[str], str]) -> None:
        self._whose = {word.lower() for word in phrases.whose}
        self.left = {word.lower() for word in phrases.left}
        self.right = {word.lower() for word in phrases.right}
        self._singular = singular
        self._words: dict[str, str] = {}
        self._sentences: dict[str, tuple[Sentence, ...]] = {}

    def phrase(self, text: str) -> tuple[str, ...]:
        """The words of a phrase of the vocabulary, as they are compared."""
        return tuple(map(self.word, self.plain(text)))

    def plain(self, text: str) -> tuple[str, ...]:
        """The words of a phrase as they stand."""
        return tuple(_TOKEN.findall(text.lower().replace("’", "'")))

    def sentences(self, text: str) -> tuple[Sentence, ...]:
        """The sentences of a text."""
        known = self._sentences.get(text)
        if known is None:
            known = self._sentences[text] = tuple(self._read(text))
        return known

    def steps(self, exercise: Exercise) -> list[ReadStep]:
        """All steps of an exercise."""
        return [ReadStep(n, step.role, self.sentences(step.text)) for n, step in enumerate(exercise.steps)]

    def _read(self, text: str) -> Iterable[Sentence]:
        plain: list[str] = []
        for token in (*_TOKEN.findall(text.lower().replace("’", "'")), "."):
            if token not in _ENDS:
                plain.append(token)
            elif plain:
                words = tuple(self.word(word) for word in plain if word not in self.left and word not in self.right)
                yield Sentence(words, tuple(plain))
                plain = []

    def word(self, word: str) -> str:
        """A word as it is compared."""
        known = self._words.get(word)
        if known is None:
            known = self._words[word] = YOURS if word in self._whose else self._singular(word)
        return known


class Lexicon:
    """Phrases and what they mean, by id."""

    def __init__(self, entries: Mapping[str, Worded], read: Callable[[str], tuple[str, ...]]) -> None:
        meanings: dict[tuple[str, ...], set[str]] = {}
        for id_, entry in entries.items():
            for phrase in entry.words:
                meanings.setdefault(read(phrase), set()).add(id_)
        for entry in entries.values():
            for phrase in entry.not_words:
                meanings.setdefault(read(phrase), set())
        self._by_first: dict[str, list[tuple[tuple[str, ...], frozenset[str]]]] = {}
        for words, ids in sorted(meanings.items(), key=lambda item: -len(item[0])):
            if words:
                self._by_first.setdefault(words[0], []).append((words, frozenset(ids)))

    def find(self, sentence: Sentence) -> list[Mention]:
        """What the sentence names, in its order."""
        words, mentions, at = sentence.words, [], 0
        if self._by_first.keys().isdisjoint(words):
            return []
        while at < len(words):
            for phrase, ids in self._by_first.get(words[at], ()):
                if words[at : at + len(phrase)] == phrase:
                    if ids:
                        mentions.append(Mention(ids, at, at + len(phrase)))
                    at += len(phrase) - 1
                    break
            at += 1
        return mentions

    def names(self, sentences: Iterable[Sentence]) -> bool:
        """Whether any of the sentences names anything."""
        return any(self.find(sentence) for sentence in sentences)


class State(NamedTuple):
    """How a mention is meant. Real: it is there. Otherwise it need not be, or is only imagined."""

    is_real: bool
    is_imagined: bool = False


REAL, SPARE, IMAGINED = State(True), State(False), State(False, is_imagined=True)
_DIGITS = 6
_REACH = 3
"""Words after "without" of which one may be what is absent: "without a loop band"."""
_GAP = 4
"""Words between two things of which one will do: "a strap, a belt or a long towel"."""


class Language:
    """All the words of one site: those of its vocabulary, and its phrases.

    Of a vocabulary of which parts are missing, to ask for what needs them raises `MissingError`.
    """

    def __init__(self, vocabulary: Vocabulary, singular: Callable[[str], str]) -> None:
        self.vocabulary = vocabulary
        self._singular = singular
        self._phrases: dict[str, Lexicon] = {}
        self._plain: dict[str, Lexicon] = {}
        self._places: dict[str, Lexicon] = {}

    @cached_property
    def reader(self) -> Reader:
        return Reader(self.vocabulary.phrases, self._singular)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        phrases = self.vocabulary.phrases
        numbers = {word.lower(): number for number, word in enumerate(phrases.numbers)}
        often = {word.lower(): number for number, words in ((1, phrases.once), (2, phrases.twice)) for word in words}
        return often | numbers | {word.lower(): 10 * number for number, word in enumerate(phrases.tens, 1)}

    def phrase(self, name: str) -> Lexicon:
        """The lexicon of one of the site's phrases, by the name of its field; each phrase means that name."""
        if name not in self._phrases:
            self._phrases[name] = Lexicon({name: getattr(self.vocabulary.phrases, name)}, self.reader.phrase)
        return self._phrases[name]

    def find_plain(self, name: str, sentence: Sentence) -> list[Mention]:
        """Where a sentence has one of these phrases with every word as it stands: "leg" is not "legs"."""
        if name not in self._plain:
            self._plain[name] = Lexicon({name: getattr(self.vocabulary.phrases, name)}, self.reader.plain)
        return self._plain[name].find(Sentence(sentence.plain, sentence.plain))

    def knows(self, *names: str) -> bool:
        """Whether the site has all these phrases: that one is missing in a text is no mistake if nobody knows it."""
        return all(getattr(self.vocabulary.phrases, name).words for name in names)

    def says(self, name: str, sentences: Iterable[Sentence]) -> bool:
        """Whether one of the sentences has one of these phrases."""
        return self.phrase(name).names(sentences)

    def names_one_leg(self, sentence: Sentence) -> bool:
        """Whether a word for one of two stands before a part of which there are two: "your other leg"."""
        legs = {mention.start for mention in self.find_plain("leg", sentence)}
        return bool(self.find_plain("one_leg", sentence)) or any(
            mention.end in legs for mention in self.find_plain("single", sentence)
        )

    @cached_property
    def things(self) -> Lexicon:
        return Lexicon(self.vocabulary.equipment, self.reader.phrase)

    def places(self, thing: str) -> Lexicon:
        """The places of a thing."""
        if thing not in self._places:
            self._places[thing] = Lexicon(self.vocabulary.equipment[thing].places, self.reader.phrase)
        return self._places[thing]

    @cached_property
    def positions(self) -> Lexicon:
        """Positions, and words for coming to them."""
        entries = {
            id_: Worded(words=[*position.words, *position.reached_by], not_words=position.not_words)
            for id_, position in self.vocabulary.positions.items()
        }
        return Lexicon(entries, self.reader.phrase)

    @cached_property
    def positions_in_moves(self) -> Lexicon:
        """Positions where words for coming to one mean a movement."""
        entries = {
            id_: Worded(words=position.words, not_words=[*position.not_words, *position.reached_by])
            for id_, position in self.vocabulary.positions.items()
        }
        return Lexicon(entries, self.reader.phrase)

    @cached_property
    def muscles(self) -> Lexicon:
        """Muscles, by all their names."""
        entries = {id_: _named(muscle) for id_, muscle in self.vocabulary.muscles.items()}
        return Lexicon(entries, self.reader.phrase)

    @cached_property
    def movements(self) -> Lexicon:
        """Movements, by their names and words."""
        return Lexicon(
            {id_: _named(movement) for id_, movement in self.vocabulary.movements.items()}, self.reader.phrase
        )

    def number(self, word: str) -> int | None:
        """The number that a word is, rounded down; None when it is none, or longer than any that is counted."""
        if not word[:1].isdecimal():
            return self._numbers.get(word)
        return int(float(word.replace(",", "."))) if len(word) <= _DIGITS else None

    def things_in(self, text: str) -> list[tuple[list[Mention], State]]:
        """The things that a text names, those together of which one will do, and how they are meant."""
        things: list[tuple[list[Mention], State]] = []
        for sentence in self.reader.sentences(text):
            mentions = self.things.find(sentence)
            if not mentions:
                continue
            states = self.states(sentence)
            groups = [[mentions[0]]]
            for before, mention in pairwise(mentions):
                if self.is_listed(sentence.words[before.end : mention.start]):
                    groups[-1].append(mention)
                else:
                    groups.append([mention])
            for group in groups:
                is_choice = self._has_either(sentence.words[group[0].start : group[-1].end])
                parts = [group] if is_choice else [[mention] for mention in group]
                things += [(part, states[part[0].start]) for part in parts]
        return things

    def states(self, sentence: Sentence) -> list[State]:
        """How each word of a sentence is meant."""
        words = sentence.words
        optional = self.phrase("optional").find(sentence)
        is_spare = optional or any(mention.start == 0 for mention in self.phrase("condition").find(sentence))
        states = [SPARE if is_spare else REAL] * len(words)
        spoken = {at for mention in optional for at in range(mention.start, mention.end)}
        for name, state, reach in (
            ("example", SPARE, len(words)),
            ("absent", IMAGINED, _REACH),
            ("unreal", IMAGINED, len(words)),
        ):
            for mention in self.phrase(name).find(sentence):
                for at in range(mention.end, min(mention.end + reach, len(words))):
                    if words[at] in _BREAKS or mention.start in spoken or states[at] is state:
                        break  # the last because all that follows is marked already
                    states[at] = state
        return states

    def is_listed(self, between: tuple[str, ...]) -> bool:
        """Whether two things with these words between them stand in one list."""
        is_near = len(between) <= _GAP
        return is_near and ("," in between or self._has_either(between))

    def is_joined(self, between: tuple[str, ...]) -> bool:
        """Whether two places with these words between them belong together."""
        joining = self.phrase("joining")
        return all(word in _BREAKS or joining.find(Sentence((word,), (word,))) for word in between)

    def _has_either(self, words: tuple[str, ...]) -> bool:
        return bool(self.phrase("either").find(Sentence(words, ())))


def _named(entry: Muscle | Movement) -> Worded:
    names = [entry.plain, entry.latin, *entry.also] if isinstance(entry, Muscle) else [entry.name]
    return Worded(words=[*filter(None, names), *entry.words], not_words=entry.not_words)
