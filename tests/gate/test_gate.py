"""The gate: authors are told of every mistake, at its line, in one run, and of nothing else."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import birds
import cases
import pytest
from birds import FLAMINGO, PAGE, changed, edited, line_of, replaced, told, without
from cases import Case
from conftest import Agree
from hipknee.content.front_matter import read_page
from hipknee.content.model import Exercise
from hipknee.gate import gate, waivers
from hipknee.rules import Rule
from hypothesis import given, settings
from hypothesis import strategies as st

SILENT = ("fine-", "crlf")


@pytest.fixture(scope="module")
def pond(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return birds.write(tmp_path_factory.mktemp("gate") / "pond")


@pytest.mark.parametrize("case", cases.GATE, ids=lambda case: case.name)
def test_the_author_is_told(case: Case, pond: Path, agree: Agree) -> None:
    with changed(pond, case.files, case.row.links):
        findings = told(pond)
    assert bool(findings) is not case.name.startswith(SILENT), "a mistake has its message, what is fine has none"
    agree(case, findings)


def test_a_whole_project_is_passed_over_in_silence(pond: Path) -> None:
    report = gate.check(pond)
    assert report.problems == []
    assert report.waived == []
    assert sorted(report.pictures) == sorted({*birds.PICTURES} - {"odd/moving.webp"})
    assert [*report.catalogue.exercises] == ["polite-flamingo", "startled-owl", "waddling-penguin"]
    assert all(entry.value for entry in report.catalogue.pages.values())


def test_every_rule_has_a_case() -> None:
    """A rule is one that the core reports: its name stands in a module."""
    core = "".join(path.read_text("utf-8") for path in Path(gate.__file__).parent.parent.rglob("*.py"))
    # The pond has too few exercises; the second is of a built site; the third has a test of its own, below.
    elsewhere = {Rule.COUNT_TYPED, Rule.FILE_DAMAGED, Rule.TEXT_LONG}
    reported = {rule for rule in Rule if f"Rule.{rule.name}" in core} - elsewhere
    assert reported == set().union(*(case.rules for case in cases.GATE))
    assert {*Rule} - reported <= {*elsewhere, "sentence-long", "word-hard", "reading-grade"}


TOO_LONG = {
    "a line": ("A bow.\n\n" + "tea " * 2501 + "\n", 3, "The line has 10,004 letters, and 10,000 are the most."),
    "lines": ("tea\n" * 2001, 2001, "The text is too long from here on: it has 2,002 lines, and 2,000 are the most."),
    "letters": (
        "tea\n" + ("tea " * 2000 + "\n\n") * 7,
        14,
        "The text is too long from here on: it has 56,018 letters,",
    ),
    "bytes": ("tea " * 300_000, None, "The file is too large: it has "),
}


@pytest.mark.parametrize("case", TOO_LONG)
def test_a_text_that_is_too_long(case: str, pond: Path) -> None:
    """What Markdown would work on for minutes, or nobody has written by hand."""
    body, row, message = TOO_LONG[case]
    home = "docs/index.md"
    head = (pond / home).read_text("utf-8").split("\n---\n", 1)[0] + "\n---\n"
    with replaced(pond, **{home: head + body}):
        [problem] = [problem for problem in gate.check(pond).problems if problem.rule is Rule.TEXT_LONG]
    assert (problem.path, problem.line) == (home, 1 if row is None else head.count("\n") + row)
    assert problem.message.startswith(message)


ASKED_FOR = {"evidence", "movements"}
"""Fields that a model may lack, and an exercise for strength must have."""
LISTED = {"code", "was", "was_codes"}
"""Fields by which docs/_data/codes.yml knows the page: tests/cases/codes.yml has what is said when one is missing."""
WRITTEN = [name for name in Exercise.model_fields if f"\n{name}:" in FLAMINGO and name not in LISTED]


@pytest.mark.parametrize("name", WRITTEN)
def test_a_field_is_missed(name: str, pond: Path) -> None:
    optional = not Exercise.model_fields[name].is_required() and name not in ASKED_FOR
    with replaced(pond, **{PAGE: without(FLAMINGO, name)}):
        problems = [p for p in gate.check(pond).problems if "not in this page's 'evidence'" not in p.message]
    assert [(p.path, p.line) for p in problems] == ([] if optional else [(PAGE, 1)])
    assert all(p.message.startswith(f"'{name}' is missing") and p.hint for p in problems)


BLOCKS = [
    place
    for place, line in read_page("", FLAMINGO.encode())[0].lines.items()
    if len(place) > 1 and re.match(rf"\s+{place[-1]}:", FLAMINGO.split("\n")[line - 1])
]
OPTIONAL = {
    ("muscles", "secondary"),
    ("images", "motion"),
    ("images", "detail"),
    ("mistakes", 0, "image"),
    ("cautions", 0, "condition"),
}


@pytest.mark.parametrize("place", BLOCKS, ids=str)
def test_a_nested_field_is_missed(place: tuple[str | int, ...], pond: Path) -> None:
    page = without(FLAMINGO, *place)
    parent = read_page("", page.encode())[0].line(*place[:-1])
    with replaced(pond, **{PAGE: page}):
        problems = gate.check(pond).problems
    if place in OPTIONAL:
        assert problems == []
    elif place[0] == "helps":  # the condition page expects it
        assert [(p.path, p.rule) for p in problems] == [(f"docs/{place[1]}.md", "link-one-way")]
    else:
        assert [(p.path, p.line) for p in problems] == [(PAGE, parent)]
        assert problems[0].message.startswith(f"'{place[-1]}' is missing in ")


@pytest.mark.parametrize("step", ["start", "move", "finish", "return", "switch"])
def test_a_step_is_missed(step: str, pond: Path) -> None:
    page = re.sub(rf"  - {step}: .*\n", "", FLAMINGO)
    assert page != FLAMINGO
    with replaced(pond, **{PAGE: page}):
        (problem,) = gate.check(pond).problems
    assert (problem.path, problem.line) == (PAGE, read_page("", page.encode())[0].line("steps"))
    assert f"'{step}'" in problem.message


@pytest.mark.parametrize("muscle", ["big-flapper", "tail-fanner"])
def test_a_target_muscle_is_missed(muscle: str, pond: Path) -> None:
    others = {"big-flapper": "tail-fanner", "tail-fanner": "big-flapper"}
    with replaced(pond, **{PAGE: edited(FLAMINGO, ("[big-flapper, tail-fanner]", f"[{others[muscle]}]"))}):
        problems = gate.check(pond).problems
    assert {problem.rule for problem in problems} == {"muscle-movement"}
    assert any(muscle in problem.message + problem.hint for problem in problems)


MISTAKES = {  # what stands in the page, what an author makes of it, and the rules that are broken
    "aliases: [flamingo bow]": ("aliases: [startled owls]", "alias-clash"),
    "  creaky-tail: It": ("  creaky-tale: It", "helps-unknown"),
    "[toe-curler]": ("[toe-curlers]", "muscle-unknown"),
    "position: wading": ("position: swimming", "value-invalid"),
    "file: polite-flamingo/finish.png": ("file: odd/gif.gif", "image-unreadable"),
    "motion:\n    file: polite-flamingo/motion.webp\n    alt: The flamingo bows and comes up again.": (
        "motion:\n    file: polite-flamingo/motion.webp",
        "alt-missing",
    ),
    "steps:\n  - start: Stand on one leg beside your nest.": ("steps:", "steps-incomplete"),
    "sets: 2, reps: [8, 10]": ("sets: 20, reps: [10, 8]", "dose-range value-invalid"),
    "do: wipe it first.": ("do:", "key-missing"),
    "evidence: [gull-1902, puffin-1887]": ("evidence: [gull-1902, puffin-1887, tern]", "evidence-unknown"),
    "updated: 2026-01-02": ("updated: soon", "value-invalid"),
    "waivers: []": ("mood: good", "key-unknown"),
    "(startled-owl.md)": ("(startled-own.md)", "link-broken"),
    "@puffin-1887": ("@puffin-1888", "evidence-unknown"),
}


def test_all_mistakes_are_told_in_one_run(pond: Path) -> None:
    page = edited(FLAMINGO, *((old, new) for old, (new, _) in MISTAKES.items()))
    with replaced(pond, **{PAGE: page}):
        problems = gate.check(pond).problems
    here = [(PAGE, line_of(page, new), rule) for new, rules in MISTAKES.values() for rule in rules.split()]
    # That creaky-tail.md lists the page and is not named there only follows from the name that there is not.
    assert [(p.path, p.line, p.rule) for p in problems] == sorted(here)


def test_what_cannot_be_read_is_told_once(pond: Path) -> None:
    """Not also that its title is missing, that nobody cites its evidence, and that nothing links back."""
    broken = edited(FLAMINGO, ("title: Polite flamingo", 'title: "Polite flamingo'))
    undecodable = edited(FLAMINGO, ("the frogs calm", "the frogs calm, café")).encode("latin-1")
    unshown = edited(FLAMINGO, ("the frogs calm", "the frogs\0calm"))
    bow = line_of(FLAMINGO, "A bow")
    for page, line in ((broken, 2), (undecodable, bow), (unshown, bow), (FLAMINGO.encode("utf-16"), 1), (b"\xff", 1)):
        with replaced(pond, **{PAGE: page}):
            (problem,) = gate.check(pond).problems
            assert (problem.path, problem.line, problem.rule) == (PAGE, line, "yaml-broken")


def test_an_empty_front_matter_lacks_everything(pond: Path) -> None:
    with replaced(pond, **{PAGE: "---\n---\nBow.\n"}):
        problems = gate.check(pond).problems
    required = {name for name, field in Exercise.model_fields.items() if field.is_required()} | ASKED_FOR
    assert {re.findall("'([a-z_]+)'", problem.message)[0] for problem in problems} == required
    assert {(problem.path, problem.line) for problem in problems} == {(PAGE, 1)}


def test_an_empty_file_is_told_once(pond: Path) -> None:
    with replaced(pond, **{PAGE: ""}):
        assert [(p.line, p.rule) for p in gate.check(pond).problems] == [(1, "yaml-broken")]


WAIVERS = """waivers:
  - {rule: dose-range, reason: The frogs asked for it., by: A. Heron, until: 2026-03-01}
  - {rule: alt-long, reason: Just in case., by: A. Heron, until: 2026-02-01}
