"""The two groups of this site: the exercises of the article that it began with, and those that go with them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hipknee.content import catalogue
from playwright.sync_api import Browser, expect
from projects import ROOT
from selectolax.lexbor import LexborHTMLParser

CONTENT = catalogue.load(ROOT)
HIP = {"clamshell", "side-lying-leg-raise", "bridge", "lateral-band-walk"}
HIP |= {f"band-hip-{way}" for way in ("flexion", "abduction", "extension")}
THIGH = {"sit-to-stand", "seated-knee-extension"}
HEADINGS = {"hip": "Seven hip exercises", "thigh": "Two thigh exercises that go with them"}
FORBIDDEN = ("first", "before hip", "enough", "best", "must", "instead of hip")
"""Nothing that says an order of thigh and hip work, or that one alone will do."""


def page(real: Path, name: str) -> LexborHTMLParser:
    return LexborHTMLParser((real / "site" / name / "index.html").read_text("utf-8"))


def test_which_exercise_is_where() -> None:
    assert {group.id: {*group.exercises} for group in CONTENT.groups} == {"hip": HIP, "thigh": THIGH}


@pytest.mark.parametrize("name", ["", "exercises", "knee-pain"])
def test_two_groups_wherever_exercises_are_listed(real: Path, name: str) -> None:
    tree = page(real, name)
    sections = [*tree.css("section.group")]
    assert [section.css_first("h2, h3").text() for section in sections] == [*HEADINGS.values()]
    for section, slugs in zip(sections, (HIP, THIGH), strict=True):
        assert {(link.attributes["href"] or "").rstrip("/").split("/")[-1] for link in section.css("li a")} == slugs


def test_hip_pain_has_one_thigh_exercise(real: Path) -> None:
    headings = [heading.text() for heading in page(real, "hip-pain").css("section.group > h3")]
    assert headings == [HEADINGS["hip"], "One thigh exercise that goes with them"]


@pytest.mark.parametrize("slug", sorted(HIP | THIGH))
def test_only_thigh_pages_say_that_they_are_not_of_the_article(real: Path, slug: str) -> None:
    notes = [note.text() for note in page(real, f"exercises/{slug}").css(".group-note")]
    assert len(notes) == (slug in THIGH)
    for note in notes:
        assert "not in the article" in note
        assert "go together" in note
        assert not [word for word in FORBIDDEN if word in note.lower()]


def test_each_thigh_page_rests_its_reason_on_sources() -> None:
    for slug in THIGH:
        text = CONTENT.exercises[slug].text
        assert "go together. [@collins-2018]" in text
        assert "the main part. [@neal-2024]" in text


def test_what_is_said_of_the_article_counts_its_own(real: Path) -> None:
    assert "7 hip exercises" in page(real, "about").css_first("article").text()
    explanation = " ".join(page(real, "hip-strength-and-knee-pain").css_first("article").text().lower().split())
    assert not [word for word in ("nine exercises", "9 exercises", *THIGH) if word in explanation]


def test_the_filter_hides_a_group_without_a_match(browser: Browser, home: str) -> None:
    """The heading goes with its cards, and comes back with them."""
    with browser.new_context(base_url=home) as context:
        here = context.new_page()
        here.goto("/exercises/")
        groups = here.locator("section.group")
        here.locator("select[name=position]").select_option("sitting")
        expect(groups.nth(0)).to_be_hidden()
        expect(groups.nth(1)).to_be_visible()
        here.locator("form.filters button[type=reset]").click()
        expect(groups.nth(0)).to_be_visible()
