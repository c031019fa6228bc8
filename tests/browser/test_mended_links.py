"""Links to programmes that a mail filter broke, in a real browser: "%23" for the "#" before the code."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import CONTROLLED, Watched, served, until
from playwright.sync_api import Browser, Page, expect
from projects import words

SAY = words()
CODE = "1-096-POT2X8.10D3N17-ZZZ3X30SR60-VR"


@pytest.fixture(scope="module", params=["", "/hips"])
def home(request: pytest.FixtureRequest, showing: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site, on a host of its own and in a folder of one."""
    host = tmp_path_factory.mktemp("host")
    shutil.copytree(showing / "site", host / request.param.strip("/"), dirs_exist_ok=True)
    shutil.copy(showing / "site" / "404.html", host / "404.html")
    # As pages are built for an address: the page of what is missing is shown at any, so its own begin at the root.
    html = (host / "404.html").read_text("utf-8")
    (host / "404.html").write_text(html.replace('="/assets/', f'="{request.param}/assets/'), "utf-8")
    with served(host) as address:
        yield f"{address}{request.param}"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_context(service_workers="block") as context:
        context.set_default_timeout(10_000)
        yield context.new_page()


BROKEN = {
    "by one": f"%23{CODE}",
    "by two": f"%2523{CODE}",
    "by three": f"%252523{CODE}",
    "with a slash behind it": f"%23{CODE}/",
    "in small letters": f"%23{CODE.lower()}",
    "with what a newsletter adds": f"%23{CODE}?from=mail",
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_it_leads_where_it_was_meant_to(page: Page, home: str, broken: str) -> None:
    meant = re.sub(r"^[%\d]*?23(?=1-)|/$|\?.*", "", broken)
    watched = Watched(page, home)
    page.goto(f"{home}/about/")
    page.goto(f"{home}/programme/{broken}")
    expect(page).to_have_url(f"{home}/programme/#{meant}")
    expect(page.locator("h1")).to_have_text("Your plan")
    assert watched.abroad == []
    page.go_back()  # not to the broken one, which would lead on again
    expect(page).to_have_url(f"{home}/about/")


OTHERS = {
    "another page": f"/wobbly-knee/%23{CODE}",
    "no code": "/programme/nowhere",
    "nothing behind it": "/programme/%23",
    "dashes of a word processor": "/programme/%231%E2%80%91096",
    "a place on a page": "/programme/%23what_we_read",
}


@pytest.mark.parametrize("path", OTHERS.values(), ids=OTHERS)
def test_what_else_is_missing_is_missing(page: Page, home: str, path: str) -> None:
    page.goto(home + path)
    expect(page.locator("h1")).to_have_text(SAY["not_found"])
    page.wait_for_timeout(100)
    expect(page).to_have_url(home + path)


def test_nobody_is_led_to_another_host(page: Page, home: str) -> None:
    """By a path that begins like the address of one."""
    host = home.removesuffix("/hips")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{host}//pond.example/programme/%23{CODE}")
    expect(page).to_have_url(f"{host}//pond.example/programme/#{CODE}")
    assert [url for url in asked if not url.startswith(f"{host}/")] == []


def test_without_a_network(browser: Browser, showing: Path) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        with served(showing / "site") as home:
            page.goto(home)
            until(page, CONTROLLED)
        for broken in (BROKEN["by one"], BROKEN["by two"], BROKEN["with a slash behind it"]):
            page.goto(f"{home}/programme/{broken}")
            expect(page).to_have_url(f"{home}/programme/#{CODE}")
            expect(page.locator("h1")).to_have_text("Your plan")
        page.goto(f"{home}/programme/nowhere")
        expect(page.locator("h1")).to_have_text(SAY["unreachable"])


def test_only_the_page_of_what_is_missing_loads_it(built: Path, showing: Path) -> None:
    def loading(project: Path) -> list[str]:
        site = project / "site"
        return [
            path.relative_to(site).as_posix()
            for path in sorted(site.rglob("*.html"))
            if "javascripts/mend." in path.read_text("utf-8")
        ]

    assert loading(showing) == ["404.html"]
    assert loading(built) == []
