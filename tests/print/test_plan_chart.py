"""The chart of a ready-made programme: four weeks a sheet, no move tied to a week, and all that is to be said there."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import birds
import pdf_ua
import pytest
from hipknee.content.data_files import Clinic, Site
from hipknee.gate import gate
from hipknee.pages.pages import Pages
from hipknee.pages.programmes import PresentedProgramme
from hipknee.print.edition import Edition
from hipknee.print.handouts import PLAN_CHART, plan_chart
from hipknee.print.press import Press
from hipknee.print.typesetting import Typesetter
from projects import words
from pypdfium2 import PdfDocument

PAPERS = {"a4": (842, 595), "us-letter": (792, 612)}
ON_PAPER = """\
go_on: {before: "Go on when:", rule: [The frogs clap.], after: Then fly.}
effort: ["5 is hard: the frogs stop singing."]
on_paper:
  ask_first: a wet beak.
  emergency: you fall out of the sky.
  same_day: a bent feather.
"""


def programme(weeks: list[int], days: int = 3) -> str:
    """A ready-made programme that prints the tick chart, with a phase for each number of weeks."""
    phases, begin = [], 1
    for number, length in enumerate(weeks):
        items = [{"code": "OWL", "sets": 1, "reps": 3, "days": days}]
        items += [{"any_of": ["FLA", "PEN"], "sets": 2, "reps": 12, "days": days, "optional": number == 1}][:number]
        effort = [2, 3] if number < 2 else [5, 6]
        phases.append({"weeks": [begin, begin + length - 1], "minutes": 10, "effort": effort, "items": items})
        begin += length
    head = {"title": "First flights", "summary": "Up.", "for": "Birds.", "prints": ["tick-chart"], "phases": phases}
    dated = {"updated": "2026-01-02", "review": {"status": "awaiting"}}
    return f"---\n{json.dumps(head | dated)[1:-1]}\n---\n".replace("---\n", "---\n{", 1).replace(
        "\n---\n", "}\n---\n", 1
    )


def pages_of(root: Path, text: str, site: str = ON_PAPER) -> Pages:
    birds.write(root)
    said = "".join(f"{name}: {json.dumps(word)}\n" for name, word in words().items())
    files = {birds.PROGRAMME: text, "docs/_data/words.en.yml": said}
    files["docs/exercises/waddling-penguin.md"] = birds.edited(birds.PENGUIN, ("days_per_week: 2", "days_per_week: 3"))
    files["docs/exercises/startled-owl.md"] = birds.edited(birds.OWL, ("summary:", "plain: Sit up fast\nsummary:"))
    files["docs/_data/site.yml"] = birds.FILES["docs/_data/site.yml"] + site
    for path, content in files.items():
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_text(content, "utf-8")
    made = Pages(gate.check(root), {})
    assert [str(problem) for problem in made.report.problems] == []
    return made


def edition(pages: Pages, paper: str = "a4", **changes: Any) -> Edition:
    assert pages.printable
    site: Site = pages.printable.site
    clinic = changes.pop("clinic", Clinic())
    return Edition(
        pages.printable.words, site, clinic, "en", "1a2b3c4d", paper, home="https://pond.example/", **changes
    )


def chart_of(pages: Pages) -> PresentedProgramme:
    assert pages.charted
    return pages.charted


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    return pages_of(tmp_path_factory.mktemp("chart") / "pond", programme([2, 2, 4]))


def data(pages: Pages, **changes: Any) -> dict[str, Any]:
    return plan_chart(chart_of(pages), edition(pages, **changes), updated=datetime.date(2026, 3, 1))


def printed(pages: Pages, tmp_path: Path, **changes: Any) -> PdfDocument:
    return PdfDocument(Typesetter(tmp_path).pdf(PLAN_CHART, data(pages, **changes)))


def texts(document: PdfDocument) -> list[str]:
    return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


@pytest.mark.parametrize(
    ("weeks", "sheets"),
    [
        ([2, 2, 4], [("Weeks 1 to 4", 4), ("Weeks 5 to 8", 4)]),
        ([2, 2], [("Weeks 1 to 4", 4)]),
        ([4, 2], [("Weeks 1 to 4", 4), ("Weeks 5 and 6", 2)]),
        ([1], [("Week 1", 1)]),
    ],
)
def test_four_weeks_a_sheet(weeks: list[int], sheets: list[tuple[str, int]], tmp_path: Path) -> None:
    made = data(pages_of(tmp_path / "pond", programme(weeks)))
    assert [(sheet["title"], len(sheet["weeks"])) for sheet in made["sheets"]] == sheets


@pytest.mark.parametrize(("days", "shaded"), [(3, [0, 2, 4]), (2, [0, 3]), (5, [])])
def test_the_usual_days_are_shaded(days: int, shaded: list[int], tmp_path: Path) -> None:
    """The owl's page has 2 to 5 days. With more than three there is no day between."""
    text = programme([2]).replace('"days": 3', f'"days": {days}')
    assert data(pages_of(tmp_path / "pond", text))["shaded"] == shaded


