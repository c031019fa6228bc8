"""What is asked of an exercise's pictures as the page has them: which there are, and the words that stand for them."""

from __future__ import annotations

from collections.abc import Iterator

from ..content.front_matter import Place
from ..content.model import Aim, Exercise, Image
from ..rules import Rule
from . import equipment_rules, position_rules
from .findings import Finding
from .lexicon import Language

ALT_CHARACTERS = 150


def images_show_how_it_is_done(exercise: Exercise, _: Language) -> Iterator[Finding]:
    """Start and finish; or, of a stretch or a balance in one pose, that pose alone."""
    images = exercise.images
    start, finish, hold, way_back = images.start, images.finish, images.hold, images.way_back
    if hold and exercise.kind not in (Aim.STRETCH, Aim.BALANCE):
        message = f"Only a stretch or a balance has a picture 'hold', and 'kind' is '{exercise.kind}'."
        yield Finding(("images", "hold"), Rule.VALUE_INVALID, message, "Show 'start' and 'finish' instead.")
    elif hold and (start or finish or way_back):
        other = "'start' or 'finish'" if start or finish else "'way_back'"
        message = f"'images' has 'hold' beside {other}."
        yield Finding(("images", "hold"), Rule.VALUE_INVALID, message, "Keep 'hold' alone, or start and finish.")
    elif not hold:
        for role, image, meaning in (
            ("start", start, "where the movement begins"),
            ("finish", finish, "where it ends"),
        ):
            if image is None:
                message = f"'{role}' is missing in 'images'."
                yield Finding(("images",), Rule.IMAGE_MISSING, message, f"Add '{role}: …'. It shows {meaning}.")


def alt_texts_tell_what_is_seen(exercise: Exercise, _: Language) -> Iterator[Finding]:
    """Alt texts are short, are not file names, and tell start from finish."""
    title = getattr(exercise, "title", None)
    for place, image in exercise.all_images().items():
        alt, file = getattr(image, "alt", ""), getattr(image, "file", "")
        if len(alt) > ALT_CHARACTERS:
            message = f"The alt text has {len(alt)} characters; the limit is {ALT_CHARACTERS}."
            yield Finding((*place, "alt"), Rule.ALT_LONG, message)
        if alt and alt in (file, file.rsplit("/", 1)[-1], title):
            message = "The alt text does not say what the picture shows."
            yield Finding((*place, "alt"), Rule.ALT_MISSING, message, "Describe the pose and what moves.")
    start, finish, way_back = exercise.images.start, exercise.images.finish, exercise.images.way_back
    if start and finish and start.alt == finish.alt:
        message = "Start and finish have the same alt text, so readers who can't see them can't tell them apart."
        yield Finding(("images", "finish", "alt"), Rule.ALT_MISSING, message, "Say what is different at the end.")
    if way_back and way_back.alt in [image.alt for image in (start, finish) if image]:
        message = "The way back has the alt text of another picture: nobody who can't see them can tell them apart."
        yield Finding(
            ("images", "way_back", "alt"), Rule.ALT_MISSING, message, "Say what is different on the way back."
        )


def alt_texts_agree_on_the_person(exercise: Exercise, language: Language) -> Iterator[Finding]:
    """A person is he or she throughout a page."""
    phrases = language.vocabulary.phrases
    he, she = {word.lower() for word in phrases.he}, {word.lower() for word in phrases.she}
    first: str | None = None
    for place, alt in _alts(exercise):
        words = {word for sentence in language.reader.sentences(alt) for word in sentence.plain}
        for who, other in ((sorted(words & he), "she"), (sorted(words & she), "he")):
            if who and first == other:
                message = f"'{who[0]}' is another person than in the alt texts before."
                yield Finding((*place, "alt"), Rule.ALT_FACTS, message, "Keep to one person on a page: he, or she.")
                return
            if who and first is None:
                first = "he" if other == "she" else "she"


def alt_texts_agree_with_the_page(exercise: Exercise, language: Language) -> Iterator[Finding]:
    """What is seen in a picture is on the page: its things, and the position."""
    listed = equipment_rules.things_of(exercise, language)
    named = {
        id_
        for text in _texts(exercise)
        for group, _ in language.things_in(text)
        for mention in group
        for id_ in mention.ids
    }
    for place, alt in _alts(exercise):
        for group, state in language.things_in(alt):
            ids = frozenset().union(*(mention.ids for mention in group))
            if state.is_real and not ids & (listed | named):
                name = language.vocabulary.equipment[min(ids)].name.lower()
                message = f"The alt text shows the {name}, which the page does not have."
                yield Finding(
                    (*place, "alt"), Rule.ALT_FACTS, message, "Add it to 'equipment', or correct the alt text."
                )
                break
    yield from _positions(exercise, language)


def _positions(exercise: Exercise, language: Language) -> Iterator[Finding]:
    vocabulary = language.vocabulary
    position = exercise.position
    if position not in vocabulary.positions or not vocabulary.positions[position].words:
        return
    before, after = position_rules.around_the_move(exercise, language)
    for place, alt in _alts(exercise):
        if place[0] != "images":
            continue
        allowed = (
            {position} | {*vocabulary.positions[position].seen_as} | before | (set() if place[-1] == "start" else after)
        )
        for seen in position_rules.positions_in(alt, language):
            if seen.is_sure and not seen.ids & allowed:  # what is vague, such as "lies", a towel does too
                name = vocabulary.positions[min(seen.ids)].name.lower()
                message = f"The alt text says '{name}', but 'position' is '{position}'."
                yield Finding((*place, "alt"), Rule.ALT_FACTS, message, "Correct the one that is wrong.")
                return


def _alts(exercise: Exercise) -> Iterator[tuple[Place, str]]:
    """Every alt text that there is, with the place of its picture."""
    for place, image in exercise.all_images().items():
        if isinstance(image, Image) and (alt := getattr(image, "alt", "")):
            yield place, alt


def _texts(exercise: Exercise) -> Iterator[str]:
    """What the page says of the doing."""
    yield from (step.text for step in exercise.steps)
    yield from (*getattr(exercise, "easier", []), *getattr(exercise, "harder", []))
    for mistake in getattr(exercise, "mistakes", []):
        yield from (mistake.wrong, mistake.right)
