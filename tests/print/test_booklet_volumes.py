"""A site whose booklet comes in volumes, built as a whole: its files, what leads to them, and that they conform."""

from __future__ import annotations

import re
from pathlib import Path

import projects
import pytest
from hipknee.pdf_names import PAPERS
from pdf_ua import required
from projects import Shared, append, check, edit
from pypdfium2 import PdfDocument
from selectolax.lexbor import LexborHTMLParser

LIBRARY = "docs/exercises/index.md"
TITLES = ("All pages but the exercises", "On a shelf, in the lagoon", "In the lagoon")
PATIENTS = [
    *("booklet-letter", "booklet-a4", "booklet-fold-half-letter", "booklet-fold-a5"),
    *("booklet-fold-printer-letter", "booklet-fold-printer-a4"),
]
FILES = ("complete", "complete-2", "complete-3")


@pytest.fixture(scope="module")
def built(shared: Shared) -> Path:
    """The invented project, for which three exercises are too many for one booklet, and two fill a volume."""

    def build(at: Path) -> None:
        projects.fixture(at)
        for name, count in (("MOST_IN_ONE", 24), ("SIZE", 10)):
            edit("hooks/hipknee/pages/volumes.py", f"\n{name} = {count}\n", f"\n{name} = 2\n")(at)
        append("mkdocs.yml", f"site_url: {projects.ADDRESS}\n")(at)
        edit(LIBRARY, "updated: ", "prints: [booklet, tick-chart]\nupdated: ")(at)
        edit("docs/index.md", "updated: ", "prints: [booklet]\nupdated: ")(at)
        projects.build(at)

    return shared("volumes", build)


@pytest.fixture(scope="module")
def volumes(built: Path) -> list[PdfDocument]:
    return [PdfDocument(built / "site" / "pdf" / f"{name}-a4.pdf") for name in FILES]


def text(document: PdfDocument) -> str:
    pages = (page.get_textpage().get_text_bounded() for page in document)
    return " ".join(" ".join(pages).split())


def test_each_volume_is_there_on_each_paper(built: Path) -> None:
    names = {path.name for path in (built / "site" / "pdf").glob("complete*")}
    assert names == {f"{name}-{paper}.pdf" for name in FILES for paper in PAPERS}


def test_each_says_what_is_in_it(volumes: list[PdfDocument]) -> None:
    for number, (document, title) in enumerate(zip(volumes, TITLES, strict=True), 1):
        assert document.get_metadata_value("Title") == f"The Teapot Clinic, volume {number}"
        assert f"Volume {number}: {title}" in document[0].get_textpage().get_text_bounded()
    chapters = [[mark.get_title() for mark in document.get_toc() if not mark.level] for document in volumes]
    assert chapters[1:] == [["Contents", "Teapot tip", "Flamingo doze"], ["Contents", "Starfish twinkle"]]
    assert chapters[0][:2] == ["Contents", "Where each exercise is"]
    assert not {*chapters[0]} & {*chapters[1], *chapters[2]} - {"Contents"}


def test_the_first_says_where_each_exercise_is(volumes: list[PdfDocument]) -> None:
    first = text(volumes[0])
    assert f"Volume 2: {TITLES[1]} Teapot tip Flamingo doze" in first
    assert f"Volume 3: {TITLES[2]} Starfish twinkle" in first
    assert "Teapot tip, Flamingo doze (volume 2)" in first


def test_all_of_them_conform(built: Path) -> None:
    assert required(sorted((built / "site" / "pdf").glob("complete*"))) == []


def test_the_check_of_the_built_site_is_silent(built: Path) -> None:
    done = check("--root", built, "--site", built / "site")
    assert (done.returncode, done.stdout) == (0, "")


def test_pages_lead_to_the_first_and_one_page_to_all(built: Path) -> None:
    home, library = (
        LexborHTMLParser((built / "site" / path / "index.html").read_text("utf-8")).css_first("nav.prints")
        for path in ("", "exercises")
    )
    assert home
    assert library
    assert "first of 3 volumes US Letter" in " ".join(home.text().split())
    linked = [[link.attributes["href"] for link in nav.css("a")] for nav in (home, library)]
    names = [re.sub(r"^(\.\./)?pdf/|\.pdf$", "", link or "") for link in linked[0]]
    assert names == [*PATIENTS, "complete-letter", "complete-a4"]
    assert [re.sub(r"^\.\./pdf/|\.pdf$", "", link or "") for link in linked[1]] == [
        *names,
        *(f"{name}-{paper}" for name in ("tick-chart", "complete-2", "complete-3") for paper in PAPERS),
    ]
    assert f"Volume 3: {TITLES[2]} US Letter" in " ".join(library.css_first("details details").text().split())  # type: ignore[union-attr]


def test_an_edit_makes_only_its_volume_anew(built: Path, tmp_path: Path) -> None:
    project = projects.addressed(built, tmp_path / "project")

    def made() -> set[str]:
        return {path.name for path in (project / ".cache" / "print").glob("complete*")}

    before = made()
    edit("docs/exercises/starfish-twinkle.md", "feel: ", "feel: Now here. ")(project)
    projects.build(project)
    new = {re.sub(r"-[0-9a-f]{16}\.[0-9a-f]{32}\.pdf", "", name) for name in made() - before}
    assert new == {"complete-3-a4", "complete-3-letter"}
