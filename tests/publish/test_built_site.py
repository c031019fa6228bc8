"""A built site, held against its sources: what nobody checked, or what leads nowhere, is told."""

from __future__ import annotations

import re
from pathlib import Path

import birds
import pytest
from birds import FILES, FLAMINGO, PAGE, line_of, replaced
from hipknee.content import catalogue
from hipknee.content.kinds import EXERCISE
from hipknee.pages.page_inputs import page_inputs
from hipknee.publish.built_site import stamped
from hipknee.site import check_built
from PIL import Image

SLUGS = ("polite-flamingo", "startled-owl", "waddling-penguin")


def html(body: str) -> str:
    return f"<!doctype html><html><head><title>x</title></head><body>{body}</body></html>"


def stamp(root: Path, slug: str) -> str:
    return page_inputs(catalogue.load(root))[EXERCISE.path(slug)].stamp


@pytest.fixture
def pond(tmp_path: Path) -> Path:
    """A project and its site, as plain as a site can be."""
    root = birds.write(tmp_path / "pond")
    for slug in SLUGS:
        page = root / "site" / "exercises" / slug / "index.html"
        page.parent.mkdir(parents=True)
        body = '<h2 id="why">Why</h2><a href="../../">Home</a> <a href="#why">Up</a> <img src="../../a%20b.png">'
        page.write_text(stamped(html(body), stamp(root, slug)))
    (root / "site" / "index.html").write_text(html('<a href="exercises/startled-owl/#why">Owl</a>'))
    Image.new("RGB", (8, 8)).save(root / "site" / "a b.png")
    return root


def told(root: Path) -> list[tuple[str, int, str]]:
    problems = check_built(root / "site", root)
    assert {problem.rule for problem in problems} <= {"link-broken"}
    return [(problem.path, problem.line, f"{problem.message} {problem.hint}".strip()) for problem in problems]


def home(root: Path, body: str) -> list[tuple[str, int, str]]:
    (root / "site" / "index.html").write_text(html(body))
    return told(root)


def test_silence(pond: Path) -> None:
    assert told(pond) == []


def test_the_stamp_stands_in_the_head() -> None:
    value = "0123456789abcdef" * 4
    page = stamped(html("<pre>&lt;/head></pre>"), value)
    assert page.count(value) == 1
    assert f'<meta name="hipknee-stamp" content="{value}"></head>' in page
    assert page.replace(f'<meta name="hipknee-stamp" content="{value}">', "") == html("<pre>&lt;/head></pre>")


def test_a_stamp_covers_all_that_a_page_is_made_from(pond: Path) -> None:
    before = stamp(pond, "polite-flamingo")
    assert re.fullmatch("[0-9a-f]{64}", before)
    own = [PAGE, *(f"docs/_data/{name}" for name in (*catalogue.DATA, catalogue.words_file("en")))]
    own += [f"images/{file}" for file in birds.PICTURES if file.startswith("polite-flamingo/")]
    assert len(own) == 11
    stamps = set()
    for path in own:
        with replaced(pond, **{path: (pond / path).read_bytes() + b"\n"}):
            stamps.add(stamp(pond, "polite-flamingo"))
    assert len(stamps | {before}) == len(own) + 1
    others = ["docs/exercises/startled-owl.md", "docs/index.md", "images/startled-owl/start.png"]
    for path in others:
        with replaced(pond, **{path: (pond / path).read_bytes() + b"\n"}):
            assert stamp(pond, "polite-flamingo") == before


def test_no_byte_moves_from_one_file_to_the_next_unnoticed(pond: Path) -> None:
    first, second = "docs/_data/vocabulary.yml", "docs/_data/sources.yml"
    before = stamp(pond, "startled-owl")
    one, two = (pond / first).read_bytes(), (pond / second).read_bytes()
    with replaced(pond, **{first: one + two[:1], second: two[1:]}):
        assert stamp(pond, "startled-owl") != before


def test_a_page_that_was_built_from_something_else(pond: Path) -> None:
    text = "site/exercises/polite-flamingo/index.html was not built from the current sources. Build again."
    with replaced(pond, **{PAGE: FLAMINGO + "More.\n"}):
        assert told(pond) == [(PAGE, 1, text)]
    (pond / "images" / "polite-flamingo" / "fox.png").unlink()
    assert told(pond) == [(PAGE, 1, text)]


def test_a_page_without_a_stamp(pond: Path) -> None:
    """As a builder makes it that knows no hooks. Nor does a template that prints a stamp of its own help."""
    page = pond / "site" / "exercises" / "polite-flamingo" / "index.html"
    why = "it was built without the checks. Build with 'make build'."
    text = f"site/exercises/polite-flamingo/index.html has no stamp: {why}"
    for plain in (html("Bow."), stamped(html("Bow."), "STAMP"), stamped(html("Bow."), "0" * 63)):
        page.write_text(plain)
        assert (PAGE, 1, text) in told(pond)


