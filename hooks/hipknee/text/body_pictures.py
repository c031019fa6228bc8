"""A picture that an author puts into a body becomes responsive: a Python-Markdown extension.

Authors write its path in the repository, `![alt](../images/explanation/pelvis-drop.png)`, which every preview shows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from ..pictures import renditions
from ..pictures.renditions import Plan
from .body_links import image_file

# Above MkDocs' link check (0), which would look for the original below docs/.
PRIORITY = 10


class BodyPictures(Extension):
    """Set `page` (its path below docs/) and `url` (from a rendition's name to its address) before each conversion."""

    def __init__(self, plans: Mapping[str, Plan], sizes: str) -> None:
        super().__init__()
        self.plans, self.sizes = plans, sizes
        self.page = ""
        self.url: Callable[[str], str] = str

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802, the name is Markdown's
        md.treeprocessors.register(_Pictures(md, self), "body-pictures", PRIORITY)


class _Pictures(Treeprocessor):
    def __init__(self, md: Markdown, settings: BodyPictures) -> None:
        super().__init__(md)
        self.settings = settings

    def run(self, root: Element) -> None:
        first = True
        for parent in root.iter():
            for place, child in enumerate(list(parent)):
                file = image_file(self.settings.page, child.get("src", "")) if child.tag == "img" else None
                if file is None:
                    continue
                alt = child.get("alt", "")
                if plan := self.settings.plans.get(file):
                    sizes, url = self.settings.sizes, self.settings.url
                    html = renditions.picture_html(plan, alt=alt, sizes=sizes, url=url, first=first)
                    first = False
                    replacement = Element("span", {"class": "picture"})
                    replacement.text = self.md.htmlStash.store(html)
                else:  # the gate has said why; the words stand for the picture
                    replacement = Element("em")
                    replacement.text = alt
                replacement.tail = child.tail
                parent[place] = replacement
