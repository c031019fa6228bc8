"""Try the ways out of MkDocs: ProperDocs must build the same site, byte for byte, and Zensical's must be refused.

Zensical runs no hooks and says nothing of it, so nothing has checked the pages that it builds. `check.py --site` has
to say so. Both are installed into an environment of their own; where that can't be done, nothing is tried.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hipknee.calls import folder_to_fill, run

ROOT = Path(__file__).resolve().parent.parent
LOCKS = (ROOT / "requirements.txt", ROOT / "requirements-canary.txt")
PROJECT = ("docs", "images", "hooks")
CACHES = (".cache/pictures", ".cache/print", ".cache/share")
"""Keyed by content, so they only save time."""
MKDOCS, PROPERDOCS, ZENSICAL = "MkDocs", "ProperDocs", "Zensical"
EPOCH = "1790000000"
"""The day of every build: both sites must have the same one."""
NO_STAMP = "has no stamp"


class NotInstalledError(Exception):
    """The packages can't be installed here. The message is pip's last line."""


class FailedError(Exception):
    """What the canary has found, as one sentence."""


# What is compared. Pure.


def differences(first: Mapping[str, bytes], second: Mapping[str, bytes]) -> dict[str, str]:
    """How two sites differ: contents by path. Of a gzip file what is packed counts, as its head holds a time."""
    ways: dict[str, str] = {}
    for path in sorted(first.keys() | second.keys()):
        if path not in second:
            ways[path] = f"only by {MKDOCS}"
        elif path not in first:
            ways[path] = f"only by {PROPERDOCS}"
        elif _content(path, first[path]) != _content(path, second[path]):
            ways[path] = "differs"
    return ways


def _content(path: str, raw: bytes) -> bytes:
    return gzip.decompress(raw) if path.endswith(".gz") else raw


def unrefused(slugs: Iterable[str], problems: Iterable[Mapping[str, Any]]) -> list[str]:
    """The exercises of which the check does not say that their page has no stamp."""
    refused = {problem["path"] for problem in problems if NO_STAMP in problem["message"]}
    return [slug for slug in slugs if f"docs/exercises/{slug}.md" not in refused]


def without_house_templates(settings: str) -> str:
    """mkdocs.yml with the theme's own templates: the house's stop Zensical, as they print what the hooks give."""
    return re.sub(r"^ +custom_dir:.*\n", "", settings, flags=re.MULTILINE)


# The builders.


def environment(folder: Path) -> Path:
    """The Python that has ProperDocs and Zensical, installed into `folder` when it holds others than are locked.

    Raises NotInstalledError, and FailedError when a package is not the one that was locked.
    """
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    marker = folder / "installed"
    locked = sha256(b"".join(lock.read_bytes() for lock in LOCKS)).hexdigest()
    if marker.is_file() and marker.read_text("utf-8") == locked:
        return python
    print(f"Installing {PROPERDOCS} and {ZENSICAL} ...", flush=True)
    install = [str(python), "-m", "pip", "install", "--quiet", "--retries", "1", "--require-hashes"]
    install += [part for lock in LOCKS for part in ("-r", str(lock))]
    for call in ([sys.executable, "-m", "venv", "--clear", str(folder)], install):
        done = _run(call, ROOT)
        if "DO NOT MATCH THE HASHES" in done.stdout:
            raise FailedError(f"A package does not match the lock file:\n{done.stdout.rstrip()}")
        if done.returncode:
            raise NotInstalledError((done.stdout.strip() or "venv failed").split("\n")[-1])
    marker.write_text(locked, "utf-8")
    return python


def copy(to: Path, cache: Path) -> Path:
    """A clean copy of the project, with what is cached below `cache`/.cache."""
    for name in PROJECT:
        shutil.copytree(ROOT / name, to / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", to)
    for name in CACHES:
        if (cache / name).is_dir():
            shutil.copytree(cache / name, to / name)
    return to


def build(builder: str, python: str | Path, project: Path, *arguments: str) -> Path:
    """The site that a builder makes of a project. Raises FailedError with what it said when there is none."""
    done = _run([str(python), "-m", builder.lower(), "build", "-f", "mkdocs.yml", *arguments], project)
    site = project / "site"
    if done.returncode or not site.is_dir():
        raise FailedError(f"{builder} did not build the site:\n{done.stdout.rstrip()}")
    return site


def _run(call: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """What a program says is all in `stdout`. A copy's own core is run, not the one that is installed."""
    variables = {"PYTHONPATH": str(folder / "hooks"), "SOURCE_DATE_EPOCH": EPOCH, "NO_MKDOCS_2_WARNING": "1"}
    return subprocess.run(
        call,
        cwd=folder,
        env=os.environ | variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )


# The two trials. Each gives the sentence to print, and raises FailedError.


def same_by_properdocs(python: Path, work: Path) -> str:
    ours = copy(work / "mkdocs", ROOT)
    first = _tree(build(MKDOCS, sys.executable, ours, "--quiet"))
    second = _tree(build(PROPERDOCS, python, copy(work / "properdocs", ours), "--quiet", "--strict"))
    ways = differences(first, second)
    count = len(first.keys() | second.keys())
    result = f"{PROPERDOCS}: {count - len(ways)} of {count} files are the same"
    if ways:
        raise FailedError("\n".join([result, *(f"  {path}: {way}" for path, way in ways.items())]))
    return result


def refused_of_zensical(python: Path, work: Path) -> str:
    project = copy(work / "zensical", work)
    settings = project / "mkdocs.yml"
    settings.write_text(without_house_templates(settings.read_text("utf-8")), "utf-8")
    site = build(ZENSICAL, python, project)
    call = [sys.executable, str(ROOT / "scripts" / "check.py"), "--format", "json"]
    done = _run([*call, "--root", str(project), "--site", str(site)], ROOT)
    if done.returncode != 1:
        raise FailedError(f"check.py does not refuse the site of {ZENSICAL}: exit status {done.returncode}")
    slugs = sorted(path.stem for path in (project / "docs/exercises").glob("*.md") if path.stem != "index")
    if passed := unrefused(slugs, json.loads(done.stdout)):
        raise FailedError(f"check.py does not report that these pages of {ZENSICAL} have no stamp: {passed}")
    return f"{ZENSICAL}: refused, as {len(slugs)} of {len(slugs)} exercises have no stamp"


def _tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__,
        epilog="Exit status: 0 both work as they should or could not be tried, 1 one does not, 2 wrong usage.",
    )
    parser.add_argument(
        "--environment",
        type=folder_to_fill,
        default=ROOT / ".venv" / "canary",
        metavar="DIR",
        help="where ProperDocs and Zensical are installed (default: .venv/canary)",
    )
    options = parser.parse_args()
    try:
        python = environment(options.environment.absolute())
        with TemporaryDirectory() as folder:
            for trial in (same_by_properdocs, refused_of_zensical):
                print(trial(python, Path(folder)), flush=True)
    except NotInstalledError as error:
        print(f"canary: not tried: {PROPERDOCS} and {ZENSICAL} can't be installed here. {error}", file=sys.stderr)
    except FailedError as error:
        print(f"canary: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(run(main))
