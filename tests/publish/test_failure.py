"""What went wrong in a build, in one line for whoever edits the site."""

from __future__ import annotations

from pathlib import Path

import pytest
from hipknee.publish import failure
from jinja2 import DictLoader, Environment, TemplateSyntaxError


def caught(code: str, path: Path) -> BaseException:
    try:
        exec(compile(code, str(path), "exec"), {})
    except BaseException as error:
        return error
    raise AssertionError("nothing was raised")


def test_the_last_place_in_the_project_is_named(tmp_path: Path) -> None:
    error = caught("import json\ndef read():\n    json.loads('{')\nread()", tmp_path / "hooks" / "pages.py")
    assert failure.explain(error, tmp_path).startswith("hooks/pages.py:3: JSONDecodeError: Expecting property name")


def test_the_environment_is_not_the_project(tmp_path: Path) -> None:
    error = caught("1 / 0", tmp_path / ".venv" / "lib" / "x.py")
    assert failure.explain(error, tmp_path) == "division by zero"


def test_elsewhere(tmp_path: Path) -> None:
    assert failure.explain(caught("1 / 0", Path("/elsewhere/x.py")), tmp_path) == "division by zero"
    assert failure.explain(ValueError("one\n  two"), tmp_path) == "one two"
    assert failure.explain(KeyError(), tmp_path) == "KeyError"


def test_a_file_that_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as caught:
        (tmp_path / "docs" / "gone.md").read_text()
    assert failure.explain(caught.value, tmp_path) == "docs/gone.md is missing."


def test_a_template(tmp_path: Path) -> None:
    page = tmp_path / "hooks" / "page.html"
    error = TemplateSyntaxError("Unexpected end of template.", 7, "page.html", str(page))
    assert failure.explain(error, tmp_path) == "hooks/page.html:7: Unexpected end of template."
    with pytest.raises(TemplateSyntaxError) as caught:
        Environment(loader=DictLoader({"page.html": "\n{% if %}"})).get_template("page.html")
    assert "Expected an expression" in failure.explain(caught.value, tmp_path)


def test_the_page_says_so_and_comes_back(tmp_path: Path) -> None:
    html = failure.page('docs/a.md:1: <b>"x" & {y}\nmore', tmp_path)
    assert "&lt;b&gt;&quot;x&quot; &amp; {y}\nmore</pre>" in html
    assert 'http-equiv="refresh"' in html


WORDS = "failed_title: Tio fiaskis & finis\nproblems_waiting: Atendu.\nmonths: [januaro]\n"
SWITCHBOARD = "theme: {language: eo}\n"
ENGLISH = '<html lang="en">', "<h1>Build failed</h1>", "This page reloads by itself."
LANGUAGES = {
    "its own": ({"mkdocs.yml": SWITCHBOARD, "docs/_data/words.eo.yml": WORDS}, "eo"),
    "its own, though mkdocs.yml is broken": ({"mkdocs.yml": "nav: ]", "docs/_data/words.eo.yml": WORDS}, "eo"),
    "no words": ({"mkdocs.yml": SWITCHBOARD}, "en"),
    "broken words": ({"mkdocs.yml": SWITCHBOARD, "docs/_data/words.eo.yml": "a: 'b"}, "en"),
    "a word of the wrong kind": ({"mkdocs.yml": SWITCHBOARD, "docs/_data/words.eo.yml": f"{WORDS}start: 5"}, "en"),
    "nothing at all": ({}, "en"),
}


@pytest.mark.parametrize(("files", "language"), LANGUAGES.values(), ids=LANGUAGES)
def test_it_is_in_the_language_of_the_site(files: dict[str, str], language: str, tmp_path: Path) -> None:
    """English is the last resort; what the engine says to editors is always English, and marked so."""
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    html = failure.page("docs/a.md:1: Oh", tmp_path)
    own = '<html lang="eo">', "<h1>Tio fiaskis &amp; finis</h1>", "<p>Atendu.</p>"
    assert all(part in html for part in (own if language == "eo" else ENGLISH))
    assert '<pre lang="en"' in html
