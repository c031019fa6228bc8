"""Whether a PDF file is whole: its end, the places that it names, and all that is compressed in it.

Enough is read for any PDF, a clinic's own too: ISO 32000-1, 7.5 (file structure) and 7.4.4 (FlateDecode).
"""

from __future__ import annotations

import re
import zlib

_END = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
_OBJECT = re.compile(rb"\s*\d+\s+\d+\s+obj\b")
_ROW = re.compile(rb"(\d{10}) \d{5} ([nf])")
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_FILTER = re.compile(rb"/Filter\s*\[?\s*/(\w+)")
_TAIL = 1024
"""Bytes from its end in which a reader looks for where it begins."""
_DICTIONARY = 4096
"""Bytes before a stream in which is said what it holds, at most."""


def is_whole(content: bytes) -> bool:
    """Whether it can be read to its end. Of an encrypted file only the frame is looked at."""
    end = _END.search(content, max(0, len(content) - _TAIL))
    if not content.startswith(b"%PDF-") or not end:
        return False
    table = int(end[1])
    if content.startswith(b"xref", table):
        rows = _ROW.findall(content, table, end.start())
        if not all(_OBJECT.match(content, int(place)) for place, kind in rows if kind == b"n"):
            return False
    elif not _OBJECT.match(content, table):
        return False
    return b"/Encrypt" in content or all(_inflates(content, match) for match in _STREAM.finditer(content))


def _inflates(content: bytes, stream: re.Match[bytes]) -> bool:
    """Whether a stream is what was compressed, by its checksum; of others nothing is said."""
    before = content[max(0, stream.start() - _DICTIONARY) : stream.start()]
    dictionary = before[before.rfind(b" obj") :]
    first = _FILTER.search(dictionary)
    if b" obj" not in before or not first or first[1] != b"FlateDecode":
        return True
    inflating = zlib.decompressobj()
    try:
        at, size = stream.end(), 65536
        while not inflating.eof and at < len(content):
            inflating.decompress(content[at : at + size])
            at += size
    except zlib.error:
        return False
    return inflating.eof
