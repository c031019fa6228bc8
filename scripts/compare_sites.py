"""Build two commits in several settings and compare what they make, file by file."""

from __future__ import annotations

import argparse
import json
import multiprocessing
import shutil
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from comparison import outputs, pdfs, trees
from comparison.texts import Difference, diff
from comparison.trees import CASES, HERE, INVENTED, SETTINGS
from hipknee.calls import a_path, file_to_write, folder_to_fill, run

ROOT = Path(__file__).resolve().parent.parent
NAMES = (*SETTINGS, INVENTED, CASES)
PDF_UA = ROOT / "tests" / "pdf_ua.py"
Pair = tuple[bytes, bytes]


class Side(NamedTuple):
    """One of the two states: its files, what it has made by setting, and its pictures for the next setting."""

    tree: Path
    room: Path

    def place(self, setting: str) -> Path:
        return self.room / setting


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__,
        epilog="Exit status: 0 nothing differs, 1 something differs, 2 wrong usage. Left out of the comparison: "
        "fingerprints in the names of files, stamps, the version of the site and of a PDF.",
    )
    parser.add_argument("old", metavar="OLD", help="a commit")
    parser.add_argument(
        "new", metavar="NEW", nargs="?", default=HERE, help="another commit, or '.' for the working tree (default)"
    )
    parser.add_argument("--settings", nargs="+", choices=NAMES, default=NAMES, metavar="NAME", help=", ".join(NAMES))
    parser.add_argument("--out", type=file_to_write, metavar="FILE", help="also write the differences as JSON")
    parser.add_argument("--pixels", action=argparse.BooleanOptionalAction, default=True, help="compare how PDFs look")
    parser.add_argument("--verapdf", action="store_true", help="compare what veraPDF says of PDFs that differ")
    parser.add_argument(
        "--cases", type=a_path, metavar="DIR", help="the cases to check (default: those of OLD's tests)"
    )
    parser.add_argument("--keep", type=folder_to_fill, metavar="DIR", help="keep the builds of commits, and reuse them")
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="how many builds at once (default: 2)")
    options = parser.parse_args(arguments)
    if options.jobs < 1:
        parser.error("--jobs must be 1 or more")
    if options.cases and not options.cases.is_dir():
        parser.error(f"there is no folder {options.cases}")
    settings = list(dict.fromkeys(options.settings))
    with TemporaryDirectory() as room:
        try:
            sides = prepare([options.old, options.new], Path(room), options.keep)
            make(sides, settings, options.cases, options.jobs)
        except trees.TreeError as reason:
            parser.error(str(reason))
        results = {setting: outputs.compare(*_read(sides, setting)) for setting in settings}
    notes = add_pdfs(results, options.pixels, options.verapdf, options.jobs)
    report(results, notes)
    if options.out:
        options.out.write_text(_as_json([options.old, options.new], results, notes), "utf-8")
    return 1 if any(result.differences for result in results.values()) else 0


def prepare(names: Sequence[str], room: Path, keep: Path | None) -> list[Side]:
    """Both states in folders of their own. What a commit has made may be kept; the working tree changes."""
    commits = [trees.commit_of(ROOT, name) for name in names]
    sides = []
    for title, commit in zip(("OLD", "NEW"), commits, strict=True):
        tree = trees.check_out(ROOT, commit, room / "trees" / title)
        kept = keep.resolve() / commit[:12] if keep and commit != HERE else room / title
        kept.mkdir(parents=True, exist_ok=True)
        sides.append(Side(tree, kept))
    return sides


def make(sides: Sequence[Side], settings: Sequence[str], folder: Path | None, jobs: int) -> None:
    """Build and check everything. The first setting of a side draws the pictures, and the others wait for them."""
    own = [setting for setting in settings if setting in SETTINGS]
    with ThreadPoolExecutor(jobs) as pool:
        futures: list[Future[None]] = []
        first = [pool.submit(_build, side, setting, None) for setting in own[:1] for side in sides]
        for setting in [setting for setting in settings if setting not in own[:1]]:
            for number, side in enumerate(sides):
                if setting != CASES:
                    wait = first[number] if setting in SETTINGS else None
                    futures.append(pool.submit(_build, side, setting, wait))
                else:
                    futures.append(pool.submit(_check, side, sides[0], folder))
        for future in [*first, *futures]:
            future.result()


