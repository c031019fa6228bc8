"""Scripts as they are published: without what is written for whoever reads the code."""

from __future__ import annotations

import rjsmin


def published(script: bytes) -> bytes:
    """The script without its comments and the blanks that mean nothing. Names stay, so that whoever reads a published
    script finds it in the project. The license of one of others lies beside it, as a file."""
    text: str = rjsmin.jsmin(script.decode("utf-8"))
    return text.encode("utf-8")
