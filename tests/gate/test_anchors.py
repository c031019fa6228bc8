"""The places that links may lead to are those of built pages, and what a build makes is known before it is made."""

from __future__ import annotations

from pathlib import Path

from hipknee import page_facts
from hipknee.content.catalogue import load
from hipknee.gate import bodies
from hipknee.gate.anchors import FRAME, anchors
from hipknee.gate.file_rules import MADE_FILES, MADE_FOLDERS, built_name
from projects import tree


def test_every_place_of_every_page_is_known(built: Path) -> None:
    catalogue = load(built)
    texts = bodies.Bodies(catalogue)
    frame: set[str] = set()
    for path, entry in catalogue.pages.items():
        ids = page_facts.read((built / "site" / built_name(path)).read_text("utf-8")).ids
        known = sorted(anchor.id for anchor in anchors(catalogue, entry, texts[path]))
        assert sorted(id_ for id_ in ids if id_ not in FRAME) == known, path
        frame |= {*ids} & {*FRAME}
    assert frame == {*FRAME}


def test_what_a_build_makes_itself_is_known(built: Path) -> None:
    catalogue = load(built)
    pages = {built_name(path) for path in catalogue.pages}
    pages |= {
        built_name(f"{path.rpartition('/')[0]}/{slug}.md".lstrip("/"))
        for path, entry in catalogue.pages.items()
        for slug in entry.part(lambda page: page.was) or []
    }
    brought = {name for name in tree(built / "site") if not name.startswith("assets/") or name.startswith(MADE_FOLDERS)}
    data = {entry.page.replace(".md", ".json") for entry in catalogue.exercises.values()}
    assert data <= brought
    made = {name for name in brought - data if name not in pages and not name.startswith(MADE_FOLDERS)}
    assert made - {*catalogue.files.others, "robots.txt"} == MADE_FILES  # which an author may write, too
