"""`mkdocs build` of the invented site: what a good build makes, and that a failed one changes nothing."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
import time
from pathlib import Path
from typing import NamedTuple

import pytest
from hipknee import colours
from PIL import Image
from projects import (
    ADDRESS,
    ENVIRONMENT,
    MKDOCS,
    Change,
    append,
    both,
    check,
    delete,
    draw,
    edit,
    folder,
    mkdocs,
    tree,
    truncate,
    words,
    write,
)
from pypdfium2 import PdfDocument
from selectolax.lexbor import LexborHTMLParser

PAGES = ["index", "wobbly-knee", "creaky-lid", "glossary", "about", "exercises/index"]
PAGES += ["exercises/teapot-tip", "exercises/flamingo-doze", "exercises/starfish-twinkle"]
TEAPOT, CLINIC_FILE = "docs/exercises/teapot-tip.md", "docs/_data/clinic.yml"
SAY = words()


def page(project: Path, name: str) -> LexborHTMLParser:
    name = name.removesuffix("index")
    return LexborHTMLParser((project / "site" / name / "index.html").read_text("utf-8"))


def text(tree: LexborHTMLParser, selector: str) -> str:
    found = tree.css_first(selector)
    assert found, f"there is no {selector}"
    return " ".join(found.text().split())


def texts(tree: LexborHTMLParser, selector: str) -> list[str]:
    return [" ".join(node.text().split()) for node in tree.css(selector)]


def links(tree: LexborHTMLParser, selector: str) -> list[tuple[str, str]]:
    return [(" ".join(node.text().split()), node.attributes["href"] or "") for node in tree.css(selector)]


# What a good build makes


def test_files(built: Path) -> None:
    site = tree(built / "site")
    for name in PAGES:
        assert f"{name.removesuffix('index')}/index.html".replace("//", "/").lstrip("/") in site
    assert {"404.html", "sitemap.xml", "exercise.schema.json"} <= site.keys()
    assert [name for name in site if re.fullmatch(r"assets/stylesheets/site\.[0-9a-f]{10}\.css", name)]
    assert not [name for name in site if "lunr" in name or "bundle" in name]
    assert not [name for name in site if name.startswith(("_data", "images")) or name.endswith((".md", ".yml"))]
    assert "problems/index.html" not in site
    schema = json.loads(site["exercise.schema.json"])
    assert {"title", "helps", "muscles", "steps"} <= set(schema["properties"])
    assert not [*built.glob(".site-*")]


def test_silent_check_of_what_was_built(built: Path) -> None:
    done = check("--site", built / "site", "--root", built)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_building_again_changes_nothing(project: Path) -> None:
    before = tree(project / "site")
    assert mkdocs(project, "build").returncode == 0
    after = tree(project / "site")
    assert before == after


CARDS = [
    ("wobbly-knee", [("Flamingo doze", "The other knee gets a rest."), ("Teapot tip", "It tires the handle")]),
    ("creaky-lid", [("Starfish twinkle", "Twinkling drowns the creak."), ("Flamingo doze", "Nothing creaks that")]),
    ("exercises/index", [("Teapot tip", ""), ("Flamingo doze", ""), ("Starfish twinkle", "")]),
]


@pytest.mark.parametrize(("name", "expected"), CARDS, ids=[name for name, _ in CARDS])
def test_cards(built: Path, name: str, expected: list[tuple[str, str]]) -> None:
    cards = page(built, name).css("ul.cards > li.card")
    assert [" ".join(card.css_first("h3 a").text().split()) for card in cards] == [title for title, _ in expected]
    for card, (title, reason) in zip(cards, expected, strict=True):
        assert reason in card.text()
        assert card.css_first("h3 a").attributes["href"].endswith(f"{title.lower().replace(' ', '-')}/")
        assert card.css_first("picture img").attributes["loading"] == "lazy"


def test_a_card_tells_what_chips_ask(built: Path) -> None:
    found = page(built, "exercises/index")
    cards = [card.attributes for card in found.css("li.card")]
    assert [(card["data-level"], card["data-position"], card["data-equipment"]) for card in cards] == [
        ("hard", "on-a-shelf", "ribbon"),
        ("", "in-the-lagoon", ""),
        ("gentle", "in-the-lagoon", "cushion"),
    ]


MENTIONS = [
    (
        "index",
        [
            ("creaky lid", "creaky-lid/"),
            ("wobbly knee", "wobbly-knee/"),
            ("tippy teapot", "exercises/teapot-tip/"),
            ("porcelain", "glossary/#porcelain"),
        ],
    ),
    ("wobbly-knee", [("teapot tip", "../exercises/teapot-tip/")]),
    ("exercises/teapot-tip", [("flamingo doze", "../flamingo-doze/")]),
    ("exercises/flamingo-doze", []),
]


@pytest.mark.parametrize(("name", "expected"), MENTIONS, ids=[name for name, _ in MENTIONS])
def test_first_mentions(built: Path, name: str, expected: list[tuple[str, str]]) -> None:
    assert links(page(built, name), ":is(article, article > details.fold, .ways) > p a.term") == expected


def test_citations(built: Path) -> None:
    found = page(built, "index")
    assert links(found, "sup.cite a") == [
        ("1", "#source-tealeaf-1899"),
        ("1", "#source-tealeaf-1899"),
        ("2", "#source-unread-2001"),
    ]
    assert found.css_first("sup.cite a").attributes["aria-label"] == f"{SAY['source']} 1: Leaf 1899"
    assert "What the leaves said" in text(found, "#source-tealeaf-1899")
    assert SAY["source_checked_part_verified"] in text(found, "#source-unread-2001")
    assert SAY["source_no_authors"] in text(found, "#source-unread-2001")
    assert SAY["source_no_title"] not in text(found, "#source-unread-2001")
    # The page of all sources has them by their short names.
    assert [node.attributes["id"] for node in page(built, "about").css(".sources li")] == [
        "source-tealeaf-1899",
        "source-unread-2001",
    ]


REDIRECTS = [
    ("knocking-knee", "../wobbly-knee/", "Wobbly knee"),
    ("exercises/kettle-tip", "../teapot-tip/", "Teapot tip"),
    ("exercises/urn-tip", "../teapot-tip/", "Teapot tip"),
]


@pytest.mark.parametrize(("old", "new", "title"), REDIRECTS, ids=[old for old, _, _ in REDIRECTS])
def test_old_names_lead_on(built: Path, old: str, new: str, title: str) -> None:
    found = page(built, old)
    assert found.css_first("meta[http-equiv=refresh]").attributes["content"] == f"0; url={new}"
    assert links(found, "a") == [(title, new)]
    assert found.css_first("html").attributes["lang"] == "en"
    assert found.css_first("meta[name=robots]").attributes["content"] == "noindex"
    assert old not in (built / "site" / "sitemap.xml").read_text("utf-8")


def test_stamps_stand_in_the_head_of_exercises_only(built: Path) -> None:
    stamps = {name: page(built, name).css("head meta[name=hipknee-stamp]") for name in PAGES}
    assert [name for name, found in stamps.items() if found] == PAGES[-3:]
    values = [found[0].attributes["content"] for found in stamps.values() if found]
    assert len({*values}) == 3
    assert all(re.fullmatch("[0-9a-f]{64}", value or "") for value in values)


def test_pictures(built: Path) -> None:
    found = page(built, "exercises/teapot-tip")
    images = found.css("article img")
    assert [image.attributes["alt"] for image in images] == [
        "A teapot that stands upright on a shelf.",
        "The teapot leans over. An arrow of tea shows the way.",
        "The teapot leans over and comes back.",
        *["", ""],  # those of the strip stand above it with their words
        "From the front: a drop at the spout.",
        "Wrong: a wet cat.",
    ]
    for number, image in enumerate(images):
        wide, high = int(image.attributes["width"] or 0), int(image.attributes["height"] or 0)
        assert (wide, high) == (800, 600)
        assert image.parent is not None
        assert image.parent.tag == "picture"
        source = image.parent.css_first("source").attributes
        assert source["type"] == "image/webp"
        assert source["sizes"]
        widths = [part.split()[1] for part in (source["srcset"] or "").split(",")]
        assert widths == (["800w"] if "leans over and" in (image.attributes["alt"] or "") else ["400w", "800w"])
        # The first is what the reader waits for; the others are below the fold.
        assert image.attributes.get("loading") == (None if number == 0 else "lazy")
        assert image.attributes.get("fetchpriority") == ("high" if number == 0 else None)
    motion = found.css_first("details.motion > picture source").attributes
    assert motion["media"] == "(prefers-reduced-motion: no-preference)"


def test_a_picture_in_a_text(built: Path) -> None:
    image = page(built, "index").css_first("article p picture img").attributes
    assert image["alt"] == "A teapot that leans against a lighthouse."
    assert (image["width"], image["height"], image.get("loading")) == ("800", "600", None)


def test_the_foot_of_every_page(built: Path) -> None:
    for name in PAGES:
        review = text(page(built, name), "article p.review")
        assert "General tea, not medical tea." in review
        assert "January 2, 2026" in review
        awaiting = SAY["review_awaiting"] in review
        assert awaiting == (name != "index")
    assert "Dr. Earl Grey, teapot doctor" in text(page(built, "index"), "p.review")


def test_neighbours_and_series(built: Path) -> None:
    expected = {
        "teapot-tip": (None, "../flamingo-doze/", 1),
        "flamingo-doze": ("../teapot-tip/", "../starfish-twinkle/", 2),
        "starfish-twinkle": ("../flamingo-doze/", None, None),
    }
    for slug, (before, after, part) in expected.items():
        found = page(built, f"exercises/{slug}")
        around = {a.attributes.get("rel"): a.attributes["href"] for a in found.css("nav.neighbours a")}
        assert around == {key: to for key, to in (("prev", before), (None, "../"), ("next", after)) if to}
        series = texts(found, "aside.series p strong")
        assert series == ([SAY["series_part"].format(title="Tea time", number=part, count=2)] if part else [])
    assert texts(page(built, "exercises/index"), "section.series li") == ["Teapot tip", "Flamingo doze"]


def test_an_exercise_says_it_all(built: Path) -> None:
    found = page(built, "exercises/teapot-tip")
    assert (
        texts(found, "ol.steps li")[0] == f"{SAY['role_start']} Stand on the shelf with the ribbon round your handle."
    )
    assert len(found.css("ol.steps li")) == 5
    assert texts(found, ".stop li") == [
        "A warm handle is fine.",
        "A hot one is not.",
        "The cat looks at you.",
        "The spout drips.",
        "If it will not stop, put a saucer under it.",
    ]
    amount, needs, pain, before = texts(found, ".dose p")
    assert amount.startswith(f"1 to 2 sets of 4 pours {SAY['each_side']}, ")
    assert "Hold each for 3 seconds." in amount
    assert "A set is all the pours in a row." in amount
    assert needs.startswith(f"{SAY['equipment']}:")
    assert pain == f"{SAY['pain_rule']}: A warm handle is fine."
    assert before.startswith(f"{SAY['before']}:")
    order = [node.tag for node in found.css(".before-line, ol.steps, .stop, details.fold")]
    assert order[:3] == ["p", "ol", "section"]
    assert texts(found, ".cautions li") == ["If your lid is loose, hold it."]
    assert texts(page(built, "wobbly-knee"), ".cares div") == ["If your lid is loose Teapot tip: hold it."]
    assert links(found, "ul.helps a") == [(SAY["helps_more"].format(title="wobbly knee"), "../../wobbly-knee/")]


CLINIC = """\
name: The Kettle
phones: [{label: Tea line, number: (000) 555-0142}]
booking: kettle.example.org/book
report: spills@kettle.example.org
logo: clinic/kettle.png
colour: 7a1f6b
paper: a4
emergency_number: 112
links: [{label: About the kettle, address: kettle.example.org/about}]
"""


def test_clinic(project: Path, built: Path) -> None:
    for name in PAGES:
        html = (built / "site" / name.removesuffix("index") / "index.html").read_text("utf-8")
        for trace in ('class="clinic"', "tel:", "mailto:", SAY["clinic_booking"], SAY["report"]):
            assert trace not in html
    write("docs/_data/clinic.yml", CLINIC)(project)
    edit("docs/_data/site.yml", "Call the fire brigade.", '"Call {emergency}."')(project)
    append("docs/about.md", "\nOn fire? **Call {emergency}.**\n")(project)
    draw(project / "images" / "clinic" / "kettle.png")
    done = mkdocs(project, "build")
    assert done.returncode == 0, done.stdout
    for name in PAGES:
        found = page(project, name)
        assert len(found.css("aside.clinic")) == 1, name
        # A condition page has it where it is needed.
        assert len(found.css(".red-flags aside.clinic")) == (name in ("wobbly-knee", "creaky-lid"))
        assert links(found, "p.review a") == [(SAY["report"], "mailto:spills@kettle.example.org")]
    assert links(page(project, "about"), "aside.clinic a") == [
        ("(000) 555-0142", "tel:0005550142"),
        (SAY["clinic_booking"], "https://kettle.example.org/book"),
    ]
    about, pictures = page(project, "about"), project / "site" / "assets" / "pictures"
    assert links(about, "footer .clinic-links a") == [("About the kettle", "https://kettle.example.org/about")]
    assert links(about, "article > p a.call") == [("112", "tel:112")]
    assert links(page(project, "wobbly-knee"), "#emergency a.call") == [("112", "tel:112")]
    logo = about.css_first("aside.clinic .logo img").attributes
    assert (logo["alt"], (pictures / Path(logo["src"] or "").name).is_file()) == ("", True)
    papers = [label for label, _ in links(page(project, "exercises/teapot-tip"), ".prints li:first-child a")]
    assert papers == [SAY["print_handout"]]
    assert {label for label, _ in links(page(project, "exercises/teapot-tip"), ".prints a[href*=letter]")} == set()


def test_the_colour_of_a_clinic_is_everywhere(project: Path, built: Path) -> None:
    """On pages, on paper, on cards and icons; and nowhere is the one left that it takes the place of."""
    write("docs/_data/clinic.yml", "colour: 7a1f6b\n")(project)
    edit("mkdocs.yml", "site_name: The Teapot Clinic", f"site_name: The Teapot Clinic\nsite_url: {ADDRESS}")(project)
    done = mkdocs(project, "build")
    assert done.returncode == 0, done.stdout
    site = project / "site"
    (sheet,) = site.glob("assets/stylesheets/colors.*.css")
    assert "--brand: #7a1f6b;" in sheet.read_text("utf-8")
    for name in PAGES:
        assert f"stylesheets/{sheet.name}" in (site / name.removesuffix("index") / "index.html").read_text("utf-8")
    own = [path for path in site.rglob("*.css") if not path.name.startswith("main.")]
    assert [path.name for path in own if colours.TEAL in path.read_text("utf-8")] == []
    (icon,) = site.glob("assets/pictures/favicon.*.png")
    assert Image.open(icon).convert("RGB").getpixel((24, 3)) == (0x7A, 0x1F, 0x6B)
    for card in site.glob("assets/pictures/share-*.jpg"):
        assert Image.open(card).getpixel((1000, 620)) == pytest.approx((0x7A, 0x1F, 0x6B), abs=4)
    document = PdfDocument(site / "pdf" / "teapot-tip-a4.pdf")
    seen = {colour for _, colour in document[0].render(scale=2).to_pil().getcolors(1 << 24)}
    assert (0x7A, 0x1F, 0x6B) in seen
    assert (0x0F, 0x5C, 0x63) not in seen


# What check.py finds in a built site


class Found(NamedTuple):
    name: str
    change: Change
    says: str


def built_page(name: str) -> str:
    return f"site/exercises/{name}/index.html"


def unstamped(project: Path) -> None:
    path = project / built_page("teapot-tip")
    html, count = re.subn('<meta name="hipknee-stamp"[^>]*>', "", path.read_text("utf-8"))
    assert count == 1
    path.write_text(html, "utf-8")


def no_pictures(project: Path) -> None:
    for path in project.glob("site/assets/pictures/flamingo-doze-finish-400-*"):
        path.unlink()


FINDS = [
    Found("no-stamp", unstamped, f"{TEAPOT}:1: [link-broken] {built_page('teapot-tip')} has no stamp"),
    Found("source-changed", edit(TEAPOT, "Lean toward", "Dive into"), f"{TEAPOT}:1: [link-broken]"),
    Found("data-changed", edit("docs/_data/site.yml", "drips", "sings"), f"{TEAPOT}:1: [link-broken]"),
    Found("picture-changed", append("images/teapot-tip/start.png", "x"), f"{TEAPOT}:1: [link-broken]"),
    Found("page-lost", delete(built_page("teapot-tip")), f"{TEAPOT}:1: [link-broken] The page is not in site/."),
    Found("picture-lost", no_pictures, "docs/exercises/flamingo-doze.md:1: [link-broken]"),
    Found(
        "dead-link",
        edit("site/about/index.html", "<h2", '<a href="../kettle/">x</a><h2'),
        "docs/about.md:1: [link-broken] '../kettle/' leads nowhere.",
    ),
    Found(
        "dead-anchor",
        edit("site/about/index.html", "<h2", '<a href="../glossary/#kettle">x</a><h2'),
        "docs/about.md:1: [link-broken] '../glossary/#kettle' leads to a place that is not on that page.",
    ),
    Found(
        "duplicate-id",
        edit("site/about/index.html", "<h2", '<p id="sources"></p><h2'),
        "docs/about.md:1: [link-broken] Two places on the page are called '#sources'.",
    ),
    Found(
        "out-of-the-site", edit("site/about/index.html", "<h2", '<a href="../../x">x</a><h2'), "leads out of the site"
    ),
]


@pytest.mark.parametrize("case", FINDS, ids=[case.name for case in FINDS])
def test_check_finds_what_is_wrong_with_a_built_site(project: Path, case: Found) -> None:
    case.change(project)
    done = check("--site", project / "site", "--root", project)
    assert done.returncode == 1
    assert case.says in done.stdout
    assert not done.stderr


# A build that fails


class Failure(NamedTuple):
    name: str
    change: Change
    says: str
    """What is said. '{}' stands for the number of the line that holds `at`."""
    at: str = ""
    arguments: tuple[str, ...] = ()


def with_hook(code: str) -> Change:
    """One more hook, after the project's own."""
    listed = edit("switchboard.yml", "  - hooks/editor_mode.py", "  - hooks/editor_mode.py\n  - hooks/kettle.py")
    return both(write(HOOK, code), listed)


