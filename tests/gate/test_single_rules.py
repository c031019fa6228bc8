"""What is kept of a check is what a check from nothing finds, whatever has changed since."""

from __future__ import annotations

import shutil
from pathlib import Path

import birds
import pytest
from birds import FLAMINGO, PAGE, replaced
from hipknee import keeping
from hipknee.gate import bodies, gate, single_rules

WORDS = "docs/_data/words.en.yml"
DATA = {name: birds.FILES[f"docs/_data/{name}.yml"] for name in ("vocabulary", "sources", "site")}
OTHER = "docs/glossary.md"

CHANGES: dict[str, dict[str, str | None]] = {
    "a page": {PAGE: FLAMINGO.replace("## Why bow", "# Why bow")},
    "its name": {PAGE: FLAMINGO.replace("title: Polite flamingo", "title: Rude flamingo")},
    "a word of the glossary": {OTHER: birds.FILES[OTHER].replace("term: Preen", "term: Bow")},
    "a source": {"docs/_data/sources.yml": DATA["sources"].replace("gull-1902", "gull-1903")},
    "the vocabulary": {"docs/_data/vocabulary.yml": DATA["vocabulary"].replace("  wing:", "  winglet:")},
    "the site": {"docs/_data/site.yml": DATA["site"] + "publish: [nothing.pdf]\n"},
    "the number to call": {"docs/_data/clinic.yml": "emergency_number: 112\n"},
    "an extension": {"mkdocs.yml": birds.FILES["mkdocs.yml"].replace("  - admonition\n", "")},
    "a page less": {PAGE: None},
}


def check(root: Path, at: Path) -> list[str]:
    """What a check finds that has never seen anything: of a copy, by a process that remembers nothing."""
    shutil.copytree(root, at, ignore=shutil.ignore_patterns(".cache"))
    forget()
    problems = [str(problem) for problem in gate.check(at).problems]
    forget()
    return problems


def forget() -> None:
    keeping.kept.cache_clear()
    single_rules._last.clear()


@pytest.mark.parametrize("name", CHANGES)
def test_a_check_after_a_change_is_a_check_from_nothing(name: str, tmp_path: Path) -> None:
    root = birds.write(tmp_path / "pond")
    assert gate.check(root).problems == []
    with replaced(root, **CHANGES[name]):
        expected = check(root, tmp_path / "copy")
        known = [str(problem) for problem in gate.check(root).problems]
    assert known == expected
    assert [str(problem) for problem in gate.check(root).problems] == []


def test_what_nobody_has_changed_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = birds.write(tmp_path / "pond")
    gate.check(root)
    forget()
    read: list[str] = []

    def judge(self: object, entry: birds.Any) -> single_rules.Judgment:
        read.append(entry.path)
        return single_rules.Judgment((), (), None)

    monkeypatch.setattr(single_rules._Judge, "of_file", judge)
    monkeypatch.setattr(bodies.Bodies, "__getitem__", lambda self, path: read.append(path))
    assert gate.check(root).problems == []
    assert read == []
