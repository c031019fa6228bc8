"""`[@rathleff-2014]` in a body becomes a raised number, a link to the page's list of sources: a Markdown extension."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

from .cited_keys import KEY, KEYS, name

# Below links (160 to 120), so that [@name](page.md) stays the link that it is, and below raw HTML (90) with its
# comments and attributes; above emphasis (60), so that a key may hold underscores.
PRIORITY = 65
_GLUE = "\N{NO-BREAK SPACE}"


class Citations(Extension):
    """Set the attributes before each conversion.

    `evidence` holds the page's source keys in the order of its list, `labels` a short name for each key, and `word`
    what a screen reader hears before the number: "Source 1: Rathleff 2014".
    """

    def __init__(self) -> None:
        super().__init__()
        self.evidence: Sequence[str] = ()
        self.labels: Mapping[str, str] = {}
        self.word = ""

    def name(self, key: str) -> str:
        """What a screen reader hears of a source of the page."""
        return name(self.word, self.evidence.index(key) + 1, self.labels.get(key))

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802, the name is Markdown's
        md.inlinePatterns.register(_Citation(md, self), "citation", PRIORITY)


class _Citation(InlineProcessor):
    """A key that is not among the page's evidence stays as text: the gate reports it, with its line."""

    ANCESTOR_EXCLUDES = ("a",)  # no link within a link

    def __init__(self, md: Markdown, citations: Citations) -> None:
        # The number stays on the line of the word before it: what is white there becomes a space that does not break.
        super().__init__(rf"(?:(?<![ \n])[ \n]+)?\[({KEYS})\]", md)
        self.citations = citations

    def handleMatch(  # type: ignore[override]  # noqa: N802, the name is Markdown's
        self, match: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        keys = KEY.findall(match[1])
        if not any(key in self.citations.evidence for key in keys):
            return None, None, None
        sup = Element("sup", {"class": "cite"})
        sup.text = AtomicString(_GLUE if match[0][0] != "[" else "")
        for key in keys:
            if len(sup):
                sup[-1].tail = AtomicString(", ")
            sup.append(self._number(key))
        return sup, match.start(), match.end()

    def _number(self, key: str) -> Element:
        if key not in self.citations.evidence:
            unknown = Element("span")
            unknown.text = AtomicString(f"@{key}")
            return unknown
        number = self.citations.evidence.index(key) + 1
        link = Element("a", {"href": f"#source-{key}", "aria-label": self.citations.name(key)})
        link.text = AtomicString(str(number))
        return link
