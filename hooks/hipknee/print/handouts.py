"""Handouts and the tick chart: what is printed on them, put together from the values that the site is made of.

The templates `typst/handout.typ` and `typst/tick-chart.typ` say where it stands and what it looks like. Both get JSON;
phrases that need filling in, such as "8 to 10", come ready-made, so that a template holds no rule of the language.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import segno

from .. import wording
from ..content.data_files import Clinic, Site, Vocabulary
from ..content.model import Exercise, Image, Review, Role, Side
from ..wording import Say, speaker
from .typesetting import PictureFile, spoken

HANDOUT = "handout"
TICK_CHART = "tick-chart"
WEEKS = 4
"""On one sheet, with boxes that are large enough to tick."""
QUIET = 4
"""Modules of white around a QR code."""


def handout(
    page: Exercise,
    *,
    slug: str,
    words: Mapping[str, str],
    site: Site,
    vocabulary: Vocabulary,
    conditions: Mapping[str, str],
    picture: Callable[[str], PictureFile],
    address: str | None,
    clinic: Clinic | None,
    version: str,
    paper: str,
    large: bool,
    grey: bool,
    language: str = "en",
) -> dict[str, Any]:
    """The data of one exercise's handout, for the template `HANDOUT`.

    `conditions` are the titles of the condition pages by slug; `picture` finds the file to print of a picture inside
    images/; `address` is where the page stands on the web, None when nobody knows: then there is no code.
    `version` is printed as it is; `paper` is Typst's name of it; `large` is 18 pt, on as many pages as it takes.
    """
    say = speaker(words)
    shown = 1 if not large else len(page.mistakes)
    return {
        **_frame(
            HANDOUT,
            title=page.title,
            words=words,
            clinic=clinic,
            updated=page.updated,
            version=version,
            paper=paper,
            grey=grey,
            language=language,
        ),
        "slug": slug,
        "large": large,
        "summary": page.summary,
        "pictures": {
            "start": _picture(page.images.start, picture),
            "finish": _picture(page.images.finish, picture),
        },
        "labels": {
            "muscles": say("labelled", label=say("target_muscles")),
            "equipment": say("labelled", label=say("equipment")),
            "fix": say("labelled", label=say("fix")),
        },
        "muscles": _muscles(page, vocabulary),
        "equipment": _equipment(page, vocabulary) or say("no_equipment"),
        "dose": _dose(page, vocabulary, say),
        "dose_note": site.dose_note,
        "steps": [
            {"label": say("labelled", label=say(f"role_{step.role}")), "text": step.text, "picture": shows}
            for step, shows in zip(page.steps, _shown_at(page), strict=True)
        ],
        "feel": page.feel,
        "mistakes": [
            {
                "wrong": one.wrong,
                "right": one.right,
                "picture": _picture(one.image, picture) if one.image and large else None,
            }
            for one in page.mistakes[:shown]
        ],
        "easier": page.easier if large else [],
        "harder": page.harder if large else [],
        "helps": [
            {"title": conditions[slug], "text": reason} for slug, reason in page.helps.items() if slug in conditions
        ]
        if large
        else [],
        "cautions": [say("caution", who=one.who, do=one.do) for one in page.cautions],
        "pain_rule": site.pain_rule,
        "stop_rules": [*page.stop_if, *site.stop_rules],
        "stop_help": site.stop_help,
        "disclaimer": site.disclaimer,
        "code": _code(address, say) if address else None,
        "review": _review(page.review, say),
    }


def tick_chart(
    exercises: Sequence[tuple[str, Exercise]],
    *,
    words: Mapping[str, str],
    site: Site,
    vocabulary: Vocabulary,
    clinic: Clinic | None,
    updated: datetime.date,
    version: str,
    paper: str,
    grey: bool,
    language: str = "en",
) -> dict[str, Any]:
    """The data of the chart on which `exercises` (slug and value) are ticked off, for the template `TICK_CHART`."""
    say = speaker(words)
    return {
        **_frame(
            TICK_CHART,
            title=say("chart_title"),
            words=words,
            clinic=clinic,
            updated=updated,
            version=version,
            paper=paper,
            grey=grey,
            language=language,
        ),
        "weeks": [say("chart_week", number=number) for number in range(1, WEEKS + 1)],
        "days": say("chart_days").split(),
        "exercises": [{"title": one.title, "sides": one.side is not Side.BOTH_TOGETHER} for _, one in exercises],
        "pain_rule": site.pain_rule,
    }


def _frame(
    template: str,
    *,
    title: str,
    words: Mapping[str, str],
    clinic: Clinic | None,
    updated: datetime.date,
    version: str,
    paper: str,
    grey: bool,
    language: str,
) -> dict[str, Any]:
    """What house.typ needs, and what stands at the foot of every sheet."""
    say = speaker(words)
    return {
        "title": title,
        "language": language,
        "paper": paper,
        "grey": grey,
        "words": {name: words.get(name, name) for name in sorted(spoken(template))},
        "updated": updated.isoformat(),
        "dated": say("dated", day=updated, version=version),
        "clinic": {"name": clinic.name, "phones": [phone.model_dump() for phone in clinic.phones]} if clinic else None,
        "author": clinic.name if clinic else None,
    }


def _picture(image: Image, picture: Callable[[str], PictureFile]) -> dict[str, Any]:
    return {**picture(image.file)._asdict(), "alt": image.alt}


def _muscles(page: Exercise, vocabulary: Vocabulary) -> list[dict[str, str | None]]:
    """The target muscles, in plain words and in Latin."""
    found = [vocabulary.muscles[muscle] for muscle in page.muscles.primary]
    return [{"plain": one.plain, "latin": one.latin} for one in found]


def _equipment(page: Exercise, vocabulary: Vocabulary) -> str:
    names: list[str] = []
    for item in page.equipment:
        thing = vocabulary.equipment[item.name]
        name = thing.name if not names else thing.name.lower()
        names.append(f"{name} {thing.places[item.place].name}" if item.place else name)
    return ", ".join(names)


def _dose(page: Exercise, vocabulary: Vocabulary, say: Say) -> list[dict[str, str]]:
    """Each figure of the dose with its label, and what has to be said beside it."""
    position, dose = vocabulary.positions[page.position], page.dose

    def ends(pair: tuple[int, int]) -> str:
        return wording.spoken(say, pair)

    def seconds(count: int) -> str:
        return say("second", count=count) if count == 1 else say("seconds", count=count)

    each = say("each_way") if page.position == "walking" else say("each_side")
    reps = position.reps[:1].upper() + position.reps[1:]
    rows = [(say("sets"), ends(dose.sets), ""), (reps, ends(dose.reps), each if page.side is Side.EACH else "")]
    if dose.hold:
        rows.append((say("hold"), seconds(dose.hold), ""))
    if dose.rest:
        rows.append((say("rest"), seconds(dose.rest), ""))
    if dose.tempo:
        rows.append((say("tempo"), dose.tempo, ""))
    rows.append((say("days"), ends(dose.days_per_week), ""))
    return [{"label": label, "value": value, "note": note} for label, value, note in rows]


def _shown_at(page: Exercise) -> list[str | None]:
    """Which picture belongs to each step: the first to the start, the second to where the movement ends."""
    roles = [step.role for step in page.steps]
    end = next((n for n, role in enumerate(roles) if role in (Role.FINISH, Role.HOLD)), len(roles) - 1)
    return ["finish" if n == end else "start" if n == 0 else None for n in range(len(roles))]


def _review(review: Review, say: Say) -> str:
    if review.status == "reviewed":
        return say("review_reviewed", by=review.by, on=review.on, next=review.next)
    return say("review_awaiting")


def _code(address: str, say: Say) -> dict[str, Any]:
    """A QR code as SVG, how much of its width is quiet zone on each side, and the address, also as one types it."""
    where = urlsplit(address)
    svg, quiet = _svg(address)
    return {
        "svg": svg,
        "quiet": quiet,
        "alt": say("code_alt", address=address),
        "address": address,
        "typed": f"{where.netloc}{where.path}".rstrip("/"),
    }


@lru_cache(maxsize=256)
def _svg(address: str) -> tuple[str, float]:
    """Error level M, and the quiet zone of four modules that readers need."""
    out = BytesIO()
    code = segno.make_qr(address, error="m", boost_error=False)
    code.save(out, kind="svg", border=QUIET, xmldecl=False, nl=False, omitsize=True, dark="#000", light="#fff")
    return out.getvalue().decode(), QUIET / code.symbol_size(border=QUIET)[0]
