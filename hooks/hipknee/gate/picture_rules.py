"""What is asked of the pictures: that they are there, can be shown, and show what only they show."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from ..content.catalogue import Catalogue, Entry
from ..content.picture_words import PictureWords
from ..keeping import FOLDER, Kept, core, kept, key
from ..pictures import drawing_origin
from ..pictures.look_alikes import is_same, look_alikes
from ..pictures.looks import looks
from ..pictures.originals import Picture, PictureError, decode, inspect, locate, plain_files
from ..problems import Problem
from ..progress import Counting, Silence
from ..refusals import holds
from ..rules import Rule
from ..text import body_links
from .clinic_rules import EXAMPLES

MIN_LONG_SIDE = 800
"""Pixels. Below this a picture is blurred on a phone held sideways, and on paper."""
LONGEST = 3
"""How many times as long as the other one side of a picture may be: where the longer one fits, all else is tiny."""
TOLERANCE = 0.05
"""By which part the ratios of the sides of start and finish may differ: by hand nobody crops two pictures alike."""


LOGO = "logo"
"""The role of the clinic's logo: it may be smaller than a picture of an exercise, and longer."""
MIN_LOGO = 240
"""Pixels of its longer side."""
LONGEST_LOGO = 8


class Use(NamedTuple):
    """One place where a page shows a picture: `file` is its path inside images/."""

    entry: Entry[Any]
    slug: str
    role: str
    place: tuple[str | int, ...] | int
    """In the front matter, or the line of the file."""
    file: str

    @property
    def line(self) -> int:
        """Of the file."""
        return self.place if isinstance(self.place, int) else self.entry.document.line(*self.place, "file")


def in_text(path: str, entry: Entry[Any]) -> Iterator[Use]:
    """Every picture in the text of the page at `path` below docs/, in order."""
    for link in body_links.scan(entry.document.body) if entry.face.draws else ():
        if link.image and (file := body_links.image_file(path, link.target)):
            yield Use(entry, path, "body", entry.document.body_line + link.line - 1, file)


def uses(catalogue: Catalogue) -> Iterator[Use]:
    """Every picture that a page names, in its front matter or in its text."""
    for slug, exercise in catalogue.exercises.items():
        for place, picture in exercise.face.pictures:
            yield Use(exercise, slug, str(place[-1]), place, picture)
    for path, entry in catalogue.pages.items():
        yield from in_text(path, entry)
    clinic = catalogue.clinic
    logo = clinic.part(lambda settings: settings.logo)
    if logo and (logo not in EXAMPLES["logo"] or holds((catalogue.images / logo).is_file)):  # else told as the example
        yield Use(clinic, "clinic", LOGO, ("logo",), logo)


def check(catalogue: Catalogue, progress: Counting = Silence) -> tuple[dict[str, Picture], list[Problem]]:
    """Open every picture that is used: those that can be shown, by file, and what is wrong with the others."""
    pictures: dict[str, Picture] = {}
    problems: list[Problem] = []
    opened: list[tuple[Use, Picture]] = []
    places: list[tuple[Use, Path]] = []

    images = catalogue.images
    files = plain_files(images)
    for use in uses(catalogue):
        try:
            path = images / use.file if use.file in files else locate(images, use.file)
            places.append((use, path))
        except PictureError as error:
            problems.append(_closed(catalogue.root, error) or _at(use, error))
    known = looks(catalogue.root)
    decode((path for _, path in places), known, progress)
    for use, path in places:
        try:
            picture = inspect(path, may_move=use.role == "motion", looks=known)
        except PictureError as error:
            problems.append(_at(use, error))
        else:
            pictures[use.file] = picture
            opened.append((use, picture))
    known.keep()
    problems += _shapes(opened)
    compared = kept(catalogue.root / FOLDER / "look-alikes", core())
    problems += _start_and_finish_differ(opened, compared)
    problems += _poses(opened)
    problems += _shared(opened, compared)
    compared.keep()
    problems += _stale(catalogue, opened)
    problems += _words(catalogue, opened)
    return pictures, problems


def _closed(root: Path, error: PictureError) -> Problem | None:
    """A folder that may not be opened, once for all the pictures in it."""
    if error.folder is None:
        return None
    folder = error.folder.relative_to(root).as_posix()
    return Problem(folder, 1, error.rule, "This folder can't be opened.", error.hint)


def _at(use: Use, error: PictureError) -> Problem:
    return Problem(use.entry.path, use.line, error.rule, error.message, error.hint)


def alt_texts(entry: Entry[Any]) -> Iterator[Problem]:
    """A picture in a text has an alt text."""
    for link in body_links.scan(entry.document.body):
        if link.image and not link.alt:
            line = entry.document.body_line + link.line - 1
            message = "The picture has no alt text for readers who can't see it."
            yield Problem(entry.path, line, Rule.ALT_MISSING, message, "Write it between the square brackets.")


