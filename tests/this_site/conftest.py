"""Built copies of this project. Only the tests of its content can ask for them: the engine is tried on the invented."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import projects
import pytest
from browser import served
from hipknee.gate import gate
from projects import Shared


@cache
def in_order() -> bool:
    return not gate.check(projects.ROOT).problems


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """While the content has a mistake one test says so, instead of all that would trip over it."""
    others = collection_path.suffix == ".py" and collection_path.name != "test_in_order.py"
    return True if others and not in_order() else None


@pytest.fixture(scope="session")
def real(shared: Shared) -> Path:
    """A copy of this project with its built site: only to be read."""
    return shared("real", lambda at: projects.build(projects.real(at)))


@pytest.fixture(scope="session")
def real_addressed(shared: Shared, real: Path) -> Path:
    """The same, built for an address: only to be read."""
    return shared("real-addressed", lambda at: projects.build(projects.addressed(real, at)))


@pytest.fixture(scope="session")
def printed(real_addressed: Path) -> Path:
    """The PDFs of this project, built for an address: only to be read. The site that they print is around them."""
    return real_addressed / "site" / "pdf"


@pytest.fixture(scope="session")
def at_root(shared: Shared, real: Path) -> Path:
    """This project's dist/ for a host of its own: only to be read."""
    return shared("real-at-root", lambda at: projects.hand_out(real, at)) / "dist"


@pytest.fixture(scope="session")
def home(real: Path) -> Iterator[str]:
    """The address of this project's built site, on a web server."""
    with served(real / "site") as address:
        yield address
