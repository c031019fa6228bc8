"""Rendering: the pictures that are planned, made of the originals. This needs Pillow; planning them does not."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from itertools import repeat
from pathlib import Path

from PIL import Image, ImageCms, ImageFile

from ..progress import Counting, Silence
from ..rules import Rule
from ..stock import Stock
from .decoding import as_seen, flattened, opened
from .originals import PictureError, read, reading
from .renditions import JPEG_QUALITY, WEBP_QUALITY, Plan, Rendition, performed


def render(
    plans: Mapping[str, Plan], stock: Stock, workers: int | None = None, progress: Counting = Silence
) -> dict[str, Plan]:
    """Make what is missing of the `plans` in the stock: the same plans, with what has become of them.

    `workers` threads share the work (one per processor by default), and `progress` is told how far it has come. Raises
    `PictureError` for an original that can't be decoded or is no longer the one planned with, `OSError` naming the
    picture when nothing can be kept.
    """
    paths = {name: path for name in _names(plans.values()) if (path := stock.find(name))}
    missing: dict[Plan, list[Rendition]] = {}
    for plan in plans.values():
        if lacking := [rendition for rendition in plan.renditions if rendition.name not in paths]:
            missing[plan] = lacking
    if missing:
        with ThreadPoolExecutor(workers or os.cpu_count()) as pool, progress("Pictures", len(missing)) as count:
            for files in pool.map(_make, missing.keys(), missing.values(), repeat(stock)):
                paths |= files
                count.step()
    return {file: performed(plan, paths) for file, plan in plans.items()}


def grey(plans: Mapping[str, Plan], stock: Stock) -> dict[str, Plan]:
    """The plans with a grey copy in the stock in place of each JPEG."""
    return {file: replace(plan, fallback=_grey(plan.fallback, stock)) for file, plan in plans.items()}


def _grey(rendition: Rendition, stock: Stock) -> Rendition:
    path = stock.find(rendition.name)
    if path is None and rendition.path:
        with Image.open(rendition.path) as image:
            out = BytesIO()
            image.convert("L").save(out, "JPEG", quality=90)
        path = stock.put(rendition.name, out.getvalue())
    return replace(rendition, path=path)


def _names(plans: Iterable[Plan]) -> Iterator[str]:
    return (rendition.name for plan in plans for rendition in plan.renditions)


def _make(plan: Plan, renditions: Iterable[Rendition], stock: Stock) -> dict[str, Path]:
    """Decode one original and write the wanted renditions of it: where they are, by their names."""
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
    try:
        return {name: stock.put(name, content) for name, content in contents.items()}
    except OSError as error:
        raise OSError(f"Can't write into {stock.folder} for the picture {plan.source}: {error}") from error


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
