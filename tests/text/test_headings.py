"""The headings of a page's HTML, as MkDocs wants them for its table of contents."""

from __future__ import annotations

from hipknee.page_facts import read
from hipknee.text.headings import outline

HTML = """
<h1 id="top">Pond</h1><h3 id="early">Early</h3>
<h2 id="rules">The <em>pond</em>
 rules</h2><h3 id="frogs">Frogs &amp; co</h3><h4 id="deep">Deep</h4><h3>No id</h3>
<h2 id="reeds">Reeds</h2><p id="note">A note.</p>
"""


def test_headings_are_nested() -> None:
    facts = read(HTML, content=True)
    assert outline(facts.headings) == [
        {"level": 3, "id": "early", "name": "Early", "children": []},
        {
            "level": 2,
            "id": "rules",
            "name": "The pond rules",
            "children": [{"level": 3, "id": "frogs", "name": "Frogs & co", "children": []}],
        },
        {"level": 2, "id": "reeds", "name": "Reeds", "children": []},
    ]
    assert {*facts.ids} == {"top", "early", "rules", "frogs", "deep", "reeds", "note"}


def test_nothing() -> None:
    for html in ("", "<p>Only text.</p>"):
        facts = read(html, content=True)
        assert (outline(facts.headings), facts.ids) == ([], ())
