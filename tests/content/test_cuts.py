"""Where YAML would end a text: what is refused, and what is put in its place. More stands in tests/cases/slips.yml."""

from __future__ import annotations

import pytest
from hipknee.content import cuts
from hipknee.content.data_files import Site
from hipknee.content.fields import Fields
from hipknee.content.front_matter import read_data

LINES = {  # a line, and the line as it should be; "" for one that is fine
    "feel: The #1 buttock": 'feel: "The #1 buttock"',
    "move: Breathe out (exercise #2). Keep on.": 'move: "Breathe out (exercise #2). Keep on."',
    "do: do not #do this": 'do: "do not #do this"',
    'feel: The "big" #1 buttock': "feel: 'The \"big\" #1 buttock'",
    'feel: It\'s the "big" #1': "feel: 'It''s the \"big\" #1'",
    "feel: Side of the buttock # not the front": 'feel: "Side of the buttock # not the front"',
    "feel: The buttock  # not the front": 'feel: "The buttock  # not the front"',
    "was: side-lying #2": 'was: "side-lying #2"',
    "a:\n- move: \u201cThe #1 buttock\u201d": '- move: "The #1 buttock"',
    "a:\n- clam #1": '- "clam #1"',
    "feel: #1 is the buttock": 'feel: "#1 is the buttock"',
    "aliases: [clam #1, clam]": 'aliases: ["clam #1", clam]',
    "aliases: [clam, clam #1]": 'aliases: [clam, "clam #1"]',
    "a: {who: If #1, or #2, do: x}": 'a: {who: "If #1, or #2", do: x}',
    "a: {who: If you do #1}": 'a: {who: "If you do #1"}',
    'title: "The" #1': "title: '\"The\" #1'",
    "feel: C#, and a#b": "",
    "kind: strength         # strength | stretch": "",
    "hold: 2 s  # a time": "",
    "sets: 2 #": "",
    "updated: 2026-01-02 # a day": "",
    "aliases: []   # other names": "",
    "aliases: []   #other names": "",
    'title: "X"  # note': "",
    "side:   # each | alternate": "",
    "dose: {sets: 2}   # note": "",
    "feel: '#1 buttock'": "",
    "# feel: The #1 buttock": "",
    "feel: | # note\n  The #1 buttock\n  #2": "",
    "helps:  #why\n  knee: It #does.": 'knee: "It #does."',
    "a: {who: If you fall, or feel dizzy, do: x}": 'a: {who: "If you fall, or feel dizzy", do: x}',
    "a: {label: Front desk, main door, number: 904}": 'a: {label: "Front desk, main door", number: 904}',
    "a: {reps: 8, 10}": "a: {reps: [8, 10]}",
    "a: {band: above-knees, ankles}": "a: {band: [above-knees, ankles]}",
    "a: {who: If, do: x, y z, and w}": 'a: {who: If, do: "x, y z, and w"}',
    "a: {b: , c: x}": "",
    "a: {b: '', c: x}": "",
    "easier: [Lift less, and rest more]": 'easier: ["Lift less, and rest more"]',
    "easier: [Lift less., and rest more]": "",
    "aliases: [Lift less, and rest more]": "",
    "easier: ['Lift less', and rest more]": "",
    "do: {emergency}": 'do: "{emergency}"',
    "a:\n- {emergency}": '- "{emergency}"',
    "do: {emergency} is the number": 'do: "{emergency} is the number"',
    "do: {emergency}: call it": 'do: "{emergency}: call it"',
    "a: [{band}]": "",
    "a: {}": "",
}


@pytest.mark.parametrize("line", LINES)
def test_a_line_as_it_should_be(line: str) -> None:
    document, problems = read_data("x.yml", line.encode())
    assert [problem.correction.strip() for problem in problems] == ([LINES[line]] if LINES[line] else [])
    if LINES[line] and "\n" not in line:
        whole, rest = read_data("x.yml", LINES[line].encode())
        assert rest == []
        assert not document.data or document.data == whole.data, "what follows is not told too"


def test_a_text_over_lines_comes_on_one() -> None:
    rows = b"a: x\nfeel: The buttock,\n  muscle #1,\n  and the back.\nb: y #1\n"
    document, problems = read_data("x.yml", rows)
    assert [(problem.line, problem.correction) for problem in problems] == [
        (3, 'feel: "The buttock, muscle #1, and the back."'),
        (5, 'b: "y #1"'),
    ]
    assert document.data == {"a": "x", "feel": "The buttock, muscle #1, and the back.", "b": "y #1"}
    assert document.line("b") == 5


def test_a_note_below_a_text_is_no_text() -> None:
    for note in ("# note", "  # note", "#feel: x", "  #- x", "#1"):
        assert read_data("x.yml", f"a:\n- one two\n{note}\n- three".encode())[1] == []
    _, (problem,) = read_data("x.yml", b"a: one two\n  #1 three")
    assert (problem.line, problem.correction) == (2, 'a: "one two #1 three"')


def test_a_number_with_a_comma() -> None:
    for number, data in (("2,5 s", "2 s"), ("2,5", 2)):
        document, (problem,) = read_data("x.yml", f"a: {{hold: {number}, b: x}}".encode())
        assert (problem.message, problem.correction) == ("A number can't have a comma.", "")
        assert document.data == {"a": {"hold": data, "b": "x"}}


def test_lists_of_sentences_are_fields() -> None:
    models, fields = [Fields], set[str]()
    while models:
        model = models.pop()
        models += model.__subclasses__()
        fields |= {*model.model_fields}
    assert fields >= cuts.SENTENCES
    assert {*Site.model_fields} <= fields
