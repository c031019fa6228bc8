"""A drawing with numbered areas that lead to parts of the page: `![alt](…png){ .map }`, and an ordered list below it.

Each item begins with a link, and the areas become links to the same places. They lie over the picture as an SVG, which
needs no script and no style of its own. Each is named by the words of its link in the list, and can be reached by
keyboard: what many can click, all can. To hide them from screen readers only would leave links that have the focus and
no name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from ..pictures.drawing_facts import WIDE, Area
from ..pictures.renditions import Plan
from .body_links import MAP

# Below attr_list (8), which gives the picture its class; above the pictures, which take their place.
PRIORITY = 7


class Maps(Treeprocessor):
    """`plan` is the plan of the picture at an address, None where there is none."""

    def __init__(self, md: Markdown, plan: Callable[[str], Plan | None]) -> None:
        super().__init__(md)
        self.plan = plan

    def run(self, root: Element) -> None:
        for parent in [*root.iter()]:
            for around, below in pairwise([*parent]):
                picture = _picture(around)
                plan = None if picture is None else self.plan(picture.get("src", ""))
                links = [*_links(below)]
                if plan and plan.areas and len(plan.areas) == len(links):  # else the gate has said why not
                    around.tag = "div"
                    around.set("class", MAP)
                    around.append(_svg(plan, links))


def _picture(around: Element) -> Element | None:
    """The picture of a map that stands alone in a paragraph."""
    if around.tag != "p" or len(around) != 1 or (around.text or "").strip() or (around[0].tail or "").strip():
        return None
    is_map = around[0].tag == "img" and MAP in around[0].get("class", "").split()
    return around[0] if is_map else None


def _links(listing: Element) -> Iterator[Element]:
    """The link that each item of an ordered list begins with."""
    for item in listing if listing.tag == "ol" else ():
        first = item[0] if len(item) and item[0].tag == "p" and not (item.text or "").strip() else item
        if len(first) and first[0].tag == "a" and not (first.text or "").strip():
            yield first[0]


def _svg(plan: Plan, links: list[Element]) -> Element:
    # Small and clear for readers without style sheets, who have the list.
    size = {"width": "24", "height": "24", "fill": "none"}
    svg = Element("svg", {"viewBox": f"0 0 {WIDE} {round(WIDE * plan.height / plan.width)}", **size})
    for area, link in zip(plan.areas, links, strict=True):
        name = " ".join("".join(link.itertext()).split())
        _draw(SubElement(svg, "a", {"href": link.get("href", ""), "aria-label": name}), area)
    return svg


def _draw(link: Element, area: Area) -> None:
    SubElement(link, "polygon", {"points": " ".join(f"{across},{down}" for across, down in area.outline)})
    across, down, radius = map(str, area.disc)
    SubElement(link, "circle", {"cx": across, "cy": down, "r": radius})
