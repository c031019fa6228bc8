"""Builds in one process, one after the other, as `mkdocs serve` makes them: nothing of one is left for the next."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import projects
import pytest
from building import Builds
from projects import both, edit, tree

SHEET = "site/pdf/teapot-tip-a4.pdf"
TEMPLATE, PAGE = "hooks/hipknee/print/typst/handout.typ", "docs/exercises/teapot-tip.md"
PARTS, WORDS = "hooks/hipknee/pages/html/exercise.html", "docs/_data/words.en.yml"


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
    renamed = both(edit(PARTS, 'say("helps_and_tips")', 'say("reasons")'), edit(WORDS, "helps_and_tips:", "reasons:"))
    assert builds.after(renamed) == "built"
    builds.end()


def test_the_order_of_the_doors_means_nothing(built: Path, project: Path) -> None:
    """Whatever comes first in mkdocs.yml, the site is the same, byte for byte."""
    before = tree(built / "site")
    settings = (project / "switchboard.yml").read_text("utf-8")
    doors = [line for line in settings.split("\n") if line.startswith("  - hooks/")]
    assert len(doors) == 5
    builds = Builds(project)
    for order in [doors[::-1], *[*permutations(doors)][40::40]]:
        text = settings.replace("\n".join(doors), "\n".join(order))
        assert text != settings
        assert builds.after(projects.write("switchboard.yml", text)) == "built"
        assert tree(project / "site") == before, order
    builds.end()
