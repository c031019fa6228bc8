"""Put what is neither page nor picture into the site: a redirect for every old name, and the published schema."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hipknee.addresses import relative
from hipknee.model import Exercise
from mkdocs.structure.files import File

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

SCHEMA = "exercise.schema.json"


def on_files(files: Files, *, config: MkDocsConfig) -> None:
    def address(old: str, new: str) -> str:
        return relative(files.src_uris[new].url, File.generated(config, old, content="").url)

    for old, html in config.extra["pages"].redirects(address, config.theme["language"]).items():
        files.append(File.generated(config, old.removesuffix(".md") + "/index.html", content=html))
    schema = json.dumps(Exercise.model_json_schema(), indent=2, ensure_ascii=False)
    files.append(File.generated(config, SCHEMA, content=schema))
