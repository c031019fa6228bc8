"""What a first visit costs, in a real browser, through a real nginx with Brotli."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import web_server
from hipknee.publish import service_worker
from playwright.sync_api import Browser
from projects import ROOT

pytestmark = pytest.mark.acceptance

PHONE: dict[str, Any] = {"viewport": {"width": 412, "height": 823}, "device_scale_factor": 1.75}
"""The phone that Lighthouse measures with."""
EXERCISES = sorted(path.stem for path in ROOT.glob("docs/exercises/*.md") if path.stem != "index")
SHIFTS = """() => new Promise((done) => {
    let sum = 0;
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) sum += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
    setTimeout(() => done(sum), 300);
})"""


class Visit(NamedTuple):
    """Bytes that came over the network, by the address below the site's root, and how far things jumped."""

    bytes: dict[str, int]
    shift: float
    stills: int
    """Pictures of how it is done."""


@pytest.fixture(scope="module")
def address(at_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("nginx")
    site = Path(shutil.copytree(at_root / "site", folder / "site"))
    with web_server.running((at_root / "hosting" / "nginx.conf").read_text("utf-8"), site, folder) as address:
        yield f"http://{address}/"


def visit(browser: Browser, home: str, path: str) -> Visit:
    """Open a page for the first time. The service worker starts when the page is complete; it is not part of it."""
    with browser.new_context(**PHONE, service_workers="block") as context:
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        asked: dict[str, str] = {}
        cost: dict[str, int] = {}
        session.on("Network.responseReceived", lambda e: asked.update({e["requestId"]: e["response"]["url"]}))
        session.on(
            "Network.loadingFinished",
            lambda e: cost.update({asked.get(e["requestId"], "?").removeprefix(home): e["encodedDataLength"]}),
        )
        page.goto(home + path, wait_until="networkidle")
        pictures = page.locator(":is(.pictures, .views) figure:not(.detail) > picture img")
        for place in range(pictures.count()):
            pictures.nth(place).scroll_into_view_if_needed()
            pictures.nth(place).evaluate("(one) => one.decode()")
        shift = page.evaluate(SHIFTS)
        page.wait_for_load_state("networkidle")
        return Visit(cost, shift, pictures.count())


STILL = 0.005
"""Of the browser's score for layout shifts. On a busy machine the letters come late and move a line by a hair: 0.002
was seen. Pictures without their width and height score 0.05 to 0.4 on these pages."""


@pytest.mark.parametrize("slug", EXERCISES)
def test_an_exercise_page(browser: Browser, address: str, slug: str) -> None:
    cost, shift, stills = visit(browser, address, f"exercises/{slug}/")
    kinds = {Path(name).suffix for name in cost}
    assert {".css", ".js", ".woff2", ".webp"} <= kinds
    assert sum(name.endswith(".webp") for name in cost) >= 2
    more = 18_000 * (stills - 2)  # the way back, where it is another one
    assert sum(cost.values()) <= 155_000 + more, json.dumps(cost, indent=1)
    assert shift <= STILL


def test_the_first_page(browser: Browser, address: str) -> None:
    """With the small pictures of all exercises, which come once they are near."""
    cost, shift, _ = visit(browser, address, "")
    print(f"first page: {sum(cost.values())} bytes, {len(cost)} files")
    assert sum(name.endswith(".webp") for name in cost) >= 4
    assert sum(cost.values()) <= 200_000, json.dumps(cost, indent=1)
    assert shift <= STILL


def test_html_and_scripts(real: Path) -> None:
    site = real / "site"
    for slug in EXERCISES:
        assert (site / "exercises" / slug / "index.html").stat().st_size <= 37_000
    # That of programmes loads more, which test_programme_page.py weighs.
    scripts = [path for path in site.glob("assets/javascripts/*.js") if not re.match("programme|lean-qr", path.name)]
    assert len(scripts) >= 6
    assert sum(len(gzip.compress(path.read_bytes(), 9)) for path in scripts) <= 15_000


def test_what_is_kept_for_reading_offline(real: Path) -> None:
    """All pages with their pictures, fetched after the first one without being asked for."""
    site = real / "site"
    first = (site / service_worker.NAME).read_text("utf-8").split("\n")[0]
    kept = json.loads(first.removeprefix("const site = ").removesuffix(";"))
    assert len(kept["pages"]) > len(EXERCISES)
    assert sum((site / name).stat().st_size for name in kept["files"]) <= 60_000 * len(kept["pages"])
