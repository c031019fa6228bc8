"""What may lie in docs/ besides pages, and that no two things are published at one address."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from ..content.catalogue import Catalogue
from ..content.docs_files import DATA, patterns
from ..content.kinds import CONDITION, EXERCISE, LIBRARY, PROBLEMS, further_pages
from ..embedding import FOLDER
from ..pdf_names import BOOKLET, COMPLETE, FOLDED, TICK_CHART
from ..problems import Problem
from ..rules import Rule
from . import link_rules

ASKED_BY_HOSTS = ("CNAME", "robots.txt", "favicon.ico", ".well-known/*")
"""What web servers and browsers ask for by name."""
ASSETS = "assets/"
LIST = "the list of problems, which editors see"
MADE_FOLDERS = ("pdf/", "assets/pictures/", "assets/javascripts/search/")
MADE_FILES = frozenset(
    "404.html 503.html exercises.json exercise.schema.json exercises.schema.json exercise-data.schema.json "
    "programmes.json programmes.schema.json "
    "search/index.js manifest.webmanifest service-worker.js sitemap.xml sitemap.xml.gz".split()
)
"""What a build makes itself. A test holds it against one."""

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LEFTOVER = re.compile(
    r"^~\$|^#.*#$|~$|\.(?:bak|tmp|orig|swp|old)$|^(?:Thumbs\.db|desktop\.ini)$| - copy|^\d{4}$", re.I
)


def check(catalogue: Catalogue, linked: Collection[str]) -> Iterator[Problem]:
    """Every file of docs/ has a place on the site, and has it for itself. `linked` are those that pages link to."""
    clashes = [*_addresses(catalogue)]
    twice = {problem.path for problem in clashes}
    yield from catalogue.files.problems
    yield from clashes
    yield from (problem for problem in _names(catalogue) if problem.path not in twice)
    yield from (problem for problem in _others(catalogue, linked) if problem.path not in twice)


def _names(catalogue: Catalogue) -> Iterator[Problem]:
    """A page's file name is its address: lowercase letters, digits and hyphens, with no folders below exercises/."""
    for path, entry in catalogue.pages.items():
        if entry.kind is EXERCISE and entry.slug.isdecimal():
            message = f"'{entry.slug}' is a number, and the pages of the exercise library have numbers as addresses."
            yield Problem(entry.path, 1, Rule.FILE_CLASH, message, "Put a word into the name of the file.")
        elif entry.kind is EXERCISE and (reserved := _reserved(entry.slug)):
            hint = "Rename the page. If it was published, add its old name to 'was'."
            yield Problem(entry.path, 1, Rule.FILE_CLASH, f"'{entry.slug}' is {reserved}.", hint)
        parts = [entry.slug] if entry.kind is EXERCISE else path.removesuffix(".md").split("/")
        if not all(_SLUG.fullmatch(part) for part in parts):
            what = "an exercise" if entry.kind is EXERCISE else "a page"
            message = f"'{entry.slug}.md' is not a valid file name for {what}."
            hint = "Use lowercase letters, digits and hyphens, as in 'side-lying-leg-raise.md'."
            yield Problem(entry.path, 1, Rule.VALUE_INVALID, message, hint)


def _reserved(slug: str) -> str:
    """Why an exercise can't have this name: a printed sheet of something else has it."""
    with_a_number = re.fullmatch(rf"({BOOKLET}|{COMPLETE})(-\d+)?", slug)  # that of a volume
    if slug == TICK_CHART or with_a_number or slug.startswith(FOLDED):
        return "the name of a printed sheet of the whole site"
    if slug.endswith(("-large", "-fold")) or slug.startswith("programme-"):
        return "a name that another kind of printed sheet uses"
    return ""


