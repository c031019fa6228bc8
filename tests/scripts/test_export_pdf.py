"""scripts/export_pdf.py as its users call it."""

from __future__ import annotations

import shutil
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
def project(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Without a site."""
    at = tmp_path_factory.mktemp("export") / "project"
    return Path(shutil.copytree(built, at, ignore=shutil.ignore_patterns("site")))


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        (("--paper", "a4", "--only", "teapot-tip"), {"teapot-tip-a4.pdf"}),
        (("--only", "flamingo-doze", "--large"), {"flamingo-doze-large-a4.pdf", "flamingo-doze-large-letter.pdf"}),
        (("--only", "flamingo-doze", "--grey", "--paper", "a4"), {"flamingo-doze-a4.pdf"}),
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
    assert len(list(tmp_path.glob("*-letter.pdf"))) == len(list(tmp_path.iterdir())) == 11
    for name in ("booklet-letter.pdf", "tick-chart-letter.pdf", "teapot-tip-letter.pdf", "teapot-tip-large-letter.pdf"):
        for page in PdfDocument(tmp_path / name):
            saturation = page.render(scale=0.15).to_pil().convert("HSV").getchannel("S")
            assert saturation.getextrema()[1] <= 8, name


def test_shares_are_all_of_it_together(built: Path, tmp_path: Path) -> None:
    """Made on several machines, from the same beginning, and put together."""
    at = Path(shutil.copytree(built, tmp_path / "project"))
    cache = at / ".cache" / "print"
    whole = {path.name: path.read_bytes() for path in cache.iterdir()}
    (first, *_), files = sorted(whole), dict[str, bytes]()
    for number in (1, 2, 3):
        shutil.rmtree(cache)
        cache.mkdir()
        (cache / first).write_bytes(whole[first])
        done = export(at, "--shard", f"{number}/3", "--out", str(tmp_path / "out"))
        assert done.returncode == 0, done.stderr
        made = {path.name: path.read_bytes() for path in cache.iterdir() if path.name != first}
        assert not made.keys() & files.keys()
        assert len(made) == (len(whole) - 1) // 3
        assert done.stdout == f"{len(made)} sheets made, in {cache}\n"
        files |= made
    assert files | {first: whole[first]} == whole
    assert not (tmp_path / "out").exists()


def test_only_what_is_asked_for_is_made(project: Path, tmp_path: Path) -> None:
    at = Path(shutil.copytree(project, tmp_path / "project"))
    cache = at / ".cache" / "print"
    for path in cache.glob("*-a4-*"):
        path.unlink()
    kept = {path.name for path in cache.iterdir()}
    done = export(at, "--paper", "a4", "--only", "teapot-tip", "--out", str(tmp_path / "out"))
    assert done.returncode == 0, done.stderr
    assert len({path.name for path in cache.iterdir()} - kept) == 1
    assert kept < {path.name for path in cache.iterdir()}, "nothing is thrown away"


def test_help_has_examples(project: Path) -> None:
    done = export(project, "--help")
    assert done.returncode == 0
    assert "--only clamshell" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--only", "tea"), "there is no exercise 'tea'"),
        (("--paper", "a5"), "a5"),
        (("--root", "/nowhere"), "mkdocs.yml"),
        (("--shard", "9/8"), "'9/8' is no share: write which one it is and of how many, such as 2/8"),
        *((("--shard", text), f"'{text}' is no share") for text in ("0/8", "2/0", "2", "2/", "a/8", "1/8/2", "")),
    ],
)
def test_a_wrong_call_is_said(project: Path, arguments: tuple[str, ...], said: str) -> None:
    done = export(project, *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_problem_is_said_and_nothing_is_written(project: Path, tmp_path: Path) -> None:
    projects.edit("docs/exercises/flamingo-doze.md", "sets: 1", "sets: 100")(project)
    try:
        done = export(project, "--out", str(tmp_path / "out"))
    finally:
        projects.edit("docs/exercises/flamingo-doze.md", "sets: 100", "sets: 1")(project)
    assert done.returncode == 1
    assert "docs/exercises/flamingo-doze.md" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()
