"""All pages and data of the site, read once.

`load` reads the files below a project's root and holds each against its model. What the values have to agree on is
for `gate` to say. A file that can't be read leaves a gap and a problem, never an exception.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

from pydantic import BaseModel

from .. import keeping
from ..keeping import FOLDER, Kept, key
from ..problems import Problem
from ..refusals import contents, why
from ..rules import Rule
from ..wording import Say, Word
from . import docs_files, front_matter
from .data_files import Clinic, Codes, Gone, Notes, SearchWords, SharedRedFlags, Site, Sources, Vocabulary, Words
from .docs_files import DocsFiles
from .faces import Face, face
from .filling import IN_HEADING, counts, filled
from .front_matter import Document
from .kinds import ARTICLE, CONDITION, EXERCISE, GLOSSARY, HOME, KINDS, LIBRARY, PROGRAMME, Kind, kind_of
from .model import Condition, Exercise, Glossary, Group, Library, Programme
from .switchboard import FILE, Switchboard
from .validation import Draft, blank, validate

M = TypeVar("M", bound=BaseModel)
T = TypeVar("T")

DATA = ("vocabulary.yml", "sources.yml", "site.yml", "clinic.yml")
"""The data files that are the same whatever the language; beside them stands `words_file`."""
CLINIC = "_data/clinic.yml"
"""The clinic's settings, below docs/."""
RED_FLAGS = "_data/red_flags.yml"
"""The warning signs that condition pages share, below docs/."""
CODES, GONE = "_data/codes.yml", "_data/gone.yml"
"""Every code that an exercise ever had, and those that no exercise has any more, below docs/."""
OPTIONAL = (Clinic, Codes, Gone, Notes, SearchWords, SharedRedFlags)
"""What a site can do without."""
_FRONT_MATTER = re.compile(rb"\A(?:\xef\xbb\xbf)?---[ \t]*\r?\n.*?\n---[ \t]*\r?(?:\n|\Z)", re.DOTALL)
FALLBACK = "en"
"""The language of a site that names none: the theme's own."""


def notes_file(language: str) -> str:
    """The file below docs/_data/ with what programmes may say in a language: "notes.en.yml"."""
    return f"notes.{language}.yml"


def search_file(language: str) -> str:
    """The file below docs/_data/ with what readers of a language type: "search.en.yml"."""
    return f"search.{language}.yml"


def words_file(language: str) -> str:
    """The file below docs/_data/ with the words of a language: "words.en.yml"."""
    return f"words.{language}.yml"


class Parts(NamedTuple, Generic[M]):
    """What comes of a file that is read."""

    document: Document
    value: M | None
    draft: Draft[M]


@dataclass(frozen=True, eq=False)
class Entry(Generic[M]):
    """One file. It is read when somebody asks what it says, and no sooner."""

    path: str
    """From the project's root, as in `Problem`."""
    digest: str
    """A hash, in hex, over the file and what is filled into it; "" when it can't be read."""
    face: Face
    """Of a page: what it shows to the others."""
    parts: Callable[[], Parts[M]]
    raw: bytes = field(repr=False)
    """Of a page: the file, with nothing filled in; b"" when nobody has read it."""

    @classmethod
    def of(cls, document: Document, value: M | None, draft: Draft[M], raw: bytes = b"") -> Entry[M]:
        """A file that has been read."""
        parts = Parts(document, value, draft)
        return Entry(document.path, document.digest, face(document, draft, value is not None), lambda: parts, raw)

    @property
    def document(self) -> Document:
        """What it says."""
        return self.parts().document

    @property
    def text(self) -> str:
        """The author's text below the front matter, which is not read for it."""
        if not self.raw or b"{" in self.raw:  # something may be filled in
            return self.document.body
        return _FRONT_MATTER.sub(b"", self.raw, count=1).decode("utf-8-sig", "replace")

    @property
    def value(self) -> M | None:
        """What that means; None when a field is wrong. Only a whole value is printed."""
        return self.parts().value

    @property
    def draft(self) -> Draft[M]:
        """What is right of it, for checks."""
        return self.parts().draft

    def part(self, read: Callable[[M], T]) -> T | None:
        """What `read` gets of what is right, such as `lambda page: page.title`; None when that is missing."""
        return self.draft.part(read)


@dataclass(frozen=True, eq=False)
class PageEntry(Entry[M]):
    """One page."""

    kind: Kind
    page: str
    """Its path below docs/."""

    @classmethod
    def on(cls, page: str, kind: Kind, entry: Entry[M]) -> PageEntry[M]:
        """The file as a page of this kind, at this path below docs/."""
        return PageEntry(entry.path, entry.digest, entry.face, entry.parts, entry.raw, kind, page)

    @property
    def slug(self) -> str:
        """What its kind calls it."""
        return self.kind.slug(self.page)


