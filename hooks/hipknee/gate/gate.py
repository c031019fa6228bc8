"""The gate: everything that is wrong with the site's content, found in one run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..content import catalogue as catalogues
from ..content.catalogue import Catalogue
from ..pictures.originals import Picture
from ..problems import Problem
from . import cross_rules, exercise_rules, picture_rules, raw_html, waivers, words
from .waivers import Waived


@dataclass(frozen=True)
class Report:
    """What the gate found. `pictures` are those that can be shown, by their path inside images/."""

    catalogue: Catalogue
    problems: list[Problem]
    waived: list[Waived]
    pictures: Mapping[str, Picture]


def check(root: Path) -> Report:
    """Read and check the site below `root`. Problems come in the order of files and lines."""
    catalogue = catalogues.load(root)
    pictures, picture_problems = picture_rules.check(catalogue)
    problems = [*catalogue.problems, *picture_problems]
    for rules in (cross_rules, raw_html, words):
        problems += rules.check(catalogue)
    for entry in catalogue.exercises.values():
        findings = exercise_rules.check(entry.draft, catalogue.vocabulary.draft)
        problems += [finding.at(entry) for finding in findings]
    waived = [*waivers.excuses(catalogue, {*problems})]
    silenced = {problem for waiver in waived for problem in waiver.silenced}
    problems += waivers.check(catalogue)
    return Report(catalogue, sorted({*problems} - silenced), waived, pictures)
