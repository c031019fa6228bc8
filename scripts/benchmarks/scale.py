"""Builds of large libraries, beside plain pages in Material and Hugo: what each costs, and how that grows."""

from __future__ import annotations

import json
import os
import platform
import shutil
import sys
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from . import library, peers, plot, serve
from .peers import Peer
from .processes import Cost, ProgramError, cost, environment, median
from .serve import Waits

ROOT = Path(__file__).resolve().parent.parent.parent
PICTURES = ROOT / ".cache" / "scale"
OURS, PEER, HUGO = "this site", "Material", "Hugo"
COLD, WARM, CHANGED = "cold build", "warm build", "one page changed"
CHECK, FIRST_CHECK = "check", "check, no cache"
SUBJECTS = (COLD, WARM, CHANGED, CHECK, FIRST_CHECK)
BUILD = (sys.executable, "-m", "mkdocs", "build", "--quiet")

Costs = dict[str, dict[str, Cost]]
"""By subject, then by who."""


@dataclass(frozen=True)
class Goal:
    """The most that this site should take: told beside what it takes, and not enforced."""

    exercises: int
    """How large the library is."""
    subject: str
    figure: str
    """One of the `UNITS`."""
    most: float


UNITS = {"cpu": "s CPU", "wall": "s", "megabytes": "MB", "ratio": f"× the CPU of {PEER}", "growth": "×"}
GOALS = (
    Goal(9, WARM, "cpu", 1.0),
    Goal(1000, COLD, "cpu", 600),
    Goal(1000, COLD, "wall", 360),
    Goal(1000, COLD, "megabytes", 600),
    Goal(1000, WARM, "ratio", 1.0),
    Goal(1000, WARM, "megabytes", 600),
    Goal(1000, CHANGED, "ratio", 1.2),
    Goal(1000, CHANGED, "megabytes", 600),
    Goal(1000, CHECK, "cpu", 2),
    Goal(1000, FIRST_CHECK, "cpu", 20),
    *(Goal(1000, subject, "growth", 2.1) for subject in SUBJECTS),
    Goal(1000, serve.EXERCISE, "wall", 1.5),
    Goal(1000, serve.CONDITION, "wall", 1.5),
    Goal(1000, serve.WORD, "wall", 15),
    Goal(1000, serve.TEMPLATE, "wall", 15),
)
"""On 2 cores. Growth is that of the CPU seconds, to a library of twice the size."""


def measure(exercises: int, runs: int, growth: bool, out: Path) -> None:
    """Print a table, and write the same as JSON; with growth also as a picture beside it.

    Raises ValueError when there can't be such a library, and ProgramError when it can't be built.
    """
    about = {"python": platform.python_version(), "system": platform.platform(), "processors": os.cpu_count()}
    about |= {name: version(name) for name in ("mkdocs", "mkdocs-material")}
    missing, hugo = {}, None
    try:
        hugo = peers.get_hugo()
        about["hugo"] = peers.version(hugo)
    except peers.MissingError as error:
        missing[HUGO] = str(error)
        print(f"{HUGO} is not measured: {error}")
    sizes = [exercises, 2 * exercises] if growth else [exercises]
    measured = {size: _measure_one(size, runs, hugo) for size in sizes}
    libraries = [
        {"exercises": size, "costs": _plain(costs), "serve": _rounded(waits)}
        for size, (costs, waits) in measured.items()
    ]
    result = {"about": about, "missing": missing, "runs": runs, "libraries": libraries}
    result["goals"] = [asdict(goal) for goal in GOALS if goal.exercises in sizes]
    out.parent.mkdir(parents=True, exist_ok=True)
    if growth:
        rates = growth_of(*(costs for costs, _ in measured.values()))
        print(f"growth of CPU from {sizes[0]} to {sizes[1]} exercises")
        for subject, by in rates.items():
            print(f"  {subject:18}{'   '.join(f'{who} {rate:.2f} ×' for who, rate in by.items())}")
            _print_goals(exercises, subject, {"growth": by[OURS]})
        result["growth"] = rates
        picture = out.with_suffix(".svg")
        picture.write_text(plot.svg(plot.panels(libraries)), "utf-8")
        print(f"Written: {picture}")
    out.write_text(json.dumps(result, indent=2) + "\n", "utf-8")
    print(f"Written: {out}")


def growth_of(small: Costs, large: Costs) -> dict[str, dict[str, float]]:
    """How many times the CPU seconds of the first the second takes, by subject and who."""
    return {what: {who: large[what][who].cpu / cost.cpu for who, cost in by.items()} for what, by in small.items()}


def line(subject: str, by: Mapping[str, Cost]) -> str:
    """One row of the table."""
    cells = [f"{who}: {c.cpu:6.1f} s CPU {c.wall:6.1f} s {c.megabytes:5.0f} MB" for who, c in by.items()]
    ratio = f"{by[OURS].cpu / by[PEER].cpu:5.1f} × CPU of {PEER}" if PEER in by else ""
    return "   ".join((f"  {subject:18}", *cells, ratio)).rstrip()


