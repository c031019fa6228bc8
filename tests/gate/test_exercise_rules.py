"""What the parts of one exercise have to agree on. Pages with one mistake each stand in tests/cases/."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from birds import FILES, FLAMINGO, OWL
from hipknee.content.data_files import Phrases, Vocabulary, Worded
from hipknee.content.front_matter import read_data, read_page
from hipknee.content.model import Aim, Article, Exercise, Item, Role, Side, Step
from hipknee.content.validation import Draft, blank, validate
from hipknee.gate import exercise_rules
from hipknee.gate.dose_rules import DOSE_BOUNDS, STRENGTH_HOLD
from hipknee.gate.findings import Finding
from hipknee.gate.lexicon import Language, Lexicon, Reader
from hipknee.rules import Rule
from hypothesis import given, settings
from hypothesis import strategies as st


def exercise(page: str) -> Exercise:
    value = validate(Exercise, read_page("", page.encode())[0]).value
    assert value
    return value


VOCABULARY = validate(Vocabulary, read_data("", FILES["docs/_data/vocabulary.yml"].encode())[0]).draft.partial
SPEECHLESS = VOCABULARY.model_copy(
    update={
        "phrases": Phrases(),
        "positions": {id_: it.model_copy(update={"words": []}) for id_, it in VOCABULARY.positions.items()},
    }
)
"""Nothing is known of what its texts say."""
FLAMINGO_READ, OWL_READ = exercise(FLAMINGO), exercise(OWL)


def singular(word: str) -> str:
    return word.removesuffix("s")


def check(page: Exercise, vocabulary: Vocabulary = VOCABULARY) -> list[Finding]:
    return [*exercise_rules.check(Draft(page), Language(vocabulary, singular))]


def found(changes: dict[str, Any], vocabulary: Vocabulary = VOCABULARY, lacks: str = "") -> list[Finding]:
    """What is found in the flamingo with these changes, and without one field."""
    page = FLAMINGO_READ.model_copy(update=changes)
    page.__dict__.pop(lacks, None)
    return check(page, vocabulary)


def test_silence() -> None:
    assert found({}) == []
    assert check(OWL_READ) == []


def test_every_rule_says_what_it_asks_for() -> None:
    for rule in exercise_rules.CHECKS:
        assert (rule.__doc__ or "").endswith("."), rule


@pytest.mark.parametrize("name", Exercise.model_fields)
def test_a_field_that_is_wrong_stops_its_own_rules_only(name: str) -> None:
    assert found({}, lacks=name) == []
    dose = FLAMINGO_READ.dose.model_copy(update={"sets": (9, 9)})
    alike = FLAMINGO_READ.images.finish.model_copy(update={"alt": FLAMINGO_READ.images.start.alt})
    images = FLAMINGO_READ.images.model_copy(update={"finish": alike})
    both = {finding.rule for finding in found({"dose": dose, "images": images}, lacks=name)}
    assert both == {"dose-range", "alt-missing"} - {"dose": {"dose-range"}, "images": {"alt-missing"}}.get(name, set())


def test_of_unreadable_files_nothing_is_said() -> None:
    assert [*exercise_rules.check(blank(Exercise), Language(VOCABULARY, singular))] == []
    assert [*exercise_rules.check(Draft(FLAMINGO_READ), Language(blank(Vocabulary).partial, singular))] == []


def in_order(roles: tuple[Role, ...]) -> bool:
    """The contract's own words as a pattern: start first and once; a move; a finish or hold after it; then a return."""
    letters = "".join({Role.HOLD: "f", Role.BREATHE: "_"}.get(role, role[0]) for role in roles)
    return bool(re.fullmatch("s[^s]*", letters)) and bool(re.search("m.*f.*r", letters))


def sequences(longest: int) -> Iterator[tuple[Role, ...]]:
    others = [role for role in Role if role is not Role.SWITCH]
    for length in range(1, longest + 1):
        yield from product(others, repeat=length)


def steps(roles: tuple[Role, ...]) -> list[Step]:
    return [Step.model_construct(role=role, text="So.") for role in roles]


def test_steps_are_complete_and_in_order_or_something_is_said() -> None:
    for roles in sequences(5):
        changes = {"steps": steps(roles), "side": Side.ALTERNATE, "equipment": []}
        said = {finding.rule for finding in found(changes, SPEECHLESS)}
        assert said <= {"steps-incomplete", "steps-order"}
        assert bool(said) is not in_order(roles), [*roles]


COMPLETE = (Role.START, Role.MOVE, Role.FINISH, Role.RETURN)


@pytest.mark.parametrize("side", Side)
def test_sides_are_switched_where_there_is_a_side(side: Side) -> None:
    for tail in product((Role.SWITCH, Role.BREATHE, Role.MOVE), repeat=3):
        said = found({"steps": steps((*COMPLETE, *tail)), "side": side, "equipment": []}, SPEECHLESS)
        switches = [n for n, role in enumerate(tail) if role is Role.SWITCH]
        last = bool(switches) and set(tail[switches[0] + 1 :]) <= {Role.BREATHE}
        fine = {Side.EACH: last, Side.ALTERNATE: True, Side.BOTH_TOGETHER: not switches}[side]
        assert bool(said) is not fine, [side, *tail]


