"""Write a new exercise page with every field explained, ready to be filled in."""

from __future__ import annotations

import argparse
import datetime
import json
import re
import sys
import unicodedata
from pathlib import Path

from hipknee.calls import a_path, run
from hipknee.content import catalogue
from hipknee.content.catalogue import Catalogue
from hipknee.content.data_files import Thing
from hipknee.content.model import Aim, Exercise

ROOT = Path(__file__).resolve().parent.parent
ELSEWHERE = "an id from docs/_data/vocabulary.yml"
LONGEST = 60
"""Characters of a file name: it is an address, which is typed and printed."""
_LATIN = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th"})
PAGE = """\
---
# Lines that begin with '#' are notes for you: delete them as you go. `make check` says what is still missing.
title: {title}
aliases: []            # other names that patients and clinicians use: [clam, clam shells]
was: []                # old file names of this page: each becomes a redirect
summary:               # what to do and what for, one sentence of at most 25 words
helps:                 # {conditions}: why it may help there, one sentence. Add this page to `exercises` there, too
{helps}kind: strength         # {kinds}
muscles:               # ids from docs/_data/vocabulary.yml
  primary: []          # the target muscles, at least one
  secondary: []        # the helpers
movements: []          # what the joint does: each must train a muscle above, and each target be trained
stretches: []          # of a stretch, instead of movements: those that bring it
position:              # {positions}
side:                  # {side}
equipment: []          # {equipment}; [] for nothing
images:                # paths inside images/; at least 800 pixels on the long side
  start: {{file: {slug}/start.png, alt: ""}}      # what the picture shows, at most 150 characters
  finish: {{file: {slug}/finish.png, alt: ""}}    # a stretch or balance in one pose: 'hold' instead of both
steps:                 # one role for each step, in this order; 'switch' only with `side: each`
  - start:
  - move:
  - finish:            # or hold
  - return:
  - switch:
dose: {{sets: 2, reps: [8, 10], days_per_week: 3}}   # a start; reps, or time: 5 min; hold: 2 s only with a source
feel:                  # where you should feel it
mistakes:              # at least one
  - {{wrong: "", right: ""}}
easier: []             # sentences
harder: []
cautions: []           # - {{who: If ..., do: ..., condition: {condition}}}; [] for nobody
stop_if: []            # reasons to stop, added to the site's own
evidence: []           # keys of docs/_data/sources.yml, at least one
updated: {today}
review: {{status: awaiting}}   # until a clinician has reviewed it
waivers: []
---
## Why it helps

What it trains, and how that is linked to the knee and the hip. Cite a source like this: [@key].
"""


def choices(project: Catalogue) -> dict[str, str]:
    """What a page may choose from, as the project's data has it, for the places in `PAGE`."""
    conditions = project.site.part(lambda site: site.conditions) or []
    positions = project.vocabulary.part(lambda vocabulary: vocabulary.positions) or {}
    equipment = project.vocabulary.part(lambda vocabulary: vocabulary.equipment) or {}
    return {
        "conditions": " | ".join(conditions) or "condition page",
        "helps": "".join(f"  {condition}:\n" for condition in conditions[:1]),
        "condition": conditions[-1] if conditions else "...",
        "side": (Exercise.model_fields["side"].description or "").replace("`", ""),
        "kinds": " | ".join(Aim),
        "positions": " | ".join(positions) or ELSEWHERE,
        "equipment": " | ".join(_choice(name, thing) for name, thing in equipment.items()) or ELSEWHERE,
    }


def _choice(name: str, thing: Thing) -> str:
    return " | ".join(f"{{{name}: {place}}}" for place in thing.places) or name


def slug(name: str) -> str:
    """A name as a file name: "½ squat" is 1-2-squat, "Runner's stretch" runners-stretch, "Δ squat" delta-squat."""
    letters = unicodedata.normalize("NFKD", re.sub("['’]", "", name).lower()).replace("\N{FRACTION SLASH}", "-")
    letters = re.sub(r"(?<=\d)/(?=\d)", "-", letters).translate(_LATIN)
    return re.sub(r"[^a-z0-9]+", "-", "".join(map(_spelled, letters)).encode("ascii", "ignore").decode()).strip("-")


def _spelled(letter: str) -> str:
    """A Greek letter by its name: "delta"."""
    name = unicodedata.name(letter, "")
    return name.split()[-1].lower() if name.startswith("GREEK SMALL LETTER") else letter


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__,
        epilog='Example: python scripts/new_exercise.py "Seated knee extension". '
        "Exit status: 0 written, 1 not written, 2 wrong usage.",
    )
    parser.add_argument("name", help="the exercise's name, as its heading")
    parser.add_argument("--root", type=a_path, default=ROOT, help="the project's folder (default: this project)")
    options = parser.parse_args()
    title = " ".join(options.name.split())
    name = slug(title)
    if not name:
        parser.error("the name must have letters or digits")
    if len(name) > LONGEST:
        parser.error(f"the name is too long for a file: it has {len(name)} characters, and the limit is {LONGEST}")
    path = options.root / "docs" / "exercises" / f"{name}.md"
    if not path.parent.is_dir():
        parser.error(f"there is no {path.parent}")
    known = choices(catalogue.load(options.root))
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(
                PAGE.format(
                    title=json.dumps(title, ensure_ascii=False),  # of any name a text in YAML
                    slug=name,
                    today=datetime.date.today(),
                    **known,
                )
            )
    except FileExistsError:
        print(f"{path} already exists. Nothing was changed.", file=sys.stderr)
        return 1
    print(f"Written: {path.relative_to(options.root)}")
    print(f"Next: put the pictures in images/{name}/ and add '{name}' to 'order' in docs/exercises/index.md.")
    return 0


if __name__ == "__main__":
    sys.exit(run(main))
