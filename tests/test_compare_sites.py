"""Two builds are compared without what always changes, and nothing else is overlooked."""

from __future__ import annotations

import gzip
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import brotli
import pytest
import typst
from comparison import outputs, pdfs, texts, trees
from comparison.texts import Difference
from projects import ROOT

HASHES = "0123456789", "fedcba9876"
NAMES = {f"site.{HASHES[0]}.css", f"clamshell-start-800-{HASHES[0]}.webp", f"share-clamshell-{HASHES[0]}.jpg"}
STAMP = '<meta name="hipknee-stamp" content="{}">'
CASES = ROOT / "tests" / "invalid"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a/site.0123456789.css", "a/site.*.css"),
        ("a/site.0123456789.css.br", "a/site.*.css.br"),
        ("clamshell-start-800-0123456789.webp", "clamshell-start-800-*.webp"),
        ("main.57a0d79d.min.css", "main.57a0d79d.min.css"),
        ("a-0123456789/index.html", "a-0123456789/index.html"),
        ("phone-9045550142x.png", "phone-9045550142x.png"),
    ],
)
def test_fingerprints_become_stars(path: str, expected: str) -> None:
    assert texts.starred(path) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f'<link href="../a/site.{HASHES[0]}.css">', '<link href="../a/site.*.css">'),
        (f'srcset="p/clamshell-start-800-{HASHES[0]}.webp 800w, "', 'srcset="p/clamshell-start-800-*.webp 800w, "'),
        (f'"https://example.org/share-clamshell-{HASHES[0]}.jpg"', '"https://example.org/share-clamshell-*.jpg"'),
        (f"url(site.{HASHES[1]}.css)", f"url(site.{HASHES[1]}.css)"),  # no such file is there
        (STAMP.format("a1" * 32), STAMP.format("*")),
        (STAMP.format("a1" * 31), STAMP.format("a1" * 31)),
        ('<span class="version">6099f625</span>', '<span class="version">*</span>'),
        ('<span class="other">6099f625</span>', '<span class="other">6099f625</span>'),
        ('const site = {"version": "6099f625"}', 'const site = {"version": "*"}'),
        ('{"version": 1}', '{"version": 1}'),
        (f"script-src 'self' 'sha256-{'A' * 43}='", "script-src 'self' 'sha256-*'"),
        (f'var searchPart = {{"words":[["","{HASHES[0]}"]]}}', 'var searchPart = {"words":[["","*"]]}'),
        (f'{{"telephone":"{HASHES[0]}"}}', f'{{"telephone":"{HASHES[0]}"}}'),
    ],
)
def test_what_always_changes_is_left_out(text: str, expected: str) -> None:
    assert texts.normalized(text, NAMES) == expected


def index(*groups: list[object]) -> str:
    return f"var searchPart = {json.dumps(groups)};\n"


KNEE: list[object] = ["knee/", "Knee", "Leg", "It bends.", []]
HIP: list[object] = ["hip/", "Hip", "", "It turns.", [["b", "Ball", "It is round."]]]
WORKER = "const site = {};\nself.keep = {};\n"


@pytest.mark.parametrize(
    ("path", "old", "new", "what", "line"),
    [
        ("a.html", "<p>Bend it.</p>", "<p>Bend it.</p>", None, ""),
        ("a.html", "<p>Bend it. Slowly.</p>", "<p>Bend it. Fast.</p>", "the text differs", "+Fast."),
        ("a.html", "<b>a</b> <i>b</i>", "<b>a</b><i>b</i>", "only spacing differs", ""),
        ("a.css", "a{color:red;top:0}", "a{color:red;top:1px}", "the text differs", "+top:1px}"),
        ("a.json", '{"a": 1, "b": [2]}', '{"b":[2],"a":1}', None, ""),
        ("a.json", '{"a": [1, 2]}', '{"a": [2, 1]}', "the text differs", "+  2,"),
        ("a.json", '{"a": 1}', '{"a": true}', "the text differs", '+ "a": true'),
        ("i.js", index(KNEE, HIP), index(KNEE, HIP), None, ""),
        ("i.js", index(KNEE, HIP), index(HIP, KNEE), "the documents stand in another order", '+  "knee/",'),
        ("i.js", index(KNEE), index(KNEE, HIP), "documents differ: 'hip/#b' is new; 'hip/' is new", '+  "Hip",'),
        ("i.js", index(KNEE, HIP), index(HIP), "documents differ: 'knee/' is gone", '-  "knee/",'),
        (
            "i.js",
            index(KNEE, HIP),
            index(["knee/", "Knee", "Limb", "It aches.", []], HIP),
            "documents differ: 'knee/' has another text, where",
            '+  "It aches.",',
        ),
        ("i.js", index(KNEE), index(KNEE).replace("searchPart", "index"), "the text differs", "+index:"),
        ("w.js", WORKER.format('{"f": ["a", "b"]}', 1), WORKER.format('{"f": ["b", "a"]}', 1), None, ""),
        ("w.js", WORKER.format('{"f": ["a"]}', 1), WORKER.format('{"f": ["b"]}', 1), "the text differs", '+  "b"'),
        ("w.js", WORKER.format("{}", 1), WORKER.format("{}", 2), "the text differs", "+self.keep = 2;"),
    ],
)
def test_texts_are_compared_as_what_they_are(path: str, old: str, new: str, what: str | None, line: str) -> None:
    difference = texts.compare(path, old, new)
    assert (difference and difference.what) == what
    assert not line or (difference and line in difference.diff)


