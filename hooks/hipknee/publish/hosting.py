"""What a web server is told about the built site: one set of rules, in the words of each server.

Pages are asked for anew each time, so that a corrected warning is seen at once; a file whose name holds a hash of its
content is kept for a year. Nothing but files is served, and nothing that is not meant to be read.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

import brotli
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ..fingerprints import FOLDERS
from ..places import SERVERS

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

IN_SITE = ("_headers", ".htaccess")
"""What a server looks for in the site itself; the other files are for whoever sets a server up."""
UNREAD = tuple("md markdown py pyc yml yaml toml ini log bak orig sh gz br".split())
"""Endings of what may lie beside a site and is nobody's to read."""

_COMPRESSED = {".css", ".html", ".js", ".json", ".svg", ".txt", ".xml"}
_SMALL = 500  # bytes; below, a header more costs what is saved


def files(policy: str, site_url: str) -> dict[str, str]:
    """Every hosting file by its name. `policy` is the site's Content-Security-Policy, `site_url` may be empty."""
    address = urlsplit(site_url)
    mount = address.path if address.path.endswith("/") else f"{address.path}/"
    values = {
        "headers": {"Content-Security-Policy": policy} | HEADERS,
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
