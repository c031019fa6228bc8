"""What is added to an author's file stands in the right place, and every other letter is as it was."""

from __future__ import annotations

import pytest
from hipknee.content.front_matter import read_data, read_page
from hipknee.content.insertion import InsertionError, brackets, scalar, with_entry, with_item
from hypothesis import given
from hypothesis import strategies as st

LISTS = {
    "in brackets": ("order: [owl, wren] # all\nx: 1\n", "order: [owl, wren, crow] # all\nx: 1\n"),
    "empty brackets": ("order: []\n", "order: [crow]\n"),
    "empty": ("order: # none yet\nx: 1\n", "order: [crow] # none yet\nx: 1\n"),
    "empty, at the end": ("x: 1\norder:", "x: 1\norder: [crow]"),
    "over several lines": ("order: [owl,\n  wren]\n", "order: [owl,\n  wren, crow]\n"),
    "a comma at the end": ("order: [\n  owl,\n  wren,\n]\n", "order: [\n  owl,\n  wren, crow,\n]\n"),
    "a note at the end": ("order: [\n  owl,\n  wren # last\n]\n", "order: [\n  owl,\n  wren, crow # last\n]\n"),
    "quoted": ("order: ['owl', \"wren]\"]\n", "order: ['owl', \"wren]\", crow]\n"),
    "lines": (
        "order:\n  - owl\n  - wren # last\n\n# next\nx: 1\n",
        "order:\n  - owl\n  - wren # last\n  - crow\n\n# next\nx: 1\n",
    ),
    "lines without indent": ("order:\n- owl\n- wren\nx: 1\n", "order:\n- owl\n- wren\n- crow\nx: 1\n"),
    "no line end": ("order:\n  - owl", "order:\n  - owl\n  - crow\n"),
    "Windows": ("order:\r\n  - owl\r\nx: 1\r\n", "order:\r\n  - owl\r\n  - crow\r\nx: 1\r\n"),
    "Windows, in brackets": ("order: [owl]\r\nx: é\r\n", "order: [owl, crow]\r\nx: é\r\n"),
    "a mark of the encoding": ("\ufefforder: [owl]\n", "\ufefforder: [owl, crow]\n"),
    "letters before": ("é: ½🦶\norder: [ówl]\n", "é: ½🦶\norder: [ówl, crow]\n"),
    "already there": ("order: [crow, owl]\n", "order: [crow, owl]\n"),
    "a long text before": (
        "a: >\n  x\n\norder:\n  - >\n    owl\n\nb: 1\n",
        "a: >\n  x\n\norder:\n  - >\n    owl\n  - crow\n\nb: 1\n",
    ),
    "broken elsewhere": ("order: [owl]\nx: 1\nx: 2\n", "order: [owl, crow]\nx: 1\nx: 2\n"),
}
NAV = {
    "- owl.md\n- wren.md\n- end.md\n": "- owl.md\n- wren.md\n- crow.md\n- end.md\n",
    "  - Owl: owl.md\n  - Wren: wren.md\n  - end.md\n": "  - Owl: owl.md\n  - Wren: wren.md\n  - crow.md\n  - end.md\n",
    "  - Birds:\n      - wren.md\n  - end.md\n": "  - Birds:\n      - wren.md\n      - crow.md\n  - end.md\n",
    "  - Birds: [wren.md, x.md]\n": "  - Birds: [wren.md, crow.md, x.md]\n",
    "  - Birds:\n    - A: [x.md]\n    - Sub:\n      - W: wren.md # w\n  - end.md\n": (
        "  - Birds:\n    - A: [x.md]\n    - Sub:\n      - W: wren.md # w\n      - crow.md\n  - end.md\n"
    ),
    "  - owl.md\n": "  - owl.md\n  - crow.md\n",
}
"""A menu, where crow.md belongs after wren.md, or at the end."""
REFUSED = {
    "order: owl\n": "'order' in file.yml is not a list. Please add 'crow' to 'order' in file.yml.",
    "order: ~\n": "is not a list",
    "order: {owl: 1}\n": "is not a list",
    "other: [owl]\n": "There is no 'order' in file.yml. Please add 'crow' to 'order' in file.yml.",
    "order: [owl\n": "file.yml can't be read. Fix it first, or add 'crow' to 'order' in file.yml.",
    "": "can't be read",
    "order:\n\u00a0 - owl\n": "is not laid out in a way that can be added to. Please add 'crow'",
}


@pytest.mark.parametrize("name", LISTS)
def test_an_item_comes_last(name: str) -> None:
    before, after = LISTS[name]
    assert with_item("file.yml", before.encode(), ("order",), "crow").decode() == after


@pytest.mark.parametrize("name", [name for name in LISTS if "mark" not in name and "no line" not in name])
def test_so_it_does_on_a_page(name: str) -> None:
    before, after = (f"---\n{text.rstrip()}\n---\n# order: [x]\n" for text in LISTS[name])
    if "Windows" in name:
        before, after = (text.replace("\r\n", "\n").replace("\n", "\r\n") for text in (before, after))
    assert with_item("page.md", before.encode(), ("order",), "crow").decode() == after


