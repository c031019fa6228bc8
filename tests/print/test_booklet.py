"""The booklet: its data, and what it looks like in print. tests/this_site/test_printed.py holds the real one."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hipknee.content.data_files import Clinic, Site
from hipknee.print import element_tree
from hipknee.print.booklet import TEMPLATE, Book, BookletPage, Elsewhere, booklet, chapters
from hipknee.print.edition import Edition
from hipknee.print.typesetting import FOLDER, PictureFile, Typesetter
from hipknee.problems import Problem
from pdf_ua import required
from PIL import Image, ImageChops
from projects import words
from pypdfium2 import PdfDocument
from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

SITE = Site.model_construct(disclaimer="Not medical advice.")
CLINIC = Clinic.model_validate(
    {
        "name": "Teapot Clinic",
        "phones": [{"label": "Desk", "number": "904-555-0142"}],
        "booking": "https://www.example.org/",
    }
)
SHAPES = {"wide.jpg": (1000, 500), "tall.jpg": (600, 800)}
WIDE, TALL = (f'<img src="assets/{name}" alt="A teapot.">' for name in SHAPES)
PAIR = f'<div class="pictures"><figure>{WIDE}</figure><figure>{TALL}<figcaption>c</figcaption></figure></div>'


def picture(path: str) -> PictureFile | None:
    name = path.rpartition("/")[2]
    return PictureFile(f"/{name}", *SHAPES[name]) if name in SHAPES else None


def page(name: str, html: str, part: str | None = None) -> BookletPage:
    return BookletPage(f"{name or 'index'}.md", f"{name}/" if name else "./", name.title() or "Home", html, part)


def made(pages: Sequence[BookletPage], **more: Any) -> tuple[dict[str, Any], list[Problem]]:
    """The data of a booklet of these pages; `more` says what is different about its edition."""
    edition = replace(Edition(words(), SITE, CLINIC, "en", "1a2b3c4d", "a4"), **more)
    book = Book("booklet", pages, datetime.date(2026, 11, 22))
    parts, problems = chapters(book, site_url="", picture=picture)
    return booklet(book, parts, edition, site="Teapots"), problems


@pytest.fixture(scope="module")
def typesetter(tmp_path_factory: pytest.TempPathFactory) -> Typesetter:
    root = tmp_path_factory.mktemp("booklet")
    for name, size in SHAPES.items():
        Image.new("L", size, 200).save(root / name)
    return Typesetter(root)


def printed(typesetter: Typesetter, *pages: BookletPage, **more: Any) -> PdfDocument:
    data, problems = made(pages, **more)
    assert problems == []
    return PdfDocument(typesetter.pdf(TEMPLATE, data))


def text(document: PdfDocument, number: int) -> str:
    return str(document[number].get_textpage().get_text_bounded())


# Its data


def test_pages_become_chapters_of_their_parts() -> None:
    places = {"": None, "pots": "Pots", "lid": "Pots", "end": None, "x": "X Y"}
    pages = [page(name, "a", part) for name, part in places.items()]
    found = [(one["id"], one["level"], one["opens"], one["whole"]) for one in made(pages)[0]["chapters"]]
    assert found == [
        ("/", 1, None, True),
        ("/pots/", 1, None, False),
        ("/lid/", 2, None, False),
        ("/end/", 1, None, True),
        ("/x/", 2, "X Y", False),
    ]


def test_a_link_to_nowhere_leads_to_its_page_and_is_reported() -> None:
    lid = page("lid", '<h2 id="here">b</h2><a href="#here">c</a>')
    data, problems = made([page("", '<a href="lid/#gone">a</a>'), lid])
    found = [one["to"] for chapter in data["chapters"] for one in element_tree.walk(chapter["of"]) if "to" in one]
    assert found == ["/lid/", "/lid/#here"]
    assert [(one.path, one.rule) for one in problems] == [("docs/index.md", "link-broken")]


def test_problems_name_the_page() -> None:
    _, problems = made([page("", "<p>a</p>"), page("lid", "<marquee>b</marquee>")])
    assert [(one.path, one.rule) for one in problems] == [("docs/lid.md", "value-invalid")]


def test_the_cover_shows_where_each_movement_ends() -> None:
    data, _ = made([page("", WIDE), page("lid", PAIR.replace("assets", "../assets"))])
    assert [one["path"] for one in data["cover"]] == ["/tall.jpg"]


def test_every_word_that_the_template_says_is_there() -> None:
    data, _ = made([page("", "a")])
    assert {*data["words"]} <= {*words()}
    assert data["words"]["contents"] == words()["contents"]


def test_every_kind_of_node_can_be_printed() -> None:
    rules = (FOLDER / "body.typ").read_text("utf-8").split("#let kinds = (")[1]
    printable = {*re.findall(r'^  "?([a-z]+)"?: ', rules, re.MULTILINE)}
    named = {*re.findall(r'"kind": "(\w+)"', Path(element_tree.__file__).read_text("utf-8"))}
    named |= {*element_tree._BY_CLASS.values(), *filter(None, element_tree._BY_TAG.values())}
    assert named - printable == set()


# In volumes

LIST = """<p class="lead">Two.</p><h2 id="exercises">Exercises</h2><ul class="cards">
<li class="card"><h3><a href="../lid/">The  lid</a></h3><p>It keeps warm.</p><dl><dt>a</dt><dd>b</dd></dl></li>
<li class="card"><h3><a href="../spout/">The spout</a></h3></li>
<li class="card"><h3><a href="../knob/">The knob</a></h3></li></ul>
<h2 id="cautions">Take care</h2> <p>So.</p><ul class="cautions"><li><a href="../lid/">The lid</a>: hot.</li></ul>"""


def volumes() -> tuple[Book, Book]:
    """Two volumes: all but the lid, the spout and the knob, and these."""
    day = datetime.date(2026, 11, 22)
    exercises = [page(name, '<p>See <a href="../pots/">them</a>, a <a class="term" href="../words/#w">word</a>, '
                            '<a href="../lid/">lid</a>.</p>', "Pots") for name in ("lid", "knob", "spout")]  # fmt: skip
    others = [
        Elsewhere("Volume 2: Lids, knobs", "booklet-2", "volume 2", exercises[:2]),
        Elsewhere("Volume 3: Spouts", "booklet-3", "volume 3", exercises[2:]),
    ]
    cover = [{"kind": "picture", "alt": "", "path": "/tall.jpg", "width": 600, "height": 800}]
    front = [page("pots", LIST, "Pots"), page("words", '<p id="w">A word. <a href="../lid/">Lid</a>.</p>')]
    first = Book("booklet", front, day, "Teapots, volume 1", "Volume 1: Most", others, cover)
    return first, Book("booklet-2", exercises[:2], day, "Teapots, volume 2", "Volume 2: Lids, knobs")


def data_of(book: Book, site_url: str = "") -> dict[str, Any]:
    parts, problems = chapters(book, site_url=site_url, picture=picture)
    assert problems == []
    edition = Edition(words(), SITE, CLINIC, "en", "1a2b3c4d", "a4")
    address = (lambda file: f"{site_url}pdf/{file}-a4.pdf") if site_url else None
    return booklet(book, parts, edition, site="Teapots", address=address)


def test_the_first_volume_says_where_everything_is() -> None:
    first, _ = volumes()
    data = data_of(first, "https://tea.example/")
    assert data["title"] == "Teapots, volume 1"
    assert data["volume"] == {"site": "Teapots", "title": "Volume 1: Most"}
    assert data["cover"] == first.cover
    assert data["elsewhere"] == {
        "heading": words()["volume_places"],
        "volumes": [
            {
                "title": "Volume 2: Lids, knobs",
                "href": "https://tea.example/pdf/booklet-2-a4.pdf",
                "pages": ["Lid", "Knob"],
            },
            {"title": "Volume 3: Spouts", "href": "https://tea.example/pdf/booklet-3-a4.pdf", "pages": ["Spout"]},
        ],
    }
    assert [volume["href"] for volume in data_of(first)["elsewhere"]["volumes"]] == [None, None]


def test_a_card_of_an_exercise_in_another_volume_is_its_name() -> None:
    pots = data_of(volumes()[0])["chapters"][0]["of"]
    assert [node["kind"] for node in pots] == ["lead", "heading", "elsewhere"]
    assert [element_tree._plain(item["of"]) for item in pots[2]["of"]] == [
        "The lid, The knob (volume 2)",
        "The spout (volume 3)",
    ]


def test_a_caution_for_what_is_in_this_volume_stays() -> None:
    first, second = volumes()
    whole = replace(first, pages=[*first.pages, second.pages[0]], elsewhere=first.elsewhere[1:])
    pots = data_of(whole)["chapters"][0]["of"]
    assert [node["kind"] for node in pots] == ["lead", "heading", "cards", "elsewhere", "heading", "paragraph", "list"]
    assert len(pots[2]["of"]) == 2


def test_chapters_of_a_volume_are_no_part_of_another() -> None:
    places = [(one["level"], one["opens"], one["whole"]) for one in data_of(volumes()[1])["chapters"]]
    assert places == [(1, None, False), (1, None, False)]


@pytest.mark.parametrize(
    ("site_url", "text", "targets"),
    [
        ("", "See them, a word, lid.", ["/lid/"]),
        (
            "https://tea.example/",
            "See them (tea.example/pots), a word, lid.",
            ["https://tea.example/pots/", "https://tea.example/words/#w", "/lid/"],
        ),
    ],
)
def test_a_link_to_another_volume_is_an_address_or_a_word(site_url: str, text: str, targets: list[str]) -> None:
    nodes = data_of(volumes()[1], site_url)["chapters"][0]["of"]
    assert element_tree._plain(nodes) == text
    links = [node for node in element_tree.walk(nodes) if node["kind"] == "link"]
    assert [link.get("href") or link["to"] for link in links] == targets


@pytest.mark.parametrize(
    ("change", "is_told"),
    [({"html": "another"}, False), ({"digest": "another"}, False), ({"title": "A"}, True), ({"url": "a/"}, True)],
)
def test_what_a_volume_is_made_from(change: dict[str, str], is_told: bool) -> None:
    """The first tells only titles and addresses of the others."""
    first, second = volumes()
    lids = first.elsewhere[0]
    changed = [replace(lids.pages[0], **change), *lids.pages[1:]]  # type: ignore[arg-type]
    other = replace(first, elsewhere=[lids._replace(pages=changed), *first.elsewhere[1:]])
    assert first.inputs == volumes()[0].inputs
    assert (other.inputs != first.inputs) is is_told
    assert replace(second, pages=changed).inputs != second.inputs


def test_html_is_asked_for_only_when_it_is_printed() -> None:
    def asked() -> str:
        raise AssertionError

    lazy = BookletPage("lid.md", "lid/", "Lid", asked, digest="1a2b")
    assert lazy.key == ("lid.md", "lid/", "Lid", None, "1a2b")
    assert replace(lazy, html=lambda: "<p>b</p>").content == "<p>b</p>"


@pytest.mark.parametrize("site_url", ["", "https://tea.example/"])
def test_volumes_in_print(site_url: str, typesetter: Typesetter, tmp_path: Path) -> None:
    paths = []
    for book in volumes():
        paths.append(tmp_path / f"{book.file}.pdf")
        paths[-1].write_bytes(typesetter.pdf(TEMPLATE, data_of(book, site_url)))
    first, second = map(PdfDocument, paths)
    cover, contents, places = (text(first, number) for number in range(3))
    assert "Teapots" in cover
    assert "Volume 1: Most" in cover
    assert words()["complete_kind"] not in cover
    assert words()["volume_places"] in contents
    assert "Volume 3: Spouts\r\nSpout" in places
    assert places.startswith(words()["volume_places"]), "in the running head, too"
    assert "Teapots, volume 1" in places
    assert [mark.get_title() for mark in second.get_toc() if not mark.level] == ["Contents", "Lid", "Knob"]
    assert required(paths) == []


# In print


def test_pages_sections_and_numbers(typesetter: Typesetter) -> None:
    long = "<p>Tea.</p>" * 90
    document = printed(
        typesetter,
        page("", f'<h2>Where</h2>{long}<p><a href="lid/#knob">The knob</a>.</p>'),
        page("pots", "<p>b</p>", "Pots"),
        page("lid", f'{long}<h2 id="knob">Knob</h2><a href="../pots/">Pots</a>, <a href="#knob">here</a>.', "Pots"),
    )
    marks = {mark.get_title(): (mark.level, mark.get_dest().get_index() + 1) for mark in document.get_toc()}
    assert {name: level for name, (level, _) in marks.items()} == {
        "Contents": 0, "Home": 0, "Where": 1, "Pots": 0, "Lid": 1, "Knob": 2,
    }  # fmt: skip
    contents = text(document, 1)
    for name in ("Home", "Where", "Pots", "Lid"):
        assert re.search(rf"^{name}[ .]+{marks[name][1]}\r?$", contents, re.MULTILINE), contents
    assert "Knob" not in contents
    everything = "".join(text(document, number) for number in range(len(document)))
    assert f"The knob (page {marks['Knob'][1]})." in everything
    assert f"Pots (page {marks['Pots'][1]}), here." in everything
    assert f"Page 2 of {len(document)}" in contents
    running = text(document, marks["Knob"][1] - 1)
    assert running.startswith("Lid")
    assert "Teapot Clinic" in running


def test_the_cover(typesetter: Typesetter) -> None:
    document = printed(typesetter, *(page(name, PAIR.replace("assets", "../assets")) for name in "abcdefghijklmnopq"))
    cover = text(document, 0)
    for said in (
        "Teapots",
        "Teapot Clinic",
        "Desk: 904",
        "www.example.org",
        "November 22, 2026",
        "1a2b3c4d",
        SITE.disclaimer,
    ):
        assert said in cover
    assert text(document, 1).startswith("Contents")
    assert len([*document[0].get_objects([FPDF_PAGEOBJ_IMAGE])]) == 12
    assert "Clinic" not in text(printed(typesetter, page("", "a"), clinic=Clinic()), 0)


@pytest.mark.parametrize("paper", ["a4", "us-letter"])
def test_pictures_of_any_shape_stand_side_by_side(typesetter: Typesetter, paper: str) -> None:
    document = printed(typesetter, page("", PAIR), paper=paper)
    one, two = (found.get_bounds() for found in document[2].get_objects([FPDF_PAGEOBJ_IMAGE]))
    for (left, bottom, right, top), (wide, high) in zip((one, two), SHAPES.values(), strict=True):
        assert (right - left) / (top - bottom) == pytest.approx(wide / high, rel=0.02)
    assert one[3] - one[1] == pytest.approx(two[3] - two[1], abs=0.5)
    assert one[1] == pytest.approx(two[1], abs=0.5)
    assert one[2] < two[0]
    assert two[2] <= document[2].get_width()


def test_steps_stay_with_their_heading(typesetter: Typesetter) -> None:
    steps = "".join(f"<li><span class='role'>Move</span> Pour {number}.</li>" for number in range(9))
    for lines in range(28, 48, 2):
        html = f"{'<p>Tea.</p>' * lines}<h2>Steps</h2><ol class='steps'>{steps}</ol>"
        document = printed(typesetter, page("", html))
        [found] = [text(document, number) for number in range(2, len(document)) if "Steps" in text(document, number)]
        assert "Pour 0." in found
        assert "Pour 8." in found


SPANS = "<tr><td>1</td></tr><tr><td rowspan=9>2</td><td colspan=9>3</td></tr>"
GLANCE = '<h2>a</h2><dl class="glance"><div id="z"><dt>x</dt><dd>y</dd></div></dl><section class="dose"></section>'
ODD = [
    f"<table><caption>c</caption><thead><tr><th>a</th><th>b</th></tr></thead>{SPANS}</table>",
    "<table><tr><td><table><tr><td>in a table</td></tr></table></td></tr></table><table></table>",
    f"<table>{'<tr><th>row</th><td>cell</td></tr>' * 90}</table>",
    "<ul>stray<li>a<ol start=4><li>b<ul><li><p>c</p><p>d</p></li></ul></li></ol></li><li></li></ul><ol></ol>",
    '<ul><li><label><input type="checkbox" checked></label> done</li><li><input type="checkbox"> open</li></ul>',
    '<div class="admonition danger"><p>x</p><div class="admonition"><p class="admonition-title">T</p>y</div></div>',
    "<details><summary>S <b>b</b></summary></details><details>no summary</details><aside></aside>",
    "<h5>deep</h5><h3>x</h3><h1>one</h1><ul><li><h4>in a list</h4></li></ul>",
    "<p>#set page() *b* _i_ $x^2$ @ref &lt;lab&gt; \\n `c` = head // c /* d */ ~ -- [x] {y}</p>",
    "<p><code>a  b</code> H<sub>2</sub> x<sup>2</sup><br><u>u</u> <s>s</s> <mark>m</mark> <small>t</small></p><hr>",
    "<pre><code>x = 1\n\n  y</code></pre><blockquote>a<blockquote>b</blockquote></blockquote>",
    '<p lang="es">Hola <i lang="fr-CA">bonjour</i></p><p dir="rtl">x</p><ul lang="es"><li lang="fr">b</li></ul>',
    "<dl><dt>t</dt><dd>d</dd><dd>e</dd><dt>f</dt><dt>g</dt></dl><dl><dd>only</dd></dl><dl>text</dl>",
    f'<div class="pictures"><p>none</p></div><figure class="detail"></figure><figure>{WIDE}{WIDE}</figure>',
    f'<p>t {TALL} u</p><table><tr><td>{TALL}</td></tr></table><a href="https://a.org">{WIDE}</a>',
    f'<ul class="mistakes"><li>plain</li><li><p class="wrong">w {WIDE}</p></li></ul>',
    WIDE.replace("A teapot.", ""),
    '<section class="stop"><p>a</p></section><section class="stop"><h2>b</h2></section>',
    '<section class="dose">c</section>',
    '<div class="levels">a<section><h2>b</h2></section></div><ol class="steps"></ol>',
    '<table><tr><th rowspan="3">a</th></tr><tbody><tr><td>b</td></tr></tbody></table><h2>c <small>d</small></h2>',
    f'<dl><dt>{WIDE} a</dt></dl><ul class="cards"><dl>b</dl></ul>',
    '<ul class="cards"><li>c</li><li><h3>d</h3><dl><dt>e</dt></dl></li></ul>',
    f'{GLANCE}<a href="#z">z</a>',
    '<h2 id="a">a</h2><b id="c">z</b><ul class="mistakes"><li id="m">m</li></ul><a id="e"></a>'
    + "".join(f'<a href="#{name}">{name}</a> ' for name in "acme"),
    f"<p>{'x' * 300}</p><div class='admonition'>{'<p>long</p>' * 90}</div>",
    "<p>Łódź ñ ü ß ő ș ≤ × ½ µ ✓ ✗ ☐ → “q” – — … soft\u00adhyphen</p>",
]


def test_whatever_a_page_holds_is_printed_and_accessible(typesetter: Typesetter, tmp_path: Path) -> None:
    pages = [page(f"odd-{number}", html.replace("assets/", "../assets/")) for number, html in enumerate(ODD)]
    data, problems = made(pages)
    assert problems == []
    (tmp_path / "odd.pdf").write_bytes(typesetter.pdf(TEMPLATE, data))
    assert required([tmp_path / "odd.pdf"]) == []


def test_a_grey_booklet_has_no_colour(typesetter: Typesetter) -> None:
    everything = [page(str(number), html.replace("assets/", "../assets/")) for number, html in enumerate(ODD)]
    data, _ = made([*everything, page("", PAIR), page("x", '<div class="flag emergency"><h3>a</h3></div>')], grey=True)
    for content in typesetter.png(TEMPLATE, data, ppi=20):
        red, green, blue = Image.open(BytesIO(content)).convert("RGB").split()
        assert ImageChops.difference(red, green).getextrema()[1] == 0
        assert ImageChops.difference(green, blue).getextrema()[1] == 0
