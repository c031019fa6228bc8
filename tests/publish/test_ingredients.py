"""The bill of materials: whole, valid in its form, and the same each time."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hipknee.publish import ingredients
from projects import ASSETS, ROOT

LOCK = (ROOT / "requirements.txt").read_text("utf-8")
PARTS = ingredients.all_of(LOCK)
KEYS = {"type", "bom-ref", "name", "version", "description", "hashes", "licenses", "purl", "properties"}
"""Of a component, those of CycloneDX that are used."""


def test_every_library_of_the_lock() -> None:
    locked = re.findall(r"^([\w.-]+)==([^\s;\\]+)", LOCK, re.MULTILINE)
    assert len(locked) > 40
    assert [(part.name, part.version) for part in PARTS if part.kind == "library"] == locked
    hashes = [content for part in PARTS for content in part.hashes]
    assert hashes == re.findall(r"sha256:([0-9a-f]{64})", LOCK)
    assert [part.name for part in PARTS if not part.license] == []


def test_its_form() -> None:
    bill = json.loads(ingredients.cyclonedx(PARTS, "pond", "1.0"))
    assert (bill["bomFormat"], bill["specVersion"], bill["version"]) == ("CycloneDX", "1.6", 1)
    assert {*bill} == {"$schema", "bomFormat", "specVersion", "version", "metadata", "components", "dependencies"}
    references = [each["bom-ref"] for each in bill["components"]]
    assert len({*references, "pond"}) == len(references) + 1
    assert bill["dependencies"] == [{"ref": "pond", "dependsOn": references}]
    for each in bill["components"]:
        assert {*each} <= KEYS
        assert each["type"] in ("library", "file", "data")
        assert each.get("purl", each["bom-ref"]) == each["bom-ref"]
        for row in each.get("hashes", []):
            assert {*row} == {"alg", "content"}
        kinds = [kind for row in each["licenses"] for kind in row]
        assert kinds == ["expression"] or {*kinds} == {"license"}
        assert all({*row["license"]} == {"name"} for row in each["licenses"] if "license" in row)


def test_what_lies_in_the_project_is_in_both_and_in_the_license() -> None:
    text = ingredients.listed(PARTS, "pond", "1.0")
    for part in PARTS:
        assert re.search(rf"^{re.escape(part.name)} +{re.escape(part.version)}", text, re.MULTILINE)
    license_of_all = " ".join((ROOT / "LICENSE").read_text("utf-8").split())
    for name in ("Source Sans 3", "Material for MkDocs", "Material Design Icons", "MakeHuman", "CC BY 4.0"):
        assert name in license_of_all


BORROWED = {"lean-qr": "Copyright (c) 2021-2025 David Evans"}
"""The scripts of others, and whose they are."""


@pytest.mark.parametrize("name", BORROWED)
def test_what_is_copied_has_its_license_beside_it(name: str) -> None:
    assert name in [part.name for part in PARTS]
    assert BORROWED[name] in (ASSETS / "javascripts" / f"{name}-license.txt").read_text("utf-8")
    assert BORROWED[name].lower().removeprefix("copyright ") in (ROOT / "LICENSE").read_text("utf-8").lower()


def test_no_library_is_copied_without_a_name() -> None:
    """Every script is the project's own: one that is not has to be in the table, and in LICENSE."""
    for path in sorted([*ASSETS.rglob("*.js"), *ROOT.glob("hooks/**/*.js")]):
        if path.stem in BORROWED:
            continue
        head = path.read_text("utf-8")
        assert not re.search(r"@license|copyright|\(c\)|/\*!", head, re.IGNORECASE), path
        assert max(map(len, head.splitlines())) < 200, f"{path} is minified"


def test_dist_has_both(at_root: Path) -> None:
    assert (at_root / "sbom.cdx.json").read_text("utf-8").startswith('{\n  "$schema"')
    assert "Hips and Knees Sans" in (at_root / "LICENSES.txt").read_text("utf-8")
