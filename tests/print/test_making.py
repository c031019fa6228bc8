"""Making sheets: here or in several processes, always the same bytes, and whole files whatever happens."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hipknee.colours import TEAL, TINT
from hipknee.print import making, pool
from hipknee.print.making import Composition, Sheet, make
from hipknee.print.pool import Task, Worker
from hipknee.print.typesetting import Typesetter, spoken
from hipknee.print.worker import Outcome
from hipknee.problems import Problem
from hipknee.progress import Silence
from hipknee.refusals import sentence
from hipknee.rules import Rule
from hipknee.stock import Stock, digest_of

CHART: dict[str, Any] = {
    "author": None,
    "language": "en",
    "paper": "a4",
    "colours": {"brand": TEAL, "tint": TINT},
    "updated": "2026-03-01",
    "words": {name: name for name in spoken("tick-chart")},
    "weeks": ["1"],
    "days": ["Mon"],
    "exercises": [{"title": "Pour", "sides": True}],
    "pain_rule": ["Ouch."],
    "code": None,
    "clinic": None,
    "dated": "Today.",
}
NO_LETTER = "\U0001f986"


def sheet(name: str, title: str = "", path: str = "", alone: bool = False, problem: Problem | None = None) -> Sheet:
    data = CHART | {"title": title or name}
    key = f"{name:0<64}"
    problems = (problem,) if problem else ()
    return Sheet(
        f"{name}.pdf", "tick-chart", path or f"docs/{name}.md", key, lambda: Composition(data, problems), alone
    )


def contents(files: dict[str, Path]) -> dict[str, bytes]:
    return {name: path.read_bytes() for name, path in files.items()}


# Here and in processes


def test_one_process_or_two_or_none_make_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sheets = [sheet(f"pot{number}", f"Pot {number}", f"docs/{number // 3}.md") for number in range(10)]
    sheets[4] = sheet("pot4", alone=True)
    outputs = []
    for few, processes in ((99, 1), (0, 1), (0, 2)):
        monkeypatch.setattr(making, "FEW", few)
        monkeypatch.setattr(pool, "MOST", processes)
        files, problems = make(sheets, Typesetter(tmp_path), Stock(tmp_path / f"{few}-{processes}"))
        assert problems == []
        assert [*files] == [each.name for each in sheets], "in their order"
        outputs.append(contents(files))
        assert {path.name for path in (tmp_path / f"{few}-{processes}").iterdir()} == {
            path.name for path in files.values()
        }
    assert outputs[0] == outputs[1] == outputs[2]


def test_a_few_sheets_start_no_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "make", lambda *_: pytest.fail("started"))
    files, _ = make(
        [sheet(f"pot{number}") for number in range(making.FEW)], Typesetter(tmp_path), Stock(tmp_path / "cache")
    )
    assert len(files) == making.FEW
    with pytest.raises(pytest.fail.Exception):
        make(
            [sheet(f"mug{number}") for number in range(making.FEW + 1)], Typesetter(tmp_path), Stock(tmp_path / "cache")
        )


@pytest.mark.parametrize("few", [99, 0])
def test_what_can_not_be_made_is_told_and_tried_again(
    few: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "FEW", few)
    lost = Problem("docs/mug.md", 1, Rule.LINK_BROKEN, "The lid is lost.")
    sheets = [sheet("pot"), sheet("duck", NO_LETTER), sheet("mug", problem=lost), sheet("can")]
    for _ in range(2):
        files, problems = make(sheets, Typesetter(tmp_path), Stock(tmp_path / "cache"))
        assert [*files] == ["pot.pdf", "can.pdf"]
        assert [(problem.path, problem.rule) for problem in problems] == [
            ("docs/duck.md", Rule.VALUE_INVALID),
            ("docs/mug.md", Rule.LINK_BROKEN),
        ]
        assert len([*(tmp_path / "cache").iterdir()]) == 2


def test_only_what_is_missing_is_composed(tmp_path: Path) -> None:
    def composed() -> Composition:
        pytest.fail("composed")

    files, _ = make([sheet("pot")], Typesetter(tmp_path), Stock(tmp_path))
    again = Sheet("pot.pdf", "tick-chart", "docs/pot.md", sheet("pot").key, composed)
    assert make([again], Typesetter(tmp_path), Stock(tmp_path)) == (files, [])
    files["pot.pdf"].write_bytes(b"")  # as a power cut leaves it
    with pytest.raises(pytest.fail.Exception):
        make([again], Typesetter(tmp_path), Stock(tmp_path))


def test_progress_counts_what_is_missing(tmp_path: Path) -> None:
    class Counter(Silence):
        seen: list[tuple[str, int]] = []
        steps = 0

        def __init__(self, what: str = "", total: int = 0) -> None:
            self.seen.append((what, total))

        def step(self, count: int = 1) -> None:
            Counter.steps += count

    make([sheet("pot")], Typesetter(tmp_path), Stock(tmp_path))
    make([sheet("pot"), sheet("mug"), sheet("duck", NO_LETTER)], Typesetter(tmp_path), Stock(tmp_path), Counter)
    assert (Counter.seen, Counter.steps) == ([("Sheets", 2)], 2)


# The pool


class Pot:
    """A job."""

    def __init__(self, name: str, alone: bool = False, lost: bool = False) -> None:
        self.name, self.alone, self.lost = name, alone, lost

    def task(self) -> Task | None:
        return None if self.lost else Task("pot", self.name, Path("/pots"), self.name)


class Potter:
    """Stands for a process."""

    hired: list[Potter] = []

    def __init__(self, root: Path) -> None:
        self.pots: list[str] = []
        self.ends = 0
        self.hired.append(self)

    def make(self, task: Task) -> Outcome:
        if task.data == "break":
            raise OSError(errno.ENOSPC, "full", "pots")
        self.pots.append(task.data)
        return Outcome(None, ["a crack"] if task.data == "cracked" else [])

    def end(self, *folders: Path) -> None:
        self.ends += 1


@pytest.fixture
def potters(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Potter]]:
    monkeypatch.setattr(pool, "Worker", Potter)
    Potter.hired = []
    yield Potter.hired
    assert all(potter.ends for potter in Potter.hired)


def pots(portions: Sequence[Sequence[Pot]], processes: int) -> dict[str, list[str]]:
    return {pot.name: [*outcome.diagnostics] for pot, outcome in pool.make(portions, Path("/"), processes)}


def test_a_portion_is_made_by_one_process(potters: list[Potter]) -> None:
    portions = [[Pot(f"{portion}{number}") for number in range(5)] for portion in "abcdefgh"]
    assert len(pots(portions, 3)) == 40
    assert len(potters) <= 3
    order = [name for potter in potters for name in potter.pots]
    assert sorted(order) == [pot.name for portion in portions for pot in portion]
    assert all([name[1] for name in order][at : at + 5] == [*"01234"] for at in range(0, 40, 5))


def test_what_is_large_has_a_process_for_itself(potters: list[Potter]) -> None:
    pots([[Pot("a"), Pot("b"), Pot("big", alone=True), Pot("c")], [Pot("huge", alone=True)]], 1)
    assert [potter.pots for potter in potters] == [["a", "b"], ["big"], ["c"], ["huge"]]


def test_what_went_wrong_comes_back(potters: list[Potter]) -> None:
    assert pots([[Pot("cracked"), Pot("lost", lost=True), Pot("whole")]], 2) == {
        "cracked": ["a crack"],
        "lost": [],
        "whole": [],
    }
    assert [potter.pots for potter in potters] == [["cracked", "whole"]]
    assert pots([[Pot("lost", lost=True)]], 2) == {"lost": []}
    assert len(potters) == 1, "nobody is hired for nothing"


def test_what_the_system_refuses_ends_the_work(potters: list[Potter]) -> None:
    with pytest.raises(OSError, match="full"):
        pots([[Pot("a"), Pot("break"), Pot("b")], *([Pot(f"{number}")] for number in range(999))], 1)
    assert potters[0].pots == ["a"]


def test_whoever_stops_in_between_leaves_nobody_at_work(potters: list[Potter]) -> None:
    for _ in pool.make([[Pot(f"{number}")] for number in range(9999)], Path("/"), 2):
        break
    count = sum(len(potter.pots) for potter in potters)
    time.sleep(0.05)
    assert count == sum(len(potter.pots) for potter in potters) < 9999


# A process


@pytest.fixture
def worker(tmp_path: Path) -> Iterator[Worker]:
    hand = Worker(tmp_path)
    yield hand
    hand.end()


def task(path: Path, **changes: Any) -> Task:
    return Task("tick-chart", CHART | {"title": "Pot"} | changes, path.parent, path.name)


def test_a_worker_makes_one_file_after_the_other(worker: Worker, tmp_path: Path) -> None:
    one = worker.make(task(tmp_path / "a.pdf"))
    duck = worker.make(task(tmp_path / "duck.pdf", title=NO_LETTER))
    assert duck.path is None
    assert "could not be displayed" in duck.diagnostics[0]
    two = worker.make(task(tmp_path / "b.pdf"))
    assert one.path
    assert two.path
    assert one.path.read_bytes() == two.path.read_bytes()
    assert {*tmp_path.iterdir()} == {one.path, two.path} == {*tmp_path.glob(f"[ab].{digest_of(one.path)}.pdf")}


def test_what_the_system_refuses_a_worker(worker: Worker, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(NotADirectoryError) as caught:
        worker.make(task(tmp_path / "file" / "a.pdf"))
    assert sentence(caught.value, tmp_path).endswith("is a file, or is inside one, but a folder is needed.")
    assert worker.make(task(tmp_path / "a.pdf")).path


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
@pytest.mark.parametrize(
    ("number", "why"),
    [
        (signal.SIGKILL, "booklet-3.pdf could not be made, most likely because memory ran out. Close other programs"),
        (signal.SIGTERM, "booklet-3.pdf could not be made, because the process that makes it has ended. Try again."),
    ],
)
def test_a_worker_that_is_killed_is_one_sentence(number: int, why: str, worker: Worker, tmp_path: Path) -> None:
    os.kill(worker._process.pid, number)
    with pytest.raises(OSError, match=r".") as caught:
        worker.make(task(tmp_path / "booklet-3.pdf"))
    assert sentence(caught.value).startswith(why)


def test_a_worker_imports_no_more_than_it_needs(tmp_path: Path) -> None:
    code = "import sys, hipknee.print.worker; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"mkdocs", "pydantic", "yaml", "jinja2", "PIL", "selectolax"} & {*done.stdout.split()}


# Stopped from outside

MAKE = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from test_making import sheet
from hipknee.print import making
from hipknee.print.typesetting import Typesetter
from hipknee.stock import Stock
root = Path(sys.argv[1])
sheets = [sheet(f"pot{number}", alone=number % 40 == 0) for number in range(160)]
making.make(sheets, Typesetter(root), Stock(root / "cache"))
"""


