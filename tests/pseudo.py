"""A language for the tests: each word that somebody wrote has a mark. A word that has none stands in the engine."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import projects
import yaml
from hipknee.content.front_matter import read_data, read_page

LANGUAGE = "eo"
"""A code that the theme knows, and nobody here writes."""
MARK = "ŧ"
"""A letter that the print font has, and no word of the invented project."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_PLACES = re.compile(r"\{\w+\}")
_MARKUP = re.compile(r"\]\([^)]*\)|\[@[^\]]*\]|<[^>]*>|\{:[^}]*\}")
_IDS = {
    *"order exercises was evidence sources conditions primary secondary prime muscles movements equipment page".split(),
    *"level posture".split(),
    *"chart prints hide file position side status condition id rule each icon checked ask_first kind not_found".split(),
}
"""The fields that name something elsewhere: a page, a source, a word of the vocabulary, a file."""
_FIGURES = {*"updated on next until tempo year pages doi pmid pmcid url".split()}
_TIME = re.compile(r"\d+ s")
RULES = {
    "date": "{year}, {month} {day}",
    "singular_counts": [1],
    "titles_in_sentences": "small",
    "capital_words": [],
    "plural_endings": ["oj"],
    "plural_look_alikes": [],
    "possessive_endings": [],
    "word_endings": [],
}
"""How the language works."""


def mark(text: str, kept: re.Pattern[str] = _PLACES) -> str:
    """Every word of a text with the mark at its end, but for what the pattern `kept` finds."""
    either = re.compile(f"({kept.pattern})|{_WORD.pattern}")
    return either.sub(lambda match: match[0] if match[1] else f"{match[0]}{MARK}", text)


def unmarked(text: str) -> list[str]:
    """The words of two letters or more that nobody marked."""
    return [word for word in _WORD.findall(text) if MARK not in word and len(word) > 1]


def marked(value: Any, key: str = "") -> Any:
    """A document's data with every text marked."""
    match value:
        case dict():
            return {name: marked(one, str(name)) for name, one in value.items()}
        case list() if key not in _IDS:
            return [marked(one, key) for one in value]
        case str() if key not in {*_IDS, *_FIGURES} and not _TIME.fullmatch(value):
            return mark(value)
    return value


def project(at: Path) -> Path:
    """The invented project in this language, in the folder `at`, with a clinic and an address."""
    projects.fixture(at)
    for page in sorted(at.glob("docs/**/*.md")):
        document, problems = read_page("", page.read_bytes())
        assert problems == []
        own = {"prints": ["booklet", "tick-chart"]} if page.name == "about.md" else {}
        page.write_text(f"---\n{_yaml(marked(document.data) | own)}---\n{mark(document.body, _MARKUP)}", "utf-8")
    data = at / "docs" / "_data"
    for name in ("site.yml", "sources.yml", "vocabulary.yml"):
        (data / name).write_text(_yaml(marked(read_data("", (data / name).read_bytes())[0].data)), "utf-8")
    words = {name: marked(text) for name, text in projects.words().items()}
    (data / f"words.{LANGUAGE}.yml").write_text(_yaml(words | RULES), "utf-8")
    (data / "words.en.yml").unlink()
    with (at / "docs" / "about.md").open("a", encoding="utf-8") as about:
        about.write(f"\n| Cup{MARK} | Lid{MARK} |\n|---|---|\n| two{MARK} | Teapot{MARK} tip{MARK}oj |\n")
    settings = at / "mkdocs.yml"
    own = yaml.safe_load(settings.read_text("utf-8"))
    clinic = {"name": "Tea House", "phones": [{"label": "Front desk", "number": "904-555-0143"}]}
    links = [{"label": mark("About us"), "address": "https://example.org/us"}]
    addresses = {"booking": "https://example.org/us/book", "report": "spills@example.org", "links": links}
    (data / "clinic.yml").write_text(_yaml(marked(clinic) | addresses), "utf-8")
    own |= {name: mark(own[name]) for name in ("site_name", "site_description")}
    own |= {"copyright": mark("All poured."), "site_url": projects.ADDRESS, "theme": {"language": LANGUAGE}}
    settings.write_text(_yaml(own), "utf-8")
    return at


def _yaml(data: Any) -> str:
    return yaml.safe_dump(data, sort_keys=False, allow_unicode=True)
