"""`mkdocs serve` of the invented site: it says what is wrong, lives through it, and is well again when it is mended."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import NamedTuple
from urllib.request import urlopen

import pytest
from hipknee.publish.serving import POLLING
from projects import (
    Answer,
    Change,
    Server,
    append,
    both,
    delete,
    edit,
    folder,
    mkdocs,
    rename,
    restore,
    truncate,
    words,
    write,
)

SAY = words()
TEAPOT, ABOUT, SETTINGS = "docs/exercises/teapot-tip.md", "docs/about.md", "mkdocs.yml"
OVERRIDE, PARTS = "hooks/overrides/main.html", "hooks/hipknee/pages/html/parts.html"
DOOR = "hooks/pages.py"
OTHERS = "hooks/publish.py, hooks/site.py, hooks/assets.py, hooks/editor_mode.py"


def banner(answer: Answer) -> str:
    """What stands in the banner, "" when there is none."""
    found = re.search(r'<div class="problems" role="alert">(.*?)</div>', answer.text, re.DOTALL)
    return unescape(re.sub(r"<[^>]*>", "", found[1])) if found else ""


def failed(answer: Answer) -> bool:
    return "<h1>Build failed</h1>" in answer.text


@pytest.fixture(scope="module")
def server(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for all cases. Each mends what it broke."""
    project = Path(shutil.copytree(built, tmp_path_factory.mktemp("serve") / "project"))
    with Server(project) as server:
        server.wait("/", lambda answer: answer.status == 200)
        yield server
    assert "Traceback" not in server.log()


class Broken(NamedTuple):
    name: str
    change: Change
    page: str
    """Where the banner appears."""
    says: str
    reads: str = ""
    """What can still be read there."""


BROKEN = [
    Broken(
        "muscle",
        edit(TEAPOT, "[spout-lifter]", "[sprout-lifter]"),
        "/exercises/teapot-tip/",
        "muscle-unknown",
        "Why tip",
    ),
    Broken(
        "muscle-gone",
        edit(TEAPOT, "  primary: [spout-lifter]\n", ""),
        "/exercises/teapot-tip/",
        "key-missing",
        "Why tip",
    ),
    Broken(
        "no-picture", delete("images/teapot-tip/start.png"), "/exercises/teapot-tip/", "image-missing", "stands upright"
    ),
    Broken("half-a-picture", truncate("images/teapot-tip/start.png"), "/exercises/teapot-tip/", "image-unreadable"),
    Broken(
        "no-picture-in-the-text", delete("images/lighthouse.png"), "/", "image-missing", "leans against a lighthouse"
    ),
    Broken("dead-link", append(ABOUT, "\n[x](kettle.md)\n"), "/about/", "'kettle.md' leads nowhere", "Mostly leaves."),
    Broken("yaml", edit(ABOUT, "title: A", "title: 'A"), "/about/", "yaml-broken", "Mostly leaves."),
    Broken("not-closed", edit(ABOUT, "\n---\n##", "\n##"), "/about/", "never closed"),
    Broken("not-utf-8", write(ABOUT, b"---\ntitle: Caf\xe9\n---\nTea.\n"), "/about/", "UTF-8"),
    Broken("not-utf-8-in-the-text", append(ABOUT, b"Caf\xe9.\n"), "/about/", "UTF-8"),
    Broken("empty", write(ABOUT, ""), "/about/", "yaml-broken"),
    Broken("vocabulary", append("docs/_data/vocabulary.yml", "muscles: ]\n"), "/", "vocabulary.yml:", "lid rattle"),
    Broken("no-vocabulary", delete("docs/_data/vocabulary.yml"), "/wobbly-knee/", "vocabulary.yml:1", "Warm it."),
    Broken("no-sources", delete("docs/_data/sources.yml"), "/about/", "sources.yml:1", "Mostly leaves."),
    Broken("no-words", delete("docs/_data/words.en.yml"), "/about/", "words.en.yml:1", "Mostly leaves."),
    Broken(
        "no-word", edit("docs/_data/words.en.yml", "no_equipment:", "none:"), "/exercises/", "'no_equipment' is missing"
    ),
    Broken("no-site", delete("docs/_data/site.yml"), "/wobbly-knee/", "site.yml:1", "Warm it."),
    Broken("site", edit("docs/_data/site.yml", "pain_rule: [", "pain_rule: "), "/", "site.yml:"),
    Broken("no-library", delete("docs/exercises/index.md"), "/", "docs/exercises/index.md:1"),
    Broken("no-condition", delete("docs/creaky-lid.md"), "/", "docs/creaky-lid.md:1"),
    Broken(
        "condition-renamed",
        rename("docs/creaky-lid.md", "docs/squeaky-lid.md"),
        "/squeaky-lid/",
        "docs/squeaky-lid.md is not listed here",
        "lonely",
    ),
    Broken(
        "exercise-renamed",
        rename(TEAPOT, "docs/exercises/pot-tip.md"),
        "/exercises/pot-tip/",
        "link-one-way",
        "Why tip",
    ),
    Broken("folder-named-as-a-page", both(folder("docs/x.md"), write("docs/x.md/x", "")), "/", "docs/x.md:1"),
    Broken("no-pictures", rename("images", "photos"), "/exercises/teapot-tip/", "image-missing", "stands upright"),
    Broken("clinic", write("docs/_data/clinic.yml", "nam: Kettle\n"), "/", "docs/_data/clinic.yml:1"),
]


