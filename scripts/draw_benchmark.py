"""Measure the drawing of pictures: seconds for one, for all stills, for a movement, for a preview, and for a run in
which nothing has changed; the peak of memory; and whether the same bytes come twice."""

from __future__ import annotations

import argparse
import re
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from hipknee.calls import run

ROOT = Path(__file__).resolve().parent.parent
DRAW = [sys.executable, str(ROOT / "scripts" / "draw.py")]
GOALS = {
    "a picture (s)": 2.5,
    "the slowest (s)": 2.5,
    "all stills (s)": 90.0,
    "a movement (s)": 15.0,
    "a preview (s)": 1.5,
    "nothing changed (s)": 1.0,
    "peak of memory (MB)": 600.0,
    "other bytes (files)": 0.0,
}
"""At most, on 2 cores. They are told, not enforced: a slow machine is no failure. Pictures are those
of exercises, 1200 pixels wide or high: the first figure is their median. A plate, with several figures, is none of
them. That of a preview is a whole process."""
PREVIEWS = 3
TWICE = "bridge"
"""The exercise that moves, and that is drawn twice."""


def measured() -> dict[str, float]:
    """Each of the goals' figures, and the processor's seconds for all stills: all in processes of their own."""
    with TemporaryDirectory() as folder:
        images = Path(folder) / "images"
        images.mkdir()
        for name in ("poses", "figure"):
            (images / name).symlink_to(ROOT / "images" / name)
        docs = Path(folder) / "docs"
        docs.mkdir()
        (docs / "_data").symlink_to(ROOT / "docs" / "_data")
        (Path(folder) / "mkdocs.yml").symlink_to(ROOT / "mkdocs.yml")
        stills, output = timed("--stills", "--root", folder)
        busy = processor()
        pictures = [*map(float, re.findall(r"^images/(?!explanation/)\S+\.png +([\d.]+) s", output, re.M))]
        previews = [timed("--preview", TWICE, "--root", folder)[0] for _ in range(PREVIEWS)]
        nothing, _ = timed("--stills", "--root", folder)
        _, output = timed(TWICE, "--root", folder)
        moves = float(re.findall(r"\.webp +([\d.]+) s", output)[0])
        before = {path: path.read_bytes() for path in (images / TWICE).iterdir()}
        timed(TWICE, "--again", "--root", folder)
        others = sum(path.read_bytes() != content for path, content in before.items())
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024  # Linux counts kibibytes
    figures = (
        statistics.median(pictures),
        max(pictures),
        stills,
        moves,
        statistics.median(previews),
        nothing,
        peak,
        others,
    )
    return {**dict(zip(GOALS, figures, strict=True)), "the processor's (s)": busy}


def processor() -> float:
    """Seconds that all processes so far have had of it: fewer than have passed, where others work too."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def timed(*arguments: str) -> tuple[float, str]:
    begun = time.perf_counter()
    done = subprocess.run([*DRAW, *arguments], capture_output=True, text=True, check=True)
    return time.perf_counter() - begun, done.stdout


def main() -> int:
    argparse.ArgumentParser(
        description=__doc__, epilog="Exit status: 0 measured, 1 not measured, 2 wrong usage."
    ).parse_args()
    for name, value in measured().items():
        goal = GOALS.get(name)
        verdict = "" if goal is None else f"   goal ≤ {goal:g}: {'met' if value <= goal else 'missed'}"
        print(f"{name:<20} {value:>7.1f}{verdict}")
    return 0


if __name__ == "__main__":
    sys.exit(run(main))
