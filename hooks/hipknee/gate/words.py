"""What is asked of the words in docs/_data/words.<language>.yml: what is printed, and what the language asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from ..content.catalogue import Catalogue
from ..content.data_files import Posture
from ..content.model import Aim, Level, Role, Side
from ..keeping import FOLDER, Kept, engine, key
from ..places import FRAME, HOOKS, PAGE_TEMPLATES, PRINT_TEMPLATES
from ..problems import Problem, did_you_mean
from ..rules import Rule
from ..wording import BRACES, Word
from . import house_rules

SAID_IN_CODE: dict[str, tuple[str, ...]] = {
    **dict.fromkeys("sets time hold rest tempo days times no_equipment source problems_title chart_title".split(), ()),
    **dict.fromkeys("start finish chart_days kind equipment fix review_awaiting clinic".split(), ()),
    **dict.fromkeys("target_muscles helper_muscles stretched_muscles also_stretched".split(), ()),
    **dict.fromkeys("each_side each_way failed_title problems_waiting key_points pain_rule".split(), ()),
    **{f"role_{role}": () for role in Role},
    **{f"side_{side.replace('-', '_')}": () for side in Side},
    **{f"level_{level}": () for level in Level},
    **{f"kind_{aim}": () for aim in Aim},
    **dict.fromkeys(("second", "seconds", "minute", "minutes"), ("count",)),
    **dict.fromkeys(("programme_set", "programme_sets", "programme_day", "programme_days"), ("count",)),
    **dict.fromkeys(("programme_time", "programme_times"), ("count",)),
    **dict.fromkeys(("programme_hold", "programme_rest", "follow_hold", "follow_rest"), ("time",)),
    **dict.fromkeys("side_left_only side_right_only follow_left follow_right follow_side follow_done".split(), ()),
    **dict.fromkeys("band_none band_light band_medium band_heavy".split(), ()),
    "plan_weeks": ("weeks",),
    "chart_amount": ("sets", "amount"),
    "plan_two_weeks": ("first", "last"),
    "plan_part": ("weeks", "about"),
    "plan_minutes": ("minutes",),
    "plan_effort": ("effort",),
    "programme_heading": ("day",),
    "programme_work": ("sets", "amount"),
    "programme_work_each": ("sets", "amount", "each"),
    "programme_work_one": ("sets", "amount", "side"),
    "programme_reps": ("count", "reps"),
    "programme_often": ("days", "times"),
    "programme_sentence": ("text",),
    "programme_changed": ("day",),
    "follow_ready": ("title", "number", "count"),
    **dict.fromkeys("paper_ask paper_for paper_today paper_more mistake main_mistake".split(), ()),
    "paper_call": ("number",),
    "dose_means_rep": ("rep",),
    "dose_means_set": ("reps",),
    "purpose": ("pages", "summary"),
    **dict.fromkeys(("joined", "either"), ("others", "last")),
    "booklet_sheets": ("site",),
    "chart_times": ("title", "times"),
    "range": ("low", "high"),
    "caution": ("who", "do"),
    "labelled": ("label",),
    "picture_missing": ("alt",),
    "review_reviewed": ("by", "on", "next"),
    **{f"chip_{posture}": () for posture in Posture},
    "chip_no_band": (),
    "review_short_awaiting": (),
    "review_short_reviewed": ("by", "on"),
    "dated": ("day", "version"),
    **dict.fromkeys(("plan_or", "plan_optional", "plan_choose", "plan_also"), ()),
    "chart_week": ("number",),
    "chart_target": ("weeks", "effort"),
    "code_alt": ("address",),
    "list_title": ("title", "number"),
    "list_range": ("first", "last", "count"),
    "list_last": ("last", "count"),
    "volume": ("number", "title"),
    "volume_part": ("title", "number"),
    "volume_name": ("site", "number"),
    "volume_reference": ("number",),
    "volume_pages": (),
    "volume_places": (),
}
"""What the core says, and what it fills in; a test holds it against the code."""

_SAID_BY_NAME: dict[str, tuple[str, ...]] = dict.fromkeys(
    (
        "detail seen_front seen_behind seen_side seen_above seen_feet seen_head "
        "way_back easier harder paper_letter paper_a4 paper_half_letter paper_a5 "
        "source_checked_part_verified source_checked_unverified"
    ).split(),
    (),
)
"""What a template says by a name that it puts together."""

_DRAWN: dict[str, tuple[str, ...]] = dict.fromkeys(
    (
        "map_front map_side map_outer_side map_back week_moves week_between band_fine band_damaged "
        "pain_fine pain_less pain_stop pain_none pain_worst"
    ).split(),
    (),
)
"""What stands in drawn pictures, by the names that their tables give."""

_FILLED_IN: dict[str, tuple[str, ...]] = {
    "filter_count": ("shown", "all"),  # by a script
    "filter_found": ("found", "all", "shown"),
    **dict.fromkeys(("search_one", "search_many"), ("count",)),
    "builder_one": ("minutes",),
    "builder_many": ("count", "minutes"),
    "builder_found": ("shown", "found"),
    "builder_record": ("code", "version"),
    "builder_alt": ("address",),
    "builder_gone": ("reason",),
    "builder_instead": ("title",),
    "page_of": ("page", "count"),  # by Typst
    "page_reference": ("number",),
}

LANGUAGE: dict[str, tuple[str, ...]] = {
    "date": ("day", "month", "year"),
    "thousands": ("thousands", "rest"),
    **dict.fromkeys("months titles_in_sentences capital_words singular_counts plural_endings".split(), ()),
    **dict.fromkeys("plural_look_alikes possessive_endings word_endings common_words count_names".split(), ()),
}
"""What the language asks for."""

LISTS = {"months": 12, "chart_days": 7} | dict.fromkeys(
    "capital_words singular_counts plural_endings plural_look_alikes possessive_endings".split()
    + "word_endings common_words count_names".split()
)
"""The words that are lists, and how many items each must have; None for as many as there are."""
CHOICES = {"titles_in_sentences": ("small", "as-written")}
"""The words of which only some are known."""

_SAY_IN_PRINT = re.compile(r"\bwords\.(\w+)")


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """Every word that a template says must be there, with no other {names} than are filled in."""
    entry = catalogue.words
    words = entry.part(lambda words: words.root)
    if words is None:
        return
    if house_rules.problems(HOOKS.parent):
        return  # what a template that is missing asks for, nobody knows
    kept = Kept(catalogue.root / FOLDER / "templates", _engine())
    try:
        asked = placeholders(kept)
    except BrokenTemplateError as error:
        yield error.problem
        return
    kept.keep()
    for name in sorted(asked.keys() - words.keys()):
        yield Problem(entry.path, 1, Rule.KEY_MISSING, f"'{name}' is missing, but a page prints it.", "Add it back.")
    for name, text in words.items():
        line = entry.document.line(name)
        if name not in asked:
            hint = did_you_mean(name, asked.keys())
            yield Problem(entry.path, line, Rule.KEY_UNKNOWN, f"No page prints '{name}'.", hint or "Delete it.")
            continue
        if wrong := _wrong(name, text):
            yield Problem(entry.path, line, Rule.VALUE_INVALID, *wrong)
            continue
        for brace in BRACES.findall(text if isinstance(text, str) else ""):
            if brace not in asked[name]:
                filled = ", ".join(f"{{{value}}}" for value in sorted(asked[name]))
                message = f"{{{brace}}} in '{name}' is never filled in."
                yield Problem(
                    entry.path, line, Rule.VALUE_INVALID, message, f"Use only {filled}." if filled else "Delete it."
                )


def _wrong(name: str, text: Word) -> tuple[str, str] | None:
    """What is wrong with the kind of a word, and what to do."""
    items = None if isinstance(text, str) else [*text]
    if name in CHOICES and text not in CHOICES[name]:
        return f"'{name}' can't be '{text}'.", f"Choose from: {', '.join(CHOICES[name])}."
    if name not in LISTS:
        return None if items is None else (f"'{name}' must be text, not a list.", "")
    count = LISTS[name]
    if items is None or (count and len(items) != count):
        return f"'{name}' must be a list{f' of {count} items' if count else ''}.", "Write it as '[a, b, c]'."
    if name == "singular_counts" and not all(item.isdecimal() for item in items):
        return f"'{name}' must be whole numbers.", "Write them as '[1]'."
    return None


class BrokenTemplateError(Exception):
    """A template that Jinja can't read."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def placeholders(kept: Kept | None = None) -> dict[str, set[str]]:
    """Every name that is said, with the names of the values that are filled in. Read anew each time: templates may be
    edited while `mkdocs serve` runs. What is `kept` of one is not asked again: to open Jinja takes longer than a check.

    Raises `BrokenTemplateError`.
    """
    names: dict[str, set[str]] = {}
    for table in (SAID_IN_CODE, _SAID_BY_NAME, _DRAWN, _FILLED_IN, LANGUAGE):
        for name, values in table.items():
            names.setdefault(name, set()).update(values)
    for path in sorted([*PAGE_TEMPLATES.glob("*.html"), *FRAME.rglob("*.html")]):
        for name, values in _calls(path, kept):
            names.setdefault(name, set()).update(values)
    for path in PRINT_TEMPLATES.glob("*.typ"):
        for name in _SAY_IN_PRINT.findall(path.read_text("utf-8")):
            names.setdefault(name, set())
    return names


def _calls(path: Path, kept: Kept | None) -> list[tuple[str, tuple[str, ...]]]:
    """What the template at `path` says."""
    text = path.read_text("utf-8")
    known = kept.get(key(text)) if kept else None
    if known is not None:
        return [(name, tuple(values)) for name, values in known]
    from . import template_words

    try:
        calls = template_words.calls(text)
    except template_words.TemplateSyntaxError as error:
        message, hint = f"The template is broken: {error.message}", "Correct it, or run 'git checkout hooks'."
        name = path.relative_to(HOOKS.parent).as_posix()
        raise BrokenTemplateError(Problem(name, error.lineno, Rule.ENGINE_BROKEN, message, hint)) from None
    if kept:
        kept.put(key(text), calls)
    return calls


def _engine() -> bytes:
    return engine([Path(__file__).with_name("template_words.py")], version("jinja2"))
