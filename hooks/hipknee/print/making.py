"""Making sheets: those that are not made yet, a few here and many in processes that share them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from ..problems import Problem
from ..progress import Counting, Silence
from ..stock import Stock
from . import pool, worker
from .pool import Task
from .typesetting import Typesetter
from .typst_errors import explain
from .worker import Outcome

FEW = 8
"""Sheets that are made here: an edit of one page makes no more anew, and is shown at once."""


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
    portion: str = ""
    """Neighbors that say the same here are made by one process, as they share pictures; "" is their source file."""
    alone: bool = False
    """Whether it is so large that a process is for it alone, which ends with it: so its memory is free again."""

    @property
    def data(self) -> Mapping[str, Any]:
        """What stands on it, put together anew."""
        return self.compose().data


def make(
    sheets: Iterable[Sheet], typesetter: Typesetter, stock: Stock, progress: Counting = Silence
) -> tuple[Mapping[str, Path], list[Problem]]:
    """Make what is not in the stock yet: the path of every file by its name, and what went wrong.

    Neighbors from one source are made one after the other: what they share, such as a picture, is read once. Raises
    OSError.
    """
    sheets = [*sheets]
    files: dict[str, Path] = {}
    lacking = []
    for sheet in sheets:
        if path := stock.find(_name(sheet)):
            files[sheet.name] = path
        else:
            lacking.append(sheet)
    problems: set[Problem] = set()
    for sheet, path, wrong in each(lacking, typesetter, stock.folder, progress):
        problems |= {*wrong}
        if path:
            stock.need(path)
            files[sheet.name] = path
    return {sheet.name: files[sheet.name] for sheet in sheets if sheet.name in files}, sorted(problems)


def each(
    sheets: Iterable[Sheet], typesetter: Typesetter, folder: Path, progress: Counting = Silence
) -> Iterator[tuple[Sheet, Path | None, list[Problem]]]:
    """Make sheets into the folder of a stock, in no order: each with its path there, and what went wrong. Nothing of a
    sheet is kept in memory. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    jobs = [_Job(sheet, folder) for sheet in sheets]
    with progress("Sheets", len(jobs)) as count:
        for job, outcome in _outcomes(jobs, typesetter):
            yield (
                job.sheet,
                outcome.path,
                sorted({*job.problems, *explain(outcome.diagnostics, job.sheet.path, typesetter.root)}),
            )
            count.step()


def missing(sheets: Iterable[Sheet], stock: Stock) -> list[Sheet]:
    """Those of the sheets that are not in the stock yet."""
    return [sheet for sheet in sheets if not stock.find(_name(sheet))]


def _name(sheet: Sheet) -> str:
    return f"{sheet.name.removesuffix('.pdf')}-{sheet.key[:16]}.pdf"


class _Job:
    """A sheet and the folder where it belongs; `problems` are what its composition has."""

    def __init__(self, sheet: Sheet, folder: Path) -> None:
        self.sheet, self.folder, self.alone = sheet, folder, sheet.alone
        self.problems: tuple[Problem, ...] = ()

    def task(self) -> Task | None:
        data, self.problems = self.sheet.compose()
        return None if self.problems else Task(self.sheet.template, data, self.folder, _name(self.sheet))


def _outcomes(missing: list[_Job], typesetter: Typesetter) -> Iterator[tuple[_Job, Outcome]]:
    """Each with what has become of it."""
    small = [job for job in missing if not job.alone]
    here, shared = (small, [job for job in missing if job.alone]) if len(small) <= FEW else ([], missing)
    for job in here:
        task = job.task()
        yield job, worker.make(typesetter, *task) if task else Outcome()
    portions = [
        [*jobs]
        for _, jobs in groupby(shared, lambda job: (job.sheet.portion or job.sheet.path, job.alone and job.sheet.name))
    ]
    if portions:
        yield from pool.make(portions, typesetter.root, min(pool.processors(), pool.MOST, len(portions)))
