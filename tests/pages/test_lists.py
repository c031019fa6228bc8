"""A list of any length: pages that are light, hold each exercise once, and lead to each other without a script."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import birds
import flocks
import pytest
from hipknee.content.front_matter import read_page
from hipknee.content.kinds import CARDS, LIBRARY, further_pages
from hipknee.gate import file_rules
from hipknee.pages.lists import Part
from hipknee.pages.page_inputs import page_inputs
from hipknee.site import RenderedPage, Site
from selectolax.lexbor import LexborHTMLParser
from test_site import settings

COUNT = 80
TAIL, WING = "creaky-tail.md", "droopy-wing.md"
"""Where all exercises stand, and where only a third of them does."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    root = flocks.grow(birds.write(tmp_path_factory.mktemp("lists") / "pond"), COUNT, drawn=False)
    return flocks.opened(settings(root))


@pytest.fixture(scope="module")
def pages(site: Site) -> dict[str, RenderedPage]:
    """All pages, by their paths below docs/."""
    return {path: site.content(path, url, "", "") for path, url in site.settings.urls.items()}


def tree(pages: dict[str, RenderedPage], path: str) -> LexborHTMLParser:
    return LexborHTMLParser(pages[path].html)


def texts(tree: LexborHTMLParser, selector: str) -> list[str]:
    return [" ".join(node.text().split()) for node in tree.css(selector)]


def links(tree: LexborHTMLParser, selector: str) -> list[tuple[str, str]]:
    return [(" ".join(node.text().split()), node.attributes["href"] or "") for node in tree.css(selector)]


PATHS = {
    (LIBRARY, 24): [],
    (LIBRARY, 25): ["exercises/2.md"],
    (LIBRARY, 72): ["exercises/2.md", "exercises/3.md"],
    ("knee-pain.md", 49): ["knee-pain/exercises/2.md", "knee-pain/exercises/3.md"],
    ("knee-pain.md", 0): [],
}


@pytest.mark.parametrize("case", PATHS, ids=str)
def test_where_a_list_goes_on(case: tuple[str, int]) -> None:
    assert further_pages(*case) == PATHS[case]


STEPS = {
    (1, 2): [1, 2],
    (1, 4): [1, 2, 3, 4],
    (1, 42): [1, 2, 0, 42],
    (3, 42): [1, 2, 3, 4, 0, 42],
    (4, 42): [1, 2, 3, 4, 5, 0, 42],
    (5, 42): [1, 0, 4, 5, 6, 0, 42],
    (40, 42): [1, 0, 39, 40, 41, 42],
    (42, 42): [1, 0, 41, 42],
}


@pytest.mark.parametrize("case", STEPS, ids=str)
def test_a_page_leads_to_its_neighbors_and_both_ends(case: tuple[int, int]) -> None:
    number, count = case
    part = Part("a.md", ("a.md", *further_pages("a.md", count * CARDS)), number, (), count * CARDS)
    assert part.steps() == STEPS[case]


def test_every_exercise_stands_on_one_page_of_its_list(site: Site, pages: dict[str, RenderedPage]) -> None:
    titles = [exercise.title for exercise in site.pages.exercises.values()]
    condition = site.pages.page(TAIL)
    assert condition
    for hub, expected in (
        (LIBRARY, titles),
        (TAIL, [site.pages.exercises[slug].title for slug in condition.exercises]),  # type: ignore[attr-defined]
    ):
        numbers = [hub, *further_pages(hub, COUNT)]
        assert numbers == [part.path for part in site.pages.parts.values() if part.hub == hub]
        cards = [texts(tree(pages, path), ".card h3") for path in numbers]
        assert [len(names) for names in cards] == [24, 24, 24, 8]
        assert [name for names in cards for name in names] == expected


