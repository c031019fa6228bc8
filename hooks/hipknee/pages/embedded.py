"""What the pages for the frames of other websites are dressed in: the style sheets of this site, and no script."""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatch
from typing import NamedTuple

from ..fingerprints import finder

THEME = "assets/stylesheets/main.*.min.css"
COLOURS = "assets/stylesheets/colors.css"
"""The style sheet of what a clinic may set."""
NIGHT = "assets/stylesheets/dark.css"


class Dress(NamedTuple):
    """How they look."""

    styles: list[str]
    """Style sheets, as paths in the site, in their order."""
    night: str
    """That for readers who have set their device to dark colours; "" for none."""
    direction: str
    """In which the language is written: ltr or rtl."""

    @classmethod
    def of(cls, paths: Iterable[str], own: Iterable[str], direction: str) -> Dress:
        """With the style sheets that all pages have, whose names may hold a hash in `paths`, which are all of the site;
        `own` are those that mkdocs.yml names."""
        every = sorted(paths)
        asset = finder(every)
        theme = [path for path in every if fnmatch(path, THEME)]
        styles = [path for path in [*theme, *map(asset, (COLOURS, *own))] if path in every]
        night = asset(NIGHT)
        return cls(styles, night if night in every else "", direction)
