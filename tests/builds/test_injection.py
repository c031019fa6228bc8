"""Hostile text in every field that an author fills in: shown as text in every output, and never run."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

import projects
import pytest
import yaml
from browser import Watched, served
from hipknee.content import catalogue
from hipknee.content.front_matter import read_data, read_page
from playwright.sync_api import Browser, Page, expect
from projects import words
from selectolax.lexbor import LexborHTMLParser

SAY = words()
PIECES = (
    """<script src=harm()|"onload="harm()|<image src=x onerror=harm()>|javascript:harm()|</title><bdo>'&amp""".split(
        "|"
    )
)
"""None of them is what the check knows as HTML, so that they get as far as the pages; a browser would run them."""
HOSTILE = " ".join(PIECES)
PIECE = cycle(PIECES)
WORD = re.compile(r"^[a-z0-9/._-]+$")  # ids, file names, roles and dates stay as they are
TAME = set("file doi url journal year pages updated checked status on next tempo".split())


def poisoned(value: Any, key: str = "") -> Any:
    """Every text with something hostile behind it, one after the other, but what other files refer to."""
    match value:
        case dict():
            return {name: poisoned(one, str(name)) for name, one in value.items()}
        case list():
            return [poisoned(one, key) for one in value]
        case str() if key not in TAME and not WORD.fullmatch(value) and not re.fullmatch(r"\d+ s", value):
            return f"{value.rstrip('.')} {HOSTILE if key == 'title' else next(PIECE)}"
    return value


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented project, poisoned and built."""
    project = projects.fixture(tmp_path_factory.mktemp("hostile") / "project")
    for page in project.glob("docs/**/*.md"):
        document, _ = read_page("", page.read_bytes())
        front = yaml.safe_dump(poisoned(document.data), sort_keys=False, allow_unicode=True)
        page.write_text(f"---\n{front}---\n{document.body}", "utf-8")
    for name in ("site.yml", "sources.yml", "vocabulary.yml"):
        path = project / "docs" / "_data" / name
        path.write_text(yaml.safe_dump(poisoned(read_data("", path.read_bytes())[0].data), sort_keys=False), "utf-8")
    with (project / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write(yaml.safe_dump({"copyright": HOSTILE}))
    phones = [{"label": PIECES[0], "number": "904-555-0143"}]
    links = [{"label": PIECES[1], "address": "https://kettle.example.org/?a=(b)&'c'"}]
    clinic = {"name": PIECES[2], "phones": phones, "links": links}
    (project / "docs/_data/clinic.yml").write_text(yaml.safe_dump(clinic), "utf-8")
    done = projects.mkdocs(project, "build")
    assert done.returncode == 0, done.stdout
    return project


@pytest.fixture(scope="module")
def hostile_home(hostile: Path) -> Iterator[str]:
    with served(hostile / "site") as address:
        yield address


def test_there_is_something_hostile_in_every_field(hostile: Path) -> None:
    data = catalogue.load(hostile)
    for entry in data.pages.values():
        assert HOSTILE in entry.value.title
    teapot = data.exercises["teapot-tip"].value
    assert teapot
    texts = [*teapot.aliases, teapot.feel, *teapot.helps.values(), *(step.text for step in teapot.steps)]
    texts += [image.alt for image in teapot.all_images().values()]
    assert all(any(piece in text for piece in PIECES) for text in texts)


def test_it_is_text_in_every_page(hostile: Path) -> None:
    pages = sorted((hostile / "site").rglob("*.html"))
    assert len(pages) > 10
    for path in pages:
        tree = LexborHTMLParser(path.read_text("utf-8"))
        for node in tree.css("*"):
            assert not [name for name in node.attributes if name.startswith("on") or name.endswith('"')], node.html
            assert node.tag != "script" or "src" in node.attributes or node.attributes.get("type"), node.html
            assert node.attributes.get("src") not in ("x", "harm()"), node.html
        if path.name != "404.html":
            assert "<script src=harm()" in (tree.body.text() if tree.body else "")


def test_it_is_text_in_the_data(hostile: Path) -> None:
    told = json.loads((hostile / "site" / "exercises.json").read_text("utf-8"))
    assert HOSTILE in told["exercises"][0]["title"]
    assert HOSTILE in json.loads((hostile / "site" / told["exercises"][0]["data"]).read_text("utf-8"))["title"]
    html = (hostile / "site" / "exercises" / "teapot-tip" / "index.html").read_text("utf-8")
    data = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert HOSTILE in json.loads(data[0])["@graph"][0]["name"]


@pytest.fixture
def page(browser: Browser, hostile_home: str) -> Iterator[Page]:
    with browser.new_context(base_url=hostile_home, viewport={"width": 360, "height": 740}) as context:
        context.set_default_timeout(10_000)
        context.add_init_script("window.harm = () => { window.harmed = true; console.error('harmed') }")
        yield context.new_page()


def test_nothing_of_it_runs(page: Page, hostile: Path, hostile_home: str) -> None:
    watched = Watched(page, hostile_home)
    for path in sorted((hostile / "site").rglob("index.html")):
        page.goto(f"/{path.parent.relative_to(hostile / 'site').as_posix()}/")
        page.locator("body").hover(position={"x": 20, "y": 20})
        assert page.evaluate("window.harmed") is None
    page.goto("/")
    page.locator(".search-open").click()
    for query in ("teapot", "<script", "onload", '"onload="harm()'):
        page.locator("#query").fill(query)
        expect(page.locator("#search [role=status]")).not_to_have_text("")
        page.wait_for_timeout(200)
    assert page.locator("#search ol li").count()
    own = page.locator("#search img").evaluate_all("all => all.map((one) => one.getAttribute('src'))")
    assert all(src.startswith(("assets/pictures/", "./assets/pictures/")) for src in own), own
    assert page.locator("#search script, #search [onload], #search [onerror]").count() == 0
    assert page.evaluate("window.harmed") is None
    assert watched.abroad == []
    assert [said for said in watched.complaints if "harm" in said] == []
