"""Draw the exercises from their pose tables in images/poses/ into images/<slug>/."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from hipknee import drawn
from hipknee.problems import did_you_mean

if TYPE_CHECKING:
    from illustration.studio import Sitting, Studio
    from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = """\
examples:
  python scripts/draw.py                        every exercise that has a pose table
  python scripts/draw.py clamshell bridge       these two
  python scripts/draw.py --preview clamshell    a small grey sheet of its poses from four sides, to look at while posing

Exit status: 0 drawn, 1 something to mend, 2 the call is wrong."""


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("slugs", nargs="*", metavar="SLUG", help="the exercise's file name, such as 'clamshell'")
    parser.add_argument("--preview", metavar="SLUG", help="draw only a sheet to look at, into .cache/preview/")
    parser.add_argument("--stills", action="store_true", help="no movement, which takes as long as all the rest")
    parser.add_argument("--root", type=Path, default=ROOT, help="the project's folder (default: this one)")
    options = parser.parse_args(arguments)
    images = options.root.resolve() / "images"
    known = sorted(path.stem for path in (images / drawn.POSES).glob("*.yml"))
    wanted = [options.preview] if options.preview else options.slugs or known
    for slug in wanted:
        if slug not in known:
            hint = did_you_mean(slug, known) or f"There are {', '.join(known) or 'none'}."
            parser.error(f"there is no pose table images/{drawn.POSES}/{slug}.yml. {hint}")
    try:
        from illustration.figure import Figure
        from illustration.studio import Studio
    except ImportError as error:
        print(f"Drawing needs {error.name}. Call 'make draw', which installs it.", file=sys.stderr)
        return 1
    studio = Studio(Figure(images / drawn.FIGURE))
    sittings = [_sitting(studio, images, slug) for slug in wanted]  # all tables are read before anything is drawn
    if None in sittings:
        return 1
    for slug, sitting in zip(wanted, sittings, strict=True):
        if sitting is not None and options.preview:
            _preview(sitting, slug, options.root.resolve() / ".cache" / "preview")
        elif sitting is not None:
            _pictures(sitting, slug, images, options.stills)
    return 0


def _sitting(studio: Studio, images: Path, slug: str) -> Sitting | None:
    """The exercise, posed; None after saying what is wrong with its table."""
    from illustration import pose_tables
    from illustration.posing import UnreachableError

    shown = f"images/{drawn.POSES}/{slug}.yml"
    table, problems = pose_tables.read(drawn.pose_file(images, slug), shown)
    for problem in problems:
        print(problem, file=sys.stderr)
    if table is None:
        return None
    try:
        return studio.sitting(table)
    except UnreachableError as error:
        hint = "Move the goal nearer, or the body."
        print(f"{shown}:1: [value-invalid] {str(error)[0].upper()}{str(error)[1:]}. {hint}", file=sys.stderr)
        return None


def _pictures(sitting: Sitting, slug: str, images: Path, stills: bool) -> None:
    """start.png and finish.png in the main view, the finish in each other view under its name, and motion.webp."""
    origin = drawn.origin(images, slug)

    def still(moment: str, view: str = "main") -> Callable[[Path], None]:
        return lambda path: _write_still(sitting.draw(moment, view).image, path, origin)

    jobs = {"start.png": still("start"), "finish.png": still("finish")}
    jobs |= {f"{view}.png": still("finish", view) for view in sitting.table.views if view != "main"}
    if sitting.table.motion and not stills:
        jobs["motion.webp"] = lambda path: _write_motion(*sitting.motion(), path, origin)
    (images / slug).mkdir(exist_ok=True)
    for name, job in jobs.items():
        begun = time.perf_counter()
        part = images / slug / f"{name}.part"  # all of the picture or none of it
        job(part)
        part.replace(images / slug / name)
        print(f"images/{slug}/{name}  {time.perf_counter() - begun:.1f} s", flush=True)


def _write_still(image: Image.Image, path: Path, origin: str) -> None:
    from PIL.PngImagePlugin import PngInfo

    about = PngInfo()
    about.add_text(drawn.KEY, origin)
    image.save(path, "PNG", optimize=True, pnginfo=about)


def _write_motion(frames: list[Image.Image], shown: list[int], path: Path, origin: str) -> None:
    about = f"{drawn.KEY}: {origin}".encode()
    first, *rest = frames
    first.save(path, "WEBP", save_all=True, append_images=rest, duration=shown, loop=0, quality=70, method=6, xmp=about)


def _preview(sitting: Sitting, slug: str, folder: Path) -> None:
    from illustration.preview import sheet

    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{slug}.png"
    sheet(sitting).save(path)
    print(path)


if __name__ == "__main__":
    sys.exit(main())
