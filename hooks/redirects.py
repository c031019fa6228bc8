"""Put a redirect into the site for every old name of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hipknee.addresses import relative
from mkdocs.structure.files import File

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files


def on_files(files: Files, *, config: MkDocsConfig) -> None:
    def address(old: str, new: str) -> str:
        return relative(files.src_uris[new].url, File.generated(config, old, content="").url)

    for old, html in config.extra["pages"].redirects(address, config.theme["language"]).items():
        files.append(File.generated(config, old.removesuffix(".md") + "/index.html", content=html))
