"""What printed files are called and where they lie: links and bookmarks point at these names."""

from __future__ import annotations

PAPERS = {"letter": "us-letter", "a4": "a4"}
"""The papers, by the name that files carry, and what Typst calls them."""
FOLDER = "pdf/"
"""Where the files lie in the built site."""
BOOKLET = "booklet"
TICK_CHART = "tick-chart"


def papers(own: str | None) -> list[str]:
    """The papers that pages offer, in their order: only the clinic's, when it has said which it has."""
    return [own] if own else [*PAPERS]


def file_name(what: str, paper: str, large: bool = False) -> str:
    """`clamshell-large-a4.pdf`: `what` is an exercise's slug, `TICK_CHART`, `BOOKLET`, or that with a volume's number:
    "booklet-2"."""
    return f"{what}{'-large' if large else ''}-{paper}.pdf"
