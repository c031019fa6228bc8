"""Write the Content-Security-Policy into every published page, so that any web server's copy is safe."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from hipknee.publish import policy
from mkdocs.plugins import event_priority

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

log = logging.getLogger("mkdocs.hooks.policy")


@event_priority(-50)  # after everything that writes a page, before publish.py swaps
def on_post_build(*, config: MkDocsConfig) -> None:
    if not config.extra["publishing"]:  # live reload needs an inline script
        return
    site = Path(config.site_dir)
    for problem in policy.check(site, Path(config.extra["published_to"]).name):
        log.error("%s", problem)
    value = policy.of_site(site, header=False)
    for path in site.rglob("*.html"):
        path.write_text(policy.written(path.read_text("utf-8"), value), "utf-8", newline="\n")
