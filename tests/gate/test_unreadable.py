"""Files that can't be read: told at their path, never an exception, and never a check that doesn't end.

The tests may run as a user who may read everything. So the system's refusal is put in its place, or whoever asks gives
up that right in a process of its own.
"""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import birds
import pytest
from birds import PAGE, line_of
from hipknee.gate import gate

WORDS, SITE, BOARD = "docs/_data/words.en.yml", "docs/_data/site.yml", "mkdocs.yml"
PAGES = (PAGE, "docs/index.md", "docs/creaky-tail.md", "docs/glossary.md", "docs/exercises/index.md")
FILES = (*PAGES, WORDS, SITE, BOARD)


@pytest.fixture
def pond(tmp_path: Path) -> Path:
    return birds.write(tmp_path / "pond")


@pytest.fixture
def _in_time() -> Iterator[None]:
    """Whoever reads from a pipe waits for ever."""
    signal.alarm(30)
    yield
    signal.alarm(0)


def refuse(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file, or all that is in the folder, may not be read."""
    real = {name: getattr(Path, name) for name in ("read_bytes", "iterdir", "open")}

    def refusing(name: str) -> object:
        def call(self: Path, *arguments: object, **options: object) -> object:
            if self == path or path in self.parents:
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(self))
            return real[name](self, *arguments, **options)

        return call

    for name in real:
        monkeypatch.setattr(Path, name, refusing(name))
    scan = os.scandir

    def scandir(place: str | Path) -> object:
        if Path(place) == path or path in Path(place).parents:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(place))
        return scan(place)

    monkeypatch.setattr(os, "scandir", scandir)


def said(pond: Path, path: str) -> list[str]:
    """What the gate says of a file, but for what a page or a setting then lacks."""
    problems = [problem for problem in gate.check(pond).problems if problem.path == path and problem.line == 1]
    return [f"[{p.rule}] {p.message} {p.hint}".strip() for p in problems if p.rule != "page-unlisted"]


@pytest.mark.parametrize("file", FILES)
def test_a_file_that_may_not_be_read(file: str, pond: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse(pond / file, monkeypatch)
    assert said(pond, file) == [
        "[key-missing] The file can't be opened. Close it in other programs, or ask its owner to let you open it."
    ]


@pytest.mark.parametrize("folder", ["docs", "docs/exercises", "docs/_data"])
def test_a_folder_of_pages_that_may_not_be_opened(folder: str, pond: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse(pond / folder, monkeypatch)
    said = " ".join(str(problem) for problem in gate.check(pond).problems)
    assert "may not be opened" in said or "can't be opened" in said


@pytest.mark.parametrize("folder", ["images", "images/polite-flamingo"])
def test_a_folder_of_pictures_that_may_not_be_opened(folder: str, pond: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse(pond / folder, monkeypatch)
    problems = gate.check(pond).problems
    assert problems
    assert {problem.rule for problem in problems} <= {"image-unreadable", "image-missing"}
    assert "can't be" in " ".join(problem.message for problem in problems)


_ASK = "Close it in other programs, or ask its owner to let you open it."
FOLDER, FILE = f"This folder can't be opened. {_ASK}", f"The file can't be opened. {_ASK}"
CLOSED: dict[str, list[tuple[str, int, str]]] = {
    **{
        folder: [(folder, 1, f"[file-unknown] {FOLDER}")]
        for folder in ("docs", "docs/exercises", "docs/_data", "docs/assets/more")
    },
    **{folder: [(folder, 1, f"[image-unreadable] {FOLDER}")] for folder in ("images", "images/polite-flamingo")},
    **{file: [(file, 1, f"[key-missing] {FILE}")] for file in FILES},
    "docs/assets/more/site.css": [("docs/assets/more/site.css", 1, f"[file-unknown] {FILE}")],
    "images/polite-flamingo/start.png": [
        (
            PAGE,
            line_of(birds.FLAMINGO, "    file: polite-flamingo/start.png"),
            "[image-unreadable] 'polite-flamingo/start.png' can't be read. "
            "If it is open in another program, close it there.",
        )
    ],
    ".cache": [],
    ".": [("docs", 1, f"[file-unknown] {FOLDER}"), ("mkdocs.yml", 1, f"[key-missing] {FILE}")],
}
"""What is closed to the reader, and all that is said: one sentence for each, and nothing that only follows from it."""
MODES = {0o000: "closed", 0o444: "to be listed, but not entered", 0o311: "to be entered, but not listed"}
_READER = """
import ctypes, json, os, stat, sys
from pathlib import Path
import birds

if sys.platform == "linux" and os.geteuid() == 0:  # root may read everything, until it gives that up
    header, sets = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    libc = ctypes.CDLL(None, use_errno=True)
    assert libc.capget(header, sets) == 0
    for n in (0, 1):
        sets[n] &= ~0b110  # CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH
    assert libc.capset(header, sets) == 0
root, answers = Path(sys.argv[1]), []
for name, mode in json.loads(sys.argv[2]):
    before = stat.S_IMODE((root / name).stat().st_mode)
    (root / name).chmod(mode)
    try:
        answers.append(birds.told(root))
    finally:
        (root / name).chmod(before)
print(json.dumps(answers))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there folders are closed otherwise")
def test_what_is_really_closed(pond: Path, subtests: pytest.Subtests) -> None:
    (pond / "docs" / "assets" / "more").mkdir(parents=True)
    (pond / "docs" / "assets" / "more" / "site.css").write_text("p {}")
    assert birds.told(pond) == []
    tries = [(name, mode) for name in CLOSED for mode in (MODES if (pond / name).is_dir() else [0o000])]
    call = [sys.executable, "-c", _READER, str(pond), json.dumps(tries)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(call, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    for (name, mode), answer in zip(tries, json.loads(done.stdout), strict=True):
        with subtests.test(f"{name} is {MODES[mode]}"):
            findable = mode == 0o311 and not name.startswith("docs")  # each of its files has a name that somebody says
            assert [tuple(each) for each in answer] == ([] if findable else CLOSED[name])


@pytest.mark.usefixtures("_in_time")
@pytest.mark.parametrize("file", FILES)
def test_a_pipe_in_the_place_of_a_file(file: str, pond: Path) -> None:
    (pond / file).unlink()
    os.mkfifo(pond / file)
    what = "[file-unknown] This" if file in PAGES else "[key-missing] The file"
    assert said(pond, file) == [f"{what} is not an ordinary file, so it can't be read. Delete it."]


@pytest.mark.usefixtures("_in_time")
def test_a_pipe_in_the_place_of_a_picture(pond: Path) -> None:
    (pond / "images" / "polite-flamingo" / "detail.png").unlink()
    os.mkfifo(pond / "images" / "polite-flamingo" / "detail.png")
    (problem,) = gate.check(pond).problems
    assert problem.rule == "image-unreadable"


@pytest.mark.parametrize("file", FILES)
def test_a_folder_in_the_place_of_a_file(file: str, pond: Path) -> None:
    (pond / file).unlink()
    (pond / file).mkdir()
    page = "[file-unknown] This is a folder, but its name ends like the name of a page. Rename it."
    data = "[key-missing] The file is a folder, but a file is needed."
    assert said(pond, file) == [page if file in PAGES else data]
