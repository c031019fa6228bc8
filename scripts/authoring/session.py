"""A project to add to: what is refused, what is written, and how a script that writes ends."""

from __future__ import annotations

import argparse
import io
import sys
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from hipknee import changes
from hipknee.calls import REFUSED, a_path
from hipknee.content import catalogue as catalogues
from hipknee.content import codes, front_matter, slugs
from hipknee.content.catalogue import Catalogue, Entry, PageEntry
from hipknee.content.front_matter import Place
from hipknee.content.insertion import InsertionError, scalar, with_entry, with_item
from hipknee.content.kinds import Kind
from hipknee.content.slugs import SlugError
from hipknee.content.switchboard import Switchboard
from hipknee.content.validation import validate
from hipknee.gate import file_rules, name_rules
from hipknee.pictures.originals import PictureError
from hipknee.problems import Problem
from hipknee.refusals import contents, sentence
from hipknee.unseen import hidden

from .dialogue import Dialogue
from .offers import ChoiceError

NOTHING = "Nothing was written."
WINDOWS = sys.platform == "win32"
SERVE = r".venv\Scripts\mkdocs serve" if WINDOWS else "make serve"
CHECK = r".venv\Scripts\python scripts\check.py" if WINDOWS else "make check"


class RefusalError(ValueError):
    """Something that can't be added. The message says why, and what to do."""


class Session:
    """The project in the folder `root`, and what is about to be written there."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self.catalogue: Catalogue = catalogues.load(self.root)
        self.new: dict[Path, bytes] = {}
        self.changed: dict[Path, bytes] = {}

    def add(self, path: str, content: bytes) -> None:
        """A new file."""
        self.new[self.root / path] = content

    def add_item(self, path: str, place: Place, item: str, after: str = "") -> None:
        """An item in a list of a file, if the project has that file."""
        self._change(path, lambda raw: with_item(path, raw, place, item, after))

    def add_entry(self, path: str, place: Place, key: str, rows: list[str]) -> None:
        """An entry in a mapping of a file, if the project has that file."""
        self._change(path, lambda raw: with_entry(path, raw, place, key, rows))

    def _change(self, path: str, change: Callable[[bytes], bytes]) -> None:
        at = self.root / path
        if at.is_file():
            self.changed[at] = change(self.changed.get(at) or contents(at))

    def write(self) -> None:
        """Everything, or nothing."""
        before = {path: path.read_bytes() for path in self.changed}
        changes.write(self.new, {path: content for path, content in self.changed.items() if content != before[path]})

    def report(self) -> None:
        """Print which files were written."""
        for what, paths in (("Written", self.new), ("Added to", self.changed)):
            names = [path.relative_to(self.root).as_posix() for path in paths]
            if names:
                print(f"{what}: {', '.join(names)}")

    def name(
        self, options: argparse.Namespace, dialogue: Dialogue | None, kind: Kind, question: str
    ) -> tuple[str, str]:
        """The title and the slug of a new page, which nothing else has: given, or asked for.

        Raises `RefusalError` and `SlugError`.
        """

        def check(text: str) -> tuple[str, str]:
            name = title(text)
            slug = slug_of(name, options.slug, dialogue)
            self.refuse_page(kind, slug, name)
            return name, slug

        if options.name is not None or dialogue is None:
            return check(options.name or "")
        return dialogue.value(question, check, needed=True) or ("", "")

    def code(self, title: str) -> str:
        """What programmes may call a new exercise with this title; "" on a site where they have no codes."""
        in_use = codes.in_use(self.catalogue)
        return codes.free(title, in_use) if in_use else ""

    def refuse_page(self, kind: Kind, slug: str, title: str) -> None:
        """Raises `RefusalError` when the page `slug` can't be added under this title, whatever stands on it."""
        path = kind.path(slug)
        name, site = f"docs/{path}", self.catalogue
        if path in site.pages or (site.docs / path).exists():
            raise RefusalError(f"{name} already exists.")
        for other in site.pages.values():
            if kind.folder == other.kind.folder and slug in (other.part(lambda page: page.was) or []):
                raise RefusalError(f"'{slug}' is an old name of {other.path}, which links still use. {_another(slug)}")
        document, _ = front_matter.read_page(name, f"---\ntitle: {scalar(title)}\n---\n".encode())
        page = PageEntry.on(path, kind, Entry.of(document, None, validate(kind.model, document).draft))
        candidate = replace(site, pages={**site.pages, path: page})
        for problem in file_rules.name_problems(candidate):
            if problem.path == name:
                raise RefusalError(f"{problem.message} {_another(slug)}")
        known = {*name_rules.names(site)}
        for problem in name_rules.names(candidate):
            if problem not in known:
                raise RefusalError(_clash(problem, name, title))

    def address(self, page: str) -> str:
        """Where a page, such as "exercises/owl/", is looked at while the site is served."""
        return address(self.catalogue.switchboard, page)


