"""Measure how fast things are, side by side with others: a table, and the same as JSON in dist/."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from benchmarks import consistency, library, print_engines, scale
from benchmarks.processes import ProgramError
from hipknee.calls import file_to_write, run
from mkdocs.exceptions import MkDocsException

ROOT = Path(__file__).resolve().parent.parent
MOST = 5000
"""Exercises: their pictures alone fill some gigabytes."""


def main() -> int:
    ends = "Exit status: 0 measured, 1 not measured, 2 wrong usage."
    parser = argparse.ArgumentParser(description=__doc__, epilog=ends)
    parts = parser.add_subparsers(dest="part", required=True, metavar="PART")
    help_ = "handouts and the booklet, compared with WeasyPrint and Chromium"
    printing = parts.add_parser("print", help=help_, description=f"Measure {help_}.", epilog=ends)
    printing.add_argument(
        "--runs",
        type=_positive,
        default=15,
        help="how many runs to take the median of; a fifth as many for a hundred handouts (default: 15)",
    )
    _add_out(printing, "benchmark.json")
    help_ = "builds and edits of a large library, compared with as many plain pages in Material and Hugo"
    scaling = parts.add_parser("scale", help=help_, description=f"Measure {help_}.", epilog=ends)
    scaling.add_argument(
        "--exercises", type=_count, default=100, help="how many exercises the library has (default: 100)"
    )
    scaling.add_argument("--runs", type=_positive, default=3, help="how many builds to take the median of (default: 3)")
    scaling.add_argument(
        "--growth", action="store_true", help="also measure a library with twice as many, and draw how the figures grow"
    )
    _add_out(scaling, "benchmark-scale.json")
    help_ = "how many contradictions the check finds in labelled exercises, and how often it is wrong"
    labelled = parts.add_parser("consistency", help=help_, description=f"Measure {help_}.", epilog=ends)
    _add_out(labelled, "benchmark-consistency.json")
    options = parser.parse_args()
    try:
        if options.part == "print":
            print_engines.measure(options.runs, options.out)
        elif options.part == "consistency":
            consistency.measure(ROOT, options.out)
        else:
            scale.measure(options.exercises, options.runs, options.growth, options.out)
    except (ValueError, ProgramError, MkDocsException) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _count(text: str) -> int:
    """Of exercises: no fewer than the project has."""
    count, fewest = _positive(text), len(library.originals(ROOT))
    if not fewest <= count <= MOST:
        raise argparse.ArgumentTypeError(f"it must be from {fewest} (what the project has) to {MOST}")
    return count


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is not a whole number of 1 or more")
    return int(text)


def _add_out(parser: argparse.ArgumentParser, name: str) -> None:
    parser.add_argument(
        "--out", type=file_to_write, default=ROOT / "dist" / name, metavar="FILE", help="where to write the JSON"
    )


if __name__ == "__main__":
    sys.exit(run(main))
