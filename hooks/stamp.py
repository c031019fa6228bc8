"""Write into each exercise page what it was made from, so that a page built without the gate can be told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hipknee.content.catalogue import EXERCISES
from hipknee.publish import built_site

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.pages import Page


def on_post_page(output: str, *, page: Page, config: MkDocsConfig) -> str:
    catalogue = config.extra["report"].catalogue
    folder, _, name = page.file.src_uri.rpartition("/")
    slug = name.removesuffix(".md")
    if folder != EXERCISES or slug not in catalogue.exercises:
        return output
    return built_site.stamped(output, built_site.stamp(catalogue, slug))
