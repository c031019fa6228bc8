"""A document held against a model: a value, or problems in an author's words at the lines where they stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Annotated, Any, Generic, TypeVar, get_args

from pydantic import BaseModel, RootModel, TypeAdapter, ValidationError

from ..problems import Problem, did_you_mean
from ..rules import Rule
from ..unseen import item, odd, plain
from . import front_matter, meant
from .cuts import SENTENCES, WHOLE, quoted
from .fields import MissingError
from .front_matter import Document, Place
from .keys import Repair, nested, repaired

M = TypeVar("M", bound=BaseModel)
T = TypeVar("T")

# Rules that say more than "a key is missing", by the place that they are about ("*" is any key or number).
_RULES: Mapping[tuple[str, ...], Rule] = {
    ("images",): Rule.IMAGE_MISSING,
    ("images", "*"): Rule.IMAGE_MISSING,
    ("images", "*", "file"): Rule.IMAGE_MISSING,
    ("images", "*", "alt"): Rule.ALT_MISSING,
    ("mistakes", "*", "image", "file"): Rule.IMAGE_MISSING,
    ("mistakes", "*", "image", "alt"): Rule.ALT_MISSING,
    ("steps",): Rule.STEPS_INCOMPLETE,
}
_NOUNS = {
    **dict.fromkeys(("int_type", "int_parsing", "int_from_float"), "must be a whole number"),
    **dict.fromkeys(("float_type", "float_parsing", "finite_number"), "must be a number"),
    "tuple_type": "must be a list, such as '[0, 1, 0]'",
    "bool_type": "must be true or false",
    "list_type": "must be a list: '[a, b]', or lines that begin with '- '",
    "dict_type": "must be lines of 'key: value'",
    "model_type": "must be lines of 'key: value'",
    "greater_than_equal": "must be at least {ge:g}",
    "less_than_equal": "must be at most {le:g}",
    "too_long": "must have at most {max_length} items",
    "string_too_long": "must have at most {max_length} characters",
}
_WORDS = ("enum", "literal_error", "string_pattern_mismatch", "extra_forbidden")
"""Errors of a word that has to be one of a few, or of plain letters."""
_PATTERNS = {
    meant.CODE: "Write three capital letters, A to Z, as in 'CLA'.",
    r"^\d{2}$": "Write two digits, as in '07'.",
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "Use lowercase letters, digits and hyphens, as in 'side-lying'.",
    r"^\d{1,2}-\d{1,2}-\d{1,2}$": "Write the seconds up, still and down, as in '2-1-3'.",
    r"^https?://\S+$": "Write the whole address, as in 'https://example.org/book'.",
    r"^https://\S+$": "Write the whole address, as in 'https://example.org/study'.",
    r"^(https?://\S+|mailto:\S+@\S+)$": "Write 'mailto:' and an email address, as in 'mailto:desk@example.org', or the "
    "whole address of a page, as in 'https://example.org/report'.",
    r"^10\.\d{4,9}/\S+$": "Write it as in '10.1234/abcd', without 'https://doi.org/'.",
    r"^\d{1,9}$": "Write its digits only.",
    r"^PMC\d+$": "Write 'PMC' and its digits, as in 'PMC1234567'.",
    r"^[a-z]{2,3}(-[A-Za-z]{2,4})?$": "Write its code of two or three lowercase letters, such as en.",
    r"^(\S+:)\d+$": "Write a host and a port, such as 127.0.0.1:8001.",
    r"^(\./)?hooks/overrides/?$": "Write hooks/overrides: the frame of the pages is there.",
}
"""What fits a pattern, for whoever wrote something else. A test holds that none is left out."""
_BEGINNINGS = {"https://": re.compile(r"[\w-]+(\.[\w-]+)+(/\S*)?"), "mailto:": re.compile(r"[^\s@:/]+@[^\s@]+\.\w+")}
"""What an address may lack, and what it looks like then."""


@dataclass(frozen=True)
class Draft(Generic[M]):
    """What is right in a document, so that one mistake never hides the next: a model of which parts may be missing."""

    partial: M
    """To read a part that is missing raises `MissingError`."""

    def part(self, read: Callable[[M], T]) -> T | None:
        """What `read` gets of the model, such as `lambda page: page.title`; None when it needs what is missing."""
        try:
            return read(self.partial)
        except MissingError:
            return None


@dataclass(frozen=True)
class Reading(Generic[M]):
    """What came of a document. `value` is whole or None; `draft` is what is right of it.

    `document` has each misspelled key under the name that is meant, so that nothing that follows from it is told.
    """

    value: M | None
    draft: Draft[M]
    problems: list[Problem]
    document: Document


def validate(model: type[M], document: Document) -> Reading[M]:
    """Hold the data of `document` against `model`."""
    try:
        value = model.model_validate(document.data)
    except ValidationError as error:
        errors = error.errors()
    else:
        return Reading(value, Draft(value), [], document)
    unknown = [details["loc"] for details in errors if details["type"] == "extra_forbidden"]
    document, repairs = repaired(document, [(place, _walk(model, place[:-1])[0]) for place in unknown])
    problems = [_misnamed(document, repair) for repair in repairs]
    if repairs:
        try:
            value = model.model_validate(document.data)
        except ValidationError as error:
            errors = error.errors()
        else:
            return Reading(None, Draft(value), problems, document)
    problems += [_explain(model, document, details) for details in errors]
    return Reading(None, Draft(_partial(model, document.data)), problems, document)


def blank(model: type[M]) -> Draft[M]:
    """A draft of which nothing is right, not even what may be left out: nothing is known about an unreadable file."""
    nothing = dict.fromkeys(model.model_fields)
    return Draft(_without(model.model_construct(**nothing), nothing))


@cache
def _adapter(model: type[BaseModel], name: str) -> TypeAdapter[Any]:
    field = model.model_fields[name]
    annotation: Any = field.annotation
    return TypeAdapter(Annotated[annotation, *field.metadata] if field.metadata else annotation)


def _partial(model: type[M], data: Mapping[str, Any]) -> M:
    if issubclass(model, RootModel):
        return blank(model).partial
    fields: dict[str, Any] = {}
    wrong: list[str] = []
    for name, field in model.model_fields.items():
        try:
            fields[name] = _adapter(model, name).validate_python(data[name])
        except KeyError:
            continue  # a default, or missing
        except ValidationError:
            inner = nested(field.annotation)
            if inner and isinstance(data[name], dict):
                fields[name] = _partial(inner, data[name])
            else:
                wrong.append(name)
    return _without(model.model_construct(**fields), wrong)


def _without(partial: M, names: Iterable[str]) -> M:
    for name in names:
        partial.__dict__.pop(name, None)
    return partial


def _model(annotation: Any) -> type[BaseModel] | None:
    """The model inside an annotation such as `Image | None`, `list[Step]` or `dict[Slug, Muscle]`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((model for part in get_args(annotation) if (model := _model(part))), None)


