"""Copies of a project to build, break and serve: the invented one in tests/invented/, and this one."""

from __future__ import annotations

import datetime
import os
import random
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from hipknee.content.catalogue import language_of, words_file
from hipknee.content.front_matter import read_data
from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
FIXTURE = ROOT / "tests" / "invented"
CLINIC = ROOT / "tests" / "clinic"
DATA = ROOT / "docs" / "_data"
ASSETS = ROOT / "docs" / "assets"
MKDOCS = (sys.executable, "-m", "mkdocs")
ADDRESS = "https://example.org/hips/"
LONG_NAME = (
    "Saint Bartholomew and the Holy Trinity University Hospital, Department of Physical Medicine and Rehabilitation"
)
EMBED = ("https://pond.example", "http://localhost:8123")
"""Websites that may show an exercise, where any may."""
LANGUAGE = language_of(ROOT)
"""That of this project. The invented one is in English, whatever this one is in."""
TODAY = str(int(datetime.datetime(2026, 6, 1, tzinfo=datetime.UTC).timestamp()))
"""The day of every build, so that no review runs out while nobody looks."""
ENVIRONMENT = os.environ | {"NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": TODAY}
_JUNK = shutil.ignore_patterns("__pycache__")
_PICTURE = re.compile(r"(?:file: |images/)([\w/-]+\.(?:png|webp))")

Shared = Callable[[str, Callable[[Path], object]], Path]
"""Gives the folder of that name, filled by the function: once in a run, by the first worker that asks for it."""

Change = Callable[[Path], None]
"""Something done to a project, given its folder."""


def fixture(at: Path) -> Path:
    """The invented project in the folder `at`: its own content, with this project's doors, house, words and theme."""
    shutil.copytree(FIXTURE, at)
    shutil.copytree(ROOT / "hooks", at / "hooks", ignore=_JUNK)
    shutil.copytree(ASSETS, at / "docs" / "assets")
    shutil.copy(ROOT / "docs" / "_data" / "words.en.yml", at / "docs" / "_data")
    shutil.copy(ROOT / "mkdocs.yml", at / "switchboard.yml")
    for page in sorted(at.glob("docs/**/*.md")):
        for file in _PICTURE.findall(page.read_text("utf-8")):
            draw(at / "images" / file)
    return at


def real(at: Path) -> Path:
    """This project's content and code in the folder `at`."""
    at.mkdir()
    for name in ("docs", "images", "hooks"):
        shutil.copytree(ROOT / name, at / name, ignore=_JUNK)
    shutil.copy(ROOT / "mkdocs.yml", at)
    return at


def clinic(at: Path) -> Path:
    """This project with the exercises of tests/clinic/ beside its own, in the library and on their condition pages."""
    real(at)
    for part in ("docs/exercises", "images"):
        shutil.copytree(CLINIC / part, at / part, dirs_exist_ok=True)
    pages = {path.stem: path.read_text("utf-8") for path in sorted((CLINIC / "docs" / "exercises").glob("*.md"))}
    for path in (
        at / "docs" / "exercises" / "index.md",
        *(at / "docs" / f"{name}.md" for name in ("knee-pain", "hip-pain")),
    ):
        slugs = [slug for slug, text in pages.items() if path.stem == "index" or f"\n  {path.stem}:" in text]
        text = path.read_text("utf-8")
        # The first list: of the library that is the first group's.
        listed = re.sub(r"(\n *exercises: \[[^\]]*)\]", rf"\1, {', '.join(slugs)}]", text, count=1)
        assert listed != text, f"{path} has no list of exercises"
        path.write_text(listed, "utf-8")
    return at


def addressed(project: Path, at: Path) -> Path:
    """A copy of a built project, with all that it keeps, that says in `mkdocs.yml` at which address it will stand."""
    shutil.copytree(project, at, ignore=shutil.ignore_patterns("site"))
    settings = at / "mkdocs.yml"
    others = re.sub(r"^site_url:.*\n", "", settings.read_text("utf-8"), flags=re.MULTILINE)
    settings.write_text(f"{others}site_url: {ADDRESS}\n", "utf-8")
    return at


