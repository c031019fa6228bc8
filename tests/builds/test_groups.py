"""Groups of exercises in a built site: kept apart wherever exercises are listed, and left out by one line."""

from __future__ import annotations

import json
import re
from pathlib import Path

import projects
import pytest
from hipknee.content import catalogue
from projects import append, both, edit, write
from pypdfium2 import PdfDocument
from selectolax.lexbor import LexborHTMLParser

LIBRARY, CLINIC = "docs/exercises/index.md", "docs/_data/clinic.yml"
GROUPS = """groups:
  - id: shelf
    title: "{Count} for the shelf"
    title_one: "{Count} thing for the shelf"
    summary: All of china.
    exercises: [teapot-tip, flamingo-doze]
  - {id: sky, title: "{Count} for the sky", note: It is up there., exercises: [starfish-twinkle]}
"""
GROUPED = both(
    edit(LIBRARY, "order: [teapot-tip, flamingo-doze, starfish-twinkle]\n", GROUPS),
    edit("docs/exercises/starfish-twinkle.md", "title: ", "code: STA\ntitle: "),
    write("docs/_data/codes.yml", "STA: starfish-twinkle\n"),
    append(
        "docs/about.md",
        "\nLook [up there](exercises/starfish-twinkle.md#steps): {count}, {count shelf}, {Count sky}.\n",
    ),
)
HEADINGS = ["Two for the shelf", "One for the sky"]


def built(at: Path, *changes: projects.Change) -> Path:
    project = projects.fixture(at)
    for change in (GROUPED, *changes):
        change(project)
    projects.build(project)
    return project / "site"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("groups") / "site")


@pytest.fixture(scope="module")
def without(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("groups") / "without", write(CLINIC, "leave_out: [sky]\n"))


def page(site: Path, name: str) -> LexborHTMLParser:
    return LexborHTMLParser((site / name / "index.html").read_text("utf-8"))


def groups(tree: LexborHTMLParser) -> dict[str, list[str]]:
    """What stands below the heading of each group."""
    sections = [(section.css_first("h2, h3"), section) for section in tree.css("section.group")]
    return {head.text(): [link.text() for link in section.css("li a")] for head, section in sections if head}


def texts(tree: LexborHTMLParser, selector: str) -> list[str]:
    return [" ".join(node.text().split()) for node in tree.css(selector)]


WHERE = {
    "exercises": {HEADINGS[0]: ["Teapot tip", "Flamingo doze"], HEADINGS[1]: ["Starfish twinkle"]},
    "": {HEADINGS[0]: ["Teapot tip", "Flamingo doze"], HEADINGS[1]: ["Starfish twinkle"]},
    "creaky-lid": {"One thing for the shelf": ["Flamingo doze"], HEADINGS[1]: ["Starfish twinkle"]},
    "wobbly-knee": {HEADINGS[0]: ["Flamingo doze", "Teapot tip"]},
}


@pytest.mark.parametrize("name", WHERE)
def test_lists_keep_groups_apart(site: Path, name: str) -> None:
    """Each list has its own number below each heading, and the order of its own page within a group."""
    assert {head: sorted(links) for head, links in groups(page(site, name)).items()} == {
        head: sorted(links) for head, links in WHERE[name].items()
    }
    assert [*groups(page(site, name))] == [*WHERE[name]]


def test_an_exercise_says_why_it_is_there_and_leads_to_its_own_group(site: Path) -> None:
    starfish, teapot, flamingo = (
        page(site, f"exercises/{name}") for name in ("starfish-twinkle", "teapot-tip", "flamingo-doze")
    )
    assert texts(starfish, ".group-note") == ["It is up there."]
    assert texts(teapot, ".group-note") == []
    assert [len(tree.css("nav.neighbours [rel]")) for tree in (starfish, teapot, flamingo)] == [0, 1, 1]


def test_texts_count_groups(site: Path, without: Path) -> None:
    assert "Look up there: 3, 2, One." in texts(page(site, "about"), "article p")
    assert "Look up there: 2, 2, No." in texts(page(without, "about"), "article p")


def test_data_and_search_know_the_groups(site: Path) -> None:
    data = json.loads((site / "exercises.json").read_text("utf-8"))
    assert [(group["title"], group["exercises"]) for group in data["groups"]] == [
        (HEADINGS[0], ["teapot-tip", "flamingo-doze"]),
        (HEADINGS[1], ["starfish-twinkle"]),
    ]
    assert data["groups"][1]["note"] == "It is up there."
    found = "".join(path.read_text("utf-8") for path in (site / "assets/javascripts/search").glob("*.js"))
    assert all(heading in found for heading in HEADINGS)


def test_the_booklet_has_a_part_for_each_group(site: Path) -> None:
    book = PdfDocument(site / "pdf" / "complete-a4.pdf")
    outline = [item.get_title() for item in book.get_toc()]
    behind = outline[outline.index("Teapot tip") - 1 :]  # the home page and the library have these headings too
    named = {*HEADINGS, "Teapot tip", "Flamingo doze", "Starfish twinkle"}
    parts = [HEADINGS[0], "Teapot tip", "Flamingo doze", HEADINGS[1], "Starfish twinkle"]
    assert [title for title in behind if title in named] == parts


def test_what_is_left_out_is_nowhere(without: Path) -> None:
    names = [path.relative_to(without).as_posix() for path in without.rglob("*") if path.is_file()]
    assert not [name for name in names if "starfish" in name]
    told = re.compile(r"starfish[ -]twinkle|for the sky|\bSTA\b", re.IGNORECASE)
    texts = [name for name in names if name.endswith((".html", ".js", ".json", ".xml"))]
    assert not [name for name in texts if told.search((without / name).read_text("utf-8"))]
    pdf = [name for name in names if name.endswith(".pdf")]
    assert pdf
    for name in pdf:
        document = PdfDocument(without / name)
        assert not [n for n in range(len(document)) if told.search(document[n].get_textpage().get_text_range())], name


def test_links_to_what_is_left_out_keep_their_words(site: Path, without: Path) -> None:
    assert [link.text() for link in page(site, "about").css("article a[href*=starfish]")] == ["up there"]
    assert page(without, "about").css("article a[href*=starfish]") == []


def test_a_programme_asks_what_is_left_out(without: Path) -> None:
    loaded = catalogue.load(without.parent)
    assert [*loaded.left_out] == ["starfish-twinkle"]
    assert [loaded.leaves_out(code) for code in ("STA", "TEA")] == [True, False]
