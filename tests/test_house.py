"""The house knows nothing of MkDocs, its modules import each other one way, and nobody but MkDocs uses the doors."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import hipknee
import hipknee_drawing
import pytest

ROOT = Path(__file__).resolve().parent.parent
HOUSE = ROOT / "hooks" / "hipknee"
MODULES = sorted(path for path in HOUSE.rglob("*.py") if path.stem != "__init__")
DOORS = sorted((ROOT / "hooks").glob("*.py"))
LONGEST_DOOR, LONGEST_FUNCTION = 42, 20  # in statements, without imports
DRAWING = ROOT / "scripts" / "hipknee_drawing"
CODE = sorted([*HOUSE.rglob("*.py"), *DOORS, *ROOT.glob("scripts/**/*.py")])
SOURCES = sorted([*CODE, *ROOT.glob("tests/**/*.py")])
FILLERS = frozenset("made told said one found shown chosen used wanted taken written".split())
"""What no thing is called: such a word says that something happened to it, and not what it is."""
FORMS = (
    "told = 1",
    "told += 1",
    "told: int",
    "[a, *told] = b",
    "a.told = 1",
    "for told in a: pass",
    "[told for told in a]",
    "(told := 1)",
    "lambda told: 1",
    "def told(): pass",
    "async def told(): pass",
    "def a(*told): pass",
    "def a(*, told=1): pass",
    "class told: pass",
    "with a as told: pass",
    "import a as told",
    "try: pass\nexcept a as told: pass",
    "match a:\n case told: pass",
    "match a:\n case [*told]: pass",
)
"""How a name is given."""
GROUND, ROOF = "the ground", "site"
ROOMS = {
    GROUND: set(),
    "content": {GROUND},
    "pictures": {GROUND},
    "text": {GROUND, "pictures"},
    "programme": {GROUND, "content"},
    "gate": {GROUND, "content", "pictures", "text", "programme"},
    "pages": {GROUND, "content", "pictures", "programme", "gate"},
    "print": {GROUND, "content", "pictures", "programme", "pages"},
    "publish": {GROUND, "content"},
    ROOF: {GROUND, "content", "pictures", "text", "gate", "pages", "print", "publish"},
}
"""Which rooms each room may ask. The map in hipknee/__init__.py says the same in words."""


def name(path: Path) -> str:
    """`hipknee.gate.words` of a file in the house."""
    return ".".join(("hipknee", *path.relative_to(HOUSE).with_suffix("").parts))


def room(module: str) -> str:
    """The room of a module; what stands in none is the ground, but for the roof."""
    parts = module.split(".")
    return parts[1] if len(parts) > 2 or parts[1] == ROOF else GROUND


def names_given(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Every name that a module gives to a value, a parameter, a function or a class, with its line."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()) | ast.arg(arg=name):
                yield name, node.lineno
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name, node.lineno
            case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                yield name, node.lineno
            case ast.alias(asname=str(name)):
                yield name, node.lineno


def imported(path: Path) -> set[str]:
    """The modules that a file imports, wherever in it: `hipknee.gate.words` for `from . import words` in that room."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            around = [*path.relative_to(ROOT).with_suffix("").parts[1 : -node.level]] if node.level else []
            base = ".".join([*around, *([node.module] if node.module else [])])
            found |= {base, *(f"{base}.{alias.name}" for alias in node.names)}
    return found


NAMES = {name(path): path for path in MODULES}


def neighbours(module: str) -> set[str]:
    return imported(NAMES[module]) & NAMES.keys()


def test_the_tests_see_this_house() -> None:
    assert Path(hipknee.__file__).parent == HOUSE
    assert len(MODULES) > 40
    assert neighbours("hipknee.gate.gate") >= {f"hipknee.gate.{rules}" for rules in ("single_rules", "cross_rules")}
    assert {room(module) for module in NAMES} == ROOMS.keys()


@pytest.mark.parametrize("asking", ROOMS)
def test_arrows_between_rooms_point_one_way(asking: str) -> None:
    """Exactly those of the table: an arrow that nobody needs any more is no arrow."""
    asked = {room(target) for module in NAMES if room(module) == asking for target in neighbours(module)}
    assert asked - {asking} == ROOMS[asking]


def test_no_room_asks_in_a_circle() -> None:
    assert next(iter(TopologicalSorter(ROOMS).static_order())) == GROUND  # or CycleError


def test_the_core_does_not_know_mkdocs() -> None:
    names = [*NAMES]
    code = (
        "import importlib, sys\n"
        f"for name in {names}: importlib.import_module(name)\n"
        "print(sorted(name for name in sys.modules if name.split('.')[0] in ('mkdocs', 'material')))"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, cwd="/", timeout=60, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "[]\n", "")


def test_nor_would_it() -> None:
    """Not in a function, and not for its types either."""
    asked = {target.split(".")[0] for path in HOUSE.rglob("*.py") for target in imported(path)}
    assert not asked & {"mkdocs", "material"}


def test_no_module_asks_in_a_circle() -> None:
    order = [*TopologicalSorter({module: neighbours(module) for module in NAMES}).static_order()]  # or CycleError
    assert {*order} == NAMES.keys()


@pytest.mark.parametrize("path", sorted(HOUSE.rglob("*.py")), ids=lambda path: path.relative_to(HOUSE).as_posix())
def test_every_module_says_what_it_is(path: Path) -> None:
    assert (ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "").split("\n")[0].endswith(".")


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


@pytest.mark.parametrize("form", FORMS)
def test_a_name_is_seen_wherever_it_is_given(form: str) -> None:
    assert "told" in {name for name, _ in names_given(ast.parse(form))}


def test_a_name_that_is_only_asked_is_not_given() -> None:
    assert [*names_given(ast.parse("told + a.told + told(told=1)"))] == []


@pytest.mark.parametrize("path", CODE, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_things_are_called_by_nouns(path: Path) -> None:
    """Comments may say what was made; a name says what it is: `picture`, `problem`, `rows`."""
    tree = ast.parse(path.read_text("utf-8"))
    assert [(line, name) for name, line in names_given(tree) if name.strip("_") in FILLERS] == []


def test_the_map_of_the_drawing_package_has_every_module_in_the_order_of_its_arrows() -> None:
    order = re.findall(r"^    ([a-z_]+)  ", hipknee_drawing.__doc__ or "", re.MULTILINE)
    assert sorted(order) == sorted(path.stem for path in DRAWING.glob("*.py") if path.stem != "__init__")
    for place, module in enumerate(order):
        names = (name.split(".") for name in imported(DRAWING / f"{module}.py"))
        asked = {parts[1] for parts in names if parts[0] == DRAWING.name and len(parts) > 1}
        assert asked <= {*order[:place]}, f"{module} asks one below it"


TESTS = [path for path in SOURCES if path.is_relative_to(ROOT / "tests") and path.parent.name != "this_site"]


@pytest.mark.parametrize("path", TESTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_the_engine_is_not_tried_on_this_site(path: Path) -> None:
    """So that nobody who writes can break its tests. Its fixtures are out of reach; nor is its text read from docs/."""
    if path.name != "projects.py":  # which takes the words and the looks from there
        assert not re.search(r"""\bROOT(\.r?glob\("docs|(?: / "docs"))""", path.read_text("utf-8"))
