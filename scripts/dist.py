"""Put what a clinic hands on into dist/: the site to upload, settings of web servers, a zip to open from a folder."""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import tomllib
from functools import partial
from pathlib import Path

from hipknee.calls import a_path, run
from hipknee.content import catalogue
from hipknee.content.switchboard import Switchboard
from hipknee.embedding import FOLDER
from hipknee.publish import folder_copy, hidden, hosting, ingredients, swap
from hipknee.refusals import sentence
from hipknee.site import damaged

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, epilog="Exit status: 0 done, 1 not done, 2 wrong usage.")
    parser.add_argument("--root", type=a_path, default=ROOT, help="the project's folder (default: this one)")
    root = parser.parse_args(arguments).root.resolve()
    site, dist = root / "site", root / "dist"
    if not (site / "index.html").is_file():
        print("There is no built site in site/. Run 'make build' first.", file=sys.stderr)
        return 1
    board = Switchboard.read(root)
    clinic, unclear = catalogue.clinic(root)
    problems = [*board.problems, *unclear, *damaged(site, root)]
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        return 1
    if bool(clinic.embed) != (site / FOLDER).is_dir():
        message = f"'embed' in docs/{catalogue.CLINIC} was changed after site/ was built. Run 'make build' first."
        print(message, file=sys.stderr)
        return 1
    texts = hosting.files(board.url, clinic.embed)
    folder = re.sub(r"[^a-z0-9]+", "-", board.name.lower()).strip("-") or "site"
    packed = dist / f"{folder}.zip"
    part = packed.with_suffix(".zip.part")
    bills = _bills()
    begun: list[Path] = []
    try:
        ready = swap.begin(dist / "site")
        begun.append(ready)
        servers = swap.begin(dist / "hosting")
        begun.append(servers)
        shutil.copytree(site, ready, dirs_exist_ok=True, ignore=partial(_foreign, site, root / "docs"))
        total = hosting.compress(ready)
        for name, text in texts.items():
            ((ready if name in hosting.IN_SITE else servers) / name).write_text(text, "utf-8", newline="\n")
        folder_copy.pack(site, folder, part)
        swap.commit(ready, dist / "site")
        swap.commit(servers, dist / "hosting")
        part.replace(packed)
        for name, text in bills.items():
            part.write_text(text, "utf-8", newline="\n")
            part.replace(dist / name)
    except (OSError, shutil.Error) as error:
        print(f"dist/ could not be written. It is unchanged. {sentence(error, root)}", file=sys.stderr)
        return 1
    finally:
        part.unlink(missing_ok=True)
        for aside in begun:
            swap.discard(aside)
    sizes = {ending: f"{size / 1000:.0f} kB" for ending, size in total.items()}
    print(f"dist/site: the site to upload. Texts {sizes['']}, with gzip {sizes['.gz']}, with Brotli {sizes['.br']}.")
    print(f"dist/hosting: {', '.join(name for name in texts if name not in hosting.IN_SITE)}")
    print(f"dist/{', dist/'.join(bills)}: what it is made with and of, and under which licenses")
    print(f"dist/{packed.name}: to unzip and open from a folder, {packed.stat().st_size / 1e6:.1f} MB")
    return 0


def _bills() -> dict[str, str]:
    """What the engine is made with, for programs and for people."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    parts = ingredients.all_of((ROOT / "requirements.txt").read_text("utf-8"))
    return {
        "sbom.cdx.json": ingredients.cyclonedx(parts, project["name"], project["version"]),
        "LICENSES.txt": ingredients.listed(parts, project["name"], project["version"]),
    }


def _foreign(site: Path, docs: Path, folder: str, names: list[str]) -> list[str]:
    """Of the names in a folder of the site, those of what no build has put there: a repository with its keys."""
    inside = Path(folder).relative_to(site).as_posix()
    paths = {name: f"{inside}/{name}".removeprefix("./") for name in names}
    return [name for name, path in paths.items() if not hidden.is_of_site(path, docs)]


if __name__ == "__main__":
    sys.exit(run(main))
