"""Add a condition page, with every field explained, to the site's conditions and to its menu."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from authoring import session
from authoring.condition_page import page
from authoring.dialogue import Dialogue
from authoring.offers import ChoiceError, Offers, pick_one
from authoring.session import Session
from hipknee.calls import run
from hipknee.content.insertion import scalar
from hipknee.content.kinds import CONDITION, EXERCISE

ROOT = Path(__file__).resolve().parent.parent
SITE = "docs/_data/site.yml"


def main() -> int:
    parser = argparse.ArgumentParser(
        usage="%(prog)s [NAME] [OPTION ...]",
        description=f"{__doc__} On a terminal it asks for what you do not give here.",
        epilog='Example: python scripts/new_condition.py "Ankle pain" --exercise "heel-raise=It trains your calf." '
        "Exit status: 0 written, 1 not written, 2 wrong usage.",
    )
    parser.add_argument("name", nargs="?", help="the condition's name, as the page's heading")
    parser.add_argument("--slug", metavar="NAME", help="its address, such as ankle-pain (default: made from its name)")
    parser.add_argument(
        "--exercise", metavar="PAGE=WHY", action="append", help="an exercise that may help, and why; again for another"
    )
    options = session.arguments(parser, ROOT)
    dialogue = session.dialogue(options)
    if not (options.root / "docs").is_dir():
        parser.error(f"there is no {options.root / 'docs'}")
    if options.name is None and dialogue is None:
        parser.error('the name is missing, such as "Ankle pain"')
    return session.ending(lambda: _add(options, dialogue), parser, options.root)


def _add(options: argparse.Namespace, dialogue: Dialogue | None) -> int:
    project = Session(options.root)
    offers = Offers(project.catalogue)
    title, slug = project.name(options, dialogue, CONDITION, "What is the condition called? Such as: Ankle pain")
    reasons = _reasons(options.exercise, dialogue, offers, title)
    path = f"docs/{CONDITION.path(slug)}"
    project.add(path, page(title, [*reasons], project.catalogue).encode())
    for exercise, why in reasons.items():
        project.add_entry(f"docs/{EXERCISE.path(exercise)}", ("helps",), slug, [scalar(why)])
    project.add_item(SITE, ("conditions",), slug)
    menu = project.catalogue.switchboard
    if menu.data.get("nav"):  # without one, the menu has all pages
        last = ([*offers.conditions] or [""])[-1]
        project.add_item(menu.at("nav")[0], ("nav",), CONDITION.path(slug), CONDITION.path(last))
    project.write()
    project.report()
    print(f"Left to fill in, in {path}: summary, red_flags, self_care, evidence, the text below.")
    exercise = EXERCISE.path("NAME")
    print(f"For each {'other ' if reasons else ''}exercise that helps: in docs/{exercise}, under 'helps', add")
    print(f"'  {slug}: why it may help, in one sentence', and add NAME to 'exercises' in {path}.")
    print("Then lead readers to the page: link to it from docs/index.md.")
    print(f"Look at it: {project.address(f'{slug}/')} while '{session.SERVE}' runs. It says what is missing.")
    return 0


def _reasons(given: list[str] | None, dialogue: Dialogue | None, offers: Offers, title: str) -> dict[str, str]:
    """The exercises that may help, each with the reason: without one its page would be wrong."""
    if given is not None:
        pairs = [part.partition("=") for part in given]
        if empty := [name for name, _, why in pairs if not why.strip()]:
            raise ChoiceError(f'say why it may help, such as --exercise "{empty[0]}=It trains your calf."')
        return {pick_one(name, offers.exercises): " ".join(why.split()) for name, _, why in pairs}
    if dialogue is None or not offers.exercises:
        return {}
    question = "Which exercises may help? Numbers with commas between; Enter leaves them for later."
    why = "Why may it help with {}: {}? One sentence; Enter leaves the exercise for later."
    names = dialogue.some(question, offers.exercises)
    reasons = {name: dialogue.text(why.format(title, offers.exercises[name])) for name in names}
    return {name: reason for name, reason in reasons.items() if reason}


if __name__ == "__main__":
    sys.exit(run(main))
