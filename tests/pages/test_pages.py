"""Pages: every fact of a front matter is printed once, in its place, and nothing that is wrong makes a page fail."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import birds
import cases
import pytest
from birds import FILES, FLAMINGO, PAGE, edited, line_of, replaced
from cases import Case
from hipknee.content import glossary
from hipknee.content.data_files import Clinic, Phone
from hipknee.gate import gate, mentions, words
from hipknee.pages import pages as module
from hipknee.pages.banners import Banners
from hipknee.pages.pages import PICTURES, Pages
from hipknee.pdf_names import FOLDER
from hipknee.pictures import renditions
from hipknee.pictures.drawing_facts import SEEN
from hipknee.wording import Say
from jinja2 import Environment
from selectolax.lexbor import LexborHTMLParser

TODAY = datetime.date(2026, 1, 2)
BODY = "<p>The author's own text.</p>"


@pytest.fixture(scope="module")
def pond(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return birds.write(tmp_path_factory.mktemp("pages") / "pond")


@pytest.fixture(scope="module")
def compiled(pond: Path) -> Environment:
    """The templates with the project's words: to compile them takes longer than all else here."""
    return pages_of(pond).environment


def pages_of(root: Path, clinic: Clinic | None = None, compiled: Environment | None = None) -> Pages:
    report = gate.check(root)
    plans = {file: renditions.plan(picture, Path(file).stem) for file, picture in report.pictures.items()}
    pages = Pages(report, plans)
    pages.clinic = clinic or pages.clinic
    pages.environment = compiled or pages.environment
    return pages


def banners_of(pages: Pages, today: datetime.date = TODAY) -> Banners:
    return Banners(pages.report, pages.environment, today)


@pytest.fixture
def pages(pond: Path, compiled: Environment) -> Pages:
    return pages_of(pond, compiled=compiled)


def text_of(html: str) -> str:
    return " ".join(LexborHTMLParser(html).text(separator=" ").split())


def texts(value: Any, say: Say, name: str = "") -> Iterator[str]:
    """What an author wrote to be read: no ids, no file names, and not the title, which the theme prints."""
    if name in ("title", "aliases", "was", "evidence", "muscles", "movements", "file", "condition", "role", "status"):
        return
    if isinstance(value, dict):
        for key, inside in value.items():
            yield from texts(inside, say, key)
    elif isinstance(value, list | tuple):
        for inside in value:
            yield from texts(inside, say)
    elif isinstance(value, datetime.date):
        yield say.day(value)
    elif isinstance(value, str) and name not in ("position", "side", "name"):
        yield value


def test_every_text_of_an_exercise_is_printed_once(pages: Pages) -> None:
    exercise = pages.catalogue.exercises["polite-flamingo"].value
    assert exercise
    html = pages.render("exercises/polite-flamingo.md", BODY, str)
    written = [*texts(exercise.model_dump(exclude={"equipment", "waivers", "code", "was_codes"}), pages.say)]
    assert len(written) > 25
    for text in written:
        assert text in unescape(html), text
    for text in (step.text for step in exercise.steps):
        assert html.count(text) == 1, text
    assert html.count(BODY) == 1


def test_what_ids_stand_for_is_printed(pages: Pages) -> None:
    text = text_of(pages.render("exercises/polite-flamingo.md", BODY, str))
    for word in (
        *(
            "big flapping muscle",
            "Flapperus maior",
            "tail muscle",
            "toe muscle",
            "In the pond",
            "Nest",
            "range 10 8 bows each_side",
        ),
        *(
            "side_each",
            "Droopy wing",
            "Creaky tail",
            "Do bows calm frogs?",
            "Frogs clap for a good bow.",
            "puffin.example",
        ),
        *("0 to 3: go on.", "It hurts.", "Ask a duck.", "A duck may change this.", "Ducks know more."),
        *("range 10 8", "seconds 2", "seconds 45", "2-1-2", "puffin.example"),
    ):
        assert word in text, word
    owl = text_of(pages.render("exercises/startled-owl.md", BODY, str))
    assert "no_equipment" in owl
    assert "side_both_together" in owl
    assert "range 5 2" in owl
    penguin = text_of(pages.render("exercises/waddling-penguin.md", BODY, str))
    assert "Loop band around your ankles" in penguin
    assert "On the ice" in penguin


