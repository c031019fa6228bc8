"""What a program costs: of its whole tree of processes, as the system counts it."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import astuple, dataclass
from pathlib import Path
from tempfile import TemporaryFile

_PAUSE = 0.1  # seconds from one look at the memory to the next, at most: a short program is looked at more often
_PER_MEGABYTE = 2**20 if sys.platform == "darwin" else 2**10  # macOS counts bytes, Linux kibibytes


class ProgramError(Exception):
    """A program did not end well. The message is what it said."""


@dataclass(frozen=True)
class Cost:
    cpu: float
    """Seconds of all processors, in programs and in the system: a busy machine changes it little."""
    wall: float
    """Seconds from start to end."""
    megabytes: float
    """The most memory that all processes together had at a time, each with its share of what several have. Where the
    system does not tell shares: the most that any one process had."""


def environment(hooks: Path) -> dict[str, str]:
    """What a program has around it that runs the core in the folder `hooks`, as where people use it: it may keep what
    Python has compiled."""
    around = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return around | {"PYTHONPATH": str(hooks), "NO_MKDOCS_2_WARNING": "1"}


def cost(call: Sequence[str | Path], folder: Path, environment: Mapping[str, str], *, talks: bool = False) -> Cost:
    """Run a program in a folder. Raises ProgramError when its exit status is not 0, or it says anything but `talks`."""
    with TemporaryFile() as log:
        begun = time.perf_counter()
        process = subprocess.Popen([*map(str, call)], cwd=folder, env=environment, stdout=log, stderr=log)
        most, ended, status = 0.0, 0, 0
        while not ended:
            ended, status, usage = os.wait4(process.pid, os.WNOHANG)
            if not ended:
                most = max(most, _share(process.pid))
                time.sleep(min(_PAUSE, 0.002 + (time.perf_counter() - begun) / 20))
        wall = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)  # Popen must not wait for it again
        log.seek(0)
        output = log.read().decode("utf-8", "replace").strip()
    if process.returncode or (output and not talks):
        raise ProgramError(output or f"exit status {process.returncode}")
    return Cost(usage.ru_utime + usage.ru_stime, wall, most or usage.ru_maxrss / _PER_MEGABYTE)


def _share(process: int, parent: int | None = None) -> float:
    """Megabytes that a process and all below it have now; 0 where the system does not tell.

    A child with the command line of its parent is about to start another program. Until then it has its parent's memory
    as its own, which is counted once.
    """
    total = 0.0
    with suppress(OSError):
        if parent and _command(process) == _command(parent):
            return 0.0
        rollup = Path(f"/proc/{process}/smaps_rollup").read_text("ascii")
        total = int(next(line for line in rollup.splitlines() if line.startswith("Pss:")).split()[1]) / 2**10
    with suppress(OSError):
        for children in Path(f"/proc/{process}/task").glob("*/children"):
            total += sum(_share(int(child), process) for child in children.read_text("ascii").split())
    return total


def _command(process: int) -> bytes:
    return Path(f"/proc/{process}/cmdline").read_bytes()


def median(costs: Sequence[Cost]) -> Cost:
    """Of each figure separately."""
    return Cost(*(statistics.median(figures) for figures in zip(*map(astuple, costs), strict=True)))
