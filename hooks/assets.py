"""Give the site's own style sheets, scripts and fonts names with a hash, and leave out what the theme brings unused."""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING

from hipknee import fingerprints
from hipknee.script_text import published
from jinja2 import ChoiceLoader, FileSystemLoader
from mkdocs.structure.files import File
from mkdocs.utils import get_theme_dir

if TYPE_CHECKING:
    import jinja2
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

OWN = ("assets/*.css", "assets/*.js", "assets/*.woff2")
THEME = "hipknee_theme"
THEMES = ("assets/stylesheets/main.*.min.css",)  # all that the frame asks for


def on_config(config: MkDocsConfig) -> None:
    # MkDocs would go through all of the theme's 14,000 icons in each build, and its server twice a second.
    folder = get_theme_dir(config.theme.name or "material")
    config.extra[THEME] = folder
    config.theme.dirs = [path for path in config.theme.dirs if path != folder]


def on_files(files: Files, *, config: MkDocsConfig) -> None:
    own = {file.src_uri: file for file in files if file.src_dir == config.docs_dir}
    for file in list(files):
        brought = file.src_uri not in own and not file.generated_by
        if brought and not any(fnmatch(file.src_uri, pattern) for pattern in THEMES):
            files.remove(file)
    theme = Path(config.extra[THEME])
    for name in [file.relative_to(theme).as_posix() for pattern in THEMES for file in theme.glob(pattern)]:
        files.append(File(name, str(theme), config.site_dir, config.use_directory_urls))
    renamed = {path: file for path, file in own.items() if any(fnmatch(path, pattern) for pattern in OWN)}
    contents = {path: file.content_bytes for path, file in renamed.items()}
    contents |= {path: published(contents[path]) for path in contents if path.endswith(".js")}
    for path, (name, content) in fingerprints.rename(contents).items():
        files.remove(renamed[path])
        files.append(File.generated(config, name, content=content))


def on_env(env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> None:
    theirs = FileSystemLoader(config.extra[THEME])  # with the icons
    env.loader = ChoiceLoader([env.loader, theirs]) if env.loader else theirs
    asset = fingerprints.finder(files.src_uris)
    env.globals["asset"] = asset
    config.extra_css = [asset(path) for path in config.extra_css]
    for place, script in enumerate(config.extra_javascript):
        if isinstance(script, str):
            config.extra_javascript[place] = asset(script)
        else:
            script.path = asset(script.path)
