"""A built site, held against its sources: stamps, links, pictures and ids.

A builder that ignores hooks publishes pages that nobody checked. Such pages lack the stamp, or carry an old one.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser

from ..content.catalogue import DATA, EXERCISES, Catalogue, Entry, load
from ..problems import Problem

STAMP = "hipknee-stamp"
_STAMP = re.compile(rf'<meta name="{STAMP}" content="([0-9a-f]{{64}})">')


def stamp(catalogue: Catalogue, slug: str) -> str:
    """SHA-256, in hex, over an exercise page's source, the data files and the page's pictures."""
    entry = catalogue.exercises[slug]
    docs, images = catalogue.docs, catalogue.images
    files = [docs / EXERCISES / f"{slug}.md", *(docs / "_data" / name for name in DATA)]
    files += [images / image.file for image in entry.draft.all_images().values() if image.file]
    digest = sha256()
    for path in files:
        # Each part is hashed first, so that no byte can move from one file to the next unnoticed.
        content = path.read_bytes() if path.is_file() else b""
        digest.update(sha256(content).digest())
    return digest.hexdigest()


def stamped(html: str, value: str) -> str:
    """The page with the stamp in its head."""
    return html.replace("</head>", f'<meta name="{STAMP}" content="{value}"></head>', 1)


def check(site: Path, root: Path, to: Path | None = None) -> list[Problem]:
    """Everything that is wrong with the site built into `site` from the project at `root`.

    `to` is where it will stand, when it stands aside now.
    """
    catalogue = load(root)
    pages = {
        path.relative_to(site).as_posix(): path.read_text("utf-8", "replace") for path in sorted(site.rglob("*.html"))
    }
    trees = {name: LexborHTMLParser(html) for name, html in pages.items()}
    ids = {name: [node.attributes.get("id") or "" for node in tree.css("[id]")] for name, tree in trees.items()}
    sources = {_built(path): entry for path, entry in catalogue.pages().items()}
    shown = _shown(to or site, root)
    mount = _mount(trees)
    problems = set(_stamps(catalogue, pages, shown))
    for name, tree in trees.items():
        wrong = [(one, f"Two places on the page are called '#{one}'.") for one in ids[name] if ids[name].count(one) > 1]
        wrong += [(address, _resolve(site, name, address, ids, mount)) for address in _addresses(tree)]
        for address, message in wrong:
            if message:
                path, line = _written(sources.get(name), address) or (f"{shown}/{name}", 1)
                problems.add(Problem(path, line, "link-broken", message))
    return sorted(problems)


def _written(entry: Entry[Any] | None, address: str) -> tuple[str, int] | None:
    """Where an author wrote an address of a built page, as far as its last part can be found in the source."""
    if entry is None:
        return None
    path, _, fragment = address.partition("#")
    last = fragment or posixpath.basename(path.rstrip("/"))
    rows = entry.document.body.split("\n")
    found = next((n for n, row in enumerate(rows) if last.strip(".") and last in row), None)
    return entry.path, 1 if found is None else entry.document.body_line + found


def _shown(site: Path, root: Path) -> str:
    resolved = site.resolve()
    return resolved.relative_to(root.resolve()).as_posix() if resolved.is_relative_to(root.resolve()) else site.name


def _built(path: str) -> str:
    """Where MkDocs writes a page, with directory URLs."""
    stem = path.removesuffix(".md")
    if posixpath.basename(stem) in ("index", "README"):
        return posixpath.join(posixpath.dirname(stem), "index.html")
    return f"{stem}/index.html"


def _stamps(catalogue: Catalogue, pages: Mapping[str, str], shown: str) -> Iterator[Problem]:
    for slug in catalogue.exercises:
        source, name = f"docs/{EXERCISES}/{slug}.md", _built(f"{EXERCISES}/{slug}.md")
        html = pages.get(name) or pages.get(f"{EXERCISES}/{slug}.html")
        found = _STAMP.search(html) if html else None
        if html is None:
            yield Problem(source, 1, "link-broken", f"The page is not in {shown}/.", "Build again.")
        elif found is None:
            message = f"{shown}/{name} has no stamp: it was built without the gate."
            yield Problem(source, 1, "link-broken", message, "Build with 'make build'.")
        elif found[1] != stamp(catalogue, slug):
            message = f"{shown}/{name} was built from other sources than these."
            yield Problem(source, 1, "link-broken", message, "Build again.")


def _addresses(tree: LexborHTMLParser) -> Iterator[str]:
    for node in tree.css("[href], [src], [srcset]"):
        for key in ("href", "src"):
            if value := node.attributes.get(key):
                yield value
        for part in (node.attributes.get("srcset") or "").split(","):
            if part.split():
                yield part.split()[0]


def _mount(trees: Mapping[str, LexborHTMLParser]) -> str:
    """The folder of the web server that the site is built for, as its home page says: "/hips/", or "/"."""
    home = trees.get("index.html")
    link = home.css_first("link[rel=canonical]") if home else None
    path = urlsplit(link.attributes.get("href") or "").path if link else ""
    return path if path.endswith("/") else "/"


def _resolve(site: Path, page: str, address: str, ids: Mapping[str, list[str]], mount: str) -> str:
    """What is wrong with an address on a page, "" when it leads somewhere or out of the site."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return f"'{address}' is not an address."
    if parts.scheme or parts.netloc or address.startswith("//"):
        return ""
    path = unquote(parts.path)
    # The error page is shown at any address, so MkDocs writes its links from the root.
    base = "" if path.startswith("/") else posixpath.dirname(page)
    target = posixpath.normpath(posixpath.join(base, path.removeprefix(mount).lstrip("/"))) if path else page
    if target.startswith("..") or (path.startswith("/") and not path.startswith(mount)):
        return f"'{address}' leads out of the site."
    if path.endswith("/") or (site / target).is_dir():
        target = posixpath.normpath(posixpath.join(target, "index.html"))
    if not (site / target).is_file():
        return f"'{address}' leads nowhere."
    if parts.fragment and target in ids and unquote(parts.fragment) not in ids[target]:
        return f"'{address}' leads to a place that is not on that page."
    return ""
