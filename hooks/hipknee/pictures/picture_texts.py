"""The texts that a picture file says of itself: read, and written anew without touching its pixels.

A PNG has them as chunks of text, a WebP as lines of its packet of metadata.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from typing import NamedTuple

_PNG = b"\x89PNG\r\n\x1a\n"
_SEPARATOR = ": "


class Chunk(NamedTuple):
    """A part of a file: its kind of four letters, and what is in it."""

    kind: bytes
    content: bytes


class PictureTexts(NamedTuple):
    """The texts by their keys, and a hash of all else that is in the file."""

    texts: dict[str, str]
    rest: str


def read(data: bytes, keys: Iterable[str]) -> PictureTexts:
    """Those of the texts that have one of the keys. Other texts count as the rest.

    Raises ValueError when the file is neither PNG nor WebP, or not whole.
    """
    texts: dict[str, str] = {}
    rest = sha256()
    known = set(keys)
    for chunk in _chunks(data):
        mine = {key: text for key, text in _texts(chunk).items() if key in known}
        texts |= mine
        if not mine:
            rest.update(chunk.kind + len(chunk.content).to_bytes(4, "big") + chunk.content)
    return PictureTexts(texts, rest.hexdigest()[:32])


def renewed(data: bytes, texts: Mapping[str, str]) -> bytes:
    """The file with these texts (ASCII) in place of those with the same keys. Raises ValueError as `read` does.

    A WebP must have a packet of them already.
    """
    chunks = list(_chunks(data))
    if data.startswith(_PNG):
        mine = [Chunk(b"tEXt", f"{key}\0{text}".encode("ascii")) for key, text in texts.items()]
        others = [chunk for chunk in chunks if not _texts(chunk).keys() & texts.keys()]
        return _PNG + b"".join(map(_png_chunk, [others[0], *mine, *others[1:]]))  # the first is the header
    packet = "\n".join(f"{key}{_SEPARATOR}{text}" for key, text in texts.items()).encode("ascii")
    parts = b"".join(
        _webp_chunk(Chunk(chunk.kind, packet) if _texts(chunk).keys() & texts.keys() else chunk) for chunk in chunks
    )
    return b"RIFF" + (len(parts) + 4).to_bytes(4, "little") + b"WEBP" + parts


def first_line(packet: str) -> str:
    """Of a WebP's packet."""
    return packet.partition("\n")[0]


def _texts(chunk: Chunk) -> dict[str, str]:
    text = chunk.content.decode("latin-1")
    if chunk.kind == b"tEXt":
        key, _, value = text.partition("\0")
        return {key: value}
    if chunk.kind == b"XMP ":
        lines = (line.partition(_SEPARATOR) for line in text.split("\n"))
        return {key: value for key, separator, value in lines if separator}
    return {}


def _chunks(data: bytes) -> Iterator[Chunk]:
    if data.startswith(_PNG):
        yield from _png_chunks(data)
    elif data[:4] == b"RIFF" and data[8:12] == b"WEBP" and int.from_bytes(data[4:8], "little") + 8 == len(data):
        yield from _webp_chunks(data)
    else:
        raise ValueError("is no whole PNG or WebP")


def _png_chunks(data: bytes) -> Iterator[Chunk]:
    at, kind = len(_PNG), b""
    while at < len(data):
        size, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        content, end = data[at + 8 : at + 8 + size], at + 12 + size
        if end > len(data) or zlib.crc32(kind + content).to_bytes(4, "big") != data[end - 4 : end]:
            raise ValueError("is damaged")
        yield Chunk(kind, content)
        at = end
    if kind != b"IEND":
        raise ValueError("has no end")


def _webp_chunks(data: bytes) -> Iterator[Chunk]:
    at = 12
    while at < len(data):
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        if at + 8 + size > len(data):
            raise ValueError("is damaged")
        yield Chunk(data[at : at + 4], data[at + 8 : at + 8 + size])
        at += 8 + size + size % 2


def _png_chunk(chunk: Chunk) -> bytes:
    whole = chunk.kind + chunk.content
    return len(chunk.content).to_bytes(4, "big") + whole + zlib.crc32(whole).to_bytes(4, "big")


def _webp_chunk(chunk: Chunk) -> bytes:
    return chunk.kind + len(chunk.content).to_bytes(4, "little") + chunk.content + b"\0" * (len(chunk.content) % 2)
