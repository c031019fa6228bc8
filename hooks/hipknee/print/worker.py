"""A process of its own that makes files: it reads one task a line, and answers each with a line.

It is started by `pool`, and imports no more of the house than it needs: neither the check nor what builds the site.
It ends when nobody asks any more, also when whoever asked is gone.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from .typesetting import Typesetter, TypesettingError


def make(typesetter: Typesetter, template: str, data: Mapping[str, Any], path: Path) -> list[str]:
    """Make the file at `path`, whole or not at all; why there is none, as Typst says it. Raises OSError."""
    try:
        content = typesetter.pdf(template, data)
    except TypesettingError as error:
        return error.diagnostics
    part = part_of(path, os.getpid())
    try:
        part.write_bytes(content)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return []


def part_of(path: Path, process: int) -> Path:
    """Where a process, by its number, writes a file before it is whole."""
    return path.with_name(f"{path.name}.{process}.part")


def main() -> None:
    """Answer until nobody asks."""
    typesetter = Typesetter(Path(sys.argv[1]))
    for line in sys.stdin.buffer:
        task = json.loads(line)
        answer: dict[str, Any] = {}
        try:
            answer["diagnostics"] = make(typesetter, task["template"], task["data"], Path(task["path"]))
        except OSError as error:
            answer["refused"] = [error.errno, error.strerror, str(error.filename or task["path"])]
        sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    with suppress(BrokenPipeError, KeyboardInterrupt):
        main()
    os._exit(0)  # at once: nobody waits for what Typst would tidy up, nor for what can't be said any more
