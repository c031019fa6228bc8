"""Publish the exercises as data for other programs, and the schemas of what is written and of what is published."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hipknee.addresses import absolute
from hipknee.content.model import Exercise
from hipknee.pages import exercises_json
from hipknee.pages.pages import PICTURES
from mkdocs.structure.files import File

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

FRONT_MATTER = "exercise.schema.json"


def on_files(files: Files, *, config: MkDocsConfig) -> None:
    pages, address = config.extra["pages"], absolute(config.extra["urls"], config.site_url or "")
    published = {FRONT_MATTER: Exercise.model_json_schema(), exercises_json.SCHEMA: exercises_json.schema()}
    if pages.shared_is_whole:
        published[exercises_json.NAME] = exercises_json.data(
            pages.exercises,
            pages.catalogue,
            pages.plans,
            site=config.site_name,
            language=config.theme["language"],
            address=address,
            picture=lambda name: address(PICTURES + name),
        )
    for name, content in published.items():
        files.append(File.generated(config, name, content=json.dumps(content, indent=2, ensure_ascii=False)))
