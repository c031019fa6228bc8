"""What printed files are called and where they lie: links and bookmarks point at these names."""

from __future__ import annotations

PAPERS = {"letter": "us-letter", "a4": "a4"}
"""The papers, by the name that files carry, and what Typst calls them."""
FOLDER = "pdf/"
"""Where the files lie in the built site."""
BOOKLET = "booklet"
"""The patients' booklet."""
FOLDED = "booklet-fold"
"""The same to fold and staple, page by page: on half of a paper."""
SHEETS = "booklet-fold-printer"
"""Its pages side by side on sheets of a paper, for the printer."""
COMPLETE = "complete"
"""All pages, with sources, for clinicians."""
TICK_CHART = "tick-chart"
OF_PROGRAMME = "programme-"
"""What the name of a ready-made programme's sheets begins with, before its slug."""
HALVES = {"letter": ("half-letter", "us-statement"), "a4": ("a5", "a5")}
"""Half of each paper: the name that files carry, and what Typst calls it."""


def papers(own: str | None) -> list[str]:
    """The papers that pages offer, in their order: only the clinic's, when it has said which it has."""
    return [own] if own else [*PAPERS]


def file_name(what: str, paper: str, large: bool = False) -> str:
    """`clamshell-large-a4.pdf`: `what` is an exercise's slug, `TICK_CHART`, one of the booklets, or `COMPLETE` with a
    volume's number: "complete-2"."""
    return f"{what}{'-large' if large else ''}-{paper}.pdf"
