"""A code, read on this site: the programme with the codes that its exercises have now, or the reason against it."""

from __future__ import annotations

from .bounds import beyond
from .code import BOUNDS, GONE, UNKNOWN_CODE, Item, Parts, Programme, RefusedError, parse
from .repertoire import Repertoire


def parts(text: str, repertoire: Repertoire) -> Parts:
    """A text by the grammar alone, with the codes as they are written. Raises RefusedError."""
    return parse(text, lambda code: repertoire.members[code].code if code in repertoire.members else code)


def read(text: str, repertoire: Repertoire) -> Programme:
    """The programme that a text stands for on this site. Raises RefusedError.

    A kind of refusal is given only when there is none of those before it in the whole text: `grammar`, then
    `unknown-code` or `gone`, then `bounds`. Of one kind it is the leftmost.
    """
    programme, places = parts(text, repertoire)
    for item, place in zip(programme.items, places, strict=True):
        _hold_known(item, place, repertoire)
    for item, place in zip(programme.items, places, strict=True):
        for excess in beyond(item, repertoire.members[item.code]):
            raise RefusedError(BOUNDS, place[excess.part])
    now = (item._replace(code=repertoire.members[item.code].code) for item in programme.items)
    return programme._replace(items=tuple(now))


def _hold_known(item: Item, place: dict[str, int], repertoire: Repertoire) -> None:
    if item.code not in repertoire.members:
        raise RefusedError(GONE if item.code in repertoire.gone else UNKNOWN_CODE, place["code"])
    for number, note in enumerate(item.notes):
        if note not in repertoire.notes:
            raise RefusedError(UNKNOWN_CODE, place[f"note {number}"])
