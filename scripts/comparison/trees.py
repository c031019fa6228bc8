"""Two states of this repository in folders of their own, the sites that they build, and what their checks say."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
from collections.abc import Callable
from pathlib import Path

HERE = "."
"""Means the working tree as it is, not a commit."""
INVENTED = "invented"
CASES = "cases"
SPANISH, CLINIC = "spanish", "clinic"
EPOCH = "1780000000"
"""The moment at which everything is built, in seconds since 1970."""

Edit = tuple[str, str | Callable[[re.Match[str]], str]]
"""A pattern that stands in mkdocs.yml, and what takes its place."""

SETTINGS: dict[str, tuple[Edit, ...]] = {
    "plain": (),
    "address": ((r'^site_url: "".*', "site_url: https://example.org/hips/"),),
    CLINIC: (),
    "online": ((r"^  offline: true", "  offline: false"),),
    SPANISH: ((r"^  language: en", "  language: es"),),
}
"""What is changed in mkdocs.yml before the project's own site is built."""

A_CLINIC = """\
name: Lakeside Physical Therapy
phones: [{label: Front desk, number: 904-555-0100}, {label: After hours, number: 904-555-0101 ext. 3}]
booking: https://lakeside.example.org/book
report: mistakes@lakeside.example.org
"""
"""The settings of an invented clinic."""

_JUNK = shutil.ignore_patterns(".git", ".venv", ".cache", "tests", "site", "dist", "__pycache__")
_NOISE = ((r"\.site-[0-9a-f]{32}", ".site-*"), (r"in [\d.]+ seconds", "in * seconds"), (r"\d[\d.]*(?= [kM]B)", "*"))


class TreeError(Exception):
    """A state of the repository that is missing or can't be used. Says so in one sentence."""


def commit_of(root: Path, name: str) -> str:
    """The full hash of a commit; HERE stays what it is."""
    if name == HERE:
        return HERE
    call = ["git", "-C", str(root), "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}"]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    if done.returncode:
        raise TreeError(f"There is no commit '{name}' in {root}.")
    return done.stdout.strip()


