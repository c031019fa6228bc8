"""The clinic's settings in mkdocs.yml: a value, or problems at their lines."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hipknee.content import clinic
from hipknee.content.switchboard import Switchboard
from hipknee.gate import gate
from hipknee.problems import Problem

SETTINGS = """\
site_name: Pond
extra:
  generator: false
  clinic:
    name: Duck & Daughters
    phones:
      - {label: Pond, number: 904-555-0142}
      - label: Nest
        number: "000"
    booking: https://duck.example/book
    report: mailto:frogs@duck.example
plugins: [search]
"""


def read(text: str, **others: str) -> tuple[Any, list[Problem]]:
    with TemporaryDirectory() as folder:
        for name, content in {"mkdocs": text, **others}.items():
            Path(folder, f"{name}.yml").write_text(content, "utf-8")
        return clinic.read(Switchboard.read(Path(folder)))


def test_a_clinic() -> None:
    value, problems = read(SETTINGS)
    assert problems == []
    assert (value.name, value.booking) == ("Duck & Daughters", "https://duck.example/book")
    assert [(phone.label, phone.number) for phone in value.phones] == [("Pond", "904-555-0142"), ("Nest", "000")]


def test_only_the_name_is_needed() -> None:
    value, problems = read("extra:\n  clinic: {name: Duck}\n")
    assert (value.name, value.phones, value.booking, value.report, problems) == ("Duck", [], None, None, [])


def test_no_clinic() -> None:
    assert read("extra: {generator: false}\n") == (None, [])
    assert read("extra:\n  clinic:\n") == (None, [])


WRONG = {
    "name: Duck & Daughters": ("nmae: Duck", {4: "'name' is missing.", 5: "There is no key 'nmae'."}),
    '        number: "000"\n': ("", {8: "'number' is missing in 'phones, item 2'."}),
    '        number: "000"': ("        number: 0", {9: "'number' must be text."}),
    "https://duck.example/book": ("duck.example", {10: "'booking' can't be 'duck.example'."}),
    "mailto:frogs@duck.example": ("frogs@duck.example", {11: "'report' can't be 'frogs@duck.example'."}),
    "904-555-0142": ("", {7: "'number' is empty."}),
}


@pytest.mark.parametrize("old", WRONG)
def test_what_is_wrong_stands_at_its_line(old: str) -> None:
    new, said = WRONG[old]
    value, problems = read(SETTINGS.replace(old, new))
    assert value is None
    assert {problem.line: problem.message for problem in problems} == said
    assert {problem.path for problem in problems} == {"mkdocs.yml"}


@pytest.mark.parametrize("text", ["Duck", "[Duck]", "7", "true"])
def test_no_settings_at_all(text: str) -> None:
    value, (problem,) = read(f"site_name: Pond\nextra:\n  clinic: {text}\n")
    assert value is None
    assert (problem.line, problem.message) == (3, "'clinic' must be lines of 'key: value'.")
    assert problem.rule == "value-invalid"


def test_an_empty_mapping_lacks_a_name() -> None:
    value, (problem,) = read("extra:\n  clinic: {}\n")
    assert value is None
    assert (problem.line, problem.rule, problem.message) == (2, "key-missing", "'name' is missing.")


def test_tags_of_mkdocs_are_no_problem() -> None:
    text = "theme: {icon: !ENV [ICON, x]}\nemoji: !!python/name:material.emoji\nextra:\n  clinic: {nmae: Duck}\n"
    _, problems = read(text)
    assert {problem.line for problem in problems} == {4}


def test_settings_that_stand_elsewhere() -> None:
    """In a file that this one inherits from."""
    _, (problem,) = read("INHERIT: other.yml\n", other="site_name: Pond\nextra:\n  clinic: {phones: []}\n")
    assert (problem.path, problem.line, problem.message) == ("other.yml", 3, "'name' is missing.")


def test_the_check_reads_the_clinic_without_mkdocs(tmp_path: Path) -> None:
    settings = tmp_path / "mkdocs.yml"
    settings.write_text("site_name: !ENV [NAME, Birds]\nextra:\n  clinic:\n    name: Nest\n    fone: 1\n", "utf-8")
    [problem] = [problem for problem in gate.check(tmp_path).problems if "fone" in problem.message]
    assert (problem.path, problem.line, problem.rule) == ("mkdocs.yml", 5, "key-unknown")
