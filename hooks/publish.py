"""Build aside and swap last: whatever fails, the old site stays exactly as it was."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

import click
from hipknee.publish import built_site, failure, swap
from mkdocs.exceptions import Abort, MkDocsException
from mkdocs.plugins import event_priority

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

log = logging.getLogger("mkdocs.hooks.publish")


class _Warnings(logging.Handler):
    """Counts what MkDocs and the hooks warn of: a published site has no warnings."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.count += 1


logger = logging.getLogger("mkdocs")
warnings = _Warnings()
logger.addHandler(warnings)  # at once: what is odd in mkdocs.yml is said before the first event
serving = False
current: MkDocsConfig | None = None


def on_startup(*, command: str, dirty: bool) -> None:
    # `mkdocs serve --clean` calls itself a build; only the command line knows better.
    context = click.get_current_context(silent=True)
    global serving
    serving = (context.info_name if context else command) == "serve"
    if dirty and not serving:
        raise Abort("The pages depend on each other, so there is no 'dirty' build here. Call 'mkdocs build'.")


def on_config(config: MkDocsConfig) -> None:
    config.extra["publishing"] = not serving
    if not serving:
        config.extra["published_to"] = config.site_dir
        config.site_dir = str(swap.begin(Path(config.site_dir)))
        logger.setLevel(min(logger.level, logging.WARNING))  # `--quiet` must not hide what stops the build
    global current
    current = config


@event_priority(-100)
def on_post_build(*, config: MkDocsConfig) -> None:
    if serving:
        return
    aside, site = Path(config.site_dir), Path(config.extra["published_to"])
    for problem in built_site.check(aside, Path(config.config_file_path).parent, site):
        log.error("%s", problem)
    if count := warnings.count:
        raise Abort(f"{count} thing{'s'[: count != 1]} above must be mended first. {site} is as it was.")
    swap.commit(aside, site)
    config.site_dir = str(site)
    log.info("The new site is in %s", site)


def on_build_error(*, error: Exception) -> None:
    if not isinstance(error, MkDocsException):
        root = Path(current.config_file_path).parent if current else Path.cwd()
        raise Abort(failure.explain(error, root)) from None


def on_shutdown() -> None:
    # Also after Ctrl-C, which is no error to MkDocs.
    if current and not serving and current.site_dir != current.extra["published_to"]:
        swap.discard(Path(current.site_dir))
