"""A document held against a model: a value, or problems in an author's words at the lines where they stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Generic, TypeVar, get_args

from pydantic import BaseModel, RootModel, TypeAdapter, ValidationError

from .front_matter import Document, Place
from .problems import Problem, did_you_mean

M = TypeVar("M", bound=BaseModel)

# Rules that say more than "a key is missing", by the place that they are about ("*" is any key or number).
_RULES: Mapping[tuple[str, ...], str] = {
    ("images",): "image-missing",
    ("images", "*"): "image-missing",
    ("images", "*", "file"): "image-missing",
    ("images", "*", "alt"): "alt-missing",
    ("mistakes", "*", "image", "file"): "image-missing",
    ("mistakes", "*", "image", "alt"): "alt-missing",
    ("steps",): "steps-incomplete",
}
_NOUNS = {
    "string_type": "must be text",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "list_type": "must be a list: '[a, b]', or lines that begin with '- '",
    "dict_type": "must be lines of 'key: value'",
    "model_type": "must be lines of 'key: value'",
    "model_attributes_type": "must be lines of 'key: value'",
    "date_type": "must be a date, such as 2026-11-22",
    "date_from_datetime_parsing": "must be a date, such as 2026-11-22",
    "date_from_datetime_inexact": "must be a date, such as 2026-11-22",
}


@dataclass(frozen=True)
class Reading(Generic[M]):
    """What came of a document. `value` is whole or None.

    `draft` holds every field that is right and None for those that are not, so that one mistake never hides the next.
    """

    value: M | None
    draft: M
    problems: list[Problem]


def validate(model: type[M], document: Document) -> Reading[M]:
    """Hold the data of `document` against `model`."""
    try:
        value = model.model_validate(document.data)
    except ValidationError as error:
        problems = [_explain(model, document, details) for details in error.errors()]
        return Reading(None, _draft(model, document.data), problems)
    return Reading(value, value, [])


@cache
def _adapter(model: type[BaseModel], name: str) -> TypeAdapter[Any]:
    field = model.model_fields[name]
    annotation: Any = field.annotation
    return TypeAdapter(Annotated[annotation, *field.metadata] if field.metadata else annotation)


def _draft(model: type[M], data: Any) -> M:
    if issubclass(model, RootModel) or not isinstance(data, dict):
        return model.model_construct(**dict.fromkeys(model.model_fields))
    fields: dict[str, Any] = {}
    for name, field in model.model_fields.items():
        try:
            fields[name] = _adapter(model, name).validate_python(data[name])
        except KeyError:
            fields[name] = None if field.is_required() else field.get_default(call_default_factory=True)
        except ValidationError:
            nested = _model(field.annotation)
            fields[name] = _draft(nested, data[name]) if nested else None
    return model.model_construct(**fields)


def _model(annotation: Any) -> type[BaseModel] | None:
    """The model inside an annotation such as `Image | None`, `list[Step]` or `dict[Slug, Muscle]`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model(part))), None)


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


def _rule(place: Place, usual: str) -> str:
    def fits(pattern: tuple[str, ...]) -> bool:
        return len(pattern) == len(place) and all(p in ("*", str(at)) for p, at in zip(pattern, place, strict=True))

    return next((rule for pattern, rule in _RULES.items() if fits(pattern)), usual)


def _explain(model: type[BaseModel], document: Document, details: Any) -> Problem:
    """One pydantic error as a problem.

    A missing key carries the line of the mapping that should hold it; everything else the line where it stands.
    """
    kind, given, context = details["type"], details["input"], details.get("ctx", {})
    place: Place = tuple(step for step in details["loc"] if step != "[key]")
    name = str(place[-1]) if place else "front matter"
    line = document.line(*place)

    def problem(rule: str, message: str, hint: str = "") -> Problem:
        return Problem(document.path, line, rule, message, hint)

    if kind == "missing":
        line = document.line(*place[:-1])
        where = f" in '{place[-2]}'" if len(place) > 1 and isinstance(place[-2], str) else ""
        return problem(_rule(place, "key-missing"), f"'{name}' is missing{where}.", _meaning(model, place))
    if kind == "extra_forbidden":
        around, _ = _walk(model, place[:-1])
        known = list(around.model_fields) if around else []
        where = f" in '{place[-2]}'" if len(place) > 1 and isinstance(place[-2], str) else ""
        return problem("key-unknown", f"There is no key '{name}'{where}.", did_you_mean(name, known))
    if given is None or given == "" or given == [] or given == {}:
        return problem(_rule(place, "key-missing"), f"'{name}' is empty.", _meaning(model, place))
    if isinstance(place[-1] if place else "", int):
        name = f"{place[-2]}, item {int(place[-1]) + 1}"
    if kind in ("enum", "literal_error"):
        known = [part.strip(" '") for part in str(context["expected"]).replace(" or ", ",").split(",")]
        return problem("value-invalid", f"'{given}' is not known as '{name}'.", did_you_mean(str(given), known))
    if kind == "string_type":
        hint = "" if isinstance(given, list | dict) else "Put it in quotes."
        return problem("value-invalid", f"'{name}' must be text.", hint)
    if kind == "string_pattern_mismatch":
        return problem("value-invalid", f"'{name}' can't be '{given}'.", _pattern_hint(str(context["pattern"])))
    if kind == "too_short":
        message = f"'{name}' must have at least {context['min_length']} items."
        return problem(_rule(place, "value-invalid"), message)
    if kind == "value_error":
        return problem("value-invalid", f"'{name}' {context['error']}.")
    return problem("value-invalid", f"'{name}' {_NOUNS.get(kind, 'is not right: ' + details['msg'])}.")


def _meaning(model: type[BaseModel], place: Place) -> str:
    """The field's own description, as a hint for an author who left it out."""
    text = " ".join(_walk(model, place)[1].split())
    return f"It says: {text[0].lower()}{text[1:]}" if text else ""


def _pattern_hint(pattern: str) -> str:
    if pattern.startswith("^[a-z0-9]"):
        return "Use small letters, digits and hyphens, as in 'side-lying'."
    return {
        r"^\d{1,2}-\d{1,2}-\d{1,2}$": "Write the seconds up, still and down, as in '2-1-3'.",
    }.get(pattern, "See the table of fields in CONTRIBUTING.")