def _walk(model: type[BaseModel], place: Place) -> tuple[type[BaseModel] | None, str]:
    """The model of the mapping at `place`, and the description of the last field on the way there."""
    current: type[BaseModel] | None = model
    description = ""
    for step in place:
        if current is not None and issubclass(current, RootModel):
            current = _model(current.model_fields["root"].annotation)
        elif current is not None and isinstance(step, str) and step in current.model_fields:
            description = current.model_fields[step].description or ""
            current = _model(current.model_fields[step].annotation)
    return current, description


def _keys_of_items(model: type[BaseModel], place: Place) -> list[str]:
    """The keys that each item of the list at `place` needs; [] when its items have no keys."""
    around, _ = _walk(model, place[:-1])
    field = around.model_fields.get(str(place[-1])) if around else None
    items = _model(field.annotation) if field and place[-1] != "steps" else None
    return [name for name, each in items.model_fields.items() if each.is_required()] if items else []


def _rule(place: Place, usual: Rule) -> Rule:
    def fits(pattern: tuple[str, ...]) -> bool:
        return len(pattern) == len(place) and all(
            part in ("*", str(at)) for part, at in zip(pattern, place, strict=True)
        )

    return next((rule for pattern, rule in _RULES.items() if fits(pattern)), usual)


def _misnamed(document: Document, repair: Repair) -> Problem:
    """A key that is not called as it is meant, or stands outside of what it belongs to."""
    key, name, line = str(repair.place[-1]), str(repair.meant[-1]), repair.line
    if len(repair.meant) > len(repair.place):
        message, hint = f"'{key}' belongs inside '{repair.meant[-2]}'.", "Put two more spaces before it."
        row = document.row(line)
        if repair.has_lines:
            hint = "Put two more spaces before it and the lines below that belong to it."
        is_block = re.match(rf" *{re.escape(key)}:", row)
        return Problem(document.path, line, Rule.KEY_UNKNOWN, message, hint, f"  {row}" if is_block else "")
    row = re.sub(rf"(?<![\w-]){re.escape(key)}(?=\s*:)", name, document.row(line), count=1)
    correction = row if row != document.row(line) else ""
    if text := _look_alike("extra_forbidden", "", key, key, True):
        return Problem(document.path, line, Rule.KEY_UNKNOWN, *text, correction)
    around = repair.place[:-1]
    where = f" in '{_called(around, document)}'" if around else ""
    message = f"There is no key '{_short(key)}'{where}."
    hint = f"Did you mean '{name}'?"
    if key.lower() == name:
        hint += " Keys have small letters only."
    elif re.sub("[- ]", "_", key.lower()) == name:
        hint += " There is a '_' between its words."
    return Problem(document.path, line, Rule.KEY_UNKNOWN, message, hint, correction)


