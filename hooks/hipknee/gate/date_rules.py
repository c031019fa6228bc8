"""Days that can't be meant: a slip of the pen, told by the other days of the site.

No rule asks what day it is: what is in order today is in order tomorrow, and nothing waits for a day to come.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from statistics import median_low
from typing import Any

from ..content.catalogue import Catalogue, Entry
from ..problems import Problem
from ..rules import Rule

FAR = datetime.timedelta(days=20 * 365)
"""After the middle one of the days on which pages were changed or reviewed. A site that nobody has touched for so long
can waive the rule."""


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """No page was changed, or reviewed, long after all others."""
    days = [*_days(catalogue)]
    if not days:
        return
    middle = median_low(day for _, _, day in days)
    for entry, place, day in days:
        if day - middle > FAR:
            message = f"'{place[-1]}' is {day}, many years after the other days of this site, such as {middle}."
            yield Problem(entry.path, entry.document.line(*place), Rule.DATE_FAR, message, "Is the year right?")


def _days(catalogue: Catalogue) -> Iterator[tuple[Entry[Any], tuple[str, ...], datetime.date]]:
    for entry in catalogue.pages.values():
        if day := entry.face.updated:
            yield entry, ("updated",), datetime.date.fromisoformat(day)
        if day := entry.face.reviewed:
            yield entry, ("review", "on"), datetime.date.fromisoformat(day)
