"""One build as a value, without MkDocs: a builder needs `Site.opened`, a loop over the pages, and `finish`."""

from __future__ import annotations

import datetime
import posixpath
import re
import shutil
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import birds
import pytest
import searching
from hipknee import keeping
from hipknee.addresses import addresses
from hipknee.content import catalogue, front_matter
from hipknee.problems import Problem
from hipknee.publish.built_site import built_name
from hipknee.site import KEY, Settings, Site, check_built, site_of, today
from markdown import Markdown

URL = "https://pond.example/"


@pytest.fixture(scope="module")
def pond(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return birds.write(tmp_path_factory.mktemp("site") / "pond")


def settings(root: Path, **changes: Any) -> Settings:
    pages = catalogue.load(root).pages
    values: dict[str, Any] = {
        "root": root,
        "file": "mkdocs.yml",
        "name": "Pond",
        "url": URL,
        "urls": {path: built_name(path).removesuffix("index.html") or "./" for path in pages},
        "pages": [*pages],
        "publishing": True,
        "offline": True,
        "today": datetime.date(2026, 1, 2),
    }
    return Settings(**(values | changes))


def built(root: Path, to: Path, **changes: Any) -> Site:
    """A site by the smallest builder that there can be: a frame of four elements, and no navigation."""
    site = Site.opened(settings(root, **changes))
    assert site.report.problems == []
    files, problems = site.files()
    assert problems == []
    for file in files:
        place = to / file.name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(file.path.read_bytes() if file.path else file.text.encode())
    for path, url in site.settings.urls.items():
        text = site.markdown(path, url)
        assert text is not None
        theirs = site.report.catalogue.switchboard.extensions
        html = Markdown(extensions=[*theirs, *site.extensions.all], extension_configs=theirs).convert(text)
        title = site.report.catalogue.titles[path]
        content = site.content(path, url, title, _linked(html, site, path))  # links are a builder's business
        page = to / built_name(path)
        page.parent.mkdir(parents=True, exist_ok=True)
        head = '<!doctype html><html><head><meta charset="utf-8"></head><body><span class="version"></span>'
        page.write_text(f"{head}<main>{content.html}</main></body></html>", "utf-8")
        assert site.context(path)["description"]
    for name in site.report.catalogue.files.others:
        (to / name).parent.mkdir(parents=True, exist_ok=True)
        (to / name).write_bytes((root / "docs" / name).read_bytes())
    for file in site.search_index():
        (to / file.name).parent.mkdir(parents=True, exist_ok=True)
        (to / file.name).write_text(file.text, "utf-8")
    site.order = [path for path in site.settings.urls if not path.startswith("exercises/")]
    return site


def _linked(html: str, site: Site, path: str) -> str:
    """The links of a text, from files below docs/ to addresses."""
    address = addresses(site.settings.urls, site.settings.urls[path])

    def replace(match: re.Match[str]) -> str:
        target, mark, rest = match[1].partition("#")
        target, question, query = target.partition("?")
        if not target or ":" in target:
            return match[0]
        way = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(target)))
        return f'href="{quote(address(way))}{question}{query}{mark}{rest}"'

    return re.sub(r'href="([^"]*)"', replace, html)


def test_another_builder(pond: Path, tmp_path: Path) -> None:
    site = built(pond, tmp_path)
    assert site.finish(tmp_path, tmp_path) == []
    names = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert {"exercises.json", "service-worker.js", "rude-flamingo/index.html"} <= {
        name.removeprefix("exercises/") for name in names
    }
    assert {"pdf/booklet-a4.pdf", "pdf/polite-flamingo-large-letter.pdf", "pdf/tick-chart-a4.pdf"} <= names
    page = (tmp_path / "exercises" / "polite-flamingo" / "index.html").read_text("utf-8")
    assert page.index("Content-Security-Policy") < page.index("hipknee-stamp")
    assert "Lift your wings and spread your tail." in page
    assert '<span class="version"></span>' not in page
    assert not [problem for problem in check_built(tmp_path, pond) if "stamp" in problem.message]
    shown = searching.texts({file.name: file.text for file in site.search_index()})
    assert {"Polite flamingo", "Creaky tail", "Preen"} <= {one["title"] for one in shown}
    assert site.frame()["search_index"] in {file.name for file in site.search_index()}


def test_what_is_served_to_an_editor_is_not_sealed(pond: Path, tmp_path: Path) -> None:
    site = built(pond, tmp_path, publishing=False, url="http://127.0.0.1:8000/")
    assert site.finish(tmp_path, tmp_path) == []
    page = (tmp_path / "exercises" / "polite-flamingo" / "index.html").read_text("utf-8")
    assert "Content-Security-Policy" not in page
    assert "hipknee-stamp" not in page
    assert site.settings.public_url == URL  # printed codes never lead to this machine
    assert site.cards == {}


def test_sheets_are_made_when_somebody_opens_one(pond: Path, tmp_path: Path) -> None:
    """An editor does not wait for them."""
    heard: list[Problem] = []
    shutil.rmtree(pond / ".cache" / "print", ignore_errors=True)
    site = built(pond, tmp_path, publishing=False)
    assert site.finish(tmp_path, tmp_path) == []
    assert not [*(pond / ".cache").glob("print/*.pdf")]
    for _ in range(2):
        sheet = site.file("pdf/polite-flamingo-a4.pdf", heard.append)
        assert sheet
        assert sheet.startswith(b"%PDF")
    assert len([*(pond / ".cache").glob("print/*.pdf")]) == 1
    assert site.file("pdf/nothing.pdf", heard.append) is None
    assert heard == []


def test_each_file_is_read_once(pond: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    reads: Counter[str] = Counter()
    given = settings(pond)
    monkeypatch.setattr(catalogue, "_read", {})
    shutil.rmtree(pond / ".cache")
    keeping.kept.cache_clear()
    for name in ("read_page", "read_data"):
        read = getattr(front_matter, name)
        monkeypatch.setattr(
            front_matter, name, lambda path, *rest, read=read: reads.update([path]) or read(path, *rest)
        )
    site = Site.opened(given)
    assert {path for path in reads if path.endswith(".md")} == {f"docs/{path}" for path in site.report.catalogue.pages}
    assert {count for path, count in reads.items() if path.startswith("docs/")} == {1}


def test_a_door_asks_for_it(pond: Path) -> None:
    site = Site.opened(settings(pond))
    assert site_of({KEY: site}) is site


def test_the_day_of_a_build_can_be_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767312000")
    assert today() == datetime.date(2026, 1, 2)
    for wrong in ("abc", "1.5", "9" * 30, "2026-01-02"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", wrong)
        with pytest.raises(ValueError, match=f"^SOURCE_DATE_EPOCH is '{wrong}', which is not a number of seconds"):
            today()


@pytest.mark.parametrize(("extension", "is_kept"), [("sane_lists", True), ("pymdownx.betterem", False)])
def test_pages_are_kept_only_with_extensions_that_read_nothing_else(
    extension: str, is_kept: bool, tmp_path: Path
) -> None:
    root = birds.write(tmp_path / "pond")
    text = (root / "mkdocs.yml").read_text("utf-8")
    before, after = "markdown_extensions: [", f"markdown_extensions: [{extension}, "
    assert text.count(before) == 1
    (root / "mkdocs.yml").write_text(text.replace(before, after), "utf-8")
    site = Site.opened(settings(root, frame="a frame"))
    assert site.report.problems == []
    assert bool(site._keys) is is_kept
