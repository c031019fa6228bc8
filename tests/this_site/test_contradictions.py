"""Each exercise of this site, made to contradict itself in one field: the check is never silent about it.

The pages change, so nothing is said here of what they hold: every other value of a field is tried.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import projects
import pytest
from hipknee.content import catalogue
from hipknee.content.front_matter import Document
from hipknee.content.model import Exercise, Side
from hipknee.content.validation import validate
from hipknee.gate import exercise_rules, gate
from hipknee.gate.lexicon import Language
from hipknee.rules import Rule
from projects import ROOT

PROJECT = catalogue.load(ROOT)
VOCABULARY = PROJECT.vocabulary.draft.partial
LANGUAGE = Language(VOCABULARY, PROJECT.say.singular)
PAGES = {slug: entry.document.data for slug, entry in PROJECT.exercises.items()}


def rules(data: dict[str, Any]) -> set[str]:
    reading = validate(Exercise, Document("page.md", data))
    found = {str(finding.rule) for finding in exercise_rules.check(reading.draft, LANGUAGE)}
    return {str(problem.rule) for problem in reading.problems} | found


def changed(slug: str, **fields: Any) -> dict[str, Any]:
    return copy.deepcopy(PAGES[slug]) | fields


def positions() -> Iterator[tuple[str, dict[str, Any], str]]:
    for slug, data in PAGES.items():
        for position in VOCABULARY.positions:
            if position != data["position"]:
                yield f"{slug} {position}", changed(slug, position=position), "position-steps"


def sides() -> Iterator[tuple[str, dict[str, Any], str]]:
    for slug, data in PAGES.items():
        for side in Side:
            if side.value != data["side"]:
                yield f"{slug} {side}", changed(slug, side=side.value), "side-switch"


def things() -> Iterator[tuple[str, dict[str, Any], str]]:
    """One too many, and one too few."""
    for slug, data in PAGES.items():
        names = [next(iter(thing)) if isinstance(thing, dict) else thing for thing in data["equipment"]]
        around = " ".join([*data.get("easier", []), *data.get("harder", [])]).lower()
        for name, thing in VOCABULARY.equipment.items():
            if name not in names and not any(word.lower() in around for word in thing.words):
                new = {name: next(iter(thing.places))} if thing.places else name
                yield f"{slug} with {name}", changed(slug, equipment=[*data["equipment"], new]), "equipment-steps"
        for n, name in enumerate(names):
            fewer = [thing for m, thing in enumerate(data["equipment"]) if m != n]
            yield f"{slug} without {name}", changed(slug, equipment=fewer), "equipment-steps"


def places() -> Iterator[tuple[str, dict[str, Any], str]]:
    for slug, data in PAGES.items():
        for n, thing in enumerate(data["equipment"]):
            if isinstance(thing, dict):
                [(name, own)] = thing.items()
                for place in VOCABULARY.equipment[name].places:
                    equipment = [*data["equipment"]]
                    equipment[n] = {name: place}
                    if place != own:
                        yield f"{slug} {name} {place}", changed(slug, equipment=equipment), "equipment-steps"


def trains_the_same(name: str, data: dict[str, Any]) -> bool:
    """Whether the muscles of a page would fit the movement as well: then only a reader of anatomy can tell."""
    movement, primary = VOCABULARY.movements[name], {*data["muscles"]["primary"]}
    named = primary | {*data["muscles"].get("secondary", [])}
    return {*movement.prime} <= named and bool({*movement.prime} & primary) and primary <= movement.trains()


def movements() -> Iterator[tuple[str, dict[str, Any], str]]:
    for slug, data in PAGES.items():
        for movement in VOCABULARY.movements:
            if movement not in data["movements"] and not trains_the_same(movement, data):
                yield f"{slug} {movement}", changed(slug, movements=[movement]), "muscle-movement name-facts"


CONTRADICTIONS = {name: case for make in (positions, sides, things, places, movements) for name, *case in make()}


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_a_contradiction_is_told(name: str) -> None:
    data, expected = CONTRADICTIONS[name]
    assert rules(data) & {*expected.split()}


@pytest.mark.parametrize("slug", PAGES)
def test_the_page_itself_is_sound(slug: str) -> None:
    assert rules(PAGES[slug]) == set()


def test_an_unknown_muscle_is_told_once() -> None:
    for slug, data in PAGES.items():
        muscles = data["muscles"] | {"primary": ["glutes"]}
        assert rules(changed(slug, muscles=muscles)) == {"muscle-unknown"}, slug


def test_start_and_finish_exchanged(tmp_path: Path) -> None:
    """The pose is written into each picture."""
    project = projects.real(tmp_path / "real")
    for slug in PAGES:
        path = project / "docs" / "exercises" / f"{slug}.md"
        text = path.read_text("utf-8")
        for old, new in (("start.png", "other.png"), ("finish.png", "start.png"), ("other.png", "finish.png")):
            text = text.replace(f"{slug}/{old}", f"{slug}/{new}")
        path.write_text(text, "utf-8")
    told = [(problem.path, problem.rule) for problem in gate.check(project).problems]
    assert sorted(told) == sorted(2 * [(f"docs/exercises/{slug}.md", Rule.IMAGE_ROLE) for slug in PAGES])
