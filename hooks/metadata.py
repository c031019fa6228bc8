"""Say in each page's head what it is, for search engines and for whoever passes it on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hipknee.addresses import absolute
from hipknee.content.catalogue import LIBRARY
from hipknee.pages import exercises_json, linked_data, open_graph
from hipknee.pages.pages import PICTURES

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page


def on_page_context(context: dict[str, Any], *, page: Page, config: MkDocsConfig, nav: Navigation) -> dict[str, Any]:
    pages, path = config.extra["pages"], page.file.src_uri
    told = pages.printable(path)
    if told is None:
        return context
    address = absolute(config.extra["urls"], config.site_url or "")
    setting = linked_data.Setting(
        site=config.site_name,
        language=config.theme["language"],
        address=address if config.site_url else None,
        picture=lambda image: pages.plain_picture(image, address),
        vocabulary=pages.catalogue.vocabulary.value,
        sources=pages.catalogue.sources.value.root,
        say=pages.say,
        clinic=pages.clinic,
    )
    card = config.extra["share_cards"].get(path)
    return context | {
        "description": told.summary,
        "data": exercises_json.NAME if path == LIBRARY else None,
        "linked_data": linked_data.script(linked_data.of_page(told, path, pages.trail(path), setting)),
        "properties": open_graph.properties(told, path, setting, card and address(PICTURES + card.name)),
    }
