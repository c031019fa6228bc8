"""What the alt texts of drawn pictures say is what is drawn: who, from where, which side, which things."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

import pytest
from drawings import IMAGES, SLUGS, recorded, table
from hipknee.content import catalogue
from hipknee.content.model import Exercise, Image, Side
from hipknee.pictures import decoding, drawing_origin
from hipknee_drawing.pose_tables import PoseTable, Scene, View
from projects import ROOT


class Shown(NamedTuple):
    """A drawn picture of a page, and the table it was drawn from."""

    role: str
    image: Image
    table: PoseTable

    @property
    def name(self) -> str:
        """Of the picture's file: a view, a mistake or a moment."""
        return self.image.file.rpartition("/")[2].partition(".")[0]

    @property
    def around(self) -> float:
        """Degrees around the figure from which it is seen: 0 is its front, 90 its left."""
        return seen_from(self.table, self.name)

    @property
    def scene(self) -> Scene:
        """What is there: that of its view, or the table's."""
        return view_of(self.table, self.name).scene or self.table.scene

    @property
    def side(self) -> str:
        return self.table.measured.joint.partition(" ")[0]


def view_of(drawn: PoseTable, name: str) -> View:
    wrong = drawn.mistakes.get(name)
    return (wrong and wrong.view) or drawn.views.get(name) or drawn.views["main"]


def seen_from(drawn: PoseTable, name: str) -> float:
    view = view_of(drawn, name)
    facing = drawn.start.pelvis.world[2] if drawn.base == "stand" else 0
    return (view.around - facing + 180) % 360 - 180


def page(slug: str) -> Exercise:
    value = catalogue.load(ROOT).exercises[slug].value
    assert value
    return value


def shown(slug: str) -> list[Shown]:
    return [
        Shown(str(place[0] if place[0] == "mistakes" else place[1]), image, table(slug))
        for place, image in page(slug).all_images().items()
        if recorded(IMAGES / image.file)
    ]


PICTURES = [pytest.param(slug, one, id=one.image.file) for slug in SLUGS for one in shown(slug)]
WHO = {"woman": ("woman", "her", "she", "hers"), "man": ("man", "his", "he", "him")}
SAID: dict[str, Callable[[Shown], bool]] = {
    r"\bleft (?:leg|knee|foot|thigh|hip)": lambda one: one.side == "left",
    r"\bright (?:leg|knee|foot|thigh|hip)": lambda one: one.side == "right" or "return" in one.table.moments,
    r"\btop (?:leg|knee|hip|foot)": lambda one: one.table.base == "side-lying" and one.side == "left",
    r"\bSeen from behind\b": lambda one: one.table.base == "side-lying" or abs(one.around) >= 160,
    r"\bSeen from the front\b": lambda one: abs(one.around) <= 20,
    r"\bSeen from the side\b": lambda one: 60 <= abs(one.around) <= 120,
    r"\bSeen from h(?:is|er) left\b": lambda one: 60 <= one.around <= 120,
    r"\b[Ss]een from above\b": lambda one: view_of(one.table, one.name).above >= 60,
    r"\bSeen from his feet\b": lambda one: one.table.base == "supine" and 70 <= one.around <= 110,
    r"\bband\b": lambda one: one.scene.band is not None,
    r"\bmat\b": lambda one: one.scene.mat is not None,
    r"\bpillow\b": lambda one: one.scene.pillow,
    r"\bchair\b": lambda one: bool(one.scene.chair or one.scene.stool),
    r"\bcounter\b": lambda one: one.scene.counter,
    r"\bwall\b": lambda one: one.scene.wall,
    r"\barrow\b": lambda one: drawn_as(one) in arrows(one.table),
    r"^Wrong:": lambda one: one.role == "mistakes",
    r"\bred\b": lambda one: all(muscle.colour == "red" for muscle in one.table.muscles),
}
"""What may be said, and what it is true of."""


def arrows(drawn: PoseTable) -> set[str]:
    """The moments that bear one."""
    return {moment for moment, arrow in (("finish", drawn.arrow), ("return", drawn.return_arrow)) if arrow}


def drawn_as(one: Shown) -> str | None:
    return drawing_origin.pose_of(recorded(IMAGES / one.image.file))


@pytest.mark.parametrize(("slug", "one"), PICTURES)
def test_what_is_said_is_drawn(slug: str, one: Shown) -> None:
    for said, holds in SAID.items():
        if re.search(said, one.image.alt):
            assert holds(one), f"'{said}' is not what {one.image.file} shows"


@pytest.mark.parametrize(("slug", "one"), PICTURES)
def test_the_person_is_the_figure_that_is_drawn(slug: str, one: Shown) -> None:
    others = [word for who, words in WHO.items() if who != one.table.figure for word in words]
    assert not re.search(rf"\b(?:{'|'.join(others)})\b", one.image.alt, re.IGNORECASE)


@pytest.mark.parametrize("slug", SLUGS)
def test_the_first_picture_says_who_is_where(slug: str) -> None:
    """Who it is, and each thing that is drawn around them: the other pictures need not say it again."""
    first = next(one for one in shown(slug) if one.role in ("start", "hold"))
    assert re.search(rf"\b{table(slug).figure}\b", first.image.alt, re.IGNORECASE)
    scene = table(slug).scene
    things = {"band": scene.band, "mat": scene.mat, "pillow": scene.pillow, "chair": scene.chair}
    things |= {"counter": scene.counter, "wall": scene.wall}
    for name, is_there in things.items():
        assert not is_there or re.search(rf"\b{name}\b", first.image.alt), f"nothing is said of the {name}"


LEG = re.compile(
    r"\b(?:left|right|top|bottom|upper|lower|leading|lead|standing|both|moving|raised|one|other)\b|away from (?:it|the)"
)


@pytest.mark.parametrize(("slug", "one"), [pair for pair in PICTURES if page(str(pair.values[0])).side is Side.EACH])
def test_a_picture_of_one_side_says_which(slug: str, one: Shown) -> None:
    assert LEG.search(one.image.alt), "which leg?"


@pytest.mark.parametrize(("slug", "one"), [pair for pair in PICTURES if pair.values[1].role == "mistakes"])
def test_a_mistake_is_called_wrong(slug: str, one: Shown) -> None:
    assert one.image.alt.startswith("Wrong: ")


@pytest.mark.parametrize("slug", SLUGS)
def test_no_two_pictures_are_told_alike(slug: str) -> None:
    alts = [one.image.alt for one in shown(slug)]
    assert len(alts) == len({*alts})


DETAILS = [slug for slug in SLUGS if page(slug).images.detail]


@pytest.mark.parametrize("slug", DETAILS)
def test_a_further_view_says_from_where_it_is_seen(slug: str) -> None:
    detail = page(slug).images.detail
    assert detail
    seen = decoding.look((IMAGES / detail.file).read_bytes()).facts.seen
    assert seen, f"{detail.file} does not say from where it is seen: draw it again"
    assert re.search(rf"^Seen from (the |his |her )?{seen}\b", detail.alt), f"{detail.file} is seen from: {seen}"
