"""What the benchmark measures: libraries of any size that pass the gate, and the costs of a program."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import projects
import pytest
import yaml
from benchmarks import library, peers, scale, serve
from benchmarks.processes import Cost, ProgramError, cost, median
from hipknee.content import catalogue
from hipknee.gate import gate
from hipknee.pictures.look_alikes import look_alikes
from hipknee.pictures.originals import inspect

COUNT = 11
"""Each exercise, and two of them again."""
SCRIPT = projects.ROOT / "scripts" / "benchmark.py"


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pictures")


@pytest.fixture(scope="module")
def large(pictures: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = tmp_path_factory.mktemp("library") / "project"
    library.write(projects.ROOT, project, COUNT, pictures)
    return project


def test_a_library_passes_the_gate(large: Path) -> None:
    report = gate.check(large)
    assert [str(problem) for problem in report.problems] == []
    exercises = [entry.value for entry in report.catalogue.exercises.values() if entry.value]
    assert len(exercises) == COUNT
    stills = [image.file for exercise in exercises for image in exercise.images.stills().values()]
    assert len({report.pictures[file].thumbnail for file in stills}) == len(stills) == 2 * COUNT


def test_every_list_holds_every_exercise(large: Path) -> None:
    project = catalogue.load(large)
    assert project.library.value
    assert {*project.library.value.slugs()} == {*project.exercises}
    for name, condition in project.conditions.items():
        assert condition.value
        helping = {slug for slug, entry in project.exercises.items() if name in (entry.face.helps or ())}
        assert {*condition.value.exercises} == helping


def test_the_same_number_gives_the_same_library(large: Path, tmp_path: Path) -> None:
    assert library.write(projects.ROOT, tmp_path / "again", COUNT, tmp_path / "pictures")[-1] == "bridge-2"
    files = {name: content for name, content in projects.tree(large).items() if not name.startswith(".cache/")}
    assert projects.tree(tmp_path / "again") == files


def test_names_go_on_for_ever() -> None:
    every = [slug for slug, _, _ in library.slugs(["owl", "gull"], 5)]
    assert every == ["owl", "gull", "owl-2", "gull-2", "owl-3"]


def test_no_two_drawn_pictures_look_alike(tmp_path: Path) -> None:
    original = projects.ROOT / "images" / "bridge" / "start.png"
    drawn = [inspect(library.picture(original, time, tmp_path)) for time in (2, 3, 18, 2 ** (library.BITS - 1))]
    assert look_alikes(drawn) == []


def test_a_library_is_no_smaller_than_the_project(tmp_path: Path, pictures: Path) -> None:
    with pytest.raises(ValueError, match="can't have fewer"):
        library.write(projects.ROOT, tmp_path / "small", 3, pictures)


def test_a_change_is_another_one_each_time(large: Path, tmp_path: Path) -> None:
    page = tmp_path / "docs" / "exercises" / "clamshell.md"
    page.parent.mkdir(parents=True)
    page.write_bytes((large / "docs" / "exercises" / "clamshell.md").read_bytes())
    texts = [page.read_text("utf-8")]
    for number in range(2):
        library.change(tmp_path, "clamshell", number)
        texts.append(page.read_text("utf-8"))
    assert len({*texts}) == 3


def test_the_peer_has_as_many_pages_and_no_problems(tmp_path: Path) -> None:
    library.write_peer(projects.ROOT, tmp_path / "peer", COUNT)
    done = projects.mkdocs(tmp_path / "peer", "build", "--strict", "--quiet")
    assert (done.returncode, done.stdout) == (0, "")
    assert len(list((tmp_path / "peer" / "site" / "exercises").glob("*/index.html"))) == COUNT


def test_hugo_has_the_same_pages(tmp_path: Path) -> None:
    """Hugo itself is not asked: where it is not installed, it comes over the network."""
    peer, hugo = tmp_path / "peer", tmp_path / "hugo"
    slugs = library.write_hugo(projects.ROOT, hugo, COUNT)
    assert slugs == library.write_peer(projects.ROOT, peer, COUNT)
    for slug in slugs:
        head, text = (hugo / "docs" / "exercises" / f"{slug}.md").read_text("utf-8")[4:].split("---\n", 1)
        assert text == (peer / "docs" / "exercises" / f"{slug}.md").read_text("utf-8")
        assert text.startswith(f"# {yaml.safe_load(head)['title']}\n")
    assert tomllib.loads((hugo / "config.toml").read_text("utf-8"))["contentDir"] == "docs"
    layouts = {path.relative_to(hugo / "layouts").as_posix() for path in (hugo / "layouts").rglob("*.html")}
    assert layouts == {"index.html", "_default/list.html", "_default/single.html"}


BURN = "import time\nwhile time.process_time() < 0.3: pass"


def test_the_cost_of_a_program_counts_its_children(tmp_path: Path) -> None:
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {BURN!r}])"
    one = cost((sys.executable, "-c", child), tmp_path, {})
    assert 0.3 <= one.cpu < 3
    assert one.wall >= 0.3
    assert one.megabytes > 5


def test_the_memory_is_that_of_all_processes(tmp_path: Path) -> None:
    child = "import time; block = bytearray(80_000_000); time.sleep(0.6)"
    begin = f"subprocess.Popen([sys.executable, '-c', {child!r}])"
    two = f"import subprocess, sys; [one.wait() for one in [{begin} for _ in 'ab']]"
    assert cost((sys.executable, "-c", two), tmp_path, {}).megabytes > (150 if sys.platform == "linux" else 75)


TWIN = """
import ctypes, os, signal, time
block = bytearray(80_000_000)
libc, stack = ctypes.CDLL(None), ctypes.create_string_buffer(65536)
top = (ctypes.addressof(stack) + 65536) & ~15
share_memory = 0x100
libc.clone(libc.usleep, ctypes.c_void_p(top), share_memory | signal.SIGCHLD, ctypes.c_void_p(600_000))
os.wait()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not tell shares, and nothing is added up there")
def test_a_child_that_still_has_its_parents_memory_is_counted_once(tmp_path: Path) -> None:
    assert 80 < cost((sys.executable, "-c", TWIN), tmp_path, {}).megabytes < 130


