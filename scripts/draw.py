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
            _pictures(sitting, slug, images)
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


def _pictures(sitting: Sitting, slug: str, images: Path) -> None:
    """start.png and finish.png in the main view, and the finish in each other view under that view's name."""
    jobs: dict[str, Callable[[], Image.Image]] = {
        "start": lambda: sitting.draw("start").image,
        "finish": lambda: sitting.draw("finish").image,
    }
    for view in sitting.table.views:
        if view != "main":
            jobs[view] = lambda view=view: sitting.draw("finish", view).image  # type: ignore[misc]
    (images / slug).mkdir(exist_ok=True)
    for name, job in jobs.items():
        begun = time.perf_counter()
        _write(job(), images / slug / f"{name}.png", drawn.origin(images, slug))
        print(f"images/{slug}/{name}.png  {time.perf_counter() - begun:.1f} s", flush=True)


def _write(image: Image.Image, path: Path, origin: str) -> None:
    """All of the picture or none of it, with what it was drawn from."""
    from PIL.PngImagePlugin import PngInfo

    about = PngInfo()
    about.add_text(drawn.KEY, origin)
    part = path.with_suffix(".part")
    image.save(part, "PNG", optimize=True, pnginfo=about)
    part.replace(path)


def _preview(sitting: Sitting, slug: str, folder: Path) -> None:
    from illustration.preview import sheet

    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{slug}.png"
    sheet(sitting).save(path)
    print(path)


if __name__ == "__main__":
    sys.exit(main())
