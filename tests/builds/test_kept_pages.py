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
    "a template": edit(TEMPLATE, '<p class="dose-note">', '<p class="dose-note tea">'),
    "a style": edit("docs/assets/stylesheets/site.css", ":root", ":root /* tea */"),
    "a picture": lambda project: _swapped(project / "images" / "teapot-tip"),
}
PAGES = ("cards", "faces", "judgments", "pages", "search", "texts", "look-alikes")


def _swapped(folder: Path) -> None:
    for name, other in (("start.png", "part"), ("cat.png", "start.png"), ("part", "cat.png")):
        (folder / name).rename(folder / other)


def published(project: Path) -> dict[str, bytes]:
    return tree(project / "site")


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


IN_THE_SITE = ("exercises/teapot-tip/index.html", "exercises/teapot-tip.json", "pdf/teapot-tip-a4.pdf")


@pytest.mark.parametrize("name", IN_THE_SITE)
def test_what_was_damaged_in_the_site_is_made_again(name: str, pair: tuple[Builds, Path]) -> None:
    """Where the site holds links to what is kept, that is damaged, too."""
    builds, _ = pair
    assert builds.after() == "built"
    file = builds.project / "site" / name
    whole = file.read_bytes()
    with file.open("r+b") as opened:
        opened.truncate(100)
    assert builds.after() == "built"
    assert file.read_bytes() == whole


@pytest.mark.parametrize("half", [False, True], ids=["nothing", "half of it"])
def test_nothing_damaged_is_published(half: bool, built: Path, tmp_path: Path) -> None:
    """Each file that is kept, of whatever kind: the site is that of a build from nothing."""
    project = projects.addressed(built, tmp_path / "project")
    assert mkdocs(project, "build").returncode == 0
    whole = published(project)
    files = [path for path in (project / ".cache").rglob("*") if path.is_file()]
    assert len(files) > 50
    for path in files:
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2 if half else 0])
    done = mkdocs(project, "build")
    assert done.returncode == 0, done.stdout
    assert published(project) == whole
