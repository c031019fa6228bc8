"""Builds in one process, one after the other, as `mkdocs serve` makes them: nothing of one is left for the next."""

from __future__ import annotations

import subprocess
import sys
from itertools import permutations
from pathlib import Path

import projects
import pytest
from projects import Change, both, edit, tree

BUILDS = """
import logging, sys
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

logging.getLogger("mkdocs").addHandler(logging.NullHandler())
for _ in sys.stdin:  # a line for each build
    config = load_config("mkdocs.yml")
    config.plugins.on_startup(command="build", dirty=False)
    try:
        build(config)
        print("built", flush=True)
    except Abort as error:
        print(error, flush=True)
    finally:
        config.plugins.on_shutdown()
"""

SHEET = "site/pdf/teapot-tip-a4.pdf"
TEMPLATE, PAGE = "hooks/hipknee/print/typst/handout.typ", "docs/exercises/teapot-tip.md"
PARTS, WORDS = "hooks/hipknee/pages/html/exercise.html", "docs/_data/words.en.yml"


class Builds:
    """A process that builds a project again and again."""

    def __init__(self, project: Path) -> None:
        self.project = project
        self.process = subprocess.Popen(
            [sys.executable, "-c", BUILDS],
            cwd=project,
            env=projects.ENVIRONMENT | {"PYTHONPATH": str(project / "hooks")},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
        )

    def after(self, *changes: Change) -> str:
        """What comes of a build after these changes."""
        for change in changes:
            change(self.project)
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()

    def end(self) -> None:
        self.process.communicate(timeout=60)


@pytest.fixture
def builds(project: Path) -> Builds:
    return Builds(project)


def test_a_mistake_of_an_earlier_build_is_forgotten(builds: Builds) -> None:
    wrong = edit(PAGE, "title: Teapot tip", "titel: Teapot tip")
    assert builds.after() == "built"
    assert "is unchanged" in builds.after(wrong)
    assert builds.after(edit(PAGE, "titel: Teapot tip", "title: Teapot tip")) == "built"
    builds.end()


def test_a_template_that_was_tried_is_never_published(builds: Builds) -> None:
    """Typst reads its templates anew each time, so what they are must be asked anew, too."""
    assert builds.after() == "built"
    before = (builds.project / SHEET).read_bytes()
    template = (builds.project / TEMPLATE).read_text("utf-8")
    tried = both(edit(TEMPLATE, "#show", "#let experiment = 1\n#show"), edit(PAGE, "feel: ", "feel: Experiment. "))
    assert builds.after(tried) == "built"
    assert (builds.project / SHEET).read_bytes() != before
    restored = both(projects.write(TEMPLATE, template), edit(PAGE, "feel: Experiment. ", "feel: "))
    assert builds.after(restored) == "built"
    builds.end()
    assert (builds.project / SHEET).read_bytes() == before


def test_a_template_and_its_word_are_edited_together(builds: Builds) -> None:
    assert builds.after() == "built"
    renamed = both(edit(PARTS, 'say("at_a_glance")', 'say("in_brief")'), edit(WORDS, "at_a_glance:", "in_brief:"))
    assert builds.after(renamed) == "built"
    builds.end()


def test_the_order_of_the_doors_means_nothing(built: Path, project: Path) -> None:
    """Whatever comes first in mkdocs.yml, the site is the same, byte for byte."""
    before = {**tree(built / "site"), "sitemap.xml.gz": b""}
    settings = (project / "switchboard.yml").read_text("utf-8")
    doors = [line for line in settings.split("\n") if line.startswith("  - hooks/")]
    assert len(doors) == 5
    builds = Builds(project)
    for order in [doors[::-1], *[*permutations(doors)][40::40]]:
        text = settings.replace("\n".join(doors), "\n".join(order))
        assert text != settings
        assert builds.after(projects.write("switchboard.yml", text)) == "built"
        assert {**tree(project / "site"), "sitemap.xml.gz": b""} == before, order
    builds.end()
