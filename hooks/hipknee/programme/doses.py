"""Doses and programmes in plain words, in the site's language: pages, sheets and copied texts say the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..content.model import Side
from ..wording import Say, duration, spoken
from .code import Item, Programme
from .repertoire import Member, Repertoire

BANDS = ("none", "light", "medium", "heavy")
"""How strong a band is, by its number in a code."""


class WordedItem(NamedTuple):
    """An exercise of a programme: its name, and what to do in sentences, the notes last."""

    title: str
    sentences: tuple[str, ...]


class WordedProgramme(NamedTuple):
    """A programme: its heading with the day, and its exercises."""

    heading: str
    items: tuple[WordedItem, ...]

    def text(self) -> str:
        """All of it as plain text, an exercise on a line, to be copied."""
        lines = (f"{number}. {item.title}: {' '.join(item.sentences)}" for number, item in enumerate(self.items, 1))
        return "\n".join([self.heading, *lines])


def programme(value: Programme, repertoire: Repertoire, say: Say) -> WordedProgramme:
    """A programme that was read on this site, in words."""
    items = (WordedItem(repertoire.members[item.code].title, dose(item, repertoire, say)) for item in value.items)
    return WordedProgramme(say("programme_heading", day=value.day), tuple(items))


def dose(item: Item, repertoire: Repertoire, say: Say) -> tuple[str, ...]:
    """What to do of an exercise, in sentences. What the clinician has not said is not there."""
    return (*_sentences(item, repertoire.members[item.code], say), *besides(item, repertoire, say))


def besides(item: Item, repertoire: Repertoire, say: Say) -> tuple[str, ...]:
    """What is said beside the figures: the band and the notes."""
    band = () if item.band is None else (say(f"band_{BANDS[item.band]}"),)
    return (*band, *(repertoire.notes[note] for note in item.notes))


def work(item: Item, member: Member, say: Say) -> str:
    """What a set is: "8 to 10 reps", or "30 seconds"."""
    if item.reps is None:
        return duration(say, item.time or 0)
    _, high = item.reps
    is_one = item.reps[0] == high and str(high) in say.several("singular_counts")
    return say("programme_reps", count=spoken(say, item.reps), reps=member.rep if is_one else member.reps)


def amount(item: Item, member: Member, say: Say, sides: bool = True) -> str:
    """How much in all, such as "2 sets of 8 reps on each side"; without the sides where these are told elsewhere."""
    sets = say.counted("programme_set", "programme_sets", item.sets)
    if item.side:
        side = say("side_left_only" if item.side == "L" else "side_right_only")
        return say("programme_work_one", sets=sets, amount=work(item, member, say), side=side)
    if member.side is Side.EACH and sides:
        each = say(f"each_{member.each}")
        return say("programme_work_each", sets=sets, amount=work(item, member, say), each=each)
    return say("programme_work", sets=sets, amount=work(item, member, say))


def _sentences(item: Item, member: Member, say: Say) -> Iterator[str]:
    yield say("programme_sentence", text=amount(item, member, say))
    if item.hold:
        yield say("programme_hold", time=duration(say, item.hold))
    if item.rest:
        yield say("programme_rest", time=duration(say, item.rest))
    days = say.counted("programme_day", "programme_days", item.days) if item.days else ""
    times = say.counted("programme_time", "programme_times", item.times) if item.times else ""
    if days and times:
        yield say("programme_often", days=days, times=times)
    elif days or times:
        yield say("programme_sentence", text=days or times)