@pytest.mark.parametrize("menu", NAV)
def test_or_beside_another_one(menu: str) -> None:
    before, after = f"nav:\n{menu}\nplugins: !ENV [A, []]\n", f"nav:\n{NAV[menu]}\nplugins: !ENV [A, []]\n"
    assert with_item("mkdocs.yml", before.encode(), ("nav",), "crow.md", "wren.md").decode() == after


@pytest.mark.parametrize("text", REFUSED)
def test_what_can_not_be_added_to_is_left_alone(text: str) -> None:
    with pytest.raises(InsertionError) as refusal:
        with_item("file.yml", text.encode(), ("order",), "crow")
    assert REFUSED[text] in str(refusal.value)


@pytest.mark.parametrize("item", ["90", "null", "2026-11-22", "true", "x"])
def test_an_item_stays_a_text(item: str) -> None:
    for text in (b"order: [a]\n", b"order:\n  - a\n", b"order:\n"):
        document, problems = read_data("f.yml", with_item("f.yml", text, ("order",), item))
        assert problems == []
        assert document.data["order"][-1] == item


BIRDS = (
    "# all\nbirds:\n  owl:\n    name: Owl\n    words: [\n      a, b,\n    ]\n"
    "  wren: {name: Wren} # small\n\n# next\nnests:\n  x: 1\n"
)
ENTRY = "  crow:\n    name: Crow\n"
ENTRIES = {
    "last": (BIRDS, "small\n", f"small\n{ENTRY}"),
    "in order": (BIRDS.replace("  wren", "  raven: {name: R}\n  wren"), "    ]\n", f"    ]\n{ENTRY}"),
    "first": (BIRDS.replace("  owl:", "  dove: {name: D}\n  owl:"), "birds:\n", f"birds:\n{ENTRY}"),
    "not in order": (BIRDS.replace("  wren", "  abc: {name: R}\n  wren"), "small\n", f"small\n{ENTRY}"),
    "no line end": ("birds:\n  owl: {name: Owl}", "Owl}", f"Owl}}\n{ENTRY}"),
}
ENTRIES["in order"] = (ENTRIES["in order"][0], "birds:\n", f"birds:\n{ENTRY}")


@pytest.mark.parametrize("name", ENTRIES)
def test_an_entry_comes_last_or_in_order(name: str) -> None:
    before, old, new = ENTRIES[name]
    assert old in before
    after = with_entry("f.yml", before.encode(), ("birds",), "crow", ["", "name: Crow"]).decode()
    assert after == before.replace(old, new, 1)


def test_an_entry_may_be_one_line_and_deep() -> None:
    page = b"---\nx:\n  helps:\n    knee: Why. # so\n---\nBody.\n"
    after = with_entry("p.md", page, ("x", "helps"), "hip", [scalar("It: does.")])
    assert after == page.replace(b"# so\n", b'# so\n    hip: "It: does."\n')


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (BIRDS, "There is already a 'owl' in 'birds' in f.yml."),
        ("birds: {crow: {name: x}}\n", "'birds' in f.yml has no lines of 'key: value'. Please add 'owl' to 'birds'"),
        ("birds: []\n", "has no lines"),
        ("birds:\n", "has no lines"),
    ],
)
def test_an_entry_that_can_not_be_added(text: str, words: str) -> None:
    with pytest.raises(InsertionError, match=words):
        with_entry("f.yml", text.encode(), ("birds",), "owl", ["", "name: Owl"])


def test_an_entry_that_breaks_the_file_is_refused() -> None:
    with pytest.raises(InsertionError, match="Please add 'crow'"):
        with_entry("f.yml", BIRDS.encode(), ("birds",), "crow", ["", "name: [Crow"])


@given(
    st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co", "Zl", "Zp")), min_size=1)
    .map(str.strip)
    .filter(bool)
)
def test_any_text_is_read_as_it_was(text: str) -> None:
    raw = f"---\na: {scalar(text)}\nb: {brackets([text, text])}\n---\n".encode()
    document, problems = read_page("p.md", raw)
    if "\ufeff" not in text and "\ufffe" not in text and "\uffff" not in text:
        assert problems == []
        assert document.data == {"a": text, "b": [text, text]}


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Clam", "Clam"),
        ("a: b", '"a: b"'),
        ("a #b", '"a #b"'),
        ("- x", '"- x"'),
        ("null", '"null"'),
        ("2026-11-22", '"2026-11-22"'),
        ('The "clock" lunge', 'The "clock" lunge'),
        ('"x', '"\\"x"'),
        ("Sit\\stand", "Sit\\stand"),
        ("It lifts, then it stays.", "It lifts, then it stays."),
    ],
)
def test_a_text_has_quotes_only_where_it_needs_them(text: str, form: str) -> None:
    assert scalar(text) == form
