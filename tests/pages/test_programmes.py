"""Ready-made programmes on pages: phases in words, whom to mind, who leads there, and the same for other programs."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import birds
import jsonschema
import pytest
from hipknee.addresses import addresses
from hipknee.gate import gate
from hipknee.pages import exercises_json, programmes_json
from hipknee.pages.pages import Pages
from hipknee.programme import doses
from hipknee.programme.reading import read
from markdown import markdown
from projects import words
from selectolax.lexbor import LexborHTMLParser

SLUG = "first-flights"
PATH = f"programmes/{SLUG}.md"
CAUTION = "cautions: []"
NEW = "cautions: [{who: If your beak is wet, do: wipe it first.}, {who: If there is a seal, do: fly.}]"


def pages_of(root: Path, **files: str) -> Pages:
    """Those of the pond with the ready-made programme and these files."""
    birds.write(root)
    said = "".join(f"{name}: {json.dumps(word)}\n" for name, word in words().items())
    for path, text in {**birds.READY, "docs/_data/words.en.yml": said, **files}.items():
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_text(text, "utf-8")
    return Pages(gate.check(root), {})


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    owl = birds.edited(birds.OWL, (CAUTION, NEW))
    made = pages_of(tmp_path_factory.mktemp("ready") / "pond", **{"docs/exercises/startled-owl.md": owl})
    assert made.report.problems == []
    return made


def html_of(pages: Pages, path: str) -> LexborHTMLParser:
    return LexborHTMLParser(pages.render(path, "<p>Body.</p>", addresses({}, path.removesuffix(".md") + "/")))


def texts(tree: Any, css: str) -> list[str]:
    return [" ".join(node.text().split()) for node in tree.css(css)]


def test_the_phases_in_words(pages: Pages) -> None:
    page = html_of(pages, PATH)
    assert texts(page, "section.phase h3") == ["Weeks 1 and 2: wake", "Weeks 3 and 4"]
    assert texts(page, "section.phase > p") == [
        "Effort: 2 to 3 of 10. One session: about 10 minutes.",
        "Effort: 5 of 10. One session: about 10 to 15 minutes.",
    ]
    assert texts(page, "section.phase li") == [
        "Startled owl: 1 set of 3 reps. 3 days a week. Hold a reed.",
        "Polite flamingo or waddling penguin: 2 sets of 12 bows. Choose one.",
        "Polite flamingo (bow on one leg): 2 sets of 8 to 12 bows, left side only. Hold each for 3 seconds. "
        "Rest 45 seconds between sets. 3 days a week.",
        "If you like: Waddling penguin: 2 sets of 12 steps. With a light band.",
    ]


def test_the_code_of_each_phase_is_there_for_later(pages: Pages) -> None:
    codes = [node.attributes["data-code"] for node in html_of(pages, PATH).css("section.phase")]
    assert [code and code.rpartition("-")[0] for code in codes] == [
        "1-001-OWL1X3D3N01-FLA2X12",
        "1-001-FLA2X8.12H3R45D3EL",
    ]


def test_a_phase_can_be_handed_out(pages: Pages) -> None:
    """By its code, in groups for whoever types it; where the site has a page that shows it, as a picture too."""
    page = html_of(pages, PATH)
    codes = [node.attributes["data-code"] or "" for node in page.css("section.phase")]
    assert texts(page, ".hand-out code") == [" ".join(re.findall(".{1,4}", code)) for code in codes]
    assert page.css(".hand-out svg") == []
    assert [link.attributes["href"] for link in page.css("#print a")][:4] == [
        f"../../pdf/programme-first-flights{size}-{paper}.pdf" for size in ("", "-large") for paper in ("letter", "a4")
    ]


def test_the_code_of_a_phase_as_a_picture(tmp_path: Path) -> None:
    article = birds.FILES["docs/about.md"].replace("title: ", "title: Shown ")
    shown = pages_of(tmp_path / "pond", **{"docs/programme.md": article})
    shown.site_url = "https://pond.example/"
    [first, _] = html_of(shown, PATH).css(".hand-out svg")
    code = html_of(shown, PATH).css("section.phase")[0].attributes["data-code"]
    assert first.attributes["aria-label"] == f"QR code. It leads to https://pond.example/programme/#{code}"
    assert first.attributes["role"] == "img"


def test_ready_made_programmes_for_other_programs(pages: Pages) -> None:
    """Their own file keeps to its schema, and says what the codes say."""
    text = programmes_json.text(
        pages.programmes.values(),
        pages.repertoire,
        pages.say,
        papers=["a4"],
        shows=None,
        site="The pond",
        language="en",
        address=lambda place: f"https://pond.example/{place}",
    )
    data = json.loads(text)
    jsonschema.Draft202012Validator(programmes_json.schemas()[programmes_json.SCHEMA]).validate(data)
    [programme] = data["programmes"]
    assert programme["sheets"] == {
        "normal": {"a4": "https://pond.example/pdf/programme-first-flights-a4.pdf"},
        "large": {"a4": "https://pond.example/pdf/programme-first-flights-large-a4.pdf"},
    }
    for phase in programme["phases"]:
        value = read(phase["code"], pages.repertoire)
        worded = doses.programme(value, pages.repertoire, pages.say).items
        assert phase["words"] == [{"title": title, "sentences": [*sentences]} for title, sentences in worded]


def test_cautions_stand_together_and_each_once(pages: Pages) -> None:
    page = html_of(pages, PATH)
    assert texts(page, ".cares dt") == ["If your beak is wet", "If there is a seal"]
    assert texts(page, ".cares dd") == [
        "Startled owl, polite flamingo: wipe it first.",
        "Startled owl: fly.",
        "Waddling penguin: wait.",
    ]


def test_who_it_is_for_and_what_is_needed(pages: Pages) -> None:
    assert texts(html_of(pages, PATH), "dl.glance dd") == ["Birds that have never flown.", "Nest, loop band"]


@pytest.mark.parametrize(
    ("path", "leads"), [("exercises/index.md", True), ("creaky-tail.md", True), ("cold-feet.md", False)]
)
def test_pages_that_lead_there(path: str, leads: bool, pages: Pages) -> None:
    links = [node.attributes["href"] for node in html_of(pages, path).css("#programmes + ul a")]
    assert links == (["../programmes/first-flights.md"] if leads and "/" not in path else links if leads else [])
    assert bool(links) is leads


@pytest.mark.parametrize(
    ("link", "has_table"),
    [
        ("[First flights](programmes/first-flights.md){ .plan }", True),
        ("[First flights](programmes/first-flights.md)", False),
        ("See [First flights](programmes/first-flights.md){ .plan } first.", False),
        ("[Rules](index.md#rules){ .plan }", False),
    ],
)
def test_another_page_prints_the_table_of_a_plan(link: str, has_table: bool, pages: Pages) -> None:
    """The figures are those of the data: nobody types them a second time."""
    url = addresses({PATH: "programmes/first-flights/", "index.md": ""}, "about/")
    html = markdown(link.replace(".md", "/").replace("(", "(../").replace("index/", ""), extensions=["attr_list"])
    page = LexborHTMLParser(pages.render("about.md", html, url))
    rows = [texts(row, "td") for row in page.css("table tbody tr")]
    assert rows == (
        [
            [
                "Weeks 1 and 2: wake",
                "Startled owl: 1 set of 3 reps. 3 days a week. Hold a reed."
                "Polite flamingo or waddling penguin: 2 sets of 12 bows. Choose one.",
                "2 to 3 of 10",
                "about 10 minutes",
            ],
            [
                "Weeks 3 and 4",
                "Polite flamingo: 2 sets of 8 to 12 bows, left side only. Hold each for 3 seconds. "
                "Rest 45 seconds between sets. 3 days a week."
                "If you like: Waddling penguin: 2 sets of 12 steps. With a light band.",
                "5 of 10",
                "about 10 to 15 minutes",
            ],
        ]
        if has_table
        else []
    )
    labels = [cell.attributes["data-label"] for cell in page.css("table tbody tr:first-child td")]
    assert labels == (["When", "Moves, in this order", "Effort", "One session"] if has_table else [])


def test_for_other_programs(pages: Pages) -> None:
    assert pages.printable
    every = exercises_json.every(
        {},
        pages.printable,
        programmes=pages.programmes.values(),
        groups=[],
        gone=[],
        notes={},
        site="",
        language="en",
        address=str,
    )
    (programme,) = json.loads(every)["programmes"]
    assert {key: programme[key] for key in ("id", "url", "for_whom", "conditions")} == {
        "id": SLUG,
        "url": PATH,
        "for_whom": "Birds that have never flown.",
        "conditions": ["creaky-tail"],
    }
    first, second = programme["phases"]
    assert (first["name"], first["weeks"], first["minutes"], first["effort"]) == ("Wake", [1, 2], [10, 10], [2, 3])
    assert [(item["codes"], item["optional"]) for item in (*first["items"], *second["items"])] == [
        (["OWL"], False),
        (["FLA", "PEN"], False),
        (["FLA"], False),
        (["PEN"], True),
    ]
    assert second["items"][0] == {
        **{"codes": ["FLA"], "optional": False, "sets": 2, "reps": [8, 12], "hold_seconds": 3, "rest_seconds": 45},
        **{"days_per_week": 3, "side": "L", "notes": []},
    }
    assert first["code"].startswith("1-001-OWL1X3D3N01-FLA2X12-")


GROUPS = """\
groups:
  - {id: water, title: Water, exercises: [GROUP]}
  - {id: ice, title: Ice, exercises: [REST]}
