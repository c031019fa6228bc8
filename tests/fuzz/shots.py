"""Files as a slip, a bad program or an attacker leaves them: seeded, so that each can be had again."""

from __future__ import annotations

import io
import random
import time
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import birds
import programmes
from hipknee.content import catalogue
from hipknee.content.catalogue import DATA
from hipknee.content.model import Exercise
from hipknee.gate import bodies, gate
from hipknee.gate.bodies import Body
from hipknee.gate.conversion import Converter
from hipknee.gate.raw_html import of_page
from hipknee.gate.text_bounds import excess
from hipknee.page_facts import read
from hipknee.pictures.originals import PictureError, inspect
from hipknee.problems import Problem
from hipknee.programme import reading
from hipknee.programme.code import RefusedError, as_read, write
from hipknee.programme.reasons import reason
from hipknee.rules import Rule
from hipknee_drawing import pose_tables
from PIL import Image

SECONDS = 5.0
"""Of the processor, for one file."""
PAGE, CONDITION = birds.PAGE, "docs/creaky-tail.md"
PAGES = (PAGE, CONDITION, "docs/glossary.md")
_OTHERS = ("words.en.yml", "codes.yml", "gone.yml", "notes.en.yml", "red_flags.yml")
FILES = (*(f"docs/_data/{name}" for name in (*DATA, *_OTHERS)),)
WHOLE = (*PAGES, "docs/index.md", "docs/exercises/index.md", "mkdocs.yml", *FILES)
"""What is damaged before the whole project is checked."""
_SIGNS = (
    *"[](){}<>*_`~|#&!:;,.-+='\"\\/@%^$? \t\n\x00\x7f\x85\xa0",
    "---\n",
    "- ",
    ": ",
    " #",
    "\r\n",
    "\ufeff",
    "\u2028",
)
_SIGNS += (
    "&a ",
    "*a",
    "<<: ",
    "!!python/object:os.system ",
    "null",
    "1e999",
    "-0",
    "9" * 5000,
    "\U0001f600",
    "e\u0301",
)
_BODY = (*_SIGNS, "[x](", "](y)", "![", "<!--", "-->", "<a ", "<script>", "</script>", "<img src=x onerror=alert(1)>")
_BODY += (
    "{: onclick=alert(1) }",
    "{: style=color:red }",
    "[@gull-1902]",
    "java",
    "script:",
    "&#106;",
    "<svg/onload=1>",
)
_BODY += (
    "href=",
    'title="',
    "onclick=",
    "<b",
    "</b>",
    "> ",
    "    ",
    "```\n",
    "\n\n",
    "\n| a | b |\n|---|---|\n| c | d |\n",
)
_BODY += (
    "!!! note\n    ",
    "<details>",
    "{emergency}",
    "{count}",
    "creaky tail",
    "http://",
    "data:text/html,",
    "a",
    "word ",
)


class Wrong(NamedTuple):
    """A file that broke a promise."""

    name: str
    content: bytes
    what: str


def changed(random: random.Random, text: str) -> str:
    """A text with a few slips in it."""
    for _ in range(random.randint(1, 6)):
        at, end = sorted(random.randrange(len(text) + 1) for _ in range(2))
        end = min(end, at + random.randint(1, 40))
        rows = text.split("\n")
        text = random.choice(
            (
                text[:at] + random.choice(_SIGNS) * random.choice((1, 1, 2, 30)) + text[at:],
                text[:at] + text[end:],
                text[:at] + text[at:end] * random.choice((2, 3, 40)) + text[end:],
                "\n".join(random.sample(rows, len(rows)))
                if random.random() < 0.1
                else text[:at] + text[at:].swapcase(),
                "\n".join(" " * random.randrange(3) + row if random.random() < 0.05 else row for row in rows),
                text[: max(at, 4)],
            )
        )
    return text


def damaged(random: random.Random, content: bytes) -> bytes:
    """Bytes with a few of them lost or others."""
    data = bytearray(content)
    for _ in range(random.randint(1, 8)):
        at = random.randrange(len(data) or 1)
        if random.random() < 0.2:
            del data[at : at + random.randint(1, 400)]
        elif data:
            data[min(at, len(data) - 1)] = random.choice((0, 255, random.randrange(256)))
    return bytes(data)


