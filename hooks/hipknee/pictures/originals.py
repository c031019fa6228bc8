"""The original pictures: where they are, and whether they can be trusted.

Whatever a file holds, the answer is a `Picture` or a `PictureError` in an editor's words. Nothing here writes.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from unicodedata import normalize

from ..problems import did_you_mean
from ..progress import Counting, Silence
from ..refusals import why
from ..rules import Rule
from ..unseen import odd, plain
from .digests import Bytes
from .drawing_facts import NO_FACTS, DrawingFacts
from .formats import DAMAGED, ENDINGS, Fault, FaultError, kind_of
from .looks import Look, Looks

MAX_BYTES = 100_000_000
_ANY_ENDING = tuple(ending for endings in ENDINGS.values() for ending in endings)


class PictureError(ValueError):
    """A picture that can't be used. `rule` is image-missing or image-unreadable; `folder` is the one that may not be
    opened, when it is due to that."""

    def __init__(self, rule: Rule, message: str, hint: str = "", folder: Path | None = None) -> None:
        super().__init__(f"{message} {hint}".rstrip())
        self.rule, self.message, self.hint, self.folder = rule, message, hint, folder

    @classmethod
    def of(cls, path: Path, fault: Fault) -> PictureError:
        """The fault of the picture at `path`."""
        return cls(fault.rule, f"{_short_name(path)} {fault.what}.", fault.hint)


@dataclass(frozen=True)
class Picture:
    """An original that can be decoded, and is good."""

    path: Path
    width: int
    """Pixels as seen: a camera's turn (EXIF orientation) is already applied. So is it for `height`."""
    height: int
    animated: bool
    digest: str
    """SHA-256 of the file's bytes, in hex."""
    thumbnail: bytes = field(repr=False)
    """The first frame as 48 rows of 64 grey pixels, 0 to 255, on white."""
    origin: str | None = None
    """What it says that it was drawn from; None when nobody drew it with the script."""
    facts: DrawingFacts = NO_FACTS
    """What else it says of itself."""


def plain_files(root: Path) -> frozenset[str]:
    """The files in the folder `root` and in the folders there, as pages name them, with which nothing is odd: no links,
    no hidden names, none that begins with a blank. What is not among them is for `locate` to judge."""
    names: list[str] = []
    folders = [""]
    while folders:
        folder = folders.pop()
        if not os.access(root / folder, os.X_OK):
            continue
        with suppress(OSError), os.scandir(root / folder) as entries:
            for entry in entries:
                if entry.name[0] in ". " or entry.is_symlink() or not entry.name.isascii():
                    continue
                if entry.is_dir():
                    folders.append(f"{folder}{entry.name}/")
                elif entry.is_file():
                    names.append(folder + entry.name)
    return frozenset(names)


def locate(root: Path, file: str) -> Path:
    """The picture that `file`, as written in a page, names in the folder `root`.

    Every part of the name must be spelled as on disk, whatever the system accepts, and must stay inside `root`.
    Raises `PictureError` (image-missing).
    """

    where, quoted = f"{root.name}/", _quoted(file)

    def missing(message: str, hint: str) -> PictureError:
        return PictureError(Rule.IMAGE_MISSING, message, hint)

    parts = file.split("/")
    if re.search(r"[\\:]", file) or not all(part.strip() and not part.startswith(".") for part in parts):
        example = f"Write folder/name as in {where}, such as 'clamshell/start.png'."
        if inside := re.fullmatch(rf"(?:\.*/)*{re.escape(root.name)}/(.+)", file):
            example = f"Write '{inside[1]}': names begin in {where}."
        raise missing(f"{quoted} does not name a picture in {where}.", example)

    path = root
    for number, part in enumerate(parts):
        if not _holds(path, part):
            raise missing(*_why_not(root, path, file, number))
        path /= part
    if not path.resolve().is_relative_to(root.resolve()):
        raise missing(f"{quoted} is a link that leads out of {where}.", "Put the picture itself there.")
    if path.is_dir():
        names = (entry.name for entry in _entries(path) if entry.is_file())
        raise missing(f"{quoted} is a folder, not a picture.", did_you_mean("", names))
    return path


