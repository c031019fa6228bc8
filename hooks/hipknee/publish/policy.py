"""The Content-Security-Policy of a built site: what its pages may load and run, and nothing else.

A browser that is told the policy refuses every script, style and request that is not the site's own, also when one got
into a page. What the pages need beyond their own files is found in the pages themselves: today that is nothing, as all
scripts and styles are files. Specification: Content Security Policy Level 3, https://www.w3.org/TR/CSP3/
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from html import escape
from pathlib import Path

from ..problems import Problem
from ..rules import Rule
from .built_pages import BuiltPages

_DIRECTIVES = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",  # the theme's style sheet holds icons
    "font-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
}
_HEADER_ONLY = {"frame-ancestors": "'none'"}
"""What browsers ignore in a page, with a warning."""

_CHARSET = re.compile(r'<meta charset="?utf-8"?>', re.IGNORECASE)
_META = re.compile(r'<meta http-equiv="Content-Security-Policy" content="[^"]*">')


def policy(scripts: Iterable[str], header: bool = True) -> str:
    """The policy that lets exactly these inline scripts run. In a page (not `header`) it says what it can say there."""
    hashes = {f"'sha256-{base64.b64encode(sha256(text.encode()).digest()).decode()}'" for text in scripts}
    directives = _DIRECTIVES | {"script-src": " ".join([_DIRECTIVES["script-src"], *sorted(hashes)])}
    directives |= _HEADER_ONLY if header else {}
    return "; ".join(f"{name} {value}" for name, value in directives.items())


def of_pages(pages: BuiltPages, header: bool = True) -> str:
    """The policy for every page of a built site."""
    return policy(set[str]().union(*(facts.scripts for facts in pages.facts.values())), header)


def of_site(site: Path, header: bool = True) -> str:
    """The policy for every page of the site built into the folder `site`."""
    return of_pages(BuiltPages.read(site), header)


def check(pages: BuiltPages, folder: str) -> Iterator[Problem]:
    """What the policy would refuse: a style or an event handler in a page. `folder` is what the folder is called."""
    for name, facts in pages.facts.items():
        html = pages.html[name]
        for what in facts.refused:
            line = html[: html.find(what)].count("\n") + 1 if what in html else 1
            message = f"'{what}' is in a page, but the Content-Security-Policy would block it."
            hint = "Put it in a file in docs/assets/."
            yield Problem(f"{folder}/{name}", line, Rule.VALUE_INVALID, message, hint)


def with_meta(html: str, value: str) -> str:
    """The page with the policy as the first thing that it says. Nothing before it could be refused."""
    meta = f'<meta http-equiv="Content-Security-Policy" content="{escape(value, quote=False)}">'
    return _CHARSET.sub(lambda match: match[0] + meta, without(html), count=1)


def without(html: str) -> str:
    """The page without its policy: from a folder on a disk, where 'self' is nobody, all would be refused."""
    return _META.sub("", html, count=1)