def _shapes(opened: list[tuple[Use, Picture]]) -> Iterator[Problem]:
    """A picture is large enough and no strip, and start and finish are in the same frame."""
    for use, picture in opened:
        if max(picture.width, picture.height) < (least := MIN_LOGO if use.role == LOGO else MIN_LONG_SIDE):
            message = f"'{use.file}' is {_size(picture)}; its longer side needs at least {least}."
            hint = "Export it again at a larger size (1200 is good). Enlarging the small one does not help."
            yield Problem(use.entry.path, use.line, Rule.IMAGE_SMALL, message, hint)
        if _is_strip(picture, longest := LONGEST_LOGO if use.role == LOGO else LONGEST):
            message = f"'{use.file}' is {_size(picture)}: a strip, of which little can be seen on a phone or on paper."
            hint = f"Crop it: one side may be {longest} times as long as the other, and no more."
            yield Problem(use.entry.path, use.line, Rule.IMAGE_SHAPE, message, hint)
    for (_, start), (use, finish) in _pairs(opened):
        ratio = (start.width * finish.height) / (start.height * finish.width)
        if max(ratio, 1 / ratio) > 1 + TOLERANCE and not (_is_strip(start) or _is_strip(finish)):
            message = f"'{use.file}' is {_size(finish)} and the start picture {_size(start)}: their shapes differ."
            hint = "Crop both to the same frame, so that only what moves is different."
            yield Problem(use.entry.path, use.line, Rule.IMAGE_SHAPE, message, hint)


def _is_strip(picture: Picture, longest: int = LONGEST) -> bool:
    return max(picture.width, picture.height) > longest * min(picture.width, picture.height)


def _size(picture: Picture) -> str:
    return f"{picture.width} x {picture.height} pixels"


def _start_and_finish_differ(opened: list[tuple[Use, Picture]], compared: Kept) -> Iterator[Problem]:
    pairs = _pairs(opened)
    same = _known(
        compared,
        [(start.digest, finish.digest) for (_, start), (_, finish) in pairs],
        lambda: [n for n, ((_, start), (_, finish)) in enumerate(pairs) if is_same(start, finish)],
    )
    for n in same:
        use, _ = pairs[n][1]
        message = f"'{use.file}' looks the same as the start picture."
        yield Problem(use.entry.path, use.line, Rule.IMAGE_SAME, message, "Use a picture of the end of the movement.")


POSES = {"start": ("start",), "finish": ("finish",), "hold": ("start", "finish"), "way_back": ("return",)}
"""The poses of a table that a picture may show, by what it is for."""


def _poses(opened: list[tuple[Use, Picture]]) -> Iterator[Problem]:
    """A drawn picture shows the pose that it is for: the start is not the finish."""
    for use, picture in opened:
        pose = drawing_origin.pose_of(picture.origin)
        if pose and use.role in POSES and pose not in POSES[use.role]:
            message = f"'{use.file}' was drawn as '{pose}', and stands here as '{use.role}'."
            hint = "Are the two pictures exchanged? Name the file that shows it."
            yield Problem(use.entry.path, use.line, Rule.IMAGE_ROLE, message, hint)


def _pairs(opened: list[tuple[Use, Picture]]) -> list[list[tuple[Use, Picture]]]:
    """The start and the finish of each exercise that has both."""
    pairs: dict[str, dict[str, tuple[Use, Picture]]] = {}
    for use, picture in opened:
        if use.role in ("start", "finish"):
            pairs.setdefault(use.slug, {})[use.role] = (use, picture)
    return [[pair["start"], pair["finish"]] for pair in pairs.values() if len(pair) == 2]


def _is_at_home(use: Use) -> bool:
    return use.file.startswith(f"{use.slug}/")


def _known(compared: Kept, pictures: list[Any], compare: Callable[[], list[Any]]) -> list[Any]:
    """What comes of comparing these pictures, told by their hashes: known when the same were compared before."""
    name = key(pictures)
    result = compared.get(name)
    if result is None:
        result = compare()
        compared.put(name, result)
    return list(result)


def _shared(opened: list[tuple[Use, Picture]], compared: Kept) -> Iterator[Problem]:
    own = [(use, picture) for use, picture in opened if use.role not in ("body", LOGO)]
    pictures = [picture for _, picture in own]
    for first, second in _known(compared, [each.digest for each in pictures], lambda: look_alikes(pictures)):
        a, b = own[first][0], own[second][0]
        if a.slug != b.slug and not _begin_alike(a, b):
            if _is_at_home(b) and not _is_at_home(a):
                a, b = b, a
            same = "is also" if a.file == b.file else f"looks the same as '{a.file}',"
            message = f"'{b.file}' {same} a picture of {a.entry.path}."
            yield Problem(b.entry.path, b.line, Rule.IMAGE_SHARED, message, "Give each exercise its own pictures.")


def _begin_alike(a: Use, b: Use) -> bool:
    """Whether two exercises may share a picture: that of their start, in the same position with the same things."""
    if a.role != "start" or b.role != "start":
        return False
    begins = [use.entry.part(lambda exercise: (exercise.position, {*exercise.equipment})) for use in (a, b)]
    return None not in begins and begins[0] == begins[1]


def _stale(catalogue: Catalogue, opened: list[tuple[Use, Picture]]) -> Iterator[Problem]:
    """A drawn picture is drawn anew when its pose, the figure or the drawing has changed."""
    for use, picture in opened:
        if drawing_origin.is_stale(catalogue.images, picture.origin):
            message = f"'{use.file}' is out of date: its pose or the figure has changed since it was drawn."
            yield Problem(use.entry.path, use.line, Rule.IMAGE_STALE, message, "Run 'make draw'.")


def _words(catalogue: Catalogue, opened: list[tuple[Use, Picture]]) -> Iterator[Problem]:
    """The words in a drawn picture are those of the site: it is drawn anew in another language."""
    word = PictureWords.of(catalogue)
    for use, picture in opened:
        other = next((name for name, text in picture.facts.words.items() if text != word(name)), None)
        if other is not None:
            message = f"'{use.file}' says '{picture.facts.words[other]}', where the site says '{word(other)}'."
            yield Problem(use.entry.path, use.line, Rule.IMAGE_STALE, message, "Run 'make draw'.")