@pytest.mark.parametrize(("code", "words"), [("raise SystemExit(3)", "status 3"), ("print('a warning')", "a warning")])
def test_a_program_that_fails_or_speaks_is_not_measured(tmp_path: Path, code: str, words: str) -> None:
    with pytest.raises(ProgramError, match=words):
        cost((sys.executable, "-c", code), tmp_path, {})


def test_the_median_is_of_each_figure() -> None:
    assert median([Cost(1, 9, 5), Cost(2, 8, 5), Cost(9, 7, 6)]) == Cost(2, 8, 5)


def test_growth_and_ratio_are_of_cpu() -> None:
    small = {scale.WARM: {scale.OURS: Cost(2, 9, 9), scale.PEER: Cost(1, 9, 9)}}
    large = {scale.WARM: {scale.OURS: Cost(5, 9, 9), scale.PEER: Cost(2, 9, 9)}}
    assert scale.growth_of(small, large) == {scale.WARM: {scale.OURS: 2.5, scale.PEER: 2}}
    assert "2.5 × CPU" in scale.line(scale.WARM, large[scale.WARM])
    assert "×" not in scale.line(scale.CHECK, {scale.OURS: Cost(5, 9, 9)})


HELD: dict[str, tuple[int, str, dict[str, float | None], list[str]]] = {
    "fast enough": (1000, scale.CHECK, {"cpu": 2.0, "wall": 99.0}, ["goal ≤ 2 s CPU: met (2)"]),
    "too slow": (1000, scale.CHECK, {"cpu": 2.01}, ["goal ≤ 2 s CPU: missed (2.01)"]),
    "another size": (100, scale.CHECK, {"cpu": 2.01}, []),
    "two goals": (
        1000,
        scale.CHANGED,
        {"ratio": 1.3, "megabytes": 599.0},
        ["goal ≤ 1.2 × the CPU of Material: missed (1.3)", "goal ≤ 600 MB: met (599)"],
    ),
    "no peer": (1000, scale.WARM, {"cpu": 9.0}, []),
    "never": (1000, serve.WORD, {"wall": None}, ["goal ≤ 15 s: missed"]),
    "growth": (1000, scale.COLD, {"growth": 2.11}, ["goal ≤ 2.1 ×: missed (2.11)"]),
}


