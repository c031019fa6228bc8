"""Draw the pictures of the clinic's test site again: from its pose tables, and plain figures where there is no table.

    PYTHONPATH=hooks:scripts python tests/clinic/redraw.py [SLUG …]

They are smaller than a real site's and have 256 colors, so that a repository bears 80 of them.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import stand_ins
from hipknee.content.front_matter import read_page
from hipknee.pictures import drawing_origin
from hipknee_drawing.pose_tables import PoseTable, read
from hipknee_drawing.studio import Studio
from PIL import Image
from PIL.PngImagePlugin import PngInfo

HERE = Path(__file__).resolve().parent
FIGURES = HERE.parent.parent / "images" / drawing_origin.FIGURES
COLORS = 256


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("slugs", nargs="*", metavar="SLUG", help="the exercise's name; none: all")
    known = sorted(path.stem for path in (HERE / "docs" / "exercises").glob("*.md"))
    for slug in parser.parse_args().slugs or known:
        draw(slug)


def draw(slug: str) -> None:
    """Every picture that the page names."""
    folder = HERE / "images" / slug
    folder.mkdir(parents=True, exist_ok=True)
    pose_file = drawing_origin.pose_file(HERE / "images", slug)
    if not pose_file.exists():
        for role, image in stand_ins.FIGURES[slug]().items():
            _write(image, folder / f"{role}.png", None)
        return
    table, _, problems = read(pose_file, slug, PoseTable)
    if table is None:
        raise SystemExit("\n".join(map(str, problems)))
    sitting = Studio(FIGURES).sitting(table)
    for role in _roles(slug):
        pose = "start" if role == "start" else "finish"
        _write(sitting.draw(pose), folder / f"{role}.png", _origin(slug, table.figure, pose))


def _roles(slug: str) -> list[str]:
    """Which pictures its page has: start and finish, or one in which nothing moves."""
    path = HERE / "docs" / "exercises" / f"{slug}.md"
    document, problems = read_page(path.name, path.read_bytes())
    if problems:
        raise SystemExit("\n".join(map(str, problems)))
    return list(document.data["images"])


def _origin(slug: str, figure: str, pose: str) -> str:
    """What a picture is drawn from, once the site stands in a folder with the project's figures."""
    with tempfile.TemporaryDirectory() as folder:
        images = Path(folder)
        (images / drawing_origin.POSES).symlink_to(HERE / "images" / drawing_origin.POSES)
        (images / drawing_origin.FIGURES).symlink_to(FIGURES)
        return drawing_origin.origin(images, slug, figure, pose)


def _write(image: Image.Image, path: Path, origin: str | None) -> None:
    about = PngInfo()
    if origin:
        about.add_text(drawing_origin.KEY, origin)
    few = image.convert("RGB").quantize(COLORS, method=Image.Quantize.MEDIANCUT, kmeans=3, dither=Image.Dither.NONE)
    few.save(path, "PNG", optimize=True, pnginfo=about)
    print(f"{path.relative_to(HERE)}  {path.stat().st_size // 1000} kB", flush=True)


if __name__ == "__main__":
    main()