def _why_not(root: Path, folder: Path, file: str, number: int) -> tuple[str, str]:
    """Why the part `number` of a name, from 0, is not in the folder where those before it lead; and what to do."""
    parts = file.split("/")
    part, quoted = parts[number], _quoted(file)
    entries = [entry for entry in _entries(folder) if entry.name != part]  # that one would be a link to nothing
    twin = next((entry.name for entry in entries if _folded(entry.name) == _folded(part)), "")
    if twin and normalize("NFC", twin) == normalize("NFC", part):
        message = f"The accents of {quoted} are stored in another way in the file's name than here."
        return message, "Rename the file without accents, and use that name on the page."
    if twin:
        how = "Spell it exactly that way"
        how += ": on the web server, uppercase and lowercase letters differ." if twin.lower() == part.lower() else "."
        return f"{quoted} is spelled '{twin}' on disk, not '{part}'.", how
    if oddity := odd(file):
        return f"'{plain(file)}' {oddity}.", "Delete it, or type the name again."
    if twin := next((entry.name for entry in entries if plain(entry.name) == part), ""):
        return f"The name of the file '{part}' {odd(twin)}.", "Rename the file: type its name again."
    message = f"There is no picture {quoted} in {root.name}/."
    if folder == root and part == root.name and len(parts) > 1:
        return message, f"Write '{'/'.join(parts[1:])}': names begin in {root.name}/."
    in_folder = number + 1 < len(parts)
    names = [entry.name for entry in entries if entry.is_dir() is in_folder]
    if in_folder and not get_close_matches(part.lower(), names, n=1):
        return message, f"Put it there, into the folder {root.name}/{'/'.join(parts[:-1])}."
    folder_name = "".join(f"{each}/" for each in parts[:number])
    return message, did_you_mean(folder_name + part, [folder_name + name for name in names])


def inspect(path: Path, *, may_move: bool = False, looks: Looks | None = None) -> Picture:
    """Open the picture at `path`, and decode it unless `looks` knows what its bytes look like.

    An unchanged file is remembered for as long as the process lives. Raises `PictureError`, whatever is wrong with it.
    """
    content, look = _look(*_state(path), looks)
    if looks:
        looks.need(content.digest, look)
    if path.suffix.lower() not in ENDINGS[content.kind]:
        name = _renamed(path, ENDINGS[content.kind])
        fault = Fault(f"is really a {content.kind}", f"Rename it to '{name}', and use that name on the page.")
        raise PictureError.of(path, fault)
    if look.animated and not may_move:
        raise PictureError.of(path, Fault("moves", "Save one frame of it as a PNG or JPEG; only 'motion' may move."))
    if look.fault:
        raise PictureError.of(path, look.fault)
    return Picture(
        path, look.width, look.height, look.animated, content.digest, look.thumbnail, look.origin, look.facts
    )


def _renamed(path: Path, usual: tuple[str, ...]) -> str:
    """What a file should be called that is of a kind with the `usual` endings: one of these, in the place of all that
    it has."""
    name, ending = Path(path.stem.rstrip(".") or path.name), ""
    while name.suffix.lower() in _ANY_ENDING:
        ending = name.suffix if name.suffix.lower() in usual else ending
        name = Path(name.stem)
    return f"{name}{ending or usual[0]}"


def decode(paths: Iterable[Path], looks: Looks, progress: Counting = Silence) -> None:
    """Decode the pictures that `looks` does not know, all at once: `inspect`, which says what is wrong, won't have to.

    Decoding is most of the work of a first check, and Pillow lets others run. So does reading.
    """

    def try_to(path: Path) -> None:
        with suppress(PictureError):
            content, look = _look(*_state(path), looks)
            looks.need(content.digest, look)

    unknown = []
    for path in dict.fromkeys(paths):
        with suppress(PictureError), reading(path):
            content = looks.digests.get(path, path.stat())
            if content is None or content.digest not in looks:
                unknown.append(path)
    if len(unknown) > 1:
        from concurrent.futures import ThreadPoolExecutor  # rarely needed, and slow to open

        with ThreadPoolExecutor() as pool, progress("New pictures", len(unknown)) as count:
            for _ in pool.map(try_to, unknown):
                count.step()