def body(random: random.Random) -> str:
    """A text below the front matter."""
    return "".join(random.choices(_BODY, k=random.randint(1, 14)))


def page(text: str) -> bytes:
    """A page with this text below its front matter."""
    return (birds.FLAMINGO.partition("\n---\n")[0] + "\n---\n" + text).encode("utf-8", "replace")


class Range:
    """A project to shoot at. `tried` counts the files, `passed` the texts that were converted."""

    def __init__(self, root: Path) -> None:
        self.root = birds.write(root)
        self.tried = self.passed = 0
        self._pages = catalogue.load(self.root)
        self._converter = Converter(self._pages)
        self._repertoire = programmes.repertoire()
        self._codes = [write(programme) for programme in programmes.programmes(1, 100)]

    def kinds(self) -> dict[str, Callable[[random.Random], Wrong | None]]:
        """Every kind of file."""
        return {
            "front matter": lambda random: self.read(*self.file(random, random.choice(PAGES))),
            "data": lambda random: self.read(*self.file(random, random.choice(FILES))),
            "body": self.body,
            "whole": self.whole,
            "picture": self.picture,
            "poses": self.poses,
            "code": self.code,
        }

    def shoot(self, kind: str, seed: int) -> Wrong | None:
        """One file of a kind; what is wrong with how it is taken."""
        self.tried += 1
        return self.kinds()[kind](random.Random(f"{kind} {seed}"))

    def file(self, random: random.Random, path: str) -> tuple[str, bytes]:
        """A page or data file with a few slips in it: its path, and what it holds."""
        before = birds.FILES.get(path) or (self.root / path).read_text("utf-8") if (self.root / path).exists() else ""
        text = before or 'name: A clinic\nphones: [{label: Desk, number: "555-0100"}]\nbooking: https://a.example/\n'
        return path, changed(random, text).encode("utf-8", "surrogatepass")

    def whole(self, random: random.Random) -> Wrong | None:
        """A damaged file, or a text, in a project through all rules of the check."""
        if random.random() < 0.25:
            return self.check(PAGE, page(body(random)))
        return self.check(*self.file(random, random.choice(WHOLE)))

    def read(self, path: str, content: bytes) -> Wrong | None:
        """Read a file of the project as if it were so."""
        file = self.root / path
        before = file.read_bytes() if file.exists() else None
        file.write_bytes(content)
        try:
            return self._judged(path, content, lambda: catalogue.load(self.root).problems)
        finally:
            file.write_bytes(before) if before is not None else file.unlink()

    def check(self, path: str, content: bytes) -> Wrong | None:
        """Check the whole project as if a file of it were so."""
        with birds.changed(self.root, {path: content}, {}):
            return self._judged(path, content, lambda: gate.check(self.root).problems)

    def body(self, random: random.Random) -> Wrong | None:
        """A text: what the check of HTML lets through has nothing in it that a browser runs."""
        return self.text(body(random))

    def text(self, text: str) -> Wrong | None:
        """The same of this text."""
        content = page(text)

        def judge() -> list[Problem]:
            document, value, draft = catalogue._Source("a.md", Exercise, content, {}, "911").read()[0]
            page = self._pages.pages["exercises/polite-flamingo.md"]
            entry = catalogue.PageEntry.on(page.page, page.kind, catalogue.Entry.of(document, value, draft, content))
            found = self._converted(entry)
            problems = [*of_page(entry, found)]
            if not problems:
                self.passed += 1
                if refused := read(found.html).refused:
                    raise AssertionError(f"{refused} is published")
            return problems

        return self._judged("a.md", content, judge)

    def _converted(self, entry: catalogue.PageEntry[Any]) -> Body:
        if too_much := excess(entry.document.body):
            return bodies._refused(entry, too_much)
        html = self._converter.html(entry)
        heard = bodies._heard(self._pages, entry.face.evidence or [])
        return bodies._judged(Body(html or "", citations=heard), html, entry)

    def code(self, random: random.Random) -> Wrong | None:
        """The code of a programme after an accident."""
        return self.typed(programmes.damaged(random, self._codes))

    def typed(self, text: str) -> Wrong | None:
        """The same of this text: it is refused in a sentence, or stands for a programme that is written so."""

        def judge() -> list[Problem]:
            try:
                programme = reading.read(text, self._repertoire)
            except RefusedError as error:
                if not 0 <= error.refusal.at <= len(as_read(text)) or "\n" in reason(
                    text, error.refusal, self._repertoire
                ):
                    raise AssertionError(f"refused at {error.refusal.at}") from None
                return []
            if reading.read(write(programme), self._repertoire) != programme:
                raise AssertionError("another programme is written")
            return []

        return self._judged("code.txt", text.encode("utf-8", "surrogatepass"), judge)

    def picture(self, random: random.Random) -> Wrong | None:
        """A damaged picture: told in one sentence, or shown."""
        ending = random.choice(("png", "jpg", "webp"))
        out = io.BytesIO()
        Image.new("RGB", (900, 300), (random.randrange(256), 90, 90)).save(out, {"jpg": "jpeg"}.get(ending, ending))
        return self.image(f"x.{ending}", damaged(random, out.getvalue()))

    def image(self, name: str, content: bytes) -> Wrong | None:
        """The same of this picture."""
        (path := self.root / "images" / name).write_bytes(content)

        def judge() -> list[Problem]:
            try:
                inspect(path, may_move=False)
            except PictureError as error:
                return [Problem(name, 1, error.rule, error.message, error.hint)]
            return []

        try:
            return self._judged(name, content, judge)
        finally:
            path.unlink()

    def poses(self, random: random.Random) -> Wrong | None:
        """A pose table."""
        text = (Path(__file__).parents[1] / "drawn" / "seated-knee-extension.yml").read_text("utf-8")
        return self.table(changed(random, text).encode("utf-8", "surrogatepass"))

    def table(self, content: bytes) -> Wrong | None:
        """The same of this table."""
        path = self.root / "images" / "poses" / "seated-knee-extension.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        try:
            return self._judged(path.name, content, lambda: pose_tables.read(path, path.name, pose_tables.PoseTable)[2])
        finally:
            path.unlink()

    @staticmethod
    def _judged(name: str, content: bytes, judge: Callable[[], list[Problem]]) -> Wrong | None:
        start = time.thread_time()
        try:
            problems = judge()
        except Exception as error:  # what nobody declared is what is looked for
            return Wrong(name, content, f"{type(error).__name__}: {error}")
        if (taken := time.thread_time() - start) > SECONDS:
            return Wrong(name, content, f"{taken:.1f} s")
        rows = content.count(b"\n") + content.count(b"\r") + 1
        for problem in problems:
            if not (isinstance(problem, Problem) and problem.path and problem.message and problem.rule in Rule):
                return Wrong(name, content, f"no problem as authors get it: {problem!r}")
            if problem.line < 1 or (problem.path.endswith(name) and problem.line > rows):
                return Wrong(name, content, f"{problem.path}, line {problem.line} of {rows}: [{problem.rule}]")
        return None


def case(kind: str, shot: Wrong) -> str:
    """What the file is called that keeps a shot: its kind and its path tell how to try it again."""
    return (
        f"{kind.replace(' ', '-')}-{_flat(shot.name)}-{sha256(shot.content).hexdigest()[:10]}{Path(shot.name).suffix}"
    )


def kept(name: str) -> tuple[str, str]:
    """The kind and the path of a shot, from what `case` has called it; a path only where several are shot at."""
    kind, _, rest = name.removeprefix("front-").partition("-")
    paths = {_flat(path): path for path in WHOLE}
    return "front matter" if name.startswith("front-") else kind, paths.get(rest.rpartition("-")[0], "")


def _flat(path: str) -> str:
    return "_".join(Path(path).with_suffix("").parts)


def seeds(rounds: int, first: int = 0) -> Iterator[int]:
    """The numbers of the rounds."""
    return iter(range(first, first + rounds))
