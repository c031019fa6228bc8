"""Where links and pictures in a text lead: to a page or a place on it, to a file that is published, or elsewhere."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any
from unicodedata import normalize
from urllib.parse import unquote, urlsplit

from ..content.catalogue import Catalogue, PageEntry
from ..content.docs_files import DATA
from ..content.front_matter import Place
from ..content.kinds import EXERCISE
from ..pdf_names import FOLDER, PAPERS, TICK_CHART, file_name
from ..problems import Problem, did_you_mean
from ..refusals import holds
from ..rules import Rule
from ..text import body_links
from ..text.body_links import BodyLink
from .bodies import Body


@dataclass(frozen=True)
class Places:
    """Where links begin and end on a page."""

    links: tuple[BodyLink, ...]
    """Those of its text, with their lines in the file."""
    ids: frozenset[str]
    """The places that links may lead to."""
    exact: bool
    """Whether all of these are known: not when an extension of Markdown is missing."""


RUNS = (".html", ".htm", ".js", ".mjs", ".javascript")
"""What a browser would run, or show as a page of its own past every check."""


def links(entry: PageEntry[Any], body: Body) -> Iterator[BodyLink]:
    """Every link and picture of a text, with its line: those that can be seen in the source, then what else is in what
    readers get."""
    seen: set[tuple[str, bool]] = set()
    for link in body_links.scan(entry.document.body):
        seen.add((_plain(link.target), link.image))
        yield link
    rows: list[str] = []
    for node in body.tree.css("a[href], img[src]"):
        image = "src" in node.attributes
        target = (node.attributes.get("src") or node.attributes.get("href") or "").strip()
        if (node.attributes.get("class") or "").startswith("term") or (_plain(target), image) in seen or not target:
            continue
        seen.add((_plain(target), image))
        rows = rows or [unquote(unescape(row)) for row in entry.document.body.split("\n")]
        last = _plain(target).rstrip("/").rpartition("/")[2]
        line = next((n for n, row in enumerate(rows, 1) if last in row), 1)
        # A citation: evidence-unknown says what is wrong with one. A footnote: markdown-unknown does.
        if not target.startswith("#source-") and not node.text().startswith("^"):
            yield BodyLink(line, target, image, node.attributes.get("alt") or "")


def linked(path: str, entry: PageEntry[Any]) -> Iterator[str]:
    """Where the text of the page at `path` below docs/ leads within the site, as paths below docs/, in order."""
    for link in body_links.scan(entry.document.body):
        target = urlsplit(link.target)
        if not (link.image or target.scheme or target.netloc) and target.path:
            yield posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(target.path)))


def check(catalogue: Catalogue, places: Mapping[str, Places]) -> Iterator[Problem]:
    """Every link leads somewhere. `places` are those of each page, by its path below docs/."""
    judge = _Judge(catalogue, places)
    for path, entry in catalogue.pages.items():
        for link in places[path].links:
            if wrong := judge.wrong(path, link):
                yield Problem(entry.path, link.line, *wrong)
    site = catalogue.site
    for place, target in _of_site(catalogue):
        if wrong := judge.wrong("", BodyLink(1, target, False, "")):
            yield Problem(site.path, site.document.line(*place), *wrong)


def _of_site(catalogue: Catalogue) -> Iterator[tuple[Place, str]]:
    """The pages that the rules of the site lead to, each with its place."""
    if ask_first := catalogue.site.part(lambda rules: rules.ask_first):
        yield ("ask_first",), ask_first
    for n, section in enumerate(catalogue.site.part(lambda rules: rules.booklet) or ()):
        yield ("booklet", n), section
    if at_home := catalogue.site.part(lambda rules: rules.at_home):
        for n, link in enumerate(at_home.links):
            yield ("at_home", "links", n, "page"), link.page


def files(places: Mapping[str, Places]) -> set[str]:
    """The files that pages link to, as paths below docs/."""
    return {link.path(path) for path, page in places.items() for link in page.links if not link.outside}


def _plain(target: str) -> str:
    return unquote(unescape(target)).strip()


class _Judge:
    def __init__(self, catalogue: Catalogue, places: Mapping[str, Places]) -> None:
        self.catalogue, self.places = catalogue, places
        self.others = {*catalogue.files.others}
        self.left_out = {*map(EXERCISE.path, catalogue.left_out)}
        self.unsure = {problem.path for problem in catalogue.files.problems}
        self.sheets = {FOLDER + file_name(TICK_CHART, paper) for paper in PAPERS} | {
            FOLDER + file_name(slug, paper, large)
            for slug in catalogue.exercises
            for paper in PAPERS
            for large in (False, True)
        }

    def wrong(self, page: str, link: BodyLink) -> tuple[Rule, str, str] | None:
        """What is wrong with a link on `page`: the rule, a message and a hint."""
        if link.apart and " " in link.target:
            message = f"The address '{link.target}' has a space in it, so readers would see it as plain text."
            return Rule.LINK_BROKEN, message, f"Write '{link.target.replace(' ', '%20')}'."
        if not link.target.strip():
            return Rule.LINK_BROKEN, "This link or picture has no address.", "Write it between the parentheses."
        try:
            parts = urlsplit(unescape(link.target))
        except ValueError:
            return Rule.LINK_BROKEN, f"'{link.target}' is not an address.", "Copy it again from the browser."
        if link.target.startswith("//"):
            hint = f"Write 'https:{link.target}'."
            return Rule.LINK_BROKEN, f"The link '{link.target}' does not begin with 'https:'.", hint
        if link.outside:
            return self._outside(link) if link.image else None
        if link.target.startswith("/"):
            message = f"The link '{link.target}' begins with '/', so it breaks when the site is in a subfolder."
            hint = f"Write it as seen from this page: '{seen_from(page, link.target)}'."
            return Rule.LINK_BROKEN, message, hint
        target = link.path(page)
        if link.image:
            return self._picture(page, link, target)
        if target in self.left_out:  # its words stay, and lead nowhere
            return None
        if target and target not in self.catalogue.pages:
            return self._file(page, link, target)
        return self._place(page, link, target or page, unquote(parts.fragment))

    @staticmethod
    def _outside(link: BodyLink) -> tuple[Rule, str, str] | None:
        if link.target.lower().startswith("data:"):  # told as an address that can't be used
            return None
        message = f"The picture '{link.target}' is on another site, which could see who reads this page."
        return Rule.IMAGE_MISSING, message, "Save it in images/ and write its path, such as '../images/pond/frog.png'."

    def _picture(self, page: str, link: BodyLink, target: str) -> tuple[Rule, str, str] | None:
        """A picture stands in images/, which the rules of pictures look at: print has no others."""
        if body_links.image_file(page, link.target) is not None:
            return None
        name = unquote(link.target).lstrip("./").removeprefix("images/")
        real = next((file for file in (name, target) if is_file(self.catalogue.images / file)), None)
        hint = "Pictures are in images/: write the path from this page, such as '../images/pond/frog.png'."
        if real:
            hint = f"Write '{seen_from(page, f'../images/{real}')}'."
        elif target in self.others:
            message, hint = f"The picture '{link.target}' can't be printed.", "Put it in images/ and write its path."
            return Rule.IMAGE_MISSING, message, hint
        return Rule.IMAGE_MISSING, f"There is no picture '{link.target}'.", hint

    def _file(self, page: str, link: BodyLink, target: str) -> tuple[Rule, str, str] | None:
        if target in self.sheets or (target in self.others and not target.lower().endswith(RUNS)):
            return None
        if target in self.others or f"docs/{target}" in self.unsure:  # told of the file itself
            return None
        if target.startswith(("..", DATA)):
            message = f"The link '{link.target}' leads to something that is not published."
            return Rule.LINK_BROKEN, message, "Link to a page, or to a file in docs/."
        if any(normalize("NFC", path) == normalize("NFC", target) for path in (*self.catalogue.pages, *self.others)):
            message = f"The accents of the link '{link.target}' are stored in another way in the file's name than here."
            return Rule.LINK_BROKEN, message, "Rename the file without accents, and link to that name."
        pages = [seen_from(page, path) for path in self.catalogue.pages]
        hint = did_you_mean(link.target.partition("#")[0], pages)
        if f"{target.rstrip('/')}.md" in self.catalogue.pages:
            hint = f"Write '{seen_from(page, target.rstrip('/'))}.md'."
        return Rule.LINK_BROKEN, f"The link '{link.target}' leads nowhere.", hint

    def _place(self, page: str, link: BodyLink, target: str, fragment: str) -> tuple[Rule, str, str] | None:
        entry = self.catalogue.pages.get(target)
        if not fragment or entry is None or not entry.face.whole or not self.places[target].exact:
            return None
        if fragment in self.places[target].ids:
            return None
        where = "this page" if target == page else f"docs/{target}"
        message = f"The link '{link.target}' leads to a place that does not exist on {where}."
        return (
            Rule.LINK_BROKEN,
            message,
            did_you_mean(fragment, self.places[target].ids) or "Link to one of the headings there.",
        )


def is_file(path: Path) -> bool:
    """Whether there is such a file; also of a name that none can have."""
    return holds(path.is_file)


def seen_from(page: str, target: str) -> str:
    """A path below docs/ as a link on `page`. Both ends are rooted, or relpath would ask for the working directory."""
    if target.startswith("../"):
        return "../" * (page.count("/")) + target
    return posixpath.relpath(f"/{target.lstrip('/')}", f"/{posixpath.dirname(page)}")
