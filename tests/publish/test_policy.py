"""The Content-Security-Policy, worked out from pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from hipknee.publish import policy
from hipknee.publish.built_pages import BuiltPages


def test_it_has_no_exceptions() -> None:
    text = policy.policy()
    assert text.startswith("default-src 'none'; script-src 'self'; style-src 'self'; ")
    assert [word for word in ("unsafe", "sha256", "nonce", "http", "*") if word in text] == []
    assert text.endswith("frame-ancestors 'none'")
    assert "frame-ancestors" not in policy.policy(header=False)


def test_who_may_show_a_page_changes_nothing_else() -> None:
    text = policy.policy(framed_by=["https://pond.example", "http://localhost:8000"])
    assert text == policy.policy().removesuffix("'none'") + "https://pond.example http://localhost:8000"


@pytest.mark.parametrize(
    ("html", "refused"),
    [
        ('<p style="color:red">', 'style="color:red"'),
        ("<style>p {}</style>", "<style>"),
        ('<style media="print">p {}</style>', "<style>"),
        ("<script>tea()</script>", "<script>"),
        ("<script></script>", "<script>"),
        ('<script type="module">tea()</script>', "<script>"),
        ('<script type="importmap">{}</script>', "<script>"),
        ('<img onerror="x()">', 'onerror="x()"'),
        ("<IMG OnError=x()>", 'onerror="x()"'),
        ('<a href="JavaScript:x()">', 'href="JavaScript:x()"'),
        ('<a href=" java\tscript:x()">', 'href=" java\tscript:x()"'),
        ('<a href="data:text/html,x">', 'href="data:text/html,x"'),
        ('<form action="vbscript:x">', 'action="vbscript:x"'),
    ],
)
def test_what_would_be_refused(tmp_path: Path, html: str, refused: str) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "index.html").write_text(f"<html>\n\n{html}\n")
    (problem,) = policy.check(BuiltPages.read(tmp_path), "site")
    assert (problem.path, problem.line) == ("site/a/index.html", 3)
    assert problem.rule == "value-invalid"
    assert problem.message == f"'{refused}' is in a page, but the Content-Security-Policy would block it."


DATA = """<script src="a.js"></script><script type="application/ld+json">{"a": "<b>"}</script>
<script type=application/json>1</script>"""


def test_nothing_to_refuse(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text('<p class="style" data-onload="x"><a href="/data:">javascript:</a>' + DATA)
    assert [*policy.check(BuiltPages.read(tmp_path), "site")] == []


def test_it_stands_first_and_once() -> None:
    html = '<!doctype html><html><head><meta charset="utf-8"><title>Tea</title>'
    made = policy.with_meta(html, "default-src 'none'")
    assert made.index("Content-Security-Policy") < made.index("<title>")
    assert policy.with_meta(made, "default-src 'self'").count("Content-Security-Policy") == 1
    assert policy.without(made) == html
