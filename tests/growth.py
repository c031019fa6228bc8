"""How the time of a scan grows with its text: texts that an attacker, a bad paste or a cat on the keyboard makes."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import hipknee
from hipknee.gate.text_bounds import LONGEST as LONGEST_BODY
from hipknee.gate.text_bounds import LONGEST_LINE, MOST_LINES

TOKENS = (
    "[", "]", "(", ")", "![", "[x](", "](", "[x]", "[[", "[]()", "[x](y)", "[x](<", "![x](data:", "[a]: ", "\n[a]: b",
    "[@", "[@a", "[@a;", "[^", "<", ">", "</", "<a ", "<a>", "<b", "<!--", "-->", "<!-- -->", "<!--!>", "<![CDATA[",
    "<?", "<details>", "<p>\n", "<div><", 'a="', "&", "&#", "&#1", "&amp", "{", "}", "{:", "{: .a", "{{", "{%", "{#",
    "*", "**", "*a", "_", "__", "*_", "_a*", "**a ", "~", "~~", "~~~", "\n~~~", "`", "``", "`a", "```\n", "`\n`",
    "> ", "> > > ", "\n> ", "- ", "\n- ", "\n- a", "-", "--", "—", "=", "==a", "++", "+", "\n===", "| a |", "|", "|-",
    "\n| a | b |", ":-|", "#", "\n# ", "!!! ", "\n!!! a", "???", ":::", ":a", ":", "://", "https://", "https://a.",
    "http://a/(", "mailto:a@", "@", "a@b.", "\\", "\\\n", "\\[", '"', "'", "\"' ", "\u201c", "\u2019", " ", "  \n",
    "\t", "\n", "\n\n", "\n    ", " \t", "\xa0", "\r", "\x00", "a", "a ", "a-", "a\n", "A", "Aa", "0", "1 ", "1.",
    "1,", "1/", "01 ", "\n1. a", "(0)", "+1", "555-", ".", ". ", "...", "a.", "!", "?", ";", ",", ", a", "é",
    "e\u0301", "\u0301", "\xdf", "\ufb01", "\u200b", "\u202e", "\U0001f600", "\u03b1", "½", "%", "%%", "%20", "^",
    "$", "//", "a/", "../", "./", "a: b", "a:\n", "- a: ", "{a: b, ", "[a, ", "a, b: ", "# a", " #", " # a",
    "x" * 50 + " ", "stream\n", "obj ", "0000000000 00000 n", "words.a", "tel:", "call 911 ", "don't ", "io", "ae",
    "<sup>", "\n* a", "*[a]: ", ":\n", "]:", "] (", "](#", "*a*: ", "<b>a</b>", "`a` ", "**a** ", "[a](b) ", "<div>",
    "\n# *a*", "\n# &amp; b", "\n1. a\n", "\n- a: ", "\n[a](b)", "{x} ", "[@a] ", "[@gull-1902] ",
)  # fmt: skip
"""What is repeated."""
AROUND = (("", ""), ("\n- [a", "!"), ("[", "](x)"), ("a: '", "'\n"), ("`<!--", "\x01"))
"""What stands before, and behind."""
BLANKS = (" ", "\t", "\n", "\xa0", "  \n", " \t", "\n    ", "\n\n")
BEFORE = (
    "[x](",
    "[x](a",
    '[x](a "',
    "[a]: ",
    "[a]: b",
    "[@",
    "[@a",
    "<a ",
    "<a b=",
    "- a",
    "# a",
    "a: ",
    "**a",
    "| a",
    "a",
    "1.",
)
"""What blanks stand behind, besides."""


Scanning = Callable[[str], object]


class Scan(NamedTuple):
    """A pattern and one way in which it is used."""

    name: str
    pattern: re.Pattern[Any]
    way: str

    def run(self, text: str) -> None:
        subject = text if isinstance(self.pattern.pattern, str) else text.encode("utf-8", "replace")
        pattern: Any = self.pattern
        if self.way == "finditer":
            for _ in pattern.finditer(subject):
                pass
        else:
            getattr(pattern, self.way)(subject)


_WAYS = {"finditer": "finditer", "findall": "finditer", "sub": "finditer", "subn": "finditer", "split": "finditer"}
_WAYS |= {way: way for way in ("search", "match", "fullmatch")}
"""All that go through a whole text are one."""
_KNOWN: dict[str, tuple[str, ...]] = {"_Loader": ("match",), "_BEGINNINGS": ("fullmatch",), "_KINDS": ("match",)}
"""Patterns in something else: PyYAML begins with the value, forms are of whole values, kinds of lines."""


def modules() -> Iterator[ModuleType]:
    """Every module of the core."""
    for info in pkgutil.walk_packages(hipknee.__path__, "hipknee."):
        yield importlib.import_module(info.name)


def scans() -> list[Scan]:
    """Every pattern of the core in every way in which it is used; in all ways where that can't be seen."""
    found: dict[tuple[str | bytes, int, str], Scan] = {}
    for module in modules():
        if module.__file__ is None:
            continue
        tree = ast.parse(Path(module.__file__).read_text("utf-8"))
        for scan in (*_named(module, tree), *_written_out(module, tree)):
            found.setdefault((scan.pattern.pattern, scan.pattern.flags, scan.way), scan)
    return [*found.values()]