@pytest.mark.parametrize("case", BROKEN, ids=[case.name for case in BROKEN])
def test_a_banner_comes_and_goes(
    server: Server, built: Path, case: Broken, record_property: Callable[[str, object], None]
) -> None:
    case.change(server.project)
    try:
        record_property("edit to visible", server.wait(case.page, lambda answer: case.says in banner(answer)))
        assert case.reads in unescape(server.get(case.page).text)
        assert case.says in unescape(server.get("/problems/").text)
    finally:
        restore(server.project, built)
    record_property("edit to visible", server.wait("/problems/", lambda answer: SAY["problems_none"] in answer.text))
    for page in {case.page, "/"} - {"/squeaky-lid/", "/exercises/pot-tip/"}:
        answer = server.get(page)
        assert answer.status == 200
        assert not banner(answer)


def test_all_problems_stand_on_one_page(server: Server, built: Path) -> None:
    changes = [edit(TEAPOT, "reps: 4", "reps: 400"), write(ABOUT, ""), delete("images/lighthouse.png")]
    says = ["dose-range", "yaml-broken", "image-missing"]
    try:
        for change in changes:
            change(server.project)
        server.wait("/problems/", lambda answer: all(rule in answer.text for rule in says))
        assert SAY["problems_many"].format(count=3) in server.get("/problems/").text
        # A page shows its own, and says where the others are.
        assert [rule for rule in says if rule in banner(server.get("/about/"))] == ["yaml-broken"]
        assert 'href="../problems/"' in server.get("/about/").text
        assert not banner(server.get("/glossary/"))
    finally:
        restore(server.project, built)
    server.wait("/problems/", lambda answer: SAY["problems_none"] in answer.text)


# Pages that go


GONE = [
    ("page", ABOUT, "/about/"),
    ("home", "docs/index.md", "/"),
    ("glossary", "docs/glossary.md", "/glossary/"),
    ("exercise", TEAPOT, "/exercises/teapot-tip/"),
]


@pytest.mark.parametrize(("path", "page"), [case[1:] for case in GONE], ids=[case[0] for case in GONE])
def test_a_page_goes_and_comes_back(server: Server, built: Path, path: str, page: str) -> None:
    try:
        delete(path)(server.project)
        server.wait(page, lambda answer: answer.status == 404)
        assert server.get("/creaky-lid/").status == 200
    finally:
        restore(server.project, built)
    server.wait(page, lambda answer: answer.status == 200 and not banner(answer))


