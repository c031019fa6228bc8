"""The words that are printed are all there, and none that nobody prints."""

from __future__ import annotations

import re
from pathlib import Path

import birds
import pytest
from birds import line_of, replaced
from hipknee.content import catalogue
from hipknee.gate import gate, words

WORDS = "docs/_data/words.en.yml"


@pytest.fixture(scope="module")
def pond(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return birds.write(tmp_path_factory.mktemp("words") / "pond")


MISSING = "docs/_data/words.eo.yml is missing, but theme.language in mkdocs.yml is 'eo'."


def test_another_language_has_words_of_its_own(pond: Path) -> None:
    """A file that is missing is told once, and not each of its words, nor anything that follows from it."""
    with replaced(pond, **{"mkdocs.yml": birds.edited(birds.FILES["mkdocs.yml"], ("language: en", "language: eo"))}):
        (problem,) = gate.check(pond).problems
        assert (problem.path, problem.line, problem.rule) == ("docs/_data/words.eo.yml", 1, "key-missing")
        assert (problem.message, problem.hint) == (MISSING, "Copy words.en.yml and translate it.")
        other = pond / "docs" / "_data" / "words.eo.yml"
        other.write_text((pond / WORDS).read_text("utf-8").replace('start: "start', 'start: "komenco'), "utf-8")
        data = gate.check(pond).catalogue
        assert (gate.check(pond).problems, data.language, data.words.path) == ([], "eo", "docs/_data/words.eo.yml")
        assert (data.words.part(lambda words: words.root) or {})["start"] == "komenco"
        other.unlink()


def test_a_word_is_missed(pond: Path) -> None:
    text = (pond / WORDS).read_text("utf-8")
    for name in sorted(words.placeholders())[::4]:
        with replaced(pond, **{WORDS: birds.without("---\n" + text + "---\n", name)[4:-4]}):
            (problem,) = words.check(catalogue.load(pond))
        assert (problem.path, problem.line, problem.rule) == (WORDS, 1, "key-missing")
        assert problem.message == f"'{name}' is missing, but a page prints it."


def test_a_word_too_many(pond: Path) -> None:
    text = (pond / WORDS).read_text("utf-8") + "stesp: Steps {count}\nwhatever_this_is: Hm\n"
    with replaced(pond, **{WORDS: text}):
        problems = gate.check(pond).problems
    assert [(p.line, p.rule, p.message, p.hint) for p in problems] == [
        (line_of(text, "stesp:"), "key-unknown", "No page prints 'stesp'.", "Did you mean 'steps'?"),
        (line_of(text, "whatever"), "key-unknown", "No page prints 'whatever_this_is'.", "Delete it."),
    ]


KINDS = {
    'months: "spring"': "'months' must be a list of 12 items. Write it as '[a, b, c]'.",
    "months: [spring, fall]": "'months' must be a list of 12 items. Write it as '[a, b, c]'.",
    "chart_days: Mon Tue": "'chart_days' must be a list of 7 items. Write it as '[a, b, c]'.",
    "capital_words: Achilles": "'capital_words' must be a list. Write it as '[a, b, c]'.",
    "singular_counts: [one]": "'singular_counts' must be whole numbers. Write them as '[1]'.",
    "titles_in_sentences: tiny": "'titles_in_sentences' can't be 'tiny'. Choose from: small, as-written.",
    "start: [a, b]": "'start' must be text, not a list.",
    "start: 5": "'start' must be text. Put it in quotes.",
    "months: [{a: b}]": "'months' must be a list of words, such as '[a, b]'.",
    "common_words: [a, true]": "'common_words' must be a list of words, such as '[a, b]'.",
    "months: ['']": "'months' must be a list of words, such as '[a, b]'.",
    "date: '{day} {moon}'": "{moon} in 'date' is never filled in. Use only {day}, {month}, {year}.",
}


@pytest.mark.parametrize("line", KINDS)
def test_a_word_of_the_wrong_kind(line: str, pond: Path) -> None:
    name = line.partition(":")[0]
    text = re.sub(rf"^{name}: .*", line, (pond / WORDS).read_text("utf-8"), flags=re.MULTILINE)
    with replaced(pond, **{WORDS: text}):
        (problem,) = gate.check(pond).problems
    assert (problem.path, problem.line) == (WORDS, line_of(text, f"\n{name}:") + 1)
    assert f"{problem.message} {problem.hint}".strip() == KINDS[line]


def test_lists_that_may_be_empty(pond: Path) -> None:
    text = (pond / WORDS).read_text("utf-8").replace("capital_words: [Achilles]", "capital_words: []")
    with replaced(pond, **{WORDS: text}):
        assert gate.check(pond).problems == []


def test_a_place_that_nothing_fills(pond: Path) -> None:
    text = (pond / WORDS).read_text("utf-8")
    wrong = re.sub('^(start|seconds): ".*"', r'\1: "{count} of {these}"', text, flags=re.MULTILINE)
    with replaced(pond, **{WORDS: wrong}):
        problems = gate.check(pond).problems
    seconds, start = line_of(wrong, "\nseconds:") + 1, line_of(wrong, "\nstart:") + 1
    assert sorted((p.line, p.message, p.hint) for p in problems) == sorted(
        [
            (seconds, "{these} in 'seconds' is never filled in.", "Use only {count}."),
            (start, "{count} in 'start' is never filled in.", "Delete it."),
            (start, "{these} in 'start' is never filled in.", "Delete it."),
        ]
    )
    assert {problem.rule for problem in problems} == {"value-invalid"}
