"""Draw the pictures from the tables in images/poses/: those of an exercise into images/<slug>/, plates into
images/explanation/."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from hipknee.calls import a_path, run
from hipknee.keeping import FOLDER
from hipknee.pictures import drawing_facts, drawing_origin
from hipknee.problems import did_you_mean
from hipknee_drawing.unchanged import Unchanged

if TYPE_CHECKING:
    from hipknee.content.picture_words import PictureWords
    from hipknee_drawing.diagrams import Diagram, Sheet
    from hipknee_drawing.plates import Arrangement
    from hipknee_drawing.pose_tables import Plate
    from hipknee_drawing.studio import Frames, Sitting, Studio
    from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = """\
examples:
  python scripts/draw.py                           everything that has a table and looks otherwise now
  python scripts/draw.py clamshell bridge          these two exercises
  python scripts/draw.py explanation/pelvis-drop   this plate
  python scripts/draw.py --preview clamshell       a gray sheet of its poses from four sides, to look at while posing

Exit status: 0 drawn, 1 something to fix, 2 wrong usage."""


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="the table's file name, such as 'clamshell'")
    parser.add_argument("--preview", metavar="NAME", help="draw only a sheet to look at, into .cache/preview/")
    parser.add_argument(
        "--stills", action="store_true", help="skip the moving pictures, which take as long as all the others"
    )
    parser.add_argument("--again", action="store_true", help="draw pictures too that would look the same")
    parser.add_argument("--root", type=a_path, default=ROOT, help="the project's folder (default: this one)")
    options = parser.parse_args(arguments)
    images = options.root.resolve() / "images"
    known = drawing_origin.tables(images)
    if not known:
        parser.error(f"there is no pose table in {images / drawing_origin.POSES}")
    names = [options.preview] if options.preview else options.names or known
    for name in names:
        if name not in known:
            hint = did_you_mean(name, known) or f"Choose from: {', '.join(known)}."
            parser.error(f"there is no pose table images/{drawing_origin.POSES}/{name[:80]}.yml. {hint}")
    if options.preview:
        return _preview(images, options.preview)
    unchanged = Unchanged(images.parent, SAVED, options.stills)
    same = {} if options.again else unchanged.pictures(names)
    subjects = _subjects(images, [name for name in names if name not in same])
    if subjects is None:
        return 1
    try:
        for name in names:
            if name in same:
                print("".join(f"images/{file}  {AS_IT_WAS}\n" for file in same[name]), end="", flush=True)
            else:
                subject = subjects.pop(name)  # what was worked out for it is not needed for the others
                jobs = _pictures(subject, name, options.stills)
                origin = partial(drawing_origin.origin, images, name, subject.body.who)
                _draw(jobs, images, origin, options.again)
                unchanged.drawn(name, jobs)
                del subject, jobs
    finally:
        unchanged.keep()
    return 0


def _subjects(images: Path, names: list[str]) -> dict[str, Sitting | Arrangement | Sheet] | None:
    """What the tables have drawn, posed: all of them, before anything is drawn. None after saying what is wrong."""
    if not names:
        return {}  # and numpy need not be loaded
    try:
        from hipknee_drawing.studio import Studio
    except ImportError as error:
        print(f"Drawing needs {error.name}. Run 'make draw', which installs it.", file=sys.stderr)
        return None
    studio = Studio(images / drawing_origin.FIGURES)
    subjects = {name: _subject(studio, images, name) for name in names}
    right = {name: subject for name, subject in subjects.items() if subject}
    return right if len(right) == len(names) else None


def _subject(studio: Studio, images: Path, name: str) -> Sitting | Arrangement | Sheet | None:
    """What a table has drawn, posed; None after saying what is wrong with the table."""
    from hipknee_drawing.pose_tables import Plate, PoseTable, is_diagram, read
    from hipknee_drawing.posing import UnreachableError

    label = f"images/{drawing_origin.POSES}/{name}.yml"
    path = drawing_origin.pose_file(images, name)
    table: Diagram | Plate | PoseTable | None
    if is_diagram(path):
        from hipknee_drawing.diagrams import Diagram

        table, document, problems = read(path, label, Diagram)
    elif "/" in name:
        table, document, problems = read(path, label, Plate)
    else:
        table, document, problems = read(path, label, PoseTable)
    for problem in problems:
        print(problem, file=sys.stderr)
    if table is None:
        return None
    try:
        if isinstance(table, PoseTable):
            return studio.sitting(table)
        return _explanation(studio, table, _words(images.parent))
    except UnreachableError as error:
        message = f"{str(error)[0].upper()}{str(error)[1:]}. Move the goal or the body closer."
        print(f"{label}:{document.line(*error.place)}: [value-invalid] {message}", file=sys.stderr)
        return None


def _explanation(studio: Studio, table: Diagram | Plate, words: PictureWords) -> Arrangement | Sheet:
    """What draws a plate or a flat picture. Raises `UnreachableError`."""
    from hipknee_drawing.diagrams import Diagram, Sheet
    from hipknee_drawing.plates import Arrangement

    return Sheet(studio, table, words) if isinstance(table, Diagram) else Arrangement(studio, table, words)


@cache
def _words(root: Path) -> PictureWords:
    """What is written in pictures: read once, and only if there is a plate."""
    from hipknee.content.picture_words import PictureWords

    return PictureWords.at(root)


SAVED: dict[str, dict[str, int]] = {"PNG": {"compress_level": 6}, "WEBP": {"quality": 70, "method": 5}}
"""How a picture is packed, by its format."""
AS_IT_WAS = "as it was"
Jobs = dict[str, tuple[str, Callable[[], "Image.Image | Frames"]]]
"""For each file of images/ the pose that it shows, and what draws it."""


def _pictures(subject: Sitting | Arrangement | Sheet, name: str, stills: bool) -> Jobs:
    """Of an exercise: start.png, finish.png and return.png in the main view, one for each other view, what goes wrong,
    and motion.webp. A plate is one picture."""
    from hipknee_drawing.studio import Sitting

    if not isinstance(subject, Sitting):
        return {f"{name}.png": ("plate", subject.draw)}
    jobs: Jobs = {}
    for picture, moment in subject.pictures().items():
        view = picture if picture in subject.table.views else "main"
        jobs[f"{name}/{picture}.png"] = (moment, partial(subject.draw, moment, view))
    jobs |= {f"{name}/{mistake}.png": (mistake, partial(subject.mistake, mistake)) for mistake in subject.wrong}
    if subject.table.motion and not stills:
        jobs[f"{name}/motion.webp"] = ("motion", subject.motion)
    return jobs


def _draw(jobs: Jobs, images: Path, origin: Callable[[str], str], again: bool) -> None:
    """Draw those pictures whose file does not show already what would be drawn."""
    from hipknee_drawing import keys

    for file, (pose, job) in jobs.items():
        begun = time.perf_counter()
        path, key = images / file, keys.key(job, SAVED)
        part = path.with_name(f"{path.name}.part")  # all of the picture or none of it
        kept = None if again or not path.is_file() else drawing_origin.kept(path.read_bytes(), origin(pose), key)
        try:
            if kept is None:
                path.parent.mkdir(exist_ok=True)
                write(job(), part, origin(pose), key)
            elif kept != path.read_bytes():
                part.write_bytes(kept)
            if part.exists():
                part.replace(path)
        finally:
            part.unlink(missing_ok=True)
        print(f"images/{file}  {AS_IT_WAS if kept else f'{time.perf_counter() - begun:.1f} s'}", flush=True)


def write(drawing: Image.Image | Frames, path: Path, origin: str, key: str) -> None:
    """A picture as PNG, a movement as WebP. Each says what it was drawn from, and the key of what it shows."""
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    kind = "PNG" if isinstance(drawing, Image.Image) else "WEBP"
    if isinstance(drawing, Image.Image):
        about = PngInfo()
        if facts := drawing.info.get(drawing_facts.KEY):  # the words and areas of a plate
            about.add_itxt(drawing_facts.KEY, facts)
        drawing.save(path, kind, pnginfo=about, **SAVED[kind])
    else:
        (first, *rest), durations = drawing
        packet = f"{drawing_origin.KEY}: {origin}".encode()
        first.save(path, kind, save_all=True, append_images=rest, duration=durations, loop=0, xmp=packet, **SAVED[kind])
    path.write_bytes(drawing_origin.signed(path.read_bytes(), origin, key))


def _preview(images: Path, name: str) -> int:
    subjects = _subjects(images, [name])
    if subjects is None:
        return 1
    path = images.parent / FOLDER / "preview" / f"{name}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    _sheet(subjects[name]).save(path, compress_level=1)
    print(path)
    return 0


def _sheet(subject: Sitting | Arrangement | Sheet) -> Image.Image:
    """What there is to look at while posing. A flat picture has no poses, and is its own sheet."""
    from hipknee_drawing.preview import sheet
    from hipknee_drawing.studio import Sitting

    if not isinstance(subject, Sitting):
        from hipknee_drawing.diagrams import Sheet

        if isinstance(subject, Sheet):
            return subject.draw()
    return sheet(subject.body, subject.poses(), subject.helpers)


if __name__ == "__main__":
    sys.exit(run(main))