class Bunch(NamedTuple):
    """Exercises of a list that stand together below a heading."""

    group: Group | None
    """None of a list that has no groups."""
    heading: str
    """With how many they are; "" without a group."""
    exercises: list[str]
    """By slug."""


@dataclass(frozen=True)
class Catalogue:
    """Everything that the site is made from. `problems` are those of reading; the gate adds its own."""

    root: Path
    switchboard: Switchboard
    """mkdocs.yml."""
    language: str
    """That of pages, sheets and search, and of `words`: `theme.language` in mkdocs.yml."""
    files: DocsFiles
    vocabulary: Entry[Vocabulary]
    sources: Entry[Sources]
    site: Entry[Site]
    words: Entry[Words]
    clinic: Entry[Clinic]
    red_flags: Entry[SharedRedFlags]
    codes: Entry[Codes]
    gone: Entry[Gone]
    notes: Entry[Notes]
    search: Entry[SearchWords]
    """What readers type. No page is made from it, only the index of the search."""
    pages: Mapping[str, PageEntry[Any]]
    """Every page, by its path below docs/: articles first, exercises last and in the catalogue's order."""
    left_out: Mapping[str, PageEntry[Exercise]] = field(default_factory=dict)
    """The exercises that the clinic leaves out, by slug. They are no pages, and their codes stay theirs."""
    problems: list[Problem] = field(default_factory=list)

    @property
    def docs(self) -> Path:
        return self.root / "docs"

    @property
    def images(self) -> Path:
        return self.root / "images"

    @property
    def shared(self) -> tuple[Entry[Any], ...]:
        """What all pages need: the data files, and the library with its order."""
        return *self.data, self.library

    @property
    def data(self) -> tuple[Entry[Any], ...]:
        """The data files that pages are made from."""
        return self.vocabulary, self.sources, self.site, self.words, self.clinic, self.red_flags

    @property
    def of_programmes(self) -> tuple[Entry[Any], ...]:
        """The data files that only programmes are made from."""
        return self.codes, self.gone, self.notes

    @cached_property
    def exercises(self) -> dict[str, PageEntry[Exercise]]:
        """By slug, in the catalogue's order."""
        return self._of(EXERCISE)

    @cached_property
    def conditions(self) -> dict[str, PageEntry[Condition]]:
        """By slug, in the order of site.yml."""
        return self._of(CONDITION)

    @cached_property
    def programmes(self) -> dict[str, PageEntry[Programme]]:
        """The ready-made ones, by slug."""
        return self._of(PROGRAMME)

    @cached_property
    def groups(self) -> list[Group]:
        """The groups of exercises that have some, in order; none on a site that has no groups."""
        groups = self.library.part(lambda library: library.groups) or []
        return [group for group in groups if any(slug in self.exercises for slug in group.exercises)]

    @cached_property
    def group_of(self) -> dict[str, Group]:
        """The group of each exercise that has one, by slug."""
        return {slug: group for group in self.groups for slug in group.exercises}

    def bunches(self, slugs: Iterable[str]) -> list[Bunch]:
        """A list of exercises as it is printed: group by group, and below each heading in the order of the list."""
        order: dict[str | None, list[str]] = {group.id: [] for group in self.groups}
        for slug in slugs:
            order.setdefault(group.id if (group := self.group_of.get(slug)) else None, []).append(slug)
        ids = {group.id: group for group in self.groups}
        return [
            Bunch(ids.get(id_ or ""), self._heading(ids[id_], len(some)) if id_ else "", some)
            for id_, some in order.items()
            if some
        ]

    def _heading(self, group: Group, count: int) -> str:
        return group.heading(count).replace(IN_HEADING, self.say.count_name(count))

    @cached_property
    def headings(self) -> dict[str, str]:
        """The heading of the group of each exercise that has one, over all that are in it: by the exercise's slug."""
        whole = {bunch.group.id: bunch.heading for bunch in self.bunches(self.exercises) if bunch.group}
        return {slug: whole[group.id] for slug, group in self.group_of.items() if slug in self.exercises}

    def neighbours(self, slugs: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """The exercises beside each of these, which are in the catalogue's order: "" where none is. One of another
        group is not beside it."""
        beside: dict[str, tuple[str, ...]] = {}
        for bunch in self.bunches(slugs):
            row = ["", *bunch.exercises, ""]
            beside |= {slug: (row[n], row[n + 2]) for n, slug in enumerate(bunch.exercises)}
        return beside

    def leaves_out(self, code: str) -> bool:
        """Whether the exercise with this code, or that had it before, is one that the clinic leaves out."""
        faces = [entry.face for entry in self.left_out.values()]
        return any(code in (face.code, *(face.was_codes or ())) for face in faces)

    @cached_property
    def say(self) -> Say:
        """What says the words, as far as they can be read."""
        return Say(self.words.part(lambda words: words.root) or {})

    @property
    def emergency_number(self) -> str:
        """What {emergency} stands for."""
        return _emergency_number(self.clinic)

    @property
    def library(self) -> PageEntry[Library]:
        return self.pages[LIBRARY]

    @property
    def glossary(self) -> PageEntry[Glossary] | None:
        return self.pages.get(GLOSSARY)

    @cached_property
    def titles(self) -> dict[str, str]:
        """The title of every page that has one, by its path below docs/."""
        return {path: entry.face.title for path, entry in self.pages.items() if entry.face.title is not None}

    def _of(self, kind: Kind) -> dict[str, PageEntry[Any]]:
        return {entry.slug: entry for entry in self.pages.values() if entry.kind is kind}


_MOVED: Mapping[type[BaseModel], tuple[str, ...]] = {Site: ("emergency_number",)}
"""What older sites have in a file, and stands in another one now."""
_read: dict[str, tuple[Entry[Any], list[Problem]]] = {}
"""What came of each file of the last catalogue: one of many is edited."""


@dataclass(frozen=True)
class _Source(Generic[M]):
    """A file, and what is filled into it."""

    name: str
    model: type[M]
    raw: bytes
    counts: Mapping[str, str]
    emergency: str

    @cached_property
    def digest(self) -> str:
        digest = sha256(self.raw).hexdigest()
        filled_in = b"{" in self.raw
        numbers = " ".join(self.counts.values())
        return sha256(f"{digest} {numbers} {self.emergency}".encode()).hexdigest() if filled_in else digest

    def read(self) -> tuple[Parts[M], list[Problem]]:
        """What comes of it, and what is wrong with it."""
        if self.name.endswith(".md"):
            document, broken = front_matter.read_page(self.name, self.raw)
        else:
            builder = front_matter.ListBuilder if self.model is Gone else front_matter.Builder
            document, broken = front_matter.read_data(self.name, self.raw, builder)
        if b"{" in self.raw:
            document = filled(document, self.counts, self.emergency)
        document = replace(document, digest=self.digest)
        if broken and not document.data:  # to say that everything is missing would only bury the cause
            return Parts(document, None, blank(self.model)), broken
        moved = [key for key in _MOVED.get(self.model, ()) if key in document.data]  # told once, by the gate
        kept = {key: value for key, value in document.data.items() if key not in moved}
        reading = validate(self.model, replace(document, data=kept) if moved else document)
        parts = Parts(document if moved else reading.document, None if broken else reading.value, reading.draft)
        return parts, [*broken, *reading.problems]

    def entry(self, kept: Kept) -> tuple[Entry[M], list[Problem]]:
        """The file, and what is wrong with it. Of a page that is known it is not read yet."""
        known = kept.get(self.key)
        if known is not None:
            problems = [Problem.of_json(each) for each in known["problems"]]
            parts = cache(lambda: self.read()[0])
            return Entry(self.name, self.digest, Face.of_json(known["face"]), parts, self.raw), problems
        (document, value, draft), problems = self.read()
        return Entry.of(document, value, draft, self.raw), problems

    def keep(self, entry: Entry[M], problems: Iterable[Problem], kept: Kept) -> None:
        """Keep what came of a page."""
        if self.name.endswith(".md") and not kept.need(self.key):
            value = {"face": entry.face.to_json(), "problems": [problem.to_json() for problem in problems]}
            kept.put(self.key, value)

    @cached_property
    def key(self) -> str:
        """A hash, in hex, over all of it."""
        return key(self.name, self.model.__name__, self.digest)


def clinic(root: Path) -> tuple[Clinic, list[Problem]]:
    """The clinic's settings alone, and what is wrong with them: then they are those of no clinic."""
    path = root / "docs" / CLINIC
    try:
        raw = contents(path)
    except FileNotFoundError:
        return Clinic(), []
    except OSError as error:
        what, hint = why(error)
        return Clinic(), [Problem(f"docs/{CLINIC}", 1, Rule.KEY_MISSING, f"The file {what}.", hint)]
    parts, problems = _Source(f"docs/{CLINIC}", Clinic, raw, {}, "").read()
    return parts.value or Clinic(), problems


def load(root: Path, settings: str = FILE) -> Catalogue:
    """Read docs/ below `root`, and the file `settings` there, which is mkdocs.yml."""
    docs, switchboard = root / "docs", Switchboard.read(root, settings)
    read_bytes = cache(contents)  # the library is asked for its groups before all others are read
    problems = [*switchboard.problems]
    language = _language(switchboard, docs)
    files = docs_files.find(docs, switchboard.patterns("exclude_docs"))
    unsure = {problem.path for problem in files.problems}
    emergency = ""
    numbers: Mapping[str, str] = {}
    read: dict[str, tuple[Entry[Any], list[Problem]]] = {}
    known_faces = keeping.kept(root / FOLDER / "faces", keeping.core())

    def entry(model: type[M], path: str, wanted_by: str = "") -> Entry[M]:
        name = f"docs/{path}"
        try:
            raw = read_bytes(docs / path)
        except OSError as error:
            if model in OPTIONAL and isinstance(error, FileNotFoundError):
                return Entry.of(*_Source(name, model, b"", numbers, emergency).read()[0])
            what, hint = why(error)
            missing = Problem(name, 1, Rule.KEY_MISSING, f"The file {what}.", hint or wanted_by)
            is_gone = isinstance(error, FileNotFoundError)
            if name not in unsure:  # told already
                problems.append(_without_words(missing, docs, language) if model is Words and is_gone else missing)
            return Entry.of(Document(name), None, blank(model))
        source = _Source(name, model, raw, {} if model is Words else numbers, emergency)  # words have their own {count}
        entry, wrong = read[source.key] = _read.get(source.key) or source.entry(known_faces)
        source.keep(entry, wrong, known_faces)
        problems.extend(wrong)
        return entry

    def page(path: str, kind: Kind) -> PageEntry[Any]:
        read = entry(
            kind.model, path, f"Add it, or delete it from 'conditions' in {site.path}." if kind is CONDITION else ""
        )
        return PageEntry.on(path, kind, read)

    clinic = entry(Clinic, CLINIC)
    emergency = _emergency_number(clinic)
    words = entry(Words, f"_data/{words_file(language)}")
    say = Say(words.part(lambda words: words.root) or {})
    groups = _groups(docs / LIBRARY, read_bytes)
    left_out = _left_out(clinic, groups)
    slugs = {EXERCISE.slug(path) for path in files.pages if kind_of(path, ()) is EXERCISE}
    sizes = {id_: len({*group} & slugs - left_out) for id_, group in groups.items()}
    numbers = counts(sizes, len(slugs - left_out), say)
    vocabulary, sources = entry(Vocabulary, "_data/vocabulary.yml"), entry(Sources, "_data/sources.yml")
    site = entry(Site, "_data/site.yml")
    red_flags = entry(SharedRedFlags, RED_FLAGS)
    codes, gone, notes = entry(Codes, CODES), entry(Gone, GONE), entry(Notes, f"_data/{notes_file(language)}")
    search = entry(SearchWords, f"_data/{search_file(language)}")
    conditions, differences = _conditions(docs, files.pages, site)
    problems += differences
    paths = {*files.pages, HOME, LIBRARY, GLOSSARY, *map(CONDITION.path, conditions)}
    kinds = {path: kind_of(path, conditions) for path in sorted(paths)}
    unpublished = {path for path, kind in kinds.items() if kind is EXERCISE and EXERCISE.slug(path) in left_out}
    pages = {path: page(path, kind) for path, kind in kinds.items() if path not in unpublished}
    heard = len(problems)
    apart = {EXERCISE.slug(path): page(path, EXERCISE) for path in sorted(unpublished)}
    del problems[heard:]  # what is wrong with a page that nobody gets is nobody's problem
    order = pages[LIBRARY].part(lambda library: library.slugs()) or []
    rank = {CONDITION.path(slug): n for n, slug in enumerate(conditions)}
    rank |= {EXERCISE.path(slug): n for n, slug in enumerate(order)}

    def place(path: str) -> tuple[int, int, str]:
        return -KINDS.index(kinds[path]), rank.get(path, len(rank)), path

    _read.clear()
    _read.update(read)
    known_faces.keep()
    pages = {path: pages[path] for path in sorted(pages, key=place)}
    data = vocabulary, sources, site, words, clinic, red_flags, codes, gone, notes, search
    return Catalogue(root, switchboard, language, files, *data, pages, apart, problems)


def _groups(path: Path, read_bytes: Callable[[Path], bytes]) -> dict[str, list[str]]:
    """The exercises of each group, by its id: how many they are is filled into texts, those of the library too."""
    raw = b""
    with suppress(OSError):  # told where it is read as a page
        raw = read_bytes(path)
    if b"groups:" not in raw:
        return {}
    library = _Source(f"docs/{LIBRARY}", Library, raw, {}, "").read()[0].draft
    return {group.id: group.exercises for group in library.part(lambda page: page.groups) or []}


def _left_out(clinic: Entry[Clinic], groups: Mapping[str, Collection[str]]) -> set[str]:
    """The exercises that the clinic leaves out: never all that there are, which the gate tells."""
    ids = clinic.part(lambda settings: settings.leave_out) or []
    return {slug for id_ in ids for slug in groups.get(id_, ())} if {*groups} - {*ids} else set()


def _emergency_number(clinic: Entry[Clinic]) -> str:
    default: str = Clinic.model_fields["emergency_number"].default
    return clinic.part(lambda settings: settings.emergency_number) or default


def language_of(root: Path) -> str:
    """`theme.language` in mkdocs.yml; while that can't be read, the language that there are words for."""
    return _language(Switchboard.read(root), root / "docs")


def _language(switchboard: Switchboard, docs: Path) -> str:
    known = languages(docs)
    return switchboard.language if switchboard.is_readable or FALLBACK in known else [*known, FALLBACK][0]


def words_of(root: Path, language: str) -> Mapping[str, Word]:
    """Only the words of a language, for callers without a catalogue; empty when they can't be read."""
    path = root / "docs" / "_data" / words_file(language)
    raw = b""
    with suppress(OSError):  # told where they are read for the catalogue
        raw = contents(path)
    document, _ = front_matter.read_data(path.name, raw)
    return validate(Words, document).draft.part(lambda words: words.root) or {}


def languages(docs: Path) -> list[str]:
    """The languages that there are words for."""
    try:
        return [path.name.split(".")[1] for path in sorted(docs.glob(f"_data/{words_file('*')}"))]
    except OSError:  # told where docs/ is read
        return []


def _without_words(missing: Problem, docs: Path, language: str) -> Problem:
    name, known = f"docs/_data/{words_file(language)}", languages(docs)
    other = FALLBACK if FALLBACK in known else [*known, language][0]
    if language in (*known, other):
        return missing
    message = f"{name} is missing, but theme.language in mkdocs.yml is '{language}'."
    return Problem(name, 1, Rule.KEY_MISSING, message, f"Copy {words_file(other)} and translate it.")


def _conditions(docs: Path, pages: Collection[str], site: Entry[Site]) -> tuple[list[str], list[Problem]]:
    """The condition pages, by name; where site.yml, which names them, and docs/ differ.

    A page that has red flags is one, or every link to it and each of its fields would be a problem too.
    """
    flagged = _with_red_flags(docs, pages)
    named = site.part(lambda data: data.conditions)
    if named is None:
        return [*flagged], []
    new = [slug for slug in flagged if slug not in named]
    gone = [slug for slug in named if CONDITION.path(slug) not in pages]
    if len(new) == len(gone) == 1:
        message = f"docs/{CONDITION.path(gone[0])} is missing, and docs/{CONDITION.path(new[0])} is not listed here."
        hint = f"If the page was renamed, write '{new[0]}' here and 'was: [{gone[0]}]' on the page."
        line = site.document.line("conditions", named.index(gone[0]))
        renamed = [new[0] if slug == gone[0] else slug for slug in named]
        return renamed, [Problem(site.path, line, Rule.LINK_BROKEN, message, hint)]
    message = f"The page has the fields of a condition page, but 'conditions' in {site.path} does not list it."
    problems = [
        Problem(f"docs/{CONDITION.path(slug)}", flagged[slug], Rule.LINK_ONE_WAY, message, f"Add '{slug}' there.")
        for slug in new
    ]
    return [*named, *new], problems


def _with_red_flags(docs: Path, pages: Collection[str]) -> dict[str, int]:
    """The pages of no other kind that have red flags, by name; the line of these."""
    lines: dict[str, int] = {}
    for path in pages:
        if "/" not in path and kind_of(path, ()) is ARTICLE:
            with suppress(OSError):  # told where it is read as a page
                head = (docs / path).read_bytes().partition(b"\n---")[0]
                if (at := head.find(b"\nred_flags:")) >= 0:
                    lines[ARTICLE.slug(path)] = head.count(b"\n", 0, at) + 2
    return lines
