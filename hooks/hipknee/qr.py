"""QR codes, on paper and on pages: an address as a picture, and as one types it."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import segno

from .wording import Say

QUIET = 4
"""Modules of white around a QR code."""
MODULE = 0.5
"""Millimetres of a module of a programme's code: a phone reads it from a hand's breadth away."""
WIDEST = 30.0
"""Millimetres that a programme's code may take with the strong correction of level Q, without its quiet zone."""
GROUP = 4
"""Characters of a programme's code that stand together, for whoever types it."""


def code(address: str, say: Say) -> dict[str, Any]:
    """A QR code as SVG, how much of its width is quiet zone on each side, and the address, also as one types it."""
    svg, size = _svg(address)
    return {"svg": svg, "quiet": QUIET / size, "alt": say("code_alt", address=address), **typed(address)}


def code_of_programme(page: str, text: str, say: Say) -> dict[str, Any]:
    """The same for a programme's `text` behind the address of the `page` that shows it; also `width`, in millimetres,
    with the quiet zone, and the text in `groups`.

    The text has only characters that take little room in a code of mixed parts, so that it stays small.
    """
    svg, size = _svg(f"{page}#", text)
    return {
        "svg": svg,
        "quiet": QUIET / size,
        "width": size * MODULE,
        "alt": say("code_alt", address=f"{page}#{text}"),
        "groups": grouped(text),
        **typed(page),
    }


def grouped(text: str) -> list[str]:
    """A programme's code in groups, as it is printed: blanks between them are dropped when it is read."""
    return [text[n : n + GROUP] for n in range(0, len(text), GROUP)]


def typed(address: str) -> dict[str, str]:
    """An address, also as one types it."""
    where = urlsplit(address)
    return {"address": address, "typed": f"{where.netloc}{where.path}".rstrip("/")}


@lru_cache(maxsize=256)
def _svg(address: str, text: str = "") -> tuple[str, int]:
    """The picture, and how many modules it is wide with its quiet zone. A text of a programme is read back after a
    punch, a fold or a stain where there is room for it: level Q, else M, as an address alone has."""
    parts: Any = [(address, segno.consts.MODE_BYTE), (text, segno.consts.MODE_ALPHANUMERIC)] if text else address
    symbol = segno.make_qr(parts, error="q" if text else "m", boost_error=False)
    if text and symbol.symbol_size(border=0)[0] * MODULE > WIDEST:
        symbol = segno.make_qr(parts, error="m", boost_error=False)
    out = BytesIO()
    symbol.save(out, kind="svg", border=QUIET, xmldecl=False, nl=False, omitsize=True, dark="#000", light="#fff")
    return out.getvalue().decode(), int(symbol.symbol_size(border=QUIET)[0])
