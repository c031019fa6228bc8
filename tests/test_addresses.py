"""Addresses within the site, as seen from a page."""

from __future__ import annotations

import pytest
from hipknee.addresses import absolute, addresses, relative

CASES = [  # where it leads, the page that it is on, the address
    ("knee-pain/", "exercises/clamshell/", "../../knee-pain/"),
    ("exercises/bridge/", "exercises/clamshell/", "../bridge/"),
    ("exercises/", "exercises/clamshell/", "../"),
    ("", "exercises/clamshell/", "../../"),
    ("", "", "./"),
    ("knee-pain/", "", "knee-pain/"),
    ("knee-pain/", "knee-pain/", "./"),
    ("assets/pictures/a.webp", "exercises/", "../assets/pictures/a.webp"),
    ("knee-pain.html", "about.html", "knee-pain.html"),
]


@pytest.mark.parametrize(("target", "page", "expected"), CASES)
def test_the_way_from_page_to_page(target: str, page: str, expected: str) -> None:
    assert relative(target, page) == expected


def test_source_files_lead_to_where_they_are_published_and_keep_their_fragment() -> None:
    url = addresses({"glossary.md": "glossary/"}, "knee-pain/")
    assert url("glossary.md#pelvis") == "../glossary/#pelvis"
    assert url("pdf/booklet-a4.pdf") == "../pdf/booklet-a4.pdf"


def test_whole_addresses_on_the_web() -> None:
    urls = {"index.md": "./", "glossary.md": "glossary/"}
    for site in ("https://example.org/hips/", ""):
        url = absolute(urls, site)
        assert url("index.md") == site
        assert url("glossary.md#pelvis") == f"{site}glossary/#pelvis"
        assert url("exercises.json") == f"{site}exercises.json"
