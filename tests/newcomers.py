"""The scripts that write into a project, called as from a shell or answered on a terminal."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from projects import ENVIRONMENT, ROOT, tree

INTERRUPT, END_OF_INPUT = "\x03", "\x04"
needs_pty = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals of this kind")


class Answer(NamedTuple):
    """How a call ended."""

    status: int | str | None
    out: str
    err: str


Add = Callable[..., Answer]
"""Calls a script on a project, with nobody at a terminal."""


def content(project: Path) -> dict[str, bytes]:
    """Every file but what a check keeps."""
    return {name: raw for name, raw in tree(project).items() if not name.startswith(".cache")}


def caller(
    main: Callable[[], int], project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Add:
    """Calls `main` as a shell does."""

    def call(*arguments: str | Path) -> Answer:
        monkeypatch.setattr(sys, "argv", ["script.py", "--root", str(project), *map(str, arguments)])
        status: int | str | None
        try:
            status = main()
        except SystemExit as end:
            status = end.code
        output = capsys.readouterr()
        return Answer(status, output.out, " ".join(output.err.split()))

    return call


class Terminal:
    """A script on a pseudo-terminal, which answers as an editor would."""

    def __init__(self, script: str, *arguments: str) -> None:
        import pty

        self.master, slave = pty.openpty()
        call = [sys.executable, str(ROOT / "scripts" / f"{script}.py"), *arguments]
        self.process = subprocess.Popen(
            call, stdin=slave, stdout=slave, stderr=slave, env=ENVIRONMENT, start_new_session=True
        )
        os.close(slave)
        self.text = ""

    def wait_for(self, words: str) -> None:
        end = time.monotonic() + 60
        while words not in self.text:
            assert time.monotonic() < end, self.text
            if not select.select([self.master], [], [], 1)[0]:
                continue
            try:
                self.text += os.read(self.master, 4096).decode("utf-8", "replace").replace("\r\n", "\n")
            except OSError:  # the script has ended
                break
        before, words, self.text = self.text.partition(words)
        assert words, before

    def answer(self, question: str, answer: str) -> None:
        self.wait_for(question)
        self.wait_for("> ")
        os.write(self.master, answer.encode())

    def status(self) -> int:
        status = self.process.wait(30)
        os.close(self.master)
        return status
