"""Lists of more exercises than a page shows, in a real browser: page by page without scripts, filtered with them."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import flocks
import projects
import pytest
from browser import Watched, served
from hipknee.content import catalogue
from hipknee.publish import folder_copy
from playwright.sync_api import Browser, BrowserContext, Page, expect
from projects import ADDRESS, Shared, words
from selectolax.lexbor import LexborHTMLParser

SAY = words()
EACH = 17
"""How often each of the three exercises of the invented project stands there."""
COUNT = 3 * EACH
TITLES = "all => all.map((one) => one.textContent)"
OWN = "all => Object.fromEntries(all.map((one) => [one.querySelector('a').getAttribute('href'), one.outerHTML]))"


@pytest.fixture(scope="session")
def long(shared: Shared) -> Path:
    """The invented project with more exercises than two pages show, built for an address: only to be read."""

    def fill(at: Path) -> None:
        projects.append("mkdocs.yml", f"site_url: {ADDRESS}\n")(flocks.grow(projects.fixture(at), COUNT))
        projects.build(at)

    return shared("long", fill)


@pytest.fixture(scope="session")
def coded(shared: Shared, long: Path) -> Path:
    """The same with a page that shows programmes, and codes for two of three: only to be read."""
    slugs = [*catalogue.load(long).exercises]
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    codes = {slug: f"{slug[0].upper()}{letters[n // 26]}{letters[n % 26]}" for n, slug in enumerate(slugs)}
    codes = {slug: code for slug, code in codes.items() if not slug.startswith("starfish")}
    return shared("long-coded", lambda at: projects.showing(long, at, codes))


@pytest.fixture(scope="module")
def home(long: Path) -> Iterator[str]:
    with served(long / "site") as address:
        yield address


@pytest.fixture
def context(browser: Browser, home: str) -> Iterator[BrowserContext]:
    """On a phone; without the service worker, so that what is asked for can be seen."""
    size: Any = {"width": 360, "height": 740}
    with browser.new_context(base_url=home, viewport=size, service_workers="block") as context:
        context.set_default_timeout(10_000)
        yield context


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def plain(browser: Browser, home: str) -> Iterator[Page]:
    """A page without scripts."""
    with browser.new_context(base_url=home, java_script_enabled=False) as context:
        context.set_default_timeout(10_000)
        yield context.new_page()


def count_of(page: Page) -> Any:
    return page.locator(".filters .count")


def chip(page: Page, name: str) -> Any:
    return page.locator(".filters").get_by_role("button", name=SAY[name], exact=True)


def range_of(first: int, last: int, count: int = COUNT) -> str:
    return str(SAY["list_range"]).format(first=first, last=last, count=count)


def titles(long: Path, path: str) -> list[str]:
    """The exercises of a list, in its order."""
    data = catalogue.load(long)
    entry = data.pages[path]
    slugs = getattr(entry.value, "exercises", None) or [*data.exercises]
    return [exercise.value.title for slug in slugs if (exercise := data.exercises[slug]).value]


LISTS = {
    "exercises/index.md": ("/exercises/", "Exercises", COUNT),
    "wobbly-knee.md": ("/wobbly-knee/", "Wobbly knee", 2 * EACH),
}


@pytest.mark.parametrize("path", LISTS)
def test_page_by_page_without_scripts(path: str, plain: Page, long: Path) -> None:
    address, _, count = LISTS[path]
    plain.goto(address)
    title = plain.locator("h1").inner_text()
    cards: list[str] = []
    for number in range(1, -(-count // 24) + 1):
        expect(plain.locator("h1")).to_have_text(
            title if number == 1 else SAY["list_title"].format(title=title, number=number)
        )
        cards += plain.locator(".card h3").all_inner_texts()
        expect(plain.locator(".pager [aria-current]")).to_have_text(f"{number}")
        expect(plain.locator(".pager p")).to_have_text(range_of(number * 24 - 23, min(number * 24, count), count))
        assert plain.locator(".filters, .more").filter(visible=True).count() == 0
        following = plain.locator(".pager [rel=next]")
        if number * 24 < count:
            following.click()
    expect(following).to_have_count(0)
    assert cards == titles(long, path)
    expect(plain.locator(".trail li").nth(1)).to_have_text(title)
    plain.locator(".pager").get_by_text("1", exact=True).click()
    expect(plain).to_have_url(re.compile(rf"{address}#exercises$"))


def test_the_filter_asks_for_nothing_before_it_is_used(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/exercises/", wait_until="networkidle")
    assert not [url for url in asked if url.endswith("/cards.js")]
    chip(page, "chip_standing").click()
    expect(count_of(page)).not_to_have_text(range_of(1, 24))
    chip(page, "chip_lying").click()
    assert len([url for url in asked if url.endswith("/cards.js")]) == 1


@pytest.mark.parametrize("path", LISTS)
def test_a_filter_finds_exercises_of_all_pages(path: str, page: Page, home: str, long: Path) -> None:
    """From a later page too, where those that match come from the beginning; and back to what was there."""
    watched = Watched(page, home)
    address, _, count = LISTS[path]
    page.goto(f"{address}{'2/' if path == 'exercises/index.md' else 'exercises/2/'}")
    own = page.locator(".card").evaluate_all(OWN)
    before = count_of(page).inner_text()
    chip(page, "chip_standing").click()
    expect(page.locator(".card")).to_have_count(EACH)
    expect(count_of(page)).to_have_text(SAY["filter_count"].format(shown=EACH, all=count))
    assert page.locator(".card h3").evaluate_all(TITLES) == [name for name in titles(long, path) if "Teapot" in name]
    expect(page.locator(".pager")).to_be_hidden()
    expect(page.locator(".more")).to_be_hidden()
    chip(page, "chip_no_band").click()
    expect(page.locator(".card")).to_have_count(0)
    chip(page, "filter_all").click()
    expect(page.locator(".card")).to_have_count(len(own))
    assert page.locator(".card").evaluate_all(OWN) == own
    expect(count_of(page)).to_have_text(before)
    expect(page.locator(".pager")).to_be_visible()
    assert (watched.abroad, [said for said in watched.complaints if "Service Worker" not in said]) == ([], [])


def test_show_more_by_keyboard(page: Page) -> None:
    """The focus goes on with the first card that is new, and each card stands in the order of reading."""
    page.goto("/exercises/")
    chip(page, "chip_lying").focus()
    page.keyboard.press("Space")
    cards, more = page.locator(".card"), page.locator(".more")
    expect(cards).to_have_count(24)
    expect(count_of(page)).to_have_text(SAY["filter_found"].format(found=2 * EACH, all=COUNT, shown=24))
    cards.last.locator("a").focus()
    page.keyboard.press("Tab")
    expect(more).to_be_focused()
    page.keyboard.press("Enter")
    expect(cards).to_have_count(2 * EACH)
    expect(cards.nth(24).locator("a")).to_be_focused()
    expect(count_of(page)).to_have_text(SAY["filter_count"].format(shown=2 * EACH, all=COUNT))
    expect(more).to_be_hidden()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Flamingo doze 13")


def test_who_comes_back_finds_what_was_filtered(page: Page) -> None:
    page.goto("/exercises/")
    chip(page, "chip_standing").click()
    expect(page.locator(".card")).to_have_count(EACH)
    page.locator(".card a").nth(4).click()
    expect(page.locator("h1")).to_have_text("Teapot tip 5")
    page.go_back()
    expect(page.locator(".card")).to_have_count(EACH)
    expect(count_of(page)).to_have_text(SAY["filter_count"].format(shown=EACH, all=COUNT))


SHAPE = "(html) => html.replace(/\\s+/g, ' ').replaceAll('> <', '><').replaceAll(' >', '>')"


@pytest.mark.parametrize("path", LISTS)
def test_a_card_of_the_script_is_that_of_the_page(path: str, page: Page) -> None:
    page.goto(LISTS[path][0])
    own = page.locator(".card").evaluate_all(OWN)
    assert len(own) == 24
    made: dict[str, str] = {}
    for name, position in (("chip_lying", "In the lagoon"), ("chip_standing", "On a shelf")):
        chip(page, name).click()
        expect(page.locator(".card dl").first).to_contain_text(position)
        made |= page.locator(".card").evaluate_all(OWN)
        chip(page, "filter_all").click()
    for address, html in own.items():
        assert page.evaluate(SHAPE, made[address]) == page.evaluate(SHAPE, html)


@pytest.mark.parametrize("path", LISTS)
def test_each_card_adds_its_own_exercise(path: str, browser: Browser, coded: Path) -> None:
    """Those that a script makes too; what has no code can't be added."""
    exercises = {one.value.title: one.value.code for one in catalogue.load(coded).exercises.values() if one.value}
    adding = "all => all.map((one) => [one.querySelector('h3').textContent, one.querySelector('.add')])"
    adding = adding.replace("('.add')", "('.add:not([hidden])')?.outerHTML ?? ''")
    with served(coded / "site") as home, browser.new_context(base_url=home, service_workers="block") as context:
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.goto(LISTS[path][0])
        own = page.locator(".card").evaluate_all(adding)
        chip(page, "chip_lying").click()
        expect(page.locator(".card dl").first).to_contain_text("In the lagoon")
        made = page.locator(".card").evaluate_all(adding)
        assert {title for title, _ in made} - {title for title, _ in own}
        for title, link in own + made:
            code = exercises[title]
            name = f'{SAY["programme_add"]} <span class="of">{title}</span>'
            assert link == (f'<a class="add" href="../programme/#ADD-{code}">{name}</a>' if code else "")
        page.locator(".card .add:visible").last.click()
        expect(page.locator("h1")).to_have_text("Your plan")


