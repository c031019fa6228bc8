"""The cases as they are written: each fits its page, and what does not fit is told in a sentence."""

from __future__ import annotations

from pathlib import Path

import cases
import pytest
import yaml
from cases import Case, CaseError
from pydantic import ValidationError

POND = {"pond.md": "frogs:\n  - sing\nherons: stand\n", "reed.md": "title: Reed\nwet: yes\n"}


def of(tmp_path: Path, text: str) -> Case:
    """The one case of a file of cases."""
    source = tmp_path / "pond.yml"
    source.write_text(text, "utf-8")
    (case,) = cases.load(source, POND, "pond.md")
    return case


def test_every_case_has_a_name_of_its_own() -> None:
    written = (yaml.compose(source.read_bytes(), yaml.SafeLoader) for source in sorted(cases.FOLDER.glob("*.yml")))
    names = [key.value for root in written if root for key, _ in root.value]
    assert sorted(names) == sorted({*names})


def test_changes_follow_each_other(tmp_path: Path) -> None:
    change = '[{old: "  - sing\\n", new: ""}, {old: "stand", new: "sing"}]'
    case = of(tmp_path, f"both: {{change: {change}, expect: []}}")
    assert (case.name, case.path, case.content) == ("both", "pond.md", b"frogs:\nherons: sing\n")


@pytest.mark.parametrize(
    ("row", "path", "content"),
    [
        ("{file: reed.md, change: {old: Reed, new: Rush}}", "reed.md", b"title: Rush\nwet: yes\n"),
        ("{page: ''}", "pond.md", b""),
        ('{page: "caf\\xe9\\0\\n", encoding: latin-1, line_ends: crlf}', "pond.md", b"caf\xe9\0\r\n"),
        ("{file: reed.md, encoding: utf-8-sig}", "reed.md", b"\xef\xbb\xbftitle: Reed\nwet: yes\n"),
    ],
)
def test_a_page_is_saved_as_the_case_says(row: str, path: str, content: bytes, tmp_path: Path) -> None:
    case = of(tmp_path, f"odd: {row[:-1]}, expect: []}}")
    assert (case.path, case.content) == (path, content)


@pytest.mark.parametrize(
    ("expect", "path", "line"),
    [
        ("[rule-a] …", "pond.md", 2),  # where the change is
        ("3 [rule-a] …", "pond.md", 3),
        ("herons: [rule-a] …", "pond.md", 4),
        ("- sing [rule-a] …", "pond.md", 3),
        ("toads: [rule-a] …", "pond.md", 0),
        ("reed.md:2 [rule-a] …", "reed.md", 2),
        ("reed.md:wet: [rule-a] …", "reed.md", 2),
    ],
)
def test_where_something_is_said(expect: str, path: str, line: int, tmp_path: Path) -> None:
    case = of(tmp_path, f"loud: {{change: {{old: '  - sing', new: \"  - croak\\n  - sing\"}}, expect: ['{expect}']}}")
    assert case.expected == [(path, line, "[rule-a] …")]
    assert case.rules == {"rule-a"}


@pytest.mark.parametrize(("old", "count"), [("toads", 0), ("s", 4)])
def test_a_change_that_does_not_fit(old: str, count: int, tmp_path: Path) -> None:
    case = of(tmp_path, f"lost: {{change: {{old: {old}, new: ''}}, expect: []}}")
    sentence = (
        rf"^pond.yml: case 'lost' changes '{old}', which stands {count} times in pond.md: it must stand there once"
    )
    with pytest.raises(CaseError, match=sentence):
        _ = case.content


def test_an_expectation_without_a_rule(tmp_path: Path) -> None:
    case = of(tmp_path, "vague: {page: '', expect: [Something is wrong.]}")
    with pytest.raises(CaseError, match=r"^'Something is wrong.' must be '\[rule\] message'"):
        _ = case.expected


@pytest.mark.parametrize("row", ["{}", "{pages: '', expect: []}", "{change: {old: a}, expect: []}", "{expect: no}"])
def test_a_case_with_other_keys_is_refused(row: str, tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="odd"):
        of(tmp_path, f"odd: {row}")