def embedding(project: Path, at: Path) -> None:
    """A copy of a built project whose exercises other websites may show, of a clinic with a long name, built anew."""
    shutil.copytree(project, at, ignore=shutil.ignore_patterns("site"))
    settings = f"name: {LONG_NAME}\nlogo: clinic/logo.png\nembed: [{', '.join(EMBED)}]\n"
    (at / "docs" / "_data" / "clinic.yml").write_text(settings, "utf-8")
    draw(at / "images" / "clinic" / "logo.png")
    build(at)


CODES = {"teapot-tip": "POT", "flamingo-doze": "ZZZ"}
"""The exercises of the invented project that can stand in a programme, where any can: one has no code."""


def showing(project: Path, at: Path, codes: Mapping[str, str] = CODES) -> None:
    """A copy of a built project, with a page that shows programmes and with codes, by exercise, built anew."""
    shutil.copytree(project, at, ignore=shutil.ignore_patterns("site"))
    edit("mkdocs.yml", "  - about.md\n", "  - about.md\n  - programme.md\n")(at)
    about = (at / "docs" / "about.md").read_text("utf-8")
    write("docs/programme.md", about.replace("title: About the clinic", "title: Your plan"))(at)
    for slug, code in codes.items():
        edit(f"docs/exercises/{slug}.md", "\nsummary:", f"\ncode: {code}\nsummary:")(at)
    write("docs/_data/codes.yml", "".join(f"{code}: {slug}\n" for slug, code in codes.items()))(at)
    build(at)


def build(project: Path) -> None:
    """Build it, which must go well."""
    done = mkdocs(project, "build")
    assert done.returncode == 0, done.stdout


def hand_out(project: Path, at: Path) -> None:
    """The dist/ of a built project, in a folder of its own."""
    at.mkdir()
    shutil.copytree(project / "site", at / "site")
    for settings in (*project.glob("*.yml"), *project.glob("docs/_data/clinic.yml")):
        (at / settings.relative_to(project)).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(settings, at / settings.relative_to(project))
    done = dist(at)
    assert done.returncode == 0, done.stderr


