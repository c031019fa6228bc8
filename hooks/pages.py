"""Print the pages: the facts of the front matter around the author's text."""

from __future__ import annotations

import datetime
import os
from typing import TYPE_CHECKING, Any

from hipknee.addresses import addresses
from hipknee.pages.pages import Pages
from hipknee.text.headings import outline
from mkdocs.structure.toc import get_toc

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page


def on_files(files: Files, *, config: MkDocsConfig) -> None:
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    today = datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date() if epoch else datetime.date.today()
    extra = config.extra
    extra["pages"] = Pages(extra["report"], extra["plans"], extra["read_clinic"], today)
    extra["urls"] = {file.src_uri: file.url for file in files}


def on_page_content(html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
    url = addresses(config.extra["urls"], page.url)
    content: str = config.extra["pages"].render(page.file.src_uri, html, url)
    headings, ids = outline(content)
    page.toc = get_toc(headings)
    page.present_anchor_ids |= ids
    return content


def on_page_context(context: dict[str, Any], *, page: Page, config: MkDocsConfig, nav: Navigation) -> dict[str, Any]:
    urls, trail = config.extra["urls"], config.extra["pages"].trail(page.file.src_uri)
    return context | {"trail": [{"title": title, "url": urls[path]} for path, title in trail]}
