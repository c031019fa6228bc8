"""Names that readers and the search take for the same lead to one place. What is said of them is in tests/cases/."""

from __future__ import annotations

from pathlib import Path

import birds
import pytest
from birds import FILES, edited, replaced
from hipknee.content import catalogue
from hipknee.gate import gate
from hipknee.gate.mentions import terms

OWL, ABOUT = "docs/exercises/startled-owl.md", "docs/about.md"
SAME = [
    ("Step up", "stepup"),
    ("Step up", "step-ups"),
    ("Piñata", "pinata"),
    ("Runner's stretch", "runners stretch"),
    ("Runner's stretch", "runner’s stretches"),
    ("Jumpers' knee", "jumper knee"),
    ("½ squat", "1/2 squat"),
    ("1\u20442 squat", "1/2 Squats"),
    ("Hip stretch", "hip stretches"),
    ("Lunge", "lunges"),
    ("Body press", "bodies press"),
    ("Große Brücke", "GROSSE BRUCKE"),
    ("Clam\u00a0shell", "clam shell"),
    ("90/90", "90 / 90"),
    ("STARTLED  OWL", "startled_owl!"),
]
OTHER = [
    ("1/2 squat", "12 squat"),
    ("90/90", "9090"),
    ("abs", "ab"),
    ("Hip press", "hip pres"),
    ("Step up", "step down"),
    ("Startled owl", "startled owlet"),
    ("Lunge", "lung"),
    ("1/2 squat", "1/3 squat"),
]


@pytest.fixture(scope="module")
def pond(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return birds.write(tmp_path_factory.mktemp("names") / "pond")


def clashes(pond: Path, one: str, other: str) -> list[str]:
    """The rules that are broken by two pages with these aliases."""
    owl = edited(FILES[OWL], ("title: Startled owl", f'title: Startled owl\naliases: ["{one}"]'))
    about = edited(FILES[ABOUT], ("title: About", f'title: About\naliases: ["{other}"]'))
    with replaced(pond, **{OWL: owl, ABOUT: about}):
        return [problem.rule for problem in gate.check(pond).problems]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_what_readers_take_for_the_same(one: str, other: str, pond: Path) -> None:
    assert clashes(pond, one, other) == ["alias-clash"]


@pytest.mark.parametrize(("one", "other"), [*OTHER, ("!", "?")])
def test_what_they_do_not(one: str, other: str, pond: Path) -> None:
    assert clashes(pond, one, other) == []


def test_an_alias_of_any_page_becomes_a_link(pond: Path) -> None:
    """A title only where readers look for it by name: 'about' is a word like any other."""
    with replaced(pond, **{ABOUT: edited(FILES[ABOUT], ("title: About", "title: About\naliases: [reed people]"))}):
        links = {term.text: term.target for term in terms(catalogue.load(pond))}
    assert links["reed people"] == "about.md"
    assert links["flamingo bow"] == links["Polite flamingo"] == "exercises/polite-flamingo.md"
    assert links["icy toes"] == "cold-feet.md"
    assert links["primp"] == "glossary.md#preen"
    assert "About" not in links
    assert "The pond" not in links