def with_first_hook(code: str) -> Change:
    """One more hook, before them."""
    listed = edit("switchboard.yml", "  - hooks/publish.py", "  - hooks/kettle.py\n  - hooks/publish.py")
    return both(write(HOOK, code), listed)


PAGE = "---\ntitle: Saucer\nsummary: Below.\nupdated: 2026-01-02\nreview: {status: awaiting}\n---\nRound.\n"
KNEE, ABOUT, WORDS, SETTINGS = "docs/wobbly-knee.md", "docs/about.md", "docs/_data/words.en.yml", "mkdocs.yml"
TEMPLATE, OVERRIDE, HOOK = "hooks/hipknee/pages/html/home.html", "hooks/overrides/main.html", "hooks/kettle.py"
CONTENT = "{% block content %}"

FAILURES = [
    Failure(
        "gate", edit(TEAPOT, "primary: [spout", "primary: [sprout"), f"{TEAPOT}:{{}}: [muscle-unknown]", "primary:"
    ),
    Failure(
        "gate-strict", edit(TEAPOT, "reps: 4", "reps: 400"), f"{TEAPOT}:{{}}: [dose-range]", "dose:", ("--strict",)
    ),
    Failure("dead-link", append(KNEE, "\n[x](kettle.md)\n"), f"{KNEE}:{{}}: [link-broken]", "kettle"),
    Failure("dead-anchor", append(KNEE, "\n[x](about.md#lid)\n"), f"{KNEE}:{{}}: [link-broken]", "#lid"),
    Failure("dead-anchor-here", append(KNEE, "\n[x](#lid)\n"), f"{KNEE}:{{}}: [link-broken]", "#lid"),
    Failure("dead-raw-link", append(KNEE, '\n<a href="../kettle/">x</a>\n'), f"{KNEE}:{{}}: [link-broken]", "kettle"),
    Failure("duplicate-id", append(KNEE, "\n## Old {#sources}\n"), f"{KNEE}:{{}}: [id-clash]", "## Old"),
    Failure("no-picture", delete("images/teapot-tip/start.png"), f"{TEAPOT}:{{}}: [image-missing]", "start.png"),
    Failure("half-a-picture", truncate("images/teapot-tip/cat.png"), f"{TEAPOT}:{{}}: [image-unreadable]", "cat.png"),
    Failure("broken-yaml", edit(ABOUT, "title: About", "title: 'About"), f"{ABOUT}:{{}}: [yaml-broken]", "title: "),
    Failure("empty-page", write(ABOUT, ""), f"{ABOUT}:1: [yaml-broken]"),
    Failure("not-utf-8", write(ABOUT, b"---\ntitle: caf\xe9\n---\n"), f"{ABOUT}:2: [yaml-broken]"),
    Failure("folder-named-as-a-page", folder("docs/pot.md"), "docs/pot.md:1: [file-unknown]"),
    Failure("no-sources", delete("docs/_data/sources.yml"), "docs/_data/sources.yml:1: [key-missing]"),
    Failure("broken-words", edit(WORDS, "start: S", "start: 'S"), f"{WORDS}:{{}}: [yaml-broken]", "start: "),
    Failure("page-not-in-nav", write("docs/saucer.md", PAGE), "docs/saucer.md:1: [page-unlisted]"),
    Failure("page-not-in-nav-quiet", write("docs/saucer.md", PAGE), "docs/saucer.md:1: ", arguments=("--quiet",)),
    Failure("nav-without-page", edit(SETTINGS, "- about.md", "- kettle.md"), f"{SETTINGS}:{{}}: [link-b", "kettle"),
    Failure("no-css", append(SETTINGS, "extra_css: [kettle.css]\n"), f"{SETTINGS}:{{}}: [value-invalid]", "kettle"),
    Failure("clinic", write(CLINIC_FILE, "nam: x\n"), f"{CLINIC_FILE}:1: [key-unknown]"),
    Failure("clinic-text", write(CLINIC_FILE, "x\n"), f"{CLINIC_FILE}:1: [yaml-broken]"),
    Failure("clinic-web", write(CLINIC_FILE, "booking: web\n"), f"{CLINIC_FILE}:1: [value-invalid]"),
    Failure(
        "clinic-elsewhere", append(SETTINGS, "extra:\n  clinic: {name: x}\n"), f"{SETTINGS}:{{}}: [key-unk", "clin"
    ),
    Failure("settings-yaml", append(SETTINGS, "nav: ]\n"), 'mkdocs.yml", line {}', "nav: ]"),
    Failure("settings-unknown-key", append(SETTINGS, "extra_cs: [x.css]\n"), f"{SETTINGS}:{{}}: [key-unknown]", "_cs"),
    Failure("settings-unknown-plugin", append(SETTINGS, "plugins: [kettle]\n"), '"kettle" plugin is not installed'),
    Failure("override-syntax", edit(OVERRIDE, CONTENT, "{% block %}"), f"{OVERRIDE}:{{}}: ", "{% block %}"),
    Failure(
        "override-call",
        edit(OVERRIDE, CONTENT, CONTENT + "{{ whistle() }}"),
        f"{OVERRIDE}:{{}}: 'whistle' is",
        "whistle",
    ),
    Failure("template-syntax", edit(TEMPLATE, "{{ body }}", "{{ body"), f"{TEMPLATE}:"),
    Failure("template-name", edit(TEMPLATE, "{{ body }}", "{{ bodice }}"), f"{TEMPLATE}:{{}}: 'bodice' is", "bodice"),
    Failure("hook", with_hook("def on_env(env, **_):\n    raise KeyError('lid')\n"), f"{HOOK}:2: KeyError: 'lid'"),
    Failure("hook-at-once", with_first_hook("def on_config(config):\n    1 / 0\n"), f"{HOOK}:2: ZeroDivisionError"),
    Failure("hook-at-last", with_hook("def on_post_build(**_):\n    1 / 0\n"), f"{HOOK}:2: ZeroDivisionError"),
    Failure("dirty", edit(ABOUT, "leaves", "crumbs"), "'--dirty' can't be used here", arguments=("--dirty",)),
    Failure(
        "into-a-file",
        write("cup", "tea"),
        "cup is a file, or is inside one",
        arguments=("-d", "cup"),
    ),
    Failure("below-a-file", write("cup", "tea"), "cup", arguments=("-d", "cup/site")),
]


