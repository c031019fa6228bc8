"""Open the site of a build: check the content first, then add every file that is made and not written."""

from __future__ import annotations

import logging
import sys
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from hipknee import site
from hipknee.content.kinds import PROBLEMS
from hipknee.gate.house_rules import DOORS
from hipknee.progress import counting
from hipknee.publish import failure
from hipknee.publish.publication import Echoes, Publication, publication_of
from hipknee.site import GeneratedFile, Settings, Site, site_of
from mkdocs import __version__ as builder
from mkdocs.exceptions import Abort, ConfigurationError
from mkdocs.structure.files import File, InclusionLevel

if TYPE_CHECKING:
    import jinja2
    from hipknee.gate.gate import Report
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

log = logging.getLogger("mkdocs.hooks.site")
echoes = Echoes("mkdocs", "properdocs")


def on_config(config: MkDocsConfig) -> None:
    config.extra.setdefault("offline", True)
    try:
        site.today()
    except ValueError as error:
        raise ConfigurationError(str(error)) from None


def on_files(files: Files, *, config: MkDocsConfig) -> None:
    publication = publication_of(config.extra)
    if not publication:
        files.append(File.generated(config, PROBLEMS, content="", inclusion=InclusionLevel.NOT_IN_NAV))
    settings = _settings(files, config)
    report = site.check(settings)
    _tell(report, settings.root, publication)
    config.extra[site.KEY] = opened = Site.opened(settings, report)
    for line in opened.news:
        log.info(line)
    generated, problems = opened.files()
    for problem in problems:
        log.warning("%s", problem)
    for name, text, source in [*generated, *map(GeneratedFile, opened.further_pages)]:
        copied = source and File.generated(config, name, abs_src_path=str(source))
        files.append(copied or File.generated(config, name, content=text, inclusion=InclusionLevel.NOT_IN_NAV))


def _tell(report: Report, root: Path, publication: Publication | None) -> None:
    echoes.told_all = bool(report.problems)
    for problem in report.problems:
        log.warning("%s", problem.quoting(root) if sys.stderr.isatty() else problem)
    if refusal := failure.refusal(report.problems, publication.site if publication else None):
        raise Abort(refusal)


def on_env(env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> None:
    opened = site_of(config.extra)
    env.bytecode_cache = opened.pages.bytecode
    for name, text, _ in opened.late_files(files.src_uris, config.extra_css, config.theme.get("direction") or "ltr"):
        files.append(File.generated(config, name, content=text))
    env.globals.update(opened.frame())


def _settings(files: Files, config: MkDocsConfig) -> Settings:
    file = Path(config.config_file_path)
    return Settings(
        root=file.parent,
        file=file.name,
        name=config.site_name,
        url=config.site_url or "",
        urls={file.src_uri: file.url for file in files},
        pages=[file.src_uri for file in files.documentation_pages() if file.src_dir == config.docs_dir],
        publishing=publication_of(config.extra) is not None,
        offline=config.extra["offline"],
        frame=_frame(files, config),
        progress=counting(log.isEnabledFor(logging.INFO)),
        prints=site.prints(config.extra),
    )


def _frame(files: Files, config: MkDocsConfig) -> str:
    # What others put into pages follows from who knows what; and without a menu MkDocs makes one of what it reads.
    if not {*config.plugins} <= {f"hooks/{door}.py" for door in DOORS} or not config.nav:
        return ""
    assets = {file.src_uri: file.abs_src_path for file in files if file.src_uri.startswith("assets/")}
    names = ("copyright", "extra_css", "extra_javascript", "markdown_extensions", "mdx_configs", "nav", "site_author")
    extra = {name: value for name, value in dict(config.extra).items() if not name.startswith("hipknee_")}
    values = [config[name] for name in names], extra, {name: config.theme[name] for name in config.theme}
    return site.frame(assets, repr(values), f"{builder} {version('mkdocs-material')}")
