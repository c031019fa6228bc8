"""Check the content before anything is built: a problem stops a build, and only shows while serving."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from hipknee.content import clinic
from hipknee.gate import gate
from mkdocs.exceptions import Abort

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

log = logging.getLogger("mkdocs.hooks.gate")


def on_pre_build(*, config: MkDocsConfig) -> None:
    settings = Path(config.config_file_path)
    report = gate.check(settings.parent)
    read, found = clinic.read(config.extra.get("clinic"), settings.name, settings.read_bytes())
    config.extra["read_clinic"] = read
    config.extra["report"] = report = replace(report, problems=sorted([*report.problems, *found]))
    for problem in report.problems:
        log.warning("%s", problem)
    if report.problems and config.extra["publishing"]:
        count = len(report.problems)
        raise Abort(f"{count} problem{'s'[: count != 1]} to mend. {config.extra['published_to']} is as it was.")
