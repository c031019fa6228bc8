"""One verdict over every case that there is, by the core alone.

What the check tells stands in the banners, and is what a build refuses; what it passes over in silence is built,
printed and sealed without another word.
"""

from __future__ import annotations

from pathlib import Path

import birds
import cases
import pytest
from birds import changed
from cases import Case
from hipknee.content.kinds import PROBLEMS
from hipknee.gate import gate
from hipknee.problems import Problem
from hipknee.site import Site
from selectolax.lexbor import LexborHTMLParser
from test_site import built, settings

FINE = [case for case in cases.GATE if not case.row.expect]


@pytest.fixture(scope="module")
def pond(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return birds.write(tmp_path_factory.mktemp("verdicts") / "pond")


def shown(html: str) -> list[str]:
    """What a banner, or the page of all problems, tells: rule and message of each."""
    rows = LexborHTMLParser(html).css(".problems li, .problem-list li")
    return sorted(" ".join(row.text().split()) for row in rows)


def test_there_are_enough_cases() -> None:
    assert len(cases.GATE) > 300
    assert len(FINE) > 25


@pytest.mark.parametrize("case", cases.GATE, ids=lambda case: case.name)
def test_check_banners_and_build_agree(case: Case, pond: Path) -> None:
    with changed(pond, case.files, case.row.links):
        problems = gate.check(pond).problems
        served = Site.opened(settings(pond, publishing=False))
        published = Site.opened(settings(pond))
    assert published.report.problems == problems  # a build stops with these, and only with these
    everywhere = shown(served.banners.all_problems(str))
    assert len(everywhere) == len(problems)
    for problem in problems:
        for page in _pages(problem, served):
            banner = shown(served.banners.of(page, str, problems=True))
            assert [row for row in banner if " ".join(problem.message.split()) in row], f"{page} lacks {problem}"


def _pages(problem: Problem, site: Site) -> list[str]:
    """Where an editor must see a problem: on its own page, or on every page when it has none."""
    pages = site.report.catalogue.pages
    own = problem.path.removeprefix("docs/")
    return [own] if own in pages else [*pages][:2]


@pytest.mark.parametrize("case", FINE, ids=lambda case: case.name)
def test_what_is_fine_is_built(case: Case, pond: Path, tmp_path: Path) -> None:
    with changed(pond, case.files, case.row.links):
        site = built(pond, tmp_path)
        assert site.finish(tmp_path, tmp_path) == []
    assert PROBLEMS not in site.rendered
