"""Two folders of what was built, file by file: packed files by what is in them, pages and pictures under their names
without fingerprints."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import brotli

from . import texts
from .texts import Difference

Files = dict[str, bytes]
"""What files hold, by their path."""


_COPY = re.compile(r"^dist/(?:site|[^/]+\.zip/[^/]+)/")


class Result(NamedTuple):
    """How many files were compared, what differs by path, and the PDFs that must be looked at: old and new bytes."""

    number: int
    differences: dict[str, Difference]
    pdfs: dict[str, tuple[bytes, bytes]]


def read(folder: Path) -> Files:
    """Every file below a folder. What is compressed is unpacked; a zip file is a list of its members, and they."""
    files: Files = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            files |= dict(unpacked(path.relative_to(folder).as_posix(), path.read_bytes()))
    return files


def unpacked(path: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """What one file stands for."""
    if path.endswith(".gz"):
        yield path, gzip.decompress(content)
    elif path.endswith(".br"):
        yield path, brotli.decompress(content)
    elif path.endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield path, "\n".join(sorted(map(_entry, archive.infolist()))).encode()
            for each in archive.infolist():
                yield f"{path}/{each.filename}", archive.read(each)
    else:
        yield path, content


def _entry(member: zipfile.ZipInfo) -> str:
    """A line on a member of a zip file: its name, rights, way of packing and time."""
    time = "-".join(map(str, member.date_time))
    return f"{texts.starred(member.filename)} {member.external_attr:o} {member.compress_type} {time}"


def compare(old: Files, new: Files) -> Result:
    """What differs between two folders, but for PDFs, which take long."""
    names = [{path.rpartition("/")[2] for path in files} for files in (old, new)]
    pairs = _by_starred(old), _by_starred(new)
    result = Result(len({**pairs[0], **pairs[1]}), {}, {})
    for path in sorted({**pairs[0], **pairs[1]}):
        if path not in pairs[0] or path not in pairs[1]:
            result.differences[path] = Difference(f"only in {'NEW' if path in pairs[1] else 'OLD'}")
            continue
        contents = pairs[0][path], pairs[1][path]
        if path.endswith(".pdf") and contents[0] != contents[1]:
            result.pdfs[path] = contents
        elif difference := _compare(path, contents, names):
            result.differences[path] = difference
    return result


def _compare(path: str, contents: tuple[bytes, bytes], names: list[set[str]]) -> Difference | None:
    # Equal bytes may still name a file that is there on one side only.
    try:
        old, new = (texts.normalized(each.decode(), have) for each, have in zip(contents, names, strict=True))
    except UnicodeDecodeError:
        if contents[0] == contents[1]:
            return None
        return Difference(f"the bytes differ: {len(contents[0])} in OLD, {len(contents[1])} in NEW")
    return texts.compare(path.removesuffix(".gz").removesuffix(".br"), old, new)


def _by_starred(files: Mapping[str, bytes]) -> Files:
    """The files by their paths without fingerprints; a number follows where two have the same."""
    stars: Files = {}
    for path, content in files.items():
        star, number = texts.starred(path), 1
        while (key := star if number == 1 else f"{star} ({number})") in stars:
            number += 1
        stars[key] = content
    return stars


def copies(differences: Mapping[str, Difference]) -> set[str]:
    """The files in dist/, packed or not, that differ just as the file of the site of which they are copies."""
    originals = {path: re.sub(r"\.(?:gz|br)$", "", _COPY.sub("site/", path)) for path in differences}
    return {path for path, each in differences.items() if each == differences.get(originals[path])} - {
        path for path, original in originals.items() if path == original
    }


def grouped(differences: Mapping[str, Difference], seen: dict[Difference, str]) -> Iterator[str]:
    """The lines of a report. A diff that was shown before is not shown again: `seen` says where it was."""
    for path, difference in differences.items():
        first = seen.setdefault(difference, path) if difference.diff else path
        yield f"{path}: {difference.what}{'' if first == path else f', as in {first}'}"
        if first == path:
            yield from (f"    {line}" for line in difference.diff)


def summary(counts: Mapping[str, int], checked: Collection[str]) -> str:
    """One sentence on all settings: how many differences each has."""
    some = {name: count for name, count in counts.items() if count}
    if not some:
        return f"Nothing differs: {', '.join(checked)}."
    return f"{sum(some.values())} differences: {', '.join(f'{name} {count}' for name, count in some.items())}."
