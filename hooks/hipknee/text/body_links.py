"""The links and pictures that an author wrote into a Markdown body, with their lines."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

_OPENING = re.compile(r"^[ \t>]*(?P<fence>`{3,}|~{3,})|(?P<note><!--)|(?<!`)(?P<ticks>`+)", re.MULTILINE)
# As Markdown reads it: blanks and pairs of brackets belong to an address. No two parts of it can take the same letters,
# and what a part has taken it keeps, so that no text takes long.
_INLINE = re.compile(
    r"""
    (?P<image>!?)\[(?P<text>(?:[^\[\]]|\[[^\[\]]*+\])*+)\]
    \(\s*+(?:<(?P<angled>[^<>\n]*+)>|(?P<plain>(?:[^()\s]|\([^()\n]*+\)|(?!END)[^\S\n]++)*+))
    END
    """.replace("END", r"""(?:\s++(?:"[^"]*+"|'[^']*+'))?\s*+\)"""),
    re.VERBOSE,
)
_BRACES, _CLASS = re.compile(r"\{:?([^{}\n]{0,300})\}"), re.compile(r"(?<!\S)\.([\w-]+)")
_REFERENCE = re.compile(
    r"""
    ^[ ]{0,3}\[[^\]\n@^]++\]:[ \t]*+(?P<plain>(?:(?!END)(?:[ \t]++|[^ \t\n]))*+)END
    """.replace("END", r"""[ \t]*+(?:(?:"[^"\n]*+"|'[^'\n]*+'|\([^()\n]*+\))[ \t]*+)?$"""),
    re.MULTILINE | re.VERBOSE,
)
_OUTSIDE = re.compile(r"(?!file:)[a-z][a-z0-9+.-]+:|//", re.IGNORECASE)  # C: and file: are on the author's own disk
_IMAGES = "../images/"
MAP = "map"
"""Class of a picture whose numbered areas are links."""


@dataclass(frozen=True)
class BodyLink:
    """One link or picture: `target` as written, `line` counted from 1 within the body, `alt` for pictures."""

    line: int
    target: str
    image: bool
    alt: str
    apart: bool = False
    """Whether the address stands on a line of its own, `[name]: address`."""
    classes: tuple[str, ...] = ()
    """Those that stand in braces after it, `{ .map }`."""

    @property
    def outside(self) -> bool:
        """Whether it leads to another place than this site."""
        return bool(_OUTSIDE.match(self.target))

    def path(self, page: str) -> str:
        """The file meant, relative to the folder that `page` is relative to; "" for a place on the same page."""
        path = unquote(self.target.split("#")[0].split("?")[0])
        return posixpath.normpath(posixpath.join(posixpath.dirname(page), path)) if path else ""


def image_file(page: str, target: str) -> str | None:
    """The path inside images/ that a link of a page means, None when it leads elsewhere.

    Authors write the path in the repository, so that every editor's preview shows the picture.
    """
    path = BodyLink(0, target, True, "").path(page)
    return path.removeprefix(_IMAGES) if path.startswith(_IMAGES) else None


def without_code(body: str) -> str:
    """The same text, of the same length, with spaces in the place of code and comments."""
    if "`" not in body and "~~~" not in body and "<!--" not in body:
        return body
    parts: list[str] = []
    end = 0
    for start, stop in _code(body):
        parts += body[end:start], re.sub(r"[^\n]", " ", body[start:stop])
        end = stop
    return "".join([*parts, body[end:]])


def _code(body: str) -> Iterator[tuple[int, int]]:
    """Where code and comments begin and end. What nobody closes is none, and is looked for once: no text takes long."""
    open_ended: set[str] = set()
    at = 0
    while opening := _OPENING.search(body, at):
        at = opening.end()
        mark = opening["fence"] or opening["note"] or opening["ticks"]
        closings = (
            [rf"^[ \t>]*{mark}[ \t]*$", rf"(?<!`){mark}(?!`)"]
            if opening["fence"]
            else ["-->"]
            if opening["note"]
            else [rf"(?<!`){mark}(?!`)"]
        )
        for pattern in closings:
            if pattern in open_ended or (mark[0] == "~" and pattern[0] != "^"):
                continue
            if closing := re.compile(pattern, re.MULTILINE).search(body, at):
                yield opening.start(), closing.end()
                at = closing.end()
                break
            open_ended.add(pattern)


def scan(body: str) -> Iterator[BodyLink]:
    """Find every link and picture outside of code and comments."""
    text = without_code(body)
    yield from _inline(text, 1)
    line, end = 1, 0
    for match in _REFERENCE.finditer(text):
        line, end = line + text.count("\n", end, match.start()), match.start()
        if address := match["plain"].removeprefix("<").removesuffix(">"):
            yield BodyLink(line, address, False, "", apart=True)


def _inline(text: str, line: int) -> Iterator[BodyLink]:
    """Those in a text that begins on this line. Lines are counted from link to link, or many links would take long."""
    end = 0
    for match in _INLINE.finditer(text):
        line, end = line + text.count("\n", end, match.start()), match.start()
        target = match["angled"] if match["angled"] is not None else match["plain"]
        braces = _BRACES.match(text, match.end())
        classes = tuple(_CLASS.findall(braces[1])) if braces else ()
        yield BodyLink(line, target, bool(match["image"]), match["text"].strip(), classes=classes)
        if "[" in match["text"]:  # a picture in a link
            yield from _inline(match["text"], line)
