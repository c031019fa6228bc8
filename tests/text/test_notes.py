"""Comments in a text: no reader gets them, and code keeps what only looks like one."""

from __future__ import annotations

from time import process_time

import pytest
from hipknee.text.body_links import without_code
from hipknee.text.notes import Notes
from markdown import Markdown

CASES = {
    "inline": ("Bow.<!-- ask --> Now.", "<p>Bow. Now.</p>"),
    "within a word": ("fro<!-- ask -->gs", "<p>frogs</p>"),
    "alone": ("<!-- ask -->", ""),
    "of several paragraphs": ("Bow.\n\n<!-- ask\n\n- Dr. Stork\n\n# x -->\n\nNow.", "<p>Bow.</p>\n\n\n<p>Now.</p>"),
    "two": ("a <!-- 1 --> b <!-- 2 --> c", "<p>a  b  c</p>"),
    "in a list": ("- Bow. <!-- ask -->\n- Sing.", "<ul>\n<li>Bow. </li>\n<li>Sing.</li>\n</ul>"),
    "in a quotation": ("> Bow.<!-- ask -->", "<blockquote>\n<p>Bow.</p>\n</blockquote>"),
    "in HTML": (
        "<details><summary>x</summary>\n<!-- ask -->\ny</details>",
        "<details><summary>x</summary>\n\ny</details>",
    ),
    "with dashes": ("Bow <!-- a -- b --> now.", "<p>Bow  now.</p>"),
    "with a link": ("Bow <!-- [x](y.md) `z` --> now.", "<p>Bow  now.</p>"),
    "in code": ("Type `<!-- x -->`.", "<p>Type <code>&lt;!-- x --&gt;</code>.</p>"),
    "in fenced code": ("```\n<!-- x -->\n```", "<pre><code>&lt;!-- x --&gt;\n</code></pre>"),
    "in indented code": ("    <!-- x -->", "<pre><code>&lt;!-- x --&gt;\n</code></pre>"),
    "not closed": ("Bow <!-- ask.", "<p>Bow &lt;!-- ask.</p>"),
}


@pytest.mark.parametrize("case", CASES)
def test_a_note_is_not_published(case: str) -> None:
    source, html = CASES[case]
    assert Markdown(extensions=["fenced_code", Notes()]).convert(source) == html


SPANS = {
    "a `b` c": "a     c",
    "a `` b ` c `` d": "a             d",
    "a ` b": "a ` b",
    "a\n```\nb\n```\nc": "a\n   \n \n   \nc",
    "```\nb": "```\nb",
    "~~~\nb\n~~~": "   \n \n   ",
    "a <!-- b\n --> c": "a       \n     c",
    "<!-- a `b` <!--": "<!-- a     <!--",
    "` <!-- ` -->": "         -->",
}


@pytest.mark.parametrize("source", SPANS)
def test_code_and_notes_are_blank(source: str) -> None:
    assert without_code(source) == SPANS[source]


@pytest.mark.parametrize("part", ["`", "``` ", "```\n", "~~~a\n", "<!-- ", "` <!-- ", "``` `` ` \n"])
def test_no_text_takes_long(part: str) -> None:
    start = process_time()
    without_code(part * (100_000 // len(part)))
    assert process_time() - start < 5
