"""Prove that a test holds every problem: delete each place that tells one, one at a time, and see a test fail."""

from __future__ import annotations

import argparse
import ast
import builtins
import os
import pickle
import re
import shutil
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple, TypeVar

import pytest

T = TypeVar("T")

ROOT = Path(__file__).resolve().parent.parent
HOUSE = Path("hooks", "hipknee")
SOURCES = (
    "content/*.py",
    "text/*.py",
    "pictures/decoding.py",
    "pictures/formats.py",
    "pictures/originals.py",
    "gate/*.py",
    "page_facts.py",
    "publish/built_site.py",
    "publish/page_links.py",
    "publish/policy.py",
)
"""The modules that find problems, below the core's folder."""
TESTS = (
    "tests/content",
    "tests/text",
    "tests/pictures/test_originals.py",
    "tests/gate",
    "tests/pages/test_page_facts.py::test_a_section_begins_at_its_heading",
    "tests/publish/test_built_site.py",
    "tests/publish/test_policy.py",
)
"""Their tests. Those that try values at random are left out: what they find today, they may miss tomorrow."""

SWITCH = "mutant_is_off"
_LISTS = {"problems", "wrong", "late"}
_COLLECTS = re.compile(r"(?:problems|found|late)\.(?:append|add|extend|update)|(?:self|builder)\.refuse")
_BUILDERS = {"_at", "at", "problem", "refuse"}
"""Functions that only put a problem together: their callers are the places that tell it."""


class Mutant(NamedTuple):
    """The original without the code at one place. `path` is from the project's root."""

    path: str
    line: int
    code: str


class Switches(ast.NodeTransformer):
    """Puts a switch around every place of a module that tells a problem, so that one copy of it is all its mutants.

    A statement is skipped; of a value, the problem is left out. Where an error is turned into a problem, it stays what
    it was. The switches are numbered from `first`.
    """

    def __init__(self, path: str, first: int = 0) -> None:
        self.path, self.first = path, first
        self.mutants: list[Mutant] = []
        self._function, self._handles = "", False

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        if node.name in _BUILDERS:
            return node
        around = self._function, self._handles
        self._function, self._handles = node.name, False
        self.generic_visit(node)
        self._function, self._handles = around
        return node

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> ast.AST:
        around, self._handles = self._handles, True
        self.generic_visit(node)
        self._handles = around
        return node

    def visit(self, node: ast.AST) -> ast.AST:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.ListComp() as value) if name in _LISTS:
                node.value = self._switched(value)
                return node
            case ast.List(elts=[ast.Call(func=ast.Name("Problem"))]):
                return self._switched(node)
        if isinstance(node, ast.stmt) and self._tells(node):
            return self._skipped(node)
        seen: ast.AST = super().visit(node)
        return seen

    def _tells(self, node: ast.stmt) -> bool:
        match node:
            case ast.Expr(ast.Yield(ast.expr()) | ast.YieldFrom()) | ast.Raise(exc=ast.expr()):
                return True
            case ast.Expr(ast.Call(func=function)):
                return bool(_COLLECTS.fullmatch(ast.unparse(function)))
            case ast.AugAssign(target=ast.Name(id=name)):
                return name in _LISTS
            case ast.Assign(targets=[ast.Subscript(ast.Name("found"))]):
                return True
            case ast.Return(ast.Call(func=ast.Name("Problem" | "problem"))):
                return True
            case ast.Return(ast.JoinedStr()):
                return self._function in _LISTS
        return False

    def _skipped(self, node: ast.stmt) -> ast.If:
        other: list[ast.stmt] = []
        if isinstance(node, ast.Raise) and self._handles:
            other = [ast.Raise()]
        elif isinstance(node, ast.Return) and isinstance(node.value, ast.JoinedStr):
            other = [ast.Return(ast.Constant(""))]
        return ast.If(self._is_on(node), [node], other)

    def _switched(self, node: ast.expr) -> ast.IfExp:
        return ast.IfExp(self._is_on(node), node, ast.List([], ast.Load()))

    def _is_on(self, node: ast.stmt | ast.expr) -> ast.expr:
        number = self.first + len(self.mutants)
        self.mutants.append(Mutant(self.path, node.lineno, ast.unparse(node).split("\n")[0]))
        return ast.UnaryOp(ast.Not(), ast.Call(ast.Name(SWITCH, ast.Load()), [ast.Constant(number)], []))


def switched(text: str, path: str, first: int = 0) -> tuple[str, list[Mutant]]:
    """A module's text with its switches, and the mutants that they stand for."""
    switches = Switches(path, first)
    tree = switches.visit(ast.parse(text))
    return ast.unparse(ast.fix_missing_locations(tree)), switches.mutants


def modules(root: Path) -> list[Path]:
    return [path for pattern in SOURCES for path in sorted((root / HOUSE).glob(pattern))]


def put_switches(root: Path) -> list[Mutant]:
    """Write switches into all modules below `root`. The mutants, by number."""
    mutants: list[Mutant] = []
    for path in modules(root):
        text, own = switched(path.read_text("utf-8"), path.relative_to(root).as_posix(), len(mutants))
        path.write_text(text, "utf-8")
        mutants += own
    return mutants


class Baseline(NamedTuple):
    """What a test does while nothing is deleted."""

    failed: bool
    seconds: float
    reached: frozenset[int]
    """The places that it comes to. No mutant of another place can make it fail."""


