"""What an editor's own server needs: an address that is free, and an eye on folders that may go and come back."""

from __future__ import annotations

import errno
import gc
import logging
import mimetypes
import os
import socket
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING
from urllib.parse import quote

from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingObserverVFS

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

AROUND, END = "around.html", b"</body>"
"""A page with nothing but the end of a page, and that."""
_idle = Event()
_idle.set()
POLLING = 0.5
"""Seconds from one look at the folders to the next."""


def refusal(host: str, port: int) -> str:
    """Why nothing can be served at an address, and what to do; "" when it is free."""
    other = f"mkdocs serve -a 127.0.0.1:{8001 if port == 8000 else 8000}"
    try:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as a server does: what just ended is no bar
            trial.bind((host, port))
    except (OSError, OverflowError) as error:
        if getattr(error, "errno", None) == errno.EADDRINUSE:
            return (
                f"Port {port} on {host} is in use: another 'make serve' may be running. Use that one, or stop "
                f"it with Ctrl+C in its window. To run both, use '{other}'."
            )
        why = str(getattr(error, "strerror", None) or error).rstrip(".")
        return f"The site can't be served at {host}:{port} ({why}). Run '{other}'."
    return ""


def observer(folders: Iterable[str], around: Path) -> BaseObserver:
    """Sees what changes in what it is told to watch. One of these `folders` that goes is seen when it comes back.

    `around` is a folder that is always there.
    """
    return PollingObserverVFS(patient(folders, around), os.scandir, polling_interval=POLLING)


def patient(folders: Iterable[str], around: Path) -> Callable[[str], os.stat_result]:
    """Like `os.stat`, but of these folders one that is not there counts as an empty one.

    Who watches a folder by looking at it again and again gives up when it is gone. While a site is built nobody looks.
    """
    names = frozenset(folders)

    def stat(path: str) -> os.stat_result:
        if path in names:
            _idle.wait()
        try:
            return os.stat(path)  # noqa: PTH116, a path would take longer than all the rest, thousands of times a second
        except FileNotFoundError:
            if path not in names:
                raise
            return around.stat()

    return stat


def undisturbed(build: Callable[[], None]) -> Callable[[], None]:
    """A build during which nobody looks at thousands of files: what changes is seen when it has ended."""

    def alone() -> None:
        _idle.clear()
        try:
            build()
        finally:
            _idle.set()

    return alone


def with_files(app: WSGIApplication, mount: str, file: Callable[[str], bytes | None]) -> WSGIApplication:
    """A server that hands out what `file` knows of the site, which begins at `mount`, and asks `app` for all else.

    Pages get what `app` adds to those in its folder, as it does to the page `AROUND`. While that is not there, the site
    is none, and `app` says why.
    """

    def known(name: str) -> bytes | None:
        with suppress(OSError):
            return file(name)
        return None

    def answer(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace")
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or not path.startswith(mount):
            return app(environ, start)
        name = path.removeprefix(mount)
        name += "index.html" if name.endswith("/") or not name else ""
        # First, as it waits while the site is built.
        end = _answered(app, {**environ, "PATH_INFO": mount + AROUND}) if name.endswith(".html") else END
        content = known(name) if end is not None else None
        if content is not None and end is not None:
            content = end.join(content.rsplit(END, 1)) if name.endswith(".html") else content
            kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
            start("200 OK", [("Content-Type", kind), ("Content-Length", str(len(content)))])
            return [content] if environ["REQUEST_METHOD"] == "GET" else []
        if known(f"{name}/index.html"):
            start("302 Found", [("Location", f"{quote(path)}/")])
            return []
        return app(environ, start)

    return answer


def _answered(app: WSGIApplication, environ: WSGIEnvironment) -> bytes | None:
    """What a server answers; None when it has no such file."""
    statuses: list[str] = []

    def start(status: str, headers: object, error: object = None) -> Callable[[bytes], object]:
        statuses.append(status)
        return bytes

    content = b"".join(app(environ, start))
    return content if statuses[-1].startswith("200") else None


def spare() -> None:
    """Leave out what lives now when garbage is looked for: what is remembered from build to build is none."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


class Errors(logging.Handler):
    """What MkDocs logs of an error and then leaves out of its exception, such as each wrong key of mkdocs.yml."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())
