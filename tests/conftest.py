"""What several test modules share: built copies of the invented project. Those of this one: this_site/conftest.py."""

from __future__ import annotations

import os
import shutil
import statistics
from collections.abc import Callable, Iterator
from pathlib import Path

import projects
import pytest
from browser import launched, served
from cases import Case, Finding
from filelock import FileLock
from playwright.sync_api import Browser
from projects import Shared

Agree = Callable[[Case, list[Finding]], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    text = "write into tests/cases/ what is said now, instead of comparing it: look at the difference afterwards"
    parser.addoption("--reword", action="store_true", help=text)


def pytest_configure(config: pytest.Config) -> None:
    if config.option.reword and config.getoption("numprocesses", None):
        raise pytest.UsageError("--reword writes files that workers share: call it without -n.")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What a real browser shows in time hangs on what else the machine does: such a test may be tried twice. The
    summary names those that needed it (-rR), and a fault fails both times."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()) and not item.get_closest_marker("flaky"):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture
def agree(request: pytest.FixtureRequest, record_property: Callable[[str, object], None]) -> Agree:
    """Compares a case with what is said, in order; with --reword makes the case say that."""

    def compare(case: Case, findings: list[Finding]) -> None:
        if request.config.option.reword and findings != case.expected:
            case.reword(findings)
            record_property("reworded", case.name)
        else:
            assert findings == case.expected

    return compare


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Shared:
    base = tmp_path_factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def folder(name: str, fill: Callable[[Path], object]) -> Path:
        path, whole = base / "shared" / name, base / "shared" / f"{name}.whole"
        path.parent.mkdir(exist_ok=True)
        with FileLock(base / "shared" / f"{name}.lock"):
            if not whole.exists():
                shutil.rmtree(path, ignore_errors=True)  # what another worker could not finish
                fill(path)
                whole.touch()
        return path

    return folder


@pytest.fixture(scope="session")
def built(shared: Shared) -> Path:
    """The invented project with its built site: only to be read."""
    return shared("invented", lambda at: projects.build(projects.fixture(at)))


@pytest.fixture(scope="session")
def addressed(shared: Shared, built: Path) -> Path:
    """The same, built for an address: only to be read."""
    return shared("invented-addressed", lambda at: projects.build(projects.addressed(built, at)))


@pytest.fixture
def project(built: Path, tmp_path: Path) -> Path:
    """A copy of it, to break."""
    return Path(shutil.copytree(built, tmp_path / "project"))


@pytest.fixture(scope="session")
def at_root(shared: Shared, built: Path) -> Path:
    """Its dist/ for a host of its own: only to be read."""
    return shared("invented-at-root", lambda at: projects.hand_out(built, at)) / "dist"


@pytest.fixture(scope="session")
def in_folder(shared: Shared, addressed: Path) -> Path:
    """The same for a folder of a host, as its address says."""
    return shared("invented-in-folder", lambda at: projects.hand_out(addressed, at)) / "dist"


@pytest.fixture(scope="session")
def embedded(shared: Shared, addressed: Path) -> Path:
    """The invented project in a folder of a host, whose exercises others may show: only to be read."""
    return shared("invented-embedded", lambda at: projects.embedding(addressed, at))


@pytest.fixture(scope="session")
def embedded_dist(shared: Shared, embedded: Path) -> Path:
    """Its dist/: only to be read."""
    return shared("invented-embedded-dist", lambda at: projects.hand_out(embedded, at)) / "dist"


@pytest.fixture(scope="session")
def showing(shared: Shared, built: Path) -> Path:
    """The invented project with a page that shows programmes: only to be read."""
    return shared("invented-showing", lambda at: projects.showing(built, at))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture(scope="session")
def home(built: Path) -> Iterator[str]:
    """The address of the built site, on a web server."""
    with served(built / "site") as address:
        yield address


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reports = [report for kind in ("passed", "failed") for report in terminalreporter.stats.get(kind, [])]
    properties = [one for report in reports for one in report.user_properties]
    times = [value for name, value in properties if name == "edit to visible"]
    if times:
        text = f"mkdocs serve: from an edit to what it shows, median {statistics.median(times):.2f} s of {len(times)}"
        terminalreporter.write_line(text)
    if terminalreporter.config.option.reword:
        reworded = [value for name, value in properties if name == "reworded"]
        terminalreporter.write_line(f"reworded cases: {', '.join(reworded) or 'none'}")
