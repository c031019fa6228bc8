"""Keep `mkdocs serve` alive whatever is saved: a build that fails becomes a page that says so."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from hipknee.publish import failure
from hipknee.publish.publication import publication_of
from mkdocs.exceptions import Abort, MkDocsException
from mkdocs.utils import clean_directory

if TYPE_CHECKING:
    from collections.abc import Callable

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer

log = logging.getLogger("mkdocs.hooks.editor_mode")
heard = False
WATCHED = ("images", "hooks/overrides", "hooks/hipknee/pages/html")


class _Errors(logging.Handler):
    """What MkDocs logs of an error and then leaves out of its exception, such as each wrong key of mkdocs.yml."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


def on_pre_build(*, config: MkDocsConfig) -> None:
    global heard
    if heard or publication_of(config.extra):
        return
    from mkdocs.livereload import LiveReloadServer

    # A server binds its address after the first build only, and a port that is taken would end it with a traceback.
    host, port = config.dev_addr
    try:
        trial = LiveReloadServer(lambda: None, host, port, root=config.site_dir)
        with trial.socket:
            trial.server_bind()
    except (OSError, OverflowError) as error:
        raise Abort(failure.unheard(error, host, port)) from None
    heard = True


def on_serve(server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., None]) -> LiveReloadServer:
    root, site, build = Path(config.config_file_path).parent, Path(config.site_dir), server.builder

    def build_or_explain() -> None:
        errors = _Errors()
        logging.getLogger("mkdocs").addHandler(errors)
        try:
            build()
        except (Exception, SystemExit) as error:  # mkdocs.yml raises one, a template or a vanished file the other
            summary = str(error) if isinstance(error, MkDocsException) else failure.explain(error, root)
            message = "\n".join([*errors.messages, summary])
            log.warning("The build failed, the server goes on. %s", message)
            clean_directory(str(site))
            for name in ("index.html", "404.html"):
                (site / name).write_text(failure.page(message), "utf-8")
        finally:
            logging.getLogger("mkdocs").removeHandler(errors)

    server.builder = build_or_explain
    for folder in WATCHED:
        if (root / folder).is_dir():
            server.watch(str(root / folder))
    return server
