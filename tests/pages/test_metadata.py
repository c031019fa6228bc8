"""What pages say of themselves to machines: descriptions, Open Graph, JSON-LD, the sitemap and exercises.json."""

from __future__ import annotations

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


# exercises.json, and the file of each exercise


def read(project: Path, name: str) -> dict[str, Any]:
    return dict(json.loads((project / "site" / name).read_text("utf-8")))


def checker(project: Path, name: str) -> jsonschema.Draft202012Validator:
    schema = read(project, name)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())


def files(project: Path, address: str) -> list[dict[str, Any]]:
    """The files of all exercises, as the list leads to them."""
    listed = read(project, exercises_json.NAME)["exercises"]
    return [read(project, exercise["data"].removeprefix(address)) for exercise in listed]


@pytest.mark.parametrize("name", ["", ADDRESS])
def test_the_data_keep_to_their_schemas(sites: Sites, name: str) -> None:
    project, address = sites[name]
    listed = read(project, exercises_json.NAME)
    told = {exercises_json.SCHEMA: [listed], exercises_json.EXERCISE_SCHEMA: files(project, address)}
    for schema, contents in told.items():
        for content in contents:
            assert [error.message for error in checker(project, schema).iter_errors(content)] == []
            assert content["$schema"] == address + schema
            assert (content["version"], content["language"]) == (3, "en")
    assert listed["url"] == address
    for exercise in told[exercises_json.EXERCISE_SCHEMA]:
        assert exercise["index"] == address + exercises_json.NAME
        assert "waivers" not in exercise


def test_the_schema_refuses_what_is_wrong(sites: Sites) -> None:
    project, address = sites[""]
    told, schema = files(project, address)[0], checker(project, exercises_json.EXERCISE_SCHEMA)
    for wrong in (
        {"steps": [{"role": "jump", "text": "Jump."}]},
        {"dose": {}},
        {"title": None},
        {"updated": "yesterday"},
        {"colour": "red"},
        {"side": "left"},
        {"version": 2},
        {"images": {"start": {"url": "x"}}},
    ):
        assert [*schema.iter_errors(told | wrong)], wrong


@pytest.mark.parametrize("name", ["", ADDRESS])
def test_the_list_leads_to_every_exercise(sites: Sites, name: str) -> None:
    project, address = sites[name]
    listed, data = read(project, exercises_json.NAME)["exercises"], catalogue.load(project)
    assert [(one["id"], one["title"]) for one in listed] == [
        (slug, entry.value.title) for slug, entry in data.exercises.items() if entry.value
    ]
    for one, file in zip(listed, files(project, address), strict=True):
        assert (one["id"], one["url"]) == (file["id"], file["url"])


@pytest.mark.parametrize("name", ["", ADDRESS])
def test_the_data_are_those_of_the_pages(sites: Sites, name: str) -> None:
    project, address = sites[name]
    data = catalogue.load(project)
    site = tree(project / "site")
    for one, entry in zip(files(project, address), data.exercises.values(), strict=True):
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


def test_pages_say_where_their_data_are(sites: Sites) -> None:
    for project, _ in sites.values():
        found = pages(project)
        links = {
            path: [node.attributes["href"] for node in page.css('link[rel=alternate][type="application/json"]')]
            for path, page in found.items()
        }
        exercises = {path: [f"../{Path(path).stem}.json"] for path in found if re.match("exercises/(?!index)", path)}
        expected = {key: [] for key in found} | exercises | {"exercises/index.md": ["../exercises.json"]}
        assert links == expected
