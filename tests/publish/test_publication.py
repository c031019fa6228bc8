"""A build on its way to readers, and what is warned of on the way."""

from __future__ import annotations

import logging
from pathlib import Path

from hipknee.publish import publication
from hipknee.publish.publication import Publication, Warnings, publication_of


def test_it_stands_aside_until_it_is_whole(tmp_path: Path) -> None:
    site = tmp_path / "site"
    under_way = Publication(site)
    (under_way.aside / "index.html").write_text("new")
    assert not site.exists()
    under_way.commit()
    under_way.discard()
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    assert (site / "index.html").read_text() == "new"


def test_it_is_discarded(tmp_path: Path) -> None:
    under_way = Publication(tmp_path / "site")
    under_way.discard()
    assert [*tmp_path.iterdir()] == []


def test_it_is_asked_for(tmp_path: Path) -> None:
    under_way = Publication(tmp_path / "site")
    assert publication_of({publication.KEY: under_way}) is under_way
    assert publication_of({publication.KEY: None}) is None
    assert publication_of({}) is None  # it could not begin


def test_warnings_are_counted_also_when_a_logger_is_quiet() -> None:
    names = "hipknee-test-a", "hipknee-test-b"
    warnings = Warnings(*names)
    loggers = [logging.getLogger(name) for name in names]
    for logger in loggers:
        logger.propagate = False
        logger.setLevel(logging.ERROR)
        logger.warning("Not heard.")
    assert warnings.count == 0
    warnings.listen()
    for logger in loggers:
        logger.warning("Heard.")
        logger.getChild("inner").error("Heard.")
        logger.info("Not heard.")
    assert warnings.count == 4
