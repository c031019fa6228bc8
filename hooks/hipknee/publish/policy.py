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

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ..problems import Problem

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

_DATA = re.compile(r"application/(?:ld\+)?json$", re.IGNORECASE)
_CHARSET = re.compile(r'<meta charset="?utf-8"?>', re.IGNORECASE)
_META = re.compile(r'<meta http-equiv="Content-Security-Policy" content="[^"]*">')


def inline_scripts(html: str) -> set[str]:
    """The text of every script that stands in the page and would be run. JSON is data, and needs nobody's leave."""
    nodes = LexborHTMLParser(html).css("script:not([src])")
    return {node.text(strip=False) for node in nodes if not _DATA.match(node.attributes.get("type") or "")}


def policy(scripts: Iterable[str], header: bool = True) -> str:
    """The policy that lets exactly these inline scripts run. In a page (not `header`) it says what it can say there."""
    hashes = {f"'sha256-{base64.b64encode(sha256(text.encode()).digest()).decode()}'" for text in scripts}
    directives = _DIRECTIVES | {"script-src": " ".join([_DIRECTIVES["script-src"], *sorted(hashes)])}
    directives |= _HEADER_ONLY if header else {}
    return "; ".join(f"{name} {value}" for name, value in directives.items())


def of_site(site: Path, header: bool = True) -> str:
    """The policy for every page of the site built into the folder `site`."""
    scripts = set[str]()
    for path in sorted(site.rglob("*.html")):
        scripts |= inline_scripts(path.read_text("utf-8", "replace"))
    return policy(scripts, header)


def check(site: Path, shown: str) -> Iterator[Problem]:
    """What the policy would refuse: a style or an event handler in a page. `shown` is what the folder is called."""
    for path in sorted(site.rglob("*.html")):
        html = path.read_text("utf-8", "replace")
        for node in LexborHTMLParser(html).css("*"):
            for what in _refused(node):
                line = html[: html.find(what)].count("\n") + 1 if what in html else 1
                place = f"{shown}/{path.relative_to(site).as_posix()}"
                message = f"'{what}' stands in a page: the Content-Security-Policy would refuse it."
                yield Problem(place, line, "value-invalid", message, "Put it into a file of docs/assets/.")


def written(html: str, value: str) -> str:
    """The page with the policy as the first thing that it says. Nothing before it could be refused."""
    meta = f'<meta http-equiv="Content-Security-Policy" content="{escape(value, quote=False)}">'
    return _CHARSET.sub(lambda match: match[0] + meta, without(html), count=1)


def without(html: str) -> str:
    """The page without its policy: from a folder on a disk, where 'self' is nobody, all would be refused."""
    return _META.sub("", html, count=1)


def _refused(node: LexborNode) -> Iterator[str]:
    if node.tag == "style":
        yield "<style>"
    for name, value in node.attributes.items():
        if name == "style" or name.startswith("on"):
            yield f'{name}="{value or ""}"'
        elif name in ("href", "src", "action", "formaction") and _is_script(value or ""):
            yield f'{name}="{value}"'


def _is_script(address: str) -> bool:
    return re.sub(r"[\s\x00-\x1f]", "", address).lower().startswith(("javascript:", "vbscript:", "data:text/html"))
