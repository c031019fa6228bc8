"""scripts/export_pdf.py as its users call it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import projects
import pytest
from pypdfium2 import PdfDocument

SCRIPT = projects.ROOT / "scripts" / "export_pdf.py"
A4 = pytest.approx((595.28, 841.89), abs=0.1)


def export(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    call = [sys.executable, str(SCRIPT), "--root", str(root), *arguments]
    return subprocess.run(call, capture_output=True, encoding="utf-8", env=projects.ENVIRONMENT, check=False)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return projects.real(tmp_path_factory.mktemp("export") / "project")


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        (("--paper", "a4", "--only", "clamshell"), {"clamshell-a4.pdf"}),
        (("--only", "bridge", "--large"), {"bridge-large-a4.pdf", "bridge-large-letter.pdf"}),
        (("--only", "bridge", "--grey", "--paper", "a4"), {"bridge-a4.pdf"}),
    ],
)
def test_what_is_asked_for_is_written(
    project: Path, tmp_path: Path, arguments: tuple[str, ...], names: set[str]
) -> None:
    done = export(project, *arguments, "--out", str(tmp_path / "out"))
    assert done.returncode == 0, done.stderr
    assert {path.name for path in (tmp_path / "out").iterdir()} == names
    assert {Path(line).name for line in done.stdout.split()} == names
    for path in (tmp_path / "out").glob("*-a4.pdf"):
        assert PdfDocument(path)[0].get_size() == A4
    assert not (project / "site").exists(), "the site is not touched"


def test_everything_for_one_paper_without_colour(project: Path, tmp_path: Path) -> None:
    done = export(project, "--paper", "letter", "--grey", "--out", str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert len(list(tmp_path.glob("*-letter.pdf"))) == len(list(tmp_path.iterdir())) == 16
    for name in ("booklet-letter.pdf", "tick-chart-letter.pdf", "clamshell-letter.pdf", "clamshell-large-letter.pdf"):
        for page in PdfDocument(tmp_path / name):
            saturation = page.render(scale=0.15).to_pil().convert("HSV").getchannel("S")
            assert saturation.getextrema()[1] <= 8, name


def test_help_has_examples(project: Path) -> None:
    done = export(project, "--help")
    assert done.returncode == 0
    assert "--only clamshell" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--only", "clam"), "there is no exercise 'clam'"),
        (("--paper", "a5"), "a5"),
        (("--root", "/nowhere"), "mkdocs.yml"),
    ],
)
def test_a_wrong_call_is_said(project: Path, arguments: tuple[str, ...], said: str) -> None:
    done = export(project, *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_problem_is_said_and_nothing_is_written(project: Path, tmp_path: Path) -> None:
    projects.edit("docs/exercises/bridge.md", "sets: 2", "sets: 200")(project)
    try:
        done = export(project, "--out", str(tmp_path / "out"))
    finally:
        projects.edit("docs/exercises/bridge.md", "sets: 200", "sets: 2")(project)
    assert done.returncode == 1
    assert "docs/exercises/bridge.md" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()
