"""A library of 300 exercises stays light: no page, no list and no worker grows with it."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from pathlib import Path

import birds
import flocks
import pytest
from hipknee.content.kinds import LIBRARY
from hipknee.page_facts import read
from hipknee.pages import exercises_json, lists
from hipknee.publish import service_worker
from hipknee.site import Site
from projects import ADDRESS
from test_site import settings

FEW, MIDDLING, MANY = 7, 73, 300
TAIL, FURTHER = "creaky-tail.md", "exercises/2.md"
OWL = "exercises/startled-owl.md"
"""A page in the middle of the catalogue: it has neighbors on both sides."""


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Mapping[int, Site]:
    """By the number of exercises."""

    def site(count: int) -> Site:
        root = flocks.grow(birds.write(tmp_path_factory.mktemp("weights") / "pond"), count, drawn=False)
        return flocks.opened(settings(root, url=ADDRESS))

    return {count: site(count) for count in (FEW, MIDDLING, MANY)}


def html(site: Site, path: str) -> str:
    return site.content(path, site.settings.urls[path], "", "").html


def weight(text: str) -> tuple[int, int]:
    """Bytes as they are, and packed."""
    return len(text.encode()), len(gzip.compress(text.encode(), 9))


def is_alike(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Within 2 percent."""
    return all(abs(a - b) <= 0.02 * a for a, b in zip(one, other, strict=True))


LIMITS = {LIBRARY: 120_000, TAIL: 120_000, FURTHER: 60_000}


@pytest.mark.parametrize("path", LIMITS)
def test_a_page_with_cards(path: str, sites: Mapping[int, Site]) -> None:
    middling, many = (weight(html(sites[count], path)) for count in (MIDDLING, MANY))
    assert many[0] <= LIMITS[path]
    assert is_alike(middling, many)
    assert len(read(html(sites[MANY], path)).addresses) < 200


def test_an_exercise_page(sites: Mapping[int, Site]) -> None:
    few, many = (weight(html(sites[count], OWL)) for count in (FEW, MANY))
    assert many[0] <= 30_000
    assert many[1] <= 9_000
    assert is_alike(few, many)


@pytest.mark.parametrize("path", [LIBRARY, TAIL, FURTHER, OWL])
def test_what_a_page_says_of_itself(path: str, sites: Mapping[int, Site]) -> None:
    middling, many = (weight(json.dumps(sites[count].context(path))) for count in (MIDDLING, MANY))
    assert many[0] <= 6_000
    assert is_alike(middling, many)


def test_the_list_for_programs(sites: Mapping[int, Site]) -> None:
    texts = {file.name: file.text for file in sites[MANY]._data()}
    assert weight(texts[exercises_json.NAME])[0] <= 250 * MANY
    own = [text for name, text in texts.items() if name.startswith("exercises/")]
    assert len(own) == MANY
    assert max(weight(text)[0] for text in own) <= 12_000


def test_the_script_of_the_filter(sites: Mapping[int, Site]) -> None:
    """What distinct texts weigh is held in tests/builds/test_large_site.py; here it is all that stands around them."""
    scripts = dict(sites[MANY].pages.scripts())
    for hub in (LIBRARY, TAIL):
        raw, packed = weight(scripts[lists.script_name(hub)])
        assert raw <= 350 * MANY
        assert packed <= 60 * MANY


def test_the_worker(sites: Mapping[int, Site], tmp_path: Path) -> None:
    sizes = {}
    for count in (MIDDLING, MANY):
        site = sites[count]
        folder = tmp_path / str(count)
        for url in ["404.html", *site.settings.urls.values()]:
            page = folder / (url if url.endswith(".html") else f"{url}index.html")
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text("x", "utf-8")
        for name, text in site.pages.scripts():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, "utf-8")
        pictures = {plan.saved.name for plan in site.plans.values()}
        menu = {"index.html", "exercises/index.html", "creaky-tail/index.html"}
        sizes[count] = len(service_worker.worker(folder, "01234567", pictures, menu).encode())
    assert sizes[MANY] == sizes[MIDDLING] <= 15_000