def check_out(root: Path, commit: str, to: Path) -> Path:
    """Put the files of a commit, or those of the working tree that git does not ignore, into the folder `to`."""
    if commit != HERE:
        packed = subprocess.run(["git", "-C", str(root), "archive", commit], capture_output=True, check=True).stdout
        with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
            archive.extractall(to, filter="data")
    else:
        call = ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        names = subprocess.run(call, capture_output=True, text=True, check=True).stdout.split("\0")
        for name in names:
            if name and (root / name).is_file():
                (to / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(root / name, to / name)
    _hold(to)
    return to


def _hold(tree: Path) -> None:
    """Make sure that it is this tree's engine that will run, and not one that is installed."""
    done = _python(tree, "-c", "import hipknee; print(hipknee.__file__)", cwd=tree)
    if done.returncode or not Path(done.stdout.strip()).is_relative_to(tree.resolve()):
        last = done.stdout.strip().rpartition("\n")[2]
        raise TreeError(f"The engine of {tree.name} can't be imported from its own tree, but gives: {last}")


def _roots(tree: Path) -> list[str]:
    """The folders with a tree's packages, as its pyproject.toml has them, and those with what its tests import."""
    project = tomllib.loads((tree / "pyproject.toml").read_text("utf-8"))
    wheel = project.get("tool", {}).get("hatch", {}).get("build", {}).get("targets", {}).get("wheel", {})
    folders = [Path(package).parent.as_posix() for package in wheel.get("packages", [])]
    return [str(tree / folder) for folder in dict.fromkeys([*folders, "hooks", "scripts", "tests"])]


def _python(tree: Path, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run Python with a tree's engine. `stdout` holds all that was said."""
    own = {"PYTHONPATH": os.pathsep.join(_roots(tree)), "SOURCE_DATE_EPOCH": EPOCH, "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        env=os.environ | own | {"NO_MKDOCS_2_WARNING": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        timeout=900,
        check=False,
    )


def build(tree: Path, setting: str, to: Path, warm: Path) -> None:
    """Build the site in a setting and what a clinic hands on: `site`, `dist` and `logs` in the folder `to`.

    `warm` is the folder with what this tree has drawn and set before, if it is there; if not, it is put there. Caches
    are never another tree's: a name in them says what a file was made from, but not by which code.
    """
    project = to / "project"
    if setting == INVENTED:
        _call_tests(tree, "import projects; projects.fixture(at)", project)
    else:
        shutil.copytree(tree, project, ignore=_JUNK)
        set_up(project / "mkdocs.yml", SETTINGS[setting])
        if setting == SPANISH:
            data = project / "docs" / "_data"
            shutil.copy(data / "words.en.yml", data / "words.es.yml")  # there is no translation yet
        if setting == CLINIC:
            (project / "docs" / "_data" / "clinic.yml").write_text(A_CLINIC, "utf-8")
        if warm.is_dir():
            shutil.copytree(warm, project / ".cache")
    (to / "logs").mkdir()
    for name, call in {"build": ["-m", "mkdocs", "build"], "dist": _dist(tree, project)}.items():
        done = _python(tree, *call, cwd=project)
        log = f"exit status {done.returncode}\n{done.stdout}".replace(str(project.resolve()), "PROJECT")
        for pattern, rest in _NOISE:
            log = re.sub(pattern, rest, log)
        (to / "logs" / f"{name}.txt").write_text(log, "utf-8")
    for name in ("site", "dist"):
        if (project / name).is_dir():
            (project / name).rename(to / name)
    if setting != INVENTED and not warm.is_dir() and (project / ".cache").is_dir():
        (project / ".cache").rename(warm)
    shutil.rmtree(project)


def set_up(switchboard: Path, edits: tuple[Edit, ...]) -> None:
    """Change mkdocs.yml."""
    text = switchboard.read_text("utf-8")
    for pattern, replacement in edits:
        text, count = re.subn(pattern, replacement, text, count=1, flags=re.MULTILINE)
        if not count:
            raise TreeError(
                f"mkdocs.yml no longer has anything like {pattern!r}: see SETTINGS in {Path(__file__).name}."
            )
    switchboard.write_text(text, "utf-8")


def _dist(tree: Path, project: Path) -> list[str]:
    return [str(tree / "scripts" / "dist.py"), "--root", str(project)]


def check_cases(tree: Path, owner: Path, folder: Path | None, to: Path) -> None:
    """What a tree's check says of each case in the pond of another tree's tests, one file for each in `to`.

    The cases are those of these tests, or the pages in another `folder`.
    """
    pond, pages = to / "pond", to / "pages"
    layout = next((layout for layout, marker in _LAYOUTS.items() if (owner / "tests" / marker).exists()), None)
    if layout is None:
        raise TreeError(f"{Path(__file__).name} can't read the cases in the tests of {owner.name}.")
    pages.mkdir()
    page = _call_tests(owner, layout, to)
    for case in sorted(folder.glob("*.md")) if folder else ():
        shutil.copy(case, pages)
    driver = str(Path(__file__).with_name("run_cases.py"))
    script = str(tree / "scripts" / "check.py")
    done = _python(tree, "-P", driver, script, str(pond), page, str(pages), str(to / CASES), cwd=to)
    if done.returncode:
        (to / CASES).mkdir(exist_ok=True)
        (to / CASES / "log.txt").write_text(done.stdout.replace(str(tree), "TREE"), "utf-8")
    for each in (pond, pages):
        shutil.rmtree(each)


_LAYOUTS = {
    """
import birds, cases
birds.write(at / "pond")
for case in cases.GATE:
    if case.path == birds.PAGE:
        (at / "pages" / f"{case.name}.md").write_bytes(case.content)
print(birds.PAGE)
""": "birds.py",
    """
import content, shutil
content.write(at / "pond")
for case in content.CASES:
    shutil.copy(case, at / "pages")
print(content.PAGE)
""": "invalid",
}
"""How the tests of a tree write the pond and the cases into a folder, and by which file of theirs that is known."""


def _call_tests(tree: Path, code: str, at: Path) -> str:
    """Run some lines that use a tree's tests, in which `at` is a path. The last line that they print."""
    code = f"import sys, pathlib\nat = pathlib.Path(sys.argv[1])\n{code}"
    done = _python(tree, "-P", "-c", code, str(at), cwd=tree)
    if done.returncode:
        raise TreeError(f"The tests of {tree.name} can't be used: {done.stdout.strip().rpartition(chr(10))[2]}")
    return done.stdout.strip().rpartition("\n")[2]
