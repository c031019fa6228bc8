"""The gate: everything that is wrong with the site's content, found in one run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from ..content import catalogue as catalogues
from ..content.catalogue import Catalogue
from ..content.data_files import Clinic
from ..content.docs_files import DATA
from ..content.switchboard import FILE
from ..pictures.originals import Picture
from ..problems import Problem
from ..progress import Counting, Silence
from ..rules import Rule
from . import (
    bodies,
    character_rules,
    clinic_rules,
    code_rules,
    cross_rules,
    emergency_rules,
    file_rules,
    letter_rules,
    link_rules,
    map_rules,
    picture_rules,
    programme_rules,
    red_flag_rules,
    search_rules,
    single_rules,
    source_rules,
    switchboard_rules,
    text_rules,
    waivers,
    words,
)
from .waivers import Waived

OF_MARKDOWN = frozenset({Rule.MARKDOWN_MISPLACED, Rule.MARKDOWN_UNKNOWN, Rule.HEADING_LEVEL})
"""What is judged by what a text comes to."""

OF_OTHER_PAGES = frozenset(
    {Rule.LINK_BROKEN, Rule.LINK_ONE_WAY, Rule.HELPS_UNKNOWN, Rule.PAGE_UNLISTED, Rule.CODE_LOST, Rule.CODE_CLASH}
)
"""What is judged by which pages there are."""


@dataclass(frozen=True)
class Report:
    """What the gate found. `pictures` are those that can be shown, by their path inside images/."""

    catalogue: Catalogue
    problems: list[Problem]
    waived: list[Waived]
    pictures: Mapping[str, Picture]

    @property
    def clinic(self) -> Clinic:
        """The clinic's settings; while they can't be read those of no clinic."""
        return self.catalogue.clinic.value or Clinic()


def check(root: Path, settings: str = FILE, progress: Counting = Silence) -> Report:
    """Read and check the site below `root`, whose settings are in the file `settings` there, which is mkdocs.yml.

    Problems come in the order of files and lines. `progress` is told how far long work has come.
    """
    catalogue = catalogues.load(root, settings)
    pictures, picture_problems = picture_rules.check(catalogue, progress)
    texts = bodies.Bodies(catalogue)
    judgments = single_rules.judge(catalogue, texts, progress)
    places = {path: at for path, entry in catalogue.pages.items() if (at := judgments[entry.path].places)}
    problems = [*catalogue.problems, *picture_problems, *texts.problems]
    of_data = (switchboard_rules, clinic_rules, source_rules, cross_rules, code_rules, red_flag_rules, emergency_rules)
    for rules in (*of_data, programme_rules, words, text_rules, letter_rules):
        problems += rules.check(catalogue)
    problems += map_rules.check(catalogue, texts, pictures)
    problems += file_rules.check(catalogue, link_rules.files(places))
    problems += link_rules.check(catalogue, places)
    problems += search_rules.check(catalogue, places)
    problems += chain.from_iterable(judgment.problems for judgment in judgments.values())
    characters = [*character_rules.check(catalogue)]
    characters += chain.from_iterable(judgment.characters for judgment in judgments.values())
    problems += [*character_rules.not_told(characters, problems)]
    if not catalogue.switchboard.is_readable:  # with which extensions texts are converted, nobody knows
        problems = [problem for problem in problems if problem.rule not in OF_MARKDOWN]
    problems = [*_not_following(problems, catalogue.files.closed)]
    waived = [*waivers.excuses(catalogue, {*problems})]
    silenced = {problem for waiver in waived for problem in waiver.silenced}
    problems += waivers.check(catalogue)
    return Report(catalogue, sorted({*problems} - silenced), waived, pictures)


def _not_following(problems: Iterable[Problem], closed: Sequence[str]) -> Iterator[Problem]:
    """Those that do not only follow from it that nobody knows what is in the `closed` folders."""
    hides_pages = any(not f"{folder}/".startswith((f"docs/{DATA}", f"docs/{file_rules.ASSETS}")) for folder in closed)
    for problem in problems:
        if not (
            any(problem.path.startswith(f"{folder}/") for folder in closed)
            or (hides_pages and problem.rule in OF_OTHER_PAGES)
        ):
            yield problem
