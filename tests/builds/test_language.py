"""One language is one setting: in a site whose every word is marked, nothing that is read or heard is unmarked."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import flocks
import projects
import pseudo
import pytest
import searching
from browser import CONTROLLED, look_for, served, until
from comparison.pdfs import described
from hipknee.publish import failure, service_worker
from playwright.sync_api import Browser, expect
from projects import Answer, Server, Shared
from pseudo import LANGUAGE, MARK, unmarked
from pypdfium2 import PdfDocument
from selectolax.lexbor import LexborHTMLParser

# What stays as it is in every language.

ADDRESS = re.compile(r"(?:https?://|mailto:)?(?:[\w.-]+@|[\w.-]+\.)?example\.org[\w/.#-]*|904-555-0143")
DOI = re.compile(r"\b10\.\d{4,}/\S+")
VERSION = re.compile(r"\b[0-9a-f]{8}\b")
SAME = (ADDRESS, DOI, VERSION)
FILLED_IN = re.compile(r"\{\w+\}")
"""What a script puts a number into."""

SPOKEN_BY_MACHINES = {
    **dict.fromkeys(
        "class id for name property value type role rel media charset http-equiv autocomplete".split(), "for machines"
    ),
    **dict.fromkeys("aria-labelledby aria-current aria-haspopup aria-hidden aria-pressed".split(), "an id or a state"),
    **dict.fromkeys("popover popovertarget popovertargetaction autocapitalize spellcheck".split(), "a state"),
    **dict.fromkeys("href src srcset data-index data-base data-worker".split(), "an address"),
    **dict.fromkeys("data-muscle data-position data-equipment".split(), "ids of the vocabulary"),
    "data-level": "an id",
    **dict.fromkeys("sizes as crossorigin loading decoding fetchpriority".split(), "how it is shown"),
    **dict.fromkeys("lang dir datetime style".split(), "a code"),
}
"""Attributes that nobody reads or hears, and what they hold."""
METAS = ("viewport", "referrer", "robots", "refresh", "Content-Security-Policy", "hipknee-stamp", "twitter:card")
METAS += ("og:type", "og:locale", "og:url", "og:image", "og:image:width", "og:image:height")
"""Metas whose content is for machines."""
KEYS = frozenset("url id item image citation inLanguage language side role checked doi updated tempo status".split())
KEYS |= {"category", "dateModified", "lastReviewed", "kind", "level", "on", "next", "condition"}
KEYS |= {"index", "data"}
KEYS |= {"@context", "@type", "@id", "$schema"}
"""Keys of data whose values are addresses, ids, codes and days."""


def leaks(text: str) -> list[str]:
    for same in SAME:
        text = same.sub(" ", text)
    return unmarked(text)


def texts(value: Any) -> Iterator[str]:
    """What people read of a value that JSON can hold."""
    match value:
        case dict():
            for key, inside in value.items():
                if key not in KEYS:
                    yield from texts(inside)
        case list():
            for inside in value:
                yield from texts(inside)
        case str():
            yield value


def leaks_of_page(html: str) -> list[str]:
    """The unmarked words of a page: of what is seen, heard, and told to whoever passes a link on."""
    tree = LexborHTMLParser(html)
    for node in tree.css("[lang=en]"):  # what the engine says to editors
        if node.tag != "html":
            node.decompose()
    found: list[str] = []
    for script in tree.css('script[type="application/ld+json"]'):
        found += [word for text in texts(json.loads(script.text())) for word in leaks(text)]
    for node in tree.css("script, style"):
        node.decompose()
    for node in tree.css("svg > *:not(title)"):
        node.decompose()
    for node in tree.css("*:not(svg)"):
        meta = node.attributes.get("name") or node.attributes.get("property") or node.attributes.get("http-equiv")
        for name, value in node.attributes.items():
            if name == "content" and meta in METAS:
                continue
            if name == "data-language":
                found += [word for text in texts(json.loads(value or "")) for word in leaks(text) if text != "oj"]
            elif name not in SPOKEN_BY_MACHINES:
                filled = FILLED_IN.sub("", value or "") if name.startswith("data-") else value or ""
                found += [f"{name}: {word}" for word in leaks(filled)]
    assert tree.root
    return found + leaks(tree.root.text(separator=" "))


@pytest.fixture(scope="module")
def marked(shared: Shared) -> Path:
    """The invented project in the marked language, built: only to be read."""
    return shared("marked", lambda at: projects.build(pseudo.project(at)))


def pages(project: Path) -> list[Path]:
    return sorted((project / "site").rglob("*.html"))


def test_a_word_without_a_mark_is_seen() -> None:
    assert leaks(f"Start{MARK} the x tea{MARK} https://teapot.example.org/cup 10.1000/tea") == ["the"]
    page = f'<p title="b{MARK} bad">a{MARK} cup <i lang="en">x y</i><img alt="Pot" class="z"><p data-some="one">'
    assert leaks_of_page(page) == ["title: bad", "alt: Pot", "data-some: one", "cup"]
    assert leaks_of_page(
        '<script type="application/ld+json">{"@graph": [{"@type": "Tea", "url": "bb", "name": "cup"}]}</script>'
    ) == ["cup"]


def test_every_page(marked: Path) -> None:
    every = pages(marked)
    names = {path.relative_to(marked / "site").as_posix() for path in every}
    assert {"index.html", "404.html", "exercises/urn-tip/index.html", "exercises/teapot-tip/index.html"} <= names
    assert {path.parent.name: found for path in every if (found := leaks_of_page(path.read_text("utf-8")))} == {}
    for path in every:
        assert f'<html lang="{LANGUAGE}"' in path.read_text("utf-8")


def test_what_every_page_says_of_itself(marked: Path) -> None:
    html = (marked / "site" / "exercises" / "teapot-tip" / "index.html").read_text("utf-8")
    assert f'"inLanguage":"{LANGUAGE}"' in html
    assert f'property="og:locale" content="{LANGUAGE}"' in html
    assert f">2026, January{MARK} 2</time>" in html
    assert f">wobbly{MARK} knee{MARK}</a>" in html  # a title within a sentence
    about = (marked / "site" / "about" / "index.html").read_text("utf-8")
    assert f">Teapot{MARK} tip{MARK}oj</a>" in about  # a plural


def test_the_data(marked: Path) -> None:
    files = [marked / "site" / "exercises.json", *(marked / "site" / "exercises").glob("*.json")]
    assert len(files) > 3
    for path in files:
        data = json.loads(path.read_text("utf-8"))
        assert data["language"] == LANGUAGE
        assert [word for text in texts(data) for word in leaks(text)] == [], path.name
    # Names of files have no language.
    shown = [{**one, "picture": ""} for one in searching.texts(searching.of_site(marked / "site"))]
    assert len(shown) > 20
    assert [word for text in texts(shown) for word in leaks(text)] == []


def test_every_sheet(marked: Path) -> None:
    files = sorted((marked / "site" / "pdf").glob("*.pdf"))
    assert {path.name.rpartition("-")[0] for path in files} >= {
        "teapot-tip",
        "teapot-tip-large",
        "tick-chart",
        "booklet",
        "booklet-fold",
        "booklet-fold-printer",
        "complete",
    }
    found: dict[str, list[str]] = {}
    for path in files:
        facts = described(PdfDocument(path))
        assert facts["language"] == [LANGUAGE], path.name
        metadata = [line.partition(": ")[2] for line in facts["metadata"] if line.startswith(("Title", "Author"))]
        told = [part for line in facts["tags"] for part in line.split(" | ")[1:] if part not in (LANGUAGE, "la")]
        outline = [line.partition(" ")[2] for line in facts["outline"]]
        assert metadata
        every = " ".join([*facts["text"], *metadata, *told, *outline]).replace("/ ", "/")  # an address on two lines
        if words := leaks(every):
            found[path.name] = words
    assert found == {}


def test_the_styles_say_nothing(marked: Path) -> None:
    styles = {path.name: path.read_text("utf-8") for path in (marked / "site" / "assets").rglob("*.css")}
    assert len(styles) > 3
    printed = {name: re.findall(r"content:\s*(?:\"([^\"]*)\"|'([^']*)')", text) for name, text in styles.items()}
    assert [
        word for rows in printed.values() for row in rows for word in re.findall("[A-Za-z]{2,}", " ".join(row))
    ] == []


def test_the_worker_says_nothing(marked: Path) -> None:
    """It hands out what the site holds: the answers that it makes have a body of the site's."""
    worker = (marked / "site" / service_worker.NAME).read_text("utf-8")
    assert re.findall(r"new Response\((.*?), ", worker) == ["await response.blob()", "html", "blob"]
    assert "showNotification" not in worker