def test_the_pages_lead_to_each_other(pages: dict[str, RenderedPage]) -> None:
    first, second, last = (
        tree(pages, path) for path in (TAIL, "creaky-tail/exercises/2.md", "creaky-tail/exercises/4.md")
    )
    assert links(first, ".pager a") == [
        ("2", "exercises/2/"),
        ("3", "exercises/3/"),
        ("4", "exercises/4/"),
        ("next_page", "exercises/2/"),
    ]
    assert links(second, ".pager a") == [
        ("previous_page", "../../#exercises"),
        ("1", "../../#exercises"),
        ("3", "../3/"),
        ("4", "../4/"),
        ("next_page", "../3/"),
    ]
    assert [node.attributes["rel"] for node in second.css(".pager a[rel]")] == ["prev", "next"]
    assert texts(second, ".pager [aria-current=page]") == ["2"]
    assert links(last, ".pager a")[-1] == ("3", "../3/")
    assert texts(last, ".pager li") == ["previous_page", "1", "2", "3", "4"]
    library = tree(pages, "exercises/2.md")
    assert links(library, ".pager a")[:2] == [("previous_page", "../#exercises"), ("1", "../#exercises")]
    assert links(library, ".card a")[0][1] == "../polite-flamingo-9/"


def test_it_says_which_they_are(site: Site, pages: dict[str, RenderedPage]) -> None:
    said = {
        path: texts(tree(pages, path), ".pager p, .count") for path in (LIBRARY, "exercises/2.md", "exercises/4.md")
    }
    assert said == {
        LIBRARY: ["list_range 80 1 24"] * 2,
        "exercises/2.md": ["list_range 80 25 48"] * 2,
        "exercises/4.md": ["list_range 80 73 80"] * 2,
    }
    exercise = next(iter(site.pages.exercises.values()))
    second = Part("a.md", ("a.md", "b.md"), 2, (exercise,), 25)
    first = Part("a.md", ("a.md", "b.md"), 1, (exercise,) * 24, 1_000_200)
    assert [*map(site.pages.range, (second, first))] == ["list_last 25 25", "list_range 1.000.200 1 24"]


def test_a_short_list_is_on_one_page(tmp_path: Path) -> None:
    for count, length in ((CARDS, 1), (CARDS + 1, 2)):
        root = flocks.grow(birds.write(tmp_path / str(count)), count, drawn=False)
        site = flocks.opened(settings(root))
        html = LexborHTMLParser(site.content(LIBRARY, "exercises/", "", "").html)
        assert len(html.css(".card")) == CARDS
        assert len(site.further_pages) == (length - 1) * 2  # of the library, and of the condition with all of them
        assert len(html.css(".pager, [data-cards]")) == (length - 1) * 2
        assert texts(html, ".count") == ([""] if length == 1 else ["list_range 25 1 24"])


def test_the_warning_signs_and_cautions_go_along(site: Site, pages: dict[str, RenderedPage]) -> None:
    second = tree(pages, "creaky-tail/exercises/2.md")
    assert links(second, ".before a") == [("creaky tail", "../../#red-flags")]
    assert not tree(pages, "exercises/2.md").css(".before")  # nobody is named whom to ask first
    for path in (TAIL, "creaky-tail/exercises/2.md"):
        page = tree(pages, path)
        titles = {title.lower() for title in texts(page, ".card h3")}
        named = [title.lower() for title in texts(page, ".cares a")]
        assert named
        assert {*named} <= titles
        assert texts(page, "#cautions + p") == ["list_cautions"]
    flamingos = [exercise.title.lower() for exercise in site.pages.exercises.values() if "flamingo" in exercise.slug]
    every = [
        text.lower()
        for part in site.pages.parts.values()
        if part.hub == TAIL
        for text in texts(tree(pages, part.path), ".cares a")
    ]
    assert sorted(every) == sorted(flamingos)


