"""Hand every page to the site: its text, its content, and what the frame says of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from hipknee.site import site_of
from hipknee.text.headings import outline
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File
from mkdocs.structure.toc import get_toc

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page


class StoredFile(File):
    """A page that was made before: others may link to it, and MkDocs neither reads nor writes it."""

    def is_documentation_page(self) -> bool:
        return False

    def copy_file(self, dirty: bool = False) -> None:
        pass


@event_priority(-50)  # when all that is read of files has been read
def on_files(files: Files, *, config: MkDocsConfig) -> None:
    for path in site_of(config.extra).left_out:
        files.remove(files.src_uris[path])
    for path in site_of(config.extra).stored:
        old = files.src_uris[path]
        files.remove(old)
        place = (old.src_uri, old.src_dir, old.dest_dir, old.use_directory_urls)
        files.append(StoredFile(*place, dest_uri=old.dest_uri, inclusion=old.inclusion))


def on_nav(nav: Navigation, *, config: MkDocsConfig, files: Files) -> None:
    site = site_of(config.extra)
    site.order = [page.file.src_uri for page in nav.pages]
    for page in nav.pages:
        if page.file.src_uri in site.stored:  # MkDocs will not read them
            page.title = site.pages.title(page.file.src_uri)
    config.markdown_extensions.extend(site.extensions.all)  # type: ignore[arg-type]  # Markdown takes objects, too


def on_page_read_source(*, page: Page, config: MkDocsConfig) -> str | None:
    # The gate has read it, and has reported it if it can't be read. MkDocs would stop at a byte that is not UTF-8, also
    # in a file that it takes for a page and the gate does not, such as notes.markdown.
    if page.file.src_uri in site_of(config.extra).report.catalogue.pages:
        return ""
    return Path(page.file.abs_src_path).read_text("utf-8-sig", "replace") if page.file.abs_src_path else None


def on_page_markdown(markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
    site, path = site_of(config.extra), page.file.src_uri
    entry = site.report.catalogue.pages.get(path)
    if entry:
        page.meta = dict(entry.document.data)
    body = site.markdown(path, page.url)
    return markdown if body is None else body


def on_page_content(html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
    content = site_of(config.extra).content(page.file.src_uri, page.url, str(page.title), html)
    page.title = page.meta["title"] = content.title
    page.toc = get_toc(outline(content.facts.headings))
    page.present_anchor_ids = {*content.facts.ids, *(page.present_anchor_ids or ())}
    return content.html


def on_page_context(context: dict[str, Any], *, page: Page, config: MkDocsConfig, nav: Navigation) -> dict[str, Any]:
    return context | site_of(config.extra).context(page.file.src_uri)
