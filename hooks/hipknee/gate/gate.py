"""The gate: everything that is wrong with the site's content, found in one run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..content import catalogue as catalogues
from ..content.catalogue import Catalogue
from ..content.data_files import Clinic
from ..content.switchboard import FILE
from ..pictures.originals import Picture
from ..problems import Problem
from ..rules import Rule
from . import (
    anchors,
    bodies,
    character_rules,
    clinic_rules,
    count_rules,
    cross_rules,
    emergency_rules,
    exercise_rules,
    file_rules,
    letter_rules,
    link_rules,
    markdown_rules,
    picture_rules,
    raw_html,
    switchboard_rules,
    text_rules,
    waivers,
    words,
)
from .findings import Finding
from .lexicon import Language
from .waivers import Waived

OF_MARKDOWN = frozenset({Rule.MARKDOWN_MISPLACED, Rule.MARKDOWN_UNKNOWN, Rule.HEADING_LEVEL})
"""What is judged by what a text comes to."""


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


def check(root: Path, settings: str = FILE) -> Report:
    """Read and check the site below `root`, whose settings are in the file `settings` there, which is mkdocs.yml.

    Problems come in the order of files and lines.
    """
    catalogue = catalogues.load(root, settings)
    pictures, picture_problems = picture_rules.check(catalogue)
    texts, text_problems = bodies.convert(catalogue)
    problems = [*catalogue.problems, *picture_problems, *text_problems]
    for rules in (switchboard_rules, clinic_rules, cross_rules, count_rules, emergency_rules, words, text_rules):
        problems += rules.check(catalogue)
    for body_rules in (file_rules, raw_html, anchors, link_rules, letter_rules, markdown_rules):
        problems += body_rules.check(catalogue, texts)
    problems += _of_exercises(catalogue)
    problems += [*character_rules.check(catalogue, problems)]
    if not catalogue.switchboard.is_readable:  # with which extensions texts are converted, nobody knows
        problems = [problem for problem in problems if problem.rule not in OF_MARKDOWN]
    waived = [*waivers.excuses(catalogue, {*problems})]
    silenced = {problem for waiver in waived for problem in waiver.silenced}
    problems += waivers.check(catalogue)
    return Report(catalogue, sorted({*problems} - silenced), waived, pictures)


_judged: dict[tuple[str, ...], tuple[Finding, ...]] = {}
"""What was found in each exercise of the last check, by the contents of its page and of the words that were asked."""


def _of_exercises(catalogue: Catalogue) -> list[Problem]:
    """What is wrong with each exercise. A page that is as it was is not read again: an editor changes one of many."""
    vocabulary, words = catalogue.vocabulary, catalogue.words
    language = Language(vocabulary.draft.partial, catalogue.say.singular)
    judged: dict[tuple[str, ...], tuple[Finding, ...]] = {}
    problems: list[Problem] = []
    for entry in catalogue.exercises.values():
        key = (entry.document.digest, vocabulary.document.digest, words.document.digest)
        findings = _judged.get(key) if all(key) else None
        judged[key] = tuple(exercise_rules.check(entry.draft, language)) if findings is None else findings
        problems += [finding.at(entry) for finding in judged[key]]
    _judged.clear()
    _judged.update(judged)
    return problems
