"""Builds of large libraries, beside plain Material: what each costs, and how that grows."""

from __future__ import annotations

import json
import os
import platform
import shutil
import sys
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from . import library
from .processes import Cost, ProgramError, cost, median

ROOT = Path(__file__).resolve().parent.parent.parent
PICTURES = ROOT / ".cache" / "scale"
OURS, PEER = "this site", "Material"
COLD, WARM, CHANGED = "cold build", "warm build", "one page changed"
CHECK, FIRST_CHECK = "check", "check, no cache"
SUBJECTS = (COLD, WARM, CHANGED, CHECK, FIRST_CHECK)
BUILD = (sys.executable, "-m", "mkdocs", "build", "--quiet")

Costs = dict[str, dict[str, Cost]]
"""By subject, then by who."""


def measure(exercises: int, runs: int, growth: bool, out: Path) -> None:
    """Print a table, and write the same as JSON.

    Raises ValueError when there can't be such a library, and ProgramError when it can't be built.
    """
    about = {"python": platform.python_version(), "system": platform.platform(), "processors": os.cpu_count()}
    about |= {name: version(name) for name in ("mkdocs", "mkdocs-material")}
    sizes = [exercises, 2 * exercises] if growth else [exercises]
    measured = {size: _measure_one(size, runs) for size in sizes}
    result = {
        "about": about,
        "runs": runs,
        "libraries": [{"exercises": size, "costs": _plain(costs)} for size, costs in measured.items()],
    }
    if growth:
        rates = growth_of(*measured.values())
        print(f"growth of CPU from {sizes[0]} to {sizes[1]} exercises")
        for subject, by in rates.items():
            print(f"  {subject:18}{'   '.join(f'{who} {rate:.2f} ×' for who, rate in by.items())}")
        result["growth"] = rates
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(result, indent=2) + "\n", "utf-8")
    print(f"Written: {out}")


def growth_of(small: Costs, large: Costs) -> dict[str, dict[str, float]]:
    """How many times the CPU seconds of the first the second takes, by subject and who."""
    return {what: {who: large[what][who].cpu / cost.cpu for who, cost in by.items()} for what, by in small.items()}


def line(subject: str, by: Mapping[str, Cost]) -> str:
    """One row of the table."""
    cells = [f"{who}: {c.cpu:6.1f} s CPU {c.wall:6.1f} s {c.megabytes:5.0f} MB" for who, c in by.items()]
    ratio = f"{by[OURS].cpu / by[PEER].cpu:5.1f} × CPU" if PEER in by else ""
    return "   ".join((f"  {subject:18}", *cells, ratio)).rstrip()


def _measure_one(exercises: int, runs: int) -> Costs:
    """The costs of a library and of its peer: the first build once, as it takes minutes, else the median of the runs.

    The two take turns, so that both meet the same load of the machine.
    """
    print(f"{exercises} exercises", flush=True)
    with ExitStack() as stack:
        ours, peer = (Path(stack.enter_context(TemporaryDirectory())) / "project" for _ in range(2))
        slugs = library.write(ROOT, ours, exercises, PICTURES)
        library.write_peer(ROOT, peer, exercises)
        costs: Costs = {COLD: {OURS: _run(ours, *BUILD), PEER: _run(peer, *BUILD)}}
        print(line(COLD, costs[COLD]), flush=True)
        check = (sys.executable, ROOT / "scripts" / "check.py", "--root", ours)
        changes = iter(range(2 * runs))

        def changed(project: Path) -> Cost:
            library.change(project, slugs[-1], next(changes))
            return _run(project, *BUILD)

        def first_check() -> Cost:
            cache, aside = ours / ".cache", ours / ".kept"
            cache.mkdir(exist_ok=True)
            cache.rename(aside)
            try:
                return _run(ROOT, *check)
            finally:
                shutil.rmtree(cache, ignore_errors=True)
                aside.rename(cache)

        subjects: dict[str, dict[str, Callable[[], Cost]]] = {
            WARM: {OURS: lambda: _run(ours, *BUILD), PEER: lambda: _run(peer, *BUILD)},
            CHANGED: {OURS: lambda: changed(ours), PEER: lambda: changed(peer)},
            CHECK: {OURS: lambda: _run(ROOT, *check)},
            FIRST_CHECK: {OURS: first_check},
        }
        for subject, trials in subjects.items():
            counts: dict[str, list[Cost]] = {who: [] for who in trials}
            for _ in range(runs):
                for who, trial in trials.items():
                    counts[who].append(trial())
            costs[subject] = {who: median(each) for who, each in counts.items()}
            print(line(subject, costs[subject]), flush=True)
    return costs


def _run(folder: Path, *call: str | Path) -> Cost:
    """What a program costs that runs this project's core, whichever is installed."""
    variables = {"PYTHONPATH": str(ROOT / "hooks"), "NO_MKDOCS_2_WARNING": "1"}
    try:
        return cost(call, folder, os.environ | variables)
    except ProgramError as error:
        command = " ".join(Path(part).name for part in call)
        raise ProgramError(f"'{command}' failed:\n{error}") from None


def _plain(costs: Costs) -> dict[str, dict[str, dict[str, float]]]:
    return {
        what: {who: {key: round(figure, 3) for key, figure in asdict(cost).items()} for who, cost in by.items()}
        for what, by in costs.items()
    }
