"""A correction always arrives: whatever the device, the network or the host does, who is online reads what is published
now, and who reads a copy is told so. In a real browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler as Request
from pathlib import Path

import pytest
from browser import CONTROLLED, Host, answer, served, until
from hipknee.publish import service_worker
from playwright.sync_api import Browser, BrowserContext, Page, expect
from projects import words

SAY = words()
WARNING = "wobbly-knee/"
IS_READY = "navigator.serviceWorker.ready.then(() => true)"


@dataclass
class Play:
    """A site, its host, and somebody who reads it."""

    site: Path
    host: Host
    home: str
    page: Page
    version: str = "a"
    seconds: int = 1_790_000_000

    def go(self, path: str = WARNING) -> None:
        """Follow a link."""
        self.page.goto(f"{self.home}/{path}")

    def visit(self, path: str = "") -> None:
        """Read a page, and wait until the worker is there."""
        self.go(path)
        until(self.page, CONTROLLED)

    def publish(self, version: str) -> None:
        """Correct the warning."""
        page = self.site / WARNING / "index.html"
        old, self.version = self.version, version
        text = page.read_text("utf-8").replace(f"<h1>{old}: ", "<h1>").replace("<h1>", f"<h1>{version}: ")
        page.write_text(text, "utf-8")
        self.seconds += 1
        os.utime(page, (self.seconds, self.seconds))  # a server tells only whole seconds apart
        worker = self.site / service_worker.NAME
        head, rest = worker.read_text("utf-8").split('"version": "', 1)
        worker.write_text(f'{head}"version": "{version * 8}{rest[8:]}', "utf-8")

    def patch(self, code: str) -> None:
        """Let the worker live on a device where something is missing."""
        worker = self.site / service_worker.NAME
        worker.write_text(code + worker.read_text("utf-8"), "utf-8")

    def remove(self, path: str) -> None:
        """Take a page away."""
        shutil.rmtree(self.site / path)

    def fill_device(self, free: int = 1) -> None:
        """Leave so many bytes free."""
        session = self.page.context.new_cdp_session(self.page)
        session.send("Storage.overrideQuotaForOrigin", {"origin": self.home, "quotaSize": free})

    def forget_copies(self) -> None:
        self.page.evaluate("caches.keys().then((all) => Promise.all(all.map((name) => caches.delete(name))))")

    def kept(self) -> set[str]:
        """What is on the device, as paths from the site's root."""
        urls = self.page.evaluate(
            """async () => {
                const found = [];
                for (const name of await caches.keys())
                    found.push(...(await (await caches.open(name)).keys()).map((one) => one.url));
                return found;
            }"""
        )
        return {url.removeprefix(f"{self.home}/") for url in urls}

    def stores(self) -> list[str]:
        names = [name.rpartition("|")[2] for name in self.page.evaluate("caches.keys()")]
        return [name for name in names if name != "visited"]

    def until_kept(self, version: str) -> None:
        """Wait until the device has this version, and no other."""
        names = "caches.keys().then((all) => `${all.filter((one) => !one.endsWith('|visited'))}`)"
        until(self.page, f"(name) => {names}.then((kept) => kept === name)", f"{self.home}/|{version * 8}")

    def reads(self, version: str, copy: bool = False) -> None:
        """The warning is that of a version, and says whether it is a copy."""
        expect(self.page.locator("h1")).to_contain_text(f"{version}: ")
        note = self.page.get_by_role("status").filter(has_text=SAY["offline"])
        (expect(note).to_be_visible if copy else expect(note).to_be_hidden)()

    def fail(self, status: int = 503) -> None:
        self.host.answers = lambda request: answer(request, status, "<h1>Out of order</h1>")

    def recover(self) -> None:
        self.host.answers = lambda request: False


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context() as context:
        context.set_default_timeout(10_000)
        yield context


@pytest.fixture(params=["small", "large"])
def play(request: pytest.FixtureRequest, context: BrowserContext, built: Path, tmp_path: Path) -> Iterator[Play]:
    """Of a large site only the pages of the menu are kept, and those that were visited."""
    site = Path(shutil.copytree(built / "site", tmp_path / "site", ignore=shutil.ignore_patterns("pdf")))
    if request.param == "large":
        menu = {"index.html", "about/index.html", f"{WARNING}index.html"}
        worker = service_worker.worker(site, "0" * 8, (), menu, small=1)
        (site / service_worker.NAME).write_text(worker, "utf-8")
    host = Host()
    with served(site, host) as home:
        play = Play(site, host, home, context.new_page())
        play.publish("a")
        yield play


# Hosts


def like_cloudflare(request: Request) -> bool:
    """It leads from a file to its plain name, and from a folder's page to the folder."""
    path = request.path.split("?")[0]
    if path.endswith("/index.html"):
        return answer(request, 308, Location=path.removesuffix("index.html"))
    if path.endswith(".html"):
        return answer(request, 308, Location=path.removesuffix(".html"))
    if path in ("/404", "/503"):
        request.path = f"{path}.html"
    return False


