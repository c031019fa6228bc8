"""A real browser, and a web server for it that has nothing to do with MkDocs."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from projects import ROOT

# Nothing that the browser asks for on its own account; and in a container there is no sandbox.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-features=AutofillServerCommunication",
]


@contextmanager
def launched() -> Iterator[Browser]:
    """The browser that scripts/find_browser.py finds. Where there is none the tests are skipped, but never in CI."""
    call = [sys.executable, str(ROOT / "scripts" / "find_browser.py")]
    found = subprocess.run(call, capture_output=True, text=True, check=False)
    if found.returncode:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)("There is no browser: set CHROME.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found.stdout.strip(), args=ARGUMENTS)
        yield browser
        browser.close()


class _Handler(SimpleHTTPRequestHandler):
    """Like a web host for static sites: quiet, and with the site's own error page."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # or what comes after the headers would wait 40 ms for their arrival

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        body = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(code, message)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        if not self.server.host.answers(self):  # type: ignore[attr-defined]
            super().do_GET()

    def end_headers(self) -> None:
        for name, value in self.server.host.headers.items():  # type: ignore[attr-defined]
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


class Host:
    """What is odd about a web host; it may change while it serves."""

    def __init__(self) -> None:
        self.headers: dict[str, str] = {}
        """What it sends with each answer."""
        self.answers: Callable[[SimpleHTTPRequestHandler], bool] = lambda request: False
        """What it does with a request instead of looking for a file; False when nothing."""


def answer(request: SimpleHTTPRequestHandler, status: int, body: str = "", **headers: str) -> bool:
    """Answer a request by something else than a file."""
    request.send_response(status)
    for name, value in {"content_type": "text/html; charset=utf-8", **headers}.items():
        request.send_header(name.replace("_", "-"), value)
    request.send_header("Content-Length", str(len(body.encode())))
    request.end_headers()
    request.wfile.write(body.encode())
    return True


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    host: Host

    def get_request(self) -> tuple[socket.socket, object]:
        connection, address = super().get_request()
        self.connections = [*getattr(self, "connections", ()), connection]
        return connection, address

    def hang_up(self) -> None:
        """End also what a browser has kept open to ask for more."""
        for connection in getattr(self, "connections", ()):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser hangs up whenever it likes."""


@contextmanager
def served(folder: Path, host: Host | None = None) -> Iterator[str]:
    """A web server for a folder, like that of a `host`. Gives its address."""
    with _Server(("127.0.0.1", 0), partial(_Handler, directory=folder)) as server:
        server.host = host or Host()
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            server.hang_up()
            thread.join()


CONTROLLED = "navigator.serviceWorker.controller !== null"


def until(page: Page, expression: str, arg: object = None) -> None:
    """Wait until it is true. Playwright's own way needs `eval`, which the policy refuses."""
    end = time.monotonic() + 10
    while not page.evaluate(expression, arg):
        assert time.monotonic() < end, expression
        page.wait_for_timeout(50)


HASTE = "const later = setTimeout; window.setTimeout = (what, when) => later(what, Math.min(when, 5))"
"""Many searches in a row need not wait until somebody has typed on."""


def look_for(page: Page, query: str) -> list[str]:
    """Type it, and the addresses of what is found, from the site's root."""
    status = page.locator("#search [role=status]")
    page.locator("#query").fill("")
    expect(status).to_have_text("")
    page.locator("#query").fill(query)
    expect(status).not_to_have_text("")
    root = page.evaluate("new URL(document.documentElement.dataset.base + '/', location).href")
    links = page.locator("#search ol a").evaluate_all("all => all.map((one) => one.href)")
    return [link.removeprefix(root) for link in links]


class Watched:
    """What a page asked for and complained about."""

    def __init__(self, page: Page, home: str) -> None:
        self.abroad: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda r: None if r.url.startswith((home, "data:", "blob:")) else self.abroad.append(r.url))
        page.on("response", lambda r: self.complaints.append(f"{r.status} {r.url}") if r.status >= 400 else None)
        # A picture that is no longer the right one for the window is given up.
        page.on("requestfailed", lambda r: None if r.failure == "net::ERR_ABORTED" else self.complaints.append(r.url))
        page.on("console", lambda m: self.complaints.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
