"""The fields of a page's front matter as Markdown tables, from the model that checks them."""

from __future__ import annotations

import types
import typing
from enum import StrEnum
from typing import Any

from pydantic import BaseModel

from ..content.kinds import KINDS
from ..content.model import Page
from .dose_rules import DOSE_BOUNDS, STRENGTH_HOLD
from .exercise_rules import SUMMARY_WORDS
from .image_rules import ALT_CHARACTERS

TITLES: dict[type[BaseModel], str] = {Page: "Every page", **{kind.model: kind.title for kind in KINDS}}


def describe_all() -> str:
    """Every kind of page with its own fields, nested ones written `images.start.file`."""
    parts = [_table(model, title) for model, title in TITLES.items()]
    bounds = "; ".join(f"`{name}` {low} to {high} {unit}" for name, (low, high, unit) in DOSE_BOUNDS.items())
    parts.append(
        f"Bounds of a dose: {bounds}; `hold` of strength at most {STRENGTH_HOLD} seconds. "
        f"A summary has at most {SUMMARY_WORDS} words, an alt text at most {ALT_CHARACTERS} characters.\n"
    )
    return "\n" + "\n".join(parts) + "\n"


def _table(model: type[BaseModel], title: str) -> str:
    common = [] if model is Page else _fields(Page, "")
    own = [row for row in _fields(model, "") if row not in common]
    rows = [f"| `{name}` | {'yes' if needed else ''} | {text} |" for name, needed, text in own]
    return "\n".join([f"## {title}", "", "| field | needed | meaning |", "|---|---|---|", *rows, ""])


def _fields(model: type[BaseModel], prefix: str) -> list[tuple[str, bool, str]]:
    rows: list[tuple[str, bool, str]] = []
    for name, field in model.model_fields.items():
        text = " ".join((field.description or "").split()).replace("|", "\\|")
        rows.append((f"{prefix}{name}", field.is_required(), text))
        nested, is_list = _nested(field.annotation)
        # One picture is like the other: its fields stand once, under the first.
        seen = any(row[0].endswith(".file") for row in rows) and nested is not None and "file" in nested.model_fields
        if nested and not seen:
            rows += _fields(nested, f"{prefix}{name}{'[]' if is_list else ''}.")
    return rows


def _nested(annotation: Any, is_list: bool = False) -> tuple[type[BaseModel] | None, bool]:
    """The model that a field holds, and whether it holds a list of them. A step is described by its one line."""
    origin = typing.get_origin(annotation)
    if origin in (list, types.UnionType, typing.Union, typing.Annotated):
        parts = [_nested(part, is_list or origin is list) for part in typing.get_args(annotation)]
        return next((nested for nested in parts if nested[0]), (None, False))
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        one_line = any(
            isinstance(field.annotation, type) and issubclass(field.annotation, StrEnum)
            for field in annotation.model_fields.values()
        )
        return (None if one_line else annotation), is_list
    return None, False
