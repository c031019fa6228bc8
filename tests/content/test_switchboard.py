"""mkdocs.yml, read without MkDocs: the same values, the same keys, the same files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hipknee.content.switchboard import _LEVELS_OF, Extra, Keys, MenuEntry, Switchboard
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils.yaml import yaml_load
from projects import ROOT

NOT_READ = {"clinic", "generator"}
"""Below `extra`: where older sites have the clinic, and what sites with this theme often have."""
NOT_FOR_AUTHORS = {"config_file_path", "mdx_configs", "pages", "google_analytics"}
"""What MkDocs sets itself, and what it warns of."""


def test_the_keys_are_those_of_mkdocs() -> None:
    assert {*Keys.model_fields} == {name for name, _ in MkDocsConfig()._schema} - NOT_FOR_AUTHORS


@pytest.mark.parametrize("group", _LEVELS_OF)
def test_the_levels_are_those_of_mkdocs(group: str) -> None:
    schema = dict(MkDocsConfig.Validation()._schema)[group]
    assert [*_LEVELS_OF[group]] == [name for name, _ in schema.config_class()._schema]


def test_below_extra_is_known_what_is_read() -> None:
    readers = [*(ROOT / "hooks").glob("*.py"), *(ROOT / "hooks").rglob("*.html")]
    asks = re.compile(r"""config\.extra(?:\.|\["|\.setdefault\(")([a-z]+)\b""")
    asked = {name for path in readers for name in asks.findall(path.read_text("utf-8"))} - {"setdefault"}
    assert {*Extra.model_fields} - NOT_READ == asked


VALUES = [
    "a: yes\nb: no\nc: 1:30\nd: 0o7\ne: 1_000\nf: 2026-01-02\ng: ~\nh: 0x1F\ni: on\nj: .5\nk: 'no'\n",
    "a: !ENV POND\nb: !ENV [NOBODY, POND]\nc: !ENV [NOBODY, frog]\nd: !ENV [NOBODY, no]\n",
    "a: !ENV NOBODY\nb: !ENV [NOBODY]\n",
    "a: !ENV [NUMBER, 3]\nb: [!ENV POND, {c: !ENV [NOBODY, 3]}]\n",
    "a: {b: {c: 1}}\nd: [e, {f: g}]\nh: |\n  i\n  j\n",
    "INHERIT: base.yml\na: {b: 2}\nlist: [3]\n",
    "INHERIT: deep/base.yml\na: {c: 2}\n",
]


@pytest.mark.parametrize("text", VALUES, ids=range(len(VALUES)))
def test_values_are_those_of_mkdocs(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POND", "reeds")
    monkeypatch.setenv("NUMBER", "007")
    (tmp_path / "deep").mkdir()
    (tmp_path / "base.yml").write_text("a: {b: 1, c: 1}\nlist: [1, 2]\nonly: here\n", "utf-8")
    (tmp_path / "deep" / "base.yml").write_text("INHERIT: ../base.yml\na: {d: yes}\n", "utf-8")
    (tmp_path / "mkdocs.yml").write_text(text, "utf-8")
    with (tmp_path / "mkdocs.yml").open("rb") as file:
        assert Switchboard.read(tmp_path).data == yaml_load(file)


def test_each_value_has_its_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "base.yml").write_text("theme:\n  name: material\n  language: es\nnav:\n  - a.md\n", "utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: Pond\nINHERIT: base.yml\nnav:\n  - b.md\n", "utf-8")
    board = Switchboard.read(tmp_path)
    assert board.language == "es"
    assert board.at("theme", "language") == ("base.yml", 3)
    assert board.at("nav", 0) == ("mkdocs.yml", 4)
    assert board.at("theme", "custom_dir") == ("base.yml", 1)
    assert board.at("copyright") == ("mkdocs.yml", 1)


def test_the_menu(tmp_path: Path) -> None:
    nav = (
        "nav:\n  - index.md\n  - Ducks:\n      - duck.md\n      - The goose: goose.md\n  - Web: https://pond.example/\n"
    )
    (tmp_path / "mkdocs.yml").write_text(nav, "utf-8")
    assert [*Switchboard.read(tmp_path).menu()] == [
        MenuEntry(("nav", 0), "index.md", None),
        MenuEntry(("nav", 1, "Ducks", 0), "duck.md", None),
        MenuEntry(("nav", 1, "Ducks", 1), "goose.md", "The goose"),
        MenuEntry(("nav", 2), "https://pond.example/", "Web"),
    ]


@pytest.mark.parametrize(
    "text", ["", "- a\n", "a: 'b\n", "INHERIT: mkdocs.yml\n", "INHERIT: 7\n", "nav: {a: b}\n", "extra: 7\n"]
)
def test_whatever_it_holds_there_is_a_switchboard(text: str, tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text(text, "utf-8")
    board = Switchboard.read(tmp_path)
    assert board.problems
    assert (board.language, board.name, board.url, board.clinic) == ("en", "", "", None)
    assert ([*board.menu()], board.texts("hooks")) == ([], [])


def test_this_project_is_in_order() -> None:
    board = Switchboard.read(ROOT)
    assert board.problems == []
    assert board.language == "en"


ADDRESSES = {
    "https://example.org": "",
    "https://example.org/hips": "",
    "https://example.org/hips/": "",
    "http://localhost:8000/hips/": "",
    "https://example.org/v1.2/": "",
    "https://example.org/~clinic/hip_knee/": "",
    "https://example.org/hips/index.html": "ends in a file, 'index.html': write https://example.org/hips/",
    "https://example.org/hips/knee-pain.md": "ends in a file, 'knee-pain.md': write https://example.org/hips/",
    "https://example.org/hips/#start": "ends in '#start', which is a place on a page: write https://example.org/hips/",
    "https://example.org/hips/?page=2": "ends in '?page=2', which is a place on a page: write https://example.org/hips/",
    "https://example.org/hips/ ": "has a space in it: write https://example.org/hips/",
    " https://example.org/": "has a space in it: write https://example.org/",
    "https://example.org/my site/": "has a space in it: write https://example.org/mysite/",
    "https://example.org/my%20site/": "may have only letters, digits,",
    "https://example.org/hüfte/": "may have only letters, digits,",
    "ftp://example.org/": "can't begin with 'ftp://'",
    "https:///hips/": "must be a whole address",
    "example.org/hips/": "must be a whole address",
    "https://me:secret@example.org/": "can't be 'https://me:secret@example.org/'",
    "https://example.org/a/../hips/": "has '..' in it: web servers hide",
    "https://example.org/.hips/": "has '.hips' in it: web servers hide",
    "https://example.org//hips/": "may have only letters, digits,",
}


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_address_of_a_site(tmp_path: Path, address: str) -> None:
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    (tmp_path / "mkdocs.yml").write_text(settings.replace('site_url: ""', f'site_url: "{address}"'), "utf-8")
    expected = [f"'site_url' {ADDRESSES[address]}"] if ADDRESSES[address] else []
    problems = Switchboard.read(tmp_path).problems
    assert [p.message[: len(start)] for p, start in zip(problems, expected, strict=True)] == expected