def test_cautions_on_later_pages_only_have_their_place_on_the_first(tmp_path: Path) -> None:
    """A link to '#cautions' is right as soon as one exercise of the list has one."""
    root = flocks.grow(birds.write(tmp_path / "pond"), COUNT, drawn=False)
    page = root / "docs" / TAIL
    document = read_page(TAIL, page.read_bytes())[0]
    slugs = sorted(document.data["exercises"], key=lambda slug: "flamingo" in slug)
    flocks.write_page(page, {**document.data, "exercises": slugs}, document.body)
    html = LexborHTMLParser(flocks.opened(settings(root)).content(TAIL, "creaky-tail/", "", "").html)
    assert texts(html, "#cautions + p") == ["list_cautions"]
    assert not html.css(".cares")


def test_a_filter_offers_what_the_list_has(pages: dict[str, RenderedPage]) -> None:
    def chips(path: str) -> list[str]:
        return texts(tree(pages, path), ".filters button")

    some = ["filter_all", "chip_standing", "chip_sitting", "chip_no_band", "level_gentle"]
    assert chips(LIBRARY) == chips("exercises/4.md") == some, "nobody lies down"
    assert chips(WING) == chips("droopy-wing/exercises/2.md") == [], "they are all the same"


def test_a_card_says_how_hard_it_is(pages: dict[str, RenderedPage]) -> None:
    assert [card.attributes["data-level"] for card in tree(pages, LIBRARY).css(".card")[:3]] == ["gentle", "", "hard"]


