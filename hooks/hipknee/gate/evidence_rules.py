"""What a page rests on: its list of sources, and what its text cites."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from ..content.catalogue import Catalogue, PageEntry
from ..content.kinds import CONDITION
from ..problems import Problem, did_you_mean
from ..rules import Rule
from ..text.cited_keys import cited

_WITHOUT_AT = re.compile(r"(?<![\]\w`])\[([a-z][a-z0-9-]+)\](?![(\[:])")


def of_page(catalogue: Catalogue, entry: PageEntry[Any]) -> Iterator[Problem]:
    """What a page rests on is in the list of sources; what its text cites is in the page's evidence."""
    sources = catalogue.sources.part(lambda sources: sources.root)
    if sources is not None and entry.kind is CONDITION:
        for n, key in enumerate(entry.part(lambda page: page.medicines and page.medicines.sources) or []):
            if key not in sources:
                line = entry.document.line("medicines", "sources", n)
                yield Problem(entry.path, line, Rule.EVIDENCE_UNKNOWN, *_unknown(key, sources))
    evidence = entry.face.evidence
    if evidence is None:
        return
    for n, key in enumerate(evidence):
        if sources is not None and key not in sources:
            line = entry.document.line("evidence", n)
            yield Problem(entry.path, line, Rule.EVIDENCE_UNKNOWN, *_unknown(key, sources))
        elif key in evidence[:n]:
            line = entry.document.line("evidence", n)
            yield Problem(entry.path, line, Rule.VALUE_INVALID, f"'{key}' is listed twice.")
    for match in _WITHOUT_AT.finditer(entry.document.body):
        if match[1] in (sources or ()):
            line = entry.document.body_line + entry.document.body.count("\n", 0, match.start())
            message = f"'[{match[1]}]' would be printed as it is."
            yield Problem(entry.path, line, Rule.EVIDENCE_UNKNOWN, message, f"Write [@{match[1]}] for the source.")
    for line, key in cited(entry.document.body):
        if key not in evidence:
            hint = "Add it to 'evidence'." if key in (sources or ()) else source_hint(key, evidence)
            at = entry.document.body_line + line - 1
            yield Problem(entry.path, at, Rule.EVIDENCE_UNKNOWN, f"'{key}' is not in this page's 'evidence'.", hint)


def _unknown(key: str, sources: Iterable[str]) -> tuple[str, str]:
    """That a key is none of the sources, and what to do."""
    return f"'{key}' is not in docs/_data/sources.yml.", source_hint(key, sources)


def source_hint(key: str, known: Iterable[str]) -> str:
    """A known source of the same year: of another year it is another study, however alike its key is."""
    year = [digit for digit in key if digit.isdigit()]
    same_year = [other for other in known if [digit for digit in other if digit.isdigit()] == year]
    return did_you_mean(key, same_year) or "Correct it, or add the source there."
