"""The templates of the pages, and what they print with.

No printed word stands in a template: each asks `say("name")`, which looks into docs/_data/words.<language>.yml.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined

from ..places import PAGE_TEMPLATES
from ..wording import Say, Word


def environment(words: Mapping[str, Word], bytecode: BytecodeCache | None = None) -> Environment:
    """The templates, saying `words`. Everything that is printed is escaped.

    `bytecode` knows what was compiled before.
    """
    jinja = Environment(
        loader=FileSystemLoader(PAGE_TEMPLATES, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=bytecode,
    )

    jinja.globals["say"] = Say(words)
    jinja.filters["host"] = lambda address: urlsplit(address).netloc
    jinja.filters["full_stop"] = lambda text: text if text[-1] in ".?!…" else f"{text}."
    return jinja
