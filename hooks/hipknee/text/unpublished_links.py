"""A link to a page that the clinic leaves out loses its address and keeps its words: a Markdown extension.

So no text has to be written twice. It works on the tree before MkDocs' link check, which would miss the page.
"""

from __future__ import annotations

from collections.abc import Collection
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from .body_links import BodyLink

_PRIORITY = 7.4
"""Behind the inline processor, before MkDocs' link check (0)."""


class UnpublishedLinks(Extension):
    """`pages` are those that are left out, as paths below docs/. Set `page` to that of the page under way."""

    def __init__(self, pages: Collection[str]) -> None:
        super().__init__()
        self.page, self.pages = "", frozenset(pages)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802, the name is Markdown's
        if self.pages:
            md.treeprocessors.register(_Unlinker(md, self), "unpublished-links", _PRIORITY)


class _Unlinker(Treeprocessor):
    def __init__(self, md: Markdown, links: UnpublishedLinks) -> None:
        super().__init__(md)
        self.links = links

    def run(self, root: Element) -> None:
        for element in root.iter("a"):
            link = BodyLink(0, element.get("href", ""), False, "")
            if not link.outside and link.path(self.links.page) in self.links.pages:
                element.tag = "span"
                element.attrib.clear()