def test_what_the_script_holds_is_text(page: Page) -> None:
    def answer(route: Any) -> None:
        text = route.fetch().text()
        route.fulfill(
            body=text.replace("Teapot tip", '<img src=x onerror=\\"harm()\\">'), content_type="text/javascript"
        )

    page.route("**/cards.js", answer)
    page.add_init_script("window.harm = () => (window.harmed = true)")
    page.goto("/exercises/")
    chip(page, "chip_standing").click()
    expect(page.locator(".card h3").first).to_have_text('<img src=x onerror="harm()">')
    assert page.evaluate("window.harmed") is None


def test_a_filter_without_a_network_says_so(page: Page) -> None:
    page.route("**/cards.js", lambda route: route.abort())
    page.goto("/exercises/")
    chip(page, "chip_standing").click()
    expect(count_of(page)).to_have_text(SAY["filter_failed"])
    expect(page.locator(".card")).to_have_count(24)
    page.unroute("**/cards.js")
    chip(page, "chip_standing").click()
    chip(page, "chip_lying").click()
    expect(count_of(page)).to_have_text(SAY["filter_found"].format(found=2 * EACH, all=COUNT, shown=24))


def test_from_a_folder(browser: Browser, long: Path, tmp_path: Path) -> None:
    for name, content in folder_copy.files(long / "site"):
        if not name.startswith(("pdf/", "assets/pictures/")):
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_bytes(content)
    with browser.new_context(offline=True) as context:
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.goto((tmp_path / "exercises" / "index.html").as_uri())
        page.locator(".pager [rel=next]").click()
        chip(page, "chip_standing").click()
        expect(page.locator(".card")).to_have_count(EACH)
        page.locator(".card a").nth(1).click()
        expect(page.locator("h1")).to_have_text("Teapot tip 2")