def test_moves_are_added_by_the_reader(pages: Pages) -> None:
    """Every sheet has all of them: when one is added, the rule says, and not the week."""
    assert data(pages)["rows"] == [
        {"title": "Startled owl", "plain": "Sit up fast", "soonest": "Week 1"},
        {"title": "Polite flamingo or waddling penguin", "plain": None, "soonest": "Week 3, if you like"},
    ]


def test_how_much_of_each_move(pages: Pages) -> None:
    """What holds when a sheet begins, and what changes on it; of what comes later, with what it begins."""
    assert [sheet["doses"] for sheet in data(pages)["sheets"]] == [
        [["Week 1: 1 × 3"], ["Week 3, if you like: 2 × 12"]],
        [["Week 1: 1 × 3"], ["Week 3, if you like: 2 × 12"]],
    ]


def test_how_much_when_it_becomes_more(tmp_path: Path) -> None:
    text = programme([2, 2, 4])
    first, *others = text.split('"sets": 1, "reps": 3')
    text = '"sets": 1, "reps": 3'.join([first, *others[:1]]) + "".join(f'"sets": 2, "reps": 3{it}' for it in others[1:])
    sheets = data(pages_of(tmp_path / "pond", text))["sheets"]
    assert [sheet["doses"][0] for sheet in sheets] == [["Week 1: 1 × 3", "Week 3: 2 × 3"], ["Week 3: 2 × 3"]]


def test_how_hard_it_should_feel(pages: Pages) -> None:
    assert data(pages)["effort"] == [
        "Weeks 1 to 4: 2 to 3.",
        "Weeks 5 to 8: 5 to 6.",
        "5 is hard: the frogs stop singing.",
    ]


@pytest.mark.parametrize("grey", [False, True])
@pytest.mark.parametrize("paper", PAPERS)
def test_two_sheets_for_eight_weeks(paper: str, grey: bool, pages: Pages, tmp_path: Path) -> None:
    document = printed(pages, tmp_path, paper=paper, grey=grey)
    assert [tuple(map(round, page.get_size())) for page in document] == [PAPERS[paper]] * 2
    for number, text in enumerate(texts(document)):
        assert [f"Week {week}" in text for week in range(4 * number + 1, 4 * number + 5)] == [True] * 4
        for part in (
            "Startled owl Sit up fast Week 1: 1 × 3",
            "When to go on Go on when: The frogs clap. Then fly.",
            "At the soonest",
            "Polite flamingo or waddling penguin",
            "Weeks are the soonest, not dates to keep. Go on only by the rule.",
            "Ask first: a wet beak.",
            "Call 911: you fall out of the sky.",
            "Care today: a bent feather.",
            "More signs: pond.example",
            "Stop if • It hurts.",
            "Pain rule 0 to 3: go on.",
            "the frogs stop singing.",
            f"Page {number + 1} of 2",
        ):
            assert part in text, part


def test_without_warnings_it_is_printed_too(tmp_path: Path) -> None:
    made = texts(printed(pages_of(tmp_path / "pond", programme([1]), site=""), tmp_path))
    assert len(made) == 1
    assert "Ask first" not in made[0]


def test_it_conforms_to_pdf_ua(pages: Pages, tmp_path: Path) -> None:
    clinic = Clinic.model_validate({"name": "Heron", "phones": [{"label": "Reeds", "number": "904-555-0100"}]})
    for name, sheet in {"plain": data(pages), "grey": data(pages, grey=True, clinic=clinic)}.items():
        (tmp_path / f"{name}.pdf").write_bytes(Typesetter(tmp_path).pdf(PLAN_CHART, sheet))
    assert pdf_ua.required(sorted(tmp_path.glob("*.pdf"))) == []


def press(pages: Pages) -> Press:
    return Press(pages, {}, "/.cache/pictures", "Pond", "en", "https://pond.example/")


def test_it_takes_the_place_of_the_chart_of_all_exercises(pages: Pages, tmp_path: Path) -> None:
    assert {(sheet.name, sheet.template, sheet.path) for sheet in press(pages).tick_charts()} == {
        (f"tick-chart-{paper}.pdf", PLAN_CHART, birds.PROGRAMME) for paper in ("letter", "a4")
    }
    others = pages_of(tmp_path / "pond", programme([2]).replace('"prints": ["tick-chart"], ', ""))
    assert {sheet.template for sheet in press(others).tick_charts()} == {"tick-chart"}


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (birds.PROGRAMME, "First flights", "Last flights"),
        ("docs/exercises/startled-owl.md", "title: Startled owl", "title: Scared owl"),
        ("docs/_data/site.yml", "a wet beak", "a dry beak"),
        ("docs/_data/notes.en.yml", "Hold a reed.", "Hold two reeds."),
    ],
)
def test_what_it_is_made_of(path: str, old: str, new: str, pages: Pages, tmp_path: Path) -> None:
    others = pages_of(tmp_path / "pond", programme([2, 2, 4]))
    before = {sheet.name: sheet.key for sheet in press(others).tick_charts()}
    file = tmp_path / "pond" / path
    file.write_text(birds.edited(file.read_text("utf-8"), (old, new)), "utf-8")
    after = {sheet.name: sheet.key for sheet in press(Pages(gate.check(tmp_path / "pond"), {})).tick_charts()}
    assert before.keys() == after.keys()
    assert all(before[name] != after[name] for name in before)