def _explain(model: type[BaseModel], document: Document, details: Any) -> Problem:
    """One pydantic error as a problem.

    A missing key carries the line of the mapping that should hold it; everything else the line where it stands.
    """
    kind, given, context = details["type"], details["input"], details.get("ctx", {})
    place: Place = details["loc"]
    is_key = len(place) > 1 and place[-1] == "[key]" and place[-2] == given  # pydantic's mark, or an author's own key
    place = place[:-1] if is_key else place
    name = _called(place, document)
    line = document.line(*place)

    def problem(rule: Rule, message: str, hint: str = "", correction: str = "") -> Problem:
        return Problem(document.path, line, rule, message, hint, correction)

    def instead(text: str) -> str:
        return meant.instead(document.row(line), place[-1] if place else "", given, text, is_key) if text else ""

    unknown = kind == "extra_forbidden"
    if text := _look_alike(kind, name, place[-1] if unknown else given, given, unknown or is_key):
        if kind == "list_type":
            line, correction = _item_below(document, line, given)
            return problem(Rule.VALUE_INVALID, *text, correction)
        row, word = document.row(line), str(place[-1] if unknown else given)
        correction = row.replace(word, plain(word).strip()) if word in row else ""
        return problem(Rule.KEY_UNKNOWN if unknown else Rule.VALUE_INVALID, *text, correction)
    if kind in ("missing", "extra_forbidden"):
        name = str(place[-1])
        where = f" in '{_called(place[:-1], document)}'" if len(place) > 1 else ""
        if kind == "missing":
            line = document.line(*place[:-1])
            hint = f"Add '{name}: …'. {_meaning(model, place)}".strip()
            return problem(_rule(place, Rule.KEY_MISSING), f"'{name}' is missing{where}.", hint)
        around, _ = _walk(model, place[:-1])
        known = list(around.model_fields) if around else []
        return problem(Rule.KEY_UNKNOWN, f"There is no key '{_short(name)}'{where}.", did_you_mean(name, known))
    if given is None or given == [] or given == {} or (isinstance(given, str) and not given.strip()):
        behind = "Fill it in, or delete it." if isinstance(place[-1], int) else f"Write it behind '{name}:'."
        if place[0] == "steps" and len(place) > 1:
            behind = f"Write it behind '{name}:', or delete the line."
        if re.match(r"\s*#\s*- ", document.row(line + 1)):
            behind = "Take the # away at the beginning of the lines below."
        return problem(
            _rule(place, Rule.KEY_MISSING), f"'{name}' is empty.", f"{behind} {_meaning(model, place)}".strip()
        )
    if kind in ("enum", "literal_error"):
        known = [part.strip(" '") for part in str(context["expected"]).replace(" or ", ",").split(",")]
        field = next(step for step in reversed(place) if isinstance(step, str))
        if not isinstance(given, str):
            return problem(Rule.VALUE_INVALID, f"'{field}' must be one word.", did_you_mean("", known))
        close = get_close_matches(given.lower(), known, n=1)
        if place[0] == "steps" and field == "role":
            message = f"A step can't begin with '{_short(given)}'."
            hint = did_you_mean(given, known) if close else f"It begins with one of: {', '.join(known)}."
            return problem(Rule.VALUE_INVALID, message, hint, meant.renamed(document.row(line), given, close))
        hint = did_you_mean(given, known)
        if is_key:
            correction = meant.renamed(document.row(line), given, close)
            return problem(Rule.KEY_UNKNOWN, f"There is no key '{_short(given)}'.", hint, correction)
        return problem(Rule.VALUE_INVALID, f"'{field}' can't be '{_short(given)}'.", hint, instead((close or [""])[0]))
    if kind == "string_type":
        return problem(Rule.VALUE_INVALID, *_no_text(document, line, name, given, instead))
    if kind == "string_pattern_mismatch":
        if is_key:
            name = _called(place[:-1], document)
        what = "A key" if is_key and len(place) == 1 else f"'{name}'"
        message, pattern = f"{what} can't be '{_short(given)}'.", str(context["pattern"])
        correction = instead(meant.slug(given)) if pattern == meant.SLUG else ""
        if pattern == meant.CODE and re.fullmatch("[A-Za-z]{3}", given):
            correction = instead(given.upper())
        if pattern == meant.SLUG and not is_key and re.fullmatch(r"[a-z0-9-]+( +[a-z0-9-]+)+", given.strip()):
            hint = "Put a comma between two names. A name itself has hyphens and no spaces, as in 'side-lying'."
            return problem(Rule.VALUE_INVALID, message, hint)
        return problem(Rule.VALUE_INVALID, message, _pattern_hint(pattern, given), correction)
    if kind == "too_short":
        message = f"'{name}' must have at least {context['min_length']} items."
        return problem(_rule(place, Rule.VALUE_INVALID), message)
    if kind == "value_error":
        error = str(context["error"])
        if day := meant.no_day(given):
            return problem(Rule.VALUE_INVALID, f"'{name}' is {day}, a day that is not in the calendar.")
        days = meant.days(given) if "must be a date" in error else []
        hint = f"Write {' or '.join(days)}: the year, the month, the day." if len(days) > 1 else ""
        return problem(Rule.VALUE_INVALID, f"'{name}' {error}.", hint, instead(meant.figure(error, given)))
    hint, correction = "", ""
    if kind == "list_type" and isinstance(given, str):
        line, correction = _item_below(document, line, given)
        if keys := _keys_of_items(model, place):
            message = f"'{name}' must be lines that begin with '- '."
            return problem(Rule.VALUE_INVALID, message, f"Write each below it: - {{{': …, '.join(keys)}: …}}")
        correction = correction or instead(f"[{_as_items(place, given)}]")
    elif kind == "list_type" and isinstance(given, dict):
        hint = "Begin every item below it with '- '."
    elif kind in ("model_type", "dict_type") and (inner := _walk(model, place)[0]):
        hint = f"Its keys are: {', '.join(inner.model_fields)}."
    what = _NOUNS.get(kind, "is not valid here").format(**context)
    return problem(Rule.VALUE_INVALID, f"'{name}' {what}.", hint, correction)