def test_adding_from_a_folder(coded: Path) -> None:
    files = dict(folder_copy.files(coded / "site"))
    tree = LexborHTMLParser(files["exercises/index.html"].decode())
    [first, *_] = [link.attributes["href"] or "" for link in tree.css(".card .add:not([hidden])")]
    assert re.fullmatch(r"\.\./programme/index\.html#ADD-[A-Z]{3}", first)


def test_it_fits_on_a_phone(page: Page) -> None:
    for path in ("/exercises/2/", "/wobbly-knee/exercises/2/"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        for link in page.locator(".pager a").all():
            box = link.bounding_box()
            assert box
            assert min(box["width"], box["height"]) >= 44


# What stands around the lists


def head(site: Path, name: str) -> LexborHTMLParser:
    return LexborHTMLParser((site / name / "index.html").read_text("utf-8"))


def test_the_frame_knows_the_further_pages(long: Path) -> None:
    tree = head(long / "site", "wobbly-knee/exercises/2")
    title = SAY["list_title"].format(title="Wobbly knee", number=2)
    assert (tree.css_first("title").text() or "").startswith(f"{title} - ")
    assert tree.css_first("meta[name=description]").attributes["content"] == range_of(25, 2 * EACH, 2 * EACH)
    address = f"{ADDRESS}wobbly-knee/exercises/2/"
    assert tree.css_first("link[rel=canonical]").attributes["href"] == address
    assert not tree.css("meta[name=robots]")
    assert tree.css_first("#menu a.within").attributes["href"] == "../../"


def test_the_sitemap_names_no_page_that_only_lists_others(long: Path) -> None:
    found = ElementTree.fromstring((long / "site" / "sitemap.xml").read_text("utf-8"))
    places = [url.findtext("{*}loc") or "" for url in found]
    assert len(places) == COUNT + 6
    assert not [place for place in places if re.search(r"/\d+/$", place)]


def test_an_exercise_page_weighs_the_same(long: Path, addressed: Path) -> None:
    """Whatever the library: but for the link to the next one."""
    sizes = []
    for site in (addressed / "site", long / "site"):
        html = (site / "exercises" / "flamingo-doze" / "index.html").read_bytes()
        sizes.append((len(html), len(gzip.compress(html, 9))))
    (raw, packed), (more_raw, more_packed) = sizes
    assert max(raw, more_raw) < 30_000
    assert max(packed, more_packed) < 9_000
    assert abs(more_raw - raw) < 0.02 * raw
    assert abs(more_packed - packed) < 0.02 * packed