def columns(text: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(text.removeprefix("var exerciseCards = ").removesuffix(";\n"))
    assert {len(column) for column in content["columns"].values()} == {len(content["columns"]["slug"])}
    for name, table in content["tables"].items():
        assert {*content["columns"][name]} == {*range(len(table))}
    return content


def test_the_script_has_all_cards(site: Site, pages: dict[str, RenderedPage]) -> None:
    scripts = dict(site.pages.scripts())
    assert len(scripts) == 4
    for hub in (LIBRARY, TAIL):
        (name,) = {
            urljoin(site.settings.urls[part.path], tree(pages, part.path).css_first(".finder").attributes["data-cards"])
            for part in site.pages.parts.values()
            if part.hub == hub
        }
        content = columns(scripts[name])
        slugs = content["columns"]["slug"]
        assert len(slugs) == COUNT
        assert [links(tree(pages, hub), ".card a")[n][1].rstrip("/").rpartition("/")[2] for n in range(CARDS)] == slugs[
            :CARDS
        ]
        assert ("reason" in content["columns"]) is (hub == TAIL)


def test_paper_has_the_whole_list(site: Site, pages: dict[str, RenderedPage]) -> None:
    site.order = ["index.md", TAIL, LIBRARY]
    book = site.booklet_pages()
    assert len(book) == COUNT + 3
    chapters = {page.path: LexborHTMLParser(page.content) for page in book}
    for path in (TAIL, LIBRARY):
        assert len(texts(chapters[path], ".card h3")) == COUNT
        assert not chapters[path].css(".pager")
        assert texts(chapters[path], "h2") == texts(tree(pages, path), "h2")
    assert len(texts(chapters[TAIL], ".cares a")) > len(texts(tree(pages, TAIL), ".cautions a"))
    assert book[0].content == pages["index.md"].html


def test_a_further_page_is_no_page_of_its_own(site: Site, pages: dict[str, RenderedPage]) -> None:
    """To the search and to print it is not there; the frame has its name and the way to it."""
    further = {path for path in site.rendered if path not in site.report.catalogue.pages}
    assert further == {*site.further_pages}
    assert not further & {page.path for page in site.booklet_pages()}
    assert not [name for name, text, _ in site.search_index() if "exercises/2/" in text]
    path, address = "creaky-tail/exercises/2.md", "https://pond.example/"
    assert pages[path].title == "list_title 2 Creaky tail"
    context = site.context(path)
    assert context["trail"] == [
        {"title": "The pond", "url": "./"},
        {"title": "Creaky tail", "url": "creaky-tail/"},
        {"title": "list_title 2 Creaky tail", "url": "creaky-tail/exercises/2/"},
    ]
    assert context["description"] == "list_range 80 25 48"
    (node,) = json.loads(str(context["linked_data"]))["@graph"]
    assert (node["@type"], node["url"], node["name"]) == (
        "CollectionPage",
        f"{address}creaky-tail/exercises/2/",
        "list_title 2 Creaky tail",
    )
    assert [item["item"] for item in node["breadcrumb"]["itemListElement"]] == [
        address,
        f"{address}creaky-tail/",
        f"{address}creaky-tail/exercises/2/",
    ]


def test_no_other_page_can_have_its_address(site: Site) -> None:
    catalogue, like = site.report.catalogue, site.report.catalogue.pages["about.md"]
    taken = {
        path: replace(like, page=path, path=f"docs/{path}") for path in ("exercises/2.md", "creaky-tail/exercises/4.md")
    }
    free = {path: replace(like, page=path, path=f"docs/{path}") for path in ("creaky-tail/exercises/5.md",)}
    problems = file_rules.name_problems(replace(catalogue, pages={**catalogue.pages, **taken, **free}))
    assert [(problem.path, problem.message, problem.hint) for problem in problems] == [
        (
            f"docs/{path}",
            f"This page would have the same address as page {number} of the exercises in docs/{hub}.",
            "Rename the page.",
        )
        for path, number, hub in (("exercises/2.md", 2, LIBRARY), ("creaky-tail/exercises/4.md", 4, TAIL))
    ]


def made_from(root: Path) -> dict[str, tuple[str, str]]:
    """What each page follows from, by its path below docs/."""
    site = flocks.opened(settings(root))
    every = page_inputs(site.report.catalogue, lambda _: "")
    assert every.keys() == site.settings.urls.keys()
    shown = [path for path in every if path in site.pages.parts or site.pages.page(path)]
    return {path: (every[path].stamp, site.pages.beside(path)) for path in shown}


def set_fields(root: Path, slug: str, **fields: Any) -> None:
    page = root / "docs" / "exercises" / f"{slug}.md"
    document = read_page(page.name, page.read_bytes())[0]
    flocks.write_page(page, {**document.data, **fields}, document.body)


@pytest.mark.parametrize("hidden", [False, True])
def test_a_card_changes_no_page_that_does_not_show_it(hidden: bool, tmp_path: Path) -> None:
    """Where an exercise is left out, those behind it move up: then all pages of the list follow from all cards."""
    root = flocks.grow(birds.write(tmp_path / "pond"), COUNT, drawn=False)
    whole = flocks.opened(settings(root)).pages
    order = [*whole.exercises]
    slug = order[2 * CARDS]
    if hidden:
        set_fields(root, order[0], title=None)
    before, pages = made_from(root), flocks.opened(settings(root)).pages
    set_fields(root, slug, title="Another flamingo")
    after = made_from(root)
    changed = {path for path in before if before[path] != after[path]}
    showing = {part.path for part in pages.parts.values() if slug in [each.slug for each in part.exercises]}
    assert f"exercises/{2 if hidden else 3}.md" in showing
    near = {f"exercises/{other}.md" for other in order[2 * CARDS - 1 : 2 * CARDS + 2]}
    if hidden:
        shorter = {part.hub for part in whole.parts.values() if order[0] in [each.slug for each in part.exercises]}
        longer = {part.hub for part in pages.parts.values() if part.path in showing}
        showing |= {part.path for part in pages.parts.values() if part.hub in shorter & longer}
    assert showing | near <= changed
    others = changed - showing - near
    assert not others & {*pages.parts}
    assert len(others) <= 3  # exercises of a series name each other


def test_where_each_page_is_a_file_so_are_these(site: Site) -> None:
    urls = {path: path.replace(".md", ".html") for path in site.report.catalogue.pages}
    flat = flocks.opened(settings(site.settings.root, urls=urls))
    assert flat.settings.urls["exercises/2.md"] == "exercises/2.html"
