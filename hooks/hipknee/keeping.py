"""What was worked out once, kept from run to run in a file: by the hash of all that it follows from.

Nothing depends on the file. Where it can't be read or written, or is not what was written there, everything is worked
out as if there were none.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

FOLDER = ".cache"
"""Below a project's root."""
PACKAGES = ("markdown", "pymdown-extensions", "pydantic", "PyYAML", "selectolax", "jinja2", "pillow")
"""What the core stands on: with another version of one, nothing that was kept is believed."""


class Kept:
    """Values that JSON can hold, by keys. Each is a line in `file`, with its key and a hash of the line in front.

    `engine` is a hash over what works them out: after a change of it nothing that was kept is believed. A value is read
    when somebody asks for it, and no sooner: of a thousand most are not.
    """

    def __init__(self, file: Path, engine: bytes) -> None:
        self._file, self._engine = file, engine
        self._kept = dict(self._read())
        self._needed: dict[str, bytes] = {}

    def get(self, key: str) -> Any:
        """What is known under a key, None when nothing is; it is kept on."""
        return json.loads(self._needed[key].partition(b" ")[2]) if self.need(key) else None

    def need(self, key: str) -> bool:
        """Keep on what is known under a key, which nobody has to read now; False when nothing is."""
        if line := self._needed.get(key) or self._kept.get(key):
            self._needed[key] = line
        return bool(line)

    def put(self, key: str, value: Any) -> None:
        """Something new. `key` has no blanks."""
        text = json.dumps(value, separators=(",", ":")).encode()
        self._needed[key] = self._check(key, text) + b" " + text

    def keep(self) -> None:
        """Write down what was asked for or put since the last time, and forget all else. The file is whole at any time.

        Several processes may do so at once: what the last one needed stays.
        """
        needed, self._needed = self._needed, {}
        if needed == self._kept:
            return
        self._kept = needed
        part = self._file.with_name(f"{self._file.name}.{os.getpid()}.part")
        with suppress(OSError):
            part.parent.mkdir(exist_ok=True)  # never the project itself
            try:
                part.write_bytes(b"".join(b"%s %s\n" % (key.encode(), line) for key, line in needed.items()))
                part.replace(self._file)
            finally:
                part.unlink(missing_ok=True)

    def _read(self) -> Iterator[tuple[str, bytes]]:
        lines: list[bytes] = []
        with suppress(OSError):
            lines = self._file.read_bytes().split(b"\n")
        for line in lines:
            name, _, rest = line.partition(b" ")
            key, (check, _, text) = name.decode("ascii", "replace"), rest.partition(b" ")
            if text and check == self._check(key, text):
                yield key, rest

    def _check(self, key: str, text: bytes) -> bytes:
        return sha256(b"%s%s %s" % (self._engine, key.encode(), text)).hexdigest()[:16].encode()


@lru_cache(maxsize=32)  # more than a run has: each is read once
def kept(file: Path, engine: bytes) -> Kept:
    """One for each file, for as long as the process lives: an editor's server reads it once."""
    return Kept(file, engine)


@lru_cache(maxsize=1)
def core() -> bytes:
    """A hash over all code of the core that runs, and what it stands on."""
    here = Path(__file__).parent
    return engine(sorted(here.rglob("*.py")), sys.version, *map(version, PACKAGES))


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
