"""What the site is made with and of, and under which licenses: as CycloneDX 1.6 for programs, and as a list for people.

Both follow from the lock, from what the installed libraries say of themselves, and from the table below: no date and
no number of chance is in them. https://cyclonedx.org/docs/1.6/json/
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, metadata
from typing import Any

_LOCKED = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;\\]+)(?: ; (?P<marker>[^\\\n]*?))?[ \\]*$")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_IDENTIFIER = re.compile(r"[A-Za-z0-9.-]+(?: (?:OR|AND|WITH) [A-Za-z0-9.-]+)*")
_LONGEST = 60
"""Of a license's name: what is longer is its text."""
_THEME = "mkdocs-material"


@dataclass(frozen=True)
class Ingredient:
    """Something that others have made, or that stands under a license of its own."""

    name: str
    version: str
    license: str
    """An expression of SPDX, or the names that its authors give; "" when they say nothing here."""
    kind: str = "library"
    """As CycloneDX has it: library, file or data."""
    hashes: Sequence[str] = ()
    """SHA-256 of each file in which a library is handed out."""
    marker: str = ""
    """On which systems a library is installed, where it is not all."""
    about: str = ""

    @property
    def reference(self) -> str:
        """What it is called among all."""
        return f"pkg:pypi/{self.name}@{self.version}" if self.hashes else f"{self.kind}:{self.name}"


def all_of(lock: str) -> list[Ingredient]:
    """Every library of a lock file, and then what lies in the project itself."""
    libraries = [*_libraries(lock)]
    theme = next((each.version for each in libraries if each.name == _THEME), "")
    return [*libraries, *_within(theme)]


def _within(theme: str) -> list[Ingredient]:
    figure = "The base mesh, targets and weights of MakeHuman and MPFB2, from which the figure of the pictures derives"
    font = "Source Sans 3 by Adobe, with fewer letters and under another name, as its license asks"
    frame = "The style sheet of Material for MkDocs, by Martin Donath"
    icons = "Material Design Icons by Pictogrammers: those of the buttons, out of Material for MkDocs"
    squares = "What draws the squares to scan in the page, by David Evans, as published"
    words = "The texts and pictures of the site, by the Hips and Knees authors"
    return [
        Ingredient("Hips and Knees Sans", "3.052", "OFL-1.1", "file", about=font),
        Ingredient("lean-qr", "2.7.4", "MIT", "file", about=squares),
        Ingredient("Material style sheet", theme, "MIT", "file", about=frame),
        Ingredient("Material Design Icons", theme, "Apache-2.0", "file", about=icons),
        Ingredient("The figure's data", "", "CC0-1.0", "data", about=figure),
        Ingredient("Words and pictures", "", "CC-BY-4.0", "data", about=words),
    ]


def _libraries(lock: str) -> Iterator[Ingredient]:
    for block in re.split(r"\n(?=\S)", lock):
        if match := _LOCKED.match(block.split("\n")[0]):
            name, hashes = match["name"], tuple(_HASH.findall(block))
            yield Ingredient(name, match["version"], _license(name), hashes=hashes, marker=match["marker"] or "")


def _license(name: str) -> str:
    try:
        about = metadata(name)
    except PackageNotFoundError:  # it is for other systems
        return ""
    for text in (about.get_all("License-Expression") or []) + (about.get_all("License") or []):
        if text.strip() not in ("", "UNKNOWN") and "\n" not in text.strip() and len(text) <= _LONGEST:
            return str(text).strip()
    classifiers = [row for row in about.get_all("Classifier") or [] if row.startswith("License :: ")]
    return "; ".join(row.split(" :: ")[-1] for row in classifiers)


def cyclonedx(ingredients: Sequence[Ingredient], name: str, version: str) -> str:
    """The bill of materials of the project `name`, as JSON."""
    own = {"type": "application", "bom-ref": name, "name": name, "version": version, "licenses": _licenses("MIT")}
    bill = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": own},
        "components": [_component(each) for each in ingredients],
        "dependencies": [{"ref": name, "dependsOn": [each.reference for each in ingredients]}],
    }
    return json.dumps(bill, indent=2, ensure_ascii=False) + "\n"


def _component(each: Ingredient) -> dict[str, Any]:
    component: dict[str, Any] = {"type": each.kind, "bom-ref": each.reference, "name": each.name}
    if each.version:
        component["version"] = each.version
    if each.about:
        component["description"] = each.about
    if each.hashes:
        component["hashes"] = [{"alg": "SHA-256", "content": each_hash} for each_hash in each.hashes]
        component["purl"] = each.reference
    if each.license:
        component["licenses"] = _licenses(each.license)
    if each.marker:
        component["properties"] = [{"name": "python:marker", "value": each.marker}]
    return component


def _licenses(text: str) -> list[dict[str, Any]]:
    if " " in text and _IDENTIFIER.fullmatch(text) and re.search(r" (?:OR|AND|WITH) ", text):
        return [{"expression": text}]
    return [{"license": {"name": name}} for name in text.split("; ")]


def listed(ingredients: Sequence[Ingredient], name: str, version: str) -> str:
    """The list for people."""
    rows = [(each.name, each.version, each.license or "says nothing here", each.about) for each in ingredients]
    wide = max(len(row[0]) for row in rows)
    lines = [
        f"{row[0]:{wide}}  {row[1]:14}  {row[2]}".rstrip() + (f"\n    {row[3]}." if row[3] else "") for row in rows
    ]
    begin = f"{name} {version}, its code: MIT License.\nWhat it is made with and of, and under which licenses:\n\n"
    return begin + "".join(f"{line}\n" for line in lines)
