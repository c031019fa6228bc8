"""The house knows nothing of MkDocs, its modules import each other one way, and nobody but MkDocs uses the doors."""

from __future__ import annotations

import ast
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import hipknee
import pytest

ROOT = Path(__file__).resolve().parent.parent
HOUSE = ROOT / "hooks" / "hipknee"
MODULES = sorted(path.stem for path in HOUSE.glob("*.py") if path.stem != "__init__")
DOORS = sorted((ROOT / "hooks").glob("*.py"))
LONGEST_DOOR, LONGEST_FUNCTION = 45, 20  # in statements, without imports
SOURCES = sorted([*HOUSE.glob("*.py"), *DOORS, *ROOT.glob("scripts/**/*.py"), *ROOT.glob("tests/*.py")])


def imported(path: Path) -> set[str]:
    """The modules that a file imports, wherever in it: `hipknee.gate` for `from . import gate` in the house."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(part for part in (("hipknee" if node.level else ""), node.module) if part)
            found |= {base, *(f"{base}.{alias.name}" for alias in node.names)}
    return found


def neighbours(module: str) -> set[str]:
    names = {name.split(".")[1] for name in imported(HOUSE / f"{module}.py") if name.startswith("hipknee.")}
    return names & {*MODULES}


def test_the_tests_see_this_house() -> None:
    assert Path(hipknee.__file__).parent == HOUSE
    assert len(MODULES) > 20
    assert neighbours("gate") >= {"catalogue", "rules", "cross_rules", "picture_rules"}


def test_the_core_does_not_know_mkdocs() -> None:
    names = [f"hipknee.{module}" for module in MODULES]
    code = (
        "import importlib, sys\n"
        f"for name in {names}: importlib.import_module(name)\n"
        "print(sorted(name for name in sys.modules if name.split('.')[0] in ('mkdocs', 'material')))"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, cwd="/", timeout=60, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "[]\n", "")


@pytest.mark.parametrize("module", MODULES)
def test_nor_would_it(module: str) -> None:
    """Not in a function, and not for its types either."""
    assert not {name for name in imported(HOUSE / f"{module}.py") if name.split(".")[0] in ("mkdocs", "material")}


def test_imports_point_one_way() -> None:
    order = [*TopologicalSorter({module: neighbours(module) for module in MODULES}).static_order()]  # or CycleError
    assert {*order} == {*MODULES}
    assert order.index("problems") < order.index("front_matter") < order.index("catalogue") < order.index("gate")


@pytest.mark.parametrize("module", MODULES)
def test_every_module_says_what_it_is(module: str) -> None:
    assert (
        (ast.get_docstring(ast.parse((HOUSE / f"{module}.py").read_text("utf-8"))) or "").split("\n")[0].endswith(".")
    )


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_nobody_imports_a_door(path: Path) -> None:
    doors = {door.stem for door in DOORS}
    assert not {name for name in imported(path) if name.split(".")[0] in doors | {"hooks"}}


@pytest.mark.parametrize("door", DOORS, ids=lambda path: path.stem)
def test_a_door_only_wires(door: Path) -> None:
    """What thinks belongs into the house, where it is tested without MkDocs."""
    tree = ast.parse(door.read_text("utf-8"))
    assert ast.get_docstring(tree)
    assert "hipknee" in {name.split(".")[0] for name in imported(door)}
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    assert any(function.name.startswith("on_") for function in functions)
    for function in functions:
        assert sum(isinstance(node, ast.stmt) for node in ast.walk(function)) <= LONGEST_FUNCTION, function.name
    statements = [node for node in ast.walk(tree) if isinstance(node, ast.stmt)]
    own = [node for node in statements if not isinstance(node, ast.Import | ast.ImportFrom | ast.FunctionDef)]
    assert len(own) <= LONGEST_DOOR


@pytest.mark.parametrize("script", sorted((ROOT / "scripts").glob("*.py")), ids=lambda path: path.stem)
def test_a_script_has_one_verb(script: Path) -> None:
    tree = ast.parse(script.read_text("utf-8"))
    assert ast.get_docstring(tree)
    assert "main" in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    # The booklet is what a build renders; nothing else asks MkDocs.
    allowed = script.stem in ("export_pdf", "benchmark")
    assert allowed or not {name for name in imported(script) if name.split(".")[0] == "mkdocs"}
