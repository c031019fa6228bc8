"""An invented project, whole and without a mistake, and what is said about it once it has been changed."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from hipknee.content.front_matter import read_page
from hipknee.gate import gate, words
from hipknee.pictures import drawing_facts, drawing_origin
from hipknee.pictures.drawing_facts import NO_FACTS, Area, DrawingFacts
from PIL import Image
from PIL.PngImagePlugin import PngInfo

FLAMINGO = """\
---
title: Polite flamingo
plain: Bow on one leg
level: gentle
aliases: [flamingo bow]
was: [rude-flamingo]
summary: Stand on one leg and bow to the pond.
helps:
  droopy-wing: It wakes the wing that sleeps.
  creaky-tail: It puts some oil into your tail.
muscles:
  primary: [big-flapper, tail-fanner]
  secondary: [toe-curler]
movements: [wing-lifting, tail-fanning]
position: wading
side: each
equipment: [nest]
images:
  start:
    file: polite-flamingo/start.png
    alt: A flamingo on one leg, wings shut.
  finish:
    file: polite-flamingo/finish.png
    alt: The flamingo bows. Its wings and tail are wide open.
  motion:
    file: polite-flamingo/motion.webp
    alt: The flamingo bows and comes up again.
  detail:
    file: polite-flamingo/detail.png
    alt: The tail from behind, spread like a hand of cards.
steps:
  - start: Stand on one leg beside your nest.
  - move: Lift your wings and spread your tail.
  - breathe: Breathe out through your beak.
  - finish: Stop when the frogs clap.
  - return: Fold up again.
  - switch: Do all your reps. Then stand on the other leg.
dose: {sets: 2, reps: [8, 10], hold: 2 s, rest: 45 s, tempo: 2-1-2, days_per_week: 3}
feel: In your wings, all the way to the tips.
mistakes:
  - wrong: Bowing to the fox.
    right: Bow to the pond.
    image:
      file: polite-flamingo/fox.png
      alt: The flamingo bows to a fox. The fox smiles.
easier:
  - Lean on a heron.
harder:
  - Shut one eye.
cautions:
  - who: If your beak is wet
    do: wipe it first.
    condition: creaky-tail
stop_if:
  - The pond freezes.
evidence: [gull-1902, puffin-1887]
code: FLA
was_codes: [BOW]
updated: 2026-01-02
review: {status: reviewed, by: A. Heron, on: 2026-01-02, next: 2027-01-02}
waivers: []
---
## Why bow

A bow keeps the frogs calm. [@gull-1902; @puffin-1887]

