"""Build aside and swap last: whatever fails, the old site is unchanged."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

import click
from hipknee.calls import collect_seldom
from hipknee.gate import house_rules
from hipknee.publish import failure, publication
from hipknee.publish.publication import Publication, Warnings, publication_of
from hipknee.site import site_of
from mkdocs.exceptions import Abort, MkDocsException
from mkdocs.plugins import event_priority

if TYPE_CHECKING:
    from collections.abc import Collection

    from mkdocs.config.defaults import MkDocsConfig

log = logging.getLogger("mkdocs.hooks.publish")
# At once: what is odd in mkdocs.yml is said before the first event. ProperDocs, the fork, logs under its own name.
warnings = Warnings("mkdocs", "properdocs")
serving = False
current: MkDocsConfig | None = None  # MkDocs tells it to all events but the last two


def _refuse_what_is_not_whole(listed: Collection[str] | None = None) -> None:
    if problems := house_rules.problems(Path(__file__).resolve().parent.parent, listed):
        raise Abort("\n".join(map(str, problems)))


_refuse_what_is_not_whole()  # now: a door that is no Python would end MkDocs with a traceback when it is opened


def on_startup(*, command: str, dirty: bool) -> None:
    # `mkdocs serve --clean` calls itself a build; only the command line knows better.
    context = click.get_current_context(silent=True)
    global serving
    serving = (context.info_name if context else command) == "serve"
    collect_seldom()
    if dirty and not serving:
        raise Abort("Pages depend on each other, so '--dirty' can't be used here. Run 'mkdocs build'.")


def on_config(config: MkDocsConfig) -> None:
    global current
    current = config
    _refuse_what_is_not_whole([str(name) for name in config.hooks])
    config.extra[publication.KEY] = under_way = None if serving else Publication(Path(config.site_dir))
    if under_way:
        config.site_dir = str(under_way.aside)
        warnings.listen()  # `--quiet` must not hide what stops the build


@event_priority(-100)  # after hooks of a clinic's own, wherever mkdocs.yml lists them
def on_post_build(*, config: MkDocsConfig) -> None:
    under_way, folder = publication_of(config.extra), Path(config.site_dir)
    for problem in site_of(config.extra).finish(folder, under_way.site if under_way else folder):
        log.warning("%s", problem)
    if not under_way:
        return
    if warnings.count:
        raise Abort(failure.unpublished(warnings.count, "warning", "above to fix first", under_way.site))
    under_way.commit()
    config.site_dir = str(under_way.site)
    log.info("The new site is in %s", under_way.site)


def on_build_error(*, error: Exception) -> None:
    if not isinstance(error, MkDocsException):
        root = Path(current.config_file_path).parent if current else Path.cwd()
        raise Abort(failure.explain(error, root)) from None


def on_shutdown() -> None:
    # Also after Ctrl-C, which is no error to MkDocs.
    warnings.count = 0
    if current and (under_way := publication_of(current.extra)):
        under_way.discard()
