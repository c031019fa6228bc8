"""Write the tables of fields in CONTRIBUTING.md anew from the model, so that they always say what is checked."""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

from hipknee.gate.field_tables import describe_all

CONTRIBUTING = Path(__file__).resolve().parent.parent / "CONTRIBUTING.md"
FIELDS = re.compile(r"(?<=<!-- fields: written by `make docs` -->\n).*?(?=<!-- end of fields -->)", re.DOTALL)


def main() -> int:
    argparse.ArgumentParser(description=__doc__).parse_args()
    text = CONTRIBUTING.read_text("utf-8")
    if not FIELDS.search(text):
        print("CONTRIBUTING.md: the two comments that mark the place of the fields are missing.", file=sys.stderr)
        return 1
    CONTRIBUTING.write_text(FIELDS.sub(lambda _: describe_all(), text), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
