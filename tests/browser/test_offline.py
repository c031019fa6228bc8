"""Reading without a network, in a real browser: what is kept, what is renewed, and how it is taken away again."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from browser import CONTROLLED, Watched, served, until
from hipknee.publish import service_worker
from playwright.sync_api import Browser, BrowserContext, Page, expect
from projects import edit, mkdocs, words

SAY = words()
KEPT = """async () => {
    await navigator.serviceWorker.ready;
    const names = await caches.keys();
    const found = {};
    for (const name of names) found[name] = (await (await caches.open(name)).keys()).map((one) => one.url);
    return found;
}"""


def told(site: Path) -> dict[str, Any]:
    """What the worker has to keep."""
    first = (site / service_worker.NAME).read_text("utf-8").split("\n")[0]
    return dict(json.loads(first.removeprefix("const site = ").removesuffix(";")))


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built / "site", tmp_path / "site", ignore=shutil.ignore_patterns("pdf")))


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context(viewport={"width": 360, "height": 740}, device_scale_factor=3) as context:
        context.set_default_timeout(10_000)
        yield context


@contextmanager
def visited(context: BrowserContext, site: Path, path: str = "/") -> Iterator[tuple[Page, str]]:
    """A page of the site after one visit, and where the site is. After the block its web server is gone."""
    page = context.new_page()
    with served(site) as home:
        page.goto(home + path)
        until(page, CONTROLLED)
        yield page, home


def addresses(site: Path) -> list[str]:
    return [f"/{path}" for path in told(site)["pages"]]


def test_all_pages_and_what_they_need(built: Path) -> None:
    site = built / "site"
    kept = told(site)
    pages = {path.relative_to(site).as_posix().removesuffix("index.html") for path in site.rglob("*.html")}
    assert set(kept["pages"]) == pages
    assert all((site / name).is_file() for name in kept["files"])
    html = "".join(path.read_text("utf-8") for path in site.rglob("*.html"))
    asked = set(re.findall(r'(?:href|src)="[./]*(assets/(?:stylesheets|javascripts)/[^"]+)"', html))
    assert asked <= set(kept["files"])
    stems = set(re.findall(r"assets/pictures/([\w-]+?)-\d+-[0-9a-f]{10}\.", html))
    pictures = [name for name in kept["files"] if name.startswith("assets/pictures/")]
    assert {re.sub(r"-\d+-[0-9a-f]{10}\.\w+$", "", Path(name).name) for name in pictures} == stems
    assert len(pictures) == len(stems)
    assert sum((site / name).stat().st_size for name in kept["files"]) < 1_000_000
    assert not [name for name in kept["files"] if "search/" in name]


def test_after_one_visit_all_pages_open(context: BrowserContext, site: Path) -> None:
    with visited(context, site, "/wobbly-knee/") as (page, home):
        (name,) = page.evaluate(KEPT)
        assert name == f"{home}/|{told(site)['version']}"
    for path in addresses(site):
        page.goto(home + path)
        assert page.locator("h1").inner_text()
        assert page.evaluate("[...document.styleSheets].every((one) => one.cssRules.length)")
        for folded in page.locator("details.motion > summary").all():
            folded.click()  # the movement is not kept: its still stands for it
        for picture in page.locator("img").filter(visible=True).all():
            picture.scroll_into_view_if_needed()
            shown = "(one) => one.decode().then(() => one.naturalWidth)"
            assert picture.evaluate(shown) > 100, picture.get_attribute("src")
        expect(page.locator(".version")).to_have_text(told(site)["version"])
    page.locator(".menu-open").click()
    page.locator("#menu").get_by_role("link", name="Creaky lid", exact=True).click()
    expect(page.locator("h1")).to_have_text("Creaky lid")
    page.goto(f"{home}/wobbly-knee?from=paper#red-flags")
    expect(page.locator("h1")).to_have_text("Wobbly knee")
    page.goto(f"{home}/nowhere/")
    expect(page.locator("h1")).to_have_text(SAY["not_found"])


ARE_KEPT = "async (urls) => (await Promise.all(urls.map((url) => caches.match(url)))).every(Boolean)"


def test_a_search_works_after_the_first(context: BrowserContext, site: Path) -> None:
    """A small index is kept whole as soon as somebody searches."""
    with visited(context, site) as (page, home):
        index = [f"{home}/{path.relative_to(site).as_posix()}" for path in site.rglob("search/*.js")]
        assert len(index) > 5
        assert not page.evaluate(ARE_KEPT, index[:1])
        page.locator(".search-open").click()
        page.locator("#query").fill("tea pot tip")
        expect(page.locator("#search li").first).to_contain_text("Teapot tip")
        until(page, ARE_KEPT, index)
    page.goto(f"{home}/about/")
    page.locator(".search-open").click()
    page.locator("#query").fill("shrimp")
    expect(page.locator("#search li").first).to_contain_text("Flamingo doze")


def test_the_index_of_the_search_is_the_newest(context: BrowserContext, site: Path) -> None:
    """Its name stays the same."""
    says_so = "async (url) => (await (await caches.match(url))?.text())?.endsWith('// corrected')"
    with visited(context, site) as (page, home):
        page.locator(".search-open").click()
        until(page, ARE_KEPT, [f"{home}/search/index.js"])
        with (site / "search" / "index.js").open("a", encoding="utf-8") as file:
            file.write("// corrected")
        page.reload()
        page.locator(".search-open").click()
        until(page, says_so, f"{home}/search/index.js")
    page.reload()
    page.locator(".search-open").click()
    page.locator("#query").fill("teapot")
    expect(page.locator("#search li").first).to_contain_text("Teapot tip")


def test_what_is_corrected_is_seen_at_once(context: BrowserContext, site: Path) -> None:
    """The old worker and its copies are there, and still the page is the one that the server has now."""
    with visited(context, site, "/wobbly-knee/") as (page, home):
        warning = site / "wobbly-knee" / "index.html"
        warning.write_text(warning.read_text("utf-8").replace("<h1>", "<h1>Corrected: "), "utf-8")
        page.goto(f"{home}/creaky-lid/")
        page.goto(f"{home}/wobbly-knee/")
        expect(page.locator("h1")).to_contain_text("Corrected: ")
    page.reload()
    expect(page.locator("h1")).to_contain_text("Corrected: ")  # and it is the corrected one that is kept


def test_a_server_that_fails_is_like_none(context: BrowserContext, site: Path) -> None:
    with visited(context, site, "/wobbly-knee/") as (page, home):
        context.route("**/creaky-lid/", lambda route: route.fulfill(status=503, body="out of order"))
        page.goto(f"{home}/creaky-lid/")
        expect(page.locator("h1")).to_have_text("Creaky lid")


def test_a_new_version_takes_the_place_of_the_old(context: BrowserContext, site: Path) -> None:
    with visited(context, site) as (page, home):
        (old,) = page.evaluate(KEPT)
        page.evaluate("(name) => caches.open(name)", f"{home}/shop/|1")  # of another site on the same host
        worker = site / service_worker.NAME
        worker.write_text(worker.read_text("utf-8").replace(told(site)["version"], "01234567", 1), "utf-8")
        page.goto(f"{home}/about/")
        until(page, "(old) => caches.keys().then((names) => !names.includes(old))", old)
        assert set(page.evaluate(KEPT)) == {f"{home}/|01234567", f"{home}/shop/|1"}
    page.goto(f"{home}/glossary/")
    expect(page.locator("h1")).to_have_text("Words for tea")


def test_switched_off_it_is_forgotten(context: BrowserContext, site: Path) -> None:
    with visited(context, site) as (page, home):
        assert page.evaluate(KEPT)
        page.evaluate("(name) => caches.open(name)", f"{home}/shop/|1")
        (site / service_worker.NAME).write_text(service_worker.forgetting(), "utf-8")
        page.goto(f"{home}/about/")
        until(page, "caches.keys().then((names) => names.length === 1)")
        until(page, "navigator.serviceWorker.getRegistrations().then((all) => all.length === 0)")
        assert page.evaluate("caches.keys()") == [f"{home}/shop/|1"]


def test_the_switch(project: Path) -> None:
    edit("mkdocs.yml", "INHERIT:", "extra: {offline: false}\nINHERIT:")(project)
    assert mkdocs(project, "build").returncode == 0
    html = (project / "site" / "index.html").read_text("utf-8")
    assert "data-worker" not in html
    assert re.search(r'<span class="version">[0-9a-f]{8}</span>', html)
    assert (project / "site" / service_worker.NAME).read_text("utf-8") == service_worker.forgetting()
    edit("mkdocs.yml", "offline: false", "offline: perhaps")(project)
    done = mkdocs(project, "build")
    assert done.returncode == 1
    assert "[value-invalid] 'offline' must be true or false." in done.stdout
    assert "Traceback" not in done.stdout


def test_who_has_asked_for_little_data_is_left_alone(context: BrowserContext, site: Path) -> None:
    context.add_init_script("Object.defineProperty(navigator, 'connection', { value: { saveData: true } })")
    with served(site) as home:
        page = context.new_page()
        page.goto(home, wait_until="networkidle")
        assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0


def test_it_waits_until_the_page_is_there(context: BrowserContext, site: Path) -> None:
    with served(site) as home:
        page = context.new_page()
        asked: list[str] = []
        loaded: list[int] = []
        context.on("request", lambda request: asked.append(request.url))
        page.on("load", lambda _: loaded.append(len(asked)))
        page.goto(f"{home}/exercises/teapot-tip/")
        until(page, CONTROLLED)
        first = next(place for place, url in enumerate(asked) if url.endswith(service_worker.NAME))
        assert first >= loaded[0] > 5


def test_an_old_copy_says_so(context: BrowserContext, site: Path) -> None:
    with visited(context, site) as (page, _):
        watched = Watched(page, "")
        note = page.get_by_role("status").filter(has_text=SAY["offline"])
        expect(note).to_be_hidden()
        context.set_offline(True)
        expect(note).to_be_visible()
        context.set_offline(False)
        expect(note).to_be_hidden()
        assert watched.complaints == []


def test_the_version_stands_for_what_the_pages_say(project: Path) -> None:
    site = project / "site"
    first = told(site)["version"]
    assert mkdocs(project, "build").returncode == 0
    assert told(site)["version"] == first
    edit("docs/about.md", "\n---\n", "\n---\nAnother word.\n")(project)
    assert mkdocs(project, "build").returncode == 0
    assert told(site)["version"] != first
    assert f'<span class="version">{told(site)["version"]}</span>' in (site / "index.html").read_text("utf-8")
