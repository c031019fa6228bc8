"""Measure the drawing of pictures: seconds for one, for all stills, for a preview; and the peak of memory."""

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
GOALS = {"a picture (s)": 4.0, "all stills (s)": 120.0, "a preview (s)": 2.0, "peak of memory (MB)": 1000.0}
"""At most, on 2 cores. They are told, not enforced: a slow machine is no failure."""
PREVIEWS = 3


def measured() -> dict[str, float]:
    """Median picture that is 1200 pixels wide or high, all stills, median preview: in processes of their own."""
    with TemporaryDirectory() as folder:
        images = Path(folder) / "images"
        images.mkdir()
        for name in ("poses", "figure"):
            (images / name).symlink_to(ROOT / "images" / name)
        stills, output = timed("--stills", "--root", folder)
        pictures = [
            float(seconds) for seconds in re.findall(r"^images/(?!explanation/)\S+\.png +([\d.]+) s", output, re.M)
        ]
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024  # Linux counts kibibytes
        previews = [timed("--preview", "bridge", "--root", folder)[0] for _ in range(PREVIEWS)]
    figures = (statistics.median(pictures), stills, statistics.median(previews), peak)
    return dict(zip(GOALS, figures, strict=True))


def timed(*arguments: str) -> tuple[float, str]:
    begun = time.perf_counter()
    done = subprocess.run([*DRAW, *arguments], capture_output=True, text=True, check=True)
    return time.perf_counter() - begun, done.stdout


def main() -> int:
    argparse.ArgumentParser(
        description=__doc__, epilog="Exit status: 0 measured, 1 not measured, 2 wrong usage."
    ).parse_args()
    figures = measured()
    for name, value in figures.items():
        print(f"{name:<20} {value:>7.1f}   goal ≤ {GOALS[name]:.0f}: {'met' if value <= GOALS[name] else 'missed'}")
    return 0


if __name__ == "__main__":
    sys.exit(run(main))
