"""Give the site's own style sheets, scripts and fonts names with a hash, and leave out what the theme brings unused."""

from __future__ import annotations

from fnmatch import fnmatch
from typing import TYPE_CHECKING

from hipknee import fingerprints
from mkdocs.structure.files import File

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

OWN = ("assets/*.css", "assets/*.js", "assets/*.woff2")
THEMES = ("assets/stylesheets/main.*.min.css", "assets/images/favicon.png")  # all that the frame asks for


def on_files(files: Files, *, config: MkDocsConfig) -> None:
    for file in list(files):
        own = file.src_dir == config.docs_dir or file.generated_by
        if not own and file.src_uri.startswith("assets/") and not any(fnmatch(file.src_uri, one) for one in THEMES):
            files.remove(file)
    ours = {file.src_uri: file for file in files if file.src_dir == config.docs_dir}
    chosen = {path: file for path, file in ours.items() if any(fnmatch(path, pattern) for pattern in OWN)}
    made = fingerprints.rename({path: file.content_bytes for path, file in chosen.items()})
    for path, (name, content) in made.items():
        files.remove(chosen[path])
        files.append(File.generated(config, name, content=content))
    names = {path: name for path, (name, _) in made.items()}
    config.extra_css = [names.get(path, path) for path in config.extra_css]
    scripts = config.extra_javascript
    for place, script in enumerate(scripts):
        if isinstance(script, str):
            scripts[place] = names.get(script, script)
        else:
            script.path = names.get(script.path, script.path)
    config.extra["asset"] = lambda path: names.get(path, path)
