"""A table that can be stacked on a phone: a Python-Markdown extension.

Below 600 px docs/assets/stylesheets/site.css shows each row as a block, each cell with its column's heading before it.
That takes the table's meaning away from screen readers, which go by how it is shown, so it is said with roles.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from .table_roles import ROLES

# Below the one that turns Markdown's inline marks into elements (20): a heading's text is whole then.
PRIORITY = 12


class Tables(Extension):
    """Says what the parts of every table are, and gives each cell its column's heading as `data-label`."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802, the name is Markdown's
        md.treeprocessors.register(_Labels(md), "stacked-tables", PRIORITY)


class _Labels(Treeprocessor):
    def run(self, root: Element) -> None:
        for table in root.iter("table"):
            labels = ["".join(heading.itertext()).strip() for heading in table.findall("thead/tr/th")]
            for part in table.iter():
                if role := ROLES.get(part.tag):
                    part.set("role", role)
            for row in table.findall("tbody/tr"):
                for cell, label in zip(row, labels, strict=False):
                    cell.set("data-label", label)
