"""Reading without a network, in a real browser: what is kept, what is renewed, and how it is taken away again."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from browser import CONTROLLED, Watched, served, until
from hipknee.pictures import renditions
from hipknee.pictures.originals import Picture
from hipknee.places import WORKERS
from hipknee.publish import service_worker
from playwright.sync_api import Browser, BrowserContext, Page, expect
from projects import edit, mkdocs, tree, words

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
        expect(page.locator(".version")).to_have_text(re.compile("^[0-9a-f]{8}$"))
    page.locator(".menu-open").click()
    page.locator("#menu").get_by_role("link", name="Creaky lid", exact=True).click()
    expect(page.locator("h1")).to_have_text("Creaky lid")
    page.goto(f"{home}/wobbly-knee?from=paper#red-flags")
    expect(page.locator("h1")).to_have_text("Wobbly knee")
    page.goto(f"{home}/nowhere/")
    expect(page.locator("h1")).to_have_text(SAY["unreachable"])


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
    text = "async (url) => (await fetch(url)).text()"
    with visited(context, site) as (page, home):
        url = f"{home}/search/index.js"
        old = page.evaluate(text, url)
        assert page.evaluate(text, url) == old
        with (site / "search" / "index.js").open("a", encoding="utf-8") as file:
            file.write("// corrected")
        assert page.evaluate(text, f"{url}?1") == f"{old}// corrected"
    assert page.evaluate(text, url) == f"{old}// corrected"
    assert page.evaluate(text, f"{url}?2") == f"{old}// corrected"


def test_no_part_of_the_index_stands_for_another(context: BrowserContext, site: Path) -> None:
    """As other files do under the same name: one of yesterday would lead elsewhere."""
    answers = "(url) => fetch(url).then((response) => response.text(), () => null)"
    put = "async ([name, url]) => (await caches.open(name)).put(url, new Response('old'))"
    with visited(context, site) as (page, home):
        (name,) = page.evaluate(KEPT)
        folders = [f"{home}/assets/javascripts/{folder}words-0." for folder in ("", "search/")]
        for folder in folders:
            page.evaluate(put, [name, f"{folder}0123456789.js"])
    assert [page.evaluate(answers, f"{folder}9876543210.js") for folder in folders] == ["old", None]


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


IS_SETTLED = """navigator.serviceWorker.getRegistration().then((one) =>
    !one.installing && !one.waiting && one.active.state === "activated")"""
"""The newest version is at work."""


def test_a_sheet_that_was_asked_for_is_kept(context: BrowserContext, site: Path) -> None:
    """The newest of it, whatever comes of the site; no booklet, which is too large to be kept unasked."""
    text = "(url) => fetch(url).then((response) => response.text(), () => null)"
    ask = "(url) => navigator.serviceWorker.ready.then(({ active }) => active.postMessage(url))"
    (site / "pdf").mkdir()
    with visited(context, site, TEAPOT) as (page, home):
        page.locator(".print-choice > summary").click()
        one_page, on_a4, large = (f"{home}/pdf/teapot-tip{name}.pdf" for name in ("-letter", "-a4", "-large-letter"))
        offered = page.locator(".print-choice a").evaluate_all("(links) => links.map((link) => link.href)")
        assert offered[:3] == [one_page, on_a4, large]
        booklet = f"{home}/pdf/booklet-letter.pdf"
        for url in (*offered, booklet):
            (site / url.removeprefix(f"{home}/")).write_text(f"%PDF {url}", "utf-8")
        (site / "pdf" / "booklet-letter.pdf").write_text("%PDF" + " " * service_worker.SHEET, "utf-8")
        for url in (one_page, booklet):
            assert page.evaluate(text, url).startswith("%PDF")
        until(page, ARE_KEPT, [one_page])
        corrected = site / "pdf" / "teapot-tip-letter.pdf"
        later = corrected.stat().st_mtime + 2  # a server tells only whole seconds apart
        corrected.write_text("%PDF corrected", "utf-8")
        os.utime(corrected, (later, later))
        assert page.evaluate(text, one_page) == "%PDF corrected"
        page.evaluate(ask, large)  # as a page says at the first visit, which the worker does not see
        until(page, ARE_KEPT, [large])
        worker = site / service_worker.NAME
        worker.write_text(worker.read_text("utf-8").replace(told(site)["version"], "01234567", 1), "utf-8")
        page.goto(f"{home}/about/")
        until(page, "caches.keys().then((names) => names.some((name) => name.endsWith('01234567')))")
        page.close()  # so that the version before has nothing to finish
        page = context.new_page()
        page.goto(home)
        until(page, IS_SETTLED)
    assert page.evaluate(text, one_page) == "%PDF corrected"
    assert page.evaluate(text, f"{one_page}#page=1") == "%PDF corrected"
    assert page.evaluate(text, large) == f"%PDF {large}"
    assert [page.evaluate(text, url) for url in (on_a4, booklet)] == [None, None]


def test_only_so_many_sheets_are_kept(context: BrowserContext, site: Path) -> None:
    """Those that were asked for last."""
    count = service_worker.SHEETS + 2
    (site / "pdf").mkdir()
    for number in range(count):
        (site / "pdf" / f"{number}.pdf").write_text("%PDF", "utf-8")
    with visited(context, site) as (page, home):
        urls = [f"{home}/pdf/{number}.pdf" for number in range(count)]
        for url in urls:
            page.evaluate("(url) => fetch(url).then((response) => response.blob())", url)
            until(page, ARE_KEPT, [url])
        until(page, "(url) => caches.match(url).then((found) => !found)", urls[1])
        assert page.evaluate(ARE_KEPT, urls[2:])


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


def versions(site: Path) -> dict[str, str]:
    """What each page shows as its version, and the worker as that of the site."""
    shown = {
        name: match[1]
        for name, content in tree(site).items()
        if name.endswith(".html") and (match := re.search(r'class="version">(\w*)<', content.decode()))
    }
    return shown | {"": told(site)["version"]}


def test_a_version_stands_for_what_a_page_says(project: Path) -> None:
    site = project / "site"
    first = versions(site)
    assert all(re.fullmatch("[0-9a-f]{8}", version) for version in first.values())
    assert mkdocs(project, "build").returncode == 0
    assert versions(site) == first
    edit("docs/about.md", "\n---\n", "\n---\nAnother word.\n")(project)
    assert mkdocs(project, "build").returncode == 0
    assert {name for name, version in versions(site).items() if version != first[name]} == {"", "about/index.html"}


# A large site: what is in the menu, and what was visited

MENU = ("index.html", "wobbly-knee/index.html", "exercises/index.html", "about/index.html")
TEAPOT, STARFISH, DOZE = (f"/exercises/{slug}/" for slug in ("teapot-tip", "starfish-twinkle", "flamingo-doze"))
STORED = (
    "(name) => caches.open(name).then((one) => one.keys()).then((all) => all.map((one) => new URL(one.url).pathname))"
)


IN_ALL = f"() => caches.keys().then((names) => Promise.all(names.map({STORED}))).then((all) => all.flat())"


def write_worker(site: Path, value: str = "89abcdef", visited: int = service_worker.VISITED) -> None:
    """The worker of a large site."""
    with patch.object(service_worker, "VISITED", visited):
        text = service_worker.worker(site, value, (), MENU, small=0)
    (site / service_worker.NAME).write_text(text, "utf-8")


@pytest.fixture
def large(site: Path) -> Path:
    write_worker(site)
    return site


def visited_pages(page: Page, home: str) -> list[str]:
    """The pages that are kept because they were visited, the last one last."""
    return [path for path in page.evaluate(STORED, f"{home}/|visited") if path.endswith("/")]


def reach(page: Page, home: str, path: str) -> None:
    """Visit a page, and wait until it is kept."""
    page.goto(home + path)
    until(
        page,
        f"(name) => ({STORED})(name).then((all) => all.filter((one) => one.endsWith('/')).at(-1) === '{path}')",
        f"{home}/|visited",
    )


def test_of_a_large_site_the_menu_is_kept(site: Path) -> None:
    small = told(site)
    write_worker(site)
    kept = told(site)
    assert kept["pages"] == ["404.html", "503.html", "about/", "exercises/", "", "wobbly-knee/"]
    assert {*kept["files"]} == {name for name in small["files"] if not name.startswith("assets/pictures/")}
    assert (small["visited"], kept["visited"]) == (0, 200)
    assert len((site / service_worker.NAME).read_bytes()) < 14_000


def test_a_page_that_was_visited_opens_with_its_pictures(context: BrowserContext, built: Path, large: Path) -> None:
    """Also the first one, which the worker has not seen; and of each picture one size is enough."""
    with visited(context, large, TEAPOT) as (page, home):
        reach(page, home, TEAPOT)
        menu = [path for path in page.evaluate(STORED, f"{home}/|89abcdef") if path.endswith(("/", ".html"))]
        assert sorted(menu) == ["/", "/404.html", "/503.html", "/about/", "/exercises/", "/wobbly-knee/"]
        pictures = [path for path in page.evaluate(STORED, f"{home}/|89abcdef") if stem(path)]
        html = "".join((large / name).read_text("utf-8") for name in MENU)
        assert {path[1:] for path in pictures} == {
            name for name in told(built / "site")["files"] if stem(name) and stem(name) in html
        }
        html = (large / TEAPOT[1:] / "index.html").read_text("utf-8")
        needed = {*map(stem, re.findall(r"assets/pictures/[^ \"]+", html))} - {""}
        assert len(needed) == 5
        has_all = f"({IN_ALL})().then((has) => all.every((one) => has.some((path) => path.includes(`/${{one}}-`))))"
        until(page, f"(all) => {has_all}", sorted(needed))
    page.goto(home + TEAPOT)
    assert page.locator("h1").inner_text() == "Teapot tip"
    page.locator("details.motion > summary").click()
    for picture in page.locator("img").filter(visible=True).all():
        picture.scroll_into_view_if_needed()
        assert picture.evaluate("(one) => one.decode().then(() => one.naturalWidth)") > 100, picture.get_attribute(
            "src"
        )
    page.goto(home + STARFISH)
    expect(page.locator("h1")).to_have_text(SAY["unreachable"])
    page.goto(f"{home}/wobbly-knee/")
    expect(page.locator("h1")).to_have_text("Wobbly knee")


def stem(name: str) -> str:
    """How the names of a picture in all sizes begin; "" of what is no picture."""
    return re.sub(r"-\d+-[0-9a-f]{10}\.\w+$", "", Path(name).name) if re.search(r"-\d+-[0-9a-f]{10}\.", name) else ""


@pytest.mark.parametrize(("width", "animated"), [(1600, False), (900, False), (800, False), (500, False), (900, True)])
def test_the_worker_finds_the_size_to_keep(width: int, animated: bool, context: BrowserContext) -> None:
    """In the page itself: it is the one that the pictures' own module names."""
    picture = Picture(Path("a.png"), width, width // 2, animated, "0123", bytes(64 * 48))
    plan = renditions.plan(picture, "owl-start")
    html = renditions.picture_html(
        plan, alt='An "owl" > 1', sizes="94vw", url=lambda name: f"../assets/{name}", css="logo"
    )
    worker = (WORKERS / "keep.js").read_text("utf-8")
    scope = "{ registration: { scope: 'https://pond.example/' } }"
    stubs = f"const self = {scope}, site = {{ pages: [] }}, addEventListener = () => {{}};"
    page = context.new_page()
    found = page.evaluate(
        f"(html) => {{ {stubs} {worker}\n return pictures(html, 'https://pond.example/owl/'); }}", html
    )
    assert found == [f"https://pond.example/assets/{plan.saved.name}"]


def test_what_was_visited_long_ago_is_forgotten(context: BrowserContext, site: Path) -> None:
    write_worker(site, visited=2)
    with visited(context, site) as (page, home):
        for path in (TEAPOT, STARFISH, TEAPOT, DOZE):
            reach(page, home, path)
        until(page, f"(name) => ({STORED})(name).then((all) => all.length <= 12)", f"{home}/|visited")
        assert visited_pages(page, home) == [TEAPOT, DOZE]


def test_what_was_visited_outlives_a_new_version_and_is_corrected(context: BrowserContext, large: Path) -> None:
    with visited(context, large) as (page, home):
        for path in (TEAPOT, STARFISH, DOZE):
            reach(page, home, path)
        teapot = large / TEAPOT[1:] / "index.html"
        teapot.write_text(teapot.read_text("utf-8").replace("<h1>", "<h1>Corrected: "), "utf-8")
        shutil.rmtree(large / STARFISH[1:])
        write_worker(large, value="01234567")
        page.goto(f"{home}/about/")
        until(page, "(old) => caches.has(old).then((is) => !is)", f"{home}/|89abcdef")
        assert visited_pages(page, home) == [TEAPOT, DOZE]
    page.goto(home + TEAPOT)
    expect(page.locator("h1")).to_contain_text("Corrected: ")
    page.goto(home + DOZE)
    expect(page.locator("h1")).to_have_text("Flamingo doze")
    page.goto(home + STARFISH)
    expect(page.locator("h1")).to_have_text(SAY["unreachable"])


def test_a_copy_of_an_earlier_version_has_its_looks(context: BrowserContext, large: Path) -> None:
    """Its style sheets were forgotten with that version; those of today stand for them."""
    with visited(context, large) as (page, home):
        reach(page, home, TEAPOT)
        for sheet in [*large.glob("assets/stylesheets/site.*.css")]:
            renamed = sheet.with_name("site.0123456789.css")
            sheet.rename(renamed)
            for path in large.rglob("*.html"):
                if TEAPOT.strip("/") not in path.as_posix():
                    path.write_text(path.read_text("utf-8").replace(sheet.name, renamed.name), "utf-8")
        write_worker(large, value="01234567")
        page.goto(f"{home}/about/")
        until(page, "(old) => caches.has(old).then((is) => !is)", f"{home}/|89abcdef")
    page.goto(home + TEAPOT)
    assert page.evaluate("[...document.styleSheets].every((one) => one.cssRules.length)")


def test_all_of_it_is_forgotten(context: BrowserContext, large: Path) -> None:
    with visited(context, large, TEAPOT) as (page, home):
        reach(page, home, TEAPOT)
        (large / service_worker.NAME).write_text(service_worker.forgetting(), "utf-8")
        page.goto(f"{home}/about/")
        until(page, "caches.keys().then((names) => names.length === 0)")


def test_a_site_that_has_become_small_keeps_no_other_store(context: BrowserContext, site: Path) -> None:
    small = (site / service_worker.NAME).read_text("utf-8")
    write_worker(site)
    with visited(context, site, TEAPOT) as (page, home):
        reach(page, home, TEAPOT)
        (site / service_worker.NAME).write_text(small, "utf-8")
        page.goto(f"{home}/about/")
        until(page, "caches.keys().then((names) => names.length === 1)")
        assert "visited" not in page.evaluate("caches.keys()")[0]
