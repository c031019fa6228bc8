"""How many exercises there are is counted."""

from __future__ import annotations

from pathlib import Path

import birds
import pytest
from birds import edited, replaced, told
from hipknee.content import catalogue
from hipknee.gate import count_rules

HOME, ABOUT, WORDS = "docs/index.md", "docs/about.md", "docs/_data/vocabulary.yml"
SUMMARY, TEXT = "Where birds learn to bow.", "No splashing."
TYPED: dict[str, list[int]] = {  # what a page says, and on which lines it is told: of its summary, of its text
    "Learn 3 exercises.": [3, 10],
    "Learn three simple bird exercises.": [3, 10],
    "Learn {count} exercises.": [],
    "Learn 30 exercises, 3 times.": [],
    "Learn 4 exercises.": [],
    "Learn 3 tricks.": [],
}


@pytest.fixture(scope="module")
def pond(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return birds.write(tmp_path_factory.mktemp("count") / "pond")


@pytest.mark.parametrize("text", TYPED)
def test_a_number_that_somebody_typed(text: str, pond: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(count_rules, "FEWEST", 3)
    files = {
        HOME: edited(birds.FILES[HOME], (SUMMARY, text), (TEXT, text)),
        WORDS: edited(birds.FILES[WORDS], ("  second:", "  exercise: [exercises]\n  second:")),
    }
    with replaced(pond, **files):
        findings = told(pond)
    assert [(path, line) for path, line, _ in findings] == [(HOME, line) for line in TYPED[text]]
    assert all("[count-typed]" in message and "{count}" in message for _, _, message in findings)


def test_few_may_be_some(pond: Path) -> None:
    with replaced(pond, **{HOME: edited(birds.FILES[HOME], (SUMMARY, "Learn 3 exercises."))}):
        assert told(pond) == []


def test_the_number_is_filled_in(pond: Path) -> None:
    page = edited(birds.FILES[HOME], (SUMMARY, '"{count} birds."'), (TEXT, "All {count} bow."))
    with replaced(pond, **{HOME: page}):
        entry = catalogue.load(pond).pages["index.md"]
    assert (entry.part(lambda home: home.summary), "All 3 bow." in entry.document.body) == ("3 birds.", True)
