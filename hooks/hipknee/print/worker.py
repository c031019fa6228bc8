"""A process of its own that makes files: it reads one task a line, and answers each with a line.

It is started by `pool`, and imports no more of the house than it needs: neither the check nor what builds the site.
It ends when nobody asks any more, also when whoever asked is gone.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from ..stock import keep
from .imposition import imposed
from .typesetting import Typesetter, TypesettingError


class Outcome(NamedTuple):
    """Where a file is, or why there is none, as Typst says it."""

    path: Path | None = None
    diagnostics: Sequence[str] = ()


def make(typesetter: Typesetter, template: str, data: Mapping[str, Any], folder: Path, name: str) -> Outcome:
    """Make a file in the folder of a stock. Raises OSError."""
    try:
        pdf = typesetter.pdf(template, data)
        return Outcome(keep(folder, name, imposed(pdf) if data.get("imposed") else pdf))
    except TypesettingError as error:
        return Outcome(None, error.diagnostics)


def main() -> None:
    """Answer until nobody asks."""
    typesetter = Typesetter(Path(sys.argv[1]))
    for line in sys.stdin.buffer:
        task = json.loads(line)
        answer: dict[str, Any] = {}
        try:
            outcome = make(typesetter, task["template"], task["data"], Path(task["folder"]), task["name"])
            answer = {"path": outcome.path and str(outcome.path), "diagnostics": [*outcome.diagnostics]}
        except OSError as error:
            answer["refused"] = [error.errno, error.strerror, str(error.filename or task["name"])]
        sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    with suppress(BrokenPipeError, KeyboardInterrupt):
        main()
    os._exit(0)  # at once: nobody waits for what Typst would tidy up, nor for what can't be said any more
