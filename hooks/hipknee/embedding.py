"""Exercises for the pages of other websites: what the pages that those show are called, and where they lie."""

from __future__ import annotations

FOLDER = "embed/"
"""Where they lie in the built site: of these, and of nothing else, a web server may say who shows them in a frame."""


def url(slug: str) -> str:
    """The address, below the site's root, of the exercise called `slug` without menu and search."""
    return f"{FOLDER}{slug}/"


def file_name(slug: str) -> str:
    """The file that is published there."""
    return f"{url(slug)}index.html"