def wait_line(subject: str, by: Mapping[str, float | None]) -> str:
    """One row of the table, of what an author waits for."""
    cells = [f"{who}: {f'{wait:6.1f} s' if wait is not None else 'not in time'}" for who, wait in by.items()]
    return "   ".join((f"  {subject:18}", *cells))


def goals(exercises: int, subject: str, figures: Mapping[str, float | None]) -> list[str]:
    """Each goal for a subject with whether it is met. A figure that is None came too late to be measured."""
    return [
        f"goal ≤ {goal.most:g} {UNITS[goal.figure]}: {_verdict(figures[goal.figure], goal.most)}"
        for goal in GOALS
        if (goal.exercises, goal.subject) == (exercises, subject) and goal.figure in figures
    ]


def figures_of(by: Mapping[str, Cost]) -> dict[str, float | None]:
    """What goals may ask of the costs of a subject."""
    return asdict(by[OURS]) | ({"ratio": by[OURS].cpu / by[PEER].cpu} if PEER in by else {})


def _verdict(figure: float | None, most: float) -> str:
    if figure is None:
        return "missed"
    return f"{'met' if figure <= most else 'missed'} ({figure:.3g})"


def _print_goals(exercises: int, subject: str, figures: Mapping[str, float | None]) -> None:
    for text in goals(exercises, subject, figures):
        print(f"  {'':18}   {text}", flush=True)


def _measure_one(exercises: int, runs: int, hugo: Peer | None) -> tuple[Costs, Waits]:
    """The costs of a library and of its peers: the first build once, as it takes minutes, else the median of the runs.

    They take turns, so that all meet the same load of the machine.
    """
    print(f"{exercises} exercises", flush=True)
    with ExitStack() as stack:
        folders = [Path(stack.enter_context(TemporaryDirectory())) / "project" for _ in range(3)]
        ours, peer, plain = folders
        slugs = library.write(ROOT, ours, exercises, PICTURES)
        library.write_peer(ROOT, peer, exercises)
        builds: dict[Path, tuple[str, Callable[[], Cost]]] = {
            ours: (OURS, lambda: _run(ours, *BUILD)),
            peer: (PEER, lambda: _run(peer, *BUILD)),
        }
        if hugo:
            library.write_hugo(ROOT, plain, exercises)
            call, variables = (hugo.program, "--quiet"), hugo.variables
            builds[plain] = (HUGO, lambda: _run(plain, *call, variables=variables))
        check = (sys.executable, ROOT / "scripts" / "check.py", "--root", ours)
        changes = iter(range(len(builds) * runs))

        def changed(project: Path, build: Callable[[], Cost]) -> Cost:
            library.change(project, slugs[-1], next(changes))
            return build()

        def first_check() -> Cost:
            cache, aside = ours / ".cache", ours / ".kept"
            cache.mkdir(exist_ok=True)
            cache.rename(aside)
            try:
                return _run(ROOT, *check)
            finally:
                shutil.rmtree(cache, ignore_errors=True)
                aside.rename(cache)

        as_it_is = dict(builds.values())
        subjects: dict[str, tuple[int, Mapping[str, Callable[[], Cost]]]] = {
            COLD: (1, as_it_is),
            WARM: (runs, as_it_is),
            CHANGED: (runs, {who: partial(changed, project, build) for project, (who, build) in builds.items()}),
            CHECK: (runs, {OURS: lambda: _run(ROOT, *check)}),
            FIRST_CHECK: (runs, {OURS: first_check}),
        }
        costs: Costs = {}
        for subject, (times, trials) in subjects.items():
            counts: dict[str, list[Cost]] = {who: [] for who in trials}
            for _ in range(times):
                for who, trial in trials.items():
                    counts[who].append(trial())
            costs[subject] = {who: median(each) for who, each in counts.items()}
            print(line(subject, costs[subject]), flush=True)
            _print_goals(exercises, subject, figures_of(costs[subject]))
        waits: Waits = {}
        for subject, by in serve.measure(ours, peer, slugs[-1], runs, (OURS, PEER)):
            waits[subject] = by
            print(wait_line(subject, by), flush=True)
            _print_goals(exercises, subject, {"wall": by[OURS]})
    return costs, waits


def _run(folder: Path, *call: str | Path, variables: Mapping[str, str] | None = None) -> Cost:
    """What a program costs that runs this project's core, whichever is installed."""
    try:
        return cost(call, folder, environment(ROOT / "hooks") | dict(variables or {}))
    except ProgramError as error:
        command = " ".join(Path(part).name for part in call)
        raise ProgramError(f"'{command}' failed:\n{error}") from None


def _plain(costs: Costs) -> dict[str, dict[str, dict[str, float]]]:
    return {
        what: {who: {key: round(figure, 3) for key, figure in asdict(cost).items()} for who, cost in by.items()}
        for what, by in costs.items()
    }


def _rounded(waits: Waits) -> Waits:
    return {
        what: {who: None if wait is None else round(wait, 3) for who, wait in by.items()} for what, by in waits.items()
    }
