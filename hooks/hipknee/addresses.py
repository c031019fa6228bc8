"""Addresses within the site, as seen from a page."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping
from functools import lru_cache

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
    there, here = _steps(target), _steps(page.rpartition("/")[0])
    shared = 0
    while shared < min(len(there), len(here)) and there[shared] == here[shared]:
        shared += 1
    way = "/".join((*[".."] * (len(here) - shared), *there[shared:])) or "."
    return f"{way}/" if target.endswith("/") or not target else way


@lru_cache(maxsize=1 << 14)  # a page of a large site has fifty addresses, and most are those of the others
def _steps(path: str) -> tuple[str, ...]:
    path = posixpath.normpath(f"/{path}")
    return tuple(path.strip("/").split("/")) if path.strip("/") else ()


def absolute(urls: Mapping[str, str], site_url: str) -> Address:
    """Whole addresses on the web, for a `site_url` that ends with a slash; from the site's own folder when it is ""."""

    def address(path: str) -> str:
        path, hash_, fragment = path.partition("#")
        place = urls.get(path, path)
        return site_url + (place if place != "./" else "") + hash_ + fragment

    return address
