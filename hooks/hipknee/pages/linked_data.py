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
from ..content.catalogue import HOME
from ..content.data_files import Clinic, Source, Vocabulary
from ..content.model import Condition, Exercise, Image, Page, Review
from ..wording import Say, spoken

Node = dict[str, Any]


@dataclass(frozen=True)
class Setting:
    """What a page's words are part of: the site, its data, and who hands it out."""

    site: str
    """The site's name."""
    language: str
    address: Address | None
    """Gives whole web addresses; None when nobody knows where the site stands, and then none is told."""
    picture: Callable[[Image], str | None]
    """Gives a picture's address."""
    vocabulary: Vocabulary
    sources: Mapping[str, Source]
    say: Say
    clinic: Clinic | None


def of_page(page: Page, path: str, trail: Sequence[tuple[str, str]], setting: Setting) -> list[Node]:
    """The nodes of the page at `path` below docs/. `trail` leads there from the home page: paths and titles."""
    address = setting.address
    url = address(path) if address else None
    node = {
        "@type": "MedicalWebPage",
        "@id": url,
        "url": url,
        "name": page.title,
        "alternateName": page.aliases if not isinstance(page, Exercise) else None,
        "description": page.summary,
        "inLanguage": setting.language,
        "dateModified": page.updated.isoformat(),
        "isAccessibleForFree": True,
        "isPartOf": {"@type": "WebSite", "name": setting.site, "url": address(HOME) if address else None},
        "medicalAudience": {"@type": "MedicalAudience", "audienceType": "Patient"},
        "citation": [_citation(setting.sources[key]) for key in page.evidence],
        "breadcrumb": _breadcrumb(trail, address) if address and len(trail) > 1 else None,
        "publisher": _publisher(setting.clinic) if setting.clinic else None,
        **_reviewed(page.review),
    }
    if isinstance(page, Condition):
        node["about"] = {"@type": "MedicalSymptom", "name": page.title}
    if not isinstance(page, Exercise):
        return [_told(node)]
    plan, steps = f"{url or ''}#exercise", f"{url or ''}#how-to"
    return [
        _told({**node, "mainEntity": {"@id": plan}}),
        _told({"@id": plan, **_plan(page, setting.vocabulary, setting.say), "hasPart": {"@id": steps}}),
        _told({"@id": steps, **_how_to(page, setting)}),
    ]


def script(nodes: Sequence[Node]) -> str:
    """The text of a `<script type="application/ld+json">`: nothing in it can end the script, or is HTML."""
    text = json.dumps({"@context": "https://schema.org", "@graph": nodes}, ensure_ascii=False, separators=(",", ":"))
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _plan(page: Exercise, vocabulary: Vocabulary, say: Say) -> Node:
    dose, position = page.dose, vocabulary.positions[page.position]
    return {
        "@type": "ExercisePlan",
        "name": page.title,
        "alternateName": page.aliases,
        "description": page.summary,
        "category": "https://schema.org/StrengthTraining",
        "exerciseType": [vocabulary.movements[id_].name for id_ in page.movements],
        "associatedAnatomy": [
            {"@type": "Muscle", "name": muscle.plain, "alternateName": muscle.latin and [muscle.latin]}
            for muscle in (vocabulary.muscles[id_] for id_ in page.muscles.primary)
        ],
        "repetitions": _amount(dose.reps, say, position.reps),
        "additionalVariable": f"{say('sets')}: {spoken(say, dose.sets)}",
        "activityFrequency": f"{say('days')}: {spoken(say, dose.days_per_week)}",
        "restPeriods": dose.rest and say("seconds", count=dose.rest),
    }


def _amount(ends: tuple[int, int], say: Say, what: str) -> Node | int:
    low, high = ends
    return low if low == high else {"@type": "QualitativeValue", "name": f"{spoken(say, ends)} {what}"}


def _how_to(page: Exercise, setting: Setting) -> Node:
    things, say = setting.vocabulary.equipment, setting.say
    pictures = [setting.picture(image) for image in (page.images.start, page.images.finish)] if setting.address else []
    return {
        "@type": "HowTo",
        "name": page.title,
        "image": pictures,
        "tool": [{"@type": "HowToTool", "name": things[item.name].name} for item in page.equipment],
        "step": [
            {"@type": "HowToStep", "position": number, "name": say(f"role_{step.role}"), "text": step.text}
            for number, step in enumerate(page.steps, 1)
        ],
    }


def _citation(source: Source) -> str | None:
    if source.doi:
        return f"https://doi.org/{source.doi}"
    return f"https://pubmed.ncbi.nlm.nih.gov/{source.pmid}/" if source.pmid else source.url


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


def _told(value: Any) -> Any:
    """Without what is not known: an empty list, or None."""
    if isinstance(value, dict):
        told = {key: _told(one) for key, one in value.items()}
        return {key: one for key, one in told.items() if one is not None and one != []}
    return [one for one in map(_told, value) if one is not None] if isinstance(value, list) else value
