"""Reading without a network: the service worker of a built site, and the version that its pages show.

The worker keeps every page and what it needs on the reader's device after the first visit. What it does stands in
workers/keep.js; here is found what it has to keep. Switched off, the site hands out workers/forget.js in its place,
which takes everything away again. Specification: https://www.w3.org/TR/service-workers/
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from hashlib import sha256
from pathlib import Path

from ..fingerprints import FOLDERS
from ..places import WORKERS

NAME = "service-worker.js"
"""At the root of the site: a worker is in charge of its own folder and what lies below."""
PLACE = '<span class="version"></span>'
"""Where a page shows the version."""

_ENDINGS = {".css", ".js", ".woff2"}
_SEARCH = re.compile(r"/search/")  # the parts of its index: fetched, and then kept, when somebody searches
_PICTURES = "assets/pictures/"


def version(pages: Mapping[str, str]) -> str:
    """Eight hex digits that stand for all that `pages` (HTML by name) say: the same words, the same version.

    Styles, scripts and pictures count too, as the pages hold their names, and the names hold a hash.
    """
    digest = sha256()
    for name, html in sorted(pages.items()):
        digest.update(sha256(name.encode()).digest())
        digest.update(sha256(html.encode()).digest())
    return digest.hexdigest()[:8]


def stamped(html: str, value: str) -> str:
    """The page with the version where it shows it."""
    return html.replace(PLACE, PLACE.replace("></", f">{value}</"))


def worker(site: Path, value: str, pictures: Collection[str]) -> str:
    """The worker that keeps the pages of `site`, whose version is `value`, with the `pictures`: names of renditions."""
    files = [path.relative_to(site).as_posix() for path in sorted(site.rglob("*")) if path.is_file()]
    needed = [name for name in files if Path(name).suffix in _ENDINGS and name.startswith(FOLDERS)]
    settings = {
        "version": value,
        "pages": [name.removesuffix("index.html") for name in files if name.endswith(".html")],
        "files": [name for name in needed if not _SEARCH.search(name)]
        + [name for name in files if name.removeprefix(_PICTURES) in pictures],
        "folders": FOLDERS,
    }
    return f"const site = {json.dumps(settings, ensure_ascii=False)};\n{(WORKERS / 'keep.js').read_text('utf-8')}"


def forgetting() -> str:
    """The worker that takes an earlier one away."""
    return (WORKERS / "forget.js").read_text("utf-8")