def _no_text(
    document: Document, line: int, name: str, given: object, instead: Callable[[str], str]
) -> tuple[str, str, str]:
    """Message, hint and correction for a value that is no text."""
    message, row = f"'{name}' must be text.", document.row(line)
    if isinstance(given, dict) and (item := re.fullmatch(r"( *+(?:- ++)++)([^\[{\"'].*: .*)", row)):
        return "There is a colon inside the text.", WHOLE, item[1] + quoted(item[2].rstrip())
    if isinstance(given, list):
        return message, "Leave out the brackets." if "[" in row else "", ""
    if isinstance(given, dict):
        return message, "", ""
    text = str(given).lower() if isinstance(given, bool) else str(given)
    return message, "Put it in quotes.", instead(quoted(text))


def _as_items(place: Place, given: str) -> str:
    """A text as the items of a list in brackets: a list of sentences has one of it."""
    bare = given.strip("() ")
    return quoted(bare) if place[-1] in SENTENCES or re.search(r"[\[\]{}:#\"']", bare) else bare


def _item_below(document: Document, line: int, given: object) -> tuple[int, str]:
    """The line of the first item of what should be a list below its key, and how it should be."""
    row, below = document.row(line).split("#")[0].rstrip(), document.row(line + 1)
    if not row.endswith(":") or not below.strip():
        return line, ""
    indent = len(below) - len(below.lstrip())
    text = re.sub(r"^[-\u2010-\u2015\u2212\u2022\u00b7*] *", "", below.strip())
    return line + 1, f"{' ' * indent}- {text}" if isinstance(given, str | dict) else ""


