"""What a program costs: of its whole tree of processes, as the system counts it."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from tempfile import TemporaryFile

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
    """The most memory that any one process had at a time."""


def cost(call: Sequence[str | Path], folder: Path, environment: Mapping[str, str]) -> Cost:
    """Run a program in a folder. Raises ProgramError when its exit status is not 0, or it says anything."""
    with TemporaryFile() as log:
        begun = time.perf_counter()
        process = subprocess.Popen([*map(str, call)], cwd=folder, env=environment, stdout=log, stderr=log)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)  # Popen must not wait for it again
        log.seek(0)
        output = log.read().decode("utf-8", "replace").strip()
    if process.returncode or output:
        raise ProgramError(output or f"exit status {process.returncode}")
    return Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / _PER_MEGABYTE)


def median(costs: Sequence[Cost]) -> Cost:
    """Of each figure separately."""
    return Cost(*(statistics.median(figures) for figures in zip(*map(astuple, costs), strict=True)))
