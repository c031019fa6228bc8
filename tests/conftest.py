"""What several test modules share: built copies of the invented project and of this one."""

from __future__ import annotations

import shutil
import statistics
from collections.abc import Iterator
from pathlib import Path

import projects
import pytest
from browser import launched, served
from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented project with its built site: only to be read."""
    project = projects.fixture(tmp_path_factory.mktemp("fixture") / "project")
    done = projects.mkdocs(project, "build")
    assert done.returncode == 0, done.stdout
    return project


@pytest.fixture
def project(built: Path, tmp_path: Path) -> Path:
    """A copy of it, to break."""
    return Path(shutil.copytree(built, tmp_path / "project"))


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of this project with its built site: only to be read."""
    project = projects.real(tmp_path_factory.mktemp("real") / "project")
    done = projects.mkdocs(project, "build")
    assert done.returncode == 0, done.stdout
    return project


@pytest.fixture(scope="session")
def at_root(real: Path) -> Path:
    """This project's dist/ for a host of its own: only to be read."""
    done = projects.dist(real)
    assert done.returncode == 0, done.stderr
    return real / "dist"


@pytest.fixture(scope="session")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The PDFs of this project, built for an address: only to be read. The site that they print is around them."""
    project = projects.real(tmp_path_factory.mktemp("printed") / "project")
    projects.edit("mkdocs.yml", 'site_url: ""', f"site_url: {projects.ADDRESS}")(project)
    done = projects.mkdocs(project, "build")
    assert done.returncode == 0, done.stdout
    return project / "site" / "pdf"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture(scope="session")
def home(real: Path) -> Iterator[str]:
    """The address of this project's built site, on a web server."""
    with served(real / "site") as address:
        yield address


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reports = [report for kind in ("passed", "failed") for report in terminalreporter.stats.get(kind, [])]
    times = [value for report in reports for name, value in report.user_properties if name == "edit to visible"]
    if times:
        text = f"mkdocs serve: from an edit to what it shows, median {statistics.median(times):.2f} s of {len(times)}"
        terminalreporter.write_line(text)