SEEN = "document.body.innerText + [...document.querySelectorAll('dialog')].map((one) => one.textContent).join(' ')"


def test_what_chips_say(shared: Shared, browser: Browser) -> None:
    many = shared("marked-many", lambda at: projects.build(flocks.grow(pseudo.project(at), 10)))
    with served(many / "site") as home, browser.new_context(base_url=home) as context:
        page = context.new_page()
        page.goto("/exercises/")
        for chip in page.locator(".filters button").all():
            chip.click()
            expect(page.locator(".filters .count")).not_to_have_text("")
            assert leaks(page.evaluate(SEEN)) == []


def test_what_the_scripts_write(marked: Path, browser: Browser) -> None:
    with served(marked / "site") as home, browser.new_context(base_url=home) as context:
        page = context.new_page()
        page.goto("/exercises/")
        page.locator(".search-open").click()
        status = page.locator("#search [role=status]")
        said = set()
        for query in (f"teapot{MARK} tip{MARK}", f"tip{MARK}oj", f"shrimp{MARK}", "xyzzy"):
            look_for(page, query)
            said.add(status.inner_text())
            assert leaks(page.evaluate(SEEN)) == []
        assert len(said) > 2
        assert look_for(page, f"teapot{MARK} tip{MARK}oj")[0] == "exercises/teapot-tip/"
        assert look_for(page, f"the{MARK}") == []