@pytest.mark.parametrize("case", HELD)
def test_goals_stand_beside_what_they_are_for(case: str) -> None:
    exercises, subject, figures, lines = HELD[case]
    assert sorted(scale.goals(exercises, subject, figures)) == sorted(lines)


def test_every_goal_is_for_something_that_is_measured() -> None:
    assert {goal.subject for goal in scale.GOALS} <= {*scale.SUBJECTS, *serve.SUBJECTS}
    assert {goal.figure for goal in scale.GOALS} == scale.UNITS.keys()
    both = {scale.OURS: Cost(3, 9, 9), scale.PEER: Cost(2, 9, 9)}
    assert scale.figures_of(both) == {"cpu": 3, "wall": 9, "megabytes": 9, "ratio": 1.5}


def test_a_wait_is_seconds_or_a_word() -> None:
    assert scale.wait_line(serve.WORD, {scale.OURS: 1.25}).endswith("this site:    1.2 s")
    assert scale.wait_line(serve.WORD, {scale.OURS: None}).endswith("this site: not in time")


@pytest.mark.parametrize("arguments", [(), ("scale", "--exercises", "0"), ("print", "--runs", "x")])
def test_a_wrong_call_is_one_sentence(arguments: tuple[str, ...]) -> None:
    done = subprocess.run([sys.executable, str(SCRIPT), *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("there", [True, False])
def test_what_is_measured_is_written(
    there: bool, pictures: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without the builds and servers, which take minutes, and with Hugo or without."""

    def get_hugo() -> peers.Peer:
        if there:
            return peers.Peer(Path(sys.executable))
        raise peers.MissingError("There is no apt-get.")

    def waits(ours: Path, peer: Path, slug: str, runs: int, names: tuple[str, str]) -> object:
        yield serve.EXERCISE, dict.fromkeys(names, 1.5)
        yield serve.WORD, {names[0]: None}

    monkeypatch.setattr(scale, "_run", lambda folder, *call, variables=None: Cost(1, 2, 3))
    monkeypatch.setattr(scale, "PICTURES", pictures)
    monkeypatch.setattr(peers, "get_hugo", get_hugo)
    monkeypatch.setattr(serve, "measure", waits)
    scale.measure(9, runs=1, growth=True, out=tmp_path / "out" / "scale.json")
    result = json.loads((tmp_path / "out" / "scale.json").read_text("utf-8"))
    assert [library["exercises"] for library in result["libraries"]] == [9, 18]
    costs = result["libraries"][0]["costs"]
    assert [*costs] == [*scale.SUBJECTS]
    assert costs[scale.CHECK] == {scale.OURS: {"cpu": 1, "wall": 2, "megabytes": 3}}
    whose = [scale.OURS, scale.PEER, *([scale.HUGO] if there else [])]
    for subject in (scale.COLD, scale.WARM, scale.CHANGED):
        assert [*costs[subject]] == whose
    assert result["growth"][scale.WARM] == dict.fromkeys(whose, 1)
    assert result["libraries"][1]["serve"] == {
        serve.EXERCISE: {scale.OURS: 1.5, scale.PEER: 1.5},
        serve.WORD: {scale.OURS: None},
    }
    assert result["missing"] == ({} if there else {scale.HUGO: "There is no apt-get."})
    output = capsys.readouterr().out
    assert ("Hugo is not measured: There is no apt-get." in output) is not there
    assert "goal ≤ 1 s CPU: met (1)" in output
    assert scale.HUGO in (tmp_path / "out" / "scale.svg").read_text("utf-8") or not there
