"""How long an author waits for a server: measured with a small one, as `mkdocs serve` takes seconds."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import projects
import pytest
from benchmarks import library, serve
from benchmarks.processes import ProgramError

SERVER = """
import os, subprocess, sys
from http.server import HTTPServer, SimpleHTTPRequestHandler
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
with open("processes", "w") as file:
    print(os.getpid(), child.pid, file=file)
host, port = sys.argv[1].split(":")
HTTPServer((host, int(port)), SimpleHTTPRequestHandler).serve_forever()
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(serve, "SERVE", (sys.executable, "-c", SERVER))
    (tmp_path / "page.html").write_text("<h1>Owl</h1>")
    return tmp_path


def runs(process: int) -> bool:
    """Whether a process is there, and is not only waiting for someone to ask how it ended."""
    with suppress(OSError):
        return Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()[0] != "Z"
    return False


def test_a_change_is_seen_when_it_is_handed_out(project: Path) -> None:
    with serve.served(project, project) as server:
        assert server.wait("page.html", "Owl", 20) is not None
        (project / "page.html").write_text("<h1>Gull</h1>")
        waited = server.wait("page.html", "Gull", 20)
        assert waited is not None
        assert waited < 20
        assert server.wait("page.html", "Owl", 0.2) is None


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="this system does not list processes as files")
@pytest.mark.parametrize("error", [None, KeyboardInterrupt])
def test_nothing_of_a_server_is_left(project: Path, error: type[BaseException] | None) -> None:
    with suppress(KeyboardInterrupt), serve.served(project, project) as server:
        server.wait("page.html", "Owl", 20)
        if error:
            raise error
    processes = [int(number) for number in (project / "processes").read_text().split()]
    limit = time.monotonic() + 10
    while any(map(runs, processes)) and time.monotonic() < limit:
        time.sleep(0.05)
    assert [process for process in processes if runs(process)] == []


def test_a_server_that_ends_says_why(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "SERVE", (sys.executable, "-c", "raise SystemExit('the port is taken')"))
    with pytest.raises(ProgramError, match="the port is taken"), serve.served(project, project) as server:
        server.wait("", "Owl", 20)


def test_an_edit_that_never_comes_has_no_seconds() -> None:
    assert serve._median([1.0, None, 3.0]) is None
    assert serve._median([1.0, 9.0, 3.0]) == 3.0


EDITS: dict[str, tuple[Callable[[Path], None], str]] = {
    "an exercise": (lambda project: library.change(project, "clamshell", 7), "docs/exercises/clamshell.md"),
    "a condition": (lambda project: library.change_condition(project, "knee-pain", 7), "docs/knee-pain.md"),
    "a word": (lambda project: library.change_word(project, 7), "docs/_data/words.en.yml"),
    "a template": (lambda project: library.change_template(project, 7), "hooks/hipknee/pages/html/exercise.html"),
}


@pytest.mark.parametrize("case", EDITS)
def test_an_edit_brings_its_mark_into_a_file_that_is_there(case: str, tmp_path: Path) -> None:
    edit, path = EDITS[case]
    original = (projects.ROOT / path).read_text("utf-8")
    (tmp_path / path).parent.mkdir(parents=True)
    (tmp_path / path).write_text(original, "utf-8")
    edit(tmp_path)
    assert library.mark(7) not in original
    assert library.mark(7) in (tmp_path / path).read_text("utf-8")


def test_a_language_without_the_word_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "docs" / "_data").mkdir(parents=True)
    (tmp_path / "docs" / "_data" / "words.en.yml").write_text("feel: Feel\n")
    with pytest.raises(ValueError, match="no line that begins with 'steps:'"):
        library.change_word(tmp_path, 7)