# Builds that fail


class Failing(NamedTuple):
    name: str
    change: Change
    says: str
    at_start: str = ""
    """What MkDocs says itself where it stops before it has opened anything of ours."""


CONTENT = "{% block content %}"
FAILING = [
    Failing("settings-yaml", append(SETTINGS, "nav: ]\n"), "mkdocs.yml:14: [yaml-broken]", 'mkdocs.yml", line 14'),
    Failing(
        "settings-plugin",
        append(SETTINGS, "plugins: [kettle]\n"),
        "The plugin 'kettle' is not installed",
        '"kettle" plugin is not',
    ),
    Failing(
        "settings-type", append(SETTINGS, "site_url: tea.example\n"), "mkdocs.yml:14: [value-invalid]", "'site_url'"
    ),
    Failing("settings-gone", delete(SETTINGS), "mkdocs.yml:1: [key-missing]", "'mkdocs.yml' does not exist"),
    Failing("override-syntax", edit(OVERRIDE, CONTENT, "{% block %}"), f"{OVERRIDE}:"),
    Failing("override-name", edit(OVERRIDE, CONTENT, CONTENT + "{{ tea() }}"), f"{OVERRIDE}:"),
    Failing("template-syntax", edit(PARTS, "macro lead(page)", "macro lead(page"), f"{PARTS}:"),
    Failing("template-name", edit(PARTS, "page.summary", "page.sumary"), f"{PARTS}:"),
    Failing("template-gone", delete(PARTS), f"{PARTS}:1: [engine-broken] The file is missing."),
    Failing("override-gone", delete(OVERRIDE), f"{OVERRIDE}:1: [engine-broken] The file is missing."),
    Failing("override-empty", write(OVERRIDE, ""), f"{OVERRIDE}:1: [engine-broken] The file is empty."),
    Failing("overrides-gone", rename("hooks/overrides", "hooks/.overrides"), "hooks/overrides"),
    Failing("door-syntax", append(DOOR, "def (\n"), f"{DOOR}:"),
    Failing("door-gone", delete(DOOR), DOOR),
    Failing("door-not-listed", append(SETTINGS, f"hooks: [{OTHERS}]\n"), f"'hooks' does not list {DOOR}"),
    Failing("docs-gone", rename("docs", "elsewhere"), "docs' isn't an existing directory"),
]


@pytest.mark.parametrize("case", FAILING, ids=[case.name for case in FAILING])
def test_a_build_that_fails_becomes_a_page(
    server: Server, built: Path, case: Failing, record_property: Callable[[str, object], None]
) -> None:
    case.change(server.project)
    try:
        record_property("edit to visible", server.wait("/", failed))
        for page in ("/", "/about/", "/exercises/teapot-tip/"):
            answer = server.get(page)
            assert failed(answer)
            assert case.says in unescape(answer.text)
            assert "Traceback" not in answer.text
            # It looks again by itself.
            assert '<meta http-equiv="refresh" content="2">' in answer.text
    finally:
        restore(server.project, built)
    record_property("edit to visible", server.wait("/about/", lambda answer: "Mostly leaves." in answer.text))
    assert not banner(server.get("/"))


@pytest.mark.parametrize(
    ("folder", "change", "shows"),
    [
        ("docs", append(TEAPOT, "\nPour slowly.\n"), lambda answer: "Pour slowly." in answer.text),
        ("images", delete("images/teapot-tip/start.png"), lambda answer: "image-missing" in banner(answer)),
        ("hooks/overrides", delete(OVERRIDE), failed),
    ],
    ids=["docs", "images", "overrides"],
)
def test_a_folder_that_goes_and_comes_back_is_watched_as_before(
    server: Server, built: Path, folder: str, change: Change, shows: Callable[[Answer], bool]
) -> None:
    away = server.project / f"{folder}-away"
    (server.project / folder).rename(away)
    try:
        server.wait("/exercises/teapot-tip/", lambda answer: failed(answer) or bool(banner(answer)))
        time.sleep(3 * POLLING)  # until each watch has seen that it is gone: they look one after the other
        away.rename(server.project / folder)
        server.wait("/exercises/teapot-tip/", lambda answer: answer.status == 200 and not failed(answer))
        server.wait("/problems/", lambda answer: SAY["problems_none"] in answer.text)
        change(server.project)
        server.wait("/exercises/teapot-tip/", shows)
    finally:
        restore(server.project, built)
    server.wait("/problems/", lambda answer: SAY["problems_none"] in answer.text)


