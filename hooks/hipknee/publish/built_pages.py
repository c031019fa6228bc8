"""The pages of a built site: their HTML, and what it holds."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from .. import page_facts
from ..page_facts import PageFacts


class Content(NamedTuple):
    """What is inside the frame of a page, and its facts, which were read when it was made."""

    html: str
    facts: PageFacts


@dataclass(frozen=True)
class BuiltPages:
    """Every page of a built site, by its name in the site ("knee-pain/index.html")."""

    folder: Path
    html: Mapping[str, str]
    facts: Mapping[str, PageFacts]

    @classmethod
    def read(cls, folder: Path, contents: Mapping[str, Content] | None = None) -> BuiltPages:
        """The pages below `folder`. Of those in `contents` only the frame has still to be read."""
        names = sorted(name for name in files_below(folder) if name.endswith(".html"))
        html = {name: (folder / name).read_text("utf-8", "replace") for name in names}
        known = contents or {}
        return cls(folder, html, {name: _facts(text, known.get(name)) for name, text in html.items()})

    def write(self, html: Mapping[str, str]) -> None:
        """Put these pages into the place of the old ones."""
        for name, text in html.items():
            (self.folder / name).write_text(text, "utf-8", newline="\n")


def _facts(html: str, content: Content | None) -> PageFacts:
    before, inside, after = html.partition(content.html) if content and content.html else (html, "", "")
    frame = page_facts.read(before + after)
    return frame + content.facts if content and inside else frame


def files_below(folder: Path) -> Iterator[str]:
    """Every file below a folder, as paths from there, but for what is hidden in it, which is no part of a site."""
    folders = [""]
    while folders:
        inside = folders.pop()
        with os.scandir(folder / inside) as entries:
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                if entry.is_dir():
                    folders.append(f"{inside}{entry.name}/")
                else:
                    yield inside + entry.name
