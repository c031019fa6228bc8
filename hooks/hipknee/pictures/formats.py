"""What kind of picture a file is, by its first bytes and by its name; and what is wrong with a picture, as a value."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..rules import Rule


class Fault(NamedTuple):
    """Why a picture can't be used: `what` goes on after the name of its file, "is a GIF"; `hint` is what to do."""

    what: str
    hint: str
    rule: Rule = Rule.IMAGE_UNREADABLE


class FaultError(Exception):
    """A picture that can't be used, raised where the name of its file is unknown."""

    def __init__(self, what: str, hint: str, rule: Rule = Rule.IMAGE_UNREADABLE) -> None:
        super().__init__(what)
        self.fault = Fault(what, hint, rule)


ENDINGS = {"PNG": (".png",), "JPEG": (".jpg", ".jpeg"), "WebP": (".webp",)}
"""What the site takes, with the endings of its file names, the first one being the usual one."""
DAMAGED = Fault("is damaged or incomplete", "Copy it again, or save it again from a picture program.")

_SAVE_AGAIN = "Open it in a picture program and save it again as a PNG or JPEG."

# What the first bytes say a file is, most particular first, and what an editor can do about it.
_KINDS = tuple(
    (re.compile(pattern, re.DOTALL | re.IGNORECASE), kind, advice)
    for pattern, kind, advice in (
        (rb"\x89PNG\r\n\x1a\n", "PNG", ""),
        (rb"\xff\xd8\xff", "JPEG", ""),
        (rb"RIFF....WEBP", "WebP", ""),
        (rb"GIF8", "a GIF", "Save it as a PNG, or as an animated WebP if it moves."),
        (rb"BM", "a BMP", "Save it as a PNG."),
        (rb"II\*\0|MM\0\*", "a TIFF", "Save it as a PNG."),
        (rb"....ftypavi[fs]", "an AVIF picture", "Save it as a PNG or JPEG."),
        (
            rb"....ftyp(?:hei|hev|mif|msf)",
            "an HEIC photo",
            "Export it as a JPEG. To take JPEGs with an iPhone: Settings > Camera > Formats > Most Compatible.",
        ),
        (rb"....ftyp", "a video", "Export it as an animated WebP of a few seconds."),
        (rb"version https://git-lfs", "a pointer of Git LFS", "Run 'git lfs pull', which fetches the picture itself."),
        (rb"/annex/objects/", "a pointer of git-annex", "Run 'git annex get', which fetches the picture itself."),
        (rb"%PDF", "a PDF", "Export its page as a PNG, 1200 pixels wide or more."),
        (rb"8BPS", "a Photoshop file", "Export it as a PNG."),
        (rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype )?html", "a web page", "Save the picture itself, not the page around it."),
        (rb"(?:\xef\xbb\xbf)?\s*<(?:svg|\?xml|!)", "an SVG drawing", "Export it as a PNG, 1200 pixels wide or more."),
    )
)


def kind_of(data: bytes) -> str:
    """The kind of a picture that the site takes: a key of `ENDINGS`. Raises `FaultError` for what is none."""
    kind, advice = next(((kind, advice) for pattern, kind, advice in _KINDS if pattern.match(data)), ("", ""))
    if kind not in ENDINGS:
        what = f"is {kind}, which the site can't use" if kind else "is not a picture that can be read"
        raise FaultError(what, advice or _SAVE_AGAIN)
    return kind
