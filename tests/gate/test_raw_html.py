"""What HTML an author may write, and that all the rest is told, whatever way it takes to the browser."""

from __future__ import annotations

from pathlib import Path

import birds
import pytest
from birds import FLAMINGO, PAGE, replaced
from hipknee.content.catalogue import load
from hipknee.content.switchboard import Switchboard
from hipknee.gate import bodies, raw_html
from hypothesis import example, given, settings
from hypothesis import strategies as st
from mkdocs.config import load_config
from projects import ROOT
from selectolax.lexbor import LexborHTMLParser

LINE = FLAMINGO.split("\n").index("## Why bow") + 1
FINE = [
    "a < b and c <= d, 1 <2",
    "<b>bold</b>, <kbd>Ctrl</kbd>, H<sub>2</sub>O<br>, <abbr title='physical therapist'>PT</abbr>",
    "<span lang='es' dir='ltr'>rodilla</span>",
    "<details><summary>More</summary>Text</details>",
    "<div class='a'>x</div>",
    "[@gull-1902] and {: class=x }",
    "|a|b|\n|-|-|\n|c <b>d</b>|[@gull-1902]|",
    "`<script>` in code, and\n\n```html\n<script>alert(1)</script>\n```",
    "    <script>alert(1)</script>\n",
    "[mail](mailto:a@b.c), [call](tel:911), [out](https://example.org/?a=b:c), [in](../index.md)",
    "AT&T &amp; &copy; &#8212;",
    "<https://example.org/>",
    "{ not: an attribute }",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "javascript: a word",
    '<img src="x" alt="a"onload="alert(1)">',  # not HTML to Markdown, which shows it as text
]
REFUSED = {
    "A[@gull-1902]{: onclick=alert(1) }": "'onclick'",  # the list would go to the number of the source
    "A[@gull-1902]{: hidden=x }": "'hidden'",
    "<script>alert(1)</script>": "<script>",
    "text <ScRiPt src=//x.example>": "<script>",
    "<script\nsrc=x></script>": "<script>",
    "<style>p{}</style>": "<style>",
    "<link rel=stylesheet href=x>": "<link>",
    "<meta http-equiv=refresh content=0>": "<meta>",
    "<base href=//x.example>": "<base>",
    "<iframe src=x></iframe>": "<iframe>",
    "<object data=x></object>": "<object>",
    "<embed src=x>": "<embed>",
    "<form action=x><input></form>": "<form>",
    "<button>x</button>": "<button>",
    "<svg onload=alert(1)></svg>": "<svg>",
    "<math><mtext></mtext></math>": "<math>",
    "<video src=x></video>": "<video>",
    "<template>x</template>": "<template>",
    "<noscript>x</noscript>": "<noscript>",
    "<article>x</article>": "<article>",
    "<x-tea>x</x-tea>": "<x-tea>",
    "<body onload=alert(1)>": "<body>",
    "<html class=x>": "<html>",
    "<end-inside onclick=x></end-inside>": "<end-inside>",
    "<b onclick=alert(1)>x</b>": "'onclick'",
    "<b/onclick=alert(1)>x</b>": "'onclick'",
    "<img src=x onerror=alert(1)>": "'onerror'",
    "<b style='color:red'>x</b>": "'style'",
    "<a href=x target=_blank>x</a>": "'target'",
    "a word{: onclick=alert(1) }\n{: onmouseover=alert(1) }": "'onmouseover'",
    "*a*{: style='color:red' }": "'style'",
    "[a](javascript:alert(1))": "'javascript:'",
    "[a](JaVaScRiPt:alert(1))": "'javascript:'",
    "[a](&#106;avascript:alert(1))": "'javascript:'",
    "<a href='java\tscript:alert(1)'>x</a>": "'javascript:'",
    "<a href=' javascript:alert(1)'>x</a>": "'javascript:'",
    "[a][b]\n\n[b]: javascript:alert(1)": "'javascript:'",
    "<javascript:alert(1)>": "<javascript:alert(1)>",
    "![a](data:image/svg+xml,<svg/onload=alert(1)>)": "'data:'",
    "[a](vbscript:x)": "'vbscript:'",
    "[a](file:///etc/passwd)": "'file:'",
    "[a](blob:x)": "'blob:'",
    "x{: href=javascript:alert(1) }\n{: href=javascript:alert(1) }": "'href'",
    "[@gull-1902]{: onclick=alert(1) }": "'onclick'",
    "[@gull-1902]{: hidden=1 }": "'hidden'",
    "[@gull-1902]{: aria-label=Evil }": "'aria-label'",
    "|a|b|\n|-|-|\n|c {: role=button }|d|": "'role'",
    "<b>never closed": "<b>",
    "<i>one\n\n<b>two</b>": "<i>",
    "</article>": "<article>",
    "one</div>": "<div>",
    "</main></body>": "<main>",
    "<div>\n\nopen": "<div>",
    "<details><summary>open</summary>\n\ntext": "<details>",
}


