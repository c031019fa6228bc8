"""The Content-Security-Policy, worked out from pages."""

from __future__ import annotations

import base64
from hashlib import sha256
from pathlib import Path

import pytest
from hipknee.page_facts import read
from hipknee.publish import policy
from hipknee.publish.built_pages import BuiltPages


def scripts(html: str) -> frozenset[str]:
    return read(html).scripts


def test_a_page_of_files_needs_no_leave() -> None:
    made = policy.policy(scripts('<script src="a.js"></script><p>Hello'))
    assert "script-src 'self';" in made
    assert "unsafe" not in made
    assert made.startswith("default-src 'none'; ")
    assert made.endswith("frame-ancestors 'none'")
    assert "frame-ancestors" not in policy.policy([], header=False)


def test_data_is_no_script() -> None:
    html = '<script type="application/ld+json">{"a": "<b>"}</script><script type=application/json>1</script>'
    assert scripts(html) == frozenset()


@pytest.mark.parametrize("text", ["a = 1", "\n  a = '<b>' && \"é\"\n", ""])
def test_the_hash_is_of_exactly_the_text(text: str) -> None:
    expected = base64.b64encode(sha256(text.encode()).digest()).decode()
    for kind in ("", ' type="module"', ' type="text/javascript"', ' type="importmap"'):
        inline = scripts(f"<p><script{kind}>{text}</script>")
        assert f"script-src 'self' 'sha256-{expected}';" in policy.policy(inline)


def test_many_scripts_in_a_fixed_order() -> None:
    assert policy.policy({"a", "b", "c"}) == policy.policy(["c", "b", "a", "a"])


@pytest.mark.parametrize(
    ("html", "refused"),
    [
        ('<p style="color:red">', 'style="color:red"'),
        ("<style>p {}</style>", "<style>"),
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
    assert problem.path == "site/a/index.html"
    assert problem.rule == "value-invalid"
    assert problem.message == f"'{refused}' is in a page, but the Content-Security-Policy would block it."


def test_nothing_to_refuse(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text('<p class="style" data-onload="x"><a href="/data:">javascript:</a>')
    assert [*policy.check(BuiltPages.read(tmp_path), "site")] == []


def test_it_stands_first_and_once() -> None:
    html = '<!doctype html><html><head><meta charset="utf-8"><title>Tea</title>'
    made = policy.with_meta(html, "default-src 'none'")
    assert made.index("Content-Security-Policy") < made.index("<title>")
    assert policy.with_meta(made, "default-src 'self'").count("Content-Security-Policy") == 1
    assert policy.without(made) == html