def _called(place: Place, document: Document) -> str:
    """What an author calls the value at `place`: the key that is written there, or the list and the item's number."""
    match place:
        case ():
            return "front matter"
        case (front_matter.ITEMS, int() as index):
            return f"item {index + 1}"
        case (*around, int() as index):
            return f"{_called(tuple(around), document)}, item {index + 1}"
        case (*around, last) if place not in document.lines:
            beside = [other for other in document.lines if len(other) == len(place) and [*other[:-1]] == around]
            return str(beside[0][-1]) if len(beside) == 1 else str(last)
    return str(place[-1])


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"


def _meaning(model: type[BaseModel], place: Place) -> str:
    """The field's own description, as a hint for an author who left it out."""
    text = " ".join(_walk(model, place)[1].split())
    text = text.replace("`", "'").replace("_data/", "docs/_data/").replace("docs/docs/", "docs/")
    return f"What it says: {text[0].lower()}{text[1:]}" if text else ""


def _pattern_hint(pattern: str, given: str) -> str:
    for beginning, form in _BEGINNINGS.items():
        if form.fullmatch(given) and re.fullmatch(pattern, beginning + given):
            return f"Write '{beginning}{given}'."
    return _PATTERNS.get(pattern, "")


def _look_alike(kind: str, name: str, word: object, given: object, is_key: bool) -> tuple[str, str] | None:
    """Message and hint, when what is wrong can't be seen: a word with a character that does not show, or a list whose
    items begin with something other than '-'."""
    if kind in _WORDS and isinstance(word, str) and (oddity := odd(word)):
        what = "The key " if is_key else ""
        return f"{what}'{_short(plain(word))}' {oddity}.", "Delete it, or type the word again."
    if kind == "list_type":
        first = next(iter(given), "") if isinstance(given, dict) else given
        if isinstance(first, str) and re.match(r"-\S", first):
            return "There is no space after the '-'.", "Begin every item with '- '."
        if isinstance(first, str) and (mark := item(f"{first[:1]} ")):
            return f"'{name}' must be a list, but its items begin with {mark}.", "Begin every item with '- '."
    return None
