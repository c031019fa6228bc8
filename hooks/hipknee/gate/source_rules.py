"""That readers can judge each source and find it, or are told what nobody could find."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, get_args

from ..content.catalogue import Catalogue
from ..content.data_files import SourceField
from ..problems import Problem
from ..rules import Rule

NEEDED: Final[Mapping[str, tuple[tuple[str, ...], ...]]] = {
    "paper": (("authors",), ("title",), ("journal",), ("year",), ("doi", "pmid")),
    "web": (("authors",), ("title",), ("year",), ("url",)),
}
"""What each kind of source can't do without. Of several fields one will do."""


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """A source has all that its kind needs, or says in `not_found` what could not be found."""
    document = catalogue.sources.document
    for key, source in document.data.items():  # as it is written: what is wrong elsewhere hides nothing here
        if not _is_clear(source):
            continue
        has = {field for field, value in source.items() if value is not None}
        not_found = source.get("not_found") or []
        needed = NEEDED[source.get("kind", "paper")]
        lacking = [fields for fields in needed if not has & {*fields} and not {*not_found} >= {*fields}]
        if lacking:
            message = f"'{key}' lacks {_listed(lacking)}."
            yield Problem(document.path, document.line(key), Rule.SOURCE_INCOMPLETE, message, _hint(lacking, source))
        for n, field in enumerate(not_found):
            if field in has:
                message = f"'not_found' names '{field}', which '{key}' has."
                line = document.line(key, "not_found", n)
                yield Problem(document.path, line, Rule.SOURCE_INCOMPLETE, message, "Take it out of 'not_found'.")


def _is_clear(source: Any) -> bool:
    """Whether it is known what it needs and what it says that was not found: else a slip there would be told twice."""
    if not isinstance(source, Mapping) or source.get("kind", "paper") not in NEEDED:
        return False
    not_found = source.get("not_found") or []
    return isinstance(not_found, list) and all(field in get_args(SourceField) for field in not_found)


def _listed(lacking: list[tuple[str, ...]]) -> str:
    names = [" or ".join(f"'{field}'" for field in fields) for fields in lacking]
    return ", ".join(names[:-1]) + (" and " if names[1:] else "") + names[-1]


def _hint(lacking: list[tuple[str, ...]], source: Mapping[str, Any]) -> str:
    """What to do: a field, or what to write where there is none."""
    fields = [*(source.get("not_found") or []), *(field for fields in lacking for field in fields)]
    say = f"dd it, or, if it can't be found, write: not_found: [{', '.join(dict.fromkeys(fields))}]"
    is_web = "url" in source and "kind" not in source
    return f"If it is a web page, write 'kind: web'. Else a{say}" if is_web else f"A{say}"
