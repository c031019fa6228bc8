"""Write a new exercise page with every field explained, ready to be filled in."""

from __future__ import annotations

import argparse
import datetime
import re
import sys
import unicodedata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = """\
---
# Lines that begin with '#' are notes for you: delete them as you go. `make check` says what is still missing.
title: {title}
aliases: []            # other names that patients and clinicians use: [clam, clam shells]
was: []                # old file names of this page: each becomes a redirect
summary:               # what to do and what for, one sentence of at most 25 words
helps:                 # condition page: why it may help there, one sentence. Add this page to `exercises` there, too
  knee-pain:
muscles:               # ids from docs/_data/vocabulary.yml
  primary: []          # the target muscles, at least one
  secondary: []        # the helpers
movements: []          # what the joint does: each must train a target muscle
position:              # {positions}
side:                  # each: all reps, then the other side | alternate: side to side in turn | both-together
equipment: []          # [mat], or [] for nothing; a band says where it goes: [{{band: ankles}}]
images:                # paths inside images/; at least 800 pixels on the long side
  start: {{file: {slug}/start.png, alt: ""}}      # what the picture shows, at most 150 characters
  finish: {{file: {slug}/finish.png, alt: ""}}
steps:                 # one role for each step, in this order; 'switch' only with `side: each`
  - start:
  - move:
  - finish:            # or hold
  - return:
  - switch:
dose: {{sets: 2, reps: [8, 10], days_per_week: 3}}   # a common starting point; hold: 2 s only with a source
feel:                  # where you should feel it
mistakes:              # at least one
  - {{wrong: "", right: ""}}
easier: []             # sentences
harder: []
cautions: []           # - {{who: If ..., do: ..., condition: hip-pain}}; [] for nobody
stop_if: []            # reasons to stop, added to the site's own
evidence: []           # keys of docs/_data/sources.yml, at least one
updated: {today}
review: {{status: awaiting}}   # until a clinician has reviewed it
waivers: []
---
## Why it helps

What it trains, and how that is linked to the knee and the hip. Cite a source like this: [@key].
"""


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__,
        epilog='Example: python scripts/new_exercise.py "Seated knee extension". '
        "Exit status: 0 written, 1 not written, 2 the call is wrong.",
    )
    parser.add_argument("name", help="the exercise's name, as its heading")
    parser.add_argument("--root", type=Path, default=ROOT, help="the project's folder (default: this project)")
    options = parser.parse_args()
    title = " ".join(options.name.split())
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
    if not slug:
        parser.error("the name must have letters or digits")
    path = options.root / "docs" / "exercises" / f"{slug}.md"
    if not path.parent.is_dir():
        parser.error(f"there is no {path.parent}")
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(
                PAGE.format(
                    title=f'"{title}"' if re.search(r"[:#'\"{}\[\]&*!|>%@`]", title) else title,
                    slug=slug,
                    today=datetime.date.today(),
                    positions="side-lying | lying-on-back | standing | walking",
                )
            )
    except FileExistsError:
        print(f"{path} is there already. Nothing was changed.", file=sys.stderr)
        return 1
    print(f"Written: {path.relative_to(options.root)}")
    print(f"Next: put the pictures into images/{slug}/ and add '{slug}' to 'order' in docs/exercises/index.md.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
