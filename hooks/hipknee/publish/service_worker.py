"""Reading without a network: the service worker of a built site, and the version that its pages show.

The worker keeps pages and what they need on the reader's device: of a small site all of them after the first visit, of
a large one those of the menu, and those that were visited last. What it does stands in workers/keep.js; here is found
what it has to keep. Switched off, the site hands out workers/forget.js in its place,
which takes everything away again. Specification: https://www.w3.org/TR/service-workers/
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from hashlib import sha256
from pathlib import Path

from ..embedding import FOLDER as EMBEDDED
from ..fingerprints import FOLDERS
from ..pdf_names import FOLDER
from ..places import WORKERS
from .built_pages import files_below

NAME = "service-worker.js"
"""At the root of the site: a worker is in charge of its own folder and what lies below."""
PLACE = '<span class="version"></span>'
"""Where a page shows the version."""

SMALL = 60
"""Up to so many pages a site is kept whole."""
VISITED = 200
"""Of a larger site: how many of the pages that were visited are kept beside those of the menu."""

SHEETS = 30
"""How many sheets that were asked for are kept."""
SHEET = 1_000_000
"""Bytes of the largest of them: a sheet has a tenth of it, a booklet more."""

LOST = ("404.html", "503.html")
"""What a reader sees in the place of a page that is not there, or that can't be reached and was not kept."""
_ENDINGS = {".css", ".js", ".woff2"}
_LATER = "assets/javascripts/search/"
"""What is fetched, and then kept, when somebody searches."""
_EACH = "assets/javascripts/programme/"
"""The same of a large site when an exercise of a programme is shown."""
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


def worker(site: Path, value: str, pictures: Collection[str], menu: Collection[str], small: int = SMALL) -> str:
    """The worker that keeps the pages of `site`, whose version is `value`.

    Of a small one all pages with the `pictures`, which are names of renditions. Of a large one the pages of the `menu`,
    by their names in the site; which pictures they need the worker finds in them.
    """
    files = sorted(files_below(site))
    needed = [name for name in files if Path(name).suffix in _ENDINGS and name.startswith(FOLDERS)]
    # What another website shows in a frame is its own to keep.
    pages = [name for name in files if name.endswith(".html") and not name.startswith(EMBEDDED)]
    is_small = len(pages) <= small
    settings = {
        "version": value,
        "pages": [name.removesuffix("index.html") for name in pages if is_small or name in {*menu, *LOST}],
        "files": [name for name in needed if not name.startswith(_LATER if is_small else (_LATER, _EACH))]
        + [name for name in files if is_small and name.removeprefix(_PICTURES) in pictures],
        "visited": 0 if is_small else VISITED,
        "folders": FOLDERS,
        "sheets": {"folder": FOLDER, "most": SHEETS, "bytes": SHEET},
        "embedded": EMBEDDED,
    }
    return f"const site = {json.dumps(settings, ensure_ascii=False)};\n{(WORKERS / 'keep.js').read_text('utf-8')}"


def forgetting() -> str:
    """The worker that takes an earlier one away."""
    return (WORKERS / "forget.js").read_text("utf-8")
