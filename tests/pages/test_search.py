"""Search: what can be found, and in a real browser, what is found first."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import Watched, look_for
from hipknee.content import catalogue
from hipknee.page_facts import read
from hipknee.pages import search
from playwright.sync_api import Browser, Page, expect
from projects import words

SAY = words()
INDEX = re.compile(r"/assets/javascripts/(search-index|vendor/minisearch)\.[0-9a-f]{10}\.js$")


def index(site: Path) -> list[search.Hit]:
    (path,) = site.glob("assets/javascripts/search-index.*.js")
    text = path.read_text("utf-8")
    assert text.startswith("var searchIndex = ")
    return list(json.loads(text.removeprefix("var searchIndex = ").rstrip().removesuffix(";")))


# Documents


def test_every_page_and_every_word(built: Path) -> None:
    found = index(built / "site")
    pages = {one["url"]: one for one in found if one["kind"] in ("page", "condition")}
    assert {"", "wobbly-knee/", "exercises/", "exercises/teapot-tip/", "glossary/", "about/"} <= pages.keys()
    assert pages["wobbly-knee/"]["kind"] == "condition"
    data = catalogue.load(built)
    ids = {one["url"] for one in found if one["kind"] == "word"}
    assert data.vocabulary.value
    assert {f"glossary/#{id_}" for id_ in data.vocabulary.value.muscles} <= ids
    assert not [url for url in pages if "problems" in url]


def test_what_is_found_is_there(built: Path) -> None:
    site = built / "site"
    for one in index(site):
        path, _, anchor = one["url"].partition("#")
        html = (site / path / "index.html").read_text("utf-8")
        assert not anchor or f'id="{anchor}"' in html
        assert one["title"]
        assert "<" not in one["text"]


def page_of(html: str, path: str = "about.md") -> search.Rendered:
    return search.Rendered(path, path.removesuffix(".md") + "/", "Tea", read(html, content=True).sections)


def test_sections(built: Path) -> None:
    html = '<p>One</p><h2 id="a">A <em>b</em></h2><div><p>Two<sup class="cite">1</sup></p></div>'
    html += '<h2 id="c">C</h2><nav>no</nav>Three'
    found = search.documents([page_of(html)], catalogue.load(built), [])
    assert [(one["kind"], one["title"], one["text"], one["url"]) for one in found] == [
        ("page", "Tea", "One Two Three", "about/"),
        ("section", "A b", "Two", "about/#a"),
        ("section", "C", "Three", "about/#c"),
    ]


def test_an_exercise_is_one_document(built: Path) -> None:
    html = '<p>One</p><h2 id="steps">Steps</h2><ol><li>Two'
    (one,) = search.documents([page_of(html, "exercises/teapot-tip.md")], catalogue.load(built), [])
    assert one["text"] == "One Two"
    assert "tippy teapot" in one["names"]


def test_another_index_has_another_name() -> None:
    one: search.Hit = {"title": "a", "names": [], "where": "", "text": "</script>", "url": "", "kind": "page"}
    other = search.Hit(**{**one, "title": "b"})  # type: ignore[typeddict-item]
    assert search.script([one])[0] != search.script([other])[0]
    assert search.script([one]) == search.script([one])


# The browser


@pytest.fixture
def page(browser: Browser, home: str) -> Iterator[Page]:
    with browser.new_context(base_url=home, viewport={"width": 360, "height": 740}) as context:
        context.set_default_timeout(10_000)
        yield context.new_page()


def test_nothing_is_fetched_before_someone_searches(page: Page, home: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    watched = Watched(page, home)
    page.goto("/wobbly-knee/", wait_until="networkidle")
    assert asked
    assert not [url for url in asked if INDEX.search(url)]
    page.locator(".search-open").click()
    assert "exercises/teapot-tip/" in look_for(page, "teapot")
    assert len([url for url in asked if INDEX.search(url)]) == 2
    assert (watched.abroad, watched.complaints) == ([], [])


@pytest.mark.parametrize("width", [320, 720, 1440])
def test_from_the_keyboard(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    page.goto("/about/")
    opener = page.get_by_role("button", name=SAY["search"])
    opener.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name=SAY["search"])
    expect(dialog).to_be_visible()
    expect(dialog.get_by_label(SAY["search_label"])).to_be_focused()
    page.keyboard.type("teapot tip")
    expect(dialog.get_by_role("listitem").first).to_contain_text("Teapot tip")
    count = dialog.get_by_role("listitem").count()
    expect(dialog.get_by_role("status")).to_have_text(SAY["search_many"].format(count=count))
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.keyboard.press("Tab")
    expect(dialog.get_by_role("link").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()
    page.keyboard.press("Control+k")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")  # from within the field
    expect(dialog).to_be_hidden()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")  # what was typed is still there: to the first result
    expect(page).to_have_url(re.compile("/exercises/teapot-tip/$"))


def test_what_is_not_there(page: Page) -> None:
    page.goto("/")
    page.locator(".search-open").click()
    assert look_for(page, "xyzzy") == []
    expect(page.locator("#search [role=status]")).to_have_text(SAY["search_none"])
    assert look_for(page, "<img src=x onerror=alert(1)>") != ["harm"]
    assert page.locator("#search img").count() == 0


def test_words_are_marked(page: Page) -> None:
    page.goto("/")
    page.locator(".search-open").click()
    look_for(page, "shrimp leg")
    marks = page.locator("#search li").first.locator("mark").all_inner_texts()
    assert "shrimp" in [mark.lower() for mark in marks]


LANGUAGE = """
document.addEventListener("readystatechange", () => {
  const { dataset } = document.getElementById("search");
  Object.assign(dataset, { language: JSON.stringify({ ...JSON.parse(dataset.language), ...%s }), one: "one {count}" });
});
"""


def test_what_the_search_knows_of_a_language_is_data(page: Page) -> None:
    """English by its words, and another language by others."""

    def first(query: str) -> str:
        return look_for(page, query)[0]

    page.goto("/")
    page.locator(".search-open").click()
    assert first("teapots tip") == first("the teapot's tip") == "exercises/teapot-tip/"
    assert look_for(page, "the") == []
    words = {"common_words": ["La", "kíel"], "plural_endings": ["oj"], "possessive_endings": ["’z"]}
    page.add_init_script(LANGUAGE % json.dumps({**words, "singular_counts": ["12"]}))
    page.goto("/")
    page.locator(".search-open").click()
    assert first("la teapotoj kiel TIP’z") == "exercises/teapot-tip/"
    assert look_for(page, "la kiel") == []
    assert look_for(page, "the") != []
    assert len(look_for(page, "tea cup pot flamingo starfish lid knee doze")) == 12
    expect(page.locator("#search [role=status]")).to_have_text("one 12")


def test_without_the_network_it_says_so_and_tries_again(page: Page) -> None:
    page.goto("/")
    page.context.route(INDEX, lambda route: route.abort())  # also what the service worker asks for
    page.locator(".search-open").click()
    page.locator("#query").fill("teapot")
    expect(page.locator("#search [role=status]")).to_have_text(SAY["search_failed"])
    page.context.unroute(INDEX)
    assert "exercises/teapot-tip/" in look_for(page, "teapots")


def test_from_a_folder(browser: Browser, built: Path, tmp_path: Path) -> None:
    """Opened as a file, without a policy: where 'self' is nobody, it would refuse all."""
    site = Path(shutil.copytree(built / "site", tmp_path / "site", ignore=shutil.ignore_patterns("pdf")))
    start = site / "wobbly-knee" / "index.html"
    html = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", start.read_text("utf-8"))
    start.write_text(html.replace("<html ", '<html data-suffix="index.html" '), "utf-8")
    page = browser.new_page()
    page.goto(start.as_uri())
    page.locator(".search-open").click()
    assert look_for(page, "tippy")[0] == "exercises/teapot-tip/index.html"
    assert look_for(page, "musculus theierae")[0] == "glossary/index.html#spout-lifter"
    page.close()