"""


@pytest.mark.parametrize(
    ("rest", "phases"),
    [
        (
            "waddling-penguin",
            [
                [
                    "Startled owl: 1 set of 3 reps. 3 days a week. Hold a reed.",
                    "Polite flamingo (bow on one leg): 2 sets of 12 bows on each side.",
                ],
                [
                    "Polite flamingo (bow on one leg): 2 sets of 8 to 12 bows, left side only. "
                    "Hold each for 3 seconds. Rest 45 seconds between sets."
                ],
            ],
        ),
        ("polite-flamingo, waddling-penguin", [["Startled owl: 1 set of 3 reps. Hold a reed."]]),
    ],
)
def test_what_a_clinic_leaves_out_is_in_no_programme(rest: str, phases: list[list[str]], tmp_path: Path) -> None:
    """Of a choice the others stay; a choice, and a phase, of which nothing is left is not there."""
    slugs = ["polite-flamingo", "startled-owl", "waddling-penguin"]
    group = ", ".join(slug for slug in slugs if slug not in rest)
    library = birds.FILES["docs/exercises/index.md"]
    head, rows = library.split("order: [polite-flamingo, startled-owl, waddling-penguin]\n")
    rows = rows[rows.index("updated:") :].replace("[flamingo](polite-flamingo.md)", "flamingo")
    text = head + GROUPS.replace("GROUP", group).replace("REST", rest) + rows
    clinic = 'emergency_number: "000"\nleave_out: [ice]\n'
    pages = pages_of(tmp_path / "pond", **{"docs/exercises/index.md": text, "docs/_data/clinic.yml": clinic})
    page = html_of(pages, PATH)
    assert [texts(section, "li") for section in page.css("section.phase")] == phases
    assert [problem for problem in pages.report.problems if "programmes/" in problem.path] == []


def test_a_programme_waits_for_its_exercises(tmp_path: Path) -> None:
    """While an exercise can't be shown, the page is its text, and the server lives."""
    owl = birds.edited(birds.OWL, ("position: perching", "position: sleeping"))
    pages = pages_of(tmp_path / "pond", **{"docs/exercises/startled-owl.md": owl})
    assert SLUG not in pages.programmes
    assert pages.render(PATH, "<p>Body.</p>", addresses({}, "x/")) == "<p>Body.</p>"