def test_a_page_that_was_not_built(pond: Path) -> None:
    (pond / "site" / "exercises" / "polite-flamingo" / "index.html").unlink()
    assert told(pond) == [(PAGE, 1, "The page is not in site/. Build again.")]


LEADS = {
    '<a href="exercises/startled-owl/">x</a>': "",
    '<a href="exercises/startled-owl">x</a>': "",
    '<a href="exercises/startled-owl/index.html">x</a>': "",
    '<a href="/exercises/startled-owl/">x</a>': "",  # how the error page is written
    '<a href="exercises/startled-owl/?a=b#why">x</a>': "",
    '<a href="">x</a>': "",
    '<a href=".">x</a>': "",
    '<a href="#">x</a>': "",
    '<a href="https://nowhere.example/x">x</a><a href="//a.example">x</a><a href="mailto:a@b.example">x</a>': "",
    '<img src="data:image/png;base64,xx">': "",
    '<link rel="stylesheet" href="a%20b.png">': "",
    '<img srcset="a%20b.png 1x, a%20b.png 2x">': "",
    '<img srcset="a%20b.png 400w, ">': "",
    "<a>x</a>": "",
    '<a href="exercises/startled-own/">x</a>': "'exercises/startled-own/' leads nowhere.",
    '<a href="exercises/">x</a>': "'exercises/' leads nowhere.",
    '<script src="a.js"></script>': "'a.js' leads nowhere.",
    '<img srcset="a%20b.png 1x, c.png 2x">': "'c.png' leads nowhere.",
    '<a href="a%20b.png#how">x</a>': "",
    '<a href="a%20b.png#o">x</a><a href="#o">x</a>': "'#o' leads to a place that is not on that page.",
    '<a href="#how">x</a>': "'#how' leads to a place that is not on that page.",
    '<a href="../secret.html">x</a>': "'../secret.html' leads out of the site.",
    '<a href="http://[bad">x</a>': "'http://[bad' is not an address.",
    '<p id="a"><p id="b"><p id="a">': "Two places on the page are called '#a'.",
}


def test_a_code_is_no_place(pond: Path) -> None:
    """On the page that shows programmes, whose script reads it; elsewhere it is one."""
    for at in ("programme", "more/programme"):
        (pond / "site" / at).mkdir(parents=True)
        (pond / "site" / at / "index.html").write_text(html("<h1>Your plan</h1>"))
    assert home(pond, '<a href="programme/#ADD-OWL">x</a> <a href="programme/#1-001-OWL1X8.10-J6">y</a>') == []
    for wrong in ("programme/#steps", "more/programme/#ADD-OWL"):
        message = f"'{wrong}' leads to a place that is not on that page."
        assert [text for _, _, text in home(pond, f'<a href="{wrong}">x</a>')] == [message]


@pytest.mark.parametrize("body", LEADS)
def test_where_addresses_lead(body: str, pond: Path) -> None:
    said = [(path, text) for path, _, text in home(pond, body)]
    assert said == ([("docs/index.md", LEADS[body])] if LEADS[body] else [])


def test_an_address_is_told_where_its_author_wrote_it(pond: Path) -> None:
    page = pond / "site" / "exercises" / "polite-flamingo" / "index.html"
    links = '<a href="../startled-own/">x</a> <a href="../../#ruels">x</a> <a href="../../nothing/">x</a>'
    page.write_text(page.read_text().replace("</body>", f"{links}</body>"))
    changed = birds.edited(FLAMINGO, ("(startled-owl.md)", "(startled-own.md)"), ("index.md#rules", "index.md#ruels"))
    with replaced(pond, **{PAGE: changed}):
        lines = {text: line for path, line, text in told(pond) if path == PAGE}
    assert lines["'../startled-own/' leads nowhere."] == line_of(changed, "startled-own")
    assert lines["'../../#ruels' leads to a place that is not on that page."] == line_of(changed, "#ruels")
    assert lines["'../../nothing/' leads nowhere."] == 1


def test_a_page_that_has_no_source(pond: Path) -> None:
    (pond / "site" / "404.html").write_text(html('<a href="/">Home</a> <a href="/gone/">Gone</a>'))
    assert told(pond) == [("site/404.html", 1, "'/gone/' leads nowhere.")]


def test_a_page_that_is_not_utf_8(pond: Path) -> None:
    (pond / "site" / "old.html").write_bytes(html('caf\xe9 <a href="gone.html">x</a>').encode("latin-1"))
    assert told(pond) == [("site/old.html", 1, "'gone.html' leads nowhere.")]


def test_a_site_that_stands_elsewhere(pond: Path, tmp_path: Path) -> None:
    (pond / "site").rename(tmp_path / "upload")
    (tmp_path / "upload" / "old.html").write_text(html('<a href="gone.html">x</a>'))
    assert [str(p) for p in check_built(tmp_path / "upload", pond)] == [
        "upload/old.html:1: [link-broken] 'gone.html' leads nowhere."
    ]
    assert {path.split("/")[0] for path in FILES} == {"docs", "mkdocs.yml"}
