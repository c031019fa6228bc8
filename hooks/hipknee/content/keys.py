"""Keys that are misspelled or stand in the wrong place, and the data with each where it is meant.

What a misspelled key holds is then known: that a key is missing, and all that follows from it, is not told with it.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from dataclasses import replace
from difflib import get_close_matches
from typing import Any, NamedTuple, get_args, get_origin

from pydantic import BaseModel

from ..unseen import plain
from .front_matter import Document, Place

_ALIKE = 0.75
_SMALL = 3
"""Keys of an item of which the only one that is missing is the one that is meant, whatever it is called."""


class Repair(NamedTuple):
    """A key that stands at `place` on a line, and the place that is meant. `has_lines`: more lines belong to it."""

    place: Place
    meant: Place
    line: int
    has_lines: bool


def repaired(
    document: Document, unknown: Iterable[tuple[Place, type[BaseModel] | None]]
) -> tuple[Document, list[Repair]]:
    """The document with every unknown key that is likely another one under that name, and which these are.

    `unknown` has the places of the keys, each with the model of what is around it.
    """
    data, repairs, lines = document.data, [], dict(document.lines)
    for place, around in unknown:
        mapping = _at(data, place[:-1])
        if (
            around is None
            or not isinstance(mapping, dict)
            or not isinstance(place[-1], str)
            or place[-1] not in mapping
        ):
            continue
        where = _meant(place[-1], mapping, around)
        if not where:
            continue
        if data is document.data:
            data = copy.deepcopy(dict(data))
            mapping = _at(data, place[:-1])
        to = (*place[:-1], *where)
        _at(data, to[:-1])[where[-1]] = mapping.pop(place[-1])
        for old in [old for old in lines if old[: len(place)] == place]:
            lines[*to, *old[len(place) :]] = lines.pop(old)
        line = document.line(*place)
        has_lines = any(number > line for new, number in lines.items() if new[: len(to)] == to)
        repairs.append(Repair(place, to, line, has_lines))
    return (replace(document, data=data, lines=lines), repairs) if repairs else (document, [])


def _meant(key: str, mapping: Mapping[str, Any], model: type[BaseModel]) -> tuple[str, ...]:
    """The key that is meant, as the way from what is around it; () when that is not known."""
    free = [name for name in model.model_fields if name not in mapping]
    bare = plain(key).strip().lower().replace("-", "_").replace(" ", "_")
    if bare in free:
        return (bare,)
    before = [*mapping][: [*mapping].index(key)]
    for name in reversed(before):  # the nearest that may hold it
        inner = nested(model.model_fields[name].annotation) if name in model.model_fields else None
        if inner and isinstance(mapping[name], dict) and key in inner.model_fields and key not in mapping[name]:
            return name, key
    if close := get_close_matches(bare, free, n=1, cutoff=_ALIKE):
        return (close[0],)
    needed = [name for name in free if model.model_fields[name].is_required()]
    others = [name for name in mapping if name not in model.model_fields]
    is_small = len(model.model_fields) <= _SMALL
    return (needed[0],) if is_small and len(needed) == len(others) == 1 and mapping[key] is not None else ()


def nested(annotation: Any) -> type[BaseModel] | None:
    """The model of an annotation that is one, or one or None. A list of them is not a model."""
    options = [annotation] if isinstance(annotation, type) else get_args(annotation)
    if get_origin(annotation) in (list, dict):
        return None
    return next((option for option in options if isinstance(option, type) and issubclass(option, BaseModel)), None)


def _at(data: Any, place: Place) -> Any:
    for step in place:
        if isinstance(data, dict):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            return None
    return data
