"""The kinds of pages: one row says for each which files, which model, which template, and what it is elsewhere.

Nobody else takes a path apart. A new kind is a row here, a model, a template and its rules.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Literal

from .model import Article, Chapter, Condition, Exercise, Glossary, Library, Page, Programme

HOME = "index.md"
LIBRARY = "exercises/index.md"
GLOSSARY = "glossary.md"
ABOUT = "about.md"
SOURCES = "sources.md"
"""The page that lists all sources. Without it the page about the site does."""
BUILDER = "programme.md"
"""The page that shows a programme by its code. Without it sheets carry none that is scanned."""
PROBLEMS = "problems.md"
"""The page that lists every problem, while serving to an editor: nobody writes it."""
CARDS = 24
"""How many exercises a page lists as cards. Those of a longer list go on, on further pages that nobody writes."""


@dataclass(frozen=True)
class Kind:
    """One kind of page."""

    files: str
    """Its files, as a pattern of paths below docs/; `CONDITIONS`: the pages that `conditions` in site.yml names."""
    model: type[Page]
    template: str
    title: str
    """What editors call it, over the table of its fields."""
    part_of: str | None = None
    """The page above it: in the trail, in search results and in the booklet."""
    schema: str | None = None
    """What it is about, in the words of schema.org."""
    search: Literal["condition", "page"] = "page"
    """Of two hits that match alike, a condition comes first."""
    sections: bool = True
    """Whether its sections are found on their own, and stand in the booklet's contents; those of all exercises are
    called the same."""
    links: bool = False
    """Whether the first mention of its title on another page becomes a link, as that of an alias does of any kind."""
    prints: bool = False
    """Whether it has handouts."""

    @property
    def folder(self) -> str:
        """The folder of its files below docs/, "" or with a slash at the end."""
        return self.files.rpartition("/")[0] + "/" if "/" in self.files else ""

    def path(self, slug: str) -> str:
        """The page of this kind that is called `slug`, as a path below docs/."""
        return f"{self.folder}{slug}.md"

    def slug(self, path: str) -> str:
        """What the page at `path` is called."""
        return path.removeprefix(self.folder).removesuffix(".md")


CONDITIONS = "<conditions>.md"

EXERCISE = Kind(
    "exercises/*.md",
    Exercise,
    "exercise.html",
    "An exercise, `docs/exercises/<name>.md`",
    part_of=LIBRARY,
    schema="ExercisePlan",
    sections=False,
    links=True,
    prints=True,
)
CONDITION = Kind(
    CONDITIONS,
    Condition,
    "condition.html",
    "A condition page, such as `docs/knee-pain.md`",
    schema="MedicalSymptom",
    search="condition",
    links=True,
)
PROGRAMME = Kind(
    "programmes/*.md",
    Programme,
    "programme.html",
    "A ready-made programme, `docs/programmes/<name>.md`",
    part_of=LIBRARY,
    schema="ExercisePlan",
    sections=False,
)
ARTICLE = Kind("*.md", Chapter, "article.html", "Any other page")
KINDS = (
    EXERCISE,
    CONDITION,
    PROGRAMME,
    Kind(GLOSSARY, Glossary, "glossary.html", "The glossary, `docs/glossary.md`"),
    Kind(LIBRARY, Library, "library.html", "The library, `docs/exercises/index.md`"),
    Kind(HOME, Article, "home.html", "The home page, `docs/index.md`"),
    Kind(ABOUT, Article, "about.html", "The page about the site, `docs/about.md`"),
    Kind(BUILDER, Article, "builder.html", "The page of programmes, `docs/programme.md`"),
    Kind(SOURCES, Article, "sources.html", "The page of all sources, `docs/sources.md`"),
    ARTICLE,
)


def lists_all_sources(path: str, pages: Collection[str]) -> bool:
    """Whether the page at `path` below docs/ is the one that lists all sources, where the site has these pages."""
    return path == (SOURCES if SOURCES in pages else ABOUT)


def kind_of(path: str, conditions: Collection[str]) -> Kind:
    """The kind of the page at `path` below docs/, where `conditions` are called so in site.yml.

    What is named comes first, then what a row names, then the first pattern that fits.
    """
    if path.removesuffix(".md") in conditions:
        return CONDITION
    named = [kind for kind in KINDS if kind.files == path]
    return (named or [kind for kind in KINDS if fnmatchcase(path, kind.files)])[0]


def further_pages(path: str, count: int) -> list[str]:
    """Where a list of `count` exercises goes on that begins on the page at `path`: its pages from the second.

    As paths below docs/: "exercises/2.md" of the library, "knee-pain/exercises/2.md" of a condition.
    """
    folder = list_folder(path)
    return [f"{folder}{number}.md" for number in range(2, -(-count // CARDS) + 1)]


def list_folder(path: str) -> str:
    """Where the rest of a list stands that begins on the page at `path`: as a path below docs/, or in the site."""
    return EXERCISE.folder if path == LIBRARY else f"{path.removesuffix('.md')}/{EXERCISE.folder}"
