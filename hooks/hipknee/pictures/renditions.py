"""The pictures that a browser gets: several widths of each original, small, upright and without metadata.

Plan, then perform: here is arithmetic and names, and `rendering` alone touches pixels. A planned rendition is named by
a hash over everything that makes it, so that it is made once. It is published under a hash over what is in it, so that
browsers may keep it for ever: another program may make other pixels of the same plan.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from html import escape
from pathlib import Path

from ..stock import digest_of
from .drawing_facts import Area
from .originals import Picture

WIDTHS = (400, 800, 1200)
"""Pixels: a small phone, a phone with a fine screen, a desk."""
WEBP_QUALITY = 75
"""Drawings stay clean, seen at twice their size; 80 looks the same and takes a sixth more."""
JPEG_QUALITY = 80
VERSION = 1
"""Part of every name. Raise it when the same original and parameters give other pixels."""

_MIDDLE = 800


@dataclass(frozen=True)
class Rendition:
    """One file: `clamshell-start-800-1a2b3c4d5e.webp`."""

    name: str
    """With a hash over what makes it, and once it is made over what is in it."""
    width: int
    height: int
    path: Path | None = None
    """Where it is kept, once it is made."""

    @property
    def file(self) -> str:
        """What it is called there."""
        return self.path.name if self.path else self.name


@dataclass(frozen=True)
class Plan:
    """All files to be made of one original."""

    source: Path
    digest: str
    """Of the original that was planned with; `rendering` refuses any other, which would keep a false name for ever."""
    webp: tuple[Rendition, ...]
    """Narrowest first. Of a moving picture: one, and it moves."""
    fallback: Rendition
    """A JPEG for old browsers, and for readers who have asked their system for less motion: then the first frame."""
    width: int
    """Pixels of the largest rendition, as is `height`."""
    height: int
    animated: bool = False
    areas: tuple[Area, ...] = ()
    """The numbered areas of a drawing."""
    seen: str | None = None
    """From where a drawing is seen."""

    @property
    def renditions(self) -> tuple[Rendition, ...]:
        return (*self.webp, self.fallback)

    @property
    def saved(self) -> Rendition:
        """The one that is kept for reading without a network: small, sharp on a phone, and still."""
        if self.animated:
            return self.fallback
        return next(rendition for rendition in self.webp if rendition.width >= self.fallback.width)


def plan(picture: Picture, stem: str) -> Plan:
    """What to make of a picture. `stem` begins the names; what does not belong into an address becomes a dash.

    No width is above the original's own, which is added when it lies between two: 1000 gives 400, 800 and 1000.
    """
    stem = re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-")[:80] or "picture"

    def rendition(width: int, ending: str, quality: int) -> Rendition:
        height = max(1, round(picture.height * width / picture.width))
        made_of = f"{picture.digest} {width}x{height} {ending} {quality} {picture.animated} {VERSION}"
        return Rendition(f"{stem}-{width}-{sha256(made_of.encode()).hexdigest()[:10]}.{ending}", width, height)

    largest = min(_MIDDLE if picture.animated else WIDTHS[-1], picture.width)
    widths = [largest] if picture.animated else [*(width for width in WIDTHS if width < largest), largest]
    webp = tuple(rendition(width, "webp", WEBP_QUALITY) for width in widths)
    fallback = rendition(min(_MIDDLE, largest), "jpg", JPEG_QUALITY)
    size = largest, webp[-1].height
    facts = picture.facts
    return Plan(picture.path, picture.digest, webp, fallback, *size, picture.animated, facts.areas, facts.seen)


def performed(plan: Plan, paths: Mapping[str, Path]) -> Plan:
    """The plan once its files are made, which are kept in `paths` by the names that they had till then."""

    def kept(rendition: Rendition) -> Rendition:
        path = paths[rendition.name]
        stem, ending = rendition.name.rpartition("-")[0], path.suffix
        return replace(rendition, name=f"{stem}-{digest_of(path)[:10]}{ending}", path=path)

    return replace(plan, webp=tuple(map(kept, plan.webp)), fallback=kept(plan.fallback))


def picture_html(
    plan: Plan, *, alt: str, sizes: str, url: Callable[[str], str], first: bool = False, css: str = ""
) -> str:
    """One line of HTML for a picture. `url` turns a rendition's name into its address as seen from the page.

    `sizes` is how wide the picture is shown, as HTML has it; `first`: it is seen without scrolling, so it must not
    wait; `css`: class names for the `<picture>`. A moving picture stands still for whoever has asked for that.
    """
    srcset = ", ".join(f"{url(rendition.name)} {rendition.width}w" for rendition in plan.webp)
    source = {
        "type": "image/webp",
        "media": "(prefers-reduced-motion: no-preference)" if plan.animated else "",
        "srcset": srcset,
        "sizes": sizes,
    }
    image = {
        **({"fetchpriority": "high"} if first else {"loading": "lazy", "decoding": "async"}),
        "src": url(plan.fallback.name),
        "width": str(plan.width),
        "height": str(plan.height),
    }
    # Outside the filter below: an empty alt is a statement, and stays.
    img = f'<img{_attributes(image)} alt="{escape(alt)}">'
    return f"<picture{_attributes({'class': css})}><source{_attributes(source)}>{img}</picture>"


def _attributes(values: dict[str, str]) -> str:
    return "".join(f' {name}="{escape(value)}"' for name, value in values.items() if value)
