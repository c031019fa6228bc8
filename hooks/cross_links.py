"""Link first mentions, number citations and make pictures and tables fit a phone in what authors write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hipknee.addresses import addresses
from hipknee.pages.pages import PICTURES, SIZES
from hipknee.text.body_pictures import BodyPictures
from hipknee.text.citations import Citations
from hipknee.text.first_mentions import FirstMentions
from hipknee.text.tables import Tables

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page


def on_files(files: Files, *, config: MkDocsConfig) -> None:
    extra = config.extra
    extra["mentions"] = FirstMentions(extra["pages"].terms())
    extra["citations"] = Citations()
    extra["body_pictures"] = BodyPictures(extra["plans"], SIZES["whole"])
    config.markdown_extensions += [extra["mentions"], extra["citations"], extra["body_pictures"], Tables()]


def on_page_markdown(markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
    extra, path = config.extra, page.file.src_uri
    url = addresses(extra["urls"], page.url)
    extra["mentions"].page = extra["body_pictures"].page = path
    extra["body_pictures"].url = lambda name: url(PICTURES + name)
    entry = extra["report"].catalogue.pages().get(path)
    if entry is None:
        return markdown
    extra["citations"].word = extra["pages"].say("source")
    extra["citations"].labels = extra["pages"].source_labels
    extra["citations"].evidence = entry.draft.evidence or []
    body: str = entry.document.body  # MkDocs prints front matter that it can't read into the page
    return body