def test_a_diff_is_short() -> None:
    lines = texts.diff([f"old {n}" for n in range(20)], [f"new {n}" + "w" * 500 for n in range(20)])
    assert len(lines) == texts.LONGEST_DIFF + 1
    assert lines[0] == "-old 0"
    assert lines[-1] == "… and 30 more"
    assert all(len(line) <= 201 for line in lines)


def zipped(**files: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(f"{name}.txt"), text)
    return packed.getvalue()


A = {"a.txt": b"one"}
CSS = [{f"s.{hash_}.css": b"a{}", "i.html": f'<link href="s.{hash_}.css">'.encode()} for hash_ in HASHES]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (A, A, {}),
        (A, {}, {"a.txt": "only in OLD"}),
        ({}, A, {"a.txt": "only in NEW"}),
        (A, {"a.txt": b"two"}, {"a.txt": "the text differs"}),
        ({"a.png": b"\xff1"}, {"a.png": b"\xff22"}, {"a.png": "the bytes differ: 2 in OLD, 3 in NEW"}),
        (CSS[0], CSS[1], {}),
        (
            CSS[0],
            CSS[1] | {"i.html": CSS[0]["i.html"]},
            {"i.html": "the text differs"},
        ),  # it names no file that is there
        ({"a.gz": gzip.compress(b"one", mtime=1)}, {"a.gz": gzip.compress(b"one", mtime=2)}, {}),
        ({"a.gz": gzip.compress(b"one")}, {"a.gz": gzip.compress(b"two")}, {"a.gz": "the text differs"}),
        ({"a.js.br": brotli.compress(b"one")}, {"a.js.br": brotli.compress(b"two")}, {"a.js.br": "the text differs"}),
        ({"z.zip": zipped(a="1", b="2")}, {"z.zip": zipped(b="2", a="1")}, {}),
        ({"z.zip": zipped(a="1")}, {"z.zip": zipped(a="2")}, {"z.zip/a.txt": "the text differs"}),
        (
            {"z.zip": zipped(a="1")},
            {"z.zip": zipped(a="1", b="2")},
            {"z.zip": "the text differs", "z.zip/b.txt": "only in NEW"},
        ),
        ({f"p-{HASHES[0]}.webp": b"\xff1"}, {f"p-{HASHES[1]}.webp": b"\xff1"}, {}),
        (
            {f"p-{hash_}.webp": b"\xff" for hash_ in HASHES},
            {f"p-{HASHES[0]}.webp": b"\xff"},
            {"p-*.webp (2)": "only in OLD"},
        ),
    ],
)
def test_folders_are_compared(
    tmp_path: Path, old: dict[str, bytes], new: dict[str, bytes], expected: dict[str, str]
) -> None:
    for side, files in (("old", old), ("new", new)):
        (tmp_path / side).mkdir()
        for name, content in files.items():
            (tmp_path / side / name).write_bytes(content)
    result = outputs.compare(*(outputs.read(tmp_path / side) for side in ("old", "new")))
    assert {path: each.what for path, each in result.differences.items()} == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("dist/site/a.css", True),
        ("dist/site/a.css.gz", True),
        ("dist/clinic.zip/clinic/a.css", True),
        ("dist/site/b.css", False),  # which does not differ in the site
        ("dist/hosting/a.css", False),
        ("site/a.css", False),
    ],
)
def test_copies_are_told_from_the_site(path: str, expected: bool) -> None:
    same, other = Difference("the text differs", ("-a", "+b")), Difference("the text differs", ("-a", "+c"))
    assert outputs.copies({"site/a.css": same, path: same}) == ({path} if expected else set())
    assert path == "site/a.css" or outputs.copies({"site/a.css": same, path: other}) == set()


