"""A drawing's numbered areas as links: where they lead, what they are called, and when there are none."""

from __future__ import annotations

from pathlib import Path

import pytest
from hipknee.pictures.drawing_facts import Area
from hipknee.pictures.renditions import Plan, Rendition
from hipknee.text.body_pictures import BodyPictures
from markdown import markdown
from selectolax.lexbor import LexborHTMLParser

AREAS = (Area(((10, 10), (40, 10), (40, 60)), (80, 30, 20)), Area(((500, 100), (560, 100), (560, 190)), (900, 150, 20)))
PICTURE = "![Two ponds.](../images/pond/map.png)"
LIST = "1. [The *small* pond](#small): may be cold.\n2. [The lake](lake.md#deep)\n"


def converted(text: str, areas: tuple[Area, ...] = AREAS) -> LexborHTMLParser:
    still = Rendition("pond-800.jpg", 800, 400)
    plan = Plan(Path("pond.png"), "", (still,), still, 800, 400, areas=areas)
    pictures = BodyPictures({"pond/map.png": plan}, "94vw")
    pictures.page = "index.md"
    return LexborHTMLParser(markdown(text, extensions=["attr_list", "sane_lists", pictures]))


@pytest.mark.parametrize("listing", [LIST, LIST.replace("\n2.", "\n\n2.")], ids=["tight", "loose"])
def test_each_area_leads_where_its_item_leads_and_is_called_so(listing: str) -> None:
    tree = converted(f"{PICTURE}{{ .map }}\n\n{listing}")
    assert [node.attributes for node in tree.css("div.map > svg")] == [
        {"viewBox": "0 0 1000 500", "width": "24", "height": "24", "fill": "none"}
    ]
    links = tree.css("div.map > svg > a")
    assert [(link.attributes["href"], link.attributes["aria-label"]) for link in links] == [
        ("#small", "The small pond"),
        ("lake.md#deep", "The lake"),
    ]
    assert [link.css_first("polygon").attributes["points"] for link in links] == [
        "10,10 40,10 40,60",
        "500,100 560,100 560,190",
    ]
    assert [link.css_first("circle").attributes["cx"] for link in links] == ["80", "900"]
    assert len(tree.css("div.map img[alt='Two ponds.']")) == 1
    assert len(tree.css("ol > li a")) == 2
    assert "style" not in (tree.html or "")


NONE = {
    "without the class": (f"{PICTURE}\n\n{LIST}", AREAS),
    "without areas": (f"{PICTURE}{{ .map }}\n\n{LIST}", ()),
    "with another number of items": (f"{PICTURE}{{ .map }}\n\n{LIST}3. [Reeds](#reeds)\n", AREAS),
    "with an item that begins otherwise": (f"{PICTURE}{{ .map }}\n\n1. [A](#a)\n2. See [B](#b)\n", AREAS),
    "without order": (f"{PICTURE}{{ .map }}\n\n- [A](#a)\n- [B](#b)\n", AREAS),
    "with words between": (f"{PICTURE}{{ .map }}\n\nWords.\n\n{LIST}", AREAS),
    "within words": (f"Look: {PICTURE}{{ .map }}\n\n{LIST}", AREAS),
}


@pytest.mark.parametrize("name", NONE)
def test_a_picture_that_is_no_map(name: str) -> None:
    tree = converted(*NONE[name])
    assert not tree.css("svg")
    assert len(tree.css("span.picture img")) == 1


def test_what_an_author_says_of_a_picture_stays_with_it() -> None:
    tree = converted(f"{PICTURE}{{ .wide }}\n")
    assert [node.attributes["class"] for node in tree.css("span")] == ["picture wide"]
