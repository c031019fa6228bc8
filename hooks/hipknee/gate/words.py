"""What is asked of the words in docs/_data/words.<language>.yml: what is printed, and what the language asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from jinja2 import Environment, TemplateSyntaxError, nodes

from ..content.catalogue import Catalogue
from ..content.model import Role, Side
from ..places import FRAME, HOOKS, PAGE_TEMPLATES, PRINT_TEMPLATES
from ..problems import Problem, did_you_mean
from ..rules import Rule
from ..wording import BRACES, Word
from . import house_rules

SAID_IN_CODE: dict[str, tuple[str, ...]] = {
    **dict.fromkeys("sets hold rest tempo days no_equipment source problems_title chart_title chart_days".split(), ()),
    **dict.fromkeys(
        "target_muscles equipment fix review_awaiting each_side each_way failed_title problems_waiting".split(), ()
    ),
    **{f"role_{role}": () for role in Role},
    **{f"side_{side.replace('-', '_')}": () for side in Side},
    **dict.fromkeys(("second", "seconds"), ("count",)),
    "range": ("low", "high"),
    "caution": ("who", "do"),
    "labelled": ("label",),
    "picture_missing": ("alt",),
    "review_reviewed": ("by", "on", "next"),
    "dated": ("day", "version"),
    "chart_week": ("number",),
    "code_alt": ("address",),
}
"""What the core says, and what it fills in; a test holds it against the code."""

_SAID_BY_NAME: dict[str, tuple[str, ...]] = dict.fromkeys(
    "start finish easier harder paper_letter paper_a4 source_checked_part_verified source_checked_unverified".split(),
    (),
)
"""What a template says by a name that it puts together."""

_FILLED_IN: dict[str, tuple[str, ...]] = {
    "filter_count": ("shown", "all"),  # by a script
    **dict.fromkeys(("search_one", "search_many"), ("count",)),
    "page_of": ("page", "count"),  # by Typst
    "page_reference": ("number",),
}

LANGUAGE: dict[str, tuple[str, ...]] = {
    "date": ("day", "month", "year"),
    **dict.fromkeys("months titles_in_sentences capital_words singular_counts plural_endings".split(), ()),
    **dict.fromkeys("plural_look_alikes possessive_endings common_words".split(), ()),
}
"""What the language asks for."""

LISTS = {"months": 12, "chart_days": 7} | dict.fromkeys(
    "capital_words singular_counts plural_endings plural_look_alikes possessive_endings common_words".split()
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
    try:
        asked = placeholders()
    except TemplateSyntaxError as error:
        message, hint = f"The template is broken: {error.message}", "Put it right, or call 'git checkout hooks'."
        yield Problem(error.filename or "", error.lineno, Rule.ENGINE_BROKEN, message, hint)
        return
    for name in sorted(asked.keys() - words.keys()):
        yield Problem(entry.path, 1, Rule.KEY_MISSING, f"'{name}' is missing: a page prints it.", "Add it again.")
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
                filled = ", ".join(f"{{{value}}}" for value in sorted(asked[name])) or "nothing"
                message = f"{{{brace}}} in '{name}' is never filled in."
                yield Problem(entry.path, line, Rule.VALUE_INVALID, message, f"Filled in are: {filled}.")


def _wrong(name: str, text: Word) -> tuple[str, str] | None:
    """What is wrong with the kind of a word, and what to do."""
    items = None if isinstance(text, str) else [*text]
    if name in CHOICES and text not in CHOICES[name]:
        return f"'{name}' can't be '{text}'.", f"Known are: {', '.join(CHOICES[name])}."
    if name not in LISTS:
        return None if items is None else (f"'{name}' must be one text, not a list.", "")
    count = LISTS[name]
    if items is None or (count and len(items) != count):
        return f"'{name}' must be a list{f' of {count}' if count else ''}.", "Write it as '[a, b, c]'."
    if name == "singular_counts" and not all(item.isdecimal() for item in items):
        return f"'{name}' must be whole numbers.", "Write them as '[1]'."
    return None


def placeholders() -> dict[str, set[str]]:
    """Every name that is said, with the names of the values that are filled in. Read anew each time: templates may be
    edited while `mkdocs serve` runs.

    Raises jinja2.TemplateSyntaxError with the template's path from the project's root.
    """
    names: dict[str, set[str]] = {}
    for table in (SAID_IN_CODE, _SAID_BY_NAME, _FILLED_IN, LANGUAGE):
        for name, values in table.items():
            names.setdefault(name, set()).update(values)
    for path in sorted([*PAGE_TEMPLATES.glob("*.html"), *FRAME.rglob("*.html")]):
        try:
            calls = _calls(path.read_text("utf-8"))
        except TemplateSyntaxError as error:
            error.filename = path.relative_to(HOOKS.parent).as_posix()
            raise
        for name, values in calls:
            names.setdefault(name, set()).update(values)
    for path in PRINT_TEMPLATES.glob("*.typ"):
        for name in _SAY_IN_PRINT.findall(path.read_text("utf-8")):
            names.setdefault(name, set())
    return names


@lru_cache(maxsize=256)
def _calls(template: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What a template of this text says by a name of its own, as Jinja reads it: `say("name", value=…)`,
    `say.counted("one", "many", …)` and `say.several("names")`."""
    calls = [(_method(call.node), call) for call in Environment().parse(template).find_all(nodes.Call)]
    values = {"": None, "counted": ("count",), "several": ()}
    return tuple(
        (name.value, values[method] or tuple(keyword.key for keyword in call.kwargs))
        for method, call in calls
        if method in values
        for name in call.args
        if isinstance(name, nodes.Const) and isinstance(name.value, str)
    )


def _method(called: nodes.Expr) -> str | None:
    """What is asked of `say`: "" when it is called itself; None for anything else."""
    match called:
        case nodes.Name(name="say"):
            return ""
        case nodes.Getattr(node=nodes.Name(name="say"), attr=method):
            return str(method)
    return None
