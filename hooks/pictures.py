"""Make the pictures that browsers get from the originals in images/, and put them into the site."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from hipknee.pages.pages import PICTURES
from hipknee.pictures import renditions
from mkdocs.structure.files import File

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files


def on_files(files: Files, *, config: MkDocsConfig) -> None:
    pictures = config.extra["report"].pictures
    plans = {file: renditions.plan(one, str(PurePosixPath(file).with_suffix(""))) for file, one in pictures.items()}
    # Not in a watched folder: that would rebuild for ever.
    cache = Path(config.config_file_path).parent / ".cache" / "pictures"
    for name, path in renditions.render(plans.values(), cache).items():
        files.append(File.generated(config, PICTURES + name, abs_src_path=str(path)))
    if config.extra["publishing"]:
        renditions.prune(cache, {one.name for plan in plans.values() for one in plan.renditions})
    config.extra["plans"] = plans
