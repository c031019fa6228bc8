"""Search: what can be found, and in a real browser, what is found first."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import searching
from browser import Watched, look_for
from hipknee.content import catalogue, glossary
from hipknee.page_facts import read
from hipknee.pages import search, search_parts
from playwright.sync_api import Browser, Page, expect
from projects import words

SAY = words()
INDEX = re.compile(r"/search/(index|[\w-]+\.[0-9a-f]{10})\.js(\?|$)")


# Documents


def test_every_page_and_every_word(built: Path) -> None:
    urls = {one["url"] for one in searching.texts(searching.of_site(built / "site"))}
    assert {"", "wobbly-knee/", "exercises/", "exercises/teapot-tip/", "glossary/", "about/"} <= urls
    data = catalogue.load(built)
    assert data.vocabulary.value
    assert {f"glossary/#{id_}" for id_ in data.vocabulary.value.muscles} <= urls
    assert not [url for url in urls if "problems" in url]


def test_what_is_found_is_there(built: Path) -> None:
    site = built / "site"
    for one in searching.texts(searching.of_site(site)):
        path, _, anchor = one["url"].partition("#")
        html = (site / path / "index.html").read_text("utf-8")
        assert not anchor or f'id="{anchor}"' in html
        assert one["title"]
        assert "<" not in one["text"]


def test_no_page_names_what_changes_with_another(built: Path) -> None:
    """Neither a hash of the index nor one of its parts: or one edit would be an edit of all pages."""
    for page in (built / "site").rglob("*.html"):
        html = page.read_text("utf-8")
        assert re.findall(r"[^\"]*search/[^\"]*", html) == re.findall(r'(?<=data-index=")[./]*search/index\.js', html)
        assert 'data-index="' in html or 'http-equiv="refresh"' in html


def page_of(html: str, path: str = "about.md") -> search.Rendered:
    return search.Rendered(path, path.removesuffix(".md") + "/", "Tea", read(html, content=True).sections)


def test_sections(built: Path) -> None:
    html = '<p>One</p><h2 id="a">A <em>b</em></h2><div><p>Two<sup class="cite">1</sup></p></div>'
    html += '<h2 id="c">C</h2><nav>no</nav>Three'
    found = search.documents(page_of(html), catalogue.load(built), [])
    assert [(one["kind"], one["title"], one["text"], one["extract"], one["url"]) for one in found] == [
        ("page", "Tea", "One Two Three", "One", "about/"),
        ("section", "A b", "Two", "Two", "about/#a"),
        ("section", "C", "Three", "Three", "about/#c"),
    ]


def test_kinds(built: Path) -> None:
    data, html = catalogue.load(built), "<p>One</p>"
    found = {path: search.documents(page_of(html, path), data, glossary.words(data)) for path in data.pages}
    assert found["wobbly-knee.md"][0]["kind"] == "condition"
    assert [path for path, hits in found.items() if any(one["kind"] == "word" for one in hits)] == ["glossary.md"]
    assert search.documents(page_of(html, "nowhere.md"), data, []) == []


def test_an_exercise_is_one_document(built: Path) -> None:
    """Which is shown by its summary: a dozen results are not to need a dozen long texts."""
    html = '<p>One</p><h2 id="steps">Steps</h2><ol><li>Two'
    data = catalogue.load(built)
    (one,) = search.documents(page_of(html, "exercises/teapot-tip.md"), data, [])
    exercise = data.exercises["teapot-tip"].value
    assert exercise
    assert (one["text"], one["extract"]) == ("One Two", exercise.summary)
    assert "tippy teapot" in one["names"]


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
    assert f"{home}/{search_parts.NAME}" in asked
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
    page.keyboard.insert_text("teapot tip")  # at once: letter by letter, the count may be that of fewer letters
    expect(dialog.get_by_role("listitem").first).to_contain_text("Teapot tip")
    expect(dialog.get_by_role("status")).not_to_be_empty()  # the results come one after the other, and then their count
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
    assert page.locator("#search img[src=x]").count() == 0


def test_words_are_marked(page: Page) -> None:
    page.goto("/")
    page.locator(".search-open").click()
    look_for(page, "shrimp leg")
    marks = page.locator("#search li").first.locator("mark").all_inner_texts()
    assert "shrimp" in [mark.lower() for mark in marks]


COUNTS = """
document.addEventListener("readystatechange", () => {
  const { dataset } = document.getElementById("search");
  const language = { ...JSON.parse(dataset.language), singular_counts: ["12"] };
  Object.assign(dataset, { language: JSON.stringify(language), one: "one {count}" });
});
"""


def test_how_a_count_is_said_is_data(page: Page) -> None:
    page.add_init_script(COUNTS)
    page.goto("/")
    page.locator(".search-open").click()
    assert look_for(page, "teapots tip")[0] == look_for(page, "the teapot's tip")[0] == "exercises/teapot-tip/"
    assert look_for(page, "the") == []
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