# How it starts


@pytest.mark.parametrize("arguments", [(), ("--clean",), ("--dirty",)], ids=" ".join)
def test_it_starts_with_a_problem(project: Path, arguments: tuple[str, ...]) -> None:
    edit(TEAPOT, "reps: 4", "reps: 400")(project)
    with Server(project, *arguments) as server:
        server.wait("/exercises/teapot-tip/", lambda answer: "dose-range" in banner(answer))
    assert not [*project.glob(".site-*")]


AT_START = [case for case in FAILING if case.name.startswith(("settings", "override", "door"))]


@pytest.mark.parametrize("case", AT_START, ids=[case.name for case in AT_START])
def test_it_does_not_start_without_a_build(project: Path, case: Failing) -> None:
    case.change(project)
    done = mkdocs(project, "serve", "-a", "127.0.0.1:0")
    assert done.returncode == 1
    assert (case.at_start or case.says) in done.stdout
    assert "Traceback" not in done.stdout
    assert len(done.stdout.splitlines()) < 8


def test_serving_writes_nothing_into_the_project_but_its_cache(built: Path, project: Path) -> None:
    with Server(project) as server:
        server.wait("/", lambda answer: answer.status == 200)
    ours = [
        {path.relative_to(one) for path in one.rglob("*") if not {"__pycache__", ".cache"} & {*path.parts}}
        for one in (project, built)
    ]
    assert ours[0] == ours[1]


TAKEN = "Port {port} on 127.0.0.1 is in use: another 'make serve' may be running."


@pytest.mark.parametrize("arguments", [(), ("--no-livereload",)], ids=" ".join)
def test_a_port_that_is_taken_is_told_at_once(server: Server, project: Path, arguments: tuple[str, ...]) -> None:
    done = mkdocs(project, "serve", "-a", server.address, *arguments)
    assert done.returncode == 1
    assert TAKEN.format(port=server.address.split(":")[1]) in done.stdout
    assert "mkdocs serve -a 127.0.0.1:8000" in done.stdout
    assert len(done.stdout.splitlines()) < 4
    assert not [*project.parent.glob("mkdocs_*")]


@pytest.mark.parametrize("address", ["127.0.0.1:99999", "192.0.2.1:8000"])
def test_an_address_that_is_none_of_ours(project: Path, address: str) -> None:
    done = mkdocs(project, "serve", "-a", address)
    assert done.returncode == 1
    assert f"The site can't be served at {address} (" in done.stdout
    assert "Traceback" not in done.stdout


def test_pictures_and_sheets_come_from_where_they_are_kept(project: Path) -> None:
    """They are in no folder of the server's: copying them would take longer than all the rest of a build."""
    shutil.rmtree(project / ".cache" / "print")
    picture = next((project / "site" / "assets" / "pictures").glob("teapot-tip-start-*.jpg"))
    with Server(project) as server:
        server.wait("/exercises/teapot-tip/", lambda answer: answer.status == 200)
        for name, head in ((f"assets/pictures/{picture.name}", b"\xff\xd8"), ("pdf/teapot-tip-a4.pdf", b"%PDF")):
            with urlopen(f"http://{server.address}/{name}") as answer:
                assert answer.status == 200
                assert answer.read().startswith(head)
        assert server.get("/pdf/nothing.pdf").status == 404