def test_one_second_is_not_many(pond: Path, compiled: Environment) -> None:
    with replaced(pond, **{PAGE: edited(FLAMINGO, ("hold: 2 s", "hold: 1 s"))}):
        assert "second 1" in text_of(pages_of(pond, compiled=compiled).render("exercises/polite-flamingo.md", "", str))


def test_every_text_is_escaped(pond: Path, compiled: Environment) -> None:
    """A '<' is a sign like any other. Only the body, which Markdown has made, is HTML."""
    rows = []
    for row in FLAMINGO.split("---\n")[1].split("\n"):
        text = re.fullmatch(r"( *-? ?(?:\w+|creaky-tail|droopy-wing): )([A-Z].*[a-z.])|( +- )([A-Z].*\.)", row)
        if text and "{" not in row and "[" not in row:
            row = f'{text[1] or text[3]}"<bdo>\'&{text[2] or text[4]}"'
        rows.append(row)
    page = "---\n" + "\n".join(rows) + "---\n"
    assert page.count("<bdo>'&") > 20
    with replaced(pond, **{PAGE: page}):
        pages = pages_of(pond, compiled=compiled)
        assert pages.report.problems == []
        for path in pages.catalogue.pages:
            html = pages.render(path, BODY, str)
            assert "<bdo>" not in html, path
            assert "'&" not in html.replace(BODY, ""), path
        redirect = pages.redirects(lambda old, new: new, "en")["exercises/rude-flamingo.md"]
        assert "<bdo>" not in redirect


def test_every_link_leads_to_a_page_and_a_place_that_are_there(pages: Pages) -> None:
    addresses: set[str] = set()

    def url(path: str) -> str:
        addresses.add(path)
        return f"to:{path}"

    rendered = {path: pages.render(path, BODY, url) for path in pages.catalogue.pages}
    trees = {path: LexborHTMLParser(html) for path, html in rendered.items()}
    ids = {path: [node.attributes["id"] for node in tree.css("[id]")] for path, tree in trees.items()}
    for path, found in ids.items():
        assert len(found) == len({*found}), f"{path} has two places of one name"
    for address in addresses:
        path, _, fragment = address.partition("#")
        if path.startswith(PICTURES):
            assert {path.removeprefix(PICTURES)} <= {
                one.name for plan in pages.plans.values() for one in plan.renditions
            }
        elif path.startswith(FOLDER):
            slugs = "|".join([*pages.exercises, "booklet", "tick-chart"])
            assert re.fullmatch(rf"(?:{slugs})(?:-large)?-(?:letter|a4)\.pdf", path.removeprefix(FOLDER)), address
        else:
            assert path in rendered, address
            assert not fragment or fragment in ids[path], address
    for tree in trees.values():
        for node in tree.css("a[href], img[src]"):
            address = node.attributes.get("href") or node.attributes.get("src") or ""
            assert address.startswith(("to:", "https://", "#")), address


