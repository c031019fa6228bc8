"""A page is a function of the inputs that it names: when none of them changed, neither did the page."""

from __future__ import annotations

import re
from pathlib import Path

import projects
import pytest
from hipknee.content import catalogue
from hipknee.pages.page_inputs import PageInputs, page_inputs
from hipknee.publish.built_site import built_name
from PIL import Image
from projects import Change, append, edit

TEAPOT, LID, WORDS = "docs/exercises/teapot-tip.md", "docs/creaky-lid.md", "docs/_data/words.en.yml"


def turn(picture: Path) -> None:
    with Image.open(picture) as image:
        turned = image.rotate(180)
    turned.save(picture)


CHANGES: dict[str, tuple[Change, set[str]]] = {
    "a text": (append(TEAPOT, "\nPour.\n"), {"exercises/teapot-tip.md"}),
    "a field that stands on no other page": (
        edit(TEAPOT, "feel: ", "feel: Well, "),
        {"exercises/teapot-tip.md"},
    ),
    "a fact of a card": (
        edit(TEAPOT, "side: each", "side: alternate"),
        {"exercises/teapot-tip.md", "exercises/index.md", "wobbly-knee.md"},
    ),
    "a position that no other exercise has": (  # the list says by what it can be chosen
        edit(TEAPOT, "position: on-a-shelf", "position: in-the-lagoon"),
        {"exercises/teapot-tip.md", "exercises/index.md", "wobbly-knee.md"},
    ),
    "a level that no other exercise has": (
        edit(TEAPOT, "level: hard", "level: medium"),
        {"exercises/teapot-tip.md", "exercises/index.md", "wobbly-knee.md"},
    ),
    "a title": (edit(LID, "title: Creaky lid", "title: Squeaky lid"), {"*"}),
    "a word": (edit(WORDS, "feel: ", "feel: So, "), {"*"}),
    "a picture": (
        lambda project: turn(project / "images" / "teapot-tip" / "finish.png"),
        {"exercises/teapot-tip.md", "exercises/index.md", "wobbly-knee.md"},
    ),
}
"""Each with the pages whose inputs it changes; "*" is every page."""


def inputs(project: Path) -> dict[str, PageInputs]:
    return page_inputs(catalogue.load(project))


def contents(project: Path) -> dict[str, str]:
    """The pages as they were built, without what holds a hash of the whole site or stands for the inputs."""
    pages = {path: project / "site" / built_name(path) for path in inputs(project)}
    hashes = re.compile(r'(?<=[.-])[0-9a-f]{10}(?=\.)|content="[0-9a-f]{64}"|<span class="version">\w+')
    return {path: hashes.sub("*", file.read_text("utf-8")) for path, file in pages.items()}


@pytest.mark.parametrize("change", CHANGES)
def test_a_page_changes_with_its_inputs_only(change: str, built: Path, project: Path) -> None:
    make, expected = CHANGES[change]
    make(project)
    done = projects.mkdocs(project, "build")
    assert done.returncode == 0, done.stdout
    before, after = inputs(built), inputs(project)
    touched = {path for path in before if before[path].stamp != after[path].stamp}
    assert touched == (before.keys() if expected == {"*"} else expected)
    old, new = contents(built), contents(project)
    assert {path for path in old if old[path] != new[path]} <= touched