def _state(path: Path) -> tuple[Path, int, int]:
    with reading(path):
        stat = path.stat()
        if not os.access(path, os.R_OK):  # however well its bytes are known from before
            raise PermissionError
        return path, stat.st_size, stat.st_mtime_ns


@lru_cache(maxsize=8192)
def _look(path: Path, size: int, mtime_ns: int, looks: Looks | None) -> tuple[Bytes, Look]:
    with reading(path):
        stat = path.stat()
    content = looks.digests.get(path, stat) if looks else None
    if looks and content and (known := looks.get(content.digest)):
        return content, known
    data = read(path)
    with reading(path):
        content = Bytes(sha256(data).hexdigest(), kind_of(data))
        if looks:
            looks.digests.put(path, stat, content)
            if known := looks.get(content.digest):
                return content, known
        from .decoding import look  # it opens Pillow

        return content, look(data)


def read(path: Path) -> bytes:
    """The bytes of a file, which is there, not empty and not enormous. Raises `PictureError`."""
    with reading(path):
        if path.is_dir():
            raise PictureError(
                Rule.IMAGE_MISSING, f"{_short_name(path)} is a folder, not a picture.", "Name a file in it."
            )
        size = path.stat().st_size
        if not size:
            raise FaultError("is empty (0 bytes)", "Copy it again from its source.")
        if size > MAX_BYTES:
            most = f"Save it smaller: at most {MAX_BYTES // 1_000_000} MB."
            raise FaultError(f"is {size // 1_000_000} MB, which is too large", most)
        return path.read_bytes()


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Whatever goes wrong inside while the picture at `path` is read is raised as a `PictureError`."""
    try:
        yield
    except PictureError:
        raise
    except FaultError as error:
        raise PictureError.of(path, error.fault) from error
    except (FileNotFoundError, NotADirectoryError) as error:
        raise PictureError(Rule.IMAGE_MISSING, f"There is no picture {_short_name(path)}.") from error
    except PermissionError as error:
        raise PictureError.of(
            path, Fault("can't be read", "If it is open in another program, close it there.")
        ) from error
    # A damaged file can make Pillow raise nearly anything: SyntaxError, struct.error, EOFError, MemoryError ...
    except Exception as error:
        raise PictureError.of(path, DAMAGED) from error


def _holds(folder: Path, name: str) -> bool:
    """The folder has an entry of exactly this spelling."""
    try:
        # To read a folder of a thousand pictures for each of them is slow, and only needed where capitals don't count.
        spelling_counts = not (folder / name.swapcase()).exists()
        return (folder / name).exists() and (spelling_counts or any(entry.name == name for entry in _entries(folder)))
    except OSError:  # a name that no file can have
        return False


def _entries(folder: Path) -> list[Path]:
    """What is in a folder, save for hidden files; nothing when it is no folder. Raises `PictureError` for one that may
    not be opened."""
    try:
        entries = [entry for entry in folder.iterdir() if not entry.name.startswith(".")]
        if not os.access(folder, os.X_OK):  # it can be listed, but nothing in it can be opened
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return entries
    except PermissionError as error:
        what, hint = why(error)
        raise PictureError(Rule.IMAGE_UNREADABLE, f"The folder '{folder.name}' {what}.", hint, folder) from error
    except OSError:
        return []


def _folded(name: str) -> str:
    """Equal for names that Windows or macOS take for the same file and a web server does not."""
    return normalize("NFC", name).casefold()


def _quoted(file: str) -> str:
    return f"'{file}'" if file.isprintable() else ascii(file)


def _short_name(path: Path) -> str:
    return _quoted(f"{path.parent.name}/{path.name}")
