"""What is said of medicines: nothing that no clinician has reviewed."""

from __future__ import annotations

import datetime
from pathlib import Path

import birds
import flocks
import pytest
from hipknee.gate import gate, waivers
from selectolax.lexbor import LexborHTMLParser
from test_site import settings

PAGE, SITE = "docs/creaky-tail.md", "docs/_data/site.yml"
OWN = "medicines: {lines: [Oil may help.], sources: [%s]}\n"
REVIEWS = {
    "awaiting": ("{status: awaiting}", ["Ask an owl."]),
    "reviewed": ("{status: reviewed, by: An owl, on: 2026-01-02, next: 2027-01-02}", ["Oil may help."]),
    "never asked": (None, []),
}


def pond(at: Path, review: str | None, source: str = "puffin-1887") -> Path:
    """The pond, with a line on oil, whose review is this one."""
    root = birds.write(at)
    page, site = root / PAGE, root / SITE
    page.write_text(page.read_text("utf-8").replace("self_care:", OWN % source + "self_care:", 1), "utf-8")
    if review:
        said = f"medicines: {{ask: Ask an owl., review: {review}}}\n"
        site.write_text(said + site.read_text("utf-8"), "utf-8")
    return root


@pytest.mark.parametrize("name", REVIEWS)
def test_what_is_printed(name: str, tmp_path: Path) -> None:
    review, printed = REVIEWS[name]
    root = pond(tmp_path / "pond", review)
    assert [str(problem) for problem in gate.check(root).problems] == []
    html = LexborHTMLParser(flocks.opened(settings(root)).content("creaky-tail.md", "creaky-tail/", "", "").html)
    items = [" ".join(node.text().split()) for node in html.css("li")]
    assert [text for text in ("Ask an owl.", "Oil may help.") if text in items] == printed
    assert bool(html.css("#source-puffin-1887")) is (name == "reviewed")


def test_a_source_that_is_not_there(tmp_path: Path) -> None:
    (problem,) = gate.check(pond(tmp_path / "pond", None, "gul-1902")).problems
    assert (problem.rule, problem.path) == ("evidence-unknown", PAGE)
    line = (tmp_path / "pond" / PAGE).read_text("utf-8").split("\n")[problem.line - 1]
    assert line.startswith("medicines:")


def test_a_review_that_has_run_out_is_listed(tmp_path: Path) -> None:
    catalogue = gate.check(pond(tmp_path / "pond", REVIEWS["reviewed"][0])).catalogue
    due = datetime.date(2027, 1, 2)
    assert SITE in [one.path for one in waivers.overdue(catalogue, due)]
    assert SITE not in [one.path for one in waivers.overdue(catalogue, due - datetime.timedelta(days=1))]
