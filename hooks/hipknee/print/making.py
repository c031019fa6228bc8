"""Making sheets: those that are not made yet, a few here and many in processes that share them."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from ..on_demand import OnDemand
from ..problems import Problem
from ..progress import Counting, Silence
from . import pool, worker
from .pool import Task
from .typesetting import Typesetter
from .typst_errors import explain

FEW = 8
"""Sheets that are made here: an edit of one page makes no more anew, and is shown at once."""
_STALE = 3600.0  # seconds; nobody writes one sheet for an hour
_PART = re.compile(r".+\.pdf\.\w+\.part")


class Composition(NamedTuple):
    """What stands on a sheet, and what of it can't be printed: then it is not made, and is told again next time."""

    data: Mapping[str, Any]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """One PDF to be made. `path` is the source file that a problem names."""

    name: str
    template: str
    path: str
    key: str
    """SHA-256, in hex, over everything that makes the file."""
    compose: Callable[[], Composition] = field(compare=False, repr=False)
    """Puts the data together. That takes longer than to know the key, so only what is missing is composed."""
    alone: bool = False
    """Whether it is so large that a process is for it alone, which ends with it: so its memory is free again."""

    @property
    def data(self) -> Mapping[str, Any]:
        """What stands on it, put together anew."""
        return self.compose().data


def make(
    sheets: Iterable[Sheet], typesetter: Typesetter, cache: Path, progress: Counting = Silence
) -> tuple[Mapping[str, Path], list[Problem]]:
    """Make what is not in the folder `cache` yet: the path of every file by its name, and what went wrong.

    Files appear whole or not at all, also when two runs make the same one, and when one is stopped. Neighbours from one
    source are made one after the other: what they share, such as a picture, is read once. Raises OSError.
    """
    cache.mkdir(parents=True, exist_ok=True)
    present = _present(cache)
    sheets = [*sheets]
    lacking = [_Job(sheet, cache / name) for sheet in sheets if (name := _name(sheet)) not in present]
    problems: set[Problem] = set()
    failed: set[str] = set()
    with progress("Sheets", len(lacking)) as count:
        for job, diagnostics in _outcomes(lacking, typesetter):
            wrong = [*job.problems, *explain(diagnostics, job.sheet.path, typesetter.root)]
            problems |= {*wrong}
            if wrong:
                failed.add(job.path.name)
            count.step()
    names = {sheet.name: name for sheet in sheets if (name := _name(sheet)) not in failed}
    return OnDemand(names, lambda name: cache / names[name]), sorted(problems)


def prune(cache: Path, keep: Iterable[Path]) -> None:
    """Delete the files in `cache` that no sheet needs any more, and what runs left over that were cut off."""
    kept, now = set(keep), time.time()
    for path in cache.iterdir() if cache.is_dir() else ():
        with suppress(OSError):  # another run deletes it, or on Windows somebody reads it
            is_part = _PART.fullmatch(path.name) and now - path.stat().st_mtime > _STALE
            if is_part or (path.suffix == ".pdf" and path not in kept):
                path.unlink()


def missing(sheets: Iterable[Sheet], cache: Path) -> list[Sheet]:
    """Those of the sheets that are not in the folder `cache` yet."""
    present = _present(cache) if cache.is_dir() else set()
    return [sheet for sheet in sheets if _name(sheet) not in present]


def _name(sheet: Sheet) -> str:
    return f"{sheet.name.removesuffix('.pdf')}-{sheet.key[:16]}.pdf"


def _present(cache: Path) -> set[str]:
    """The names of the files that are there. An empty one is none: a power cut leaves such."""
    with os.scandir(cache) as entries:
        return {entry.name for entry in entries if entry.name.endswith(".pdf") and entry.stat().st_size}


class _Job:
    """A sheet and where it belongs; `problems` are what its composition has."""

    def __init__(self, sheet: Sheet, path: Path) -> None:
        self.sheet, self.path, self.alone = sheet, path, sheet.alone
        self.problems: tuple[Problem, ...] = ()

    def task(self) -> Task | None:
        data, self.problems = self.sheet.compose()
        return None if self.problems else Task(self.sheet.template, data, self.path)


def _outcomes(missing: list[_Job], typesetter: Typesetter) -> Iterator[tuple[_Job, list[str]]]:
    """Each with what Typst says of it."""
    small = [job for job in missing if not job.alone]
    here, shared = (small, [job for job in missing if job.alone]) if len(small) <= FEW else ([], missing)
    for job in here:
        task = job.task()
        yield job, worker.make(typesetter, *task) if task else []
    portions = [[*jobs] for _, jobs in groupby(shared, lambda job: (job.sheet.path, job.alone and job.path))]
    if portions:
        yield from pool.make(portions, typesetter.root, min(pool.processors(), pool.MOST, len(portions)))
