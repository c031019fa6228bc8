"""Every author's text as the build will convert it: with the same extensions, told the same, in the same order.

So a text is judged by what readers get, whatever it looks like in the source.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from os import urandom
from typing import TYPE_CHECKING, Any

from selectolax.lexbor import LexborHTMLParser

from .. import keeping, page_facts
from ..content.catalogue import Catalogue, PageEntry
from ..keeping import FOLDER, key
from ..page_facts import PageFacts
from ..problems import Problem
from ..text.cited_keys import name
from .mentions import labels, mentions
from .text_bounds import DEEPEST, Excess, excess, too_deep

if TYPE_CHECKING:
    from .conversion import Converter

MARKDOWNS = frozenset(
    "abbr admonition attr_list codehilite def_list extra fenced_code footnotes legacy_attrs legacy_em md_in_html meta "
    "nl2br pymdownx.details sane_lists smarty tables toc wikilinks".split()
)
"""The extensions of Markdown itself, and of `keeping.PACKAGES`: what texts come to with others is not kept."""


_NESTING = ("ul", "ol", "dl", "blockquote", "details", "div")


@dataclass(frozen=True)
class Body:
    """One text: its HTML, and what was wrong with converting it."""

    html: str
    problem: Problem | None = None
    is_exact: bool = True
    """Whether readers will get just this: not when an extension is missing."""
    citations: frozenset[str] = frozenset()
    """What screen readers hear of the page's sources."""

    @cached_property
    def tree(self) -> LexborHTMLParser:
        return LexborHTMLParser(self.html)

    @cached_property
    def facts(self) -> PageFacts:
        return page_facts.read(self.html)


class Bodies(Mapping[str, Body]):
    """Every text by its page's path below docs/. It is converted when somebody asks for it.

    What a text came to is kept: to open Markdown takes longer than all the rest of a check. `problems` are those of the
    extensions that mkdocs.yml names.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        known = {*catalogue.switchboard.extensions} <= MARKDOWNS
        self._kept = keeping.kept(catalogue.root / FOLDER / "texts", keeping.core() if known else urandom(8))
        extensions, word = catalogue.switchboard.extensions, catalogue.say("source")
        self.context = key(extensions, word, labels(catalogue), catalogue.emergency_number)
        """A hash over all that texts come to what they come to by, besides themselves and what they mention."""
        self.problems: list[Problem] = []
        self._converter: Converter | None = None
        self._last: tuple[str, Body] | None = None
        """The one at hand: the trees of a thousand would take 200 MB, and each text is looked at in one go."""
        if self._kept.get(self.context) is None:
            self.problems = self._opened().problems
            if not self.problems:
                self._kept.put(self.context, True)

    def __getitem__(self, path: str) -> Body:
        if self._last is None or self._last[0] != path:
            self._last = path, self._body(self._catalogue.pages[path])
        return self._last[1]

    def __iter__(self) -> Iterator[str]:
        return iter(self._catalogue.pages)

    def __len__(self) -> int:
        return len(self._catalogue.pages)

    def need(self, path: str) -> None:
        """Keep what a text came to, which nobody asks for now."""
        self._kept.need(self._place(self._catalogue.pages[path]))

    def keep(self) -> None:
        """Keep what was asked for and needed."""
        mentions(self._catalogue).keep()
        self._kept.keep()

    def _place(self, entry: PageEntry[Any]) -> str:
        return key(self.context, entry.page, entry.digest, mentions(self._catalogue)[entry.page])

    def _opened(self) -> Converter:
        from .conversion import Converter

        self._converter = self._converter or Converter(self._catalogue)
        return self._converter

    def _body(self, entry: PageEntry[Any]) -> Body:
        if not entry.document.body.strip():
            return Body("", is_exact=not self.problems)
        if too_much := excess(entry.document.body):  # before anybody begins with it
            return _refused(entry, too_much)
        html = self._kept.get(self._place(entry))
        if html is None:
            html = self._opened().html(entry)
            if html is not None and not self.problems:
                self._kept.put(self._place(entry), html)
        body = Body(html or "", citations=_heard(self._catalogue, entry.face.evidence or []))
        judged = _judged(body, html, entry)
        return replace(judged, is_exact=judged.is_exact and not self.problems)


def _heard(catalogue: Catalogue, evidence: Sequence[str]) -> frozenset[str]:
    """What screen readers hear of the sources of a page."""
    names, word = labels(catalogue), catalogue.say("source")
    return frozenset(name(word, number, names.get(source)) for number, source in enumerate(evidence, 1))


def _judged(body: Body, html: str | None, entry: PageEntry[Any]) -> Body:
    """The text, or what is wrong with it when lists or quotations are nested too deep."""
    if html is not None and _depth(body) <= DEEPEST:
        return body
    rows = entry.document.body.split("\n")
    deepest = max(range(len(rows)), key=lambda n: (_indent(rows[n]), -n))
    return _refused(entry, too_deep(deepest))


def _refused(entry: PageEntry[Any], excess: Excess) -> Body:
    line = entry.document.body_line + excess.row
    return Body("", Problem(entry.path, line, excess.rule, excess.message, excess.hint), is_exact=False)


def _depth(body: Body) -> int:
    """How deep lists and quotations are nested at most."""
    if body.html.count("<li") + body.html.count("<blockquote") <= DEEPEST:
        return 0
    depths: dict[int, int] = {}
    for node in body.tree.css("*"):  # what is around a node comes before it
        above = depths.get(node.parent.mem_id, 0) if node.parent else 0
        depths[node.mem_id] = above + (node.tag in _NESTING)
    return max(depths.values(), default=0)


def _indent(row: str) -> int:
    """How far a line is indented, counting the `>` of quotations."""
    return len(row) - len(row.lstrip(" \t>"))
