"""Draw the mark of the site for the head of its pages: logo.svg. The icons are drawn by the build."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from hipknee.calls import a_path, run
from hipknee.pictures import icons

ROOT = Path(__file__).resolve().parent.parent
LOGO = "hooks/overrides/partials/logo.svg"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, epilog="Exit status: 0 drawn, 2 wrong usage.")
    parser.add_argument("--root", type=a_path, default=ROOT, help="the project's folder (default: this one)")
    path = parser.parse_args().root / LOGO
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(icons.svg(), "utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(run(main))
