"""Write the index that readers search in their own browser, and tell the frame where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hipknee.pages import search
from mkdocs.structure.files import File

if TYPE_CHECKING:
    import jinja2
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page


def on_files(files: Files, *, config: MkDocsConfig) -> None:
    config.extra["rendered"] = []


def on_page_content(html: str, *, page: Page, config: MkDocsConfig, files: Files) -> None:
    config.extra["rendered"].append(search.Rendered(page.file.src_uri, page.url, str(page.title), html))


def on_env(env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> None:
    extra = config.extra
    found = search.documents(extra["rendered"], extra["report"].catalogue, extra["pages"].words())
    path, text = search.script(found)
    files.append(File.generated(config, path, content=text))
    extra["search_index"] = path
