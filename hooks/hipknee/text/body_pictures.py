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
from . import body_maps
from .body_links import image_file

# Below attr_list (8) and the maps (7), which look at the picture as it was written; above MkDocs' link check (0), which
# would look for the original below docs/.
PRIORITY = 6


class BodyPictures(Extension):
    """Set `page` (its path below docs/) and `url` (from a rendition's name to its address) before each conversion."""

    def __init__(self, plans: Mapping[str, Plan], sizes: str) -> None:
        super().__init__()
        self.plans, self.sizes = plans, sizes
        self.page = ""
        self.url: Callable[[str], str] = str

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802, the name is Markdown's
        md.treeprocessors.register(body_maps.Maps(md, self.plan), "body-maps", body_maps.PRIORITY)
        md.treeprocessors.register(_Pictures(md, self), "body-pictures", PRIORITY)

    def plan(self, address: str) -> Plan | None:
        """The renditions of the picture that an author's address means."""
        return self.plans.get(image_file(self.page, address) or "")


class _Pictures(Treeprocessor):
    def __init__(self, md: Markdown, settings: BodyPictures) -> None:
        super().__init__(md)
        self.settings = settings

    def run(self, root: Element) -> None:
        first = True
        for parent in root.iter():
            first = first and parent.tag != "h2"  # what is below the first heading is not seen without scrolling
            for place, child in enumerate(list(parent)):
                file = image_file(self.settings.page, child.get("src", "")) if child.tag == "img" else None
                if file is None:
                    continue
                alt, classes = child.get("alt", ""), child.get("class", "").split()
                # What an author wrote behind it stays, so that the gate sees it.
                attributes = {name: value for name, value in child.items() if name not in ("src", "alt", "title")}
                if plan := self.settings.plans.get(file):
                    sizes, url = self.settings.sizes, self.settings.url
                    html = renditions.picture_html(plan, alt=alt, sizes=sizes, url=url, first=first)
                    first = False
                    replacement = Element("span", attributes | {"class": " ".join(["picture", *classes])})
                    replacement.text = self.md.htmlStash.store(html)
                else:  # the gate has said why; the words stand for the picture
                    replacement = Element("em", attributes)
                    replacement.text = alt
                replacement.tail = child.tail
                parent[place] = replacement
