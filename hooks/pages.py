"""Print the pages: the facts of the front matter around the author's text, and links between the two."""

from __future__ import annotations

import datetime
import json
import os
from typing import TYPE_CHECKING

from hipknee.body_pictures import BodyPictures
from hipknee.citations import Citations
from hipknee.first_mentions import FirstMentions
from hipknee.headings import outline
from hipknee.model import Exercise
from hipknee.pages import PICTURES, SIZES, Pages
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.toc import get_toc
from mkdocs.utils import get_relative_url

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

PROBLEMS = "problems.md"
SCHEMA = "exercise.schema.json"


def on_files(files: Files, *, config: MkDocsConfig) -> None:
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    today = datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date() if epoch else datetime.date.today()
    extra = config.extra
    extra["pages"] = pages = Pages(extra["report"], extra["plans"], extra["read_clinic"], today)
    extra["mentions"] = FirstMentions(pages.terms())
    extra["citations"] = Citations()
    extra["body_pictures"] = BodyPictures(extra["plans"], SIZES["whole"])
    config.markdown_extensions += [extra["mentions"], extra["citations"], extra["body_pictures"]]

    def address(old: str, new: str) -> str:
        return get_relative_url(files.src_uris[new].url, File.generated(config, old, content="").url)

    for old, html in pages.redirects(address, config.theme["language"]).items():
        files.append(File.generated(config, old.removesuffix(".md") + "/index.html", content=html))
    schema = json.dumps(Exercise.model_json_schema(), indent=2, ensure_ascii=False)
    files.append(File.generated(config, SCHEMA, content=schema))
    if not extra["publishing"]:
        problems = File.generated(config, PROBLEMS, content="", inclusion=InclusionLevel.NOT_IN_NAV)
        files.append(problems)


def on_page_markdown(markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
    extra, path = config.extra, page.file.src_uri
    catalogue = extra["report"].catalogue
    entry = catalogue.pages().get(path)
    extra["mentions"].page = extra["body_pictures"].page = path
    extra["body_pictures"].url = lambda name: get_relative_url(PICTURES + name, page.url)
    extra["citations"].word = extra["pages"].environment.globals["say"]("source")
    extra["citations"].labels = {key: one.short for key, one in (catalogue.sources.draft.root or {}).items()}
    extra["citations"].evidence = (entry.draft.evidence if entry else None) or []
    if entry is None:
        return markdown
    page.meta.setdefault("description", entry.draft.summary)
    return entry.document.body  # MkDocs prints front matter that it can't read into the page


def on_page_content(html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
    pages: Pages = config.extra["pages"]

    def url(path: str) -> str:
        path, hash_, fragment = path.partition("#")
        file = files.src_uris.get(path)
        return get_relative_url(file.url if file else path, page.url) + hash_ + fragment

    if page.file.src_uri == PROBLEMS:
        page.title = page.meta["title"] = pages.environment.globals["say"]("problems_title")
        return pages.all_problems(url)
    content = pages.render(page.file.src_uri, html, url)
    headings, ids = outline(content)
    page.toc = get_toc(headings)
    page.present_anchor_ids |= ids
    return pages.banner(page.file.src_uri, url, problems=not config.extra["publishing"]) + content
