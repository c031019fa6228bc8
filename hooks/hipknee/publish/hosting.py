"""What a web server is told about the built site: one set of rules, in the words of each server.

Pages are asked for anew each time, so that a corrected warning is seen at once; a file whose name holds a hash of its
content is kept for a year. Nothing but files is served, and nothing that is not meant to be read.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import brotli
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ..embedding import FOLDER
from ..fingerprints import FOLDERS
from ..places import SERVERS
from .policy import policy

FOREVER = "public, max-age=31536000, immutable"
ANEW = "no-cache"

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",  # which page about their knee a patient came from is nobody's business
    "Permissions-Policy": ", ".join(
        f"{name}=()"
        for name in (
            "accelerometer browsing-topics camera display-capture geolocation gyroscope magnetometer microphone "
            "midi payment publickey-credentials-get usb xr-spatial-tracking"
        ).split()
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",  # for browsers that don't know frame-ancestors
}
"""Sent with everything, beside the Content-Security-Policy."""


class Opening(NamedTuple):
    """A part of the site that other websites may use, and what is said of it instead."""

    pattern: str
    """The beginning of its addresses below the site's, as a regular expression."""
    globs: tuple[str, ...]
    """The same with `*` for anything."""
    headers: Mapping[str, str]
    """"" for one that is not sent."""


def openings(embed: Collection[str]) -> list[Opening]:
    """What is open to others, where the websites `embed` may show an exercise: nothing, when there are none.

    Who may show a picture or read the data can't be told by name: there, it is everybody.
    """
    if not embed:
        return []
    anywhere = {"Cross-Origin-Resource-Policy": "cross-origin"}
    framed = {"Content-Security-Policy": policy(framed_by=embed), "X-Frame-Options": "", **anywhere}
    return [
        Opening(FOLDER, (f"{FOLDER}*",), framed | {"X-Robots-Tag": "noindex"}),
        Opening("assets/pictures/", ("assets/pictures/*",), anywhere),
        Opening(
            r"exercises(?:/[^/]+)?\.json", ("exercises.json", "exercises/*.json"), {"Access-Control-Allow-Origin": "*"}
        ),
    ]


IN_SITE = ("_headers", ".htaccess")
"""What a server looks for in the site itself; the other files are for whoever sets a server up."""
UNREAD = tuple("md markdown py pyc yml yaml toml ini log bak orig sh gz br".split())
"""Endings of what may lie beside a site and is nobody's to read."""

_COMPRESSED = {".css", ".html", ".js", ".json", ".svg", ".txt", ".xml"}
_SMALL = 500  # bytes; below, a header more costs what is saved


def files(site_url: str, embed: Collection[str] = ()) -> dict[str, str]:
    """Every hosting file by its name. `site_url` may be empty; the websites `embed` may show an exercise."""
    address = urlsplit(site_url)
    mount = address.path if address.path.endswith("/") else f"{address.path}/"
    opened = openings(embed)
    values = {
        "headers": {"Content-Security-Policy": policy()} | HEADERS,
        "openings": opened,
        # By what is sent: where it is something else than everywhere.
        "varying": {
            name: [(opening.pattern, opening.headers[name]) for opening in opened if name in opening.headers]
            for name in dict.fromkeys(name for opening in opened for name in opening.headers)
        },
        "host": address.hostname or "example.org",
        "mount": mount,
        "mount_pattern": re.escape(mount).replace(r"\-", "-"),
        "unread": UNREAD,
        "folders": FOLDERS,
        "forever": FOREVER,
        "anew": ANEW,
    }
    environment = Environment(
        loader=FileSystemLoader(SERVERS, encoding="utf-8"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        variable_start_string="[[",  # GitHub's own braces stay as they are
        variable_end_string="]]",
    )
    return {name: environment.get_template(name).render(values) for name in sorted(environment.list_templates())}


def compress(folder: Path) -> Mapping[str, int]:
    """Put a `.gz` and a `.br` beside every text of the site that gets smaller by it. Bytes in all, by ending.

    The same content gives the same bytes.
    """
    total = {"": 0, ".gz": 0, ".br": 0}
    for path in sorted(folder.rglob("*")):
        if path.suffix not in _COMPRESSED or not path.is_file() or path.stat().st_size < _SMALL:
            continue
        content = path.read_bytes()
        packed = {".gz": gzip.compress(content, 9, mtime=0), ".br": brotli.compress(content, brotli.MODE_TEXT)}
        total[""] += len(content)
        for ending, smaller in packed.items():
            if len(smaller) < len(content):
                path.with_name(path.name + ending).write_bytes(smaller)
                total[ending] += len(smaller)
    return total
