"""Write the PDFs: handouts, large print and the tick chart before the pages, the booklet from the pages."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from hipknee.content.catalogue import EXERCISES, LIBRARY
from hipknee.content.front_matter import read_data
from hipknee.pdf_names import FOLDER
from hipknee.print.booklet import BookletPage
from hipknee.print.press import Press, make, prune
from hipknee.print.typesetting import Typesetter
from mkdocs.structure.files import File

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hipknee.print.press import Sheet
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

log = logging.getLogger("mkdocs.hooks.pdfs")
typesetters: dict[Path, Typesetter] = {}  # kept for as long as the process lives: warm, a sheet takes a tenth


def on_files(files: Files, *, config: MkDocsConfig) -> None:
    extra = config.extra
    site_url = config.site_url or ""
    if not extra["publishing"]:  # MkDocs has put its own address there, and a printed code must never lead to it
        settings = Path(config.config_file_path)
        site_url = read_data(settings.name, settings.read_bytes())[0].data.get("site_url") or ""
    if not site_url and not typesetters:
        log.info("No site_url in mkdocs.yml: the sheets carry no QR code.")
    extra["press"] = press = Press(extra["pages"], extra["plans"], "/.cache/pictures", site_url)
    made = _make([*press.handouts(), *press.tick_charts()], config)
    for name, path in made.items():
        files.append(File.generated(config, FOLDER + name, abs_src_path=str(path)))
    extra["bodies"] = {}


def on_page_content(html: str, *, page: Page, config: MkDocsConfig, files: Files) -> None:
    config.extra["bodies"][page.file.src_uri] = (page.url, str(page.title), html)


def on_nav(nav: Navigation, *, config: MkDocsConfig, files: Files) -> None:
    catalogue = config.extra["report"].catalogue
    order = [page.file.src_uri for page in nav.pages]
    at = order.index(LIBRARY) + 1 if LIBRARY in order else len(order)
    order[at:at] = [f"{EXERCISES}/{slug}.md" for slug in catalogue.exercises]
    config.extra["booklet_order"] = list(dict.fromkeys(order))


def on_post_build(*, config: MkDocsConfig) -> None:
    extra = config.extra
    library = extra["report"].catalogue.library.draft.title
    bodies = [
        BookletPage(path, *extra["bodies"][path], part=library if path.startswith(f"{EXERCISES}/") else None)
        for path in extra["booklet_order"]
        if path in extra["bodies"]
    ]
    extra["booklet_pages"] = bodies
    made = _make(extra["press"].booklets(config.site_name, bodies), config)
    folder = Path(config.site_dir, FOLDER)
    folder.mkdir(exist_ok=True)
    for name, path in made.items():
        shutil.copyfile(path, folder / name)
    if extra["publishing"]:
        prune(_cache(config), extra["printed"])


def _make(sheets: Iterable[Sheet], config: MkDocsConfig) -> dict[str, Path]:
    root = Path(config.config_file_path).parent
    typesetter = typesetters.setdefault(root, Typesetter(root))
    made, problems = make(sheets, typesetter, _cache(config))
    config.extra.setdefault("printed", []).extend(made.values())
    for problem in problems:
        log.warning("%s", problem)
    config.extra["pages"].report_also(problems)
    return made


def _cache(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).parent / ".cache" / "print"
