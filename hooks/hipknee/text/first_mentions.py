"""The first mention of a condition, an exercise or a glossary term becomes a link: a Python-Markdown extension.

It works on the tree between Markdown's inline processor and MkDocs' link check, so that the links it writes are
validated and rewritten like an author's own, under every builder that runs Python-Markdown.
"""

from __future__ import annotations

import posixpath
import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE, AtomicString

from ..addresses import relative
from .names import Names
from .terms import Term

# Below attribute lists (8): a link put in earlier would take up the list that stands beside it, or be put into one.
# Above abbreviations (7), smart quotes (6) and MkDocs' own link check (0), which are to find the links in place.
PRIORITY = 7.5

# No link in a link, a heading or another control, nor in text that is not prose. Lists, cells and notes are prose.
_CLOSED = {"a", "button", "code", "h1", "h2", "h3", "h4", "h5", "h6", "kbd", "label", "math", "pre", "samp"}
_CLOSED |= {"script", "style", "summary", "svg", "textarea", "th"}
_TITLE = "admonition-title"  # a heading in all but its tag

_RAW_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][^\s/>]*)[^<]*>")
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class FirstMentions(Extension):
    """Set `page` to the source path of the page under way, with forward slashes, before each conversion."""

    def __init__(self, names: Names) -> None:
        super().__init__()
        self.page, self.names = "", names

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802, the name is Markdown's
        md.treeprocessors.register(_Linker(md, self), "first-mentions", PRIORITY)


class _Linker(Treeprocessor):
    """Walks one page in the order in which it is read. All its state is made anew in `run`."""

    def __init__(self, md: Markdown, mentions: FirstMentions) -> None:
        super().__init__(md)
        self.mentions = mentions

    def run(self, root: Element) -> None:
        self.folder = posixpath.dirname(self.mentions.page)
        self.linked: set[str] = set()
        self.raw_depth = 0  # of the raw inline tags that are open, such as <kbd> or the author's own <a>
        self._visit(root)

    def _visit(self, element: Element) -> None:
        children: list[Element] = []
        if self.md.is_block_level(element.tag):
            self.raw_depth = 0  # a tag that nobody closed must not silence the rest of the page
        element.text = self._link(element.text, children)
        for child in list(element):
            if child.tag in _CLOSED or child.get("class") == _TITLE:
                # A link that the author has made already is the one link to its target.
                self.linked.update(self._resolve(a.get("href", "")) for a in child.iter("a"))
            else:
                self._visit(child)
            children.append(child)
            child.tail = self._link(child.tail, children)
        element[:] = children

    def _link(self, text: str | None, siblings: list[Element]) -> str | None:
        """Append the links found in `text` to `siblings`, each with the text behind it; return the text before them."""
        if not text or isinstance(text, AtomicString):
            return text
        pieces: list[str] = []
        links: list[Element] = []
        done = 0
        for match in self.mentions.names.pattern(text).finditer(text):
            term = None if match["aside"] else self._term(match[0])
            if match["aside"]:
                self._note_raw_tag(match[0])
            if term is None:
                continue
            self.linked.add(term.target)
            links.append(self._anchor(match[0], term))
            pieces.append(text[done : match.start()])
            done = match.end()
        pieces.append(text[done:])
        for link, tail in zip(links, pieces[1:], strict=True):
            link.tail = tail
        siblings += links
        return pieces[0]

    def _term(self, mention: str) -> Term | None:
        term = self.mentions.names.term(mention)
        if self.raw_depth or term is None or term.target in self.linked or _path(term.target) == self.mentions.page:
            return None
        return term

    def _anchor(self, mention: str, term: Term) -> Element:
        path, hash_, fragment = term.target.partition("#")
        link = Element("a")
        link.set("class", term.css)
        link.set("href", relative(path, self.mentions.page) + hash_ + fragment)
        link.text = mention
        return link

    def _resolve(self, href: str) -> str:
        """An author's link as a target, or something that is none."""
        path, hash_, fragment = href.partition("#")
        return posixpath.normpath(posixpath.join("/", self.folder, path)).lstrip("/") + hash_ + fragment

    def _note_raw_tag(self, placeholder: str) -> None:
        """Between a raw opening tag and its end the text is the author's HTML, though Markdown shows it as text."""
        if not (stashed := HTML_PLACEHOLDER_RE.fullmatch(placeholder)):
            return
        html = self.md.htmlStash.rawHtmlBlocks[int(stashed[1])]
        tag = _RAW_TAG.fullmatch(html) if isinstance(html, str) else None
        if tag and tag["name"].lower() not in _VOID:
            self.raw_depth = max(0, self.raw_depth + (-1 if tag["end"] else 1))


def _path(target: str) -> str:
    return target.partition("#")[0]
