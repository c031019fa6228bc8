"""Libraries of any size, to be measured: this project with more exercises, and plain ones of as many pages.

The same number always gives the same library. The first seven exercises are the project's own, the others are theirs
again with names and pictures of their own. Pictures besides start and finish are left out of all of them.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml
from hipknee.content import catalogue, codes, front_matter
from hipknee.content.catalogue import CODES, PageEntry
from hipknee.content.front_matter import Document
from hipknee.content.kinds import EXERCISE, LIBRARY
from hipknee.gate import gate
from hipknee.problems import counted
from PIL import Image, ImageDraw

SIZE = 900
"""Pixels on the long side of a picture: above what the gate asks for."""
BITS = 12
"""Boxes on a picture, so many that 2 to this power are different."""
PATTERN = 1
"""Of the boxes. Raise it when they are drawn in another way."""
ROLES = ("start", "finish")
PEER_SETTINGS = """\
site_name: Plain pages
theme: {name: material, font: false}
plugins: [search]
nav: [index.md, exercises/index.md]
not_in_nav: /exercises/*
"""
HUGO_FILES = {
    "config.toml": """\
baseURL = "/"
title = "Plain pages"
contentDir = "docs"
disableKinds = ["taxonomy", "term", "RSS"]
""",
    "docs/_index.md": "---\ntitle: Plain pages\n---\n",
    "docs/exercises/_index.md": "---\ntitle: Exercises\n---\n",
}
_HUGO_PAGE = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>{{ .Title }}</title>
<p><a href="{{ relURL "/" }}">{{ .Site.Title }}</a></p>
BODY
</html>
"""
_HUGO_LIST = """\
<h1>{{ .Title }}</h1>
<ul>{{ range .Pages }}
<li><a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a></li>{{ end }}
</ul>"""
HUGO_LAYOUTS = {
    "layouts/index.html": _HUGO_PAGE.replace("BODY", _HUGO_LIST),
    "layouts/_default/list.html": _HUGO_PAGE.replace("BODY", _HUGO_LIST),
    "layouts/_default/single.html": _HUGO_PAGE.replace("BODY", "{{ .Content }}"),
}
"""What is measured is Hugo with Markdown and files, not a theme."""
_FOLDERS = ("docs", "hooks", "images")
_LINK = re.compile(r"\[([^\]@]+)\]\([^)]*\)")
_CITATION = re.compile(r" ?\[@[\w-]+\]")


def slugs(originals: list[str], count: int) -> Iterator[tuple[str, str, int]]:
    """The exercises of a library: slug, the original that it repeats, and which time, from 1 for the original."""
    for number in range(count):
        original, time = originals[number % len(originals)], number // len(originals) + 1
        yield original if time == 1 else f"{original}-{time}", original, time


def originals(root: Path) -> list[str]:
    """The slugs of the project's own exercises."""
    return [*catalogue.load(root).exercises]


def write(root: Path, to: Path, count: int, pictures: Path) -> list[str]:
    """A copy of the project at `root` with `count` exercises: their slugs. Its drawn pictures are kept in `pictures`.

    Raises ValueError when the project itself has more, or problems.
    """
    if problems := gate.check(root).problems:
        raise ValueError(f"The project has {counted(len(problems), 'problem')}. Run 'make check'.")
    for name in _FOLDERS:
        shutil.copytree(root / name, to / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(root / "mkdocs.yml", to)
    project = catalogue.load(root)
    own = originals(root)
    if count < len(own):
        raise ValueError(f"The project has {len(own)} exercises; a library can't have fewer.")
    every = [*slugs(own, count)]
    unused = codes.unused(codes.in_use(project))
    for slug, original, time in every:
        document = _as_typed(root, project.exercises[original])
        data = exercise(document.data, slug, time)
        if time > 1:
            data |= {"code": next(unused), "was_codes": []}
            with (to / "docs" / CODES).open("a", encoding="utf-8") as listed:
                listed.write(f"{data['code']}: {slug}\n")
        _page(to / "docs" / EXERCISE.path(slug), data, document.body)
        for role in ROLES if time > 1 else ():
            drawn = picture(root / "images" / document.data["images"][role]["file"], time, pictures)
            target = to / "images" / data["images"][role]["file"]
            target.parent.mkdir(exist_ok=True)
            shutil.copyfile(drawn, target)
    added = [slug for slug, _, time in every if time > 1]
    lists = {}
    for condition in project.conditions:
        helped = {slug for slug in own if condition in project.exercises[slug].document.data["helps"]}
        lists[f"{condition}.md"] = (
            "exercises",
            [slug for slug, original, time in every if time > 1 and original in helped],
        )
    for path, (key, more) in lists.items():
        document = _as_typed(root, project.pages[path])
        data = {**document.data, key: [*document.data[key], *more]}
        _page(to / "docs" / path, data, document.body)
    document = _as_typed(root, project.library)
    first, *others = document.data["groups"]
    groups = [{**first, "exercises": [*first["exercises"], *added]}, *others]
    _page(to / "docs" / LIBRARY, {**document.data, "groups": groups}, document.body)
    return [slug for slug, _, _ in every]


def _as_typed(root: Path, entry: PageEntry[Any]) -> Document:
    """A page with nothing filled in yet: {count} is another one in a larger library."""
    return front_matter.read_page(entry.path, (root / entry.path).read_bytes())[0]


def exercise(original: Mapping[str, Any], slug: str, time: int) -> dict[str, Any]:
    """The front matter of an exercise that repeats another one: with its own names, and two pictures."""
    images = {role: dict(original["images"][role]) for role in ROLES}
    mistakes = [{key: value for key, value in mistake.items() if key != "image"} for mistake in original["mistakes"]]
    data = {**original, "images": images, "mistakes": mistakes}
    if time > 1:
        data |= {"title": f"{original['title']} {time}", "aliases": [f"{name} {time}" for name in original["aliases"]]}
        data |= {"plain": f"{original['plain']} {time}"} if "plain" in original else {}
        data |= {"was": []}
        for role, image in images.items():
            image["file"] = f"{slug}/{role}.png"
    return data


def picture(original: Path, time: int, folder: Path) -> Path:
    """A copy of a picture, with boxes on it that spell a number, drawn when `folder` has none yet."""
    key = sha256(b"%d %d %d " % (PATTERN, SIZE, time) + original.read_bytes()).hexdigest()[:20]
    path = folder / f"{key}.png"
    if path.is_file():
        return path
    folder.mkdir(parents=True, exist_ok=True)
    with Image.open(original) as opened:
        image = opened.convert("RGB")
    image.thumbnail((SIZE, SIZE))
    width, height = image.width // 5, image.height / BITS  # the boxes stand on the left, one above the other
    draw = ImageDraw.Draw(image)
    for bit in range(BITS):
        shade = "black" if time >> bit & 1 else "white"
        draw.rectangle((0, round(bit * height), width, round((bit + 1) * height) - 1), fill=shade)
    part = path.with_suffix(f".{os.getpid()}.part")  # another run may draw the same one
    image.save(part, "PNG", compress_level=1)
    part.replace(path)
    return path


def write_peer(root: Path, to: Path, count: int) -> list[str]:
    """As many plain pages for Material, with the same words, its search, and a hub that leads to them: their slugs."""
    pages = to / "docs" / EXERCISE.folder
    pages.mkdir(parents=True)
    (to / "mkdocs.yml").write_text(PEER_SETTINGS, "utf-8")
    (to / "docs" / "index.md").write_text("# Plain pages\n\n[Exercises](exercises/index.md)\n", "utf-8")
    hub = dict(_plain_pages(root, pages, count))
    rows = [f"- [{title}]({slug}.md)" for slug, title in hub.items()]
    (pages / "index.md").write_text("\n".join(["# Exercises", "", *rows]) + "\n", "utf-8")
    return [*hub]


def write_hugo(root: Path, to: Path, count: int) -> list[str]:
    """The same plain pages for Hugo, with a list that leads to them and no theme: their slugs."""
    pages = to / "docs" / EXERCISE.folder
    pages.mkdir(parents=True)
    for path, text in {**HUGO_FILES, **HUGO_LAYOUTS}.items():
        (to / path).parent.mkdir(parents=True, exist_ok=True)
        (to / path).write_text(text, "utf-8")
    return [slug for slug, _ in _plain_pages(root, pages, count, "---\ntitle: {title}\n---\n")]


def _plain_pages(root: Path, to: Path, count: int, head: str = "") -> Iterator[tuple[str, str]]:
    """Write each exercise as a plain page below its `head`: slug and title."""
    project = catalogue.load(root)
    for slug, original, time in slugs([*project.exercises], count):
        document = _as_typed(root, project.exercises[original])
        data = exercise(document.data, slug, time)
        text = head.format(title=json.dumps(data["title"])) + plain(data, document.body)
        (to / f"{slug}.md").write_text(text, "utf-8")
        yield slug, data["title"]


def plain(data: Mapping[str, Any], body: str) -> str:
    """An exercise as plain Markdown, without links, citations and pictures."""
    steps = [f"{n}. {text}" for n, step in enumerate(data["steps"], 1) for text in step.values()]
    mistakes = [f"- {mistake['wrong']} {mistake['right']}" for mistake in data["mistakes"]]
    ways = [f"- {text}" for text in (*data["easier"], *data["harder"])]
    parts = (f"# {data['title']}", data["summary"], "## Steps", *_block(steps), "## Mistakes", *_block(mistakes))
    return "\n\n".join((*parts, "## Easier and harder", *_block(ways), _CITATION.sub("", _LINK.sub(r"\1", body))))


def _block(rows: list[str]) -> Iterator[str]:
    if rows:
        yield "\n".join(rows)


def mark(number: int) -> str:
    """The words that an edit of this number brings to a page."""
    return f"This is change {number}."


def change(project: Path, slug: str, number: int) -> None:
    """Edit one exercise, each time differently."""
    _append(project / "docs" / EXERCISE.path(slug), f"\n{mark(number)}\n")


def change_condition(project: Path, condition: str, number: int) -> None:
    """Edit one condition page."""
    _append(project / "docs" / f"{condition}.md", f"\n{mark(number)}\n")


def change_word(project: Path, number: int) -> None:
    """Edit one word that every exercise prints: the heading above its steps."""
    file = project / "docs" / "_data" / "words.en.yml"
    words, count = re.subn(r"^steps: .*$", f"steps: {mark(number)}", file.read_text("utf-8"), flags=re.MULTILINE)
    if count != 1:
        raise ValueError(f"{file} has no line that begins with 'steps:'.")
    file.write_text(words, "utf-8")


def change_template(project: Path, number: int) -> None:
    """Edit the template of all exercises, in the core that lies in the project."""
    _append(project / "hooks" / "hipknee" / "pages" / "html" / "exercise.html", f"<p>{mark(number)}</p>\n")


def _append(file: Path, text: str) -> None:
    with file.open("a", encoding="utf-8") as open_file:
        open_file.write(text)


def _page(path: Path, data: Mapping[str, Any], body: str) -> None:
    head = yaml.safe_dump(dict(data), sort_keys=False, allow_unicode=True, width=10_000)
    path.write_text(f"---\n{head}---\n{body}", "utf-8")