def started(root: Path) -> subprocess.Popen[str]:
    call = [sys.executable, "-c", MAKE, str(root), str(Path(__file__).parent)]
    return subprocess.Popen(call, stderr=subprocess.PIPE, text=True, start_new_session=True)


def workers(root: Path) -> list[str]:
    """The processes that work for the project at `root`."""
    calls = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            calls.append(path.read_bytes())
        except OSError:  # it has ended
            continue
    return [call.decode() for call in calls if b"hipknee.print.worker" in call and str(root).encode() in call]


def wait(what: str, root: Path, seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while not (len([*root.glob("cache/*.pdf")]) > 9 if what == "files" else not workers(root)):
        assert time.monotonic() < until, f"no {what}"
        time.sleep(0.02)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells of all processes")
def test_ctrl_c_leaves_whole_files_and_nobody_at_work(tmp_path: Path) -> None:
    run = started(tmp_path)
    wait("files", tmp_path)
    assert workers(tmp_path)
    os.killpg(run.pid, signal.SIGINT)
    said = run.communicate(timeout=10)[1]
    assert run.returncode == -signal.SIGINT
    assert said.count("Traceback") == 1, "Python's own of this run, and none of a worker"
    assert workers(tmp_path) == []
    files = {path.name: path.read_bytes() for path in (tmp_path / "cache").iterdir()}
    assert 9 < len(files) < 160
    assert all(name.endswith(".pdf") and content.endswith(b"%%EOF") for name, content in files.items())
    times = {name: (tmp_path / "cache" / name).stat().st_mtime_ns for name in files}
    again = started(tmp_path)
    assert (again.communicate(timeout=60)[1], again.returncode) == ("", 0)
    assert len([*(tmp_path / "cache").iterdir()]) == 160
    assert times == {name: (tmp_path / "cache" / name).stat().st_mtime_ns for name in files}, "none is made again"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells of all processes")
def test_a_worker_ends_with_whoever_started_it(tmp_path: Path) -> None:
    run = started(tmp_path)
    wait("files", tmp_path)
    run.kill()
    run.communicate()
    wait("end of the workers", tmp_path, 5)
