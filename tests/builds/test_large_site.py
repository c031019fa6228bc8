"""A large site with all that a hip and knee clinic teaches: they are checked, built and printed."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import jsonschema
import projects
import pytest
from hipknee.content.front_matter import read_page
from hipknee.pages import exercises_json
from projects import CLINIC, Shared, check, clinic
from selectolax.lexbor import LexborHTMLParser

PAGES = {path.stem: read_page(path.name, path.read_bytes())[0].data for path in CLINIC.glob("docs/exercises/*.md")}


@pytest.fixture(scope="session")
def built(shared: Shared) -> Path:
    return shared("clinic", lambda at: projects.build(clinic(at)))


@pytest.fixture(scope="module")
def data(built: Path) -> dict[str, Any]:
    """The files of all exercises that the list names."""
    site = built / "site"
    exercises = json.loads((site / "exercises.json").read_text("utf-8"))["exercises"]
    return {exercise["id"]: json.loads((site / exercise["data"]).read_text("utf-8")) for exercise in exercises}


def page(built: Path, slug: str) -> LexborHTMLParser:
    return LexborHTMLParser((built / "site" / "exercises" / slug / "index.html").read_text("utf-8"))


def test_it_has_every_kind_and_all_of_the_vocabulary() -> None:
    kinds = Counter(str(fields.get("kind", "strength")) for fields in PAGES.values())
    assert sum(kinds.values()) >= 33
    assert min(kinds[kind] for kind in ("strength", "stretch", "balance", "mobility")) >= 5
    vocabulary = projects.vocabulary()
    names = {name for fields in PAGES.values() for name in (fields["position"], *map(str, things(fields)))}
    assert {*vocabulary["positions"], *vocabulary["equipment"]} <= names


def things(fields: dict[str, Any]) -> list[str]:
    return [next(iter(thing)) if isinstance(thing, dict) else thing for thing in fields["equipment"]]


def test_the_check_is_silent(built: Path) -> None:
    done = check("--root", built, "--site", built / "site")
    assert (done.returncode, done.stdout) == (0, "")


def test_the_data_keep_to_their_schema(built: Path, data: dict[str, Any]) -> None:
    site = built / "site"
    schemas = {name: json.loads((site / name).read_text("utf-8")) for name in exercises_json.schemas()}
    every = json.loads((site / exercises_json.NAME).read_text("utf-8"))
    jsonschema.Draft202012Validator(schemas[exercises_json.SCHEMA]).validate(every)
    for exercise in data.values():
        jsonschema.Draft202012Validator(schemas[exercises_json.EXERCISE_SCHEMA]).validate(exercise)
    assert PAGES.keys() <= data.keys()
    fields_schema = json.loads((site / "exercise.schema.json").read_text("utf-8"))
    for slug, fields in PAGES.items():
        jsonschema.Draft202012Validator(fields_schema).validate(json.loads(json.dumps(fields, default=str)))
        assert (data[slug]["kind"], data[slug]["dose"].get("time_seconds")) == (
            fields.get("kind", "strength"),
            seconds(fields["dose"].get("time")),
        )
        assert bool(data[slug]["stretches"]) is (data[slug]["kind"] == "stretch")
        assert {*data[slug]["images"]} == {*fields["images"]}


def test_the_scripts_of_the_filter_are_light(built: Path) -> None:
    """A hundred bytes for each exercise, of which no two have the same texts."""
    texts = [path.read_text("utf-8") for path in built.glob("site/**/cards.js")]
    assert len(texts) == 3
    counts = [len(json.loads(text[text.index("{") : text.rindex("}") + 1])["columns"]["slug"]) for text in texts]
    assert min(counts) > 24
    assert sum(len(gzip.compress(text.encode(), 9)) for text in texts) <= 120 * sum(counts)


def seconds(time: str | None) -> int | None:
    if time is None:
        return None
    number, unit = re.fullmatch(r"(\d+) ?(s|min)", time).groups()  # type: ignore[union-attr]
    return int(number) * {"s": 1, "min": 60}[unit]


@pytest.mark.parametrize("slug", [slug for slug, fields in PAGES.items() if fields.get("kind") == "stretch"])
def test_a_stretch_never_claims_to_train(slug: str, built: Path) -> None:
    tree = page(built, slug)
    labels = [node.text() for node in tree.css("dl.glance dt")]
    assert "Stretched muscles" in labels
    assert not {"Target muscles", "Helpers"} & {*labels}
    script = tree.css_first('script[type="application/ld+json"]')
    assert script
    plan = next(node for node in json.loads(script.text())["@graph"] if node["@type"] == "ExercisePlan")
    assert (plan["category"], plan["exerciseType"]) == ("https://schema.org/Flexibility", ["Stretch"])


CLAIMS = re.compile(r"\b(?:strengthen\w*|stronger|trains?|training|builds?)\b", re.IGNORECASE)


@pytest.mark.parametrize("slug", [slug for slug, fields in PAGES.items() if fields.get("kind") == "stretch"])
def test_nor_do_its_words(slug: str) -> None:
    text = (CLINIC / "docs" / "exercises" / f"{slug}.md").read_text("utf-8")
    assert CLAIMS.findall(text) == []


def test_one_pose_stands_alone(built: Path) -> None:
    slugs = [slug for slug, fields in PAGES.items() if "hold" in fields["images"]]
    assert len(slugs) >= 3
    for slug in slugs:
        captions = [node.text() for node in page(built, slug).css(".pictures figcaption")]
        assert captions == ["Hold"]


def test_every_exercise_has_its_sheets(built: Path) -> None:
    sheets = {path.name for path in (built / "site" / "pdf").iterdir()}
    for slug in PAGES:
        assert {f"{slug}{large}-{paper}.pdf" for large in ("", "-large") for paper in ("letter", "a4")} <= sheets
