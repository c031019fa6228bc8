"""What the parts of one exercise have to agree on: all its rules, by subject."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from ..content.fields import MissingError
from ..content.model import Exercise, Page
from ..content.validation import Draft
from ..rules import Rule
from . import (
    dose_rules,
    equipment_rules,
    image_rules,
    muscle_rules,
    position_rules,
    side_rules,
    step_rules,
    title_rules,
)
from .findings import Check, Finding
from .lexicon import Language

SUMMARY_WORDS = 25


def check(exercise: Draft[Exercise], language: Language) -> Iterator[Finding]:
    """Hold one exercise against every rule. A rule that needs what is missing in a draft goes no further."""
    for rule in CHECKS:
        with suppress(MissingError):
            yield from rule(exercise.partial, language)


def evidence_is_given(exercise: Exercise, _: Language) -> Iterator[Finding]:
    """An exercise is based on at least one source."""
    if not exercise.evidence:
        yield Finding(
            ("evidence",),
            Rule.KEY_MISSING,
            "'evidence' is missing or empty.",
            "List the sources that the page is based on.",
        )


def summary_is_short(page: Page) -> Iterator[Finding]:
    """The summary is one sentence of at most 25 words: cards, search and sheets all print it."""
    if len(page.summary.split()) > SUMMARY_WORDS:
        message = f"'summary' has {len(page.summary.split())} words; the limit is {SUMMARY_WORDS}."
        yield Finding(("summary",), Rule.VALUE_INVALID, message)


CHECKS: tuple[Check, ...] = (
    step_rules.steps_are_complete,
    side_rules.sides_are_switched,
    muscle_rules.muscles_are_known,
    muscle_rules.movements_are_known,
    muscle_rules.movements_belong_to_the_kind,
    muscle_rules.movements_train_the_muscles,
    muscle_rules.stretches_lengthen_the_targets,
    position_rules.position_is_known,
    equipment_rules.equipment_is_known,
    dose_rules.dose_counts_or_times,
    dose_rules.dose_is_within_bounds,
    image_rules.images_show_how_it_is_done,
    image_rules.alt_texts_tell_what_is_seen,
    evidence_is_given,
    step_rules.steps_fit_their_roles,
    side_rules.sides_agree_with_the_words,
    position_rules.position_agrees_with_the_steps,
    equipment_rules.things_that_are_named_are_listed,
    equipment_rules.things_that_are_listed_are_named,
    dose_rules.dose_agrees_with_the_steps,
    title_rules.movements_of_names_are_listed,
    title_rules.muscles_of_names_are_listed,
    title_rules.positions_of_names_are_kept,
    image_rules.alt_texts_agree_on_the_person,
    image_rules.alt_texts_agree_with_the_page,
)
