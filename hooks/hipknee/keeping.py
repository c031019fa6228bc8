"""What was worked out once, kept from run to run in a file: by the hash of all that it follows from.

Nothing depends on the file. Where it can't be read or written, or is not what was written there, everything is worked
out as if there were none.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

FOLDER = ".cache"
"""Below a project's root."""


class Kept:
    """Values that JSON can hold, by keys. Each is a line in `file`, with a hash of that line in front.

    `engine` is a hash over what works them out: after a change of it nothing that was kept is believed.
    """

    def __init__(self, file: Path, engine: bytes) -> None:
        self._file, self._engine = file, engine
        self._kept = dict(self._read())
        self._needed: dict[str, Any] = {}

    def get(self, key: str) -> Any:
        """What is known under a key, None when nothing is; it is kept on."""
        value = self._kept.get(key)
        if value is not None:
            self._needed[key] = value
        return value

    def put(self, key: str, value: Any) -> None:
        """Something new."""
        self._needed[key] = value

    def keep(self) -> None:
        """Write down what was asked for or put, and forget all else. The file is whole at any time."""
        if self._needed == self._kept:
            return
        part = self._file.with_name(f"{self._file.name}.{os.getpid()}.part")
        with suppress(OSError):
            part.parent.mkdir(exist_ok=True)  # never the project itself
            try:
                part.write_bytes(b"".join(self._line(key, value) for key, value in self._needed.items()))
                part.replace(self._file)
                self._kept = dict(self._needed)
            finally:
                part.unlink(missing_ok=True)

    def _read(self) -> Iterator[tuple[str, Any]]:
        lines: list[bytes] = []
        with suppress(OSError):
            lines = self._file.read_bytes().split(b"\n")
        for line in lines:
            check, _, text = line.partition(b" ")
            if text and check == self._check(text):
                key, value = json.loads(text)
                yield key, value

    def _line(self, key: str, value: Any) -> bytes:
        text = json.dumps([key, value]).encode()
        return self._check(text) + b" " + text + b"\n"

    def _check(self, text: bytes) -> bytes:
        return sha256(self._engine + text).hexdigest()[:16].encode()


def engine(files: Iterable[Path], *versions: str) -> bytes:
    """A hash over the code in `files` and the `versions` of what it calls."""
    digest = sha256("\n".join(versions).encode())
    for path in files:
        with suppress(OSError):
            digest.update(sha256(path.read_bytes()).digest())
    return digest.digest()


def key(*parts: object) -> str:
    """A hash, in hex, over values that say themselves whole in their `repr`."""
    return sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()
