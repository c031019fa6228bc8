"""Several processes that share the work of making files, each a `worker` that is asked through pipes."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from ..places import HOOKS
from ..stock import part_of
from . import worker
from .worker import Outcome

MOST = 8
"""Processes: each takes about a hundred megabytes."""


class Task(NamedTuple):
    """A file to be made: by which template, of which data, in the folder of which stock, and its name there."""

    template: str
    data: Any
    folder: Path
    name: str


class Job(Protocol):
    """Something to be made."""

    @property
    def alone(self) -> bool:
        """Whether it is so large that a process is for it alone, and its memory free again when it is made."""

    def task(self) -> Task | None:
        """What to ask for; None when it can't be made."""


J = TypeVar("J", bound=Job)


def processors() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def make(portions: Iterable[Sequence[J]], root: Path, processes: int) -> Iterator[tuple[J, Outcome]]:
    """Make the jobs of all portions, for the project at `root`: each, in no order, and what has become of it.

    The jobs of one portion are made by one process, one after the other. Raises OSError for what the system refuses,
    also when it ends a process. Whoever stops in between, with Ctrl-C too, leaves neither processes nor parts of files.
    """
    crew = _Crew(root, portions)
    threads = [Thread(target=crew.work, daemon=True) for _ in range(processes)]
    for thread in threads:
        thread.start()
    try:
        busy = len(threads)
        while busy:
            try:
                news = crew.news.get(timeout=0.5)  # without an end, Windows would not hear Ctrl-C
            except Empty:
                continue
            if isinstance(news, BaseException):
                raise news
            if news:
                yield news
            else:
                busy -= 1
    finally:
        crew.dismiss()
        for thread in threads:
            thread.join()


class _Crew(Generic[J]):
    """Workers, each asked by a thread."""

    def __init__(self, root: Path, portions: Iterable[Sequence[J]]) -> None:
        self._root, self._portions = root, iter(portions)
        self._workers: set[Worker] = set()
        self._folders: set[Path] = set()
        self._lock, self._is_over = Lock(), False
        self.news: SimpleQueue[tuple[J, Outcome] | BaseException | None] = SimpleQueue()
        """What is made, what went wrong, and None for each thread that ends."""

    def work(self) -> None:
        """Ask one worker after the other for what is to be made."""
        worker: Worker | None = None
        try:
            while portion := self._next():
                for job in portion:
                    if job.alone:
                        worker = self._rid_of(worker)
                    with self._lock:  # one puts data together, while the others wait for their workers
                        task = job.task()
                    if task:
                        worker = worker or self._hired(task.folder)
                    self.news.put((job, worker.make(task) if worker and task else Outcome()))
                    if job.alone:
                        worker = self._rid_of(worker)
        except BaseException as error:
            self.news.put(error)
        finally:
            self._rid_of(worker)
            self.news.put(None)

    def dismiss(self) -> None:
        """End all workers, whatever they are doing, and hire no more."""
        with self._lock:
            self._is_over = True
        for each in [*self._workers]:
            each.end(*self._folders)

    def _next(self) -> Sequence[J]:
        with self._lock:
            return () if self._is_over else next(self._portions, ())

    def _hired(self, folder: Path) -> Worker:
        with self._lock:
            if self._is_over:
                raise InterruptedError
            worker = Worker(self._root)
            self._workers.add(worker)
            self._folders.add(folder)
            return worker

    def _rid_of(self, worker: Worker | None) -> Worker | None:
        """None, and no worker any more."""
        if worker:
            worker.end()
            with self._lock:
                self._workers.discard(worker)
        return None


class Worker:
    """One process, for the project at `root`."""

    def __init__(self, root: Path) -> None:
        paths = [str(HOOKS), *filter(None, [os.environ.get("PYTHONPATH")])]
        # One thread of Typst's in each: they would wait for each other.
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(paths), "RAYON_NUM_THREADS": "1"}
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", worker.__name__, str(root)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            # Ctrl-C is for whoever started it, who ends it.
            process_group=0 if os.name == "posix" else None,
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )

    def make(self, task: Task) -> Outcome:
        """Make a file. Raises OSError, also when the process is ended."""
        line = json.dumps({**task._asdict(), "folder": str(task.folder)})
        answer = b""
        if self._process.stdin and self._process.stdout:
            with suppress(OSError, ValueError):  # it is gone
                self._process.stdin.write(line.encode() + b"\n")
                self._process.stdin.flush()
                answer = self._process.stdout.readline()
        if not answer.endswith(b"\n"):
            raise self._death(task.name)
        reply: dict[str, Any] = json.loads(answer)
        if "refused" in reply:
            raise OSError(*reply["refused"])
        return Outcome(Path(reply["path"]) if reply["path"] else None, reply["diagnostics"])

    def end(self, *folders: Path) -> None:
        """End it, whatever it is doing. What it has begun to write into `folders` is deleted."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                with suppress(OSError):
                    pipe.close()
        for folder in folders:
            for part in folder.glob(f"*.{part_of(self._process.pid, '*')}"):
                part.unlink(missing_ok=True)

    def _death(self, name: str) -> OSError:
        status = self._process.wait()
        # The system ends a process like this when it needs memory, and says nothing.
        number = errno.ENOMEM if status == -getattr(signal, "SIGKILL", 0) else errno.ECHILD
        return OSError(number, os.strerror(number), name)
