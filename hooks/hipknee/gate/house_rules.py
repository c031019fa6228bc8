"""What the engine itself needs: its doors and its templates, which anybody can delete by mistake."""

from __future__ import annotations

import ast
import posixpath
from collections.abc import Collection, Iterator
from functools import lru_cache
from pathlib import Path

from ..problems import Problem
from ..refusals import holds, why
from ..rules import Rule

DOORS = ("publish", "site", "pages", "assets", "editor_mode")
"""The files that MkDocs opens: each `hooks/<name>.py`, and each named under `hooks` in mkdocs.yml."""
FILES = (
    *(f"overrides/{name}" for name in "404.html 503.html main.html sitemap.xml".split()),
    *(f"overrides/partials/{name}" for name in "logo.svg search.html ways.html".split()),
    *(
        f"hipknee/pages/html/{name}.html"
        for name in "about article banner builder condition doing embed exercise glossary home".split()
    ),
    *(
        f"hipknee/pages/html/{name}.html"
        for name in "library list listing parts plan plan_table problem problems".split()
    ),
    *(f"hipknee/pages/html/{name}.html" for name in "programme redirect sources".split()),
    *(
        f"hipknee/print/typst/{name}.typ"
        for name in "body booklet handout house patient-booklet plan-chart programme tick-chart".split()
    ),
    *(f"hipknee/print/typst/fonts/HipsAndKneesSans-{face}.ttf" for face in "Bold Italic Regular SemiBold".split()),
    *(f"hipknee/publish/workers/{name}.js" for name in "forget keep".split()),
    *(
        f"hipknee/publish/servers/{name}"
        for name in ".htaccess Caddyfile README.md _headers github-pages.yml nginx.conf".split()
    ),
)
"""What the engine prints with, and hands on, in `hooks/`. A test holds that this is all there is."""
_HINT = "It is part of the engine: copy the folder 'hooks' again, or run 'git checkout hooks'."


def problems(
    root: Path, listed: Collection[str] | None = None, settings: tuple[str, int] = ("mkdocs.yml", 1)
) -> list[Problem]:
    """Everything that the engine in `hooks/` below `root` lacks.

    `listed` are the hooks that mkdocs.yml names, at the file and line `settings`; None leaves that out. A project
    without a folder `hooks` has only content: the engine that checks it is somewhere else, and whole.
    """
    lacking = [*_doors(root), *_files(root)] if holds((root / "hooks").is_dir) else []
    return [*lacking, *_unlisted(listed, settings)]


def _doors(root: Path) -> Iterator[Problem]:
    for name in DOORS:
        path = f"hooks/{name}.py"
        try:
            line, fault = _fault((root / path).read_bytes())
        except OSError as error:
            line, fault = 1, why(error)[0]
        if fault:
            yield Problem(path, line, Rule.ENGINE_BROKEN, f"The file {fault}.", _HINT)


@lru_cache(maxsize=64)
def _fault(code: bytes) -> tuple[int, str]:
    """What is wrong with the code of a door, and the line; "" when it is Python that answers an event."""
    try:
        tree = ast.parse(code)
    except (SyntaxError, ValueError) as error:
        return getattr(error, "lineno", None) or 1, f"is not valid Python: {getattr(error, 'msg', None) or error}"
    names = [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]
    return 1, "" if any(name.startswith("on_") for name in names) else "is empty or incomplete"


def _files(root: Path) -> Iterator[Problem]:
    for name in FILES:
        path = root / "hooks" / name
        try:
            size = path.stat().st_size
        except OSError as error:
            yield Problem(f"hooks/{name}", 1, Rule.ENGINE_BROKEN, f"The file {why(error)[0]}.", _HINT)
        else:
            if not (size and path.is_file()):
                what = "is empty" if path.is_file() else "is a folder, but a file is needed"
                yield Problem(f"hooks/{name}", 1, Rule.ENGINE_BROKEN, f"The file {what}.", _HINT)


def _unlisted(listed: Collection[str] | None, settings: tuple[str, int]) -> Iterator[Problem]:
    paths = {posixpath.normpath(path.replace("\\", "/")) for path in listed or ()}
    for name in DOORS if listed is not None else ():
        if f"hooks/{name}.py" not in paths:
            message = f"'hooks' does not list hooks/{name}.py, so part of the engine is left out."
            yield Problem(*settings, Rule.ENGINE_BROKEN, message, f"Add a line '- hooks/{name}.py' below 'hooks:'.")
