"""Say what is wrong where editors look: on the page, and on one page of all problems. Readers see what is overdue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hipknee.addresses import addresses
from mkdocs.structure.files import File, InclusionLevel

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

ALL = "problems.md"


def on_files(files: Files, *, config: MkDocsConfig) -> None:
    if not config.extra["publishing"]:
        files.append(File.generated(config, ALL, content="", inclusion=InclusionLevel.NOT_IN_NAV))
        config.extra["urls"][ALL] = files.src_uris[ALL].url


def on_page_content(html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
    pages, url = config.extra["pages"], addresses(config.extra["urls"], page.url)
    if page.file.src_uri == ALL:
        page.title = page.meta["title"] = pages.say("problems_title")
        return str(pages.all_problems(url))
    return str(pages.banner(page.file.src_uri, url, problems=not config.extra["publishing"])) + html
