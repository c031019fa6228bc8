"""The warning signs of this site: short, each alone, in the tier where they belong, and with one answer everywhere."""

from __future__ import annotations

import re

import pytest
from hipknee.content import catalogue
from hipknee.content.red_flags import TIERS, grouped, on_page
from projects import ROOT

CONTENT = catalogue.load(ROOT)
SHARED = CONTENT.red_flags.value
CONDITIONS = {slug: entry.value for slug, entry in CONTENT.conditions.items()}
TEXTS = {
    path.relative_to(ROOT).as_posix(): " ".join(path.read_text("utf-8").split())
    for path in [*ROOT.glob("docs/**/*.md"), ROOT / "docs/_data/site.yml", ROOT / "docs/_data/red_flags.yml"]
}
WHERE = {
    # What no source that the site cites puts lower, by what the sign says; of one joint: with its name before it.
    "emergency": (
        "cannot put any weight",
        "cannot move your",
        "bent, shorter or turned out",
        "see bone",
        "cold, pale or blue",
        "whole leg or foot is suddenly numb",
        "you have a fever",
        "shake with chills",
        "replaced {joint} is newly hot, red or swollen",
        "recent shot or surgery",
        "immune system is weak",
        "chest pain or trouble breathing",
        "bladder or bowel",
        "numb around your groin",
        "Both of your legs",
        "limp and a fever",
        "will not walk",
        "hip: hurts badly after a fall",
        "knee: cannot lift your leg",
        "knee: out of place",
    ),
    "same_day": (
        "newly hot to the touch, even with no fever",
        "swollen or a new color, and hard to move",
        "bad pain that started all at once",
        "hardly walk",
        "calf or leg is newly swollen",
        "calf or leg is warm",
        "child or teen limps",
        "cancer, and you have new bone pain",
        "never lets up in any position",
        "lose weight or sweat at night",
        "hurts more than before, feels stiffer, or leaks",
        "newly weak or partly numb",
        "knee: will not straighten or bend",
        "knee: gives way",
        "knee: swelled fast",
        "hip: 65 or older",
        "hip: you have thin bones",
        "hip: each step hurts your groin",
    ),
    "book": ("after 2 weeks", "after 6 weeks of the plan", "worse over 2 weeks", "hip: only when you lie on it"),
}


def test_each_sign_carries_its_source() -> None:
    """Those that all pages share, and a page's own."""
    owners = [SHARED, *(condition and condition.red_flags for condition in CONDITIONS.values())]
    signs = [sign for owner in owners for tier in TIERS for sign in getattr(owner, tier)]
    assert signs
    assert [sign.text for sign in signs if not sign.sources] == []


def test_copies_are_told_as_copies() -> None:
    """Pages of the NHS and of NICE that nobody has opened are never told as what these say."""
    sources = CONTENT.sources.value.root if CONTENT.sources.value else {}
    keys = {key for tier in TIERS for sign in getattr(SHARED, tier) for key in sign.sources}
    copies = [sources[key] for key in keys if "copy" in sources[key].short or "second-hand" in sources[key].short]
    assert {*sources} >= {*keys}
    assert len(copies) >= 5
    for source in copies:
        assert source.checked != "verified"
        assert re.search(r"\bcop(y|ies)\b|another site|others quote", source.shows), source.short


@pytest.mark.parametrize("slug", CONDITIONS)
def test_each_sign_is_in_its_tier_on_each_page(slug: str) -> None:
    condition = CONDITIONS[slug]
    assert condition
    assert SHARED
    signs = {tier: [sign.text for sign in shown] for tier, shown in on_page(condition, SHARED).items()}
    for tier, phrases in WHERE.items():
        for phrase in phrases:
            joint, _, text = phrase.rpartition(": ")
            if joint in ("", condition.joint):
                text = text.replace("{joint}", condition.joint or "")
                places = {other: sum(text in sign for sign in signs[other]) for other in TIERS}
                assert places[tier] == 1, (text, places)
                assert sum(places.values()) == 1, (text, places)


@pytest.mark.parametrize("slug", CONDITIONS)
def test_signs_stand_in_short_groups(slug: str) -> None:
    """Whoever is afraid looks through headings, not through twenty signs."""
    condition = CONDITIONS[slug]
    assert condition
    assert SHARED
    for shown in on_page(condition, SHARED).values():
        groups = grouped(shown)
        headings = [heading for heading, _ in groups]
        assert all(headings)
        assert len({*headings}) == len(headings), "those of one group stand together"
        assert max(len(signs) for _, signs in groups) <= 5


def test_each_sign_can_be_read_alone() -> None:
    assert SHARED
    for tier in TIERS:
        for sign in getattr(SHARED, tier):
            assert not re.match(r"(?:And|Or|But|Also)\b", sign.text), sign.text
            assert sign.text.endswith("."), sign.text
            assert sign.text.count(".") == 1, f"{sign.text}: one sign, one sentence"


GONE = (
    r"few weeks of home care",
    r"6 to 12 weeks",
    r"3 (?:to|or) 4 days",
    r"hot, red and very swollen",
    r"walk it off",
    r"history of cancer",
    r"limp must be seen the same day[^.]*fever",
)
"""What contradicted itself, or what no page says any more."""


@pytest.mark.parametrize("pattern", GONE)
def test_what_no_page_says_any_more(pattern: str) -> None:
    assert [path for path, text in TEXTS.items() if re.search(pattern, text, re.IGNORECASE)] == []


def test_no_better_has_three_answers() -> None:
    """2 weeks with home care alone, 6 weeks with the plan, worse over 2 weeks: wherever a page says when to book."""
    numbers = {
        (path, match[0])
        for path, text in TEXTS.items()
        for match in re.finditer(r"(?:not eased|no better|not getting better|worse)[^.?]*?(\d+) weeks", text)
        if match[1] not in ("2", "6")
    }
    assert numbers == set()
