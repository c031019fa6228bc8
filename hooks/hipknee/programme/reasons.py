"""Why a code is refused, in one sentence for whoever has typed it."""

from __future__ import annotations

from .bounds import Beyond, beyond
from .code import BOUNDS, CHECK, GONE, GRAMMAR, LONGEST, UNKNOWN_CODE, VERSION, Refusal, as_read
from .reading import parts
from .repertoire import Member, Repertoire

_AGAIN = "Compare it with the sheet, letter by letter."
_UNITS = {"time": "seconds for each set", "hold": "seconds of holding", "rest": "seconds of rest"}
_UNITS |= {"days": "days a week", "times": "times a day"}


def reason(text: str, refusal: Refusal, repertoire: Repertoire) -> str:
    """A sentence or two: what is wrong with the text, and what to do."""
    text, at = as_read(text), refusal.at
    if refusal.refused == GRAMMAR:
        return _grammar(text, at)
    if refusal.refused == VERSION:
        return f"The code begins with '{text[:1]}', and this site reads those that begin with '1'. {_AGAIN}"
    if refusal.refused == CHECK:
        end = text[at:]
        if not end:
            return f"The code is not complete: the two characters at its end are missing. {_AGAIN}"
        return f"The code does not fit its last characters, '{end[:20]}': one is wrong, missing or exchanged. {_AGAIN}"
    code = text[at : at + 3]
    if refusal.refused == UNKNOWN_CODE and code[1:].isdecimal():
        return f"There is no note {code[1:]} on this site. Has the code come from another clinic's site?"
    if refusal.refused == GONE:
        stone = repertoire.gone[code]
        successor = repertoire.members.get(stone.successor or "")
        instead = f" Instead of it there is {successor.title} ({successor.code})." if successor else ""
        return f"The exercise with the code '{code}' is gone. {stone.reason}{instead}"
    if refusal.refused == UNKNOWN_CODE:
        if path := repertoire.broken.get(code):
            return (
                f"The exercise with the code '{code}' is in {path}, which has a mistake. Run 'make check' and mend it."
            )
        return f"No exercise of this site has the code '{code}'. Has it come from another clinic's site?"
    assert refusal.refused == BOUNDS
    return _bounds(text, at, repertoire)


def _grammar(text: str, at: int) -> str:
    if not text:
        return "There is no code."
    if at == LONGEST:
        return f"This is not a code: it has more than {LONGEST} characters."
    return f"This is not a code of a programme: at character {at + 1}, '{text[at : at + 12]}' can't follow. {_AGAIN}"


def _bounds(text: str, at: int, repertoire: Repertoire) -> str:
    programme, places = parts(text, repertoire)
    for item, place in zip(programme.items, places, strict=True):
        member = repertoire.members[item.code]
        for excess in beyond(item, member):
            if place[excess.part] == at:
                return _excess(excess, member)
    raise ValueError("nothing is beyond its bounds there")


def _excess(excess: Beyond, member: Member) -> str:
    if excess.part == "side":
        return f"{member.title} can't be trained on one side only."
    if excess.part == "band":
        return f"{member.title} has no band."
    if excess.most is None:
        return f"{member.title} has a time for each set, so that nothing can be held."
    unit = _UNITS.get(excess.part, excess.part)
    return f"{member.title} has {excess.value} {unit}, and {excess.most} are the most."
