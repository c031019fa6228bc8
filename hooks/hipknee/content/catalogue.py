"""All pages and data of the site, read once.

`load` reads the files below a project's root and holds each against its model. What the values have to agree on is
for `gate` to say. A file that can't be read leaves a gap and a problem, never an exception.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from ..problems import Problem
from . import front_matter
from .data_files import Site, Sources, Vocabulary, Words
from .front_matter import Document
from .model import Article, Condition, Exercise, Glossary, Library
from .validation import blank, validate

M = TypeVar("M", bound=BaseModel)

HOME = "index.md"
EXERCISES = "exercises"
LIBRARY = "exercises/index.md"
GLOSSARY = "glossary.md"
ABOUT = "about.md"
DATA = ("vocabulary.yml", "sources.yml", "site.yml", "words.en.yml")


@dataclass(frozen=True)
class Entry(Generic[M]):
    """One file: what it says (`document`) and what that means (`value`, None when a field is wrong).

    `draft` is the value with None for the fields that are wrong: for checks, never for printing.
    """

    document: Document
    value: M | None
    draft: M

    @property
    def path(self) -> str:
        return self.document.path


@dataclass(frozen=True)
class Catalogue:
    """Everything that the site is made from.

    Pages are keyed by their path below docs/, exercises and conditions by their slug. `exercises` is in the
    catalogue's order. `problems` are those of reading; the gate adds its own.
    """

    root: Path
    vocabulary: Entry[Vocabulary]
    sources: Entry[Sources]
    site: Entry[Site]
    words: Entry[Words]
    exercises: Mapping[str, Entry[Exercise]]
    conditions: Mapping[str, Entry[Condition]]
    library: Entry[Library]
    glossary: Entry[Glossary] | None
    articles: Mapping[str, Entry[Article]]
    problems: list[Problem] = field(default_factory=list)

    @property
    def docs(self) -> Path:
        return self.root / "docs"

    @property
    def images(self) -> Path:
        return self.root / "images"

    def pages(self) -> Mapping[str, Entry[Any]]:
        """Every page, by its path below docs/."""
        return self._pages

    @cached_property
    def _pages(self) -> dict[str, Entry[Any]]:
        special: dict[str, Entry[Any]] = {LIBRARY: self.library}
        if self.glossary:
            special[GLOSSARY] = self.glossary
        conditions = {f"{slug}.md": entry for slug, entry in self.conditions.items()}
        exercises = {f"{EXERCISES}/{slug}.md": entry for slug, entry in self.exercises.items()}
        return {**self.articles, **special, **conditions, **exercises}

    def titles(self) -> dict[str, str]:
        """The title of every page that has one, by its path below docs/."""
        return {path: e.draft.title for path, e in self.pages().items() if isinstance(e.draft.title, str)}


def load(root: Path) -> Catalogue:
    """Read docs/ below `root`."""
    docs, problems = root / "docs", list[Problem]()

    def entry(model: type[M], path: str) -> Entry[M]:
        shown = f"docs/{path}"
        try:
            raw = (docs / path).read_bytes()
        except OSError:
            problems.append(Problem(shown, 1, "key-missing", "The file is missing or can't be opened."))
            return Entry(Document(shown), None, blank(model))
        read = front_matter.read_page if path.endswith(".md") else front_matter.read_data
        document, found = read(shown, raw)
        problems.extend(found)
        if found and not document.data:  # to say that everything is missing would only bury the cause
            return Entry(document, None, blank(model))
        reading = validate(model, document)
        problems.extend(reading.problems)
        return Entry(document, None if found else reading.value, reading.draft)

    vocabulary, sources, site, words = (
        entry(Vocabulary, "_data/vocabulary.yml"),
        entry(Sources, "_data/sources.yml"),
        entry(Site, "_data/site.yml"),
        entry(Words, "_data/words.en.yml"),
    )
    library = entry(Library, LIBRARY)
    named = site.draft.conditions
    conditions = {slug: entry(Condition, f"{slug}.md") for slug in (_with_red_flags(docs) if named is None else named)}
    found = sorted(path.relative_to(docs).as_posix() for path in docs.rglob("*.md"))
    found = [path for path in found if not path.startswith(".") and "/." not in path]  # nor does MkDocs publish them
    slugs = [path[len(EXERCISES) + 1 : -3] for path in found if path.startswith(f"{EXERCISES}/") and path != LIBRARY]
    rank = {slug: n for n, slug in enumerate(library.draft.order or [])}
    slugs.sort(key=lambda slug: (rank.get(slug, len(rank)), slug))
    exercises = {slug: entry(Exercise, f"{EXERCISES}/{slug}.md") for slug in slugs}
    glossary = entry(Glossary, GLOSSARY) if GLOSSARY in found else None
    rest = [
        path
        for path in found
        if not path.startswith((f"{EXERCISES}/", "_data/")) and path != GLOSSARY and path[:-3] not in conditions
    ]
    articles = {path: entry(Article, path) for path in rest}
    return Catalogue(
        root, vocabulary, sources, site, words, exercises, conditions, library, glossary, articles, problems
    )


def _with_red_flags(docs: Path) -> list[str]:
    """What must be the conditions when site.yml can't be read: or every link to one would be a problem too."""
    pages = [path for path in sorted(docs.glob("*.md")) if path.is_file()]
    return [path.stem for path in pages if b"\nred_flags:" in path.read_bytes()]
