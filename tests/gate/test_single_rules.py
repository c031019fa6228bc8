"""What is kept of a check is what a check from nothing finds, whatever has changed since."""

from __future__ import annotations

import posixpath
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import birds
import pytest
from birds import FLAMINGO, PAGE, replaced
from hipknee import keeping
from hipknee.content.catalogue import load
from hipknee.content.kinds import GLOSSARY
from hipknee.gate import bodies, gate, single_rules
from hipknee.gate.mentions import mentions, names
from hipknee.wording import Say

WORDS = "docs/_data/words.en.yml"
DATA = {name: birds.FILES[f"docs/_data/{name}.yml"] for name in ("vocabulary", "sources", "site")}
OTHER = "docs/glossary.md"

CHANGES: dict[str, dict[str, str | None]] = {
    "a page": {PAGE: FLAMINGO.replace("## Why bow", "# Why bow")},
    "its name": {PAGE: FLAMINGO.replace("title: Polite flamingo", "title: Rude flamingo")},
    "a word of the glossary": {OTHER: birds.FILES[OTHER].replace("term: Preen", "term: Bow")},
    "a caution": {PAGE: FLAMINGO.replace("condition: creaky-tail\n", "\n")},
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


OF_WORDS = {
    "the endings of the language": ("plural_endings: [", "plural_endings: [zz, "),
    "a word that is printed": ('steps: "', 'steps: "The '),
    "a word that is heard": ('source: "', 'source: "The '),
}


@pytest.mark.parametrize("name", OF_WORDS)
def test_so_it_is_after_a_change_of_words(name: str, tmp_path: Path) -> None:
    root = birds.write(tmp_path / "pond")
    assert gate.check(root).problems == []
    before, after = (f"\n{words}" for words in OF_WORDS[name])
    text = (root / WORDS).read_text("utf-8")
    assert text.count(before) == 1
    with replaced(root, **{WORDS: text.replace(before, after)}):
        expected = check(root, tmp_path / "copy")
        assert [str(problem) for problem in gate.check(root).problems] == expected


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

    for rules in ("of_file", "of_words"):
        monkeypatch.setattr(single_rules._Judge, rules, judge)
    monkeypatch.setattr(bodies.Bodies, "__getitem__", lambda self, path: read.append(path))
    assert gate.check(root).problems == []
    assert read == []


def test_only_these_words_are_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What else the site says may change, and no page is judged anew."""
    root = birds.write(tmp_path / "pond")
    catalogue = load(root)
    asked: set[str] = set()

    class Listening(dict[str, Any]):
        def get(self, name: str, default: Any = None) -> Any:
            asked.add(name)
            return super().get(name, default)

    catalogue.__dict__["say"] = Say(Listening(catalogue.say._words))
    forget()
    judge = single_rules._Judge(catalogue, bodies.Bodies(catalogue))
    for entry in (*catalogue.pages.values(), *catalogue.data):
        judge.of_file(entry)
        judge.of_words(entry)
    assert asked == {*single_rules.WORDS, "source"}


def test_most_rules_ask_nothing_of_the_vocabulary(tmp_path: Path) -> None:
    """So a word more in it costs no more than to look at the words."""
    root = birds.write(tmp_path / "pond")
    catalogue = load(root)
    texts = bodies.Bodies(catalogue)
    entries = [entry for path, entry in catalogue.pages.items() if path != GLOSSARY]
    judge = single_rules._Judge(catalogue, texts)
    expected = [judge.of_file(entry) for entry in entries]
    nothing: Any = None
    judge._catalogue = replace(catalogue, vocabulary=nothing)
    assert [judge.of_file(entry) for entry in entries] == expected
    with pytest.raises(AttributeError):
        judge.of_words(catalogue.exercises["polite-flamingo"])


def test_a_title_is_nothing_to_pages_that_can_not_mention_it(tmp_path: Path) -> None:
    root = birds.write(tmp_path / "pond")
    before = dict(mentions(load(root)))
    with replaced(root, **{PAGE: FLAMINGO.replace("title: Polite flamingo", "title: Owl of the pond")}):
        after = dict(mentions(load(root)))
    others = {
        path for path, entry in load(root).pages.items() if "owl" not in entry.text and "flamingo" not in entry.text
    }
    changed = {path for path in before if before[path] != after[path]}
    assert others
    assert not others & changed
    assert changed


def test_what_a_text_may_mention_is_what_it_mentions(tmp_path: Path) -> None:
    """Every link that a text gets is to a name that was possible."""
    root = birds.write(tmp_path / "pond")
    text = FLAMINGO.replace("A bow keeps", "Startled owls and a creaky tail keep")
    (root / PAGE).write_text(text, "utf-8")
    catalogue = load(root)
    texts = bodies.Bodies(catalogue)
    every = [(path, body) for path, body in texts.items() if 'class="term' in body.html]
    assert every
    for path, body in every:
        targets = {term.target for term in names(catalogue).possible(catalogue.pages[path].text)}
        folder = posixpath.dirname(path)
        for link in body.tree.css("a.term"):
            address = link.attributes["href"] or ""
            assert posixpath.normpath(posixpath.join(folder, address)) in targets
