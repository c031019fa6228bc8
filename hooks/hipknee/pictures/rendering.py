"""Rendering: the pictures that are planned, made of the originals. This needs Pillow; planning them does not."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from io import BytesIO
from itertools import repeat
from pathlib import Path
from uuid import uuid4

from PIL import Image, ImageCms, ImageFile

from ..on_demand import OnDemand
from ..progress import Counting, Silence
from ..rules import Rule
from .decoding import as_seen, flattened, opened
from .originals import PictureError, read, reading
from .renditions import JPEG_QUALITY, WEBP_QUALITY, Plan, Rendition


def render(
    plans: Iterable[Plan], cache: Path, workers: int | None = None, progress: Counting = Silence
) -> Mapping[str, Path]:
    """Make what is missing in the folder `cache`; the path of every planned rendition by its name.

    `workers` threads share the work (one per processor by default), and `progress` is told how far it has come. Raises
    `PictureError` for an original that can't be decoded or is no longer the one planned with, `OSError` naming the
    picture when the cache can't be written.
    """
    cache.mkdir(parents=True, exist_ok=True)
    names: list[str] = []
    missing: dict[Plan, list[Rendition]] = {}
    sizes = {entry.name: entry.stat().st_size for entry in os.scandir(cache)}  # a power cut may leave an empty file
    for plan in plans:
        lacking = [rendition for rendition in plan.renditions if not sizes.get(rendition.name)]
        names += (rendition.name for rendition in plan.renditions)
        if lacking:
            missing[plan] = lacking
    if missing:
        with ThreadPoolExecutor(workers or os.cpu_count()) as pool, progress("Pictures", len(missing)) as count:
            for _ in pool.map(_make, missing.keys(), missing.values(), repeat(cache)):
                count.step()
    return OnDemand(names, lambda name: cache / name)


def grey(plans: Iterable[Plan], colour: Path, to: Path) -> None:
    """Make grey copies in the folder `to` of the JPEGs that `plans` name in the folder `colour`."""
    to.mkdir(parents=True, exist_ok=True)
    for name in (plan.fallback.name for plan in plans):
        if not _is_made(to / name):
            with Image.open(colour / name) as image:
                out = BytesIO()
                image.convert("L").save(out, "JPEG", quality=90)
            _write(to / name, out.getvalue())


def _make(plan: Plan, renditions: Iterable[Rendition], cache: Path) -> None:
    """Decode one original and write the wanted renditions of it."""
    data = read(plan.source)
    if sha256(data).hexdigest() != plan.digest:
        name = f"{plan.source.parent.name}/{plan.source.name}"
        raise PictureError(
            Rule.IMAGE_UNREADABLE, f"'{name}' was changed while the site was being built.", "Build again."
        )
    with reading(plan.source):
        original = opened(data)
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
    return in_srgb(image, original.info.get("icc_profile"))


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


def in_srgb(image: Image.Image, icc: bytes | None) -> Image.Image:
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