def like_a_hotel(request: Request) -> bool:
    """Who has not paid is led to its own page, also for files."""
    return "paid" not in request.path and answer(request, 302, Location="/paid/login")


def failing(*endings: str) -> Callable[[Request], bool]:
    return lambda request: request.path.endswith(endings) and answer(request, 500)


# Scenarios


def corrected(play: Play) -> None:
    play.visit()
    play.publish("b")
    play.go()
    play.reads("b")


def device_is_full(play: Play) -> None:
    play.visit(WARNING)
    play.fill_device()
    play.publish("b")
    play.go()
    play.reads("b")
    play.page.reload()
    play.reads("b")
    until(play.page, IS_READY)
    play.publish("c")  # by a worker that has kept nothing
    play.go("about/")
    play.go()
    play.reads("c")


def device_is_full_and_empty(play: Play) -> None:
    play.visit(WARNING)
    play.forget_copies()
    play.fill_device()
    play.go()
    play.reads("a")
    play.go("about/")
    expect(play.page.locator("h1")).to_be_visible()
    assert play.kept() == set()


def device_was_full(play: Play) -> None:
    """What could not be kept is kept at the next visit."""
    play.visit(WARNING)
    play.fill_device()
    play.publish("b")
    play.go("about/")
    play.go()
    play.reads("b")
    play.fill_device(10**9)
    play.publish("c")
    play.go("about/")
    play.until_kept("c")
    until(play.page, "caches.match('../wobbly-knee/').then(Boolean)")
    play.fail()
    play.go()
    play.reads("c", copy=True)


def full_from_the_first(play: Play) -> None:
    play.go()
    play.fill_device()
    play.go()
    play.reads("a")
    play.publish("b")
    play.go()
    play.reads("b")


def everything_varies(play: Play) -> None:
    play.host.headers = {"Vary": "*"}
    play.visit(WARNING)
    until(play.page, "caches.match(location.href).then(Boolean)")
    play.publish("b")
    play.go()
    play.reads("b")
    play.fail()
    play.go()
    play.reads("b", copy=True)


def storage_is_forbidden(play: Play) -> None:
    play.patch("for (const call of ['open', 'match', 'keys', 'delete']) caches[call] = async () => { throw 1; };\n")
    play.visit(WARNING)
    play.reads("a")
    play.publish("b")
    play.go()
    play.reads("b")
    play.go("about/")
    assert play.kept() == set()


def storage_ends_in_between(play: Play) -> None:
    """Nothing can be written any more, whatever is read."""
    play.patch("Cache.prototype.put = async () => { throw new DOMException('no', 'UnknownError'); };\n")
    play.visit(WARNING)
    play.publish("b")
    play.go()
    play.reads("b")


def host_redirects_files(play: Play) -> None:
    play.host.answers = like_cloudflare
    play.visit()
    play.until_kept("a")
    until(play.page, "caches.match('503.html').then(Boolean)")
    play.publish("b")
    play.go("about/")
    play.until_kept("b")
    until(play.page, "caches.match('../wobbly-knee/').then(Boolean)")
    play.fail()
    play.go()
    play.reads("b", copy=True)
    play.go("nowhere/")
    expect(play.page.locator("h1")).to_have_text(SAY["unreachable"])


def network_of_a_hotel(play: Play) -> None:
    """What it shows instead of a page is never kept as that page."""
    play.visit(WARNING)
    play.until_kept("a")
    play.host.answers = like_a_hotel
    play.go()  # the browser is led to it
    play.recover()
    play.publish("b")
    play.go()
    play.reads("b")
    play.fail()
    play.go()
    assert "paid" not in play.page.content()


def hotel_before_the_first_visit(play: Play) -> None:
    play.go()
    play.host.answers = like_a_hotel
    play.page.wait_for_timeout(300)
    play.recover()
    play.visit(WARNING)
    play.reads("a")
    play.fail()
    play.go("about/")
    assert "login" not in play.page.content()


def server_fails(play: Play) -> None:
    play.visit(WARNING)
    for status in (500, 502, 503, 504):
        play.fail(status)
        play.go()
        play.reads("a", copy=True)
    play.recover()
    play.go()
    play.reads("a")


def server_fails_for_what_nobody_has(play: Play) -> None:
    play.visit()
    play.forget_copies()
    play.fail()
    play.go()
    expect(play.page.locator("h1")).to_have_text("Out of order")


def without_network(play: Play) -> None:
    play.visit(WARNING)
    play.page.context.set_offline(True)
    play.go()
    play.reads("a", copy=True)
    play.page.context.set_offline(False)
    play.reads("a", copy=True)  # it still is one
    play.go()
    play.reads("a")