def _named(module: ModuleType, tree: ast.AST) -> Iterator[Scan]:
    seen: set[int] = set()
    for name, value in vars(module).items():
        ways = _uses(tree, name) if isinstance(value, re.Pattern) else set()
        for pattern in _patterns(value, module.__name__, seen):
            for way in ways or _KNOWN.get(name, ("finditer", "fullmatch")):
                yield Scan(f"{module.__name__}.{name}", pattern, way)


def _uses(tree: ast.AST, name: str) -> set[str]:
    """How a pattern is used in its module; empty when it also leaves it, or is handed on."""
    ways: set[str] = set()
    called: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == name:
            called.add(id(node.value))
            if node.attr in _WAYS:
                ways.add(_WAYS[node.attr])
        elif (
            isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Load) and id(node) not in called
        ):
            return set()
    return ways if name.startswith("_") else set()


def _patterns(value: object, module: str, seen: set[int]) -> Iterator[re.Pattern[Any]]:
    """The patterns in a value, however deep."""
    if isinstance(value, re.Pattern):
        yield value
        return
    if id(value) in seen or isinstance(value, str | bytes | int | float | ModuleType):
        return
    seen.add(id(value))
    inner: Sequence[object] = ()
    if isinstance(value, Mapping):
        inner = [*value.keys(), *value.values()]
    elif isinstance(value, Sequence | set | frozenset):
        inner = [*value]
    elif isinstance(value, type):
        inner = [*vars(value).values()] if value.__module__ == module else ()
    elif getattr(type(value), "__module__", "") == module and hasattr(value, "__dict__"):
        inner = [*vars(value).values()]
    for each in inner:
        yield from _patterns(each, module, seen)


def _written_out(module: ModuleType, tree: ast.AST) -> Iterator[Scan]:
    """Those that stand in a call, as in `re.sub("a+", ...)`."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
            continue
        called, first = node.func, node.args[0]
        if not (isinstance(called.value, ast.Name) and called.value.id == "re" and isinstance(first, ast.Constant)):
            continue
        flags = re.IGNORECASE | re.MULTILINE if "re." in ast.unparse(node).partition("(")[2] else 0
        if called.attr in _WAYS:
            yield Scan(f"{module.__name__}:{node.lineno}", re.compile(first.value, flags), _WAYS[called.attr])


def seconds(scan: Scanning, text: str, rounds: int = 1) -> float:
    """The least time that the processor needs for a text, of so many rounds; a slow one is not repeated."""
    best = float("inf")
    for _ in range(rounds):
        start = time.thread_time()
        scan(text)
        best = min(best, time.thread_time() - start)
        if best > 0.3:
            break
    return best


def text(token: str, size: int, around: tuple[str, str] = ("", "")) -> str:
    """A token again and again."""
    return around[0] + token * (size // len(token)) + around[1]


ROWS = {"long lines": (LONGEST_LINE, "\n"), "short lines": (24, "\n"), "paragraphs": (48, "\n\n")}
"""How the text of a page is cut into rows: letters of each, and what is between two."""


def body(token: str, rows: str, part: int = 1) -> str:
    """A token as often as the bounds of a page's text allow; or only one in so many `part`s of that."""
    letters, lines = LONGEST_BODY // part, MOST_LINES // part
    if "\n" in token:
        return token * min(letters // len(token), (lines - 1) // token.count("\n"))
    width, between = ROWS[rows]
    row = token * max(1, (min(width, letters) - 1) // len(token))
    return between.join([row] * min(letters // (len(row) + len(between)), lines // len(between)))


def texts(every: int) -> Iterator[tuple[str, tuple[str, str]]]:
    """Blanks behind what they may belong to, and one of so many tokens by itself; of all also within something."""
    for blank in BLANKS:
        for before in BEFORE:
            yield blank, (before, "z")
    for n, token in enumerate(TOKENS[::every]):
        yield token, AROUND[0]
        if every == 1:
            yield token, AROUND[1 + n % (len(AROUND) - 1)]


LONGEST = 200_000
"""Letters of a text."""
_QUICK, _SLOW = 2_000, 2.5e-8
"""A short text, and seconds for each of its letters. What needs less and is quadratic takes half a second for the
longest text."""


def verdict(scan: Scanning, longest: int = LONGEST, every: int = 1) -> str:
    """What is wrong with how a scan grows; "" when nothing is. Only what looks slow in a short text is measured in
    longer ones. Of the tokens one of so many is tried."""
    for token, around in texts(every):
        if seconds(scan, text(token, _QUICK // 4, around)) > 0.05:
            return f"{token!r}: slow already for {_QUICK // 4} letters"
        if seconds(scan, text(token, _QUICK, around)) > _QUICK * _SLOW and (
            wrong := _verdict(scan, token, around, longest)
        ):
            return f"{token!r} within {around}: {wrong}"
    return ""


def _verdict(scan: Scanning, token: str, around: tuple[str, str], longest: int) -> str:
    size, before = _QUICK, seconds(scan, text(token, _QUICK, around))
    while size < longest:
        quarter, size = size, min(4 * size, longest)
        now = seconds(scan, text(token, size, around))
        if now > 1:
            return f"{now:.1f} s for {size} letters"
        if size == 4 * quarter and now > 2.5**2 * before:  # or so it seemed
            before = seconds(scan, text(token, quarter, around), 9)
            now = seconds(scan, text(token, size, around), 5)
            if now > 2.5**2 * before and now > 0.02:
                return f"{now / before:.1f} times as long for {size} letters as for {quarter} ({now:.3f} s)"
        if now < 5 * before:
            return ""
        before = now
    return ""
