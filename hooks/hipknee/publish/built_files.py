"""The files of a built site beside what pages say: whether each is what was made."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path, PurePosixPath

from ..fingerprints import FOLDERS
from ..problems import Problem
from ..refusals import sentence
from ..rules import Rule
from .built_pages import files_below

Whole = Callable[[bytes], bool]
"""Whether the content of a file is whole."""
_HASH = re.compile(r"[-.]([0-9a-f]{10})\.\w+$")
_HINT = "Build again, and upload it again."


def check(folder: Path, name: str, decoders: Mapping[str, Whole]) -> Iterator[Problem]:
    """What is damaged below `folder`, which is called `name`: by the hash in its name, and by what it is.

    `decoders` try to read pictures and sheets, by the endings of their names.
    """
    tries = {".html": _is_page, ".json": _is_json, **decoders}
    for path in sorted(files_below(folder)):
        try:
            content = (folder / path).read_bytes()
        except OSError as error:
            yield Problem(f"{name}/{path}", 1, Rule.FILE_DAMAGED, sentence(error), _HINT)
            continue
        whole = tries.get(PurePosixPath(path).suffix.lower())
        if not (_is_named(path, content) and (whole is None or whole(content))):
            message = "This file is damaged: it is not what was built."
            yield Problem(f"{name}/{path}", 1, Rule.FILE_DAMAGED, message, _HINT)


def _is_named(path: str, content: bytes) -> bool:
    """Whether a file has the content that its name tells, if it tells one."""
    digest = _HASH.search(path) if path.startswith(FOLDERS) else None
    return digest is None or sha256(content).hexdigest().startswith(digest[1])


def _is_page(content: bytes) -> bool:
    return content.rstrip().endswith(b"</html>")


def _is_json(content: bytes) -> bool:
    try:
        json.loads(content)
    except ValueError:
        return False
    return True
