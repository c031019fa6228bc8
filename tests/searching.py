"""A page with nothing but the search, for an index of any size, and what stands in the parts of an index."""

from __future__ import annotations

import json
import random
import re
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from hipknee.pages import search, search_index, search_parts
from hipknee.search_words import Words
from hipknee.wording import Say
from jinja2 import Environment, FileSystemLoader
from projects import ASSETS, ROOT

PAGE = """\
<!doctype html>
<html lang="en" data-base=".">
<head><meta charset="utf-8"><title>Search</title><link rel="icon" href="data:,">
<script defer src="assets/javascripts/search.js"></script></head>
<body><button type="button" class="search-open" aria-haspopup="dialog">Search</button>
{% include "partials/search.html" %}
</body>
</html>
"""
_PART = re.compile(r"(\w+)(?:-(\d+))?\.[0-9a-f]{10}\.js$")


def hit(
    url: str,
    title: str,
    *names: str,
    text: str = "",
    extract: str = "",
    where: str = "",
    kind: str = "page",
    picture: str = "",
) -> search.Hit:
    """A document that is shown by its text, when nothing else is said."""
    return {
        "title": title,
        "names": [*names],
        "where": where,
        "text": text,
        "extract": extract or text,
        "url": url,
        "kind": kind,
        "picture": picture,
    }


def index(pages: Iterable[list[search.Hit]], say: Say) -> dict[str, str]:
    """The files of an index by their names."""
    words = Words(say)
    return search_parts.assemble([search_index.page_index(hits, words) for hits in pages])


def write(at: Path, pages: Iterable[list[search.Hit]], say: Say) -> Path:
    """A site of one page, from which these can be searched, in the folder `at`."""
    shutil.rmtree(at, ignore_errors=True)
    for name, text in {**index(pages, say), "index.html": _page(say), "404.html": "There is no such file."}.items():
        (at / name).parent.mkdir(parents=True, exist_ok=True)
        (at / name).write_text(text, "utf-8")
    shutil.copy(ASSETS / "javascripts" / "search.js", at / "assets" / "javascripts")
    return at


def of_site(site: Path) -> dict[str, str]:
    """The same files from a built site."""
    parts = (site / search_parts.FOLDER).glob("*.js")
    return {path.relative_to(site).as_posix(): path.read_text("utf-8") for path in [site / search_parts.NAME, *parts]}


def content(script: str) -> Any:
    """What a file of an index sets."""
    assert script.startswith("var searchPart = ")
    return json.loads(script.removeprefix("var searchPart = ").removesuffix(";\n"))


def parts(files: Mapping[str, str], kind: str) -> list[Any]:
    """What the parts of one kind hold, in their order."""
    matches = {name: match for name in files if (match := _PART.search(name)) and match[1] == kind}
    return [content(files[name]) for name in sorted(matches, key=lambda name: int(matches[name][2] or 0))]


def texts(files: Mapping[str, str]) -> list[dict[str, str]]:
    """What is shown of each document, in their order."""
    documents: list[dict[str, str]] = []
    for url, title, where, extract, inside, picture in (group for part in parts(files, "texts") for group in part):
        if extract is not None:
            documents.append({"url": url, "title": title, "where": where, "text": extract, "picture": picture})
        documents += [
            {"url": f"{url}#{id_}", "title": name, "where": title, "text": text, "picture": picture}
            for id_, name, text in inside
        ]
    return documents


def library(count: int) -> list[list[search.Hit]]:
    """As many exercises in invented words, as long as real ones are and with as many names, and a few other pages."""
    chance = random.Random(count)
    syllables = [a + b for a in "bcdfghklmnprstvw" for b in ("a", "e", "i", "o", "u", "an", "er", "il", "on", "ut")]
    words = [*dict.fromkeys("".join(chance.choices(syllables, k=chance.choice((1, 2, 2, 3)))) for _ in range(4000))]
    often = [1 / (place + 8) for place in range(len(words))]

    def some(number: int, beginning: int = len(words)) -> str:
        return " ".join(chance.choices(words[:beginning], often[:beginning], k=number))

    pages = []
    for number in range(count):
        names = [f"{some(chance.choice((1, 2, 3)), 600)} {words[number]}" for _ in range(11)]
        title, *names = names
        url = f"exercises/e{number}/"
        pages.append([hit(url, title.capitalize(), *names, text=some(600), extract=some(20), where="Exercises")])
    for number in range(12):
        sections = [hit(f"p{number}/#{place}", some(3), text=some(120), kind="section") for place in range(9)]
        text = " ".join(section["text"] for section in sections)
        pages.append([hit(f"p{number}/", some(2), text=text, extract=some(40)), *sections])
    return pages


def _page(say: Say) -> str:
    environment = Environment(loader=FileSystemLoader(ROOT / "hooks" / "overrides"), autoescape=False)
    environment.filters["url"] = lambda path: path
    return environment.from_string(PAGE).render(
        say=say, icon=lambda name: "", search_index=search_parts.NAME, search_language=search.language(say)
    )
