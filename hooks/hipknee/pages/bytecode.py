"""Templates as Python runs them, kept from run to run: to compile them takes longer than to fill them."""

from __future__ import annotations

import sys
from base64 import b64decode, b64encode
from pathlib import Path

from jinja2 import BytecodeCache, Environment, __version__
from jinja2.bccache import Bucket

from ..keeping import Kept, engine, kept, key

_ALL = "all"


class Bytecode(BytecodeCache):
    """What is known of the templates of all environments, in `file`. What a template was compiled from is held against
    its source by Jinja."""

    def __init__(self, file: Path) -> None:
        self._kept: Kept = kept(file, engine([], sys.version, __version__))
        self._names: set[str] = {*(self._kept.get(_ALL) or ())}

    def get_bucket(self, environment: Environment, name: str, filename: str | None, source: str) -> Bucket:
        """Jinja's own, under a key that tells environments apart that compile differently."""
        options = environment.autoescape is True, environment.trim_blocks, environment.lstrip_blocks
        place = key(name, filename, options, sorted(environment.extensions))
        bucket = Bucket(environment, place, self.get_source_checksum(source))
        self.load_bytecode(bucket)
        return bucket

    def load_bytecode(self, bucket: Bucket) -> None:
        """See `jinja2.BytecodeCache`."""
        if text := self._kept.get(bucket.key):
            bucket.bytecode_from_string(b64decode(text))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """See `jinja2.BytecodeCache`."""
        self._kept.put(bucket.key, b64encode(bucket.bytecode_to_string()).decode())
        self._names.add(bucket.key)

    def keep(self) -> None:
        """Keep all: those of pages that were not made this time, too."""
        self._names = {name for name in self._names if self._kept.need(name)}
        self._kept.put(_ALL, sorted(self._names))
        self._kept.keep()
