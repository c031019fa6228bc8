"""A built site whose files are damaged: each of them is told, and none that is whole."""

from __future__ import annotations

import re
import shutil
import zlib
from pathlib import Path

import pytest
from hipknee import site
from hipknee.print import pdf_file
from hipknee.publish import hidden


@pytest.fixture(scope="module")
def project(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(built, tmp_path_factory.mktemp("damaged") / "project"))


def damaged(project: Path) -> list[str]:
    problems = [*site.damaged(project / "site", project)]
    assert {(problem.line, problem.rule, problem.hint) for problem in problems} <= {
        (1, "file-damaged", "Build again, and upload it again.")
    }
    return [problem.path.removeprefix("site/") for problem in problems]


def test_nothing_is_told_of_what_was_built(project: Path) -> None:
    assert damaged(project) == []


READ = re.compile(r".+\.(?:html|json|pdf|webp|jpg|png)")


def test_each_file_that_is_cut_is_told(project: Path) -> None:
    files = sorted(path for path in (project / "site").rglob("*") if READ.fullmatch(path.name))
    assert {path.suffix for path in files} == {".html", ".json", ".pdf", ".webp", ".jpg", ".png"}
    contents = {path: path.read_bytes() for path in files}
    for keep in (0, 2):
        for path, content in contents.items():
            path.unlink()  # it may be a link to what is kept
            path.write_bytes(content[: len(content) // keep] if keep else b"")
        assert damaged(project) == sorted(path.relative_to(project / "site").as_posix() for path in files)
    for path, content in contents.items():
        path.write_bytes(content)


@pytest.mark.parametrize("pattern", ["assets/pictures/*.webp", "assets/stylesheets/site.*.css", "assets/fonts/*.woff2"])
def test_a_name_with_a_hash_stands_for_one_content(pattern: str, project: Path) -> None:
    path = next((project / "site").glob(pattern))
    content = path.read_bytes()
    path.unlink()
    path.write_bytes(content + b" ")
    assert damaged(project) == [path.relative_to(project / "site").as_posix()]
    path.write_bytes(content)


def pdf(stream: bytes, filters: bytes = b"/Filter/FlateDecode", more: bytes = b"") -> bytes:
    """A file with one object."""
    head = b"%PDF-1.7\n1 0 obj\n<<" + filters + more + b"/Length %d>>stream\n" % len(stream)
    body = head + stream + b"\nendstream\nendobj\n"
    table = b"xref\n0 2\n0000000000 65535 f\r\n%010d 00000 n\r\ntrailer\n<</Size 2>>\n" % head.index(b"1 0 obj")
    return body + table + b"startxref\n%d\n%%%%EOF" % len(body)


WORDS = zlib.compress(b"words " * 99)
PDFS: dict[str, tuple[bool, bytes]] = {
    "whole": (True, pdf(WORDS)),
    "a line at its end": (True, pdf(WORDS) + b"\r\n"),
    "a list of filters": (True, pdf(WORDS, b"/Filter [ /FlateDecode ]")),
    "another filter": (True, pdf(b"anything", b"/Filter/DCTDecode")),
    "packed twice": (True, pdf(b"anything", b"/Filter[/ASCII85Decode/FlateDecode]")),
    "encrypted": (True, pdf(b"anything", more=b"/Encrypt 2 0 R")),
    "another kind of table": (True, b"%PDF-1.5\n1 0 obj\n<<>>\nendobj\nstartxref\n9\n%%EOF\n"),
    "no file": (False, b""),
    "no head": (False, pdf(WORDS)[1:]),
    "no end": (False, pdf(WORDS)[:-6]),
    "no table": (False, pdf(WORDS).replace(b"xref\n0", b"xrff\n0")),
    "nothing at a place": (False, pdf(WORDS).replace(b"1 0 obj", b"1 0 obk")),
    "a stream that is cut": (False, pdf(WORDS[:-3])),
    "a stream with another bit": (False, pdf(bytes([*WORDS[:-1], WORDS[-1] ^ 1]))),
    "zeros in a stream": (False, pdf(bytes(len(WORDS)))),
}


@pytest.mark.parametrize("case", PDFS)
def test_a_pdf_is_whole(case: str) -> None:
    whole, content = PDFS[case]
    assert pdf_file.is_whole(content) is whole


OF_SITE = {
    "index.html": True,
    ".well-known": True,
    ".well-known/security.txt": True,
    ".well-known/assetlinks.json": True,
    ".well-known/acme-challenge": False,
    ".well-known/acme-challenge/proof": False,
    ".git": False,
    ".git/config": False,
    "exercises/.DS_Store": False,
}


@pytest.mark.parametrize("name", OF_SITE)
def test_what_is_of_the_site(name: str, tmp_path: Path) -> None:
    path = tmp_path / ".well-known" / "assetlinks.json"
    path.parent.mkdir()
    path.touch()
    assert hidden.is_of_site(name, tmp_path) is OF_SITE[name]
