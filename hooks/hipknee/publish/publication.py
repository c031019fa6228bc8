"""A build on its way to readers: made aside, and put into the place of the old site when nothing was wrong."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from . import hidden, swap

KEY = "hipknee_publication"


class Publication:
    """The site that will stand at `site` is built into the folder `aside`."""

    def __init__(self, site: Path) -> None:
        self.site, self.aside = site, swap.begin(site)

    def commit(self) -> None:
        """Swap. Raises OSError with the old site in place when that fails."""
        swap.commit(self.aside, self.site, hidden.BUILT)

    def discard(self) -> None:
        """Delete what was built, if it was not committed."""
        swap.discard(self.aside)


def publication_of(extra: Mapping[str, Any]) -> Publication | None:
    """The publication under way, from where a builder keeps what it hands on; None while serving to an editor,
    or when none was begun."""
    publication: Publication | None = extra.get(KEY)
    return publication


class Warnings(logging.Handler):
    """Counts what is warned of under the loggers `names`: a published site has no warnings."""

    def __init__(self, *names: str) -> None:
        super().__init__(logging.WARNING)
        self.count = 0
        self.loggers = [logging.getLogger(name) for name in names]
        for logger in self.loggers:
            logger.addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        self.count += 1

    def listen(self) -> None:
        """Hear every warning, also when a logger was told to be quiet."""
        for logger in self.loggers:
            logger.setLevel(min(logger.level, logging.WARNING))


class Echoes(logging.Filter):
    """Holds back what MkDocs, or its fork, says of a mistake that the check has told already, with file and line.

    Set `told_all` once there is a report that tells something: what MkDocs then warns of follows from it.
    """

    _ALWAYS = ("Unrecognised configuration name", "because it conflicts with")
    """Said before the check has begun, and told by it."""

    def __init__(self, *builders: str) -> None:
        super().__init__()
        self.told_all = False
        for builder in builders:
            for part in ("config", "structure.files", "structure.nav", "structure.pages"):
                logging.getLogger(f"{builder}.{part}").addFilter(self)

    def filter(self, record: logging.LogRecord) -> bool:
        if record.levelno != logging.WARNING:
            return True
        echo = self.told_all and ".structure." in record.name
        return not echo and not any(words in record.getMessage() for words in self._ALWAYS)
