"""From a page's HTML to the tree that is printed."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hipknee.print.element_tree import Node, on_paper, tree, walk
from hipknee.problems import Problem
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

PAGES = {"", "knee-pain/", "exercises/", "exercises/bridge/"}


def read(html: str, url: str = "exercises/bridge/", site_url: str = "") -> tuple[list[Node], list[Problem]]:
    def picture(path: str) -> tuple[str, int, int] | None:
        return (f"/cache/{path.rpartition('/')[2]}", 800, 600) if path.startswith("assets/pictures/") else None

    return tree(html, path="docs/page.md", url=url, pages=PAGES, picture=picture, site_url=site_url)


def node(kind: str, *of: Node, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "of": [*of], **more}


def p(*of: Node, **more: Any) -> dict[str, Any]:
    return node("paragraph", *of, **more)


def bullets(*items: Node, kind: str = "list", ordered: bool = False, first: int = 1) -> dict[str, Any]:
    return node(kind, *items, ordered=ordered, first=first)


PICTURE = '<img src="../../assets/pictures/a.jpg" alt="A knee.">'
SHOWN = {"kind": "picture", "path": "/cache/a.jpg", "alt": "A knee.", "width": 800, "height": 600}

SMALL = "card ways thumbs moves".split()
CASES: dict[str, tuple[str, list[Node]]] = {
    **{
        f"a small picture of {name}": (
            f'<ul class="{name}"><li><picture>{PICTURE}</picture> a</li></ul>',
            [bullets(node("item", "a"))],
        )
        for name in SMALL
    },
    "white space": ("<p> a\n <b>b </b> c </p>\n<p>&nbsp;</p>", [p("a ", node("strong", "b "), "c ")]),
    "space that a line needs": ("<p>a <b>b</b> <i>c</i></p>", [
        p("a ", node("strong", "b"), " ", node("emphasis", "c")),
    ]),
    "words beside a block": ("<div>a <i>b</i> <ul><li>c</li></ul> d</div>", [
        p("a ", node("emphasis", "b")), bullets(node("item", "c")), p("d"),
    ]),
    "two wrappers are two lines": ("<div>a</div><div>b</div>", [p("a"), p("b")]),
    "two labels are two words": ("<label>a</label><label>b</label>", [p("a", " ", "b", " ")]),
    "code": ("<pre><code>a\n  b</code></pre>", [node("verbatim", node("code", "a\n  b"))]),
    "heading levels": ("<h2>a</h2><h5>b</h5><h1>c</h1><h3></h3>", [
        node("heading", "a", level=2), node("heading", "b", level=3), node("heading", "c", level=2),
    ]),
    "list": ('<ol start="3"><li>a<ul><li>b</li></ul></li></ol>', [
        bullets(node("item", "a", bullets(node("item", "b"))), ordered=True, first=3),
    ]),
    "list with something else in it": ("<ul>a<li>b</li></ul>", [bullets(node("item", "a"), node("item", "b"))]),
    "tick boxes": ('<ul><li><input type="checkbox" checked> a</li></ul>', [
        bullets(node("item", {"kind": "checkbox", "checked": True}, " a")),
    ]),
    "steps": ('<ol class="steps"><li><span class="role">Move</span> Lift.</li></ol>', [
        bullets(node("item", node("role", "Move"), " Lift."), kind="steps", ordered=True),
    ]),
    "facts": ('<dl class="glance"><div><dt>a</dt><dd>b</dd></div></dl>', [
        node("facts", node("term", "a"), node("meaning", "b")),
    ]),
    "columns": ('<div class="levels"><section><h2>a</h2><p>b</p></section><section><p>c</p></section></div>', [
        node("columns", node("group", node("heading", "a", level=2), p("b")), node("group", p("c"))),
    ]),
    "a number stays with its sentence": ('<p>a. <sup class="cite"><a href="#s">1</a></sup></p>', [
        p("a.\u202f", node("citation", node("link", "1", to="/exercises/bridge/#s", page=False))),
    ]),
    "box with a title": ('<div class="flag emergency"><h3>a</h3></div>', [
        node("box", node("heading", "a", level=2), tone="emergency", title=[]),
    ]),
    "admonition": ('<div class="admonition tip"><p class="admonition-title">a</p>b</div>', [
        node("box", p("b"), tone="tip", title=["a"]),
    ]),
    "box whose first line is bold": ('<aside class="before"><p><strong>a</strong></p><p>b</p></aside>', [
        node("box", p("b"), tone="before", title=["a"]),
    ]),
    "details": ("<details><summary>a</summary><p>b</p></details>", [node("box", p("b"), tone="details", title=["a"])]),
    "what a page folds": (
        '<section class="sources"><details class="fold"><summary class="fold"><h2 id="s">2 sources</h2></summary>'
        '<ol><li>a</li></ol></details></section>', [
            node("sources", node("heading", "2 sources", level=2, id="/exercises/bridge/#s"),
                 bullets(node("item", "a"), ordered=True)),
    ]),
    "heading without words": (f"<h2>{PICTURE}</h2><h2><a id='a'></a></h2>", [
        SHOWN, p(node("language", id="/exercises/bridge/#a")),
    ]),
    "nothing within a line holds a block": (f"<p><a href='../'><b>{PICTURE}</b></a></p>", [SHOWN]),
    "names of cards are no headings": ('<ul class="cards"><li class="card"><h3>a</h3></li></ul>', [
        bullets(node("item", node("title", "a", level=2)), kind="cards"),
    ]),
    "picture": (f"<p><picture><source srcset='x'>{PICTURE}</picture></p>", [SHOWN]),
    "decoration": (PICTURE.replace("A knee.", ""), [SHOWN | {"alt": ""}]),
    "figure": (f"<figure>{PICTURE}<figcaption>a</figcaption></figure>", [node("figure", SHOWN, node("caption", "a"))]),
    "ids": ('<h2 id="a">b</h2><p id="a">c</p>', [
        node("heading", "b", level=2, id="/exercises/bridge/#a"), p("c"),
    ]),
    "id around an id": ('<div id="a"><p id="b">c</p></div>', [
        node("group", p("c", id="/exercises/bridge/#b"), id="/exercises/bridge/#a"),
    ]),
    "place without words": ('<p>a<a id="b"></a></p>', [p("a", node("language", id="/exercises/bridge/#b"))]),
    "language": ('<p>a <i lang="la">b</i> <span lang="es-MX" dir="ltr">c</span></p>', [
        p("a ", node("emphasis", "b", lang="la"), " ", node("language", "c", lang="es", dir="ltr")),
    ]),
    "language that nobody knows": ('<p lang="x-elvish">a</p>', [p("a")]),
    "table": ("<table><caption>c</caption><tr><th>a<th style='text-align: right'>b<tr><td colspan=2>d</table>", [
        node("table", "c", rows=[
            [
                node("cell", "a", head=True, x=0, y=0, across=1, down=1, align="left"),
                node("cell", "b", head=True, x=1, y=0, across=1, down=1, align="right"),
            ],
            [node("cell", "d", head=False, x=0, y=1, across=2, down=1, align="left")],
        ]),
    ]),
    "only for the screen": ("<nav>a</nav><form>b</form><p hidden>c</p><script>d</script><!-- e --><p>f</p>", [p("f")]),
    "an exercise to add": ('<p class="add"><a href="../../programme/#ADD-CLA">a</a></p><p>b</p>', [p("b")]),
    "the square of a code": ('<div class="hand-out"><p><code>a</code></p><p class="qr"><svg><path/></svg></p></div>', [
        p(node("code", "a")),
    ]),
}  # fmt: skip


@pytest.mark.parametrize(("html", "wanted"), CASES.values(), ids=CASES.keys())
def test_what_becomes_of_html(html: str, wanted: list[Node]) -> None:
    assert read(html) == (wanted, [])


LINKS = {
    "page": ("../../knee-pain/", {"to": "/knee-pain/", "page": True}),
    "place": ("../../knee-pain/#red-flags", {"to": "/knee-pain/#red-flags", "page": True}),
    "home": ("../..", {"to": "/", "page": True}),
    "own place": ("#a%20b", {"to": "/exercises/bridge/#a b", "page": False}),
    "file name": ("../index.html", {"to": "/exercises/", "page": True}),
    "mail": ("mailto:a@b.org", {"href": "mailto:a@b.org"}),
    "telephone": ("tel:+1904", {"href": "tel:+1904"}),
    "a page that is not printed": ("../../gone/#x", {"href": "https://example.org/hips/gone/#x"}),
    "a script": ("javascript:alert()", None),
    "not an address": ("http://[", None),
    "nothing": ("", None),
}


@pytest.mark.parametrize(("href", "wanted"), LINKS.values(), ids=LINKS.keys())
def test_where_a_link_leads(href: str, wanted: dict[str, Any] | None) -> None:
    found, problems = read(f'<p><a href="{href}">b.org 1904</a></p>', site_url="https://example.org/hips/")
    links = [one for one in walk(found) if one["kind"] == "link"]
    assert [{key: one[key] for key in one.keys() - {"kind", "of"}} for one in links] == ([wanted] if wanted else [])
    assert problems == []


def test_a_page_that_is_not_printed_when_nobody_knows_where_the_site_stands() -> None:
    assert read('<p><a href="../../gone/">a</a></p>') == ([p("a")], [])


ADDRESSES = {
    "host": ("https://b.org/c/d/", "b.org", ["b.org/c/d"]),
    "words": ("https://b.org/c/d", "this", ["this", " (b.org/c/d)"]),
    "number": ("https://doi.org/10.1/x", "DOI 10.1/x", ["DOI 10.1/x"]),
    "the address itself": ("https://b.org/c", "https://b.org/c", ["https://b.org/c"]),
    "mail": ("mailto:a@b.org", "Write to us", ["Write to us", " (a@b.org)"]),
    "telephone": ("tel:904", "9-0-4", ["9-0-4"]),
}


@pytest.mark.parametrize(("href", "text", "wanted"), ADDRESSES.values(), ids=ADDRESSES.keys())
def test_paper_shows_where_a_link_leads(href: str, text: str, wanted: list[str]) -> None:
    found, _ = read(f'<p><a href="{href}">{text}</a></p>')
    assert [part for one in walk(found) for part in one["of"] if isinstance(part, str)] == wanted


def test_first_mentions_and_numbers_need_no_page() -> None:
    found, _ = read('<a class="term" href="../../knee-pain/">a</a><sup><a href="../">1</a></sup><a href="../">b</a>')
    assert [one["page"] for one in walk(found) if one["kind"] == "link"] == [False, False, True]


PROBLEMS = {
    "unknown element": ("<blink>a</blink>", "value-invalid", [p("a")]),
    "unknown element around blocks": ("<video><p>a</p></video>", "value-invalid", [p("a")]),
    "no alt": ('<img src="/assets/pictures/a.jpg">', "alt-missing", [SHOWN | {"alt": ""}]),
    "picture from elsewhere": ('<img src="https://b.org/a.jpg" alt="a">', "image-missing", [p("a")]),
    "picture that is not there": ('<img src="a.jpg" alt="a">', "image-missing", [p("a")]),
}


@pytest.mark.parametrize(("html", "rule", "wanted"), PROBLEMS.values(), ids=PROBLEMS.keys())
def test_what_cannot_be_printed_keeps_its_words_and_is_reported_once(html: str, rule: str, wanted: list[Node]) -> None:
    found, problems = read(html + html)
    assert found == wanted * 2 if "blink" not in html else [p("a", "a")]
    assert [(one.path, one.line, one.rule) for one in problems] == [("docs/page.md", 1, rule)]


def test_spans_never_lie_on_each_other() -> None:
    rows = "<tr><td rowspan=9>a<td colspan=3>b<tr><td>c<td colspan=200>d<tr><td colspan=5>e"
    [table], _ = read(f"<table>{rows}</table>")
    assert isinstance(table, dict)
    cells = [cell for row in table["rows"] for cell in row]
    places = [
        (cell["x"] + right, cell["y"] + down)
        for cell in cells
        for right in range(cell["across"])
        for down in range(cell["down"])
    ]
    assert len(places) == len({*places})
    assert max(y for _, y in places) == 2


def test_addresses_on_paper() -> None:
    assert on_paper("https://www.b.org/") == "www.b.org"


TAGS = "p div section ul ol li dl dt dd h2 h4 b i a span table tr td figure aside details summary pre sup blink".split()
HTML = st.recursive(
    st.text("ab #*$\u00e9<&", max_size=5).map(lambda text: text.replace("<", "&lt;").replace("&", "&amp;")),
    lambda inner: st.builds(
        lambda tag, css, of: f'<{tag} class="{css}" id="{css}">{"".join(of)}</{tag}>',
        st.sampled_from(TAGS),
        st.sampled_from(["", "steps", "levels", "stop", "cards", "glance", "flag", "cite", "term"]),
        st.lists(inner, max_size=4),
    ),
    max_leaves=20,
)


@given(HTML)
def test_no_letter_is_lost(html: str) -> None:
    found, _ = read(html)
    body = LexborHTMLParser(html).body
    wanted = body.text() if body else ""
    said = [part for one in walk(found) for inner in strings(one) for part in inner]
    assert sorted(re.sub(r"\s", "", "".join(said))) == sorted(re.sub(r"\s", "", wanted))
    ids = [one["id"] for one in walk(found) if "id" in one]
    assert len(ids) == len({*ids})


def strings(one: dict[str, Any]) -> list[list[str]]:
    parts = (one.get("title", []), one.get("of", []), *one.get("rows", []))
    return [[word for word in part if isinstance(word, str)] for part in parts]