@pytest.fixture(scope="module")
def pond(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return birds.write(tmp_path_factory.mktemp("html") / "pond")


def judged(pond: Path, body: str) -> tuple[list[tuple[int, str]], str]:
    """What is refused of a text, and what comes of it."""
    page = FLAMINGO.replace("## Why bow\n", f"## Why bow\n\n{body}\n", 1)
    with replaced(pond, **{PAGE: page.encode()}):
        catalogue = load(pond)
    texts = bodies.Bodies(catalogue)
    path = PAGE.removeprefix("docs/")
    refused = [(p.line, p.message) for p in raw_html.of_page(catalogue.pages[path], texts[path])]
    return refused, texts[path].html


def told(pond: Path, body: str) -> list[tuple[int, str]]:
    return judged(pond, body)[0]


@pytest.mark.parametrize("body", FINE)
def test_what_is_fine(pond: Path, body: str) -> None:
    assert told(pond, body) == []


@pytest.mark.parametrize("body", REFUSED)
def test_what_is_refused(pond: Path, body: str) -> None:
    problems = told(pond, body)
    assert [message for _, message in problems if REFUSED[body] in message], problems
    assert all(LINE < line <= LINE + 2 + body.count("\n") for line, _ in problems), problems


def test_each_line_is_told(pond: Path) -> None:
    assert [line for line, _ in told(pond, "<u>x</u>\n<font>a</font>\n\n`<font>`\n\n<font>b</font>")] == [
        LINE + 3,
        LINE + 7,
    ]


SPACES = [" ", "\t", "\n", "\n\n", "    "]
MARKS = "< > / \" ' = & # ; : ( ) [ ] { } ! ` * _ <!-- -->".split()
WORDS = "<b </b> <img src onerror onclick href javascript script alert(1) &#106; <svg <script </script> <a a b".split()
PIECES = st.lists(st.sampled_from([*SPACES, *MARKS, *WORDS]), max_size=14).map("".join)


@given(PIECES)
@example("<b <img onerror=alert(1)>")
@settings(max_examples=150, deadline=None)
def test_nothing_that_runs_gets_through(pond: Path, body: str) -> None:
    """Whatever is put together from the pieces: what the gate lets pass holds no script, handler or script address."""
    refused, html = judged(pond, body)
    if refused:
        return
    for node in LexborHTMLParser(html).css("*"):
        assert node.tag not in ("script", "svg", "iframe", "style")
        for name, value in node.attributes.items():
            assert not name.startswith("on")
            assert "javascript:" not in (value or "").lower().replace("\t", "")


def test_the_extensions_are_those_of_mkdocs() -> None:
    config = load_config(str(ROOT / "mkdocs.yml"), plugins=[], hooks=[])
    extensions = Switchboard.read(ROOT).extensions
    assert [*extensions] == config.markdown_extensions
    assert {name: settings for name, settings in extensions.items() if settings} == config.mdx_configs
