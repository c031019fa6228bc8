"""Draw the picture that stands for each page where a link to it is passed on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from hipknee.pages.pages import PICTURES
from hipknee.pictures import share_cards
from mkdocs.structure.files import File

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files


def on_files(files: Files, *, config: MkDocsConfig) -> None:
    config.extra["share_cards"] = cards = {}
    if not config.extra["publishing"] or not config.site_url:  # a picture is told by its whole address only
        return
    cards |= config.extra["pages"].share_cards(config.site_name)
    cache = Path(config.config_file_path).parent / ".cache" / "share"
    for name, path in share_cards.make(cards.values(), cache).items():
        files.append(File.generated(config, PICTURES + name, abs_src_path=str(path)))
