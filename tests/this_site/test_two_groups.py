"""The two groups of this site: the exercises of the article that it began with, and those that go with them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hipknee.content import catalogue
from projects import ROOT, words
from selectolax.lexbor import LexborHTMLParser

CONTENT = catalogue.load(ROOT)
SAY = words()
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
        assert {
            (link.attributes["href"] or "").rstrip("/").split("/")[-1] for link in section.css("li a:not(.add)")
        } == slugs


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


def test_nine_exercises_have_no_filter(real: Path) -> None:
    """Fewer than ten are seen sooner than chosen; nor is the script fetched that would filter them."""
    for path in ("exercises", "knee-pain", "hip-pain"):
        here = page(real, path)
        assert here.css("li.card")
        assert not here.css(".filters, script[src*='javascripts/filter.']"), path


def test_each_group_begins_with_what_people_start_with(real: Path) -> None:
    levels = [SAY[f"level_{level}"] for level in ("gentle", "medium", "hard")]
    for group in page(real, "exercises").css("section.group"):
        order = [levels.index(card.css_first("dd").text()) for card in group.css("li.card")]
        assert order
        assert order == sorted(order)


def test_the_jumps_of_a_condition_lead_somewhere(real: Path) -> None:
    for path in ("knee-pain", "hip-pain"):
        here = page(real, path)
        places = [link.attributes["href"] or "" for link in here.css(".jumps a")]
        assert places == ["#red-flags", "#self-care", "#exercises"]
        assert all(len(here.css(f"h2{place}")) == 1 for place in places)


def test_the_first_page_shows_every_exercise(real: Path) -> None:
    here = page(real, ".")
    assert len(here.css(".thumbs img[loading=lazy]")) == len(here.css(".thumbs a")) == len(CONTENT.exercises)
