"""What the privacy statement on the about page says, in a real browser, over all pages and all that a reader can do."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from browser import CONTROLLED, served, until
from playwright.sync_api import Browser, BrowserContext, Page, expect
from projects import LANGUAGE, words

pytestmark = pytest.mark.acceptance

SAY = words(LANGUAGE)
FAR = "http://elsewhere.example/"


class _Listener(BaseHTTPRequestHandler):
    """A proxy that lets nothing through and writes down who asked for what."""

    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(f"{self.command} {self.path} {self.headers.get('Referer', 'no referrer')}")
        self.send_error(502)

    do_CONNECT = do_POST = do_HEAD = do_OPTIONS = do_GET  # noqa: N815, the names are those of HTTP

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def listening() -> Iterator[tuple[str, list[str]]]:
    """The proxy's address, and what was asked of it: everything that does not go to this machine."""
    asked: list[str] = []
    handler = type("Listener", (_Listener,), {"asked": asked})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()


@pytest.fixture
def abroad(browser: Browser) -> Iterator[tuple[BrowserContext, list[str]]]:
    """A browser whose every request to another machine is written down, its service workers' too."""
    with listening() as (proxy, asked), browser.new_context(proxy={"server": proxy, "bypass": "127.0.0.1"}) as context:
        context.set_default_timeout(10_000)
        yield context, asked


def walk(page: Page, home: str, site: Path) -> None:
    """All pages, and all that can be done on them."""
    for path in sorted(site.rglob("*.html")):
        page.goto(f"{home}/{path.relative_to(site).as_posix().removesuffix('index.html')}")
        for folded in page.locator("details > summary").all():
            if folded.is_visible() and folded.locator("xpath=..").get_attribute("open") is None:
                folded.click()
        for picture in page.locator("img").filter(visible=True).all():
            picture.scroll_into_view_if_needed()
    page.goto(f"{home}/nowhere/")
    page.goto(f"{home}/exercises/")
    page.locator(".colors").click()
    page.locator(".search-open").click()
    page.locator("#query").fill("sore kneecap")
    expect(page.locator("#search li").first).to_be_visible()
    page.locator("#search li a").first.click()
    page.evaluate("window.print = () => { window.printed = true }")
    page.locator(".print-choice > summary").click()
    page.locator(".print-page").click()
    assert page.evaluate("window.printed")
    until(page, CONTROLLED)


@pytest.mark.parametrize("width", [360, 1440])
def test_no_request_to_another_host_and_no_cookie(
    abroad: tuple[BrowserContext, list[str]], real: Path, width: int
) -> None:
    context, asked = abroad
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 800})
    requests: list[str] = []
    context.on("request", lambda request: requests.append(request.url))
    with served(real / "site") as home:
        walk(page, home, real / "site")
        page.wait_for_timeout(300)
        assert asked == []
        assert len(requests) > 100
        assert [url for url in requests if not url.startswith((home, "data:"))] == []
        assert context.cookies() == []
        # What stays on the device is what the statement names: the colours, and the copies of the pages.
        assert page.evaluate("Object.keys(localStorage)") == ["colors"]
        assert page.evaluate("sessionStorage.length") == 0
        assert page.evaluate("indexedDB.databases().then((all) => all.length)") == 0
        names = page.evaluate("caches.keys()")
        assert len(names) == 1
        assert names[0].startswith(f"{home}/|")
        statement = page.goto(f"{home}/about/") and page.locator("main").inner_text()
        assert "We set no cookies." in str(statement)
        assert "Pages load nothing from other sites." in str(statement)


def test_a_link_to_another_site_does_not_tell_where_from(abroad: tuple[BrowserContext, list[str]], real: Path) -> None:
    """And the test would see a request to another host."""
    context, asked = abroad
    page = context.new_page()
    with served(real / "site") as home:
        page.goto(f"{home}/knee-pain/")
        page.evaluate("(far) => { document.querySelector('main a').href = far }", FAR)
        page.locator("main a").first.click()
        page.wait_for_timeout(300)
    assert asked[0] == f"GET {FAR} no referrer"
