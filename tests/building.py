"""Builds of one project, one after the other in one process, as `mkdocs serve` makes them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import projects
from projects import Change

BUILDS = """
import logging, sys
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

logging.getLogger("mkdocs").addHandler(logging.NullHandler())
for _ in sys.stdin:  # a line for each build
    config = load_config("mkdocs.yml")
    config.plugins.on_startup(command="build", dirty=False)
    try:
        build(config)
        print("built", flush=True)
    except Abort as error:
        print(error, flush=True)
    finally:
        config.plugins.on_shutdown()
"""


class Builds:
    """A process that builds a project again and again."""

    def __init__(self, project: Path) -> None:
        self.project = project
        self.process = subprocess.Popen(
            [sys.executable, "-c", BUILDS],
            cwd=project,
            env=projects.ENVIRONMENT | {"PYTHONPATH": str(project / "hooks")},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
        )

    def after(self, *changes: Change) -> str:
        """What comes of a build after these changes."""
        for change in changes:
            change(self.project)
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()

    def end(self) -> None:
        self.process.communicate(timeout=60)
