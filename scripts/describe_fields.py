"""Write guides/fields.md, the tables of fields, from the model: so they always say what is checked."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from hipknee.calls import a_path, run
from hipknee.gate.field_tables import describe_all

ROOT = Path(__file__).resolve().parent.parent
HEAD = """\
<!-- Written by `make docs` from hooks/hipknee/content/model.py. Do not edit: your changes would be lost. -->

# The fields

Every fact that a page can have in its front matter, and what it means. `a.b` is the field `b` inside `a`; `a[].b` is
the field `b` of each item in the list `a`. How to write a page: [Editing the site](editing.md).
"""


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, epilog="Exit status: 0 written, 1 not written, 2 wrong usage."
    )
    parser.add_argument("--root", type=a_path, default=ROOT, help="the project's folder (default: this project)")
    path = parser.parse_args().root / "guides" / "fields.md"
    if not path.parent.is_dir():
        parser.error(f"there is no {path.parent}")
    path.write_text(f"{HEAD}{describe_all().rstrip()}\n", "utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(run(main))