def a_page_is_removed(play: Play) -> None:
    play.visit("creaky-lid/")
    play.until_kept("a")
    until(play.page, "caches.match(location.href).then(Boolean)")
    play.remove("creaky-lid")
    play.go("creaky-lid/")
    expect(play.page.locator("h1")).to_have_text(SAY["not_found"])
    until(play.page, "caches.match(location.href).then((one) => !one)")
    play.fail()
    play.go("creaky-lid/")
    expect(play.page.locator("h1")).to_have_text(SAY["unreachable"])


def a_page_is_gone(play: Play) -> None:
    play.visit("creaky-lid/")
    play.host.answers = lambda request: request.path.endswith("creaky-lid/") and answer(request, 410, "<h1>Gone</h1>")
    play.go("creaky-lid/")
    expect(play.page.locator("h1")).to_have_text("Gone")
    until(play.page, "caches.match(location.href).then((one) => !one)")


def half_an_install(play: Play) -> None:
    """Some files fail at the first visit; the next one gets them."""
    play.host.answers = failing("about/", ".woff2", "site.css")
    play.visit()
    assert "about/" not in play.kept()
    assert WARNING in play.kept()
    play.recover()
    play.page.wait_for_timeout(100)
    session = play.page.context.new_cdp_session(play.page)
    session.send("ServiceWorker.enable")
    session.send("ServiceWorker.stopAllWorkers")  # as browsers do after some seconds
    play.go("glossary/")
    until(play.page, "caches.match('../about/').then(Boolean)")


def an_install_that_is_killed(play: Play) -> None:
    """What it has left is taken up by the next one."""
    play.host.answers = failing(service_worker.NAME)
    play.go()
    put = "(name) => caches.open(name).then((one) => one.put('x', new Response('x')))"
    for version in ("a" * 8, "dead"):
        play.page.evaluate(put, f"{play.home}/|{version}")
    play.recover()
    play.visit()
    play.until_kept("a")
    until(play.page, "caches.match('wobbly-knee/').then(Boolean)")
    assert "x" not in play.kept()


def versions_one_after_the_other(play: Play) -> None:
    play.visit()
    for version in "bcd":
        play.publish(version)
        play.go()
        play.reads(version)
        play.go("about/")
        play.until_kept(version)
    assert play.stores() == ["d" * 8]


def back_to_an_earlier_version(play: Play) -> None:
    play.visit()
    for version in ("b", "a"):
        play.publish(version)
        play.go()
        play.reads(version)
        play.until_kept(version)
    play.fail()
    play.go()
    play.reads("a", copy=True)


def the_worker_is_switched_off(play: Play) -> None:
    play.visit()
    play.page.evaluate("(name) => caches.open(name)", f"{play.home}/|visited")
    (play.site / service_worker.NAME).write_text(service_worker.forgetting(), "utf-8")
    play.go()
    until(play.page, "caches.keys().then((all) => all.length === 0)")
    until(play.page, "navigator.serviceWorker.getRegistrations().then((all) => all.length === 0)")
    play.go()
    play.reads("a")


def switched_off_where_storage_is_forbidden(play: Play) -> None:
    play.visit()
    worker = "caches.keys = async () => { throw 1; };\n" + service_worker.forgetting()
    (play.site / service_worker.NAME).write_text(worker, "utf-8")
    play.go()
    until(play.page, "navigator.serviceWorker.getRegistrations().then((all) => all.length === 0)")


def a_style_sheet_that_fails(play: Play) -> None:
    """That of the last version stands for it."""
    play.visit()
    play.until_kept("a")
    old = next((play.site / "assets" / "stylesheets").glob("site.*.css"))
    new = f"{play.home}/assets/stylesheets/site.0123456789.css"
    play.fail()
    assert play.page.evaluate("(url) => fetch(url).then((one) => one.text())", new) == old.read_text("utf-8")


def two_tabs(play: Play) -> None:
    """The one with the old version gets the new one as soon as it asks."""
    play.visit(WARNING)
    other = play.page.context.new_page()
    play.publish("b")
    other.goto(f"{play.home}/{WARNING}")
    play.page.reload()
    play.reads("b")


SCENARIOS = (
    corrected,
    device_is_full,
    device_is_full_and_empty,
    device_was_full,
    full_from_the_first,
    everything_varies,
    storage_is_forbidden,
    storage_ends_in_between,
    host_redirects_files,
    network_of_a_hotel,
    hotel_before_the_first_visit,
    server_fails,
    server_fails_for_what_nobody_has,
    without_network,
    a_page_is_removed,
    a_page_is_gone,
    half_an_install,
    an_install_that_is_killed,
    versions_one_after_the_other,
    back_to_an_earlier_version,
    the_worker_is_switched_off,
    switched_off_where_storage_is_forbidden,
    a_style_sheet_that_fails,
    two_tabs,
)


# Chromium lets a new worker wait now and then, nobody knows for what: pages come from the network meanwhile.
@pytest.mark.flaky(reruns=9)
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.__name__)
def test_a_correction_arrives(scenario: Callable[[Play], None], play: Play) -> None:
    scenario(play)
