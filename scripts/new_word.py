"""Add a muscle, a movement, a position or a thing to the vocabulary that exercise pages choose from."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from authoring import session, word_entry
from authoring.dialogue import Dialogue
from authoring.offers import ChoiceError, Offers, pick
from authoring.session import RefusalError, Session
from authoring.word_entry import FILE, GROUPS, EntryError, Question, Value
from hipknee.calls import run

ROOT = Path(__file__).resolve().parent.parent
KINDS = {
    "muscle": "a muscle",
    "movement": "a movement: what a joint does",
    "position": "a position: how you lie, sit or stand",
    "thing": "a thing that an exercise needs",
}
FIELDS = {"muscle": "muscles", "movement": "movements", "position": "position", "thing": "equipment"}
"""Of an exercise page, by the kind of word that it names."""


def main() -> int:
    parser = argparse.ArgumentParser(
        usage="%(prog)s [KIND] [NAME] [OPTION ...]",
        description=f"{__doc__} On a terminal it asks for what you do not give here.",
        epilog='Example: python scripts/new_word.py thing "Foam roller" --words "foam roller, roller". '
        "Exit status: 0 written, 1 not written, 2 wrong usage.",
    )
    parser.add_argument("kind", nargs="?", choices=[*KINDS], metavar="KIND", help=", ".join(KINDS))
    parser.add_argument("name", nargs="?", help="its name; of a muscle the plain one: shin muscles")
    parser.add_argument("--slug", metavar="ID", help="its id, which pages name (default: made from its name)")
    parser.add_argument("--latin", metavar="NAME", help="of a muscle: its Latin name")
    parser.add_argument("--plain", metavar="WORDS", help="of a movement: what it is in plain words")
    parser.add_argument("--also", metavar="A,B", help="of a muscle: what else it is called")
    parser.add_argument("--words", metavar="A,B", help="words by which steps name it")
    parser.add_argument("--means", metavar="TEXT", help="of a muscle: where it is and what it does")
    parser.add_argument("--prime", metavar="A,B", help="of a movement: the muscles that do most of it")
    parser.add_argument("--muscles", metavar="A,B", help="of a movement: other muscles that it trains")
    parser.add_argument("--stretches", metavar="A,B", help="of a movement: the muscles that it stretches")
    parser.add_argument("--sources", metavar="A,B", help="keys of docs/_data/sources.yml; a movement needs one")
    parser.add_argument("--reps", metavar="WORD", help="of a position: what a repetition is called there")
    parser.add_argument("--posture", metavar="WORD", help="of a position: lying, standing or sitting, if it is one")
    parser.add_argument("--places", metavar="A;B", help="of a thing: 'around your ankles: ankle, ankles; above ...'")
    options = session.arguments(parser, ROOT)
    dialogue = session.dialogue(options)
    if not (options.root / FILE).is_file():
        parser.error(f"there is no {options.root / FILE}")
    if dialogue is None and not (options.kind and options.name):
        parser.error('the kind and the name are missing, such as: thing "Foam roller"')
    return session.ending(lambda: _add(options, dialogue), parser, options.root)


def _add(options: argparse.Namespace, dialogue: Dialogue | None) -> int:
    project = Session(options.root)
    kind = options.kind or (dialogue and dialogue.single("What do you add? A number.", KINDS, needed=True)) or ""
    group = GROUPS[kind]
    name = options.name
    if name is None and dialogue:
        name = dialogue.text(f"What is it called? Such as: {group.example}", needed=True)
    name = session.title(name or "")
    id_ = session.slug_of(name, options.slug, dialogue)
    if id_ in (project.catalogue.vocabulary.document.data.get(group.key) or {}):
        raise RefusalError(f"There is already a '{id_}' in '{group.key}' in {FILE}. Choose another name.")
    for key in "latin plain also means prime muscles stretches reps posture places sources".split():
        if getattr(options, key) is not None and key not in {question.key for question in group.questions}:
            raise ChoiceError(f"--{key} is not for a {kind}")
    offers = Offers(project.catalogue)
    values = {question.key: _value(question, options, dialogue, offers, kind) for question in group.questions}
    try:
        project.add_entry(FILE, (group.key,), id_, word_entry.rows(group, name, values))
        notes = word_entry.check(project.catalogue, project.changed[project.root / FILE])
    except EntryError as error:
        raise RefusalError(str(error)) from error
    project.write()
    project.report()
    print(f"Exercise pages may now name it under '{FIELDS[kind]}': {id_}")
    for note in notes:
        print(f"By these words the check now finds something in {note}")
    print(f"Its entry is in {FILE}, where you can change it. Then run '{session.CHECK}'.")
    return 0


def _value(
    question: Question, options: argparse.Namespace, dialogue: Dialogue | None, offers: Offers, kind: str
) -> Value:
    """What was given or is answered; "" or [] for nothing. Raises `ChoiceError` where something is needed."""
    given: str | None = getattr(options, question.key)
    known: dict[str, str] = getattr(offers, question.offers) if question.offers else {}
    if given is None and dialogue:
        later = "" if question.needed else " Enter for none."
        if known:
            several = f"{question.text} Numbers with commas between.{later}"
            return dialogue.some(several, known, needed=question.needed)
        given = dialogue.text(f"{question.text}{later}", needed=question.needed)
    if given is None or not given.strip():
        if question.needed:
            raise ChoiceError(f"a {kind} needs --{question.key}")
        return [] if question.is_list else ""
    if known:
        return pick(given, known)
    texts = given.split(";" if question.key == "places" else ",")
    return [text.strip() for text in texts if text.strip()] if question.is_list else " ".join(given.split())


if __name__ == "__main__":
    sys.exit(run(main))
