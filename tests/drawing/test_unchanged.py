"""When nobody need read a table: only when nothing has changed that its pictures could come from."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest
from hipknee_drawing import unchanged
from hipknee_drawing.unchanged import Unchanged

FILES = {
    "mkdocs.yml": "theme: {language: !ENV [TONGUE, en]}",
    "docs/_data/words.en.yml": "start: Start",
    "docs/index.md": "Hello",
    "images/figure/woman.npz": "her",
    "images/figure/man.npz": "him",
    "images/poses/bow.yml": "base: stand",
    "images/poses/explanation/wings.yml": "panels: []",
    "images/bow/start.png": "picture",
    "images/bow/finish.png": "another",
    "images/explanation/wings.png": "plate",
}
PICTURES = {"bow": ["bow/start.png", "bow/finish.png"], "explanation/wings": ["explanation/wings.png"]}
BOTH, BOW, WINGS = {*PICTURES}, {"bow"}, {"explanation/wings"}

CHANGES: dict[str, tuple[Callable[[Path], object], set[str]]] = {
    "nothing": (lambda root: None, BOTH),
    "a page": (lambda root: (root / "docs/index.md").write_text("Bye"), BOTH),
    "a table": (lambda root: (root / "images/poses/bow.yml").write_text("base: stand #"), WINGS),
    "a plate's table": (lambda root: (root / "images/poses/explanation/wings.yml").write_text("panels: [1]"), BOW),
    "a figure": (lambda root: (root / "images/figure/man.npz").write_text("he"), set()),
    "another figure": (lambda root: (root / "images/figure/child.npz").write_text("it"), set()),
    "a picture": (lambda root: (root / "images/bow/finish.png").write_text("scratch"), WINGS),
    "a lost picture": (lambda root: (root / "images/explanation/wings.png").unlink(), BOW),
    "a word": (lambda root: (root / "docs/_data/words.en.yml").write_text("start: Begin"), BOW),
    "another language": (lambda root: (root / "docs/_data/words.de.yml").write_text("start: Anfang"), BOW),
    "the settings": (lambda root: (root / "mkdocs.yml").write_text("theme: {language: de}"), BOW),
    "what is remembered": (lambda root: (root / ".cache/drawn").write_text("bow {}"), set()),
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    remember(tmp_path, PICTURES)
    return tmp_path


def remember(root: Path, pictures: dict[str, list[str]], *how: object) -> None:
    tables = Unchanged(root, *how)
    for name, files in pictures.items():
        tables.drawn(name, files)
    tables.keep()


def known(root: Path, *how: object) -> set[str]:
    pictures = Unchanged(root, *how).pictures(PICTURES)
    assert all(pictures[name] == PICTURES[name] for name in pictures)
    return {*pictures}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_of_anything_asks_again(name: str, project: Path) -> None:
    change, same = CHANGES[name]
    change(project)
    assert known(project) == same


def test_so_does_all_that_is_no_file_of_the_project(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert known(project, "otherwise saved") == set()
    monkeypatch.setenv("TONGUE", "de")
    assert known(project) == BOW
    monkeypatch.delenv("TONGUE")
    with monkeypatch.context() as patch:
        patch.setattr(unchanged, "version", lambda name: f"{name} 0")
        assert known(project) == set()
    with monkeypatch.context() as patch:
        code = Path.read_bytes
        patch.setattr(Path, "read_bytes", lambda path: code(path) + (b"#" if path.name == "scene.py" else b""))
        assert known(project) == set()
    assert known(project) == BOTH


def test_where_the_language_may_stand_in_a_file_of_anywhere_nothing_is_known(project: Path) -> None:
    (project / "mkdocs.yml").write_text("INHERIT: ../all.yml")
    remember(project, PICTURES)
    assert known(project) == BOW


def test_a_run_for_one_table_forgets_no_other(project: Path) -> None:
    (project / "images/poses/bow.yml").write_text("base: supine")
    remember(project, {"bow": PICTURES["bow"]})
    assert known(project) == BOTH


def test_without_the_libraries_nothing_is_known(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def version(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(unchanged, "version", version)
    assert known(project) == set()
    remember(project, PICTURES)
