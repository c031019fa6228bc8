"""Keep `mkdocs serve` alive whatever is saved: a build that fails becomes a page that says so."""

from __future__ import annotations

import logging
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from hipknee.publish import failure, serving
from hipknee.publish.publication import publication_of
from hipknee.site import Site, obstacles, site_of
from mkdocs.exceptions import Abort, MkDocsException
from mkdocs.utils import clean_directory

if TYPE_CHECKING:
    from collections.abc import Callable

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer

log = logging.getLogger("mkdocs.hooks.editor_mode")
heard = False
current: Site | None = None
WATCHED = ("images", "hooks/overrides", "hooks/hipknee/pages/html", "hooks")  # of the last only what is directly in it


def on_pre_build(*, config: MkDocsConfig) -> None:
    global heard
    if heard or publication_of(config.extra):
        return
    # MkDocs asks for its address after the first build only, and a port that is taken would end it with a traceback.
    if refusal := serving.refusal(*config.dev_addr):
        raise Abort(refusal)
    heard = True


def on_post_build(*, config: MkDocsConfig) -> None:
    global current
    current = site_of(config.extra)


def on_serve(server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., None]) -> LiveReloadServer:
    file, site, build = Path(config.config_file_path), Path(config.site_dir), serving.undisturbed(server.builder)

    def build_or_explain() -> None:
        errors = serving.Errors()
        logging.getLogger("mkdocs").addHandler(errors)
        try:
            build()
        except (Exception, SystemExit) as error:  # mkdocs.yml raises one, a template or a vanished file the other
            message = _explained(error, errors.messages, file)
            log.warning("The build failed, but the server keeps running. %s", message)
            clean_directory(str(site))
            for name in ("index.html", "404.html"):
                (site / name).write_text(failure.page(message, file.parent), "utf-8")
        finally:
            logging.getLogger("mkdocs").removeHandler(errors)

    server.builder = build_or_explain
    serving.spare()
    server.set_app(serving.with_files(server.serve_request, server.mount_path, _file))
    _watch_for_good(server, [config.docs_dir, config.config_file_path, *config.theme.dirs], file.parent)
    return server


def _file(name: str) -> bytes | None:
    return current.file(name, lambda problem: log.warning("%s", problem)) if current else None


def _explained(error: BaseException, errors: list[str], settings: Path) -> str:
    # What the check tells of it comes before MkDocs' own words.
    summary = str(error) if isinstance(error, MkDocsException) else failure.explain(error, settings.parent)
    return "\n".join(map(str, obstacles(settings.parent, settings.name))) or "\n".join([*errors, summary])


def _watch_for_good(server: LiveReloadServer, paths: list[str], root: Path) -> None:
    # MkDocs's own watch of a folder ends when the folder goes, and would not see it come back.
    folders, begun = [str(root / folder) for folder in WATCHED], []
    for path in paths:
        with suppress(KeyError):  # it has not been watched
            server.unwatch(path)
            begun.append(path)
    server.observer = serving.observer([*paths, *folders], root)  # type: ignore[assignment]
    for path in [*begun, *folders]:
        server.watch(path, recursive=path != folders[-1])
