"""Each exercise page says what a report of an exercise has to say.

CERT, the Consensus on Exercise Reporting Template (Slade 2016), has 19 items. Two, 11 and 16b, are results of a trial.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from projects import ROOT
from selectolax.lexbor import LexborHTMLParser

EXERCISES = sorted(path.stem for path in ROOT.glob("docs/exercises/*.md") if path.stem != "index")
ITEMS = {
    "1 what it needs": (".dose", r"You need"),
    "2 who teaches it": (".at-home", r"let a physical therapist \(PT\) show you"),
    "3 alone or in a group": (".at-home", r"on your own"),
    "4 supervised or not": (".at-home", r"second check after a week or two can help"),
    "5 how it is logged": (".at-home a[href$='keep-at-it/#habits-to-try']", r"chart"),
    "6 what keeps people at it": (".at-home a[href$='keep-at-it/#habits-to-try']", r"keep at it"),
    "7a when to make it harder": (".at-home a[href$='your-week/#when-to-make-it-harder']", r"Ready for more"),
    "7b how to make it harder": (".levels", r"Make it harder"),
    "8 how it is done": ("ol.steps", r"Start .* Move "),
    "9 what is done at home": (".at-home", r"At home"),
    "10 what else is done": ("main, article", r"warning signs"),
    "12 where": (".at-home", r"At home"),
    "13 how much": (".dose", r"sets of .*(?:reps|steps).* days a week"),
    "14a for all or for one": (".dose-note", r"common starting point"),
    "14b how it is fitted": (".dose-note", r"physical therapist \(PT\) may change it"),
    "15 where to start": (".at-home", r"easiest form that you can do 8 times"),
    "16a how to see that it is done right": (".mistakes", r"Mistake .* Fix "),
}
"""Where an item stands, and what is said there."""


def test_all_items() -> None:
    assert len(ITEMS) == 17
    assert EXERCISES


@pytest.mark.parametrize("slug", EXERCISES)
def test_a_page(real: Path, slug: str) -> None:
    page = LexborHTMLParser((real / "site" / "exercises" / slug / "index.html").read_text("utf-8"))
    for item, (place, words) in ITEMS.items():
        said = [re.sub(r"\s+", " ", node.text(separator=" ")) for node in page.css(place)]
        assert any(re.search(words, text) for text in said), item


FACTS = {
    slug: yaml.safe_load((ROOT / f"docs/exercises/{slug}.md").read_text("utf-8").split("\n---\n")[0])
    for slug in EXERCISES
}
BANDS = {slug: data for slug, data in FACTS.items() if any(isinstance(thing, dict) for thing in data["equipment"])}


def test_the_same_band_the_same_care() -> None:
    """What the band at the ankles asks for, it asks for on every page."""
    assert len(BANDS) == 4
    cautions = [{one["who"]: one["do"] for one in data["cautions"]} for data in BANDS.values()]
    same = {who for who, do in cautions[0].items() if all(other.get(who) == do for other in cautions)}
    for about in ("balance", "numb feet", "sore at your ankle", "blood clot", "band at your ankles", "replacement"):
        assert any(about in who for who in same), about


@pytest.mark.parametrize("slug", [slug for slug, data in BANDS.items() if data["position"] == "standing"])
def test_who_stands_on_one_leg_is_warned(slug: str) -> None:
    """A sore outer hip: no standing on one leg early on (facts of the outer hip)."""
    (do,) = [one["do"] for one in BANDS[slug]["cautions"] if one["who"] == "If the side of your hip is sore"]
    assert do.startswith("skip this move for now")