def address(switchboard: Switchboard, page: str) -> str:
    """Where a page is looked at while the site is served: MkDocs keeps the folder of `site_url`."""
    host = switchboard.data.get("dev_addr") or "127.0.0.1:8000"
    return f"http://{host}/{urlsplit(switchboard.url).path.strip('/')}/{page}".replace("//" + page, "/" + page)


def title(text: str) -> str:
    """A name on one line. Raises `RefusalError` for characters that can't be seen or kept."""
    name = " ".join(text.split())
    if oddity := hidden(name):
        raise RefusalError(f"The name {oddity}. Type it again.")
    if odd := [letter for letter in name if unicodedata.category(letter) in ("Cc", "Cs", "Co", "Cn")]:
        raise RefusalError(f"The name has a character that can't be shown (U+{ord(odd[0]):04X}). Type it again.")
    return name


def slug_of(name: str, wish: str | None, dialogue: Dialogue | None) -> str:
    """The file name of a page: the one wished for, or made from its name, or asked for. Raises `SlugError`."""
    if wish is not None:
        slugs.check(wish)
        return wish
    try:
        return slugs.slug(name)
    except SlugError as error:
        if dialogue is None:
            raise SlugError(
                f"{error}. Add --slug with a short name in plain letters, such as --slug heel-raise"
            ) from None
        question = f"{_sentence(error)} Which short name in plain letters should its address have, such as heel-raise?"
        return dialogue.value(question, _checked, needed=True) or ""


def _checked(answer: str) -> str:
    slugs.check(answer)
    return answer


def _sentence(error: Exception) -> str:
    text = str(error)
    return f"{text[:1].upper()}{text[1:]}."


def _another(slug: str) -> str:
    return f"Choose another name, or add --slug, such as --slug {slug}-2."


def _clash(problem: Problem, name: str, title: str) -> str:
    if problem.path == name:
        return f"{problem.message} Choose another name."
    return f"'{title}' is already a name in {problem.path}, line {problem.line}. Choose another name."


def arguments(parser: argparse.ArgumentParser, root: Path) -> argparse.Namespace:
    """What is given, with the arguments that all such scripts have; `root` is this project."""
    parser.add_argument("--no-questions", action="store_true", help="never ask, on a terminal either")
    parser.add_argument("--root", type=a_path, default=root, help="the project's folder (default: this project)")
    return parser.parse_args()


def dialogue(options: argparse.Namespace) -> Dialogue | None:
    """Whom to ask; None where nobody sits at a terminal, or wants to be asked."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal on Windows lacks half of the letters
            stream.reconfigure(errors="replace")
    is_terminal = all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))
    return Dialogue() if is_terminal and not options.no_questions else None


def ending(work: Callable[[], int], parser: argparse.ArgumentParser, root: Path) -> int:
    """The exit status of `work`, or 1 after saying in one sentence why nothing was written. For a value that can't be
    given the parser ends the process."""
    reason = ""
    try:
        return work()
    except (SlugError, ChoiceError) as error:
        parser.error(str(error))
    except (RefusalError, InsertionError, PictureError) as error:
        reason = str(error)
    except OSError as error:
        reason = sentence(error, root.resolve())
    except EOFError:
        reason = "\nThe questions were not answered to the end."
    except KeyboardInterrupt:
        print(f"\n{NOTHING}", file=sys.stderr)
        raise
    print(f"{reason} {NOTHING}", file=sys.stderr)
    return REFUSED
