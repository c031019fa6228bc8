"""The pictures that a browser gets: several widths of each original, small, upright and without metadata.

Plan, then perform: `plan` is arithmetic and names, `render` alone touches pixels. A rendition's name holds a hash of
everything that made it, so a name that is in the cache is never made again, and browsers may keep it for ever.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Collection, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from io import BytesIO
from itertools import repeat
from pathlib import Path
from uuid import uuid4

from PIL import Image, ImageCms, ImageFile

from ..rules import Rule
from .originals import Picture, PictureError, as_seen, flattened, opened, read, reading

WIDTHS = (400, 800, 1200)
"""Pixels: a small phone, a phone with a fine screen, a desk."""
WEBP_QUALITY = 75
"""Drawings stay clean, seen at twice their size; 80 looks the same and takes a sixth more."""
JPEG_QUALITY = 80
VERSION = 1
"""Part of every name. Raise it when the same original and parameters give other pixels."""

_MIDDLE = 800
_STALE = 3600.0  # seconds; nobody writes one picture for an hour
_NAME = re.compile(r".+-\d+-[0-9a-f]{10}\.(?:webp|jpg)(?P<part>\.[0-9a-f]{32}\.part)?")


@dataclass(frozen=True)
class Rendition:
    """One file to be made: `clamshell-start-800-1a2b3c4d5e.webp`."""

    name: str
    width: int
    height: int


@dataclass(frozen=True)
class Plan:
    """All files to be made of one original."""

    source: Path
    digest: str
    """Of the original that was planned with; `render` refuses any other, which would keep a false name for ever."""
    webp: tuple[Rendition, ...]
    """Narrowest first. Of a moving picture: one, and it moves."""
    fallback: Rendition
    """A JPEG for old browsers, and for readers who have asked their system for less motion: then the first frame."""
    width: int
    """Pixels of the largest rendition, as is `height`."""
    height: int
    animated: bool = False

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
    return Plan(picture.path, picture.digest, webp, fallback, largest, webp[-1].height, picture.animated)


def render(plans: Iterable[Plan], cache: Path, workers: int | None = None) -> dict[str, Path]:
    """Make what is missing in the folder `cache`; the path of every planned rendition by its name.

    `workers` threads share the work (one per processor by default). Raises `PictureError` for an original that can't
    be decoded or is no longer the one planned with, `OSError` naming the picture when the cache can't be written.
    """
    cache.mkdir(parents=True, exist_ok=True)
    files: dict[str, Path] = {}
    missing: dict[Plan, list[Rendition]] = {}
    for plan in plans:
        lacking = [rendition for rendition in plan.renditions if not _is_made(cache / rendition.name)]
        files.update((rendition.name, cache / rendition.name) for rendition in plan.renditions)
        if lacking:
            missing[plan] = lacking
    if missing:
        with ThreadPoolExecutor(workers or os.cpu_count()) as pool:
            list(pool.map(_make, missing.keys(), missing.values(), repeat(cache)))
    return files


def prune(cache: Path, keep: Collection[str]) -> int:
    """Delete the renditions not named in `keep`, and what interrupted runs left over. How many files that were.

    Anything that does not look like a rendition stays, so that a wrong folder loses nothing.
    """
    now, deleted = time.time(), 0
    for path in cache.iterdir() if cache.is_dir() else ():
        name = _NAME.fullmatch(path.name)
        if not name or path.name in keep:
            continue
        # Another process may delete it first, or on Windows read it just now: then the next run does it.
        with suppress(FileNotFoundError, PermissionError):
            if not name["part"] or now - path.stat().st_mtime > _STALE:
                path.unlink()
                deleted += 1
    return deleted


def grey(plans: Iterable[Plan], colour: Path, to: Path) -> None:
    """Make grey copies in the folder `to` of the JPEGs that `plans` name in the folder `colour`."""
    to.mkdir(parents=True, exist_ok=True)
    for name in (plan.fallback.name for plan in plans):
        if not _is_made(to / name):
            with Image.open(colour / name) as image:
                out = BytesIO()
                image.convert("L").save(out, "JPEG", quality=90)
            _write(to / name, out.getvalue())


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


def _make(plan: Plan, renditions: Iterable[Rendition], cache: Path) -> None:
    """Decode one original and write the wanted renditions of it."""
    data = read(plan.source)
    if sha256(data).hexdigest() != plan.digest:
        name = f"{plan.source.parent.name}/{plan.source.name}"
        raise PictureError(Rule.IMAGE_UNREADABLE, f"'{name}' was changed while the site was built.", "Build again.")
    with reading(plan.source):
        original = opened(plan.source, data)
        still = as_seen(original)
        contents = {
            rendition.name: _motion(original, rendition)
            if plan.animated and rendition in plan.webp
            else _still(_finished(still, rendition, original), rendition)
            for rendition in renditions
        }
    for name, content in contents.items():
        try:
            _write(cache / name, content)
        except OSError as error:
            raise OSError(f"Can't write {cache / name} for the picture {plan.source}: {error}") from error


def _finished(image: Image.Image, rendition: Rendition, original: ImageFile.ImageFile) -> Image.Image:
    """The picture in its final size and in sRGB."""
    size = (rendition.width, rendition.height)
    if image.size != size:
        image = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    return _in_srgb(image, original.info.get("icc_profile"))


def _still(image: Image.Image, rendition: Rendition) -> bytes:
    out = BytesIO()
    if rendition.name.endswith(".webp"):
        image.save(out, "WEBP", quality=WEBP_QUALITY, method=4)
    else:
        flattened(image).save(out, "JPEG", quality=JPEG_QUALITY, optimize=True, progressive=True)
    return out.getvalue()


def _motion(original: ImageFile.ImageFile, rendition: Rendition) -> bytes:
    frames, durations = [], []
    # An animated PNG may carry a still for old programs in front, which is not part of the motion.
    for number in range(int(getattr(original, "default_image", False)), int(getattr(original, "n_frames", 1))):
        original.seek(number)
        frames.append(_finished(as_seen(original), rendition, original))
        durations.append(round(original.info.get("duration", 0)))
    out = BytesIO()
    frames[0].save(
        out,
        "WEBP",
        save_all=True,
        append_images=frames[1:],
        duration=durations,
        loop=original.info.get("loop", 0),
        quality=WEBP_QUALITY,
        method=4,
    )
    return out.getvalue()


def _in_srgb(image: Image.Image, icc: bytes | None) -> Image.Image:
    """RGB or RGBA in the colours that `icc` describes, as sRGB, which is what a browser assumes without a profile."""
    if not icc:
        return image
    try:
        profile = ImageCms.ImageCmsProfile(BytesIO(icc))
        mode = "L" if profile.profile.xcolor_space.strip() == "GRAY" else "RGB"
        srgb = ImageCms.createProfile("sRGB")
        colours = ImageCms.profileToProfile(image.convert(mode), profile, srgb, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        return image  # browsers, too, ignore a broken profile
    if colours is None:
        return image
    if image.mode == "RGBA":
        colours.putalpha(image.getchannel("A"))
    return colours


def _is_made(path: Path) -> bool:
    try:
        return path.stat().st_size > 0  # an empty file is what a power cut may leave of a finished one
    except FileNotFoundError:
        return False


def _write(path: Path, content: bytes) -> None:
    """All of the file or none of it, also when another process writes the same one."""
    # Not `tempfile`: its files can be read by their owner only, and a web server is somebody else.
    part = path.with_name(f"{path.name}.{uuid4().hex}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    except PermissionError:
        # Windows does not replace a file that somebody reads. Whoever reads it has found it finished.
        if not _is_made(path):
            raise
    finally:
        part.unlink(missing_ok=True)
