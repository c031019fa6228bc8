"""The cases as they are written: each fits its page, and what does not fit is told in a sentence."""

from __future__ import annotations

from pathlib import Path

import cases
import pytest
import yaml
from birds import edited
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


TEXT = """\
# Birds.

first:
  change: {old: "a", new: "b"}   # one letter
  expect:
    - '[rule-a] It''s wrong.'  # as ever
    # and, further down
    - "end: [rule-b] So is \\"this\\"."

# Nothing is wrong here.
second:
  expect: []  # yet

third: {change: {old: "c", new: ""}, expect: ["[rule-c] No.", "[rule-d] No."]}
"""


def test_the_same_words_leave_every_byte() -> None:
    for source in sorted(cases.FOLDER.glob("*.yml")):
        text = source.read_text("utf-8")
        expects = {name: row["expect"] for name, row in yaml.safe_load(text).items()}
        assert cases.reworded(text, expects) == text
    assert cases.reworded(TEXT, {"first": ["[rule-a] It's wrong.", 'end: [rule-b] So is "this".']}) == TEXT


@pytest.mark.parametrize(
    ("name", "expect", "old", "new"),
    [
        ("first", ["[rule-a] Oh.", 'end: [rule-b] So is "this".'], "'[rule-a] It''s wrong.'", '"[rule-a] Oh."'),
        ("first", ["[rule-a] It's wrong.", "[rule-b] \\ …"], '"end: [rule-b] So is \\"this\\"."', '"[rule-b] \\\\ …"'),
        ("second", ["[rule-a] Oh.", "[rule-b] Ah."], " []  #", '\n    - "[rule-a] Oh."\n    - "[rule-b] Ah."  #'),
        ("third", ["[rule-c] No.", "[rule-d] Yes."], '"[rule-d] No."', '"[rule-d] Yes."'),
        ("third", ["[rule-c] No."], '"[rule-c] No.", "[rule-d] No."', '"[rule-c] No."'),
        ("third", [], ' ["[rule-c] No.", "[rule-d] No."]', " []"),
    ],
)
def test_other_words_change_nothing_else(name: str, expect: list[str], old: str, new: str) -> None:
    text = cases.reworded(TEXT, {name: expect})
    assert text == edited(TEXT, (old, new))
    assert yaml.safe_load(text) == {**yaml.safe_load(TEXT), name: {**yaml.safe_load(TEXT)[name], "expect": expect}}


def test_several_cases_at_once() -> None:
    text = cases.reworded(TEXT, {"third": ["[rule-c] No.", "[rule-d] Yes."], "second": ["[rule-a] Oh."]})
    assert text == edited(TEXT, ("expect: []", 'expect:\n    - "[rule-a] Oh."'), ("[rule-d] No.", "[rule-d] Yes."))


def test_another_number_of_sentences() -> None:
    text = cases.reworded(TEXT, {"first": ["[rule-a] Oh."]})
    start, end = TEXT.index("\n    - '[rule-a]"), TEXT.index("\n\n# Nothing")
    assert text == f'{TEXT[:start]}\n    - "[rule-a] Oh."{TEXT[end:]}'
    assert cases.reworded(text, {"first": []}) == f"{TEXT[:start]} []{TEXT[end:]}"


def test_a_case_says_where_in_the_words_it_had(tmp_path: Path) -> None:
    row = 'new: {change: {old: frogs, new: toads}, expect: ["herons [rule-a] …", "[rule-b] …", "- [rule-c] …"]}'
    case = of(tmp_path, row)
    case.reword([("pond.md", 1, "[rule-b] Oh."), ("pond.md", 3, "[rule-a] Ah."), ("reed.md", 2, "[rule-d] Ho.")])
    expect = ["[rule-b] Oh.", "herons [rule-a] Ah.", "reed.md:wet: [rule-d] Ho."]
    assert yaml.safe_load(case.source.read_text("utf-8"))["new"]["expect"] == expect
    case = of(tmp_path, case.source.read_text("utf-8"))
    case.reword([("pond.md", 2, "[rule-e] Eh."), ("rush.md", 9, "[rule-f] Oh.")])
    assert yaml.safe_load(case.source.read_text("utf-8"))["new"]["expect"] == [
        "2 [rule-e] Eh.",
        "rush.md:9 [rule-f] Oh.",
    ]