"""


def test_a_waiver_silences_one_rule_on_one_page(pond: Path) -> None:
    page = edited(FLAMINGO, ("waivers: []\n", WAIVERS), ("reps: [8, 10]", "reps: 99"), ("sets: 2", "sets: 99"))
    owl = "docs/exercises/startled-owl.md"
    with replaced(
        pond, **{PAGE: edited(page, ("hold: 2 s", "hold: 2")), owl: edited(birds.OWL, ("reps: 3", "reps: 99"))}
    ):
        report = gate.check(pond)
    assert [(p.path, p.rule) for p in report.problems] == [(PAGE, "value-invalid"), (owl, "dose-range")]
    dose, alt = report.waived
    line = line_of(page, "waivers:")
    assert (dose.path, dose.line, dose.waiver.rule, dose.waiver.by) == (PAGE, line + 1, "dose-range", "A. Heron")
    assert [p.message[:7] for p in dose.silenced] == ["'reps' ", "'sets' "]
    assert (alt.line, alt.silenced) == (line + 2, ())


@pytest.mark.parametrize("rule", [rule for rule in Rule if not rule.waivable])
def test_what_a_page_needs_is_never_waived(rule: str, pond: Path) -> None:
    waiver = f"waivers: [{{rule: {rule}, reason: No., by: A. Fox, until: 2027-01-01}}]\n"
    with replaced(pond, **{PAGE: edited(FLAMINGO, ("waivers: []\n", waiver))}):
        report = gate.check(pond)
    assert [p.rule for p in report.problems] == ["waiver-invalid"]
    assert report.waived == []


def test_overdue(pond: Path) -> None:
    with replaced(pond, **{PAGE: edited(FLAMINGO, ("waivers: []\n", WAIVERS))}):
        catalogue = gate.check(pond).catalogue
    late = {
        day: [
            (one.line, one.waiver and one.waiver.rule)
            for one in waivers.overdue(catalogue, datetime.date.fromisoformat(day))
        ]
        for day in ("2026-01-31", "2026-02-01", "2026-03-01", "2026-12-31", "2027-01-02")
    }
    line = line_of(FLAMINGO, "waivers:")
    both = [(line + 1, "dose-range"), (line + 2, "alt-long")]
    assert late == {
        "2026-01-31": [],
        "2026-02-01": both[1:],
        "2026-03-01": both,
        "2026-12-31": both,
        "2027-01-02": [(line_of(FLAMINGO, "review:"), None), *both],
    }


def test_dates_never_stop_anything(pond: Path) -> None:
    page = edited(FLAMINGO, ("on: 2026-01-02, next: 2027-01-02", "on: 1999-01-01, next: 1999-01-02"))
    with replaced(pond, **{PAGE: page}):
        assert gate.check(pond).problems == []


def test_a_folder_without_a_site() -> None:
    problems = gate.check(Path("nowhere")).problems
    assert {problem.rule for problem in problems} == {"key-missing"}
    assert "docs/_data/site.yml" in {problem.path for problem in problems}


WORDS = st.sampled_from("start finish both-together each band ankles polite-flamingo big-flapper file alt rule".split())
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | WORDS | st.just("polite-flamingo/start.png"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS | st.text(), inner, max_size=3),
    max_leaves=6,
)


def places(value: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        yield (*place, key)
        yield from places(child, (*place, key))


DATA = json.loads(json.dumps(read_page("", FLAMINGO.encode())[0].data, default=str))


@settings(max_examples=120, deadline=None)
@given(place=st.sampled_from([*places(DATA)]), junk=JUNK)
def test_no_value_makes_the_gate_raise(pond: Path, place: tuple[Any, ...], junk: Any) -> None:
    data = json.loads(json.dumps(DATA))
    parent = data
    for key in place[:-1]:
        parent = parent[key]
    parent[place[-1]] = junk
    rows = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in data.items()]
    with replaced(pond, **{PAGE: "\n".join(["---", *rows, "---", ""])}):
        for problem in gate.check(pond).problems:
            assert problem.rule in {*Rule}
            assert problem.line >= 1
            assert "is not what belongs here" not in problem.message


@settings(max_examples=60, deadline=None)
@given(raw=st.binary(max_size=60), at=st.integers(0, len(FLAMINGO)))
def test_no_bytes_make_the_gate_raise(pond: Path, raw: bytes, at: int) -> None:
    whole = FLAMINGO.encode()
    with replaced(pond, **{PAGE: whole[:at] + raw + whole[at:]}):
        for problem in gate.check(pond).problems:
            assert problem.rule in {*Rule}
