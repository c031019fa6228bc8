"""The page of a new condition: every field explained, and all of it left to be filled in."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence

from hipknee.content.catalogue import Catalogue
from hipknee.content.insertion import brackets

PAGE = """\
---
# Lines that begin with '#' are notes for you: delete them as you go. `make check` says what is still missing.
title: {title}
aliases: []            # other names that readers use: [sore ankle, painful ankle]
was: []                # old file names of this page: each becomes a redirect
search: []             # other words that readers may look for; only the search uses them
summary:               # what the page is about, one sentence of at most 25 words
key_points: []         # two to four short sentences for a box at the top
joint:                 # what hurts, in one word, such as knee: it stands in the warning signs that all pages share
red_flags:             # signs that only this page has, each a sentence of at most 15 words; [] where there are none
  emergency: []        # {emergency}
  same_day: []         # {same_day}
  book: []             # {book}
self_care:             # what readers can do at home: at least one sentence
  -
medicines:             # lines and sources on pain relief, kept back until site.yml says who reviewed them
exercises: {exercises}  # in the order in which they are shown: exactly those that name this page under `helps`
evidence: []           # keys of docs/_data/sources.yml
prints: []             # sheets of the whole site to offer here: [booklet, tick-chart]
hide: []               # parts of the frame that the page does without: [navigation, toc, footer]
updated: {today}
review: {{status: awaiting}}   # until a clinician has reviewed it
waivers: []
---
## Common causes

What may be behind it, in plain words. Cite a source like this: [@key].
"""


def page(title: str, exercises: Sequence[str], catalogue: Catalogue) -> str:
    """The text of the page."""
    flags = catalogue.site.part(lambda site: site.red_flags)
    tiers = {
        tier: f"{part.title}: {part.action}" if (part := getattr(flags, tier, None)) else default
        for tier, default in (
            ("emergency", "help now"),
            ("same_day", "be seen today"),
            ("book", "make an appointment"),
        )
    }
    return PAGE.format(
        title=json.dumps(title, ensure_ascii=False),  # of any name a text in YAML
        exercises=brackets(exercises),
        today=datetime.date.today(),
        **tiers,
    )
