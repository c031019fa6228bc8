"""Add an exercise: its page with every field explained, its photos, and its name in every list it belongs to."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from authoring import pictures, session
from authoring.dialogue import Dialogue
from authoring.exercise_page import Answers, page, unfilled
from authoring.offers import KINDS, LEVELS, SIDES, ChoiceError, Offers, pick, pick_one
from authoring.pictures import Photos
from authoring.session import RefusalError, Session
from hipknee.calls import a_path, run
from hipknee.content.catalogue import CODES
from hipknee.content.front_matter import Place
from hipknee.content.kinds import CONDITION, EXERCISE, LIBRARY
from hipknee.content.model import Aim, Item

ROOT = Path(__file__).resolve().parent.parent
ONE_POSE = (Aim.STRETCH, Aim.BALANCE)
PHOTO = "drop the file here or type its path; Enter adds it later"
MISSING = "Is one missing? Press Ctrl-C, add it with scripts/new_word.py, and start again."


def main() -> int:
    parser = argparse.ArgumentParser(
        usage="%(prog)s [NAME] [OPTION ...]",
        description=f"{__doc__} On a terminal it asks for what you do not give here; "
        "elsewhere that is left to be filled in on the page.",
        epilog='Example: python scripts/new_exercise.py "Seated knee extension" --start a.jpg --finish b.jpg. '
        "Exit status: 0 written, 1 not written, 2 wrong usage.",
    )
    parser.add_argument("name", nargs="?", help="the exercise's name, as its heading")
    parser.add_argument("--slug", metavar="NAME", help="its address, such as heel-raise (default: made from its name)")
    parser.add_argument("--plain", metavar="NAME", help="what a patient would call it, in a few words")
    parser.add_argument("--level", choices=[*LEVELS], help="how hard it is, beside the others")
    parser.add_argument("--kind", choices=[*Aim], help="what it is for (default: strength)")
    parser.add_argument("--targets", metavar="A,B", help="the muscles that it trains, or stretches")
    parser.add_argument("--helpers", metavar="A,B", help="the muscles that help")
    parser.add_argument("--movements", metavar="A,B", help="what the joint does; of a stretch: what brings it")
    parser.add_argument("--position", metavar="P", help="how you lie, sit or stand")
    parser.add_argument("--side", choices=[*SIDES], help="how the two sides share the work")
    parser.add_argument(
        "--equipment", metavar="A,B", help="what is needed, with a place where it has one: mat,band:ankles"
    )
    parser.add_argument(
        "--helps",
        metavar="PAGE",
        action="append",
        help="a condition page; again for another; with the reason: PAGE=WHY",
    )
    parser.add_argument("--group", metavar="G", help="where the library lists it, if it has groups (default: the last)")
    parser.add_argument("--start", type=a_path, metavar="PHOTO", help="the photo of the start")
    parser.add_argument("--finish", type=a_path, metavar="PHOTO", help="the photo of the finish")
    parser.add_argument("--hold", type=a_path, metavar="PHOTO", help="the photo of a stretch or balance in one pose")
    parser.add_argument("--frame", action="store_true", help="cut start and finish to one frame, around their middle")
    options = session.arguments(parser, ROOT)
    dialogue = session.dialogue(options)
    if not (options.root / "docs" / "exercises").is_dir():
        parser.error(f"there is no {options.root / 'docs' / 'exercises'}")
    if options.name is None and dialogue is None:
        parser.error('the name is missing, such as "Seated knee extension"')
    if options.hold and (options.start or options.finish):
        parser.error("--hold is one photo of one pose: leave --start and --finish out")
    return session.ending(lambda: _add(options, dialogue), parser, options.root)


def _add(options: argparse.Namespace, dialogue: Dialogue | None) -> int:
    project = Session(options.root)
    offers = Offers(project.catalogue)
    title, slug = project.name(
        options, dialogue, EXERCISE, "What is the exercise called? Such as: Seated knee extension"
    )
    answers = replace(_answers(options, dialogue, offers, title), code=project.code(title))
    photos = _photos(options, dialogue, answers.kind)
    folder = project.root / "images" / slug
    for role in photos:
        if there := pictures.existing(folder, role):
            raise RefusalError(f"images/{slug}/{there} already exists, and pictures are never replaced.")
    roles = [*photos] if "hold" in photos else ["start", "finish"]
    files = {
        role: f"{role}{photos[role].ending}" if role in photos else pictures.existing(folder, role) for role in roles
    }
    missing = [f"images/{slug}/{role}.png" for role, file in files.items() if not file]
    named = {role: f"{slug}/{file or f'{role}.png'}" for role, file in files.items()}
    text = page(answers, named, offers)
    project.add(f"docs/{EXERCISE.path(slug)}", text.encode())
    for role, photo in photos.items():
        project.add(f"images/{named[role]}", photo.encoded())
    project.add_item(f"docs/{LIBRARY}", _list(options, dialogue, project), slug)
    if answers.code:
        project.add_entry(f"docs/{CODES}", (), answers.code, [slug])
    for condition in answers.helps:
        project.add_item(f"docs/{CONDITION.path(condition)}", ("exercises",), slug)
    project.write()
    project.report()
    print(f"Left to fill in, in docs/{EXERCISE.path(slug)}: {', '.join(unfilled(text, missing))}.")
    print(f"Look at it: {project.address(f'exercises/{slug}/')} while '{session.SERVE}' runs. It says what is missing.")
    return 0


def _list(options: argparse.Namespace, dialogue: Dialogue | None, project: Session) -> Place:
    """Where the library lists the exercise."""
    groups = project.catalogue.library.part(lambda page: page.groups) or []
    if not groups:
        return ("order",)
    known = {group.id: group.id for group in groups}
    asks = dialogue if len(groups) > 1 else None
    question = "In which group should the library list it? A number; Enter for the last."
    given = pick_one(options.group, known) if options.group else asks and asks.single(question, known)
    return ("groups", [*known].index(given or groups[-1].id), "exercises")


def _answers(options: argparse.Namespace, dialogue: Dialogue | None, offers: Offers, title: str) -> Answers:
    """What was given, and what is answered to the questions."""

    def some(given: str | None, question: str, known: Mapping[str, str]) -> list[str]:
        if given is not None:
            return pick(given, known)
        return dialogue.some(question, known) if dialogue else []

    def single(given: str | None, question: str, known: Mapping[str, str]) -> str:
        if given is not None:
            return pick_one(given, known)
        return (dialogue.single(question, known) if dialogue else None) or ""

    plain = options.plain
    if plain is None and dialogue:
        plain = dialogue.text("What would a patient call it? Such as: Knee opener, lying on your side. Enter: later.")
    several = "Numbers with commas between; Enter leaves it for later."
    kind = single(options.kind, "What kind of exercise is it? A number; Enter for strength.", KINDS) or Aim.STRENGTH
    verb = "stretch" if kind == Aim.STRETCH else "train"
    targets = some(options.targets, f"Which muscles does it {verb} most? {several} {MISSING}", offers.muscles)
    others = {id_: name for id_, name in offers.muscles.items() if id_ not in targets}
    helpers = some(options.helpers, f"Which muscles help? {several}", others if dialogue else offers.muscles)
    fitting = offers.fitting(kind, targets, [*targets, *helpers])
    what = "What brings the stretch?" if kind == Aim.STRETCH else "What do the joints do?"
    movements = some(options.movements, f"{what} {several}", offers.movements if options.movements else fitting)
    position = single(
        options.position, "How do you lie, sit or stand? A number; Enter leaves it for later.", offers.positions
    )
    side = single(options.side, "How do the two sides share the work? A number; Enter leaves it for later.", SIDES)
    level = single(options.level, "How hard is it, beside the others? A number; Enter leaves it for later.", LEVELS)
    equipment = _equipment(options.equipment, dialogue, offers)
    return Answers(
        title,
        kind,
        targets,
        helpers,
        movements,
        position,
        side,
        equipment,
        _helps(options.helps, dialogue, offers),
        plain=" ".join((plain or "").split()),
        level=level,
    )


def _equipment(given: str | None, dialogue: Dialogue | None, offers: Offers) -> list[Item]:
    """Things, each with its place where it has one."""
    if given is not None:
        items = []
        for name, _, place in (part.partition(":") for part in given.split(",") if part.strip()):
            thing = pick_one(name, offers.equipment)
            places = pick(place.replace("+", ","), offers.places(thing)) if place else []
            if offers.places(thing) and not places:
                raise ChoiceError(f"say where the {thing} goes, such as {thing}:{next(iter(offers.places(thing)))}")
            items.append(Item(thing, tuple(places)))
        return items
    if dialogue is None:
        return []
    things = dialogue.some("What is needed? Numbers with commas between; Enter for nothing.", offers.equipment)
    return [Item(thing, tuple(_places(thing, dialogue, offers))) for thing in things]


def _places(thing: str, dialogue: Dialogue, offers: Offers) -> list[str]:
    question = f"Where does it go: {offers.equipment[thing]}? A number, or two for two places."
    return dialogue.some(question, offers.places(thing), needed=True) if offers.places(thing) else []


def _helps(given: list[str] | None, dialogue: Dialogue | None, offers: Offers) -> dict[str, str]:
    """The condition pages, each with the reason or "": all of them when nobody says which."""
    if given is not None:
        pairs = [part.partition("=") for part in given]
        return {pick_one(name, offers.conditions): " ".join(why.split()) for name, _, why in pairs}
    if dialogue is None or not offers.conditions:
        return dict.fromkeys(offers.conditions, "")
    choice = dialogue.some("Which pages should show it? Numbers with commas between; Enter for all.", offers.conditions)
    why = "Why may it help there: {}? One sentence; Enter leaves it for later."
    return {slug: dialogue.text(why.format(offers.conditions[slug])) for slug in choice or offers.conditions}


def _photos(options: argparse.Namespace, dialogue: Dialogue | None, kind: str) -> Photos:
    """The photos that were given, or asked for, in one frame."""
    given = {role: path for role in ("start", "finish", "hold") if (path := getattr(options, role))}
    if "hold" in given and kind not in ONE_POSE:
        raise ChoiceError("--hold is for a stretch or a balance: add --kind stretch or --kind balance")
    photos = {role: pictures.load(path) for role, path in given.items()}
    if dialogue and not given:
        is_one = kind in ONE_POSE and dialogue.agreed("Does one photo of one pose show it?")
        roles = (
            {"hold": f"Photo of the pose: {PHOTO}."}
            if is_one
            else {
                "start": f"Photo of the start: {PHOTO}.",
                "finish": f"Photo of the finish, from the same place: {PHOTO}.",
            }
        )
        photos = pictures.ask(roles, dialogue)
    return pictures.framed(photos, options.frame, dialogue)


if __name__ == "__main__":
    sys.exit(run(main))
