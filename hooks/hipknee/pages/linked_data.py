"""What a page says of itself to machines, in the words of schema.org, as JSON-LD.

A page is a MedicalWebPage; an exercise is an ExercisePlan (how much, and for what) with a HowTo (the steps). A review
is told only when there was one. Vocabulary: https://schema.org/MedicalWebPage, /ExercisePlan and /HowTo.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..addresses import Address
from ..content.data_files import Clinic, Source
from ..content.kinds import HOME, Kind
from ..content.model import Aim, Image, Page, Review
from .presented import Presented

Node = dict[str, Any]

_ACTIVITIES = {
    Aim.STRENGTH: "StrengthTraining",
    Aim.STRETCH: "Flexibility",
    Aim.BALANCE: "Balance",
    Aim.MOBILITY: "Flexibility",
}
"""The kinds in the words of https://schema.org/PhysicalActivityCategory."""


@dataclass(frozen=True)
class Setting:
    """What a page's words are part of: the site, its data, and who hands it out."""

    site: str
    """The site's name."""
    language: str
    address: Address | None
    """Gives whole web addresses; None when the site's address is unknown: then the addresses are left out."""
    picture: Callable[[Image], str | None]
    """Gives a picture's address."""
    sources: Mapping[str, Source]
    clinic: Clinic


def of_page(
    page: Page,
    path: str,
    kind: Kind,
    trail: Sequence[tuple[str, str]],
    setting: Setting,
    exercise: Presented | None = None,
    rests_on: Sequence[str] | None = None,
) -> list[Node]:
    """The nodes of the page at `path` below docs/; `exercise` is what it teaches, `rests_on` are the keys of its
    sources where these are more than its evidence.

    `trail` leads there from the home page: paths and titles.
    """
    address = setting.address
    url = address(path) if address else None
    node = {
        "@type": "MedicalWebPage",
        "@id": url,
        "url": url,
        "name": page.title,
        "alternateName": page.aliases if exercise is None else None,
        "description": page.summary,
        "inLanguage": setting.language,
        "dateModified": page.updated.isoformat(),
        "isAccessibleForFree": True,
        "isPartOf": _website(setting),
        "medicalAudience": {"@type": "Patient"},
        "citation": [_citation(setting.sources[key]) for key in rests_on or page.evidence],
        "breadcrumb": _breadcrumb(trail, address) if address and len(trail) > 1 else None,
        "publisher": _publisher(setting.clinic) if setting.clinic.name else None,
        **_reviewed(page.review),
    }
    if exercise is None:
        about = {"@type": kind.schema, "name": page.title} if kind.schema else None
        return [_known({**node, "about": about})]
    plan, steps = f"{url or ''}#exercise", f"{url or ''}#how-to"
    return [
        _known({**node, "mainEntity": {"@id": plan}}),
        _known({"@id": plan, "@type": kind.schema, **_plan(exercise), "hasPart": {"@id": steps}}),
        _known({"@id": steps, **_how_to(exercise, setting)}),
    ]


def of_list(title: str, description: str, path: str, trail: Sequence[tuple[str, str]], setting: Setting) -> Node:
    """The node of a further page of a list, at `path` below docs/: what is in the list says so on pages of its own."""
    address = setting.address
    url = address(path) if address else None
    node = {
        "@type": "CollectionPage",
        "@id": url,
        "url": url,
        "name": title,
        "description": description,
        "inLanguage": setting.language,
        "isAccessibleForFree": True,
        "isPartOf": _website(setting),
        "breadcrumb": _breadcrumb(trail, address) if address else None,
    }
    known: Node = _known(node)
    return known


def script(nodes: Sequence[Node]) -> str:
    """The text of a `<script type="application/ld+json">`: nothing in it can end the script, or is HTML."""
    text = json.dumps({"@context": "https://schema.org", "@graph": nodes}, ensure_ascii=False, separators=(",", ":"))
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _plan(exercise: Presented) -> Node:
    dose = exercise.dose
    return {
        "name": exercise.title,
        "alternateName": [exercise.plain, *exercise.aliases],
        "description": exercise.summary,
        "category": f"https://schema.org/{_ACTIVITIES[exercise.facts.kind]}",
        "exerciseType": [*_kind(exercise), *(movement.name for movement in exercise.movements)],
        "associatedAnatomy": [
            {"@type": "Muscle", "name": muscle.name, "alternateName": muscle.latin and [muscle.latin]}
            for muscle in exercise.targets
        ],
        "repetitions": _amount(exercise),
        "activityDuration": f"PT{exercise.facts.dose.time}S" if exercise.facts.dose.time else None,
        "additionalVariable": f"{dose['sets'].label}: {dose['sets'].value}",
        "activityFrequency": "; ".join(
            f"{dose[name].label}: {dose[name].value}" for name in ("days_per_week", "times_per_day") if name in dose
        ),
        "restPeriods": dose["rest"].value if "rest" in dose else None,
    }


def _kind(exercise: Presented) -> list[str]:
    """What is trained says that it is strength; else the kind does."""
    return [] if exercise.facts.kind is Aim.STRENGTH else [exercise.kind]


def _amount(exercise: Presented) -> Node | int | None:
    if exercise.facts.dose.reps is None:
        return None
    low, high = exercise.facts.dose.reps
    if low == high:
        return low
    return {"@type": "QualitativeValue", "name": f"{exercise.dose['reps'].value} {exercise.reps_are}"}


def _how_to(exercise: Presented, setting: Setting) -> Node:
    images = exercise.images
    pictures = [setting.picture(image) for image in images.stills().values()] if setting.address else []
    return {
        "@type": "HowTo",
        "name": exercise.title,
        "image": pictures,
        "tool": [{"@type": "HowToTool", "name": thing.name} for thing in exercise.equipment],
        "step": [
            {"@type": "HowToStep", "position": number, "name": step.label, "text": step.text}
            for number, step in enumerate(exercise.steps, 1)
        ],
    }


def _citation(source: Source) -> str | None:
    if source.doi:
        return f"https://doi.org/{source.doi}"
    return f"https://pubmed.ncbi.nlm.nih.gov/{source.pmid}/" if source.pmid else source.url


def _website(setting: Setting) -> Node:
    return {"@type": "WebSite", "name": setting.site, "url": setting.address(HOME) if setting.address else None}


def _breadcrumb(trail: Sequence[tuple[str, str]], address: Address) -> Node:
    items = [
        {"@type": "ListItem", "position": number, "name": title, "item": address(path)}
        for number, (path, title) in enumerate(trail, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _publisher(clinic: Clinic) -> Node:
    return {
        "@type": "MedicalOrganization",
        "name": clinic.name,
        "url": clinic.booking,
        "telephone": [phone.number for phone in clinic.phones],
    }


def _reviewed(review: Review) -> Node:
    if review.status != "reviewed" or review.on is None:
        return {}
    return {"lastReviewed": review.on.isoformat(), "reviewedBy": {"@type": "Person", "name": review.by}}


def _known(value: Any) -> Any:
    """Without what is not known: an empty list, or None."""
    if isinstance(value, dict):
        known = {key: _known(part) for key, part in value.items()}
        return {key: part for key, part in known.items() if part is not None and part != []}
    return [part for part in map(_known, value) if part is not None] if isinstance(value, list) else value
