"""What HTML an author's Markdown may come to: an allow-list of elements, attributes and kinds of addresses.

The text is judged as the browser will read it: rendered by Markdown and parsed like a browser does. What looks harmless
in the source and is not (an entity in an address, a tag that only a browser completes) can't slip through.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from html import unescape
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ..content.catalogue import Entry
from ..problems import Problem
from ..rules import Rule
from ..text.body_links import without_code
from ..text.table_roles import ROLES
from .bodies import Body

ALLOWED = "abbr b br del details i ins kbd mark q s small span strong em sub summary sup u".split()
"""What an author may write as HTML."""

_MARKDOWN = "a blockquote code dd div dl dt h1 h2 h3 h4 h5 h6 hr img li ol p pre table tbody td th thead tr ul".split()
_GLOBAL = {"class", "dir", "id", "lang", "title"}
_OWN = {
    "a": {"href"},
    "img": {"src", "alt"},
    "ol": {"start"},
    "td": {"align", "style"},
    "th": {"align", "style"},
    "details": {"open"},
}
_ALIGN = re.compile(r"text-align: (?:left|right|center);")  # what `tables` writes; mkdocs.yml makes it an attribute
_SCHEMES = ("http", "https", "mailto", "tel")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]+):", re.IGNORECASE)  # C: is on the author's own disk, and told as such

# Nothing else in a text can come to an element, an attribute or an address with a scheme.
_WORTH_A_LOOK = re.compile(r"[<{&:]")
_TAG = re.compile(r"<(?P<close>/?)(?P<name>[a-z][a-z0-9]*)\b[^<>]*>", re.IGNORECASE)
_VOID = ("br", "hr", "img")

# A page as the frame builds it. Where the two marks end up tells whether the text in between closes what it opens.
_PAGE = "<body><div><main><article>{}<end-inside></end-inside></article></main></div><end-outside></end-outside></body>"


def of_page(entry: Entry[Any], body: Body) -> Iterator[Problem]:
    """Every element, attribute and address in a page's text that is not allowed, and HTML that is left open."""
    if body.problem:
        yield body.problem
    elif _WORTH_A_LOOK.search(entry.document.body):
        tree = LexborHTMLParser(_PAGE.format(body.html))
        refused = [*_refused(entry, tree, body.citations)]
        yield from refused or _left_open(entry, tree)


def _refused(entry: Entry[Any], tree: LexborHTMLParser, names: Collection[str]) -> Iterator[Problem]:
    patterns: dict[tuple[str, str], re.Pattern[str]] = {}
    ours = {node.mem_id for node in (tree.css_first("main"), tree.css_first("article")) if node}
    for node in tree.css("*"):
        tag = str(node.tag)
        if node.mem_id in ours or _is_mark(node):  # to compare nodes themselves writes out all that is in them
            continue
        if tag in ("html", "head", "body"):  # written in a text, they give their attributes to the page's own
            if node.attributes:
                patterns[_element(tag)] = re.compile(rf"<{tag}\b", re.I)
        elif tag not in ALLOWED and tag not in _MARKDOWN:
            patterns[_element(tag)] = re.compile(rf"<{re.escape(tag)}", re.I)
        else:
            patterns.update(_attributes(tag, node, names))
    text = without_code(entry.document.body)
    for (message, hint), pattern in patterns.items():
        for line in _lines(text, pattern):
            yield Problem(entry.path, entry.document.body_line + line, Rule.VALUE_INVALID, message, hint)


def _lines(text: str, pattern: re.Pattern[str]) -> list[int]:
    """The lines that have it, counted from 0; or else those that have it disguised by entities or white space."""
    lines = [line for _, line in _with_lines(text, pattern)]
    rows = text.split("\n")
    lines = lines or [n for n, row in enumerate(rows) if pattern.search(re.sub(r"[\x00-\x20]", "", unescape(row)))]
    return [*dict.fromkeys(lines or [0])]


def _with_lines(text: str, pattern: re.Pattern[str]) -> Iterator[tuple[re.Match[str], int]]:
    """What is found in a text, with its line, counted from 0. There may be thousands: none is counted from the top."""
    line = at = 0
    for match in pattern.finditer(text):
        line += text.count("\n", at, match.start())
        at = match.start()
        yield match, line


def _is_mark(node: LexborNode) -> bool:
    """Without attributes it does nothing, whoever wrote it."""
    return node.tag in ("end-inside", "end-outside") and not node.attributes


def _element(tag: str) -> tuple[str, str]:
    allowed = ", ".join(f"<{name}>" for name in sorted(ALLOWED))
    return f"<{tag}> is not allowed in a page.", f"Write it in Markdown. The allowed tags are {allowed}."


def _attributes(
    tag: str, node: LexborNode, names: Collection[str]
) -> Iterator[tuple[tuple[str, str], re.Pattern[str]]]:
    for name, value in node.attributes.items():
        if _is_ours(tag, node, name, value or "", names):
            continue
        if name not in _GLOBAL | _OWN.get(tag, set()) or (name == "style" and not _ALIGN.fullmatch(value or "")):
            yield (
                (f"'{name}' is not allowed on <{tag}> in a page.", "Delete it."),
                re.compile(rf"\b{re.escape(name)}\s*=", re.I),
            )
        elif name in ("href", "src") and (scheme := _scheme(value or "")):
            hint = f"Use {', '.join(_SCHEMES)} or a file of this project."
            yield (f"An address can't begin with '{scheme}:'.", hint), re.compile(rf"{re.escape(scheme)}\s*:", re.I)


def _is_ours(tag: str, node: LexborNode, name: str, value: str, names: Collection[str]) -> bool:
    """Whether the engine has put an attribute there itself: on a table for phones, or on a citation."""
    if tag in ROLES:
        return name == "data-label" or (name == "role" and value == ROLES[tag])
    cite = node.parent is not None and node.parent.attributes.get("class") == "cite"
    return tag == "a" and cite and name == "aria-label" and value in names


def _left_open(entry: Entry[Any], tree: LexborHTMLParser) -> Iterator[Problem]:
    """HTML that is not closed where it was opened would affect the rest of the page."""
    inside, outside = tree.css_first("end-inside"), tree.css_first("end-outside")
    ends = [str(mark.parent.tag) if mark and mark.parent else "" for mark in (inside, outside)]
    if ends == ["article", "body"]:
        return
    text = without_code(entry.document.body)
    opened: list[tuple[str, int]] = []
    for match, line in _with_lines(text, _TAG):
        name = match["name"].lower()
        if not match["close"] and name not in _VOID:
            opened.append((name, line))
        elif match["close"] and opened and opened[-1][0] == name:
            opened.pop()
        elif match["close"]:
            opened.append((name, line))
            break
    name, line = opened[-1] if opened else ("", 0)
    message = f"<{name}> is not closed where it was opened." if name else "The HTML here is not closed."
    hint = (
        f"Write one </{name}> for each <{name}>, in the same paragraph." if name else "Look for a stray '<' or '<!--'."
    )
    yield Problem(entry.path, entry.document.body_line + line, Rule.VALUE_INVALID, message, hint)


def _scheme(address: str) -> str:
    """The address's scheme when it is not an allowed one. Browsers skip white space and control characters in it."""
    match = _SCHEME.match(re.sub(r"[\x00-\x20]", "", address))
    return match[1].lower() if match and match[1].lower() not in _SCHEMES else ""
