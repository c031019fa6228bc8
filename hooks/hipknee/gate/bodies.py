"""Every author's text as the build will convert it: with the same extensions, told the same, in the same order.

So a text is judged by what readers get, whatever it looks like in the source.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.metadata import version
from os import urandom
from pathlib import Path
from typing import TYPE_CHECKING, Any

from selectolax.lexbor import LexborHTMLParser

from .. import page_facts
from ..content.catalogue import Catalogue, PageEntry
from ..keeping import FOLDER, Kept, engine, key
from ..page_facts import PageFacts
from ..problems import Problem
from ..rules import Rule
from ..text.cited_keys import name
from .mentions import labels, terms

if TYPE_CHECKING:
    from .conversion import Converter

MARKDOWNS = frozenset(
    "abbr admonition attr_list codehilite def_list extra fenced_code footnotes legacy_attrs legacy_em md_in_html meta "
    "nl2br sane_lists smarty tables toc wikilinks".split()
)
"""The extensions that are of one version with Markdown: what texts come to with others is not kept."""
DEEPEST = 12
"""Levels of nested lists and quotations. Print can handle about twice as many."""


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


def convert(catalogue: Catalogue) -> tuple[dict[str, Body], list[Problem]]:
    """Every text by its page's path below docs/; what is wrong with the extensions that mkdocs.yml names.

    What a text came to is kept: to open Markdown takes longer than all the rest of a check.
    """
    known = {*catalogue.switchboard.extensions} <= MARKDOWNS
    kept = Kept(catalogue.root / FOLDER / "texts", _engine() if known else urandom(8))
    around = (catalogue.switchboard.extensions, catalogue.words.document.digest)  # the words know plurals
    context = key(around, terms(catalogue), labels(catalogue), catalogue.emergency_number)
    converter: Converter | None = None
    if kept.get(context) is None:
        converter = _converter(catalogue)
        if not converter.problems:
            kept.put(context, True)
    bodies: dict[str, Body] = {}
    for path, entry in catalogue.pages.items():
        if not entry.document.body.strip():
            bodies[path] = Body("")
            continue
        evidence = entry.part(lambda page: page.evidence) or []
        place = key(context, path, evidence, entry.document.body)
        html = kept.get(place)
        if html is None:
            converter = converter or _converter(catalogue)
            html = converter.html(entry)
            if html is not None and not converter.problems:
                kept.put(place, html)
        bodies[path] = _judged(Body(html or "", citations=_heard(catalogue, evidence)), html, entry)
    problems = converter.problems if converter else []
    kept.keep()
    return {path: replace(body, is_exact=body.is_exact and not problems) for path, body in bodies.items()}, problems


def _converter(catalogue: Catalogue) -> Converter:
    from .conversion import Converter

    return Converter(catalogue)


def _engine() -> bytes:
    here = Path(__file__).parent
    return engine([*sorted((here.parent / "text").glob("*.py")), here / "conversion.py"], version("markdown"))


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
    message = f"Lists or quotations are nested more than {DEEPEST} levels deep here."
    line = entry.document.body_line + deepest
    return Body("", Problem(entry.path, line, Rule.NESTING_DEEP, message, "Use fewer levels."), is_exact=False)


def _depth(body: Body) -> int:
    """How deep lists and quotations are nested at most."""
    if body.html.count("<li") + body.html.count("<blockquote") <= DEEPEST:
        return 0
    deepest = 0
    for node in body.tree.css("ul, ol, dl, blockquote, details, div"):
        above, depth = node.parent, 1
        while above is not None:
            depth += above.tag in ("ul", "ol", "dl", "blockquote", "details", "div")
            above = above.parent
        deepest = max(deepest, depth)
    return deepest


def _indent(row: str) -> int:
    """How far a line is indented, counting the `>` of quotations."""
    return len(row) - len(row.lstrip(" \t>"))