def place(project: Path, case: Failure) -> str:
    """What the case says, with the number of its line."""
    if not case.at:
        return case.says
    path = re.match(r"[\w/.-]+", case.says)
    assert path
    rows = (project / path[0]).read_text("utf-8").split("\n")
    return case.says.format(next(number for number, row in enumerate(rows, 1) if case.at in row))


@pytest.mark.parametrize("case", FAILURES, ids=[case.name for case in FAILURES])
def test_a_failed_build_changes_nothing(project: Path, case: Failure) -> None:
    before = tree(project / "site")
    case.change(project)
    says = place(project, case)
    done = mkdocs(project, "build", *case.arguments)
    assert done.returncode == 1, done.stdout
    assert says in done.stdout
    assert "Traceback" not in done.stdout
    assert tree(project / "site") == before
    assert not [path.name for path in project.iterdir() if path.name.startswith((".site", ".cup"))]
    if "cup" in case.arguments:
        assert (project / "cup").read_text("utf-8") == "tea"


@pytest.mark.parametrize("address", ["https://example.org/", "https://example.org/clinic/teapots/"])
def test_a_site_may_stand_in_a_folder_of_its_server(project: Path, address: str) -> None:
    edit("mkdocs.yml", "site_name: The Teapot Clinic", f"site_name: The Teapot Clinic\nsite_url: {address}")(project)
    done = mkdocs(project, "build")
    assert done.returncode == 0, done.stdout
    assert f'<link rel="canonical" href="{address}' in (project / "site" / "index.html").read_text("utf-8")


