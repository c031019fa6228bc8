"""A problem as it is printed, and the guess at what an author meant."""

from __future__ import annotations

from pathlib import Path

from hipknee.problems import Problem, did_you_mean
from hipknee.rules import Rule

X, Y = Rule.ALT_LONG, Rule.YAML_BROKEN


def test_a_problem_is_one_line() -> None:
    assert str(Problem("docs/a.md", 7, Rule.KEY_MISSING, "'title' is missing.", "Write one.")) == (
        "docs/a.md:7: [key-missing] 'title' is missing. Write one."
    )
    assert str(Problem("docs/a.md", 7, Rule.KEY_MISSING, "'title' is missing.")) == (
        "docs/a.md:7: [key-missing] 'title' is missing."
    )


def test_the_line_as_it_should_be_stands_behind_the_hint() -> None:
    known = Problem("a.md", 7, Y, "The text is cut off.", "Put it in quotes.", '  feel: "The #1 muscle"')
    assert known.advice == 'Put it in quotes. Write: feel: "The #1 muscle"'
    assert str(known) == f"a.md:7: [yaml-broken] The text is cut off. {known.advice}"
    two_lines = Problem("a.md", 7, Y, "This is no list.", correction="\n- one\n- two\n")
    assert two_lines.advice == "Write: - one / - two"


def test_the_line_as_it_stands(tmp_path: Path) -> None:
    text = "---\r\ntitle:\tA\r\n\r\n  feel: \x1b[31mred\x07\r\n" + "x" * 500
    (tmp_path / "a.md").write_bytes(text.encode() + b"\xe9")
    (tmp_path / "a.png").write_bytes(b"x")
    (tmp_path / "b.md").mkdir()

    def lines(path: str, correction: str = "") -> list[str]:
        return [Problem(path, n, Y, "x", "", correction).line_in(tmp_path) for n in range(8)]

    assert lines("a.md") == ["", "", "title:→A", "", "  feel: �[31mred�", "x" * 200 + "…", "", ""]
    assert lines("a.md", "x")[5] == "x" * 500 + "�", "whole, beside one that is"
    assert {*lines("a.png"), *lines("b.md"), *lines("c.md")} == {""}
    assert Problem("a.md", 2, Y, "x", "", "\n  a\tb \n\n c\n").mended == ["  a b", "", " c"]


def test_problems_come_by_file_and_line() -> None:
    assert sorted([Problem("b", 1, X, "x"), Problem("a", 10, X, "x"), Problem("a", 9, Y, "x")]) == [
        Problem("a", 9, Y, "x"),
        Problem("a", 10, X, "x"),
        Problem("b", 1, X, "x"),
    ]


def test_a_guess() -> None:
    birds = [f"bird-{n}" for n in range(11)]
    assert did_you_mean("Owll", ["owl", "gull"]) == "Did you mean 'owl'?"
    assert did_you_mean("fox", ["gull", "owl"]) == "Choose from: gull, owl."
    assert did_you_mean("fox", ["owl"]) == "Choose from: owl."
    assert did_you_mean("fox", []) == ""
    assert did_you_mean("fox", [*birds, "owl"]).startswith("Choose from: bird-0, bird-1, bird-10, ")
    assert did_you_mean("fox", [*birds, "owl", "gull"]) == ""
