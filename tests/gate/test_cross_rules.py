"""What the pages agree on with each other and with the shared data: the mistake, and where its author is told."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import birds
import pytest
from birds import FILES, PAGE, edited, line_of, replaced, told
from hipknee.content import catalogue
from hipknee.gate import gate

OWL, PENGUIN = "docs/exercises/startled-owl.md", "docs/exercises/waddling-penguin.md"
LIBRARY, HOME, GLOSSARY = "docs/exercises/index.md", "docs/index.md", "docs/glossary.md"
TAIL, WING, FEET = "docs/creaky-tail.md", "docs/droopy-wing.md", "docs/cold-feet.md"
VOCABULARY, SOURCES, SITE = (f"docs/_data/{name}.yml" for name in ("vocabulary", "sources", "site"))


class Told(NamedTuple):
    """What is said at the line of `path` that holds `part`, the first line when it is empty."""

    path: str
    part: str
    text: str


Case = tuple[dict[str, tuple[str, str]], *tuple[Told, ...]]

CASES: dict[str, Case] = {
    "a page does not link back": (
        {PAGE: ("  droopy-wing: It wakes the wing that sleeps.\n", "")},
        Told(
            WING,
            "exercises:",
            "[link-one-way] It lists 'polite-flamingo', but docs/exercises/polite-flamingo.md does not say why it "
            "helps here. Add 'droopy-wing' to 'helps' there.",
        ),
    ),
    "a condition lists what there is not": (
        {WING: ("[polite-flamingo]", "[polite-flamingo, polite-flamango]")},
        Told(
            WING,
            "exercises:",
            "[link-broken] There is no exercise 'polite-flamango'. Did you mean 'polite-flamingo'?",
        ),
    ),
    "a condition lists one twice": (
        {WING: ("[polite-flamingo]", "[polite-flamingo, polite-flamingo]")},
        Told(WING, "exercises:", "[value-invalid] 'polite-flamingo' is listed twice."),
    ),
    "a condition lists one that does not help there": (
        {FEET: ("[waddling-penguin]", "\n  - waddling-penguin\n  - startled-owl")},
        Told(
            FEET,
            "- startled-owl",
            "[link-one-way] It lists 'startled-owl', but docs/exercises/startled-owl.md does not say why it helps "
            "here. Add 'cold-feet' to 'helps' there.",
        ),
    ),
    "the library leaves one out": (
        {LIBRARY: ("[polite-flamingo, startled-owl, ", "[startled-owl, ")},
        Told(
            PAGE,
            "",
            "[link-one-way] docs/exercises/index.md does not list this exercise in 'order'. "
            "Add 'polite-flamingo' there, in the place where it should appear.",
        ),
    ),
    "the library has one too many": (
        {LIBRARY: ("[polite-flamingo, startled-owl, ", "[pelican, polite-flamingo, startled-owl, ")},
        Told(
            LIBRARY,
            "order:",
            "[link-broken] There is no exercise 'pelican'. Choose from: polite-flamingo, startled-owl, "
            "waddling-penguin.",
        ),
    ),
    "a series is torn": (
        {LIBRARY: ("[polite-flamingo, startled-owl, ", "[startled-owl, polite-flamingo, ")},
        Told(
            LIBRARY,
            "    exercises:",
            "[value-invalid] 'order' does not list the exercises of 'On two legs' one after the other. "
            "List them together there, in the order given here.",
        ),
    ),
    "a series goes backwards": (
        {LIBRARY: ("exercises: [startled-owl, waddling-penguin]", "exercises: [waddling-penguin, startled-owl]")},
        Told(
            LIBRARY,
            "    exercises:",
            "[value-invalid] 'order' does not list the exercises of 'On two legs' one after the other. "
            "List them together there, in the order given here.",
        ),
    ),
    "a series has one that there is not": (
        {LIBRARY: ("exercises: [startled-owl, waddling-penguin]", "exercises: [startled-owl, penguin]")},
        Told(
            LIBRARY, "    exercises:", "[link-broken] There is no exercise 'penguin'. Did you mean 'waddling-penguin'?"
        ),
        Told(
            LIBRARY,
            "    exercises:",
            "[value-invalid] 'order' does not list the exercises of 'On two legs' one after the other. "
            "List them together there, in the order given here.",
        ),
    ),
    "two pages have one title": (
        {PAGE: ("title: Polite flamingo", "title: Startled Owls")},
        Told(
            OWL,
            "title:",
            "[alias-clash] 'Startled owl' is also the title of docs/exercises/polite-flamingo.md. "
            "Give one of them another name.",
        ),
    ),
    "two pages have one alias": (
        {PAGE: ("[flamingo bow]", "[Rusty-Tail]")},
        Told(
            TAIL,
            "aliases:",
            "[alias-clash] 'rusty tail' is also an alias of docs/exercises/polite-flamingo.md. "
            "Keep it only on the page that it names.",
        ),
    ),
    "two pages have one old name": (
        {OWL: ("summary:", "was: [rude-flamingo]\nsummary:")},
        Told(
            OWL,
            "was:",
            "[alias-clash] 'rude-flamingo' is also an old name of docs/exercises/polite-flamingo.md. "
            "Keep it on only one of the two pages.",
        ),
    ),
    "an old name is a page of today": (
        {HOME: ("[puddle]", "[about]")},
        Told(HOME, "was:", "[alias-clash] docs/about.md still exists, so it is not an old name. Delete it here."),
    ),
    "a page rests on what there is not": (
        {FEET: ("evidence: [gull-1902]", "evidence: [gull-1902, tern]")},
        Told(
            FEET,
            "evidence:",
            "[evidence-unknown] 'tern' is not in docs/_data/sources.yml. Correct it, or add the source there.",
        ),
    ),
    "a page cites what it does not rest on": (
        {HOME: ("No splashing.", "No splashing. [@gull-1902]")},
        Told(
            HOME,
            "No splashing.",
            "[evidence-unknown] 'gull-1902' is not in this page's 'evidence'. Add it to 'evidence'.",
        ),
    ),
    "a muscle rests on what there is not": (
        {VOCABULARY: ("sources: [gull-1902]}", "sources: [gul-1902]}")},
        Told(
            VOCABULARY,
            "big-flapper:",
            "[evidence-unknown] 'gul-1902' is not in docs/_data/sources.yml. Did you mean 'gull-1902'?",
        ),
    ),
    "a movement rests on what there is not": (
        {VOCABULARY: ("sources: [gull-1902, puffin-1887]", "sources: [gull-1902, puffin-1888]")},
        Told(
            VOCABULARY,
            "puffin-1888",
            "[evidence-unknown] 'puffin-1888' is not in docs/_data/sources.yml. Correct it, or add the source there.",
        ),
    ),
    "the rules rest on what there is not": (
        {SITE: ("sources: [puffin-1887]", "sources: [puffin-1888]")},
        Told(
            SITE,
            "sources:",
            "[evidence-unknown] 'puffin-1888' is not in docs/_data/sources.yml. Correct it, or add the source there.",
        ),
    ),
    "a movement is the work of what there is not": (
        {VOCABULARY: ("prime: [neck-bender]", "prime: [neck-bender, neck-bander]")},
        Told(
            VOCABULARY,
            "neck-bander",
            "[muscle-unknown] 'neck-bander' is not in the list of muscles. There are: big-flapper, neck-bender, "
            "small-flapper, tail-fanner, toe-curler. A new one goes to 'muscles' in docs/_data/vocabulary.yml.",
        ),
    ),
    "a movement trains what there is not": (
        {VOCABULARY: ("prime: [neck-bender]", "prime: [neck-bender]\n    muscles: [toes]")},
        Told(
            VOCABULARY,
            "muscles: [toes]",
            "[muscle-unknown] 'toes' is not in the list of muscles. "
            "There are: big-flapper, neck-bender, small-flapper, tail-fanner, toe-curler. "
            "A new one goes to 'muscles' in docs/_data/vocabulary.yml.",
        ),
    ),
    "a link of the library is dead": (
        {LIBRARY: ("(polite-flamingo.md)", "(../polite-flamingo.md)")},
        Told(
            LIBRARY,
            "Begin with",
            "[link-broken] The link '../polite-flamingo.md' leads nowhere. Did you mean 'polite-flamingo.md'?",
        ),
    ),
    "a link to a folder": (
        {HOME: ("(exercises/index.md)", "(exercises/)")},
        Told(
            HOME,
            "No splashing.",
            "[link-broken] The link 'exercises/' leads nowhere. Did you mean 'exercises/index.md'?",
        ),
    ),
    "a link to data": (
        {HOME: ("(exercises/index.md)", "(_data/site.yml)")},
        Told(
            HOME,
            "No splashing.",
            "[link-broken] The link '_data/site.yml' leads to something that is not published. Link to a page, or to "
            "a file in docs/.",
        ),
    ),
    "a summary is long": (
        {GLOSSARY: ("What birds say to each other.", "tweet " * 26)},
        Told(GLOSSARY, "summary:", "[value-invalid] 'summary' has 26 words; the limit is 25."),
    ),
    "a condition has an unknown key": (
        {FEET: ("self_care:", "selfcare: 1\nself_care:")},
        Told(FEET, "selfcare:", "[key-unknown] There is no key 'selfcare'. Did you mean 'self_care'?"),
    ),
    "a condition has no signs of an emergency": (
        {FEET: ("  emergency: [You fall out of the sky.]\n", "")},
        Told(
            FEET,
            "red_flags:",
            "[key-missing] 'emergency' is missing in 'red_flags'. Add 'emergency: …'. What it says: …",
        ),
    ),
    "a condition is not written yet": (
        {SITE: ("cold-feet]", "cold-feet, hiccups]")},
        Told(
            "docs/hiccups.md",
            "",
            "[key-missing] The file is missing. Add it, or delete it from 'conditions' in docs/_data/site.yml.",
        ),
    ),
    "a waiver on a page of text": (
        {GLOSSARY: ("terms:", "waivers: [{rule: image-gone, reason: No., by: A. Fox, until: 2027-01-01}]\nterms:")},
        Told(GLOSSARY, "waivers:", "[waiver-invalid] There is no rule 'image-gone'. Did you mean 'image-role'?"),
    ),
}


@pytest.fixture(scope="module")
def pond(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return birds.write(tmp_path_factory.mktemp("cross") / "pond")


@pytest.mark.parametrize("name", CASES)
def test_the_author_is_told(name: str, pond: Path) -> None:
    edits, *said = CASES[name]
    files = {**FILES, **{path: edited(FILES[path], edit) for path, edit in edits.items()}}
    with replaced(pond, **{path: files[path] for path in edits}):
        expected = [(one.path, line_of(files[one.path], one.part) if one.part else 1, one.text) for one in said]
        assert told(pond) == sorted(expected)


def test_the_files_of_exercises(pond: Path) -> None:
    """What MkDocs does not publish is not read."""
    folder = pond / "docs" / "exercises"
    names = ["._polite-flamingo.md", ".drafts/owl.md", "Sad_Owl.md", "birds/owl.md", "owl 2.md", "notes.txt"]
    for name in names:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(b"\xff")
    said = {(p.path, p.message) for p in gate.check(pond).problems if p.rule == "value-invalid"}
    assert said == {
        (f"docs/exercises/{slug}.md", f"'{slug}.md' is not a valid file name for an exercise.")
        for slug in ("Sad_Owl", "birds/owl", "owl 2")
    }
    for name in names:
        (folder / name).unlink()
    assert gate.check(pond).problems == []


@pytest.mark.parametrize("path", sorted({*FILES, "docs/_data/words.en.yml"} - {HOME, "docs/about.md", GLOSSARY}))
def test_a_file_that_is_broken_is_the_only_thing_told(path: str, pond: Path) -> None:
    """A gap is no reason to doubt everybody else, but for links that lead into it."""
    with replaced(pond, **{path: "---\na: 'b\n---\n" if path.endswith(".md") else "a: 'b\n"}):
        problems = gate.check(pond).problems
        gap = catalogue.load(pond)
    assert [(p.path, p.rule) for p in problems] == [(path, "yaml-broken")]
    assert gap.problems == problems


@pytest.mark.parametrize("name", [*catalogue.DATA, catalogue.words_file("en")])
def test_without_a_file_of_data(name: str, tmp_path: Path) -> None:
    root = birds.write(tmp_path)
    (root / "docs" / "_data" / name).unlink()
    problems = gate.check(root).problems
    missing = [] if name == "clinic.yml" else [(f"docs/_data/{name}", "key-missing")]  # a site needs no clinic
    assert [(p.path, p.rule) for p in problems if "_data" in p.path] == missing


def test_the_order_is_that_of_the_library(pond: Path) -> None:
    assert [*catalogue.load(pond).exercises] == ["polite-flamingo", "startled-owl", "waddling-penguin"]
    order = "order: [waddling-penguin, polite-flamingo]\nseries: []\n"
    library = edited(FILES[LIBRARY], ("order: [polite-flamingo, startled-owl, waddling-penguin]\n", order))
    library = birds.without(edited(library, ("series: []\n", "")), "series")
    with replaced(pond, **{LIBRARY: library}):
        assert [*catalogue.load(pond).exercises] == ["waddling-penguin", "polite-flamingo", "startled-owl"]