def _build(side: Side, setting: str, after: Future[None] | None) -> None:
    if after:
        after.result()
    place = side.place(setting)
    if not place.is_dir():
        part = side.place(f".{setting}.part")
        shutil.rmtree(part, ignore_errors=True)  # left by a run that was ended
        part.mkdir()
        trees.build(side.tree, setting, part, side.place(".cache"))
        part.rename(place)


def _check(side: Side, owner: Side, folder: Path | None) -> None:
    with TemporaryDirectory() as room:
        trees.check_cases(side.tree, owner.tree, folder, Path(room))
        place = side.place(CASES)
        place.mkdir(exist_ok=True)
        for path in place.iterdir():
            path.unlink()
        for path in (Path(room) / CASES).iterdir():
            (place / path.name).write_bytes(path.read_bytes())


def _read(sides: Sequence[Side], setting: str) -> list[outputs.Files]:
    return [outputs.read(side.place(setting)) for side in sides]


def add_pdfs(results: dict[str, outputs.Result], pixels: bool, verapdf: bool, jobs: int) -> list[str]:
    """Compare the PDFs whose bytes differ, each pair once, however often it is there. What to say besides."""
    pairs = list(dict.fromkeys(pair for result in results.values() for pair in result.pdfs.values()))
    differences: dict[Pair, Difference] = {}
    if pairs:
        with ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn")) as pool:
            compared = pool.map(pdfs.compare, *zip(*pairs, strict=True), [pixels] * len(pairs), chunksize=2)
            differences = {pair: each for pair, each in zip(pairs, compared, strict=True) if each}
    notes = []
    if verapdf:
        verdicts, note = _verdicts(pairs)
        notes += [note] if note else []
        for pair, each in verdicts.items():
            seen = differences.get(pair)
            differences[pair] = Difference(f"{seen.what}; {each.what}", seen.diff) if seen else each
    for result in results.values():
        for path, pair in result.pdfs.items():
            if pair in differences:
                result.differences[path] = differences[pair]
    same = len(pairs) - len(differences)
    if same:
        notes.append(f"{same} pairs of PDFs differ only in bytes or in their version.")
    return notes


def _verdicts(pairs: Sequence[Pair]) -> tuple[dict[Pair, Difference], str]:
    """What veraPDF says otherwise of the second of each pair than of the first; and why it could not be asked."""
    answers: list[list[str]] = []
    with TemporaryDirectory() as room:
        for side in (0, 1):
            files = [Path(room) / f"{number}.pdf" for number in range(len(pairs))]
            for file, pair in zip(files, pairs, strict=True):
                file.write_bytes(pair[side])
            call = [sys.executable, str(PDF_UA), *map(str, files)]
            done = subprocess.run(call, capture_output=True, text=True, encoding="utf-8", check=False)
            if done.stderr.strip():
                return {}, f"Not compared by veraPDF. {done.stderr.strip().splitlines()[-1].partition(': ')[2]}"
            answers.append(done.stdout.splitlines())
    verdicts = {}
    for number, pair in enumerate(pairs):
        name = f"{number}.pdf: "
        old, new = (
            [line.removeprefix(name).partition(", first at")[0] for line in lines if line.startswith(name)]
            for lines in answers  # the place goes, as it holds numbers of objects
        )
        if old != new:
            verdicts[pair] = Difference("veraPDF says something else", diff(old, new))
    return verdicts, ""


def report(results: dict[str, outputs.Result], notes: Sequence[str]) -> None:
    """Print all differences, by setting, and a last line that counts them."""
    seen: dict[Difference, str] = {}
    for setting, result in results.items():
        copies = outputs.copies(result.differences)
        but = f", {len(copies)} of them as copies in dist/" if copies else ""
        print(f"{setting}: {result.number} files compared, {len(result.differences)} differ{but}.")
        listed = {f"{setting}: {path}": each for path, each in sorted(result.differences.items()) if path not in copies}
        lines = outputs.grouped(listed, seen)
        print("".join(f"{line}\n" for line in lines), end="")
    print("".join(f"{note}\n" for note in notes), end="")
    print(outputs.summary({setting: len(result.differences) for setting, result in results.items()}, list(results)))


def _as_json(names: Sequence[str], results: dict[str, outputs.Result], notes: Sequence[str]) -> str:
    settings = {
        setting: {
            "files": result.number,
            "differences": [{"path": path, **each._asdict()} for path, each in sorted(result.differences.items())],
        }
        for setting, result in results.items()
    }
    whole = {"old": names[0], "new": names[1], "settings": settings, "notes": list(notes)}
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.exit(run(main))
