"""Where the addresses of a built page lead, worked out once: whether something is there is asked with each build."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from ..page_facts import PageFacts


class PageLinks(NamedTuple):
    """One page of a site."""

    ids: frozenset[str]
    """The places on it."""
    leads: Mapping[str, str]
    """Where it leads within the site, each with the address as it is written there: the path of a file or of a folder,
    and behind a line end, which is in no address, the place on it."""
    wrong: Sequence[tuple[str, str]] = ()
    """Addresses, or ids, that are wrong wherever they lead, each with what is wrong with it."""
    stamp: str = ""
    """The hash of its inputs that it carries; "" for none."""

    def to_json(self) -> list[Any]:
        """As a value that JSON can hold."""
        return [sorted(self.ids), self.leads, [*self.wrong], self.stamp]

    @classmethod
    def of_json(cls, value: Sequence[Any]) -> PageLinks:
        """The links that `to_json` made it of."""
        ids, leads, wrong, stamp = value
        return cls(frozenset(ids), leads, [(address, message) for address, message in wrong], stamp)


def page_links(name: str, facts: PageFacts, mount: str, stamp: str = "") -> PageLinks:
    """Those of the page with this name in the site. `mount` is the folder of the web server that the site is built for:
    "/hips/", or "/"."""
    leads: dict[str, str] = {}
    wrong = [(id_, f"Two places on the page are called '#{id_}'.") for id_, n in Counter(facts.ids).items() if n > 1]
    for address in facts.addresses:
        target, message = _target(name, address, mount)
        if message:
            wrong.append((address, message))
        elif target:
            leads.setdefault(target, address)
    return PageLinks(frozenset(facts.ids), leads, wrong, stamp)


def mount_of(canonical: str) -> str:
    """The folder of the web server, by the address that the home page gives as its own."""
    path = urlsplit(canonical).path
    return path if path.endswith("/") else "/"


def _target(page: str, address: str, mount: str) -> tuple[str, str]:
    """Where an address on a page leads, "" when that is out of the site; what is wrong with it, "" when nothing is."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "", f"'{address}' is not an address."
    if parts.scheme or parts.netloc or address.startswith("//"):
        return "", ""
    path = unquote(parts.path)
    # The error page is shown at any address, so MkDocs writes its links from the root.
    base = "" if path.startswith("/") else posixpath.dirname(page)
    target = posixpath.normpath(posixpath.join(base, path.removeprefix(mount).lstrip("/"))) if path else page
    if target.startswith("..") or (path.startswith("/") and not path.startswith(mount)):
        return "", f"'{address}' leads out of the site."
    if path.endswith("/"):
        target = posixpath.normpath(posixpath.join(target, "index.html"))
    return f"{target}\n{unquote(parts.fragment)}" if parts.fragment else target, ""
