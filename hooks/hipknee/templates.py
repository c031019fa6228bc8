"""The templates of the pages, and the words that they print.

No printed word stands in a template: each asks `say("name")`, which looks into docs/_data/words.en.yml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from .catalogue import Catalogue
from .model import Role, Side
from .problems import Problem, did_you_mean

FOLDER = Path(__file__).parent / "templates"

_SAY = re.compile(r"""say\(["'](\w+)["'](?!\s*~)([^()]*)""")
_NAMES = re.compile(r"(\w+)=")
_BRACES = re.compile(r"\{(\w+)\}")
# What is said elsewhere than in a template, or by a name that a template puts together, and what it fills in.
_ALSO_SAID: dict[str, tuple[str, ...]] = {
    **{f"role_{role}": () for role in Role},
    **{f"side_{side.replace('-', '_')}": () for side in Side},
    **dict.fromkeys(("source_checked_part_verified", "source_checked_unverified", "source", "problems_title"), ()),
    **dict.fromkeys(("start", "finish", "easier", "harder", "each_side", "each_way"), ()),
    **dict.fromkeys(("second", "seconds"), ("count",)),
    "filter_count": ("shown", "all"),
    "picture_missing": ("alt",),
}


def environment(words: Mapping[str, str]) -> Environment:
    """The templates, saying `words`. Everything that is printed is escaped."""
    made = Environment(
        loader=FileSystemLoader(FOLDER, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )

    def say(name: str, **values: Any) -> str:
        text = words.get(name, name)
        return _BRACES.sub(lambda match: str(values.get(match[1], match[0])), text)

    made.globals["say"] = say
    made.filters["host"] = lambda address: urlsplit(address).netloc
    made.filters["full_stop"] = lambda text: text if text[-1] in ".?!…" else f"{text}."
    made.filters["tel"] = lambda number: re.sub(r"[^\d+]", "", number)
    return made


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """Every word that a template says must be there, with no other {names} than are filled in."""
    entry = catalogue.words
    words = entry.draft.root
    if words is None:
        return
    said = _said()
    for name in sorted(said.keys() - words.keys()):
        yield Problem(entry.path, 1, "key-missing", f"'{name}' is missing: a page prints it.", "Add it again.")
    for name, text in words.items():
        line = entry.document.line(name)
        if name not in said:
            hint = did_you_mean(name, said.keys())
            yield Problem(entry.path, line, "key-unknown", f"No page prints '{name}'.", hint or "Delete it.")
            continue
        for brace in _BRACES.findall(text):
            if brace not in said[name]:
                filled = ", ".join(f"{{{one}}}" for one in sorted(said[name])) or "nothing"
                message = f"{{{brace}}} in '{name}' is never filled in."
                yield Problem(entry.path, line, "value-invalid", message, f"Filled in are: {filled}.")


@cache
def _said() -> dict[str, set[str]]:
    """Every name that the templates say, with the names of the values that they fill in."""
    said = {name: set(values) for name, values in _ALSO_SAID.items()}
    for path in sorted(FOLDER.glob("*.html")):
        for name, values in _SAY.findall(path.read_text("utf-8")):
            said.setdefault(name, set()).update(_NAMES.findall(values))
    return said
