"""Make the published site readable without a network, unless mkdocs.yml says `offline: false`. Show its version."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from hipknee.publish import service_worker
from mkdocs.exceptions import ConfigurationError
from mkdocs.plugins import event_priority

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig


def on_config(config: MkDocsConfig) -> None:
    if not isinstance(config.extra.setdefault("offline", True), bool):
        raise ConfigurationError("'offline' under 'extra' in mkdocs.yml must be true or false.")
    # Not while serving: an editor must see what was saved, and nothing else.
    config.extra["worker"] = service_worker.NAME if config.extra["offline"] and config.extra["publishing"] else None


@event_priority(-40)  # after everything that writes a page, before policy.py
def on_post_build(*, config: MkDocsConfig) -> None:
    site, text = Path(config.site_dir), service_worker.forgetting()
    if config.extra["publishing"]:
        version = service_worker.version(site)
        for path in site.rglob("*.html"):
            path.write_text(service_worker.stamped(path.read_text("utf-8"), version), "utf-8", newline="\n")
        if config.extra["worker"]:
            pictures = {plan.saved.name for plan in config.extra["plans"].values()}
            text = service_worker.worker(site, version, pictures)
    (site / service_worker.NAME).write_text(text, "utf-8", newline="\n")
