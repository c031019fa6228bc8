"""The site as a folder that opens from a disk or a memory stick, with no web server: packed into a zip file.

From a folder no page finds "knee-pain/": each link has to name the file. A policy would refuse everything, since 'self'
is nobody there, so the copy has none. What only a web server needs is left out.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from ..embedding import FOLDER
from . import manifest, policy, robots, service_worker
from .hidden import is_hidden

_LINK = re.compile(r'(<a\b[^>]*?\shref=")([^"#?]*)([^"]*")')
_FRAME = re.compile(r'(<html\b[^>]*?)(?: data-worker="[^"]*")?>')
_OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:|/", re.IGNORECASE)
# As from another site, which a folder is to itself.
_FETCHED = re.compile(r'<link rel="(?:preload|manifest)"[^>]*>\n?')
_REDIRECT = '<meta http-equiv="refresh"'
_SERVERS = (*service_worker.LOST, "sitemap.xml", "sitemap.xml.gz", robots.NAME, manifest.NAME, service_worker.NAME)


def page(html: str) -> str:
    """A built page as it has to be in the folder."""
    # search.js puts the suffix to the addresses that it makes; without a worker's name none is started.
    html = _FRAME.sub(r'\1 data-suffix="index.html">', policy.without(html), count=1)
    html = _FETCHED.sub("", html)
    return _LINK.sub(lambda match: f"{match[1]}{_file(match[2])}{match[3]}", html)


def files(site: Path) -> Iterator[tuple[str, bytes]]:
    """Everything that belongs into the folder: names and contents, in the order of the names."""
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        if not path.is_file() or name in _SERVERS or name.startswith(FOLDER) or is_hidden(name):
            continue
        if path.suffix != ".html":
            yield name, path.read_bytes()
        elif _REDIRECT not in (html := path.read_text("utf-8")):
            yield name, page(html).encode()


def pack(site: Path, folder: str, to: Path) -> None:
    """Write the zip file `to`, with everything in one `folder`. The same site gives the same bytes."""
    with ZipFile(to, "w") as packed:
        for name, content in files(site):
            entry = ZipInfo(f"{folder}/{name}")  # its date is the zip format's first day
            entry.external_attr = 0o644 << 16
            entry.compress_type = ZIP_DEFLATED
            packed.writestr(entry, content, compresslevel=9)


def _file(address: str) -> str:
    if not address or _OUTSIDE.match(address):
        return address
    is_folder = address.endswith("/") or posixpath.basename(address) in (".", "..")
    return posixpath.join(address, "index.html") if is_folder else address