def test_what_is_read_without_a_network(marked: Path, browser: Browser, tmp_path: Path) -> None:
    shutil.copytree(marked / "site", tmp_path / "hips", ignore=shutil.ignore_patterns("pdf"))
    with browser.new_context() as context:
        page = context.new_page()
        with served(tmp_path) as home:
            page.goto(f"{home}/hips/")
            until(page, CONTROLLED)
        context.set_offline(True)
        page.goto(f"{home}/hips/no-such-page/")
        expect(page.locator(".offline")).to_be_visible()
        assert leaks(page.title() + page.evaluate(SEEN)) == []


def test_what_editors_see(marked: Path, tmp_path: Path) -> None:
    """What is wrong is told in English, and marked so; all around it is in the site's language."""
    project = Path(shutil.copytree(marked, tmp_path / "project", ignore=shutil.ignore_patterns("site")))
    projects.append("docs/about.md", "\n[x](kettle.md)\n")(project)

    def shows(text: str) -> Callable[[Answer], bool]:
        return lambda answer: text in answer.text

    with Server(project) as server:
        server.wait("/hips/about/", shows("kettle.md"))
        for path in ("/hips/about/", "/hips/problems/"):
            answer = server.get(path)
            assert '<li lang="en">' in answer.text
            assert leaks_of_page(answer.text.replace(">x</a>", "></a>")) == []
        projects.append("mkdocs.yml", "nav: ]\n")(project)
        server.wait("/hips/about/", shows('<pre lang="en"'))
        assert leaks_of_page(server.get("/hips/about/").text) == []
    assert leaks_of_page(failure.page("Oh dear", project)) == []


def test_spanish(tmp_path: Path) -> None:
    """With words that nobody has translated yet: everything says that it is Spanish."""
    project = projects.fixture(tmp_path / "project")
    data = project / "docs" / "_data"
    shutil.copy(data / "words.en.yml", data / "words.es.yml")
    projects.edit("mkdocs.yml", "language: en", "language: es")(project)
    projects.append("mkdocs.yml", f"site_url: {projects.ADDRESS}\n")(project)
    projects.build(project)
    assert projects.check("--root", project).stdout == ""
    assert projects.check("--root", project, "--site", project / "site").stdout == ""
    assert {re.findall(r'<html lang="([^"]*)"', path.read_text("utf-8"))[0] for path in pages(project)} == {"es"}
    html = (project / "site" / "index.html").read_text("utf-8")
    assert '"inLanguage":"es"' in html
    assert json.loads((project / "site" / "exercises.json").read_text("utf-8"))["language"] == "es"
    sheets = sorted((project / "site" / "pdf").glob("*.pdf"))
    assert {language for path in sheets for language in described(PdfDocument(path))["language"]} == {"es"}
