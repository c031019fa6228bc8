"""File names that hold a hash of what is in the file, so that browsers may keep it for ever.

`site.css` becomes `site.1a2b3c4d5e.css`. Whoever loads a page of yesterday finds yesterday's style sheet or none, never
another one under its name.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256

FOLDERS = ("assets/fonts/", "assets/javascripts/", "assets/pictures/", "assets/stylesheets/")
"""Where every file's name holds a hash: of these, and of nothing else, a web server may say that they never change."""

_HASH = re.compile(r"\.[0-9a-f]{10}(?=\.\w+$)")
_URL = re.compile(r"""url\((["']?)([^"')]+)\1\)""")


def fingerprinted(path: str, content: bytes) -> str:
    """The path with the first ten hex digits of the content's SHA-256 in the file's name."""
    stem, dot, ending = path.rpartition(".")
    return f"{stem}.{sha256(content).hexdigest()[:10]}{dot}{ending}"


def rename(files: Mapping[str, bytes]) -> dict[str, tuple[str, bytes]]:
    """Every file's new path and content, by its old path. Style sheets are made to ask for the others by new name."""
    results = {path: (fingerprinted(path, content), content) for path, content in files.items() if _is_plain(path)}
    names = {path: name for path, (name, _) in results.items()}
    for path, content in files.items():
        if not _is_plain(path):
            changed = _asking(content.decode("utf-8", "surrogateescape"), path, names).encode(
                "utf-8", "surrogateescape"
            )
            results[path] = (fingerprinted(path, changed), changed)
    return results


def finder(paths: Iterable[str]) -> Callable[[str], str]:
    """What gives the path of a file by its path without the hash; the same path where there is none."""
    hashed = {_HASH.sub("", path): path for path in paths if _HASH.search(path)}
    return lambda path: hashed.get(path, path)


def _is_plain(path: str) -> bool:
    return not path.endswith(".css")


def _asking(css: str, path: str, names: Mapping[str, str]) -> str:
    folder = posixpath.dirname(path)

    def renamed(match: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(folder, match[2]))
        return f'url("{posixpath.relpath(names[target], folder)}")' if target in names else match[0]

    return _URL.sub(renamed, css)
