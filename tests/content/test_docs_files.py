"""Every file below docs/: none is published that is not named here."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hipknee.content import docs_files
from hipknee.content.docs_files import find
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import get_files
from mkdocs.utils import markdown_extensions

FILES = [
    "index.md",
    "exercises/owl.md",
    "exercises/owl.png",
    ".hidden.md",
    ".well-known/security.txt",
    "_data/site.yml",
    "templates/x.md",
    "deep/templates/x.md",
    "deep/.git/config",
    "assets/x.css",
    "a.markdown",
    "b.MD",
    "c.md.txt",
    "~$d.docx",
]
EXCLUDE = ["/_data/", "!/.well-known/"]


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    for name in FILES:
        (tmp_path / "docs" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "docs" / name).write_text("x", "utf-8")
    return tmp_path / "docs"


def test_nothing_that_mkdocs_publishes_is_left_out(docs: Path) -> None:
    config = MkDocsConfig()
    config.load_dict({"site_name": "x", "docs_dir": str(docs), "exclude_docs": "\n".join(EXCLUDE)})
    config.validate()
    published = {file.src_uri for file in get_files(config) if file.inclusion.is_included()}
    found = find(docs, EXCLUDE)
    assert {*found.pages, *found.others, *(p.path.removeprefix("docs/") for p in found.problems)} == published
    assert found.pages == ("deep/templates/x.md", "exercises/owl.md", "index.md")


def test_the_endings_are_those_of_mkdocs() -> None:
    assert {*markdown_extensions} <= {docs_files.PAGE, *docs_files._PAGES}


def test_what_is_no_file_is_told(docs: Path) -> None:
    os.mkfifo(docs / "pipe.md")
    (docs / "folder.md").mkdir()
    (docs / "folder.md" / "x.md").write_text("x", "utf-8")
    (docs / "around").symlink_to(docs)
    (docs / "gone.md").symlink_to("nowhere")
    (docs / "twice.md").symlink_to("index.md")
    found = find(docs, EXCLUDE)
    told = {problem.path.removeprefix("docs/"): problem.message for problem in found.problems}
    assert {"pipe.md", "folder.md", "around", "gone.md"} <= told.keys()
    assert "twice.md" in found.pages
    assert "folder.md/x.md" not in found.pages


def test_a_folder_that_can_not_be_opened(docs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scandir = os.scandir

    def refuse(path: object) -> object:
        if str(path).endswith("exercises"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)  # type: ignore[call-overload]

    monkeypatch.setattr(os, "scandir", refuse)
    (problem,) = [problem for problem in find(docs, EXCLUDE).problems if problem.path == "docs/exercises"]
    assert problem.message == "This folder can't be opened."