def test_only_words_that_are_checked_are_said(
    pond: Path, compiled: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: dict[str, set[str]] = {}

    class Listening(Say):
        def __call__(self, name: str, **values: object) -> str:
            said.setdefault(name, set()).update(values)
            return super().__call__(name, **values)

        def several(self, name: str) -> tuple[str, ...]:
            said.setdefault(name, set())
            return super().several(name)

    monkeypatch.setitem(compiled.globals, "say", Listening({}))
    monkeypatch.setattr(module, "Say", Listening)
    clinic = Clinic(name="Duck", phones=[Phone(label="Pond", number="904-555-0142")], booking="https://duck.example")
    pages = pages_of(pond, clinic, compiled)
    pages.plans = {}
    for path in pages.catalogue.pages:
        pages.render(path, BODY, str)
    known = words.placeholders()
    assert len(said) > 50
    for name, values in said.items():
        assert values <= known[name], name


def test_a_word_of_any_language_has_an_address() -> None:
    words = {"Bone china": "bone-china", "Cuádriceps": "cuadriceps", "Gesäß": "gesass", "Tea (hot)": "tea-hot"}
    assert {word: glossary.slug(word) for word in words} == words


def test_the_order_of_the_library(pages: Pages) -> None:
    html = pages.render("exercises/index.md", BODY, str)
    cards = [node.text() for node in LexborHTMLParser(html).css(".card h3")]
    assert cards == ["Polite flamingo", "Startled owl", "Waddling penguin"]
    assert "On two legs" in text_of(html)


def test_few_cards_are_not_chosen_by_anything(pages: Pages) -> None:
    assert not LexborHTMLParser(pages.render("exercises/index.md", BODY, str)).css(".filters")


def test_the_order_and_the_cautions_of_a_condition(pages: Pages) -> None:
    html = pages.render("creaky-tail.md", BODY, str)
    tree = LexborHTMLParser(html)
    assert [node.text() for node in tree.css(".card h3")] == ["Startled owl", "Polite flamingo", "Waddling penguin"]
    for reason in ("A start shakes the dust out.", "It puts some oil into your tail.", "It swings with each step."):
        assert reason in html
    assert "It wakes the wing that sleeps." not in html
    for text in ("You fall out of the sky.", "Call the stork.", "See a duck today.", "Preen.", "Nap.", "It will pass."):
        assert text in html
    assert "wipe it first." in html
    assert "If there is a seal" not in html
    assert "wipe it first." not in pages.render("droopy-wing.md", BODY, str)


def test_the_jumps_of_a_condition_lead_to_its_sections(pages: Pages) -> None:
    tree = LexborHTMLParser(pages.render("creaky-tail.md", BODY, str))
    places = [link.attributes["href"] or "" for link in tree.css(".jumps a")]
    assert places == ["#red-flags", "#self-care", "#exercises"]
    assert all(len(tree.css(f"h2{place}")) == 1 for place in places)


WAYS = """<h2>Where to start</h2>
<ul>
<li><strong><a href="creaky-tail.md">My tail creaks</a></strong> See why.</li>
<li><strong><a href="exercises/index.md">Show me</a></strong> All of them.</li>
<li><strong><a href="glossary.md">Words</a></strong> What they mean.</li>
<li><a href="creaky-tail.md">Once more</a></li>
</ul>
<p>And more.</p>
<h2>Later</h2>
<ul><li><strong><a href="about.md">About</a></strong></li></ul>
"""


def test_the_ways_in_show_where_they_lead(pages: Pages) -> None:
    """A page without a picture of its own shows the first exercise that it lists; the link says the rest."""
    tree = LexborHTMLParser(pages.render("index.md", WAYS, str))
    boxes = tree.css(".ways > ul > li")
    pictures = [(image.attributes["src"] or "").removeprefix(PICTURES) for image in tree.css(".ways img")]
    assert [bool(box.css("img")) for box in boxes] == [True, True, False, False]
    ends = [pages.catalogue.exercises[slug].face.end or "" for slug in ("startled-owl", "polite-flamingo")]
    assert pictures == [pages.plans[end].fallback.name for end in ends]
    assert {image.attributes["alt"] for image in tree.css(".ways img")} == {""}
    assert [heading.text() for heading in tree.css(".ways > h2")] == ["Where to start"]
    assert "And more." in tree.css_first(".ways").text()
    assert "Later" in [heading.text() for heading in tree.css("h2") if heading.parent.attributes.get("class") != "ways"]


@pytest.mark.parametrize("body", ["", BODY, "<ul><li>Only a list</li></ul>", "<h2>Only a heading</h2>"])
def test_a_first_page_without_ways(body: str, pages: Pages) -> None:
    assert pages.render("index.md", body, str).count(body) >= 1


def test_neighbours_and_parts_of_a_series(pages: Pages) -> None:
    def links(slug: str) -> dict[str, str]:
        tree = LexborHTMLParser(pages.render(f"exercises/{slug}.md", BODY, str))
        return {node.attributes["rel"] or "": node.attributes["href"] or "" for node in tree.css("nav a[rel]")}

    assert links("polite-flamingo") == {"next": "exercises/startled-owl.md"}
    assert links("startled-owl") == {"prev": "exercises/polite-flamingo.md", "next": "exercises/waddling-penguin.md"}
    assert links("waddling-penguin") == {"prev": "exercises/startled-owl.md"}
    part = "series_part {} 2 On two legs"  # {count} {number} {title}, by the name of each
    assert "On two legs" not in text_of(pages.render("exercises/polite-flamingo.md", BODY, str))
    for number, slug in ((1, "startled-owl"), (2, "waddling-penguin")):
        text = text_of(pages.render(f"exercises/{slug}.md", BODY, str))
        assert any(f"series_part {order}" in text for order in (f"2 {number} On two legs", part.format(number)))


def test_words_and_sources(pages: Pages) -> None:
    names = [node.text() for node in LexborHTMLParser(pages.render("glossary.md", BODY, str)).css("dt")]
    assert [name.split(" (")[0] for name in names] == sorted([name.split(" (")[0] for name in names], key=str.casefold)
    assert len(names) == 6
    assert "Big flapping muscle (Flapperus maior)" in names
    assert "Preen" in names
    about = text_of(pages.render("about.md", BODY, str))
    assert "Do bows calm frogs?" in about
    assert "Toes curl best when they are cold." in about


def test_terms(pages: Pages) -> None:
    targets = {term.text: term.target for term in reversed(mentions.terms(pages.catalogue))}
    assert targets["Polite flamingo"] == targets["flamingo bow"] == "exercises/polite-flamingo.md"
    assert targets["Creaky tail"] == targets["rusty tail"] == "creaky-tail.md"
    assert (
        targets["big flapping muscle"] == targets["Flapperus maior"] == targets["flapper"] == "glossary.md#big-flapper"
    )
    assert targets["Preen"] == targets["primp"] == "glossary.md#preen"
    assert "The pond" not in targets


def test_old_names_lead_to_the_new_ones(pages: Pages) -> None:
    made = pages.redirects(lambda old, new: f"{old} -> {new}", "sv")
    assert {*made} == {"exercises/rude-flamingo.md", "puddle.md"}
    html = made["exercises/rude-flamingo.md"]
    assert unescape(html).count("exercises/rude-flamingo.md -> exercises/polite-flamingo.md") >= 2
    assert 'lang="sv"' in html
    assert "Polite flamingo" in html
    assert "noindex" in html


def test_the_clinic(pond: Path, compiled: Environment) -> None:
    clinic = Clinic(
        name="Duck & Daughters",
        phones=[Phone(label="Pond", number="904-555-0142")],
        booking="https://duck.example/book",
        report="mailto:frogs@duck.example",
    )
    with_it, without_it = pages_of(pond, clinic, compiled=compiled), pages_of(pond, compiled=compiled)
    for path in with_it.catalogue.pages:
        html = with_it.render(path, BODY, str)
        for part in ("Duck &amp; Daughters", 'href="tel:9045550142"', clinic.booking, clinic.report):
            assert part in html, (path, part)
        assert "clinic" not in without_it.render(path, BODY, str)


def test_reviews_are_shown_as_they_are(pages: Pages) -> None:
    assert "review_reviewed A. Heron" in text_of(pages.render("exercises/polite-flamingo.md", BODY, str))
    assert "review_awaiting" in text_of(pages.render("exercises/startled-owl.md", BODY, str))


WAIVERS = "waivers: [{rule: alt-long, reason: Frogs <ate> it., by: A. Heron, until: 2026-03-01}]\n"


def test_what_is_overdue_stands_above_its_page(pond: Path, compiled: Environment) -> None:
    path = "exercises/polite-flamingo.md"
    with replaced(pond, **{PAGE: edited(FLAMINGO, ("waivers: []\n", WAIVERS))}):
        pages = pages_of(pond, compiled=compiled)
    before, between, after = (
        banners_of(pages, datetime.date.fromisoformat(day)) for day in ("2026-02-28", "2026-03-01", "2027-01-02")
    )
    assert before.of(path, str, problems=True) == ""
    assert text_of(between.of(path, str, problems=False)) == "waiver_overdue Frogs <ate> it. 1/month 3/2026"
    assert "<ate>" not in between.of(path, str, problems=False)
    late = text_of(after.of(path, str, problems=False))
    assert "waiver_overdue" in late
    assert "review_overdue 2/month 1/2027" in late
    assert after.of("exercises/startled-owl.md", str, problems=False) == ""


def test_problems_stand_above_their_page_while_it_is_edited(pond: Path, compiled: Environment) -> None:
    with replaced(pond, **{PAGE: edited(FLAMINGO, ("dose: {sets: 2", "dose: {sets: 77"))}):
        pages = pages_of(pond, compiled=compiled)
    banner = text_of(banners_of(pages).of("exercises/polite-flamingo.md", str, problems=True))
    assert f"{PAGE}:{line_of(FLAMINGO, 'dose:')} 'sets' is 77 sets; it must be from 1 to 6. [dose-range]" in banner
    assert banners_of(pages).of("exercises/polite-flamingo.md", str, problems=False) == ""
    assert banners_of(pages).of("exercises/startled-owl.md", str, problems=True) == ""
    assert "'sets' is 77 sets" in text_of(banners_of(pages).all_problems(str))
    assert "problems_one" in text_of(banners_of(pages).all_problems(str))
    assert "77" in pages.render("exercises/polite-flamingo.md", BODY, str)


def test_the_line_and_the_line_as_it_should_be_stand_below_a_problem(pond: Path, compiled: Environment) -> None:
    page = edited(FLAMINGO, ("feel: In your wings, all", "feel: In <bdo> #1, all"), ("sets: 2", "sets: 77"))
    with replaced(pond, **{PAGE: page}):
        banners = banners_of(pages_of(pond, compiled=compiled))
        for html in (banners.of("exercises/polite-flamingo.md", str, problems=True), banners.all_problems(str)):
            lines = [
                (line.text().split(" ")[0], line.css_first("code").text())
                for line in LexborHTMLParser(html).css(".problem-line")
            ]
            dose = "dose: {sets: 77, reps: [8, 10], hold: 2 s, rest: 45 s, tempo: 2-1-2, days_per_week: 3}"
            assert lines == [
                ("problem_line", dose),
                ("problem_line", "feel: In <bdo> #1, all the way to the tips."),
                ("problem_mended", 'feel: "In <bdo> #1, all the way to the tips."'),
            ]
            assert "<bdo>" not in html
            assert "Write: feel" not in text_of(html), "once is enough"


def test_problems_of_the_data_stand_above_every_page(pond: Path, compiled: Environment) -> None:
    site = "docs/_data/site.yml"
    with replaced(pond, **{site: edited(FILES[site], ("stop_help:", "stp_help:"))}):
        pages = pages_of(pond, compiled=compiled)
    for path in pages.catalogue.pages:
        assert "stp_help" in banners_of(pages).of(path, str, problems=True)
        assert pages.render(path, BODY, str) == BODY


def test_no_problems(pages: Pages) -> None:
    assert "problems_none" in text_of(banners_of(pages).all_problems(str))


def test_an_exercise_that_cannot_be_printed(pond: Path, compiled: Environment) -> None:
    """Its page is the author's text, and nobody shows a half of it."""
    for change in (
        ("side: each", "side: eech"),
        ("[toe-curler]", "[toe-curlers]"),
        ("position: wading", "position: lying"),
    ):
        with replaced(pond, **{PAGE: edited(FLAMINGO, change)}):
            pages = pages_of(pond, compiled=compiled)
        assert pages.render("exercises/polite-flamingo.md", BODY, str) == BODY
        for path in ("exercises/index.md", "creaky-tail.md", "exercises/startled-owl.md"):
            html = pages.render(path, BODY, str)
            assert html != BODY
            assert "exercises/polite-flamingo.md" not in html


def test_a_picture_that_cannot_be_shown_is_told_in_words(pond: Path, compiled: Environment) -> None:
    with replaced(pond, **{PAGE: edited(FLAMINGO, ("polite-flamingo/finish.png", "odd/cut-off.png"))}):
        html = pages_of(pond, compiled=compiled).render("exercises/polite-flamingo.md", BODY, str)
    assert "picture_missing The flamingo bows. Its wings and tail are wide open." in text_of(html)
    assert html.count("<picture>") == 5  # start, its copy on the movement, movement, detail, and a mistake


@pytest.mark.parametrize("seen", [None, *SEEN])
def test_a_further_view_says_from_where_it_is_seen(seen: str | None, pages: Pages) -> None:
    file = "polite-flamingo/detail.png"
    pages.plans = {**pages.plans, file: replace(pages.plans[file], seen=seen)}
    html = pages.render("exercises/polite-flamingo.md", BODY, str)
    caption = LexborHTMLParser(html).css_first("figure.detail figcaption").text()
    assert caption == (pages.say(f"seen_{seen}") if seen else pages.say("detail"))


def test_the_first_picture_does_not_wait(pages: Pages) -> None:
    html = pages.render("exercises/polite-flamingo.md", BODY, str)
    assert html.count("fetchpriority") == 1
    assert html.index("fetchpriority") < html.index('loading="lazy"')
    tree = LexborHTMLParser(html)
    strip = tree.css(".strip img")  # these stand above it with their words
    assert {image.attributes["alt"] for image in strip} == {""}
    assert sum(not image.attributes["alt"] for image in tree.css("img")) == len(strip) == 2


def test_a_page_that_nobody_knows(pages: Pages) -> None:
    assert pages.render("nowhere.md", BODY, str) == BODY
    assert banners_of(pages).of("nowhere.md", str, problems=True) == ""


@pytest.mark.parametrize("case", cases.GATE, ids=lambda case: case.name)
def test_no_mistake_makes_a_page_fail(case: Case, pond: Path, compiled: Environment) -> None:
    """While an editor types, every page is built again and again."""
    with replaced(pond, **{case.path: case.content}):
        pages = pages_of(pond, compiled=compiled)
        for path in ("exercises/polite-flamingo.md", "exercises/index.md", "creaky-tail.md", "droopy-wing.md"):
            banners_of(pages).of(path, str, problems=True)
            assert BODY in pages.render(path, BODY, str)
        banners_of(pages).all_problems(str)
        mentions.terms(pages.catalogue)
        pages.redirects(lambda old, new: new, "en")


@pytest.mark.parametrize("path", sorted(FILES))
def test_no_broken_file_makes_a_page_fail(path: str, pond: Path, compiled: Environment) -> None:
    for broken in ("---\na: 'b\n---\n" if path.endswith(".md") else "a: 'b\n", "", "- a\n", "---\ntitle: [1]\n---\n"):
        with replaced(pond, **{path: broken}):
            pages = pages_of(pond, compiled=compiled)
            for page in pages.catalogue.pages:
                banners_of(pages).of(page, str, problems=True)
                assert BODY in pages.render(page, BODY, str)
            mentions.terms(pages.catalogue)
