"""Searching in a real browser: what comes first, what is fetched for it, and what happens when something is not there.

The site is one page with the dialog, around an index of the test's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from browser import HASTE, Watched, look_for, served
from hipknee.pages import search_parts
from hipknee.pages.search import Hit
from hipknee.wording import Say
from playwright.sync_api import Browser, Page, Route, expect
from projects import ROOT, words
from searching import hit, library, write

SAY = Say(words())
OTHER = Say(
    words()
    | {
        "common_words": ["la", "kíel"],
        "plural_endings": ["oj", "j", "ojnet"],
        "plural_look_alikes": ["kaj"],
        "possessive_endings": ["’z", "’zanto"],
        "word_endings": [],
    }
)
FIRST_SEARCH = 150_000
"""Bytes of all that is fetched up to the first results of somebody who has never searched before."""

LONG = "Stand by the pond and breathe. " * 20
WOBBLES, SLEEPS = "It wobbles when you hop.", "A long doze, and a doze again."
POND: list[list[Hit]] = [
    [hit("clamshell/", "Clamshell", "clams", "side step", text=f"{LONG} Lift the top knee.", where="Exercises")],
    [hit("flamingo-hop/", "Flamingo hop", "hopping", text=f"{LONG} Hop on one leg.", where="Exercises")],
    [
        hit(
            "pond-walk/",
            "Walk around",
            text=f"{LONG} Like a flamingo. A hop. A hop, flamingo. Doze.",
            where="Exercises",
        )
    ],
    [hit("kickback/", "Kick back", text=LONG, where="Exercises"), hit("kickback/#a", "Leg raise", kind="section")],
    [
        hit(
            "wobbly-knee/",
            "Wobbly knee",
            "IT band",
            text=f"{WOBBLES} {SLEEPS}",
            extract=WOBBLES,
            kind="condition",
        ),
        hit("wobbly-knee/#doze", "Doze", text=SLEEPS, where="Wobbly knee", kind="section"),
    ],
    [hit("page/", "Doze", text="What flamingos do.")],
    [hit("doze/", "Doze", text="Asleep.", kind="condition")],
    [hit("band/", "Band", text="What birds wear.")],
    [hit("heron/", "Heron water birds", "heron in water bath", "tall water heron", text="Tall.", kind="condition")],
    [
        hit("plant/", "Cactus plant", "cactus tree", text="It stings.", kind="condition"),
        hit("plant/#c", "Cactus", text="A plant.", where="Cactus plant", kind="section"),
    ],
    [
        hit("words/", "Words", text="Words for birds.", where=""),
        hit("words/#doze", "Doze", text="To sleep.", where="Words", kind="word"),
        hit("words/#cafe", "Café", text="Where herons meet.", where="Words", kind="word"),
        hit("words/#bus", "Bus", text="What no bird takes.", where="Words", kind="word"),
    ],
]
FOUND = {
    # Names: exactly, in another number or spacing, with small words around them
    "flamingo hop": "flamingo-hop/",
    "Flamingo Hops": "flamingo-hop/",
    "the flamingo’s hop": "flamingo-hop/",
    "flamingohop": "flamingo-hop/",
    "clam shell": "clamshell/",
    "clamshells": "clamshell/",
    "sidestep": "clamshell/",
    "kickback": "kickback/",
    "kick-back": "kickback/",
    "legraise": "kickback/#a",
    "cafe": "words/#cafe",
    "bus": "words/#bus",
    "cactus": "plant/#c",
    # What is called so comes before what only says it; a name before its words, when all of it is asked for
    "hopping": "flamingo-hop/",
    "can I do the flamingo hop with heron and water": "flamingo-hop/",
    # Letters at the beginning, and slips of the finger
    "flam": "flamingo-hop/",
    "wobb": "wobbly-knee/",
    "flamnigo": "flamingo-hop/",
    "klamingo": "flamingo-hop/",
    "flaimngo hpo": "flamingo-hop/",
    "clamshel": "clamshell/",
    "wobly kne": "wobbly-knee/",
    # A small word in capitals is a name; what stands below a name finds it as well
    "IT band": "wobbly-knee/",
    "it band": "wobbly-knee/",
    "band": "band/",
    "IT": "wobbly-knee/",
    "exercises clams": "clamshell/",
}
NOTHING = ("", "the", "do it", "xyzzy", "hpo", "bu", "<b>")
ORDERS = {
    "doze": ["doze/", "page/", "words/#doze", "wobbly-knee/#doze", "wobbly-knee/", "pond-walk/"],
    "flamingo hop": ["flamingo-hop/", "pond-walk/"],  # and not what has only one of the words
    "flamingo meet": ["flamingo-hop/", "words/#cafe", "pond-walk/", "page/"],  # unless nothing has both
}


@pytest.fixture(scope="module")
def pond(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("pond") / "site", POND, SAY)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("large") / "site", library(300), SAY)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_context(viewport={"width": 360, "height": 740}) as context:
        context.set_default_timeout(10_000)
        context.add_init_script(HASTE)
        yield context.new_page()


def opened(page: Page, home: str) -> Page:
    page.goto(f"{home}/index.html")
    page.locator(".search-open").click()
    return page


def test_what_comes_first(page: Page, pond: Path) -> None:
    with served(pond) as home:
        watched = Watched(page, home)
        opened(page, home)
        assert {query: look_for(page, query)[:1] for query in FOUND} == {query: [url] for query, url in FOUND.items()}
        assert {query: look_for(page, query) for query in NOTHING if query} == {query: [] for query in NOTHING if query}
        assert {query: look_for(page, query) for query in ORDERS} == ORDERS
        assert watched.complaints == []


def test_words_are_compared_as_in_the_index(page: Page, tmp_path: Path) -> None:
    """By the table that test_search_words.py holds Python against."""
    table = yaml.safe_load((ROOT / "tests" / "search_words.yml").read_text("utf-8"))
    site = write(tmp_path / "site", POND, Say(table["words"]))
    script = site / "assets" / "javascripts" / "search.js"
    text = script.read_text("utf-8").rstrip()
    assert text.endswith("}")
    script.write_text(text.removesuffix("}") + "self.core = core;\n}\n", "utf-8")
    with served(site) as home:
        opened(page, home)
        for text, core in table["cases"].items():
            assert page.evaluate("text => core(text)", text) == core, text


def test_what_is_shown_of_it(page: Page, pond: Path) -> None:
    """Around the first word that was looked for, or that which is most like it."""
    with served(pond) as home:
        opened(page, home)
        for query in ("lift knee", "lfit kneee"):
            assert look_for(page, query)[0] == "clamshell/"
            first = page.locator("#search li").first
            assert first.locator("span").inner_text() == "Exercises"
            assert [mark.lower() for mark in first.locator("mark").all_inner_texts()] == ["lift", "knee"]
            assert first.locator("p").inner_text().startswith("…")
        look_for(page, "wobbly knee")
        assert "wobbles when you hop. A long doze" in page.locator("#search li").first.inner_text()


def test_who_has_more_of_the_words_comes_first(page: Page, tmp_path: Path) -> None:
    """Also before who has a rarer one."""
    pages = [[hit(f"bird-{number}/", f"Bird {number}", text="Stand and breathe.")] for number in range(8)]
    pages += [[hit("tall/", "Tall", text="A heron here.")], *([hit(f"{n}/", f"No {n}")] for n in range(11))]
    with served(write(tmp_path / "site", pages, SAY)) as home:
        found = look_for(opened(page, home), "heron stand breathe")
        assert found == [*(f"bird-{number}/" for number in range(8)), "tall/"]


def test_what_was_found_before_goes(page: Page, pond: Path) -> None:
    says = {"bu": SAY("search_none"), "flamnigo": SAY("search_failed"), "": ""}
    with served(pond) as home:
        page.route(re.compile("/spellings"), lambda route: route.abort())
        opened(page, home)
        for query, text in says.items():
            assert look_for(page, "doze")
            page.locator("#query").fill(query)
            expect(page.locator("#search [role=status]")).to_have_text(text)
            assert page.locator("#search li").count() == 0


def test_another_language(page: Page, tmp_path: Path) -> None:
    pages = [
        [hit("genuo/", "Genuo doloras", "la granda genuo", text="Kiel ripozigi la genuojn.")],
        [hit("kruro/", "Kruroj kaj koksoj", text="Pri la kruroj.")],
        [hit("kapo/", "Kap", text="Supre.")],
        [hit("koleno/", "Боль в колене", text="Что делать.")],
    ]
    with served(write(tmp_path / "site", pages, OTHER)) as home:
        opened(page, home)
        queries = {
            "genuoj": "genuo/",
            "kapojnet": "kapo/",  # too long to be a slip of the finger
            "Kap’zanto": "kapo/",
            "granda GENUO’z": "genuo/",
            "kok": "kruro/",
            "kaj": "kruro/",
            "колене": "koleno/",
        }
        assert {query: look_for(page, query)[:1] for query in queries} == {
            query: [url] for query, url in queries.items()
        }
        assert look_for(page, "la kiel") == []


def test_of_many_words_that_are_alike_those_with_the_first_letter_count(page: Page, tmp_path: Path) -> None:
    pages = [[hit(f"{word}/", word)] for word in ("mota", "nota", "pota", "rota", "sata")]
    with served(write(tmp_path / "site", pages, SAY)) as home:
        assert "sata/" in look_for(opened(page, home), "sota")


# What is fetched

KEEPING = "Object.defineProperty(navigator, 'serviceWorker', { value: { controller: {} } })"
"""As where the service worker keeps the site on the device."""


@pytest.mark.parametrize(
    "query",
    ["name", "three names", "typos", "beginning", "often", "a long one"],
    ids=lambda name: name.replace(" ", "-"),
)
def test_a_first_search_costs_little(page: Page, large: Path, query: str) -> None:
    """However many exercises there are: parts are fetched as they are needed."""
    titles = [page[0]["title"] for page in library(300)]
    queries = {
        "name": titles[7],
        "three names": " ".join(titles[20:23]),
        "typos": " ".join(word[0] + word[2:] for word in titles[40].split()),
        "beginning": titles[100][:3],
        "often": library(300)[0][0]["text"].split()[0],
        "a long one": library(300)[200][0]["extract"],
    }
    with served(large) as home:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url.removeprefix(f"{home}/")))
        page.add_init_script(KEEPING)
        page.goto(f"{home}/index.html", wait_until="networkidle")
        assert [url for url in asked if "/search" in url] == ["assets/javascripts/search.js"]
        page.locator(".search-open").click()
        page.wait_for_load_state("networkidle")
        assert [url for url in asked if "search/" in url] == [search_parts.NAME]
        assert look_for(page, queries[query])
        page.wait_for_load_state("networkidle")
        sizes = {url: (large / url).stat().st_size for url in asked if "search" in url}
        assert len(sizes) > 3
        assert sum(sizes.values()) <= FIRST_SEARCH, sizes
        assert len(asked) == len({*asked})


@pytest.mark.parametrize("script", ["", KEEPING], ids=["at-home", "kept"])
def test_a_small_index_is_fetched_whole_where_the_site_is_kept(page: Page, pond: Path, script: str) -> None:
    """As soon as somebody wants to search."""
    with served(pond) as home:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url.removeprefix(f"{home}/")))
        page.add_init_script(script)
        opened(page, home)
        page.wait_for_load_state("networkidle")
        index = {path.relative_to(pond).as_posix() for path in pond.rglob("search/*.js")}
        expected = index if script else {search_parts.NAME}
        for _ in range(50):  # a busy machine asks for the parts after a rest
            if expected <= {*asked}:
                break
            page.wait_for_timeout(100)
        assert {url for url in asked if "search/" in url} == expected


# What does not come, or comes late


def test_a_late_answer_does_not_take_the_place_of_a_newer_one(page: Page, tmp_path: Path) -> None:
    pages = [
        [hit(f"{letter}{number}/", f"{letter}{number}", text=" ".join(f"{letter}{number}{n}" for n in range(80)))]
        for letter in "az"
        for number in range(40)
    ]
    held: list[Route] = []
    with served(write(tmp_path / "site", pages, SAY)) as home:
        opened(page, home)
        page.route(re.compile("/words-[0-2]"), lambda route: held.append(route))
        page.locator("#query").fill("a5")
        page.wait_for_timeout(300)
        assert held
        assert look_for(page, "z7")[0] == "z7/"
        for route in held:
            route.continue_()
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(300)
        assert page.locator("#search li").first.locator("a").inner_text() == "z7"
        assert look_for(page, "a5")[0] == "a5/"


@pytest.mark.parametrize("missing", ["/search/index", "/words-", "/names-", "/spellings", "/texts-"])
def test_a_part_that_does_not_come_is_asked_for_again(page: Page, pond: Path, missing: str) -> None:
    with served(pond) as home:
        page.route(re.compile(missing), lambda route: route.abort())
        opened(page, home)
        page.locator("#query").fill("flamnigo")
        expect(page.locator("#search [role=status]")).to_have_text(SAY("search_failed"))
        assert page.locator("#search li").count() == 0
        page.unroute_all()
        assert look_for(page, "flamnigo")[0] == "flamingo-hop/"


def test_what_is_published_while_somebody_searches_is_found(page: Page, tmp_path: Path) -> None:
    """The parts of yesterday are gone then, and the index that has been fetched names them."""
    site = write(tmp_path / "site", POND, SAY)
    with served(site) as home:
        opened(page, home)
        page.wait_for_load_state("networkidle")
        write(site, [[hit("heron/", "Heron hop")], *POND], SAY)
        assert look_for(page, "heron hop")[0] == "heron/"
        assert look_for(page, "clams")[0] == "clamshell/"


@pytest.mark.parametrize("missing", ["/search/index", "/words-"])
def test_an_answer_that_is_no_part_is_none(page: Page, pond: Path, missing: str) -> None:
    """As networks give it that want to be signed in to."""
    with served(pond) as home:
        page.route(re.compile(missing), lambda route: route.fulfill(body="<p>Sign in", content_type="text/javascript"))
        opened(page, home)
        page.locator("#query").fill("flamingo")
        expect(page.locator("#search [role=status]")).to_have_text(SAY("search_failed"))
        page.unroute_all()
        assert look_for(page, "flamingo hop")[0] == "flamingo-hop/"
