"""How many contradictions the rules of consistency find, and how often they are wrong, on labelled exercises.

The cases are in tests/consistency/. `open.yml` and `aside.yml` are older than the rules; whoever wrote these saw only
the first. `strangers.yml` came later, from people who had not seen the rules. The unit is one rule on one exercise: so
many labels, findings, and findings that nobody labelled.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from hipknee.content import catalogue
from hipknee.content.catalogue import Catalogue
from hipknee.content.front_matter import Document
from hipknee.content.model import Exercise
from hipknee.content.validation import validate
from hipknee.gate import exercise_rules
from hipknee.gate.lexicon import Language
from hipknee.rules import Rule

PARTS = ("open", "strangers", "aside")
CLASSES = (
    Rule.MUSCLE_MOVEMENT,
    Rule.SIDE_SWITCH,
    Rule.EQUIPMENT_STEPS,
    Rule.POSITION_STEPS,
    Rule.NAME_FACTS,
    Rule.STEP_ROLE,
    Rule.DOSE_STEPS,
    Rule.ALT_FACTS,
)
"""The rules that hold the parts of one exercise against each other."""
_NEUTRAL: Mapping[str, Any] = {
    "summary": "What it is.",
    "helps": {"knee-pain": "It may help."},
    "feel": "Where it works.",
    "mistakes": [{"wrong": "Going fast.", "right": "Go slowly."}],
    "cautions": [],
    "evidence": ["x"],
    "updated": "2026-01-02",
    "review": {"status": "awaiting"},
}
"""What every page has, and no rule of consistency reads."""
_ALTS = {"start": "It begins.", "finish": "It ends.", "hold": "It lasts."}


@dataclass(frozen=True)
class Labelled:
    """An exercise, and the rules that it breaks as a reader sees it, each with what is wrong."""

    name: str
    page: Mapping[str, Any]
    wrong: Mapping[str, str]

    def findings(self, language: Language) -> dict[str, str]:
        """What the rules find: a message for each rule."""
        reading = validate(Exercise, Document(self.name, dict(self.page)))
        problems = {str(problem.rule): problem.message for problem in reading.problems}
        alarms = {
            str(score.rule): f"{score.place}: {score.message}"
            for score in exercise_rules.check(reading.draft, language)
        }
        return problems | alarms


@dataclass(frozen=True)
class Score:
    """The counts of one rule, or of all."""

    labels: int
    caught: int
    false: int

    @property
    def recall(self) -> float:
        return self.caught / self.labels if self.labels else 1.0

    @property
    def precision(self) -> float:
        return self.caught / (self.caught + self.false) if self.caught + self.false else 1.0


def cases(folder: Path, part: str) -> list[Labelled]:
    """The labelled exercises of one part."""
    return [*map(_labelled, yaml.safe_load((folder / f"{part}.yml").read_text("utf-8")))]


def language(project: Catalogue) -> Language:
    """What the rules know of the words of a project."""
    return Language(project.vocabulary.draft.partial, project.say.singular)


def scores(labelled: Iterable[Labelled], words: Language) -> dict[str, Score]:
    """The counts by rule, those of all under ""; rules that nobody labels have only findings that are wrong."""
    labels, caught, false = Counter[str](), Counter[str](), Counter[str]()
    for case in labelled:
        alarms = case.findings(words)
        labels.update(case.wrong.keys())
        caught.update(alarms.keys() & case.wrong.keys())
        false.update(alarms.keys() - case.wrong.keys())
    rules = [*map(str, CLASSES), *sorted(false.keys() - {*CLASSES})]
    table = {rule: Score(labels[rule], caught[rule], false[rule]) for rule in rules}
    return table | {"": Score(labels.total(), caught.total(), false.total())}


def misjudged(labelled: Iterable[Labelled], words: Language) -> Iterator[str]:
    """Each label that nothing is found for, and each finding that has no label."""
    for case in labelled:
        alarms = case.findings(words)
        yield from (f"{case.name}: missed {rule}: {case.wrong[rule]}" for rule in case.wrong if rule not in alarms)
        yield from (f"{case.name}: false {rule}: {alarms[rule]}" for rule in alarms if rule not in case.wrong)


def measure(root: Path, out: Path) -> None:
    """Print the table of both parts, and how long the rules take, and write it to `out` as JSON."""
    folder = root / "tests" / "consistency"
    words = language(catalogue.load(root))
    parts = {part: cases(folder, part) for part in PARTS}
    by_part = {part: scores(labelled, words) for part, labelled in parts.items()}
    print(f"{'':18}" + "".join(f"{part:^27}" for part in PARTS))
    print(f"{'rule':18}" + f"{'labels':>9}{'found':>9}{'wrong':>9}" * len(PARTS))
    for rule in [*dict.fromkeys(rule for score in by_part.values() for rule in score if rule), ""]:
        rows = [score.get(rule, Score(0, 0, 0)) for score in by_part.values()]
        print(f"{rule or 'all':18}" + "".join(f"{row.labels:9}{row.caught:9}{row.false:9}" for row in rows))
    for name in ("recall", "precision"):
        print(f"{name:18}" + "".join(f"{getattr(score[''], name):>27.1%}" for score in by_part.values()))
    seconds = _seconds([case for labelled in parts.values() for case in labelled], words)
    print(f"The rules take {1000 * seconds:.2f} ms an exercise.")
    result = {part: {rule or "all": vars(score) for rule, score in score.items()} for part, score in by_part.items()}
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps({"scores": result, "seconds": seconds}, indent=2) + "\n", "utf-8")
    print(f"Written: {out}")


def _seconds(labelled: list[Labelled], words: Language) -> float:
    """Of one exercise held against all rules: the median of five rounds."""
    drafts = [validate(Exercise, Document(case.name, dict(case.page))).draft for case in labelled]
    rounds = []
    for _ in range(5):
        begin = time.process_time()
        for draft in drafts:
            [*exercise_rules.check(draft, words)]
        rounds.append((time.process_time() - begin) / len(drafts))
    return sorted(rounds)[2]


def _labelled(row: dict[str, Any]) -> Labelled:
    name, wrong, alts = row.pop("name"), row.pop("wrong"), row.pop("alts", None) or {}
    if [*alts] == ["hold"] and row.get("kind", "strength") not in ("stretch", "balance"):
        alts = {"start": _ALTS["start"], "finish": alts["hold"]}  # only these two may have one picture
    roles = [*alts] or ["start", "finish"]
    images = {role: {"file": f"x/{role}.png", "alt": alts.get(role, _ALTS[role])} for role in roles}
    return Labelled(name, {**_NEUTRAL, "images": images, **row}, wrong or {})
