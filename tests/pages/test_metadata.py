"""What pages say of themselves to machines: descriptions, Open Graph, JSON-LD, the sitemap and exercises.json."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest
from hipknee.content import catalogue
from hipknee.content.model import Exercise
from hipknee.pages import exercises_json, linked_data
from PIL import Image
from projects import ADDRESS, tree
from selectolax.lexbor import LexborHTMLParser

Sites = dict[str, tuple[Path, str]]


@pytest.fixture(scope="module")
def sites(built: Path, addressed: Path) -> Sites:
    """Built sites by their address, and that address: one knows of none."""
    return {"": (built, ""), ADDRESS: (addressed, ADDRESS)}


def pages(project: Path) -> dict[str, LexborHTMLParser]:
    """Every page that a source stands behind, by its path below docs/."""
    data = catalogue.load(project)
    places = {path: re.sub(r"(^|/)index/$", r"\1", path.removesuffix(".md") + "/") for path in data.pages}
    return {
        path: LexborHTMLParser((project / "site" / place / "index.html").read_text("utf-8"))
        for path, place in places.items()
    }


def meta(page: LexborHTMLParser) -> dict[str, str]:
    found = page.css("meta[name], meta[property]")
    return {
        one.attributes.get("name") or one.attributes["property"] or "": one.attributes["content"] or "" for one in found
    }


def nodes(page: LexborHTMLParser) -> dict[str, dict[str, Any]]:
    """The nodes of the page's JSON-LD, by type."""
    (script,) = page.css('script[type="application/ld+json"]')
    told = json.loads(script.text())
    assert told["@context"] == "https://schema.org"
    return {node["@type"]: node for node in told["@graph"]}


def strings(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for one in value.values() for text in strings(one)]
    return [text for one in value for text in strings(one)] if isinstance(value, list) else [str(value)]


@pytest.mark.parametrize("name", ["", ADDRESS])
def test_every_page_describes_itself(sites: Sites, name: str) -> None:
    project, address = sites[name]
    entries = catalogue.load(project).pages
    for path, page in pages(project).items():
        value, told = entries[path].value, meta(page)
        assert told["description"] == told["og:description"] == value.summary
        assert told["og:title"] == value.title
        canonical = [one.attributes["href"] for one in page.css("link[rel=canonical]")]
        place = re.sub(r"(^|/)index/$", r"\1", path.removesuffix(".md") + "/")
        assert canonical == ([address + place] if address else [])
        assert told.get("og:url") == (address + place if address else None)
        node = nodes(page)["MedicalWebPage"]
        assert (node["name"], node["description"], node["dateModified"]) == (
            value.title,
            value.summary,
            value.updated.isoformat(),
        )
        assert node.get("url") == (address + place if address else None)
        assert "robots" not in told


def test_a_review_is_told_only_when_there_was_one(sites: Sites) -> None:
    reviewed = set()
    for project, _ in sites.values():
        entries = catalogue.load(project).pages
        for path, page in pages(project).items():
            review, node = entries[path].value.review, nodes(page)["MedicalWebPage"]
            if review.status == "reviewed":
                reviewed.add(path)
                assert node["lastReviewed"] == review.on.isoformat()
                assert node["reviewedBy"] == {"@type": "Person", "name": review.by}
            else:
                assert not {"lastReviewed", "reviewedBy"} & node.keys()
    assert reviewed == {"index.md"}


@pytest.mark.parametrize("name", ["", ADDRESS])
def test_an_exercise_is_a_plan_and_its_steps(sites: Sites, name: str) -> None:
    project, address = sites[name]
    data = catalogue.load(project)
    found = pages(project)
    for slug, entry in data.exercises.items():
        value = entry.value
        assert value
        told = nodes(found[f"exercises/{slug}.md"])
        assert [step["text"] for step in told["HowTo"]["step"]] == [step.text for step in value.steps]
        assert [step["position"] for step in told["HowTo"]["step"]] == list(range(1, len(value.steps) + 1))
        plan = told["ExercisePlan"]
        assert plan["hasPart"]["@id"] == told["HowTo"]["@id"]
        assert told["MedicalWebPage"]["mainEntity"]["@id"] == plan["@id"]
        assert data.vocabulary.value
        muscles = [data.vocabulary.value.muscles[id_].plain for id_ in value.muscles.primary]
        assert [one["name"] for one in plan["associatedAnatomy"]] == muscles
        low, high = value.dose.reps
        assert plan["repetitions"] == low if low == high else f"{low} to {high}" in plan["repetitions"]["name"]
        for picture in told["HowTo"].get("image", []):
            assert (project / "site" / picture.removeprefix(address)).is_file()
        assert bool(told["HowTo"].get("image")) is bool(address)


def test_no_address_is_made_up(sites: Sites) -> None:
    """Without site_url nothing tells a whole address, but of sources and of schema.org."""
    project, _ = sites[""]
    for page in pages(project).values():
        told = nodes(page)
        for node in told.values():
            node.pop("citation", None)
        said = [*strings(list(told.values())), *meta(page).values()]
        assert {text for text in said if "://" in text} <= {"https://schema.org/StrengthTraining"}
        assert not {"og:url", "og:image"} & meta(page).keys()