def test_a_failure_without_an_old_site_leaves_none(project: Path) -> None:
    shutil.rmtree(project / "site")
    edit(TEAPOT, "reps: 4", "reps: 400")(project)
    assert mkdocs(project, "build").returncode == 1
    assert not (project / "site").exists()


def test_every_problem_is_said_in_one_run(project: Path) -> None:
    for change in (edit(TEAPOT, "reps: 4", "reps: 400"), append(KNEE, "\n[x](kettle.md)\n"), folder("docs/pot.md")):
        change(project)
    said = mkdocs(project, "build").stdout
    assert all(rule in said for rule in ("[dose-range]", "[link-broken]", "[file-unknown]", "3 problems to fix"))


WAIT = """
import pathlib, signal, time

def on_post_build(**_):
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a run in the background ignores it
    pathlib.Path("here").touch()
    time.sleep(60)
"""
SIGNALS = [name for name in ("SIGINT", "SIGTERM", "SIGKILL") if hasattr(signal, name)]


@pytest.mark.skipif(sys.platform == "win32", reason="signals are another thing there")
@pytest.mark.parametrize("name", SIGNALS)
def test_an_interrupted_build_changes_nothing(project: Path, name: str) -> None:
    """The build is stopped when the new site is all but written."""
    with_hook(WAIT)(project)
    before = tree(project / "site")
    with subprocess.Popen(
        [*MKDOCS, "build"], cwd=project, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as build:
        until = time.monotonic() + 30
        while not (project / "here").exists():
            assert build.poll() is None
            assert time.monotonic() < until
            time.sleep(0.02)
        build.send_signal(getattr(signal, name))
        said, _ = build.communicate(timeout=20)
    assert build.returncode != 0
    assert "Traceback" not in said
    assert tree(project / "site") == before
    left = [*project.glob(".site-*")]
    assert len(left) == (name != "SIGINT")
    # What a killed build left is deleted once it is old, and never stands in the way.
    for path in left:
        os.utime(path, (0, 0))
    (project / "hooks" / "kettle.py").write_text("", "utf-8")
    assert mkdocs(project, "build").returncode == 0
    assert not [*project.glob(".site-*")]


# Ways to call it


def test_another_place(project: Path) -> None:
    before = tree(project / "site")
    done = mkdocs(project, "build", "-d", "other")
    assert done.returncode == 0, done.stdout
    assert tree(project / "site") == before
    assert tree(project / "other") == before


def test_a_day_that_is_none(project: Path) -> None:
    done = mkdocs(project, "build", SOURCE_DATE_EPOCH="abc")
    assert done.returncode == 1
    words = "SOURCE_DATE_EPOCH is 'abc', which is not a number of seconds since 1970. Correct it, or unset it."
    assert done.stdout.splitlines()[-1] == f"Error: {words}"


def test_strict(project: Path) -> None:
    done = mkdocs(project, "build", "--strict")
    assert done.returncode == 0, done.stdout
    assert not [*project.glob(".site-*")]


def test_what_is_hidden_in_the_old_site_stays(project: Path) -> None:
    """A working tree of Git, or what a web server keeps there."""
    write("site/.git/HEAD", "ref: refs/heads/pages\n")(project)
    write("site/old-tea/index.html", "cold")(project)
    assert mkdocs(project, "build").returncode == 0
    assert (project / "site" / ".git" / "HEAD").read_text("utf-8") == "ref: refs/heads/pages\n"
    assert not (project / "site" / "old-tea").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_link_to_the_site_stays_a_link(project: Path) -> None:
    (project / "site").rename(project / "served")
    (project / "site").symlink_to("served")
    edit("docs/about.md", "Mostly leaves.", "Mostly crumbs.")(project)
    assert mkdocs(project, "build").returncode == 0
    assert (project / "site").is_symlink()
    assert "Mostly crumbs." in (project / "served" / "about" / "index.html").read_text("utf-8")


def test_from_another_folder(project: Path, tmp_path: Path) -> None:
    edit("docs/about.md", "Mostly leaves.", "Mostly crumbs.")(project)
    done = mkdocs(tmp_path, "build", "-f", str(project / "mkdocs.yml"))
    assert done.returncode == 0, done.stdout
    assert "Mostly crumbs." in (project / "site" / "about" / "index.html").read_text("utf-8")


def test_where_nothing_is_installed(project: Path) -> None:
    """The doors find the house beside them. -S leaves out the editable install, which is a line in site-packages."""
    paths = os.pathsep.join({sysconfig.get_path("purelib"), sysconfig.get_path("platlib")})
    environment = ENVIRONMENT | {"PYTHONPATH": paths}
    python = [sys.executable, "-S"]
    looked = subprocess.run([*python, "-c", "import hipknee"], cwd=project, env=environment, capture_output=True)
    assert looked.returncode != 0
    (project / "site" / "index.html").unlink()
    done = subprocess.run([*python, "-m", "mkdocs", "build"], cwd=project, env=environment, capture_output=True)
    assert done.returncode == 0, done.stderr
    assert (project / "site" / "index.html").exists()


UNPRINTABLE = {
    "the booklet": append("docs/about.md", "\nKeep smiling 😀\n"),
    "a handout": edit(TEAPOT, "feel: ", "feel: 😀 "),
}


@pytest.mark.parametrize("sheet", UNPRINTABLE)
def test_what_cannot_be_printed_is_told_alone(sheet: str, project: Path) -> None:
    """Not also that the links to it lead nowhere: that only follows."""
    UNPRINTABLE[sheet](project)
    done = mkdocs(project, "build")
    assert done.returncode == 1
    assert "have no '😀'" in done.stdout
    assert "leads nowhere" not in done.stdout


def test_a_page_that_only_mkdocs_knows_may_hold_any_bytes(project: Path) -> None:
    """What is told of it is that no menu names it, and not that Python can't read it."""
    write("docs/notes.markdown", "caf\xe9".encode("latin-1"))(project)
    done = mkdocs(project, "build")
    assert done.returncode == 1
    assert "notes.markdown" in done.stdout
    assert "ncoding" not in done.stdout
    assert "Traceback" not in done.stdout
