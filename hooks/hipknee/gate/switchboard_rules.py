"""What mkdocs.yml has to agree on with the files that it names: menu, doors, extensions, styles and scripts."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import entry_points
from typing import Any

from ..content.catalogue import Catalogue
from ..content.docs_files import patterns
from ..content.kinds import EXERCISE
from ..problems import Problem, did_you_mean
from ..refusals import holds
from ..rules import Rule
from . import house_rules
from .file_rules import hidden_data, misnamed
from .house_rules import DOORS


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """Everything that mkdocs.yml names is there, and everything that has to be named is."""
    board = catalogue.switchboard
    listed = board.texts("hooks") if isinstance(board.data.get("hooks"), list) else None
    yield from house_rules.problems(catalogue.root, listed, board.at("hooks"))
    if not board.is_readable:
        return
    yield from _menu(catalogue)
    yield from _hooks(catalogue)
    yield from _plugins(catalogue)
    yield from _assets(catalogue)
    if board.data.get("draft_docs"):
        message = "This site has no drafts: every page in docs/ is published."
        yield board.problem(("draft_docs",), Rule.VALUE_INVALID, message, "Delete 'draft_docs'.")
    if not hidden_data(catalogue):
        message = "The data files in docs/_data/ would be published."
        yield board.problem(("exclude_docs",), Rule.VALUE_INVALID, message, "Add the line '/_data/' to 'exclude_docs'.")


def _menu(catalogue: Catalogue) -> Iterator[Problem]:
    """The menu names pages that are there, each once and by its own title, and every page but the exercises."""
    board, pages = catalogue.switchboard, catalogue.pages
    if not isinstance(board.data.get("nav"), list):
        return
    unsure = {problem.path for problem in catalogue.files.problems}
    seen: set[str] = set()
    meant = misnamed(catalogue)
    for entry in board.menu():
        target, place = entry.target, entry.place
        if target.startswith(("https://", "http://", "mailto:", "tel:")):
            continue
        if target in seen:
            yield board.problem(
                place, Rule.VALUE_INVALID, f"The menu lists '{target}' twice.", "Delete one of the two."
            )
        elif target not in pages:
            if f"docs/{target}" not in unsure:
                hint = did_you_mean(target.lstrip("/"), [path for path in pages if pages[path].kind is not EXERCISE])
                meant |= {f"docs/{path}" for path in pages if f"'{path}'" in hint}
                message = f"The menu leads to '{target}', which is not a page in docs/."
                yield board.problem(place, Rule.LINK_BROKEN, message, hint)
        elif entry.title and entry.title != (title := catalogue.titles.get(target, entry.title)):
            message = f"The menu calls {pages[target].path} '{entry.title}', but the page's title is '{title}'."
            yield board.problem(
                place, Rule.VALUE_INVALID, message, f"Write '- {target}': the menu takes the page's title."
            )
        seen.add(target)
    if any(problem.path == board.at("nav")[0] and "menu" in problem.message for problem in board.problems):
        return
    aside = patterns(board.patterns("not_in_nav"))
    for path in filter(pages.__contains__, catalogue.files.pages):
        page = pages[path]
        if path not in seen and page.path not in meant and not aside.match_file(path):
            message = "The menu does not list this page, so readers would not find it."
            hint = f"Add '- {path}' to 'nav' in {board.file}, where it belongs."
            yield Problem(page.path, 1, Rule.PAGE_UNLISTED, message, hint)


def _hooks(catalogue: Catalogue) -> Iterator[Problem]:
    """What is named is there."""
    board = catalogue.switchboard
    names = [name.removeprefix("./") for name in board.texts("hooks")]
    for n, name in enumerate(names):
        if name not in [f"hooks/{door}.py" for door in DOORS] and not holds((catalogue.root / name).is_file):
            message = f"There is no file '{name}'."
            yield board.problem(
                ("hooks", n), Rule.VALUE_INVALID, message, did_you_mean(name, [f"hooks/{d}.py" for d in DOORS])
            )
    for n, name in enumerate(board.texts("watch")):
        if not holds((catalogue.root / name).exists):
            hint = "Write its path from the project's folder."
            yield board.problem(("watch", n), Rule.VALUE_INVALID, f"There is no file or folder '{name}'.", hint)


def _plugins(catalogue: Catalogue) -> Iterator[Problem]:
    """The plugins that are named are installed."""
    board = catalogue.switchboard
    value: Any = board.data.get("plugins")
    items = list(value) if isinstance(value, list | dict) else []
    names = [next(iter(item)) if isinstance(item, dict) and item else item for item in items]
    if not names:
        return
    known = {point.name for point in entry_points(group="mkdocs.plugins")}
    for n, name in enumerate(names):
        if isinstance(name, str) and name not in known:
            place = ("plugins", name) if isinstance(value, dict) else ("plugins", n)
            message = f"The plugin '{name}' is not installed on this computer."
            yield board.problem(place, Rule.VALUE_INVALID, message, did_you_mean(name, known) or "Delete it.")


def _assets(catalogue: Catalogue) -> Iterator[Problem]:
    """The styles and scripts of the pages are files of the site."""
    board = catalogue.switchboard
    for key in ("extra_css", "extra_javascript", "extra_templates"):
        value = board.data.get(key)
        for n, item in enumerate(value if isinstance(value, list) else ()):
            name = item.get("path") if isinstance(item, dict) else item
            if not isinstance(name, str) or name in catalogue.files.others:
                continue
            message, hint = f"There is no file docs/{name}.", "Write its path inside docs/."
            if "//" in name:
                message = f"'{name}' is on another site: browsers would block it, and that site could see every reader."
                hint = "Put the file in docs/assets/ and write its path inside docs/."
            yield board.problem((key, n), Rule.VALUE_INVALID, message, hint)
