"""The Content-Security-Policy of a built site: what its pages may load and run, and nothing else.

A browser that is told the policy refuses every script, style and request that is not the site's own, also when one got
into a page. All scripts and styles are files, and no page gets leave for one that is not: it is not published.
Specification: Content Security Policy Level 3, https://www.w3.org/TR/CSP3/
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from html import escape

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
_ANCESTORS = "frame-ancestors"
"""Who may show a page in a frame. Browsers ignore it in a page, with a warning."""

_CHARSET = re.compile(r'<meta charset="?utf-8"?>', re.IGNORECASE)
_META = re.compile(r'<meta http-equiv="Content-Security-Policy" content="[^"]*">')


def policy(header: bool = True, framed_by: Collection[str] = ()) -> str:
    """The policy of every page. In a page (not `header`) it says what it can say there.

    `framed_by` are the websites that may show the page in a frame: none, but of the pages that are made for it.
    """
    directives = _DIRECTIVES | ({_ANCESTORS: " ".join(framed_by) or "'none'"} if header else {})
    return "; ".join(f"{name} {value}" for name, value in directives.items())


def check(pages: BuiltPages, folder: str) -> Iterator[Problem]:
    """What the policy would refuse: a script, a style or an event handler in a page. `folder` is what the site's folder
    is called."""
    for name, facts in pages.facts.items():
        html = pages.html[name]
        for what in facts.refused:
            message = f"'{what}' is in a page, but the Content-Security-Policy would block it."
            hint = "Put it in a file in docs/assets/."
            yield Problem(f"{folder}/{name}", _line(html, what), Rule.VALUE_INVALID, message, hint)


def _line(html: str, what: str) -> int:
    """Where something stands in a page, however it is written there."""
    name, _, value = what.rstrip('">').partition('="')
    place = re.search(re.escape(name) + (r"\s*=\s*[\"']?" + re.escape(value) if value else ""), html, re.IGNORECASE)
    return html.count("\n", 0, place.start()) + 1 if place else 1


def with_meta(html: str, value: str) -> str:
    """The page with the policy as the first thing that it says. Nothing before it could be refused."""
    meta = f'<meta http-equiv="Content-Security-Policy" content="{escape(value, quote=False)}">'
    return _CHARSET.sub(lambda match: match[0] + meta, without(html), count=1)


def without(html: str) -> str:
    """The page without its policy: from a folder on a disk, where 'self' is nobody, all would be refused."""
    return _META.sub("", html, count=1)
