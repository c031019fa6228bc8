"""The zip file: unpacked, opened from the folder in a real browser, read and searched."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urldefrag
from zipfile import ZipFile

import pytest
from hipknee.publish import folder_copy
from playwright.sync_api import Browser, Page, expect
from projects import words

SAY = words()
LINKS = {
    '<a href="../knee-pain/">': '<a href="../knee-pain/index.html">',
    '<a href="../knee-pain/#red-flags">': '<a href="../knee-pain/index.html#red-flags">',
    '<a href="./">': '<a href="./index.html">',
    '<a href="../..">': '<a href="../../index.html">',
    '<a class="x" href=".">': '<a class="x" href="./index.html">',
    '<a href="../pdf/booklet-a4.pdf">': '<a href="../pdf/booklet-a4.pdf">',
    '<a href="#main">': '<a href="#main">',
    '<a href="https://example.org/a/">': '<a href="https://example.org/a/">',
    '<a href="mailto:a@b.c">': '<a href="mailto:a@b.c">',
    '<link href="../">': '<link href="../">',
}


@pytest.mark.parametrize("html", LINKS)
def test_links_name_the_file(html: str) -> None:
    assert folder_copy.page(html) == LINKS[html]


def test_the_frame_knows_where_it_is() -> None:
    html = '<!doctype html><html lang="en" data-base="." data-worker="service-worker.js"><head>'
    assert folder_copy.page(html) == '<!doctype html><html lang="en" data-base="." data-suffix="index.html"><head>'


@pytest.fixture(scope="module")
def unpacked(at_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder, as a reader has it: with a blank and an accent on the way there."""
    to = tmp_path_factory.mktemp("memory stick é")
    with ZipFile(at_root / "the-teapot-clinic.zip") as packed:
        assert packed.testzip() is None
        packed.extractall(to)
    return to / "the-teapot-clinic"


def test_it_holds_what_a_reader_needs(unpacked: Path) -> None:
    names = {path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*")}
    assert {"index.html", "wobbly-knee/index.html", "pdf/booklet-a4.pdf", "pdf/teapot-tip-letter.pdf"} <= names
    assert not {"404.html", "sitemap.xml", "service-worker.js", "_headers"} & names
    html = "".join(path.read_text("utf-8") for path in unpacked.rglob("*.html"))
    assert "Content-Security-Policy" not in html
    assert "data-worker" not in html


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_context(viewport={"width": 360, "height": 740}, offline=True) as context:
        context.set_default_timeout(10_000)
        yield context.new_page()


def test_every_page_opens_and_every_link_leads_somewhere(page: Page, unpacked: Path) -> None:
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("requestfailed", lambda request: complaints.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    pages = sorted(unpacked.rglob("index.html"))
    assert len(pages) >= 9
    for path in pages:
        page.goto(path.as_uri())
        assert page.locator("h1").inner_text()
        assert page.locator("body").evaluate("(one) => getComputedStyle(one).fontFamily").startswith('"Hips and Knees')
        links = page.locator("a").evaluate_all("all => all.map((one) => one.href)")
        inside = {urldefrag(link).url for link in links if link.startswith("file:")}
        missing = [link for link in inside if not Path(unquote(link.removeprefix("file://"))).is_file()]
        assert missing == []
    assert [url for url in asked if not url.startswith("file:")] == []
    assert complaints == []


def test_it_can_be_searched(page: Page, unpacked: Path) -> None:
    page.goto((unpacked / "creaky-lid" / "index.html").as_uri())
    page.locator(".search-open").click()
    page.locator("#query").fill("tea pot tip")
    expect(page.locator("#search li").first).to_contain_text("Teapot tip")
    page.locator("#query").press("Enter")
    expect(page.locator("h1")).to_have_text("Teapot tip")
    page.locator(".search-open").click()
    page.locator("#query").fill("musculus theierae")
    page.locator("#search li a").first.click()
    expect(page.locator("h1")).to_have_text("Words for tea")
    assert page.url.endswith("/glossary/index.html#spout-lifter")


def test_the_same_bytes_twice(built: Path, tmp_path: Path) -> None:
    folder_copy.pack(built / "site", "tea", tmp_path / "a.zip")
    shutil.copytree(built / "site", tmp_path / "site")
    folder_copy.pack(tmp_path / "site", "tea", tmp_path / "b.zip")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_old_addresses_are_left_out(built: Path) -> None:
    names = [name for name, _ in folder_copy.files(built / "site")]
    assert (built / "site" / "knocking-knee" / "index.html").is_file()
    assert "knocking-knee/index.html" not in names
    assert "wobbly-knee/index.html" in names