def _others(catalogue: Catalogue, linked: Collection[str]) -> Iterator[Problem]:
    """A file that is not a page is there for a reason."""
    site = catalogue.site
    named = site.part(lambda rules: rules.publish) or []
    for n, name in enumerate(named):
        if not any(fnmatchcase(path, name) for path in catalogue.files.others):
            message = f"There is no file docs/{name} to publish."
            hint = "Write its path inside docs/, spelled exactly as on disk."
            yield Problem(site.path, site.document.line("publish", n), Rule.FILE_UNKNOWN, message, hint)
    for path in catalogue.files.others:
        is_linked = path in linked and not path.lower().endswith(link_rules.RUNS)
        by_name = (*ASKED_BY_HOSTS, *named)
        if path.startswith(ASSETS) or is_linked or any(fnmatchcase(path, pattern) for pattern in by_name):
            continue
        message = "This file would be published, but no page links to it."
        hint = f"Link to it, move it out of docs/, or list it under 'publish' in docs/{DATA}site.yml."
        if _LEFTOVER.search(PurePosixPath(path).name):
            message, hint = "A program left this file here, and it would be published.", "Delete it."
        elif path.lower().endswith(link_rules.RUNS):
            message = "This file would be published without any check."
            hint = f"Turn it into a page, move it out of docs/, or list it under 'publish' in docs/{DATA}site.yml."
        yield Problem(f"docs/{path}", 1, Rule.FILE_UNKNOWN, message, hint)


def _addresses(catalogue: Catalogue) -> Iterator[Problem]:
    """No two files come to one address, nor a file to one that a build fills itself."""
    owners = {built_name(PROBLEMS): LIST, **_further(catalogue)}
    embeds = catalogue.clinic.part(lambda clinic: clinic.embed)
    menu = {entry.target for entry in catalogue.switchboard.menu()}
    for path in sorted(catalogue.pages, key=lambda path: path not in menu):
        entry, address = catalogue.pages[path], built_name(path)
        owner = owners.setdefault(address, entry.path)
        if owner != entry.path:
            yield Problem(entry.path, 1, Rule.FILE_CLASH, *_same(owner))
        elif embeds and address.startswith(FOLDER):
            message = f"The build puts the exercises for other websites into {FOLDER}, and nothing else may be there."
            yield Problem(entry.path, 1, Rule.FILE_CLASH, message, "Choose another name.")
    for path, entry in catalogue.pages.items():
        for n, slug in enumerate(entry.face.was or []):
            old = (PurePosixPath(path).parent / f"{slug}.md").as_posix()
            owner = owners.get(built_name(old), f"docs/{old}")
            if owner != f"docs/{old}":
                message = f"'{slug}' is already the address of {owner}."
                line = entry.document.line("was", n)
                yield Problem(entry.path, line, Rule.FILE_CLASH, message, "Delete the old name.")
    ours = MADE_FILES.union(f"{entry.page.removesuffix('.md')}.json" for entry in catalogue.exercises.values())
    for path in catalogue.files.others:
        if path in owners:
            yield Problem(f"docs/{path}", 1, Rule.FILE_CLASH, *_same(owners[path]))
        elif path.startswith(MADE_FOLDERS) or path in ours:
            message = "The build makes a file with this name."
            yield Problem(f"docs/{path}", 1, Rule.FILE_CLASH, message, "Rename this file, or delete it.")


def _further(catalogue: Catalogue) -> dict[str, str]:
    """The pages on which long lists go on, by the name of each in the site; and what they are to an author."""
    helps = Counter(slug for entry in catalogue.exercises.values() for slug in entry.face.helps or [])
    counts = {CONDITION.path(slug): helps[slug] for slug in catalogue.conditions}
    counts[LIBRARY] = len(catalogue.exercises)
    return {
        built_name(page): f"page {number} of the exercises in {catalogue.pages[path].path}"
        for path, count in counts.items()
        for number, page in enumerate(further_pages(path, count), 2)
    }


def _same(owner: str) -> tuple[str, str]:
    hint = "Keep one of the two, or rename one." if owner.startswith("docs/") else "Rename the page."
    return f"This page would have the same address as {owner}.", hint


def built_name(path: str) -> str:
    """Where the page at `path` below docs/ is published, with a folder for each page."""
    stem = path.removesuffix(".md")
    folder, _, name = stem.rpartition("/")
    if name in ("index", "README"):
        return f"{folder}/index.html" if folder else "index.html"
    return f"{stem}/index.html"


def misnamed(catalogue: Catalogue) -> set[str]:
    """The pages that need another name before anything can lead to them, as paths from the project's root."""
    return {problem.path for problem in name_problems(catalogue)}


def name_problems(catalogue: Catalogue) -> Iterator[Problem]:
    """What is wrong with the names of pages, and with the addresses that these give them."""
    for rule in (_names, _addresses):
        yield from rule(catalogue)


def hidden_data(catalogue: Catalogue) -> bool:
    """Whether mkdocs.yml keeps the data files out of the site."""
    return patterns(catalogue.switchboard.patterns("exclude_docs")).match_file(f"{DATA}site.yml")
