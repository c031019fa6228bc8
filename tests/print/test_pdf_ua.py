"""Every PDF conforms to PDF/UA-1, and the checker that says so can tell."""

from __future__ import annotations

from pathlib import Path

import pdf_ua
import pytest
import typst
from pdf_ua import required
from PIL import Image

TEXT = '#set document(title: "Teapots")\n#set text(lang: "en")\n= Teapots\nThey tip over.\n'


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One good file and some that are not."""
    folder = tmp_path_factory.mktemp("samples")
    Image.new("RGB", (8, 8), "teal").save(folder / "pot.png")
    (folder / "pot.typ").write_text(TEXT + '#image("pot.png")\n', "utf-8")
    (folder / "good.pdf").write_bytes(typst.compile(TEXT.encode(), pdf_standards="ua-1"))
    (folder / "no-claim.pdf").write_bytes(typst.compile(TEXT.encode()))
    (folder / "no-words-for-a-picture.pdf").write_bytes(typst.compile(folder / "pot.typ"))
    Image.new("RGB", (8, 8), "teal").save(folder / "no-tags.pdf")
    (folder / "no-pdf.pdf").write_bytes(b"Two teapots.")
    (folder / "empty.pdf").write_bytes(b"")
    return folder


@pytest.fixture(scope="module")
def verdicts(samples: Path) -> dict[str, str]:
    """The rules that each sample breaks, and one file that is not there; asked for in one call, as starting is slow."""
    found: dict[str, str] = {}
    for line in required([*samples.glob("*.pdf"), samples / "gone.pdf"]):
        name, rule = line.split("]")[0].split(".pdf: [")
        found[name] = f"{found.get(name, '')} {rule}".strip()
    return found


def test_a_good_file_passes(verdicts: dict[str, str]) -> None:
    assert "good" not in verdicts


@pytest.mark.parametrize(
    ("name", "rules"),
    [
        ("no-claim", "5-1"),
        ("no-words-for-a-picture", "7.3-1"),
        ("no-tags", "7.1-3 7.1-11"),  # what is shown is neither tagged nor an artifact; there is no tree of tags
        ("no-pdf", "?"),
        ("empty", "?"),
        ("gone", "?"),
    ],
)
def test_a_bad_file_fails(verdicts: dict[str, str], name: str, rules: str) -> None:
    assert {*rules.split()} <= {*verdicts[name].split()}


def test_all_rules_are_read(samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_ua, "RULES", pdf_ua.RULES + 1)
    with pytest.raises(AssertionError, match="'106'"):
        required([samples / "good.pdf"])


def test_without_java_it_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(pdf_ua.UnavailableError, match="no java and no javac"):
        pdf_ua.validate([])


def test_every_printed_file_conforms(addressed: Path) -> None:
    files = sorted(addressed.glob("site/pdf/*.pdf"))
    assert files
    assert required(files) == []
