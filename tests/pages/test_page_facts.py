"""What is read of a page in two parts, its frame and its content, is what stands on the whole page."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections import Counter
from collections.abc import Hashable
from pathlib import Path

import projects
import pytest
from hipknee.content import catalogue
from hipknee.page_facts import PageFacts, Section, read
from hipknee.publish.built_pages import BuiltPages, Content

BUILD = """
import pickle, sys
from pathlib import Path
from hipknee.site import site_of
from mkdocs.commands.build import build
from mkdocs.config import load_config

config = load_config("mkdocs.yml")
config.plugins.on_startup(command="build", dirty=False)
build(config)
Path(sys.argv[1]).write_bytes(pickle.dumps(site_of(config.extra).contents))
"""
OVERDUE = projects.edit("docs/index.md", "next: 2035-12-31", "next: 2026-01-03")


@pytest.fixture(scope="module")
def contents(built: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Content]]:
    """A built project, one page of it with a banner, and what stood in the frames of its pages when they were made."""
    folder = tmp_path_factory.mktemp("facts")
    project = projects.addressed(built, folder / "project")
    OVERDUE(project)
    call = [sys.executable, "-c", BUILD, str(folder / "contents")]
    environment = projects.ENVIRONMENT | {"PYTHONPATH": str(project / "hooks")}
    done = subprocess.run(call, cwd=project, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return project, pickle.loads((folder / "contents").read_bytes())


def told(facts: PageFacts) -> dict[str, Hashable]:
    """What a whole page tells, too: its headings and what can be searched are read of its content only."""
    return {
        "ids": frozenset(Counter(facts.ids).items()),
        "addresses": frozenset(facts.addresses),
        "refused": frozenset(Counter(facts.refused).items()),
        "canonical": facts.canonical,
    }


def test_frame_and_content_are_the_page(contents: tuple[Path, dict[str, Content]]) -> None:
    project, inside = contents
    whole, parts = BuiltPages.read(project / "site"), BuiltPages.read(project / "site", inside)
    assert len(inside) == len(catalogue.load(project).pages)
    for name, facts in whole.facts.items():
        assert told(parts.facts[name]) == told(facts), name
        assert len(parts.facts[name].addresses) == len({*facts.addresses}), name  # each once
    for name, content in inside.items():
        assert whole.html[name].count(content.html) == 1, name
        assert not content.facts.sections + content.facts.headings, f"{name}: nobody asks for them again"


def test_a_banner_is_a_part_of_the_content(contents: tuple[Path, dict[str, Content]]) -> None:
    _, inside = contents
    assert [name for name, content in inside.items() if "overdue" in content.html] == ["index.html"]


def test_a_section_begins_at_its_heading() -> None:
    html = '<h1>Pond</h1><p>Croak.</p><h2 id="reeds">The\n reeds</h2><p>They <b>rustle</b>.</p><h2>No id</h2>'
    sections = (Section("", "", "Pond Croak."), Section("reeds", "The reeds", "They rustle ."))
    assert read(html, content=True).sections == sections
    assert read(html).sections == ()
