"""Write PDFs to hand out: handouts, large print, the tick chart and the booklet."""

from __future__ import annotations

import argparse
import logging
import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from hipknee.calls import a_path, folder_to_fill, run, share
from hipknee.pdf_names import PAPERS
from hipknee.pictures import rendering
from hipknee.print.booklet import BookletPage
from hipknee.print.making import Sheet, make, missing
from hipknee.print.press import Press
from hipknee.print.typesetting import typesetter
from hipknee.problems import counted
from hipknee.progress import Progress
from hipknee.site import PRINTS, Site, site_of
from hipknee.stock import Stock
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "dist" / "pdf"
EXAMPLES = """\
examples:
  python scripts/export_pdf.py                                everything, on both papers, into dist/pdf/
  python scripts/export_pdf.py --paper a4 --only clamshell    one handout
  python scripts/export_pdf.py --large                        the handouts in large print (18 pt)
  python scripts/export_pdf.py --grey --out /tmp/grey         for a black-and-white printer
  python scripts/export_pdf.py --shard 2/8                    an eighth of what is not made yet, the second

Of a large library, several machines can each make a share: call it with --shard 1/8 on one, 2/8 on the next and so on,
all with the same sources and the same .cache. A share is left in .cache/print and not copied. Put the files of all
machines into one .cache/print, and the next build, or export, finds them there.

Exit status: 0 written, 1 something to fix, 2 wrong usage."""


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--paper", choices=PAPERS, help="one paper only (default: both)")
    parser.add_argument("--large", action="store_true", help="only the handouts in large print")
    parser.add_argument("--grey", action="store_true", help="no color: for black-and-white printers")
    parser.add_argument("--only", metavar="SLUG", help="only the handout of this exercise, such as 'clamshell'")
    parser.add_argument(
        "--shard",
        type=share,
        metavar="N/OF",
        help="only every OF-th of the missing sheets, from the N-th on: see below",
    )
    parser.add_argument("--out", type=folder_to_fill, metavar="DIR", default=OUT, help="default: dist/pdf")
    parser.add_argument("--root", type=a_path, default=ROOT, help="the project's folder (default: this project)")
    options = parser.parse_args()
    root = options.root.resolve()
    if not (root / "mkdocs.yml").is_file():
        parser.error(f"there is no mkdocs.yml in {root}")
    try:
        site = _built(root)
    except (MkDocsException, SystemExit) as error:
        print(error, file=sys.stderr)
        return 1
    press, slugs = site.press, [*site.pages.exercises]
    if options.only and options.only not in slugs:
        parser.error(f"there is no exercise '{options.only}'; choose from: {', '.join(slugs)}")
    if options.grey:
        grey = Stock(root / ".cache" / "pictures-grey")
        plans = rendering.grey(site.plans, grey)
        press = replace(press, plans=plans, folder=f"/.cache/{grey.folder.name}", grey=True)
    sheets, stock = _sheets(press, options, site.booklet_pages()), site.stocks.print
    if options.shard:
        number, count = options.shard
        sheets = missing(sheets, stock)[number - 1 :: count]
    files, problems = make(sheets, typesetter(root), stock, Progress)
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        return 1
    if options.shard:
        print(f"{counted(len(files), 'sheet')} made, in {stock.folder}")
        return 0
    options.out.mkdir(parents=True, exist_ok=True)
    for name, path in files.items():
        part = options.out / f".{name}.part"
        try:
            shutil.copyfile(path, part)
            part.replace(options.out / name)
        finally:
            part.unlink(missing_ok=True)
        print(options.out / name)
    return 0


def _built(root: Path) -> Site:
    """A build of the site without its sheets: the booklet's pages are those that it renders."""
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    with tempfile.TemporaryDirectory() as folder:
        config = load_config(str(root / "mkdocs.yml"), site_dir=str(Path(folder, "site")))
        config.extra[PRINTS] = False
        config.plugins.on_startup(command="build", dirty=False)
        try:
            build(config)
        finally:
            config.plugins.on_shutdown()
    return site_of(config.extra)


def _sheets(press: Press, options: argparse.Namespace, pages: list[BookletPage]) -> list[Sheet]:
    papers = [options.paper] if options.paper else list(PAPERS)
    if options.only:
        return [press.handout(options.only, paper, options.large) for paper in papers]
    if options.large:
        return list(press.handouts(papers, sizes=[True]))
    return [
        *press.handouts(papers),
        *press.tick_charts(papers),
        *press.programmes(papers),
        *press.booklets(pages, papers),
    ]


if __name__ == "__main__":
    sys.exit(run(main))
