"""Every author's text as the build will convert it: with the same extensions, told the same, in the same order.

So a text is judged by what readers get, whatever it looks like in the source.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from importlib import import_module
from typing import Any

from markdown import Markdown
from selectolax.lexbor import LexborHTMLParser

from .. import page_facts
from ..content import glossary
from ..content.catalogue import Catalogue, PageEntry
from ..content.kinds import GLOSSARY
from ..content.switchboard import BUILT_IN, PythonName
from ..page_facts import PageFacts
from ..pictures.renditions import Plan
from ..problems import Problem, did_you_mean
from ..rules import Rule
from ..text.extensions import Extensions
from ..text.first_mentions import Term

DEEPEST = 12
"""Levels of lists and quotations, one in the other. Print can take no more than about twice as many."""
_KNOWN = ("abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "sane_lists", "smarty")


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


def terms(catalogue: Catalogue) -> list[Term]:
    """Every name whose first mention becomes a link: exercises and conditions first, then the glossary's."""
    linked: list[PageEntry[Any]] = [*catalogue.exercises.values(), *catalogue.conditions.values()]
    named = [
        Term(name, entry.page)
        for entry in linked
        for name in [entry.part(lambda page: page.title), *(entry.part(lambda page: page.aliases) or [])]
        if name
    ]
    return named + [
        Term(name, f"{GLOSSARY}#{entry.id}", "term glossary")
        for entry in glossary.words(catalogue)
        for name in entry.names
    ]


def extensions(catalogue: Catalogue, plans: Mapping[str, Plan], sizes: str) -> Extensions:
    """What happens to every text of the catalogue. `plans` are the renditions of pictures by their path in images/,
    `sizes` how wide they are shown."""
    sources = catalogue.sources.part(lambda sources: sources.root) or {}
    labels = {key: source.short for key, source in sources.items()}
    return Extensions(catalogue.say, terms(catalogue), labels, plans, sizes)


def convert(catalogue: Catalogue) -> tuple[dict[str, Body], list[Problem]]:
    """Every text by its page's path below docs/; what is wrong with the extensions that mkdocs.yml names."""
    ours = extensions(catalogue, {}, "")
    markdown, problems = _markdown(catalogue)
    markdown.registerExtensions(ours.all, {})
    bodies: dict[str, Body] = {}
    for path, entry in catalogue.pages.items():
        ours.begin(path, entry.part(lambda page: page.evidence) or [], str)
        body = _body(markdown, entry)
        bodies[path] = replace(body, is_exact=not problems and not body.problem, citations=ours.citations)
    return bodies, problems


def _body(markdown: Markdown, entry: PageEntry[Any]) -> Body:
    text = entry.document.body
    if not text.strip():
        return Body("")
    try:
        body = Body(markdown.reset().convert(text))
        if _depth(body) <= DEEPEST:
            return body
    except RecursionError:
        pass
    rows = text.split("\n")
    deepest = max(range(len(rows)), key=lambda n: (_indent(rows[n]), -n))
    message = f"Lists or quotations stand more than {DEEPEST} deep in each other here."
    line = entry.document.body_line + deepest
    return Body("", Problem(entry.path, line, Rule.NESTING_DEEP, message, "Use fewer levels."))


def _depth(body: Body) -> int:
    """How many lists and quotations stand in each other at most."""
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
    """How far the text of a line stands from the margin, quotation marks counted."""
    return len(row) - len(row.lstrip(" \t>"))


def _markdown(catalogue: Catalogue) -> tuple[Markdown, list[Problem]]:
    markdown, problems, board = Markdown(), list[Problem](), catalogue.switchboard
    place = next(iter(board.places), ())
    for name, settings in board.extensions.items():
        try:
            markdown.registerExtensions([name], {name: {key: _thing(value) for key, value in settings.items()}})
        except Exception as error:  # whatever an extension raises, MkDocs would stop
            at = _place(board.data.get("markdown_extensions"), name)
            message = f"There is no Markdown extension '{name}'."
            hint = did_you_mean(name, [*BUILT_IN, *_KNOWN])
            if not isinstance(error, ImportError | AttributeError):
                message, hint = f"The Markdown extension '{name}' can't be used: {error}.", "See its own manual."
            problems.append(board.problem(at or place, Rule.VALUE_INVALID, message, hint))
    return markdown, problems


def _place(value: Any, name: str) -> tuple[str | int, ...]:
    """Where mkdocs.yml names an extension."""
    if isinstance(value, dict):
        return ("markdown_extensions", name)
    for n, item in enumerate(value if isinstance(value, list) else ()):
        if item == name or (isinstance(item, dict) and name in item):
            return ("markdown_extensions", n)
    return ("markdown_extensions",)


def _thing(value: Any) -> Any:
    """What a setting of an extension means: a thing of Python itself where it is named."""
    if not isinstance(value, PythonName):
        return value
    module, _, name = value.rpartition(".")
    return getattr(import_module(module), name)
