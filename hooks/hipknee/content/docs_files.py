"""Every file below docs/: the pages, what would be published beside them, and what can't be taken for either.

MkDocs publishes whatever lies there, follows links to other folders, and takes five endings for a page. Nothing that
it would publish is left out here.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

from pathspec.gitignore import GitIgnoreSpec

from ..problems import Problem
from ..rules import Rule

PAGE = ".md"
DATA = "_data/"
"""What the pages share. Never published."""
_PAGES = (".markdown", ".mdown", ".mkdn", ".mkd", ".mdx", ".rst")
"""What others call a page. MkDocs publishes the first four as one, past every check."""
_CLOSED = "This folder can't be opened."
_ASK = "Close it in other programs, or ask its owner to let you open it."
_ALWAYS = (".*", "/templates/")
"""What MkDocs leaves out by itself, unless mkdocs.yml says otherwise."""


@dataclass(frozen=True)
class DocsFiles:
    """Paths below docs/, in order."""

    pages: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    """What is published beside the pages, if it is in order."""
    problems: tuple[Problem, ...] = ()
    closed: tuple[str, ...] = ()
    """Folders that may not be opened, from the project's root: nobody knows what is in them."""


def patterns(lines: Iterable[str]) -> GitIgnoreSpec:
    """Files meant by lines of patterns, as Git and MkDocs read them."""
    return GitIgnoreSpec.from_lines(line.strip() for line in lines)


def find(docs: Path, exclude: Iterable[str]) -> DocsFiles:
    """All files in the folder `docs` but those that a line of `exclude` (as in mkdocs.yml) means."""
    excluded = patterns((*_ALWAYS, *exclude))
    pages, others = list[str](), list[str]()
    problems, closed = list[Problem](), list[str]()
    for path, message, hint in _walk(docs, docs.resolve(), ""):
        if message == _CLOSED:
            folder = f"docs/{path}".rstrip("/")
            closed.append(folder)
            problems.append(Problem(folder, 1, Rule.FILE_UNKNOWN, message, hint))
            continue
        if path.startswith(DATA) or excluded.match_file(path):
            continue
        if message:
            problems.append(_problem(path, message, hint))
        elif path.endswith(PAGE):
            pages.append(path)
        elif intended := _page_name(path):
            message = "A page's file name must end in '.md', or it is not checked."
            problems.append(_problem(path, message, f"Rename it to '{intended}'."))
        else:
            others.append(path)
    problems += _twins([*pages, *others])
    return DocsFiles(tuple(pages), tuple(others), tuple(problems), tuple(closed))


def _problem(path: str, message: str, hint: str, rule: Rule = Rule.FILE_UNKNOWN) -> Problem:
    return Problem(f"docs/{path}", 1, rule, message, hint)


def _walk(folder: Path, docs: Path, below: str) -> Iterator[tuple[str, str, str]]:
    """Every file below `folder`, by its path below docs/, and what is wrong with things that are not files."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        if not os.access(folder, os.X_OK):  # it can be listed, but nothing in it can be opened
            raise PermissionError
    except FileNotFoundError:  # told of each file that has to be there
        return
    except OSError:
        yield below.rstrip("/"), _CLOSED, _ASK
        return
    for entry in entries:
        path = below + entry.name
        link = _wrong_link(entry, docs) if entry.is_symlink() else None
        if link:
            yield path, *link
        elif entry.is_dir() and path.endswith(PAGE):
            yield path, "This is a folder, but its name ends like the name of a page.", "Rename it."
        elif entry.is_dir():
            yield from _walk(Path(entry.path), docs, f"{path}/")
        elif entry.is_file() and not (path.endswith(PAGE) or path.startswith(DATA) or os.access(entry.path, os.R_OK)):
            yield path, "The file can't be opened.", _ASK  # those that are read here tell it themselves
        elif entry.is_file():
            yield path, "", ""
        else:
            yield path, "This is not an ordinary file, so it can't be read.", "Delete it."


def _wrong_link(entry: os.DirEntry[str], docs: Path) -> tuple[str, str] | None:
    """What is wrong with a link: nothing, when it leads to a file within docs/."""
    target = Path(entry.path).resolve()
    if not target.exists():
        return "This is a link to a file that does not exist.", "Delete it, or put the file itself here."
    if not target.is_relative_to(docs):
        return "This is a link that leads out of docs/.", "Put the file itself here."
    if target.is_dir():
        return "This is a link to another folder, which can't be checked.", "Put the folder itself here."
    return None


def _page_name(path: str) -> str:
    """What a file should be called that is meant to be a page, though its ending says something else; else ""."""
    name = path.rpartition("/")[2]
    stem, _, last = name.rpartition(".")
    if f".{last}".lower() in (PAGE, *_PAGES):
        return f"{stem}.md"
    if name.lower().endswith((".md.txt", ".markdown.txt")):
        return f"{name[: name.lower().rindex('.m')]}.md"
    return ""


def _twins(paths: Iterable[str]) -> Iterator[Problem]:
    """Files and folders whose names differ only in capitals or in how their accents are stored."""
    first: dict[str, str] = {}
    for path in paths:
        parts = path.split("/")
        for end in range(1, len(parts) + 1):
            way = "/".join(parts[:end])
            twin = first.setdefault(normalize("NFC", way).casefold(), way)
            if twin != way:
                what = "capital letters" if twin.casefold() == way.casefold() else "how their accents are stored"
                message = (
                    f"This name and docs/{twin} differ only in {what}, so many computers treat them as the same file."
                )
                yield _problem(way, message, "Rename one of the two.", Rule.FILE_CLASH)
                break
