"""A site of pages that were kept is the site of a build from nothing, byte for byte, whatever has changed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import projects
import pytest
from building import Builds
from projects import Change, edit, mkdocs, tree, write

PAGE, LIBRARY = "docs/exercises/teapot-tip.md", "docs/exercises/index.md"
FRAME, TEMPLATE = "hooks/overrides/main.html", "hooks/hipknee/pages/html/exercise.html"

CHANGES: dict[str, Change] = {
    "nothing": lambda project: None,
    "a text": edit(PAGE, "feel: ", "feel: Right now. "),
    "a title": edit(PAGE, "title: Teapot tip", "title: Teapot tilt"),
    "an alias": edit(PAGE, "aliases: [", "aliases: [kettle tilt, "),
    "a title of an article": edit("docs/index.md", "title: ", "title: Home of "),
    "the text of a condition": edit("docs/creaky-lid.md", "\n---\n", "\n---\nA teapot tip is a good start.\n\n"),
    "a word": edit("docs/_data/words.en.yml", "fix: Fix", "fix: Better"),
    "the vocabulary": edit("docs/_data/vocabulary.yml", "name: Ribbon", "name: Bow"),
    "a condition": edit("docs/creaky-lid.md", "title: Creaky", "title: Squeaky"),
    "the clinic": write("docs/_data/clinic.yml", "name: Kettle Clinic\n"),
    "the frame": edit(FRAME, "</footer>", "<p>Tea</p></footer>"),
    "a template": edit(TEMPLATE, "<p>{{ page.feel }}</p>", '<p class="feel">{{ page.feel }}</p>'),
    "a style": edit("docs/assets/stylesheets/site.css", ":root", ":root /* tea */"),
    "a picture": lambda project: _swapped(project / "images" / "teapot-tip"),
}
PAGES = ("cards", "faces", "judgments", "pages", "search", "texts", "handover", "look-alikes")


def _swapped(folder: Path) -> None:
    for name, other in (("start.png", "part"), ("cat.png", "start.png"), ("part", "cat.png")):
        (folder / name).rename(folder / other)


def published(project: Path) -> dict[str, bytes]:
    return {name: content for name, content in tree(project / "site").items() if name != "sitemap.xml.gz"}


@pytest.fixture(scope="module")
def pair(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Builds, Path]]:
    """A project that is built again and again by one process, and its twin, of which nothing is kept but pictures."""
    folder = tmp_path_factory.mktemp("kept")
    one, two = (projects.addressed(built, folder / name) for name in ("one", "two"))
    builds = Builds(one)
    yield builds, two
    builds.end()


def from_nothing(project: Path) -> dict[str, bytes]:
    for name in PAGES:
        path = project / ".cache" / name
        if path.is_dir():
            shutil.rmtree(path)
        path.unlink(missing_ok=True)
    done = mkdocs(project, "build")
    assert done.returncode == 0, done.stdout
    return published(project)


@pytest.mark.parametrize("name", CHANGES)
def test_kept_pages_are_what_a_build_from_nothing_makes(name: str, pair: tuple[Builds, Path]) -> None:
    builds, twin = pair
    assert builds.after(CHANGES[name]) == "built"
    CHANGES[name](twin)
    kept, fresh = published(builds.project), from_nothing(twin)
    assert kept.keys() == fresh.keys()
    assert [name for name in kept if kept[name] != fresh[name]] == []


def test_only_what_has_changed_is_made(pair: tuple[Builds, Path]) -> None:
    builds, _ = pair
    site = builds.project / "site" / "exercises"
    assert builds.after() == "built"
    written = [path.stem for path in (builds.project / "docs" / "exercises").glob("*.md") if path.stem != "index"]
    before = {path: path.stat().st_ino for slug in written for path in site.glob(f"{slug}/index.html")}
    assert builds.after(edit(PAGE, "feel: ", "feel: At once. ")) == "built"
    after = {path: path.stat().st_ino for path in before}
    assert [path.parent.name for path in before if before[path] != after[path]] == ["teapot-tip"]


def test_with_hooks_of_a_clinics_own_all_pages_are_made(pair: tuple[Builds, Path]) -> None:
    """What they put into pages follows from who knows what: here from a file that no one has named."""
    _, project = pair
    hook = "from pathlib import Path\n\n\ndef on_page_content(html, **_):\n    return html + Path('tea').read_text()\n"
    write("tea.py", hook)(project)
    edit("switchboard.yml", "  - hooks/publish.py\n", "  - tea.py\n  - hooks/publish.py\n")(project)
    for tea in ("Assam", "Ceylon"):
        write("tea", tea)(project)
        assert mkdocs(project, "build").returncode == 0
        assert tea in (project / "site" / "exercises" / "teapot-tip" / "index.html").read_text("utf-8")


def test_a_page_that_was_damaged_is_never_published_again(pair: tuple[Builds, Path]) -> None:
    builds, _ = pair
    assert builds.after() == "built"
    page = builds.project / "site" / "exercises" / "teapot-tip" / "index.html"
    whole = page.read_bytes()
    with page.open("r+b") as file:  # where the site holds links to what is kept, that changes too
        file.truncate(100)
    assert builds.after() == "built"
    assert page.read_bytes() == whole


def test_a_picture_that_was_damaged_is_told_and_made_again(pair: tuple[Builds, Path]) -> None:
    builds, _ = pair
    assert builds.after() == "built"
    picture = next((builds.project / "site" / "assets" / "pictures").glob("teapot-tip-start-*.jpg"))
    whole = picture.read_bytes()
    with picture.open("r+b") as file:
        file.truncate(100)
    assert "was changed after it was made, and is deleted. Build again." in builds.after()
    assert builds.after() == "built"
    assert next(picture.parent.glob("teapot-tip-start-*.jpg")).read_bytes() == whole
