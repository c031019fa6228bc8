"""What printed files are called and where they lie: links and bookmarks point at these names."""

from __future__ import annotations

PAPERS = {"letter": "us-letter", "a4": "a4"}
"""The papers, by the name that files carry, and what Typst calls them."""
FOLDER = "pdf/"
"""Where the files lie in the built site."""
BOOKLET = "booklet"
TICK_CHART = "tick-chart"


def papers(first: str | None) -> list[str]:
    """The papers in the order in which they are offered: the clinic's `first`, when it has one."""
    return sorted(PAPERS, key=lambda paper: paper != first) if first else [*PAPERS]


def file_name(what: str, paper: str, large: bool = False) -> str:
    """`clamshell-large-a4.pdf`: `what` is an exercise's slug, `TICK_CHART`, `BOOKLET`, or that with a volume's number:
    "booklet-2"."""
    return f"{what}{'-large' if large else ''}-{paper}.pdf"
