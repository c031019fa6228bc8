"""Addresses within the site, as seen from a page."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping

Address = Callable[[str], str]
"""Turns a path below docs/ or below the site, with or without #fragment, into an address as seen from one page."""


def addresses(urls: Mapping[str, str], page: str) -> Address:
    """`urls` says where each source file is published; `page` is where the page under way is, such as 'knee-pain/'."""

    def address(path: str) -> str:
        path, hash_, fragment = path.partition("#")
        return relative(urls.get(path, path), page) + hash_ + fragment

    return address


def relative(target: str, page: str) -> str:
    """The way from one place of the site to another. A folder's address ends with a slash; "" is the site itself."""
    way = posixpath.relpath(f"/{target}", f"/{page.rpartition('/')[0]}")
    return f"{way}/" if target.endswith("/") or not target else way


def absolute(urls: Mapping[str, str], site_url: str) -> Address:
    """Whole addresses on the web, for a `site_url` that ends with a slash; from the site's own folder when it is ""."""

    def address(path: str) -> str:
        path, hash_, fragment = path.partition("#")
        place = urls.get(path, path)
        return site_url + (place if place != "./" else "") + hash_ + fragment

    return address
