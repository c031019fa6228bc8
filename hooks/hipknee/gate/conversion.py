"""A text of an author, converted by Markdown just as the build does it."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from markdown import Markdown

from ..content.catalogue import Catalogue, PageEntry
from ..content.kinds import EXERCISE
from ..content.switchboard import BUILT_IN, PythonName
from ..pictures.renditions import Plan
from ..problems import Problem, did_you_mean
from ..rules import Rule
from ..text.extensions import Extensions
from .mentions import labels, names

_KNOWN = ("abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "sane_lists", "smarty")


def extensions(catalogue: Catalogue, plans: Mapping[str, Plan], sizes: str) -> Extensions:
    """What happens to every text of the catalogue. `plans` are the renditions of pictures by their path in images/,
    `sizes` how wide they are shown."""
    left_out = [*map(EXERCISE.path, catalogue.left_out)]
    every = names(catalogue), labels(catalogue), plans, sizes, catalogue.emergency_number
    return Extensions(catalogue.say, *every, left_out)


class Converter:
    """Markdown with all its extensions. `problems` are those of the extensions that mkdocs.yml names."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._ours = extensions(catalogue, {}, "")
        self._markdown, self.problems = _markdown(catalogue)
        self._markdown.registerExtensions(self._ours.all, {})

    def html(self, entry: PageEntry[Any]) -> str | None:
        """The page's text; None when things are nested too deep."""
        self._ours.begin(entry.page, entry.part(lambda page: page.evidence) or [], str)
        try:
            return str(self._markdown.reset().convert(entry.document.body))
        except RecursionError:
            return None


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
                message, hint = f"The Markdown extension '{name}' does not work: {error}.", "See its documentation."
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