class Proof:
    """A pytest plugin: collects once, and runs the tests of every mutant in a process that is a copy of this one."""

    def __init__(self, mutants: Mapping[int, Mutant], room: Path) -> None:
        self.mutants, self.room = mutants, room
        self.survivors: list[Mutant] = []
        self.broken: list[str] = []
        self._deleted: int | None = None
        self._reached: set[int] = set()
        self._failed = False

    def is_off(self, number: int) -> bool:
        """What every switch asks."""
        self._reached.add(number)
        return number == self._deleted

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._failed |= report.failed

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        if session.testsfailed:  # it could not be collected
            return False
        items = [item for item in session.items if not item.get_closest_marker("hypothesis")]
        baselines = self._apart(lambda: [self._baseline(*pair) for pair in _pairs(items)])
        self.broken = [item.nodeid for item, base in zip(items, baselines, strict=True) if base.failed]
        if not self.broken:
            for number, mutant in self.mutants.items():
                self._prove(number, mutant, items, baselines)
        return True

    def _prove(self, number: int, mutant: Mutant, items: list[pytest.Item], baselines: list[Baseline]) -> None:
        order = sorted(range(len(items)), key=lambda n: baselines[n].seconds)
        fitting = [items[n] for n in order if number in baselines[n].reached]
        killer = self._apart(lambda: self._killer(number, fitting))
        verdict = f"killed by {killer}" if killer else "SURVIVED" if fitting else "SURVIVED: no test reaches it"
        if not killer:
            self.survivors.append(mutant)
        print(f"{mutant.path}:{mutant.line}: {verdict}", flush=True)

    def _baseline(self, item: pytest.Item, following: pytest.Item | None) -> Baseline:
        self._reached.clear()
        begun = time.perf_counter()
        failed = self._fails(item, following)
        return Baseline(failed, time.perf_counter() - begun, frozenset(self._reached))

    def _killer(self, number: int, items: list[pytest.Item]) -> str:
        self._deleted = number
        return next((item.nodeid for item, following in _pairs(items) if self._fails(item, following)), "")

    def _fails(self, item: pytest.Item, following: pytest.Item | None) -> bool:
        self._failed = False
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        return self._failed

    def _apart(self, work: Callable[[], T]) -> T:
        """What `work` returns in a copy of this process, of which nothing else remains."""
        answer = self.room / "answer"
        child = os.fork()
        if not child:
            status = 1
            try:
                os.environ["PYTEST_DEBUG_TEMPROOT"] = str(self.room)
                answer.write_bytes(pickle.dumps(work()))
                status = 0
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(status)
        _, status = os.waitpid(child, 0)
        if status:
            raise RuntimeError("the process that ran the tests ended early")
        result: T = pickle.loads(answer.read_bytes())
        return result


def _pairs(items: Sequence[pytest.Item]) -> Iterator[tuple[pytest.Item, pytest.Item | None]]:
    """Every test with the one after it."""
    return zip(items, [*items[1:], None], strict=False)


def prove(only: Sequence[str], room: Path) -> int:
    """Prove the mutants of some modules, or of all, and print what came of each. The exit status."""
    shutil.copytree(ROOT / "hooks", room / "hooks", ignore=shutil.ignore_patterns("__pycache__"))
    mutants = put_switches(room)
    places = {n: mutant for n, mutant in enumerate(mutants) if not only or Path(mutant.path).stem in only}
    proof = Proof(places, room)
    setattr(builtins, SWITCH, proof.is_off)
    sys.path.insert(0, str(room / "hooks"))
    os.environ["PYTHONPATH"] = os.pathsep.join([str(room / "hooks"), os.environ.get("PYTHONPATH", "")])
    tests = [str(ROOT / path) for path in TESTS]
    begun = time.monotonic()
    status = pytest.main(["-p", "no:cacheprovider", "-p", "no:terminal", f"--rootdir={ROOT}", *tests], [proof])
    if proof.broken or status:
        print("Fix these first; they fail with nothing deleted:", *proof.broken or ["tests/"], file=sys.stderr)
        return 1
    minutes = (time.monotonic() - begun) / 60
    print(f"{len(places)} mutants, {len(proof.survivors)} survived; {minutes:.1f} minutes")
    return int(bool(proof.survivors))


def main(arguments: list[str] | None = None) -> int:
    names = [path.stem for path in modules(ROOT)]
    parser = argparse.ArgumentParser(
        description=__doc__,
        epilog="Exit status: 0 every mutant was killed, 1 one survived, 2 wrong usage. The copy of the code "
        "that is changed is in a temporary folder.",
    )
    parser.add_argument("--only", nargs="+", choices=names, default=[], metavar="MODULE", help=", ".join(names))
    parser.add_argument("--list", action="store_true", help="list the mutants and prove nothing")
    options = parser.parse_args(arguments)
    if options.list:
        for path in modules(ROOT):
            if not options.only or path.stem in options.only:
                _, mutants = switched(path.read_text("utf-8"), path.relative_to(ROOT).as_posix())
                for mutant in mutants:
                    print(f"{mutant.path}:{mutant.line}: {mutant.code}")
        return 0
    if not hasattr(os, "fork"):
        parser.error("this system can't copy a running process (fork), which makes this fast enough")
    with TemporaryDirectory() as room:
        return prove(options.only, Path(room))


if __name__ == "__main__":
    sys.exit(main())
