"""Texts of a built site, without what changes whenever anything changes, and what differs between two of them."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

LONGEST_DIFF = 10
"""How many lines of a diff are shown."""
_WIDEST = 200

_HASH = re.compile(r"(?<=[.-])[0-9a-f]{10}(?=(?:\.\w+){1,2}$)")
_NAME = re.compile(r"[\w.-]+[.-][0-9a-f]{10}\.\w+")
_MOVING = (
    (re.compile(r'(<meta name="hipknee-stamp" content=")[0-9a-f]{64}(?=")'), r"\1*"),
    (re.compile(r'(<span class="version">)[0-9a-f]{8}(?=</span>)'), r"\1*"),
    (re.compile(r'("version": ?")[0-9a-f]{8}(?=")'), r"\1*"),
    (re.compile(r"'sha256-[A-Za-z0-9+/]{43}='"), "'sha256-*'"),
)
"""What a page was made from, the site's version in pages and in the service worker, hashes of inline scripts."""
_INDEX, _PART = "var searchPart = {", re.compile(r'(?<=")[0-9a-f]{10}(?=")')
"""How the index of the search begins, and what it names its parts by."""
_DATA = re.compile(r"(?:var|const|let) (\w+) = ([\[{].*[\]}]);(?:\n|$)")
_SEAM = re.compile(r"(?<=[>;,{}])\s*|(?<=[.!?])\s+|\n|(?=<)")


class Difference(NamedTuple):
    """One line on what differs, and some lines of a unified diff where there is something to read."""

    what: str
    diff: tuple[str, ...] = ()


def starred(path: str) -> str:
    """A path with a star for the fingerprint in the file's name: `site.0123456789.css` becomes `site.*.css`."""
    return _HASH.sub("*", path)


def normalized(text: str, names: Collection[str]) -> str:
    """The text without stamps, versions and fingerprints.

    `names` are the names of the files that are there. A fingerprint in any other name stays: nothing answers to it.
    """
    text = _NAME.sub(lambda match: starred(match[0]) if match[0] in names else match[0], text)
    for pattern, rest in _MOVING:
        text = pattern.sub(rest, text)
    return _PART.sub("*", text) if text.startswith(_INDEX) else text


def compare(path: str, old: str, new: str) -> Difference | None:
    """What differs between two normalized texts, or None. The path's ending says what they are.

    JSON is compared as data; so is what a script assigns in its first line, as the search index and the worker do.
    """
    if old == new:
        return None
    parts = _parts(path, old), _parts(path, new)
    if parts[0] == parts[1]:
        as_data = path.endswith(".json") or any(_DATA.match(text) for text in (old, new))
        return None if as_data else Difference("only spacing differs")
    documents = _documents(path, old), _documents(path, new)
    indexes = [each for each in documents if each is not None]
    what = _changed(*indexes) if len(indexes) == 2 else "the text differs"
    return Difference(what, diff(*parts))


def diff(old: Sequence[str], new: Sequence[str]) -> tuple[str, ...]:
    """The first lines of a unified diff, without its head."""
    lines = [*difflib.unified_diff(old, new, lineterm="", n=0)][2:]
    lines = [line if len(line) <= _WIDEST else f"{line[:_WIDEST]}…" for line in lines if not line.startswith("@@")]
    more = len(lines) - LONGEST_DIFF
    return (*lines[:LONGEST_DIFF], *([f"… and {more} more"] if more > 0 else []))


def _parts(path: str, text: str) -> list[str]:
    """The text in pieces short enough to see what has changed: lines of data, sentences, tags, rules of style."""
    if path.endswith(".json"):
        return _data_lines(json.loads(text))
    lines = list[str]()
    if path.endswith(".js") and (match := _DATA.match(text)):
        value, text = json.loads(match[2]), text[match.end() :]
        # The worker's lists stand in the order of names with fingerprints, which says nothing.
        lines += [f"{match[1]}:", *_data_lines(value if isinstance(value, list) else _ordered(value))]
    return lines + [piece.strip() for piece in _SEAM.split(text) if piece.strip()]


def _data_lines(value: Any) -> list[str]:
    return json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False).split("\n")


def _ordered(value: dict[str, Any]) -> dict[str, Any]:
    return {key: sorted(each, key=str) if isinstance(each, list) else each for key, each in value.items()}


def _documents(path: str, text: str) -> dict[str, Any] | None:
    """What the search shows, by its address, from a part of its index that holds texts; None for any other text."""
    match = _DATA.match(text) if path.endswith(".js") else None
    groups = json.loads(match[2]) if match else None
    if not isinstance(groups, list) or not all(isinstance(group, list) and len(group) == 5 for group in groups):
        return None
    documents: dict[str, Any] = {}
    for url, title, where, extract, inside in groups:
        if extract is not None:
            documents[f"'{url}'"] = {"title": title, "where": where, "text": extract}
        documents |= {f"'{url}#{id_}'": {"title": heading, "text": below} for id_, heading, below in inside}
    return documents


def _changed(old: dict[str, Any], new: dict[str, Any]) -> str:
    changes = [f"{key} is gone" for key in old if key not in new]
    changes += [f"{key} is new" for key in new if key not in old]
    for key in old.keys() & new.keys():
        fields = sorted(
            field
            for field in {*old[key], *new[key]}
            if _canonical(old[key].get(field)) != _canonical(new[key].get(field))
        )
        changes += [f"{key} has another {', '.join(fields)}"] if fields else []
    if not changes:
        return "the text differs" if [*old] == [*new] else "the documents stand in another order"
    more = [f"{len(changes) - 5} more"] if len(changes) > 5 else []
    return "documents differ: " + "; ".join([*sorted(changes)[:5], *more])


def _canonical(value: object) -> str:
    return json.dumps(value, sort_keys=True)
