"""The site in a real browser: as a patient on a phone sees it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from browser import Watched
from playwright.sync_api import Browser, Page, Route, expect
from projects import LANGUAGE, ROOT, words

pytestmark = pytest.mark.acceptance

PAGES = sorted(path.relative_to(ROOT / "docs").as_posix() for path in ROOT.glob("docs/**/*.md"))
URLS = [f"/{path.removesuffix('.md').removesuffix('index')}/".replace("//", "/") for path in PAGES]
CLAMSHELL = "/exercises/clamshell/"
WIDTHS = (320, 360, 768, 1219, 1440)
EXERCISES = len([*ROOT.glob("docs/exercises/*.md")]) - 1  # without the library
SAY = words(LANGUAGE)


@pytest.fixture
def page(browser: Browser, home: str) -> Iterator[Page]:
    """A page on a phone."""
    with browser.new_context(base_url=home, viewport={"width": 360, "height": 740}) as context:
        context.set_default_timeout(10_000)
        yield context.new_page()


def scroll_through(page: Page) -> None:
    """As a reader does, so that everything lazy loads."""
    page.evaluate(
        """async () => {
            for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight) {
                scrollTo(0, y);
                await new Promise(requestAnimationFrame);
            }
            const images = [...document.querySelectorAll("article img")].filter((image) => image.checkVisibility());
            await Promise.all(images.map((image) => image.decode().catch(() => {})));
            await new Promise(requestAnimationFrame);
        }"""
    )


# A reader's way


def test_from_knee_pain_by_an_exercise_to_hip_pain(page: Page) -> None:
    page.goto("/")
    page.locator("article").get_by_role("link", name="knee pain").first.click()
    expect(page.locator("h1")).to_have_text("Knee pain")
    card = page.locator("li.card").first
    title = card.locator("h3, h4").inner_text()
    card.click()  # in its middle: all of it is the link
    expect(page.locator("h1")).to_have_text(title)
    page.locator("#helps").click()  # reasons are folded
    page.locator("ul.helps").get_by_role("link", name="hip pain").click()
    expect(page.locator("h1")).to_have_text("Hip pain")
    expect(page.locator("li.card")).not_to_have_count(0)


def test_without_javascript_everything_is_there(browser: Browser, home: str) -> None:
    with browser.new_context(base_url=home, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/exercises/")
        expect(page.locator("li.card:visible")).to_have_count(EXERCISES)
        expect(page.locator(".filters")).to_be_hidden()
        page.goto(CLAMSHELL)
        for selector in (
            "ol.steps li",
            ".pictures figure > picture img",
            "ul.mistakes li",
            ".stop li",
            "nav.neighbours a",
        ):
            count = page.locator(selector).count()
            assert count
            expect(page.locator(f"{selector}:visible")).to_have_count(count)


def test_the_sources_of_an_exercise_open_without_javascript(browser: Browser, home: str) -> None:
    """By their line, by a number in the text, and by an address that leads to one of them."""
    with browser.new_context(base_url=home, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(CLAMSHELL)
        line, sources = page.locator(".sources summary"), page.locator(".sources li")
        count = sources.count()
        expect(line).to_have_text(SAY["sources_many"].format(count=count))
        expect(page.locator(".sources li:visible")).to_have_count(0)
        line.click()
        expect(page.locator(".sources li:visible")).to_have_count(count)
        line.click()
        expect(page.locator(".sources li:visible")).to_have_count(0)
        page.locator("#helps").click()  # the numbers stand in what is folded, too
        number = page.locator("article sup.cite a").first
        target = (number.get_attribute("href") or "").removeprefix("#")
        number.click()
        expect(page.locator(f"[id='{target}']")).to_be_in_viewport()
        page.goto("about:blank")
        page.goto(f"{CLAMSHELL}#{target}")
        expect(page.locator(f"[id='{target}']")).to_be_in_viewport()
        page.emulate_media(media="print")
        page.goto(CLAMSHELL)
        expect(page.locator(".sources li:visible")).to_have_count(count)


def test_where_a_sign_comes_from_is_asked_for_and_then_told(browser: Browser, home: str) -> None:
    """Who is afraid reads no numbers; who opens the line below a tier has them, and each leads to its source."""
    with browser.new_context(base_url=home, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/knee-pain/")
        signs = page.locator(".flag > ul > li").count()
        assert page.locator(".flag > ul > li:has(sup.cite a)").count() == signs
        expect(page.locator(".flag sup.cite:visible")).to_have_count(0)
        tier = page.locator(".flag.emergency")
        tier.locator("summary").click()
        expect(page.locator(".flag sup.cite:visible")).to_have_count(tier.locator("sup.cite").count())
        number = tier.locator("sup.cite a").first
        target = (number.get_attribute("href") or "").removeprefix("#")
        place = page.locator(".sources li").nth(int(number.inner_text()) - 1)
        assert place.get_attribute("id") == target
        number.click()
        expect(place).to_be_in_viewport()
        page.emulate_media(media="print")
        page.goto("/knee-pain/")
        expect(page.locator(".flag sup.cite:visible")).to_have_count(page.locator(".flag sup.cite").count())
        expect(page.locator("details.where:visible")).to_have_count(0)


# Pictures


PICTURE = """(all) => all.map((one) => ({
    source: one.currentSrc,
    loaded: one.complete && one.naturalWidth,
    shown: one.checkVisibility(),
    width: Number(one.getAttribute("width")),
    height: Number(one.getAttribute("height")),
    wide: one.clientWidth,
    high: one.clientHeight,
    card: one.closest(".card") !== null,
    fit: getComputedStyle(one).objectFit,
}))"""


@pytest.mark.parametrize(("fineness", "half", "whole"), [(1, 400, 400), (2, 400, 800), (3, 800, 1200)])
def test_a_phone_gets_the_pictures_that_it_can_show(
    browser: Browser, home: str, fineness: int, half: int, whole: int
) -> None:
    size = {"width": 360, "height": 740}
    with browser.new_context(base_url=home, viewport=size, device_scale_factor=fineness) as context:
        page = context.new_page()
        for address, width, least in ((CLAMSHELL, half, 100), ("/exercises/", whole, 200)):
            page.goto(address)
            scroll_through(page)
            pictures = page.locator("article img").evaluate_all(PICTURE)
            assert pictures
            for picture in pictures:
                source, own = picture["source"], (picture["width"], picture["height"])
                if not picture["shown"]:
                    continue  # a movement that nobody has asked for
                assert picture["loaded"], source
                assert re.search(rf"-{min(width, own[0])}-[0-9a-f]{{10}}\.webp$", source), source
                assert least < picture["wide"] <= 360
                # Whole: in a card within a frame of its own, so that the titles of a row are level.
                frame = 3 / 4 if picture["card"] else own[1] / own[0]
                is_framed = picture["fit"] == "contain"  # whole, with paper around it: in a strip, beside a mistake
                assert is_framed or not picture["card"]
                if picture["card"] or not is_framed:
                    assert picture["high"] / picture["wide"] == pytest.approx(frame, abs=0.02)


@pytest.mark.parametrize("address", [CLAMSHELL, "/hip-strength-and-knee-pain/", "/exercises/"])
@pytest.mark.parametrize("width", [360, 1440])
def test_nothing_jumps_while_pictures_come(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    page.add_init_script(
        """window.shift = 0;
        const watch = () => new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
        }).observe({ type: "layout-shift" });
        // A busy machine paints half a page while it reads the rest: that is not about pictures.
        addEventListener("DOMContentLoaded", () => requestAnimationFrame(() => requestAnimationFrame(watch)));"""
    )
    held: list[Route] = []
    page.route("**/assets/pictures/**", lambda route: held.append(route))
    page.goto(address, wait_until="domcontentloaded")
    page.evaluate("scrollTo(0, document.querySelector('article img').getBoundingClientRect().top - innerHeight / 2)")
    page.wait_for_timeout(200)
    assert held
    page.route("**/assets/pictures/**", lambda route: route.continue_())
    for route in held:  # now that a reader waits for them
        route.continue_()
    scroll_through(page)
    assert page.evaluate("shift") < 0.01


@pytest.mark.parametrize(("width", "beside"), [(360, True), (599, True), (600, True), (768, True), (1440, True)])
def test_start_and_finish(page: Page, width: int, beside: bool) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(CLAMSHELL)
    start, finish = (page.locator(".pictures figure").nth(n).bounding_box() for n in (0, 1))
    assert start
    assert finish
    assert (start["y"] == finish["y"]) == beside
    assert (start["x"] == finish["x"]) != beside
    assert abs(start["width"] - finish["width"]) < 1


def test_whoever_has_seen_it_move_prints_both_ends(page: Page) -> None:
    page.goto(CLAMSHELL)
    page.locator("details.motion > summary").click()
    expect(page.locator(".pictures figure > picture:visible")).to_have_count(1)
    page.emulate_media(media="print")
    expect(page.locator(".pictures figure > picture:visible")).to_have_count(2)
    expect(page.locator(".motion:visible")).to_have_count(0)


# Every page


@pytest.mark.parametrize("address", [*URLS, "/nowhere/else/"])
def test_a_page(page: Page, home: str, address: str) -> None:
    """It asks nobody else, complains of nothing and never scrolls sideways."""
    watched = Watched(page, home)
    answer = page.goto(address)
    assert answer
    assert answer.status == (200 if address in URLS else 404)
    expect(page.locator(".masthead")).to_be_visible()  # the error page too is the site's own
    scroll_through(page)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 740})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert watched.abroad == []
    assert [said for said in watched.complaints if "404" not in said or address in URLS] == []
