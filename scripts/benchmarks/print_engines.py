"""Print, side by side with other engines."""

from __future__ import annotations

import datetime
import json
import os
import platform
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, cast

import find_browser

from . import peers, weasyprint_process
from .processes import Cost, ProgramError, cost, environment

ROOT = Path(__file__).resolve().parent.parent.parent
FONTS = ROOT / "hooks" / "hipknee" / "print" / "typst" / "fonts"
OURS = "Typst"
COPIES = 100
MANY, GOAL = (500, 2000), 20
"""Programmes that are printed from one table, and how many a second there should be."""
CODES = "CLA BRI SLR BHA BHE BHF LBW STS SKE".split()
"""The exercises that they are picked from."""
QUIET = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]

Sheet = tuple[str, Mapping[str, Any]]
"""A template and its data."""
Printer = Callable[[Sheet], bytes]


# The engines. Each is started once and then prints one sheet after the other.


@contextmanager
def typst() -> Iterator[Printer]:
    from hipknee.print.typesetting import Typesetter

    typesetter = Typesetter(ROOT)
    yield lambda sheet: typesetter.pdf(*sheet)


@contextmanager
def weasyprint() -> Iterator[Printer]:
    page, peer = html(), peers.weasyprint()
    call, environment = (peer.program, weasyprint_process.__file__), os.environ | peer.variables
    with subprocess.Popen(call, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        to, from_ = cast(BinaryIO, process.stdin), cast(BinaryIO, process.stdout)

        def printed(sheet: Sheet) -> bytes:
            weasyprint_process.send(to, page(sheet).encode())
            if pdf := weasyprint_process.receive(from_):
                return pdf
            raise ProgramError("WeasyPrint ended before it had printed everything.")

        yield printed


@contextmanager
def chromium() -> Iterator[Printer]:
    from playwright.sync_api import sync_playwright

    path = find_browser.find()
    if not path:
        raise ImportError("there is no Chromium or Chrome")
    with sync_playwright() as playwright, TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        tab, page, file = browser.new_page(), html(), Path(folder, "handout.html")

        def printed(sheet: Sheet) -> bytes:
            file.write_text(page(sheet), "utf-8")  # a file may show files
            tab.goto(file.as_uri())
            return tab.pdf(prefer_css_page_size=True, print_background=True, tagged=True)

        yield printed
        browser.close()


def html() -> Callable[[Sheet], str]:
    """What makes a sheet into a page with the same words, pictures, code and letters."""
    from jinja2 import Environment, FileSystemLoader

    templates = Environment(autoescape=True, loader=FileSystemLoader(Path(__file__).parent))

    def page(sheet: Sheet) -> str:
        template = templates.get_template(f"{sheet[0]}.html")
        return template.render(data=sheet[1], root=ROOT.as_uri(), fonts=FONTS.as_uri())

    return page


ENGINES = {OURS: typst, "WeasyPrint": weasyprint, "Chromium": chromium}
INSTALLERS: Mapping[str, Callable[[], object]] = {"WeasyPrint": peers.get_weasyprint}


def missing(engine: str) -> str:
    """What is not to be had of an engine, "" when nothing is. What can be installed is."""
    try:
        if engine in INSTALLERS:
            INSTALLERS[engine]()
        with ENGINES[engine]():
            return ""
    except (ImportError, OSError, peers.MissingError) as error:
        return str(error).split("\n")[0]


# The subjects. The engines take turns, so that all meet the same load of the machine.


def warm(engines: Sequence[str], sheets: Sequence[Sheet], runs: int) -> dict[str, float]:
    """Seconds for one file in a process that has printed each sheet before: the median, by engine."""
    seconds: dict[str, list[float]] = {engine: [] for engine in engines}
    with ExitStack() as stack:
        printers = {engine: stack.enter_context(ENGINES[engine]()) for engine in engines}
        for number in range(len(sheets) + runs):
            for engine, printer in printers.items():
                begun = time.perf_counter()
                printer(copy(sheets, number))
                seconds[engine].append(time.perf_counter() - begun)
    return {engine: statistics.median(times[len(sheets) :]) for engine, times in seconds.items()}


def batch(engines: Sequence[str], sheets: Sequence[Sheet], runs: int, processes: int) -> dict[str, float]:
    """Seconds for a hundred handouts, from the start of the processes to their end: the median, by engine."""
    seconds: dict[str, list[float]] = {engine: [] for engine in engines}
    for engine in [*engines] * runs:
        begun = time.perf_counter()
        with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
            for part in [pool.submit(share, engine, sheets, range(n, COPIES, processes)) for n in range(processes)]:
                part.result()
        seconds[engine].append(time.perf_counter() - begun)
    return {engine: statistics.median(times) for engine, times in seconds.items()}


def memory(sheets: Sequence[Sheet], copies: int) -> list[int]:
    """The most that a process had used after every hundred of our handouts, in megabytes. Known on Linux only."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(share, OURS, sheets, range(copies)).result()


def share(engine: str, sheets: Sequence[Sheet], numbers: range) -> list[int]:
    """Print some copies in this process."""
    peaks = []
    with ENGINES[engine]() as printer:
        for done, number in enumerate(numbers, 1):
            printer(copy(sheets, number))
            if done % COPIES == 0:
                with suppress(OSError):
                    status = Path("/proc/self/status").read_text("utf-8")
                    peaks.append(int(status.split("VmHWM:")[1].split()[0]) // 1024)
    return peaks


def copy(sheets: Sequence[Sheet], number: int) -> Sheet:
    """One sheet after the other, each with a line of its own: no engine may hand out the same file again."""
    template, data = sheets[number % len(sheets)]
    return template, {**data, "dated": f"Copy {number}"}


def content() -> tuple[list[Sheet], Sheet, list[Sheet]]:
    """The handouts of all exercises, with their codes, the booklet, and programmes: what this site prints."""
    from hipknee.site import site_of
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    with TemporaryDirectory() as folder:
        config = load_config(str(ROOT / "mkdocs.yml"), site_dir=str(Path(folder, "site")))
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
    site = site_of(config.extra)
    press = replace(site.press, site_url="https://example.org/hips/")
    book = press.booklets(site.booklet_pages(), ["a4"])[0]
    handouts, linked = press.handouts(["a4"], [False]), replace(press, builder="https://example.org/hips/programme/")
    programmes = [linked.programme(each, "a4", large=False) for each in picked(COPIES // 4)]
    return [*map(_data, handouts)], _data(book), [*map(_data, programmes)]


def _data(sheet: Any) -> Sheet:
    return sheet.template, sheet.data


def picked(count: int) -> list[Any]:
    """So many programmes of two to six exercises, the same each time."""
    from hipknee.print.programme_sheets import Handed
    from hipknee.programme.code import Item, Programme, write

    lot, programmes = random.Random(17), []
    for _ in range(count):
        codes = lot.sample(CODES, lot.randint(2, 6))
        items = tuple(Item(code, lot.randint(1, 4), (reps := lot.randint(4, 20), reps), days=3) for code in codes)
        programme = Programme(datetime.date(2026, 12, 1), items)
        programmes.append(Handed(programme, write(programme)))
    return programmes


def programmes(count: int) -> Cost:
    """What it costs to print so many programmes, each another, from a table to files."""
    with TemporaryDirectory() as folder:
        table = Path(folder, "sheets.csv")
        codes = {each.code for each in picked(2 * count)}
        table.write_text("\n".join(["code", *sorted(codes)[:count]]) + "\n", "utf-8")
        call: list[str | Path] = [
            sys.executable,
            ROOT / "scripts" / "programme.py",
            "--csv",
            table,
            "--out",
            Path(folder, "sheets"),
        ]
        return cost(call, ROOT, environment(ROOT / "hooks"), talks=True)


def measure(runs: int, out: Path) -> None:
    """Print a table, and write the same as JSON: the median of `runs` counts, of a fifth for a hundred handouts."""
    batches = max(1, runs // 5)
    handouts, booklet, picked_ones = content()
    lacking = {engine: missing(engine) for engine in ENGINES}
    for engine in filter(lacking.get, ENGINES):
        print(f"{engine} is not measured: {lacking[engine]}")
    engines = [engine for engine in ENGINES if not lacking[engine]]
    subjects: dict[str, Callable[[], dict[str, float]]] = {
        "a handout, warm": lambda: warm(engines, handouts, runs),
        f"{COPIES} handouts, 1 process": lambda: batch(engines, handouts, batches, 1),
        f"{COPIES} handouts, 2 processes": lambda: batch(engines, handouts, batches, 2),
        f"{COPIES} programmes, 2 processes": lambda: batch(engines, picked_ones, batches, 2),
        "the booklet, warm": lambda: warm([OURS], [booklet], runs),
    }
    seconds: dict[str, dict[str, float]] = {}
    for subject, count in subjects.items():
        seconds[subject] = medians = count()
        cells = [f"{engine} {median:6.3f} s = {median / medians[OURS]:4.1f} ×" for engine, median in medians.items()]
        print(f"{subject:25}  {'   '.join(cells)}", flush=True)
    peaks = memory(handouts, 5 * COPIES)
    print(f"memory, in MB, after each {COPIES} handouts: {', '.join(map(str, peaks)) or 'not known on this system'}")
    runs_of_many = {count: programmes(count) for count in MANY}
    for many, costs in runs_of_many.items():
        print(f"{many:5} programmes of a table: {many / costs.wall:5.1f} a second, {costs.megabytes:.0f} MB")
    print(f"goal: at least {GOAL} a second on two processors, and memory that does not grow", flush=True)
    about = {"python": platform.python_version(), "system": platform.platform(), "processors": os.cpu_count()}
    report = {"about": {**about, "typst": version("typst")}, "seconds": seconds, "megabytes": peaks, "missing": lacking}
    report["programmes"] = {count: costs.__dict__ for count, costs in runs_of_many.items()}
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(report, indent=2) + "\n", "utf-8")
    print(f"Written: {out}")
