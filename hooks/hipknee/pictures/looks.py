"""What pictures look like, kept from check to check: whoever has seen the same bytes need not decode them again.

A picture is known by the SHA-256 of its bytes, and only what follows from them is kept. Nothing depends on the file:
where it can't be read or written, or is not what was written there, pictures are decoded as if there were none.
"""

from __future__ import annotations

import json
import os
from binascii import a2b_base64, b2a_base64
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path

from PIL import __version__ as pillow  # the version only: to open the rest of Pillow takes longer than to use this

from ..rules import Rule
from .digests import Digests
from .drawing_facts import NO_FACTS, DrawingFacts
from .formats import Fault

THUMBNAIL = (64, 48)
FILE = Path(".cache", "looks")
"""Below a project's root."""
_ENGINE = (
    "decoding.py",
    "digests.py",
    "drawing_facts.py",
    "drawing_origin.py",
    "formats.py",
    "looks.py",
    "picture_texts.py",
)
"""What decides what a picture looks like. After a change of theirs nothing that was kept is believed."""


@dataclass(frozen=True)
class Look:
    """What the bytes of a picture say, whatever its file is called and whatever it is for."""

    width: int = 0
    """Pixels as seen, as is `height`."""
    height: int = 0
    animated: bool = False
    thumbnail: bytes = field(default=b"", repr=False)
    """The first frame as 48 rows of 64 grey pixels, 0 to 255, on white."""
    origin: str | None = None
    """What it says that it was drawn from."""
    facts: DrawingFacts = NO_FACTS
    """What else it says of itself."""
    fault: Fault | None = None
    """Then there is nothing else but `animated`."""


class Looks:
    """The looks that are known. Each of them is a line in `file`, with a hash of that line in front."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.digests = Digests(file.with_name("digests"))
        """Of the files that the pictures are in."""
        self._engine = _engine()
        self._kept = dict(self._read())
        self._known = dict(self._kept)
        self._needed: dict[str, Look] = {}

    def __contains__(self, digest: str) -> bool:
        return digest in self._known

    def get(self, digest: str) -> Look | None:
        """The look of the picture whose bytes have this SHA-256, in hex; None if nobody has seen it."""
        return self._known.get(digest)

    def need(self, digest: str, look: Look) -> None:
        """A picture that is still there: its look is kept the next time that all are."""
        self._known[digest] = self._needed[digest] = look

    def keep(self) -> None:
        """Write down the looks of the pictures that were needed since the last time, and forget all others.

        Several processes may do so at once: the file is whole at any time, and that of the last one stays.
        """
        self.digests.keep()
        self._known, self._needed = self._needed, {}
        if self._known == self._kept or not self._engine:
            return
        part = self._file.with_name(f"{self._file.name}.{os.getpid()}.part")
        with suppress(OSError):
            part.parent.mkdir(exist_ok=True)  # never the project itself
            try:
                part.write_bytes(b"".join(map(self._line, self._known, self._known.values())))
                part.replace(self._file)
                self._kept = dict(self._known)
            finally:
                part.unlink(missing_ok=True)

    def _read(self) -> Iterator[tuple[str, Look]]:
        lines: list[bytes] = []
        with suppress(OSError):
            lines = self._file.read_bytes().splitlines() if self._engine else []
        for line in lines:
            check, _, text = line.partition(b" ")
            if check == self._check(text):
                with suppress(ValueError, TypeError):
                    yield _look(json.loads(text))

    def _line(self, digest: str, look: Look) -> bytes:
        thumbnail = b2a_base64(look.thumbnail, newline=False).decode()
        facts = look.facts.as_text()
        values = [digest, look.width, look.height, look.animated, thumbnail, look.origin, facts, look.fault]
        text = json.dumps(values).encode()
        return self._check(text) + b" " + text + b"\n"

    def _check(self, text: bytes) -> bytes:
        return sha256(self._engine + text).hexdigest()[:16].encode()


@cache
def looks(root: Path) -> Looks:
    """One for each project, for as long as the process lives: a picture is decoded once in all its checks."""
    return Looks(root / FILE)


def _look(values: object) -> tuple[str, Look]:
    """What `Looks` writes down of a picture. Raises ValueError or TypeError for anything else."""
    match values:
        case [
            str(digest),
            int(width),
            int(height),
            bool(animated),
            str(thumbnail),
            None | str() as origin,
            str(facts),
            None | [str(), str(), str()] as fault,
        ] if len(digest) == 64:
            grey = a2b_base64(thumbnail, strict_mode=True)
            if fault is None and (len(grey) != THUMBNAIL[0] * THUMBNAIL[1] or min(width, height) < 1):
                raise ValueError("no picture looks like that")
            flaw = Fault(fault[0], fault[1], Rule(fault[2])) if fault else None
            return digest, Look(width, height, animated, grey, origin, DrawingFacts.of(facts), flaw)
    raise ValueError("no look")


def _engine() -> bytes:
    """A hash over what decides what a picture looks like; b"" where that can't be read, and then nothing is kept."""
    digest = sha256(pillow.encode())
    try:
        for name in _ENGINE:
            digest.update(sha256(Path(__file__).with_name(name).read_bytes()).digest())
    except OSError:
        return b""
    return digest.digest()
