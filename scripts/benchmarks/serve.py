"""How long an author waits: from saving an edit until a running `mkdocs serve` hands out the changed page."""

from __future__ import annotations

import os
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPException
from itertools import count
from pathlib import Path
from tempfile import TemporaryFile
from urllib.request import urlopen

from hipknee.content import catalogue

from . import library
from .processes import ProgramError, environment

EXERCISE, CONDITION = "serve: an exercise", "serve: a condition"
WORD, TEMPLATE = "serve: one word", "serve: a template"
SUBJECTS = (EXERCISE, CONDITION, WORD, TEMPLATE)
SERVE = (sys.executable, "-m", "mkdocs", "serve", "--quiet", "--dev-addr")
START, CHANGE = 1800.0, 300.0
"""Seconds that a server has for its first build, and for an edit."""
_LOOK, _REST = 0.02, 1.0
"""Seconds between two looks at a page, and between a change that has arrived and the next edit."""
_GRACE = 5.0
"""Seconds that a server has to end by itself."""
_FIRST = 10_000
"""The number of the first edit: the builds that were measured before had smaller ones."""

Waits = dict[str, dict[str, float | None]]
"""Seconds by subject, then by who; None where the change has not come in time."""


@dataclass(frozen=True)
class Server:
    """One that runs."""

    address: str
    process: subprocess.Popen[bytes]

    def wait(self, page: str, text: str, limit: float) -> float | None:
        """Seconds until a page has a text in it; None when it has not within the limit.

        Raises ProgramError when the server ends.
        """
        begun = time.perf_counter()
        while (waited := time.perf_counter() - begun) < limit:
            if self.process.poll() is not None:
                raise ProgramError(f"exit status {self.process.returncode}")
            # MkDocs lets who asks during a build wait for its end. While it starts, it refuses.
            with suppress(OSError, HTTPException), urlopen(self.address + page, timeout=limit - waited) as response:
                if text in response.read().decode("utf-8", "replace"):
                    return time.perf_counter() - begun
            time.sleep(_LOOK)
        return None


@contextmanager
def served(project: Path, hooks: Path) -> Iterator[Server]:
    """A server of a project, with the core in `hooks`; all its processes are ended in the end.

    Raises ProgramError with what it said when it ends by itself.
    """
    host = f"127.0.0.1:{_free_port()}"
    with TemporaryFile() as log:
        process = subprocess.Popen(
            (*SERVE, host), cwd=project, env=environment(hooks), stdout=log, stderr=log, start_new_session=True
        )
        try:
            yield Server(f"http://{host}/", process)
        except ProgramError as error:
            log.seek(0)
            output = log.read().decode("utf-8", "replace").strip()
            raise ProgramError(f"'mkdocs serve' failed:\n{output or error}") from None
        finally:
            _end(process)


def measure(
    ours: Path, peer: Path, slug: str, runs: int, names: tuple[str, str]
) -> Iterator[tuple[str, dict[str, float | None]]]:
    """Each subject with the seconds of a library and of its peer, by their `names`: of pages the median of the runs.

    Both servers run all the time, and take turns. The library's runs the core that lies in the library, so that a
    template can be edited. Raises ProgramError when a server ends.
    """
    page = f"exercises/{slug}/"
    condition = next(iter(catalogue.load(ours).conditions))
    numbers = count(_FIRST)
    with ExitStack() as stack:
        folders = dict(zip(names, (ours, peer), strict=True))
        servers = {who: stack.enter_context(served(folder, ours / "hooks")) for who, folder in folders.items()}
        # A server that has not started within its limit is not waited for again.
        ready = {who for who, server in servers.items() if server.wait(page, "<h1", START) is not None}

        def wait(who: str, at: str, edit: Callable[[Path, int], None]) -> float | None:
            if who not in ready:
                return None
            time.sleep(_REST)
            number = next(numbers)
            edit(folders[who], number)
            return servers[who].wait(at, library.mark(number), CHANGE)

        trials: Mapping[str, tuple[str, Callable[[Path, int], None], Sequence[str], int]] = {
            EXERCISE: (page, lambda folder, number: library.change(folder, slug, number), names, runs),
            CONDITION: (
                f"{condition}/",
                lambda folder, number: library.change_condition(folder, condition, number),
                names[:1],
                runs,
            ),
            WORD: (page, library.change_word, names[:1], 1),
            TEMPLATE: (page, library.change_template, names[:1], 1),
        }
        for subject, (at, edit, whose, times) in trials.items():
            waits: dict[str, list[float | None]] = {who: [] for who in whose}
            for _ in range(times):
                for who in whose:
                    waits[who].append(wait(who, at, edit))
            yield subject, {who: _median(each) for who, each in waits.items()}


def _median(waits: Sequence[float | None]) -> float | None:
    """None as soon as one change has not come."""
    seconds = [wait for wait in waits if wait is not None]
    return statistics.median(seconds) if len(seconds) == len(waits) else None


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program and all that it has started, which is one group of processes."""
    for way in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, way)
        with suppress(subprocess.TimeoutExpired):
            process.wait(_GRACE)