def test_the_picture_that_stands_for_a_page(sites: Sites) -> None:
    project, address = sites[ADDRESS]
    cards = {path: meta(page) for path, page in pages(project).items()}
    assert len({told["og:image"] for told in cards.values()}) == len(cards)  # each has its own
    for told in cards.values():
        with Image.open(project / "site" / told["og:image"].removeprefix(address)) as card:
            assert card.format == "JPEG"  # not every program shows WebP
            assert (f"{card.width}", f"{card.height}") == (told["og:image:width"], told["og:image:height"])
            assert card.size == (1200, 630)
        assert told["og:image:alt"].startswith(told["og:title"])


def test_what_is_not_to_be_found(sites: Sites) -> None:
    for project, _ in sites.values():
        error = LexborHTMLParser((project / "site" / "404.html").read_text("utf-8"))
        assert meta(error)["robots"] == "noindex"


def test_the_sitemap(sites: Sites) -> None:
    project, address = sites[ADDRESS]
    data = catalogue.load(project)
    found = ElementTree.fromstring((project / "site" / "sitemap.xml").read_text("utf-8"))
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    days = {url.findtext(f"{space}loc"): url.findtext(f"{space}lastmod") for url in found}
    entries = data.pages
    places = {path: re.sub(r"(^|/)index/$", r"\1", path.removesuffix(".md") + "/") for path in entries}
    assert days == {address + place: entries[path].value.updated.isoformat() for path, place in places.items()}


def test_nothing_in_it_ends_the_script() -> None:
    text = linked_data.script([{"name": "</script><script>alert(1)</script><!-- & -->"}])
    assert not {"<", ">", "&"} & set(text)
    assert json.loads(text)["@graph"][0]["name"] == "</script><script>alert(1)</script><!-- & -->"


# exercises.json


def data_of(project: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    site = project / "site"
    return json.loads((site / exercises_json.NAME).read_text("utf-8")), json.loads(
        (site / exercises_json.SCHEMA).read_text("utf-8")
    )


@pytest.mark.parametrize("name", ["", ADDRESS])
def test_the_data_keep_to_their_schema(sites: Sites, name: str) -> None:
    project, address = sites[name]
    told, schema = data_of(project)
    jsonschema.Draft202012Validator.check_schema(schema)
    checker = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    assert [error.message for error in checker.iter_errors(told)] == []
    assert told["$schema"] == address + exercises_json.SCHEMA
    assert told["url"] == address
    assert "waivers" not in told["exercises"][0]


def test_the_schema_refuses_what_is_wrong(sites: Sites) -> None:
    told, schema = data_of(sites[""][0])
    checker = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    for wrong in (
        {"steps": [{"role": "jump", "text": "Jump."}]},
        {"dose": {}},
        {"title": None},
        {"updated": "yesterday"},
        {"colour": "red"},
        {"side": "left"},
        {"images": {"start": {"url": "x"}}},
    ):
        broken = copy.deepcopy(told)
        broken["exercises"][0] |= wrong
        assert [*checker.iter_errors(broken)], wrong


@pytest.mark.parametrize("name", ["", ADDRESS])
def test_the_data_are_those_of_the_pages(sites: Sites, name: str) -> None:
    project, address = sites[name]
    told, _ = data_of(project)
    data = catalogue.load(project)
    assert [one["id"] for one in told["exercises"]] == [*data.exercises]
    site = tree(project / "site")
    for one, entry in zip(told["exercises"], data.exercises.values(), strict=True):
        page = entry.value
        assert isinstance(page, Exercise)
        assert [(s["role"], s["text"]) for s in one["steps"]] == [(s.role, s.text) for s in page.steps]
        assert tuple(one["dose"]["reps"]) == page.dose.reps
        assert one["dose"].get("hold_seconds") == page.dose.hold
        assert [m["id"] for m in one["muscles"]["primary"]] == page.muscles.primary
        assert [e["id"] for e in one["evidence"]] == page.evidence
        assert {h["id"]: h["why"] for h in one["helps"]} == page.helps
        assert [c["who"] for c in one["cautions"]] == [c.who for c in page.cautions]
        assert one["review"]["status"] == page.review.status
        pictures = [*one["images"].values(), *(m["image"] for m in one["mistakes"] if "image" in m)]
        assert {role: shown["alt"] for role, shown in one["images"].items()} == {
            role: image.alt for role, image in page.images if image
        }
        for address_ in [one["url"], *(h["url"] for h in one["helps"]), *(p["url"] for p in pictures)]:
            place = address_.removeprefix(address)
            assert (f"{place}index.html" if place.endswith("/") else place) in site


def test_the_library_says_where_the_data_are(sites: Sites) -> None:
    for project, _ in sites.values():
        (link,) = pages(project)["exercises/index.md"].css('link[rel=alternate][type="application/json"]')
        assert link.attributes["href"] == "../exercises.json"