def test_a_diff_is_shown_once() -> None:
    same, other = Difference("the text differs", ("-a", "+b")), Difference("only in OLD")
    lines = list(outputs.grouped({"a": same, "b": same, "c": other, "d": other}, {}))
    assert lines == [
        "a: the text differs",
        "    -a",
        "    +b",
        "b: the text differs, as in a",
        "c: only in OLD",
        "d: only in OLD",
    ]


SHEET = """
#set document(title: "Teapots", date: none)
#set text(lang: "en", size: 12pt)
#set page(width: 300pt, height: 200pt, margin: 20pt)
= Teapots
They tip over. #link("https://example.org/")[More]
#let pot = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9'/></svg>"
#image(bytes(pot), alt: "A pot")

Updated 2026-11-25. Version 66fde730.
"""


def sheet(*edits: tuple[str, str]) -> bytes:
    text = SHEET
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    return typst.compile(text.encode(), pdf_standards="ua-1")


VERSION = ("66fde730", "b51cd8a9")


@pytest.mark.parametrize(
    ("edit", "what"),
    [
        (VERSION, None),
        (("2026-11-25", "2026-11-26"), "another text"),
        (("Version 66fde730", "Version none"), "another text; page 1 looks different"),
        (("tip over", "tip out"), "another text; page 1 looks different"),
        (("They tip over", "They  tip over"), None),
        (("margin: 20pt", "margin: 21pt"), "page 1 looks different"),
        (('lang: "en"', 'lang: "es"'), "another language"),
        (('title: "Teapots"', 'title: "Pots"'), "another metadata"),
        (("= Teapots", "= Teapots\n#pagebreak()"), "another number of pages; another size of paper"),
        (("width: 300pt", "width: 301pt"), "another size of paper"),
        (('alt: "A pot"', 'alt: "A cup"'), "another tags"),
        (("https://example.org/", "https://example.org/x"), "another links"),
        (("= Teapots", "#heading(outlined: false)[Teapots]"), "another outline"),
        (("<rect ", "<rect fill='red' "), "page 1 looks different"),
    ],
    ids=str,
)
def test_pdfs_are_compared(edit: tuple[str, str], what: str | None) -> None:
    """Also when the version, which follows from the content, is another one as well."""
    other_version = [] if VERSION[0] in edit[0] else [VERSION]
    for edits in ([edit], [edit, *other_version]):
        difference = pdfs.compare(sheet(), sheet(*edits))
        assert difference is None if what is None else difference and difference.what.startswith(what), difference


@pytest.mark.parametrize("day", ["2026-11-25", "November 25, 2026", "25 de noviembre de 2026"])
def test_a_version_is_known_by_the_day_before_it(day: str) -> None:
    assert pdfs.without_version(f"Updated {day}. Version 66fde730.") == f"Updated {day}. Version *."
    assert pdfs.without_version("Tea 66fde730 of 12026 66fde730") == "Tea 66fde730 of 12026 66fde730"


def test_pixels_can_be_left_out() -> None:
    wide = sheet(("margin: 20pt", "margin: 21pt"))
    assert pdfs.compare(sheet(), wide, pixels=False) is None
    assert (pdfs.compare(sheet(), b"no PDF") or Difference("")).what.startswith("can't be read")


@pytest.mark.parametrize("setting", trees.SETTINGS)
def test_settings_still_fit(tmp_path: Path, setting: str) -> None:
    text = (ROOT / "mkdocs.yml").read_text("utf-8")
    (tmp_path / "mkdocs.yml").write_text(text, "utf-8")
    trees.set_up(tmp_path / "mkdocs.yml", trees.SETTINGS[setting])
    assert ((tmp_path / "mkdocs.yml").read_text("utf-8") == text) is (setting in ("plain", trees.CLINIC))
    with pytest.raises(trees.TreeError, match="no longer has anything like 'teapot'"):
        trees.set_up(tmp_path / "mkdocs.yml", (("teapot", "kettle"),))


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["no-such-commit"], "There is no commit 'no-such-commit' in"),
        (["HEAD", "no-such-commit"], "There is no commit 'no-such-commit' in"),
        (["HEAD", "--settings", "teapot"], "invalid choice: 'teapot'"),
        (["HEAD", "--jobs", "0"], "--jobs must be 1 or more"),
        (["HEAD", "--cases", "no-such-folder"], "there is no folder no-such-folder"),
        ([], "the following arguments are required: OLD"),
    ],
)
def test_a_wrong_call_is_answered_in_a_sentence(arguments: list[str], sentence: str) -> None:
    call = [sys.executable, str(ROOT / "scripts" / "compare_sites.py"), *arguments]
    done = subprocess.run(call, capture_output=True, text=True, cwd="/", timeout=60, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert sentence in done.stderr.splitlines()[-1]
