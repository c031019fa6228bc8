"""What is asked of the clinic's settings beside their form: that they are the clinic's own, and in their file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from ..content.catalogue import CLINIC, Catalogue
from ..content.data_files import Clinic
from ..content.filling import texts
from ..problems import Problem, did_you_mean
from ..refusals import holds
from ..rules import Rule

_COLOR = re.compile(r"#[0-9a-f]{3,6}\b", re.IGNORECASE)
EXAMPLES: dict[str, frozenset[str]] = {
    "name": frozenset({"Riverside Physical Therapy"}),
    "number": frozenset({"904-555-0142", "904-555-0199 ext. 12"}),
    "booking": frozenset({"https://www.example.org/book"}),
    "report": frozenset({"mistakes@example.org"}),
    "security": frozenset({"security@example.org"}),
    "logo": frozenset({"clinic/logo.png"}),
    "colour": frozenset({"#7a1f4b"}),
    "address": frozenset({"https://www.example.org/about"}),
    "leave_out": frozenset({"id-of-a-group"}),
    "embed": frozenset({"https://intranet.example.org"}),
}
"""The values that docs/_data/clinic.yml shows as it ships; a test holds that they are the same. The paper and the
emergency number are not among them: there the file shows what holds without it."""


def check(catalogue: Catalogue) -> Iterator[Problem]:
    """The settings stand in docs/_data/clinic.yml, none is left empty, and none is that of the example."""
    yield from _elsewhere(catalogue)
    entry = catalogue.clinic
    for key, value in entry.document.data.items():
        field = Clinic.model_fields.get(key)
        if value is None and field and field.default is None:  # else the model has refused it
            yield _empty(catalogue, entry.document.line(key), key)
    for place, text in texts(entry.document.data):
        key = next((step for step in reversed(place) if isinstance(step, str)), "")
        if text in EXAMPLES.get(key, ()) and not (key == "logo" and holds((catalogue.images / text).is_file)):
            message = f"'{text}' is the example that the file shows."
            hint = "Write your own, or put a # before the line."
            yield Problem(entry.path, entry.document.line(*place), Rule.EXAMPLE_LEFT, message, hint)
    yield from _leaving_out(catalogue)


def _leaving_out(catalogue: Catalogue) -> Iterator[Problem]:
    """What is left out are groups that the library has, and never all of them."""
    entry, groups = catalogue.clinic, catalogue.library.part(lambda page: page.groups)
    ids = entry.part(lambda clinic: clinic.leave_out) or []
    if groups is None:
        return
    known = [group.id for group in groups]
    for n, id_ in enumerate(ids):
        if id_ not in known and id_ not in EXAMPLES["leave_out"]:
            message = f"There is no group of exercises '{id_}' in {catalogue.library.path}."
            hint = did_you_mean(id_, known) or (f"Choose from: {', '.join(known)}." if known else "Delete it.")
            yield Problem(entry.path, entry.document.line("leave_out", n), Rule.LINK_BROKEN, message, hint)
    if known and {*known} <= {*ids}:
        message = "This leaves out every exercise, so all of them are still there."
        yield Problem(entry.path, entry.document.line("leave_out"), Rule.VALUE_INVALID, message, "Keep a group.")


def _empty(catalogue: Catalogue, line: int, key: str) -> Problem:
    path, message = catalogue.clinic.path, f"'{key}' is empty."
    if color := _COLOR.search(_row(catalogue.root / path, line)):
        hint = "Put the color in straight quotes: to YAML, # begins a note."
        return Problem(path, line, Rule.VALUE_INVALID, message, hint, f'{key}: "{color[0]}"')
    return Problem(path, line, Rule.VALUE_INVALID, message, "Write it, or put a # before the line.")


def _row(path: Path, line: int) -> str:
    try:
        return path.read_text("utf-8", "replace").split("\n")[line - 1]
    except (OSError, IndexError):  # it is being saved just now
        return ""


def _elsewhere(catalogue: Catalogue) -> Iterator[Problem]:
    """Where older sites have these settings: the lines that belong into the file, written out."""
    board, site = catalogue.switchboard, catalogue.site
    extra = board.data.get("extra")
    if isinstance(extra, dict) and "clinic" in extra:
        value = extra["clinic"]
        own = value if isinstance(value, dict) else {key: extra[key] for key in Clinic.model_fields if key in extra}
        lines = yaml.safe_dump(own, sort_keys=False, allow_unicode=True, width=1000, default_flow_style=None)
        message = f"The clinic's settings are in docs/{CLINIC} now, not in {board.at('extra', 'clinic')[0]}."
        hint = "Delete 'clinic' with its lines here, and put them there without an indent."
        yield board.problem(("extra", "clinic"), Rule.KEY_UNKNOWN, message, hint, lines)
    if (number := site.document.data.get("emergency_number", site)) is not site:
        message = f"The emergency number is in docs/{CLINIC} now."
        hint = "Delete the line here, and put it there."
        line = site.document.line("emergency_number")
        digits = str(number or 911)
        yield Problem(site.path, line, Rule.KEY_UNKNOWN, message, hint, f'emergency_number: "{digits}"')