@pytest.mark.parametrize("name", DOSE_BOUNDS)
def test_a_dose_has_bounds(name: str) -> None:
    low, high, _ = DOSE_BOUNDS[name]

    def said(value: int, other: int) -> list[tuple[object, ...]]:
        figure = value if name in ("time", "hold", "rest") else (min(value, other), max(value, other))
        dose = FLAMINGO_READ.dose.model_copy(update={name: figure} | ({"reps": None} if name == "time" else {}))
        return [(finding.place, finding.rule) for finding in found({"dose": dose, "kind": Aim.BALANCE})]

    for inside in (low, high):
        assert said(inside, low) == []
    for outside in (low - 1, high + 1):
        assert said(outside, low) == [(("dose", name), "dose-range")]


def test_nobody_holds_a_muscle_at_work_for_minutes() -> None:
    dose = FLAMINGO_READ.dose.model_copy(update={"hold": STRENGTH_HOLD + 1})
    assert [finding.rule for finding in found({"dose": dose})] == ["dose-range"]
    assert found({"dose": dose, "kind": Aim.MOBILITY}) == []


def mentions(text: str, words: list[str]) -> bool:
    reader = Reader(Phrases(whose=["your", "its"], left=["left"], right=["right"]), singular)
    lexicon = Lexicon({"it": Worded(words=words, not_words=["band of gold"])}, reader.phrase)
    return lexicon.names(reader.sentences(text))


def test_words_are_words_of_their_own() -> None:
    assert mentions("Put the Band on.", ["band"])
    assert mentions("(band)", ["bands", "band"])
    assert mentions("A loop-band.", ["band"])
    assert mentions("bands", ["band"])
    assert mentions("Lie on its left side.", ["on your side"])
    assert not mentions("Lie on a side.", ["on your side"])
    assert not mentions("A band of gold.", ["band"])
    assert mentions("A band of gold and a band.", ["band"])
    assert not mentions("On your. Side.", ["on your side"])
    assert not mentions("A husband, abandoned.", ["band"])
    assert not mentions("Any text.", [])
    assert mentions("a+b c", ["b c"])
    assert not mentions("axb", ["a.b"])


def test_what_a_movement_says_needs_the_thing() -> None:
    named = VOCABULARY.movements["wing-lifting"].model_copy(update={"name": "Band lift"})
    vocabulary = VOCABULARY.model_copy(update={"movements": {**VOCABULARY.movements, "wing-lifting": named}})
    assert [(f.place, f.rule) for f in found({}, vocabulary)] == [(("movements",), "equipment-steps")]


def test_the_first_place_that_names_a_thing_is_told() -> None:
    page = FLAMINGO.replace("Stop when the frogs clap.", "Stop on the stool.").replace(
        "Lift your wings", "Lift the stool"
    )
    said = check(exercise(page))
    assert [(f.place, f.rule) for f in said] == [(("steps", 1), "equipment-steps")]


def test_the_thing_of_a_title_is_to_be_named_in_a_step() -> None:
    said = found({"title": "Bow with a band", "equipment": [Item("nest"), Item("band", ("knees",))]})
    assert [(f.place, f.rule) for f in said] == [(("equipment", 1), "equipment-steps")]


ALTS = list(FLAMINGO_READ.all_images())


@pytest.mark.parametrize("place", ALTS, ids=str)
def test_every_alt_text_is_read(place: tuple[str | int, ...]) -> None:
    document, _ = read_page("", FLAMINGO.encode())
    file = FLAMINGO_READ.all_images()[place].file
    wrong = {"x" * 151: "alt-long", **dict.fromkeys((file, file.split("/")[1], "Polite flamingo"), "alt-missing")}
    for alt, rule in wrong.items():
        rows = FLAMINGO.split("\n")
        row = document.line(*place, "alt") - 1
        rows[row] = rows[row].partition("alt:")[0] + f"alt: {alt}"
        said = check(exercise("\n".join(rows)))
        assert [(finding.place, finding.rule) for finding in said] == [((*place, "alt"), rule)]


def test_the_summary_has_at_most_25_words() -> None:
    def said(words: int) -> list[Finding]:
        return [*exercise_rules.summary_is_short(Article.model_construct(summary=" ".join(["word"] * words)))]

    assert said(25) == []
    assert [finding.place for finding in said(26)] == [("summary",)]
    assert blank(Article).part(lambda page: [*exercise_rules.summary_is_short(page)]) is None


def test_only_rules_of_the_gate_are_broken() -> None:
    wrong = {"evidence": [], "movements": ["flying"], "position": "sitting"}
    assert {finding.rule for finding in found(wrong)} <= {*Rule}
    assert len(found(wrong)) >= 3


WORDS = [
    "Stand",
    "on",
    "one",
    "leg",
    "9" * 400,
    "1.5",
    "²",
    "٣",
    "3–5",
    "seconds",
    "left",
    "right",
    "as if",
    "band",
    ".",
]
TEXTS = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(WORDS), max_size=20).map(" ".join))


@given(st.lists(st.tuples(st.sampled_from([*Role]), TEXTS), max_size=6), st.sampled_from([*Side]), TEXTS)
@settings(max_examples=150, deadline=None)
def test_no_text_is_too_odd(read: list[tuple[Role, str]], side: Side, title: str) -> None:
    odd = [Step.model_construct(role=role, text=text) for role, text in read]
    assert all(isinstance(finding, Finding) for finding in found({"steps": odd, "side": side, "title": title}))
