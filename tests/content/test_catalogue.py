"""What is read of a project before its pages: the language that its words are in."""

from __future__ import annotations

from pathlib import Path

import pytest
from hipknee.content.catalogue import language_of

SAYS = {
    "the theme's": ({"mkdocs.yml": "theme: {name: material, language: eo}"}, "eo"),
    "with a tag of MkDocs": ({"mkdocs.yml": "x: !ENV HOME\ntheme: {language: eo}"}, "eo"),
    "inherited": ({"mkdocs.yml": "INHERIT: sub/base.yml", "sub/base.yml": "theme: {language: eo}"}, "eo"),
    "its own before that of the base": (
        {"mkdocs.yml": "INHERIT: base.yml\ntheme: {language: eo}", "base.yml": "theme: {language: fr}"},
        "eo",
    ),
    "inherited twice": (
        {"mkdocs.yml": "INHERIT: a.yml", "a.yml": "INHERIT: b.yml\ntheme: {x: y}", "b.yml": "theme: {language: eo}"},
        "eo",
    ),
    "in a circle": ({"mkdocs.yml": "INHERIT: mkdocs.yml"}, "en"),
    "none": ({"mkdocs.yml": "site_name: x", "docs/_data/words.eo.yml": ""}, "en"),
    "a theme without settings": ({"mkdocs.yml": "theme: material"}, "en"),
    "no language": ({"mkdocs.yml": "theme: {language: [eo]}"}, "en"),
    "broken": ({"mkdocs.yml": "theme: {language: eo"}, "en"),
    "broken, with words of one language": ({"mkdocs.yml": "a: 'b", "docs/_data/words.eo.yml": ""}, "eo"),
    "broken, with English words": (
        {"mkdocs.yml": "a: 'b", "docs/_data/words.eo.yml": "", "docs/_data/words.en.yml": ""},
        "en",
    ),
    "no file": ({}, "en"),
}


@pytest.mark.parametrize(("files", "language"), SAYS.values(), ids=SAYS)
def test_the_language_is_that_of_the_theme(files: dict[str, str], language: str, tmp_path: Path) -> None:
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    assert language_of(tmp_path) == language
