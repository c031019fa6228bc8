"""The pages of a built site: their HTML, and what it holds."""

from __future__ import annotations

from collections.abc import Mapping
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
        paths = sorted(path for path in folder.rglob("*.html") if path.is_file())
        html = {path.relative_to(folder).as_posix(): path.read_text("utf-8", "replace") for path in paths}
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
