"""The areas of a drawing are links: by mouse, by touch and by keyboard, without a script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import projects
import pytest
from browser import served
from hipknee.pictures.drawing_facts import KEY, Area, DrawingFacts
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from playwright.sync_api import Browser, Page, expect
from projects import Shared

AREAS = (
    Area(((100, 100), (300, 100), (300, 300), (100, 300)), (400, 200, 40)),
    Area(((600, 100), (800, 100), (800, 300), (600, 300)), (900, 200, 40)),
)
TEXT = """
![Two ponds from above. 1: the small one. 2: the lake.](../images/ponds.png){ .map }

1. [The small pond](#small): may be cold.
2. [The lake](#lake)

""" + "\n\n".join(f"Line {number}." for number in range(60))
TEXT += "\n\n- It is small.\n  {#small}\n\n" + "\n\n".join(f"Line {number}." for number in range(60))
TEXT += "\n\n- It is a lake.\n  {#lake}\n\n" + "\n\n".join(f"Line {number}." for number in range(60))


def with_map(project: Path) -> None:
    about = PngInfo()
    about.add_itxt(KEY, DrawingFacts(areas=AREAS).as_text())
    Image.effect_noise((1200, 480), 40).convert("RGB").save(project / "images" / "ponds.png", pnginfo=about)
    projects.append("docs/about.md", TEXT)(project)
    projects.build(project)


@pytest.fixture(scope="module")
def ponds(shared: Shared, built: Path) -> Iterator[str]:
    def fill(at: Path) -> None:
        projects.fixture(at)
        with_map(at)

    with served(shared("invented-with-a-map", fill) / "site") as address:
        yield address


@pytest.fixture(params=[True, False], ids=["with scripts", "without"])
def page(browser: Browser, ponds: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    phone = {"width": 360, "height": 740}
    with browser.new_context(base_url=ponds, viewport=phone, java_script_enabled=request.param) as context:
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.goto("/about/")
        yield page


def test_a_click_on_an_area_or_its_number_leads_to_its_part(page: Page) -> None:
    for shape, place in (("polygon", "small"), ("circle", "lake")):
        page.goto("/about/")
        page.locator(f'.map svg a[href="#{place}"] {shape}').click()
        expect(page.locator(f"#{place}")).to_be_in_viewport()
        assert page.url.endswith(f"#{place}")


def test_the_keyboard_reaches_each_area_and_shows_where_it_is(page: Page) -> None:
    areas = page.locator(".map svg").get_by_role("link")
    assert [area.get_attribute("aria-label") for area in areas.all()] == ["The small pond", "The lake"]
    areas.nth(0).focus()
    page.keyboard.press("Tab")
    expect(areas.nth(1)).to_be_focused()
    strokes = [shape.evaluate("(one) => getComputedStyle(one).stroke") for shape in areas.locator("> *").all()]
    assert strokes == ["none", "none", "rgb(22, 38, 42)", "rgb(22, 38, 42)"]
    page.keyboard.press("Enter")
    expect(page.locator("#lake")).to_be_in_viewport()


def test_areas_lie_where_the_picture_has_them(page: Page) -> None:
    picture = page.locator(".map img").bounding_box()
    assert picture
    for number, area in enumerate(AREAS):
        seen = page.locator(".map polygon").nth(number).bounding_box()
        assert seen
        left, top = area.outline[0]
        scale = picture["width"] / 1000
        assert abs(seen["x"] - picture["x"] - scale * left) < 3
        assert abs(seen["y"] - picture["y"] - scale * top) < 3
        assert min(seen["width"], seen["height"]) >= 24