def draw(path: Path) -> None:
    """A patchwork of colours that follow from the file's name; two frames of it for a moving picture."""
    colours = random.Random(path.parent.name + path.name)
    frames = [
        Image.frombytes("RGB", (8, 6), colours.randbytes(8 * 6 * 3)).resize((800, 600), Image.Resampling.NEAREST)
        for _ in range(2)
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    frames[0].save(path, save_all=path.suffix == ".webp", append_images=frames[1:] if path.suffix == ".webp" else [])


def mkdocs(project: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run MkDocs in a project. What it says is all in `stdout`."""
    return subprocess.run(
        [*MKDOCS, *arguments],
        cwd=project,
        env=ENVIRONMENT | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        timeout=400,
        check=False,
    )


def check(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run scripts/check.py."""
    call = [sys.executable, str(ROOT / "scripts" / "check.py"), *map(str, arguments)]
    return subprocess.run(call, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False)


def dist(project: Path) -> subprocess.CompletedProcess[str]:
    """Run scripts/dist.py."""
    call = [sys.executable, str(ROOT / "scripts" / "dist.py"), "--root", str(project)]
    return subprocess.run(call, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, and what it holds."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def words(language: str = "en") -> dict[str, Any]:
    """The labels that the engine prints, and what the language asks for."""
    return dict(read_data("", (ROOT / "docs" / "_data" / words_file(language)).read_bytes())[0].data)


def vocabulary() -> dict[str, Any]:
    """That of this project."""
    return dict(read_data("", (ROOT / "docs" / "_data" / "vocabulary.yml").read_bytes())[0].data)


def edit(path: str, old: str, new: str) -> Change:
    """Replace the first `old`, which must be there."""

    def change(project: Path) -> None:
        text = (project / path).read_text("utf-8")
        assert old in text, f"{path} no longer holds {old!r}"
        (project / path).write_text(text.replace(old, new, 1), "utf-8")

    return change


def write(path: str, content: str | bytes) -> Change:
    """Make the file hold this and nothing else."""

    def change(project: Path) -> None:
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).write_bytes(content.encode() if isinstance(content, str) else content)

    return change


def append(path: str, content: str | bytes) -> Change:
    def change(project: Path) -> None:
        with (project / path).open("ab") as file:
            file.write(content.encode() if isinstance(content, str) else content)

    return change


def truncate(path: str) -> Change:
    def change(project: Path) -> None:
        (project / path).write_bytes((project / path).read_bytes()[:900])

    return change


def rename(path: str, to: str) -> Change:
    def change(project: Path) -> None:
        (project / path).rename(project / to)

    return change


def folder(path: str) -> Change:
    return lambda project: (project / path).mkdir()


def delete(path: str) -> Change:
    def change(project: Path) -> None:
        (project / path).unlink()

    return change


def both(*changes: Change) -> Change:
    def change(project: Path) -> None:
        for one in changes:
            one(project)

    return change


def restore(project: Path, original: Path) -> None:
    """Put back everything that was changed, added or taken away, but the built site."""
    for name in ("docs", "images", "hooks", "mkdocs.yml", "switchboard.yml"):
        now, then = _files(project / name), _files(original / name)
        for path in now.keys() - then.keys():
            (project / name / path).unlink()
        for path, content in then.items():
            if now.get(path) != content:
                (project / name / path).parent.mkdir(parents=True, exist_ok=True)
                (project / name / path).write_bytes(content)
    for folder in sorted(project.glob("docs/**/"), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()


def _files(path: Path) -> dict[str, bytes]:
    if path.is_file():
        return {"": path.read_bytes()}
    return {name: content for name, content in tree(path).items() if "__pycache__" not in name}


class Answer(NamedTuple):
    status: int
    text: str


class Server:
    """`mkdocs serve` of a project, on a port of its own. A page that takes longer than 10 seconds is a failure."""

    def __init__(self, project: Path, *arguments: str) -> None:
        self.project, self.arguments = project, arguments
        self.said = project.with_name(f"{project.name}.log")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"127.0.0.1:{free.getsockname()[1]}"

    def __enter__(self) -> Server:
        with self.said.open("wb") as log:
            call = [*MKDOCS, "serve", "-a", self.address, *self.arguments]
            # MkDocs writes the site into a temporary folder, which it leaves behind when it is ended like this.
            environment = ENVIRONMENT | {"TMPDIR": str(self.project.parent)}
            self.process = subprocess.Popen(call, cwd=self.project, env=environment, stdout=log, stderr=log)
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()  # not Ctrl-C, which a run in the background ignores
        self.process.wait(10)

    def log(self) -> str:
        return self.said.read_text("utf-8", "replace")

    def get(self, page: str) -> Answer:
        assert self.process.poll() is None, f"the server died:\n{self.log()}"
        try:
            with urlopen(f"http://{self.address}{page}", timeout=10) as answer:
                return Answer(answer.status, answer.read().decode())
        except HTTPError as error:
            with error:
                return Answer(error.code, error.read().decode())

    def wait(self, page: str, shows: Callable[[Answer], bool], seconds: float = 30) -> float:
        """Ask for a page until it shows something. How long that took."""
        began = time.monotonic()
        while True:
            try:
                answer = self.get(page)
            except URLError as error:  # it is about to start
                answer = Answer(0, str(error))
            if shows(answer):
                return time.monotonic() - began
            assert time.monotonic() - began < seconds, f"{page} shows {answer.text[-2000:]}\n{self.log()[-2000:]}"
            time.sleep(0.05)
