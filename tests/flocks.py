"""Invented projects with as many exercises as a test asks for."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any
from unittest.mock import patch

import birds
import yaml
from benchmarks import library
from hipknee.content import catalogue
from hipknee.content.front_matter import read_page
from hipknee.content.kinds import CONDITION, EXERCISE, LIBRARY
from hipknee.gate import picture_rules
from hipknee.gate.gate import Report
from hipknee.pictures import rendering, share_cards
from hipknee.pictures.originals import Picture
from hipknee.pictures.share_cards import Card
from hipknee.site import Settings, Site


def grow(root: Path, count: int, *, drawn: bool = True) -> Path:
    """The project below `root` with `count` exercises: its own, and those again with names and pictures of their own.

    Each stands in the library, and on the condition pages of the one that it repeats. To draw the pictures takes most
    of the time: a project where they are not `drawn` can only be opened by `opened`.
    """
    project = catalogue.load(root)
    lists = {LIBRARY: "order"} | {CONDITION.path(slug): "exercises" for slug in project.conditions}
    documents = {path: read_page(path, (root / "docs" / path).read_bytes())[0] for path in (*lists, *project.pages)}
    more: dict[str, list[str]] = {path: [] for path in lists}
    for slug, original, time in library.slugs([*project.exercises], count):
        if time == 1:
            continue
        document = documents[EXERCISE.path(original)]
        data = _again(document.data, slug, time)
        write_page(root / "docs" / EXERCISE.path(slug), data, document.body)
        for image in data["images"].values() if drawn else ():
            birds.draw(root / "images" / image["file"])
        for path, slugs in more.items():
            if path == LIBRARY or CONDITION.slug(path) in data["helps"]:
                slugs.append(slug)
    for path, key in lists.items():
        fields = documents[path].data
        write_page(root / "docs" / path, {**fields, key: [*fields[key], *more[path]]}, documents[path].body)
    return root


def opened(settings: Settings) -> Site:
    """The site of a project without its check, which is not what is measured, and with pictures that nobody drew."""
    data = catalogue.load(settings.root)
    pictures = {use.file: _picture(use.file) for use in picture_rules.uses(data)}
    report = Report(data, [], [], pictures)
    with patch.object(rendering, "render", lambda plans, *_, **__: plans), patch.object(share_cards, "draw", _undrawn):
        return Site.opened(settings, report)


def _undrawn(card: Card) -> bytes:
    return card.name.encode()


def _picture(file: str) -> Picture:
    digest, thumbnail = sha256(file.encode()).hexdigest(), bytes(64 * 48)
    return Picture(Path(file), *birds.SIZE, file in birds.MOVING, digest, thumbnail)


def _again(original: Mapping[str, Any], slug: str, time: int) -> dict[str, Any]:
    """An exercise that repeats another one, with two pictures of its own."""
    names = {"title": f"{original['title']} {time}", "aliases": [], "was": []}
    names |= {"plain": f"{original['plain']} {time}"} if "plain" in original else {}
    images = {role: original["images"][role] | {"file": f"{slug}/{role}.png"} for role in library.ROLES}
    mistakes = [{key: mistake[key] for key in ("wrong", "right")} for mistake in original["mistakes"]]
    return {**original, **names, "images": images, "mistakes": mistakes}


def write_page(path: Path, data: Mapping[str, Any], body: str) -> None:
    """A page with this front matter, and this text."""
    head = yaml.safe_dump(dict(data), sort_keys=False, allow_unicode=True, width=10_000)
    path.write_text(f"---\n{head}---\n{body}", "utf-8")
