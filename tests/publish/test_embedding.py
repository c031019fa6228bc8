"""Exercises on the pages of other websites: what those pages are, and who may show what, on real servers."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest
import web_server
from browser import served
from hipknee import embedding
from hipknee.content.kinds import EXERCISE
from hipknee.page_facts import read
from hipknee.publish import folder_copy, hosting, policy
from playwright.sync_api import Browser, Frame, Page
from projects import ADDRESS, EMBED, dist, edit, mkdocs, tree, words
from test_hosting import Served, serve
from web_server import ask

SLUG = "teapot-tip"
PAGE = embedding.url(SLUG)
SAY = words()


@pytest.fixture(scope="session", params=web_server.SERVERS)
def open_site(request: pytest.FixtureRequest, embedded_dist: Path) -> Iterator[Served]:
    with TemporaryDirectory() as temporary:  # pytest's own are closed to whom Apache runs as
        yield from serve(request.param, "/hips/", embedded_dist, Path(temporary))


# The pages


def text_of(site: Path, name: str) -> str:
    return (site / name).read_text("utf-8")


def test_every_exercise_has_one(embedded: Path) -> None:
    site = embedded / "site"
    pages = sorted(path.parent.name for path in site.glob("embed/*/index.html"))
    assert pages == sorted(path.stem for path in (embedded / "docs" / "exercises").glob("*.md") if path.stem != "index")


def test_what_it_is_to_browsers_and_to_machines(embedded: Path) -> None:
    site = embedded / "site"
    html = text_of(site, embedding.file_name(SLUG))
    facts = read(html)
    assert "<script" not in html
    assert not re.findall(r"<(?:header|nav|form|button|dialog)\b", html)
    assert facts.refused == ()
    assert facts.canonical == f"{ADDRESS}exercises/{SLUG}/"
    assert '<meta name="robots" content="noindex">' in html
    assert '<base target="_blank">' in html
    assert f'<a href="../../exercises/{SLUG}/">' in html
    assert not re.findall(r'<a href="#[^"]*"(?! target="_self")', html)  # they would open elsewhere
    assert "embed/" not in text_of(site, "sitemap.xml")
    assert "embed/" not in json.dumps(
        json.loads(text_of(site, "service-worker.js").split("const site = ")[1].split(";\n")[0])["pages"]
    )
    assert re.search(r'<span class="version">[0-9a-f]{8}</span>', html)


def test_no_safety_is_left_out(embedded: Path) -> None:
    """What stands before the steps of the whole page, and what to stop for, stands here too, word for word."""
    site = embedded / "site"
    whole, own = text_of(site, f"exercises/{SLUG}/index.html"), text_of(site, embedding.file_name(SLUG))

    def part(html: str, pattern: str) -> str:
        match = re.search(pattern, html, re.DOTALL)
        assert match, pattern
        return " ".join(re.sub(r"<[^>]*>", " ", match[0]).split())

    for pattern in (
        r'<p class="before-line">.*?</p>',
        r'<p class="pain-line">.*?</p>',
        r'<section class="stop">.*?</section>',
        r'<ol class="steps">.*?</ol>',
    ):
        assert part(own, pattern) == part(whole, pattern)
    assert own.index('class="before-line"') < own.index('class="steps"') < own.index('class="stop"')
    assert "#red-flags" in own


def test_it_is_in_no_folder_on_a_stick(embedded: Path) -> None:
    assert not [name for name, _ in folder_copy.files(embedded / "site") if name.startswith(embedding.FOLDER)]


def test_without_the_setting_there_is_none(addressed: Path) -> None:
    assert not [name for name in tree(addressed / "site") if name.startswith(embedding.FOLDER)]


def test_a_page_is_made_again_only_when_it_changes(embedded: Path, tmp_path: Path) -> None:
    project = Path(shutil.copytree(embedded, tmp_path / "project"))
    before = tree(project / "site")
    edit(f"docs/exercises/{SLUG}.md", "summary: ", "summary: New, ")(project)
    assert mkdocs(project, "build").returncode == 0
    after = tree(project / "site")
    changed = {name for name in before if name.startswith(embedding.FOLDER) and after[name] != before[name]}
    assert changed == {embedding.file_name(SLUG)}


def test_nothing_else_may_lie_there(embedded: Path, tmp_path: Path) -> None:
    project = Path(shutil.copytree(embedded, tmp_path / "project"))
    (project / "docs" / "embed").mkdir()
    shutil.copy(project / "docs" / "about.md", project / "docs" / "embed" / "us.md")
    done = mkdocs(project, "build")
    assert done.returncode == 1
    assert "docs/embed/us.md:1: [file-clash] The build puts the exercises for other websites into embed/" in done.stdout


# What servers are told


def test_a_setting_that_the_site_does_not_have_yet(embedded: Path, tmp_path: Path) -> None:
    project = Path(shutil.copytree(embedded, tmp_path / "project"))
    (project / "docs" / "_data" / "clinic.yml").write_text("", "utf-8")
    done = dist(project)
    assert (done.returncode, done.stdout) == (1, "")
    assert (
        done.stderr == "'embed' in docs/_data/clinic.yml was changed after site/ was built. Run 'make build' first.\n"
    )
    (project / "docs" / "_data" / "clinic.yml").write_text("embed: [here]\n", "utf-8")
    done = dist(project)
    assert done.returncode == 1
    assert done.stderr.startswith("docs/_data/clinic.yml:1: [value-invalid] 'embed, item 1' can't be 'here'")


CLOSED = {
    "Content-Security-Policy": policy.policy(),
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Access-Control-Allow-Origin": None,
    "X-Robots-Tag": None,
}
FRAMED = {
    "Content-Security-Policy": policy.policy().replace("frame-ancestors 'none'", f"frame-ancestors {' '.join(EMBED)}"),
    "X-Frame-Options": None,
    "Cross-Origin-Resource-Policy": "cross-origin",
    "X-Robots-Tag": "noindex",
}
SHOWN, READ = {"Cross-Origin-Resource-Policy": "cross-origin"}, {"Access-Control-Allow-Origin": "*"}
PLACES: dict[str, tuple[str, dict[str, str | None]]] = {
    "an exercise to embed": (PAGE, FRAMED),
    "the same by its file": (f"{PAGE}index.html", FRAMED),
    "none to embed": ("embed/nothing/", {"Content-Security-Policy": policy.policy(), "X-Frame-Options": "DENY"}),
    "the home page": ("", {}),
    "the whole page": (f"exercises/{SLUG}/", {}),
    "a name that only begins alike": ("embedded/", {}),
    "a picture": ("assets/pictures/*.webp", SHOWN),
    "a style sheet": ("assets/stylesheets/site.*.css", {}),
    "the list for programs": ("exercises.json", READ),
    "an exercise for programs": (f"exercises/{SLUG}.json", READ),
    "the index of the search": ("search/index.js", {}),
    "a sheet": ("pdf/*.pdf", {}),
}
UNSURE = {"none to embed": ("Cross-Origin-Resource-Policy", "X-Robots-Tag")}
"""What servers say as they like."""


def test_who_may_use_what(open_site: Served, subtests: pytest.Subtests) -> None:
    for name, (pattern, different) in PLACES.items():
        path = (
            next((path.relative_to(open_site.site).as_posix() for path in sorted(open_site.site.glob(pattern))), "")
            if "*" in pattern
            else pattern
        )
        for accepts in ("", "gzip", "br"):
            with subtests.test(f"{name}, by who accepts {accepts!r}"):
                assert path or not pattern
                answer, _ = ask(open_site.address, open_site.mount + path, Accept_Encoding=accepts, Origin=EMBED[0])
                expected = {
                    key: value for key, value in (CLOSED | different).items() if key not in UNSURE.get(name, ())
                }
                assert {key: answer.headers.get_all(key) for key in expected} == {
                    key: [value] if value else None for key, value in expected.items()
                }
                others = hosting.HEADERS.keys() - CLOSED.keys()
                assert {key: answer.getheader(key) for key in others} == {key: hosting.HEADERS[key] for key in others}


def test_what_services_are_told(embedded_dist: Path) -> None:
    text = (embedded_dist / "site" / "_headers").read_text("utf-8")
    rules = re.findall(r"^(/\S*)\n((?:  .*\n)+)", text, re.MULTILINE)
    lines = {path: rows.splitlines() for path, rows in rules if "!" in rows or "Allow-Origin" in rows}
    assert lines == {
        "/hips/embed/*": [
            "  ! Content-Security-Policy",
            "  ! X-Frame-Options",
            "  ! Cross-Origin-Resource-Policy",
            f"  Content-Security-Policy: {FRAMED['Content-Security-Policy']}",
            "  Cross-Origin-Resource-Policy: cross-origin",
            "  X-Robots-Tag: noindex",
        ],
        "/hips/assets/pictures/*": ["  ! Cross-Origin-Resource-Policy", "  Cross-Origin-Resource-Policy: cross-origin"],
        "/hips/exercises.json": ["  Access-Control-Allow-Origin: *"],
        "/hips/exercises/*.json": ["  Access-Control-Allow-Origin: *"],
    }
    assert next(path for path, _ in rules) == "/hips/*"  # what is said later counts


# In a browser, with real servers: from anywhere else a browser may not ask for what is on this machine


class Hosts(NamedTuple):
    """The site, and two websites of which the first may show exercises."""

    home: str
    site: Path
    friend: str
    stranger: str
    folder: Path
    """What both of them publish."""


@pytest.fixture(scope="module")
def hosts(embedded_dist: Path) -> Iterator[Hosts]:
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for name in ("nginx", "theirs"):
            (folder / name).mkdir()
        site = embedded_dist / "site"
        settings = (embedded_dist / "hosting" / "nginx.conf").read_text("utf-8")
        with served(folder / "theirs") as friend, served(folder / "theirs") as stranger:
            settings = settings.replace(EMBED[1], friend)
            with web_server.running(settings, site, folder / "nginx") as address:
                yield Hosts(f"http://{address}/hips/", site, friend, stranger, folder / "theirs")


def frame_of(page: Page, host: str, folder: Path, address: str) -> Frame:
    """What a page of the website `host` shows in its frame for an address."""
    name = re.sub(r"\W+", "-", address) + ".html"  # one for each: browsers keep what is of the same second
    frame = f'<iframe src="{address}"></iframe>'
    (folder / name).write_text(f"<!doctype html><title>Theirs</title>{frame}", "utf-8")
    page.goto(f"{host}/{name}", wait_until="load")
    (theirs,) = page.main_frame.child_frames
    return theirs


def test_only_those_who_may_show_an_exercise(hosts: Hosts, browser: Browser, subtests: pytest.Subtests) -> None:
    exercise = EXERCISE.path(SLUG).removesuffix(".md") + "/"
    with browser.new_context() as context:
        page = context.new_page()
        for host, place, is_shown in (
            (hosts.friend, PAGE, True),
            (hosts.friend, exercise, False),
            (hosts.friend, "", False),
            (hosts.stranger, PAGE, False),
        ):
            with subtests.test(f"{'a friend' if host == hosts.friend else 'a stranger'} shows {place or 'home'}"):
                frame = frame_of(page, host, hosts.folder, hosts.home + place)
                assert frame.locator("article h1").count() == is_shown  # a browser's own page says why it shows none
        frame = frame_of(page, hosts.friend, hosts.folder, hosts.home + PAGE)
        with context.expect_page() as opened:
            frame.locator(".whole a").click()
        assert opened.value.url == hosts.home + exercise


def test_what_everybody_may_read(hosts: Hosts, browser: Browser) -> None:
    """From a website that is on no list. What a browser may not read fails without an answer."""
    picture = next(hosts.site.glob("assets/pictures/*.webp")).name
    with browser.new_context() as context:
        page = context.new_page()
        frame_of(page, hosts.stranger, hosts.folder, "about:blank")
        ask_for = "(address) => fetch(address).then((answer) => answer.ok, () => false)"
        names = ("exercises.json", f"exercises/{SLUG}.json", "sitemap.xml", "")
        assert [page.evaluate(ask_for, hosts.home + name) for name in names] == [True, True, False, False]
        show = """(src) => new Promise((done) => {
            const image = Object.assign(new Image(), { src, onload: () => done(true), onerror: () => done(false) });
        })"""
        shown = [f"assets/pictures/{picture}", "assets/pictures/nothing.webp"]
        assert [page.evaluate(show, hosts.home + name) for name in shown] == [True, False]
