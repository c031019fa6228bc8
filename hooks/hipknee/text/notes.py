"""`<!-- a note -->` in a text is for colleagues: no reader gets it. A Python-Markdown extension."""

from __future__ import annotations

import re

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor

# Below all others, those of Markdown itself (30 to 10) included: only now is every comment in the text, and what is in
# code is written with entities.
PRIORITY = -10

# As browsers read a comment: `-->` ends it, also at once, and so does `--!>`. One that is left open takes all the rest.
_NOTE = re.compile(r"<!--(?:-?>|.*?(?:--!?>|\Z))", re.DOTALL)
_EMPTY = re.compile(r"<p>\s*</p>\n?")


class Notes(Extension):
    """Takes HTML comments out of what Markdown has made."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802, the name is Markdown's
        md.postprocessors.register(_Notes(md), "notes", PRIORITY)


class _Notes(Postprocessor):
    def run(self, text: str) -> str:
        published = _NOTE.sub("", text) if "<!--" in text else text
        return text if published == text else _EMPTY.sub("", published).strip()
