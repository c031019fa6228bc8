"""A project for the scripts that add to one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from projects import Shared, fixture


@pytest.fixture(scope="session")
def invented(shared: Shared) -> Path:
    """The invented project, not built: only to be read."""
    return shared("invented-source", fixture)


@pytest.fixture
def fresh(invented: Path, tmp_path: Path) -> Path:
    """A copy of its content, to add to."""
    return Path(shutil.copytree(invented, tmp_path / "project", ignore=shutil.ignore_patterns("hooks")))
