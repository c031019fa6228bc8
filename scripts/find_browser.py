"""Find the browser that the tests drive, and get one if there is none. Prints its path."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

from hipknee.calls import run

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, epilog="Exit status: 0 found, 1 not found.")
    parser.add_argument("--install", action="store_true", help="if there is none, install playwright's or Debian's")
    options = parser.parse_args()
    path = find() or (options.install and (_from_playwright() or _from_apt()))
    if not path:
        print("The tests need Chromium or Chrome. Install one, for example:", file=sys.stderr)
        print("  Debian, Ubuntu: apt install chromium     macOS: brew install --cask chromium", file=sys.stderr)
        print("or say where it is: CHROME=/path/to/chrome make test", file=sys.stderr)
        return 1
    print(path)
    return 0


def find() -> str | None:
    """The browser named by $CHROME, else one that is installed, else the one that playwright has fetched."""
    named = os.environ.get("CHROME")
    if named:
        return shutil.which(named)
    installed = next((path for name in NAMES if (path := shutil.which(name))), None)
    return installed or next((path for path in PLACES if Path(path).exists()), None) or _playwrights_own()


def _playwrights_own() -> str | None:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def _from_playwright() -> str | None:
    print("There is no Chromium or Chrome. Installing playwright's ...", file=sys.stderr)
    call = [sys.executable, "-m", "playwright", "install", "chromium"]
    return _playwrights_own() if _ran(call) else None


def _from_apt() -> str | None:
    """Debian's Chromium, where this user may install it."""
    if not shutil.which("apt-get") or not hasattr(os, "geteuid") or os.geteuid() != 0:
        return None
    print("That did not work. Installing Debian's ...", file=sys.stderr)
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    steps = (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"])
    return find() if all(_ran(step, quiet) for step in steps) else None


def _ran(call: list[str], env: dict[str, str] | None = None) -> bool:
    try:
        # Standard output is for the path alone.
        return subprocess.run(call, env=env, stdout=sys.stderr, timeout=600, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


if __name__ == "__main__":
    sys.exit(run(main))