Next comes the [owl](startled-owl.md), then [the pond rules](../index.md#rules).

![Two flamingos bow to each other.](../../images/pond/greeting.png)
"""

OWL = """\
---
title: Startled owl
summary: Sit up fast and look all round.
helps:
  creaky-tail: A start shakes the dust out.
muscles: {primary: [neck-bender, big-flapper]}
movements: [neck-bending, wing-lifting]
position: perching
side: both-together
equipment: []
images:
  start: {file: startled-owl/start.png, alt: An owl that sleeps.}
  finish: {file: startled-owl/finish.png, alt: The owl with huge eyes.}
steps:
  - start: Sit on a branch and doze.
  - move: Look round as if a mouse had sneezed.
  - hold: Stare.
  - return: Doze again.
dose: {sets: 1, reps: 3, days_per_week: [2, 5]}
feel: In the neck.
mistakes:
  - {wrong: Hooting., right: Be startled in silence.}
cautions: []
evidence: [gull-1902]
code: OWL
updated: 2026-01-02
review: {status: awaiting}
---
"""

PENGUIN = """\
---
title: Waddling penguin
level: hard
summary: Waddle over the ice with a band on.
helps:
  creaky-tail: It swings with each step.
  cold-feet: It keeps them off the ice.
muscles: {primary: [toe-curler]}
movements: [toe-curling]
position: waddling
side: alternate
equipment: [{band: ankles}]
images:
  start: {file: waddling-penguin/start.png, alt: A penguin with a band around its ankles.}
  finish: {file: waddling-penguin/finish.png, alt: The same penguin a step to the left.}
steps:
  - start: Put the band around your ankles.
  - move: Step to one side.
  - finish: Stop when the band is tight.
  - return: Bring the other foot along.
dose: {sets: 2, reps: 12, days_per_week: 2}
feel: In your toes.
mistakes:
  - {wrong: Sliding., right: Save that for the way home.}
cautions:
  - {who: If there is a seal, do: wait.}
evidence: [puffin-1887]
code: PEN
updated: 2026-01-02
review: {status: awaiting}
---
"""

CONDITION = """\
---
title: {title}
aliases: [{alias}]
summary: A short guide to {alias}.
key_points: [It is common., It will pass.]
red_flags:
  emergency: [You fall out of the sky.]
  same_day: [You land on your beak.]
  book: [You walk to the south.]
self_care: [Preen., Nap.]
exercises: [{exercises}]
evidence: [gull-1902]
updated: 2026-01-02
review: {{status: awaiting}}
---
It often comes with the rain. [@gull-1902]
"""

PAGE = "docs/exercises/polite-flamingo.md"
PROGRAMME = "docs/programmes/first-flights.md"
FILES = {
    "mkdocs.yml": """\
site_name: The pond
site_url: https://pond.example/
extra: {offline: true}
nav:
  - index.md
  - Ailments:
      - droopy-wing.md
      - creaky-tail.md
      - cold-feet.md
  - exercises/index.md
  - glossary.md
  - about.md
not_in_nav: |
  /exercises/*
  /programmes/*
exclude_docs: |
  /_data/
theme:
  name: material
  custom_dir: hooks/overrides
  language: en
markdown_extensions: [admonition, attr_list, def_list, tables: {use_align_attribute: true}, toc: {permalink: false}]
plugins: []
hooks: [hooks/publish.py, hooks/site.py, hooks/pages.py, hooks/assets.py, hooks/editor_mode.py]
""",
    PAGE: FLAMINGO,
    "docs/exercises/startled-owl.md": OWL,
    "docs/exercises/waddling-penguin.md": PENGUIN,
    "docs/droopy-wing.md": CONDITION.format(title="Droopy wing", alias="sleepy wing", exercises="polite-flamingo"),
    "docs/creaky-tail.md": CONDITION.format(
        title="Creaky tail", alias="rusty tail", exercises="startled-owl, polite-flamingo, waddling-penguin"
    ),
    "docs/cold-feet.md": CONDITION.format(title="Cold feet", alias="icy toes", exercises="waddling-penguin"),
    "docs/exercises/index.md": """\
---
title: Aviary
summary: All that a bird can do at home.
order: [polite-flamingo, startled-owl, waddling-penguin]
series:
  - id: on-two-legs
    title: On two legs
    summary: First sit, then walk.
    exercises: [startled-owl, waddling-penguin]
updated: 2026-01-02
review: {status: awaiting}
---
Begin with the [flamingo](polite-flamingo.md).
""",
    "docs/index.md": """\
---
title: The pond
summary: Where birds learn to bow.
was: [puddle]
updated: 2026-01-02
review: {status: awaiting}
---
## Rules

No splashing. See [the aviary](exercises/index.md) and [creaky tail](creaky-tail.md).
""",
    "docs/glossary.md": """\
---
title: Words
summary: What birds say to each other.
terms:
  - {term: Preen, also: [primp], means: To comb your feathers.}
updated: 2026-01-02
review: {status: awaiting}
---
""",
    "docs/about.md": """\
---
title: About
summary: Who sits behind the reeds.
updated: 2026-01-02
review: {status: awaiting}
---
""",
    "docs/_data/codes.yml": """\
BOW: rude-flamingo
FLA: polite-flamingo
OWL: startled-owl
PEN: waddling-penguin
DOD: dodo
""",
    "docs/_data/gone.yml": """\
- {code: DOD, reason: Nobody has seen a dodo for a while., successor: PEN}
""",
    "docs/_data/notes.en.yml": """\
sources: [gull-1902]
notes:
  "01": Hold a reed.
  "07": Look at the moon.
""",
    "docs/_data/vocabulary.yml": """\
muscles:
  big-flapper: {latin: Flapperus maior, plain: big flapping muscle, also: [flapper], means: Flap., sources: [gull-1902]}
  small-flapper: {plain: small flapping muscle, means: It flaps a little.}
  tail-fanner: {latin: Caudalis ventilator, plain: tail muscle, means: It opens your tail.}
  neck-bender: {plain: neck muscle, means: It turns your head.}
  toe-curler: {plain: toe muscle, means: It holds the branch.}
movements:
  wing-lifting:
    name: Wing lifting
    plain: lifting your wings
    prime: [big-flapper]
    muscles: [small-flapper]
    sources: [gull-1902]
  tail-fanning:
    name: Tail fanning
    plain: opening your tail
    prime: [tail-fanner]
    sources: [gull-1902, puffin-1887]
  neck-bending:
    name: Neck bending
    plain: looking round
    prime: [neck-bender]
    stretches: [tail-fanner]
    sources: [puffin-1887]
  toe-curling:
    name: Toe curling
    plain: curling your toes
    prime: [toe-curler]
    muscles: [small-flapper]
    sources: [puffin-1887]
positions:
  wading: {name: In the pond, posture: standing, reps: bows, words: [stand, standing, wade], reached_by: [hop in]}
  perching: {name: On a branch, posture: sitting, reps: reps, words: [sit, perch, doze]}
  waddling:
    name: On the ice
    posture: standing
    reps: steps
    each: way
    words: [waddle, step to one side, on your flippers]
  floating: {name: Afloat, reps: strokes}
equipment:
  nest: {name: Nest, words: [nest]}
  stool: {name: Toadstool, words: [stool, toadstool]}
  band:
    name: Loop band
    words: [band, bands]
    places:
      ankles: {name: around your ankles, words: [ankle, ankles]}
      knees: {name: above your knees, words: [knees]}
phrases:
  whose: [your, its]
  left: [left]
  right: [right]
  he: [he, drake]
  she: [she, duck]
  it: [it]
  either: [or]
  joining: [and, one, a, around, above, your]
  putting: [around]
  range: [to]
  numbers: [zero, one, two, three, four, five]
  tens: [ten, twenty, thirty]
  unreal: [as if]
  absent: [without]
  optional: [if you like]
  example: [such as]
  condition: [if]
  negation: [do not]
  leg: [leg, wing, foot]
  legs: [legs, wings, feet]
  single: [one, other]
  both: [both]
  other_side: {words: [other], not_words: [each other]}
  turning: [turn around, turn round]
  one_side_first: [all your reps, all reps]
  in_turn: [in turn]
  then_the_other: [then the other]
  calling: [call, dial, phone]
  counted: [people]
  second: [second]
  count: [count of]
  minute: [minute]
  one_minute: [for a minute]
  half_minute: [half a minute]
  all: [all]
  time: [time, rep]
  set: [set]
  day: [times a day]
  week: [days a week]
  hold: [hold, stay]
  rest: [rest for]
  breath: [breathe]
  breath_only: [breathe, in, and, out, calmly]
  dose_only: [repeat, do, time, rep]
  come_back: [back down]
  go_out: [raise]
  going_back: [back to the start]
  coming_down: [lower, return]
  staying: [stay, hold]
  back: [again, back, bring, up, lower]
""",
    "docs/_data/sources.yml": """\
gull-1902:
  authors: Gull A, Tern B
  title: Do bows calm frogs?
  journal: J Pond Stud
  year: 1902
  pages: "3(1):1-9"
  doi: 10.1234/pond.1902
  short: Gull 1902
  shows: Frogs clap for a good bow.
  checked: verified
puffin-1887:
  kind: web
  authors: Puffin P
  title: Cold toes
  not_found: [year]
  short: Puffin 1887
  url: https://puffin.example/toes
  shows: Toes curl best when they are cold.
  checked: part-verified
""",
    "docs/_data/site.yml": """\
conditions: [droopy-wing, creaky-tail, cold-feet]
red_flags:
  emergency: {title: Emergency, action: Call the stork.}
  same_day: {title: Same day, action: See a duck today.}
  book: {title: Book a visit, action: Ask a duck.}
pain_rule: ["0 to 3: go on."]
stop_rules: [It hurts.]
stop_help: Ask a duck.
dose_note: A duck may change this.
disclaimer: Ducks know more.
sources: [puffin-1887]
""",
    "docs/_data/clinic.yml": """\
emergency_number: "000"
""",
}

READY = {
    PROGRAMME: """\
---
title: First flights
summary: From the branch to the ice in four weeks.
for: Birds that have never flown.
conditions: [creaky-tail]
phases:
  - name: Wake
    weeks: [1, 2]
    minutes: 10
    effort: [2, 3]
    items:
      - {code: OWL, sets: 1, reps: 3, days: 3, notes: ["01"]}
      - {any_of: [FLA, PEN], sets: 2, reps: 12}
  - weeks: [3, 4]
    minutes: [10, 15]
    effort: 5
    items:
      - {code: FLA, sets: 2, reps: [8, 12], hold: 3 s, rest: 45 s, days: 3, side: L}
      - {code: PEN, sets: 2, reps: 12, band: 1, optional: true}
updated: 2026-01-02
review: {status: awaiting}
---
## When to go on

Go on when the frogs clap.
""",
}
"""A ready-made programme. The pond has none: it stands beside it where something is asked of one."""

MOVING = ("polite-flamingo/motion.webp", "odd/moving.webp")
PICTURES = (
    *(f"polite-flamingo/{name}.png" for name in ("start", "finish", "detail", "fox")),
    *(f"{slug}/{name}.png" for slug in ("startled-owl", "waddling-penguin") for name in ("start", "finish")),
    "pond/greeting.png",
    *MOVING,
)
SIZE = (800, 270)
AREA = Area(((10, 10), (60, 10), (60, 60)), (100, 35, 20))
SHAPES = {"wide": (906, 300), "tall": (300, 906), "other": (800, 290), "alike": (1600, 560)}


def write(root: Path) -> Path:
    """The whole project in the folder `root`. Pictures that nobody can use lie in images/odd/."""
    texts = {name: f"{name} {' '.join(f'{{{one}}}' for one in sorted(values))}" for name, values in said().items()}
    lines = {name: f'"{text.strip()}"' for name, text in texts.items()} | LANGUAGE
    data = "".join(f"{name}: {value}\n" for name, value in lines.items())
    for path, text in {**FILES, "docs/_data/words.en.yml": data}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    for file in PICTURES:
        draw(root / "images" / file, frames=2 if file in MOVING else 1)
    odd = root / "images" / "odd"
    draw(odd / "small.png", size=(799, 270))
    draw(odd / "gif.gif")
    for name in ("one", "two"):
        draw(odd / f"{name}.png")
    for name, size in SHAPES.items():
        draw(odd / f"{name}.png", size=size)
    draw(odd / "begun.png", about="polite-flamingo 0123456789abcdef owl 0123456789abcdef 0123456789abcdef 1 start")
    draw(odd / "mapped.png", facts=DrawingFacts(areas=(AREA, AREA)))
    draw(odd / "worded.png", facts=DrawingFacts({"start": "Beginning", "beak": "beak"}))
    draw(odd / "old.png", about="polite-flamingo 0123456789abcdef 0123456789abcdef 1")
    whole = (root / "images" / "polite-flamingo" / "start.png").read_bytes()
    (odd / "cut-off.png").write_bytes(whole[: len(whole) // 2])
    (odd / "empty.png").write_bytes(b"")
    (odd / "notes.png").write_bytes(b"Dear heron, the picture is attached.")
    (odd / "false.jpg").write_bytes(whole)
    return root


LANGUAGE = {
    "date": '"{day}/{month}/{year}"',
    "thousands": '"{thousands}.{rest}"',
    "months": str([f"month {number}" for number in range(1, 13)]),
    "chart_days": str([f"day {number}" for number in range(1, 8)]),
    "singular_counts": "[1]",
    "titles_in_sentences": "small",
    "capital_words": "[Achilles]",
    "count_names": "[no, one, two, three]",
    "plural_endings": "[s]",
    "plural_look_alikes": "[ss, us]",
    "possessive_endings": """["'s", "'"]""",
    "word_endings": "[]",
    "common_words": "[a, the]",
}
"""The words that are no labels."""


def said() -> dict[str, set[str]]:
    """The words that the templates ask for, with what they fill in."""
    return words.placeholders()


def draw(
    path: Path, size: tuple[int, int] = SIZE, frames: int = 1, about: str = "", facts: DrawingFacts = NO_FACTS
) -> None:
    """Patches of grey that follow from the file's name, so that no two pictures are alike; drawn from `about`."""
    chance = random.Random(f"{path.parent.name}/{path.name}")
    made = [Image.frombytes("L", (16, 4), chance.randbytes(64)).resize(size, 0).convert("RGB") for _ in range(frames)]
    path.parent.mkdir(parents=True, exist_ok=True)
    told = PngInfo()
    if about:
        told.add_text(drawing_origin.KEY, about)
    if facts != NO_FACTS:
        told.add_itxt(drawing_facts.KEY, facts.as_text())
    made[0].save(path, pnginfo=told, save_all=frames > 1, append_images=made[1:])


def edited(text: str, *edits: tuple[str, str]) -> str:
    """The text with each old part, which stands there exactly once, replaced by the new one."""
    for old, new in edits:
        assert text.count(old) == 1, f"{old!r} stands there {text.count(old)} times"
        text = text.replace(old, new)
    return text


def line_of(text: str, part: str) -> int:
    """The line on which the first `part` stands."""
    return text[: text.index(part)].count("\n") + 1


def without(text: str, *place: str | int) -> str:
    """The page without what stands at `place`: its line, and those below it that are indented further."""
    rows = text.split("\n")
    start = end = read_page("", text.encode())[0].line(*place) - 1
    indent = len(rows[start]) - len(rows[start].lstrip())
    while end == start or rows[end].startswith(" " * (indent + 1)):
        end += 1
    return "\n".join(rows[:start] + rows[end:])


@contextmanager
def replaced(root: Path, **files: str | bytes | None) -> Iterator[None]:
    """For as long as this lasts, the files below `root` hold something else; None: they are not there."""
    before = {path: (root / path).read_bytes() if (root / path).is_file() else None for path in files}
    folders = {parent for path in files for parent in (root / path).parents if not parent.exists()}
    try:
        _put(root, files)
        yield
    finally:
        _put(root, before)
        for folder in sorted(folders, reverse=True):
            folder.rmdir()


def _put(root: Path, files: Mapping[str, str | bytes | None]) -> None:
    for path, text in files.items():
        if text is None:
            (root / path).unlink(missing_ok=True)
        else:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(text if isinstance(text, bytes) else text.encode())


@contextmanager
def changed(root: Path, files: Mapping[str, bytes | None], links: Mapping[str, str]) -> Iterator[None]:
    """The same, with links to files, each with what it leads to."""
    with replaced(root, **files):
        for path, target in links.items():
            (root / path).symlink_to(target)
        try:
            yield
        finally:
            for path in links:
                (root / path).unlink()


def told(root: Path) -> list[tuple[str, int, str]]:
    """What the gate says: path, line, and the rest as it is printed. A field's description, which it quotes, stands in
    the model: not here."""
    said = ((p.path, p.line, f"[{p.rule}] {p.message} {p.advice}".strip()) for p in gate.check(root).problems)
    return sorted((path, line, re.sub("What it says: .+", "What it says: …", text)) for path, line, text in said)
