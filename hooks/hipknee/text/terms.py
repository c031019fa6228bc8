"""A name that a text may mention, and where that leads."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Term:
    """A name to look for, and where it leads: a source path below docs/, with or without a #fragment."""

    text: str
    target: str
    css: str = "term"
    """The classes of the link."""
