"""Scripts as they are published: without what is written for whoever reads the code."""

from __future__ import annotations

import re

_COMMENT = re.compile(rb"(?ms)^ */\*.*?\*/\n")
"""One that stands on lines of its own."""
_INDENT = re.compile(rb"(?m)^ +")


def published(script: bytes) -> bytes:
    """The script without its comments and its indentation. Its lines stay lines, so that a browser's messages name
    statements that can be found. The license of one of others lies beside it, as a file."""
    return _INDENT.sub(b"", _COMMENT.sub(b"", script))
